"""Defects of a report's wording, found by ``core.text``, with the severity that suits a text of unknown origin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final

from core.audit.model import Doubt
from core.audit.projects import Project
from core.audit.rates import more_than_all
from core.audit.reading import Reading
from core.audit.worded import short
from core.i18n import _
from core.text.amounts import amounts, years
from core.text.claims import carry_claims, supplement_claims
from core.text.dates import impossible_dates
from core.text.decimals import odd_decimals
from core.text.defects import artefacts, doubled_words, placeholders, punctuation
from core.text.headcount import headcounts
from core.text.quotes import quotes
from core.text.sentences import paragraphs
from core.text.slips import slips
from core.text.spots import Spot
from core.text.structure import heading_numbers, repeated_paragraphs
from core.text.trends import trend_faults
from core.text.units import mixed_units, unit_conflicts
from core.text.wrong_year import wrong_years

ERROR, WARNING, INFO = "error", "warning", "info"

_MASKED_YEAR: Final = re.compile(r"20[XxＸ×╳]{1,2}")
_INLINE: Final = re.compile(r"(?:(?<=[。；：，）\s])|^)(?P<number>\d{1,2})[.．、](?![\d.])")
_BUDGET_YEAR: Final = re.compile(
    r"(?:下达|批复)[^，。；\n]{0,20}?(?P<year>20\d{2})年[^，。；\n]{0,20}?(?:预算|经费|资金|指标)[^，。；\n（]{0,16}"
    r"（[^（）\n]{0,12}[〔【\[](?P<issued>20\d{2})[〕】\]]\d+号）"
)
_GRADE: Final = re.compile(
    r"(?:自评|综合|评价|绩效|最终|整体)[^，。；\d]{0,12}(?:得分|总分|评分)[为：是达共]{0,2}(?P<points>\d{1,3}(?:\.\d+)?)分"
    r"[^。；\n]{0,60}?(?:等级|等次|级别|档次)[^。；\n\d]{0,6}?[“\"]?(?P<grade>[优良中差])(?![好秀于化势])"
)
_GRADES: Final = {"优": (90, 100), "良": (80, 90), "中": (60, 80), "差": (0, 60)}
_WHOLE_LINE: Final = 24  # characters of a paragraph that stands twice
_LOST_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{3,4}月(?!\d)")


def wording(reading: Reading, told: Iterable[Project]) -> Iterator[Doubt]:
    """All doubts about the words."""
    text = reading.text
    yield from _left_over(text)
    yield from _spots(
        text, artefacts, "C-051", ERROR, _("留有其他软件的标记"), _("“{words}”是复制时带来的标记，请删去。")
    )
    yield from _spots(text, doubled_words, "C-052", WARNING, _("词语重复"), _("“{words}”重复，应为“{mended}”。"))
    yield from _repeats(text)
    yield from _numbering(text)
    yield from _unit_errors(text)
    yield from _years(text)
    yield from _claims(text, told)
    yield from _spots(text, impossible_dates, "C-091", ERROR, _("日期有误"), _("“{words}”这一天不存在。"))
    yield from _trends(text)
    yield from _shares(reading)
    yield from _staff(reading)
    yield from _grades(text)
    yield from _spots(
        text, quotes, "C-054", INFO, _("引号或括号不配对"), _("“{words}”的引号或括号不配对、嵌套同形或半角。")
    )
    yield from _spots(text, punctuation, "C-053", INFO, _("标点不规范"), _("“{words}”处标点或空格不规范。"))
    yield from _spots(text, slips, "C-090", INFO, _("用词可疑"), _("“{words}”疑应为“{mended}”。"))
    yield from _spots(
        text, mixed_units, "C-043", INFO, _("一句话里混用元和万元"), _("同一句中既用万元又用元：“{words}”。")
    )
    yield from _decimals(text)


def _doubt(
    text: str, rule: str, severity: str, title: str, message: str, start: int, end: int, suggestion: str = ""
) -> Doubt:
    return Doubt(rule, severity, title, message, start, end, text[start:end], suggestion)


def _spots(
    text: str, find: Callable[[str], tuple[Spot, ...]], rule: str, severity: str, title: str, message: str
) -> Iterator[Doubt]:
    """One doubt for every different place; the same words again are counted with the first."""
    found = find(text)
    times = Counter(spot.text for spot in found)
    for spot in {spot.text: spot for spot in reversed(found)}.values():
        words = message.format(words=short(spot.text), mended=short(spot.suggestion or ""))
        if times[spot.text] > 1:
            words += _("全文共{n}处。").format(n=times[spot.text])
        yield _doubt(text, rule, severity, title, words, spot.start, spot.end, spot.suggestion or "")


def _decimals(text: str) -> Iterator[Doubt]:
    """Figures with one decimal where nearly all others have two: one doubt for each sort."""
    found = odd_decimals(text)
    for kind, unit in (("percent", "%"), ("money", "万元")):
        odd = [spot for spot in found if spot.kind == kind]
        regular = sum(1 for one in amounts(text) if one.unit == unit and one.decimals == 2)
        if odd and regular >= 5 * len(odd):
            words = _("“{words}”的小数位数与其他数字不一致。").format(words="、".join(spot.text for spot in odd[:3]))
            yield _doubt(text, "C-049", INFO, _("小数位数不统一"), words, odd[0].start, odd[0].end)


def _left_over(text: str) -> Iterator[Doubt]:
    """Placeholders. A text in which every year is masked was made anonymous, and its years are no leftovers."""
    anonymous = not years(text)

    def blanks(words: str) -> tuple[Spot, ...]:
        found = placeholders(words)
        return tuple(spot for spot in found if not (anonymous and _MASKED_YEAR.fullmatch(spot.text)))

    title, message = _("模板提示语或空白没有处理"), _("文中留有“{words}”，是没有填写的空白或没有删除的填写提示。")
    yield from _spots(text, blanks, "C-050", ERROR, title, message)
    if anonymous:
        for spot in [one for one in placeholders(text) if _MASKED_YEAR.fullmatch(one.text)][:1]:
            words = _("“{words}”没有写明年份；若是有意隐去，可不处理。").format(words=spot.text)
            yield _doubt(text, "C-050", INFO, _("年份没有写明"), words, spot.start, spot.end)


def _repeats(text: str) -> Iterator[Doubt]:
    lines = [line for line in paragraphs(text) if "|" not in line.text]
    seen: dict[str, int] = {}
    whole: set[int] = set()
    for at, line in enumerate(lines):
        first = seen.setdefault(line.text, at)
        if first != at and len(line.text) >= _WHOLE_LINE and line.text.endswith("。"):
            whole.add(at)
            before = lines[first]
            words = _("与第{n}段整段相同，疑为重复粘贴。").format(n=(at if first == at - 1 else at + 1))
            start, end = before.start, min(before.end, before.start + 60)
            if first == at - 1:  # both in one mark, over the break between them
                start, end = max(before.start, line.start - 50), min(line.end, line.start + 50)
            yield _doubt(text, "C-056", WARNING, _("段落重复"), words, start, end)
    for one in repeated_paragraphs([line.text for line in lines]):
        if one.second in whole:
            continue
        start = lines[one.second].start + one.second_start
        begins = short(lines[one.first].text[one.first_start :], 16)
        words = _("与前文“{first}”起的{n}个字相同，疑为重复粘贴。").format(first=begins, n=len(one.text))
        yield _doubt(text, "C-056", WARNING, _("段落重复"), words, start, start + min(len(one.text), 60))


_KINDS: Final = {
    "style": (WARNING, _("“{words}”与同级标题的序号写法不一致，应为“{mended}”。")),
    "repeat": (WARNING, _("序号“{words}”重复，应为“{mended}”。")),
    "gap": (INFO, _("序号“{words}”前缺号，按顺序应为“{mended}”。")),
    "mark": (INFO, _("序号“{words}”的写法与同级不一致，应为“{mended}”。")),
    "skip": (INFO, _("序号“{words}”跳级。")),
}


def _numbering(text: str) -> Iterator[Doubt]:
    lines = [line for line in paragraphs(text) if "|" not in line.text]
    faults = {lines[fault.index].text: fault for fault in heading_numbers([line.text for line in lines])}
    for fault in faults.values():  # a heading in the table of contents and in its place is one
        severity, message = _KINDS[fault.spot.kind]
        line = lines[fault.index]
        start = line.start + fault.spot.start
        end = min(line.end, start + max(len(fault.spot.text), 12))
        words = message.format(words=fault.spot.text.strip(), mended=fault.spot.suggestion or "")
        yield _doubt(text, "C-055", severity, _("序号不连续"), words, start, end, fault.spot.suggestion or "")
    for line in lines:
        yield from _inline_numbers(text, line.start, line.text)


def _inline_numbers(text: str, start: int, line: str) -> Iterator[Doubt]:
    """1.…2.…3.…3.… within one paragraph."""
    last = 0
    for match in _INLINE.finditer(line):
        number = int(match["number"])
        if number == last > 1 and match.start():
            words = _("序号“{n}.”在同一段中重复。").format(n=number)
            end = min(len(line), match.end() + 10)
            yield _doubt(text, "C-055", WARNING, _("序号不连续"), words, start + match.start(), start + end)
        if number in (1, last, last + 1):
            last = number


def _unit_errors(text: str) -> Iterator[Doubt]:
    for conflict in unit_conflicts(text):
        spot, other = conflict.spot, conflict.other
        words = _("“{words}”是同一句中“{other}”的{ratio}倍，单位疑为“元”，应写成“{mended}”。").format(
            words=spot.text, other=other.text if other else "", ratio=conflict.ratio, mended=spot.suggestion or ""
        )
        yield _doubt(text, "C-042", ERROR, _("金额单位可疑"), words, spot.start, spot.end, spot.suggestion or "")


def report_year(text: str) -> int:
    """The year that the report is of: the one its title names, or that it says most of itself; 0 where unknown."""
    named = years(text)
    own = [one.year for one in named if text[one.end : one.end + 1] == "度"]
    counted = Counter(own or [one.year for one in named]).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return 0
    return counted[0][0]


def _years(text: str) -> Iterator[Doubt]:
    year = report_year(text)
    for spot in wrong_years(text, year) if year else ():
        words = _("报告年度为{year}年，此处写成“{words}”。").format(year=year, words=spot.text)
        yield _doubt(text, "C-057", WARNING, _("年份可疑"), words, spot.start, spot.end, spot.suggestion or "")
    for match in _BUDGET_YEAR.finditer(text):
        if int(match["issued"]) > int(match["year"]):
            words = _("下达{year}年预算的文件，文号却是〔{issued}〕，请核对年份。").format(
                year=match["year"], issued=match["issued"]
            )
            yield _doubt(text, "C-057", WARNING, _("文号年份可疑"), words, *match.span())
    for match in _LOST_YEAR.finditer(text):
        words = _("“{words}”疑缺字，可能是复制时损坏。").format(words=match[0])
        yield _doubt(text, "C-051", INFO, _("文字疑有缺损"), words, *match.span())


def _claims(text: str, told: Iterable[Project]) -> Iterator[Doubt]:
    """What the words of a project say was added or carried over, against its figures."""
    for one in told:
        first = one.items[0].sentence if one.items else -1
        said = max((item.end for item in one.items if item.sentence == first), default=one.start)
        passage = text[said : one.end]
        added, carry = one.roles.get("added"), one.roles.get("carry")
        for claim in supplement_claims(passage) if added and not added.value else ():
            if not claim.denied:
                words = _("文字说“{words}”，上文追加为0。").format(words=claim.text)
                place = said + claim.start, said + claim.end
                yield _doubt(text, "C-046", ERROR, _("文字与数字不符"), words, *place)
        for claim in carry_claims(passage) if carry else ():
            if carry and claim.denied != (not carry.value) and claim.fen is None:
                words = _("文字说“{words}”，上文结余结转为{n}。").format(words=claim.text, n=carry.amount.text)
                place = said + claim.start, said + claim.end
                yield _doubt(text, "C-046", ERROR, _("文字与数字不符"), words, *place)


_TRENDS: Final = {
    "direction": (ERROR, _("增减方向与数字不符")),
    "difference": (ERROR, _("增减额与前后两数之差不符")),
    "steady": (WARNING, _("既说增减又说持平")),
    "zero": (INFO, _("增减额为0，不宜说增加或减少")),
    "negative": (INFO, _("增减额为负数")),
}


def _trends(text: str) -> Iterator[Doubt]:
    for fault in trend_faults(text):
        severity, what = _TRENDS[fault.kind]
        words = _("“{words}”处{what}。").format(words=short(fault.text), what=what)
        yield _doubt(text, "C-047", severity, _("增减与数字不符"), words, fault.start, fault.end)


def _shares(reading: Reading) -> Iterator[Doubt]:
    for one in more_than_all(reading):
        words = _("占比“{words}”超过100%。").format(words=one.amount.text)
        yield _doubt(reading.text, "C-048", WARNING, _("占比超过100%"), words, one.start, one.end)


def _staff(reading: Reading) -> Iterator[Doubt]:
    """Posts that do not make the number of staff, unless they make another number named just before."""
    text = reading.text
    for one in headcounts(text):
        parts = sum(part.number for part in one.parts)
        said = [item.value for item in reading.items if item.sort == "人" and 0 <= one.start - item.start < 60]
        if one.difference and parts not in said:
            total = sum(part.number for part in one.parts)
            words = _("{label}{n}人，分项合计{total}人，相差{d}人。").format(
                label=one.total.label, n=one.total.number, total=total, d=abs(one.difference)
            )
            yield _doubt(text, "C-060", ERROR, _("人数与分项不符"), words, one.start, one.end)


def _grades(text: str) -> Iterator[Doubt]:
    """自评得分88.6分，等级为“优”: 优 begins with 90, 良 with 80, 中 with 60."""
    for match in _GRADE.finditer(text):
        points, grade = Decimal(match["points"]), match["grade"]
        least, most = _GRADES[grade]
        if not least <= points <= most:
            words = _("{points}分通常为“{right}”，文中为“{grade}”；评分办法另有规定的除外。").format(
                points=match["points"],
                right=next(name for name, (low, _high) in _GRADES.items() if points >= low),
                grade=grade,
            )
            yield _doubt(text, "C-027", WARNING, _("等级与得分不符"), words, *match.span())
