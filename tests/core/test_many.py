"""多单位汇总 over folders with everything that can be in them: figures, problems, duplicates, and files left alone."""

import hashlib
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core import commands, many
from core.balance import unit_balance
from core.change import Change, Diff
from core.database import connect
from core.errors import UserError
from core.i18n import _
from core.jobs import Cancelled, Progress
from core.ledger import Ledger
from core.many import in_order, ledgers_in, narrowed, overview, total
from core.many_look import look
from core.many_tables import files_table, findings_table, projects_table, rate_of, sum_words
from core.model import Year
from core.review import review
from tests.builders import WAN, YEAR, on_disk

DATA = Path(__file__).parent / "data"
TODAY = date(2024, 1, 20)


def unit_file(path: Path, name: str, code: str = "", spent: int = 0) -> Path:
    """A ledger of a unit of this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ledger = on_disk(path)
    held = ledger.book.unit_year(YEAR)
    ledger.commit(Change("更名", (Diff(held, replace(held, name=name)),)))
    unit = ledger.book.unit
    ledger.commit(Change("代码", (Diff(unit, replace(unit, code=code)),)))
    if spent:
        where = ledger.book.projects(YEAR)[0].project
        ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-05-01", spent))
    ledger.close()
    return path


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files, one of them below, and one of each kind that is not."""
    place = tmp_path / "各单位"
    unit_file(place / "甲.ysz", "示范区档案馆", "019101")
    unit_file(place / "下属" / "乙.YSZ", "示范区文化馆", "019102", 10_000)
    shutil.copy(DATA / "version1.ysz", place / "旧一.ysz")
    shutil.copy(DATA / "version2.ysz", place / "旧二.ysz")
    (place / "外来.ysz").write_text("不是台账", encoding="utf-8")
    (place / "空.ysz").touch()
    (place / "损坏.ysz").write_bytes((place / "甲.ysz").read_bytes()[:20_000])
    with sqlite3.connect(shutil.copy(place / "甲.ysz", place / "更新.ysz")) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    (place / _("备份")).mkdir()
    shutil.copy(place / "甲.ysz", place / _("备份") / "甲_20231231_173005.ysz")
    (place / "说明.txt").write_text("不是台账", encoding="utf-8")
    return place


def row_of(found: many.Overview, name: str) -> many.FileRow:
    return next(row for row in found.rows if row.path.name == name)


def test_every_file_is_a_row_and_nothing_is_changed(folder: Path) -> None:
    before = digests(folder)
    found = overview(folder, None, TODAY)
    assert digests(folder) == before
    names = {row.path.name for row in found.rows}
    assert names == {"甲.ysz", "乙.YSZ", "旧一.ysz", "旧二.ysz", "外来.ysz", "空.ysz", "损坏.ysz", "更新.ysz"}
    good = {row.path.name for row in found.counted}
    assert good == {"甲.ysz", "乙.YSZ", "旧一.ysz", "旧二.ysz"}
    words = {row.path.name: row.problem for row in found.rows if row.problem}
    assert "不是单位预算台账的文件" in words["外来.ysz"] and "不是单位预算台账的文件" in words["空.ysz"]
    assert "已损坏" in words["损坏.ysz"] and "更新版本" in words["更新.ysz"]
    assert "旧版本" in row_of(found, "旧一.ysz").remark and "旧版本" in row_of(found, "旧二.ysz").remark
    assert row_of(found, "旧一.ysz").sums == row_of(found, "旧二.ysz").sums
    assert found.has_errors


def test_figures_are_those_of_the_open_file(folder: Path) -> None:
    row = look(folder / "下属" / "乙.YSZ", YEAR, TODAY)
    ledger = Ledger.open(row.path, readonly=True)
    try:
        balance, found = unit_balance(ledger.book, YEAR), review(ledger.book, ledger.findings, YEAR, TODAY)
        last = ledger.last_line()
    finally:
        ledger.close()
    assert (row.sums.budget, row.sums.spent) == (balance.budget, balance.spent) == (3 * WAN, 2_080_000)
    assert (row.sums.recovered, row.sums.carried) == (balance.recovered, balance.carried)
    assert row.sums.undisposed == balance.undisposed == -10_000
    assert (row.errors, row.warnings) == (found.errors, found.warnings)
    assert [one.rule for one in row.findings] == [item.rule.id for item in found.open]
    assert last and row.changed == last.at
    assert (row.unit, row.code, row.year, row.state_label) == ("示范区文化馆", "019102", YEAR, "执行中")
    assert rate_of(row.sums) == "69.33%"
    assert [(one.name, one.sums.spent) for one in row.projects] == [("业务性专项经费", 2_080_000)]


def test_sum_and_words_about_it(folder: Path) -> None:
    found = overview(folder, None, TODAY)
    whole = total(found.rows)
    assert whole.budget == 4 * 3 * WAN and whole.spent == 4 * 2_070_000 + 10_000
    words = sum_words(found.rows)
    assert "4个文件" in words and "4个没有数据" in words and "可能重复的2个" in words


def test_a_year_that_is_not_there_is_said_and_not_counted(folder: Path) -> None:
    row = look(folder / "甲.ysz", 2019, TODAY)
    assert not row.has_figures and not row.problem and row.state_label == "无此年度"
    assert "2023" in row.remark and row.unit == "示范区档案馆"
    assert total([row]).budget == 0


