"""搜索: words typed into the window find records, pages and commands, and go there."""

from PySide6.QtCore import Qt

from core.check import About
from tests.ui.keys import press, type_text


def asked(window, qtbot):
    window.activateWindow()
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window._search is not None and window._search.isVisible())
    return window._search


def test_a_voucher_is_found_and_shown(window, qtbot) -> None:
    dialog = asked(window, qtbot)
    type_text(dialog.field, "03-001")
    dialog.find()
    assert dialog.list.topLevelItem(0).text(0) == "支出"
    press(dialog.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.current is window.page("projects")


def test_a_page_and_a_command_are_found_by_name(window, qtbot) -> None:
    dialog = asked(window, qtbot)
    type_text(dialog.field, "日志")
    press(dialog.field, Qt.Key.Key_Return)  # before the pause is over
    assert window.current is window.page("journal")
    dialog = asked(window, qtbot)
    dialog.field.clear()
    type_text(dialog.field, "万元切换")
    unit = window.desk.money_unit
    press(dialog.field, Qt.Key.Key_Return)
    assert window.desk.money_unit != unit


def test_the_keys_choose_among_what_is_found(window, qtbot) -> None:
    dialog = asked(window, qtbot)
    type_text(dialog.field, "业务性专项经费")
    dialog.find()
    assert dialog.list.topLevelItemCount() > 2
    press(dialog.field, Qt.Key.Key_Down)
    assert dialog.row == 1
    press(dialog.field, Qt.Key.Key_Up)
    press(dialog.field, Qt.Key.Key_Up)
    assert dialog.row == 0


def test_what_stands_in_another_year_is_shown_there(window, qtbot) -> None:
    dialog = asked(window, qtbot)
    type_text(dialog.field, "“三八”国际妇女节系列活动")
    dialog.find()
    rows = (dialog.list.topLevelItem(n) for n in range(dialog.list.topLevelItemCount()))
    dialog.list.setCurrentItem(next(row for row in rows if "2024年度" in row.text(2)))
    press(dialog.field, Qt.Key.Key_Return)
    assert window.desk.year == 2024


def test_nothing_found_says_what_to_try(window, qtbot) -> None:
    dialog = asked(window, qtbot)
    type_text(dialog.field, "没有这样的词")
    dialog.find()
    assert dialog.list.topLevelItemCount() == 0 and "没有找到" in dialog.note.text()
    press(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_going_to_a_place_of_the_same_year_keeps_the_year(window) -> None:
    window.go_in(window.desk.year, About("page", 0, "unit"))
    assert window.current is window.page("unit") and window.desk.year == 2023
