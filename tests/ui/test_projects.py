"""项目预算 worked with keys and clicks: amounts typed in place, entries, stated figures, names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core import commands as c
from core.balance import project_balance
from core.check import About
from core.ledger import Ledger
from tests.builders import WAN, YEAR
from tests.ui.keys import press, replace_text, type_text
from ui.pages.projects import ProjectsPage
from ui.widgets.detail_panel import ABOUT, STATED

Key = Qt.Key


@pytest.fixture
def page(desk, qtbot):
    return shown(desk, qtbot)


@pytest.fixture
def sample_page(sample_desk, qtbot):
    return shown(sample_desk, qtbot)


def shown(desk, qtbot):
    page = ProjectsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.grid.setFocus()
    return page


def only(desk):
    return next(p.project for p in desk.book.projects(YEAR) if p.name == "业务性专项经费")


def at(page, column, project=0):
    assert page.grid.stand_at(("project", project or only(page.desk)), column)
    page.grid.setFocus()


def type_in(qtbot, page, text, key=Key.Key_Return):
    """Type over the current cell and press a key."""
    type_text(page.grid, text[:1])
    type_text(page.grid.cells.editor, text[1:])
    if key:
        press(page.grid.cells.editor, key)


def hint(view):
    said = view.cells._hint
    return said.text() if said is not None and said.isVisible() else ""


def balance(desk):
    return project_balance(desk.book, YEAR, only(desk))


def cell(page, column, project=0):
    row = page.model.row_of(("project", project or only(page.desk)))
    return page.model.index(row, page.model.column_of(column)).data()


# Amounts in the grid


def test_typing_an_amount_enters_the_event_behind_the_cell(page, qtbot):
    at(page, "supplement")
    type_in(qtbot, page, "1.2万")
    (entry,) = [e for e in page.desk.book.events(YEAR, only(page.desk)) if e.kind == "supplement"]
    assert (entry.amount, entry.date) == (1_200_000, "2023-12-31")
    assert cell(page, "supplement") == "1.20"
    assert cell(page, "budget") == "4.20"
    assert page.desk.ledger.undo_label == "新增追加（减） 12,000.00"


def test_typing_over_an_amount_edits_the_event_and_the_editor_opens_in_full(page, qtbot):
    at(page, "initial")
    press(page.grid, Key.Key_F2)
    editor = page.grid.cells.editor
    assert (editor.text(), editor.unit) == ("30,000.00", "元")
    replace_text(editor, "28000")
    press(editor, Key.Key_Return)
    assert balance(page.desk).initial == 2_800_000
    assert page.desk.ledger.undo_label == "修改年初预算 30,000.00→28,000.00"
    assert len(page.desk.book.events(YEAR, only(page.desk))) == 2


def test_unchanged_text_changes_nothing(page, qtbot):
    at(page, "initial")
    before = page.desk.book
    press(page.grid, Key.Key_F2)
    press(page.grid.cells.editor, Key.Key_Return)
    assert page.desk.book is before


def test_a_bad_amount_keeps_the_field_open_and_the_data_as_they_were(page, qtbot):
    at(page, "initial")
    before = page.desk.book
    type_in(qtbot, page, "3o000")
    assert page.grid.cells.editor is not None
    assert "不是数字" in hint(page.grid)
    assert page.desk.book is before
    # Another cell cannot be clicked until it is mended or given up.
    other = page.grid.visualRect(page.model.index(0, 2)).center()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert page.grid.cells.editor is not None
    press(page.grid.cells.editor, Key.Key_Escape)
    assert page.grid.cells.editor is None
    assert page.desk.book is before


def test_what_an_edit_would_break_is_said_before_it_is_saved(page, qtbot):
    at(page, "initial")
    before = page.desk.book
    type_in(qtbot, page, "10000", key=None)
    assert "保存后将出现" in hint(page.grid)
    assert page.desk.book is before
    press(page.grid.cells.editor, Key.Key_Escape)
    assert hint(page.grid) == ""


def test_several_events_behind_a_cell_ask_for_a_new_one_in_the_page(page, qtbot):
    desk = page.desk
    for day in ("2023-05-01", "2023-06-01"):
        desk.commit(c.add_event(desk.book, YEAR, only(desk), "supplement", day, WAN))
    at(page, "supplement")
    type_in(qtbot, page, "19400")
    qtbot.waitUntil(lambda: page.ask.isVisible())
    assert page.ask.question == "将新增一笔 2023-12-31 追加（减） -0.06万元，共 3 笔。"
    assert page.grid.current.project == only(desk), "the row stays while the question stands"
    assert balance(desk).supplement == 2 * WAN
    press(page.ask, Key.Key_Escape)
    assert balance(desk).supplement == 2 * WAN
    at(page, "supplement")
    type_in(qtbot, page, "19400")
    qtbot.waitUntil(lambda: page.ask.isVisible())
    press(page.ask, Key.Key_Return)
    assert balance(desk).supplement == 1_940_000
    assert len([e for e in desk.book.events(YEAR, only(desk)) if e.kind == "supplement"]) == 3


def test_tab_goes_right_and_enter_goes_down(page, qtbot):
    desk = page.desk
    desk.commit(c.add_project(desk.book, YEAR, "第二个项目", "业务工作专项"))
    at(page, "brought")
    type_in(qtbot, page, "100", Key.Key_Tab)
    assert page.model.columns[page.grid.currentIndex().column()].key == "initial"
    row = page.grid.currentIndex().row()
    type_in(qtbot, page, "200", Key.Key_Return)
    assert page.grid.currentIndex().row() == row + 1
    assert (balance(desk).opening, balance(desk).initial) == (10_000, 20_000)


def test_totals_and_computed_cells_cannot_be_typed_into(page, qtbot):
    before = page.desk.book
    for key, column in ((("group", "special"), "initial"), (("project", only(page.desk)), "budget")):
        page.grid.stand_at(key, column)
        type_text(page.grid, "5")
        assert page.grid.cells.editor is None
    assert page.desk.book is before


def test_typing_on_spending_goes_to_the_line_for_payments(page, qtbot):
    at(page, "spent")
    type_text(page.grid, "7")
    line = page.details.entries.line
    assert line.kind.value() == "payment"
    assert line.amount.text() == "7"
    type_text(line.amount, "00")
    press(line.amount, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert balance(page.desk).spent == 2_070_000 + 70_000


def test_recall_and_carry_are_entered_as_dispositions(page, qtbot):
    at(page, "carried")
    type_in(qtbot, page, "3000")
    (entry,) = [e for e in page.desk.book.events(YEAR, only(page.desk)) if e.kind == "carried"]
    assert (entry.amount, entry.date) == (300_000, "2023-12-31")
    assert balance(page.desk).budget == 3 * WAN


def test_only_what_changed_is_told_to_the_view(page, qtbot):
    told = []
    page.model.modelReset.connect(lambda: told.append("reset"))
    page.model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    page.desk.commit(c.add_payment(page.desk.book, YEAR, only(page.desk), "2023-05-05", 100))
    row = page.model.row_of(("project", only(page.desk)))
    group = page.model.row_of(("group", "special"))
    assert set(told) == {(row, row), (group, group)}
    assert page.grid.currentIndex().row() == row


def test_what_cannot_be_saved_on_leaving_is_told(page, qtbot):
    heard, before = [], page.desk.book
    page.desk.told.connect(lambda text, refused: heard.append((text, refused)))
    at(page, "initial")
    type_in(qtbot, page, "3x", key=None)
    page.leave()
    assert page.grid.cells.editor is None
    assert page.desk.book is before
    assert len(heard) == 1 and "没有保存。“3x”" in heard[0][0] and heard[0][1]


# Names and projects


def test_renaming_in_place_never_rewrites_another_year(sample_page, qtbot):
    desk = sample_page.desk
    where = next(p.project for p in desk.book.projects(2023) if p.name == "业务性专项经费")
    assert desk.book.project_year(2022, where).name == "业务性专项经费"
    at(sample_page, "name", where)
    press(sample_page.grid, Key.Key_F2)
    replace_text(sample_page.grid.cells.editor, "业务经费")
    press(sample_page.grid.cells.editor, Key.Key_Return)
    assert desk.book.project_year(2023, where).name == "业务经费"
    assert desk.book.project_year(2022, where).name == "业务性专项经费"
    assert desk.book.project_year(2024, where).name == "业务性专项经费"


def test_a_name_that_exists_is_refused_under_the_field(page, qtbot):
    desk = page.desk
    desk.commit(c.add_project(desk.book, YEAR, "第二个项目", "业务工作专项"))
    before = desk.book
    at(page, "name")
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, "第二个项目")
    press(page.grid.cells.editor, Key.Key_Return)
    assert "第二个项目" in hint(page.grid)
    assert page.grid.cells.editor is not None
    assert desk.book is before


def test_projects_and_sub_projects_are_added_in_a_line(page, qtbot):
    desk = page.desk
    page.menu.add()
    press(page.line.name, Key.Key_Return)
    assert "请填写项目名称" in page.line._fault.text()
    type_text(page.line.name, "新的项目")
    press(page.line.name, Key.Key_Return)
    assert page.line.isHidden()
    added = page.grid.current
    assert (added.name, added.kind) == ("新的项目", "project")
    page.menu.add_below()
    type_text(page.line.name, "其中一部分")
    press(page.line.name, Key.Key_Return)
    assert [row.name for row in desk.book.children(YEAR, added.project)] == ["其中一部分"]


def test_a_project_is_removed_only_without_entries(page, qtbot):
    desk, heard = page.desk, []
    desk.told.connect(lambda text, refused: heard.append((text, refused)))
    at(page, "name")
    press(page.grid, Key.Key_Delete)
    assert "删除项目“业务性专项经费”" in page.ask.question
    press(page.ask, Key.Key_Return)
    assert heard and "已有预算变动、支出或在途" in heard[0][0] and heard[0][1]
    assert desk.book.project_year(YEAR, only(desk))
    desk.commit(c.add_project(desk.book, YEAR, "空的", "业务工作专项"))
    page.grid.stand_at(("project", desk.book.projects(YEAR)[-1].project), "name")
    press(page.grid, Key.Key_Delete)
    press(page.ask, Key.Key_Return)
    assert [p.name for p in desk.book.projects(YEAR) if p.name == "空的"] == []


def test_projects_are_moved_with_alt_and_arrows(page, qtbot):
    desk = page.desk
    desk.commit(c.add_project(desk.book, YEAR, "第二个项目", "业务工作专项"))
    at(page, "name")
    press(page.grid, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [p.name for p in desk.book.projects(YEAR)] == ["第二个项目", "业务性专项经费"]
    assert page.grid.current.project == only(desk)


def test_space_folds_and_locating_unfolds(sample_page, qtbot):
    desk = sample_page.desk
    parent = only(desk)
    child = desk.book.children(YEAR, parent)[0].project
    at(sample_page, "name", parent)
    press(sample_page.grid, Key.Key_Space)
    assert sample_page.model.row_of(("sub", child)) == -1
    assert sample_page.locate(About("project", child, "spent"))
    assert sample_page.grid.current.project == child


# Locating


def test_every_finding_about_the_ledger_is_located(sample_page):
    desk = sample_page.desk
    places = [item.finding.about for item in desk.review().open if item.finding.about.kind in ("project", "stated")]
    assert len(places) > 5
    for about in places:
        assert sample_page.locate(about), about
    assert sample_page.locate(About("project", only(desk), "execution_reason"))
    assert sample_page.details._stack.currentIndex() == ABOUT


def test_locating_an_entry_selects_and_lights_it_up(sample_page):
    desk = sample_page.desk
    where = desk.book.children(YEAR, only(desk))[0].project
    entry = desk.book.payments(YEAR, where)[-1]
    assert sample_page.locate(About("payment", entry.id, "voucher"))
    view = sample_page.details.entries.view
    assert view.current == entry
    index = view.currentIndex()
    assert view.table.columns[index.column()].key == "number"
    assert view.table.is_flashed(entry, "number") and not view.table.is_flashed(entry, "date")
    assert not sample_page.locate(About("payment", 99_999_999))


# Stated figures


def rules(desk):
    return {item.rule.id for item in desk.review().open}


def test_changing_the_stated_figure_clears_its_finding_at_once(sample_page, qtbot):
    desk = sample_page.desk
    assert "C-001" in rules(desk)
    assert sample_page.locate(About("stated", 0, "调整追加"))
    view = sample_page.details.stated.view
    index = view.table.index(view.table.row_of("调整追加"), 1)
    assert index.data() == "31.14"
    view.setFocus()
    press(view, Key.Key_F2)
    replace_text(view.cells.editor, "31.11")
    assert "保存后将消除：预算收入" in hint(view)
    press(view.cells.editor, Key.Key_Return)
    assert "C-001" not in rules(desk)
    assert index.data() == "31.11"
    desk.undo()
    assert "C-001" in rules(desk)
    assert index.data() == "31.14"


def test_emptying_a_stated_figure_makes_it_unknown(sample_page, qtbot):
    desk = sample_page.desk
    sample_page.details.show_tab(STATED)
    view = sample_page.details.stated.view
    view.stand_at("其他资金", "stated")
    view.setFocus()
    press(view, Key.Key_F2)
    replace_text(view.cells.editor, "")
    press(view.cells.editor, Key.Key_Return)
    assert desk.book.stated(YEAR, "其他资金") is None
    assert view.table.index(view.table.row_of("其他资金"), 1).data() == "—"


# The file


def test_a_read_only_file_is_shown_and_not_typed_into(desk, qtbot):
    path = desk.ledger.path
    desk.close()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    page = shown(desk, qtbot)
    at(page, "initial")
    type_text(page.grid, "5")
    assert page.grid.cells.editor is None
    assert page.details.entries.line.isHidden()
    press(page.grid, Key.Key_Delete)
    assert page.ask.question == ""
    assert cell(page, "initial") == "3.00"


def test_the_unit_of_amounts_changes_every_cell(page):
    assert cell(page, "spent") == "2.07"
    page.desk.set_money_unit("元")
    assert cell(page, "spent") == "20,700.00"


def test_a_row_is_copied_with_tabs(page, qtbot):
    at(page, "name")
    press(page.grid, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    press(page.grid, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["业务性专项经费", "0.00", "3.00"]
