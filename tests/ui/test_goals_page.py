"""绩效指标 worked with keys and clicks: indicators typed in place, scores while typing, missing things, check-ups."""

import pytest
from PySide6.QtCore import Qt

from core import commands, indicators
from core.check import About
from core.goals import Indicator, Operator, Version
from core.policy import policy_text
from core.scoring import evaluation
from tests.ui.goal_pages import YEAR, at, cell, hint, open_cell, rows, services, shown
from tests.ui.keys import press, replace_text, type_text
from ui.dialogs.goal_library import LibraryDialog

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(sample_desk, qtbot):
    return shown(sample_desk, qtbot)


# Who and what is on show


def test_owners_have_score_and_grade_and_are_chosen_by_keys(page):
    desk = page.desk
    spoken = [page.owners.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(page.owners.count())]
    assert spoken[0] == "单位整体，98.57分 优，缺0项"
    assert spoken[1].startswith("业务性专项经费，72.25分 中")
    page.owners.setFocus()
    press(page.owners, Key.Key_Up)
    assert page.owners.about == 0 and page.sheet.model.about == 0
    assert page.summary.total.text == "98.57"
    assert page.sheet.scores.isVisible()
    press(page.owners, Key.Key_Down)
    assert page.sheet.model.indicators == desk.book.indicators(YEAR, services(desk))
    assert not page.sheet.scores.isVisible()


def test_the_head_says_rate_scores_total_and_grade(page):
    summary = page.summary
    cells = (summary.rate, summary.execution, summary.indicators, summary.total, summary.grade)
    assert [one.text for one in cells] == ["69.00%", "6.90", "65.35", "72.25", "中"]
    assert summary.note.text() == "✓ 已填写完整"
    assert not summary.go.isVisible()


def test_a_cap_by_execution_rate_is_said_with_what_it_costs(page, qtbot):
    desk = page.desk
    low = next(row.project for row in desk.book.projects(YEAR) if row.name == "业务性专项经费")
    desk.commit(commands.set_year(desk.book, YEAR, policy=policy_text("capped")))
    for one in desk.book.indicators(YEAR, low):
        desk.commit(indicators.set_indicator(desk.book, one.id, actual=one.target, score=""))
    held = evaluation(desk.book, YEAR, low)
    assert held.cap == (70, 79) and held.total > held.capped_total
    assert "总分由94.90分降为79分" in page.summary.limits.text()
    assert page.summary.total.text == "79"


def test_the_unit_has_its_own_table_folded_until_asked_for(page, qtbot):
    page.owners.choose(0)
    scores = page.sheet.scores
    assert "部门整体支出评价指标（可自动计算部分）" in scores.head.text()
    assert not scores.view.isVisible() and page.sheet.detail.isVisible()
    qtbot.mouseClick(scores.head, Qt.MouseButton.LeftButton)
    assert scores.view.isVisible() and not page.sheet.detail.isVisible()
    row = scores.model.row_of("预算控制率")
    assert scores.model.index(row, scores.model.column_of("score")).data() == "0"
    qtbot.mouseClick(scores.head, Qt.MouseButton.LeftButton)
    assert page.sheet.detail.isVisible()


# Typing


def test_score_and_total_follow_while_typing_and_go_back_with_escape(page):
    one = rows(page)[0]
    page.desk.commit(indicators.score_by_formula(page.desk.book, one.id))
    before = page.desk.book
    editor = open_cell(page, one.id, "actual")
    replace_text(editor, "6")
    assert cell(page, one.id, "score") == "10"
    assert page.summary.total.text == "68.92"
    assert "得分 10" in hint(page.sheet.grid)
    replace_text(editor, "12")
    assert page.summary.total.text == "78.92"
    press(editor, Key.Key_Escape)
    assert (cell(page, one.id, "score"), page.summary.total.text) == ("13.33", "72.25")
    assert page.desk.book is before


def test_a_result_is_saved_with_its_unit_parted_and_tab_goes_on(page):
    one = rows(page)[0]
    editor = open_cell(page, one.id, "actual")
    replace_text(editor, "12场")
    press(editor, Key.Key_Tab)
    saved = page.desk.book.get(Indicator, one.id)
    assert (saved.actual, saved.actual_unit) == ("12", "")
    grid = page.sheet.grid
    assert grid.table.columns[grid.currentIndex().column()].key == "score"
    assert page.desk.ledger.undo_label.startswith("填写完成值")


