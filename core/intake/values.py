"""What a cell means: an amount in 分, a day, a code. Whatever is not certain is said as a doubt, in words."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from core.i18n import _
from core.intake.cells import Cell, plain, text_of
from core.money import LIMIT

YUAN, WAN, YI = "元", "万元", "亿元"
_FACTORS = {YUAN: Decimal(100), WAN: Decimal(1_000_000), YI: Decimal(10_000_000_000)}  # 分
_BLANK = frozenset(("", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "*"))
_SLACK = Decimal("0.0001")  # 分 (1e-6 元) that a stored binary fraction may be off
_UNITS = (("亿元", YI), ("万元", WAN), ("亿", YI), ("万", WAN), ("元", YUAN))
_NUMBER = re.compile(r"\d+(?:\.\d*)?(?:e[+-]?\d{1,2})?|\.\d+(?:e[+-]?\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,4})*,\d{3}(?:\.\d*)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*[日号]?|月)")
_SHORT_DAY = re.compile(r"(?:(\d{2})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_PACKED_DAY = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})(?:\d{6})?")
_CLOCK = re.compile(
    r"[ t]*(?:上午|下午)?\s*\d{1,2}\s*[:时]\s*\d{1,2}(?:\s*[:分]\s*\d{1,2}(?:\.\d+)?)?\s*[秒z]?(?:\s*[ap]m)?$"
)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000-01-01 to 2099-12-31
_ROUND_ZEROS = "000000"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount read: 分, or None where the cell holds none; ``doubt`` says what is wrong with it. ``unit`` is the one
    that stood in the cell itself."""

    fen: int | None = None
    doubt: str = ""
    unit: str = ""
    rounded: bool = False  # read well, but no whole 分: ``fen`` is rounded


@dataclass(frozen=True, slots=True)
class Day:
    """A day read as ISO text, empty where the cell holds none; ``doubt`` says what is wrong with it."""

    iso: str = ""
    doubt: str = ""


def read_amount(cell: Cell, unit: str = YUAN) -> Amount:
    """The amount in a cell; ``unit`` (元, 万元, 亿元) is that of a number without one. A blank, ``-`` or ``—`` is no
    amount. Negative: ``-5``, ``5-``, ``(5)``, ``（5）``."""
    if cell is None:
        return Amount()
    if isinstance(cell, bool):
        return Amount(doubt=_("不是金额"))
    if isinstance(cell, int):
        return _in_fen(Decimal(cell), unit, "")
    if isinstance(cell, float):
        return _in_fen(Decimal(repr(cell)), unit, "")
    if not isinstance(cell, str):
        return Amount(doubt=_("是日期或时间，不是金额"))
    return _read_text(cell, unit)


@lru_cache(maxsize=4096)
def _read_text(text: str, unit: str) -> Amount:
    bare = unicodedata.normalize("NFKC", text).lower().strip().lstrip("'’‘")
    bare = re.sub(r"[\s\u200b\ufeff]", "", bare).replace("−", "-").replace("–", "-").replace("—", "-")
    if bare in _BLANK or not bare.strip("-"):
        return Amount()
    bare = re.sub(r"^(?:人民币|rmb|cny)", "", bare)
    negative = False
    own = ""
    bracketed = re.fullmatch(r"(-?)\(([^()]*)\)([万亿]?元?)", bare)
    if bracketed:
        negative, bare = True, bracketed[2] + bracketed[3]
        if bracketed[1] or bare.startswith("-"):
            return Amount(doubt=_("既有括号又有负号"))
    bare = bare.replace("¥", "")
    for word, meaning in _UNITS:
        if bare.endswith(word):
            bare, own = bare.removesuffix(word), meaning
            break
    bare = bare.removesuffix("整") if own else bare
    if bare.startswith(("-", "+")):
        negative, bare = negative or bare[0] == "-", bare[1:]
    elif bare.endswith("-"):
        negative, bare = True, bare[:-1]
    bare = bare.replace("¥", "").replace("、", ",")
    if bare.endswith("%"):
        return Amount(doubt=_("是百分比，不是金额"))
    if "," in bare:
        if not _GROUPED.fullmatch(bare):
            return Amount(doubt=_("千分位分隔不对，无法确定金额"))
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        return Amount(doubt=_("不是金额"))
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return Amount(doubt=_("不是金额"))
    return _in_fen(-value if negative else value, own or unit, own)


