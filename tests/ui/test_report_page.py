"""The report page over the real sample: outline, sources, findings and pages that follow what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from core import commands
from core.check import About
from core.figures import Ref
from core.outline import PURPOSE, SENTENCE, STORY
from core.writing import write_section
from tests.ui.reports import YEAR, go, lines, opened_page, printed, project_named, rules, settle, stored, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


# The outline


def test_every_place_is_listed_with_its_open_findings(page):
    texts = {page.sections.item(i).text(): page.sections.item(i) for i in range(page.sections.count())}
    assert list(texts)[1].startswith("二、预算收支情况")
    spoken = texts[list(texts)[1]].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("，2条核对")
    assert "1. 业务性专项经费" in texts


def test_the_arrow_keys_go_from_place_to_place(page, qtbot):
    page.sections.setFocus()
    page.sections.choose(("basics", 0))
    qtbot.keyClick(page.sections, Qt.Key.Key_Down)
    assert page.section.place == ("income", 0)
    assert page.section._title.text().startswith("二、预算收支情况")


def test_completeness_names_what_is_empty(page, qtbot, sample_desk):
    sample_desk.commit(write_section(sample_desk.book, YEAR, "problems", 0, ""))
    assert "还差：四、" in page.completeness._rest.text()
    assert "100%" not in page.completeness._label.text()
    go(page, "problems")
    write(page, qtbot, "无。")
    settle(page, qtbot)
    assert page.completeness._rest.text() == "各部分均已填写。"


def test_choosing_a_place_tells_the_desk_and_shows_its_page(page, qtbot, sample_desk):
    with qtbot.waitSignal(sample_desk.selected) as told:
        go(page, "other")
    assert told.args == [About("section", 0, "other")]
    settle(page, qtbot)
    [box] = page.preview.paper.info.words(About("section", 0, "other"))
    assert box.page in page.preview.view._visible()


# Figures and their sources


def test_the_sources_of_the_figure_at_the_cursor_add_up(page, qtbot):
    go(page, "income")
    assert page.section.editor.go_to_figure(0, "调整追加")
    table = page.sources.model
    rows = [list(line.texts) for line in table.rows]
    assert page.sources._title.text() == "数据来源：调整追加（减） 31.14"
    at = [row[0] for row in rows].index("按台账计算")
    assert rows[at][2] == "31.11"
    assert sum(round(float(row[2]) * 100) for row in rows[:at]) == 3111
    assert [row[2] for row in rows if row[0] == "填报数"] == ["31.14"]
    assert [row[2] for row in rows if row[0].startswith("差额")] == ["0.03"]
    assert table.tone(table.rows[at + 1], "amount") == "error" and table.ground(table.rows[at + 1], "amount")


def test_without_a_figure_at_the_cursor_the_one_that_differs_is_explained(page):
    go(page, "income")
    assert "调整追加" in page.sources._title.text()
    go(page, "problems")
    assert page.sources.isHidden()


def test_a_line_of_the_sources_leads_to_its_entry(page, qtbot, sample_desk):
    go(page, "income")
    page.section.editor.go_to_figure(0, "调整追加")
    with qtbot.waitSignal(sample_desk.asked) as asked:
        page.sources.grid.setCurrentIndex(page.sources.model.index(0, 0))
        qtbot.keyClick(page.sources.grid, Qt.Key.Key_Return)
    assert asked.args[0].kind == "event"


def test_the_money_unit_of_the_window_is_taken(page, sample_desk):
    go(page, "income")
    sample_desk.set_money_unit("元")
    assert "311,400.00" in page.sources._title.text()
    sample_desk.set_money_unit("万元")


# Findings while typing


def test_deleting_the_leftover_makes_its_finding_vanish_before_saving(page, qtbot, sample_desk):
    project = project_named(sample_desk, "系列活动")
    go(page, STORY, project)
    assert "C-051" in rules(page)
    before = lines(sample_desk)
    editor = page.section.editor
    editor.setFocus()
    start = page.section.raw.index("[bookmark")
    editor.select_words(start, page.section.raw.index("]") + 1)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    settle(page, qtbot)
    assert "C-051" not in rules(page)
    assert "bookmark" not in printed(page)
    assert lines(sample_desk) == before, "nothing is saved yet"
    assert "[bookmark" in stored(sample_desk, STORY, project)
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    settle(page, qtbot)
    assert "C-051" in rules(page)


def test_the_words_of_a_finding_are_underlined_and_found(page, qtbot, sample_desk):
    finding = next(i.finding for i in sample_desk.review().open if i.rule.id == "C-042")
    assert page.locate(finding.about)
    assert page.section.place == ("overall", 0)
    assert page.section.editor.textCursor().selectedText() == "87663.43万元"
    [marked] = page.section.editor.extraSelections()
    assert marked.cursor.selectedText() == "87663.43万元"
    settle(page, qtbot)
    boxes = page.preview.paper.info.words(finding.about)
    marks = {(mark.page, mark.rect) for mark in page.preview.view.highlights if mark.severity == "error"}
    assert {(box.page, tuple(box[1:])) for box in boxes} <= marks
    assert boxes[0].page in page.preview.view._visible()


def test_a_stated_figure_is_found_in_the_text(page):
    assert page.locate(About("stated", 0, "结余结转"))
    assert page.section.place == ("income", 0)
    assert page.section.editor.figure().ref == Ref(YEAR, 0, "结余结转")


def test_a_heading_with_a_wrong_number_is_found_and_mended(page, qtbot, sample_desk):
    finding = next(i.finding for i in sample_desk.review().open if i.rule.id == "C-055")
    assert page.locate(finding.about)
    title = page.section._title
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    qtbot.keyClick(title, Qt.Key.Key_Home)
    qtbot.keyClick(title, Qt.Key.Key_Delete)
    title.setCursorPosition(0)
    title.insert("五")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert "C-055" not in rules(page)
    assert "五、其他需要说明的情况" in printed(page)
    assert sample_desk.ledger.undo_label.startswith("修改标题")


def test_a_place_that_is_not_in_the_report_is_not_here(page):
    assert not page.locate(About("event", 1))
    assert not page.locate(About("section", 0, "没有"))


def test_a_repair_from_a_card_keeps_what_is_being_typed(page, qtbot, sample_desk):
    go(page, "overall")
    write(page, qtbot, "另有走访。")
    settle(page, qtbot)
    card = next(card for card in page.cards.cards() if card.item.rule.id == "C-042")
    qtbot.waitUntil(card._repair.isVisible)
    assert page.section.editor.hasFocus()
    qtbot.mouseClick(card._repair, Qt.MouseButton.LeftButton)
    assert "87663.43元" in stored(sample_desk, "overall")
    assert stored(sample_desk, "overall").endswith("另有走访。")
    assert page.section.raw == stored(sample_desk, "overall")
    assert "C-042" not in rules(page)


# Stated figures and the ledger


def test_a_stated_figure_that_changes_is_followed_by_text_findings_and_pages(page, qtbot, sample_desk):
    go(page, "income")
    assert "C-001" in rules(page)
    assert "调整追加（减）31.14万元" in printed(page)
    sample_desk.commit(commands.state(sample_desk.book, YEAR, "调整追加", 31_110_000))
    assert "C-001" not in rules(page)
    assert "31.11" in page.section.editor.text().shown
    settle(page, qtbot)
    assert "调整追加（减）31.11万元" in printed(page)
    sample_desk.undo()
    settle(page, qtbot)
    assert "C-001" in rules(page)
    assert "调整追加（减）31.14万元" in printed(page)


def test_the_preview_keeps_its_place_when_the_text_changes(page, qtbot):
    go(page, "other")
    settle(page, qtbot)
    bar = page.preview.view.verticalScrollBar()
    bar.setValue(bar.value() - 31)
    place = bar.value()
    write(page, qtbot, "补充。")
    settle(page, qtbot)
    assert bar.value() == place
    assert "补充。" in printed(page)


def test_a_click_on_the_page_goes_to_the_figure_or_the_words(page, qtbot):
    info = page.preview.paper.info
    box = info.figure(Ref(YEAR, 0, "基本支出"))[0]
    page.preview.view.clicked.emit(box.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert page.section.place == ("income", 0)
    assert page.section.editor.figure().ref.item == "基本支出"
    assert any(mark.chosen for mark in page.preview.view.highlights)
    [box] = info.words(About("section", 0, "overall", 0, 4))
    page.preview.view.clicked.emit(box.page, box.right - 1, (box.top + box.bottom) / 2)
    assert page.section.place == ("overall", 0)
    assert page.section.editor.textCursor().position() == 3


def test_a_click_on_the_annex_leads_to_the_project(page, qtbot, sample_desk):
    place = next(
        p for p in page.preview.paper.info.places if p.ref and p.ref.about and page._part(("", 0)) is None
        and (p.anchor is None or p.anchor.field not in (SENTENCE, PURPOSE, STORY)) and p.anchor
    )  # fmt: skip
    with qtbot.waitSignal(sample_desk.asked) as asked:
        page.preview.view.clicked.emit(place.box.page, place.box.left + 1, place.box.top + 1)
    assert asked.args[0] == About("project", place.ref.about, place.ref.item)
