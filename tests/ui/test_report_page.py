"""The report page over the real sample: real keys, clicks, an input method, undo, findings and pages that follow."""

import shutil

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from core import commands
from core.check import About
from core.figures import Ref
from core.ledger import Ledger
from core.outline import PURPOSE, SENTENCE, STORY, part
from core.sample import SHOWN_YEAR
from core.writing import write_section
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.pages.report import ReportPage
from ui.tasks import paper_lane

YEAR = SHOWN_YEAR
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, sample_desk):
    page = ReportPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1282, 820)
    page.show()
    settle(page, qtbot)
    yield page
    page.hide()
    page.preview._latest.stop()
    paper_lane.finish()


def settle(page, qtbot):
    qtbot.waitUntil(lambda: not page._timer.isActive() and not page.preview.is_busy and page.preview.view.is_drawn)


def printed(page) -> str:
    document = pypdfium2.PdfDocument(page.preview.paper.pdf)
    try:
        return "".join(one.get_textpage().get_text_bounded() for one in document).replace("\r\n", "")
    finally:
        document.close()


def go(page, key, project=0):
    assert page.sections.choose((key, project))


def write(page, qtbot, text):
    """Type behind everything, as with keys for ASCII and an input method for Chinese."""
    editor = page.section.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def rules(page) -> list[str]:
    return [card.item.rule.id for card in page.cards.cards()]


def lines(desk) -> int:
    return len(desk.ledger.journal())


def stored(desk, key, project=0) -> str:
    return part(desk.book, YEAR, key, project).raw


def project_named(desk, words) -> int:
    return next(row.project for row in desk.book.project_years(YEAR) if words in row.name)


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
    table = page.sources._table
    rows = [[table.item(r, c).text() for c in range(3)] for r in range(table.rowCount())]
    assert page.sources._title.text() == "数据来源：调整追加（减） 31.14"
    at = [row[0] for row in rows].index("按台账计算")
    assert rows[at][2] == "31.11"
    assert sum(round(float(row[2]) * 100) for row in rows[:at]) == 3111
    assert [row[2] for row in rows if row[0] == "填报数"] == ["31.14"]
    assert [row[2] for row in rows if row[0].startswith("差额")] == ["0.03"]
    wrong = table.item(at + 1, 2).foreground().color()
    assert wrong != QColor(page.palette().text().color())


def test_without_a_figure_at_the_cursor_the_one_that_differs_is_explained(page):
    go(page, "income")
    assert "调整追加" in page.sources._title.text()
    go(page, "problems")
    assert page.sources.isHidden()


def test_a_line_of_the_sources_leads_to_its_entry(page, qtbot, sample_desk):
    go(page, "income")
    page.section.editor.go_to_figure(0, "调整追加")
    with qtbot.waitSignal(sample_desk.asked) as asked:
        page.sources._table.itemActivated.emit(page.sources._table.item(0, 0))
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


# Saving: one line for a visit, and nothing is lost


def test_a_visit_is_one_line_of_the_journal(page, qtbot, sample_desk):
    go(page, "problems")
    before = lines(sample_desk)
    for words in ("一是", "二是", "三是"):
        write(page, qtbot, words)
        settle(page, qtbot)
    assert lines(sample_desk) == before
    go(page, "other")
    assert lines(sample_desk) == before + 1
    assert stored(sample_desk, "problems").endswith("一是二是三是")
    sample_desk.undo()
    assert not stored(sample_desk, "problems").endswith("一是二是三是")


def test_looking_at_a_place_saves_nothing(page, sample_desk):
    before = lines(sample_desk)
    for place in [row for row in ("basics", "income", "overall", "problems")]:
        go(page, place)
    page.leave()
    assert lines(sample_desk) == before


def test_ctrl_s_saves_and_undo_in_the_text_goes_on(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_S, CTRL)
    assert stored(sample_desk, "problems").endswith("补")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_Z, CTRL)
    assert not page.section.raw.endswith("补")
    page.leave()
    assert not stored(sample_desk, "problems").endswith("补")


