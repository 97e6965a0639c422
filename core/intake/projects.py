"""Rows of a list of projects: new ones, sub-projects under their parent, and their 年初预算 where the list has it."""

from core.book import Book
from core.i18n import _
from core.intake.owners import Owners, parted
from core.intake.plan import LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import even
from core.model import BudgetEvent, EventKind

_KEPT = ("新增项目", "延续项目")


def read_projects(book: Book, rows: Rows, owners: Owners) -> tuple[list[Planned], list[LeftOut], int | None]:
    """The projects and events to store, the rows the year has already, and the sum (分) of the budgets."""
    names = {(book.parent(p.project), even(p.name)) for p in book.project_years(rows.year)}
    codes = {even(p.code): p.name for p in book.project_years(rows.year) if p.code}
    tops = {name: 0 for parent, name in names if not parent}
    planned: list[Planned] = []
    duplicates: list[LeftOut] = []
    total = 0
    money = next((field for field in ("initial", "amount") if rows.has(field)), "")
    for row in rows.entries():
        code, name = rows.code(row, "project_code"), rows.text(row, "project")
        if not code:
            code, name = parted(name)
        below, above = rows.text(row, "subproject"), rows.text(row, "parent")
        if below:
            above, name, code = above or name, below, "" if name else code
        amount = rows.amount(row, money) or 0 if money else 0
        total += amount
        if not name:
            rows.doubt(row, "project", _("没有项目名称"))
        parent = 0
        if above and name and not rows.is_held(row):
            parent = owners.find(above)
            if not parent:
                if below and even(above) not in tops:
                    parent = owners.make(row, above, "")
                    names.add((0, even(above)))
                else:
                    rows.doubt(row, "parent", _("没有上级项目“{name}”").format(name=above))
        if rows.is_held(row):
            continue
        if (parent, even(name)) in names:
            duplicates.append(LeftOut(row + 1, _("{year}年度已有项目“{name}”").format(year=rows.year, name=name)))
            continue
        if code and even(code) in codes:
            text = _("项目代码已用于“{name}”")
            rows.doubt(row, "project_code", text.format(name=codes[even(code)]))
            continue
        kind = _kind(book, rows, row)
        fields = {
            "kind": kind,
            "attribute": _attribute(rows.text(row, "attribute")),
            "objective_expected": rows.text(row, "objective"),
        }
        project = owners.make(row, name, code, parent, **fields)
        names.add((parent, even(name)))
        if code:
            codes[even(code)] = name
        if amount:
            event = BudgetEvent(
                id=next(owners.ids), year=rows.year, project=project, date=f"{rows.year}-01-01",
                kind=EventKind.INITIAL, amount=amount, batch=owners.batch,
            )  # fmt: skip
            planned.append(Planned(row + 1, event))
    return planned, duplicates, total if money else None


def _kind(book: Book, rows: Rows, row: int) -> str:
    """The project kind of a row, if the year's policy has it; noted where it has not."""
    text = rows.text(row, "kind")
    kinds = book.policy(rows.year).kinds
    found = next((kind for kind in kinds if even(kind) == even(text)), "")
    if not found and text:
        found = next((kind for kind in kinds if even(kind) in even(text) or even(text) in even(kind)), "")
    if text and not found:
        rows.doubt(row, "kind", _("本年度的口径中没有这个项目类别，请导入后在项目中选择"), holds=False)
    return found


def _attribute(text: str) -> str:
    return next((one for one in _KEPT if text and even(text)[:2] == one[:2]), "")
