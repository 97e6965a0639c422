"""Hand-over on the command line: one file with or without a password, and the whole pack."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from core import encrypted
from core.cli import FAILED, FOUND, WELL, main
from core.ledger import Ledger
from tests.builders import on_disk
from tests.core.test_cli_backup import refused, said

PASSWORD = "移交2026，请保管"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "_LOG_N", 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "账.ysz").close()
    return tmp_path / "账.ysz"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    (tmp_path / "密码.txt").write_text(PASSWORD + "\n第二行不算\n", encoding="utf-8")
    return tmp_path / "密码.txt"


def test_one_file_and_its_check_value(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(path), str(tmp_path / "u"), "--hand-over"]) == WELL
    told = said(capsys)
    [file] = (tmp_path / "u").glob("*.ysz")
    assert f"交接文件：{file}" in told and "校验码：" in told
    assert main(["backup", str(path), str(tmp_path / "v"), "--hand-over", "--json"]) == WELL
    found = json.loads(said(capsys))
    assert found["sha256"].startswith(Path(found["file"]).stem[-12:]) and found["encrypted"] is False
    assert main(["backup", str(path), str(tmp_path / "w"), "--hand-over", "--dry-run"]) == WELL
    assert "可以制作" in said(capsys) and not (tmp_path / "w").exists()


def test_with_a_password_there_and_back(
    path: Path, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(path), str(tmp_path / "u"), "--hand-over", "--password-file", str(secret)]) == WELL
    assert PASSWORD not in said(capsys)
    [file] = (tmp_path / "u").glob("*.ysz")
    new = tmp_path / "新.ysz"
    assert main(["restore", str(file), str(new), "--password-file", str(secret), "--dry-run"]) == WELL
    assert "可以恢复" in said(capsys) and not new.exists()
    assert main(["restore", str(file), str(new), "--password-file", str(secret), "--json"]) == WELL
    assert json.loads(said(capsys))["contents"]["payments"] == 1
    with closing(Ledger.open(path, readonly=True)) as ledger, closing(Ledger.open(new, readonly=True)) as other:
        assert list(ledger.book.records()) == list(other.book.records())


def test_what_is_wrong_with_a_password_is_said(
    path: Path, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["backup", str(path), str(tmp_path / "u"), "--hand-over", "--password-file", str(secret)])
    said(capsys)
    [file] = (tmp_path / "u").glob("*.ysz")
    new = tmp_path / "新.ysz"
    wrong, empty = tmp_path / "错.txt", tmp_path / "空.txt"
    wrong.write_text("not the password", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115 (no terminal)
    assert "--password-file" in refused(capsys, "restore", file, new)
    assert "密码不正确" in refused(capsys, "restore", file, new, "--password-file", wrong)
    assert "是空的" in refused(capsys, "restore", file, new, "--password-file", empty)
    assert "无法读取密码文件" in refused(capsys, "restore", file, new, "--password-file", tmp_path / "gone")
    assert "--hand-over" in refused(capsys, "backup", path, tmp_path / "b", "--password-file", secret)
    assert "输入密码打开" in refused(capsys, "check", file)
    assert not new.exists() and not (tmp_path / "b").exists()


def test_the_pack_and_its_check(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hand-over", str(path), str(tmp_path / "u"), "--giver", "甲"]) in (WELL, FOUND)
    assert "交接清单.pdf" in said(capsys)
    [pack] = (tmp_path / "u").iterdir()
    assert main(["verify", str(pack)]) == WELL
    assert said(capsys) == "交接包完整，所有文件与交接时相同。\n"
    code = main(["hand-over", str(path), str(tmp_path / "v"), "--json"])
    found = json.loads(said(capsys))
    assert (code == FOUND) == bool(found["errors"]) and len(found["files"]) == 5
    (pack / "台账" / "账.ysz").unlink()
    assert main(["verify", str(pack), "--json"]) == FOUND
    assert json.loads(said(capsys)) == {"good": False, "problems": ["缺少文件：台账/账.ysz"]}
    assert "没有1999年度" in refused(capsys, "hand-over", path, tmp_path / "w", "--year", "1999")
    assert "不是交接包" in refused(capsys, "verify", tmp_path / "w")
    assert main(["hand-over", str(tmp_path / "gone.ysz"), str(tmp_path / "w")]) == FAILED
