"""Rows of filed tables as stated figures (填报数): one figure a row, or a project a row with a column per figure."""

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from core.book import Book
from core.figures import ITEM_LABELS, PROJECT_ITEMS, UNIT_ITEMS
from core.form_items import FORM_ITEMS, GRADE, PERCENT, POINTS, show_amount
from core.i18n import _
from core.intake.aliases import ITEM
from core.intake.cells import text_of
from core.intake.owners import Owners
from core.intake.plan import LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import WAN, YUAN, even
from core.model import Stated

_LEADING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|其中[:：]?)+")
_SAME = {
    "支出合计": "支出", "总支出": "支出", "本年支出": "支出", "预算支出": "支出", "本年支出合计": "支出",
    "收入合计": "预算收入", "本年收入": "预算收入", "本年收入合计": "预算收入", "总收入": "预算收入",
    "人员支出": "人员经费", "公用支出": "公用经费", "年末结转": "结余结转", "年末结转和结余": "结余结转",
    "全年预算数": "全年预算", "调整预算数": "全年预算", "年初预算数": "年初预算", "实际支出数": "实际支出",
    "年中调增(减)": "年中调增减", "追加(减)": "追加减", "调整追加(减)": "调整追加", "年初结转": "上年结转",
}  # fmt: skip


def read_stated(book: Book, rows: Rows, owners: Owners) -> tuple[list[Planned], list[LeftOut], int | None]:
    """The figures to store and the rows left out because they are stated already."""
    columns = [(c.field.removeprefix(ITEM), c.field) for c in rows.header.columns if c.field.startswith(ITEM)]
    planned: list[Planned] = []
    duplicates: list[LeftOut] = []
    seen: dict[tuple[int, str], int] = {}
    for row in rows.entries():
        named = any(rows.text(row, field) for field in ("project", "project_code"))
        about = owners.of_row(rows, row) if named else rows.choices.project
        if rows.is_held(row):
            continue
        written = [(item, field) for item, field in columns if text_of(rows.cell(row, field))]
        if not written and rows.has("item"):
            item = _item(rows.text(row, "item"), about)
            if not item:
                rows.doubt(row, "item", _("不是本程序能核对的填报项"))
                continue
            written = [(item, "amount")]
        known = False
        fresh: list[Planned] = []
        for item, field in written:
            stated = _figure(book, rows, row, about, item, field)
            if stated is None:
                continue
            if (about, item) in seen:
                rows.doubt(row, field, _("与第{row}行是同一填报项").format(row=seen[about, item] + 1))
                continue
            seen[about, item] = row
            held = book.stated(rows.year, item, about)
            if held and held.amount == stated.amount:
                known = True
            elif held and row + 1 not in rows.choices.taken:
                shown = show_amount(book, rows.year, held.amount, held.printed_unit) + held.printed_unit
                rows.doubt(row, field, _("已填报{shown}，与表中不同").format(shown=shown), may_take=True)
            else:
                record = replace(stated, id=next(owners.ids), year=rows.year, about=about)
                fresh.append(Planned(row + 1, record, held.id if held else 0))
        if rows.is_held(row):
            continue
        planned += fresh
        if known and not fresh:
            duplicates.append(LeftOut(row + 1, _("已有相同的填报数")))
        elif not fresh:
            rows.skip(row, _("没有填报数"))
    return planned, duplicates, None


def _item(text: str, about: int) -> str:
    """The item a name means, of the unit (``about`` 0) or of a project; empty where there is none."""
    names = (*(PROJECT_ITEMS if about else UNIT_ITEMS), *FORM_ITEMS)
    for bare in (even(text).rstrip(":"), even(_LEADING.sub("", text)).rstrip(":")):
        for item in names:
            if bare in (even(item), even(ITEM_LABELS.get(item, item))):
                return str(item)
        if (same := _SAME.get(bare, "")) in names:
            return same
    return ""


def _figure(book: Book, rows: Rows, row: int, about: int, item: str, field: str) -> Stated | None:
    """The figure of a cell at its item's unit; None where the cell is blank or in doubt."""
    if item not in (*(PROJECT_ITEMS if about else UNIT_ITEMS), *FORM_ITEMS):
        rows.doubt(row, field, _("不是{who}的填报项").format(who=_("项目") if about else _("单位")))
        return None
    unit = FORM_ITEMS[item].unit if item in FORM_ITEMS else WAN
    column = rows.columns[field]
    printed = rows.text(row, "printed_unit")
    amount: int | None
    if unit in (PERCENT, POINTS, GRADE):
        amount = _measured(book, rows, row, field, unit)
    else:
        amount = rows.amount(row, field)
        unit = printed if printed in (YUAN, WAN) else rows.unit_of(column)
    if amount is None:
        return None
    return Stated(
        id=0, item=item, amount=amount, printed_unit=unit,
        source_table=rows.text(row, "source_table") or rows.sheet.name,
        source_column=rows.text(row, "source_column") or column.heading,
    )  # fmt: skip


def _measured(book: Book, rows: Rows, row: int, field: str, unit: str) -> int | None:
    """A rate in 0.01 %, points in 0.01 points, a grade by its place; None where it cannot be read, which is noted."""
    text = even(text_of(rows.cell(row, field)))
    if unit == GRADE:
        names = [even(name) for name, _least in book.policy(rows.year).grades]
        if text in names:
            return names.index(text) + 1
        rows.doubt(row, field, _("不是本年度口径中的等级"))
        return None
    try:
        number = Decimal(text.removesuffix("%").removesuffix("分"))
    except InvalidOperation:
        if text:
            rows.doubt(row, field, _("不是数字"))
        return None
    if not number.is_finite() or abs(number) > 100_000:
        rows.doubt(row, field, _("不是数字"))
        return None
    share = unit == PERCENT and not text.endswith("%") and abs(number) <= 2 and "%" not in rows.columns[field].heading
    return int((number * (10_000 if share else 100)).to_integral_value(rounding="ROUND_HALF_UP"))
