"""Forms of the unit that are printed on request: F4 部门整体支出绩效评价指标表 and 三公经费表."""

from collections.abc import Callable

from core.basic_form import ACTUAL, BUDGET, LAST, FactRow, form_rows
from core.book import Book
from core.check import About
from core.facts import fact_rows
from core.i18n import _
from core.money import show_wan
from core.report.evaluation_forms import NOT_APPLICABLE, common, form_blocks, plain
from core.report.layout import layout
from core.report.model import Block, Runs
from core.unit_scores import UnitScore, reckoned, unit_scores

_THREE_PUBLIC = "三公经费"
_INDENT = "\u3000"


def scores_form(book: Book, year: int) -> list[Block]:
    """F4 of a year: its title and table. Rows the ledger cannot score are left blank to be written on."""
    rows = unit_scores(book, year)
    score, points = reckoned(rows)
    values: dict[str, Callable[[], Runs]] = {
        **common(book, year),
        "满分": lambda: plain(str(sum(row.points for row in rows))),
        "已评": lambda: plain(_("其中可由台账计算的{points}分，得{score}分").format(points=points, score=score)),
        "总分": lambda: plain(str(score) if len(rows) == sum(row.score is not None for row in rows) else ""),
    }
    return form_blocks(layout("unit-scores"), values, {"scores": [_score_values(row) for row in rows]}, About("fact"))


def _score_values(row: UnitScore) -> Callable[[str], Runs]:
    values = {
        "一级指标": row.level1,
        "二级指标": row.level2,
        "三级指标": row.name,
        "分值": str(row.points),
        "评分标准": row.standard,
        "计算过程": row.text,
        "得分": "" if row.score is None else str(row.score),
    }
    return lambda name: plain(values[name])


def three_public_form(book: Book, year: int) -> list[Block]:
    """三公经费表 of a year, from the basic-data form: its title and table."""
    below = {key for key in form_rows() if key == _THREE_PUBLIC or _THREE_PUBLIC in _above(key)}
    rows = [row for row in fact_rows(book, year) if row.item in below]
    values: dict[str, Callable[[], Runs]] = {**common(book, year), "上年": lambda: plain(str(year - 1))}
    lists = {"facts": [_fact_values(row) for row in rows]}
    return form_blocks(layout("three-public"), values, lists, About("fact"))


def _above(key: str) -> set[str]:
    found: set[str] = set()
    while parent := form_rows()[key].parent:
        found.add(parent)
        key = parent
    return found


def _fact_values(row: FactRow) -> Callable[[str], Runs]:
    last, budget, actual = (row.cell(column).amount for column in (LAST, BUDGET, ACTUAL))
    label = _("“三公”经费合计") if row.item == _THREE_PUBLIC else row.label
    values = {
        "项目": _INDENT * row.level + label,
        "上年决算数": _shown(last),
        "本年预算数": _shown(budget),
        "本年决算数": _shown(actual),
        "比上年增减": _difference(actual, last),
        "比预算增减": _difference(actual, budget),
    }
    return lambda name: plain(values[name])


def _shown(amount: int | None) -> str:
    """An amount in 万元; a blank where nobody knows it."""
    return "" if amount is None else show_wan(amount)


def _difference(amount: int | None, base: int | None) -> str:
    return NOT_APPLICABLE if amount is None or base is None else show_wan(amount - base)
