"""Amounts in running Chinese text, and the numbers that are not amounts. The one tokenizer of the program.

An amount is a number with a unit: 101.09万元, 26000余元, 95.69%, 8 名. Years, dates, document numbers,
ordinals, telephone numbers, headings and bare numbers have none and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from core.money import Fen, exact_fen
from core.text.plain import plain

MONEY: Final = frozenset({"元", "万元", "亿元"})

# Units of persons and things, each with the characters that would make it the start of another word
# (8场 but 8场所, 3人 but 3人大代表, 5家 but the 家庭 of 5.15家庭教育周).
_COUNTED: Final = (
    "人次 户次 册次 车次 台次 学时 立方米 "
    "个百分点 个月 个工作日 批次 平方米 公里 公斤 公顷 小时 课时 周年 天(?!然|气) 亩 吨 米 倍 岁 "
    "人(?!大|民|社|才|事|力|文|身|均[收支补消预可]) 名(?!称|单|录|义|额|下|师|优|誉|胜) 个(?!体|性) "
    "户(?!籍|口|外) 家(?!庭|长|教|风|政|访|属|具|电|乡|园|校|委|人) 场(?!所|地|馆|景) 次(?!数|日|年|序) "
    "项(?!目(?!标)) 件(?!数) 期(?!间|末|初|限) 条(?!例|件) 份(?!额) 台(?!账|风|阶) 处(?!室|理|分|置|长|于) "
    "所(?!有|需|在|属|得|以) 支(?!出|付|部|队|持|撑|援) 套(?!餐|取) 座(?!谈) 批(?!复|准|示) 类(?!别|型|似) "
    "组(?!织|成|建|长) 对(?!象|于|口|接|比|照) 本(?!级|年|单|区|县|市|部|次|报) 辆 篇 册 张 幅 块 km ㎡ 千米 株 棵 枚"
    " 页 卷(?!宗|面) 例(?!如|会|行) 栋 幢 间(?!隔|接|断|歇) 盏 盒 袋 桶"
    " 段(?!时|落) 头(?!等|衔) 只(?!有|要|能|是) 分(?![别为钟之配管类析布公期工成项级局部支散解红段数值享流批步])"
)
_UNIT: Final = (
    r"[亿万]?元(?!旦|宵|素|宇宙)(?:/[人户月年天次亩生*·]{1,3}|/公里|/平方米)*|[%‰]"
    rf"|万?(?:{_COUNTED.replace(' ', '|')})|[亿万]"
)
_AMOUNT: Final = re.compile(
    r"(?<![\dA-Za-z/*×_第])(?<!\d[.,，·])"
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d.]) {0,2}"
    rf"(?P<scaled>[万亿千百](?=[余多]))?(?P<more>[余多]?) ?(?P<unit>{_UNIT})"
)
_ABOUT_BEFORE: Final = re.compile(
    r"(?:大约|(?<![节预签契条合制])约|将近|(?<![最附邻临就将新])近|超过|突破|逾|超|不足)为?\s?$"
)
_ABOUT_AFTER: Final = re.compile(r"左右|上下")
_ABOUT_NAME: Final = {"大": "约", "将": "近", "突": "超", "逾": "超", "不": "不足"}
_MONEY_BEFORE: Final = re.compile(
    r"(?:资金|金额|经费|支出|收入|预算|拨款|款项|投资|费用?|执行|到位|支付)[^，。；\n]{0,12}$"
)
_HEADING: Final = re.compile(r"(?:^|\n) *(?P<number>\d{1,2})\.(?P<count>\d+)$")
_YEAR: Final = re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?:\s?年|(?=[-—–~～至到]{1,2}(?:19|20)\d{2}\s?年))")


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: ``text[start:end]`` holds the number, its unit and a 余 or 多 between them."""

    start: int
    end: int
    text: str
    number: Decimal
    unit: str
    """As printed: 万元, 元, 亿元, 元/人, %, 人, 名, 场, 万人 …; a bare 万 after a word for money is 万元."""
    fen: Fen | None
    """In 分, for money of the units 元, 万元 and 亿元 that is whole 分; None for a price per head (元/人)."""
    decimals: int
    """Decimals printed."""
    approx: str
    """余, 多, 约, 近, 左右, 超 or 不足 if the figure is only about right, else empty."""

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY

    @property
    def printed_unit(self) -> Fen:
        """The place of the last digit in 分, such as 10_000 for 0.01万元: a tolerance counts in it. Else 0."""
        place = exact_fen(Decimal(1).scaleb(-self.decimals), self.unit) if self.is_money else 0
        return place or 0


@dataclass(frozen=True, slots=True)
class Year:
    """A year named in the text, 年 included where it is printed."""

    start: int
    end: int
    text: str
    year: int


@lru_cache(maxsize=512)
def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of the text in their order."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(plain(text)):
        amount = _amount(text, match, found[-1].end if found else -1)
        if amount:
            found.append(amount)
    return tuple(found)


def _amount(text: str, match: re.Match[str], previous_end: int) -> Amount | None:
    even, (start, end) = match.string, match.span()
    number, unit = match["number"], match["unit"]
    if number.startswith("-") and previous_end == start:  # 10万-20万元: a range, not a negative
        start, number = start + 1, number[1:]
    if "，" in text[start:end] and unit not in MONEY:  # 编制3，100人 is two things, 3，100元 is one
        start += text[start:end].rindex("，") + 1
        number = even[start : match.end("number")]
    heading = _HEADING.search(even[max(0, start - 8) : match.end("number")])
    if heading and unit not in MONEY and unit not in ("%", "‰"):  # 1.3个 at the head of a line is heading 1
        start, number = match.start("number") + len(heading["number"]) + 1, heading["count"]
    if match["scaled"] and unit[0] in "亿万":
        return None
    if match["scaled"]:
        unit = match["scaled"] + unit  # 8万余元
    elif unit in ("万", "亿") and _MONEY_BEFORE.search(even[max(0, start - 24) : start]):
        unit += "元"
    value = Decimal(number.replace(",", ""))
    return Amount(
        start,
        end,
        text[start:end],
        value,
        unit,
        exact_fen(value, unit) if unit in MONEY else None,
        len(number.partition(".")[2]),
        match["more"] or _approximate(even, start, end),
    )


def _approximate(even: str, start: int, end: int) -> str:
    before = _ABOUT_BEFORE.search(even[max(0, start - 4) : start])
    if before:
        return _ABOUT_NAME.get(before[0][0], before[0][0])
    return "左右" if _ABOUT_AFTER.match(even, end) else ""


@lru_cache(maxsize=512)
def years(text: str) -> tuple[Year, ...]:
    """All years named in the text (2023年, the 2021 of 2021至2023年), but not those of document numbers."""
    return tuple(
        Year(*match.span(), text[match.start() : match.end()], int(match["year"]))
        for match in _YEAR.finditer(plain(text))
    )
