"""Rechecking what a change touches equals checking everything anew."""

from hypothesis import given, settings

from core import commands, writing
from core.book import Book
from core.change import Change
from core.check import Findings, Severity
from core.outline import STORY
from core.rules import RULES
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import all_rules
from tests.strategies import Step, beginning, lively, steps

LIVELY = lively()


def anew(book: Book) -> Findings:
    return all_rules().check(book, (y.year for y in book.years()))


def after(book: Book, change: Change) -> tuple[Findings, Findings]:
    """The findings after a change, rechecked and checked anew."""
    new = book.apply(change)
    stale = all_rules().touched(book, new, change)
    return all_rules().recheck(anew(book), new, stale), anew(new)


def hold(book: Book, work: list[Step]) -> None:
    """Do the work step by step; after each the rechecked findings are those of a check from nothing."""
    findings, rules = anew(book), all_rules()
    for step in work:
        change = step.change(book)
        if change:
            new = book.apply(change)
            findings = rules.recheck(findings, new, rules.touched(book, new, change))
            book = new
            assert findings == anew(book), step


@settings(max_examples=40, deadline=None)
@given(steps(14))
def test_recheck_equals_check_from_an_empty_file(work: list[Step]) -> None:
    hold(Book(), [*beginning(), *work])


@settings(max_examples=80, deadline=None)
@given(steps(8))
def test_recheck_equals_check_where_most_rules_find_something(work: list[Step]) -> None:
    hold(LIVELY, work)


def test_most_rules_find_something_in_the_lively_book() -> None:
    rules = {finding.rule for finding in anew(LIVELY)}
    quiet = {one.id for one in RULES if one.severity != Severity.BLOCK} - rules
    assert quiet <= {"C-003", "C-007"}


def test_a_text_follows_the_figures_of_another_project() -> None:
    book, first = project(with_year(), "大会费用")
    book, other = project(book, "活动经费")
    book = payment(event(book, other, "supplement", WAN), other, WAN)
    story = f"另一项目追加{{p{other}.追加减}}万元，[bookmark: _GoBack]支出{{p{other}.实际支出}}万元。"
    book = do(book, writing.write_section, YEAR, STORY, first, story)
    held = book.payments(YEAR, other)[0].id
    for change in (
        commands.set_payment(book, held, amount=123 * WAN),
        commands.remove_event(book, book.events(YEAR, other)[0].id),
        commands.state(book, YEAR, "追加减", 0, other),
    ):
        rechecked, checked = after(book, change)
        assert rechecked == checked


def test_a_year_that_is_not_there_is_not_checked() -> None:
    book, where = project(with_year(), "大会费用")
    rechecked, checked = after(book, commands.add_event(book, YEAR, where, "carried", "2023-12-31", WAN))
    assert rechecked == checked and not rechecked.of_year(2024)


def test_a_note_of_a_project_touches_the_project_and_the_spending_of_the_year() -> None:
    book, where = project(with_year(), "大会费用")
    change = commands.set_project(book, YEAR, where, execution_reason="活动推迟到下年")
    near = {("project", YEAR, where, ""), ("year", YEAR, 0, "")}
    assert all_rules().touched(book, book.apply(change), change) == near


def test_names_do_not_recheck_every_payment() -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(book, where, WAN)
    change = commands.set_project(book, YEAR, where, name="新名称")
    scopes = {spot[0] for spot in all_rules().touched(book, book.apply(change), change)}
    assert "payment" not in scopes and {"project", "names", "year", "section", "report"} <= scopes
