"""How one amount becomes another by a slip of the pen: a sign, a decimal point, two digits, one digit.

Amounts are whole numbers of the last printed place. ``misprints`` goes from what is printed back to what may
have been meant, with how likely a person who meant that would have printed this.
"""

from collections.abc import Iterator
from math import log
from typing import Final, NamedTuple

from core.i18n import _

SIGN, DIGITS, POINT, YUAN, DIGIT, BLANK, PLAIN = "sign", "digits", "point", "yuan", "digit", "blank", "plain"
LEFT_OUT, TWICE, COPIED = "left out", "twice", "copied"

WORDS: Final = {
    SIGN: _("正负号可能写反"),
    DIGITS: _("相邻两位数字可能写颠倒"),
    POINT: _("小数点可能错位"),
    YUAN: _("可能把元与万元混用"),
    DIGIT: _("可能有一位数字写错"),
    BLANK: _("可能漏填"),
    LEFT_OUT: _("可能漏加{other}"),
    TWICE: _("可能重复加了{other}"),
    COPIED: _("与{other}相同，可能抄错了行"),
    PLAIN: "",
}

# How common each slip is among those that are seen. Their order of size is all that matters: what parts two
# suspects is how much room a slip leaves for chance, as one digit of many leaves far more than a sign.
COMMON: Final = {
    SIGN: 0.12,
    DIGITS: 0.12,
    POINT: 0.12,
    YUAN: 0.10,
    DIGIT: 0.14,
    BLANK: 0.05,
    LEFT_OUT: 0.12,
    TWICE: 0.12,
    COPIED: 0.12,
    PLAIN: 0.05,
}
_SHIFTS: Final = ((10, POINT, 0.7), (100, POINT, 0.2), (1000, POINT, 0.1), (10_000, YUAN, 1.0))
_SHORTEST = 3  # 0.93 is printed with three digits
_SPREAD = log(10**8)  # amounts of a unit lie anywhere between 0.01 and 1,000,000 with equal chance for each decade
_ZERO, _NEGATIVE = 0.15, 0.1  # how many figures are 0, and how many of the others are below it
NOTHING_MEANT: Final = 0.01  # how much rarer it is that an amount is made up where 0 was meant


class Misprint(NamedTuple):
    """What may have been meant, ``low`` to ``high``, and how likely it would have come out as printed."""

    kind: str
    low: int
    high: int
    likelihood: float
    other: str = ""  # the name of the figure that was left out, counted twice or copied

    @property
    def words(self) -> str:
        """The slip as it is told; empty for a plain mistake."""
        return WORDS[self.kind].format(other=self.other)


def misprints(printed: int, low: int, high: int) -> Iterator[Misprint]:
    """The slips of the pen that make ``printed`` of an amount between ``low`` and ``high``."""
    if printed == 0:
        yield Misprint(BLANK, low, high, COMMON[BLANK])
        return
    if low <= -printed <= high:
        yield Misprint(SIGN, -printed, -printed, COMMON[SIGN])
    for factor, kind, share in _SHIFTS:
        chance = COMMON[kind] * share / 2
        if printed % factor == 0 and low <= printed // factor <= high:
            yield Misprint(kind, printed // factor, printed // factor, chance)
        # What was shifted to the right has lost its last digits, rounded or cut off.
        half, most = (factor // 2, factor - 1) if printed > 0 else (factor - 1, factor // 2)
        ends = factor * printed - half, factor * printed + most
        if ends[0] <= high and low <= ends[1]:
            yield Misprint(kind, max(low, ends[0]), min(high, ends[1]), chance)
    side = 1 if printed > 0 else -1
    least, most = sorted((side * low, side * high))
    for kind, amount, chance in _redigited(abs(printed), max(least, 0), most):
        yield Misprint(kind, side * amount, side * amount, chance)


def _redigited(printed: int, low: int, high: int) -> Iterator[tuple[str, int, float]]:
    """Amounts from ``low`` to ``high`` with two neighbouring digits the other way round, or one digit different."""
    digits = _digits(printed)
    for amount in swapped(printed):
        if low <= amount <= high:
            yield DIGITS, amount, COMMON[DIGITS] / (len(digits) - 1)
    for place, digit in enumerate(digits):
        size = 10**place
        first, last = max(-((printed - low) // size), -digit), min((high - printed) // size, 9 - digit)
        for step in range(first, last + 1):
            if step:
                yield DIGIT, printed + step * size, COMMON[DIGIT] / (9 * len(digits))


def swapped(amount: int) -> Iterator[int]:
    """The amounts that have two neighbouring digits of this one (0 or more) the other way round."""
    digits = _digits(amount)
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            yield amount + (digits[place] - digits[place + 1]) * 9 * 10**place


def _digits(amount: int) -> list[int]:
    """The digits of an amount, the last one first, with a 0 in front that may have been lost."""
    digits = [int(digit) for digit in reversed(str(amount).zfill(_SHORTEST))]
    return digits if amount < 10 ** (_SHORTEST - 1) else [*digits, 0]


def plain(printed: int, low: int, high: int) -> Misprint:
    """Any other mistake: what was printed says nothing of what was meant."""
    return Misprint(PLAIN, low, high, COMMON[PLAIN] * _density(printed))


def belief(amount: int) -> float:
    """The logarithm of how likely a figure is this very amount, before anything is known of it."""
    if amount == 0:
        return log(_ZERO)
    return log((1 - _ZERO) * _density(amount))


def _density(amount: int) -> float:
    """The share of all figures but 0 that are this amount. Round ones are commoner: budgets are given in 万元."""
    rounded = 5.0 if amount % 100 == 0 else 1.5 if amount % 10 == 0 else 0.9
    return (1 - _NEGATIVE if amount > 0 else _NEGATIVE) * rounded / (max(abs(amount), 1) * _SPREAD)
