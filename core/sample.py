"""The sample ledger (示例台账): three years of a small unit, from the readable data in resources/samples.

It is made through the same commands and the same door as an officer's own work, so that its journal,
undo and proofs are real. What is published and what is illustrative is said in each year's note.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core import commands, facts, indicators, monitoring, writing
from core.book import Book
from core.change import Change, join
from core.goals import Attained, Operator, Version
from core.i18n import _
from core.ledger import Ledger
from core.model import EventKind
from core.money import parse_amount
from core.outline import PURPOSE, STORY, default_template_text
from core.policy import default_policy_text

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
YEARS = (2022, 2023, 2024)
SHOWN_YEAR = 2023  # the year with the published figures and defects

METHOD = _("直接支付")
_TEXTS = {"story": STORY, "purpose": PURPOSE}


def build_sample(path: Path) -> Ledger:
    """Make the sample as a new file and open it; nothing of the making can be undone in that session.

    Raises ``UserError`` if there is a file already or it cannot be written; no half-made file stays.
    """
    ledger = Ledger.create(path)
    try:
        for change in sample_changes():
            ledger.commit(change)
    except BaseException:
        ledger.close()
        path.unlink(missing_ok=True)
        raise
    ledger.close()
    return Ledger.open(path)


@cache
def sample_book() -> Book:
    """The sample's book, without a file."""
    book = Book()
    for change in sample_changes():
        book = book.apply(change)
    return book


def sample_changes() -> Iterator[Change]:
    """Everything that makes the sample, in order: one change for each piece of work an officer would do."""
    making = _Making()
    unit = _read("unit")
    making.do(commands.found_unit(making.book, kind=unit["kind"], basis=unit["basis"]))
    yield making.finished(_("设置单位"))
    for year in YEARS:
        data = _read(str(year))
        _open_year(making, data, unit["names"])
        yield making.finished(_("新建{year}年度").format(year=year))
        for project in data["project"]:
            _enter_project(making, year, project)
        yield making.finished(_("登记{year}年度项目").format(year=year))
        numbers = _document_numbers(year, data["project"])
        for project in data["project"]:
            _enter_events(making, year, project, data["memo"], numbers)
        yield making.finished(_("录入{year}年度预算变动").format(year=year))
        _enter_payments(making, year, data)
        yield making.finished(_("录入{year}年度支出").format(year=year))
        for item, (amount, table, column) in data["stated"].items():
            fen = parse_amount(amount)
            making.do(commands.state(making.book, year, item, fen, source_table=table, source_column=column))
        yield making.finished(_("填写{year}年度填报数").format(year=year))
        goals = _read(f"{year}-goals")
        _set_goals(making, year, goals)
        yield making.finished(_("填写{year}年度绩效目标").format(year=year))
        if "monitor" in goals:
            _monitor(making, year, goals["monitor"])
            yield making.finished(_("填写{year}年度执行监控").format(year=year))
        _evaluate(making, year, goals)
        yield making.finished(_("填写{year}年度绩效自评").format(year=year))
        _enter_facts(making, year, goals)
        yield making.finished(_("填写{year}年度基础数据").format(year=year))
        _write_report(making, year, _read(f"{year}-report"))
        yield making.finished(_("撰写{year}年度报告").format(year=year))


class _Making:
    """Applies changes one after the other and hands them out as one."""

    def __init__(self) -> None:
        self.book = Book()
        self.projects: dict[str, int] = {}  # key in the data -> project id
        self._changes: list[Change] = []

    def do(self, change: Change) -> None:
        self.book = self.book.apply(change)
        self._changes.append(change)

    def finished(self, label: str) -> Change:
        change = join(label, self._changes)
        self._changes.clear()
        return change


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def _open_year(making: _Making, data: dict[str, Any], names: dict[str, str]) -> None:
    year = data["year"]
    stripped = {name: text.strip() for name, text in names.items()}
    making.do(commands.open_year(making.book, year, default_policy_text(), default_template_text(), **stripped))
    making.do(commands.set_year(making.book, year, note=data["note"].strip()))
    for post_type, (established, actual, retired) in data["staff"].items():
        making.do(
            commands.set_staff(making.book, year, post_type, established=established, actual=actual, retired=retired)
        )


def _enter_project(making: _Making, year: int, project: dict[str, Any]) -> None:
    key = project["key"]
    if key in making.projects:
        making.do(commands.continue_project(making.book, year, making.projects[key]))
    else:
        parent = making.projects[project["parent"]] if "parent" in project else 0
        making.do(commands.add_project(making.book, year, project["name"], project.get("kind", ""), parent))
        making.projects[key] = max(row.project for row in making.book.project_years(year))
    if reason := project.get("execution_reason"):
        making.do(commands.set_project(making.book, year, making.projects[key], execution_reason=reason))


