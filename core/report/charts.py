"""Charts of the report: execution by project, and spending month by month against the time gone by."""

from collections.abc import Iterator
from itertools import accumulate

from core.balance import monthly_spent, unit_balance
from core.book import Book
from core.figures import Ref, figure
from core.i18n import _
from core.outline import reported_projects
from core.report.model import Block, Chart, Series

_MOST = 10  # projects of one chart, so that it fits on a page
_ITEMS = ("全年预算", "实际支出")


def charts(book: Book, year: int) -> Iterator[Block]:
    """Both charts; the first only where the year has projects of 项目支出, and several times where they are many."""
    rows = reported_projects(book, year)
    for start in range(0, len(rows), _MOST):
        some = rows[start : start + _MOST]
        series = (Series(item, tuple(_printed(book, year, row.project, item) for row in some)) for item in _ITEMS)
        yield Chart(_("项目预算执行情况"), False, tuple(row.name for row in some), tuple(series))
    whole = unit_balance(book, year).budget
    months = tuple(_("{month}月").format(month=month) for month in range(1, 13))
    cumulative = Series(_("累计支出"), tuple(accumulate(monthly_spent(book, year))))
    pace = Series(_("序时进度"), tuple(whole * month // 12 for month in range(1, 13)))
    yield Chart(_("累计支出与序时进度"), True, months, (cumulative, pace))


def _printed(book: Book, year: int, project: int, item: str) -> int | None:
    """A figure of a project as the tables print it."""
    found = figure(book, Ref(year, project, item))
    return found.value if found and isinstance(found.value, int) else None
