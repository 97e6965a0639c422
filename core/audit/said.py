"""What is said in words against the figures beside it: 超额完成, 无结余, 未超预算, 全部支出."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.audit.model import MONEY, PERCENT, Item
from core.audit.reading import Reading
from core.audit.runs import OPENING_REST, REST, is_given, is_taken

_REACHED: Final = re.compile(
    r"超额完成|超过?(?:了)?(?:年初|年度|预期|既定)?目标(?!值)|(?:全面|全部|圆满|如期|均已?)完成(?:了)?[^，。；]{0,8}(?:目标|任务)"
)
_NO_REST: Final = re.compile(
    r"(?<![有是])(?:无|没有|未形成|未产生|不存在)(?:资金|任何|年末|财政)*(?:结转结余|结余结转|结转和结余|结余|结转|剩余)"
)
_NOT_OVER: Final = re.compile(
    r"(?:无|没有|未|不存在)(?:出现|发生|任何)*超(?:预算|支)|(?:均|全部|严格)?(?:控制)?在预算(?:范围|额度|总额)?(?:之?内)"
)
_ALL_SPENT: Final = re.compile(
    r"(?:资金|经费|预算)?(?:已|均已|现已)?(?:全部|全额)(?:支出|支付|使用|执行|用)(?:完毕|完成|到位|完)"
)
_UNFINISHED: Final = re.compile(r"(?:资金|经费|预算|指标)(?:尚|还)?未(?:全部|能)?(?:执行|支付|使用|支出)(?:完毕|完)")
_TAKEN_BACK: Final = re.compile(r"收回|上缴|退回|交回|核销|统筹|次年|下年|结转")
_GOAL: Final = re.compile(r"目标|计划|任务|指标值")
_DONE: Final = re.compile(r"实际|完成|达|实现|已|共|累计|全年")


@dataclass(frozen=True, slots=True)
class Saying:
    """Words and the figures that speak against them. Kinds: ``reached``, ``rest``, ``over``, ``spent``."""

    start: int
    end: int
    kind: str
    items: tuple[Item, ...]


def sayings(reading: Reading) -> Iterator[Saying]:
    """All words that the figures of their own paragraph, the nearest before them, speak against."""
    found: dict[tuple[str, tuple[Item, ...]], Saying] = {}
    for pattern, against in (
        (_REACHED, _missed),
        (_NO_REST, _left),
        (_NOT_OVER, _over),
        (_ALL_SPENT, _unspent),
        (_UNFINISHED, _finished),
    ):
        for match in pattern.finditer(reading.plain):
            line = reading.plain.rfind("\n", 0, match.start())
            before = [one for one in reading.items if line < one.start < match.start() and not one.amount.approx]
            key = against(reading, before[-8:], match.start())
            if key:  # two wordings of one claim are one
                start = found[key].start if key in found else match.start()
                found[key] = Saying(start, match.end(), *key)
    yield from found.values()


def _missed(reading: Reading, before: Sequence[Item], place: int) -> tuple[str, tuple[Item, ...]] | None:
    """目标500个。实际完成462个，超额完成: the last figure of all is less than the goal for it."""
    done = next((one for one in reversed(before) if one.sort != PERCENT), None)
    if done is None or _GOAL.search(done.label) or not _near(reading, done, place):
        return None
    words = _words(done.label)
    for goal in reversed(before[: before.index(done)]):
        if goal.sort == done.sort and _GOAL.search(goal.label + goal.lead[-12:]) and done.sort != MONEY:
            same = done.value < goal.value and done.sentence - goal.sentence <= 1
            told = _DONE.search(done.label) and (words & _words(goal.label) or len(before) == 2 or "实际" in done.label)
            return ("reached", (goal, done)) if same and told else None
    return None


def _left(reading: Reading, before: Sequence[Item], place: int) -> tuple[str, tuple[Item, ...]] | None:
    """剩余2.6万元。年末无结余: a rest is named, and nobody took it."""
    rests = [
        one for one in before if one.sort == MONEY and REST.search(one.label) and not OPENING_REST.search(one.label)
    ]
    if not rests:
        return _unspent(reading, [one for one in before if one.sort != PERCENT], place, 40)
    if not rests[-1].value or before[-1] is not rests[-1]:
        return None
    if _TAKEN_BACK.search(reading.plain, rests[-1].start - 16, rests[-1].start) or _TAKEN_BACK.search(
        reading.plain[rests[-1].end : place]
    ):
        return None
    return "rest", (rests[-1],)


def _over(reading: Reading, before: Sequence[Item], place: int) -> tuple[str, tuple[Item, ...]] | None:
    """预算48万元，支出53.2万元，未超预算."""
    money = [one for one in before if one.sort == MONEY and not one.compared]
    if len(money) != 2 or "预算" not in money[0].label or not is_taken(money[1]) or money[1].value <= money[0].value:
        return None
    return ("over", tuple(money)) if money[0].sentence == money[1].sentence else None


def _unspent(
    reading: Reading, before: Sequence[Item], place: int, far: int = 20
) -> tuple[str, tuple[Item, ...]] | None:
    """预算48万元，支出45万元，已全部支付完毕: what was spent stands right before the words, and is less."""
    money = [one for one in before if one.sort == MONEY and not one.compared and not one.depth]
    if len(money) != 2 or not is_given(money[0]) or not is_taken(money[1]) or money[1] is not before[-1]:
        return None
    if money[0].sentence != money[1].sentence or not _near(reading, money[1], place, far):
        return None
    joint = reading.plain[money[1].end : place]
    return ("spent", tuple(money)) if money[1].value < money[0].value and not _TAKEN_BACK.search(joint) else None


def _finished(reading: Reading, before: Sequence[Item], place: int) -> tuple[str, tuple[Item, ...]] | None:
    """预算36.5万元，支出36.5万元。资金未执行完毕: all of it was spent."""
    money = [one for one in before if one.sort == MONEY and not one.compared and not one.depth]
    if len(money) != 2 or not is_given(money[0]) or not is_taken(money[1]) or money[0].value != money[1].value:
        return None
    return ("finished", tuple(money)) if money[0].sentence == money[1].sentence else None


def _near(reading: Reading, one: Item, place: int, far: int = 20) -> bool:
    """Whether no more than a clause stands between a figure and the words about it."""
    return len(reading.plain[one.end : place]) <= far


def _words(label: str) -> set[str]:
    return {label[n : n + 2] for n in range(len(label) - 1)} - {"年度", "目标", "完成", "全年", "实际"}
