"""Codes of the government budget classification (政府收支分类科目): what they mean, and in which years they hold.

The lists are resources/codes/*.csv, in the edition of 2018 and later: columns ``code``, ``level`` (类, 款, 项),
``name``, ``initials`` (pinyin initials, several readings with a blank between), ``valid_from`` and ``valid_to``
(first and last fiscal year, empty where no limit is known). A code is digits, each level with those of the level above.

A unit may have loaded the list of its own province beside them (core/own_codes.py): a code the lists lack comes from
there, and one that both have bears the name it has there.
"""

import csv
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from core.i18n import _

LISTS = Path(__file__).resolve().parent.parent / "resources" / "codes"
OWN_PLACE = "UNIT_BUDGET_LEDGER_CODES"  # variable of the environment that names another folder of own lists


class CodeKind(StrEnum):
    """Which list a code stands in."""

    DEPARTMENT = "department_economic"  # 部门预算支出经济分类
    GOVERNMENT = "government_economic"  # 政府预算支出经济分类
    FUNCTIONAL = "functional"  # 支出功能分类; only what small units use


KIND_LABELS = {
    CodeKind.DEPARTMENT: _("部门预算支出经济分类"),
    CodeKind.GOVERNMENT: _("政府预算支出经济分类"),
    CodeKind.FUNCTIONAL: _("支出功能分类"),
}
# How many digits a code of each list may have: 类, 款 and, of the functional ones, 项.
_DIGITS = {CodeKind.DEPARTMENT: (3, 5), CodeKind.GOVERNMENT: (3, 5), CodeKind.FUNCTIONAL: (3, 5, 7)}
_FIRST_YEAR, _LAST_YEAR = 0, 9999
_INSTITUTION = "事业"  # what the kind of a unit (单位类别) says where the columns for 事业单位 hold …
_AS_OFFICE = "参公"  # … unless it is managed like an office (参照公务员法管理)
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_CODE_AND_NAME = re.compile(r"\s*(\d*)[\s\-—_:：.．、]*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its name in the years it is valid in."""

    kind: CodeKind
    code: str
    level: str  # 类, 款 or 项
    name: str
    initials: tuple[str, ...]
    valid_from: int = _FIRST_YEAR
    valid_to: int = _LAST_YEAR
    office: str = ""  # government code of a 行政 or 参公 unit, of a department code
    institution: str = ""  # government code of a 事业单位
    units: str = ""  # who uses a functional code; empty: everyone

    def holds(self, year: int) -> bool:
        """Whether the code is valid in a fiscal year."""
        return self.valid_from <= year <= self.valid_to


@lru_cache(maxsize=len(CodeKind))
def codes(kind: str) -> tuple[Code, ...]:
    """A whole list, retired codes too, in the order of its codes."""
    found = CodeKind(kind)
    built_in = list(_read(found, LISTS))
    try:
        own = {one.code: one for one in _read(found, own_folder())}
    except (OSError, ValueError, KeyError, csv.Error):  # there is none, or a hand has spoilt it
        return tuple(built_in)
    held = {one.code for one in built_in}
    named = [
        replace(one, name=own[one.code].name, initials=own[one.code].initials)
        if one.code in own and one.valid_to == _LAST_YEAR
        else one
        for one in built_in
    ]
    return tuple(sorted([*named, *(one for one in own.values() if one.code not in held)], key=lambda one: one.code))


def _read(kind: CodeKind, folder: Path) -> Iterator[Code]:
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        yield from (_code(kind, row) for row in csv.DictReader(file))


def own_folder() -> Path:
    """Where the user's own lists are kept: among the settings of the program, for every ledger and verb."""
    if place := os.environ.get(OWN_PLACE):
        return Path(place)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "UnitBudgetLedger" / "codes"


def forget_lists() -> None:
    """Read the lists anew when they are asked for next."""
    codes.cache_clear()
    _by_code.cache_clear()


def _code(kind: CodeKind, row: dict[str, str]) -> Code:
    return Code(
        kind,
        row["code"],
        row["level"],
        row["name"],
        tuple(row["initials"].split()),
        int(row["valid_from"] or _FIRST_YEAR),
        int(row["valid_to"] or _LAST_YEAR),
        row.get("office", ""),
        row.get("institution", ""),
        row.get("units", ""),
    )


@lru_cache(maxsize=len(CodeKind))
def _by_code(kind: str) -> dict[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for one in codes(kind):
        found[one.code] = (*found.get(one.code, ()), one)
    return found


def find(text: str, kind: str, year: int, limit: int = 20) -> list[Code]:
    """The codes of a year that typed text may mean, best first: by the beginning of the code, by words of the name,
    by pinyin initials (``clf`` for 差旅费). Several words must all fit; no text fits every code."""
    wanted = [_even(word) for word in text.split()]
    worded = any(not word.isdigit() for word in wanted)
    ranked: list[tuple[int, int, Code]] = []
    for one in codes(kind):
        ranks = [_rank(word, one) for word in wanted] if one.holds(year) else [None]
        if None not in ranks:
            ranked.append((max((rank or 0 for rank in ranks), default=0), len(one.name) if worded else 0, one))
    ranked.sort(key=lambda found: found[:2])
    return [one for _fit, _length, one in ranked[:limit]]


def _rank(word: str, one: Code) -> int | None:
    """How well a word fits a code: 0 is best, None not at all."""
    if word.isdigit():
        return None if not one.code.startswith(word) else 0 if one.code == word else 1
    names = (_even(one.name), _even(_BRACKETED.sub("", one.name)))
    lower = word.lower()
    if word in names or lower in one.initials:
        return 0
    if any(name.startswith(word) for name in names) or any(reading.startswith(lower) for reading in one.initials):
        return 1
    if any(word in name for name in names):
        return 2
    return 3 if any(lower in reading for reading in one.initials) else None


def known(code: str, kind: str) -> tuple[Code, ...]:
    """A code in all its years; empty where the list does not have it."""
    return _by_code(kind).get(code, ())


def valid(code: str, kind: str, year: int) -> bool:
    """Whether the list has a code in a year. The functional list is not complete: False there proves nothing."""
    return any(one.holds(year) for one in known(code, kind))


def name_of(code: str, kind: str, year: int) -> str:
    """What a code is called in a year, else in the latest year it was valid in; empty where it is not known."""
    found = known(code, kind)
    held = [one for one in found if one.holds(year)] or sorted(found, key=lambda one: one.valid_to)
    return held[-1].name if held else ""


def government_code(code: str, unit_kind: str) -> str:
    """The government code of a department code, for a unit of that kind (单位类别); empty where there is none."""
    found = known(code, CodeKind.DEPARTMENT)
    if not found:
        return ""
    institution = _INSTITUTION in unit_kind and _AS_OFFICE not in unit_kind
    return found[-1].institution if institution else found[-1].office


def split(text: str) -> tuple[str, str]:
    """Code and name of a cell that holds both, such as ``30102 津贴补贴``; either may be empty."""
    match = _CODE_AND_NAME.fullmatch(text)
    return (unicodedata.normalize("NFKC", match[1]), match[2]) if match else ("", text.strip())


def kind_of(code: str) -> CodeKind | None:
    """The list a code belongs to by its shape: 2… functional, 3… department, 5… government; None: none of them."""
    kind = {"2": CodeKind.FUNCTIONAL, "3": CodeKind.DEPARTMENT, "5": CodeKind.GOVERNMENT}.get(code[:1])
    if kind is None or not code.isdigit() or len(code) not in _DIGITS[kind]:
        return None
    return kind


def same_name(one: str, other: str) -> bool:
    """Whether two names mean the same code, however they are typed: width, blanks, brackets, 支出 at the end."""
    return bool({*_forms(one)} & {*_forms(other)})


@lru_cache(maxsize=1024)
def _forms(name: str) -> tuple[str, ...]:
    """A name as it may be shortened."""
    plain = {_even(form).replace("(", "").replace(")", "") for form in (name, _BRACKETED.sub("", name))}
    return tuple(plain | {form.removesuffix(end) for form in plain for end in ("支出", "用", "费用", "缴费")} - {""})


@lru_cache(maxsize=2048)
def _even(text: str) -> str:
    """Text in one width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
