"""What a text states of the budget in figures: 2023年预算收入101.09万元, 项目“…”实际支出2.07万元 (C-044, C-045)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.amounts import Amount, amounts, years
from core.text.plain import plain
from core.text.sentences import sentences

_NAME_SIGN: Final = 0xE100  # a project's name is a run of one private character

RECALLED: Final = "财政收回"  # 剩余资金0.93万元由财政收回: the only item named behind its figure
_BY_TREASURY: Final = re.compile(r"(?:已|全部|均)?(?:由|被)?(?:区|县|市)?财政(?:部门|局)?(?:已|全部|统一)?收回")

# Items by the names a text gives them; those of the unit and those of a project are called the same where they are.
_UNIT_LABELS: Final = {
    "预算收入": "预算收入|预算总收入",
    "年初预算": "年初(?:部门|单位)?预算|年初预算(?:收入|批复|安排)",
    "调整追加": "(?:预算|年中)?调整追加(?:（减）)?",
    "其他资金": "其他资金(?:来源|收入)?",
    "支出": "(?:年度?|本年度?|全年|总|单位|部门整体)支出|支出(?=合计|总计|总额|共计)",
    "基本支出": "基本支出",
    "人员经费": "人员经费(?:支出)?",
    "公用经费": "(?:日常)?公用经费(?:支出)?",
    "项目支出": "项目支出",
    "结余结转": "(?:年末|年底)?(?:结余结转|结转结余|结转和结余)|年末结转",
    "全年预算": "全年预算|调整后(?:的)?(?:全年)?预算",
    RECALLED: "剩余",
    "执行率": "(?:整体|总体|部门)?(?:预算|支出)?执行率",
}
_PROJECT_LABELS: Final = {
    "上年结转": "上年结转(?:结余)?|年初结转",
    "年初预算": "年初(?:项目)?预算|年初预算(?:批复|安排)",
    "上级转移支付": "上级转移支付",
    "年中调增减": "年中调增(?:（减）)?",
    "追加减": "(?:年中|年底)?追加(?:（减）)?",
    "全年预算": "全年预算|调整后(?:的)?(?:全年)?预算",
    "实际支出": "(?:全年)?实际支出|(?:全年|共|总)支出|支出(?=合计|总计|总额|共计)",
    "结余结转": "(?:年末|年底)?(?:结余结转|结转结余|结转和结余)|年末结转",
    RECALLED: "剩余",
    "执行率": "(?:项目)?(?:预算|支出|资金)?执行率",
}
_FILLER: Final = r"(?:资金|金额|数|合计|总计|总额|共计|共|为|是|达到?|：|\s)*"
_LEAD: Final = (
    r"(?:其中|[一二三]是|\d{1,2}[.、．]|(?:19|20)\d{2}年度?|\d{4}|年度?|上年度?|去年度?|本年度?|全年|当年|度"
    r"|[我本该](?:单位|部门|项目)|项目|单位|部门|实际|共|完成|实现|的|财政|一般公共预算"
    r"|[“”‘’\s\ue100-\uf8ff])*"
)
_PERIOD: Final = re.compile(
    r"\d{1,2}[-—–~～至到]\d{1,2}月|[上下]半年|季度|截[至止]\d{1,2}月|[1-9]月(?:底|末|份)|下年|明年|来年|计划|拟|预计|将"
)
_BEYOND: Final = re.compile(r"全[区市省县国镇]|各(?:镇|街道|村|社区|单位|部门)|下属|二级机构|三公|公务")
_EARLIER: Final = re.compile(r"上年度?|去年度?|上一年度?")
_UNKNOWN_PROJECT: Final = re.compile(r"项目[“‘\"]|[”’\"](?:的)?项目|[该本]项目")
_OTHER_PROJECT: Final = re.compile(r"项目[“‘\"]")
_COMPARED: Final = re.compile(r"[较比与同和从由]$")
_CLAUSE: Final = re.compile(r"[，。；、：\n]|（(?!减）)|(?<!减)）")
_PURPOSE: Final = re.compile(r"[，（]?(?:主要)?(?:用于|用在|为)")
# A paragraph that speaks of the unit as a whole.
_WHOLE: Final = re.compile(
    r"(?:19|20)\d{2}年度?(?:部门|单位)?(?:预算收入|支出|总支出|年初预算)|预算收入|基本支出|[本我](?:单位|部门)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that the text gives to an item; places are those of the amount.

    ``project`` is the place of the project in the names given, -1 for the unit; ``year`` that named, else 0
    (the report's own) or -1 (上年).
    """

    start: int
    end: int
    text: str
    project: int
    item: str
    year: int
    amount: Amount


