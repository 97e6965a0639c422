"""Rows of a table of performance indicators (绩效目标表, 自评表), levels that are merged or blank filled downwards."""

import re
from dataclasses import replace

from core.book import Book
from core.errors import UserError
from core.goals import Indicator, Operator, Version
from core.i18n import _
from core.indicators import add_indicator
from core.intake.owners import Owners
from core.intake.plan import LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import even
from core.quantities import comparison

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_NUMBERED = re.compile(r"^指标\s*\d{1,2}\s*[:：、.．]?\s*|^(?:\d{1,2}[、.．]|[（(]\d{1,2}[)）])\s*")
_EXECUTION = re.compile(r"预算执行|执行率")
_EMPTY = re.compile(r"[….·—-]*")
_PLAIN = ("unit", "reason", "evidence", "method")


def read_indicators(book: Book, rows: Rows, owners: Owners) -> tuple[list[Planned], list[LeftOut]]:
    """The indicators to store, and the rows left out because the table has them."""
    version = rows.choices.version or (Version.SELF if _answered(rows) else Version.GOAL)
    usual = _about(rows, owners)
    known: dict[int, set[tuple[str, ...]]] = {}
    positions: dict[int, int] = {}
    planned: list[Planned] = []
    duplicates: list[LeftOut] = []
    level1 = level2 = ""
    for row in rows.entries():
        one, two = _level(rows.text(row, "level1")), _level(rows.text(row, "level2"))
        level1, level2 = one or level1, two or ("" if one and one != level1 else level2)
        name = _NUMBERED.sub("", " ".join(rows.text(row, "name").split()))
        if not name or _EMPTY.fullmatch(name):
            rows.skip(row, _("没有指标名称"))
            continue
        if _EXECUTION.search(even(level1)) or even(name) in ("预算执行率", "执行率"):
            rows.skip(row, _("预算执行率由台账计算，不作为指标登记"))
            continue
        named = any(rows.text(row, field) for field in ("project", "project_code"))
        about = owners.of_row(rows, row) if named else usual
        if rows.is_held(row):
            continue
        indicator = _indicator(book, rows, row, about, version, level1, level2, name)
        if indicator is None:
            continue
        if about not in known:
            held = book.indicators(rows.year, about, version)
            known[about] = {_key(one) for one in held}
            positions[about] = max((one.position for one in held), default=0)
        if _key(indicator) in known[about] and row + 1 not in rows.choices.taken:
            duplicates.append(LeftOut(row + 1, _("表中已有指标“{name}”").format(name=name)))
            continue
        known[about].add(_key(indicator))
        positions[about] += 1
        planned.append(Planned(row + 1, replace(indicator, id=next(owners.ids), position=positions[about])))
    return planned, duplicates


def _answered(rows: Rows) -> bool:
    """Whether the sheet holds results: then it is a self-evaluation."""
    below = range(rows.header.last + 1, len(rows.sheet.rows))
    return any(rows.text(row, field) for field in ("actual", "score") if rows.has(field) for row in below)


def _about(rows: Rows, owners: Owners) -> int:
    """Whom the sheet as a whole speaks of: the project chosen, or named beside 项目名称 above; 0: the unit."""
    if rows.choices.project:
        return rows.choices.project
    for row in range(rows.header.first):
        texts = [text for column in range(len(rows.sheet.rows[row])) if (text := rows.sheet.text(row, column))]
        for place, text in enumerate(texts):
            label, _mark, beside = text.replace("：", ":").partition(":")
            if even(label) in ("项目名称", "项目", "专项名称"):
                name = beside.strip() or next((one for one in texts[place + 1 :] if one != text), "")
                if found := owners.find(name):
                    return found
    return 0


def _indicator(
    book: Book, rows: Rows, row: int, about: int, version: str, level1: str, level2: str, name: str
) -> Indicator | None:
    fields: dict[str, object] = {"level1": level1, "level2": level2}
    fields |= {field: text for field in _PLAIN if (text := rows.text(row, field))}
    fields |= {
        field: text.removesuffix("分").strip() for field in ("weight", "score") if (text := rows.text(row, field))
    }
    sign = rows.text(row, "operator")
    if sign in tuple(Operator) or comparison(sign):
        fields["operator"] = sign
    target = rows.text(row, "target")
    if target.replace("：", ":").startswith("定性"):
        fields["operator"] = Operator.QUALITATIVE
        target = target.removeprefix("定性").lstrip("：: ") or target
    fields["target"] = target
    if actual := rows.text(row, "actual"):
        fields["actual"] = actual
    sample = rows.text(row, "sample")
    if sample.isdecimal() and len(sample) < 8:
        fields["sample"] = int(sample)
    try:
        made = add_indicator(book, rows.year, about, version, name, **fields).diffs[0].record
    except UserError as error:
        field = "score" if "得分" in str(error) else "operator" if "符号" in str(error) else "weight"
        rows.doubt(row, field, str(error).rstrip("。"))
        return None
    assert isinstance(made, Indicator)
    return made


def _level(text: str) -> str:
    return "".join(_BRACKETED.sub("", text).split())


def _key(one: Indicator) -> tuple[str, ...]:
    return even(one.level1), even(one.level2), even(one.name)
