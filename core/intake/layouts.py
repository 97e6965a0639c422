"""Layouts of sheets that are remembered by name: what was chosen for one is offered for the next of the same header.

They belong to the user, not to a ledger: the same systems print the same tables for every unit one keeps.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from core.batches import EXPORTS, KINDS
from core.intake.aliases import ITEM, fields_of
from core.intake.cells import Sheet
from core.intake.header import Header, header_at, remapped
from core.intake.plan import Choices

MOST = 60  # layouts that are kept, those used last


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet with these headings means."""

    name: str
    key: str  # ``Header.layout``
    kind: str
    first: int  # rows of headings, from 0
    last: int
    fields: Mapping[int, str]  # of every column with a heading, by its place
    unit: str = ""  # chosen where the sheet names none
    event_kind: str = ""
    version: str = ""

    def choices(self) -> Choices:
        """What was chosen besides the columns."""
        return Choices(unit=self.unit, event_kind=self.event_kind, version=self.version)


def layout_of(name: str, header: Header, choices: Choices) -> Layout:
    """What was chosen for a sheet, to be remembered."""
    fields = {column.place: column.field for column in header.columns}
    words = (choices.unit, choices.event_kind, choices.version)
    return Layout(name, header.layout, header.kind, header.first, header.last, fields, *words)


def recalled(sheet: Sheet, found: Header | None, layouts: Iterable[Layout]) -> tuple[Header | None, Layout | None]:
    """The header of a sheet as it was chosen for another of this layout; else the one that was found."""
    for one in layouts:
        if one.last >= len(sheet.rows):
            continue
        header = header_at(sheet, one.kind, one.first, one.last)
        if header.layout == one.key:
            return remapped(header, dict(one.fields)), one
        if found is not None and found.layout == one.key:  # with more or fewer rows above it
            return remapped(header_at(sheet, one.kind, found.first, found.last), dict(one.fields)), one
    return found, None


def keep(layouts: Sequence[Layout], one: Layout) -> tuple[Layout, ...]:
    """The layouts with this one first; it takes the place of the one for the same headings, and keeps its name where
    it has none of its own."""
    held = next((other for other in layouts if other.key == one.key), None)
    named = replace(one, name=free_name(without(layouts, one.key), one.name or (held.name if held else "")))
    return (named, *without(layouts, one.key))[:MOST]


def without(layouts: Iterable[Layout], key: str) -> tuple[Layout, ...]:
    """The layouts but the one for these headings."""
    return tuple(one for one in layouts if one.key != key)


def renamed(layouts: Sequence[Layout], key: str, name: str) -> tuple[Layout, ...]:
    """The layouts, one of them under another name."""
    name = free_name(without(layouts, key), " ".join(name.split()))
    return tuple(replace(one, name=name) if one.key == key and name else one for one in layouts)


def free_name(layouts: Iterable[Layout], name: str) -> str:
    """A name no other layout has: with a number behind it where it is taken."""
    taken = {one.name for one in layouts}
    names = (name if number == 1 else f"{name} {number}" for number in range(1, MOST + 2))
    return next((one for one in names if one not in taken), name)


def dumps(layouts: Iterable[Layout]) -> str:
    """The layouts as one text, to be kept."""
    return json.dumps([asdict(one) for one in layouts], ensure_ascii=False)


def loads(text: str) -> tuple[Layout, ...]:
    """The layouts of a text; what another version of the program kept, or a hand has spoilt, is left out."""
    try:
        held = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(one for entry in held if (one := _layout(entry))) if isinstance(held, list) else ()


def _layout(entry: object) -> Layout | None:
    try:
        assert isinstance(entry, dict)
        fields = {int(place): str(field) for place, field in entry["fields"].items()}
        words = {key: str(entry.get(key, "")) for key in ("name", "key", "kind", "unit", "event_kind", "version")}
        one = Layout(**words, first=int(entry["first"]), last=int(entry["last"]), fields=fields)
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
        return None
    known = {"", *fields_of(one.kind)} if one.kind in {**KINDS, **EXPORTS} else set()
    fits = all(field in known or field.startswith(ITEM) for field in one.fields.values())
    return one if fits and 0 <= one.first <= one.last and one.key and one.name else None