def test_leaving_the_text_saves_it(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.sections.setFocus()
    assert stored(sample_desk, "problems").endswith("补")


def test_a_click_on_another_place_saves_and_goes_there(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    item = page.sections.item(0)
    qtbot.mouseClick(
        page.sections.viewport(), Qt.MouseButton.LeftButton, pos=page.sections.visualItemRect(item).center()
    )
    assert page.section.place == ("basics", 0)
    assert stored(sample_desk, "problems").endswith("补")


def test_a_title_and_a_text_typed_together_are_both_saved(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.section.focus_title()
    qtbot.keyClicks(page.section._title, "4.")
    page.leave()
    kept = part(sample_desk.book, YEAR, "problems")
    assert kept.title == "4."
    assert kept.raw.endswith("补")


def test_what_is_typed_is_saved_when_the_page_is_left(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.leave()
    assert stored(sample_desk, "problems").endswith("补")


def test_what_is_typed_is_saved_into_its_own_year(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    sample_desk.set_year(YEAR + 1)
    assert stored(sample_desk, "problems").endswith("补")
    assert page.section.year == YEAR + 1
    assert not page.section.raw.endswith("补")
    settle(page, qtbot)
    assert f"{YEAR + 1}年度" in printed(page)


def test_an_undo_from_elsewhere_is_shown_in_the_text(page, qtbot, sample_desk):
    go(page, "problems")
    held = page.section.raw
    write(page, qtbot, "补")
    page.save()
    sample_desk.undo()
    assert page.section.raw == held
    assert not page.section.is_changed


def test_the_windows_undo_is_reached_when_the_visit_has_nothing_to_undo(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    go(page, "other")
    assert not page.section.editor.document().isUndoAvailable()


# What the places are


def test_a_sentence_follows_the_ledger_until_it_is_overridden_and_again_after_reset(page, qtbot, sample_desk):
    project = project_named(sample_desk, "业务性")
    go(page, SENTENCE, project)
    assert "自动生成" in page.section._note.text()
    assert not page.section._reset.isEnabled()
    automatic = page.section.raw
    write(page, qtbot, "另见附表。")
    page.save()
    assert "手工修改" in page.section._note.text()
    assert page.section._reset.isEnabled()
    qtbot.mouseClick(page.section._reset, Qt.MouseButton.LeftButton)
    assert page.section.raw == automatic
    assert sample_desk.ledger.undo_label == "恢复模板文字"
    sample_desk.undo()
    assert page.section.raw == automatic + "另见附表。"


def test_the_fixed_words_before_a_purpose_are_shown_with_the_amount(page, sample_desk):
    go(page, PURPOSE, project_named(sample_desk, "财务代理"))
    assert page.section._prefix.isVisible()
    assert page.section._prefix.text() == "项目支出0.21万元，主要用于…"
    assert page.section.raw.startswith("支付财务代理")


def test_a_heading_has_only_its_title(page):
    go(page, "performance")
    assert not page.section.editor.isVisible()
    assert "只有标题" in page.section._note.text()
    assert not page.section._title.isReadOnly()


def test_the_title_of_a_project_is_not_edited_here(page, sample_desk):
    go(page, STORY, project_named(sample_desk, "业务性"))
    assert page.section._title.isReadOnly()


def test_an_empty_title_is_not_taken(page, qtbot, sample_desk):
    go(page, "performance")
    held = page.section._title.text()
    page.section._title.clear()
    qtbot.keyClick(page.section._title, Qt.Key.Key_Return)
    assert page.section._title.text() == held
    assert not sample_desk.ledger.undo_label.startswith("修改标题")


def test_a_file_opened_for_reading_can_be_read_only(qtbot, sample_file, tmp_path):
    path = tmp_path / "只读.ysz"
    shutil.copy(sample_file, path)
    desk = Desk()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle(page, qtbot)
    go(page, "problems")
    write(page, qtbot, "补")
    assert page.section.editor.isReadOnly()
    assert not page.section._insert.isEnabled()
    page.leave()
    assert "31.14" in printed(page)
    page.hide()
    paper_lane.finish()
    desk.close()


def test_a_figure_is_inserted_by_the_button_and_saved_by_token(page, qtbot, sample_desk):
    go(page, "problems")
    page.section.editor.setFocus()
    page.section.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.mouseClick(page.section._insert, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.section.editor, "93.98")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_Return)
    page.save()
    assert stored(sample_desk, "problems").endswith("{unit.基本支出}")
    settle(page, qtbot)
    assert page.section.editor.text().shown.endswith("93.98")


# Files and paper


def test_the_report_is_exported_as_pdf_with_what_was_typed(page, qtbot, sample_desk, tmp_path, monkeypatch):
    target = tmp_path / "报告"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    go(page, "problems")
    write(page, qtbot, "导出前写的。")
    with qtbot.waitSignal(sample_desk.told) as told:
        qtbot.mouseClick(page.preview.save_pdf, Qt.MouseButton.LeftButton)
    assert told.args == [f"已保存：{target}.pdf", False]
    document = pypdfium2.PdfDocument(target.with_suffix(".pdf"))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    assert "导出前写的。" in text.replace("\r\n", "")


def test_an_export_that_fails_is_told(page, qtbot, sample_desk, tmp_path, monkeypatch):
    blocker = tmp_path / "挡住"
    blocker.write_text("", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(blocker / "报告.pdf"), ""))
    with qtbot.waitSignal(sample_desk.told) as told:
        qtbot.mouseClick(page.preview.save_pdf, Qt.MouseButton.LeftButton)
    assert told.args[1] is True
    assert "无法写入" in told.args[0]


def test_printing_opens_the_dialog_over_the_saved_text(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "打印前写的。")
    page.print_()
    dialog = page.window().findChild(PrintDialog)
    assert dialog.isVisible()
    assert stored(sample_desk, "problems").endswith("打印前写的。")
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.pages == page.preview.paper.info.pages
    dialog.reject()


def test_at_both_sizes_nothing_is_cut_off(page, qtbot):
    for width, height in ((1282, 820), (1208, 686)):
        page.resize(width, height)
        settle(page, qtbot)
        for button in (page.preview.print, page.preview.save_pdf, page.section._insert, page.section._reset):
            corner = button.mapTo(page, button.rect().bottomRight())
            assert page.rect().contains(corner)
            assert button.width() >= button.sizeHint().width()
