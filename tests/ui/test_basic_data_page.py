"""基础数据 worked with keys and clicks: figures typed in place, where they come from, days, staff, findings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core import commands as c
from core.check import About
from core.facts import fact_row, set_fact
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def page(window):
    window.show_page("basic_data")
    return window.current


def cell(page, item, column):
    return page.model.index(page.model.row_of(item), page.model.column_of(column)).data()


def look(page, item, column):
    return page.model.look(page.model.rows[page.model.row_of(item)], column)


def at(page, item, column):
    assert page.grid.stand_at(item, column)
    page.grid.setFocus()


def type_in(page, item, column, text):
    """Type over a cell and press Enter."""
    at(page, item, column)
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, text)
    press(page.grid.cells.editor, Key.Key_Return)


def hint(page):
    said = page.grid.cells._hint
    return said.text() if said is not None and said.isVisible() else ""


# Figures


def test_every_figure_says_where_it_comes_from(page):
    assert (cell(page, "公务接待", "last_actual"), look(page, "公务接待", "last_actual").note) == ("0.17", "上年")
    assert (cell(page, "公务接待", "budget"), look(page, "公务接待", "budget").note) == ("0.20", "已填")
    assert (cell(page, "公务接待", "actual"), look(page, "公务接待", "actual").note) == ("0.16", "台账")
    assert (cell(page, "三公经费", "budget"), look(page, "三公经费", "budget").note) == ("0.20", "分项合计")
    assert look(page, "部门整体支出预算调整", "actual").note == "填报数"
    assert [look(page, "公务接待", one).strong for one in ("last_actual", "budget", "actual")] == [False, True, False]
    assert cell(page, "政府采购金额", "last_actual") == "—"
    assert cell(page, "楼堂馆所投资", "budget") == "未填"
    row = page.model.rows[page.model.row_of("公务接待")]
    assert "台账算出" in page.model.tip(row, "actual") and "上年基础数据表" in page.model.tip(row, "last_actual")


def test_a_figure_typed_over_the_ledgers_stands_until_it_is_cleared(page):
    desk = page.desk
    type_in(page, "公务接待", "actual", "1800")
    assert desk.book.facts(YEAR)["公务接待"].actual == 1800_00
    assert (cell(page, "公务接待", "actual"), look(page, "公务接待", "actual").strong) == ("0.18", True)
    assert cell(page, "三公经费", "actual") == "0.18"
    type_in(page, "公务接待", "actual", "")
    assert desk.book.facts(YEAR)["公务接待"].actual is None
    assert (cell(page, "公务接待", "actual"), look(page, "公务接待", "actual").note) == ("0.16", "台账")
    at(page, "公务接待", "budget")
    press(page.grid, Key.Key_Delete)
    assert "公务接待" not in desk.book.facts(YEAR), "a row that holds nothing is gone"
    desk.undo()
    assert desk.book.facts(YEAR)["公务接待"].budget == 200_000


def test_unchanged_text_changes_nothing(page):
    before = page.desk.book
    at(page, "公务接待", "actual")
    press(page.grid, Key.Key_F2)
    assert page.grid.cells.editor.text() == "1,600.00"
    press(page.grid.cells.editor, Key.Key_Return)
    assert page.desk.book is before


def test_what_an_entry_would_break_is_said_while_typing(page):
    at(page, "公务接待", "budget")
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, "1000")
    assert "三公经费超预算或增长" in hint(page)
    press(page.grid.cells.editor, Key.Key_Return)
    assert look(page, "公务接待", "check").mark == "warning"
    at(page, "公务接待", "actual")
    assert [card.item.rule.id for card in page.cards.cards()] == ["C-012"]
    type_in(page, "公务接待", "note", "接待省级督查组两批次，经批准增加")
    assert look(page, "公务接待", "check").mark == ""
    assert not page.cards.isVisible()


def test_bad_text_keeps_the_field_open(page):
    before = page.desk.book
    type_in(page, "公务接待", "budget", "两千")
    assert page.grid.cells.editor is not None and "两千" in hint(page)
    press(page.grid.cells.editor, Key.Key_Escape)
    type_in(page, "楼堂馆所规模", "budget", "1.2万")
    assert "不是面积" in hint(page)
    press(page.grid.cells.editor, Key.Key_Escape)
    assert page.desk.book is before


def test_areas_and_their_control_rates(page):
    for item, budget, actual in (("楼堂馆所规模", "120.5", "120.5㎡"), ("楼堂馆所投资", "60万", "66万")):
        type_in(page, item, "budget", budget)
        type_in(page, item, "actual", actual)
    assert cell(page, "楼堂馆所规模", "actual") == "120.50"
    assert page.model.text(page.model.rows[page.model.row_of("楼堂馆所规模")], "name") == "楼堂馆所规模（㎡）"
    assert page._rates["楼堂馆所规模"].text() == "100.00%"
    assert page._rates["楼堂馆所投资"].text() == "110.00%"
    assert page._rates["楼堂馆所投资"].property("role") == "error"
    assert page._rates["staff"].text() == "100.00%（在职3人／编制3人）"


def test_groups_and_missing_columns_are_not_typed_into(page):
    for item, column in (("项目支出·业务工作专项", "budget"), ("政府采购金额", "last_actual")):
        at(page, item, column)
        press(page.grid, Key.Key_F2)
        assert page.grid.cells.editor is None


def test_a_project_has_its_own_row(page):
    desk = page.desk
    project = desk.book.projects(YEAR)[2].project
    type_in(page, f"p{project}", "last_actual", "3万")
    assert fact_row(desk.book, YEAR, f"p{project}").last_actual.amount == 3_000_000


def test_tab_and_enter_go_on_like_a_spreadsheet(page):
    at(page, "办公经费", "budget")
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, "41000")
    press(page.grid.cells.editor, Key.Key_Tab)
    assert page.model.columns[page.grid.currentIndex().column()].key == "actual"
    press(page.grid, Key.Key_F2)
    press(page.grid.cells.editor, Key.Key_Return)
    assert page.grid.current.item == "水费电费差旅费"


def test_what_nobody_knows_is_counted_and_found(page):
    assert page._unknown.text() == "还有5处未填"
    QTest.mouseClick(page._next_unknown, Left)
    assert (page.grid.current.item, page.grid.currentIndex().column()) == (
        "部门整体支出预算调整",
        page.model.column_of("budget"),
    )
    type_in(page, "部门整体支出预算调整", "budget", "0")
    assert page._unknown.text() == "还有4处未填"


def test_the_unit_of_amounts_is_in_the_header(page):
    column = page.model.column_of("budget")
    assert page.model.headerData(column, Qt.Orientation.Horizontal) == "本年预算数\n（万元）"
    page.desk.set_money_unit("元")
    assert page.model.headerData(column, Qt.Orientation.Horizontal) == "本年预算数\n（元）"
    assert cell(page, "公务接待", "budget") == "2,000.00"


# Days, signatures, thrift


def test_days_are_saved_when_they_are_left(page):
    desk = page.desk
    day = page.form.fields["filled_on"]
    day.setFocus()
    replace_text(day, "4-28")
    press(day, Key.Key_Return)
    assert desk.book.unit_year(YEAR).filled_on == "2024-04-28", "a day without a year is of the year after"
    replace_text(day, "4-31")
    press(day, Key.Key_Return)
    assert "不是日期" in page.form._faults["filled_on"].text()
    assert desk.book.unit_year(YEAR).filled_on == "2024-04-28"
    replace_text(day, "")
    press(day, Key.Key_Return)
    assert desk.book.unit_year(YEAR).filled_on == ""
    thrift = page.form.fields["thrift"]
    thrift.setFocus()
    replace_text(thrift, "会议从简。")
    page.grid.setFocus()
    assert desk.book.unit_year(YEAR).thrift == "会议从简。"


def test_findings_go_to_their_place(window):
    desk = window.desk
    desk.commit(c.set_names(desk.book, YEAR, head="", filled_on="2023-11-01"))
    found = {item.finding.about: item for item in desk.review().open if item.finding.about.kind == "cover"}
    window.go(About("cover", 0, "head"))
    page = window.current
    assert page.name == "basic_data" and page.form.fields["head"].hasFocus()
    assert {about.field for about in found} == {"head", "filled_on"}
    assert len(page.form_cards.cards()) == 2
    window.go(About("fact", 0, "办公经费"))
    assert page.grid.current.item == "办公经费"
    desk.commit(set_fact(desk.book, YEAR, "面向中小企业预留", actual=2_000_000))
    (about,) = {item.finding.about for item in desk.review().open if item.finding.about.kind == "fact"}
    window.go(about)
    assert page.grid.current.item == about.field and page.cards.isVisible()


def test_staff_are_counted_here_too(page):
    page.staff.view.stand_at("行政编制", "actual")
    page.staff.view.setFocus()
    press(page.staff.view, Key.Key_F2)
    replace_text(page.staff.view.cells.editor, "3")
    press(page.staff.view.cells.editor, Key.Key_Return)
    assert page._rates["staff"].text() == "133.33%（在职4人／编制3人）"
    assert [card.item.rule.id for card in page.form_cards.cards()] == ["C-061"]


def test_what_is_typed_is_saved_when_the_page_is_left(window, page):
    at(page, "公务接待", "budget")
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, "2100")
    window.show_page("overview")
    assert window.desk.book.facts(YEAR)["公务接待"].budget == 2100_00
    window.show_page("basic_data")
    phone = page.form.fields["phone"]
    phone.setFocus()
    type_text(phone, "1")
    window.show_page("overview")
    assert window.desk.book.unit_year(YEAR).phone == "0000-00000001"
