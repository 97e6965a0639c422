"""快速入门: two pages, printed and saved without any file open; what it says of pages and keys is so."""

import tomllib

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.tour import FOLDER
from tests.ui.conftest import TODAY
from tests.ui.keys import press
from tests.ui.windows import opened
from ui.actions import COMMANDS
from ui.dialogs.quick_guide import QuickGuideDialog
from ui.places import PLACES

GUIDE = tomllib.loads((FOLDER / "quick_guide.toml").read_text(encoding="utf-8"))


def test_it_is_made_and_saved_without_a_file(qapp, qtbot, settings, tmp_path):
    window = opened(qtbot, settings, TODAY)
    press(window, Qt.Key.Key_F1)
    help_ = window.guidance.help
    next(b for b in help_.findChildren(QPushButton) if b.text() == "打印快速入门…").click()
    dialog = window.findChild(QuickGuideDialog)
    qtbot.waitUntil(lambda: bool(dialog.papers) and not dialog.is_busy, timeout=10_000)
    assert dialog.pages == 2
    target = tmp_path / "快速入门.pdf"
    dialog.save([target])
    qtbot.waitUntil(lambda: not dialog.is_busy and target.is_file(), timeout=10_000)
    pdf = pypdfium2.PdfDocument(target)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    text = "".join(text.split())
    assert len(text) > 500 and "快速入门" in text and "示例导览" in text
    dialog.close()
    help_.close()
    window.close()


def test_the_pages_and_keys_it_names_are_there():
    titles = {place.title for place in PLACES}
    year = next(part for part in GUIDE["part"] if len(part.get("columns", ())) == 3)
    for *_words, pages in year["rows"]:
        assert set(pages.split("、")) <= titles
    text = str(GUIDE)
    for command in COMMANDS:
        if command.name in ("search", "undo", "redo", "next_area", "show_help", "back_up"):
            assert command.keys in text
