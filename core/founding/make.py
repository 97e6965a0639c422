"""A plan made from a report's text. The text is read by core.audit and core.text alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from core.audit.judge import Audit, audit
from core.audit.model import Item
from core.audit.projects import projects
from core.audit.read import read_report
from core.audit.reading import Reading
from core.errors import UserError
from core.figures import ITEM_LABELS
from core.founding.layout import Layout, lay_out
from core.founding.plan import LONG, MONEY, TEXT, Left, Place, Plan, Taken, Unknown
from core.founding.projects import Told, is_in, own_words, spans, sub_name, told_projects
from core.founding.unit import FIGURES, STAFF, UNIT, about_unit, echoes, fen, figures, staff
from core.founding.words import mended
from core.i18n import _
from core.model import EVENT_LABELS, EventKind
from core.money import show_wan
from core.outline import PURPOSE, SENTENCE, STORY
from core.text.sentences import paragraphs

BASIC: Final = _("基本支出")
TEXTS: Final = _("报告文字")
LONGEST_NAME: Final = 80

# What becomes of a project's printed figure, and which of its figures that is.
EVENTS: Final[Mapping[str, EventKind]] = {
    "opening": EventKind.OPENING,
    "start": EventKind.INITIAL,
    "transfer": EventKind.TRANSFER,
    "shift": EventKind.ADJUST,
    "added": EventKind.SUPPLEMENT,
    "recalled": EventKind.RECOVERED,
    "carry": EventKind.CARRIED,
}
ITEMS: Final[Mapping[str, str]] = {
    "opening": "上年结转",
    "start": "年初预算",
    "transfer": "上级转移支付",
    "shift": "年中调增减",
    "added": "追加减",
    "budget": "全年预算",
    "spent": "实际支出",
    "recalled": "财政收回",
    "carry": "结余结转",
}
_GIVES: Final = ("opening", "start", "transfer", "shift", "added")
_EXPECTED: Final = ("start", "transfer", "shift", "added", "spent", "carry")
_STATED: Final = (
    "预算收入",
    "年初预算",
    "调整追加",
    "其他资金",
    "支出",
    "基本支出",
    "人员经费",
    "公用经费",
    "项目支出",
    "结余结转",
)
_FIRST_DAY: Final = ("opening", "start")


def plan_of_file(path: Path) -> Plan:
    """Read a report and see what a ledger can be made of. Raises ``UserError`` where it cannot be read."""
    return plan_of_text(path.name, read_report(path))


def plan_of_text(name: str, text: str) -> Plan:
    """See what a ledger can be made of a text. Raises ``UserError`` where there is nothing in it."""
    if not text.strip():
        raise UserError(_("没有文字可以建账，请粘贴或打开一份报告。"))
    result = audit(text)
    reading = result.reading
    passages = projects(reading)
    layout = lay_out(reading.text, [one.start + 1 for one in passages])
    told = told_projects(reading, passages, layout)
    taken = [*about_unit(reading, layout), *staff(reading, layout)]
    stated = list(figures(reading, layout, spans(told)))
    taken += stated
    taken += _basic(stated, told)
    places = list(_sections(reading, layout, told))
    for number, one in enumerate(told, 1):
        taken += _project(f"p{number}", one)
        places += _project_places(reading, f"p{number}", one)
    taken += [_text(one, layout, told) for one in places]
    left = tuple(_left(result, layout, told, places))
    again = tuple(echoes(reading, layout, spans(told), stated))
    unknown = tuple(_unknown(taken, told))
    return Plan(name, result, tuple(taken), unknown, left, tuple(places), layout.template, again)


# Projects


def amount(role: str, item: Item) -> int:
    """A project's figure in 分, with the sign of what it does: 调减2万元 takes away."""
    value = fen(item)
    takes = role in ("shift", "added") and "减" in item.label and "增" not in item.label and "追加" not in item.label
    return -value if takes and value > 0 else value


