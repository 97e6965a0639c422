"""Rules about a project's own figures: what is unspent, overspent, unspent without a reason, spent for other years."""

from collections.abc import Iterator

from core.balance import Balance, is_basic, own_balance, project_balance
from core.book import Book
from core.check import (
    About,
    Finding,
    Rule,
    Scope,
    Severity,
    Stage,
    Subject,
    exact_figures,
    exact_words,
    rule,
)
from core.i18n import _
from core.identities import PROJECT_SPENT, as_printed, compare_with, printed_unit, shown, sum_of_children, verdict
from core.model import ProjectYear
from core.money import show_rate, tolerance
from core.outline import PURPOSE, part, print_name, render
from core.text.claims import earlier_years

REASON_LENGTH = 10  # a reason of fewer characters explains nothing


def _top(book: Book, year: int, project: int) -> tuple[ProjectYear, Balance] | None:
    """A project with its balance; None for a sub-project, which has no budget of its own."""
    row = book.project_year(year, project)
    if row is None or book.parent(project):
        return None
    return row, project_balance(book, year, project)


@rule(
    "C-004",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("项目支出与子项目支出不一致"),
    message=_("项目“{name}”{fact}。"),
    why=_("报告先写项目的实际支出，再逐个写子项目的支出，两者应当相等。"),
    remedy=_("核对每笔支出记在哪个子项目下，再对照填报来源核对项目的实际支出。"),
)
def sub_projects(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-004: a stated 实际支出 = Σ its sub-projects; payments of the project itself are 「未分到子项目」."""
    row = book.project_year(year, project)
    if row is None or not book.children(year, project):
        return
    name = print_name(row.name)
    loose = own_balance(book, year, project).spent
    if loose:
        yield self.found(
            year,
            About("project", project, "spent"),
            values={"name": name, "fact": _("有{amount}支出未分到子项目").format(amount=exact_words(loose))},
            figures=exact_figures((_("未分到子项目的支出"), loose)),
            severity=Severity.INFO,
            remedy=_("报告按子项目说明支出；需要逐项说明的，把这些支出改记到对应的子项目。"),
        )
    stated = book.stated(year, PROJECT_SPENT, project)
    if stated is None:
        return
    total, addends = sum_of_children(book, row)
    unit = printed_unit(stated)
    allowed = tolerance(addends, unit)
    sides = (
        shown(_("填报的实际支出"), as_printed(stated.amount, unit), unit),
        shown(_("各子项目支出合计"), as_printed(total, unit), unit),
    )
    difference = abs(sides[0].amount - sides[1].amount)
    if difference <= allowed:
        return
    fact = _("填报的实际支出{stated}，各子项目支出合计{sum}，相差{difference}，{verdict}").format(
        stated=sides[0].words,
        sum=sides[1].words,
        difference=shown("", difference, unit).words,
        verdict=verdict(difference, allowed, unit),
    )
    yield self.found(
        year,
        About("stated", project, PROJECT_SPENT),
        values={"name": name, "fact": fact},
        figures=sides,
        difference=difference,
        tolerance=allowed,
        remedy=_("核对每笔支出记在哪个子项目下，再对照填报来源核对{places}。").format(
            places=compare_with(book, year, (PROJECT_SPENT,), project)
        ),
    )


@rule(
    "C-006",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("年末资金没有处置完"),
    message=_("“{name}”未支出{unspent}，已登记财政收回、认定结余和结转下年共{disposed}，{rest}。"),
    why=_("全年预算减去支出，必须等于财政收回、认定结余与结转下年之和，否则年度不能锁定。"),
    remedy=_("补登记财政收回或结转下年，或更正已登记的金额，使未处置金额为零。"),
)
def undisposed(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-006: B − E = R + X + C; where nothing was disposed of at all C-007 and C-017 speak."""
    found = _top(book, year, project)
    if found is None:
        return
    row, balance = found
    if balance.undisposed and (balance.recovered or balance.surplus or balance.carried):
        left = balance.undisposed
        rest = _("还有{amount}未处置") if left > 0 else _("多处置{amount}")
        yield self.found(
            year,
            About("project", project, "undisposed"),
            values={
                "name": print_name(row.name),
                "unspent": exact_words(balance.unspent),
                "disposed": exact_words(balance.disposed),
                "rest": rest.format(amount=exact_words(abs(left))),
            },
            figures=exact_figures((_("未支出"), balance.unspent), (_("已处置"), balance.disposed)),
            difference=abs(left),
            tolerance=0,
        )


@rule(
    "C-007",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("剩余资金没有去向"),
    message=_("“{name}”全年预算{budget}，实际支出{spent}，剩余{rest}既没有结转下年，也没有财政收回。"),
    why=_("剩余资金要么结转下年，要么由财政收回，报告须写明去向。"),
    remedy=_("按年末文件登记财政收回或结转下年。"),
)
def unspent_without_disposition(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-007: C = R = X = 0 and B > E."""
    found = _top(book, year, project)
    if found is None:
        return
    row, balance = found
    if balance.unspent > 0 and not (balance.recovered or balance.surplus or balance.carried):
        sides = exact_figures((_("全年预算"), balance.budget), (_("实际支出"), balance.spent))
        yield self.found(
            year,
            About("project", project, "undisposed"),
            values={
                "name": print_name(row.name),
                "budget": sides[0].words,
                "spent": sides[1].words,
                "rest": exact_words(balance.unspent),
            },
            figures=sides,
            difference=balance.unspent,
            tolerance=0,
        )


@rule(
    "C-017",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("支出超过预算"),
    message=_("“{name}”实际支出{spent}，超过{base}{budget}，执行率{rate}。"),
    why=_("没有预算不得支出；执行率超过100%会被要求说明。"),
    remedy=_("核对支出是否记错项目、有没有漏登的追加或调剂；确属超支的，在项目中填写超支说明。"),
)
def overspent(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-017: 执行率 > 100 % without a note; a project without any budget is C-021's. 提醒 where only what is
    committed (在途) would take it there."""
    found = _top(book, year, project)
    if found is None or found[0].overspent_note.strip():
        return
    row, balance = found
    after_recall = book.policy(year).rate_base == "after_recall"
    budget = balance.budget - (balance.recovered if after_recall else 0)
    base = _("收回后的全年预算") if after_recall else _("全年预算")
    if balance.spent > budget > 0:
        sides = exact_figures((_("实际支出"), balance.spent), (_("全年预算"), budget))
        yield self.found(
            year,
            About("project", project, "spent"),
            values={
                "name": print_name(row.name),
                "spent": sides[0].words,
                "base": base,
                "budget": sides[1].words,
                "rate": show_rate(balance.spent, budget),
            },
            figures=sides,
            difference=balance.spent - budget,
            tolerance=0,
        )
    elif balance.spent + balance.committed > budget > 0:
        sides = exact_figures((_("已支出"), balance.spent), (_("在途"), balance.committed), (_("全年预算"), budget))
        total = exact_words(balance.spent + balance.committed)
        yield self.found(
            year,
            About("project", project, "spent"),
            values={
                "name": print_name(row.name),
                "spent": _("{spent}，加上在途{committed}共{total}").format(
                    spent=sides[0].words, committed=sides[1].words, total=total
                ),
                "base": base,
                "budget": sides[2].words,
                "rate": show_rate(balance.spent, budget),
            },
            figures=sides,
            difference=balance.spent + balance.committed - budget,
            tolerance=0,
            severity=Severity.WARNING,
            remedy=_("在途都付出去就会超预算：不再支付的取消在途，确需支付的先申请追加或调剂。"),
        )


@rule(
    "C-019",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("执行率偏低，没有说明原因"),
    message=_("“{name}”执行率{rate}，低于{limit}%，{state}。"),
    why=_("执行率低于规定比例的项目，自评表要求说明原因。"),
    remedy=_("在项目中填写执行率偏低的原因，不少于10个字，写明未支出的具体事项。"),
)
def low_rate(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-019; decisions: 提醒, 错误 where the policy's form demands the reason. Nothing spent is C-021's;
    基本支出 and sub-projects need no reason."""
    found = _top(book, year, project)
    if found is None or is_basic(book, found[0]):
        return
    row, balance = found
    policy = book.policy(year)
    rate = balance.rate(policy.rate_base)
    reason = row.execution_reason.strip()
    if balance.spent <= 0 or rate is None or not 0 <= rate * 100 < policy.reason_below or len(reason) >= REASON_LENGTH:
        return
    yield self.found(
        year,
        About("project", project, "execution_reason"),
        values={
            "name": print_name(row.name),
            "rate": show_rate(rate.numerator, rate.denominator),
            "limit": policy.reason_below,
            "state": _("原因只有{n}个字").format(n=len(reason)) if reason else _("没有填写原因"),
        },
        figures=exact_figures((_("实际支出"), balance.spent), (_("全年预算"), balance.budget)),
        severity=Severity.ERROR if policy.reason_required else self.severity,
    )


@rule(
    "C-021",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("预算与支出只有一方"),
    message=_("“{name}”全年预算{budget}，实际支出{spent}，{fact}。"),
    why=_("有预算没有支出，说明项目没有实施；有支出没有预算，说明漏记预算或记错项目。"),
    remedy=_("核对预算变动和支出是否记在同一个项目；项目没有实施的，在报告中写明原因。"),
)
def one_sided(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-021: B = 0 and E > 0, at once; B > 0 and E = 0, when the year is settled."""
    found = _top(book, year, project)
    if found is None:
        return
    row, balance = found
    unbudgeted = balance.budget <= 0 < balance.spent
    if unbudgeted or (balance.budget > 0 and balance.spent == 0):
        sides = exact_figures((_("全年预算"), balance.budget), (_("实际支出"), balance.spent))
        yield self.found(
            year,
            About("project", project, "spent"),
            values={
                "name": print_name(row.name),
                "budget": sides[0].words,
                "spent": sides[1].words,
                "fact": _("没有预算却有支出") if unbudgeted else _("全年没有支出"),
            },
            figures=sides,
            stage=Stage.ALWAYS if unbudgeted else "",
        )


@rule(
    "C-077",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("本年预算支付以前年度费用"),
    message=_("“{name}”列支{amount}，{where}写有“{words}”，疑为以前年度的费用。"),
    why=_("用本年预算支付以前年度的费用，要有结转资金或专门安排，审计会核对资金来源。"),
    remedy=_("核对资金来源：用上年结转资金支付的，登记上年结转；属于补付尾款的，在报告中写明原因。"),
)
def earlier_costs(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-077, once for each project or sub-project: by its name, else by the purposes of its payments, else by
    what the report says the money was for. Money brought forward covers costs of earlier years."""
    row = book.project_year(year, project)
    if row is None:
        return
    spent = own_balance(book, year, project).spent
    brought = max(own_balance(book, year, p).brought for p in {project, book.parent(project) or project})
    purpose = part(book, year, PURPOSE, project) if book.parent(project) else None
    dated = [p for p in book.dated_payments(year, project) if earlier_years(p.purpose, year)]
    about = About("project", project, "spent")
    if words := earlier_years(row.name, year):
        amount, where = spent, _("名称中")
    elif dated:
        words = earlier_years(dated[0].purpose, year)
        amount, where = sum(p.amount for p in dated), _("支出用途中")
        about = About("payment", dated[0].id, "purpose")
    elif purpose and (words := earlier_years(render(book, year, purpose.raw).text, year)):
        amount, where = spent, _("报告的用途说明中")
    if words and amount > brought:
        yield self.found(
            year,
            about,
            values={
                "name": print_name(row.name),
                "amount": exact_words(amount),
                "where": where,
                "words": words[0].text,
            },
            figures=exact_figures((_("支出"), amount)),
        )
