"""Every field of an entry: under 更多 for a new one, in one step for one of the list; red entries, refunds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import commands as c
from core.balance import project_balance
from tests.builders import WAN, YEAR
from tests.ui.entries import offered, only, shown, stand_at, text, visible_columns
from tests.ui.keys import press, replace_text, type_text

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(desk, qtbot):
    return shown(desk, qtbot, only(desk))


def payment(desk):
    return desk.book.payments(YEAR, only(desk))[0]


# New entries


def test_a_payment_with_every_field_by_keys_alone(panel):
    desk, line = panel.desk, panel.line
    desk.commit(c.add_event(desk.book, YEAR, only(desk), "supplement", "2023-03-01", WAN, functional_code="2012902"))
    supplement = next(e for e in desk.book.events(YEAR, only(desk)) if e.kind == "supplement")
    line.begin("payment", "3500")
    press(line.amount, Key.Key_F4)
    more = line.more.fields
    assert more["fund"].hasFocus()
    line.number.setFocus()
    for field, typed in ((line.number, "05-003"), (line.payee, "某饭店"), (line.purpose, "工作餐")):
        assert field.hasFocus()
        type_text(field, typed)
        press(field, Key.Key_Return)
    press(more["fund"], Key.Key_Return)
    quota = more["event"]
    assert quota.hasFocus()
    texts = [quota.itemText(n) for n in range(quota.count())]
    assert texts[0] == "自动（先用以前年度的资金）"
    # 2.07 was spent and 0.93 recovered without naming an event: all of it from the older money.
    assert texts[1] == "01-15 年初预算 30,000.00，余0.00元"
    assert texts[2] == "03-01 追加（减） 10,000.00，余10,000.00元"
    press(quota, Key.Key_Down)
    press(quota, Key.Key_Down)
    assert quota.value() == str(supplement.id)
    press(quota, Key.Key_Return)
    economic = more["economic_code"]
    type_text(economic, "gwjd")
    assert economic.is_offering
    press(economic, Key.Key_Return)
    assert economic.text() == "30217 公务接待费" and not economic.is_offering
    assert more["functional_code"].text() == "2012902 一般行政管理事务", "that of the event it draws on"
    press(more["functional_code"], Key.Key_Return)
    type_text(more["method"], "公")
    press(more["method"], Key.Key_Down)
    press(more["method"], Key.Key_Return)
    type_text(more["bank_no"], "20230504-17")
    press(more["bank_no"], Key.Key_Return)
    type_text(more["memo"], "附清单")
    press(more["memo"], Key.Key_Return)
    made = desk.book.payments(YEAR, only(desk))[-1]
    assert (made.amount, made.voucher, made.payee, made.purpose) == (350_000, "05-003", "某饭店", "工作餐")
    assert (made.event, made.economic_code, made.functional_code) == (supplement.id, "30217", "2012902")
    assert (made.method, made.bank_no, made.memo) == ("公务卡", "20230504-17", "附清单")
    # Ready for the next: what usually repeats stays while it can be seen, the rest is empty.
    assert line.day.hasFocus()
    assert (more["economic_code"].text(), more["method"].text()) == ("30217 公务接待费", "公务卡")
    assert (more["bank_no"].text(), more["memo"].text(), more["event"].value()) == ("", "", "")
    press(line.day, Key.Key_F4)
    press(line.amount, Key.Key_Escape)
    assert more["economic_code"].text() == "" and line._unfold.text() == "更多 ▾"


def test_tab_goes_along_the_line_through_the_further_fields_to_saving(panel):
    line = panel.line
    line.begin("payment", "100")
    press(line.amount, Key.Key_F4)
    line.day.setFocus()
    passed = [QApplication.focusWidget()]
    while passed[-1] is not line._save and len(passed) < 30:
        press(passed[-1], Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    names = [widget.accessibleName() or widget.text() for widget in passed]
    assert names == [
        *("日期", "类型", "金额（元）", "文号或凭证号", "收款人", "用途或摘要", "收起 ▴"),
        *("资金性质", "使用的指标", "经济分类科目", "功能分类科目", "支付方式", "银行流水号", "备注", "登记"),
    ]


def test_what_is_folded_away_is_counted_and_still_entered(panel):
    line = panel.line
    line.begin("payment", "100")
    press(line.amount, Key.Key_F4)
    type_text(line.more.fields["memo"], "补记")
    press(line.more.fields["memo"], Key.Key_F4)
    assert line.more.isHidden() and line._unfold.text() == "更多 1 ▾"
    press(line.amount, Key.Key_Return, Ctrl)
    assert panel.desk.book.payments(YEAR, only(panel.desk))[-1].memo == "补记"
    assert line._unfold.text() == "更多 ▾"


def test_an_event_with_its_document_codes_level_and_advance_notice(panel):
    desk, line = panel.desk, panel.line
    line.begin("transfer", "2万")
    assert not line.payee.isVisible() and line.number.width() > 150
    type_text(line.number, "示财行〔2023〕7号")
    type_text(line.purpose, "提前下达专项补助")
    press(line.purpose, Key.Key_F4)
    more = line.more.fields
    assert [key for key in more if more[key].isVisible()] == [
        *("fund", "functional_code", "economic_code", "level", "advance", "memo"),
    ]
    press(more["fund"], Key.Key_Down)
    more["functional_code"].setFocus()
    type_text(more["functional_code"], "2012999")
    type_text(more["level"], "省级")
    more["advance"].setFocus()
    press(more["advance"], Key.Key_Down)
    press(more["advance"], Key.Key_Return, Ctrl)
    made = next(e for e in desk.book.events(YEAR, only(desk)) if e.kind == "transfer")
    assert (made.amount, made.doc_no, made.doc_title) == (2 * WAN, "示财行〔2023〕7号", "提前下达专项补助")
    assert (made.fund, made.functional_code, made.level, made.advance) == ("government", "2012999", "省级", True)


def test_carried_money_keeps_the_year_it_comes_from(panel):
    desk, line = panel.desk, panel.line
    line.begin("opening", "500")
    press(line.amount, Key.Key_F4)
    origin = line.more.fields["origin_year"]
    assert origin.isVisible() and not line.more.fields["advance"].isVisible()
    origin.setFocus()
    type_text(origin, "2031")
    press(origin, Key.Key_Return, Ctrl)
    assert "不晚于2023" in line._said.text() and origin.hasFocus()
    replace_text(origin, "2021")
    press(origin, Key.Key_Return, Ctrl)
    made = next(e for e in desk.book.events(YEAR, only(desk)) if e.kind == "opening")
    assert made.origin_year == 2021


def test_a_code_nobody_knows_is_refused_with_an_example(panel):
    before, line = panel.desk.book, panel.line
    line.begin("payment", "100")
    press(line.amount, Key.Key_F4)
    economic = line.more.fields["economic_code"]
    economic.setFocus()
    type_text(economic, "没有这个")
    press(economic, Key.Key_Return, Ctrl)
    assert "没有找到“没有这个”" in line._said.text() and "30217" in line._said.text()
    assert economic.hasFocus() and panel.desk.book is before
    replace_text(economic, "30201")
    press(economic, Key.Key_Return, Ctrl)
    assert panel.desk.book.payments(YEAR, only(panel.desk))[-1].economic_code == "30201"


# Entries of the list


def test_f4_takes_an_entry_into_the_line_and_saves_all_its_fields_in_one_step(panel):
    desk, line = panel.desk, panel.line
    stand_at(panel, payment(desk))
    press(panel.view, Key.Key_F4)
    assert line._heading.text() == "修改 2023-03-20 支出 20,700.00元" and line.more.isVisible()
    assert line._save.text() == "保存" and line.amount.hasFocus()
    assert [line.kind.itemText(n) for n in range(line.kind.count())] == ["支出"]
    replace_text(line.amount, "2万")
    type_text(line.payee, "印刷服务企业")
    type_text(line.more.fields["economic_code"], "30202")
    press(line.more.fields["economic_code"], Key.Key_Return, Ctrl)
    paid = payment(desk)
    assert (paid.amount, paid.payee, paid.economic_code) == (2 * WAN, "印刷服务企业", "30202")
    assert not line._head.isVisible() and line.more.isHidden() and line.amount.text() == ""
    assert panel.view.hasFocus()
    desk.undo()
    assert payment(desk).amount == 207 * WAN // 100 and payment(desk).payee == ""


def test_a_change_given_up_changes_nothing(panel):
    before, line = panel.desk.book, panel.line
    stand_at(panel, payment(panel.desk))
    panel._actions["change"].click()
    replace_text(line.amount, "1")
    press(line.amount, Key.Key_Escape)
    assert panel.desk.book is before and line.entry is None and line.amount.text() == ""
    panel._actions["change"].click()
    press(line.amount, Key.Key_Return, Ctrl)
    assert panel.desk.book is before and line.entry is None, "saved as it was"


def test_an_entry_that_goes_while_it_is_changed_leaves_the_line_ready(panel):
    desk, line = panel.desk, panel.line
    desk.commit(c.add_payment(desk.book, YEAR, only(desk), "2023-05-01", 100))
    stand_at(panel, desk.book.payments(YEAR, only(desk))[-1])
    press(panel.view, Key.Key_F4)
    desk.undo()
    assert line.entry is None and not line._head.isVisible()


def test_a_reallocation_is_changed_on_both_sides(panel):
    desk, line = panel.desk, panel.line
    desk.commit(c.add_project(desk.book, YEAR, "第二个项目", "业务工作专项"))
    panel.show_project(only(desk))
    line.begin("reallocate", "-500")
    type_text(line.number, "示财预〔2023〕9号")
    press(line.number, Key.Key_Return, Ctrl)
    one = next(e for e in desk.book.events(YEAR, only(desk)) if e.kind == "reallocate")
    assert one.amount == -50_000
    stand_at(panel, one)
    press(panel.view, Key.Key_F4)
    assert not line.other.isEnabled() and line.other.currentText() == "第二个项目"
    replace_text(line.amount, "-800")
    press(line.amount, Key.Key_Return, Ctrl)
    other = desk.book.projects(YEAR)[-1].project
    assert [(e.amount, e.doc_no) for e in desk.book.events(YEAR, other)] == [(80_000, "示财预〔2023〕9号")]
    balances = [project_balance(desk.book, YEAR, p).reallocate for p in (only(desk), other)]
    assert balances == [-80_000, 80_000]


def test_the_economic_code_is_edited_in_place_by_initials(panel):
    desk = panel.desk
    assert "economic" not in visible_columns(panel)
    desk.commit(c.set_payment(desk.book, payment(desk).id, economic_code="30201"))
    assert "economic" in visible_columns(panel)
    stand_at(panel, payment(desk), "economic_code")
    press(panel.view, Key.Key_F2)
    editor = panel.view.cells.editor
    assert editor.text() == "30201 办公费"
    replace_text(editor, "clf")
    press(editor, Key.Key_Return)
    assert payment(desk).economic_code == "30211" and text(panel, payment(desk), "economic") == "30211 差旅费"


def test_columns_give_way_where_there_is_no_room(panel, qtbot):
    desk = panel.desk
    desk.commit(c.set_payment(desk.book, payment(desk).id, economic_code="30201", memo="补记"))
    panel.resize(890, 500)
    assert "memo" not in visible_columns(panel) and "economic" in visible_columns(panel)
    header = panel.view.horizontalHeader()
    assert header.length() <= panel.view.viewport().width()
    panel.resize(1200, 500)
    assert {"memo", "economic"} <= set(visible_columns(panel))


# Red entries and refunds


def test_a_part_of_a_payment_is_reversed_and_no_more_than_is_left(panel):
    desk, bar = panel.desk, panel.bar
    stand_at(panel, payment(desk))
    panel._actions["reverse"].click()
    assert not panel.line.isVisible() and bar.amount.hasFocus()
    replace_text(bar.amount, "700")
    replace_text(bar.day, "11-20")
    press(bar.day, Key.Key_Return)
    red = desk.book.reversals(payment(desk).id)[0]
    assert (red.amount, red.date) == (-70_000, "2023-11-20")
    assert panel.line.isVisible() and not bar.isVisible()
    assert text(panel, red, "amount") == "-700.00" and text(panel, red, "purpose") == "冲销03-20支出"
    assert panel.model.look(payment(desk), "kind").tag == "部分冲销"
    stand_at(panel, payment(desk))
    panel._actions["reverse"].click()
    assert bar.question.endswith("还可冲销20,000.00元") and bar.amount.text() == "20,000.00"
    replace_text(bar.amount, "20001")
    press(bar.amount, Key.Key_Return)
    assert bar.isVisible() and "超过" in bar._said.text()
    replace_text(bar.amount, "20000")
    press(bar.amount, Key.Key_Return)
    assert panel.model.look(payment(desk), "kind").tag == "已冲销"
    stand_at(panel, red)
    assert offered(panel) == {"change", "delete", "files"}, "a red entry is not reversed"


def test_a_refund_of_an_earlier_year_is_entered_in_this_one(sample_desk, qtbot):
    desk = sample_desk
    panel = shown(desk, qtbot, only(desk))
    line = panel.line
    spent = project_balance(desk.book, YEAR, only(desk)).spent
    line.begin("refund", "200")
    assert not line.purpose.isVisible() and not line._unfold.isVisible()
    press(line.amount, Key.Key_Return)
    press(line.past, Key.Key_Return)
    assert "请选择以前年度的原支出" in line._said.text()
    type_text(line.past, "财务代理 1050")
    press(line.past, Key.Key_Return)
    assert line.past.text().startswith("2022-") and "财务代理" in line.past.text()
    press(line.target, Key.Key_Return)
    made = next(e for e in desk.book.events(YEAR, only(desk)) if e.kind == "opening_adjust")
    assert (made.amount, made.origin_year) == (20_000, 2022)
    assert project_balance(desk.book, YEAR, only(desk)).spent == spent
    kinds = [line.kind.itemData(n) for n in range(line.kind.count())]
    assert "refund" in kinds


def test_without_earlier_payments_there_is_nothing_to_refund(panel):
    assert panel.line.kind.findData("refund") < 0
