"""What a number format of a spreadsheet says of the cell: a date, or a number shown other than it is stored."""

import re

BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\\.|!.')
_ZEROS = re.compile(r"0{2,}")


def is_date_format(pattern: str) -> bool:
    """Whether a number format shows a day or a time."""
    bare = _QUOTED.sub("", pattern.split(";")[0]).lower()
    return bool(re.search(r"[ymdh]", bare)) and "general" not in bare


def scales(pattern: str) -> bool:
    """Whether a number format shows a number in thousands, or with a decimal mark drawn in, such as ``0!.0,``."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|_.', "", pattern.split(";")[0])
    return bool(re.search(r"[!\\]\.|[0#?],+(?![0#?,])", bare))


def zeros_before(pattern: str) -> int:
    """How many digits a number format pads a code to with zeros; 0 for any other format."""
    bare = _QUOTED.sub("", pattern.split(";")[0])
    return len(bare) if _ZEROS.fullmatch(bare) else 0


def alters(pattern: str) -> bool:
    """Whether a number format shows another number than is stored, or puts zeros before a code."""
    return scales(pattern) or zeros_before(pattern) > 0
