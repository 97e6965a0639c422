"""Places of the shown text, and repairs in the stored one."""

from hypothesis import given
from hypothesis import strategies as st

from core import commands, writing
from core import passage as passages
from core.book import Book
from core.outline import STORY
from core.passage import Passage, passage, quote
from core.repairs import REPAIRS
from tests.builders import WAN, YEAR, do, payment, project, with_year

TOKEN = "{unit.支出}"


def written(text: str) -> tuple[Book, Passage]:
    book, where = project(with_year(), "活动经费")
    book = do(payment(book, where, 12_340_000), writing.write_section, YEAR, "overall", 0, text)
    found = passage(book, YEAR, "overall")
    assert found is not None
    return book, found


def mended(text: str, old: str, new: str) -> str | None:
    """The stored text after putting ``new`` for the words ``old`` of the shown one."""
    book, found = written(text)
    start = found.text.index(old)
    repair = found.replacing("改", start, start + len(old), new)
    if repair is None:
        return None
    section = book.apply(REPAIRS[repair.command](book, *repair.args)).section(YEAR, "overall")
    return section.text if section else ""


def test_only_what_differs_is_replaced() -> None:
    assert mended(f"支出{TOKEN}万元。", "12.34万元", "12.34元") == f"支出{TOKEN}元。"
    assert mended(f"支出{TOKEN}万元万元。", "万元万元", "万元") == f"支出{TOKEN}万元。"


def test_a_figure_is_never_cut_but_may_go_as_a_whole() -> None:
    assert mended(f"支出{TOKEN}万元。", "12.34", "12.43") is None
    assert mended(f"支出{TOKEN}万元，支出{TOKEN}万元。", "，支出12.34万元", "") == f"支出{TOKEN}万元。"


def test_the_same_words_are_no_repair() -> None:
    assert mended("支出。", "支出", "支出") is None


@given(st.lists(st.sampled_from(["支出", TOKEN, "万元，", "\n"]), min_size=1, max_size=8))
def test_places_of_the_stored_text_are_found_in_the_shown_one(pieces: list[str]) -> None:
    raw = "".join(pieces)
    _book, found = written(raw)
    for place, character in enumerate(found.part.raw):
        shown = found.shown_place(place)
        inside = any(start <= place < start + len(TOKEN) for start in _places(raw, TOKEN))
        assert found.text[shown] == ("1" if inside else character)


def _places(text: str, words: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(words, place)]


def test_a_passage_follows_the_book() -> None:
    book, found = written(f"支出{TOKEN}万元。")
    assert passage(book, YEAR, "overall") is found
    where = book.projects(YEAR)[0].project
    more = do(book, commands.add_payment, YEAR, where, "2023-07-01", WAN)
    again = passage(more, YEAR, "overall")
    assert again is not None and again.text == "支出13.34万元。"
    assert passage(more, YEAR, "nothing") is None


def test_quotes_inside_quotes_are_single_and_lines_are_joined() -> None:
    assert quote("“三八”\n活动") == "‘三八’ 活动"
    assert quote("一" * 30) == "一" * 23 + "…"


def test_words_are_put_in_behind_a_character_but_not_into_a_figure() -> None:
    assert mended("活动如期举办", "办", "办。") == "活动如期举办。"
    assert mended(f"支出{TOKEN}", "4", "4。") is None
    assert mended("活动如期举办", "活动", "活动") is None


def test_typed_words_are_told_from_figures() -> None:
    _book, found = written(f"支出{TOKEN}万元，结余3万元。")
    assert found.is_figure(2, 9) and not found.is_figure(9, 13)
    about = found.raw_about(found.part.raw.index("3"), found.part.raw.index("3") + 3)
    assert found.text[about.start : about.end] == "3万元"


def test_the_texts_of_a_report_leave_out_what_the_program_words() -> None:
    book, _found = written("全年工作完成。")
    keys = [place.key for place in passages.written(book, YEAR)]
    assert keys == ["basics", "income", "overall", "problems", "other"]
    where = book.projects(YEAR)[0].project
    book = do(book, writing.write_section, YEAR, STORY, where, "活动如期举办。")
    assert (STORY, where) in [(place.key, place.about) for place in passages.written(book, YEAR)]
