"""Words of a sheet that stand for something the records know: fund sources, kinds of budget event, code and name."""

import re
from functools import lru_cache

from core import codes
from core.codes import CodeKind
from core.intake.values import even
from core.model import FUND_LABELS, EventKind, Fund

_FUNDS: tuple[tuple[str, Fund], ...] = (
    ("国有资本", Fund.STATE_CAPITAL),
    ("社会保险|社保基金", Fund.SOCIAL),
    ("专户|非税", Fund.SPECIAL),
    ("政府性基金|基金", Fund.GOVERNMENT),
    ("单位资金|自有|其他资金|其他收入|实户|事业收入|经营收入|上级补助收入|附属单位|往来", Fund.OTHER),
    ("一般公共|公共预算|一般预算|财政拨款|经费拨款|预算内|本级财力|财政资金", Fund.GENERAL),
)
# By the first digit of the code that systems print before the name.
_FUND_CODES = {"1": Fund.GENERAL, "2": Fund.GOVERNMENT, "3": Fund.STATE_CAPITAL, "4": Fund.SPECIAL, "5": Fund.OTHER}

# The first that fits counts. The sign is what a positive number in the sheet means.
_KINDS: tuple[tuple[str, EventKind, int], ...] = (
    ("年初余额调整|余额调整", EventKind.OPENING_ADJUST, 1),
    ("上年结转|年初结转|以前年度结转|结转上年|上年结余", EventKind.OPENING, 1),
    ("结转下年|年末结转|结转结余", EventKind.CARRIED, 1),
    ("收回|回收|归集上缴|上缴财政", EventKind.RECOVERED, 1),
    ("认定结余|结余资金|^结余$", EventKind.SURPLUS, 1),
    ("调剂", EventKind.REALLOCATE, 1),
    ("追减|核减|减少|压减", EventKind.SUPPLEMENT, -1),
    ("调减", EventKind.ADJUST, -1),
    ("转移支付|上级补助|上级专款|中央直达|上级下达|省级专项|市级专项|提前下达", EventKind.TRANSFER, 1),
    ("年中调|调增|预算调整|调整预算|^调整", EventKind.ADJUST, 1),
    ("追加|增加|增拨", EventKind.SUPPLEMENT, 1),
    ("年初|部门预算|当年预算|本年预算|批复.*预算|预算批复|^正常指标$|^当年指标$", EventKind.INITIAL, 1),
)
_CODED = re.compile(r"\s*(\d{1,30})(?:[\s\-—_:：.．、]*(.*))?", re.DOTALL)


@lru_cache(maxsize=1024)
def fund_of(text: str) -> Fund | None:
    """The fund source (资金性质) that words or a code mean; None where they mean none."""
    bare = even(text)
    for fund, label in FUND_LABELS.items():
        if bare == even(label):
            return Fund(fund)
    for words, fund in _FUNDS:
        if re.search(words, bare):
            return fund
    return _FUND_CODES.get(bare[:1]) if bare.isdecimal() else None


@lru_cache(maxsize=1024)
def event_kind_of(text: str) -> tuple[EventKind, int] | None:
    """The kind of budget event that words mean, and the sign of a positive number; None where they mean none."""
    bare = even(text)
    for words, kind, sign in _KINDS if bare else ():
        if re.search(words, bare):
            return kind, sign
    return None


@lru_cache(maxsize=2048)
def code_of(text: str, kind: CodeKind, year: int) -> tuple[str, bool]:
    """The code in a cell that holds a code, a name, or both, and whether code and name agree. A name alone gives the
    code it is the name of; empty where it is not known."""
    match = _CODED.fullmatch(text)
    if match:
        code, name = match[1], (match[2] or "").strip()
        known = codes.name_of(code, kind, year)
        agrees = not name or not known or codes.same_name(name.split("-")[-1], known)
        return code, agrees
    named = text.replace("—", "-").split("-")[-1].strip()
    found = [one.code for one in codes.codes(kind) if one.holds(year) and codes.same_name(one.name, named)]
    longest = [code for code in found if len(code) == max(map(len, found))]
    return (longest[0], True) if len(longest) == 1 else ("", not text)
