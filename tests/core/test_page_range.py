"""Page ranges as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.page_range import ALL_PAGES, EVEN_PAGES, ODD_PAGES, pages_of_side, parse_page_range, show_page_range


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("  ", [1, 2, 3, 4, 5, 6, 7]),
        ("2", [2]),
        ("1-3,5", [1, 2, 3, 5]),
        ("１－３，５", [1, 2, 3, 5]),
        ("5、1至3", [1, 2, 3, 5]),
        (" 2 - 3 , 3 ", [2, 3]),
    ],
)
def test_reads_what_people_write(text, pages):
    assert parse_page_range(text, 7) == pages


@pytest.mark.parametrize("text", ["0", "8", "3-1", "1-8", "a", "1-", "-1", "1,,2", "1-2-3", "一", "1.5"])
def test_refuses_what_is_no_range_and_says_how_to_write_it(text):
    with pytest.raises(UserError, match="页码"):
        parse_page_range(text, 7)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_a_range_shown_reads_back_the_same(numbers):
    assert parse_page_range(show_page_range(numbers), 60) == sorted(numbers)


@given(st.sets(st.integers(1, 60), min_size=2))
def test_odd_and_even_pages_together_are_all(numbers):
    whole = sorted(numbers | {1, 2})
    odd, even = pages_of_side(whole, ODD_PAGES), pages_of_side(whole, EVEN_PAGES)
    assert sorted(odd + even) == whole == pages_of_side(whole, ALL_PAGES)
    assert all(number % 2 for number in odd) and not any(number % 2 for number in even)


@pytest.mark.parametrize(("side", "numbers", "name"), [(ODD_PAGES, [2, 4], "单页"), (EVEN_PAGES, [3], "双页")])
def test_a_choice_without_such_pages_is_refused(side, numbers, name):
    with pytest.raises(UserError, match=f"没有{name}"):
        pages_of_side(numbers, side)
