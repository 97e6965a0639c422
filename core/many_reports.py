"""Batches over many ledgers: a list of all that is open (批量核对), and the report of every file (批量生成报告)."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import UserError
from core.i18n import _
from core.jobs import Cancelled, Progress
from core.many import Overview
from core.many_look import FileRow, readable_place
from core.many_tables import place_of
from core.report.submission import submission
from core.report_files import file_name, write_document
from core.store import Store


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch wrote, and what it could not, one text for each file."""

    written: tuple[Path, ...]
    problems: tuple[str, ...]


def write_reports(
    found: Overview,
    rows: Sequence[FileRow],
    folder: Path,
    formats: Sequence[str],
    now: datetime,
    progress: Progress | None = None,
) -> Batch:
    """Write the self-evaluation report (自评报告) of each row's year into a folder. A file that cannot be done is
    named among the problems and stops no other. Raises ``Cancelled``; what was written before stays."""
    step = (progress or Progress()).step
    written: list[Path] = []
    problems: list[str] = []
    taken: set[str] = set()
    for done, row in enumerate(rows):
        step(done, len(rows))
        name = place_of(row, found.folder)
        if not row.has_figures:
            problems.append(_("{file}：{reason}").format(file=name, reason=row.remark or row.state_label))
            continue
        try:
            written += _write(row, folder, formats, now, taken)
        except UserError as error:
            problems.append(_("{file}：{reason}").format(file=name, reason=error))
        except Cancelled:
            raise
        except Exception as error:  # one odd file among hundreds must not cost the others
            words = _("{file}：报告没有生成（{kind}）。请打开这个文件，在“年终报告”页生成。")
            problems.append(words.format(file=name, kind=type(error).__name__))
    step(len(rows), len(rows))
    return Batch(tuple(written), tuple(problems))


def _write(row: FileRow, folder: Path, formats: Sequence[str], now: datetime, taken: set[str]) -> list[Path]:
    with TemporaryDirectory() as held:
        place, _notes = readable_place(row.path, Path(held))
        with closing(Store.open(place, readonly=True)) as store:
            book = store.load()
    document = submission(book, row.year)
    name = file_name(document, formats[0])
    # Two units may be called the same, and a file may be there twice: each has a report of its own.
    stem = Path(name).stem
    if stem in taken:
        stem = next(one for number in range(2, 100_000) if (one := f"{stem}（{number}）") not in taken)
    taken.add(stem)
    targets = [folder / f"{stem}.{suffix}" for suffix in formats]
    for target in targets:
        write_document(document, target, now)
    return targets
