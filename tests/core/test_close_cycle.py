"""Close, reopen, edit, close again: years that were not touched keep every 分, and the journal proves it all."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import commands
from core.balance import unit_balance
from core.book import Book
from core.carrying import carry_over, carry_preview
from core.change import Change
from core.check import Findings
from core.closing import (
    dispose,
    finalise,
    lock,
    open_errors,
    proposals,
    undisposed,
    unfinalise,
    unlock,
)
from core.errors import UserError
from core.ledger import Ledger, Refused
from core.model import DISPOSITIONS, EventKind, Fund, YearState
from core.next_year import open_next_year
from core.origins import Layer, carried_over, heads, layers
from core.outline import default_template_text
from core.policy import default_policy_text, policy_text
from core.sample import sample_book
from core.seal import broken_seals
from core.verify import verify
from tests.builders import WAN, do, event, payment, project, with_year
from tests.findings import all_rules

YEARS = (2022, 2023, 2024)
NONE = Findings()
DAY = date(2025, 3, 1)


# Three years on disk


def waive_all(ledger: Ledger, year: int) -> None:
    for finding in open_errors(ledger.book, ledger.findings, year):
        key, facts = finding.about.key(), finding.facts()
        ledger.commit(commands.waive(ledger.book, year, finding.rule, key, facts, "已与决算报表核对", DAY))


def work(ledger: Ledger, year: int, where: int, basic: int) -> None:
    """What a year brings: 3万元 for the project and 9 for 公用经费, each with something left."""
    for project_id, amount, spent in ((where, 3 * WAN, WAN), (basic, 9 * WAN, 8 * WAN + 7)):
        ledger.commit(commands.add_event(ledger.book, year, project_id, "initial", f"{year}-01-01", amount))
        ledger.commit(commands.add_payment(ledger.book, year, project_id, f"{year}-06-15", spent, purpose="办公用品"))


def close_year(ledger: Ledger, year: int) -> None:
    ledger.commit(dispose(ledger.book, year, proposals(ledger.book, year)))
    ledger.commit(lock(ledger.book, ledger.findings, year))
    waive_all(ledger, year)
    ledger.commit(finalise(ledger.book, ledger.findings, year))


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[tuple[Ledger, int, int]]:
    """Three consecutive years, each closed and carried into the next; a fourth open."""
    ledger = Ledger.create(tmp_path / "a.ysz")
    ledger.commit(commands.found_unit(ledger.book))
    names = {"name": "示范区妇女联合会"}
    ledger.commit(commands.open_year(ledger.book, 2022, default_policy_text(), default_template_text(), **names))
    for name, kind in (("大会费用", "业务工作专项"), ("公用经费", "公用经费")):
        ledger.commit(commands.add_project(ledger.book, 2022, name, kind))
    where, basic = (row.project for row in ledger.book.projects(2022))
    for year in YEARS:
        work(ledger, year, where, basic)
        close_year(ledger, year)
        ledger.commit(open_next_year(ledger.book, year, policy_text()))
        ledger.commit(carry_over(ledger.book, year))
    with closing(ledger):
        yield ledger, where, basic


def test_three_years_close_and_carry(closed: tuple[Ledger, int, int]) -> None:
    ledger, where, basic = closed
    book = ledger.book
    assert [y.state for y in book.years()] == ["final", "final", "final", "open"]
    assert not broken_seals(book)
    # 大会费用 carries 2万元 into 2023; of these 1 is spent first, and what two years left unspent is recalled.
    assert [e.amount for e in book.events(2023, where) if e.kind == EventKind.OPENING] == [2 * WAN]
    recalled = [(e.origin_year, e.amount) for e in book.events(2023, where) if e.kind == EventKind.RECOVERED]
    assert recalled == [(2022, WAN)]
    # 公用经费 spends the oldest first: what is carried is always of the year itself, and never recalled.
    assert layers(book, 2025, basic) == [Layer(2024, 3 * (WAN - 7), 0, 3 * (WAN - 7))]
    for year in YEARS:
        assert not [line for line in carry_preview(book, year) if line.difference]
        assert "C-013" not in {f.rule for f in ledger.findings.of_year(year + 1)}


def test_close_reopen_edit_close(closed: tuple[Ledger, int, int]) -> None:
    ledger, where, _basic = closed
    before = {year: unit_balance(ledger.book, year) for year in (2022, 2024)}
    seals = {year: ledger.book.year(year).seal for year in YEARS}
    held = ledger.book.payments(2023, where)[0]
    edit = commands.set_payment(ledger.book, held.id, amount=held.amount - 100)
    with pytest.raises(Refused, match="已定稿"):
        ledger.commit(edit)
    ledger.commit(unfinalise(ledger.book, 2023, "支付凭证有误"))
    with pytest.raises(Refused, match="资金锁定"):
        ledger.commit(edit)
    ledger.commit(unlock(ledger.book, 2023, "支付凭证有误"))
    ledger.commit(edit)
    assert [u.amount for u in undisposed(ledger.book, 2023)] == [100]
    with pytest.raises(UserError, match="没有处置"):
        lock(ledger.book, ledger.findings, 2023)
    close_year(ledger, 2023)
    assert {year: unit_balance(ledger.book, year) for year in before} == before
    assert ledger.book.year(2022).seal == seals[2022] and ledger.book.year(2024).seal == seals[2024]
    assert ledger.book.year(2023).seal != seals[2023] and not broken_seals(ledger.book)
    labels = [line.label for line in ledger.journal()]
    assert "2023年度反定稿：支付凭证有误" in labels and "解除2023年度资金锁定：支付凭证有误" in labels


def test_reopening_without_an_edit_gives_the_same_seal(closed: tuple[Ledger, int, int]) -> None:
    ledger, _where, _basic = closed
    seal = ledger.book.year(2023).seal
    ledger.commit(unfinalise(ledger.book, 2023, "核对"))
    ledger.commit(unlock(ledger.book, 2023, "核对"))
    ledger.commit(lock(ledger.book, ledger.findings, 2023))
    ledger.commit(finalise(ledger.book, ledger.findings, 2023))
    assert ledger.book.year(2023).seal == seal


def test_everything_is_undone_redone_and_proven(closed: tuple[Ledger, int, int]) -> None:
    ledger, _where, _basic = closed
    end, lines = ledger.book, len(ledger.journal())
    while ledger.undo():
        pass
    assert not list(ledger.book.records())
    for _line in range(lines):
        ledger.redo()
    assert ledger.book == end and not broken_seals(ledger.book)
    path = ledger.path
    ledger.close()
    proofs = list(verify(path))
    assert all(proof.good for proof in proofs), proofs
    assert [proof.name for proof in proofs if "封存" in proof.name] == [f"{year}年度封存" for year in YEARS]


def test_the_findings_of_a_closed_file_are_those_of_a_fresh_check(closed: tuple[Ledger, int, int]) -> None:
    ledger, _where, _basic = closed
    assert ledger.findings == ledger.checker.check(ledger.book, (y.year for y in ledger.book.years()))


# Any years

AMOUNT = st.integers(1, 9 * WAN)
EVENT = st.tuples(
    st.integers(0, 2), st.sampled_from(["initial", "transfer", "supplement", "adjust"]), AMOUNT, st.booleans()
)
PAYMENT = st.tuples(st.integers(0, 2), st.integers(1, 3 * WAN), st.booleans(), st.booleans())
A_YEAR = st.tuples(st.lists(EVENT, min_size=1, max_size=5), st.lists(PAYMENT, max_size=5))
POLICY = st.sampled_from(["two_years", "same_year", "manual"])


def filled(book: Book, year: int, places: list[int], entries: tuple[list, list]) -> Book:
    """Events, then as many of the payments as there is money for."""
    events, payments = entries
    for place, kind, amount, own in events:
        book = event(book, places[place], kind, amount, f"{year}-02-01", fund=Fund.OTHER if own else Fund.GENERAL)
    for place, amount, own, named in payments:
        fund = Fund.OTHER if own else Fund.GENERAL
        held = [e for e in book.events(year, places[place]) if e.fund == fund and e.kind not in DISPOSITIONS]
        drawn = held[-1].id if held and named else 0
        after = payment(book, places[place], amount, f"{year}-06-01", fund=fund, event=drawn)
        if all(one.amount >= 0 for one in undisposed(after, year)):
            book = after
    return book


def chosen(book: Book, year: int) -> list:
    """The proposals; by hand the officer carries half and lets the rest be recalled."""
    lines = []
    for line in proposals(book, year):
        if line.kind:
            lines.append(line)
            continue
        half = line.amount // 2
        lines.append(replace(line, kind=EventKind.RECOVERED, amount=line.amount - half))
        lines += [replace(line, kind=EventKind.CARRIED, amount=half)] if half else []
    return lines


def brought(book: Book, year: int) -> dict[tuple[int, str, int], int]:
    found = {}
    for row in book.project_years(year):
        for one in book.events(year, row.project):
            if one.kind == EventKind.OPENING:
                found[row.project, one.fund, one.origin_year] = one.amount
    return found


def kept(book: Book, year: int) -> dict[tuple[int, str, int], int]:
    return {k: v for row in heads(book, year) for k, v in carried_over(book, year, row.project).items()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(A_YEAR, A_YEAR, A_YEAR), POLICY)
def test_any_three_years_close_and_meet_to_the_last_fen(years: tuple, carry: str) -> None:
    book = with_year(year=2022)
    book, one = project(book, "大会费用", year=2022)
    book, below = project(book, "会场", parent=one, year=2022)
    book, basic = project(book, "公用经费", "公用经费", year=2022)
    places, before = [one, below, basic], {}
    text = policy_text().replace('"two_years"', f'"{carry}"')
    book = do(book, commands.set_year, 2022, policy=text)
    for year, entries in zip(YEARS, years, strict=True):
        book = filled(book, year, places, entries)
        untouched = {y: unit_balance(book, y) for y in before}
        book = do(book, dispose, year, chosen(book, year))
        assert unit_balance(book, year).undisposed == 0
        book = do(do(book, lock, NONE, year), finalise, NONE, year)
        book = do(book, open_next_year, year, text)
        book = do(book, carry_over, year)
        assert brought(book, year + 1) == kept(book, year)  # I-09 for each project, fund source and origin year
        assert unit_balance(book, year + 1).brought == unit_balance(book, year).carried
        assert untouched == before and not broken_seals(book)
        before = {y.year: unit_balance(book, y.year) for y in book.years() if y.state != YearState.OPEN}
    if carry == "two_years":  # nothing of a project but 基本支出 and 单位资金 grows older than two years
        ages = {k: v for k, v in kept(book, 2024).items() if k[1] == Fund.GENERAL and k[0] != basic}
        assert all(origin == 2024 for _project, _fund, origin in ages)


@settings(max_examples=25, deadline=None)
@given(A_YEAR, AMOUNT)
def test_lock_dispose_and_carry_are_taken_back_whole(entries: tuple, more: int) -> None:
    book, one = project(with_year(year=2023), "大会费用")
    book, below = project(book, "会场", parent=one)
    book, basic = project(book, "公用经费", "公用经费")
    book = filled(with_year(book, 2024), 2023, [one, below, basic], entries)
    steps: list[Callable[[Book], Change]] = [
        lambda b: dispose(b, 2023, proposals(b, 2023)),
        lambda b: carry_over(b, 2023),
        lambda b: lock(b, NONE, 2023),
        lambda b: finalise(b, NONE, 2023),
        lambda b: unfinalise(b, 2023, "更正"),
        lambda b: unlock(b, 2023, "更正"),
        lambda b: commands.add_event(b, 2023, one, "supplement", "2023-12-01", more),
        lambda b: dispose(b, 2023, proposals(b, 2023)),
        lambda b: carry_over(b, 2023),
    ]
    trail = [book]
    done = []
    for step in steps:
        done.append(step(trail[-1]))
        trail.append(trail[-1].apply(done[-1]))
    assert brought(trail[-1], 2024) == kept(trail[-1], 2023)
    book = trail[-1]
    for change, was in zip(reversed(done), reversed(trail[:-1]), strict=True):
        book = book.apply(change.inverse())
        assert list(book.records()) == list(was.records())


def test_the_sample_closes_and_carries_year_by_year() -> None:
    book = sample_book()
    for year in YEARS:
        assert not undisposed(book, year)
        if book.year(year + 1) is None:
            book = do(do(book, open_next_year, year, policy_text()), carry_over, year)
        assert not carry_over(book, year)
        years = [y.year for y in book.years()]
        book = do(book, lock, all_rules().check(book, years), year)
        findings = all_rules().check(book, years)
        for finding in open_errors(book, findings, year):
            book = do(book, commands.waive, year, finding.rule, finding.about.key(), finding.facts(), "已核对", DAY)
        book = do(book, finalise, findings, year)
    assert not broken_seals(book)
    assert [y.state for y in book.years()] == ["final", "final", "final", "open"]
