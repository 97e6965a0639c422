"""Rules about what belongs together: sub-projects and their project, one name for one project, projects and report."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.balance import is_basic, project_balance
from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Stage, Subject, exact_figures, exact_words, rule
from core.i18n import _
from core.model import ProjectYear
from core.outline import SENTENCE, part, print_name, template_of
from core.passage import passage, written
from core.questions import answered

SUBJECTS = Path(__file__).resolve().parent.parent.parent / "resources" / "belonging.toml"
BELONGS, APART = "belongs", "apart"


@rule(
    "C-078",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("子项目是否属于本项目"),
    message=_("子项目“{name}”{spent}列在“{parent}”下，{fact}，{verdict}。"),
    why=_("项目资金只能用于批准的内容，列入无关的支出属于挤占专项。"),
    remedy=_("对照项目批复回答是否属于本项目；属于批准内容的，答属于本项目。"),
    choices=((BELONGS, _("属于本项目")), (APART, _("不属于本项目"))),
)
def foreign_part(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-078: asked where the name of a sub-project speaks of another subject than its project's name, or of
    the unit's own upkeep."""
    row, parent = book.project_year(year, project), book.project_year(year, book.parent(project))
    if row is None or parent is None:
        return
    about = About("project", project, "parent")
    answer = answered(book, self, year, about)
    fact = _foreign(row.name, parent.name)
    if not fact or answer == BELONGS:
        return
    apart, spent = answer == APART, project_balance(book, year, project).spent
    yield self.found(
        year,
        about,
        values={
            "name": print_name(row.name),
            "spent": _("支出{amount}，").format(amount=exact_words(spent)) if spent else "",
            "parent": print_name(parent.name),
            "fact": fact,
            "verdict": _("已回答不属于本项目") if apart else _("请确认是否属于本项目"),
        },
        severity=self.severity if apart else Severity.INFO,
        remedy=_("把这个子项目的支出改记到对应的项目，或者补办调整用途的批准手续。") if apart else "",
    )


@dataclass(frozen=True, slots=True)
class _Subjects:
    common: re.Pattern[str]
    upkeep: tuple[tuple[str, ...], ...]
    themes: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _subjects() -> _Subjects:
    data = tomllib.loads(SUBJECTS.read_text(encoding="utf-8"))
    common = sorted(data["common"], key=len, reverse=True)
    return _Subjects(
        re.compile("|".join(map(re.escape, common))),
        tuple(tuple(group) for group in data["upkeep"]),
        tuple(tuple(group) for group in data["themes"]),
    )


@lru_cache(maxsize=1024)
def _foreign(name: str, parent: str) -> str:
    """Why a sub-project may not belong to its project; empty where nothing speaks against it."""
    subjects = _subjects()
    own, above = _words(name), _words(parent)
    for group in subjects.upkeep:
        if any(word in name for word in group) and not any(word in parent for word in group) and not own & above:
            return _("看起来是单位自身运转的费用")
    for group in subjects.themes if above else ():  # else a project of everything, such as 业务性专项经费
        if any(word in name for word in group) and not any(word in parent for word in group):
            return _("名称中的主题与项目名称不同")
    return ""


def _words(name: str) -> frozenset[str]:
    """Pairs of characters that a name is recognised by."""
    plain = re.sub(r"[^\u4e00-\u9fff]+", " ", name)
    parts = _subjects().common.sub(" ", plain).split()
    return frozenset(part[place : place + 2] for part in parts for place in range(len(part) - 1))


@rule(
    "C-081",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("项目名称前后写法不一"),
    message=_("项目名称“{name}”，{where}写作“{other}”，只有引号、空格或全角半角不同。"),
    why=_("各年度、各表和报告中的项目名称要完全一致，否则汇总和核对时会被当作两个项目。"),
    remedy=_("以预算批复的名称为准，统一各处的写法。"),
)
def spelt_otherwise(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-081: names equal after NFKC, without quotes and blanks, but not as written: against last year's list
    of projects, and in the report's text (only 提示)."""
    rows = [row for row in book.project_years(year) if row.name]
    for row, other in _renamed(book, year, rows):
        where = _("{year}年度").format(year=year - 1)
        yield self.found(
            year,
            About("project", row.project, "name"),
            values={"name": row.name, "where": where, "other": other},
        )
    names = tuple(row.name for row in rows)
    for place in written(book, year):
        found = None
        for name, start, end in _spellings(place.raw, names):
            found = found or passage(book, year, place.key, place.about)
            if found is None:
                break
            words, right = place.raw[start:end], _as_printed(place.raw, start, name)
            first, last = found.shown_place(start), found.shown_place(end - 1) + 1
            yield self.found(
                year,
                found.about(first, last),
                values={"name": name, "where": _("文中"), "other": words},
                severity=Severity.INFO,
                repair=found.replacing(_("统一为项目名称"), first, last, right),
                words=words,
            )


def _renamed(book: Book, year: int, rows: list[ProjectYear]) -> Iterator[tuple[ProjectYear, str]]:
    """Projects with the name of last year that reads alike but is not the same: their own, else that of a project
    that was not taken over."""
    now = {row.project for row in rows}
    before = {row.project: row.name for row in book.project_years(year - 1)}
    loose = {_plain(name): name for project, name in before.items() if project not in now and not book.parent(project)}
    for row in rows:
        other = before.get(row.project) or ("" if book.parent(row.project) else loose.get(_plain(row.name), ""))
        if other and other != row.name and _plain(other) == _plain(row.name):
            yield row, other


_QUOTES = "“”‘’\"'「」『』＂＇"


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """A name in one width, without blanks and quotes."""
    even = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in even if letter not in _QUOTES and not letter.isspace())


