"""F3 部门整体支出绩效评价基础数据表, filled from the ledger, last year's form and what the officer entered."""

from collections.abc import Callable
from fractions import Fraction

from core.basic_form import ACTUAL, BUDGET, COLUMN_LABELS, COLUMNS, FactRow
from core.book import Book
from core.check import About
from core.facts import fact_row, fact_rows, head_count
from core.i18n import _
from core.money import show_printed, show_rate
from core.report.evaluation_forms import NOT_APPLICABLE, common, form_blocks, plain
from core.report.layout import layout, words
from core.report.model import Block, Paragraph, Run, Runs, Style

_BUILDING, _INVESTMENT = "楼堂馆所规模", "楼堂馆所投资"
_INDENT = "\u3000"


def basic_data_form(book: Book, year: int) -> list[Block]:
    """The form of a year: its title, its table and the note under it."""
    form = layout("basic-data")
    values = basic_data_values(book, year)
    rows = [row for row in fact_rows(book, year) if row.item not in (_BUILDING, _INVESTMENT)]
    found = form_blocks(form, values, {"facts": [_row_values(row) for row in rows]}, About("fact"))
    notes = (words(note, lambda name: values[name]()) for note in form.notes)
    return [*found, *(Paragraph((Run(note),), Style.NOTE) for note in notes)]


def basic_data_values(book: Book, year: int) -> dict[str, Callable[[], Runs]]:
    """What the names of the form stand for outside its rows."""
    counted = head_count(book, year)
    size, cost = fact_row(book, year, _BUILDING), fact_row(book, year, _INVESTMENT)
    thrift = book.unit_year(year).thrift
    texts = {
        "上年": str(year - 1),
        "编制数": str(counted.established),
        "在职人数": str(counted.actual),
        "人员控制率": _percent(counted.control_rate),
        "批复规模": _shown(size, BUDGET),
        "实际规模": _shown(size, ACTUAL),
        "规模控制率": _percent(size.control_rate if size else None),
        "预算投资": _shown(cost, BUDGET),
        "实际投资": _shown(cost, ACTUAL),
        "投资控制率": _percent(cost.control_rate if cost else None),
        "厉行节约": thrift or _("无"),
    }
    return {
        **common(book, year),
        **{name: lambda text=text: plain(text) for name, text in texts.items()},  # type: ignore[misc]
    }


def fact_values(book: Book, year: int) -> dict[str, str]:
    """Every figure of the form's rows by row and column, such as 公务接待本年决算数, as it is printed."""
    return {
        row.item + COLUMN_LABELS[column]: _shown(row, column)
        for row in fact_rows(book, year)
        for column in row.columns
        if not row.project and not row.is_group
    }


def _row_values(row: FactRow) -> Callable[[str], Runs]:
    values = {"项目": _INDENT * row.level + row.label}
    for column in COLUMNS:
        values[COLUMN_LABELS[column]] = _shown(row, column) if column in row.columns else NOT_APPLICABLE
    return lambda name: plain(values[name])


def _shown(row: FactRow | None, column: str) -> str:
    """A figure at its row's unit; a blank where nobody knows it."""
    amount = row.cell(column).amount if row else None
    return "" if row is None or amount is None else show_printed(amount, row.unit)


def _percent(value: Fraction | None) -> str:
    return NOT_APPLICABLE if value is None else show_rate(value.numerator, value.denominator)
