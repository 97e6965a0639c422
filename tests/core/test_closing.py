"""The end of a year: dispositions by policy, locking, finalising, and the way back."""

from dataclasses import replace
from datetime import date

import pytest

from core import commands
from core.balance import unit_balance
from core.book import Book
from core.check import Findings
from core.closing import (
    dispose,
    finalise,
    lock,
    lock_month,
    proposals,
    undisposed,
    unfinalise,
    unlock,
    unlock_month,
)
from core.errors import UserError
from core.model import EventKind, Fund, YearState
from core.policy import default_policy_text
from core.seal import locked_months
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import all_rules, edited, says

NONE = Findings()
DAY = date(2024, 3, 1)


def with_policy(carry: str) -> Book:
    text = default_policy_text().replace('policy = "two_years"', f'policy = "{carry}"')
    return do(with_year(), commands.set_year, YEAR, policy=text)


def full(carry: str = "two_years") -> tuple[Book, int, int]:
    """基本支出 with 1万元 of 2022 and 1 of 2023 left; a project with 2 of 2022, 3 of 2023 and 4 of 单位资金."""
    book, basic = project(with_policy(carry), "公用经费", "公用经费")
    book = event(event(book, basic, "opening", WAN, "2023-01-01"), basic, "initial", WAN)
    book, where = project(book, "大会费用")
    book = event(event(book, where, "opening", 2 * WAN, "2023-01-01"), where, "initial", 3 * WAN)
    return event(book, where, "initial", 4 * WAN, fund=Fund.OTHER), basic, where


def proposed(book: Book) -> list[tuple[int, str, int, int, str]]:
    return [(p.project, p.fund, p.origin_year, p.amount, p.kind) for p in proposals(book, YEAR)]


def test_two_years_recalls_what_is_two_years_old_and_carries_the_rest() -> None:
    book, basic, where = full()
    assert proposed(book) == [
        (basic, "general", 2022, WAN, EventKind.CARRIED),
        (basic, "general", 2023, WAN, EventKind.CARRIED),
        (where, "general", 2022, 2 * WAN, EventKind.RECOVERED),
        (where, "general", 2023, 3 * WAN, EventKind.CARRIED),
        (where, "other", 2023, 4 * WAN, EventKind.CARRIED),
    ]
    assert "连续两年" in proposals(book, YEAR)[2].why


def test_same_year_recalls_all_but_basic_expenditure_and_the_units_own_money() -> None:
    book, basic, where = full("same_year")
    kinds = {(p.project, p.fund): p.kind for p in proposals(book, YEAR)}
    assert kinds == {
        (basic, "general"): EventKind.CARRIED,
        (where, "general"): EventKind.RECOVERED,
        (where, "other"): EventKind.CARRIED,
    }


def test_by_hand_nothing_is_proposed_and_nothing_entered_without_a_choice() -> None:
    book, _basic, _where = full("manual")
    assert {p.kind for p in proposals(book, YEAR)} == {""}
    with pytest.raises(UserError, match="选择处理方式"):
        dispose(book, YEAR, proposals(book, YEAR))


def test_a_projects_own_policy_goes_before_the_years() -> None:
    book, _basic, where = full()
    book = do(book, commands.set_project, YEAR, where, carry_policy="same_year")
    kinds = {p.kind for p in proposals(book, YEAR) if (p.project, p.fund) == (where, "general")}
    assert kinds == {EventKind.RECOVERED}


def test_disposing_enters_dated_entries_that_keep_their_origin() -> None:
    book, _basic, where = full()
    book = do(book, commands.set_event, book.events(YEAR, where)[0].id, functional_code="2012902")
    book = do(book, dispose, YEAR, proposals(book, YEAR))
    assert not undisposed(book, YEAR) and unit_balance(book, YEAR).undisposed == 0
    found = [e for e in book.events(YEAR, where) if e.date == "2023-12-31"]
    assert [(e.kind, e.origin_year, e.amount, e.fund) for e in found] == [
        (EventKind.RECOVERED, 2022, 2 * WAN, "general"),
        (EventKind.CARRIED, 2023, 3 * WAN, "general"),
        (EventKind.CARRIED, 2023, 4 * WAN, "other"),
    ]
    assert [e.functional_code for e in found] == ["2012902", "", ""]
    assert not dispose(book, YEAR, proposals(book, YEAR))  # nothing left


def test_a_line_may_be_split_and_changed_but_never_take_more_than_there_is() -> None:
    book, _basic, where = full()
    line = next(p for p in proposals(book, YEAR) if p.project == where and p.origin_year == 2022)
    halves = [replace(line, amount=WAN), replace(line, amount=WAN, kind=EventKind.CARRIED)]
    after = do(book, dispose, YEAR, halves)
    assert {(p.project, p.origin_year) for p in proposals(after, YEAR)} & {(where, 2022)} == set()
    with pytest.raises(UserError, match=r"超出未处置余额10,000\.00元"):
        dispose(book, YEAR, [*halves, replace(line, amount=WAN)])
    with pytest.raises(UserError, match="超出"):
        dispose(book, YEAR, [replace(line, origin_year=2019)])
    for amount in (0, -1):
        with pytest.raises(UserError, match="大于零"):
            dispose(book, YEAR, [replace(line, amount=amount)])


