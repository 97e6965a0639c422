"""Which project a row belongs to: by code, by name, by the group it stands in; what a year lacks is listed."""

import re
from difflib import SequenceMatcher
from itertools import count

from core.book import Book
from core.i18n import _
from core.intake.plan import Choices, Planned, Unknown
from core.intake.rows import Rows
from core.intake.values import even
from core.model import Project, ProjectYear, Record
from core.policy import TARGETED

_CODE_FIRST = re.compile(r"([0-9A-Za-z][0-9A-Za-z.\-]{3,})[\s\-_—:：]+(\D.*)")
_CODE_LAST = re.compile(r"(.*\D)[（(\[]([0-9A-Za-z]{6,})[)）\]]")
_ALIKE = 0.6  # how much two names share before one is offered for the other


class Owners:
    """The projects of a year by code and name, and those a sheet would make."""

    def __init__(self, book: Book, year: int, choices: Choices) -> None:
        self._book, self._year, self._choices = book, year, choices
        self.batch = book.next_id  # the entry in the register comes first
        self.ids = count(self.batch + 1)  # of records that do not exist yet
        self._by_code: dict[str, int] = {}
        self._by_name: dict[tuple[int, str], int] = {}  # (parent, name)
        self._children: dict[str, list[int]] = {}
        self._names: dict[int, str] = {}
        self._alike: dict[str, int] = {}
        for row in book.project_years(year):
            self._learn(row.project, book.parent(row.project), row.name, row.code)
        self._unknown: dict[str, tuple[str, str, list[int]]] = {}
        self.made: list[Planned] = []
        self._found: dict[tuple[str, str, str, str], tuple[int, str]] = {}
        self._last = max((row.position for row in book.project_years(year)), default=0)

    def _learn(self, project: int, parent: int, name: str, code: str) -> None:
        self._names[project] = name
        self._alike.clear()
        if code:
            self._by_code.setdefault(even(code), project)
        self._by_name.setdefault((parent, even(name)), project)
        if parent:
            self._children.setdefault(even(name), []).append(project)

    def name(self, project: int) -> str:
        """What a project is called, one to be made too."""
        return self._names.get(project, "")

    def of_row(self, rows: Rows, row: int) -> int:
        """The project of a row (from 0); 0 where it is not known, which is noted as a doubt."""
        code = rows.text(row, "project_code")
        if code and even(code) not in self._by_code:
            code = rows.code(row, "project_code")  # notes it where digits may be lost
        name, below = rows.text(row, "project"), rows.text(row, "subproject")
        group = "" if rows.has("project") or rows.has("project_code") else rows.group
        if not (code or name or below):
            if self._choices.project:
                return self._choices.project
            found = self.find(group) if group else 0
            if not found:
                rows.doubt(row, "project", _("没有写明项目"))
            return found
        key = (code, name, below, "")
        if key not in self._found:
            self._found[key] = self._resolved(code, name, below)
        project, problem = self._found[key]
        field = "project" if rows.has("project") else "project_code" if rows.has("project_code") else "subproject"
        if problem:
            rows.doubt(row, field, problem, holds=not project)
        if not project and not problem:
            project = self._missing(rows, row, code, name, below, field)
        return project

    def find(self, text: str) -> int:
        """A project of the year, or one to be made, called so or by its code; 0 for none, or several."""
        code, name = parted(text)
        bare = re.sub(r"^(?:[(（]?[一二三四五六七八九十\d]+[)）]?[、.．]?)\s*", "", name)
        for one in (name, bare):
            if found := self._by_name.get((0, even(one))):
                return found
            below = self._children.get(even(one), [])
            if len(below) == 1:
                return below[0]
        return self._by_code.get(even(code), 0) if code else 0

    def _resolved(self, code: str, name: str, below: str) -> tuple[int, str]:
        """The project, and what is doubtful about it. 0 and no words: the year has none such."""
        if not code:
            code, name = parted(name)
        by_code = self._by_code.get(even(code), 0) if code else 0
        by_name = self.find(name) if name else 0
        if below and (by_name or by_code):
            above = by_code or by_name
            return self._by_name.get((above, even(below)), 0), ""
        if below and not name:
            return self.find(below), ""
        if by_code and by_name and by_code != by_name:
            text = _("项目代码属于“{one}”，项目名称却是“{other}”")
            return 0, text.format(one=self.name(by_code), other=name)
        if by_name and not by_code and code:
            held = self._book.project_year(self._year, by_name)
            if held and held.code and even(held.code) != even(code):
                return by_name, _("项目代码与台账中的{code}不同，按名称归集").format(code=held.code)
        return by_code or by_name, ""

    def _missing(self, rows: Rows, row: int, code: str, name: str, below: str, field: str) -> int:
        """Settle a project the year does not have as the user chose; else note it."""
        if not code:
            code, name = parted(name)
        title = f"{name}／{below}" if below and name else below or name or code
        key = even(title)
        self._unknown.setdefault(key, (title, code, []))[2].append(row + 1)
        if key in self._choices.matched:
            return self._choices.matched[key]
        if (self._choices.create_all or key in self._choices.create) and not rows.is_held(row):
            parent = self.find(name) if below and name else 0
            if below and name and not parent:
                parent = self.make(row, name, code)
            made = self.make(row, below or name or code, "" if below else code, parent=parent)
            self._found.clear()
            return made
        like = self._like(title)
        hint = _("，相近的有“{name}”").format(name=self.name(like)) if like else ""
        text = _("{year}年度没有项目“{title}”{hint}")
        rows.doubt(row, field, text.format(year=self._year, title=title, hint=hint))
        return 0

    def make(self, row: int, name: str, code: str, parent: int = 0, **fields: object) -> int:
        """Plan a new project, or the taking over of one that the year before has under this name; returns its id."""
        before = next(
            (one for one in self._book.project_years(self._year - 1)
             if even(one.name) == even(name) and self._book.parent(one.project) == max(parent, 0)),
            None,
        )  # fmt: skip
        self._last += 1
        if before and not self._book.project_year(self._year, before.project):
            project = before.project
            usual: dict[str, object] = {"kind": before.kind, "code": code or before.code}
        else:
            project = next(self.ids)
            kinds = self._book.policy(self._year).kinds
            kind = next((one for one, group in kinds.items() if group == TARGETED), next(iter(kinds), ""))
            usual = {"kind": "" if parent else kind, "code": code}
            self.made.append(Planned(row + 1, Project(id=project, parent=parent, origin_year=self._year)))
        held: dict[str, object] = {"year": self._year, "project": project, "position": self._last, "name": name}
        given = {key: value for key, value in fields.items() if value}
        record: Record = ProjectYear(id=next(self.ids), **{**held, **usual, **given})  # type: ignore[arg-type]
        self.made.append(Planned(row + 1, record))
        self._learn(project, parent, name, str(usual["code"]))
        return project

    def _like(self, title: str) -> int:
        """The project a name may mean, 0 for none; looked for once, though every row may bear the name."""
        if title not in self._alike:
            self._alike[title] = self._nearest(even(title))
        return self._alike[title]

    def _nearest(self, wanted: str) -> int:
        best, most = 0, _ALIKE
        for project, name in self._names.items():
            one = even(name)
            alike = 0.9 if one and (one in wanted or wanted in one) else SequenceMatcher(None, one, wanted).ratio()
            if alike > most:
                best, most = project, alike
        return best

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """The projects that rows name and the year does not have."""
        return tuple(
            Unknown(key, title, code, tuple(dict.fromkeys(rows)), self._like(title))
            for key, (title, code, rows) in self._unknown.items()
        )


def parted(text: str) -> tuple[str, str]:
    """Code and name of a cell that holds both, before or in brackets behind the name; the code may be empty."""
    if match := _CODE_FIRST.fullmatch(text):
        if any(letter.isdigit() for letter in match[1]):
            return match[1], match[2].strip()
    elif (match := _CODE_LAST.fullmatch(text)) and sum(letter.isdigit() for letter in match[2]) >= 6:
        return match[2], match[1].strip()
    return "", text
