"""A text with figures in its three forms: raw, shown, and the document's, whose places count UTF-16 units."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from core.figures import Ref, token
from core.outline import render
from core.sample import SHOWN_YEAR, sample_book
from ui.widgets.token_chip import chip_format, token_of
from ui.widgets.token_text import OBJECT, TokenText, of_fragments, of_prose, typed_text, utf16_length

YEAR = SHOWN_YEAR
TOKENS = [
    token(Ref(YEAR, 0, item), YEAR, style) for item in ("预算收入", "结余结转", "执行率") for style in ("", "2")
] + [token(Ref(YEAR - 1, 0, "支出"), YEAR), "{unit.没有}", "{p99999.实际支出}", "{"]
WORDS = st.text(
    st.sampled_from("预算收入，。：（）“”…—万元 1.09%{}|\n𬭚😀é")
    | st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufffc\u2028\u2029"),
    max_size=12,
)
RAW = st.lists(st.sampled_from(TOKENS) | WORDS, max_size=12).map("".join)


def parts(raw: str) -> TokenText:
    return of_prose(render(sample_book(), YEAR, raw), raw)


@given(RAW)
def test_runs_hold_the_raw_text_and_what_it_shows(raw):
    text = parts(raw)
    assert text.raw == raw
    assert text.shown == render(sample_book(), YEAR, raw).text
    assert sum(run.units for run in text.runs) == utf16_length(text.document)


@given(RAW, st.data())
def test_a_place_in_the_shown_text_is_the_same_words_in_the_document(raw, data):
    text = parts(raw)
    start = data.draw(st.integers(0, len(text.shown)))
    end = data.draw(st.integers(start, len(text.shown)))
    left, right = text.document_range(start, end)
    words = text.document.encode("utf-16-le")[2 * left : 2 * right].decode("utf-16-le")
    wanted = text.shown[start:end]
    if OBJECT not in words:
        assert words == wanted
    else:  # a figure that is touched is taken whole
        figures = iter(run.shown for run in text.runs if run.is_figure)
        before = text.document.encode("utf-16-le")[: 2 * left].decode("utf-16-le").count(OBJECT)
        for _skipped in range(before):
            next(figures)
        assert wanted in "".join(next(figures) if ch == OBJECT else ch for ch in words)


@given(RAW)
def test_a_document_gives_back_the_text_that_was_put_in(raw):
    document = QTextDocument()
    cursor = QTextCursor(document)
    for run in parts(raw).runs:
        if run.is_figure:
            cursor.insertText(OBJECT, chip_format(run.raw))
        else:
            cursor.insertText(run.raw)
    assert document.characterCount() - 1 == utf16_length(parts(raw).document)
    fragments = []
    block = document.begin()
    while block.isValid():
        if block.blockNumber():
            fragments.append(("\n", ""))
        step = block.begin()
        while not step.atEnd():
            piece = step.fragment()
            fragments.append((piece.text(), token_of(piece.charFormat(), piece.text())))
            step += 1
        block = block.next()
    assert of_fragments(fragments, lambda one: one).raw == raw


def test_two_equal_figures_side_by_side_are_two():
    text = of_fragments([("共", ""), (OBJECT * 2, "{unit.支出}")], lambda _token: "101.09")
    assert text.raw == "共{unit.支出}{unit.支出}"
    assert text.document_range(1, 7) == (1, 2)
    assert text.document_range(7, 13) == (2, 3)


def test_a_rare_name_before_the_words_takes_two_units():
    text = parts("𬭚某，支出{unit.支出}万元")
    start = text.shown.index("万元")
    assert text.document_range(start, start + 2) == (7, 9)


def test_pasted_text_becomes_plain_words():
    assert typed_text("一\r\n二\u2028三\r四") == "一\n二\n三\n四"
    assert typed_text("\t金\u00a0额\x07\ufffc\ufdd0") == " 金 额"
    assert typed_text("e\u0301") == "é"
    assert typed_text("\ud83d") == ""
    assert typed_text("😀{unit.支出}") == "😀{unit.支出}"
