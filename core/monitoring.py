"""The check-up of a month (绩效运行监控): how money and indicators stand against the time gone by (序时进度)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.balance import is_basic
from core.book import SPENT, Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.goals import Indicator, Monitor, Possibility, Version
from core.i18n import _
from core.model import GIVING, EventKind, ProjectYear, clean_text
from core.policy import Policy

USUAL_MONTH = 7  # the month most places ask for
MONTHS = (6, 7, 8, 9)  # those that are offered


class Light(StrEnum):
    """Traffic light of a project's spending."""

    NONE = "none"  # no budget
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


LIGHT_LABELS: Mapping[str, str] = {
    Light.NONE: _("无预算"),
    Light.RED: _("红灯"),
    Light.YELLOW: _("黄灯"),
    Light.GREEN: _("绿灯"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A project (0: the unit) at the end of a month, amounts in 分 as they stood then."""

    month: int
    initial: int  # 年初预算数, with 上年结转 where the policy counts it there
    budget: int  # 调整后预算数
    spent: int  # 1—n月执行数
    rate: Fraction | None  # 执行率; None: no budget
    pace: Fraction  # 序时进度
    light: Light

    @property
    def ratio(self) -> Fraction | None:
        """执行率 ÷ 序时进度: 1 is on time."""
        return None if self.rate is None else self.rate / self.pace

    @property
    def adjusted(self) -> int:
        """年度预算调整: what the year brought until then."""
        return self.budget - self.initial


def period(month: int) -> str:
    """The period a check-up covers, such as 1—7月."""
    return _("1月") if month == 1 else _("1—{month}月").format(month=month)


def progress(book: Book, year: int, project: int, month: int) -> Progress:
    """How a project (with its sub-projects) or the unit (0) stood at the end of a month (1 to 12)."""
    policy = book.policy(year)
    sums: dict[str, int] = {}
    for one in _family(book, year, project):
        for (kind, _fund, when), amount in book.cells(year, one).items():
            if when <= month:
                sums[kind] = sums.get(kind, 0) + amount
    opening = sums.get(EventKind.OPENING, 0) + sums.get(EventKind.OPENING_ADJUST, 0)
    initial = sums.get(EventKind.INITIAL, 0) + (opening if policy.opening_in_initial else 0)
    budget = sum(sums.get(kind, 0) for kind in GIVING)
    base = budget - (sums.get(EventKind.RECOVERED, 0) if policy.rate_base == "after_recall" else 0)
    spent = sums.get(SPENT, 0)
    rate = Fraction(spent, base) if base else None
    pace = Fraction(month, 12)
    return Progress(month, initial, budget, spent, rate, pace, light_of(rate, pace, policy))


def light_of(rate: Fraction | None, pace: Fraction, policy: Policy) -> Light:
    """The traffic light of 执行率 ÷ 序时进度 by the policy's thresholds."""
    if rate is None:
        return Light.NONE
    percent = rate / pace * 100
    if percent < policy.monitor_red:
        return Light.RED
    return Light.YELLOW if percent < policy.monitor_yellow else Light.GREEN


def _family(book: Book, year: int, project: int) -> list[int]:
    if not project:
        return [row.project for row in book.project_years(year)]
    return [project, *(child.project for child in book.children(year, project))]


def monitored_projects(book: Book, year: int) -> list[ProjectYear]:
    """The projects a check-up covers: those of 项目支出."""
    return [row for row in book.projects(year) if not is_basic(book, row)]


def monitored_indicators(book: Book, year: int, project: int) -> list[Indicator]:
    """The indicators a check-up asks about: those of the 绩效目标表, or where it is empty of the 绩效自评表."""
    rows = book.indicators(year, project, Version.GOAL) or book.indicators(year, project)
    return [one for one in rows if not one.inapplicable]


def noted(book: Book, year: int, project: int, month: int, indicator: int = 0) -> Monitor | None:
    """What was noted of a project's money (``indicator`` 0) or of one of its indicators at a month."""
    found = (one for one in book.monitors(year, project) if one.month == month and one.indicator == indicator)
    return next(found, None)


def noted_months(book: Book, year: int) -> list[int]:
    """The months something was noted for, in order."""
    owners = (0, *(row.project for row in book.project_years(year)))
    return sorted({one.month for owner in owners for one in book.monitors(year, owner)})


def note_money(book: Book, year: int, project: int, month: int, **fields: object) -> Change:
    """Note how a project's money stands: ``forecast`` (全年预计执行数, 分), ``possibility``, ``causes``, ``reason``,
    ``measure``, ``memo``. Raises ``UserError`` where the year has no such project."""
    return _note(book, year, project, month, 0, fields)


def note_indicator(book: Book, year: int, project: int, month: int, indicator: int, **fields: object) -> Change:
    """Note how an indicator stands: ``progress``, ``expected``, ``possibility``, ``causes``, ``reason``, ``measure``,
    ``memo``."""
    return _note(book, year, project, month, indicator, fields)


def _note(book: Book, year: int, project: int, month: int, indicator: int, fields: Mapping[str, object]) -> Change:
    given = {name: clean_text(value).strip() if isinstance(value, str) else value for name, value in fields.items()}
    if book.project_year(year, project) is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    draft = Draft(book)
    held = noted(book, year, project, month, indicator)
    if held:
        draft.replace(held, **given)
    else:
        draft.add(Monitor(id=0, year=year, project=project, month=month, indicator=indicator, **given))  # type: ignore[arg-type]
    return draft.change(_("填写{period}执行监控").format(period=period(month)))


def forget_month(book: Book, year: int, month: int) -> Change:
    """Take back everything noted for a month."""
    draft = Draft(book)
    for owner in (0, *(row.project for row in book.project_years(year))):
        for one in book.monitors(year, owner):
            if one.month == month:
                draft.remove(one)
    return draft.change(_("清除{period}执行监控").format(period=period(month)))


@dataclass(frozen=True, slots=True)
class Gap:
    """What a check-up still lacks: of a project's money (``indicator`` 0) or of an indicator."""

    project: int
    indicator: int
    field: str  # of Monitor
    text: str  # in Chinese


def missing(book: Book, year: int, month: int) -> list[Gap]:
    """What is to be filled in of a month, project by project, the money first."""
    return [gap for row in monitored_projects(book, year) for gap in missing_of(book, year, row.project, month)]


def missing_of(book: Book, year: int, project: int, month: int) -> list[Gap]:
    """What is to be filled in of a month for one project."""
    held = {one.indicator: one for one in book.monitors(year, project) if one.month == month}
    gaps = _money_gaps(project, held.get(0), progress(book, year, project, month))
    for one in monitored_indicators(book, year, project):
        gaps += _indicator_gaps(project, one.id, held.get(one.id))
    return gaps


def _money_gaps(project: int, note: Monitor | None, stand: Progress) -> list[Gap]:
    if note is None:
        return [Gap(project, 0, "forecast", _("没有填写全年预计执行数"))]
    gaps = _doubt_gaps(project, note)
    if note.forecast < stand.spent:
        gaps.insert(0, Gap(project, 0, "forecast", _("全年预计执行数少于已执行数")))
    if stand.light in (Light.RED, Light.YELLOW) and not note.reason and "reason" not in {gap.field for gap in gaps}:
        light = LIGHT_LABELS[stand.light]
        gaps.append(Gap(project, 0, "reason", _("支出进度为{light}，请说明偏差原因").format(light=light)))
    return gaps


def _indicator_gaps(project: int, indicator: int, note: Monitor | None) -> list[Gap]:
    note = note or Monitor(id=0, project=project, indicator=indicator)
    wanted = {
        "progress": _("没有填写执行情况"),
        "expected": _("没有填写全年预计完成情况"),
        "possibility": _("没有选择完成目标可能性"),
    }
    gaps = [Gap(project, indicator, name, text) for name, text in wanted.items() if not getattr(note, name)]
    return gaps + _doubt_gaps(project, note)


def _doubt_gaps(project: int, note: Monitor) -> list[Gap]:
    """有可能 and 完全不可能 want cause, reason and measure."""
    if note.possibility not in (Possibility.POSSIBLE, Possibility.IMPOSSIBLE):
        return []
    wanted = {
        "causes": _("没有选择偏差原因的类别"),
        "reason": _("没有说明偏差原因"),
        "measure": _("没有填写拟采取的措施"),
    }
    return [Gap(project, note.indicator, name, text) for name, text in wanted.items() if not getattr(note, name)]
