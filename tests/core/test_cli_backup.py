"""The verbs export, restore and backup: what they write and print, and what they refuse in one line."""

import json
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from core import commands
from core.book import Book
from core.cli import FAILED, WELL, main
from core.ledger import Ledger
from tests.builders import YEAR, on_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "账.ysz").close()
    return tmp_path / "账.ysz"


def book_of(path: Path) -> Book:
    with closing(Ledger.open(path, readonly=True)) as ledger:
        return ledger.book


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on standard output, and nothing on standard error."""
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def refused(capsys: pytest.CaptureFixture[str], *argv: object) -> str:
    """The one line on standard error."""
    assert main([str(one) for one in argv]) == FAILED
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1
    return shown.err


def test_out_to_a_workbook_and_back(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook, new = tmp_path / "账.xlsx", tmp_path / "新.ysz"
    assert main(["export", str(path), str(workbook)]) == WELL
    assert said(capsys).startswith(f"已导出到“{workbook}”：单位 1、单位信息 1、年度 1、")
    assert main(["restore", str(workbook), str(new)]) == WELL
    assert said(capsys).startswith(f"已恢复为“{new}”：单位 1、")
    assert book_of(new) == book_of(path)
    assert main(["verify", str(new)]) == WELL
    assert "未通过" not in said(capsys)


def test_json_and_dry_runs(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook, new = tmp_path / "账.xlsx", tmp_path / "新.ysz"
    for options in (["--dry-run"], []):
        assert main(["export", str(path), str(workbook), "--json", *options]) == WELL
        exported = json.loads(said(capsys))
        assert exported["rows"]["支出"] == 1 and exported["line"] == 6 and len(exported["digest"]) == 64
        assert exported["written"] is workbook.exists() is not bool(options)
    for options in (["--dry-run"], []):
        assert main(["restore", str(workbook), str(new), "--json", *options]) == WELL
        restored = json.loads(said(capsys))
        assert restored["rows"] == exported["rows"] and restored["altered"] is False and restored["notes"] == []
        assert restored["exported"]["digest"] == exported["digest"]
        assert restored["written"] is new.exists() is not bool(options)
    for options in (["--dry-run"], []):
        assert main(["backup", str(path), str(tmp_path / "b"), "--json", *options]) == WELL
        made = json.loads(said(capsys))
        assert made["contents"]["payments"] == 1 and made["contents"]["years"] == [YEAR]
        assert made["written"] is Path(made["file"]).exists() is not bool(options) and bool(made["size"]) != bool(
            options
        )


def test_an_edited_workbook_says_so(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = tmp_path / "账.xlsx"
    main(["export", str(path), str(workbook)])
    edited = openpyxl.load_workbook(workbook)
    edited["年度"]["H2"].value = "改过"
    edited.save(workbook)
    said(capsys)
    assert main(["restore", str(workbook), str(tmp_path / "新.ysz")]) == WELL
    assert "工作簿在导出后被修改过，恢复的是修改后的内容。" in said(capsys)
    year = book_of(tmp_path / "新.ysz").year(YEAR)
    assert year is not None and year.note == "改过"


def test_a_backup_comes_back(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(path), str(tmp_path / "b")]) == WELL
    [backup] = (tmp_path / "b").iterdir()
    assert said(capsys) == f"已备份到“{backup}”：示范区妇女联合会，{YEAR}年度，1个项目、1笔支出。\n"
    with closing(Ledger.open(path)) as ledger:
        before = list(ledger.book.records())
        ledger.commit(commands.set_year(ledger.book, YEAR, note="后来"))
    assert "--replace" in refused(capsys, "restore", backup, path)
    assert main(["restore", str(backup), str(path), "--replace", "--dry-run", "--json"]) == WELL
    assert json.loads(said(capsys))["kept"] == ""
    assert main(["restore", str(backup), str(path), "--replace"]) == WELL
    told = said(capsys)
    [kept] = (tmp_path / "备份").iterdir()
    assert f"恢复前的内容留存在“{kept}”。" in told and list(book_of(path).records()) == before
    assert main(["restore", str(kept), str(tmp_path / "旧.ysz")]) == WELL
    year = book_of(tmp_path / "旧.ysz").year(YEAR)
    assert year is not None and year.note == "后来"


def test_backups_on_the_command_line_remove_nothing(path: Path, tmp_path: Path) -> None:
    for _number in range(12):
        assert main(["backup", str(path), str(tmp_path / "b")]) == WELL
    assert len(list((tmp_path / "b").iterdir())) == 12


def test_what_cannot_be_done_is_said_in_one_line(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, foreign = tmp_path / "账.xlsx", tmp_path / "foreign.xlsx"
    main(["export", str(path), str(workbook)])
    foreign.write_text("项目,金额\n")
    said(capsys)
    assert "已经存在" in refused(capsys, "restore", workbook, path)
    assert "--replace" in refused(capsys, "restore", workbook, path, "--replace")
    assert ".xlsx" in refused(capsys, "export", path, tmp_path / "a.csv")
    assert "不是本程序导出" in refused(capsys, "restore", foreign, tmp_path / "x.ysz")
    assert "找不到" in refused(capsys, "restore", tmp_path / "gone.xlsx", tmp_path / "x.ysz")
    assert "找不到" in refused(capsys, "restore", tmp_path / "gone.ysz", tmp_path / "x.ysz")
    assert "找不到" in refused(capsys, "backup", tmp_path / "gone.ysz", tmp_path / "b")
    assert "不能写入" in refused(capsys, "backup", path, foreign)
    assert "无法写入" in refused(capsys, "export", path, tmp_path / "no" / "a.xlsx")
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\x5a" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    for options in ([], ["--dry-run"]):
        assert "已损坏" in refused(capsys, "backup", path, tmp_path / "b", *options)
        assert "已损坏" in refused(capsys, "export", path, tmp_path / "b.xlsx", *options)
    assert not (tmp_path / "x.ysz").exists() and not (tmp_path / "b.xlsx").exists()
