"""Rules about what rounding to 0.01万元 does to printed figures (尾差)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.balance import NOTHING, project_balance
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.figures import ALL_ROWS, BASIC_ROWS, GROUP_LABELS, PROJECT_ITEMS, SPECIAL_ROWS, Ref, figure, members
from core.i18n import _
from core.identities import ADJUSTED, BASIC, INCOME, INITIAL, SPECIAL, SPENT, item_name
from core.model import ProjectYear
from core.money import WAN_CENT, tolerance, wan_rounded
from core.outline import part
from core.passage import OTHER_MATTERS, explaining, written

NOTE = _("本报告金额由元换算为万元，分项之和与合计数可能存在四舍五入造成的尾差。")
_IS_NOTED = re.compile(r"尾差|尾数|四舍五入")


@dataclass(frozen=True, slots=True)
class _Tail:
    """A printed total whose printed parts do not add up to it, in 分."""

    where: str
    parts: int
    total: int


@rule(
    "C-084",
    severity=Severity.INFO,
    subject=Subject.FORM,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("尾差没有说明"),
    message=_("{where}：各分项印出的数合计{sum}，合计印作{total}，相差{difference}，报告没有说明尾差{more}。"),
    why=_("按万元四舍五入后分项之和与合计数会有尾差，规范的做法是加注说明，不改数字。"),
    remedy=_("在“其他需要说明的情况”中加一句尾差说明，各数不必改动。"),
)
def unexplained_tail(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-084 and 3.5: what the report prints at 0.01万元 does not add up, within rounding, and no note stands in
    it. A total row prints the rounding of the exact total. Above the tolerance C-001 to C-003 speak."""
    tails = [*_tails_of_text(book, year), *_tails_of_table(book, year)]
    if not tails or any(_IS_NOTED.search(place.raw) for place in written(book, year)):
        return
    first, more = tails[0], len(tails) - 1
    sides = (Shown(_("分项合计"), first.parts), Shown(_("印出的合计"), first.total))
    difference = abs(first.parts - first.total)
    yield self.found(
        year,
        About("section", 0, OTHER_MATTERS) if part(book, year, OTHER_MATTERS) else About("year", 0, "tail"),
        values={
            "where": first.where,
            "sum": sides[0].words,
            "total": sides[1].words,
            "difference": Shown("", difference).words,
            "more": _("，另有{n}处").format(n=more) if more else "",
        },
        figures=sides,
        difference=difference,
        repair=explaining(book, year, _("加一句尾差说明"), NOTE),
    )


def _tails_of_text(book: Book, year: int) -> Iterator[_Tail]:
    """Totals of the unit as the text names them."""
    for total, parts in ((SPENT, (BASIC, SPECIAL)), (INCOME, (INITIAL, ADJUSTED))):
        found = [figure(book, Ref(year, 0, item)) for item in (total, *parts)]
        values = [one.value for one in found if one and isinstance(one.value, int) and one.printed_unit == "万元"]
        if len(values) == len(found):
            printed = [wan_rounded(value) * WAN_CENT for value in values]
            difference = abs(sum(printed[1:]) - printed[0])
            if 0 < difference <= tolerance(len(parts), WAN_CENT):
                name = f"{item_name(total)}＝{'＋'.join(map(item_name, parts))}"
                yield _Tail(name, sum(printed[1:]), printed[0])


def _tails_of_table(book: Book, year: int) -> Iterator[_Tail]:
    """Totals below the list of projects, column by column."""
    stated: dict[int, dict[str, int]] = {}
    for one in book.stated_all(year):
        stated.setdefault(one.about, {})[one.item] = one.amount
    for group in (SPECIAL_ROWS, BASIC_ROWS, ALL_ROWS):
        rows = [row for row in members(book, year, group) if project_balance(book, year, row.project) is not NOTHING]
        columns = [_column_values(book, row, stated) for row in rows]
        sums = zip(*(values for values, _rounded in columns), strict=True)
        printed = zip(*(rounded for _values, rounded in columns), strict=True)
        for item, whole, parts in zip(PROJECT_ITEMS, map(sum, sums), map(sum, printed), strict=False):
            if parts != wan_rounded(whole):
                where = _("{item}的{total}").format(item=item_name(item), total=GROUP_LABELS[group])
                yield _Tail(where, parts * WAN_CENT, wan_rounded(whole) * WAN_CENT)


_Columns = tuple[tuple[int, ...], tuple[int, ...]]  # exact in 分, and as printed in 0.01万元


def _column_values(book: Book, row: ProjectYear, stated: dict[int, dict[str, int]]) -> _Columns:
    """What a project has in each column, stated where it is."""
    own = book.memo(row.year, row.project, "columns", lambda: _own_values(book, row))
    if row.project not in stated:
        return own
    values = (stated[row.project].get(item, value) for item, value in zip(PROJECT_ITEMS, own[0], strict=True))
    return _with_printed(tuple(values))


def _own_values(book: Book, row: ProjectYear) -> _Columns:
    balance = project_balance(book, row.year, row.project)
    return _with_printed(tuple(pick(balance) for pick in PROJECT_ITEMS.values()))


def _with_printed(values: tuple[int, ...]) -> _Columns:
    return values, tuple(map(wan_rounded, values))
