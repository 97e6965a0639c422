"""The basic-data form (部门整体支出绩效评价基础数据表): its rows, and where each figure of them comes from.

A figure the officer entered stands; else the ledger's own, by economic codes where every payment is coded; else,
for 上年决算数, what last year's form says. What nobody knows is None, never 0. Money in 分, areas in 0.01㎡.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.balance import class_balance, is_basic, project_class
from core.basic_form import (
    ACTUAL,
    BUDGET,
    COLUMNS,
    LAST,
    NOTHING_KNOWN,
    SPECIAL,
    FactCell,
    FactRow,
    FormRow,
    Origin,
    codes_of,
    form_rows,
    parts_of,
)
from core.book import Book
from core.change import Change
from core.draft import Draft
from core.economic import UNCODED, unit_economic_totals
from core.figures import Ref, figure
from core.i18n import _
from core.model import Fact, ProjectYear, clean_text
from core.money import rate
from core.policy import OPERATING, PUBLIC, TARGETED

# What the ledger says


def coded_amount(book: Book, year: int, key: str) -> int | None:
    """本年决算数 of a row by economic codes (分); None while there are no payments, or one of them is not coded."""
    row, codes = form_rows().get(key), codes_of(key) if key in form_rows() else ()
    totals = unit_economic_totals(book, year, bool(row and row.basic)) if codes else {}
    if row is None or not totals or UNCODED in totals:
        return None
    return sum(amount for code, amount in totals.items() if code.startswith(codes))


def last_actual(book: Book, year: int, item: str) -> int | None:
    """本年决算数 of the same row on last year's form; 0 for a project that last year did not have."""
    row = form_rows().get(item)
    if book.year(year - 1) is None or (row and ACTUAL not in row.columns):
        return None
    if row:
        return _cell(book, year - 1, row, ACTUAL).amount
    return _project_cell(book, year - 1, project_of(item), ACTUAL).amount or 0


def _own(book: Book, year: int, row: FormRow, column: str) -> FactCell:
    """What stands in a cell where nothing was entered."""
    if column not in row.columns:
        return NOTHING_KNOWN
    if row.total:
        parts = [_cell(book, year, part, column).amount for part in parts_of(row.key)]
        known = [amount for amount in parts if amount is not None]
        if len(known) == len(parts):
            return FactCell(sum(known), Origin.PARTS)
    if column == LAST:
        return _known(last_actual(book, year, row.key), Origin.LAST_YEAR)
    if row.source == "projects":
        cells = [_project_cell(book, year, one.project, column) for one in _members(book, year)]
        return FactCell(_sum(cells), Origin.PARTS) if book.projects(year) else NOTHING_KNOWN
    if column == ACTUAL and (amount := coded_amount(book, year, row.key)) is not None:
        return FactCell(amount, Origin.LEDGER)
    if row.source == "public" and any(project_class(book, one) == PUBLIC for one in book.projects(year)):
        balance = class_balance(book, year, PUBLIC)
        return FactCell(balance.spent if column == ACTUAL else balance.initial, Origin.LEDGER)
    if row.source == "adjusted" and column == ACTUAL and book.projects(year):
        return _of_figure(book, Ref(year, 0, "调整追加"))
    return NOTHING_KNOWN


def _known(amount: int | None, origin: Origin) -> FactCell:
    return NOTHING_KNOWN if amount is None else FactCell(amount, origin)


def _of_figure(book: Book, ref: Ref) -> FactCell:
    """A figure of the report as the form repeats it: stated where it is, else the ledger's."""
    found = figure(book, ref)
    if found is None or not isinstance(found.value, int):
        return NOTHING_KNOWN
    return FactCell(found.value, Origin.STATED if found.stated else Origin.LEDGER)


def entered(book: Book, year: int, item: str, column: str) -> int | None:
    """What the officer entered in a cell; None: nothing."""
    held = book.facts(year).get(item)
    amount = getattr(held, column) if held else None
    return amount if isinstance(amount, int) else None


def _cell(book: Book, year: int, row: FormRow, column: str) -> FactCell:
    amount = entered(book, year, row.key, column)
    return _own(book, year, row, column) if amount is None else FactCell(amount, Origin.ENTERED)


# What a project's row repeats of the report: its 年初预算 and 实际支出.
_ITEMS: Mapping[str, str] = {BUDGET: "年初预算", ACTUAL: "实际支出"}


def _project_cell(book: Book, year: int, project: int, column: str) -> FactCell:
    amount = entered(book, year, project_item(project), column)
    if amount is not None:
        return FactCell(amount, Origin.ENTERED)
    if column == LAST:
        return _known(last_actual(book, year, project_item(project)), Origin.LAST_YEAR)
    return _of_figure(book, Ref(year, project, _ITEMS[column]))


def _members(book: Book, year: int) -> list[ProjectYear]:
    """The projects of 项目支出."""
    return [row for row in book.projects(year) if not is_basic(book, row)]


def _sum(cells: Iterable[FactCell]) -> int:
    return sum(cell.amount or 0 for cell in cells)


# Rows


def project_item(project: int) -> str:
    """The item of a project's row of the form."""
    return f"p{project}"


