"""Where the cells of a block from the clipboard belong in a table: by titles and names where it has them, else from
the chosen cell on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"^(其中[:：])?(\d+[、.．])?")
_UNIT = re.compile(r"[（(][^）)]*[）)]$")  # the unit at the end of a title


@dataclass(frozen=True, slots=True)
class Places:
    """Where a block goes. ``first`` is its first row that is no title; ``columns`` and ``rows`` are numbers in the
    table, -1 where a column or row of the block has no place; rows from the end of the table on are new ones."""

    first: int
    columns: tuple[int, ...]
    rows: tuple[int, ...]  # from ``first`` on


def find_places(
    cells: Sequence[Sequence[str]],
    titles: Sequence[str],
    names: Sequence[str],
    naming: int,
    at: tuple[int, int],
    is_naming_editable: bool = False,
) -> Places:
    """Places for a block.

    ``titles``: of the columns of the table, as they stand from the left; ``names``: what its rows are called, in
    the column ``naming``; ``at``: row and column chosen. A first column that names rows of the table is taken for
    their names where the names cannot be typed over.
    """
    width = max((len(row) for row in cells), default=0)
    known = {_plain(title): place for place, title in reversed(list(enumerate(titles)))}
    heads = [known.get(_plain(text), -1) if text.strip() else -1 for text in cells[0]] if cells else []
    filled = sum(bool(text.strip()) for text in cells[0]) if cells else 0
    is_titled = len(cells) > 1 and filled > 0 and sum(head >= 0 for head in heads) * 2 >= filled
    first = int(is_titled)
    if is_titled:
        columns = tuple([*heads, *[-1] * width][:width])
    elif not is_naming_editable and at[1] != naming and _are_names([row[0] for row in cells if row], names):
        columns = (naming, *_from(at[1], width - 1, len(titles)))
    else:
        columns = tuple(_from(at[1], width, len(titles)))
    count = len(cells) - first
    if naming not in columns or (is_naming_editable and not is_titled) or len(set(names)) < len(names):
        return Places(first, columns, tuple(range(at[0], at[0] + count)))
    place, new = columns.index(naming), len(names)
    rows = []
    for line in cells[first:]:
        name = _plain(line[place]) if place < len(line) else ""
        found = next((row for row, held in enumerate(names) if _plain(held) == name), -1)
        if found < 0 and name and is_naming_editable:
            found, new = new, new + 1
        rows.append(found)
    return Places(first, columns, tuple(rows))


def _from(begun: int, count: int, end: int) -> list[int]:
    return [place if place < end else -1 for place in range(begun, begun + count)]


def _are_names(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether most of these texts name rows; numbers never do."""
    given = [_plain(text) for text in texts if text.strip()]
    held = {_plain(name) for name in names}
    return bool(given) and sum(text in held for text in given) * 2 > len(given)


def _plain(text: str) -> str:
    """A title or name without spaces, its number, 其中 and its unit."""
    return _UNIT.sub("", _NUMBER.sub("", "".join(text.split())))
