"""Killed at any moment, on a full disk, with two programs on one file: imports, hand-over files, the second folder."""

import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from core import commands, encrypted
from core.backups import back_up, list_backups
from core.cli_import import import_sheet
from core.draft import Draft
from core.encrypted import decrypt
from core.errors import UserError
from core.hand_over_pack import check_pack, make_pack
from core.handing_over import check_value_holds, hand_over
from core.ledger import Ledger
from core.model import Payment
from core.second_folder import bring_up_to_date
from core.verify import verify
from tests.builders import YEAR, on_disk
from tests.core.test_crashes import KILLS, Tell, book_of, killed, limited, note, sizes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

ROWS = 400
PASSWORD = "移交2026，请保管"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    return tmp_path / "台账.ysz"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of payments."""
    lines = ["日期,项目,摘要,金额（元）,凭证号"]
    lines += [f"2023-05-{1 + n % 28:02d},业务性专项经费,办公费{n},{n + 1}.00,记-{n}" for n in range(ROWS)]
    (tmp_path / "支出.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "支出.csv"


def bring(path: Path, sheet: Path) -> None:
    import_sheet(path, sheet, "", "payments", YEAR, "", "元", False, False)


def test_an_import_is_whole_or_not_there(path: Path, sheet: Path) -> None:
    original, before = path.read_bytes(), book_of(path).count(Payment)
    began = time.monotonic()
    bring(path, sheet)
    longest = time.monotonic() - began
    assert book_of(path).count(Payment) == before + ROWS
    done = 0

    def work(tell: Tell) -> None:
        bring(path, sheet)
        tell(b"done")
        time.sleep(60)

    for seed in range(KILLS):
        path.write_bytes(original)
        said = killed(work, seed, longest * 1.5)
        held = book_of(path).count(Payment)
        assert held == before + ROWS if said else held in (before, before + ROWS)
        done += held > before
        for one in list_backups(path.parent / "备份", "台账"):
            assert one.contents is not None and one.contents.payments == before
            one.path.unlink()
    assert KILLS < 40 or 0 < done < KILLS
    assert all(proof.good for proof in verify(path))


def test_a_disk_that_fills_up_during_an_import(path: Path, sheet: Path) -> None:
    original, before = path.read_bytes(), book_of(path).count(Payment)
    bring(path, sheet)
    told = 0
    for most in (*sizes(path), path.stat().st_size):
        path.write_bytes(original)
        said = limited(lambda: bring(path, sheet), most)
        told += bool(said)
        assert book_of(path).count(Payment) == (before if said else before + ROWS)
        assert all(one.contents for one in list_backups(path.parent / "备份", "台账"))
    assert told > 3


def test_a_hand_over_file_is_whole_or_not_there(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "_LOG_N", 8)
    book, folder = book_of(path), tmp_path / "stick"

    def work(_tell: Tell) -> None:
        for number in count():
            hand_over(path, folder, password=PASSWORD if number % 2 else "")

    for seed in range(KILLS):
        killed(work, seed, 0.1)
        assert book_of(path) == book
    made = list(folder.glob("*.ysz"))
    assert made and all(check_value_holds(one) for one in made)
    for one in made[:6]:
        if encrypted.is_encrypted(one):
            decrypt(one, tmp_path / "plain.ysz", PASSWORD)
            one = tmp_path / "plain.ysz"
        assert book_of(one) == book


def test_a_disk_that_fills_up_during_hand_over(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "_LOG_N", 4)
    for number, most in enumerate(sizes(path)):
        folder = tmp_path / f"stick{number}"
        said = limited(lambda folder=folder: hand_over(path, folder, password=PASSWORD), most)  # type: ignore[misc]
        left = sorted(one.suffix for one in folder.iterdir()) if folder.is_dir() else []
        assert left == ([] if said else [".txt", ".ysz"])


def test_the_second_folder_holds_whole_copies_only(path: Path, tmp_path: Path) -> None:
    first, stick = tmp_path / "备份", tmp_path / "stick"
    stick.mkdir()
    for number in range(4):
        note(path, str(number))
        back_up(path, [first])
    originals = {one.name: one.read_bytes() for one in first.iterdir()}

    def work(_tell: Tell) -> None:
        while True:
            bring_up_to_date(first, stick, "台账")
            for one in stick.glob("*.ysz"):
                one.unlink()

    for seed in range(KILLS):
        killed(work, seed, 0.1)
        assert all(originals[one.name] == one.read_bytes() for one in stick.glob("*.ysz"))
        assert {one.name: one.read_bytes() for one in first.iterdir()} == originals
    bring_up_to_date(first, stick, "台账")
    assert {one.name: one.read_bytes() for one in stick.glob("*.ysz")} == originals
    for most in sizes(path):
        for one in stick.iterdir():
            one.unlink()
        limited(lambda: bring_up_to_date(first, stick, "台账"), most)
        assert all(originals[one.name] == one.read_bytes() for one in stick.iterdir())


def test_a_pack_is_whole_or_not_there(path: Path, tmp_path: Path) -> None:
    stick, began = tmp_path / "stick", time.monotonic()
    first = make_pack(path, stick, datetime.now()).folder  # the children find everything imported
    longest = time.monotonic() - began

    def work(_tell: Tell) -> None:
        while True:
            make_pack(path, stick, datetime.now())

    for seed in range(max(4, KILLS // 10)):
        killed(work, seed, 2 * longest)
    packs = [one for one in stick.iterdir() if not one.name.endswith(".part")]
    assert first in packs and all(check_pack(one) == [] for one in packs)


# Two programs on one file


_OTHER = """
import sys
from pathlib import Path
from core import commands
from core.errors import UserError
from core.ledger import Ledger
path, words = Path(sys.argv[1]), sys.argv[2]
try:
    ledger = Ledger.open(path)
    ledger.commit(commands.set_year(ledger.book, 2023, note=words))
    print("saved", flush=True)
    sys.stdin.readline()
    ledger.close()
