"""The verb ``demo``: everything is there, an earlier demo gives way, and what cannot be done is said in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from core.ledger import Ledger
from core.sample import SHOWN_YEAR
from core.verify import verify
from ui.demo import FILE, PAGES, SIZES, main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory, sample_file):
    """A folder with a demo, made as from the terminal where an earlier one stood, and what was said."""
    folder = tmp_path_factory.mktemp("演示") / "demo out"
    folder.mkdir()
    (folder / FILE).write_bytes(sample_file.read_bytes()[:5000])  # a broken rest
    (folder / f"{FILE}-journal").write_bytes(b"rest")
    (folder / "overview-1440x900.png").write_bytes(b"old")
    (folder / "自己的文件.txt").write_text("留着")
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "demo", str(folder)],
        capture_output=True,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    return folder, done


def test_it_ends_well_and_complains_of_nothing(made) -> None:
    _folder, done = made
    assert done.returncode == 0
    assert done.stderr.decode() == ""


def test_the_findings_are_on_the_terminal(made) -> None:
    said = made[1].stdout.decode()
    for number in (1, 5, 19, 21, 42, 46, 50, 51, 52, 55, 56, 77):
        assert f"C-{number:03}" in said
    assert "31.14万元可能应为31.11万元" in said


def test_every_file_is_said_in_a_line_and_there(made) -> None:
    folder, done = made
    lines = [line for line in done.stdout.decode().splitlines() if str(folder) in line]
    paths = [Path(line.partition("：")[2]) for line in lines]
    assert sorted(paths) == sorted(path for path in folder.iterdir() if path.name != "自己的文件.txt")
    assert all(path.stat().st_size > 8_000 for path in paths)
    assert [[path.suffix for path in paths].count(suffix) for suffix in (".pdf", ".docx", ".xlsx")] == [2, 2, 2]


def test_the_sample_is_sound(made) -> None:
    folder, _done = made
    assert all(proof.good for proof in verify(folder / FILE))
    ledger = Ledger.open(folder / FILE, readonly=True)
    assert ledger.book.projects(SHOWN_YEAR)
    ledger.close()


@pytest.mark.parametrize("page", [name for name, _title in PAGES])
@pytest.mark.parametrize("size", SIZES)
def test_pictures_have_their_size_and_show_something(made, page, size) -> None:
    image = QImage(str(made[0] / f"{page}-{size[0]}x{size[1]}.png"))
    assert (image.width(), image.height()) == size
    shades = {image.pixel(x, y) for x in range(0, size[0], 7) for y in range(60, size[1] - 40, 7)}
    assert len(shades) > 12


def test_what_was_there_stays(made) -> None:
    assert (made[0] / "自己的文件.txt").read_text() == "留着"


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path, capsys) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    assert main(["demo", str(tmp_path / "文件")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and "无法写入文件夹" in said.err


def test_a_sample_that_is_open_is_left_alone(tmp_path, sample_file, capsys) -> None:
    (tmp_path / FILE).write_bytes(sample_file.read_bytes())
    ledger = Ledger.open(tmp_path / FILE)
    assert main(["demo", str(tmp_path)]) == 2
    ledger.close()
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "正在被使用" in said
    assert (tmp_path / FILE).read_bytes()[:16] == b"SQLite format 3\x00"


def test_use_without_a_folder_is_explained(capsys) -> None:
    assert main(["demo"]) == 2
    assert "缺少必须填写的参数" in capsys.readouterr().err
    assert main(["demo", "-h"]) == 0
    assert "文件夹" in capsys.readouterr().out
