"""报告文字核查: files, folders and pasted texts, the marks, the cards, and the way from one to the other."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tests.ui.conftest import TODAY
from tests.ui.keys import press, type_text
from tests.ui.windows import opened
from ui.dialogs.opinion import OpinionDialog
from ui.pages.checking import CheckingPage
from ui.widgets.checked_text import doubt_at

TEXT = (
    "示范区教育局2023年度部门整体支出绩效自评报告\n"
    "一、预算收支情况\n"
    "2023年支出10.00万元，其中基本支出8.00万元，项目支出2.05万元。\n"
    "下达资金20万元，其中甲项目12万元、乙项目8万元。支付活动项目项目的剩余款项，走访36户。\n"
    "项目 | 预算 | 支出\n甲 | 12 | 11\n乙 | 8 | 6\n合计 | 20 | 17\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告" / "教育局.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def page(sample_desk, qtbot) -> CheckingPage:
    page = CheckingPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1190, 700)
    page.show()
    page.activateWindow()
    return page


def wait(qtbot, page: CheckingPage) -> None:
    qtbot.waitUntil(lambda: not page.is_busy, timeout=8000)


def shown(qtbot, page: CheckingPage, path: Path) -> CheckingPage:
    page.open(path)
    wait(qtbot, page)
    return page


def point_of(page: CheckingPage, offset: int) -> QPoint:
    """Where a place of the text stands in the view."""
    text = page.report.text
    page.report.text.choose(offset, offset + 1)
    cursor = text.textCursor()
    cursor.setPosition(text._position(offset))
    box = text.cursorRect(cursor)
    return QPoint(box.left() + 4, box.center().y())


def test_a_report_is_opened_with_its_marks_and_cards(page, qtbot, report, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(report), ""))
    QTest.mouseClick(page._start.findChildren(type(page.open_button))[0], Qt.MouseButton.LeftButton)
    wait(qtbot, page)
    assert page.stack.currentWidget() is page.report
    assert "教育局.txt" in page._name.text() and "2023年度" in page._name.text()
    counts = page.report.checked.counts
    assert counts["wrong"] == 1 and counts["right"] >= 8 and counts["unknown"] >= 1
    assert page.report.marks["wrong"].text() == "✗ 有误 1"
    assert [card.doubt.title for card in page.report.list.cards][:2] == ["分项与合计不符", "词语重复"]
    plain = page.report.text.toPlainText()
    assert "一、预算收支情况" in plain and "|" not in plain  # the table is drawn as one


def test_a_card_leads_to_its_words_and_back(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    card = page.report.list.cards[1]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    start, end = page.report.text.chosen
    assert TEXT[start:end] == "项目项目" and card.is_chosen
    place = point_of(page, TEXT.index("项目支出2.05"))
    QTest.mouseClick(page.report.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.report.list.cards[0].is_chosen and not card.is_chosen


def test_a_figure_says_what_it_was_worked_out_from(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    place = point_of(page, TEXT.index("12万元"))
    QTest.mouseClick(page.report.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.report.explanation.startswith("✓ 复算正确")
    assert "12万元＋8万元＝20万元" in page.report.explanation
    place = point_of(page, TEXT.index("36户"))
    QTest.mouseClick(page.report.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "无法核对" in page.report.explanation


def test_places_in_tables_are_found(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    offset = TEXT.index("| 17") + 2
    place = point_of(page, offset)
    assert page.report.text.offset_at(place) in (offset, offset + 1)
    assert page.report.text.state_at(offset) == "right"


def test_next_and_previous_by_key(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    page.report.text.setFocus()
    cards = page.report.list.cards
    press(page.report.text, Qt.Key.Key_F3)
    assert cards[0].is_chosen
    press(page.report.text, Qt.Key.Key_F3)
    assert cards[1].is_chosen
    press(page.report.text, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert cards[0].is_chosen
    press(page.report.text, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert cards[-1].is_chosen
    page.report.marks["wrong"].click()
    press(page.report.text, Qt.Key.Key_F4)
    start, end = page.report.text.chosen
    assert TEXT[start:end] == "10.00万元" and "相差0.05万元" in page.report.explanation
    cards[0].setFocus()
    press(cards[0], Qt.Key.Key_Down)
    assert cards[1].is_chosen and cards[1].hasFocus()


def test_only_one_sort_of_marks_and_findings(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    every = len(page.report.text.extraSelections())
    page.report.marks["right"].click()
    assert len(page.report.text.extraSelections()) == page.report.checked.counts["right"] < every
    page.report.severities["error"].click()
    assert [card.doubt.severity for card in page.report.list.cards] == ["error"]
    # Pressing words whose card is not listed lists all again.
    place = point_of(page, TEXT.index("项目项目"))
    QTest.mouseClick(page.report.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert any(card.is_chosen and card.doubt.severity == "warning" for card in page.report.list.cards)


def test_findings_are_copied(page, qtbot, report) -> None:
    shown(qtbot, page, report)
    page.copy_button.click()
    assert "分项与合计不符" not in QGuiApplication.clipboard().text()  # the message, not the title, is what one sends
    assert "相差0.05万元" in QGuiApplication.clipboard().text()


def test_the_opinion_is_shown_and_saved(page, qtbot, report, monkeypatch) -> None:
    shown(qtbot, page, report)
    page.opinion_button.click()
    dialog = next(one for one in page.window().children() if isinstance(one, OpinionDialog))
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=8000)
    assert dialog.pages >= 1
    target = report.parent / "教育局_核查意见.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _p, _t, proposed, *_a: (proposed, ""))
    dialog.format.set_value(".docx")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=8000)
    assert target.stat().st_size > 1000
    dialog.reject()


def test_a_text_is_pasted_and_checked_with_the_keys(page, qtbot) -> None:
    QGuiApplication.clipboard().setText("下达10万元，其中甲6万元、乙7万元。")
    page._start.setFocus()
    page.begin_typing()
    press(page.typed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(page.typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, page)
    assert page.stack.currentWidget() is page.report
    assert [card.doubt.rule for card in page.report.list.cards] == ["T-01"]


def test_nothing_typed_is_refused(page, qtbot) -> None:
    page.begin_typing()
    page.check_button.click()
    wait(qtbot, page)
    assert "没有文字可以核查" in page.message.text() and page.message.isVisible()
    type_text(page.typed, "走访36户。")
    page.check_button.click()
    wait(qtbot, page)
    assert not page.message.isVisible() and page.stack.currentWidget() is page.report
    assert "没有发现问题" in page.report.list.widget().findChildren(type(page.message))[0].text()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("坏.docx", b"PK broken", "已损坏"),
        ("加密.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "取消密码"),
        ("空.txt", b"", "空文件"),
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page(page, qtbot, tmp_path, name, data, says) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    shown(qtbot, page, path)
    assert says in page.message.text() and page.message.isVisible()
    assert page.stack.currentWidget() is page._start


def drop(page: CheckingPage, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)


def test_a_file_is_dropped(page, qtbot, report) -> None:
    drop(page, [report, report])
    assert "一次只能拖入一份" in page.message.text()
    drop(page, [report])
    wait(qtbot, page)
    assert page.stack.currentWidget() is page.report


def test_a_folder_is_listed_sorted_opened_and_exported(page, qtbot, report, monkeypatch) -> None:
    (report.parent / "坏.docx").write_bytes(b"PK broken")
    (report.parent / "好.txt").write_text("支出10万元，其中甲6万元、乙4万元。", encoding="utf-8")
    shown(qtbot, page, report.parent)
    assert page.stack.currentWidget() is page.folder
    grid, model = page.folder.grid, page.folder.model
    assert [model.text(row, "state") for row in model.rows] == ["无法核查", "未发现问题", "有错误"]
    assert "共3份报告，有错误1份，无法核查1份" in page.folder.count.text()
    grid.arranged.sort(model.column_of("errors"))
    grid.arranged.sort(model.column_of("errors"))
    assert model.rows[0].path.name == "教育局.txt"
    grid.setCurrentIndex(model.index(0, 0))
    press(grid, Qt.Key.Key_Return)
    wait(qtbot, page)
    assert page.stack.currentWidget() is page.report and page.report.checked.name == "教育局.txt"
    page.back_button.click()
    assert page.stack.currentWidget() is page.folder
    bad = next(row for row, line in enumerate(model.rows) if line.problem)
    grid.setCurrentIndex(model.index(bad, 0))
    press(grid, Qt.Key.Key_Return)
    assert "已损坏" in page.message.text() and page.stack.currentWidget() is page.folder
    target = report.parent / "一览.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), "CSV 文件（*.csv）"))
    page.export_button.click()
    wait(qtbot, page)
    assert "教育局.txt" in target.read_text(encoding="utf-8-sig")


def test_a_folder_is_stopped(page, qtbot, report) -> None:
    for number in range(40):
        (report.parent / f"{number:02}.txt").write_text(TEXT * 30, encoding="utf-8")
    page.open(report.parent)
    qtbot.waitUntil(lambda: len(page.folder.model.rows) > 1, timeout=8000)
    page.folder.stop.click()
    assert not page.is_busy and "已停止" in page.folder.count.text()
    done = len(page.folder.model.rows)
    qtbot.wait(150)
    assert len(page.folder.model.rows) == done < 41


def test_an_empty_folder_is_refused(page, qtbot, tmp_path) -> None:
    (tmp_path / "空").mkdir()
    page.open(tmp_path / "空")
    assert "没有报告文件" in page.message.text() and not page.is_busy


def test_the_units_own_report(page, qtbot) -> None:
    page.check_own()
    wait(qtbot, page)
    assert "示范区妇女联合会" in page._name.text()
    rules = {doubt.rule for doubt in page.report.checked.audit.loud}
    assert {"T-01", "C-042", "C-050", "C-051"} <= rules


def test_it_works_while_no_file_is_open(qtbot, settings, report) -> None:
    window = opened(qtbot, settings, lambda: TODAY)
    window.show_page("checking")
    page = window.current
    assert isinstance(page, CheckingPage) and not page.own_button.isEnabled()
    shown(qtbot, page, report)
    assert page.stack.currentWidget() is page.report
    assert not window.findChildren(QMessageBox)
    window.close()


def test_rare_characters_keep_the_places(page, qtbot, tmp_path) -> None:
    path = tmp_path / "生僻字.txt"
    text = "经办人𠮷某，支出10万元，其中甲6万元、乙7万元。"
    path.write_text(text, encoding="utf-8")
    shown(qtbot, page, path)
    doubts = page.report.checked.audit.doubts
    assert doubt_at(doubts, text.index("6万元")) == 0
    page.report.choose(0)
    cursor = page.report.text.textCursor()
    assert page.report.text._offset(cursor.position()) == doubts[0].end
    assert page.report.text.toPlainText() == text
