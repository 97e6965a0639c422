"""收支台账: the whole year in one list, by month, typed into, filtered, and with a line for any project."""

import json
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from core import commands as c
from core import commitments
from core.balance import unit_balance
from core.check import About
from core.entries import Entry, entries_of
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from ui.dialogs.paste import PasteDialog
from ui.pages.entries import EntriesPage
from ui.pages.projects import ProjectsPage
from ui.widgets import year_list, year_rows
from ui.widgets.year_rows import Band

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown_page(desk, qtbot, width=890):
    page = EntriesPage(desk)
    qtbot.addWidget(page)
    page.resize(width, 620)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


@pytest.fixture
def page(desk, qtbot):
    """Two projects; the second has 1万元 and three payments in May."""
    desk.commit(c.add_project(desk.book, YEAR, "培训经费", "业务工作专项", code="0302"))
    second = by_name(desk, "培训经费")
    desk.commit(c.add_event(desk.book, YEAR, second, "initial", f"{YEAR}-01-15", 1_000_000, doc_no="示财〔2023〕7号"))
    for number, (payee, day) in enumerate((("工商银行", "05-02"), ("邮政公司", "05-03"), ("印刷企业", "06-09")), 1):
        details = {"payee": payee, "purpose": f"资料{number}", "voucher": f"05-00{number}"}
        desk.commit(c.add_payment(desk.book, YEAR, second, f"{YEAR}-{day}", number * 10_000, **details))
    return shown_page(desk, qtbot)


def by_name(desk, name):
    return next(p.project for p in desk.book.project_years(YEAR) if p.name == name)


def lines(page):
    """Months as numbers, entries as their amounts."""
    return [row.month if isinstance(row, Band) else f"{row.amount / 100:g}" for row in page.list.model.rows]


def amounts(page):
    return [line for line in lines(page) if isinstance(line, str)]


def cell(page, row, column):
    return page.list.model.text(page.list.model.rows[row], column)


def row_of(page, amount):
    return lines(page).index(amount)


def at(page, row, column="purpose"):
    page.list.view.setCurrentIndex(page.list.model.index(row, page.list.model.column_of(column)))
    page.list.view.setFocus()


def pick(page, name, label):
    box = page.list.picks[name]
    box.setFocus()
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).strip() == label))
    box.activated.emit(box.currentIndex())


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


# The line


def test_the_line_takes_any_project_by_keys_alone(page, desk):
    line = page.list.line
    line.day.setFocus()
    replace_text(line.day, "0708")
    press(line.day, Key.Key_Return)
    assert line.where.hasFocus()
    type_text(line.where, "pxjf")
    press(line.where, Key.Key_Return)
    press(line.where, Key.Key_Return)
    assert line.kind.hasFocus() and line.where.text() == "培训经费" and line.project == by_name(desk, "培训经费")
    press(line.kind, Key.Key_Return)
    type_text(line.amount, "88")
    for field in (line.amount, line.number, line.payee):
        press(field, Key.Key_Return)
    type_text(line.purpose, "场地")
    press(line.purpose, Key.Key_Return)
    made = page.list.model.rows[row_of(page, "88")]
    assert (made.project, made.date, made.purpose) == (by_name(desk, "培训经费"), f"{YEAR}-07-08", "场地")
    assert line.day.hasFocus() and line.where.text() == "培训经费" and line.amount.text() == ""


def test_another_project_keeps_what_is_typed(page, desk):
    line = page.list.line
    line.amount.setFocus()
    type_text(line.amount, "55")
    press(line.amount, Key.Key_Return, CTRL)
    assert line.where.hasFocus() and "请选择项目" in line._said.text()
    type_text(line.where, "没有这个")
    press(line.where, Key.Key_Return)
    assert "没有找到项目" in line._said.text()
    replace_text(line.where, "0302")
    press(line.where, Key.Key_Return, CTRL)
    assert cell(page, row_of(page, "55"), "project") == "培训经费"


def test_a_whole_entry_is_changed_in_the_line(page, desk):
    at(page, row_of(page, "200"))
    press(page.list.view, Key.Key_F4)
    line = page.list.line
    assert (line.where.text(), line.amount.text(), line.where.isEnabled()) == ("培训经费", "200.00", False)
    replace_text(line.amount, "210")
    press(line.amount, Key.Key_Return, CTRL)
    assert "210" in amounts(page) and line.where.isEnabled()


def test_enter_in_the_last_row_begins_the_next_entry(page):
    at(page, len(page.list.model.rows) - 1)
    press(page.list.view, Key.Key_Return)
    line = page.list.line
    assert line.day.hasFocus() and (line.kind.value(), line.where.text()) == ("recovered", "业务性专项经费")


# Filters and order


