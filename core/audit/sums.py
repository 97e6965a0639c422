"""Totals with parts in running text: 其中, brackets, nesting, totals that come first, last or without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PEOPLE, PERCENT, POINTS, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import REDUCED, REST, RESULT, TOTAL, is_taken, prefix, relation, run_of, siblings, tolerance

# Between a total and its first part. Exhaustive ones announce all parts; 其中 and 包括 may name some only.
_ALL: Final = re.compile(
    r"具体(?:为|是|如下|安排|用于|包括)|分别(?:为|是|用于|安排)|构成|组成|^由|[，；]由|即|(?<![加扣得评])分为?[^，。；]{0,6}(?:部分|类|块|项)|细分"
    r"|(?<![一-鿿])其中(?=：)|按[^，。；：]{1,10}(?:分|划分|来看)"
)
_SOME: Final = re.compile(r"其中|包括|包含|涵盖|[内]?含")
_COLON: Final = re.compile(r"^[，；]?[^，。；：]{0,12}：")
_BRACKET: Final = re.compile(r"^[^，。；：（]{0,6}（(?![^（）]*[号〕】])")  # only while it is open
_MAY_ANNOUNCE: Final = re.compile(rf"{_ALL.pattern}|{_SOME.pattern}|[：（由]")
_OUTSIDE: Final = re.compile(r"相差|差额|允许|超出|另|此外|除此|不含|不包括|同时|截至|上年|去年|以前年度|其他资金来源")
_SUBSET: Final = re.compile(r"女|党员|少数民族|本科|硕士|博士|高级|中级|研究生|学历|专技|骨干|主要|重点|如|领导")
_BARE_TOTAL: Final = re.compile(
    r"[，、；）](?:以上|上述)?(?:(?P<number>[两二三四五六七八九十])[项者类笔级])?(?:资金|费用|支出)?(?:合计|共计|总计)"
    r"(?:总?(?:支出|资金|金额|费用|经费|投入|投资))?为?$"
)
_YEARS_TOTAL: Final = re.compile(r"[，、；](?P<number>[两二三四五六七八九])年(?:累计|合计|共计|总计|共)[^，。；]{0,6}$")
_OF_YEAR: Final = re.compile(r"^(?:19|20)\d{2}年")
_NUMBERED: Final = re.compile(r"\s*(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳])")
_EACH: Final = re.compile(r"人均|户均|平均|生均|亩均|每[人户生亩个辆次]|单价|(?<!高)标准$|各$")
_PRESENT: Final = re.compile(r"实有|在职|在岗|现有")
_NAMED_TOTAL: Final = re.compile(r"^(?:上述|以上|在)?(?P<name>[一-鿿]{2,10}?)(?:中|的构成)[，：]?[^，。；：\d]*$")
_SENTENCE_END: Final = re.compile(r"[。！？]")

# Parts that are all there are.
_WHOLE_SETS: Final = (
    (re.compile(r"基本支出"), re.compile(r"项目支出")),
    (re.compile(r"人员(?:经费|支出)"), re.compile(r"公用(?:经费|支出)")),
    (re.compile(r"年初(?:部门|单位)?预算"), re.compile(r"追加|调整|调增|调减")),
    (re.compile(r"行政"), re.compile(r"事业")),
    (re.compile(r"财政拨款"), re.compile(r"其他(?:收入|资金)")),
    (re.compile(r"接待"), re.compile(r"公务?用?车"), re.compile(r"出国")),
    (re.compile(r"中央"), re.compile(r"省|自治区"), re.compile(r"市|县|地方|区")),
    (re.compile(r"^男|男性"), re.compile(r"女")),
    (re.compile(r"满意(?!率|度)"), re.compile(r"不满意")),
    (re.compile(r"高级"), re.compile(r"[一中]级"), re.compile(r"[初二]级")),
    (re.compile(r"货物"), re.compile(r"工程"), re.compile(r"服务")),
    (re.compile(r"公务员|行政"), re.compile(r"事业"), re.compile(r"工勤|工人|聘用|合同制|临聘|编外")),
    (re.compile(r"在编|在职"), re.compile(r"聘用|合同制|临聘|编外|劳务派遣")),
    (re.compile(r"在职"), re.compile(r"退休")),
    (re.compile(r"初访|初次"), re.compile(r"重访|重复")),
)
_FIFTH: Final = Fraction(1, 5)
_FAR: Final = 120  # characters between a total and its first part


def sums(reading: Reading) -> list[Relation]:
    """All totals whose parts are printed, and those announced parts that do not make their total."""
    found: list[Relation] = []
    for sort in dict.fromkeys(one.sort for one in reading.items):
        if sort not in (PERCENT, "", "个月", "岁", "倍", "年", "天", "周年", "元"):
            chosen = [one for one in reading.items if one.sort == sort]
            if len(chosen) > 1:
                found += _Totals(reading, chosen).all()
    return found


class _Totals:
    """The totals among the items of one sort."""

    def __init__(self, reading: Reading, items: list[Item]) -> None:
        self.reading = reading
        self.items = [one for one in items if not one.amount.approx]
        self.vague = [one.start for one in items if one.amount.approx]
        self.used: set[int] = set()
        self.found: list[Relation] = []

    def all(self) -> list[Relation]:
        for at in range(len(self.items)):
            self._last(at, near=True)
        for announced in (True, False):
            for at in range(len(self.items) - 1, -1, -1):
                self._first(at, announced)
        for at in range(len(self.items)):
            self._last(at, near=False)
        self._respectively()
        self._apart()
        summed = {one.items[-1].start for one in self.found}
        broken: list[Relation] = []
        for at, total in enumerate(self.items):
            if total.start not in summed:
                broken += self._broken_list(at) or self._broken(at) or self._broken_last(at)
        return [*self.found, *broken, *self._broken_named()]

    def _keep(self, parts: Sequence[Item], total: Item) -> None:
        if RESULT.search(total.label) and any(REDUCED.search(one.label) and one.value > 0 for one in parts):
            return  # what was cut does not add to a budget
        self.used |= {one.start for one in parts}
        self.found.append(relation("sum", parts, total))

    def _between(self, total: Item, part: Item) -> str:
        return self.reading.plain[total.end : part.start]

    def _first(self, at: int, announced: bool) -> None:
        """The total comes first; behind one division another may follow. What is ``announced`` goes before chance."""
        total = self.items[at]
        if total.value <= 0 or (announced and not self._may_announce(total)):
            return
        run = self._run(at) if self._may_announce(total) else self._run(at, 3 * total.value)
        while len(run) >= 2:
            marked = self._marked(total, run[0])
            if not marked and (announced or _EACH.search(total.label)):
                return
            number = prefix(total, run, 2, slack=marked)
            if not number or not self._is_sum(total, run, number, marked):
                run = self._without_nested(total, run) if marked else []
                number = prefix(total, run, 2) if run else 0
                if not number or number == len(run) == 1:
                    return
            parts = run[:number]
            self._keep(parts, total)
            run = [one for one in self._run(at) if one.start > parts[-1].start]

    def _run(self, at: int, most: Fraction | None = None) -> list[Item]:
        """What may be parts of a total: prices for one of something are not."""
        return [one for one in siblings(self.items, at, self.used, most) if not _EACH.search(one.label)]

    def _may_announce(self, total: Item) -> bool:
        """Whether words that announce parts can stand between a total and the next figure."""
        return bool(_MAY_ANNOUNCE.search(self.reading.plain, total.end, total.end + _FAR))

    def _marked(self, total: Item, part: Item) -> bool:
        between = self._between(total, part)
        if len(between) > _FAR:
            return False
        return bool(_ALL.search(between) or _SOME.search(between) or self._lists(total, part, between))

    def _lists(self, total: Item, part: Item, between: str) -> bool:
        """Whether a colon or a bracket before the first part announces a list: 100万元（甲60万元、乙40万元）."""
        return bool(_COLON.search(between)) or (part.depth > total.depth and bool(_BRACKET.search(between)))

    def _is_sum(self, total: Item, run: Sequence[Item], number: int, marked: bool) -> bool:
        """Whether a match is no chance: announced, or all there is in the sentence, or of many digits."""
        parts = run[:number]
        if sum(1 for one in parts if one.value) < (1 if marked else 2):
            return False
        if marked and total.value > 1:
            return True
        whole = all(one.sentence == total.sentence for one in parts) and (
            number == len(run) or run[number].sentence != total.sentence or self._ends_clause(parts[-1], run[number])
        )
        near = parts[-1].block - total.block <= 6
        return (whole and total.digits + number >= 3) or (total.digits >= 4 and near)

    def _ends_clause(self, one: Item, following: Item) -> bool:
        return "；" in self._between(one, following)

    def _without_nested(self, total: Item, run: Sequence[Item]) -> list[Item]:
        """The run without the block that a second 其中 begins, where that makes the total: A，其中A1、A2，B."""
        made = Fraction(0)
        for begin in range(1, len(run)):
            made += run[begin - 1].value
            if made > 2 * total.value:
                break  # what stands before is too much already
            if _SOME.search(run[begin].before):
                for end in range(begin + 1, len(run)):
                    rest = [*run[:begin], *run[end:]]
                    if prefix(total, rest, 2):
                        return rest
        return []

    def _last(self, at: int, near: bool) -> None:
        """The total comes last: A5万元、B3万元，合计8万元. ``near``: only with a word for it, in its own sentence."""
        total = self.items[at]
        if total.value <= 0:
            return
        named = bool(TOTAL.search(total.label)) or bool(re.search(r"(?:合计|共计|总计|共)[^，。；]{0,4}$", total.lead))
        if not named and (near or total.digits < 3):
            return  # few digits without a word for it prove nothing
        run: list[Item] = []
        for one in reversed(self.items[max(0, at - 60) : at]):
            apart = total.block - one.block
            if apart > (0 if near else 6) or (near and one.sentence != total.sentence):
                break
            if (
                one.compared
                or _EACH.search(one.label)
                or one.depth != total.depth
                or (not near and one.start in self.used)
            ):
                continue
            run.append(one)
        here = [one for one in run if one.sentence == total.sentence]
        closed = len(here) >= 2 and total.digits >= 3 and prefix(total, here, len(here)) == len(here)
        number = len(here) if closed else prefix(total, run, 2, slack=named)
        if not number or sum(1 for one in run[:number] if one.value) < 2:
            return
        known = self.totals()
        every = named and number == len(run) and (number > 2 or all(i.digits >= 2 or i.start in known for i in run))
        if (named and near) or closed or every or (total.digits >= 4 and total.block - run[0].block <= 3):
            parts = run[:number][::-1]
            if {one.start for one in parts} not in [{i.start for i in r.items[:-1]} for r in self.found]:
                self._keep(parts, total)

    def _respectively(self) -> None:
        """预算分别为50万元、30万元、20万元…三个项目预算合计100万元: a series and its total some clauses later."""
        for at, first in enumerate(self.items):
            if "分别" not in first.before:
                continue
            series = run_of(self.reading, self.items, at)
            made = sum(one.value for one in series)
            for total in self.items[at + len(series) : at + len(series) + 12] if len(series) > 1 else ():
                named = TOTAL.search(total.label) or TOTAL.search(total.lead[-6:])
                if named and total.value == made and total.block - first.block <= 3:
                    self._keep(series, total)
                    break

    def _apart(self) -> None:
        """A sentence that divides a total named some lines before, other figures standing between them."""
        sentences: dict[int, list[int]] = {}
        for at, one in enumerate(self.items):
            if one.start not in self.used and not one.compared and not one.depth:
                sentences.setdefault(one.sentence, []).append(at)
        for places in sentences.values():
            parts = [self.items[at] for at in places]
            made = sum(one.value for one in parts)
            if len(parts) < 2 or not all(one.value > 0 for one in parts) or any(TOTAL.search(i.label) for i in parts):
                continue
            marked = bool(_SOME.search(parts[0].before))
            for total in reversed(self.items[max(0, places[0] - 12) : places[0]]):
                strong = total.digits >= 4 or (total.digits >= 3 and len(parts) > 2) or (marked and total.value > 1)
                if total.value == made and strong and parts[0].block - total.block <= 8 and not total.compared:
                    self._keep(parts, total)
                    break

    # What was announced and does not come out

    def _broken(self, at: int) -> list[Relation]:
        total = self.items[at]
        run = siblings(self.items, at, set()) if self._may_announce(total) else []
        if total.value <= 0 or len(run) < 2 or total.compared or REST.search(total.label):
            return []
        between = self._between(total, run[0])
        if len(between) > 80 or not self._marked(total, run[0]) or _SENTENCE_END.search(between):
            return []
        if "；" in between:
            return self._broken_again(total, run, between)
        parts = self._announced(total, run)
        if len(parts) < 2 or any(total.start < place < parts[-1].end for place in self.vague):
            return []
        if any(one.start in self.used for one in parts) and {one.start for one in parts} in self.divisions():
            return []  # the parts of another total
        found = relation("sum", parts, total)
        return [] if found.holds else [replace(found, trust=self._trust(found, between))]

    def _broken_list(self, at: int) -> list[Relation]:
        """A total whose sentence ends with a colon, and the numbered lines below, each with its amount first."""
        total, even = self.items[at], self.reading.plain
        end = even.find("\n", total.end, total.end + 60)
        if total.value <= 0 or end < 0 or not even[total.end : end].rstrip().endswith("：") or end - total.end > 40:
            return []
        if at + 1 < len(self.items) and self.items[at + 1].start < end:
            return []  # a later figure of the sentence is the one that is divided
        parts: list[Item] = []
        for line in even[end + 1 :].split("\n", 30)[:30]:
            start, end = end + 1, end + 1 + len(line)
            first = next((one for one in self.items[at + 1 : at + 90] if start <= one.start < end), None)
            if not _NUMBERED.match(line):
                break
            if first is None or first.compared or TOTAL.search(first.label):
                return []
            parts.append(first)
        if len(parts) < 2 or any(total.start < place < parts[-1].end for place in self.vague):
            return []
        found = relation("sum", parts, total)
        share = abs(found.difference) / total.value
        return [] if found.holds or share > Fraction(1, 2) else [replace(found, trust=2 if share <= _FIFTH else 1)]

    def _broken_again(self, near: Item, run: Sequence[Item], between: str) -> list[Relation]:
        """Another division of the sentence's total, behind ；: 下达2480万元，其中…；分配到县：…."""
        head = next((one for one in self.items if one.sentence == near.sentence), near)
        if head is near or head.start not in self.totals() or "：" not in between:
            return []
        parts = self._announced(near, run)
        found = relation("sum", parts, head, what="again")
        close = abs(found.difference) <= head.value / 20
        return [replace(found, trust=2)] if len(parts) > 2 and close and not found.holds else []

    def _broken_last(self, at: int) -> list[Relation]:
        """A total with no other label than 合计, behind the items of its sentence; 三项合计 says how many they are."""
        total = self.items[at]
        years = _YEARS_TOTAL.search(total.lead)
        named = years or _BARE_TOTAL.search(total.lead)
        if named is None or total.value <= 0:
            return []
        before = self.items[max(0, at - 60) : at]
        run = [one for one in before if one.sentence == total.sentence and one.depth == total.depth]
        run = [one for one in run if not one.compared and (not years or _OF_YEAR.match(one.label))]
        if len(run) < 2 or any(run[0].start < place < total.start for place in self.vague):
            return []
        if 0 < sum(map(is_taken, run)) < len(run):
            return []  # what was given and what was spent have no total
        if any(TOTAL.search(one.label) or REST.search(one.label) or one.start in self.totals() for one in run):
            return []
        found = relation("sum", run, total)
        share = abs(found.difference) / total.value
        told = named["number"] and "一二三四五六七八九十".find(named["number"].replace("两", "二")) + 1 == len(run)
        if found.holds or share > Fraction(1, 2) or (years and not told):
            return []
        return [replace(found, trust=3 if told else 2 if share <= Fraction(1, 5) else 1)]

    def _broken_named(self) -> list[Relation]:
        """项目支出42万元。项目支出中，甲项目26万元，乙项目18万元: a sentence that names the total it divides."""
        found: list[Relation] = []
        for at, first in enumerate(self.items):
            named = _NAMED_TOTAL.search(first.lead)
            if named is None or first.start in self.used or first.depth:
                continue
            near = [one for one in self.items[max(0, at - 12) : at] if one.sentence != first.sentence]
            near = [one for one in near if one.label.endswith(named["name"]) and first.block - one.block <= 2]
            parts = [one for one in self._announced(first, self.items[at : at + 12]) if not one.depth]
            if len({one.value for one in near}) != 1 or len(parts) < 2 or near[-1].compared:
                continue
            if any(one.compared or REST.search(one.label) or _SUBSET.search(one.label) for one in parts):
                continue
            made = relation("sum", parts, near[-1])
            share = abs(made.difference) / near[-1].value if near[-1].value else Fraction(1)
            if made.holds or (made.difference > 0 and share > _FIFTH):
                continue  # more than the total is wrong, less may be some of it
            found.append(replace(made, trust=2))
        return found

    def divisions(self) -> list[set[int]]:
        """The places of the parts of every total found so far."""
        return [{one.start for one in found.items[:-1]} for found in self.found]

    def totals(self) -> set[int]:
        """The places of the totals found so far."""
        return {one.items[-1].start for one in self.found}

    def _announced(self, total: Item, run: Sequence[Item]) -> list[Item]:
        """The parts up to the end of the sentence, or of the bracket; what stands outside the total ends them."""
        parts: list[Item] = []
        for one in run:
            joint = one.before if not parts else self.reading.plain[parts[-1].end : one.start]
            if one.sentence != total.sentence or _OUTSIDE.search(joint):
                break
            if parts and (REST.search(one.label) or TOTAL.search(one.label) or _SOME.search(joint)):
                break
            if (
                parts
                and "；" in joint
                and "；" not in self.reading.plain[parts[0].start : parts[-1].end]
                and len(parts) > 1
            ):
                break
            parts.append(one)
        return parts

    def _trust(self, found: Relation, between: str) -> int:
        """How sure it is that the parts were meant to be all: 0 silent to 3 an error."""
        parts, total = found.items[:-1], found.items[-1]
        labels = [one.label for one in parts]
        share = abs(found.difference) / total.value
        over = found.difference < 0
        whole = any(all(any(p.search(label) for label in labels) for p in group) for group in _WHOLE_SETS)
        listed = bool(_ALL.search(between)) or self._lists(total, parts[0], between)
        if (
            total.sort == PEOPLE
            and not whole
            and any(_SUBSET.search(label) for label in labels)
            and not any("男" in one for one in labels)
        ):
            return 0
        if total.sort == PEOPLE and len({("编" in one) - bool(_PRESENT.search(one)) for one in labels} - {0}) > 1:
            return 0  # posts and persons
        if any(not label for label in labels) or share > Fraction(1, 2):
            return 1 if whole or listed else 0
        if any(_SUBSET.search(label) for label in labels) and total.sort != PEOPLE and not whole:
            return 0
        if whole or (total.sort == POINTS and total.value == 100):
            return 3
        if labels[-1].startswith("其他") or re.search("具体|分别", between):
            return 3 if share <= _FIFTH else 2
        if listed and not (_SOME.search(between) and not over):
            return 3 if len(parts) > 1 and share <= Fraction(1, 5) else 2
        if over:
            return 3 if share <= Fraction(1, 5) else 2
        return (
            2
            if share <= Fraction(1, 50) and total.sort in (MONEY, POINTS) and tolerance(found.items) < found.difference
            else 1
        )
