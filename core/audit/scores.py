"""Points of self-evaluation forms: 分值 make the total of the block and of the form, 得分 make 总分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.audit.model import POINTS, Item, Relation
from core.audit.reading import Reading, Row
from core.audit.runs import relation
from core.audit.tables import Table, nested, tables

_TOTAL: Final = re.compile(r"^\s*(?:自评)?(?:总\s*分|合\s*计|总\s*计|总得分|得分合计)")
_FUND_TOTAL: Final = re.compile(r"资金总额|预算执行|执行率")
_NESTED: Final = re.compile(r"^\s*(?:其中|本年|当年|上年|财政|其他|地方|中央|省|市|县)")
_PROSE: Final = re.compile(r"分值|权重")
_PROSE_SCORE: Final = re.compile(r"得分|自评分")
_BLOCK: Final = re.compile(r"(?P<name>[\u3400-\u9fff]{2,8})（(?P<points>\d+(?:\.\d+)?)分?）")
_INDICATOR: Final = re.compile(r"指标\s?\d{0,2}\s?：|\n")
_PAIR: Final = re.compile(
    r"(?P<weight>\d+(?:\.\d+)?)\s*\|\s*(?P<score>\d+(?:\.\d+)?)\s*(?=$|\n|…|指标|[\u3400-\u9fff；。])"
)

_GOT: Final = re.compile(r"得分?[为：是]?$|自评[为：是]?$")
_FINAL: Final = re.compile(r"(?:最终|最后|实际|综合|自评)[^，。；]{0,6}得?分?[为：是]?$")
_GIVES: Final = re.compile(r"(?:扣|加分|奖励)[^，。；]{0,6}$")
_SCORE_TOTAL: Final = re.compile(r"(?:总|综合|最终|自评)[^，。；]{0,6}得?分?[为：是]?$")


def score_relations(reading: Reading) -> Iterator[Relation]:
    """Sums of points, of the whole form and of its blocks."""
    found = tables(reading)
    for table in found:
        if table.column("weight") >= 0:
            yield from _form(reading, table, found)
            yield from _header_block(reading, table)
    yield from _loose_blocks(reading)
    yield from _told_points(reading)


def _form(reading: Reading, table: Table, found: list[Table]) -> Iterator[Relation]:
    weight, score = table.column("weight"), table.column("score")
    inner = nested(table)[1]
    for at, row in enumerate(table.rows):
        total = table.item(row, weight)
        if total is None or not _TOTAL.search(table.label(row)):
            continue
        listed = [one for one in table.rows[:at] if one.line not in inner]
        rows = [one for one in listed if table.item(one, weight) and not _NESTED.match(table.label(one))]
        weights = [item for one in rows if (item := table.item(one, weight))]
        start = table.rows[0].start
        for told in (_told(reading, _PROSE, start)[-1:], _funds(found, start, "weight"), []):
            if len(told) + len(weights) < 2:
                continue
            made = relation("sum", (*told, *weights), total, what="points")
            if made.holds:
                yield made
                points = _told(reading, _PROSE_SCORE, start)[-1:] or _funds(found, start, "score")
                if bool(points) == bool(told) or not told:
                    yield from _scores(table, row, rows, score, points if told else [])
                break


def _funds(found: list[Table], end: int, kind: str) -> list[Item]:
    """The points for spending the budget, which stand in the table of the money above that of the indicators."""
    for table in reversed(found):
        for row in table.rows:
            if row.end < end and _FUND_TOTAL.search(table.label(row)):
                item = table.item(row, table.column(kind))
                if item:
                    return [item]
    return []


def _scores(table: Table, row: Row, rows: list[Row], score: int, told: list[Item]) -> Iterator[Relation]:
    """The same rows' 得分 make 总分; without tolerance, as points are given, not rounded."""
    total = table.item(row, score)
    parts = [table.item(one, score) for one in rows]
    known = [one for one in parts if one]
    if total is None or len(known) < len(parts):
        return
    made = relation("sum", (*told, *known), total, what="scores")
    yield made if made.holds else replace(made, trust=3)


def _told(reading: Reading, pattern: re.Pattern[str], end: int) -> list[Item]:
    """Points named in prose before the table: 执行率99%，分值10，得分9."""
    return [one for one in reading.items if one.start < end and pattern.search(one.label) and one.sort in (POINTS, "")]


def _header_block(reading: Reading, table: Table) -> Iterator[Relation]:
    """产出指标（50分） | 分值 | …: the rows below have 50 points together."""
    head = table.header.cells[0] if table.header and table.header.cells else None
    named = _BLOCK.search(reading.plain, head.start, head.end) if head else None
    if head is None or named is None:
        return
    number = table.column("weight")
    weights = [item for row in table.rows if (item := table.item(row, number)) and not _TOTAL.search(table.label(row))]
    total = reading.number_at(*named.span("points"))
    if len(weights) >= 2:
        made = relation("sum", weights, total, what="points")
        yield made if made.holds else replace(made, trust=1)


