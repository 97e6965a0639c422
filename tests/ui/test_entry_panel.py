"""The entries of a project: the list edited in place, and the line that is always ready."""

import pytest
from PySide6.QtCore import Qt

from core import commands as c
from core.entries import entries_of
from core.model import Fund
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_panel import EntryPanel

Key = Qt.Key


@pytest.fixture
def panel(desk, qtbot):
    ask = AskBar()
    panel = EntryPanel(desk, ask)
    panel.asked = ask
    for widget in (ask, panel):
        qtbot.addWidget(widget)
    panel.resize(1000, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    desk.changed.connect(panel.follow)
    panel.show_project(only(desk))
    return panel


def only(desk):
    return next(p.project for p in desk.book.projects(YEAR) if p.name == "业务性专项经费")


def entries(desk):
    return entries_of(desk.book, YEAR, [only(desk)])


def shown(panel):
    return [[panel.model.text(row, key) for key in ("date", "kind", "amount", "balance")] for row in panel.model.rows]


def edit(panel, row, column, text, key=Key.Key_Return):
    panel.view.setCurrentIndex(panel.model.index(row, panel.model.column_of(column)))
    panel.view.setFocus()
    press(panel.view, Key.Key_F2)
    replace_text(panel.view.cells.editor, text)
    press(panel.view.cells.editor, key)


def test_entries_by_date_with_the_balance_each_leaves(panel):
    assert shown(panel) == [
        ["2023-01-15", "年初预算", "30,000.00", "30,000.00"],
        ["2023-03-20", "支出", "20,700.00", "9,300.00"],
        ["2023-12-31", "财政收回", "9,300.00", "0.00"],
    ]


def test_every_field_is_edited_in_place(panel):
    desk = panel.desk
    edit(panel, 1, "amount", "2万")
    edit(panel, 1, "number", "03-007")
    edit(panel, 1, "payee", "印刷服务企业")
    edit(panel, 1, "purpose", "培训资料")
    edit(panel, 1, "memo", "补记")
    edit(panel, 1, "date", "4.1")
    edit(panel, 0, "number", "示财预〔2023〕1号")
    event, payment, _recall = entries(desk)
    assert (payment.amount, payment.voucher, payment.date) == (2_000_000, "03-007", "2023-04-01")
    assert (payment.payee, payment.purpose, payment.memo) == ("印刷服务企业", "培训资料", "补记")
    assert event.doc_no == "示财预〔2023〕1号"
    assert shown(panel)[2][3] == "700.00"


def test_a_date_outside_the_year_is_refused_under_the_field(panel):
    before = panel.desk.book
    edit(panel, 1, "date", "2024-01-05")
    hint = panel.view.cells._hint
    assert hint.isVisible() and "不在2023年度内" in hint.text()
    assert panel.desk.book is before
    replace_text(panel.view.cells.editor, "13-45")
    press(panel.view.cells.editor, Key.Key_Return)
    assert "不是日期" in hint.text()
    press(panel.view.cells.editor, Key.Key_Escape)
    assert panel.desk.book is before and not hint.isVisible()


def test_moving_a_date_moves_the_row_and_keeps_it_chosen(panel):
    desk = panel.desk
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-02-01", 100))
    edit(panel, 1, "date", "11-23")
    assert [row[0] for row in shown(panel)] == ["2023-01-15", "2023-03-20", "2023-11-23", "2023-12-31"]
    assert [row[3] for row in shown(panel)] == ["30,000.00", "9,300.00", "9,299.00", "-1.00"]


def test_deleting_asks_with_the_amount_and_can_be_undone(panel):
    desk = panel.desk
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    panel.view.setFocus()
    press(panel.view, Key.Key_Delete)
    assert panel.asked.question == "删除 2023-03-20 支出 20,700.00元？"
    press(panel.asked, Key.Key_Escape)
    assert len(entries(desk)) == 3
    press(panel.view, Key.Key_Delete)
    press(panel.asked, Key.Key_Return)
    assert len(entries(desk)) == len(panel.model.rows) == 2
    desk.undo()
    assert [row[2] for row in shown(panel)] == ["30,000.00", "20,700.00", "9,300.00"]


def test_a_payment_is_reversed_in_red_once(panel):
    desk = panel.desk
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    panel._actions["reverse"].click()
    assert panel.bar.question == "冲销 2023-03-20 的支出 20,700.00元"
    assert (panel.bar.day.text(), panel.bar.amount.text()) == ("2023-12-31", "20,700.00")
    press(panel.bar.amount, Key.Key_Return)
    red = next(p for p in desk.book.payments(YEAR, only(desk)) if p.reverses)
    assert red.amount == -2_070_000
    row = panel.model.rows[panel.model.row_of(("payment", red.id))]
    assert panel.model.text(row, "kind") == "红字冲销"
    assert panel.model.tone(row, "amount") == "error"
    heard = []
    desk.told.connect(lambda text, _refused: heard.append(text))
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    panel.reverse()
    assert heard == ["这笔支出已全部冲销。"]
    assert panel.bar.question == ""


def test_the_line_is_filled_with_enter_and_is_ready_for_the_next(panel):
    desk, line = panel.desk, panel.line
    line.day.setFocus()
    replace_text(line.day, "0520")
    press(line.day, Key.Key_Return)
    assert line.kind.hasFocus()
    press(line.kind, Key.Key_Return)
    type_text(line.amount, "１２３．４５")
    press(line.amount, Key.Key_Return)
    type_text(line.number, "05-001")
    press(line.number, Key.Key_Return)
    type_text(line.payee, "场地服务单位")
    press(line.payee, Key.Key_Return)
    type_text(line.purpose, "会议场地")
    press(line.purpose, Key.Key_Return)
    added = entries(desk)[2]
    assert (added.date, added.amount, added.voucher) == ("2023-05-20", 12_345, "05-001")
    assert (added.payee, added.purpose) == ("场地服务单位", "会议场地")
    assert line.day.hasFocus() and line.day.text() == "0520"
    assert (line.amount.text(), line.number.text(), line.purpose.text()) == ("", "", "")


def test_the_line_says_what_is_wrong_and_saves_nothing(panel):
    before, line = panel.desk.book, panel.line
    line.day.setFocus()
    replace_text(line.day, "2022-12-31")
    type_text(line.amount, "100")
    press(line.amount, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "不在2023年度内" in line._said.text()
    replace_text(line.day, "5-1")
    replace_text(line.amount, "一百")
    press(line.amount, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "“一”不是数字" in line._said.text()
    assert line.amount.hasFocus()
    replace_text(line.amount, "")
    press(line.amount, Key.Key_Return)
    assert "金额为空" in line._said.text()
    assert panel.desk.book is before


def test_the_line_says_beforehand_what_a_payment_would_break(panel):
    type_text(panel.line.amount, "50000")
    assert "保存后将出现" in panel.line._said.text()
    press(panel.line.amount, Key.Key_Escape)
    assert panel.line.amount.text() == "" and not panel.line._said.isVisible()


def test_money_is_moved_between_projects(panel):
    desk, line = panel.desk, panel.line
    desk.commit(c.add_project(desk.book, YEAR, "第二个项目", "业务工作专项"))
    panel.show_project(only(desk))
    line.begin("reallocate")
    assert line.other.isVisible() and not line.payee.isVisible()
    type_text(line.amount, "500")
    press(line.amount, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    other = desk.book.projects(YEAR)[-1].project
    assert [e.amount for e in desk.book.events(YEAR, other)] == [-50_000]
    row = next(r for r in panel.model.rows if getattr(r, "kind", "") == "reallocate")
    assert panel.model.text(row, "payee") == "对方：第二个项目"
    assert not panel.model.is_editable(row, "kind")


def test_the_fund_column_appears_with_other_money(panel):
    desk = panel.desk
    column = panel.model.column_of("fund")
    assert panel.view.isColumnHidden(column)
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-05-01", 100, fund=Fund.OTHER))
    assert not panel.view.isColumnHidden(column)


def test_sub_projects_are_in_the_list_with_their_names(panel):
    desk = panel.desk
    desk.commit(c.add_project(desk.book, YEAR, "其中一部分", parent=only(desk)))
    child = desk.book.children(YEAR, only(desk))[0].project
    panel.show_project(only(desk))
    desk.commit(c.add_payment(desk.book, YEAR, child, "2023-05-01", 100))
    assert [panel.model.text(row, "project") for row in panel.model.rows] == ["", "", "其中一部分", ""]
    panel.show_project(child)
    assert [row.amount for row in panel.model.rows] == [100]
    kinds = [panel.line.kind.itemText(n) for n in range(panel.line.kind.count())]
    assert kinds == ["支出", "在途"], "a sub-project only spends"


def test_following_changes_shows_what_reading_anew_would(panel):
    desk = panel.desk
    for number in range(60):
        desk.commit(c.add_payment(desk.book, YEAR, only(desk), f"2023-{number % 12 + 1:02}-10", number + 1))
    desk.commit(c.set_payment(desk.book, panel.model.rows[7].id, amount=999, date="2023-09-09"))
    desk.commit(c.remove_payment(desk.book, panel.model.rows[3].id))
    desk.undo()
    desk.undo()
    desk.redo()
    held, said = list(panel.model.rows), shown(panel)
    assert held == entries(desk)
    panel.show_project(0)
    panel.show_project(only(desk))
    assert shown(panel) == said


def test_large_amounts_stand_in_full(panel):
    desk = panel.desk
    event = desk.book.events(YEAR, only(desk))[0]
    desk.commit(c.set_event(desk.book, event.id, amount=123_456_789_012))
    needed = panel.view.fontMetrics().horizontalAdvance("1,234,567,890.12")
    assert panel.view.columnWidth(panel.model.column_of("amount")) > needed + 10
