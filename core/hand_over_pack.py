"""The hand-over pack (交接包) for the next officer: one folder with the ledger, its latest backup, attachments, the
papers of the years in work, the list to be signed, and a check value for every file."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from core.backups import WHY_LABELS, Why, backup_folder, list_backups
from core.database import copy_checked
from core.errors import UserError
from core.handing_over import file_digest, plain_name
from core.i18n import _
from core.jobs import Progress
from core.ledger import Ledger
from core.model import YearState
from core.reasons import reason
from core.report.hand_over_list import (
    KeptBackup,
    PackedFile,
    PackState,
    Parties,
    execution_paper,
    hand_over_list,
)
from core.report.model import Document
from core.report_files import file_name, file_state, working_paper_of, write_document
from core.review import review

CHECK_LIST = _("校验值.txt")
NOBODY = Parties()
_LEDGER, _BACKUP, _PAPERS, _FILES = _("台账"), _("备份"), _("报表"), _("佐证材料")
_MOST_BACKUPS = 20  # that the list names


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was made."""

    folder: Path
    files: tuple[PackedFile, ...]  # with their check values, in the order of the list
    errors: int  # open errors of all years
    open: int  # open findings and to-dos of all years
    problems: tuple[str, ...] = ()  # attachments that could not be handed over

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(one.size for one in self.files)


def make_pack(
    path: Path,
    folder: Path,
    now: datetime,
    parties: Parties = NOBODY,
    years: Iterable[int] = (),
    progress: Progress | None = None,
) -> Pack:
    """Make the pack of a ledger, open or not, in a folder of its own within ``folder``.

    ``years`` are those whose papers are printed; where not given the latest one and every one before that is not
    final. The ledger itself is left as it is. Raises ``UserError``, and ``Cancelled`` between two files; then nothing
    of the pack is left.
    """
    made = _Making(path, now, parties, progress or Progress())
    final = made.free_folder(folder)
    rough = final.with_name(final.name + ".part")
    try:
        try:
            shutil.rmtree(rough, ignore_errors=True)
            rough.mkdir(parents=True)
            pack = made.fill(rough, list(years))
            rough.replace(final)
        finally:
            shutil.rmtree(rough, ignore_errors=True)
    except OSError as error:
        text = _("无法写入“{folder}”：{reason}。请检查U盘是否已满或已拔出。")
        raise UserError(text.format(folder=folder, reason=reason(error))) from error
    return Pack(final, *pack)


def check_pack(folder: Path) -> list[str]:
    """What is wrong with a pack after it was copied: files that are missing, altered, or not in its list. Empty when
    all is as it was handed over. Raises ``UserError`` where there is no list."""
    try:
        lines = (folder / CHECK_LIST).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        text = _("“{folder}”中没有“{name}”，不是交接包，或没有复制完整。")
        raise UserError(text.format(folder=folder, name=CHECK_LIST)) from error
    listed = {name: digest for digest, found, name in (line.partition("  ") for line in lines) if found}
    problems = []
    for name, digest in listed.items():
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts:
            problems.append(_("清单中的文件名不对：{name}").format(name=name))
            continue
        try:
            same = file_digest(folder / place) == digest
        except OSError:
            problems.append(_("缺少文件：{name}").format(name=name))
            continue
        if not same:
            problems.append(_("文件与交接时不同：{name}").format(name=name))
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    problems += [_("清单之外的文件：{name}").format(name=name) for name in sorted(there - listed.keys() - {CHECK_LIST})]
    return problems


