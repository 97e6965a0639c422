"""The text editor with figure chips: real keys, input method, clipboard, undo."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from core import commands
from core.sample import SHOWN_YEAR, sample_book
from ui.widgets.chip_editor import TOKENS_MIME, Mark
from ui.widgets.figure_list import offers
from ui.widgets.token_editor import TokenEditor
from ui.widgets.token_text import OBJECT

YEAR = SHOWN_YEAR
RAW = "预算收入{unit.预算收入}万元，调整追加{unit.调整追加}万元。"
SHOWN = "预算收入101.09万元，调整追加31.14万元。"


@pytest.fixture
def editor(qtbot):
    editor = TokenEditor()
    qtbot.addWidget(editor)
    editor.resize(640, 420)
    editor.load(sample_book(), YEAR, 0, RAW)
    editor.show()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def put_cursor(editor, position):
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def end(editor):
    editor.moveCursor(QTextCursor.MoveOperation.End)


def compose(editor, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def test_figures_are_shown_by_value_and_kept_by_token(editor):
    assert editor.text().raw == RAW
    assert editor.text().shown == SHOWN
    assert editor.document().toRawText().count(OBJECT) == 2


def test_loading_a_text_is_no_typing(editor, qtbot):
    with qtbot.assertNotEmitted(editor.typed):
        editor.load(sample_book(), YEAR, 0, "别的文字")
    assert not editor.document().isUndoAvailable()


def test_typing_around_a_figure_leaves_it_whole(editor, qtbot):
    put_cursor(editor, 4)
    qtbot.keyClicks(editor, "a")
    put_cursor(editor, 6)
    qtbot.keyClicks(editor, "b")
    assert editor.text().raw == RAW.replace("{unit.预算收入}", "a{unit.预算收入}b")


def test_the_cursor_steps_over_a_figure_and_deletes_it_whole(editor, qtbot):
    put_cursor(editor, 4)
    qtbot.keyClick(editor, Qt.Key.Key_Right)
    assert editor.textCursor().position() == 5
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text().raw == RAW.replace("{unit.预算收入}", "")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text().raw == RAW
    put_cursor(editor, 4)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text().raw == RAW.replace("{unit.预算收入}", "")


def test_undo_goes_back_to_the_loaded_text_and_redo_forward(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "abc")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    while editor.document().isUndoAvailable():
        qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text().raw == RAW
    while editor.document().isRedoAvailable():
        editor.redo()
    assert editor.text().raw == RAW + "abc\n"


def test_an_input_method_composes_without_changing_the_text_until_it_commits(editor):
    end(editor)
    compose(editor, preedit="zhichu")
    assert editor.text().raw == RAW
    compose(editor, commit="支出")
    assert editor.text().raw == RAW + "支出"
    editor.undo()
    assert editor.text().raw == RAW


def test_an_input_method_may_compose_between_two_figures(editor):
    editor.load(sample_book(), YEAR, 0, "{unit.支出}{unit.支出}")
    put_cursor(editor, 1)
    compose(editor, preedit="he")
    compose(editor, commit="和")
    assert editor.text().raw == "{unit.支出}和{unit.支出}"


def test_plain_text_is_pasted_without_its_looks(editor):
    data = QMimeData()
    data.setHtml("<b>甲</b>")
    data.setText("甲\r\n\t乙{unit.支出}")
    end(editor)
    editor.insertFromMimeData(data)
    assert editor.text().raw == RAW + "甲\n 乙{unit.支出}"
    assert editor.text().shown == SHOWN + "甲\n 乙101.09"


def test_a_copy_carries_values_outside_and_figures_inside(editor, qtbot):
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    assert data.text() == SHOWN
    assert bytes(data.data(TOKENS_MIME).data()).decode() == RAW
    end(editor)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text().raw == RAW + RAW


def test_cut_and_paste_moves_a_figure(editor, qtbot):
    put_cursor(editor, 4)
    qtbot.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    put_cursor(editor, 0)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text().raw == "{unit.预算收入}" + RAW.replace("{unit.预算收入}", "")


def test_shift_enter_is_a_line_like_any_other(editor, qtbot):
    end(editor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(editor, "x")
    assert editor.text().raw == RAW + "\nx"


def test_values_follow_the_ledger_and_the_undo_steps_stay(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "x")
    book = sample_book().apply(commands.state(sample_book(), YEAR, "调整追加", 31_110_000))
    editor.show_values(book)
    assert editor.text().shown == SHOWN.replace("31.14", "31.11") + "x"
    assert editor.text().raw == RAW + "x"
    editor.undo()
    assert editor.text().raw == RAW


def test_a_brace_opens_the_list_and_enter_takes_a_figure(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "{")
    assert editor._list.isVisible()
    compose(editor, commit="基本支出")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert not editor._list.isVisible()
    assert editor.text().raw == RAW + "{unit.基本支出}"


def test_a_full_width_brace_of_an_input_method_opens_it_too(editor, qtbot):
    end(editor)
    compose(editor, commit="｛")
    assert editor._list.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().raw == RAW + "{unit.年初预算}"


def test_escape_closes_the_list_and_keeps_what_was_typed(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "{9")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor._list.isVisible()
    assert editor.text().raw == RAW + "{9"


def test_words_that_fit_no_figure_hide_the_list_until_they_do(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "{zz")
    assert not editor._list.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor._list.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert not editor._list.isVisible()


def test_the_menu_inserts_where_the_cursor_is(editor, qtbot):
    put_cursor(editor, 2)
    editor.offer_figures()
    qtbot.keyClicks(editor, "93.98")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().raw == RAW.replace("预算收入{", "预算{unit.基本支出}收入{", 1)


def test_a_token_written_out_becomes_a_figure(editor, qtbot):
    end(editor)
    qtbot.keyClicks(editor, "{unit.")
    compose(editor, commit="支出")
    qtbot.keyClicks(editor, "}")
    assert editor.text().raw == RAW + "{unit.支出}"
    assert editor.text().shown.endswith("101.09")


def test_offers_name_the_unit_each_project_and_the_year_before():
    book = sample_book()
    found = list(offers(book, YEAR, 0))
    groups = list(dict.fromkeys(one.group for one in found))
    assert groups[0] == "单位"
    assert set(groups[1:-1]) == {row.name for row in book.project_years(YEAR)}
    assert groups[-1] == "上年（2022）单位"
    assert next(o for o in found if o.token == "{unit.调整追加}").value == "31.14"
    project = book.projects(YEAR)[-1]
    assert next(offers(book, YEAR, project.project)).group == project.name


def test_the_figure_at_the_cursor_is_told(editor, qtbot):
    with qtbot.waitSignal(editor.reached) as told:
        put_cursor(editor, 5)
    assert told.args[0].ref.item == "预算收入"
    with qtbot.waitSignal(editor.reached) as told:
        put_cursor(editor, 2)
    assert told.args[0] is None


def test_a_click_on_a_chip_reaches_its_figure(editor, qtbot):
    put_cursor(editor, 0)
    box = editor._chip_box(editor.document().toRawText().rindex(OBJECT))
    left = QPoint(int(box.left()) + 4, int(box.center().y()))
    with qtbot.waitSignal(editor.reached) as told:
        qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert told.args[0].ref.item == "调整追加"
    assert editor._tip(left) == "调整追加（减）：31.14"


def test_marks_stand_at_the_words_and_are_told_by_the_pointer(editor):
    start = SHOWN.index("31.14")
    editor.set_marks([Mark(start, start + 5, "error", "预算收入不平")])
    (selection,) = editor.extraSelections()
    assert selection.cursor.selectedText() == OBJECT
    put_cursor(editor, 0)
    editor.select_words(start - 4, start)
    assert editor.textCursor().selectedText() == "调整追加"


def test_leaving_and_saving_are_told_once_each(editor, qtbot):
    other = TokenEditor()
    qtbot.addWidget(other)
    other.show()
    with qtbot.waitSignal(editor.save_asked):
        qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(editor.left):
        editor.clearFocus()


def test_a_read_only_text_takes_no_keys(editor, qtbot):
    editor.setReadOnly(True)
    end(editor)
    qtbot.keyClicks(editor, "{x")
    editor.offer_figures()
    assert editor.text().raw == RAW
    assert not editor._list.isVisible()


def test_a_token_that_names_nothing_stays_as_written(editor):
    editor.load(sample_book(), YEAR, 0, "某{unit.没有}某{p99999.结余}")
    assert editor.text().raw == editor.text().shown == "某{unit.没有}某{p99999.结余}"


def test_going_to_a_figure_puts_the_cursor_behind_it(editor):
    assert editor.go_to_figure(0, "调整追加")
    assert editor.figure().ref.item == "调整追加"
    assert not editor.go_to_figure(0, "人员经费")
