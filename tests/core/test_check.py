"""What a finding is: due or not, waived or not, worded, weighed by the policy."""

from datetime import date

import pytest

from core import commands
from core.check import Shown, Stage, exact_figures, exact_words, is_due, remedy, stage_of, waiver_of
from core.policy import default_policy_text
from core.rules import BY_ID
from core.sample import sample_book
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import all_rules, found


@pytest.mark.parametrize(
    ("fields", "today", "stage"),
    [
        ({}, date(2023, 3, 1), Stage.ALWAYS),
        ({}, date(2023, 12, 1), Stage.SETTLE),
        ({"settling": True}, date(2023, 11, 1), Stage.SETTLE),
        ({}, date(2024, 1, 1), Stage.REPORT),
        ({"state": "locked"}, date(2023, 12, 31), Stage.REPORT),
        ({}, date(2022, 12, 31), Stage.ALWAYS),
    ],
)
def test_how_far_a_year_has_come(fields: dict[str, object], today: date, stage: Stage) -> None:
    assert stage_of(do(with_year(), commands.set_year, YEAR, **fields), YEAR, today) == stage


def test_in_march_the_sample_is_calm() -> None:
    findings = all_rules().check(sample_book(), [YEAR]).of_year(YEAR)
    due = [f.rule for f in findings if is_due(BY_ID[f.rule], Stage.ALWAYS, f)]
    assert due == ["C-077"]


def test_a_waiver_holds_until_a_value_changes() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, 2 * WAN)
    (finding,) = found(book, "C-019")
    reason, today = "活动推迟", date(2024, 1, 5)
    book = do(book, commands.waive, YEAR, "C-019", finding.about.key(), finding.facts(), reason, today)
    (same,) = found(book, "C-019")
    waiver = waiver_of(book, same)
    assert waiver is not None and waiver.reason == reason
    (moved,) = found(payment(book, where, 1), "C-019")
    assert waiver_of(book, moved) is None


def test_the_policy_weighs_a_rule_but_neither_blocks_nor_milder_cases() -> None:
    policy = default_policy_text()
    milder = "".join(f'"{rule}" = "info"\n' for rule in ("C-077", "C-072", "C-005"))
    policy = policy[: policy.index("[severities]")] + "[severities]\n" + milder
    book = do(sample_book(), commands.set_year, YEAR, policy=policy)
    assert [f.severity for f in found(book, "C-077")] == ["info"]
    assert [f.severity for f in found(book, "C-005")] == ["warning"]  # its milder case, not the error
    where = book.projects(YEAR)[0].project
    book = do(book, commands.add_payment, YEAR, where, "2024-01-01", WAN)
    assert [f.severity for f in found(book, "C-072")] == ["block"]


def test_a_finding_may_know_the_remedy_better_than_its_rule() -> None:
    (finding,) = found(sample_book(), "C-001")
    assert "收入支出决算总表" in remedy(BY_ID["C-001"], finding) != BY_ID["C-001"].remedy
    first = found(sample_book(), "C-046")[0]
    assert remedy(BY_ID["C-046"], first) == BY_ID["C-046"].remedy


def test_figures_of_the_ledger_hide_nothing() -> None:
    assert [one.words for one in exact_figures(("预算", 3 * WAN), ("支出", 2_070_000))] == ["3.00万元", "2.07万元"]
    assert [one.words for one in exact_figures(("预算", 3 * WAN), ("支出", 1))] == ["30,000.00元", "0.01元"]
    assert exact_words(-50) == "-0.50元" and Shown("", 5_660_000).words == "5.66万元"
