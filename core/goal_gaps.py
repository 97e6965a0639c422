"""What the performance pages still lack: of an indicator by field, of the self-evaluation of a project or the unit."""

from dataclasses import dataclass

from core.book import Book
from core.goals import Operator, Version
from core.i18n import _
from core.monitoring import monitored_projects
from core.scoring import Evaluation, Scored, attained, evaluation


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is to be filled in: of an indicator, or (``indicator`` 0) of the whole."""

    indicator: int
    field: str  # of Indicator; "rows" where there are no indicators, objective_expected or objective_actual
    text: str  # in Chinese


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has objectives and indicators: the unit (``about`` 0) or a project of 项目支出."""

    about: int
    name: str
    evaluation: Evaluation
    lacks: tuple[Lack, ...]


def owners(book: Book, year: int) -> list[Owner]:
    """The unit as a whole and the projects of 项目支出, with their self-evaluation and what it lacks."""
    named = [(0, _("单位整体")), *((row.project, row.name) for row in monitored_projects(book, year))]
    found = []
    for about, name in named:
        held = evaluation(book, year, about)
        found.append(Owner(about, name, held, tuple(lacks(book, held))))
    return found


def lacks(book: Book, held: Evaluation) -> list[Lack]:
    """What a self-evaluation lacks: objectives first, then the indicators in their order."""
    expected, actual = objectives(book, held.year, held.about)
    found = []
    if not expected.strip():
        found.append(Lack(0, "objective_expected", _("没有填写年度总体目标")))
    if not held.rows:
        has_goals = book.indicators(held.year, held.about, Version.GOAL)
        text = _("还没有填写绩效自评表") if has_goals else _("还没有绩效指标")
        return [*found, Lack(0, "rows", text)]
    if not actual.strip():
        found.append(Lack(0, "objective_actual", _("没有填写总体目标的实际完成情况")))
    for row in held.rows:
        name = row.indicator.name or _("未命名指标")
        for field, why in gaps(row).items():
            found.append(Lack(row.indicator.id, field, _("{name}：{why}").format(name=name, why=why)))
    return found


def objectives(book: Book, year: int, about: int) -> tuple[str, str]:
    """年度总体目标, expected and as it came about, of a project or the unit (0)."""
    held = book.project_year(year, about) if about else book.unit_year(year)
    return (held.objective_expected, held.objective_actual) if held else ("", "")


def gaps(row: Scored) -> dict[str, str]:
    """What is to be filled in of an indicator: its field, and why. A target table asks for no points and results."""
    one = row.indicator
    found = {
        name: text
        for name, text in (
            ("level1", _("没有选择一级指标")),
            ("level2", _("没有选择二级指标")),
            ("name", _("没有填写三级指标")),
            ("target", _("没有填写指标值")),
        )
        if not getattr(one, name).strip()
    }
    if one.version == Version.GOAL or one.inapplicable:
        return found
    if row.weight is None:
        found["weight"] = _("没有填写分值")
    if not one.actual.strip():
        found["actual"] = _("没有填写实际完成值")
    if row.printed is None and row.weight is not None:
        if one.operator == Operator.QUALITATIVE:
            if one.actual.strip() and not attained(one):
                found["attained"] = row.obstacle
        elif one.target.strip() and one.actual.strip():
            found["actual"] = row.obstacle
    if row.reason_missing:
        found["reason"] = _("{why}，没有填写偏差原因").format(why=row.needs_reason)
    return found