def _document_numbers(year: int, projects: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """A made-up document number for each date and title, in the order of their dates. What is carried over
    needs no document."""
    papers = {
        (day, title)
        for project in projects
        for kind, day, _amount, _code, title, *_memo in project.get("events", ())
        if kind not in (EventKind.OPENING, EventKind.CARRIED)
    }
    return {paper: _("示例〔{year}〕{n}号").format(year=year, n=n) for n, paper in enumerate(sorted(papers), 1)}


def _enter_events(
    making: _Making, year: int, project: dict[str, Any], memo: str, numbers: dict[tuple[str, str], str]
) -> None:
    for kind, day, amount, functional, title, *own_memo in project.get("events", ()):
        making.do(
            commands.add_event(
                making.book,
                year,
                making.projects[project["key"]],
                kind,
                day,
                parse_amount(amount),
                functional_code=functional,
                doc_no=numbers.get((day, title), ""),
                doc_title=title,
                origin_year=year - 1 if kind == "opening" else 0,
                memo=own_memo[0] if own_memo else memo,
            )
        )


def _enter_payments(making: _Making, year: int, data: dict[str, Any]) -> None:
    """Every payment of the year by date, with voucher numbers that run through each month."""
    rows = sorted((row for project in data["project"] for row in _payments(year, project)), key=lambda row: row[0])
    number, month = 0, ""
    for day, key, amount, functional, economic, payee, purpose in rows:
        number = number + 1 if day[5:7] == month else 1
        month = day[5:7]
        making.do(
            commands.add_payment(
                making.book,
                year,
                making.projects[key],
                day,
                parse_amount(amount),
                payee=payee,
                purpose=purpose,
                voucher=f"{month}-{number:03}",
                functional_code=functional,
                economic_code=economic,
                method=METHOD,
                memo=data["memo"],
            )
        )


def _payments(year: int, project: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Date, project key, amount, functional code, economic code, payee, purpose."""
    key = project["key"]
    for number, amount, functional, economic, payee, purpose in project.get("monthly", ()):
        for month in range(1, 13):
            day = _working_day(date(year, month, number))
            yield day, key, amount, functional, economic, payee, purpose.format(month=month)
    for day, amount, economic, payee, purpose in project.get("payments", ()):
        yield day, key, amount, project["functional_code"], economic, payee, purpose


def _working_day(day: date) -> str:
    """The Friday before where the day is a Saturday or Sunday: the treasury pays on working days."""
    return (day - timedelta(days=max(0, day.weekday() - 4))).isoformat()


# The columns of an indicator in the data; what comes after the points belongs to the self-evaluation.
_GOAL = ("level1", "level2", "name", "operator", "target", "unit", "weight")
_RESULT = ("actual", "score", "reason")
# What is noted of money and of an indicator at a month.
_MONEY = ("forecast", "possibility", "causes", "reason", "measure")
_STAND = ("progress", "expected", "possibility", "causes", "reason", "measure")


def _goals(making: _Making, data: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The unit (0) and each project with its objectives and indicators."""
    yield 0, data["unit"]
    yield from ((making.projects[key], goals) for key, goals in data["projects"].items())


def _set_goals(making: _Making, year: int, data: dict[str, Any]) -> None:
    """The targets of the year's start: 绩效目标表."""
    for about, goals in _goals(making, data):
        for row in goals["indicators"]:
            given = dict(zip(_GOAL, row, strict=False))
            making.do(indicators.add_indicator(making.book, year, about, Version.GOAL, **given))
        expected = goals["expected"]
        if about:
            making.do(commands.set_project(making.book, year, about, objective_expected=expected))
        else:
            making.do(commands.set_names(making.book, year, objective_expected=expected))


def _monitor(making: _Making, year: int, data: dict[str, Any]) -> None:
    """How money and indicators stood at the end of a month: 执行监控."""
    month = data["month"]
    for key, noted in data["projects"].items():
        project = making.projects[key]
        money: dict[str, Any] = dict(zip(_MONEY, noted["money"], strict=False))
        money["forecast"] = parse_amount(money["forecast"])
        making.do(monitoring.note_money(making.book, year, project, month, **money))
        held = monitoring.monitored_indicators(making.book, year, project)
        for one, stand in zip(held, noted["indicators"], strict=True):
            given = dict(zip(_STAND, stand, strict=False))
            making.do(monitoring.note_indicator(making.book, year, project, month, one.id, **given))


def _evaluate(making: _Making, year: int, data: dict[str, Any]) -> None:
    """The results of the year's end: 绩效自评表."""
    for about, goals in _goals(making, data):
        making.do(indicators.copy_goals_to_self(making.book, year, about))
        surveyed, sample, method = goals["survey"]
        for row, held in zip(goals["indicators"], making.book.indicators(year, about), strict=True):
            given = dict(zip(_RESULT, row[len(_GOAL) :], strict=False))
            if held.operator == Operator.QUALITATIVE:
                given["attained"] = Attained.REACHED if given["actual"] == held.target else Attained.PARTLY
            if held.name == surveyed:
                given |= {"sample": sample, "method": method}
            making.do(indicators.set_indicator(making.book, held.id, **given))
        if about:
            making.do(commands.set_project(making.book, year, about, objective_actual=goals["actual"]))
        else:
            making.do(commands.set_names(making.book, year, objective_actual=goals["actual"]))


def _enter_facts(making: _Making, year: int, data: dict[str, Any]) -> None:
    """What the officer enters in the basic-data form (基础数据表), and who signs when."""
    for item, amounts in data["facts"].items():
        given = {column: parse_amount(amount) for column, amount in amounts.items()}
        making.do(facts.set_fact(making.book, year, item, **given))
    making.do(commands.set_names(making.book, year, **data["names"]))


def _write_report(making: _Making, year: int, data: dict[str, Any]) -> None:
    for key, title in data.get("titles", {}).items():
        making.do(writing.retitle(making.book, year, key, title))
    for key, text in data["sections"].items():
        making.do(writing.write_section(making.book, year, key, 0, text.strip()))
    for key, texts in data["projects"].items():
        for kind, text in texts.items():
            making.do(writing.write_section(making.book, year, _TEXTS[kind], making.projects[key], text.strip()))
