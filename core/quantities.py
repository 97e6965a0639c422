"""Numbers with units as forms hold them: ``≥30场``, ``95%``, ``１２``, ``1.2万人``. Decimal throughout, never float."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from core.goals import Operator
from core.money import half_up

_WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u3000\u00a0\u2009\u202f\t\n", " ")
    | {"−": "-", "–": "-", "≧": "≥", "≦": "≤"}
)
_QUANTITY = re.compile(
    r"(?P<sign>[+-]?) ?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,20}(?:\.\d{1,10})?|\.\d{1,10})"
    r" ?(?P<unit>[^\d,.+~～、，。;:-]{0,12})"
)
_BEFORE = (
    ("≥", Operator.AT_LEAST),
    (">=", Operator.AT_LEAST),
    ("不少于", Operator.AT_LEAST),
    ("不低于", Operator.AT_LEAST),
    ("至少", Operator.AT_LEAST),
    ("≤", Operator.AT_MOST),
    ("<=", Operator.AT_MOST),
    ("不超过", Operator.AT_MOST),
    ("不高于", Operator.AT_MOST),
    ("不多于", Operator.AT_MOST),
    ("至多", Operator.AT_MOST),
    ("=", Operator.EQUAL),
    ("等于", Operator.EQUAL),
    (">", Operator.MORE),
    ("大于", Operator.MORE),
    ("超过", Operator.MORE),
    ("<", Operator.LESS),
    ("小于", Operator.LESS),
    ("低于", Operator.LESS),
)
_AFTER = (
    ("及以上", Operator.AT_LEAST),
    ("以上", Operator.AT_LEAST),
    ("及以下", Operator.AT_MOST),
    ("以下", Operator.AT_MOST),
    ("以内", Operator.AT_MOST),
    ("内", Operator.AT_MOST),
)
# Words after a number that make it vague, or part of a date.
_VAGUE = re.compile(r"[多余几来]|.*(?:左右|上下|[前底末初])$")
_SCALES = {"亿": 100_000_000, "万": 10_000}
_SAME = {"㎡": "平方米", "m²": "平方米", "日": "天", "公里": "千米", "人民币元": "元", "圆": "元"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written with its unit. ``operator`` is the sign or word of comparison that stood with it."""

    number: Decimal
    unit: str = ""
    operator: str = ""

    def in_base(self, unit: str = "") -> tuple[Fraction, str]:
        """The number in the base unit (元 for 万元, 人 for 万人, ``%`` for ``‰``), and that unit. ``unit`` is that
        of the column, for a number written without one."""
        own = self.unit or unit
        if self.unit in _SCALES:  # 1.2万 in a column of 万元 is 1.2万元, in one of 人 1.2万人
            own = unit if unit.startswith(self.unit) else self.unit + unit
        number = Fraction(self.number)
        for word, factor in _SCALES.items():
            if own.startswith(word):
                number, own = number * factor, own.removeprefix(word)
                break
        if own == "‰":
            number, own = number / 10, "%"
        return number, _SAME.get(own, own)


@lru_cache(maxsize=4096)
def parse_quantity(text: str) -> Quantity | None:
    """The one number a text holds, with its unit and comparison; None for words, ranges, dates and 约数."""
    plain = text.translate(_WIDE).strip()
    operator = ""
    for word, meaning in _BEFORE:
        if plain.startswith(word):
            plain, operator = plain.removeprefix(word).strip(), meaning
            break
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        return None
    unit = match["unit"].strip()
    for word, meaning in _AFTER:
        if unit.endswith(word):
            unit, operator = unit.removesuffix(word).strip(), operator or meaning
            break
    if _VAGUE.match(unit):
        return None
    number = Decimal(match["sign"] + match["number"].replace(",", ""))
    return Quantity(number, "%" if unit.startswith("%") else unit, operator)


def parse_value(text: str) -> Decimal | None:
    """The number of a text without its sign of comparison and unit: ``≥30场`` 30, ``95%`` 95, ``1.2万`` 12000.

    1.2万元 is 1.2: there 万元 is the unit. None where the text is not one number.
    """
    found = parse_quantity(text)
    if found is None:
        return None
    return found.number * _SCALES.get(found.unit, 1)


def comparison(text: str) -> str:
    """The Operator a sign or word of comparison means, such as ``>=`` or ``不少于``; empty for anything else."""
    return dict(_BEFORE).get(text.translate(_WIDE).strip(), "")


def plain_decimal(value: Decimal) -> str:
    """A decimal as text without exponent and idle zeros: ``13.50`` 13.5, ``1E+1`` 10."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Fraction | Decimal, places: int = 2) -> Decimal:
    """A number rounded half up (away from zero) to so many decimals, as printed."""
    exact = Fraction(value)
    return Decimal(half_up(exact.numerator * 10**places, exact.denominator)).scaleb(-places)
