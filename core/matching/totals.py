"""控制总数: count and sum on both sides by project and month, and what listed items account for the difference."""

from collections import defaultdict
from collections.abc import Iterable

from core.book import Book
from core.i18n import _
from core.matching.exported import Export
from core.matching.model import Kind, Match, Totals
from core.model import Payment

_PARTS = {
    Kind.MATCHED: "matched",
    Kind.DIFFERENT: "different",
    Kind.THERE: "only_there",
    Kind.HERE: "only_here",
    Kind.DOUBTFUL: "doubtful",
}


def totals(
    book: Book, export: Export, matches: Iterable[Match]
) -> tuple[Totals, tuple[Totals, ...], tuple[Totals, ...]]:
    """Of everything, by project in the order of the year (those it does not have by the name the export gives them),
    and by month."""
    whole: dict[str, int] = defaultdict(int)
    projects: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = book.project_years(export.year)
    names = {row.project: row.name for row in rows}

    def add(payment: Payment, name: str, side: str, part: str, sign: int) -> None:
        for sums in (whole, projects[name], months[payment.date[:7]]):
            sums["count_" + side] += 1
            sums[side] += payment.amount
            sums[part] += sign * payment.amount

    for match in matches:
        part = _PARTS[match.kind]
        for line in match.lines:
            add(line.payment, names.get(line.payment.project) or line.project, "there", part, 1)
        for payment in match.payments:
            add(payment, names.get(payment.project, ""), "here", part, -1)
    order = {name: place for place, name in enumerate(names.values())}
    named = sorted(projects, key=lambda name: (order.get(name, len(order)), name))
    by_project = tuple(Totals(name or _("没有写明项目"), **projects[name]) for name in named)
    by_month = tuple(
        Totals(_("{month}月").format(month=int(key[5:])) if key else _("没有日期"), **months[key])
        for key in sorted(months)
    )
    return Totals(_("合计"), **whole), by_project, by_month
