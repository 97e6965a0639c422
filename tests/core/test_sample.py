"""The sample ledger: its figures to the 分, its way through the journal, and what the checks say of it."""

from datetime import date
from pathlib import Path

import pytest

from core.balance import (
    basic_balance,
    class_balance,
    execution_score,
    final_account,
    own_balance,
    project_balance,
    special_balance,
    unit_balance,
)
from core.book import Book
from core.check import Severity
from core.ledger import checker
from core.model import DISPOSITIONS, GIVING, BudgetEvent, Payment, ProjectYear, YearState
from core.money import show_rate, show_wan
from core.outline import outline, shown_text
from core.review import review
from core.sample import YEARS, build_sample, sample_book
from core.verify import verify

WAN = 1_000_000


def wan(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * WAN + int((part + "00")[:2]) * 10_000


def named(book: Book, year: int, name: str) -> ProjectYear:
    return next(row for row in book.project_years(year) if row.name == name)


@pytest.fixture
def book() -> Book:
    return sample_book()


def test_unit_of_2023(book: Book) -> None:
    unit = unit_balance(book, 2023)
    assert unit.budget == wan("105.64")
    assert unit.spent == wan("101.09")
    assert unit.recovered == wan("1.55")
    assert unit.carried == wan("3.00")
    assert unit.undisposed == 0
    rate = unit.rate()
    assert rate is not None
    assert show_rate(rate.numerator, rate.denominator) == "95.69%"
    score = execution_score(unit, 10)
    assert score is not None
    assert round(float(score), 2) == 9.57


def test_final_account_of_2023_on_both_bases(book: Book) -> None:
    paid = final_account(book, 2023)
    assert book.unit.basis == "paid"
    assert (paid.income, paid.initial, paid.adjusted, paid.carry) == (wan("101.09"), wan("69.98"), wan("31.11"), 0)
    assert (paid.basic, paid.special) == (wan("93.98"), wan("7.11"))
    allotted = final_account(book, 2023, "allotted")
    assert (allotted.income, allotted.adjusted, allotted.carry) == (wan("104.09"), wan("34.11"), wan("3.00"))


def test_basic_and_special_of_2023(book: Book) -> None:
    basic = basic_balance(book, 2023)
    assert (basic.initial, basic.supplement, basic.spent) == (wan("63.98"), wan("30.00"), wan("93.98"))
    both = class_balance(book, 2023, "personnel") + class_balance(book, 2023, "public")
    assert both == basic
    assert special_balance(book, 2023).spent == wan("7.11")


@pytest.mark.parametrize(
    ("name", "initial", "supplement", "spent", "recovered", "carried"),
    [
        ("业务性专项经费", "3.00", "0", "2.07", "0.93", "0"),
        ("第五次换届大会费用", "3.00", "0", "0", "0", "3.00"),
        ("“三八”国际妇女节、家庭教育周系列活动", "0", "5.66", "5.04", "0.62", "0"),
    ],
)
def test_projects_of_2023(
    book: Book, name: str, initial: str, supplement: str, spent: str, recovered: str, carried: str
) -> None:
    balance = project_balance(book, 2023, named(book, 2023, name).project)
    shown = (balance.initial, balance.supplement, balance.spent, balance.recovered, balance.carried)
    assert shown == tuple(map(wan, (initial, supplement, spent, recovered, carried)))
    assert balance.undisposed == 0


@pytest.mark.parametrize(
    ("name", "spent"),
    [
        ("妇女儿童服务和宣传活动", "1.86"),
        ("财务代理管理服务费", "0.21"),
        ("妇女节和家庭教育周主题活动", "3.84"),
        ("2022年三八妇女节活动", "0.58"),
        ("清廉家庭主题活动", "0.62"),
    ],
)
def test_sub_projects_of_2023(book: Book, name: str, spent: str) -> None:
    assert own_balance(book, 2023, named(book, 2023, name).project).spent == wan(spent)


def test_stated_figures_of_2023_are_as_published(book: Book) -> None:
    stated = {one.item: show_wan(one.amount) for one in book.stated_all(2023)}
    assert stated == {
        "预算收入": "101.09",
        "年初预算": "69.98",
        "调整追加": "31.14",
        "其他资金": "15.16",
        "支出": "101.09",
        "基本支出": "93.98",
        "项目支出": "7.11",
        "结余结转": "0.00",
    }
    assert all(one.source_table and one.source_column for one in book.stated_all(2023))


@pytest.mark.parametrize("year", [2022, 2024])
def test_other_years_are_disposed_of_and_state_what_the_ledger_says(book: Book, year: int) -> None:
    assert unit_balance(book, year).undisposed == 0
    account = final_account(book, year)
    own = {
        "预算收入": account.income,
        "年初预算": account.initial,
        "调整追加": account.adjusted,
        "其他资金": account.other,
        "支出": account.spent,
        "基本支出": account.basic,
        "项目支出": account.special,
        "结余结转": account.carry,
    }
    assert {one.item: one.amount for one in book.stated_all(year)} == own


def test_what_a_year_carries_over_the_next_one_begins_with(book: Book) -> None:
    for year in YEARS[1:]:
        carried = {row.project: project_balance(book, year - 1, row.project).carried for row in book.projects(year - 1)}
        opened = {row.project: project_balance(book, year, row.project).opening for row in book.projects(year)}
        assert {p: amount for p, amount in carried.items() if amount} == {p: a for p, a in opened.items() if a}
    opening = [e for e in book.all(BudgetEvent) if e.kind == "opening"]
    assert [(e.year, e.origin_year, e.amount) for e in opening] == [(2024, 2023, wan("3.00"))]


def test_no_project_is_spent_beyond_what_it_had_on_that_day(book: Book) -> None:
    for year in YEARS:
        for row in book.projects(year):
            moves: list[tuple[str, int]] = []
            for project in [row.project, *(child.project for child in book.children(year, row.project))]:
                moves += [(e.date, e.amount) for e in book.events(year, project) if e.kind in GIVING]
                moves += [(e.date, -e.amount) for e in book.events(year, project) if e.kind in DISPOSITIONS]
                moves += [(p.date, -p.amount) for p in book.payments(year, project)]
            for day, _amount in moves:
                assert sum(amount for when, amount in moves if when <= day) >= 0, (year, row.name, day)


def test_every_payment_is_on_a_working_day_with_its_codes_and_marked_illustrative(book: Book) -> None:
    for payment in book.all(Payment):
        assert date.fromisoformat(payment.date).weekday() < 5, payment
        assert payment.payee and payment.purpose and payment.voucher
        assert len(payment.functional_code) == 7 and len(payment.economic_code) == 5
        assert "示例" in payment.memo
    vouchers = [(p.year, p.voucher) for p in book.all(Payment)]
    assert len(vouchers) == len(set(vouchers))


def test_basic_money_is_spent_under_the_functional_code_it_was_given_for(book: Book) -> None:
    for year in YEARS:
        row = named(book, year, "人员经费")
        given: dict[str, int] = {}
        for event in book.events(year, row.project):
            given[event.functional_code] = given.get(event.functional_code, 0) + event.amount
        spent: dict[str, int] = {}
        for payment in book.payments(year, row.project):
            spent[payment.functional_code] = spent.get(payment.functional_code, 0) + payment.amount
        assert spent == given


def test_every_entry_and_year_says_what_is_illustrative(book: Book) -> None:
    assert all("示例" in event.memo or event.kind == "opening" for event in book.all(BudgetEvent))
    for year in YEARS:
        record = book.year(year)
        assert record is not None
        assert "示例" in record.note
        assert record.state == YearState.OPEN


def test_the_published_defects_stand_in_the_text_of_2023(book: Book) -> None:
    parts = outline(book, 2023)
    texts = [shown_text(book, 2023, part).text for part in parts]
    whole = "\n".join(texts)
    assert "募集善款87663.43万元，较上年增加26000余元" in whole
    assert "没有请写明“无其他需要说明的情况”。" in texts
    assert "年底追加" in whole
    assert "项目项目" in whole
    assert "[bookmark: _GoBack]" in whole
    assert "5、其他需要说明的情况" in [part.title for part in parts]
    lines = [line for text in texts for line in text.splitlines() if len(line) >= 60]
    assert len(lines) == len(set(lines)) + 1
    assert "2023年预算收入101.09万元，其中年初预算69.98万元，调整追加（减）31.14万元" in whole


def test_every_place_of_the_reports_is_filled(book: Book) -> None:
    for year in YEARS:
        empty = [(part.key, part.title) for part in outline(book, year) if part.mode != "heading" and not part.raw]
        assert not empty, year


def test_the_file_is_proven_and_holds_the_same_book(tmp_path: Path, book: Book) -> None:
    ledger = build_sample(tmp_path / "示例.ysz")
    try:
        assert ledger.book == book
        assert not ledger.undo_label
        labels = [line.label for line in ledger.journal()]
        assert "录入2023年度支出" in labels
        assert len(labels) < 30
    finally:
        ledger.close()
    assert all(proof.good for proof in verify(tmp_path / "示例.ysz"))


def test_the_sample_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "我的台账.ysz"
    path.write_bytes(b"precious")
    with pytest.raises(Exception, match="已经存在"):
        build_sample(path)
    assert path.read_bytes() == b"precious"


def found_in(book: Book, year: int) -> list[tuple[str, str]]:
    """Rule and severity of what is loud (阻止, 错误, 提醒) when the report is written."""
    found = review(book, checker().check(book, YEARS), year, date(year + 1, 3, 1))
    assert not found.todo and not found.waived
    loud = [item for item in found.open if item.finding.severity != Severity.INFO]
    return sorted((item.rule.id, str(item.finding.severity)) for item in loud)


def test_the_checks_find_every_published_defect_of_2023_and_nothing_else(book: Book) -> None:
    errors = ("C-001", "C-042", "C-046", "C-050", "C-051")
    warnings = ("C-005", "C-019", "C-019", "C-021", "C-052", "C-055", "C-056", "C-077")
    expected = [(rule, "error") for rule in errors] + [(rule, "warning") for rule in warnings]
    assert found_in(book, 2023) == sorted(expected)


@pytest.mark.parametrize("year", [2022, 2024])
def test_the_other_years_are_clean(book: Book, year: int) -> None:
    assert found_in(book, year) == []


def test_the_difference_of_income_points_at_two_figures_and_spares_the_third(book: Book) -> None:
    [finding] = [f for f in checker().check(book, [2023]).of_year(2023) if f.rule == "C-001"]
    assert finding.difference == wan("0.03")
    assert {(s.printed, s.should_be) for s in finding.suspects} == {
        (wan("31.14"), wan("31.11")),
        (wan("69.98"), wan("69.95")),
    }
