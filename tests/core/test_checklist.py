"""The checklist of the year's end says what is left, in order, and where."""

from datetime import date

from core import commands
from core.book import Book
from core.carrying import carry_over
from core.checklist import Step, StepState, checklist
from core.closing import dispose, finalise, lock, proposals
from core.draft import Draft
from core.model import Commitment, CommitmentState, Indicator
from core.next_year import open_next_year
from core.policy import policy_text
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import all_rules

LATER = date(2024, 1, 20)


def listed(book: Book, year: int = YEAR) -> dict[str, Step]:
    findings = all_rules().check(book, (y.year for y in book.years()))
    return {step.key: step for step in checklist(book, findings, year, LATER)}


def busy() -> tuple[Book, int]:
    """A year with something left at most steps."""
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", 3 * WAN), where, WAN)
    draft = Draft(book)
    draft.add(Commitment(id=0, year=YEAR, project=where, date="2023-11-01", amount=500))
    draft.add(Indicator(id=0, year=YEAR, about=where, name="会议次数", taken_over=True))
    book = book.apply(draft.change(""))
    for item in ("预算收入", "年初预算", "调整追加"):
        book = do(book, commands.state, YEAR, item, WAN)
    return book, where


def test_the_steps_stand_in_the_order_an_officer_works() -> None:
    assert list(listed(busy()[0])) == [
        "taken_over",
        "carried_in",
        "commitments",
        "undisposed",
        "reasons",
        "questions",
        "errors",
        "lock",
        "next_year",
        "carried_out",
        "sections",
        "final",
    ]


def test_each_step_says_how_much_is_left_and_where() -> None:
    book, where = busy()
    steps = listed(book)
    assert steps["taken_over"].count == 1 and steps["taken_over"].about.kind == "indicator"
    assert steps["carried_in"].state == StepState.DONE and "没有上年度" in steps["carried_in"].detail
    assert "1笔在途，共5.00元" in steps["commitments"].detail and steps["commitments"].about.kind == "commitment"
    assert "1项资金没有处置，共20,000.00元" in steps["undisposed"].detail and steps["undisposed"].about.id == where
    assert steps["reasons"].state == StepState.TODO and steps["reasons"].about.id == where
    assert steps["errors"].count and steps["errors"].state == StepState.TODO
    assert steps["lock"].state == StepState.BLOCKED
    assert steps["next_year"].state == StepState.TODO
    assert steps["carried_out"].state == StepState.BLOCKED
    assert steps["sections"].count and steps["sections"].about.kind == "section"
    assert steps["final"].state == StepState.BLOCKED and "先锁定资金" in steps["final"].detail


def test_the_steps_are_done_one_after_the_other() -> None:
    book, _where = busy()
    book = do(book, dispose, YEAR, proposals(book, YEAR))
    draft = Draft(book)
    for commitment in book.all(Commitment):
        draft.replace(commitment, state=CommitmentState.DROPPED)
    book = book.apply(draft.change(""))
    steps = listed(book)
    assert steps["undisposed"].state == steps["commitments"].state == StepState.DONE
    assert steps["lock"].state == StepState.TODO and steps["lock"].detail == "可以锁定"
    book = do(book, open_next_year, YEAR, policy_text())
    steps = listed(book)
    assert steps["next_year"].state == StepState.DONE
    assert "1项结转没有带入，合计相差20,000.00元" in steps["carried_out"].detail
    assert steps["carried_out"].state == StepState.TODO
    assert listed(book, YEAR + 1)["carried_in"].state == StepState.TODO
    book = do(book, carry_over, YEAR)
    assert listed(book)["carried_out"].state == StepState.DONE
    assert listed(book, YEAR + 1)["carried_in"].state == StepState.DONE
    assert listed(book, YEAR + 1)["taken_over"].count
    findings = all_rules().check(book, [YEAR])
    book = do(book, lock, findings, YEAR)
    steps = listed(book)
    assert steps["lock"].state == StepState.DONE and "项错误" in steps["final"].detail
    for item in ("预算收入", "年初预算", "调整追加"):
        book = do(book, commands.unstate, YEAR, item)
    findings = all_rules().check(book, [YEAR])
    for finding in findings.of_year(YEAR):
        if finding.severity == "error":
            key, facts = finding.about.key(), finding.facts()
            book = do(book, commands.waive, YEAR, finding.rule, key, facts, "已核对", LATER)
    assert listed(book)["final"].detail == "可以定稿"
    book = do(book, finalise, findings, YEAR)
    assert listed(book)["final"].state == StepState.DONE


def test_overspending_is_named_and_a_broken_seal_comes_first() -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", WAN), where, 2 * WAN)
    assert "其中1项超支" in listed(book)["undisposed"].detail
    book = do(book, commands.set_year, YEAR, state="locked")
    first = next(iter(listed(book).values()))
    assert first.key == "seal" and first.state == StepState.BLOCKED and "2023年度" in first.detail


def test_a_year_that_is_not_there_has_no_steps() -> None:
    assert not listed(with_year(), 2030)