def _project(key: str, one: Told) -> Iterator[Taken]:
    name = one.name[:LONGEST_NAME]
    yield Taken(key, name, _("项目名称"), name, TEXT, one.start, one.end, _("项目"))
    for role, item in one.roles.items():
        yield _figure(f"{key}.{role}", name, role, amount(role, item), item, key)
    if recalled := _recalled(key, one, name):
        yield recalled
    if "budget" in one.roles and not any(role in one.roles for role in _GIVES):
        item = one.roles["budget"]
        formula = _("报告只写全年预算，暂按年初预算登记")
        becomes = _becomes("start", fen(item))
        what = EVENT_LABELS[EventKind.INITIAL]
        yield Taken(
            f"{key}.start", name, what, fen(item), MONEY, item.start, item.end, becomes, _unit(item), formula, key
        )
    names = {one.name}
    for number, sub in enumerate(one.subs, 1):
        own = sub_name(sub.name, names)[:LONGEST_NAME]
        names.add(own)
        below = f"{key}.s{number}"
        yield Taken(below, name, _("子项目"), own, TEXT, sub.start, sub.end, _("子项目"), under=key)
        if sub.spent is not None:
            spent = _figure(f"{below}.spent", name, "spent", fen(sub.spent), sub.spent, below)
            yield spent


def _figure(key: str, group: str, role: str, value: int, item: Item, under: str) -> Taken:
    what = ITEM_LABELS.get(ITEMS[role], ITEMS[role])
    becomes = _becomes(role, value)
    return Taken(key, group, what, value, MONEY, item.start, item.end, becomes, _unit(item), under=under)


def _unit(item: Item) -> str:
    return item.amount.unit or "万元"


def _becomes(role: str, value: int) -> str:
    if not value:
        return _("为0，不需登记")
    if role == "spent":
        return _("支出一笔“据上年报告”，12月31日")
    if role == "budget":
        return _("与各项预算变动之和核对")
    kind = EVENT_LABELS[EVENTS[role]]
    return _("{kind}，1月1日").format(kind=kind) if role in _FIRST_DAY else _("{kind}，12月31日").format(kind=kind)


def _recalled(key: str, one: Told, name: str) -> Taken | None:
    """What was taken back, where the report says so without the amount: what is left of the project."""
    spent = one.roles.get("spent")
    given = [amount(role, one.roles[role]) for role in _GIVES if role in one.roles]
    if not one.recalled or spent is None or not given:
        return None
    carry = fen(one.roles["carry"]) if "carry" in one.roles else 0
    rest = sum(given) - fen(spent) - carry
    if rest <= 0:
        return None
    formula = _("推算：预算{given}－支出{spent}－结转{carry}（万元）").format(
        given=show_wan(sum(given)), spent=show_wan(fen(spent)), carry=show_wan(carry)
    )
    what, becomes = EVENT_LABELS[EventKind.RECOVERED], _becomes("recalled", rest)
    return Taken(f"{key}.recalled", name, what, rest, MONEY, *one.recalled_at, becomes, "万元", formula, key)


def _basic(stated: list[Taken], told: list[Told]) -> Iterator[Taken]:
    """基本支出 as one project: what was spent as printed, its budget from the unit's less the projects'."""
    held = {one.key.removeprefix("stated."): one for one in stated}
    spent = held.get("基本支出")
    if spent is None or not int(spent.value):
        return
    value = int(spent.value)
    what = ITEM_LABELS.get(ITEMS["spent"], ITEMS["spent"])
    yield Taken("basic", BASIC, _("项目名称"), basic_name(), TEXT, spent.start, spent.end, _("项目（人员类）"))
    place = (spent.start, spent.end)
    becomes = _becomes("spent", value)
    yield Taken("basic.spent", BASIC, what, value, MONEY, *place, becomes, spent.printed_unit, under="basic")
    initial = held.get("年初预算")
    if initial is None or any("start" not in one.roles for one in told):
        return
    starts = sum(fen(one.roles["start"]) for one in told)
    start = int(initial.value) - starts
    if start <= 0:
        return
    formula = _("推算：单位年初预算{unit}－各项目年初预算{starts}（万元）").format(
        unit=show_wan(int(initial.value)), starts=show_wan(starts)
    )
    at = (initial.start, initial.end)
    what = EVENT_LABELS[EventKind.INITIAL]
    becomes = _becomes("start", start)
    yield Taken("basic.start", BASIC, what, start, MONEY, *at, becomes, "万元", formula, "basic")
    if value != start:
        formula = _("推算：基本支出{spent}－年初预算{start}（万元），按基本支出没有结余").format(
            spent=show_wan(value), start=show_wan(start)
        )
        what, becomes = EVENT_LABELS[EventKind.SUPPLEMENT], _becomes("added", value - start)
        yield Taken("basic.added", BASIC, what, value - start, MONEY, *place, becomes, "万元", formula, "basic")