def _in_fen(value: Decimal, unit: str, own: str) -> Amount:
    """A number of ``unit`` in 分; a doubt where it is not whole 分 or beyond what can be stored."""
    if not value.is_finite():
        return Amount(doubt=_("不是金额"), unit=own)
    exact = value * _FACTORS[unit]
    if abs(exact) > LIMIT:
        return Amount(doubt=_("超出可登记的金额范围，请检查数字和单位"), unit=own)
    fen = int(exact)
    if fen == exact:
        return Amount(fen, "", own)
    fen = int(exact.to_integral_value(rounding="ROUND_HALF_UP"))
    if abs(exact - fen) > _SLACK:
        text = _("不是整分（{value}{unit}），金额最小到0.01元").format(value=plain(value), unit=unit)
        return Amount(fen, text, own, True)
    return Amount(fen, "", own)


def read_day(cell: Cell, year: int, epoch_1904: bool = False) -> Day:
    """The day in a cell: a date, a serial number, or text such as ``2023-12-31``, ``20231231``, ``2023年12月31日``,
    with a time or not. One without a year is of ``year``."""
    if cell is None:
        return Day()
    if isinstance(cell, datetime):
        return _sound(cell.year, cell.month, cell.day, year)
    if isinstance(cell, date):
        return _sound(cell.year, cell.month, cell.day, year)
    if isinstance(cell, bool | timedelta) or not isinstance(cell, str | int | float):
        return Day(doubt=_("不是日期"))
    return _read_day(text_of(cell), year, epoch_1904)


@lru_cache(maxsize=4096)
def _read_day(text: str, year: int, epoch_1904: bool) -> Day:
    bare = unicodedata.normalize("NFKC", text).lower().strip().lstrip("'")
    bare = bare.replace("−", "-").replace("–", "-").replace("—", "-")
    if bare.strip("-/") == "":
        return Day()
    bare = _CLOCK.sub("", re.sub(r"\s*(?:星期|周)[一二三四五六日天]\s*", " ", bare)).strip()
    if match := _PACKED_DAY.fullmatch(bare.replace(" ", "")):
        return _sound(int(match[1]), int(match[2]), int(match[3]), year)
    if match := _DAY.fullmatch(bare):
        if match[3] is None:
            return Day(doubt=_("只有年月，没有日"))
        return _sound(int(match[1]), int(match[2]), int(match[3]), year)
    if match := _SHORT_DAY.fullmatch(bare):
        if match[1] is None and "." in bare:
            return Day(doubt=_("不是日期"))
        return _sound(2000 + int(match[1]) if match[1] else year, int(match[2]), int(match[3]), year)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", bare) and _FIRST_SERIAL <= float(bare) <= _LAST_SERIAL:
        begun = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
        day = begun + timedelta(days=int(float(bare)))
        return _sound(day.year, day.month, day.day, year)
    return Day(doubt=_("不是日期"))


def _sound(in_year: int, month: int, day: int, year: int) -> Day:
    """The day, if there is such a day in a year that can be meant."""
    try:
        found = date(in_year, month, day)
    except ValueError:
        return Day(doubt=_("没有这一天"))
    if in_year < 2000 or in_year > year + 1:
        return Day(doubt=_("年份{year}不合理").format(year=in_year))
    return Day(found.isoformat())


def read_code(cell: Cell, text: str) -> tuple[str, str]:
    """A code or number as text, and what makes it doubtful: one that a spreadsheet kept as a number loses everything
    behind the fifteenth digit. ``text`` is how the cell reads."""
    if cell == text and len(text) <= 15 and text.isascii() and text.isdecimal():
        return text, ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if len(text.lstrip("-").partition(".")[0]) > 15:
            return text, _("以数字存放，第15位以后的数字已丢失，请在原表中改为文本格式后重新导出")
        return text, ""
    bare = unicodedata.normalize("NFKC", text).strip().lstrip("'’‘")
    if re.fullmatch(r"\d\.\d+e\+?\d+", bare.lower()):
        return plain(Decimal(bare)), _("已变成科学计数，后面的数字已丢失，请在原表中改为文本格式后重新导出")
    if bare.isdecimal() and len(bare) > 15 and bare.endswith(_ROUND_ZEROS):
        return bare, _("最后6位都是0，可能在表格中丢失了数字，请核对")
    return bare, ""


def even(text: str) -> str:
    """A name without what makes no difference: width of characters, blanks, the look of brackets and quotes
    (domain 6.4)."""
    return _even(text)


_ALIKE = str.maketrans(
    {
        "⻔": "门",
        "⻋": "车",
        "⻅": "见",
        "⻓": "长",
        "⻛": "风",
        "⻜": "飞",
        "⻢": "马",
        "⻩": "黄",
        "⻚": "页",
        "⻉": "贝",
    }
    | {"⻬": "齐", "⻰": "龙", "⻦": "鸟", "⻥": "鱼", "⻘": "青", "⻝": "食", "⻣": "骨"}
    | dict.fromkeys("“”„‟«»「」『』‘’‛", '"')
    | {"〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")", "–": "-", "—": "-", "―": "-", "·": ""}
)


@lru_cache(maxsize=8192)
def _even(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split()).lower()
