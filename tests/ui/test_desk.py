"""The desk: a file that cannot be written just now is shown all the same, and loses nothing."""

import sqlite3
from contextlib import closing

from core import writing
from core.ledger import Ledger
from tests.builders import YEAR, on_disk
from ui.desk import Desk


def test_what_was_put_aside_waits_while_the_file_cannot_be_written(qapp, tmp_path):
    path = tmp_path / "a.ysz"
    ledger = on_disk(path)
    ledger.keep_unsaved(writing.write_section(ledger.book, YEAR, "problems", 0, "写到一半"))
    ledger.close()
    desk, told = Desk(), []
    desk.told.connect(lambda text, refused: told.append((text, refused)))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.open(path)
        assert desk.is_open and told[0][1] and "另一个程序" in told[0][0]
        other.execute("ROLLBACK")
    desk.close()
    again = Ledger.open(path)
    assert again.recover() is not None
    again.close()
