"""Blocks in every grid: copied, pasted with a preview, filled down, changed together, each as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.goals import Indicator, Version
from core.monitoring import noted
from tests.builders import YEAR
from tests.ui import goal_pages
from tests.ui.closing import panel, year_to_close
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.dialogs.paste_cells import PasteCellsDialog
from ui.pages.goals import MONITOR
from ui.widgets import grid_blocks
from ui.widgets.closing_steps import DISPOSE
from ui.widgets.detail_panel import STATED
from ui.widgets.disposal_model import LATER

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def basic(window):
    window.show_page("basic_data")
    return window.current


@pytest.fixture
def goals(sample_desk, qtbot):
    return goal_pages.shown(sample_desk, qtbot)


def at(grid, key, column):
    assert grid.stand_at(key, column)
    grid.setFocus()


def pasted(grid, text):
    """Press Ctrl+V over a text; the preview."""
    QGuiApplication.clipboard().setText(text)
    press(grid, Key.Key_V, CTRL)
    return next((one for one in grid.window().findChildren(PasteCellsDialog) if one.isVisible()), None)


def said(dialog):
    return dialog._said.text()


def hint(grid):
    label = grid.cells._hint
    return label.text() if label is not None and label.isVisible() else ""


# 基础数据


def test_a_block_with_names_goes_to_the_rows_they_name(basic):
    desk, grid = basic.desk, basic.grid
    before = desk.book
    at(grid, "办公经费", "budget")
    dialog = pasted(grid, "公务接待\t2500\t1700\n办公经费\t41000\t40000\n没有这一项\t1\t1\n")
    assert [pick.currentText() for pick in dialog.picks] == ["数据项", "本年预算数", "本年决算数"]
    assert said(dialog) == "将修改4格。" and dialog.reason(2) == "表中没有这一行，不粘贴"
    press(dialog, Key.Key_Return)
    facts = desk.book.facts(YEAR)
    assert (facts["公务接待"].budget, facts["公务接待"].actual) == (2500_00, 1700_00)
    assert (facts["办公经费"].budget, facts["办公经费"].actual) == (41_000_00, 40_000_00)
    assert desk.ledger.undo_label == "粘贴4格"
    desk.undo()
    assert list(desk.book.records()) == list(before.records()), "one step takes everything back"


def test_wrong_cells_are_marked_and_the_rest_is_pasted(basic):
    desk, grid = basic.desk, basic.grid
    at(grid, "办公经费", "budget")
    dialog = pasted(grid, "41000\t四万\n5000\t4000")
    assert said(dialog) == "将修改3格；1格有误，不会粘贴。"
    model = dialog.model
    assert model.ground(0, "1") == "error_soft" and "四万" in model.tip(0, "1") and "四万" in dialog.reason(0)
    assert model.ground(0, "0") == "" and model.state(0) == "error" and model.state(1) == "good"
    press(dialog, Key.Key_Return)
    assert desk.book.facts(YEAR)["办公经费"].budget == 41_000_00


def test_amounts_are_taken_in_the_unit_chosen(basic):
    desk, grid = basic.desk, basic.grid
    at(grid, "公务接待", "budget")
    dialog = pasted(grid, "数据项\t本年预算数（万元）\n公务接待\t0.26")
    assert dialog.unit.value() == "万元"
    press(dialog, Key.Key_Return)
    assert desk.book.facts(YEAR)["公务接待"].budget == 2600_00


def test_a_column_is_taken_for_another_one(basic):
    desk, grid = basic.desk, basic.grid
    at(grid, "公务接待", "last_actual")
    dialog = pasted(grid, "1900\t2600")
    second = dialog._shown.index(basic.model.column_of("actual"))
    pick = dialog.picks[0]
    pick.setCurrentIndex(pick.findData(str(second)))
    pick.activated.emit(pick.currentIndex())
    press(dialog, Key.Key_Return)
    fact = desk.book.facts(YEAR)["公务接待"]
    assert (fact.last_actual, fact.budget, fact.actual) == (None, 2600_00, 1900_00)


def test_what_pasting_would_break_is_said_before_it_is_saved(basic):
    at(basic.grid, "公务接待", "budget")
    dialog = pasted(basic.grid, "1000\t1600")
    assert "三公经费超预算或增长" in dialog._warned.text()
    dialog.reject()


def test_what_was_copied_comes_back_unchanged(basic):
    grid = basic.grid
    at(grid, "公务接待", "name")
    press(grid, Key.Key_Space, SHIFT)
    press(grid, Key.Key_C, CTRL | SHIFT)
    text = QGuiApplication.clipboard().text()
    assert text.split("\n")[0].startswith("数据项\t")
    dialog = pasted(grid, text)
    assert said(dialog).startswith("将修改0格")
    dialog.reject()


def test_figures_are_filled_down_as_one_step(basic):
    desk, grid = basic.desk, basic.grid
    at(grid, "办公经费", "budget")
    press(grid, Key.Key_Down, SHIFT)
    press(grid, Key.Key_D, CTRL)
    budgets = {row.cell("budget").amount for row in grid.chosen()}
    assert len(grid.chosen()) == 2 and len(budgets) == 1
    desk.undo()
    assert len({row.cell("budget").amount for row in grid.chosen()}) == 2


def test_the_sum_of_figures_is_in_the_status_bar(basic, qtbot):
    words = [""]
    basic.desk.tallied.connect(words.append)
    basic.desk.set_money_unit("元")
    at(basic.grid, "公务接待", "budget")
    press(basic.grid, Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: not basic.grid.tally.is_counting)
    assert words[-1].startswith("已选2格　合计 3,600.00元")


# 人员


def test_head_counts_are_pasted_by_type_and_what_they_break_is_said(basic):
    desk, view = basic.desk, basic.staff.view
    at(view, "行政编制", "actual")
    press(view, Key.Key_F2)
    replace_text(view.cells.editor, "9")
    assert "保存后将出现" in hint(view)
    press(view.cells.editor, Key.Key_Escape)
    at(view, "行政编制", "established")
    dialog = pasted(view, "2\t三")
    assert said(dialog).endswith("；1格有误，不会粘贴。") and "不是人数" in dialog.reason(0)
    dialog.reject()
    dialog = pasted(view, "5\t4")
    press(dialog, Key.Key_Return)
    (held,) = [one for one in desk.book.staff(YEAR) if one.type == "行政编制"]
    assert (held.established, held.actual) == (5, 4)


# 绩效指标


def test_results_are_pasted_and_undone_at_once(goals):
    grid, desk = goals.sheet.grid, goals.desk
    first, second = goal_pages.rows(goals)[:2]
    before = list(desk.book.records())
    at(grid, first.id, "actual")
    dialog = pasted(grid, f"1\n{second.actual or '2'}9")
    press(dialog, Key.Key_Return)
    assert desk.book.get(Indicator, first.id).actual == "1"
    assert desk.book.get(Indicator, second.id).actual.startswith(second.actual)
    desk.undo()
    assert list(desk.book.records()) == before


def test_indicators_are_pasted_as_new_rows_under_their_titles(goals):
    grid, desk = goals.sheet.grid, goals.desk
    goals.show_tab(Version.GOAL)
    held = goal_pages.rows(goals, Version.GOAL)
    at(grid, 0, "name")
    text = (
        "一级\t二级\t三级指标\t指标值\t分值\n"
        "产出\t数量\t新的培训场次\t≥3场\t5\n"
        "效益\t社会效益\t参训人员满意情况\t定性\t5\n"
        f"{held[0].level1}\t{held[0].level2}\t{held[0].name}\t{held[0].target}\t7\n"
    )
    dialog = pasted(grid, text)
    assert "新增2行" in said(dialog), said(dialog)
    press(dialog, Key.Key_Return)
    now = goal_pages.rows(goals, Version.GOAL)
    assert len(now) == len(held) + 2
    new = now[-2]
    assert (new.name, new.level1, new.level2, new.target, new.unit) == (
        "新的培训场次",
        "产出指标",
        "数量指标",
        "3",
        "场",
    )
    assert now[0].weight == "7" and [one.position for one in now] == sorted({one.position for one in now})
    desk.undo()
    assert goal_pages.rows(goals, Version.GOAL) == held


def test_one_value_goes_into_all_chosen_rows_with_ctrl_enter(goals):
    grid = goals.sheet.grid
    first = goal_pages.rows(goals)[0]
    at(grid, first.id, "unit")
    press(grid, Key.Key_Down, SHIFT)
    press(grid, Key.Key_Down, SHIFT)
    press(grid, Key.Key_Return, CTRL)
    replace_text(grid.cells.editor, "人次")
    press(grid.cells.editor, Key.Key_Return)
    assert [one.unit for one in goal_pages.rows(goals)[:3]] == ["人次"] * 3
    assert goals.desk.ledger.undo_label == "批量修改单位，3笔"


def test_equals_gives_an_indicator_the_points_that_are_left(goals):
    grid = goals.sheet.grid
    first = goal_pages.rows(goals)[0]
    editor = goal_pages.open_cell(goals, first.id, "weight")
    replace_text(editor, "1")
    press(editor, Key.Key_Return)
    editor = goal_pages.open_cell(goals, first.id, "weight")
    replace_text(editor, "=")
    press(editor, Key.Key_Return)
    assert goals.desk.book.get(Indicator, first.id).weight == first.weight
    assert "剩" not in goals.sheet.weights.text
    assert grid.cells.editor is None


def test_two_points_take_the_text_above_as_it_is_held(goals):
    first, second = goal_pages.rows(goals)[:2]
    editor = goal_pages.open_cell(goals, first.id, "unit")
    replace_text(editor, "件次")
    press(editor, Key.Key_Return)
    editor = goal_pages.open_cell(goals, second.id, "unit")
    replace_text(editor, "..")
    assert editor.text() == "件次"
    press(editor, Key.Key_Escape)


def test_the_menu_of_an_indicator_has_what_is_done_with_cells(goals):
    grid = goals.sheet.grid
    at(grid, goal_pages.rows(goals)[0].id, "unit")
    press(grid, Key.Key_Down, SHIFT)
    menu = grid_blocks.row_menu(grid)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["复制", "复制（含表头）", "复制整行"] and "向下填充" in texts
    assert "批量修改所选2行" in texts and "删除…" in texts


def test_a_check_up_is_pasted_in_one_step(goals):
    goals.show_tab(MONITOR)
    month, desk = goals.month, goals.desk
    month.show_month(9)
    one, other = goal_pages.rows(goals, Version.GOAL)[:2]
    at(month.grid, one.id, "progress")
    dialog = pasted(month.grid, "已办2场\t5场\n已办1场\t4场")
    press(dialog, Key.Key_Return)
    for indicator, held in ((one, ("已办2场", "5场")), (other, ("已办1场", "4场"))):
        note = noted(desk.book, YEAR, goal_pages.services(desk), 9, indicator.id)
        assert (note.progress, note.expected) == held
    held = desk.book.monitors(YEAR, goal_pages.services(desk))
    assert len({(note.month, note.indicator) for note in held}) == len(held), "one note at each place"
    desk.undo()
    assert noted(desk.book, YEAR, goal_pages.services(desk), 9, one.id) is None


# 剩余资金处置


@pytest.fixture
def dispose(qapp, qtbot, settings, tmp_path):
    from datetime import date

    path = tmp_path / "年终.ysz"
    year_to_close(path)
    window = opened(qtbot, settings, date(YEAR + 1, 1, 20), path)
    window.show_page("closing")
    yield panel(window, DISPOSE)
    window.close()


def test_lines_are_filled_down_and_pasted_before_they_are_entered(dispose):
    view, model = dispose.view, dispose.model
    at(view, model.rows[0].number, "kind")
    QGuiApplication.clipboard().setText("暂不处理")
    press(view, Key.Key_V, CTRL)
    assert model.rows[0].kind == LATER
    press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_D, CTRL)
    assert [line.kind for line in model.rows] == [LATER] * len(model.rows)


def test_a_smaller_amount_says_what_becomes_of_the_rest_and_equals_takes_all(dispose):
    view, model = dispose.view, dispose.model
    whole = model.rows[0].amount
    at(view, model.rows[0].number, "amount")
    press(view, Key.Key_F2)
    type_text(view.cells.editor, "1000")
    assert "另起一行" in hint(view)
    replace_text(view.cells.editor, "99999999")
    assert "不能处理更多" in hint(view)
    replace_text(view.cells.editor, "=")
    press(view.cells.editor, Key.Key_Return)
    assert model.rows[0].amount == whole


def test_a_block_of_which_one_line_cannot_be_changes_none(dispose):
    view, model = dispose.view, dispose.model
    before = list(model.rows)
    at(view, model.rows[0].number, "kind")
    dialog = pasted(view, "财政收回\t99999999\n财政收回\t1")
    press(dialog, Key.Key_Return)
    assert "不能处理更多" in said(dialog) and model.rows == before
    dialog.reject()
    QApplication.processEvents()


# 填报数, and tables nothing is typed into


def test_stated_figures_are_pasted_with_their_source(window):
    window.show_page("projects")
    page = window.current
    page.details.show_tab(STATED)
    view, desk = page.details.stated.view, window.desk
    before = list(desk.book.records())
    view.setCurrentIndex(view.table.index(0, view.table.column_of("stated")))
    view.setFocus()
    dialog = pasted(view, "填报数（万元）\t来源（表 / 栏）\n123.45\t决算表 / 3栏\n")
    press(dialog, Key.Key_Return)
    stated = view.table.rows[0].stated
    assert stated.amount == 1_234_500_00 and (stated.source_table, stated.source_column) == ("决算表", "3栏")
    desk.undo()
    assert list(desk.book.records()) == before


def test_a_table_nothing_is_typed_into_says_so(window):
    window.show_page("compare")
    told = []
    window.desk.told.connect(lambda text, _bad: told.append(text))
    grid = window.current.grid
    grid.setCurrentIndex(grid.table.index(0, 1))
    grid.setFocus()
    assert pasted(grid, "1\t2\n3\t4") is None
    assert told == ["这张表不能修改，没有粘贴。"]
    press(grid, Key.Key_Right, SHIFT)
    press(grid, Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text().startswith("2022年\t2023年\n")
