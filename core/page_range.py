"""Which pages to print: ``1-3,5`` as people write it, and back."""

import re
from collections.abc import Iterable, Mapping

from core.errors import UserError
from core.i18n import _

ALL_PAGES, ODD_PAGES, EVEN_PAGES = "all", "odd", "even"
# Which sheets of both sides are printed by hand: the odd pages first, then the even ones on their backs.
SIDES: Mapping[str, str] = {ALL_PAGES: _("全部页"), ODD_PAGES: _("仅单页"), EVEN_PAGES: _("仅双页")}

_SAME = str.maketrans("０１２３４５６７８９，、；－—–～~至", "0123456789,,,------")
_PART = re.compile(r"([0-9]{1,6})(?:-+([0-9]{1,6}))?")


def parse_page_range(text: str, pages: int) -> list[int]:
    """Page numbers from 1 in rising order, each once; an empty text means all ``pages``.

    Reads ``2`` ``1-3,5`` ``1－3，5`` ``1至3、5``. Raises ``UserError`` for anything else.
    """
    plain = "".join(text.translate(_SAME).split())
    if not plain:
        return list(range(1, pages + 1))
    wanted: set[int] = set()
    for part in plain.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise UserError(_("页码范围“{text}”无法识别，请写成 1-3,5 这样。").format(text=text.strip()))
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= pages:
            raise UserError(_("页码{part}不在1至{pages}之间。").format(part=part, pages=pages))
        wanted.update(range(first, last + 1))
    return sorted(wanted)


def pages_of_side(numbers: Iterable[int], side: str) -> list[int]:
    """Those of the page numbers that are odd (单页) or even (双页), or all. Raises ``UserError`` where none is."""
    kept = [number for number in numbers if side == ALL_PAGES or number % 2 == (side == ODD_PAGES)]
    if not kept:
        side_name = _("单页") if side == ODD_PAGES else _("双页")
        raise UserError(_("所选页码中没有{side}，请改选页码。").format(side=side_name))
    return kept


def show_page_range(numbers: Iterable[int]) -> str:
    """Page numbers as ``1-3,5``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