def test_a_target_typed_whole_is_parted_into_sign_number_and_unit(page):
    one = rows(page)[1]
    editor = open_cell(page, one.id, "target")
    replace_text(editor, "≤30场")
    press(editor, Key.Key_Return)
    saved = page.desk.book.get(Indicator, one.id)
    assert (saved.operator, saved.target, saved.unit) == (Operator.AT_MOST, "30", "场")
    assert page.sheet.grid.scored.indicator.id == rows(page)[2].id, "Enter goes down"


def test_a_given_score_is_bold_and_emptying_it_goes_back_to_the_formula(page):
    one, last = rows(page)[0], rows(page)[3]
    model = page.sheet.model
    assert model.look(model.rows[0], "score").strong
    assert not model.look(model.rows[3], "score").strong and model.tone(model.rows[3], "score") == "faint"
    editor = open_cell(page, one.id, "score")
    assert editor.text() == "13.33"
    replace_text(editor, "")
    press(editor, Key.Key_Return)
    assert page.desk.book.get(Indicator, one.id).score == ""
    assert cell(page, one.id, "score") == "13.33"
    assert open_cell(page, last.id, "score").text() == ""


def test_a_score_that_is_no_number_keeps_the_field_open(page):
    one = rows(page)[0]
    before = page.desk.book
    editor = open_cell(page, one.id, "score")
    replace_text(editor, "十分")
    press(editor, Key.Key_Return)
    assert "应为数字" in hint(page.sheet.grid)
    press(editor, Key.Key_Escape)
    assert page.desk.book is before


def test_signs_and_levels_are_chosen_by_keys(page):
    one = rows(page)[0]
    at(page, one.id, "operator")
    type_text(page.sheet.grid, "<")
    editor = page.sheet.grid.cells.editor
    assert editor.value() == Operator.AT_MOST
    press(editor, Key.Key_Return)
    assert page.desk.book.get(Indicator, one.id).operator == Operator.AT_MOST
    editor = open_cell(page, one.id, "level1")
    press(editor, Key.Key_Down)
    press(editor, Key.Key_Down)
    press(editor, Key.Key_Tab)
    saved = page.desk.book.get(Indicator, one.id)
    assert (saved.level1, saved.level2) == ("满意度指标", "服务对象满意度指标")
    editor = open_cell(page, one.id, "level1")
    type_text(editor, "1")
    press(editor, Key.Key_Tab)
    saved = page.desk.book.get(Indicator, one.id)
    assert (saved.level1, saved.level2) == ("产出指标", "")
    assert cell(page, one.id, "level2") == "待填"


# New rows


def test_the_last_row_makes_a_new_indicator_and_tab_goes_through_its_cells(page, qtbot):
    before = len(rows(page))
    qtbot.mouseClick(page.sheet.add, Qt.MouseButton.LeftButton)
    grid = page.sheet.grid
    type_text(grid, "x")
    editor = grid.cells.editor
    replace_text(editor, "发放宣传资料份数")
    press(editor, Key.Key_Tab)
    (new,) = rows(page)[before:]
    assert (new.name, new.level1, new.level2) == ("发放宣传资料份数", "满意度指标", "服务对象满意度指标")
    assert grid.scored.indicator.id == new.id
    assert grid.table.columns[grid.currentIndex().column()].key == "operator"
    type_text(grid, "<")
    press(grid.cells.editor, Key.Key_Tab)
    assert page.desk.book.get(Indicator, new.id).operator == Operator.AT_MOST
    press(grid, Key.Key_F2)
    replace_text(grid.cells.editor, "≥500份")
    press(grid.cells.editor, Key.Key_Return)
    saved = page.desk.book.get(Indicator, new.id)
    assert (saved.operator, saved.target, saved.unit) == ("≥", "500", "份")
    assert grid.current.indicator.id == 0, "below the new one stands the empty row again"
    assert "缺" in page.owners.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_nothing_typed_in_the_empty_row_makes_nothing(page):
    before = page.desk.book
    editor = open_cell(page, 0, "name")
    replace_text(editor, "  ")
    press(editor, Key.Key_Return)
    assert page.desk.book is before


