"""佐证材料清单: what is listed, in which order, and that it prints in every format."""

from datetime import datetime
from pathlib import Path

import pytest

from core.attached import FORM
from core.book import Book
from core.check import About
from core.model import Attachment
from core.report.annexes import annexes
from core.report.attachment_list import attachment_document, attachment_table
from core.report.choice import Choice
from core.report.model import Table
from core.report_files import write_document
from tests.builders import WAN, YEAR, event, indicator, payment, project, with_year


def listed(table: Table) -> list[list[str]]:
    return [["".join(run.text for run in cell.runs) for cell in row.cells] for row in table.rows]


def book() -> Book:
    made, where = project(with_year(), "业务费")
    made = payment(event(made, where, "initial", 3 * WAN), where, WAN, purpose="会议费")
    made = indicator(made, where)
    spent, given = made.payments(YEAR, where)[0], made.events(YEAR, where)[0]
    [one] = made.indicators(YEAR, where)
    places = [
        About("indicator", one.id),
        About("payment", spent.id),
        About("payment", spent.id),
        About("event", given.id),
    ]
    names = ("签到表.jpg", "发票.pdf", "合同.pdf", "批复.pdf")
    files = [
        Attachment(made.next_id + n, YEAR, about.key(), name, f"{n}" * 64, 2 << 20, "2023-11-24", "原件" * (n == 1))
        for n, (about, name) in enumerate(zip(places, names, strict=True))
    ]
    files.append(Attachment(made.next_id + 9, YEAR, FORM, "表样.xlsx", "f" * 64, 9, "2023-11-24"))
    return Book.of([*made.records(), *files])


def test_files_stand_by_what_they_belong_to() -> None:
    assert listed(attachment_table(book(), YEAR)) == [
        ["1", "预算变动\n2023-01-15 年初预算 30,000.00元", "批复.pdf", "2MB", "2023-11-24", ""],
        ["2", "支出\n2023-06-01 会议费 10,000.00元", "发票.pdf", "2MB", "2023-11-24", "原件"],
        ["合同.pdf", "2MB", "2023-11-24", ""],
        ["3", "绩效指标\n指标“开展宣讲活动场次”", "签到表.jpg", "2MB", "2023-11-24", ""],
        ["合计：4份，8MB"],
    ]
    assert listed(attachment_table(book(), YEAR - 1)) == [["（本年度没有登记佐证材料）"]]


def test_it_is_an_annex_on_request() -> None:
    assert "attachments" not in Choice().annexes
    [annex] = annexes(book(), YEAR, Choice(("attachments",)))
    assert annex.title == "佐证材料清单" and annex.landscape


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "html"])
def test_it_is_written_in_every_format(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"清单.{suffix}"
    write_document(attachment_document(book(), YEAR), target, datetime(2024, 1, 5))
    assert target.stat().st_size > 1000