def test_the_same_unit_and_year_twice_is_marked(tmp_path: Path) -> None:
    unit_file(tmp_path / "一.ysz", "示范区档案馆", "019101")
    unit_file(tmp_path / "二.ysz", "示范区国家档案馆", "019101")  # by its code
    unit_file(tmp_path / "三.ysz", "示范区国家档案馆")  # by its name
    unit_file(tmp_path / "四.ysz", "示范区文化馆", "019102")
    twins = {row.path.name: row.twin for row in overview(tmp_path, None, TODAY).rows}
    assert twins["一.ysz"] == "二.ysz" and twins["二.ysz"] == "一.ysz" and twins["三.ysz"] == "二.ysz"
    assert twins["四.ysz"] == ""


def test_a_file_in_use_is_read_and_says_by_whom(tmp_path: Path) -> None:
    path = unit_file(tmp_path / "甲.ysz", "示范区档案馆")
    ledger = Ledger.open(path)
    try:
        row = look(path, None, TODAY)
        assert row.has_figures and "正在被使用" in row.remark and "·" in row.remark
        where = ledger.book.projects(YEAR)[0].project
        ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-05-01", 100))  # it is not in the way
    finally:
        ledger.close()
    assert look(path, None, TODAY).remark == ""
    (tmp_path / "甲.ysz.lock").write_text(" 已经退出", encoding="utf-8")  # a crash leaves it behind
    assert look(path, None, TODAY).remark == ""


def test_a_file_another_program_holds_altogether_is_said(tmp_path: Path) -> None:
    path = unit_file(tmp_path / "甲.ysz", "示范区档案馆")
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        row = look(path, None, TODAY)
    finally:
        other.close()
    assert "正被另一个程序使用" in row.problem
    assert look(path, None, TODAY).has_figures


def test_a_half_saved_file_is_read_from_a_copy(tmp_path: Path) -> None:
    """What SQLite would put right in place is put right in a copy."""
    path = unit_file(tmp_path / "甲.ysz", "示范区档案馆")
    connection = connect(path)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE payment SET amount = 1")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", ((f"k{n}", "x" * 2000) for n in range(200)))
    crashed = tmp_path / "断电" / "甲.ysz"
    crashed.parent.mkdir()
    for name in ("甲.ysz", "甲.ysz-journal"):
        shutil.copy(tmp_path / name, crashed.parent / name)
    connection.execute("ROLLBACK")
    connection.close()
    before = digests(crashed.parent)
    row = look(crashed, None, TODAY)
    assert digests(crashed.parent) == before
    assert row.sums.spent == 2_070_000 and "没有正常保存" in row.remark


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_what_may_not_be_read_is_said(folder: Path) -> None:
    (folder / "甲.ysz").chmod(0)
    (folder / "下属").chmod(0)
    try:
        found = overview(folder, None, TODAY)
    finally:
        (folder / "下属").chmod(0o755)
    assert "权限" in row_of(found, "甲.ysz").problem
    assert "下属" in found.problems[0] and "权限" in found.problems[0]


def test_folders_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件夹"):
        ledgers_in(tmp_path / "没有")
    (tmp_path / "文件").touch()
    with pytest.raises(UserError, match="不是文件夹"):
        ledgers_in(tmp_path / "文件")
    assert ledgers_in(tmp_path) == ([], [])


def test_worker_processes_find_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = overview(folder, YEAR, TODAY)
    monkeypatch.setattr(many, "FEW", 0)
    monkeypatch.setattr(many.os, "cpu_count", lambda: 2)
    told: list[tuple[int, int]] = []
    assert overview(folder, YEAR, TODAY, Progress(lambda done, all_: told.append((done, all_)))) == alone
    assert told[-1] == (8, 8)


def test_it_can_be_cancelled(folder: Path) -> None:
    progress = Progress(lambda done, _total: progress.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        overview(folder, None, TODAY, progress)


def test_a_broken_seal_counts_as_an_error(tmp_path: Path) -> None:
    path = unit_file(tmp_path / "甲.ysz", "示范区档案馆")
    before = look(path, None, TODAY).errors
    ledger = Ledger.open(path)
    record = next(iter(ledger.book.all(Year)))
    ledger.commit(Change("假封存", (Diff(record, replace(record, state="locked", seal="{}")),)))
    ledger.close()
    row = look(path, None, TODAY)
    assert row.state_label == "资金锁定" and row.errors >= before + 1 and "封存校验不符" in row.remark


def test_order_and_filter(folder: Path) -> None:
    rows = overview(folder, None, TODAY).rows
    falling = in_order(rows, "spent", True)
    assert falling[0].path.name == "乙.YSZ" and not any(row.has_figures for row in falling[4:])
    rising = in_order(rows, "spent", False)
    assert rising[3].path.name == "乙.YSZ" and not any(row.has_figures for row in rising[4:])
    assert in_order(rows, "", False) == list(rows)
    assert [row.path.name for row in narrowed(rows, "文化馆 执行中")] == ["乙.YSZ"]
    assert len(narrowed(rows, "无法读取")) == 4


def test_tables(folder: Path) -> None:
    found = overview(folder, None, TODAY)
    table = files_table(found, found.rows)
    headings = [column.heading for column in table.columns]
    assert all(len(row) == len(headings) for row in table.rows)
    budget = headings.index("全年预算")
    *files, whole = table.rows
    assert whole[0] == "合计" and whole[budget] == sum(row[budget] or 0 for row in files) == 12 * WAN
    assert "下属/乙.YSZ" in {row[0] for row in files}
    projects = projects_table(found, found.rows)
    assert len(projects.rows) == 4 and {row[3] for row in projects.rows} == {"业务性专项经费"}
    listed = findings_table(found, found.rows)
    assert len(listed.rows) == sum(len(row.findings) for row in found.rows) + 4
    assert {row[0] for row in listed.rows} >= {"示范区文化馆", ""}
