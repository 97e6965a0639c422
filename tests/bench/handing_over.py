"""Handing over a large file for the benchmark: ``python -m tests.bench.handing_over [PAYMENTS]``."""

import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core.backups import back_up
from core.hand_over_pack import make_pack
from core.handing_over import hand_over
from core.ledger import Ledger
from core.restore import finish, prepare, prove_backup, restore_backup
from core.second_folder import bring_up_to_date, held_backups
from core.then_and_now import compare, read_backup
from tests.bench.backup import timed
from tests.bench.ledgers import large_file

PASSWORD = "a password for the benchmark"


def hand_over_all(folder: Path, payments: int) -> None:
    """A backup proven, compared and restored; the second folder; one file with a password; the pack."""
    path, first, second = folder / "large.ysz", folder / "b", folder / "stick"
    second.mkdir()
    large_file(path, payments)
    print(f"{payments:,} payments, {path.stat().st_size / 1e6:.1f} MB")
    backup = back_up(path, [first]).path
    timed("second folder", lambda: bring_up_to_date(first, second, "large"))
    timed("list of both folders", lambda: held_backups([first, second], "large"))
    timed("a backup proven, with its journal replayed", lambda: prove_backup(backup))
    with_book = Ledger.open(path, readonly=True)
    now = with_book.book
    with_book.close()
    timed("compared with now, with open errors", lambda: compare(read_backup(backup), now, date(2026, 11, 24)))
    fresh = []
    timed("restore, while the window goes on", lambda: fresh.append(prepare(backup, path, datetime.now())))
    timed("restore, while the window waits", lambda: finish(fresh[0], path, datetime.now()))
    made = []
    timed("hand-over file with a password", lambda: made.append(hand_over(path, folder / "h", password=PASSWORD)))
    timed("taken over", lambda: restore_backup(made[0].path, folder / "new.ysz", password=PASSWORD))
    timed("hand-over pack", lambda: make_pack(path, folder / "p", datetime.now()))


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        hand_over_all(Path(place), int(sys.argv[1]) if sys.argv[1:] else 100_000)
