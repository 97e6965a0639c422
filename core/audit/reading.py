"""A report's text cut into what the audit works on: lines of prose and tables, sentences, and items in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PEOPLE, PERCENT, POINTS, SCALE, Item
from core.text.amounts import MONEY as MONEY_UNITS
from core.text.amounts import Amount
from core.text.numbers import cell_number, numbers
from core.text.plain import plain

_SAME_SORT: Final = {"名": PEOPLE, "%": PERCENT, "‰": "‰", "分": POINTS, "千米": "km", "公里": "km", "平方米": "㎡"}
_TIMES: Final = {"万": 10_000, "亿": 100_000_000}
_END: Final = re.compile(r"[。？]|(?<!错误)！")
_MARK: Final = re.compile(r"[，。；：（）！？\n|]")
_SIGN_NOTE: Final = re.compile(r"（[±+\-]?[减增少](?:少)?）")  # 调整追加（减）31.14万元
_NOTE_INSIDE: Final = re.compile(r"（[^（）\d]{1,8}）(?=[一-鿿])")  # 因公出国（境）费
_FILLER: Final = re.compile(r"^[\s、和及与及其中为是共有达约的]*$")
_LIST_MARK: Final = re.compile(
    r"^(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、]|[一二三四五六七八九]是|[①-⑳]|第[一二三四五六七八九十]+[，、])\s*"
)
_OPENING: Final = re.compile(r"^(?:[、和及与加]|其中|包括|分别为|分别是|具体为|并|同时|另外?|此外|含|内含)+")
# A figure of an earlier year, a change against one, a goal or a limit is no part of a total of this year.
_COMPARED: Final = re.compile(
    r"(?:[较比][^，。；]{0,14}|同比|环比|相比)[^，。；]{0,8}(?:增|减|多|少|升|降|提高|下降|上升)"
    r"[^，。；\d]{0,6}$|(?:各|净|共)(?:增|减|多|少)(?:加|少)?了?$"
    r"|(?:增加|减少|增长|下降|上升|提高|降低)(?:了|额?为|约|到|至)?$|(?:不低于|不超过|不少于|不高于|目标值?|≥|≤|>|<|上限|最高|最低)[^，。；]{0,4}$"
    r"|^(?:较|比)?(?:上年|去年|上一年|同期)(?!结转|结余)[^，。；]{0,8}$"
)
_RAISES_BUDGET: Final = re.compile(r"调整追加|年中追加|追加|调增|调减|核减|增加预算|预算增加")
_LEAD: Final = 240  # characters before an item that are looked at
_LONG_CELL: Final = 40  # characters from which a cell is read as prose
_TELLING_CELL: Final = re.compile(r"\d.*(?:其中|包括|分别为|由).*\d.*\d")  # a short one that divides a total too
_UNIT_HEAD: Final = re.compile(
    r"[（(，：:]\s*(?:金额)?(?:单位)?[：:]?\s*(?P<unit>亿元|万元|元)\s*[）)|\s]|单位[：:]\s*(?P<other>亿元|万元|元)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``number`` if a number is all it holds."""

    start: int
    end: int
    text: str
    number: Amount | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    start: int
    end: int
    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Reading:
    """A text with its prose items and its tables."""

    text: str
    plain: str
    items: tuple[Item, ...]
    tables: tuple[tuple[Row, ...], ...]
    unit: str  # the unit of money that the text declares for its bare numbers, else empty

    def quote(self, start: int, end: int) -> str:
        return self.text[start:end]

    def cell_item(self, row: Row, number: int, money: bool = False) -> Item | None:
        """The number of a cell as an item; a bare one has no sort of its own, but in a column of ``money``."""
        cell = row.cells[number] if number < len(row.cells) else None
        if cell is None or cell.number is None:
            return None
        return _item(cell.number, "", "", "", 0, row.line, 0, self.unit, money)

    def table_numbers(self) -> Iterator[Amount]:
        """The numbers of cells, but those that only count the rows or name a year."""
        for rows in self.tables:
            for row in rows:
                for place, cell in enumerate(row.cells):
                    one = cell.number
                    counts = one is not None and not one.unit and not one.decimals
                    if one is not None and not (counts and (place == 0 or 1990 <= one.number <= 2100)):
                        yield one

    def number_at(self, start: int, end: int, number: str = "") -> Item:
        """The bare number ``text[start:end]`` as an item: points in a heading, or a count in words (``number``)."""
        value = Decimal(number or self.plain[start:end])
        amount = Amount(start, end, self.text[start:end], value, "", None, 0, "")
        return _item(amount, "", "", "", 0, 0, 0, "", False)


