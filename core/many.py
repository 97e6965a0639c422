"""多单位汇总: a folder of ledgers as one table, for 财务代理 and 主管部门. The files are only read, never changed.

Each file is looked at by itself: what is wrong with one is said in its row and stops no other.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from multiprocessing import get_context
from operator import add
from pathlib import Path

from core.backups import backup_folder
from core.database import SUFFIX
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.many_look import FileRow, Sums, look
from core.reasons import reason

FEW = 80  # files up to this number are not worth the start of worker processes
_MOST_WORKERS = 4
_AT_ONCE = 8  # files handed to a worker together
_MOMENT = 0.2  # seconds after which it is seen whether the work was cancelled


@dataclass(frozen=True, slots=True)
class Overview:
    """The ledgers of a folder, by their places in it. ``year`` is the one asked for, None: the newest of each file."""

    folder: Path
    year: int | None
    rows: tuple[FileRow, ...]
    problems: tuple[str, ...] = ()  # folders that could not be opened

    @property
    def counted(self) -> tuple[FileRow, ...]:
        """The rows with figures."""
        return tuple(row for row in self.rows if row.has_figures)

    @property
    def has_errors(self) -> bool:
        """Whether errors are open, or something could not be read."""
        return bool(self.problems) or any(row.errors or row.problem for row in self.rows)


def total(rows: Sequence[FileRow]) -> Sums:
    """What rows add up to (合计)."""
    return reduce(add, (row.sums for row in rows), Sums())


def ledgers_in(folder: Path) -> tuple[list[Path], list[str]]:
    """The ledgers of a folder and the folders in it, by place, but for the backups; and what could not be opened.
    Raises ``UserError`` where the folder itself cannot be."""
    problems: list[str] = []

    def note(error: OSError) -> None:
        place = Path(str(error.filename))
        if place == folder:
            raise UserError(_unopened(place, str(folder), error)) from error
        problems.append(_unopened(place, place.name, error))

    backups = backup_folder(folder).name
    found: list[Path] = []
    for place, folders, names in os.walk(str(folder), onerror=note):
        folders[:] = sorted(name for name in folders if name != backups and not name.startswith("."))
        found += (Path(place, name) for name in names if name.lower().endswith(SUFFIX) and name[0] != ".")
    return sorted(found), problems


def _unopened(place: Path, name: str, error: OSError) -> str:
    if not place.exists():
        return _("找不到文件夹“{name}”，它可能已被移动、改名，或所在的U盘、网络盘没有连接。").format(name=name)
    if not place.is_dir():
        return _("“{name}”不是文件夹，请选择存放台账的文件夹。").format(name=name)
    if isinstance(error, PermissionError):
        return _("没有权限打开文件夹“{name}”，请检查权限。").format(name=name)
    return _("文件夹“{name}”打不开：{reason}。").format(name=name, reason=reason(error))


def overview(folder: Path, year: int | None, today: date, progress: Progress | None = None) -> Overview:
    """Look at every ledger of a folder. Raises ``UserError`` where it cannot be opened, ``Cancelled``."""
    paths, problems = ledgers_in(folder)
    rows = _looked_at(paths, year, today, progress or Progress())
    return Overview(folder, year, tuple(_with_twins(rows)), tuple(problems))


def _with_twins(rows: Sequence[FileRow]) -> Iterator[FileRow]:
    """The rows, those of the same unit and year marked: the unit is known by its code or by its name."""
    keys = [[("code", r.code, r.year)] * bool(r.code) + [("name", r.unit, r.year)] * bool(r.unit) for r in rows]
    held: dict[tuple[str, str, int], list[FileRow]] = {}
    for row, known in zip(rows, keys, strict=True):
        for key in known if row.has_figures else ():
            held.setdefault(key, []).append(row)
    for row, known in zip(rows, keys, strict=True):
        twin = next((one for key in known for one in held.get(key, ()) if one is not row), None)
        yield replace(row, twin=twin.path.name) if twin and row.has_figures else row


def _looked_at(paths: Sequence[Path], year: int | None, today: date, progress: Progress) -> list[FileRow]:
    """The rows in the order of the paths; many files are looked at in worker processes."""
    rows: dict[Path, FileRow] = {}
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if len(paths) > FEW and workers > 1:
        # Where the system lets no processes start, or ends one, the rest is looked at here.
        with suppress(OSError, BrokenProcessPool):
            _spread(paths, year, today, progress, rows, workers)
    for path in paths:
        if path not in rows:
            progress.step(len(rows), len(paths))
            rows[path] = look(path, year, today)
    progress.step(len(paths), len(paths))
    return [rows[path] for path in paths]


def _spread(
    paths: Sequence[Path],
    year: int | None,
    today: date,
    progress: Progress,
    rows: dict[Path, FileRow],
    workers: int,
) -> None:
    # A process of its own start: a copy of this one would bring the window's threads along.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        groups = [paths[place : place + _AT_ONCE] for place in range(0, len(paths), _AT_ONCE)]
        waiting: set[Future[list[FileRow]]] = {pool.submit(_look_at_all, group, year, today) for group in groups}
        while waiting:
            done, waiting = wait(waiting, _MOMENT, FIRST_COMPLETED)
            for one in done:
                rows.update((row.path, row) for row in one.result())
            progress.step(len(rows), len(paths))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _look_at_all(paths: Sequence[Path], year: int | None, today: date) -> list[FileRow]:
    return [look(path, year, today) for path in paths]


# The order and the choice of rows on screen


def words_of(row: FileRow) -> str:
    """What the filter looks at: file, unit, state and what is wrong."""
    return "\n".join((row.path.name, row.unit, row.code, str(row.year or ""), row.state_label, row.remark)).lower()


def narrowed(rows: Sequence[FileRow], words: str) -> list[FileRow]:
    """The rows that hold every word."""
    wanted = words.lower().split()
    return [row for row in rows if all(word in words_of(row) for word in wanted)]


_RANKS: Mapping[str, Callable[[FileRow], tuple[object, ...]]] = {
    "name": lambda row: (row.path.name,),
    "unit": lambda row: (row.unit,),
    "year": lambda row: (row.year,),
    "state": lambda row: (row.state_label,),
    "budget": lambda row: (row.sums.budget,),
    "spent": lambda row: (row.sums.spent,),
    "rate": lambda row: (bool(row.sums.rate_whole), row.sums.spent / (row.sums.rate_whole or 1)),
    "carried": lambda row: (row.sums.carried,),
    "recovered": lambda row: (row.sums.recovered,),
    "undisposed": lambda row: (row.sums.undisposed,),
    "errors": lambda row: (row.errors,),
    "warnings": lambda row: (row.warnings,),
    "reconciled_to": lambda row: (row.reconciled_to,),
    "changed": lambda row: (row.changed,),
    "size": lambda row: (row.size,),
}
SORTS = frozenset(_RANKS)


def in_order(rows: Sequence[FileRow], by: str, falling: bool) -> list[FileRow]:
    """The rows in the order of a column; those without figures stand last either way."""
    if by not in _RANKS:
        return list(rows)
    rank = _RANKS[by]
    counted = sorted((row for row in rows if row.has_figures), key=rank, reverse=falling)
    return counted + sorted((row for row in rows if not row.has_figures), key=lambda row: (row.state, row.path))
