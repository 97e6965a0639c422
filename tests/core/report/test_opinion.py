"""核查意见: what was found with its place, what was worked out, what is not checked; and a document as plain text."""

from datetime import date
from pathlib import Path

import pytest

from core.checked_reports import check_text
from core.ledger import Ledger
from core.report.model import Table
from core.report.opinion import UNCHECKED, findings_text, opinion, verdict
from core.report.plain_text import plain_text
from core.report.submission import submission
from core.report_files import write_document
from core.sample import SHOWN_YEAR, build_sample

TEXT = (
    "示范区教育局2023年度自评报告\n"
    "2023年支出10.00万元，其中基本支出8.00万元，项目支出2.05万元。\n走访36户，走访走访群众。"
)


def words(document) -> str:
    return plain_text(document)


def test_the_opinion_names_everything() -> None:
    checked = check_text("教育局.docx", TEXT)
    document = opinion(checked, date(2026, 11, 24))
    text = words(document)
    for said in ("教育局.docx", "2026年11月24日", "示范区教育局", "2023年度", "第2行", "相差0.05万元", "0.01万元"):
        assert said in text, said
    assert all(line in text for line in UNCHECKED)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == 3 and len(tables[1].rows) == len(checked.audit.doubts)


def test_nothing_found_is_said() -> None:
    checked = check_text("报告", "2023年支出10万元，其中基本支出8万元，项目支出2万元。")
    assert verdict(checked).startswith("没有发现问题。文中数字：复算正确3个")
    assert "没有发现问题。" in words(opinion(checked, date(2026, 1, 1)))


def test_findings_as_text() -> None:
    lines = findings_text(check_text("报告", TEXT)).splitlines()
    assert "错误1项" in lines[0]
    assert lines[1].startswith("1．【错误】第2行“2023年支出10.00万元，其中")


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "html"])
def test_every_format(tmp_path: Path, suffix: str) -> None:
    from datetime import datetime

    target = tmp_path / f"意见.{suffix}"
    write_document(opinion(check_text("报告", TEXT), date(2026, 1, 1)), target, datetime(2026, 1, 1))
    assert target.stat().st_size > 1000


def test_the_units_own_report_as_text(tmp_path: Path) -> None:
    ledger: Ledger = build_sample(tmp_path / "示例.ysz")
    text = plain_text(submission(ledger.book, SHOWN_YEAR, traced=False))
    ledger.close()
    found = check_text("本单位", text)
    assert found.unit == "示范区妇女联合会" and found.year == SHOWN_YEAR
    rules = {one.rule for one in found.audit.doubts if one.severity == "error"}
    assert {"T-01", "C-042", "C-046", "C-050", "C-051"} <= rules
    assert "预算收入101.09万元" in text and " | " in text
