"""The verb overview: the table, JSON, files, exit codes."""

import json
from pathlib import Path

import pytest

from core.cli import main
from tests.core.test_many import digests, folder, unit_file

__all__ = ["folder"]  # the fixture


def test_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(folder)
    assert main(["overview", str(folder)]) == 1
    out = capsys.readouterr().out
    assert digests(folder) == before
    head = out.splitlines()[0]
    assert head.split() == ["文件", "单位", "年度", "状态", "全年预算", "实际支出", "执行率", "结转下年", "财政收回",
                            "未处置", "错误", "提醒", "已对账至"]  # fmt: skip
    assert "下属/乙.YSZ" in out and "合计" in out and "金额单位：万元" in out
    assert "损坏.ysz：“损坏.ysz”已损坏" in out


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["overview", str(folder), "--year", "2023", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    files = {one["path"]: one for one in found["files"]}
    assert files["下属/乙.YSZ"]["sums"]["spent"] == 2_080_000 and files["下属/乙.YSZ"]["state"] == "open"
    assert files["损坏.ysz"]["sums"] is None and "已损坏" in files["损坏.ysz"]["problem"]
    assert found["total"]["spent"] == sum(one["sums"]["spent"] for one in found["files"] if one["sums"])


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_files(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    target = tmp_path / f"汇总.{suffix}"
    assert main(["overview", str(folder), "--out", str(target)]) == 1
    assert str(target) in capsys.readouterr().out and target.stat().st_size > 500
    if suffix == "csv":
        text = target.read_text(encoding="utf-8-sig")
        assert "示范区文化馆" in text and "20800.00" in text and text.splitlines()[-1].startswith("合计")


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["overview", str(tmp_path / "没有")]) == 2
    assert "找不到文件夹" in capsys.readouterr().err
    assert main(["overview", str(tmp_path), "--out", "汇总.doc"]) == 2
    assert main(["overview", str(tmp_path), "--year", "12"]) == 2
    assert main(["overview", str(tmp_path)]) == 0  # nothing there, nothing wrong
    path = unit_file(tmp_path / "甲.ysz", "示范区档案馆")
    assert main(["overview", str(tmp_path), "--year", "2019"]) == 0
    assert main(["overview", str(tmp_path)]) == main(["check", str(path)])
