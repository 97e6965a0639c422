"""Named figures, and that what they were computed from adds up to them."""

from hypothesis import given, settings

from core.book import Book
from core.figures import RATE, TOKEN, Ref, computed, figure, find_ref, items, label, sources, token
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.strategies import YEARS, Step, beginning, steps


def test_a_token_is_read_as_it_is_written() -> None:
    for ref in (Ref(YEAR, 0, "预算收入"), Ref(YEAR, 12, "实际支出"), Ref(YEAR - 1, 0, "支出")):
        match = TOKEN.fullmatch(token(ref, YEAR, "2"))
        assert match is not None and find_ref(match, YEAR) == ref and match["style"] == "2"


def test_what_does_not_exist_has_no_figure() -> None:
    book = with_year()
    assert figure(book, Ref(YEAR, 0, "没有")) is None
    assert figure(book, Ref(YEAR, 9, "实际支出")) is None
    assert figure(book, Ref(1999, 0, "支出")) is None


def test_how_figures_are_printed() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 566 * WAN // 100)
    book = payment(book, where, 504 * WAN // 100)
    rate = figure(book, Ref(YEAR, where, RATE))
    assert rate is not None and rate.text() == "89.05%"
    spent = figure(book, Ref(YEAR, where, "实际支出"))
    assert spent is not None and (spent.text(), label(book, spent.ref)) == ("5.04", "甲·实际支出")
    transfer = figure(book, Ref(YEAR, where, "上级转移支付"))
    assert transfer is not None and (transfer.text(), transfer.text("2")) == ("0", "0.00")


@settings(max_examples=60, deadline=None)
@given(steps(16))
def test_the_sources_of_every_amount_add_up_to_it(work: list[Step]) -> None:
    book = Book()
    for step in [*beginning(), *work]:
        change = step.change(book)
        book = book.apply(change) if change else book
    for year in YEARS:
        for about in (0, *(row.project for row in book.projects(year))):
            for item in items(about):
                if item != RATE:
                    ref = Ref(year, about, item)
                    assert sum(s.amount for s in sources(book, ref)) == computed(book, ref), ref


def test_a_stated_figure_stands_before_the_computed_one() -> None:
    from core import commands

    book = do(with_year(), commands.state, YEAR, "调整追加", 3114 * WAN // 100)
    found = figure(book, Ref(YEAR, 0, "调整追加"))
    assert found is not None and (found.value, found.computed) == (3114 * WAN // 100, 0)