def test_rows_move_by_keys_and_go_after_a_question(page, qtbot):
    first, second = (one.id for one in rows(page)[:2])
    at(page, first, "name")
    press(page.sheet.grid, Key.Key_Down, Alt)
    assert [one.id for one in rows(page)[:2]] == [second, first]
    assert page.sheet.grid.scored.indicator.id == first
    qtbot.mouseClick(page.sheet.detail.up, Qt.MouseButton.LeftButton)
    assert [one.id for one in rows(page)[:2]] == [first, second]
    page.sheet.grid.setFocus()
    press(page.sheet.grid, Key.Key_Delete)
    assert "开展服务和宣传活动场次" in page.sheet.ask.question
    press(page.sheet.ask, Key.Key_Escape)
    assert rows(page)[0].id == first
    press(page.sheet.grid, Key.Key_Delete)
    press(page.sheet.ask, Key.Key_Return)
    assert rows(page)[0].id == second
    page.desk.undo()
    assert rows(page)[0].id == first


def test_points_left_are_red_until_they_are_spread(page, qtbot):
    one = rows(page)[0]
    editor = open_cell(page, one.id, "weight")
    replace_text(editor, "15")
    press(editor, Key.Key_Return)
    assert "产出指标 剩5分" in page.sheet.weights.text
    assert page.sheet.weights._parts[0].property("role") == "error"
    qtbot.mouseClick(page.sheet.spread, Qt.MouseButton.LeftButton)
    press(page.sheet.ask, Key.Key_Return)
    assert "✓ 产出指标" in page.sheet.weights.text
    assert [one.weight for one in rows(page)] == ["13", "13", "12", "12", "15", "15", "10"]
    assert not page.sheet.spread.isVisible()


# From elsewhere


def test_indicators_are_found_in_the_library_and_taken_several_at_once(page, qtbot):
    before = {one.name for one in rows(page)}
    qtbot.mouseClick(page.sheet.library, Qt.MouseButton.LeftButton)
    dialog = page.findChild(LibraryDialog)
    assert dialog.isVisible()
    type_text(dialog.words, "培训 满意度")
    found = [dialog.entries.topLevelItem(n).text(0) for n in range(dialog.entries.topLevelItemCount())]
    assert "参训人员满意度" in found or any("满意度" in name for name in found)
    assert "满意度" in dialog.preview.text()
    press(dialog.words, Key.Key_Down)
    dialog.entries.setFocus()
    press(dialog.entries, Key.Key_Space)
    replace_text(dialog.words, "没有这样的指标")
    assert "没有找到" in dialog.preview.text()
    replace_text(dialog.words, "代理记账")
    dialog.entries.setFocus()
    press(dialog.entries, Key.Key_Space)
    assert len(dialog.ticked) == 2 and dialog.take.text() == "添加2个指标"
    press(dialog.entries, Key.Key_Return)
    come = [one for one in rows(page) if one.name not in before]
    assert len(come) == 2
    assert page.sheet.grid.scored.indicator.id == come[0].id
    assert page.desk.ledger.undo_label == "从指标库添加2个指标"


def test_what_is_there_already_cannot_be_taken_again(page, qtbot):
    page.sheet.open_library()
    page.findChild(LibraryDialog).accept()
    held = {one.name for one in rows(page)}
    page.sheet.open_library()
    dialog = next(one for one in page.findChildren(LibraryDialog) if one.isVisible())
    items = [dialog.entries.topLevelItem(n) for n in range(dialog.entries.topLevelItemCount())]
    assert (
        [item.text(0) for item in items if item.isDisabled()] == [i.text(0) for i in items if i.text(0) in held] != []
    )
    dialog.reject()


def test_goals_are_copied_into_the_self_evaluation(page, qtbot):
    for one in rows(page):
        page.desk.commit(indicators.remove_indicator(page.desk.book, one.id))
    assert "目标转入自评" in page.sheet.empty.text()
    assert page.summary.note.text() == "还缺1项：还没有填写绩效自评表"
    goals = rows(page, Version.GOAL)
    assert page.sheet.copy.text() == f"目标转入自评（{len(goals)}）"
    qtbot.mouseClick(page.sheet.copy, Qt.MouseButton.LeftButton)
    assert [one.goal for one in rows(page)] == [one.id for one in goals]
    assert not page.sheet.copy.isVisible() and not page.sheet.empty.isVisible()
    assert cell(page, rows(page)[0].id, "actual") == "待填"


