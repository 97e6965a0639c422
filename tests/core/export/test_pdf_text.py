"""Lines: no mark where it must not stand, numbers whole, every word kept, the text block filled and never left."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.export.pdf_fonts import Face
from core.export.pdf_page import PITCH, SIZE
from core.export.pdf_text import NO_END, NO_START, Chars, Line, break_lines, measure
from core.report.model import Run

WIDTH = 28 * PITCH
PHRASES = re.findall(
    "[^ ]+",
    "预算 支出 ， 。 、 （减） “三八” 《办法》 万元 101.09 2023年 95.69% 1,234.56 其中： …… —— 妇女儿童工作委员会 "
    "26000余元 A4 ； 8.77万元 ”， ！",
)


def set_text(text: str, width: float = WIDTH, indent: float = 2 * PITCH) -> tuple[Chars, list[Line]]:
    chars = measure((Run(text),), Face.FANGSONG, SIZE, PITCH)
    return chars, break_lines(chars, width, indent)


def words(chars: Chars, lines: list[Line]) -> list[str]:
    return [chars.text[line.start : line.end] for line in lines]


def starts_well(text: str) -> bool:
    return not text or text[0] not in NO_START


@given(st.lists(st.sampled_from(PHRASES), max_size=120).map("".join).filter(starts_well))
def test_no_line_begins_or_ends_with_a_mark_that_must_not_stand_there(text: str) -> None:
    found = words(*set_text(text))
    for above, below in pairwise(found):
        crowded = re.search(r"[^\w ]{9,}", above[-9:] + below[:9])  # marks alone leave no choice
        assert crowded or (below[0] not in NO_START and above[-1] not in NO_END)


@given(st.lists(st.sampled_from(PHRASES), max_size=120).map("".join))
def test_numbers_and_double_marks_are_never_parted(text: str) -> None:
    for above, below in pairwise(words(*set_text(text))):
        assert not re.search(r"[!-~]$", above) or not re.search(r"^[!-~]", below)
        assert not (above.endswith("…") and below.startswith("…"))
        assert not (above.endswith("—") and below.startswith("—"))


@example("“三八” （减）", 92)  # a mark drawn in over the narrow blank before it
@example("预算“三八”A4\u3000”，", 60)  # marks behind a blank that hangs over the edge
@given(st.lists(st.sampled_from([*PHRASES, " ", "\u3000"]), max_size=80).map("".join), st.integers(60, 440))
def test_every_character_is_kept_in_order_and_inside_the_width(text: str, width: int) -> None:
    chars, lines = set_text(text, width, 0)
    assert re.sub(r"\s", "", "".join(words(chars, lines))) == re.sub(r"\s", "", text)
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    for line in lines:
        assert len(line.lefts) == line.end - line.start + 1
        assert line.lefts == sorted(line.lefts)
        last = chars.text[line.end - 1]
        blank = SIZE / 2 if last in NO_START else 0  # of a mark at the end, whose ink is at the left
        assert line.lefts[-1] <= width + blank + 0.1


@given(st.lists(st.sampled_from(PHRASES), min_size=60, max_size=120).map("".join).filter(starts_well))
def test_full_lines_reach_the_right_edge(text: str) -> None:
    _chars, lines = set_text(text)
    for line in lines[:-1]:
        assert line.lefts[-1] == pytest.approx(WIDTH, abs=SIZE / 2 + 0.1)


def test_twenty_eight_characters_fill_a_line_on_the_grid() -> None:
    _chars, lines = set_text("预" * 54)
    assert [line.end - line.start for line in lines] == [26, 28]
    assert lines[0].lefts == pytest.approx([2 * PITCH + n * PITCH for n in range(27)])
    assert lines[1].lefts == pytest.approx([n * PITCH for n in range(29)])


@pytest.mark.parametrize("before", range(20, 29))
def test_an_amount_keeps_its_unit_where_the_line_allows_it(before: int) -> None:
    found = words(*set_text("支" * before + "101.09万元，其中年初预算安排的资金" * 2, indent=0))
    assert not any(re.search(r"\d$|\d\.$|万$", line) for line in found[:-1])


def test_a_line_is_not_torn_apart_for_a_unit() -> None:
    found = words(*set_text("支" * 20 + "1234567890.12万元整", indent=0))
    assert found == ["支" * 20 + "1234567890.12", "万元整"]
    found = words(*set_text("支" * 19 + "1234567890.12万元整", indent=0))
    assert found[0] in ("支" * 19 + "1234567890.12", "支" * 19 + "1234567890.12万元")  # never 万 | 元


def test_a_word_longer_than_a_line_is_cut_and_nothing_is_lost() -> None:
    text = "见" + "a" * 200 + "页"
    chars, lines = set_text(text)
    assert "".join(words(chars, lines)) == text
    assert all(line.lefts[-1] <= WIDTH + 0.1 for line in lines)


def test_a_mark_that_does_not_fit_is_drawn_in() -> None:
    _chars, lines = set_text("预算，支出，资金，" + "预" * 19 + "。又", indent=0)
    assert lines[0].end - lines[0].start == 29
    assert lines[0].lefts[-1] == pytest.approx(WIDTH)


def test_two_marks_side_by_side_share_one_blank() -> None:
    chars = measure((Run("”，（“预"),), Face.FANGSONG, SIZE)
    assert chars.widths == [SIZE / 2] * 3 + [SIZE, SIZE]


def test_digits_of_tables_have_one_width() -> None:
    chars = measure((Run("0123456789"),), Face.SONG, 10.5)
    assert len(set(chars.widths)) == 1


def test_blank_text_has_no_lines() -> None:
    assert set_text("")[1] == []
