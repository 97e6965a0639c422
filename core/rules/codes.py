"""Rules about classification codes: known and rightly named, suited to the purpose, allowed in a project."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.balance import is_basic
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Subject, exact_figures, rule
from core.code_use import ECONOMIC, FUNCTIONAL, CodeUse, event_codes, event_use, payment_codes, payment_use
from core.codes import KIND_LABELS, CodeKind, kind_of, known, name_of, same_name, split, valid
from core.economic import economic_totals
from core.i18n import _
from core.model import Payment
from core.outline import print_name
from core.passage import quote

PURPOSES = Path(__file__).resolve().parent.parent.parent / "resources" / "purposes.toml"
FIRST_EDITION = 2018  # the economic lists begin with this year's edition
_CODE_NAMES = {ECONOMIC: _("经济分类科目"), FUNCTIONAL: _("功能分类科目")}
_OF_FIELD = {ECONOMIC: (CodeKind.DEPARTMENT, CodeKind.GOVERNMENT), FUNCTIONAL: (CodeKind.FUNCTIONAL,)}


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a code as it is written."""

    words: str
    severity: Severity = Severity.ERROR


@rule(
    "C-069",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("科目代码与名称不符"),
    message=_("“{name}”有{n}笔{entries}的{field}写作“{written}”，{fault}。"),
    why=_("科目代码决定支出归入哪一类，写错会使决算报表和基础数据表的数字不准。"),
    remedy=_("对照指标文件和支付凭证更正科目代码或名称。"),
)
def wrong_code(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-069: a code that the list does not have, or has in other years only, or with another name. Of the
    functional list only a part is known, so that a code missing there proves nothing."""
    row = book.project_year(year, project)
    if row is None:
        return
    for field in (ECONOMIC, FUNCTIONAL):
        for kind, codes, use_of in (
            ("payment", payment_codes(book, year, project, field), payment_use),
            ("event", event_codes(book, year, project, field), event_use),
        ):
            for written in sorted(codes):
                fault = _fault(written, field, year)
                if fault:
                    use = use_of(book, year, project, field, written)
                    yield _wrong(self, year, print_name(row.name), kind, field, written, use, fault)


def _wrong(
    self: Rule, year: int, name: str, kind: str, field: str, written: str, use: CodeUse, fault: _Fault
) -> Finding:
    entries = _("支出") if kind == "payment" else _("预算变动")
    values = {"name": name, "n": use.count, "entries": entries, "field": _CODE_NAMES[field]}
    return self.found(
        year,
        About(kind, use.first, field),
        values={**values, "written": quote(written), "fault": fault.words},
        figures=exact_figures((_("涉及金额"), use.amount)),
        severity=fault.severity,
    )


@lru_cache(maxsize=2048)
def _fault(written: str, field: str, year: int) -> _Fault | None:
    """What is wrong with a code; None if nothing is, or nothing can be said."""
    code, name = split(written)
    kind = kind_of(code)
    if not code:
        return None
    if kind is None:
        if any(_is_known(code[:size]) for size in (5, 7) if size < len(code)):
            return None  # local codes go on below the national ones
        return _Fault(_("科目代码应为{shape}").format(shape=_shape(field)))
    if kind not in _OF_FIELD[field]:
        return _Fault(_("这是{kind}的代码").format(kind=KIND_LABELS[kind]))
    if kind != CodeKind.FUNCTIONAL and year < FIRST_EDITION:
        return None
    if not known(code, kind):
        unknown = _Fault(_("{kind}中没有这个科目").format(kind=KIND_LABELS[kind]), Severity.WARNING)
        return None if kind == CodeKind.FUNCTIONAL else unknown
    if name and not any(same_name(name, one.name) for one in known(code, kind)):
        right = name_of(code, kind, year)
        return _Fault(_("{code}的名称应为“{name}”").format(code=code, name=right))
    if not valid(code, kind, year):
        return _Fault(_("这个科目在{year}年{fact}").format(year=year, fact=_when(code, kind, year)), Severity.WARNING)
    return None


def _is_known(code: str) -> bool:
    kind = kind_of(code)
    return kind is not None and bool(known(code, kind))


def _shape(field: str) -> str:
    return _("以2开头的3位、5位或7位数字") if field == FUNCTIONAL else _("以3或5开头的3位或5位数字")


def _when(code: str, kind: CodeKind, year: int) -> str:
    later = [one for one in known(code, kind) if one.valid_from > year]
    return _("尚未启用") if later else _("已经停用")


def _is_unsuited(_book: Book, payment: Payment) -> bool:
    return bool(payment.economic_code and payment.purpose and _usual(payment.economic_code, payment.purpose))


@rule(
    "C-070",
    severity=Severity.INFO,
    subject=Subject.LEDGER,
    scope=Scope.PAYMENT,
    title=_("经济科目与用途可能不符"),
    message=_("用途“{purpose}”记在{code}{name}，通常记在{usual}。"),
    why=_("经济分类按实际用途归集，会议、培训、接待混记会影响三公经费等分项数字。"),
    remedy=_("核对支付凭证：用途无误的更正经济科目，科目无误的把用途写得更准确。"),
    only_if=_is_unsuited,
)
def unsuited_code(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """domain C-070: the words of the 用途 against the code, by resources/purposes.toml; only where they leave no
    doubt."""
    record = book.get(Payment, payment)
    usual = _usual(record.economic_code, record.purpose) if record and record.economic_code and record.purpose else ()
    if record and usual:
        code = split(record.economic_code)[0]
        yield self.found(
            year,
            About("payment", payment, ECONOMIC),
            values={
                "purpose": quote(record.purpose),
                "code": code,
                "name": name_of(code, CodeKind.DEPARTMENT, year),
                "usual": _("或").join(one + name_of(one, CodeKind.DEPARTMENT, year) for one in usual),
            },
        )


@lru_cache(maxsize=1)
def _purposes() -> dict[str, Any]:
    return tomllib.loads(PURPOSES.read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def _usual(written: str, purpose: str) -> tuple[str, ...]:
    """Where a payment of that purpose usually stands; empty where its code will do or nothing can be said."""
    code, table = split(written)[0], _purposes()
    if code in table["open_codes"] or not known(code, CodeKind.DEPARTMENT) or len(code) < 5 or code[:3] > "303":
        return ()
    for word in table["look_alikes"]:
        purpose = purpose.replace(word, "")
    named = [entry["codes"] for entry in table["purpose"] if any(word in purpose for word in entry["words"])]
    if named:
        return () if any(code in group for group in named) else tuple(group[0] for group in named)
    for entry in table["contradiction"]:
        if entry["code"] == code and not any(word in purpose for word in entry["unless"]):
            pairs = zip(entry["words"], entry["codes"], strict=True)
            return next(((better,) for word, better in pairs if word in purpose), ())
    return ()


# 三公经费: 因公出国（境）, 公务接待, 公务用车运行维护 and 购置.
_PUBLIC_EXPENSE = frozenset({"30212", "30217", "30231", "30913", "31013"})
# What a project gives to the people it is for, not to the unit's own staff: 抚恤金, 生活补助, 救济费, 助学金, 奖励金,
# 个人农业生产补贴, 其他补助.
_GIVEN_TO_OTHERS = frozenset({"30304", "30305", "30306", "30308", "30309", "30310", "30399"})


@rule(
    "C-071",
    severity=Severity.INFO,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("项目中列支基本支出或三公经费"),
    message=_("项目“{name}”列支{spent}，{fact}。"),
    why=_("人员经费属于基本支出，三公经费有单独的预算，从项目中列支是审计关注的重点。"),
    remedy=_("核对项目预算批复是否包含这些内容；没有的，改记到基本支出或三公经费预算。"),
)
def basic_in_project(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-071: codes of 301 and 303 in a project, or of 三公经费; what a project gives to others is left out.
    Decisions: 提示 or 提醒 by policy."""
    row = book.project_year(year, project)
    if row is None or book.parent(project) or is_basic(book, row):
        return
    spent = _spent_by_code(book, year, project)
    staff = {code: sum_ for code, sum_ in spent.items() if code[:3] in ("301", "303") and code not in _GIVEN_TO_OTHERS}
    public = {code: sum_ for code, sum_ in spent.items() if code in _PUBLIC_EXPENSE}
    for group, fact in ((staff, _("属于基本支出的科目")), (public, _("属于三公经费"))):
        held = sorted((code, amount) for code, amount in group.items() if amount)
        if held:
            figures = exact_figures(
                *((code + name_of(code, CodeKind.DEPARTMENT, year), amount) for code, amount in held)
            )
            yield self.found(
                year,
                About("project", project, "spent"),
                values={
                    "name": print_name(row.name),
                    "spent": "、".join(shown.label + shown.words for shown in figures),
                    "fact": fact,
                },
                figures=figures,
            )


def _spent_by_code(book: Book, year: int, project: int) -> dict[str, int]:
    """What a project with its sub-projects spent (分) by economic code."""
    sums: dict[str, int] = {}
    for owner in (project, *(child.project for child in book.children(year, project))):
        for code, amount in economic_totals(book, year, owner).items():
            sums[code] = sums.get(code, 0) + amount
    return sums