@lru_cache(maxsize=512)
def _spellings(text: str, names: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    """Where a text writes one of the names otherwise: the name, and its place in the text."""
    even = _plain(text)
    found = []
    for name in names:
        if len(_plain(name)) < _SHORTEST or _plain(name) not in even:
            continue
        for match in _pattern(name).finditer(text):
            start, end = _without_outer_quote(match)
            if text[start:end] not in (name, print_name(name)) and not _is_part(text, start, end, names):
                found.append((name, start, end))
    return tuple(found)


_SHORTEST = 5  # a shorter name may be a common word


def _without_outer_quote(match: re.Match[str]) -> tuple[int, int]:
    """Where the name stands without a quote that opens before it or closes behind it."""
    words = match[0]
    if sum(letter in _QUOTES for letter in words) % 2 == 0:
        return match.span()
    if words[0] in _QUOTES:
        return match.start() + 1, match.end()
    return match.start(), match.end() - (words[-1] in _QUOTES)


def _is_part(text: str, start: int, end: int, names: tuple[str, ...]) -> bool:
    """Whether the words are part of a longer name that stands there."""
    plain = _plain(text[start:end])
    longer = [
        form for name in names if plain != _plain(name) and plain in _plain(name) for form in (name, print_name(name))
    ]
    return any(text.find(form, max(0, end - len(form)), start + len(form)) >= 0 for form in longer)


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    """Finds a name however its quotes, blanks and width are; quotes around the whole are no part of it."""
    between = f"[{re.escape(_QUOTES)}\\s]*"
    letters = between.join(_either_width(letter) for letter in _plain(name))
    opening = f"[{re.escape(_QUOTES)}]?" if name[0] in _QUOTES else ""
    closing = f"[{re.escape(_QUOTES)}]?" if name[-1] in _QUOTES else ""
    return re.compile(opening + letters + closing)


def _either_width(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
    return f"[{re.escape(letter)}{re.escape(wide)}]"


def _as_printed(text: str, start: int, name: str) -> str:
    """The name as it stands in a text: within quotes its own become single ones."""
    inside = text.rfind("“", 0, start) > text.rfind("”", 0, start)
    return print_name(name) if inside else name


@rule(
    "C-089",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("报告漏列项目"),
    message=_("{kind}“{name}”{amount}，报告中没有列出。"),
    why=_("部门整体绩效自评要包含本单位管理的全部项目和公共专项。"),
    remedy=_("在项目支出绩效情况中补写这个项目的金额和绩效情况。"),
)
def left_out(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-089: a project or 公共专项 with money of which no sentence stands in the report."""
    listed = any(spec.mode == "projects" for spec in template_of(book, year).sections)
    for row in book.projects(year):
        balance = project_balance(book, year, row.project)
        if (is_basic(book, row) and not row.public_special) or not (balance.budget or balance.spent):
            continue
        place = part(book, year, SENTENCE, row.project)
        if listed and not is_basic(book, row) and place and place.raw.strip():
            continue
        if _is_named(book, year, row.name):
            continue
        sides = exact_figures((_("全年预算"), balance.budget), (_("实际支出"), balance.spent))
        emptied = listed and place is not None and not place.default
        yield self.found(
            year,
            About("section", row.project, SENTENCE) if emptied else About("project", row.project, "name"),
            values={
                "kind": _("公共专项") if row.public_special else _("项目"),
                "name": print_name(row.name),
                "amount": "，".join(side.label + side.words for side in sides),
            },
            figures=sides,
            repair=Repair(_("恢复项目语句"), "reset_section", (year, SENTENCE, row.project)) if emptied else None,
        )


def _is_named(book: Book, year: int, name: str) -> bool:
    """Whether a text of the report names the project."""
    plain = _plain(name)
    return bool(plain) and any(plain in _plain(place.raw) for place in written(book, year))
