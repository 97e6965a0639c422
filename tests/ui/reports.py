"""The report page in tests: waiting for its pages, writing into it, reading what is stored and printed."""

from collections.abc import Iterator

import pypdfium2
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from core.outline import part
from core.sample import SHOWN_YEAR
from ui.pages.report import ReportPage
from ui.tasks import paper_lane

YEAR = SHOWN_YEAR


def opened_page(qtbot, desk) -> Iterator[ReportPage]:
    """A report page on show; its work in the background ends with the test."""
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.resize(1282, 820)
    page.show()
    settle(page, qtbot)
    yield page
    page.hide()
    page.preview.stop()
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
