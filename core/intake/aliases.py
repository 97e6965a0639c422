"""What columns are called, by kind of sheet, from resources/intake/aliases.toml; and how headings are compared."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from core.batches import STATED
from core.figures import ITEM_LABELS, PROJECT_ITEMS, UNIT_ITEMS
from core.form_items import FORM_ITEMS
from core.intake.values import WAN, YI, YUAN, even

KNOWN = "known"  # headings that are recognised and not taken
ITEM = "item:"  # before the name of a figure that has a column of its own
_FILE = Path(__file__).resolve().parents[2] / "resources" / "intake" / "aliases.toml"
_UNIT = re.compile(r"[(\[/:_](?:金额)?(?:单位:?)?(?:人民币)?(亿元|万元|元)(?:[)\]]|$|(?=_))")
_BRACKETED = re.compile(r"\([^()]*\)")
_UNIT_TEXT = re.compile(
    r"(?<!填报)(?<!编制)(?<!预算)(?<!主管)(?<!实施)单位\s*[:为]?\s*(?:人民币)?\s*[:(]?\s*(亿元|万元|元)(?![\u4e00-\u9fff/])"
)
_UNITS = {"亿元": YI, "万元": WAN, "元": YUAN}


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, tuple[str, int]]]:
    """Heading -> field and its rank, for each kind; lower ranks are better."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for kind, lists in data.items():
        words: dict[str, tuple[str, int]] = {}
        for field, headings in lists.items():
            for rank, heading in enumerate(headings):
                words.setdefault(even(heading), (field, rank))
        found[kind] = words
    for rank, item in enumerate((*UNIT_ITEMS, *PROJECT_ITEMS, *FORM_ITEMS)):
        for heading in (item, ITEM_LABELS.get(item, item)):
            found[STATED].setdefault(even(heading), (ITEM + item, rank))
    return found


def fields_of(kind: str) -> list[str]:
    """The fields a column of a sheet of this kind may be, in the order of the file."""
    return list(dict.fromkeys(field for field, _rank in _lists()[kind].values() if field != KNOWN))


def heading_unit(heading: str) -> str:
    """The money unit a heading names, such as ``金额（万元）``; empty where it names none."""
    text = even(heading)
    found = _UNIT.search(text)
    if found:
        return _UNITS[found[1]]
    return next((unit for word, unit in _UNITS.items() if text.endswith(f"({word}") or text == word), "")


def unit_in_text(text: str) -> str:
    """The money unit that a line such as ``单位：万元`` names; empty where it names none."""
    if found := _UNIT_TEXT.search(unicodedata.normalize("NFKC", text)):
        return _UNITS[found[1]]
    bare = even(text).strip("()")
    return _UNITS.get(bare, "")


def field_of(heading: str, kind: str) -> tuple[str, int] | None:
    """The field a heading means in a sheet of this kind, and how good a name it is; None where it is not known.

    A two-level heading is tried whole, then joined without a mark, then by its lower and its upper part.
    """
    words = _lists()[kind]
    text = even(heading).strip("*:")
    levels = [part for part in text.split("_") if part]
    tries = [text, "".join(levels), *reversed(levels)] if len(levels) > 1 else [text]
    for penalty, one in enumerate(tries):
        for bare in dict.fromkeys((one, _UNIT.sub("", one).strip("*:"), _BRACKETED.sub("", one).strip("*:"))):
            if found := words.get(bare):
                return found[0], found[1] + penalty * 100
    return None
