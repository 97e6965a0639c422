"""Reports of many ledgers in one go, and the papers of 多单位汇总."""

from datetime import date, datetime
from pathlib import Path

import pytest

from core.i18n import _
from core.jobs import Cancelled, Progress
from core.many import overview
from core.many_reports import write_reports
from core.report.many import findings_paper, summary_paper
from core.report.model import Table
from core.report_files import write_document
from tests.core.test_many import digests, folder, unit_file

__all__ = ["folder"]  # the fixture
NOW, TODAY = datetime(2024, 1, 20, 9), date(2024, 1, 20)


def test_one_bad_file_stops_no_other(folder: Path, tmp_path: Path) -> None:
    before = digests(folder)
    found = overview(folder, None, TODAY)
    target = tmp_path / "报告"
    batch = write_reports(found, found.rows, target, ["html", "docx"], NOW)
    assert digests(folder) == before
    assert len(batch.written) == 2 * len(found.counted) == len(set(batch.written)) == len(list(target.iterdir()))
    assert all(path.stat().st_size > 1000 for path in batch.written)
    assert len(batch.problems) == 4 and all("：" in problem for problem in batch.problems)
    assert any(problem.startswith("损坏.ysz：") for problem in batch.problems)
    assert "示范区文化馆" in "".join(
        path.read_text(encoding="utf-8") for path in batch.written if path.suffix == ".html"
    )


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    place = tmp_path / "各单位"
    unit_file(place / "甲.ysz", "示范区档案馆")
    unit_file(place / "乙.ysz", "示范区文化馆")
    found = overview(place, None, TODAY)
    (place / "乙.ysz").unlink()
    batch = write_reports(found, found.rows, tmp_path / "报告", ["html"], NOW)
    assert len(batch.written) == 1 and len(batch.problems) == 1
    assert batch.problems[0].startswith("乙.ysz：") and "找不到文件" in batch.problems[0]


def test_it_stops_between_two_files(tmp_path: Path) -> None:
    place = tmp_path / "各单位"
    for name in ("甲", "乙", "丙"):
        unit_file(place / f"{name}.ysz", f"示范区{name}馆")
    found = overview(place, None, TODAY)
    progress = Progress(lambda done, _total: progress.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        write_reports(found, found.rows, tmp_path / "报告", ["html"], NOW, progress)
    assert 1 <= len(list((tmp_path / "报告").iterdir())) <= 2


def test_papers_say_everything(folder: Path, tmp_path: Path) -> None:
    found = overview(folder, None, TODAY)
    summary, findings = (paper(found, found.rows, TODAY) for paper in (summary_paper, findings_paper))
    [table] = [block for block in summary.blocks if isinstance(block, Table)]
    assert len(table.rows) == len(found.rows) + 1
    assert [cell.runs[0].text for cell in table.rows[-1].cells][:6] == ["", _("合计"), "", "", "12.00", "8.29"]
    words = "".join(run.text for run, _anchor in summary.runs())
    assert "已损坏" in words and "可能重复" in words and "2024-01-20" in words
    words = "".join(run.text for run, _anchor in findings.runs())
    for row in found.rows:
        assert (row.unit or row.path.name) in words and row.problem in words
        assert all(one.message in words for one in row.findings)
    for document in (summary, findings):
        for suffix in ("pdf", "xlsx"):
            write_document(document, tmp_path / f"表.{suffix}", NOW)
            assert (tmp_path / f"表.{suffix}").stat().st_size > 3000
