"""The verb ``import``: what it prints, its JSON, its exit codes."""

import json
from pathlib import Path

import pytest

from core import commands
from core.cli import FAILED, FOUND, WELL, main
from core.ledger import Ledger
from core.model import Payment
from tests.builders import on_disk
from tests.core.intake.ugly import HEAD, LINES, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ysz"
    ledger = on_disk(path)
    ledger.commit(commands.add_project(ledger.book, 2023, "三八活动"))
    ledger.close()
    return path


def held(path: Path) -> list[Payment]:
    ledger = Ledger.open(path, readonly=True)
    found = list(ledger.book.all(Payment))
    ledger.close()
    return found


def test_a_dry_run_as_json_stores_nothing(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["单位：元"], HEAD, *LINES, ("待定", *LINES[0][1:]), ["合　计", None, None, None, None, 22000.49]]
    source = write(tmp_path / "支付.xlsx", rows)
    assert main(["import", str(file), str(source), "--dry-run", "--json"]) == FOUND
    data = json.loads(capsys.readouterr().out)
    assert (data["sheet"], data["header_rows"], data["unit"]) == ("支付明细", [2], "元")
    assert data["mapping"]["支付金额（元）"] == "amount" and data["mapping"]["支付日期"] == "date"
    assert data["rows"] == {"read": 5, "new": 3, "duplicate": 0, "doubtful": 1, "skipped": 1}
    assert (data["total"], data["sheet_total"]) == (2_320_099, 2_200_049)
    assert data["doubts"] == [{"row": 6, "column": "支付日期", "text": "待定", "reason": "不是日期", "stored": False}]
    assert data["skipped"] == [{"row": 7, "reason": "合计行"}]
    first = data["records"][0]
    assert list(first)[:9] == ["row", "date", "amount", "project", "payee", "purpose", "voucher", "document", "kind"]
    assert (first["row"], first["date"], first["amount"], first["project"]) == (3, "2023-03-08", 120_050, "三八活动")
    assert len(held(file)) == 1


def test_it_stores_what_it_said_and_the_second_time_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "支付.xlsx", [HEAD, *LINES])
    assert main(["import", str(file), str(source)]) == WELL
    assert "已导入3行" in capsys.readouterr().out
    assert len(held(file)) == 4
    assert main(["import", str(file), str(source)]) == WELL
    assert "重复3行" in capsys.readouterr().out
    assert len(held(file)) == 4


def test_project_unit_year_sheet_and_kind_are_told(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("日期", "收款人", "用途", "金额"), ("3月8日", "示例文印店", "印制", 0.12)]
    source = write(tmp_path / "支付.xlsx", rows, name="一季度")
    words = ["import", str(file), str(source), "--as", "payments", "--sheet", "一季度", "--year", "2023"]
    assert main([*words, "--project", "三八活动"]) == FAILED
    assert "--unit" in capsys.readouterr().err
    assert main([*words, "--project", "三八活动", "--unit", "万元"]) == WELL
    assert held(file)[-1].amount == 120_000
    capsys.readouterr()
    assert main([*words, "--project", "没有的"]) == FAILED
    assert "没有项目“没有的”，有：业务性专项经费、三八活动" in capsys.readouterr().err


def test_unknown_projects_are_made_when_asked(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "支付.xlsx", [HEAD, (*LINES[0][:4], "新项目", 5)])
    assert main(["import", str(file), str(source)]) == FOUND
    assert "台账中没有的项目：新项目" in capsys.readouterr().out
    assert main(["import", str(file), str(source), "--create"]) == WELL
    assert "已新建项目：新项目" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["无.xlsx"], "找不到文件"),
        (["说明.csv"], "没有找到"),
        (["说明.csv", "--as", "别的"], "没有"),
        (["说明.csv", "--sheet", "没有"], "没有工作表"),
    ],
)
def test_errors_are_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    (tmp_path / "说明.csv").write_text("填表说明\n请如实填写\n", encoding="utf-8")
    assert main(["import", str(file), str(tmp_path / words[0]), *words[1:]]) == FAILED
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1 and said in shown.err


def test_a_locked_month_refuses_the_whole_import(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger.open(file)
    ledger.commit(commands.set_year(ledger.book, 2023, locked_months="3"))
    ledger.close()
    assert main(["import", str(file), str(write(tmp_path / "支付.xlsx", [HEAD, *LINES]))]) == FAILED
    assert "3月已锁定" in capsys.readouterr().err
    assert len(held(file)) == 1
