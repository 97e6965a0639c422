"""Money as a whole number of 分 (``Fen``): reading, showing, rates, rounding, 人民币大写. Never a float.

1 元 = 100 分, 1 万元 = 1,000,000 分. Records hold exact 分; only what is printed in 万元 is rounded, half up
(away from zero), at the moment it is printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.errors import UserError
from core.i18n import _

Fen = int

YUAN: Final = 100
WAN: Final = 1_000_000
WAN_CENT: Final = 10_000  # 0.01 万元, the unit of printed reports
LIMIT: Final = 92_000_000_000_000_000  # largest amount accepted: a hundred of them still fit into 64 bits

NOTHING: Final = "—"  # printed where a rate does not apply

_POWER: Final = {"元": 2, "万": 6, "万元": 6, "亿": 10, "亿元": 10}  # 1 unit = 10**power 分

_HALF_WIDTH: Final = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u3000\u00a0\u2009\u202f\t\n", " ")
    | {"￥": "¥", "−": "-", "–": "-"}
)
_BRACKETED = re.compile(r"\((?P<inside>[^()]*)\) ?(?P<unit>[万亿]?元?)")
_AMOUNT = re.compile(r"¥? ?(?P<sign>[+-]?) ?¥? ?(?P<number>[0-9., ]*?) ?(?P<unit>万元|亿元|万|亿|元|)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]*)?")
_PLAIN = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")


class AmountError(UserError):
    """The text is not an amount; the message says what is wrong with it and what to type instead."""


def parse_amount(text: str, unit: str = "元") -> Fen:
    """The amount written in ``text``, in 分. ``unit`` ("元" or "万元") is the unit of a number without one.

    Reads ``12000`` ``12,000`` ``1.2万`` ``1.2万元`` ``1.2亿`` ``１２`` ``¥12`` ``-5`` and ``（123.45）``
    (negative), in half- or full-width characters with any spaces around. Nothing is guessed: everything
    else raises ``AmountError``.
    """
    plain = text.translate(_HALF_WIDTH).strip()
    shown = _shortened(text)
    if not plain:
        raise AmountError(_("金额为空，请输入数字，例如 12000 或 1.2万。"))
    bracketed = _BRACKETED.fullmatch(plain)
    inner = bracketed["inside"].strip() + bracketed["unit"] if bracketed else plain
    match = _AMOUNT.fullmatch(inner)
    if match is None:
        raise AmountError(_complaint(shown, plain))
    number = match["number"]
    if not (_GROUPED.fullmatch(number) or _PLAIN.fullmatch(number)):
        raise AmountError(_complaint(shown, number))
    if bracketed and match["sign"]:
        raise AmountError(_("“{text}”既有括号又有正负号，请只保留一种负数写法。").format(text=shown))
    value = Decimal(number.replace(",", "").replace(" ", ""))
    fen = exact_fen(value, match["unit"] or unit)
    if fen is None:
        if value.scaleb(_POWER[match["unit"] or unit]) > LIMIT:
            raise AmountError(_("“{text}”超出可登记的金额范围，请检查数字和单位。").format(text=shown))
        raise AmountError(_("“{text}”不是整分：金额最小到0.01元，请检查小数位数和单位。").format(text=shown))
    return -fen if bracketed or match["sign"] == "-" else fen


def _shortened(text: str) -> str:
    """The text as a message quotes it: a whole paragraph pasted by mistake is not repeated."""
    text = text.strip()
    return text if len(text) <= 40 else text[:40] + "…"


def _complaint(shown: str, number: str) -> str:
    """What is wrong with a text that is not a number."""
    wrong = re.search(r"[^0-9.,()+\-¥ 元万亿]", number)
    if wrong:
        return _("“{text}”中的“{character}”不是数字，请只输入数字，例如 12000、12,000.50 或 1.2万。").format(
            text=shown, character=wrong[0]
        )
    if number.count(".") > 1:
        return _("“{text}”有多个小数点，请只保留一个。").format(text=shown)
    if not re.search(r"[0-9]", number):
        return _("“{text}”中没有数字，请输入金额，例如 12000 或 1.2万。").format(text=shown)
    if re.search(r"[0-9][, ]+[0-9]|^,|,$", number):
        return _("“{text}”的千分位分隔不对，请每三位一隔（如 12,000），或不加分隔。").format(text=shown)
    return _("“{text}”不是金额，请只输入一个数字，例如 12000、-500 或 1.2万。").format(text=shown)


def exact_fen(value: Decimal, unit: str) -> Fen | None:
    """``value`` of ``unit`` (元, 万元, 亿元) in 分; None if that is not whole 分 or is beyond ``LIMIT``."""
    if not value.is_finite():
        return None
    if not value:
        return 0
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # finite
    power = exponent + _POWER[unit]
    if value.adjusted() + _POWER[unit] > 16:
        return None
    number = int("".join(map(str, digits)))
    if power < -len(digits):
        return None
    scale: int = 10 ** abs(power)
    number, rest = (number * scale, 0) if power >= 0 else divmod(number, scale)
    if rest or number > LIMIT:
        return None
    return -number if sign else number


def half_up(part: int, whole: int) -> int:
    """``part / whole`` rounded to a whole number, halves away from zero."""
    quotient = (2 * abs(part) + abs(whole)) // (2 * abs(whole))
    return quotient if (part < 0) == (whole < 0) else -quotient


def _fixed(scaled: int, decimals: int, separators: bool = False) -> str:
    """``scaled / 10**decimals`` as text; zero has no sign."""
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole:,}" if separators else str(whole)
    if decimals:
        text += f".{rest:0{decimals}d}"
    return "-" + text if scaled < 0 else text


def show_yuan(fen: Fen, separators: bool = True) -> str:
    """An amount in 元 to the 分, such as ``1,234.56``."""
    return _fixed(fen, 2, separators)


def show_wan(fen: Fen, decimals: int = 2, trim: bool = False, separators: bool = False) -> str:
    """An amount in 万元, rounded half up, such as ``5.66``.

    ``trim`` drops the decimals of whole 万元 only: ``3``, but ``5.60``, as reports print it.
    """
    scaled = half_up(fen * 10**decimals, WAN)
    if trim and scaled % 10**decimals == 0:
        return _fixed(scaled // 10**decimals, 0, separators)
    return _fixed(scaled, decimals, separators)


def show_printed(amount: int, unit: str) -> str:
    """An amount as a table prints it at ``unit``, without the unit: 元 and 万元 (分), percent and points (0.01 of
    them), and a place in the grades (级), which is a whole number."""
    if unit == "万元":
        return show_wan(amount)
    if unit == "级":
        return str(amount)
    return show_yuan(amount, separators=unit == "元")


def wan_rounded(fen: Fen) -> int:
    """The amount in units of 0.01 万元, as it is printed: what printed figures are compared by."""
    return half_up(fen, WAN_CENT)


def rate(part: Fen | None, whole: Fen | None) -> Fraction | None:
    """``part / whole`` exactly; None where it does not apply (no budget, or a figure missing)."""
    return Fraction(part, whole) if part is not None and whole else None


def show_rate(part: Fen | None, whole: Fen | None, decimals: int = 2) -> str:
    """``part / whole`` in per cent, rounded half up, such as ``95.69%``; ``—`` where it does not apply."""
    if part is None or not whole:
        return NOTHING
    return _fixed(half_up(part * 10 ** (decimals + 2), whole), decimals) + "%"


def tolerance(addends: int, unit: int) -> Fen:
    """How far, in 分, a printed total may stray from the sum of its ``addends`` by rounding alone (尾差).

    ``unit`` is the finest unit printed in the group, in 分: 10_000 for two decimals of 万元. Each of the
    n + 1 figures may be off by half a unit, hence floor(0.5 (n + 1)) whole units. Zero where nothing was
    rounded: figures printed to the 分, or one figure restated in the same unit.
    """
    if addends < 2 or unit <= 1:
        return 0
    return (addends + 1) // 2 * unit


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))


def _words(number: int) -> str:
    """A positive whole number in 大写 digits."""
    for base, name in ((10**8, "亿"), (10**4, "万")):
        if number >= base:
            head, tail = divmod(number, base)
            gap = "零" if 0 < tail < base // 10 else ""
            return _words(head) + name + gap + (_words(tail) if tail else "")
    text = ""
    for place, name in _PLACES:
        digit = number // place % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and number % place and not text.endswith("零"):
            text += "零"
    return text


def capital(fen: Fen) -> str:
    """The amount in 人民币大写, as written on cheques and receipts.

    An amount to the 元 or 角 ends in 整, one to the 分 does not; of the spellings the rules leave open
    (零 between 元 and 角 after a round 元) the shorter one is written.
    """
    yuan, cents = divmod(abs(fen), YUAN)
    jiao, rest = divmod(cents, 10)
    text = _words(yuan) + "元" if yuan or not cents else ""
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif rest and yuan:
        text += "零"
    text += _DIGITS[rest] + "分" if rest else "整"
    if not fen:
        text = "零元整"
    return "人民币" + ("负" if fen < 0 else "") + text
