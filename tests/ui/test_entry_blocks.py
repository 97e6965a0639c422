"""The entries list worked with in blocks: pasted, sorted, filtered, removed together; short signs in the line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core import commands as c
from core.entries import entries_of
from tests.builders import YEAR
from tests.ui.entries import only, shown
from tests.ui.keys import press, replace_text, type_text
from ui.dialogs.paste import PasteDialog

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BLOCK = "日期\t收款人\t用途\t金额\r\n2023-05-01\t印刷企业\t资料\t1,200.00\r\n2023-05-02\t邮政公司\t邮寄\t80\r\n"


@pytest.fixture
def panel(desk, qtbot):
    return shown(desk, qtbot, only(desk))


@pytest.fixture
def full(desk, qtbot):
    """Three payments more: 100, 200 and 300元 in May."""
    for number, payee in enumerate(("工商银行", "印刷企业", "邮政公司"), 1):
        details = {"payee": payee, "purpose": f"资料{number}"}
        desk.commit(c.add_payment(desk.book, YEAR, only(desk), f"2023-05-0{number}", number * 10_000, **details))
    panel = shown(desk, qtbot, only(desk))
    panel.layout().insertWidget(0, panel.actions_row)
    return panel


def entries(desk):
    return entries_of(desk.book, YEAR, [only(desk)])


def amounts(panel):
    return [panel.model.text(row, "amount") for row in panel.model.rows]


def at(panel, row, column="amount"):
    panel.view.setCurrentIndex(panel.model.index(row, panel.model.column_of(column)))
    panel.view.setFocus()


def pasted(panel, text):
    """The preview of a block, opened with the key."""
    QGuiApplication.clipboard().setText(text)
    at(panel, 0)
    press(panel.view, Key.Key_V, CTRL)
    return panel.window().findChild(PasteDialog)


def choose(pick, label):
    """Choose in a list as the keys do."""
    pick.setFocus()
    pick.setCurrentIndex(pick.findText(label))
    pick.activated.emit(pick.currentIndex())


# Pasting


def test_a_block_is_shown_first_and_pasted_as_one_step(panel, desk):
    dialog = pasted(panel, BLOCK)
    assert dialog.isVisible() and len(entries(desk)) == 3
    assert [pick.currentText() for pick in dialog.picks] == ["日期", "收款人", "用途", "金额"]
    assert dialog._said.text() == "将新增2笔支出，合计1,280.00元。"
    press(dialog, Key.Key_Return)
    assert [p.payee for p in desk.book.payments(YEAR, only(desk))][1:] == ["印刷企业", "邮政公司"]
    assert amounts(panel) == ["30,000.00", "20,700.00", "1,200.00", "80.00", "9,300.00"]
    assert desk.ledger.undo_label == "粘贴2笔支出"
    desk.undo()
    assert len(entries(desk)) == 3


def test_escape_pastes_nothing(panel, desk):
    before = desk.book
    dialog = pasted(panel, BLOCK)
    press(dialog, Key.Key_Escape)
    assert desk.book is before and not dialog.isVisible()


def test_errors_stand_at_their_cells_and_the_others_are_pasted(panel, desk):
    dialog = pasted(
        panel, BLOCK + "5月32日\t甲\t乙\t1\n2023-06-01\t甲\t乙\tabc\n2024-02-01\t甲\t乙\t5\n合计\t\t\t1,280"
    )
    model = dialog.model
    grounds = {(row, column.key) for row in model.rows[1:] for column in model.columns if model.ground(row, column.key)}
    assert grounds == {(3, "0"), (4, "3"), (5, "0")}
    assert model.tip(3, "0") == "没有这一天" and model.reason(6) == "合计行"
    assert dialog._said.text() == "将新增2笔支出，合计1,280.00元；3行有误，不会粘贴；1行不粘贴。"
    press(dialog, Key.Key_Return)
    assert len(desk.book.payments(YEAR, only(desk))) == 3


def test_what_must_not_be_saved_is_marked_too(panel, desk):
    desk.commit(c.set_year(desk.book, YEAR, locked_months="5"))
    dialog = pasted(panel, BLOCK.replace("2023-05-02", "2023-06-02"))
    assert dialog.pasted.count == 1
    assert "锁定" in dialog.model.tip(1, "0") and dialog.model.state(1) == "error"
    press(dialog, Key.Key_Return)
    assert [p.payee for p in desk.book.payments(YEAR, only(desk))] == ["", "邮政公司"]


def test_a_column_becomes_something_else(panel, desk):
    dialog = pasted(panel, BLOCK)
    choose(dialog.picks[1], "用途")
    assert [pick.currentText() for pick in dialog.picks] == ["日期", "用途", "（不取）", "金额"]
    choose(dialog.picks[2], "备注")
    press(dialog, Key.Key_Return)
    found = desk.book.payments(YEAR, only(desk))[1:]
    assert [(p.payee, p.purpose, p.memo) for p in found] == [("", "印刷企业", "资料"), ("", "邮政公司", "邮寄")]


def test_rows_become_budget_events(panel, desk):
    dialog = pasted(panel, "2023-05-01\t示财〔2023〕9号\t1.5\n2023-05-02\t示财〔2023〕10号\t2")
    choose(dialog.kind, "预算变动")
    choose(dialog.unit, "万元")
    assert not dialog._paste.isEnabled(), "no row says its kind"
    choose(dialog.event_kind, "追加（减）")
    assert dialog._said.text() == "将新增2笔预算变动，合计35,000.00元。"
    press(dialog, Key.Key_Return)
    made = [e for e in desk.book.events(YEAR, only(desk)) if e.kind == "supplement"]
    assert [(e.doc_no, e.amount) for e in made] == [("示财〔2023〕9号", 1_500_000), ("示财〔2023〕10号", 2_000_000)]


def test_space_leaves_rows_out_and_takes_repeated_ones_in(panel, desk):
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-05-01", 120_000, payee="印刷企业", purpose="资料"))
    dialog = pasted(panel, BLOCK)
    assert dialog.pasted.count == 1 and "可按空格粘贴" in dialog.model.reason(1)
    dialog.grid.setFocus()
    assert dialog.grid.stand_at(1)
    press(dialog.grid, Key.Key_Space)
    assert dialog.pasted.count == 2
    dialog.grid.stand_at(2)
    press(dialog.grid, Key.Key_Space)
    assert dialog.pasted.count == 1 and dialog.model.reason(2) == "不要这一行"
    press(dialog.grid, Key.Key_Space)
    assert dialog.pasted.count == 2


def test_titles_that_were_not_seen_are_said_by_hand(panel, desk):
    dialog = pasted(panel, "甲栏\t乙栏\n2023-05-01\t10\n2023-05-02\t20")
    assert dialog.mapped.fields == ("date", "amount")
    assert not dialog.titled.isChecked() and dialog.model.state(0) == "error"
    dialog.titled.click()
    assert dialog.model.state(0) == "info" and dialog.pasted.count == 2 and not dialog.pasted.wrong


def test_a_locked_year_takes_nothing(panel, desk):
    told = []
    desk.told.connect(lambda text, _refused: told.append(text))
    desk.commit(c.set_year(desk.book, YEAR, state="locked"))
    assert pasted(panel, BLOCK) is None and told == ["本年度已锁定，不能粘贴。"]


# Order and part of the list


def click_header(panel, column, qtbot):
    header = panel.view.horizontalHeader()
    number = panel.model.column_of(column)
    place = header.rect().center()
    place.setX(header.sectionViewportPosition(number) + header.sectionSize(number) // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_title_puts_the_list_in_order_and_a_refresh_keeps_it(full, desk, qtbot):
    at(full, 3)
    held = full.view.current
    click_header(full, "amount", qtbot)
    assert amounts(full) == ["100.00", "200.00", "300.00", "9,300.00", "20,700.00", "30,000.00"]
    assert full.view.current == held, "the officer stays at his row"
    assert full.model.headerData(full.model.column_of("amount"), Qt.Orientation.Horizontal) == "金额（元） ↑"
    click_header(full, "amount", qtbot)
    assert amounts(full)[0] == "30,000.00"
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-07-01", 25_000))
    assert amounts(full)[-3:] == ["250.00", "200.00", "100.00"]
    desk.commit(c.set_payment(desk.book, held.id, amount=5_000))
    assert amounts(full)[-1] == "50.00"
    full.show_project(only(desk))
    assert amounts(full)[-1] == "50.00"
    click_header(full, "amount", qtbot)
    assert amounts(full)[0] == "30,000.00" and amounts(full)[1] == "20,700.00"
    assert [full.model.text(row, "date") for row in full.model.rows] == sorted(
        full.model.text(row, "date") for row in full.model.rows
    )


def test_another_order_leaves_one_row_chosen(full, qtbot):
    at(full, 1)
    press(full.view, Key.Key_Down, SHIFT)
    press(full.view, Key.Key_Down, SHIFT)
    held = full.view.current
    click_header(full, "payee", qtbot)
    assert full.view.chosen() == [held] and full.view.tally.text == ""


def test_balances_are_those_of_the_whole_list_in_any_order(full, qtbot):
    click_header(full, "payee", qtbot)
    shown_ones = {row.id: full.model.text(row, "balance") for row in full.model.rows}
    full.model.sort_by("", False)
    assert {row.id: full.model.text(row, "balance") for row in full.model.rows} == shown_ones
    assert full.model.text(full.model.rows[-1], "balance") == "-600.00"


def test_words_show_a_part_of_the_list_and_a_change_keeps_to_it(full, desk):
    at(full, 2)
    press(full.view, Key.Key_F, CTRL)
    assert QApplication.focusWidget() is full.filter
    type_text(full.filter, "yz")
    assert amounts(full) == ["300.00"] and full._count.text() == "1 / 6 笔"
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-06-01", 100, payee="邮政公司"))
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-06-02", 200, payee="别家"))
    assert amounts(full) == ["300.00", "1.00"] and full._count.text() == "2 / 8 笔"
    payment = next(p for p in desk.book.payments(YEAR, only(desk)) if p.payee == "别家")
    desk.commit(c.set_payment(desk.book, payment.id, payee="邮政所"))
    assert amounts(full)[-1] == "2.00"
    desk.undo()
    assert amounts(full) == ["300.00", "1.00"]
    press(full.filter, Key.Key_Return)
    assert full.view.hasFocus()
    press(full.view, Key.Key_F, CTRL)
    press(full.filter, Key.Key_Escape)
    assert len(amounts(full)) == 8 and not full.filter.text()


def test_a_place_that_the_words_hide_is_shown_all_the_same(full, desk):
    full.filter.setText("没有的")
    assert amounts(full) == []
    assert full.show_entry(entries(desk)[0], "amount")
    assert full.filter.text() == "" and full.view.current == entries(desk)[0]


# Removing


def test_several_are_removed_after_one_question(full, desk):
    at(full, 2)
    press(full.view, Key.Key_Down, SHIFT)
    press(full.view, Key.Key_Down, SHIFT)
    press(full.view, Key.Key_Delete)
    assert full.asked.question == "删除所选3笔：支出3笔600.00元？"
    press(full.asked, Key.Key_Return)
    assert len(entries(desk)) == 3 and desk.ledger.undo_label == "删除3笔"
    desk.undo()
    assert len(entries(desk)) == 6


def test_locked_months_keep_theirs(full, desk):
    desk.commit(c.set_year(desk.book, YEAR, locked_months="5"))
    told = []
    desk.told.connect(lambda text, _refused: told.append(text))
    at(full, 2)
    press(full.view, Key.Key_Delete)
    assert not full.asked.question and "红字冲销" in told[0]
    at(full, 1)
    press(full.view, Key.Key_Down, SHIFT)
    press(full.view, Key.Key_Delete)
    assert full.asked.question.endswith("另有1笔在已锁定的月份，不会删除，支出请用红字冲销。")
    press(full.asked, Key.Key_Return)
    assert len(entries(desk)) == 5


# Short signs


def test_equals_fills_what_is_left(panel, desk):
    desk.commit(c.set_event(desk.book, entries(desk)[2].id, amount=500_000))
    line = panel.line
    line.amount.setFocus()
    type_text(line.amount, "=")
    assert line.amount.text() == "4,300.00"
    line.begin("carried")
    replace_text(line.amount, "＝")
    assert line.amount.text() == "4,300.00"
    line.begin("supplement")
    replace_text(line.amount, "=")
    assert line.amount.text() == "", "money that comes in uses nothing up"
    at(panel, 1)
    type_text(panel.view, "=")
    assert panel.view.cells.editor.text() == "25,000.00"
    press(panel.view.cells.editor, Key.Key_Return)
    assert entries(desk)[1].amount == 2_500_000


def test_two_dots_take_the_words_of_the_entry_before(full, desk):
    line = full.line
    line.purpose.setFocus()
    type_text(line.purpose, "..")
    assert line.purpose.text() == "资料3"
    line.payee.setFocus()
    type_text(line.payee, "。。")
    assert line.payee.text() == "邮政公司" and not line.payee.is_offering
    at(full, 3, "purpose")
    type_text(full.view, ".")
    type_text(full.view.cells.editor, ".")
    press(full.view.cells.editor, Key.Key_Return)
    assert entries(desk)[3].purpose == "资料1"


def test_enter_in_the_last_row_begins_the_next_entry_with_its_words(full, desk):
    desk.commit(c.remove_event(desk.book, entries(desk)[-1].id))
    at(full, 4)
    press(full.view, Key.Key_Return)
    line = full.line
    assert QApplication.focusWidget() is line.day
    assert (line.kind.value(), line.day.text(), line.purpose.text()) == ("payment", "2023-05-03", "资料3")
    press(line.day, Key.Key_Return)
    press(line.kind, Key.Key_Return)
    type_text(line.amount, "50")
    press(line.amount, Key.Key_Return, CTRL)
    assert [(p.amount, p.purpose) for p in desk.book.payments(YEAR, only(desk))][-1] == (5_000, "资料3")


def test_payees_are_offered_by_pinyin_initials(full):
    payee = full.line.payee
    payee.setFocus()
    type_text(payee, "gsyh")
    assert payee.is_offering and [offer.text for offer in payee._offers] == ["gsyh", "工商银行"]
    press(payee, Key.Key_Down)
    press(payee, Key.Key_Return)
    assert payee.text() == "工商银行"
    replace_text(payee, "全新的")
    press(payee, Key.Key_Return)
    assert payee.text() == "全新的"


def test_choices_are_made_by_pinyin_initials(panel):
    kind = panel.line.kind
    kind.setFocus()
    type_text(kind, "sjzy")
    assert kind.currentText() == "上级转移支付"
    press(kind, Key.Key_Return)
    assert QApplication.focusWidget() is panel.line.amount
