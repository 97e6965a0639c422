"""All figures of a text: its amounts, and bare numbers that stand where an amount would (全年预算65.66，得分9)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from core.text.amounts import Amount, amounts
from core.text.plain import plain

_NUMBER: Final = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# A bare number ends its clause or its cell, and has words before it; years, dates, document numbers, ordinals,
# specifications (C25, 0.6*0.6) and ranges (1-4级) do not.
_BARE: Final = re.compile(
    rf"(?<![\dA-Za-z.,/*×_第〔【\[~～至\-:])(?P<number>{_NUMBER})(?![\d.]) ?(?=[，。；、）|]|\s|$)"
)
_LABELLED: Final = re.compile(r"(?:[\u3400-\u9fff）：]|\([A-Za-z]\)) ?$")
_DATE: Final = frozenset("年月日号级届期第")
_CELL: Final = re.compile(rf"\s*(?P<sign>[≥≤＝=><＞＜]=?)?\s*(?P<number>{_NUMBER})\s*(?P<unit>[^\d\s|]*)\s*")


@lru_cache(maxsize=64)
def numbers(text: str) -> tuple[Amount, ...]:
    """The amounts of a text and its bare numbers, whose unit is empty, in their order."""
    found = list(amounts(text))
    taken = {place for one in found for place in range(one.start, one.end)}
    even = plain(text)
    for match in _BARE.finditer(even):
        start, end = match.span("number")
        if start not in taken and _LABELLED.search(even[max(0, start - 4) : start]):
            found.append(_bare(text, start, end, match["number"]))
    return tuple(sorted(found, key=lambda one: one.start))


def cell_number(text: str, start: int, end: int) -> Amount | None:
    """The number that a table's cell ``text[start:end]`` consists of, with its unit if one is printed; else None."""
    cell = text[start:end]
    found = amounts(cell)
    if len(found) == 1 and not cell.replace(found[0].text, "", 1).strip(" \u3000≥≤＝=><＞＜"):
        one = found[0]
        return Amount(
            start + one.start, start + one.end, one.text, one.number, one.unit, one.fen, one.decimals, one.approx
        )
    match = _CELL.fullmatch(plain(cell))
    if match is None or len(match["unit"]) > 6 or match["unit"][:1] in _DATE:
        return None
    at = start + match.start("number")
    one = _bare(text, at, start + match.end("number"), match["number"])
    if not match["unit"]:
        return one
    last = start + match.end("unit")
    unit = {"万": "万元", "亿": "亿元"}.get(match["unit"], match["unit"])
    return Amount(at, last, text[at:last], one.number, unit, None, one.decimals, "")


def _bare(text: str, start: int, end: int, number: str) -> Amount:
    return Amount(
        start, end, text[start:end], Decimal(number.replace(",", "")), "", None, len(number.partition(".")[2]), ""
    )
