"""Chinese input methods, in every field: what is being composed changes nothing yet, what is chosen arrives whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tests.builders import YEAR
from tests.ui.keys import press
from ui.places import PLACES

WORDS = "中文，"
FIELDS = QLineEdit | QPlainTextEdit | QTextEdit


def compose(field: QWidget, preedit: str = "", commit: str = "") -> None:
    """What an input method sends: letters under way, or the words chosen."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def text_of(field: FIELDS) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def fields_of(page: QWidget) -> list[FIELDS]:
    return [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, FIELDS) and part.isVisible() and part.isEnabled() and not part.isReadOnly()
    ]


def compose_in(field: FIELDS) -> None:
    """Compose, take it back, compose again and choose."""
    field.setFocus()
    before = text_of(field)
    for step in ("z", "zh", "zhong", "zhong'wen"):
        compose(field, step)
        assert text_of(field) == before, field.accessibleName()
    compose(field)
    assert text_of(field) == before
    compose(field, "zhong'wen")
    compose(field, commit=WORDS)
    assert WORDS in text_of(field), field.accessibleName()


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_every_field_of_a_page_takes_words_from_an_input_method(window, name, qtbot):
    window.show_page(name)
    qtbot.wait(30)
    for field in fields_of(window.current):
        if not field.isVisible():  # it went with what was composed before
            continue
        compose_in(field)
        if isinstance(field, QLineEdit):
            field.undo()
            field.setText("")
    window.desk.keep_unsaved(None)


def test_the_search_over_everything_takes_words(window, qtbot):
    window.search()
    field = window._search.findChild(QLineEdit)
    compose_in(field)
    field.clear()
    compose(field, "huan'jie")
    compose(field, commit="换届")
    qtbot.waitUntil(lambda: "换届" in field.text() and window._search.list.topLevelItemCount() > 0)


@pytest.mark.parametrize(
    ("page", "grid"), [("projects", "grid"), ("projects", "details.entries.view"), ("goals", None)]
)
def test_composing_over_a_cell_opens_it_and_keeps_what_is_chosen(window, page, grid, qtbot):
    window.show_page(page)
    held = window.current
    qtbot.wait(30)
    if grid is None:
        view = next(part for part in held.findChildren(QWidget) if hasattr(part, "cells") and part.isVisible())
    else:
        view = held
        for part in grid.split("."):
            view = getattr(view, part)
    table = view.table
    place = next(
        table.index(row, column)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if table.flags(table.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        and table.columns[column].key in ("name", "payee", "purpose", "memo")
        and not view.isColumnHidden(column)
    )
    view.setCurrentIndex(place)
    view.setFocus()
    compose(view, "zhong")
    editor = view.cells.editor
    assert editor is not None and editor.isVisible()
    compose(editor, "zhong'wen")
    compose(editor, commit="中文")
    assert "中文" in editor.text()
    press(editor, Qt.Key.Key_Return)
    assert "中文" in str(table.data(place))
    assert window.desk.year == YEAR
