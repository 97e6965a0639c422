"""The self-evaluation forms (自评表): F1 for each project and F2 for the unit, filled from the ledger.

A figure stated from a filed form is printed as stated, else the ledger's own; the layouts stand in resources/forms.
"""

from collections.abc import Callable, Mapping, Sequence

from core.balance import ONLY, is_basic, unit_balance
from core.book import Book
from core.check import About
from core.figures import Ref, figure
from core.form_items import COLUMNS as MONEY_COLUMNS
from core.form_items import GRADED, RATE_SCORE, ROWS, TOTAL, form_figure, money_key
from core.form_items import RATE as RATE_ITEM
from core.i18n import _
from core.indicator_text import actual_text, points, target_text
from core.model import Fund
from core.money import show_rate, show_wan
from core.report.layout import Layout, fill, layout, words
from core.report.model import Block, Heading, Run, Runs
from core.scoring import Scored, evaluation

Values = Mapping[str, Callable[[], Runs]]

# What the rows of indicators say.
INDICATOR_NAMES = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因")

NOT_APPLICABLE = "—"
_INCOME: Mapping[str, Fund] = {
    "一般公共预算": Fund.GENERAL,
    "政府性基金": Fund.GOVERNMENT,
    "财政专户": Fund.SPECIAL,
    "其他来源": Fund.OTHER,
}


def project_form(book: Book, year: int, project: int) -> list[Block]:
    """F1 项目支出绩效自评表 of a project: its title and table."""
    lists = {"indicators": indicator_rows(book, year, project)}
    return form_blocks(layout("project-evaluation"), project_values(book, year, project), lists, _anchor(project))


def project_values(book: Book, year: int, project: int) -> dict[str, Callable[[], Runs]]:
    """What the names of the form of a project stand for."""
    row = book.project_year(year, project)
    assert row is not None  # the caller lists the projects of the year
    return {
        **common(book, year),
        **_money(book, year, project),
        **_scores(book, year, project),
        "项目名称": lambda: plain(row.name),
        "预期目标": lambda: plain(row.objective_expected),
        "实际完成情况": lambda: plain(row.objective_actual),
    }


def unit_form(book: Book, year: int) -> list[Block]:
    """F2 部门整体支出绩效自评表: its title and table."""
    lists = {"indicators": indicator_rows(book, year, 0)}
    return form_blocks(layout("unit-evaluation"), unit_values(book, year), lists, _anchor(0))


def unit_values(book: Book, year: int) -> dict[str, Callable[[], Runs]]:
    """What the names of the form of the unit stand for."""
    names = book.unit_year(year)
    return {
        **common(book, year),
        **_money(book, year, 0),
        **_scores(book, year, 0),
        **{name: _spent_of(book, year, fund) for name, fund in _INCOME.items()},
        "基础": lambda: plain(_("按全年执行数")),
        "基本支出": lambda: _with_unit(_figure_runs(book, Ref(year, 0, "基本支出"))),
        "项目支出": lambda: _with_unit(_figure_runs(book, Ref(year, 0, "项目支出"))),
        "预期目标": lambda: plain(names.objective_expected),
        "实际完成情况": lambda: plain(names.objective_actual),
    }


def _anchor(about: int) -> About:
    return About("evaluation", about)


def indicator_rows(book: Book, year: int, about: int) -> list[Callable[[str], Runs]]:
    """What the names in INDICATOR_NAMES stand for, indicator by indicator."""
    return [_indicator_values(scored) for scored in evaluation(book, year, about).rows]


def form_blocks(
    form: Layout, values: Values, lists: Mapping[str, Sequence[Callable[[str], Runs]]], anchor: About
) -> list[Block]:
    """A form as it is printed: its title and its table."""

    def value(name: str) -> Runs:
        return values[name]()

    return [Heading(0, (Run(words(form.title, value)),), anchor), fill(form, value, lists)]


def common(book: Book, year: int) -> dict[str, Callable[[], Runs]]:
    """What every form says of the year and the unit."""
    names = book.unit_year(year)
    return {
        "年度": lambda: plain(str(year)),
        "单位名称": lambda: plain(names.name),
        "主管部门": lambda: plain(names.superior or names.name),
    }


