"""Every page and dialog: names for screen readers, Chinese throughout, everything reached by keyboard."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from core.lock import operator
from tests.ui.scenes import DIALOGS, PARTS, show_dialog, show_part
from ui.places import PLACES

PAGES = [place.name for place in PLACES]
# Latin words that Chinese officers write so: formats, programs, keys, fonts.
WORDS = set(
    """
    Excel Word WPS PDF PNG SVG CSV Markdown UTF GB GBK MB KB A3 A4 A5 SHA ID U OFL MIT
    Ctrl Shift Alt Enter Esc Tab F1 F2 F3 F4 F5 F6 F8 Delete Home End PageUp PageDown K N M
    Noto Serif Sans SC LXGW WenKai FandolFang Fluent UI
    xlsx xls et ods csv docx doc pdf ysz txt html htm wps png jpg zip xml ofd md
    """.split()  # noqa: SIM905 (a list of a hundred quoted words reads worse)
) | {operator()}
# Rule ids (C-001), cell references (B2), paths, file names, and what a rule quotes from a report: “[bookmark: …]”.
IDS = re.compile(r"[A-Z]-\d{3}|\b[A-Z]{1,2}\d+\b|/[^\s“”，。]+|[\w.-]+\.(ysz|db)\b|“\[[^”]*\]”")


def shown(window: QWidget) -> Iterator[QWidget]:
    yield from (part for part in window.findChildren(QWidget) if part.isVisible())


def takes_focus(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None


def spoken(part: QWidget) -> str:
    """What a screen reader says of a widget."""
    if part.accessibleName():
        return part.accessibleName()
    if isinstance(part, QAbstractButton):
        return part.text().replace("&", "") or ""
    return ""


def is_inner(part: QWidget) -> bool:
    """A part of another widget that speaks for it."""
    return isinstance(part, QScrollBar | QHeaderView) or part.objectName().startswith("qt_")


def texts(part: QWidget) -> Iterator[str]:
    yield part.toolTip()
    yield part.accessibleName()
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QLineEdit):
        yield part.placeholderText()
    if isinstance(part, QPlainTextEdit | QTextEdit):
        yield part.placeholderText()
    if isinstance(part, QComboBox):
        yield from (part.itemText(row) for row in range(part.count()))
    if isinstance(part, QHeaderView) and part.model() is not None:
        way = part.orientation()
        yield from (str(part.model().headerData(place, way) or "") for place in range(min(part.count(), 60)))


def english(text: str) -> list[str]:
    plain = IDS.sub(" ", unescape(re.sub(r"<[^>]+>", " ", text)))
    return [word for word in re.findall(r"[A-Za-z]{2,}", plain) if word not in WORDS]


def unnamed(window: QWidget) -> list[str]:
    return sorted(
        {
            f"{type(part).__name__} in {type(part.parent()).__name__}"
            for part in shown(window)
            if takes_focus(part) and not is_inner(part) and not isinstance(part, QScrollArea) and not spoken(part)
        }
    )


def foreign(window: QWidget) -> list[str]:
    return sorted(
        {f"{word!r} in {text[:60]!r}" for part in shown(window) for text in texts(part) for word in english(text)}
    )


def unreachable(window: QWidget) -> list[str]:
    """Buttons that neither Tab nor a key reaches."""
    keyed = {action.text().rstrip("…") for action in window.window().actions() if not action.shortcut().isEmpty()}
    found = []
    for part in shown(window):
        if not isinstance(part, QAbstractButton) or not part.isEnabled() or is_inner(part):
            continue
        whole = part.parentWidget()
        if takes_focus(whole) or any(map(takes_focus, whole.findChildren(type(part)))):
            continue  # a step of a list, the calendar of a day: keys of the whole, or of the step in focus, do it
        if not part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.shortcut().isEmpty() and part.text() not in keyed:
            found.append(f"{part.text() or part.accessibleName()} in {type(part.parent()).__name__}")
    return sorted(set(found))


def walked(window: QWidget) -> set[QWidget]:
    """The widgets that Tab comes by, in the order of the focus chain."""
    found, part = set(), window.nextInFocusChain()
    while part is not window and part not in found:
        found.add(part)
        part = part.nextInFocusChain()
    return found


def check(window: QWidget) -> None:
    assert unnamed(window) == []
    assert foreign(window) == []
    assert unreachable(window) == []
    chain = walked(window.window())
    missed = [part for part in shown(window) if takes_focus(part) and part.isEnabled() and part not in chain]
    assert missed == []


@pytest.fixture
def settled(window, qtbot):
    window.resize(1366, 768)
    return window


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_and_reached(settled, name, qtbot):
    settled.show_page(name)
    qtbot.wait(60)
    check(settled)


def test_the_start_page_can_be_read_and_reached(settled, qtbot):
    settled.new_unit()
    QApplication.processEvents()
    check(settled)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_a_page_can_be_read_and_reached(settled, name, qtbot, tmp_path):
    show_part(name, settled, qtbot, tmp_path)
    check(settled)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_can_be_read_and_reached(settled, name, qtbot):
    dialog = show_dialog(name, settled, qtbot)
    check(dialog)
    dialog.close()


def test_the_walk_sees_what_it_is_to_see(qtbot):
    held = QWidget()
    qtbot.addWidget(held)
    bare, wordy, apart = QLineEdit(held), QPushButton("Open file", held), QWidget(held)
    closed = QPushButton("打开", apart)
    closed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    held.show()
    assert unnamed(held) == ["QLineEdit in QWidget"]
    assert len(foreign(held)) == 2 and unreachable(held) == ["打开 in QWidget"]
    assert bare.isVisible() and wordy.isVisible()