def test_last_years_are_taken_over_and_confirmed(page, qtbot):
    page.show_tab(Version.GOAL)
    for version in (Version.GOAL, Version.SELF):
        for one in rows(page, version):
            page.desk.commit(indicators.remove_indicator(page.desk.book, one.id))
    assert page.sheet.empty.text().startswith("还没有绩效指标，可沿用上年")
    qtbot.mouseClick(page.sheet.last_year, Qt.MouseButton.LeftButton)
    taken = rows(page, Version.GOAL)
    assert taken and all(one.taken_over for one in taken)
    assert page.sheet.model.look(page.sheet.model.rows[0], "name").tag == "沿用上年"
    at(page, taken[0].id, "name")
    qtbot.mouseClick(page.sheet.detail.confirm, Qt.MouseButton.LeftButton)
    assert not rows(page, Version.GOAL)[0].taken_over
    qtbot.mouseClick(page.sheet.confirm, Qt.MouseButton.LeftButton)
    assert not any(one.taken_over for one in rows(page, Version.GOAL))
    assert not page.sheet.confirm.isVisible()


# What is missing


def test_missing_things_are_marked_counted_and_reached(page, qtbot):
    one = rows(page)[0]
    page.desk.commit(indicators.set_indicator(page.desk.book, one.id, reason=""))
    model = page.sheet.model
    row = model.rows[0]
    assert cell(page, one.id, "reason") == "实际完成值未达到指标值"
    assert model.ground(row, "reason") == "warning_soft"
    at(page, one.id, "name")
    assert "请填写偏差原因" in page.sheet.detail._note.text()
    assert page.summary.note.text().startswith("还缺1项：开展服务和宣传活动场次")
    qtbot.mouseClick(page.summary.go, Qt.MouseButton.LeftButton)
    grid = page.sheet.grid
    assert grid.table.columns[grid.currentIndex().column()].key == "reason"
    type_text(grid, "a")
    replace_text(grid.cells.editor, "部分场地改造，下年提前落实。")
    press(grid.cells.editor, Key.Key_Return)
    assert page.summary.note.text() == "✓ 已填写完整"


def test_a_reason_of_several_lines_is_written_below(page):
    one = rows(page)[0]
    at(page, one.id, "name")
    box = page.sheet.detail.left.fields["reason"]
    box.setFocus()
    replace_text(box, "第一条\n第二条")
    page.sheet.grid.setFocus()
    assert page.desk.book.get(Indicator, one.id).reason == "第一条\n第二条"
    at(page, one.id, "reason")
    press(page.sheet.grid, Key.Key_F2)
    assert page.sheet.grid.cells.editor is None and box.hasFocus()


def test_a_qualitative_one_is_graded_below_and_a_sample_is_a_number(page):
    desk = page.desk
    one = next(o for o in rows(page) if o.operator == Operator.QUALITATIVE)
    desk.commit(indicators.set_indicator(desk.book, one.id, attained="", score=""))
    assert page.locate(About("indicator", one.id, "attained"))
    pick = page.sheet.detail.right.fields["attained"]
    assert pick.hasFocus() and cell(page, one.id, "score") == "待填"
    press(pick, Key.Key_Down)
    assert desk.book.get(Indicator, one.id).attained == "reached"
    assert cell(page, one.id, "score") == "10"
    sample = page.sheet.detail.right.fields["sample"]
    sample.setFocus()
    replace_text(sample, "很多")
    press(sample, Key.Key_Return)
    assert "不是样本量" in page.sheet.detail.right._faults["sample"].text()
    replace_text(sample, "60")
    press(sample, Key.Key_Return)
    assert desk.book.get(Indicator, one.id).sample == 60


def test_one_that_does_not_apply_is_left_out(page, qtbot):
    one = rows(page)[6]
    at(page, one.id, "name")
    page.sheet.detail.inapplicable.click()
    assert page.desk.book.get(Indicator, one.id).inapplicable
    assert cell(page, one.id, "score") == "不适用"
    assert "折算成100分" in page.summary.limits.text()
    held = evaluation(page.desk.book, YEAR, services(page.desk))
    assert page.summary.total.text == str(held.total)


def test_objectives_save_themselves_for_project_and_unit(page):
    desk = page.desk
    box = page.sheet.objectives.actual.fields["objective_actual"]
    box.setFocus()
    replace_text(box, "全部完成")
    page.sheet.grid.setFocus()
    assert desk.book.project_year(YEAR, services(desk)).objective_actual == "全部完成"
    box.setFocus()
    replace_text(box, "")
    page.owners.setFocus()
    assert "没有填写总体目标的实际完成情况" in page.summary.note.text()
    page.owners.choose(0)
    box = page.sheet.objectives.expected.fields["objective_expected"]
    box.setFocus()
    replace_text(box, "单位目标")
    page.sheet.grid.setFocus()
    assert desk.book.unit_year(YEAR).objective_expected == "单位目标"