except UserError as error:
    print(error, flush=True)
"""


def other(path: Path, words: str) -> "subprocess.Popen[str]":
    """Another program that opens the file and changes it."""
    return subprocess.Popen(
        [sys.executable, "-c", _OTHER, str(path), words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def test_two_programs_on_one_file(path: Path, tmp_path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        told = other(path, "乙").communicate()[0]
        assert "正在被使用" in told
        ledger.commit(commands.set_year(ledger.book, YEAR, note="甲"))
    held = other(path, "乙")
    assert held.stdout is not None and held.stdin is not None and held.stdout.readline() == "saved\n"
    with pytest.raises(UserError, match="正在被使用"):
        Ledger.open(path)
    with closing(Ledger.open(path, readonly=True)) as reader:  # looking, backing up and handing over go on
        year = reader.book.year(YEAR)
        assert year is not None and year.note == "乙"
        assert book_of(reader.back_up().path) == reader.book
        assert check_value_holds(hand_over(path, tmp_path / "stick").path)
    held.communicate("\n")
    assert held.returncode == 0 and all(proof.good for proof in verify(path))


def test_backups_are_whole_while_another_program_saves(path: Path, tmp_path: Path) -> None:
    begun = book_of(path)

    def work(tell: Tell) -> None:
        with closing(Ledger.open(path)) as ledger:
            where = ledger.book.projects(YEAR)[0].project
            for number in count(1):
                draft = Draft(ledger.book)
                for part in (number, -number + 10**6):  # two payments that belong together
                    draft.add(Payment(id=0, year=YEAR, project=where, date="2023-05-01", amount=part))
                ledger.commit(draft.change(str(number)))
                tell(b"+")

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(lambda said: os.write(writing, said))
        finally:
            os._exit(1)
    os.close(writing)
    os.read(reading, 1)
    for number in range(12):
        book = book_of(back_up(path, [tmp_path / f"b{number}"]).path)
        added = [one.amount for one in book.all(Payment)][begun.count(Payment) :]
        assert len(added) % 2 == 0 and sum(added) == len(added) // 2 * 10**6
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(reading)
    assert added