def basic_name() -> str:
    """What the project is called that holds 基本支出 where a report does not part it."""
    return _("基本支出（未分人员经费、公用经费）")


# Texts


def _sections(reading: Reading, layout: Layout, told: list[Told]) -> Iterator[Place]:
    for one in layout.headings:
        words = reading.text[one.body : one.end]
        if one.key != "projects" and words.strip() and not any(is_in(one.body + n, told) for n in (1, len(words) - 1)):
            yield Place(one.key, "", one.body, one.end, mended(words))


def _project_places(reading: Reading, key: str, one: Told) -> Iterator[Place]:
    text = reading.text
    if one.sentence[1]:
        mark, start = own_words(reading, one)
        yield Place(SENTENCE, key, start, one.sentence[1], mark + mended(text[start : one.sentence[1]]))
    for number, sub in enumerate(one.subs, 1):
        start, end = sub.purpose
        words = text[start:end]
        skipped = len(words) - len(words.lstrip("，,。 \u3000\n"))
        start += skipped
        words = words[skipped:]
        lead = _("主要用于")
        if words.startswith(lead):
            start += len(lead)
        if text[start:end].strip():
            yield Place(PURPOSE, f"{key}.s{number}", start, end, mended(text[start:end]))
    if one.story:
        words = "\n".join(text[start:end] for start, end in one.story)
        yield Place(STORY, key, one.story[0][0], one.story[-1][1], mended(words))


def _text(place: Place, layout: Layout, told: list[Told]) -> Taken:
    key = f"text.{place.project or place.key}" + (f".{place.key}" if place.project else "")
    if not place.project:
        title = next(one.title for one in layout.headings if one.key == place.key)
        return Taken(key, TEXTS, title, place.text, LONG, place.start, place.end, _("报告文字"))
    number = int(place.project.split(".")[0][1:])
    what = {SENTENCE: _("项目情况句"), PURPOSE: _("子项目用途"), STORY: _("项目实施及绩效情况")}[place.key]
    group = told[number - 1].name[:LONGEST_NAME]
    return Taken(key, group, what, place.text, LONG, place.start, place.end, _("报告文字"), under=place.project)


def _left(result: Audit, layout: Layout, told: list[Told], places: list[Place]) -> Iterator[Left]:
    """Lines of the narrative that are in no section and no project, and what stands behind it."""
    covered = [(one.start, one.end) for one in places if not one.project] + spans(told)
    covered += [(one.start, one.body) for one in layout.headings]
    run: list[int] = []
    for line in paragraphs(result.text):
        is_free = layout.start <= line.start < layout.end and not any(a <= line.start < b for a, b in covered)
        if not is_free and run:
            yield _piece(result.text, run[0], run[1])
            run = []
        if is_free:
            run = [run[0] if run else line.start, line.end]
    if run:
        yield _piece(result.text, run[0], run[1])
    if result.text[layout.end :].strip():
        yield _piece(result.text, layout.end, len(result.text))


def _piece(text: str, start: int, end: int) -> Left:
    return Left(start, end, text[start:end].strip())


# What is not said


def _unknown(taken: list[Taken], told: list[Told]) -> Iterator[Unknown]:
    keys = {one.key for one in taken}
    for key, what in (
        ("unit.name", _("单位全称")),
        ("year", _("年度")),
        ("unit.duties", _("主要职责")),
        ("unit.institutions", _("机构情况")),
    ):
        if key not in keys:
            yield Unknown(UNIT, what)
    if not any(key.endswith(".actual") for key in keys):
        yield Unknown(STAFF, _("实有人数"))
    if not any(key.endswith(".established") for key in keys):
        yield Unknown(STAFF, _("编制数"))
    for item in _STATED:
        if f"stated.{item}" not in keys:
            yield Unknown(FIGURES, ITEM_LABELS.get(item, item))
    if not told:
        yield Unknown(_("项目"), _("没有找到项目"))
    for one in told:
        missing = [ITEM_LABELS.get(ITEMS[role], ITEMS[role]) for role in _EXPECTED if role not in one.roles]
        if missing:
            yield Unknown(one.name[:LONGEST_NAME], "、".join(missing))
    if told or "basic" in keys:
        yield Unknown(_("项目"), _("项目类别、预算文号、各笔预算变动和支出的日期与明细"))
