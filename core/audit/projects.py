"""Projects told one by one: their own balance, sub-projects, and what the unit says of all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.audit.model import MONEY, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import relation

_PROJECT: Final = re.compile(
    r"(?:^|\n)[^\n|]{0,24}?项目(?:名称：?)?[“\"][^\n]{1,80}?[”\"][^\n，。；]{0,4}(?=年初|上年|全年|预算|批复)"
)
_TOP: Final = re.compile(r"\n\s*[（(]?[一二三四五六七八九十]+[、）)]|\n\s*\d{1,2}、")
ROLES: Final = {
    "opening": re.compile(r"上年结转|年初结转"),
    "start": re.compile(r"年初(?:项目)?预算"),
    "transfer": re.compile(r"上级转移支付"),
    "shift": re.compile(r"调增|调减|调剂"),
    "added": re.compile(r"追加"),
    "budget": re.compile(r"全年预算|调整后"),
    "spent": re.compile(r"实际支出|全年支出|^支出|执行数"),
    "recalled": re.compile(r"收回"),
    "carry": re.compile(r"结余结转|结转结余|结转和结余|年末结转|^结转"),
}
_GIVES: Final = ("opening", "start", "transfer", "shift", "added")
_SUB: Final = re.compile(r"项目支出|^支出|实际支出|使用资金|安排资金")
_RECALL: Final = re.compile(r"收回|上缴")


@dataclass(frozen=True, slots=True)
class Project:
    """The passage of one project: its first statement by role, and where it begins and ends."""

    start: int
    end: int
    roles: dict[str, Item]
    items: tuple[Item, ...]

    @property
    def recall_named(self) -> bool:
        return "recalled" in self.roles


def projects(reading: Reading) -> list[Project]:
    """The projects that are introduced as 项目“…”年初预算…, in their order."""
    heads = [match.start() for match in _PROJECT.finditer(reading.plain)]
    found = []
    for head, following in zip(heads, [*heads[1:], len(reading.text)], strict=False):
        end = following
        top = _TOP.search(reading.plain, head + 2, following)
        while top and re.match(r"\n\s*[（(]", top[0]) and top.start() < following and top[0].strip()[0] in "（(":
            top = _TOP.search(reading.plain, top.end(), following)
        if top:
            end = top.start()
        items = tuple(one for one in reading.items if head <= one.start < end and one.sort == MONEY)
        roles: dict[str, Item] = {}
        first = items[0].sentence if items else -1
        for one in items:
            if one.sentence == first:
                role = next((name for name, pattern in ROLES.items() if pattern.search(one.label)), "")
                if role:
                    roles.setdefault(role, one)
        found.append(Project(head, end, roles, items))
    return found


def project_relations(reading: Reading, told: Sequence[Project]) -> Iterator[Relation]:
    """Balances of projects, sub-projects that make a project, projects that make the unit's figures."""
    for one in told:
        yield from _own(reading, one)
        yield from _subs(one)
    yield from _unit(reading, told)


def _own(reading: Reading, one: Project) -> Iterator[Relation]:
    roles = one.roles
    given = [roles[name] for name in _GIVES if name in roles]
    if "carry" not in roles or "spent" not in roles or not given or "start" not in roles:
        return
    outs = [roles["spent"]] + ([roles["recalled"]] if "recalled" in roles else [])
    tried = relation("balance", (*given, *outs), roles["carry"], (1,) * len(given) + (-1,) * len(outs))
    recalled = _RECALL.search(reading.plain, roles["carry"].start, min(one.end, roles["carry"].end + 40))
    if tried.holds:
        yield tried
    elif recalled and "recalled" not in roles and tried.difference < 0:
        return  # what is left was taken back; how much is not printed
    else:
        whole = all(name in roles for name in ("start", "transfer", "shift", "added"))
        yield replace(tried, trust=3 if whole or "recalled" in roles else 2)


def _subs(one: Project) -> Iterator[Relation]:
    spent = one.roles.get("spent")
    if spent is None:
        return
    subs = [i for i in one.items if i.sentence != spent.sentence and _SUB.search(i.label) and not i.amount.approx]
    subs = [i for i in subs if not i.compared]
    if len(subs) >= 2 and len({i.label for i in subs}) == 1:
        tried = relation("sum", subs, spent)
        yield tried if tried.holds else replace(tried, trust=3)


def _unit(reading: Reading, told: Sequence[Project]) -> Iterator[Relation]:
    if len(told) < 2:
        return
    before = [one for one in reading.items if one.start < told[0].start and one.sort == MONEY and not one.compared]
    for role, pattern in (("spent", r"^项目支出"), ("carry", ROLES["carry"].pattern)):
        totals = [one for one in before if re.search(pattern, one.label)]
        parts = [one.roles[role] for one in told if role in one.roles]
        if totals and len(parts) == len(told):
            tried = relation("sum" if role == "spent" else "equal", parts, totals[-1])
            yield tried if tried.holds else replace(tried, trust=3)
