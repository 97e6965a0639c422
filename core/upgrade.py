"""An older file is brought to the tables of this program: on a copy, which is proven before it takes its place."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.backups import Why, backup_folder, free_name
from core.database import connect, copy_checked, remove, take_place
from core.errors import UserError
from core.i18n import _
from core.schema import migrate

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Migrations


def upgrade(path: Path, steps: "Migrations | None" = None) -> Path:
    """Bring an older file to the current schema: migrate a copy, compare its sums, swap, keep the original as a backup.

    Returns where the original is kept. Raises ``UserError`` when the copy does not agree or there is no room; the
    file is then as it was.
    """
    copy = path.with_name(path.name + ".upgrade")
    remove(copy)
    try:
        shutil.copy2(path, copy)
        with closing(connect(copy)) as connection:
            before = _sums(connection)
            migrate(connection, steps)
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            same = before == _sums(connection)
        if not (sound and same):
            raise UserError(_("文件升级后的数据与原来不一致，已放弃升级，原文件没有改动。请联系技术支持。"))
        kept = free_name(backup_folder(path), path.stem, datetime.now(), Why.UPGRADE)
        copy_checked(path, kept)
        take_place(copy, path)
    finally:
        remove(copy)
    return kept


def _sums(connection: "Connection") -> list[tuple[object, ...]]:
    """Sums per year, project and kind: what a migration must not change."""
    events = "SELECT year, project, kind, sum(amount), count(*) FROM budget_event GROUP BY 1, 2, 3"
    payments = "SELECT year, project, 'spent', sum(amount), count(*) FROM payment GROUP BY 1, 2"
    return sorted([*connection.execute(events), *connection.execute(payments)])
