"""Rules about money carried from year to year (结转): inside one report, and from one year to the next."""

from collections.abc import Iterator

from core.balance import Balance, final_account
from core.book import Book
from core.check import (
    About,
    Finding,
    Repair,
    Rule,
    Scope,
    Severity,
    Stage,
    Subject,
    exact_figures,
    exact_words,
    rule,
)
from core.evidence import Difference, evidence, traced
from core.figures import Ref, token
from core.i18n import _
from core.identities import (
    CARRY,
    as_printed,
    counted_fund,
    item_name,
    shown,
    stated_figures,
    sum_identity,
    sum_of,
)
from core.model import FUND_LABELS, Basis, EventKind, ProjectYear, YearState
from core.money import WAN_CENT, show_wan, tolerance
from core.outline import part, print_name, render, section_keys
from core.passage import explaining
from core.text.amounts import amounts


@rule(
    "C-005",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("单位结转不等于各项目结转"),
    message=_("填报的单位结余结转{stated}，各项目结余结转合计{sum}，相差{difference}。{advice}。"),
    why=_("同一份报告里单位数与各项目之和对不上，读者无法知道有多少钱结转到下年。"),
    remedy=_("核对各项目的结转下年、财政收回和未处置金额，再对照决算报表核对单位结余结转。"),
)
def unit_carry(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-005: stated 结余结转 of the unit = Σ of the projects'.

    Decisions: where the two differ by basis alone it is a 提醒, answered by a sentence in the report or by the
    consistent set of figures on the quota basis.
    """
    stated = stated_figures(book, year).get(Ref(year, 0, CARRY))
    if stated is None:
        return
    rows = book.projects(year)
    total, addends = sum_of(book, rows, CARRY, _left, counted_fund(book))
    printed, allowed = as_printed(total, stated.unit), tolerance(addends, stated.unit)
    difference = abs(stated.amount - printed)
    if difference <= allowed:
        return
    by_basis = (
        book.unit.basis == Basis.PAID
        and stated.amount == as_printed(final_account(book, year).carry, stated.unit)
        and printed == as_printed(final_account(book, year, Basis.ALLOTTED).carry, stated.unit)
    )
    carriers = [row for row in rows if _carry_of(book, row)]
    if by_basis and _is_explained(book, year, carriers, total):
        return
    why = Difference()
    if book.unit.basis == Basis.ALLOTTED:  # on the other basis the two are not alike
        figures = evidence(book, year)[0]
        identity = sum_identity(book, figures, Ref(year, 0, CARRY), rows, CARRY, counted_fund(book))
        why = traced(book, year, identity) if identity else why
    sides = (shown(_("单位结余结转"), stated.amount, stated.unit), shown(_("各项目结余结转合计"), printed, stated.unit))
    yield self.found(
        year,
        About("stated", 0, CARRY),
        values={
            "stated": sides[0].words,
            "sum": sides[1].words,
            "difference": shown("", difference, stated.unit).words,
            "advice": _set_of_figures(book, year) if by_basis else _("口径不同不能解释这一差额"),
        },
        figures=sides,
        difference=difference,
        tolerance=allowed,
        suspects=why.suspects,
        culprit=why.sentence,
        severity=Severity.WARNING if by_basis else self.severity,
        repair=_note(book, year, carriers) if by_basis else None,
        remedy=_BY_BASIS if by_basis else self.remedy,
    )


_BY_BASIS = _(
    "在“其他需要说明的情况”中写明两个数的口径；"
    "或者把预算收入、调整追加（减）、结余结转三个填报数一起改为指标口径，不能只改一个。"
)


def _left(balance: Balance) -> int:
    """What a project prints as 结余结转."""
    return balance.carried + balance.undisposed


def _carry_of(book: Book, row: ProjectYear) -> int:
    return sum_of(book, (row,), CARRY, _left, counted_fund(book))[0]


def _set_of_figures(book: Book, year: int) -> str:
    """The three figures that would have to change together to report on the quota basis."""
    account = final_account(book, year, Basis.ALLOTTED)
    figures = (("预算收入", account.income), ("调整追加", account.adjusted), (CARRY, account.carry))
    named = "、".join(f"{item_name(item)}{show_wan(amount)}万元" for item, amount in figures)
    return _(
        "两者只是口径不同：单位数按决算口径，项目数按指标口径。可以在报告中写明；若改按指标口径填报，应同时改为{figures}"
    ).format(figures=named)


def _is_explained(book: Book, year: int, carriers: list[ProjectYear], total: int) -> bool:
    """True where a section of the report names both bases and the amount, whole or project by project."""
    for key, about in section_keys(book, year):
        place = part(book, year, key, about) if not about else None
        if place is None or not all(word in place.raw for word in (_("决算口径"), _("指标口径"))):
            continue
        named = {as_printed(one.fen, WAN_CENT) for one in amounts(render(book, year, place.raw).text) if one.fen}
        each = {as_printed(_carry_of(book, row), WAN_CENT) for row in carriers}
        if as_printed(total, WAN_CENT) in named or each <= named:
            return True
    return False


def _note(book: Book, year: int, carriers: list[ProjectYear]) -> Repair | None:
    """Write the sentence that explains the two bases into 其他需要说明的情况, in place of “none”."""
    each = "，".join(
        _("项目“{name}”结余结转{amount}万元").format(
            name=print_name(row.name), amount=token(Ref(year, row.project, CARRY), year)
        )
        for row in carriers
    )
    sentence = _(
        "单位结余结转{unit}万元按决算口径填列；{each}，按指标口径填列，结转下年继续使用。两者口径不同。"
    ).format(unit=token(Ref(year, 0, CARRY), year), each=each)
    return explaining(book, year, _("在“其他需要说明的情况”中写明口径"), sentence)


@rule(
    "C-013",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.YEAR,
    title=_("上年结转与上年末结转不一致"),
    message=_("“{name}”{fund}：{before}年末结转下年{carried}，本年上年结转{opening}，相差{difference}。"),
    why=_("结转资金要按项目、按资金性质逐项衔接，本年年初数必须等于上年年末数。"),
    remedy=_("核对上年的结转下年和本年的上年结转；决算批复与原结转数不同的，差额登记为年初余额调整。"),
)
def brought_forward(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-013 and I-09: 上年结转 = last year's 结转下年, project by project and fund by fund.

    年初余额调整 is what the approval of the final account changed, so it is not counted here; only where the carry
    itself moved after the approval does it stand for the difference.
    """
    earlier = book.year(year - 1)
    if earlier is None:
        return
    # Once the earlier year is locked its carry is final: a difference is then a 年初余额调整, not a repair.
    moves = earlier.state == YearState.OPEN
    approved = bool(book.unit_year(year - 1).approved_on)
    rows = {row.project: row for y in (year - 1, year) for row in book.project_years(y)}
    for project, row in rows.items():
        carried = _by_fund(book, year - 1, project, EventKind.CARRIED)
        opening = _by_fund(book, year, project, EventKind.OPENING)
        adjusted = _by_fund(book, year, project, EventKind.OPENING_ADJUST) if approved else {}
        for fund in sorted({*carried, *opening}):
            before, now = carried.get(fund, 0), opening.get(fund, 0)
            if before in (now, now + adjusted.get(fund, 0)):
                continue
            sides = exact_figures((_("上年末结转下年"), before), (_("本年上年结转"), now))
            yield self.found(
                year,
                About("project", project, "opening"),
                values={
                    "name": print_name(row.name),
                    "fund": FUND_LABELS.get(fund, fund),
                    "before": str(year - 1),
                    "carried": sides[0].words,
                    "opening": sides[1].words,
                    "difference": exact_words(abs(before - now)),
                },
                figures=sides,
                difference=abs(before - now),
                tolerance=0,
                repair=Repair(_("按上年结转更正"), "renew_opening", (year, project, fund)) if moves else None,
            )


def _by_fund(book: Book, year: int, project: int, kind: EventKind) -> dict[str, int]:
    """A project's own events of a kind by fund source, in 分."""

    def total() -> dict[str, int]:
        sums: dict[str, int] = {}
        for (held, fund, _month), amount in book.cells(year, project).items():
            if held == kind:
                sums[fund] = sums.get(fund, 0) + amount
        return sums

    return book.memo(year, project, ("by fund", kind), total)
