"""收支台账: the whole year in one list, by month, typed into, filtered, and with a line for any project."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from core import commands as c
from core import commitments
from core.balance import unit_balance
from core.check import About
from core.entries import Entry, entries_of
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from tests.ui.year_pages import amounts, at, by_name, cell, filled_page, lines, pick, row_of
from ui.dialogs.paste import PasteDialog
from ui.widgets.year_rows import Band

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk, qtbot):
    """Two projects; the second has 1万元 and payments in May and June."""
    return filled_page(desk, qtbot)


# The list


def test_all_projects_by_date_under_their_months(page):
    assert lines(page) == [1, "30000", "10000", 3, "20700", 5, "100", "200", 6, "300", 12, "9300"]
    march = row_of(page, 3)
    assert [cell(page, march, key) for key in ("date", "kind", "budget", "spent", "balance")] == [
        "3月", "1笔", "0.00", "20,700.00", "19,300.00",
    ]  # fmt: skip
    assert page.list.model.band_words(5).startswith("累计支出 21,000.00元　执行率 52.5%")
    assert "序时进度" not in page.list.model.band_words(5), "the year is over"
    assert page.list.model.band_words(12).endswith("本月处置 9,300.00元")
    assert page.list._sums.text() == "预算 40,000.00　支出 21,300.00　未处置 9,400.00（元）"
    assert page.list._count.text() == "共 7 笔"


def test_income_and_spending_stand_apart_and_the_balance_runs(page, desk):
    last = len(page.list.model.rows) - 1
    assert [cell(page, last, key) for key in ("project", "kind", "budget", "spent", "balance")] == [
        "业务性专项经费", "财政收回", "-9,300.00", "", "9,400.00",
    ]  # fmt: skip
    assert page.list.model.months.through(12).left == unit_balance(desk.book, YEAR).undisposed
    second = row_of(page, "200")
    assert (cell(page, second, "project"), cell(page, second, "balance")) == ("培训经费", "19,000.00")


def test_the_time_gone_by_is_told_while_the_year_runs(page, desk):
    desk.today = lambda: date(YEAR, 6, 10)
    page.invalidate()
    assert page.list.model.band_words(5).endswith("序时进度 41.7%")
    assert "序时进度" not in page.list.model.band_words(12)


def test_a_commitment_is_no_spending(page, desk):
    second = by_name(desk, "培训经费")
    desk.commit(commitments.add_commitment(desk.book, YEAR, second, f"{YEAR}-05-20", 77_700, payee="会议中心"))
    row = row_of(page, "777")
    assert (cell(page, row, "kind"), cell(page, row, "spent")) == ("在途", "777.00")
    assert page.list.model.months.sums(5).spent == 30_000
    assert page.list.model.number(page.list.model.rows[row], "spent") is None
    at(page, row - 1, "spent")
    press(page.list.view, Key.Key_Down, SHIFT)
    assert page.list.model.is_summed("spent") and not page.list.model.is_summed("balance")


def test_months_fold_by_space_and_by_their_arrow(page, qtbot):
    view = page.list.view
    at(page, row_of(page, 5), "date")
    press(view, Key.Key_Space)
    assert lines(page)[lines(page).index(5) :] == [5, 6, "300", 12, "9300"]
    assert cell(page, row_of(page, 5), "spent") == "300.00"
    press(view, Key.Key_Space)
    assert "200" in lines(page)
    place = view.visualRect(page.list.model.index(row_of(page, 1), 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 10, place.center().y()))
    assert lines(page)[:3] == [1, 3, "20700"]


def test_an_entry_of_a_folded_month_is_shown_all_the_same(page, desk):
    page.list.model.toggle(5)
    payment = next(p for p in desk.book.payments(YEAR, by_name(desk, "培训经费")) if p.amount == 20_000)
    page.list.filter.setText("工商")
    assert page.locate(About("payment", payment.id, "payee"))
    assert page.list.view.current == payment and not page.list.filter.text()
    assert page.list.model.columns[page.list.view.currentIndex().column()].key == "payee"
    assert not page.locate(About("payment", 9999)) and not page.locate(About("project", 1))


def test_locked_months_are_marked(page, desk):
    desk.commit(c.set_year(desk.book, YEAR, locked_months="5"))
    model = page.list.model
    assert model.is_locked(5) and "已锁定" in model.tip(Band(5), "kind")
    assert model.tone(model.rows[row_of(page, "100")], "purpose") == "second"
    told = []
    desk.told.connect(lambda text, _refused: told.append(text))
    at(page, row_of(page, "100"))
    press(page.list.view, Key.Key_Delete)
    assert not page.ask.question and "红字冲销" in told[0]


def test_findings_are_marked_at_their_entries(page, desk):
    first = by_name(desk, "业务性专项经费")
    for _twice in range(2):
        desk.commit(c.add_payment(desk.book, YEAR, first, f"{YEAR}-04-01", 5_000, payee="同一家", purpose="同一事"))
    found = [i.finding for i in desk.review().open if i.finding.about.kind == "payment"]
    assert found
    model = page.list.model
    payment = next(row for row in model.rows if isinstance(row, Entry) and row.id == found[0].about.id)
    assert model.look(payment, "check").mark == found[0].severity
    assert model.text(payment, "check") and model.tip(payment, "check")
    plain = model.rows[row_of(page, "100")]
    assert model.text(plain, "check") == "" and not model.look(plain, "check").mark


# Changes


def test_a_cell_is_typed_into_and_the_list_follows(page, desk):
    at(page, row_of(page, "200"), "spent")
    press(page.list.view, Key.Key_F2)
    replace_text(page.list.view.cells.editor, "250")
    press(page.list.view.cells.editor, Key.Key_Return)
    assert "250" in amounts(page) and cell(page, row_of(page, 5), "spent") == "350.00"
    at(page, row_of(page, "250"), "date")
    press(page.list.view, Key.Key_F2)
    replace_text(page.list.view.cells.editor, "0711")
    press(page.list.view.cells.editor, Key.Key_Return)
    assert lines(page)[-4:] == [7, "250", 12, "9300"]
    desk.undo()
    desk.undo()
    assert lines(page)[5:8] == [5, "100", "200"]


def test_a_payment_moves_to_another_project_by_initials(page, desk):
    at(page, row_of(page, "100"), "project")
    type_text(page.list.view, "y")
    type_text(page.list.view.cells.editor, "wxzx")
    press(page.list.view.cells.editor, Key.Key_Return)
    press(page.list.view, Key.Key_Up)
    assert cell(page, row_of(page, "100"), "project") == "业务性专项经费"
    assert not page.list.model.is_editable(page.list.model.rows[1], "project"), "money that was given stays"


def test_following_shows_what_reading_anew_would(page, desk):
    second = by_name(desk, "培训经费")
    for number in range(40):
        day = f"{YEAR}-{number % 12 + 1:02d}-{number % 27 + 1:02d}"
        desk.commit(c.add_payment(desk.book, YEAR, second, day, number + 1, payee=f"第{number % 3}家"))
    for view in ({}, {"by": "spent", "falling": True}, {"words": "第1家"}, {"words": "第1家", "by": "payee"}):
        page.list.filter.setText(view.get("words", ""))
        page.list.model.sort_by(view.get("by", ""), view.get("falling", False))
        payment = desk.book.payments(YEAR, second)[7]
        desk.commit(c.set_payment(desk.book, payment.id, amount=4_321, date=f"{YEAR}-09-09"))
        desk.commit(c.set_payment(desk.book, payment.id, payee="第1家"))
        desk.commit(c.remove_payment(desk.book, desk.book.payments(YEAR, second)[3].id))
        desk.undo()
        desk.commit(c.add_payment(desk.book, YEAR, second, f"{YEAR}-02-11", 99, payee="第1家"))
        model = page.list.model
        held = list(model.rows)
        balances = [model.text(row, "balance") for row in held]
        assert model.whole == entries_of(desk.book, YEAR, [p.project for p in desk.book.project_years(YEAR)])
        model.show_year()
        assert model.rows == held and [model.text(row, "balance") for row in model.rows] == balances
        assert all(model.row_of(model.key(row)) == place for place, row in enumerate(model.rows))


def test_several_are_changed_filled_down_copied_and_removed(page, desk):
    view = page.list.view
    at(page, row_of(page, "100"), "payee")
    press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "工商银行\n邮政公司"
    press(view, Key.Key_D, CTRL)
    assert [cell(page, row_of(page, n), "payee") for n in ("100", "200")] == ["工商银行"] * 2
    page.list._edit_all("memo")
    type_text(view.cells.editor, "同一备注")
    press(view.cells.editor, Key.Key_Return)
    assert [cell(page, row_of(page, n), "memo") for n in ("100", "200")] == ["同一备注"] * 2
    press(view, Key.Key_Delete)
    assert page.ask.question == "删除所选2笔：支出2笔300.00元？"
    press(page.ask, Key.Key_Return)
    assert 5 not in lines(page) and desk.ledger.undo_label == "删除2笔"
    desk.undo()
    assert lines(page)[5:8] == [5, "100", "200"]


def test_a_block_is_pasted_over_all_projects_after_a_preview(page, desk):
    block = (
        "日期\t项目\t收款人\t金额",
        "2023-07-01\t培训经费\t甲\t10",
        "2023-07-02\t业务性专项经费\t乙\t20",
        "2023-07-03\t\t丙\t30",
    )
    QGuiApplication.clipboard().setText("\n".join(block))
    at(page, 1)
    press(page.list.view, Key.Key_V, CTRL)
    dialog = page.window().findChild(PasteDialog)
    assert dialog.pasted.count == 2 and any("没有写明项目" in text for text in dialog.pasted.wrong.values())
    press(dialog, Key.Key_Return)
    assert lines(page)[-5:-2] == [7, "10", "20"]
    assert cell(page, row_of(page, "20"), "project") == "业务性专项经费"


def test_red_takes_back_what_was_paid(page, desk):
    at(page, row_of(page, "300"))
    page.list._actions["reverse"].click()
    press(page.list.bar.amount, Key.Key_Return)
    assert cell(page, row_of(page, "-300"), "kind") == "红字冲销"
    assert page.list.model.look(page.list.model.rows[row_of(page, "300")], "kind").tag == "已冲销"


def test_a_sub_project_has_no_balance_to_warn_of(page, desk):
    desk.commit(c.add_project(desk.book, YEAR, "其中一班", parent=by_name(desk, "培训经费")))
    child = by_name(desk, "其中一班")
    desk.commit(c.add_payment(desk.book, YEAR, child, f"{YEAR}-05-05", 12_300))
    pick(page, "project", "其中一班")
    assert lines(page) == [5, "123"] and page.list.model.tone(page.list.model.rows[1], "balance") == "second"
    pick(page, "project", "培训经费")
    assert "123" in amounts(page) and page.list.model.is_complete


def test_the_menu_folds_all_months_and_goes_to_the_project(page, desk, qtbot):
    went = []
    desk.asked.connect(went.append)
    at(page, row_of(page, "100"))

    def choose(label):
        menu = QMenu(page)
        page.list._fill_menu(menu, page.list.model.whole[0])
        next(action for action in menu.actions() if action.text() == label).trigger()

    choose("在“项目预算”查看这个项目")
    assert went == [About("project", by_name(desk, "培训经费"))]
    choose("折叠全部月份")
    assert lines(page) == [1, 3, 5, 6, 12]
    choose("展开全部月份")
    assert len(amounts(page)) == 7
    choose("只看这个项目")
    assert amounts(page) == ["30000", "20700", "9300"]


def test_large_amounts_stand_in_full(page, desk):
    view, model = page.list.view, page.list.model
    event = desk.book.events(YEAR, by_name(desk, "培训经费"))[0]
    desk.commit(c.set_event(desk.book, event.id, amount=123_456_789_012))
    needed = view.fontMetrics().horizontalAdvance("1,234,567,890.12")
    assert view.columnWidth(model.column_of("budget")) > needed + 10
    assert view.columnWidth(model.column_of("balance")) > needed + 10
