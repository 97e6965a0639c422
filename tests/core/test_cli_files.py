"""Files the command line cannot read: each is named in one line, and left as it was."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import database
from core.cli import FAILED, main
from core.sample import build_sample

ROOT = Path(__file__).resolve().parents[2]
READING = ("check", "verify", "journal", "report --year 2023 --out 报告")


@pytest.fixture(scope="module")
def sample_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "示例.ysz"
    build_sample(path).close()
    return path.read_bytes()


@pytest.fixture
def sample(tmp_path: Path, sample_bytes: bytes) -> Path:
    path = tmp_path / "示例.ysz"
    path.write_bytes(sample_bytes)
    return path


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; nothing may stand on standard output."""
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1 and shown.err.endswith("\n")
    assert "Traceback" not in shown.err
    return shown.err.strip()


def text_file(path: Path) -> None:
    path.write_text("这是一份普通的文本文件，只是改了扩展名。" * 20, encoding="utf-8")


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (id INTEGER)")
    connection.close()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("verb", READING)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (text_file, "不是单位预算台账的文件"),
        (foreign, "不是单位预算台账的文件"),
        (damaged, "已损坏"),
        (cut_short, "已损坏"),
        (newer, "更新版本"),
        (missing, "找不到文件"),
    ],
)
def test_bad_files_are_named_and_left_alone(
    sample: Path, capsys: pytest.CaptureFixture[str], verb: str, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(sample)
    name, *more = verb.split()
    before = sample.read_bytes() if sample.exists() else None
    assert main([name, str(sample), *more]) == FAILED
    message = one_line(capsys)
    assert words in message and sample.name in message
    assert (sample.read_bytes() if sample.exists() else None) == before
    assert [path.name for path in sample.parent.iterdir()] == ([sample.name] if before else [])


LOCKING = """
import sys, sqlite3
if sys.argv[1] == "database":
    held = sqlite3.connect(sys.argv[2], isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
else:
    from pathlib import Path
    from core.lock import Lock
    held = Lock(Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held_by(request: pytest.FixtureRequest) -> Iterator[None]:
    how, name = request.param
    path = request.getfixturevalue("tmp_path") / name
    if how == "database":
        path.write_bytes(request.getfixturevalue("sample_bytes"))
    other = subprocess.Popen(
        [sys.executable, "-c", LOCKING, how, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None and other.stdin is not None
    other.stdout.readline()
    yield
    other.stdin.close()
    other.wait(timeout=10)
    other.stdout.close()


@pytest.mark.parametrize("held_by", [("database", "忙.ysz")], indirect=True)
def test_a_file_another_program_writes_is_said_to_be_in_use(
    held_by: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT", 0.05)
    assert main(["check", str(tmp_path / "忙.ysz")]) == FAILED
    assert "正被另一个程序使用" in one_line(capsys)


@pytest.mark.parametrize("held_by", [("lock", "新.ysz")], indirect=True)
def test_a_file_another_program_is_making_is_said_to_be_in_use(
    held_by: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "新.ysz"), "--unit", "某单位"]) == FAILED
    assert "正在被使用" in one_line(capsys)
    assert not (tmp_path / "新.ysz").exists()
