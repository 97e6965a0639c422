"""One ledger of many, looked at for 多单位汇总: the figures of a year, what is open, and what is wrong with the file.

The file is only ever read. One of an older program, or one whose program ended while it was saving, is looked at
through a temporary copy.
"""

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from core.balance import Balance, project_balance, unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS
from core.checker import Checker
from core.database import check_header, explained, schema_version
from core.errors import UserError
from core.i18n import _
from core.labels import place_name
from core.lock import holder
from core.model import YEAR_STATE_LABELS
from core.review import review
from core.schema import SCHEMA_VERSION
from core.seal import broken_words, seal_holds
from core.store import Store
from core.then_and_now import copy_to_look_at

MISSING = "missing"  # the state of a file that has not the year asked for
BAD = "bad"  # of one that cannot be read
STATE_LABELS = {**YEAR_STATE_LABELS, MISSING: _("无此年度"), BAD: _("无法读取")}


@dataclass(frozen=True, slots=True)
class Sums:
    """What a project, a unit or several of them add up to, in 分."""

    budget: int = 0  # B 全年预算
    spent: int = 0  # E 实际支出
    rate_whole: int = 0  # what E is divided by: B, or B−R where the policy says so
    carried: int = 0  # C 结转下年
    recovered: int = 0  # R 财政收回
    undisposed: int = 0  # U 未处置

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.budget + other.budget,
            self.spent + other.spent,
            self.rate_whole + other.rate_whole,
            self.carried + other.carried,
            self.recovered + other.recovered,
            self.undisposed + other.undisposed,
        )


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of one file in the year looked at; sub-projects are part of theirs."""

    code: str
    name: str
    kind: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """An open finding in words."""

    severity: str
    rule: str
    title: str
    place: str
    message: str
    remedy: str

    @property
    def label(self) -> str:
        """The severity in words."""
        return SEVERITY_LABELS[self.severity]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the folder. Where ``problem`` says why it cannot be read, there are no figures."""

    path: Path
    size: int = 0  # bytes
    code: str = ""  # of the unit
    unit: str = ""  # its full name in that year
    year: int = 0
    years: tuple[int, ...] = ()  # that the file has
    state: str = BAD  # of YearState, or MISSING or BAD
    sums: Sums = Sums()
    errors: int = 0  # open 错误 and 阻止
    warnings: int = 0  # open 提醒
    changed: str = ""  # when the last line of the journal was written, ISO
    reconciled_to: str = ""  # 已对账至
    projects: tuple[ProjectLine, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    notes: tuple[str, ...] = ()  # in use, of an older version, seal broken
    problem: str = ""
    twin: str = ""  # the file that holds the same unit and year, too

    @property
    def has_figures(self) -> bool:
        """Whether the file was read and has the year."""
        return self.state not in (MISSING, BAD)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATE_LABELS[self.state]

    @property
    def remark(self) -> str:
        """What is to be said of the file, in one text."""
        twin = _("与“{name}”单位、年度相同，可能重复。").format(name=self.twin) if self.twin else ""
        return "".join((self.problem, *self.notes, twin))


def look(path: Path, year: int | None, today: date) -> FileRow:
    """A file as one row, in ``year`` or its newest one. What is wrong with it is said there and never raised."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    try:
        return _looked(path, size, year, today)
    except UserError as error:
        return FileRow(path, size, problem=str(error))
    except Exception as error:  # one odd file among hundreds must not cost the others
        text = _("“{name}”的内容不寻常，没有读懂（{kind}）。请在本机打开该文件核对，或从备份恢复。")
        return FileRow(path, size, problem=text.format(name=path.name, kind=type(error).__name__))


def _looked(path: Path, size: int, wanted: int | None, today: date) -> FileRow:
    with TemporaryDirectory() as folder:
        place, notes = readable_place(path, Path(folder))
        with closing(Store.open(place, readonly=True)) as store:
            book, last = store.load(), store.last_line()
    if user := holder(path):
        notes = (*notes, _("正在被使用（{user}），显示的是已保存的内容。").format(user=user))
    years = tuple(record.year for record in book.years())
    row = FileRow(path, size, book.unit.code, _unit_name(book), 0, years, MISSING, changed=last.at if last else "")
    year = wanted if wanted is not None else max(years, default=0)
    if year not in years:
        held = "、".join(map(str, years))
        words = _("没有{year}年度，已有年度：{held}。").format(year=year, held=held) if held else _("还没有建立年度。")
        return replace(row, year=year, notes=(*notes, words))
    return _in_year(replace(row, notes=notes), book, year, today)


def _in_year(row: FileRow, book: Book, year: int, today: date) -> FileRow:
    found = review(book, _checker().check(book, [year]), year, today)
    record = book.year(year)
    assert record is not None
    lines = (
        ProjectLine(one.code, one.name, one.kind, _sums(project_balance(book, year, one.project), book, year))
        for one in book.projects(year)
    )
    findings = (
        OpenFinding(
            item.finding.severity,
            item.rule.id,
            item.rule.title,
            place_name(book, year, item.finding.about),
            item.message,
            item.remedy,
        )
        for item in found.open
    )
    sealed = seal_holds(book, year)
    return replace(
        row,
        notes=row.notes if sealed else (*row.notes, broken_words(year)),
        unit=book.unit_year(year).name,
        year=year,
        state=record.state,
        sums=_sums(unit_balance(book, year), book, year),
        errors=found.errors + (not sealed),
        warnings=found.warnings,
        reconciled_to=record.reconciled_to,
        projects=tuple(lines),
        findings=tuple(findings),
    )


def _unit_name(book: Book) -> str:
    years = book.years()
    return book.unit_year(years[-1].year).name if years else ""


def _sums(balance: Balance, book: Book, year: int) -> Sums:
    recall = balance.recovered if book.policy(year).rate_base == "after_recall" else 0
    return Sums(
        balance.budget,
        balance.spent,
        balance.budget - recall,
        balance.carried,
        balance.recovered,
        balance.undisposed,
    )


@cache
def _checker() -> Checker:
    from core.ledger import checker

    return checker()


def readable_place(path: Path, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The file itself or, where reading it would change it, a copy in ``folder`` (a temporary one); and what is to be
    said of that. Raises ``UserError``."""
    check_header(path)
    place, journal = path, path.with_name(path.name + "-journal")
    notes: tuple[str, ...] = ()
    with explained(path):
        if journal.exists():  # half-saved: SQLite would put the file right where it is
            place, notes = folder / path.name, (_("上次没有正常保存，显示的是最后一次完整保存的内容。"),)
            copyfile(path, place)
            with suppress(FileNotFoundError):  # it was just being saved
                copyfile(journal, place.with_name(place.name + "-journal"))
        is_older = schema_version(place) < SCHEMA_VERSION
    if is_older:
        (held := folder / "older").mkdir()
        place = copy_to_look_at(place, held)
        notes = (*notes, _("由旧版本程序建立，打开时会自动升级。"))
    return place, notes
