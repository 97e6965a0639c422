"""The verb audit: JSON of the promised form, the same every time, and a page for a terminal."""

import json
from pathlib import Path

import pytest

from core.cli import main

TEXT = "2023年支出10.00万元，其中基本支出8.00万元，项目支出2.05万元。走访36户。"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report), "--json"]) == 1
    first = capsys.readouterr().out
    data = json.loads(first)
    (identity,) = data["identities"]
    assert identity["kind"] == "sum" and identity["figures"] == ["8.00", "2.05", "10.00"]
    assert (identity["difference"], identity["tolerance"], identity["holds"]) == ("0.05", "0.01", False)
    (finding,) = data["findings"]
    assert finding["severity"] == "error" and TEXT[finding["start"] : finding["end"]] == finding["quote"]
    assert main(["audit", str(report), "--json"]) == 1
    assert capsys.readouterr().out == first


def test_page(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report)]) == 1
    shown = capsys.readouterr().out
    assert "分项与合计不符" in shown and "错误 1" in shown
    report.write_text("走访群众，宣传政策。", encoding="utf-8")
    assert main(["audit", str(report)]) == 0
    shown = capsys.readouterr().out
    assert "没有可以核对的数字" in shown and "没有发现问题" in shown


def test_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path / "none.docx")]) == 2
    assert "打不开" in capsys.readouterr().err


def test_a_folder(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report.parent / "坏.docx").write_bytes(b"PK broken")
    assert main(["audit", str(report.parent)]) == 1
    shown = capsys.readouterr().out
    assert "报告.txt" in shown and "有错误" in shown and "已损坏" in shown
    assert main(["audit", str(report.parent), "--json"]) == 1
    lines = json.loads(capsys.readouterr().out)["reports"]
    assert [one["state"] for one in lines] == ["无法核查", "有错误"]
    assert lines[1]["figures"] == 4 and lines[1]["errors"] == 1


def test_a_folder_without_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path)]) == 2
    assert "没有报告文件" in capsys.readouterr().err
