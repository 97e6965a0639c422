"""收支台账: the line for any project, filters that stay, what is shown where there is nothing, and places shown."""

import json

import pytest
from PySide6.QtCore import Qt

from core import commands as c
from core.check import About
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from tests.ui.year_pages import amounts, at, by_name, cell, filled_page, lines, pick, row_of, shown_page
from ui.pages.projects import ProjectsPage
from ui.widgets import year_list, year_rows

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk, qtbot):
    """Two projects; the second has 1万元 and payments in May and June."""
    return filled_page(desk, qtbot)


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
    assert all(page.list._actions[key].isHidden() for key in ("change", "delete", "reverse", "pay"))


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


def test_the_place_in_the_list_stays_while_another_page_is_shown(window):
    window.show_page("entries")
    entries = window.current.list
    entries.picks["month"].set_value("5")
    entries._refine()
    entries.view.setCurrentIndex(entries.model.index(4, 5))
    held = entries.view.current
    window.show_page("projects")
    desk = window.desk
    desk.commit(c.add_payment(desk.book, YEAR, held.project, f"{YEAR}-05-01", 100))
    window.show_page("entries")
    assert entries.view.current == held and entries.view.currentIndex().row() == 5
    assert entries.picks["month"].value() == "5" and entries.model.months.months() == [5]
