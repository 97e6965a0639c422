"""The rows of the project grid: groups, projects, sub-projects and the total, with the mark of each."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from core.balance import Balance, basic_balance, is_basic, own_balance, project_balance, special_balance, unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS, SEVERITY_ORDER, Severity
from core.i18n import _
from core.model import ProjectYear
from core.review import Item, project_of

GROUP, PROJECT, SUB, REST, TOTAL = "group", "project", "sub", "rest", "total"
BASIC, SPECIAL = "basic", "special"
EARLIER_YEAR = "C-077"  # the rule that finds payments of an earlier year

Key = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. ``project`` is 0 for groups and the total."""

    kind: str
    key: Key
    name: str
    level: int
    balance: Balance
    project: int = 0
    fold: bool | None = None  # True: unfolded, False: folded, None: nothing below
    mark: str = "good"  # gravest open finding, or good
    notes: str = ""  # what the findings say
    tag: str = ""


def grid_rows(book: Book, year: int, items: tuple[Item, ...], folded: Set[Key]) -> list[GridRow]:
    """All rows that are shown; ``folded`` are the keys of rows whose rows below are not."""
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(project_of(book, item.finding.about), []).append(item)
    rows: list[GridRow] = []
    everything: list[Item] = list(found.get(0, ()))
    for group, title, balance in (
        (BASIC, _("基本支出"), basic_balance(book, year)),
        (SPECIAL, _("项目支出"), special_balance(book, year)),
    ):
        members = [p for p in book.projects(year) if is_basic(book, p) == (group == BASIC)]
        inside: list[GridRow] = []
        theirs: list[Item] = []
        for member in members:
            family = [member.project, *(child.project for child in book.children(year, member.project))]
            own = [item for project in family for item in found.get(project, ())]
            inside += _project_rows(book, member, found, own, folded)
            theirs += own
        everything += theirs
        key = (GROUP, group)
        fold = key not in folded if members else None
        rows.append(GridRow(GROUP, key, title, 0, balance, fold=fold, **_mark(theirs)))
        rows += inside if fold else []
    rows.append(GridRow(TOTAL, (TOTAL, 0), _("合计"), 0, unit_balance(book, year), **_mark(everything)))
    return rows


def _project_rows(
    book: Book, row: ProjectYear, found: Mapping[int, list[Item]], own: list[Item], folded: Set[Key]
) -> Iterator[GridRow]:
    year, project = row.year, row.project
    key = (PROJECT, project)
    children = book.children(year, project)
    fold = key not in folded if children else None
    balance = project_balance(book, year, project)
    yield GridRow(PROJECT, key, row.name, 1, balance, project, fold, tag=_tag(own), **_mark(own))
    if not fold:
        return
    for child in children:
        theirs = found.get(child.project, [])
        mine = own_balance(book, year, child.project)
        place = (SUB, child.project)
        yield GridRow(SUB, place, child.name, 2, mine, child.project, tag=_tag(theirs), **_mark(theirs))
    rest = own_balance(book, year, project)
    if rest.spent:
        yield GridRow(REST, (REST, project), _("未分到子项目"), 2, Balance(spent=rest.spent), project)


def _mark(items: list[Item]) -> dict[str, str]:
    if not items:
        return {}
    items = sorted(items, key=lambda item: SEVERITY_ORDER.index(Severity(item.finding.severity)))
    notes = "\n".join(f"{SEVERITY_LABELS[item.finding.severity]}：{item.rule.title}" for item in items[:8])
    return {"mark": items[0].finding.severity, "notes": notes}


def _tag(items: list[Item]) -> str:
    return _("以前年度") if any(item.finding.rule == EARLIER_YEAR for item in items) else ""