def read(text: str) -> Reading:
    """The text in pieces. Lines with | or two tabs are rows of a table; its long cells are read as prose too."""
    even = plain(text)
    declared = _UNIT_HEAD.search(even)
    unit = (declared["unit"] or declared["other"]) if declared else ""
    tables: list[list[Row]] = []
    blocks: list[tuple[int, int]] = []
    line = start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        mark = "|" if "|" in raw else "\t" if raw.count("\t") >= 2 else ""
        if mark:
            row = _row(text, raw, start, line, mark)
            if tables and tables[-1][-1].line == line - 1:
                tables[-1].append(row)
            else:
                tables.append([row])
            blocks += [(one.start, one.end) for one in row.cells if one.number is None and _is_prose(one.text)]
        elif raw.strip():
            blocks.append((start, end))
        line, start = line + 1, end + 1
    items = tuple(_items(text, even, blocks, unit))
    return Reading(text, even, items, tuple(map(_framed, tables)), unit)


def _is_prose(cell: str) -> bool:
    return len(cell) >= _LONG_CELL or bool(_TELLING_CELL.search(cell))


def _row(text: str, raw: str, start: int, line: int, mark: str) -> Row:
    cells, place = [], start
    for piece in raw.split(mark):
        end = place + len(piece)
        cells.append(Cell(place, end, piece.strip(), cell_number(text, place, end)))
        place = end + 1
    return Row(start, start + len(raw), line, tuple(cells))


def _framed(rows: list[Row]) -> tuple[Row, ...]:
    """The rows without the marks at both ends that frame each of them: | a | b |."""
    if all(len(row.cells) > 2 and not row.cells[0].text and not row.cells[-1].text for row in rows):
        rows = [Row(row.start, row.end, row.line, row.cells[1:-1]) for row in rows]
    return tuple(rows)


def _items(text: str, even: str, blocks: list[tuple[int, int]], unit: str) -> Iterator[Item]:
    found = numbers(text)
    index = sentence = 0
    for block, (start, end) in enumerate(blocks):
        while index < len(found) and found[index].start < start:
            index += 1
        sentence += 1
        last = begin = start
        depth, label = 0, ""
        while index < len(found) and found[index].end <= end:
            amount = found[index]
            index += 1
            between = even[last : amount.start]
            stops = list(_END.finditer(between))
            if stops:
                sentence += 1
                begin = last + stops[-1].end()
                depth = 0
                between = even[begin : amount.start]
            for mark in between:
                depth = depth + 1 if mark == "（" else max(0, depth - 1) if mark == "）" else depth
            lead = even[max(begin, amount.start - _LEAD) : amount.start]
            own = even[max(begin, last) : amount.start]
            label = _label(own, lead) if own.strip() or last == start else label  # 4,622户7,464人: one name for both
            money_like = bool(re.search("资金|预算|支出|收入|执行|金额|经费|结余|结转|拨|元", label))
            yield _item(amount, label, even[last : amount.start], lead, depth, block, sentence, unit, money_like)
            last = amount.end


def _label(between: str, lead: str) -> str:
    """The words of an item's own clause; of 参公人员：7人 those before the colon."""
    between = _NOTE_INSIDE.sub("", _SIGN_NOTE.sub(lambda match: " " * len(match[0]), between))
    piece = _clean(_MARK.split(between)[-1])
    if _FILLER.match(piece):
        pieces = [_clean(one) for one in _MARK.split(between)[:-1]] or [""]
        piece = pieces[-1] if between.rstrip().endswith(("：", "为", "是", "共")) else piece
    return piece.strip(" 、")


def _clean(piece: str) -> str:
    piece = piece.strip()
    for _ in range(3):
        shorter = _OPENING.sub("", _LIST_MARK.sub("", piece)).strip()
        if shorter == piece:
            break
        piece = shorter
    return piece


def _item(
    amount: Amount,
    label: str,
    before: str,
    lead: str,
    depth: int,
    block: int,
    sentence: int,
    unit: str,
    bare_money: bool,
) -> Item:
    printed = amount.unit
    times, sort = 1, _SAME_SORT.get(printed, printed)
    if printed in MONEY_UNITS or (printed in ("万", "亿") and (unit or bare_money)):
        times, sort = SCALE[printed], MONEY
    elif not printed and bare_money and unit:
        times, sort = SCALE[unit], MONEY
    elif len(printed) > 1 and printed[0] in _TIMES:
        times = _TIMES[printed[0]]
        sort = _SAME_SORT.get(printed[1:], printed[1:])
    place = Fraction(Decimal(1).scaleb(-amount.decimals)) * times
    tail = re.split("[，。；]", lead)[-1] if lead else ""
    compared = bool(_COMPARED.search(tail)) and not _RAISES_BUDGET.search(label)
    return Item(
        amount, sort, Fraction(amount.number) * times, place, label, before, lead, depth, block, sentence, compared
    )
