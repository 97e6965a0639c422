"""The indicator library (绩效指标库): usual indicators of small units by kind of project, from resources/indicators.

Each file is one category with its indicators by second level (二级指标). Those of cost stand there as in a scheme
that has 成本指标 as a first level; with any other scheme they are 产出指标.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.book import Book
from core.change import Change, join
from core.errors import UserError
from core.goals import Version
from core.i18n import _
from core.indicators import add_indicator
from core.policy import Policy
from core.scoring import COST, LEVELS

LIBRARY = Path(__file__).resolve().parent.parent / "resources" / "indicators"
_LEVEL1 = {two: one for one, below in LEVELS.items() for two in below}


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the library. ``target`` is what is usual; empty: the unit's own plan decides."""

    key: str  # category file / name
    category: str
    level1: str
    level2: str
    name: str
    operator: str
    target: str
    unit: str
    evidence: str  # what usually proves the result

    def levels(self, policy: Policy) -> tuple[str, str]:
        """First and second level in the policy's scheme."""
        if self.level1 == COST and COST not in policy.weights:
            return _LEVEL1[COST], COST
        return self.level1, self.level2


@dataclass(frozen=True, slots=True)
class Category:
    """The indicators for one kind of project."""

    key: str
    name: str
    kinds: tuple[str, ...]  # kinds of units it is for: 通用, 妇联, 学校, 街道
    words: tuple[str, ...]  # by which a project's name suggests it
    entries: tuple[Entry, ...]


@cache
def categories() -> tuple[Category, ...]:
    """The whole library, read when first asked for; what suits every unit comes first."""
    read = [_category(path) for path in sorted(LIBRARY.glob("*.toml"))]
    return tuple(sorted(read, key=lambda one: ("通用" not in one.kinds, one.key)))


def _category(path: Path) -> Category:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = tuple(
        Entry(f"{path.stem}/{name}", data["name"], _LEVEL1[level2], level2, name, operator, target, unit, evidence)
        for level2, rows in data["indicators"].items()
        for name, operator, target, unit, evidence in rows
    )
    return Category(path.stem, data["name"], tuple(data["kinds"]), tuple(data["words"]), entries)


def kinds() -> tuple[str, ...]:
    """The kinds of units the library knows."""
    return tuple(dict.fromkeys(kind for one in categories() for kind in one.kinds))


def search(text: str = "", category: str = "", level1: str = "", kind: str = "") -> list[Entry]:
    """Entries that hold every word of ``text`` in their name, level, category or its words; further narrowed to a
    category (its key), a first level and a kind of unit where these are given."""
    words = text.split()
    return [
        entry
        for one in categories()
        if category in ("", one.key) and (not kind or kind in one.kinds)
        for entry in one.entries
        if level1 in ("", entry.level1) and all(word in _said(one, entry) for word in words)
    ]


def _said(category: Category, entry: Entry) -> str:
    return "\n".join((entry.name, entry.level1, entry.level2, category.name, *category.words))


def suggested(project_name: str) -> list[Category]:
    """Categories a project's name points to, the one with most words in common first."""
    hits = {one.key: sum(word in project_name for word in one.words) for one in categories()}
    return sorted((one for one in categories() if hits[one.key]), key=lambda one: -hits[one.key])


def add_from_library(book: Book, year: int, about: int, keys: Iterable[str], version: str = Version.SELF) -> Change:
    """Add library indicators by key to a project or the unit (``about`` 0), without points yet. One that is there
    already by name is not added twice. Raises ``UserError`` for a key the library does not have."""
    policy = book.policy(year)
    known = {entry.key: entry for one in categories() for entry in one.entries}
    here = {one.name for one in book.indicators(year, about, version)}
    changes = []
    for key in keys:
        if key not in known:
            raise UserError(_("指标库中没有“{key}”，请重新选择。").format(key=key))
        entry = known[key]
        if entry.name in here:
            continue
        here.add(entry.name)
        level1, level2 = entry.levels(policy)
        given = {"operator": entry.operator, "target": entry.target, "unit": entry.unit}
        change = add_indicator(book, year, about, version, entry.name, level1=level1, level2=level2, **given)
        changes.append(change)
        book = book.apply(change)
    return join(_("从指标库添加{n}个指标").format(n=len(changes)), changes)