def _money(book: Book, year: int, about: int) -> dict[str, Callable[[], Runs]]:
    """The money rows of the form with the execution rate of each source."""
    found: dict[str, Callable[[], Runs]] = {}
    for row in ROWS:
        for column in MONEY_COLUMNS:
            key = money_key(row, column)
            found[key] = lambda key=key: item(book, year, about, key)  # type: ignore[misc]
        found[f"{row}执行率"] = lambda row=row: plain(_rate_of(book, year, about, row))  # type: ignore[misc]
    return found


def _rate_of(book: Book, year: int, about: int, row: str) -> str:
    """执行率 of one source, of the printed amounts; — where there is no budget."""
    budget, spent = (form_figure(book, Ref(year, about, money_key(row, column))) for column in MONEY_COLUMNS[1:])
    if budget is None or spent is None or not isinstance(budget.value, int) or not isinstance(spent.value, int):
        return NOT_APPLICABLE
    return show_rate(spent.value, budget.value) if budget.value else NOT_APPLICABLE


def _scores(book: Book, year: int, about: int) -> dict[str, Callable[[], Runs]]:
    def grade() -> Runs:
        stated = book.stated(year, GRADED, about)
        grades = book.policy(year).grades
        if stated and 0 < stated.amount <= len(grades):
            return (Run(grades[stated.amount - 1][0], Ref(year, about, GRADED)),)
        return plain(evaluation(book, year, about).grade)

    return {
        "执行率分值": lambda: plain(str(book.policy(year).execution_points)),
        "自评执行率": lambda: _percent(item(book, year, about, RATE_ITEM)),
        "执行率得分": lambda: item(book, year, about, RATE_SCORE),
        "满分": lambda: plain("100"),
        "自评总分": lambda: item(book, year, about, TOTAL),
        "等级": grade,
    }


def item(book: Book, year: int, about: int, key: str) -> Runs:
    """An item of the form as printed: stated, else the ledger's own; — where neither is known."""
    ref = Ref(year, about, key)
    found = form_figure(book, ref)
    if found is None or found.value is None:
        return plain(NOT_APPLICABLE)
    return (Run(found.text("2"), ref),)


def _percent(found: Runs) -> Runs:
    """A rate with its sign, which the figure itself leaves out."""
    return found if found[0].text == NOT_APPLICABLE else (*found, Run("%"))


def _figure_runs(book: Book, ref: Ref) -> Runs:
    found = figure(book, ref)
    return (Run(found.text("2"), ref),) if found else plain("")


def _spent_of(book: Book, year: int, fund: Fund) -> Callable[[], Runs]:
    """What was spent of one fund source, in 万元."""
    return lambda: plain(_("{amount}万元").format(amount=show_wan(unit_balance(book, year, ONLY[fund]).spent)))


def _with_unit(found: Runs) -> Runs:
    return (*found, Run(_("万元")))


def plain(text: str) -> Runs:
    """Words without a figure."""
    return (Run(text),)


def _indicator_values(held: Scored) -> Callable[[str], Runs]:
    one = held.indicator
    values = {
        "一级指标": one.level1,
        "二级指标": one.level2,
        "三级指标": one.name,
        "年度指标值": target_text(one),
        "实际完成值": actual_text(one),
        "分值": _("不适用") if one.inapplicable else points(held.weight),
        "得分": NOT_APPLICABLE if one.inapplicable else points(held.printed),
        "偏差原因": one.reason,
    }
    return lambda name: plain(values[name])


def forms_of(book: Book, year: int) -> list[tuple[str, int]]:
    """The self-evaluation forms a year's report has, by title and owner: the unit's (0), then one for each project."""
    special = [row for row in book.projects(year) if not is_basic(book, row)]
    unit = (_("部门整体支出绩效自评表"), 0)
    return [unit, *((_("项目支出绩效自评表：{name}").format(name=row.name), row.project) for row in special)]