def _loose_blocks(reading: Reading) -> Iterator[Relation]:
    """产出（50分） … 10 | 10 指标2：…: forms whose lines hold several indicators each."""
    even = reading.plain
    heads = [
        match for match in _BLOCK.finditer(even) if "分" in match[0] and not re.search("总|合计|满分", match["name"])
    ]
    total = re.search(r"总\s*分\s*[|：]?\s*(?P<points>\d+)", even)
    blocks: list[Item] = []
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        end = following.start() if following else total.start() if total else len(even)
        if end < head.end() or end - head.end() > 3000:
            continue
        number = reading.number_at(*head.span("points"))
        blocks.append(number)
        weights = [reading.number_at(*match.span("weight")) for match in _PAIR.finditer(even, head.end(), end)]
        if len(weights) >= 2 and sum(one.value for one in weights) == number.value:
            yield replace(relation("sum", weights, number, what="points"), start=head.start(), end=head.end())
    if total and len(blocks) >= 2:
        result = reading.number_at(*total.span("points"))
        rows = [row for one in reading.tables for row in one if row.start < blocks[0].start]
        funds = [
            item
            for row in rows
            if row.cells and _FUND_TOTAL.search(row.cells[0].text)
            for n in range(len(row.cells))
            if (item := reading.cell_item(row, n)) and item.value in (10, 20)
        ]
        for extra in (funds[:1], []):
            if sum(one.value for one in (*extra, *blocks)) == result.value:
                made = relation("sum", (*extra, *blocks), result, what="points")
                yield replace(made, start=total.start(), end=total.end())
                return


# Points told in prose: （二）产出指标（50分）。数量指标20分，得20分；…小计得49分。


def _told_points(reading: Reading) -> Iterator[Relation]:
    """Blocks of prose that give points: those of a block make what its heading has, its scores the subtotal; the
    scores of all blocks make the total."""
    blocks: dict[int, list[Item]] = {}
    for one in reading.items:
        if one.sort == POINTS and not one.amount.approx and not one.compared:
            blocks.setdefault(one.block, []).append(one)
    scores: list[Item] = []
    heads: list[Item] = []
    for items in blocks.values():
        got = [one for one in items if _GOT.search(one.lead)]
        head = next((one for one in items if one.depth and one not in got), None)
        total = next((one for one in got if _SCORE_TOTAL.search(one.lead)), None)
        if total and len(items) == 1:
            yield from _total_score(scores, heads, total)
            return
        full = [one for one in items if one not in got and one is not head and one.depth == 0]
        last = items[-1]
        if len(items) > 2 and _FINAL.search(last.lead) and all(_GIVES.search(i.lead) for i in items[1:-1]):
            signs = (1, *(-1 if re.search("扣[^，。；]{0,4}$", i.lead) else 1 for i in items[1:-1]))
            made = relation("balance", items[:-1], last, signs, what="told")
            vague = re.search("主要|如|等", reading.plain[items[0].end : last.start])
            yield made if made.holds else replace(made, trust=0 if vague else 2)
            continue
        if total and total is got[-1] and len(got) > 2:
            yield from _in_one_line([one for one in got if one is not total], full, total)
            continue
        if head and len(full) >= 2:
            made = relation("sum", full, head, what="told")
            yield made if made.holds else replace(made, trust=1)
        part = next((one for one in got if re.search(r"(?:小计|合计|共)[^，。；]{0,3}$", one.lead)), None)
        others = [one for one in got if one is not part]
        if part and len(others) >= 2:
            made = relation("sum", others, part, what="told")
            yield made if made.holds else replace(made, trust=2)
        if part or len(got) == 1:
            scores.append(part or got[0])
            heads += [head] if head else []


def _in_one_line(scores: list[Item], full: list[Item], total: Item) -> Iterator[Relation]:
    """预算执行10分得10分，产出50分得48分，效益40分得36分，总得分94分."""
    made = relation("sum", scores, total, what="told")
    if made.holds:
        yield made
    elif sum(one.value for one in full) == 100 or len(full) == len(scores):
        yield replace(made, trust=3)


def _total_score(scores: list[Item], heads: list[Item], total: Item) -> Iterator[Relation]:
    if len(scores) < 2:
        return
    made = relation("sum", scores, total, what="told")
    if made.holds:
        yield made
    elif len(heads) == len(scores) and sum(one.value for one in heads) == 100:
        yield replace(made, trust=3)
