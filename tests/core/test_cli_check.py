"""Findings on the terminal and as plain data: nothing is lost, and columns line up."""

import io
from dataclasses import replace
from datetime import date

import pytest

from core import commands
from core.book import Book
from core.check import Findings
from core.cli_check import amount_text, findings_data, print_findings
from core.ledger import checker
from core.model import Stated
from core.sample import YEARS, sample_book
from core.terminal import width

LATER = date(2024, 3, 1)


@pytest.fixture(scope="module")
def findings() -> Findings:
    return checker().check(sample_book(), YEARS)


def printed(book: Book, findings: Findings, year: int, today: date = LATER) -> str:
    out = io.StringIO()
    print_findings(book, findings, year, out, today)
    return out.getvalue()


def waived(book: Book, findings: Findings, rule: str, reason: str) -> Book:
    finding = next(f for f in findings.of_year(2023) if f.rule == rule)
    change = commands.waive(book, 2023, rule, finding.about.key(), finding.facts(), reason, LATER)
    return book.apply(change)


def test_a_finding_is_printed_with_figures_difference_tolerance_suspects_and_remedy(findings: Findings) -> None:
    text = printed(sample_book(), findings, 2023)
    assert text.startswith("示范区妇女联合会 2023年度核对结果\n阻止 0  错误 5  提醒 8 ")
    block = text[text.index("错误  C-001") : text.index("错误  C-042")]
    for words in (
        "0.03万元",
        "0.01万元",
        "101.09万元",
        "101.12万元",
        "31.14万元可能应为31.11万元",
        "处理：",
        "填报数“预算收入”",
    ):
        assert words in block, words


def test_columns_of_the_table_line_up(findings: Findings) -> None:
    lines = printed(sample_book(), findings, 2023).splitlines()
    head = next(line for line in lines if line.startswith("级别"))
    column = width(head[: head.index("位置")])
    rows = [line for line in lines if line.startswith(("错误  C", "提醒  C"))]
    assert len(rows) == 13
    for row in rows:
        place = max(row.rfind(f"  {name}") for name in ("填报数", "报告", "项目“")) + 2
        assert width(row[:place]) == column, row


def test_no_line_breaks_a_number_or_begins_with_a_comma(findings: Findings) -> None:
    for line in printed(sample_book(), findings, 2023).splitlines():
        assert not line.strip().startswith(("，", "。", "；", "）", "”"))
        assert not line.rstrip().endswith(("0.", "101."))


def test_a_waived_finding_stands_apart_with_its_reason(findings: Findings) -> None:
    book = waived(sample_book(), findings, "C-021", "大会推迟到下一年度召开")
    text = printed(book, findings, 2023)
    assert "提醒 7" in text and "已说明 1" in text
    assert text.index("已说明\n") < text.index("  C-021") < text.index("理由（2024-03-01）：大会推迟到下一年度召开")
    data = findings_data(book, findings, [2023], LATER)
    [item] = [item for item in data["findings"] if item["waived"]]  # type: ignore[attr-defined]
    assert (item["rule"], item["reason"]) == ("C-021", "大会推迟到下一年度召开")
    assert data["counts"]["warning"] == 7 and data["counts"]["waived"] == 1  # type: ignore[index]


def test_a_waiver_falls_when_its_values_change(findings: Findings) -> None:
    book = waived(sample_book(), findings, "C-001", "决算报表如此")
    assert "已说明 1" in printed(book, findings, 2023)
    stated = next(s for s in book.all(Stated) if (s.year, s.item) == (2023, "调整追加"))
    book = book.apply(commands.state(book, 2023, "调整追加", stated.amount + 10_000))
    assert "已说明 0" in printed(book, checker().check(book, YEARS), 2023)


def test_before_its_stage_a_finding_is_a_to_do(findings: Findings) -> None:
    early = printed(sample_book(), findings, 2023, date(2023, 3, 1))
    assert "待办（" in early
    data = findings_data(sample_book(), findings, [2023], date(2023, 3, 1))
    todo = [item for item in data["findings"] if item["todo"]]  # type: ignore[attr-defined]
    assert todo and data["counts"]["todo"] == len(todo)  # type: ignore[index]
    late = findings_data(sample_book(), findings, [2023], LATER)
    assert len(late["findings"]) == len(data["findings"])  # type: ignore[arg-type]
    assert late["counts"]["todo"] == 0  # type: ignore[index]


def test_plain_data_hold_what_a_script_needs(findings: Findings) -> None:
    data = findings_data(sample_book(), findings, YEARS, LATER)
    first = data["findings"][0]  # type: ignore[index]
    assert {"rule", "severity", "title", "message", "about", "figures", "difference", "tolerance", "suspects",
            "remedy", "waived"} <= set(first)  # fmt: skip
    assert (first["rule"], first["severity"], first["year"]) == ("C-001", "error", 2023)
    assert (first["difference"], first["tolerance"]) == (30_000, 10_000)
    assert {"figure", "printed", "should_be", "why"} == set(first["suspects"][0])
    assert {"label", "amount", "text"} == set(first["figures"][0])
    counts = data["counts"]
    assert isinstance(counts, dict)
    assert (counts["block"], counts["error"], counts["warning"]) == (0, 5, 8)


def test_an_amount_is_shown_in_the_unit_of_its_figures(findings: Findings) -> None:
    finding = next(f for f in findings.of_year(2023) if f.rule == "C-001")
    in_yuan = [replace(shown, unit="元") for shown in finding.figures]
    assert amount_text(30_000, finding.figures) == "0.03万元"
    assert amount_text(30_050, finding.figures) == "300.50元"
    assert amount_text(30_000, in_yuan) == "300.00元"
    assert amount_text(None) == ""
