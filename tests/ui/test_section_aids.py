"""What helps while a section is written: typed amounts offered as data, phrases, and how long it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from core import commands
from core.draft import Draft
from core.phrases import pairs
from core.writing import write_section
from tests.ui.keys import press, type_text
from tests.ui.reports import YEAR, go, opened_page, rules, settle, stored, write

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TYPED = "2023年支出101.09万元，实际投入101.09万元，结余结转2.00万元。"


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


@pytest.fixture
def typed(page, qtbot, sample_desk):
    """The section 其他 with amounts typed by hand; the cursor stands at its end."""
    sample_desk.commit(write_section(sample_desk.book, YEAR, "other", 0, ""))
    go(page, "other")
    write(page, qtbot, TYPED)
    settle(page, qtbot)
    return page.section


def marked(section) -> dict[str, QTextCharFormat.UnderlineStyle]:
    return {
        selection.cursor.selectedText(): selection.format.underlineStyle()
        for selection in section.editor.extraSelections()
    }


def stand_at(section, words, nth=0):
    at = -1
    for _time in range(nth + 1):
        at = section.editor.toPlainText().index(words, at + 1)
    section.editor.select_words(at + 2, at + 2)


def test_equal_amounts_are_marked_quietly_and_wrong_ones_loudly(typed, page):
    styles = QTextCharFormat.UnderlineStyle
    assert marked(typed) == {"101.09万元": styles.DotLine, "2.00万元": styles.WaveUnderline}
    assert "C-044" in rules(page)


def test_nothing_is_changed_by_itself(typed, page, sample_desk):
    assert page.save()
    assert stored(sample_desk, "other") == TYPED
    assert typed.foot.links == [], "the cursor stands elsewhere"


def test_a_link_puts_the_figure_there(typed, page, qtbot, sample_desk):
    stand_at(typed, "101.09万元")
    assert [link.text() for link in typed.foot.links] == ["支出"]
    qtbot.mouseClick(typed.foot.links[0], LEFT)
    settle(page, qtbot)
    assert typed.raw == TYPED.replace("101.09", "{unit.支出}", 1)
    assert typed.editor.text().shown == TYPED
    assert typed.editor.hasFocus()
    press(typed.editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert typed.raw == TYPED


def test_an_amount_without_a_name_offers_every_figure_that_fits(typed, page, qtbot):
    stand_at(typed, "101.09万元", 1)
    assert [link.text() for link in typed.foot.links] == ["预算收入", "支出"]
    qtbot.mouseClick(typed.foot.links[1], LEFT)
    settle(page, qtbot)
    assert typed.raw == TYPED.replace("投入101.09", "投入{unit.支出}")


def test_the_context_menu_offers_it_too(typed, page, qtbot):
    stand_at(typed, "101.09万元")
    menu = typed.editor.context_menu(typed.editor.textCursor().position())
    assert menu.actions()[0].text() == "改为数据：支出"
    menu.actions()[0].trigger()
    menu.close()
    assert typed.raw.startswith("2023年支出{unit.支出}万元")


def test_an_offer_goes_when_the_ledger_changes(typed, page, qtbot, sample_desk):
    page.save()
    sample_desk.commit(commands.state(sample_desk.book, YEAR, "支出", 100 * 1_000_000))
    settle(page, qtbot)
    assert marked(typed)["101.09万元"] is not None
    stand_at(typed, "101.09万元")
    assert [link.text() for link in typed.foot.links] == []
    assert "C-044" in rules(page)


def test_a_readonly_text_offers_nothing(typed, page):
    page.save()
    typed.editor.setReadOnly(True)
    stand_at(typed, "101.09万元")
    assert typed.foot.links == []


# Phrases


def test_phrases_are_offered_where_problems_and_measures_are_written(page, qtbot):
    go(page, "overall")
    assert not page.section._phrases.isVisible()
    go(page, "problems")
    assert page.section._phrases.isVisible() and not page.section.phrases.isVisible(), "only on request"
    qtbot.mouseClick(page.section._phrases, LEFT)
    table = page.section.phrases.table
    assert table.item(0, 0).text() == "与本年核对结果有关"
    assert "执行率偏低" in table.item(1, 0).text(), "the year has a low rate without a reason"
    go(page, "overall")
    assert not page.section.phrases.isVisible()


def test_a_phrase_is_found_and_put_at_the_cursor(page, qtbot, sample_desk):
    go(page, "problems")
    editor = page.section.editor
    editor.select_words(0, 0)
    qtbot.mouseClick(page.section._phrases, LEFT)
    phrases = page.section.phrases
    assert phrases.filter.hasFocus()
    type_text(phrases.filter, "采购")
    wanted = next(pair for pair in pairs() if "采购计划性" in pair.problem)
    while phrases.table.currentItem().text() != wanted.problem:
        row = phrases.table.currentRow()
        press(phrases.filter if phrases.filter.hasFocus() else phrases.table, Key.Key_Down)
        assert phrases.table.currentRow() > row
    press(phrases.table if phrases.table.hasFocus() else phrases.filter, Key.Key_Return)
    assert page.section.raw.startswith(wanted.problem + "本单位经费管理")
    press(editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.section.raw.startswith("本单位经费管理")


def test_problem_and_measure_together(page, qtbot):
    go(page, "problems")
    page.section.editor.moveCursor(page.section.editor.textCursor().MoveOperation.End)
    qtbot.mouseClick(page.section._phrases, LEFT)
    qtbot.mouseClick(page.section.phrases.both, LEFT)
    pair = next(pair for pair in pairs() if "C-019" in pair.rules)
    assert page.section.raw.endswith(f"{pair.problem}\n{pair.measure}")
    page.section.phrases.table.setFocus()
    press(page.section.phrases.table, Key.Key_Escape)
    assert not page.section.phrases.isVisible() and page.section.editor.hasFocus()


def test_no_phrase_is_cut_off(page, qtbot):
    go(page, "problems")
    qtbot.mouseClick(page.section._phrases, LEFT)
    table = page.section.phrases.table
    for row in range(table.rowCount()):
        for column in range(2):
            item = table.item(row, column)
            if item is not None and table.columnSpan(row, 0) == 1:
                room = table.visualItemRect(item).adjusted(8, 0, -8, 0)
                needed = table.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), item.text())
                assert needed.height() <= room.height()


# Length


def test_the_count_follows_what_is_typed(typed, page, qtbot):
    before = len(TYPED)
    assert typed.foot._count.text() == f"{before}字"
    press(typed.editor, Key.Key_Return)
    type_text(typed.editor, "ab 无")
    assert typed.foot._count.text() == f"{before + 3}字", "blanks and line ends are not counted"


def test_a_limit_of_the_policy_is_shown_and_red_when_passed(page, qtbot, sample_desk):
    year = sample_desk.book.year(YEAR)
    text = year.policy.replace("[severities]", "other = 20\n\n[severities]")
    sample_desk.commit(commands.set_year(sample_desk.book, YEAR, policy=text))
    sample_desk.commit(write_section(sample_desk.book, YEAR, "other", 0, ""))
    go(page, "other")
    count = page.section.foot._count
    assert count.text() == "0 / 20字"
    type_text(page.section.editor, "本年没有其他需要说明的情况和问题。")
    assert count.text() == "17 / 20字" and count.property("role") == "faint"
    type_text(page.section.editor, "以上为全部。")
    assert count.text() == "23 / 20字，超出3字" and count.property("role") == "error"
    go(page, "overall")
    assert "/" not in count.text() and count.property("role") == "faint"


# Texts of the year before


@pytest.fixture
def taken_over(page, qtbot, sample_desk):
    """The section 其他 as if it came from the year before."""
    sample_desk.commit(write_section(sample_desk.book, YEAR, "other", 0, "没有其他情况。"))
    draft = Draft(sample_desk.book)
    draft.replace(sample_desk.book.section(YEAR, "other"), taken_over=True)
    sample_desk.commit(draft.change("沿用"))
    go(page, "other")
    settle(page, qtbot)
    return page.section


def test_a_text_taken_over_says_so_until_it_is_confirmed(taken_over, page, qtbot, sample_desk):
    assert taken_over.confirm.isVisible() and "沿用上年文字" in taken_over._note.text()
    qtbot.mouseClick(taken_over.confirm, LEFT)
    assert not taken_over.confirm.isVisible() and "沿用" not in taken_over._note.text()
    assert not sample_desk.book.section(YEAR, "other").taken_over
    sample_desk.undo()
    assert taken_over.confirm.isVisible()


def test_rewriting_a_text_taken_over_confirms_it(taken_over, page, qtbot, sample_desk):
    write(page, qtbot, "今年另有一项说明。")
    assert page.save()
    settle(page, qtbot)
    assert not sample_desk.book.section(YEAR, "other").taken_over and not taken_over.confirm.isVisible()