class _Making:
    """One pack being made."""

    def __init__(self, path: Path, now: datetime, parties: Parties, progress: Progress) -> None:
        self.path = path
        self.now = now
        self.parties = parties
        self.progress = progress
        self.files: list[PackedFile] = []
        self.problems: list[str] = []
        self._done, self._total = 0, 1

    def free_folder(self, folder: Path) -> Path:
        """The pack's own folder: unit and date; a second one of a day gets a number."""
        with closing(Ledger.open(self.path, readonly=True)) as ledger:
            years = [record.year for record in ledger.book.years()]
            unit = ledger.book.unit_year(years[-1]).name if years else ""
        name = _("{unit}_交接包_{day}").format(unit=plain_name(unit) or self.path.stem, day=f"{self.now:%Y%m%d}")
        for number in range(1, 1000):
            place = folder / (name + f"-{number}" * (number > 1))
            if not place.exists():
                return place
        raise UserError(_("“{folder}”中当天的交接包太多，请换一个文件夹。").format(folder=folder))

    def fill(self, rough: Path, wanted: list[int]) -> tuple[tuple[PackedFile, ...], int, int, tuple[str, ...]]:
        """Write every file; returns what ``Pack`` holds of them."""
        copy = rough / _LEDGER / self.path.name
        copy_checked(self.path, copy)
        # Everything else is read from the copy: the pack is of one moment, whatever is entered meanwhile.
        with closing(Ledger.open(copy, readonly=True)) as ledger:
            book = ledger.book
            years = [record.year for record in book.years()]
            if not years:
                raise UserError(_("台账还没有年度，没有可移交的内容。"))
            printed = wanted or _in_work(ledger)
            if missing := set(printed) - set(years):
                held = "、".join(map(str, years))
                text = _("文件中没有{year}年度，已有年度：{held}。")
                raise UserError(text.format(year=min(missing), held=held))
            self._total = 5 + 2 * len(printed)
            self._note(rough, copy, _("台账文件"))
            self._backup(rough)
            self._attachments(rough, ledger, years)
            for year in printed:
                at = f"{self.now:%Y-%m-%d %H:%M}"
                self._paper(rough, execution_paper(book, year, at), _("{year}年度执行情况").format(year=year))
                paper = working_paper_of(ledger, year, self.now)
                self._paper(rough, paper, _("{year}年度工作底稿").format(year=year))
            reviews = {year: review(book, ledger.findings, year, self.now.date()) for year in years}
            document = hand_over_list(book, years[-1], reviews, self._state(ledger))
            for suffix in ("pdf", "docx"):
                self._paper(rough, document, _("交接清单"), suffix, rough)
        self._write_checks(rough)
        found = reviews.values()
        count = sum(len(one.open) + len(one.todo) for one in found)
        return tuple(self.files), sum(one.errors for one in found), count, tuple(self.problems)

    def _note(self, rough: Path, file: Path, about: str) -> None:
        """Take down a finished file with its check value."""
        name = file.relative_to(rough).as_posix()
        self.files.append(PackedFile(name, file.stat().st_size, file_digest(file), about))
        self._step()

    def _step(self) -> None:
        self._done += 1
        self.progress.step(min(self._done, self._total), self._total)

    def _backup(self, rough: Path) -> None:
        """The newest good backup: if the ledger's own copy is spoilt on the way, there is another."""
        found = list_backups(backup_folder(self.path), self.path.stem)
        newest = next((one for one in found if one.contents and one.why != Why.DAMAGED), None)
        if newest is None:
            self._step()
            return
        target = rough / _BACKUP / newest.path.name
        copy_checked(newest.path, target)
        self._note(rough, target, _("最近的备份"))

    def _attachments(self, rough: Path, ledger: Ledger, years: list[int]) -> None:
        """Every attached file, by year and by what it belongs to; one that is damaged is named, not handed over."""
        from core.attachments import evidence_of, export_attachments
        from core.report.attachment_list import attachment_document

        stoppable = Progress(lambda _done, _total: self.progress.check())
        for year in years:
            wanted = evidence_of(ledger.book, year)
            if not wanted:
                continue
            exported = export_attachments(ledger, wanted, rough / _FILES / str(year), stoppable)
            self.problems += exported.problems
            for path in exported.paths:
                self._note(rough, path, _("佐证材料"))
            self._paper(rough, attachment_document(ledger.book, year), _("佐证材料清单"))
        self._step()

    def _paper(
        self, rough: Path, document: Document, about: str, suffix: str = "pdf", place: Path | None = None
    ) -> None:
        target = (place or rough / _PAPERS) / file_name(document, suffix)
        write_document(document, target, self.now, lambda _done, _total: self.progress.check())
        self._note(rough, target, about)

    def _state(self, ledger: Ledger) -> PackState:
        state = file_state(ledger, self.now)
        backups = list_backups(backup_folder(self.path), self.path.stem)[:_MOST_BACKUPS]
        return PackState(
            self.path.name,
            f"{self.now:%Y-%m-%d %H:%M}",
            state.line,
            state.code,
            list(dict.fromkeys(line.who for line in ledger.journal())),
            tuple(self.files),
            [KeptBackup(one.path.name, f"{one.at:%Y-%m-%d %H:%M}", WHY_LABELS[one.why], one.size) for one in backups],
            str(backup_folder(self.path)),
            self.parties,
            self.problems,
        )

    def _write_checks(self, rough: Path) -> None:
        """The list that ``sha256sum -c`` reads too."""
        lines = [f"{one.digest}  {one.name}\n" for one in self.files]
        (rough / CHECK_LIST).write_text("".join(lines), encoding="utf-8", newline="\n")


def _in_work(ledger: Ledger) -> list[int]:
    """The latest year, and those before it that are not final."""
    years = ledger.book.years()
    return [record.year for record in years if record.state != YearState.FINAL or record is years[-1]]