def project_of(item: str) -> int:
    """The project a row's item stands for; 0 for any other row."""
    return int(item[1:]) if item[:1] == "p" and item[1:].isdigit() else 0


def item_label(book: Book, year: int, item: str) -> str:
    """What a row of the form is called, without its number: 公务接待, or the project's name."""
    project = book.project_year(year, project_of(item)) if project_of(item) else None
    return project.name if project else item


def fact_rows(book: Book, year: int) -> list[FactRow]:
    """All rows of the form in the order of print, the projects by kind under 项目支出."""
    rows: list[FactRow] = []
    for row in form_rows().values():
        rows.append(_row(book, year, row))
        if row.source == "projects":
            rows += _project_rows(book, year)
    return rows


def fact_row(book: Book, year: int, item: str) -> FactRow | None:
    """One row of the form; None where the year's form has no such row."""
    row = form_rows().get(item)
    if row:
        return _row(book, year, row)
    return next((one for one in _project_rows(book, year) if one.item == item), None)


def _row(book: Book, year: int, row: FormRow) -> FactRow:
    level, above = 0, row
    while above.parent:
        level, above = level + 1, form_rows()[above.parent]
    last, budget, actual = (_cell(book, year, row, column) for column in COLUMNS)
    note = _note(book, year, row.key)
    return FactRow(row.key, row.label, row.unit, level, row.columns, last, budget, actual, note=note)


def _note(book: Book, year: int, item: str) -> str:
    held = book.facts(year).get(item)
    return held.note if held else ""


def _project_rows(book: Book, year: int) -> list[FactRow]:
    """The projects of 项目支出 by kind (项目类别), each kind before its projects; kinds in the policy's order."""
    kinds = [kind for kind, group in book.policy(year).kinds.items() if group in (OPERATING, TARGETED)]
    members: dict[str, list[FactRow]] = {kind: [] for kind in kinds}
    for one in _members(book, year):
        members.setdefault(one.kind, []).append(_project_row(book, year, one))
    found: list[FactRow] = []
    for number, (kind, rows) in enumerate(members.items(), 1):
        label = f"{number}、{kind or _('未分类项目')}"
        budget, actual = (FactCell(_sum(row.cell(one) for row in rows), Origin.PARTS) for one in (BUDGET, ACTUAL))
        last = _last_of_kind(book, year, kind)
        found.append(FactRow(f"{SPECIAL}·{kind}", label, "万元", 1, COLUMNS, last, budget, actual, is_group=True))
        found += rows
    return found


def _project_row(book: Book, year: int, row: ProjectYear) -> FactRow:
    item = project_item(row.project)
    last, budget, actual = (_project_cell(book, year, row.project, column) for column in COLUMNS)
    note = _note(book, year, item)
    return FactRow(item, row.name, "万元", 2, COLUMNS, last, budget, actual, project=row.project, note=note)


def _last_of_kind(book: Book, year: int, kind: str) -> FactCell:
    """What the projects of a kind spent last year, those that ended too."""
    if book.year(year - 1) is None:
        return NOTHING_KNOWN
    earlier = [row for row in _members(book, year - 1) if row.kind == kind]
    return FactCell(_sum(_project_cell(book, year - 1, row.project, ACTUAL) for row in earlier), Origin.LAST_YEAR)


# Staff


@dataclass(frozen=True, slots=True)
class HeadCount:
    """财政供养人员: established and actual posts of the post types that have an establishment (编制)."""

    established: int
    actual: int

    @property
    def control_rate(self) -> Fraction | None:
        """控制率: actual ÷ established."""
        return rate(self.actual, self.established)


def head_count(book: Book, year: int) -> HeadCount:
    """Posts at the end of the year. Types without an establishment (编外) are no 财政供养人员."""
    counted = [one for one in book.staff(year) if one.established or "编制" in one.type]
    return HeadCount(sum(one.established for one in counted), sum(one.actual for one in counted))


# What the officer enters


def is_used(book: Book, year: int) -> bool:
    """Whether anything was entered in the year's basic-data form."""
    return any(_is_filled(fact) for fact in book.facts(year).values())


def _is_filled(fact: Fact) -> bool:
    return any(getattr(fact, column) is not None for column in COLUMNS)


def set_fact(book: Book, year: int, item: str, **fields: int | str | None) -> Change:
    """Enter figures of a row: ``last_actual``, ``budget``, ``actual`` at its unit (None: not known), or its ``note``.
    A row that holds nothing any more is removed."""
    given = {name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()}
    draft = Draft(book)
    held = book.facts(year).get(item)
    new = draft.replace(held, **given) if held else draft.add(Fact(id=0, year=year, item=item, **given))  # type: ignore[arg-type]
    if not new.note and not _is_filled(new):
        draft.remove(new)
    return draft.change(_("填写基础数据：{item}").format(item=item_label(book, year, item)))


def clear_fact(book: Book, year: int, item: str, column: str = "") -> Change:
    """Take back what was entered in a cell, or in the whole row: the ledger or last year speaks again."""
    if column:
        return set_fact(book, year, item, **{column: None})
    draft = Draft(book)
    held = book.facts(year).get(item)
    if held:
        draft.remove(held)
    return draft.change(_("清除基础数据：{item}").format(item=item_label(book, year, item)))
