"""Codes and usual words offered while typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.codes import CodeKind
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from ui.suggest import CodeEdit, WordEdit

Key = Qt.Key


@pytest.fixture
def place(qapp, qtbot):
    """A window with another line, to which the focus can go."""
    window = QWidget()
    window.other = QLineEdit()
    QVBoxLayout(window).addWidget(window.other)
    qtbot.addWidget(window)
    window.resize(500, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def shown(place, field):
    place.layout().insertWidget(0, field)
    field.show()
    field.setFocus()
    return field


@pytest.fixture
def economic(place):
    return shown(place, CodeEdit(CodeKind.DEPARTMENT, YEAR))


def texts(field):
    return [field._list.item(row).text() for row in range(field._list.count())]


@pytest.mark.parametrize("typed", ["30217", "gwjd", "公务接待", "接待 公务", "3021７", "30217 公务接待费"])
def test_a_code_is_found_by_code_name_and_initials(place, economic, typed):
    type_text(economic, typed)
    place.other.setFocus()
    assert economic.text() == "30217 公务接待费" and economic.code() == "30217"
    assert not economic.is_offering and economic.problem() == ""


def test_arrows_choose_among_the_offers_and_escape_leaves_what_is_typed(economic):
    type_text(economic, "gw")
    first, second = texts(economic)[:2]
    press(economic, Key.Key_Down)
    assert economic.chosen.text == second
    press(economic, Key.Key_Up)
    press(economic, Key.Key_Up)
    assert economic.chosen.text == texts(economic)[-1]
    press(economic, Key.Key_Down)
    press(economic, Key.Key_Return)
    assert economic.text() == first
    replace_text(economic, "clf")
    press(economic, Key.Key_Escape)
    assert economic.text() == "clf" and not economic.is_offering
    assert economic.code() == "30211"


def test_an_offer_is_taken_with_the_mouse(qtbot, economic):
    type_text(economic, "gw")
    row = economic._list.item(2)
    wanted = row.text()
    qtbot.mouseClick(
        economic._list.viewport(), Qt.MouseButton.LeftButton, pos=economic._list.visualItemRect(row).center()
    )
    assert economic.text() == wanted and economic.hasFocus() and not economic.is_offering


def test_a_code_the_list_does_not_have_is_kept_where_it_may_be_one(place):
    functional = shown(place, CodeEdit(CodeKind.FUNCTIONAL, YEAR))
    type_text(functional, "2299999")
    place.other.setFocus()
    assert functional.code() == "2299999" and functional.problem() == ""
    functional.setFocus()
    replace_text(functional, "没有")
    assert functional.code() == "" and "没有找到“没有”" in functional.problem() and "2010301" in functional.problem()


def test_the_unit_s_own_code_comes_first_among_those_of_one_name(place):
    functional = shown(place, CodeEdit(CodeKind.FUNCTIONAL, YEAR))
    type_text(functional, "行政运行")
    assert texts(functional)[0] != "2012901 行政运行"
    functional.preferred = frozenset({"2012901"})
    replace_text(functional, "行政运行")
    assert texts(functional)[0] == "2012901 行政运行"


def test_an_untouched_code_is_unchanged_and_an_empty_one_is_none(place, economic):
    economic.give_code("30201")
    assert economic.text() == "30201 办公费" and not economic.is_changed
    place.other.setFocus()
    assert not economic.is_changed
    economic.setFocus()
    replace_text(economic, "")
    place.other.setFocus()
    assert economic.code() == "" and economic.is_changed and economic.problem() == ""


def test_usual_words_are_offered_but_never_forced(place):
    method = shown(place, WordEdit(("直接支付", "授权支付", "公务卡")))
    type_text(method, "支付")
    assert texts(method) == ["支付", "直接支付", "授权支付"]
    place.other.setFocus()
    assert method.text() == "支付"
    method.setFocus()
    replace_text(method, "授")
    press(method, Key.Key_Down)
    press(method, Key.Key_Return)
    assert method.text() == "授权支付"


def test_browsing_keeps_what_stands_in_the_field_unless_another_is_chosen(place, economic):
    economic.give_code("30217")
    press(economic, Key.Key_Down)
    assert economic.is_offering and economic.chosen.value == "30217"
    place.other.setFocus()
    assert economic.code() == "30217" and not economic.is_changed
    economic.give_code("")
    economic.setFocus()
    press(economic, Key.Key_Down)
    assert economic.is_offering and economic.chosen is None
    place.other.setFocus()
    assert economic.code() == ""
    economic.setFocus()
    press(economic, Key.Key_Down)
    press(economic, Key.Key_Down)
    press(economic, Key.Key_Return)
    assert economic.text() == "301 工资福利支出"