def test_filters_thin_the_list_out_and_can_be_cleared(page):
    pick(page, "project", "培训经费")
    assert lines(page) == [1, "10000", 5, "100", "200", 6, "300"]
    assert page.list._sums.text() == "预算 10,000.00　支出 600.00　未处置 9,400.00（元）"
    pick(page, "kind", "支出")
    pick(page, "month", "5月")
    assert lines(page) == [5, "100", "200"] and page.list._count.text() == "2 / 7 笔"
    assert page.list.model.tone(page.list.model.rows[1], "balance") == "second", "a part has no balance to warn of"
    press(page.list.view, Key.Key_F, CTRL)
    type_text(page.list.filter, "yzgs")
    assert lines(page) == [5, "200"]
    type_text(page.list.filter, "x")
    assert lines(page) == [] and page.list._empty.isVisible()
    assert page.list._empty_text.text() == "没有符合筛选条件的记录。"
    page.list._empty_action.click()
    assert len(amounts(page)) == 7 and not page.list.filter.text()


def test_an_order_shows_entries_alone_and_comes_back(page):
    page.list.model.sort_by("spent", True)
    assert lines(page)[:4] == ["20700", "300", "200", "100"]
    page.list.model.sort_by("", False)
    assert lines(page)[0] == 1


def test_filters_order_and_folds_survive(page, desk, qtbot, settings):
    desk.layout_changed.connect(settings.keep_layout)
    page.list.model.toggle(5)
    pick(page, "project", "培训经费")
    page.list.filter.setText("资料")
    desk.layouts = settings.layouts
    again = shown_page(desk, qtbot)
    assert lines(again) == [5, 6, "300"] and again.list.filter.text() == "资料"
    assert again.list.picks["project"].currentText() == "培训经费"
    desk.layouts["YearView"] = json.dumps({"by": "nonsense", "folded": 3, "words": "", "place": ["别的.ysz", 1]})
    assert len(amounts(shown_page(desk, qtbot))) == 7
    desk.layouts["YearView"] = "[broken"
    assert len(amounts(shown_page(desk, qtbot))) == 7


def test_a_long_list_is_looked_through_in_slices(page, desk, qtbot, monkeypatch):
    monkeypatch.setattr(year_list, "MANY", 3)
    monkeypatch.setattr(year_list, "SLICE", 0.0)
    monkeypatch.setattr(year_rows, "SLICE", 2)
    page.list._refining.setInterval(1)
    page.list.filter.setText("资料")
    page.list._refine()
    assert len(amounts(page)) == 7 and page.list._count.text() == "正在筛选…"
    desk.commit(c.add_payment(desk.book, YEAR, by_name(desk, "培训经费"), f"{YEAR}-08-01", 900, purpose="资料"))
    qtbot.waitUntil(lambda: amounts(page) == ["100", "200", "300", "9"])
    assert page.list._count.text() == "4 / 8 笔"


# Around


def test_an_empty_year_says_what_to_do(desk, qtbot):
    desk.commit(c.open_year(desk.book, YEAR + 1, "", "", name="示范区妇女联合会", short_name="区妇联"))
    desk.set_year(YEAR + 1)
    page = shown_page(desk, qtbot)
    went = []
    desk.asked.connect(went.append)
    assert "还没有项目" in page.list._empty_text.text() and page.list.line.isHidden()
    page.list._empty_action.click()
    assert went == [About("page", field="projects")]
    desk.commit(c.add_project(desk.book, YEAR + 1, "新项目", "业务工作专项"))
    assert "还没有预算变动和支出" in page.list._empty_text.text()
    page.list._empty_action.click()
    assert page.list.line.where.hasFocus()


def test_a_locked_year_takes_nothing(page, desk):
    desk.commit(c.set_year(desk.book, YEAR, state="locked"))
    assert page.list.line.isHidden() and not page.list.model.is_editable(page.list.model.rows[1], "memo")
    assert all(made.isHidden() for made in page.list._actions.values())


def test_where_an_entry_is_shown(window):
    book, desk = window.desk.book, window.desk
    payment = book.payments(YEAR, book.projects(YEAR)[0].project)[3]
    window.show_page("entries")
    desk.go(About("payment", payment.id, "amount"))
    assert window.current.name == "entries" and window.current.list.view.current == payment
    window.current.list.go_to_project()
    assert window.current.name == "projects"
    desk.go(About("payment", payment.id, "amount"))
    assert window.current.name == "projects"


def test_parts_have_names_and_the_dock_hears_where_the_officer_is(page, desk, qtbot):
    heard = []
    desk.selected.connect(heard.append)
    at(page, row_of(page, "100"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[-1].kind == "payment"
    parts = (page.list.view, page.list.filter, *page.list.picks.values(), page.list.line.where)
    assert all(part.accessibleName() for part in parts)
    assert page.areas() == [page.list.view, page.list.line, page.list.filter]


def test_nothing_is_read_of_a_file_that_was_closed_while_painting(page, desk, qtbot):
    projects = ProjectsPage(desk)
    qtbot.addWidget(projects)
    with qtbot.waitExposed(projects):
        projects.show()
    page.list.show_entry(page.list.model.whole[0], "amount")
    desk.close()
    for shown in (page, projects):
        assert not shown.grab().isNull()
    page.list.model.flash(None)
