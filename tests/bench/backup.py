"""Copies of a large file for the benchmark: ``python -m tests.bench.backup [PAYMENTS]``."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from core.backups import back_up, list_backups
from core.change import Change
from core.ledger import Ledger
from core.model import Payment
from core.restore import restore_backup
from core.three_way import compare, take
from core.workbook_backup import export_workbook
from core.workbook_reader import read_workbook, restore_workbook
from tests.bench.ledgers import large_file


def timed(name: str, work: Callable[[], object]) -> None:
    """Print the seconds of some work."""
    begun = perf_counter()
    work()
    print(f"{name}: {perf_counter() - begun:.2f} s", flush=True)


def backup(folder: Path, payments: int) -> None:
    """Backup and restore of the file; workbook out, in, and compared after ten thousand edits."""
    path = folder / "large.ysz"
    large_file(path, payments)
    print(f"{payments:,} payments, {path.stat().st_size / 1e6:.1f} MB")
    timed("backup", lambda: back_up(path, [folder / "b"]))
    for number in range(30):
        back_up(path, [folder / "b"], now=datetime(2026, 1, 1 + number))
    timed("list of 31 backups", lambda: list_backups(folder / "b", "large"))
    timed("restore", lambda: restore_backup(list_backups(folder / "b", "large")[0].path, path))
    with_book = Ledger.open(path, readonly=True)
    book = with_book.book
    with_book.close()
    timed("export to a workbook, read back", lambda: export_workbook(book, folder / "large.xlsx"))
    print(f"workbook {(folder / 'large.xlsx').stat().st_size / 1e6:.1f} MB")
    timed("read the workbook", lambda: read_workbook(folder / "large.xlsx"))
    timed("restore from the workbook", lambda: restore_workbook(folder / "large.xlsx", folder / "again.ysz"))
    edited = book.apply(_edits(book))
    timed("three-way comparison, 10,000 cells", lambda: compare(book, book, edited))
    timed("taking them", lambda: take(book, compare(book, book, edited)))


def _edits(book) -> Change:  # type: ignore[no-untyped-def]
    from dataclasses import replace
    from itertools import islice

    from core.change import Diff

    chosen = islice(book.all(Payment), 10_000)
    return Change("edits", tuple(Diff(one, replace(one, memo="核对过")) for one in chosen))


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        backup(Path(place), int(sys.argv[1]) if sys.argv[1:] else 100_000)
