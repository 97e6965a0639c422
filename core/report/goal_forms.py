"""Forms that are printed on request: F5 项目支出绩效目标表 and F6 项目支出绩效目标执行监控表, one for each project."""

from collections.abc import Callable

from core.balance import fiscal_fund, other_fund, project_balance
from core.book import Book
from core.check import About
from core.form_items import WHOLE_INITIAL
from core.goals import CAUSE_LABELS, POSSIBILITY_LABELS, Indicator, Monitor, Version
from core.i18n import _
from core.indicator_text import points, target_text
from core.money import show_rate, show_wan
from core.monitoring import monitored_indicators, noted, period, progress
from core.report.evaluation_forms import common, form_blocks, item, plain
from core.report.layout import layout
from core.report.model import Block, Runs
from core.scoring import weight_of

_MARK = "√"


def goal_form(book: Book, year: int, project: int) -> list[Block]:
    """F5 项目支出绩效目标表 of a project, as the year began: its title and table."""
    row = book.project_year(year, project)
    assert row is not None  # the caller lists the projects of the year
    fiscal = project_balance(book, year, project, fiscal_fund)
    other = project_balance(book, year, project, other_fund)
    attribute = row.attribute or (_("延续项目") if book.project_year(year - 1, project) else _("新增项目"))
    values: dict[str, Callable[[], Runs]] = {
        **common(book, year),
        "项目名称": lambda: plain(row.name),
        "项目属性": lambda: plain(attribute),
        WHOLE_INITIAL: lambda: item(book, year, project, WHOLE_INITIAL),
        "财政拨款": lambda: plain(show_wan(fiscal.initial)),
        "上年结转": lambda: plain(show_wan(fiscal.brought)),
        "其他资金": lambda: plain(show_wan(other.initial)),
        "预期目标": lambda: plain(row.objective_expected),
    }
    goals = book.indicators(year, project, Version.GOAL) or book.indicators(year, project)
    lists = {"goals": [_goal_values(one) for one in goals]}
    return form_blocks(layout("project-goal"), values, lists, About("evaluation", project))


def _goal_values(one: Indicator) -> Callable[[str], Runs]:
    values = {
        "一级指标": one.level1,
        "二级指标": one.level2,
        "三级指标": one.name,
        "年度指标值": target_text(one),
        "分值": points(weight_of(one)),
        "调查方法": one.method,
    }
    return lambda name: plain(values[name])


def monitoring_form(book: Book, year: int, project: int, month: int) -> list[Block]:
    """F6 执行监控表 of a project to the end of a month: its title and table."""
    row = book.project_year(year, project)
    assert row is not None  # the caller lists the projects of the year
    stand = progress(book, year, project, month)
    note = noted(book, year, project, month)
    rate = show_rate(stand.rate.numerator, stand.rate.denominator) if stand.rate is not None else "—"
    values: dict[str, Callable[[], Runs]] = {
        **common(book, year),
        "期间": lambda: plain(period(month)),
        "项目名称": lambda: plain(row.name),
        "年初预算": lambda: plain(show_wan(stand.initial)),
        "预算调整": lambda: plain(show_wan(stand.adjusted)),
        "调整后预算": lambda: plain(show_wan(stand.budget)),
        "执行数": lambda: plain(show_wan(stand.spent)),
        "执行率": lambda: plain(rate),
        "预计执行数": lambda: plain(show_wan(note.forecast) if note else ""),
        "资金说明": lambda: plain(_money_words(note)),
        "预期目标": lambda: plain(row.objective_expected),
    }
    rows = monitored_indicators(book, year, project)
    lists = {"indicators": [_stand_values(one, noted(book, year, project, month, one.id)) for one in rows]}
    return form_blocks(layout("monitoring"), values, lists, About("monitor", project, str(month)))


def _money_words(note: Monitor | None) -> str:
    """Whether the money will be spent, why not, and what is done about it."""
    if note is None:
        return ""
    causes = "、".join(CAUSE_LABELS[key] for key in note.causes.split(",") if key in CAUSE_LABELS)
    parts = (
        _("完成目标可能性：{word}").format(word=POSSIBILITY_LABELS[note.possibility]) if note.possibility else "",
        _("偏差原因：{causes}").format(causes=causes) if causes else "",
        note.reason,
        note.measure,
    )
    return "；".join(part.rstrip("。") for part in parts if part)


def _stand_values(one: Indicator, note: Monitor | None) -> Callable[[str], Runs]:
    held = note or Monitor(id=0)
    causes = held.causes.split(",")
    values = {
        "一级指标": one.level1,
        "二级指标": one.level2,
        "三级指标": one.name,
        "年度指标值": target_text(one),
        "执行情况": held.progress,
        "预计完成情况": held.expected,
        "原因措施": "\n".join(part for part in (held.reason, held.measure) if part),
        "备注": held.memo,
        **{label: _MARK if key in causes else "" for key, label in CAUSE_LABELS.items()},
        **{label: _MARK if key == held.possibility else "" for key, label in POSSIBILITY_LABELS.items()},
    }
    return lambda name: plain(values[name])