def _pattern(labels: dict[str, str]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<n{n}>{label})" for n, label in enumerate(labels.values()))
    return re.compile(rf"(?P<lead>{_LEAD})(?:{groups}){_FILLER}")


_UNIT: Final = _pattern(_UNIT_LABELS)
_PROJECT: Final = _pattern(_PROJECT_LABELS)


@lru_cache(maxsize=256)
def statements(text: str, names: tuple[str, ...] = (), own: int = -1) -> tuple[Statement, ...]:
    """The figures a text states of the unit, or of the projects called ``names``, item by item.

    ``own`` is the project that the text is about (-1: the unit). Only plain statements count: a label of its own
    clause and the amount behind it. Rounded figures (约), parts of the year, plans and other bodies are left out.
    """
    even = _named(plain(text), names)
    held = [one for one in amounts(text) if (one.is_money or one.unit == "%") and not _is_name(even[one.start])]
    dates = [(one.start, one.year) for one in years(text) if not _is_name(even[one.start])]
    found: list[Statement] = []
    for sentence in sentences(text):
        last = sentence.start
        for one in held:
            if sentence.start <= one.start < sentence.end:
                statement = None if one.approx else _statement(even, one, (sentence.start, last), own, dates)
                last = one.end
                if statement:
                    found.append(statement)
    return tuple(found)


def _statement(
    even: str, one: Amount, place: tuple[int, int], own: int, dates: list[tuple[int, int]]
) -> Statement | None:
    """The statement that an amount ends; ``place``: where its sentence begins and where the amount before it ends."""
    start, last = place
    paragraph = even.rfind("\n", 0, start) + 1
    spoken = even[paragraph : one.start]
    project = next((ord(sign) - _NAME_SIGN for sign in reversed(spoken) if _is_name(sign)), own)
    if project < 0 and not _of_the_unit(even, paragraph, start, one):
        return None
    if project == own >= 0 and not any(map(_is_name, spoken)) and _OTHER_PROJECT.search(spoken):
        return None
    if _PERIOD.search(even, start, one.start):
        return None
    clause = _CLAUSE.split(even[last : one.start].rstrip("： "))[-1]
    match = (_UNIT if project < 0 else _PROJECT).fullmatch(clause)
    if match is None or match.lastgroup is None:
        return None
    item = list(_UNIT_LABELS if project < 0 else _PROJECT_LABELS)[int(match.lastgroup[1:])]
    if (item == RECALLED) != bool(_BY_TREASURY.match(even, one.end)):
        return None
    if (item == "执行率") != (one.unit == "%"):
        return None
    if item in ("项目支出", "支出", "实际支出") and _PURPOSE.match(even, one.end):
        return None
    year = -1 if _EARLIER.search(match["lead"]) else _year(even, dates, start, one.start)
    return Statement(one.start, one.end, one.text, project, item, year, one)


def _of_the_unit(even: str, paragraph: int, start: int, one: Amount) -> bool:
    """Whether a paragraph that names no project speaks of the unit as a whole."""
    if _UNKNOWN_PROJECT.search(even, paragraph, one.start) or _BEYOND.search(even, start, one.start):
        return False
    return not any(map(_is_name, even[:paragraph])) or bool(_WHOLE.search(even, paragraph, one.end))


def _year(even: str, dates: list[tuple[int, int]], start: int, end: int) -> int:
    """The year last named in the sentence before a figure, but for those compared with; 0 where there is none."""
    named = [year for at, year in dates if start <= at < end and not _COMPARED.search(even[max(start, at - 3) : at])]
    return named[-1] if named else 0


def _named(even: str, names: tuple[str, ...]) -> str:
    """The text with every project's name as a run of its own sign, longest names first."""
    for number, name in sorted(enumerate(names), key=lambda pair: -len(pair[1])):
        if len(name) >= 4:
            even = even.replace(plain(name), chr(_NAME_SIGN + number) * len(name))
    return even


def _is_name(character: str) -> bool:
    """Whether a character stands for a project's name."""
    return "\ue100" <= character <= "\uf8ff"
