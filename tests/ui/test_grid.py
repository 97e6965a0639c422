"""What all grids share: blocks chosen and summed, copied, filled down, changed together; columns arranged."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from core import commands as c
from tests.builders import YEAR
from tests.ui.entries import only, shown
from tests.ui.keys import press, replace_text, type_text

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(desk, qtbot):
    """Three payments more: 100, 200 and 300元 in May."""
    for number in (1, 2, 3):
        details = {"payee": f"第{number}家", "purpose": "资料", "voucher": f"05-00{number}"}
        desk.commit(c.add_payment(desk.book, YEAR, only(desk), f"2023-05-0{number}", number * 10_000, **details))
    return shown(desk, qtbot, only(desk))


@pytest.fixture
def said(desk):
    """What the status bar is told of the chosen cells."""
    texts = [""]
    desk.tallied.connect(texts.append)
    return texts


def at(panel, row, column):
    panel.view.setCurrentIndex(panel.model.index(row, panel.model.column_of(column)))
    panel.view.setFocus()


def settle(panel, qtbot):
    qtbot.waitUntil(lambda: not panel.view.tally.is_counting)


def extend(panel, key, times=1):
    for _step in range(times):
        press(panel.view, key, SHIFT)


def clip():
    return QGuiApplication.clipboard()


def payments(desk):
    return [p for p in desk.book.payments(YEAR, only(desk)) if p.date.startswith("2023-05")]


# Choosing and summing


def test_shift_and_arrows_choose_a_block_and_its_sum_is_told(panel, said, qtbot):
    at(panel, 2, "amount")
    assert said[-1] == ""
    extend(panel, Key.Key_Down, 2)
    settle(panel, qtbot)
    assert said[-1] == "已选3格　合计 600.00元　平均 200.00元"
    press(panel.view, Key.Key_Up)
    assert said[-1] == ""


def test_a_drag_chooses_and_texts_and_balances_are_not_summed(panel, said, qtbot):
    view = panel.view
    first = view.visualRect(panel.model.index(2, panel.model.column_of("purpose"))).center()
    last = view.visualRect(panel.model.index(3, panel.model.column_of("balance"))).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.viewport(), (first + last) / 2)
    qtbot.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    settle(panel, qtbot)
    assert said[-1] == "已选6格　合计 300.00元　平均 150.00元"


def test_everything_is_chosen_and_hidden_columns_are_not_counted(panel, said, qtbot):
    at(panel, 0, "date")
    press(panel.view, Key.Key_A, CTRL)
    settle(panel, qtbot)
    shown_ones = sum(not panel.view.isColumnHidden(n) for n in range(len(panel.model.columns)))
    assert said[-1].startswith(f"已选{6 * shown_ones}格　合计 60,600.00元")


def test_the_sum_is_silent_again_when_the_grid_is_gone(panel, said, qtbot):
    at(panel, 2, "amount")
    extend(panel, Key.Key_Down)
    settle(panel, qtbot)
    panel.hide()
    assert said[-1] == ""


# Copying


def test_a_block_is_copied_without_titles_and_with_them(panel):
    at(panel, 2, "number")
    extend(panel, Key.Key_Right, 3)
    extend(panel, Key.Key_Down)
    press(panel.view, Key.Key_C, CTRL)
    assert clip().text() == "05-001\t第1家\t资料\t100.00\n05-002\t第2家\t资料\t200.00"
    assert "mso-number-format:'\\@'\">05-001</td>" in clip().mimeData().html()
    press(panel.view, Key.Key_C, CTRL | SHIFT)
    assert clip().text().startswith("文号/凭证号\t收款人\t摘要/用途\t金额（元）\n05-001")
    at(panel, 2, "amount")
    press(panel.view, Key.Key_C, CTRL)
    assert clip().text() == "100.00"


def test_a_formula_in_a_text_is_copied_as_text(panel, desk):
    desk.commit(c.set_payment(desk.book, payments(desk)[0].id, purpose="=HYPERLINK(1)"))
    at(panel, 2, "purpose")
    press(panel.view, Key.Key_C, CTRL)
    assert clip().text() == "'=HYPERLINK(1)"


# Changing several


def test_a_word_committed_by_an_input_method_begins_a_cell(panel, desk):
    at(panel, 2, "payee")
    type_text(panel.view, "同")
    type_text(panel.view.cells.editor, "一家")
    press(panel.view.cells.editor, Key.Key_Return)
    assert payments(desk)[0].payee == "同一家"


def test_fill_down_gives_the_first_value_to_the_rows_below_as_one_step(panel, desk):
    at(panel, 2, "payee")
    extend(panel, Key.Key_Right)
    extend(panel, Key.Key_Down, 2)
    press(panel.view, Key.Key_D, CTRL)
    assert [(p.payee, p.purpose) for p in payments(desk)] == [("第1家", "资料")] * 3
    assert desk.ledger.undo_label == "向下填充，4格"
    desk.undo()
    assert [p.payee for p in payments(desk)] == ["第1家", "第2家", "第3家"]


def test_fill_down_of_a_single_cell_takes_what_stands_above(panel, desk):
    at(panel, 3, "payee")
    press(panel.view, Key.Key_D, CTRL)
    assert [p.payee for p in payments(desk)] == ["第1家", "第1家", "第3家"]


def test_fill_down_where_nothing_can_be_filled_says_so(panel, desk):
    told = []
    desk.told.connect(lambda text, refused: told.append((text, refused)))
    before = desk.book
    at(panel, 2, "balance")
    extend(panel, Key.Key_Down)
    press(panel.view, Key.Key_D, CTRL)
    assert desk.book is before and told[0][1] and "没有可以向下填充" in told[0][0]


def test_ctrl_enter_gives_what_is_typed_to_all_chosen_rows(panel, desk):
    at(panel, 2, "payee")
    extend(panel, Key.Key_Down, 2)
    type_text(panel.view, "同")
    type_text(panel.view.cells.editor, "一家")
    press(panel.view.cells.editor, Key.Key_Return, CTRL)
    assert [p.payee for p in payments(desk)] == ["同一家"] * 3
    assert desk.ledger.undo_label == "批量修改收款人，3笔"
    desk.undo()
    assert [p.payee for p in payments(desk)] == ["第1家", "第2家", "第3家"]


def test_the_code_of_many_payments_is_one_step_with_enter(panel, desk):
    at(panel, 1, "amount")  # a payment, then the three of May
    extend(panel, Key.Key_Down, 3)
    panel._edit_all("economic")
    assert not panel.view.isColumnHidden(panel.model.column_of("economic"))
    editor = panel.view.cells.editor
    type_text(editor, "bgf")
    hint = panel.view.cells._hint
    assert hint.isVisible() and "所选4行" in hint.text()
    press(editor, Key.Key_Return)
    found = desk.book.payments(YEAR, only(desk))
    assert {p.economic_code for p in found} == {"30201"} and len(found) == 4
    desk.undo()
    assert {p.economic_code for p in desk.book.payments(YEAR, only(desk))} == {""}


def test_a_wrong_value_for_all_changes_none(panel, desk):
    before = desk.book
    at(panel, 2, "amount")
    extend(panel, Key.Key_Down, 2)
    panel.view.begin_all("amount")
    replace_text(panel.view.cells.editor, "0")
    press(panel.view.cells.editor, Key.Key_Return)
    assert desk.book is before and panel.view.cells.editor is not None
    press(panel.view.cells.editor, Key.Key_Escape)
    assert desk.book is before and panel.view.cells.editor is None


def test_a_single_value_is_pasted_into_all_chosen_cells(panel, desk):
    clip().setText("办公用品店\r\n")
    at(panel, 2, "payee")
    extend(panel, Key.Key_Down, 2)
    press(panel.view, Key.Key_V, CTRL)
    assert [p.payee for p in payments(desk)] == ["办公用品店"] * 3
    assert desk.ledger.undo_label == "粘贴3格"


def test_a_single_value_that_is_wrong_changes_nothing(panel, desk):
    told = []
    desk.told.connect(lambda text, _refused: told.append(text))
    before = desk.book
    for column, text in (("amount", "abc"), ("fund", "没有的"), ("balance", "5")):
        clip().setText(text)
        if column == "fund":
            panel.view.arranged.show_column(panel.model.column_of("fund"), True)
        at(panel, 2, column)
        press(panel.view, Key.Key_V, CTRL)
    assert desk.book is before and len(told) == 3
    assert "不是数字" in told[0] and "不在可选项中" in told[1] and "不能修改" in told[2]


def test_a_choice_is_pasted_by_its_name(panel, desk):
    panel.view.arranged.show_column(panel.model.column_of("fund"), True)
    clip().setText("单位资金")
    at(panel, 2, "fund")
    press(panel.view, Key.Key_V, CTRL)
    assert payments(desk)[0].fund == "other"


def test_nothing_is_changed_in_a_locked_year(panel, desk):
    desk.commit(c.set_year(desk.book, YEAR, state="locked"))
    before = desk.book
    clip().setText("甲")
    at(panel, 2, "payee")
    extend(panel, Key.Key_Down, 2)
    press(panel.view, Key.Key_V, CTRL)
    press(panel.view, Key.Key_D, CTRL)
    press(panel.view, Key.Key_Delete)
    assert desk.book is before and not panel.asked.question


# Columns


def drag_border(panel, number, by, qtbot):
    header = panel.view.horizontalHeader()
    x = header.sectionViewportPosition(number) + header.sectionSize(number) - 1
    here = QPoint(x, header.height() // 2)
    qtbot.mouseMove(header.viewport(), here)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=here)
    qtbot.mouseMove(header.viewport(), here + QPoint(by // 2, 0))
    qtbot.mouseMove(header.viewport(), here + QPoint(by, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=here + QPoint(by, 0))


def test_a_width_stays_through_refresh_and_restart(panel, desk, qtbot, settings):
    desk.layout_changed.connect(settings.keep_layout)
    number = panel.model.column_of("payee")
    header = panel.view.horizontalHeader()
    before = header.sectionSize(number)
    drag_border(panel, number, 40, qtbot)
    assert header.sectionSize(number) == before + 40
    panel.resize(860, 480)
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-07-01", 100, memo="备注"))
    assert header.sectionSize(number) == before + 40
    desk.layouts = settings.layouts
    again = shown(desk, qtbot, only(desk))
    assert again.view.horizontalHeader().sectionSize(number) == before + 40
    again.view.arranged.reset()
    assert again.view.horizontalHeader().sectionSize(number) == before


def test_the_order_of_columns_stays_and_tab_follows_it(panel, desk, qtbot, settings):
    desk.layout_changed.connect(settings.keep_layout)
    header, model = panel.view.horizontalHeader(), panel.model
    header.moveSection(header.visualIndex(model.column_of("amount")), 1)
    desk.layouts = settings.layouts
    again = shown(desk, qtbot, only(desk))
    assert again.view.horizontalHeader().visualIndex(model.column_of("amount")) == 1
    at(again, 2, "date")
    again.view.step(0, 1)
    assert model.columns[again.view.currentIndex().column()].key == "amount"
    press(again.view, Key.Key_Space, SHIFT)
    press(again.view, Key.Key_C, CTRL)
    assert clip().text().startswith("2023-05-01\t100.00\t支出")


def test_columns_are_chosen_in_the_menu_of_the_header(panel, desk, qtbot):
    number = panel.model.column_of("number")
    menu = panel.view.arranged.menu(number)
    below = menu.findChild(QMenu)
    choices = {a.text(): a for a in below.actions()}
    assert "日期" not in choices and "摘要/用途" not in choices, "what a row is known by stays"
    choices["文号/凭证号"].trigger()
    assert panel.view.isColumnHidden(number)
    panel.show_project(only(desk))
    assert panel.view.isColumnHidden(number)
    menu = panel.view.arranged.menu(0)
    menu.actions()[-1].trigger()
    assert not panel.view.isColumnHidden(number)


def test_what_was_kept_and_makes_no_sense_is_passed_over(desk, qtbot):
    desk.layouts = {"EntryModel": '{"widths": {"payee": "x", "none": 5}, "order": ["none", "amount"], "hidden": 3}'}
    panel = shown(desk, qtbot, only(desk))
    assert panel.view.horizontalHeader().visualIndex(panel.model.column_of("amount")) == 0
    desk.layouts = {"EntryModel": "no json"}
    assert shown(desk, qtbot, only(desk)).view.horizontalHeader().visualIndex(0) == 0


def test_a_double_click_makes_a_column_as_wide_as_its_texts(panel, desk):
    desk.commit(c.set_payment(desk.book, payments(desk)[0].id, payee="名称很长很长很长很长的收款单位"))
    number = panel.model.column_of("payee")
    panel.view.resizeColumnToContents(number)
    wanted = panel.view.fontMetrics().horizontalAdvance("名称很长很长很长很长的收款单位")
    assert panel.view.horizontalHeader().sectionSize(number) >= wanted
    QApplication.processEvents()