def test_nothing_is_proposed_for_what_is_overspent() -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", WAN), where, 2 * WAN)
    assert not proposals(book, YEAR)
    assert [(u.project, u.amount) for u in undisposed(book, YEAR)] == [(where, -WAN)]


def settled() -> Book:
    """A year in which every 分 is spent or carried over."""
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", 3 * WAN), where, 2 * WAN)
    return do(book, dispose, YEAR, proposals(book, YEAR))


def test_locking_wants_every_fen_disposed_of() -> None:
    book, _basic, _where = full()
    with pytest.raises(UserError, match=r"还有3项资金没有处置：“公用经费”20,000\.00元、“大会费用”50,000\.00元"):
        lock(book, NONE, YEAR)
    book = do(settled(), lock, NONE, YEAR)
    assert book.year(YEAR).state == YearState.LOCKED and book.year(YEAR).seal


def test_locking_is_refused_while_something_must_not_be_saved() -> None:
    book = settled()
    where = book.projects(YEAR)[0].project
    book = do(book, commands.add_event, YEAR, where, "supplement", "2023-03-01", 0)
    findings = all_rules().check(book, [YEAR])
    with pytest.raises(UserError, match="预算变动金额为零"):
        lock(book, findings, YEAR)


def test_finalising_wants_a_locked_year_and_every_error_mended_or_waived() -> None:
    book = do(settled(), commands.state, YEAR, "预算收入", WAN)
    book = do(book, commands.state, YEAR, "年初预算", WAN)
    book = do(book, commands.state, YEAR, "调整追加", WAN)
    with pytest.raises(UserError, match="执行中"):
        finalise(book, NONE, YEAR)
    book = do(book, lock, NONE, YEAR)
    findings = all_rules().check(book, [YEAR])
    with pytest.raises(UserError, match="没有改正或说明"):
        finalise(book, findings, YEAR)
    for finding in findings.of_year(YEAR):
        if finding.severity == "error":
            key, facts = finding.about.key(), finding.facts()
            book = do(book, commands.waive, YEAR, finding.rule, key, facts, "已核对", DAY)
    book = do(book, finalise, all_rules().check(book, [YEAR]), YEAR)
    assert book.year(YEAR).state == YearState.FINAL


def test_going_back_wants_a_reason_that_stands_in_the_journal() -> None:
    book = do(do(settled(), lock, NONE, YEAR), finalise, NONE, YEAR)
    with pytest.raises(UserError, match="已定稿"):
        unlock(book, YEAR, "更正")
    with pytest.raises(UserError, match="请写明原因"):
        unfinalise(book, YEAR, " \n ")
    change = unfinalise(book, YEAR, "财政退回\n更正附表")
    assert change.label == "2023年度反定稿：财政退回 更正附表"
    book = book.apply(change)
    assert book.year(YEAR).state == YearState.LOCKED
    with pytest.raises(UserError, match="请写明原因"):
        unlock(book, YEAR, "")
    change = unlock(book, YEAR, "补记一笔支出")
    assert change.label == "解除2023年度资金锁定：补记一笔支出"
    book = book.apply(change)
    assert book.year(YEAR).state == YearState.OPEN and not book.year(YEAR).seal


def test_the_lock_state_itself_may_change() -> None:
    book = do(settled(), lock, NONE, YEAR)
    for change in (unlock(book, YEAR, "原因"), finalise(book, NONE, YEAR)):
        assert not all_rules().edits(book, book.apply(change), change)
    final = do(book, finalise, NONE, YEAR)
    change = unfinalise(final, YEAR, "原因")
    assert not all_rules().edits(final, final.apply(change), change)


def test_a_single_month_is_locked_and_unlocked_with_a_reason() -> None:
    book = do(do(settled(), lock_month, YEAR, 6), lock_month, YEAR, 1)
    assert book.year(YEAR).locked_months == "1,6"
    (held,) = book.payments(YEAR, book.projects(YEAR)[0].project)
    (finding,) = edited(book, commands.set_payment(book, held.id, amount=1), "B-001")
    assert "2023年6月已锁定" in says(finding) and "红字" in finding.remedy
    assert edited(book, commands.set_payment(book, held.id, date="2023-07-01"), "B-001")
    assert not edited(book, commands.reverse_payment(book, held.id, "2023-07-03"), "B-001")
    assert edited(book, commands.reverse_payment(book, held.id, "2023-06-03"), "B-001")
    with pytest.raises(UserError, match="请写明原因"):
        unlock_month(book, YEAR, 6, "")
    book = do(book, unlock_month, YEAR, 6, "更正")
    assert locked_months(book.year(YEAR)) == {1}
    assert not edited(book, commands.set_payment(book, held.id, amount=1), "B-001")


def test_a_year_that_is_not_there_cannot_be_locked() -> None:
    for act in (lambda: lock(with_year(), NONE, 2030), lambda: lock_month(with_year(), 2030, 1)):
        with pytest.raises(UserError, match="没有2030年度"):
            act()
