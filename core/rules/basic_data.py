"""Rules about the basic-data form (基础数据表): within itself, against the ledger, last year and the report.

An empty cell is unknown, not 0: nothing is compared with it. Money is compared as the form prints it, in 0.01万元.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.balance import class_balance, is_basic
from core.basic_form import (
    ACTUAL,
    BUDGET,
    COLUMN_LABELS,
    LAST,
    codes_of,
    form_rows,
    parts_of,
)
from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.facts import coded_amount, entered, fact_row, head_count, last_actual, project_of
from core.figures import Ref, figure
from core.i18n import _
from core.labels import project_name
from core.model import YearState
from core.money import WAN_CENT, show_rate, tolerance, wan_rounded
from core.outline import print_name
from core.policy import PUBLIC

THREE, CARS, PUBLIC_SPENDING = "三公经费", "公务用车购置和维护经费", "公用经费"
BOUGHT, SMALL = "政府采购金额", "面向中小企业预留"


def _printed(amount: int) -> int:
    return wan_rounded(amount) * WAN_CENT


def _apart(
    self: Rule, year: int, item: str, first: Shown, second: Shown, room: int = 0, **values: str
) -> Iterator[Finding]:
    """The finding where two figures of the form print further apart than rounding explains."""
    difference = abs(_printed(first.amount) - _printed(second.amount))
    if difference <= room:
        return
    yield self.found(
        year,
        About("fact", 0, item),
        values={
            "first": first.label + first.words,
            "second": second.label + second.words,
            "difference": Shown("", difference).words,
            **values,
        },
        figures=(first, second),
        difference=difference,
        tolerance=room,
    )


def _sum_differs(self: Rule, book: Book, year: int, total: str) -> Iterator[Finding]:
    """An entered total against the sum of its parts, column by column, where all of them are known."""
    told = [column for column in form_rows()[total].columns if entered(book, year, total, column) is not None]
    parts = [fact_row(book, year, part.key) for part in parts_of(total)] if told else []
    for column in told:
        whole = entered(book, year, total, column)
        amounts = [part.cell(column).amount for part in parts if part]
        known = [amount for amount in amounts if amount is not None]
        if whole is None or len(known) < len(amounts) or whole == sum(known):
            continue
        first = Shown(f"{total}{COLUMN_LABELS[column]}", whole)
        second = Shown(_("各分项合计"), sum(map(_printed, known)))
        yield from _apart(self, year, total, first, second, tolerance(len(known), WAN_CENT))


@rule(
    "C-011",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("三公经费分项不等于合计"),
    message=_("基础数据表中，{first}，{second}，相差{difference}。"),
    why=_("三公经费由公务用车购置和维护、出国、公务接待三项组成，公务用车又分购置和运行维护，合计必须等于分项之和。"),
    remedy=_("对照三公经费决算表核对合计和各分项；合计可以清空，由各分项自动相加。"),
)
def three_parts(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-011: 三公经费 = 公务用车 + 出国 + 公务接待; 公务用车 = 购置 + 运行维护."""
    for total in (THREE, CARS):
        yield from _sum_differs(self, book, year, total)


@rule(
    "C-012",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.FORM,
    title=_("三公经费超预算或增长"),
    message=_("{first}，超过{second}，多{difference}。"),
    why=_("三公经费实行总额控制，一般只减不增，超预算或比上年增长要说明原因，评价时会扣分。"),
    remedy=_("先核对支出的经济分类科目；情况属实的，在基础数据表这一行的说明中写明原因。"),
)
def three_over(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-012: 三公经费 spent > budget, each part, else the total; the total > last year's. A note explains it."""
    leaves = [part.key for total in (CARS, THREE) for part in parts_of(total) if not part.total]
    explained = {fact.item for fact in book.facts(year).values() if fact.note.strip()}
    over = False
    for key in (*leaves, THREE):
        row = fact_row(book, year, key)
        if row is None or row.actual.amount is None or (over and key == THREE):
            continue
        spent = Shown(key + COLUMN_LABELS[ACTUAL], row.actual.amount)
        if row.budget.amount is not None and row.actual.amount > row.budget.amount:
            over = True
            if not explained & {key, THREE}:
                yield from _apart(self, year, key, spent, Shown(COLUMN_LABELS[BUDGET], row.budget.amount))
        last = row.last_actual.amount
        if key == THREE and last is not None and row.actual.amount > last and not explained & {*leaves, THREE}:
            risen = _apart(self, year, key, spent, Shown(COLUMN_LABELS[LAST], last))
            yield from (_later(finding) for finding in risen)


def _later(finding: Finding) -> Finding:
    """The same from the report on: during the year nobody knows yet whether it will have risen."""
    return replace(finding, stage=Stage.REPORT)


@rule(
    "C-061",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("实有人数超过编制数"),
    message=_("编制{established}名，实有在职{actual}人，控制率{rate}，超过百分之百，没有说明超编原因。"),
    why=_("在职人员控制率超过百分之百要扣分，超编必须写明原因。"),
    remedy=_("核对人员编制中的编制数和实有人数；确实超编的，在超编的编制类型后写明原因。"),
)
def over_established(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-061: 控制率 = 在职 ÷ 编制 > 100 % and no post type that is over says why."""
    count = head_count(book, year)
    over = [one for one in book.staff(year) if one.actual > one.established]
    if not count.established or count.actual <= count.established or any(one.note.strip() for one in over):
        return
    yield self.found(
        year,
        About("staff", over[0].id),
        values={
            "established": count.established,
            "actual": count.actual,
            "rate": show_rate(count.actual, count.established),
        },
    )


@rule(
    "C-062",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("基础数据与经济分类不一致"),
    message=_("基础数据表中，{first}，{second}，相差{difference}。"),
    why=_("三公经费和公用经费的决算数取自支出的经济分类科目，两者不同，基础数据表与决算就对不上。"),
    remedy=_("核对支出的经济分类科目有没有记错，再核对基础数据表；清空表中的数，则按台账自动计算。"),
)
def against_codes(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-062: entered 三公 and 公用 figures = payments by economic code (30217, 30231, 30212 …), where every
    payment has a code. A total is left out where one of its parts is found already."""
    held = [key for key in form_rows() if codes_of(key) and entered(book, year, key, ACTUAL) is not None]
    seen: set[str] = set()
    for key in sorted(held, key=lambda one: form_rows()[one].total):
        whole, own = entered(book, year, key, ACTUAL), coded_amount(book, year, key)
        if whole is None or own is None or seen & {part.key for part in parts_of(key)}:
            continue
        if key == PUBLIC_SPENDING and _printed(whole) == _printed(class_balance(book, year, PUBLIC).spent):
            continue  # some places mean the whole of 公用经费
        first = Shown(key + COLUMN_LABELS[ACTUAL], whole)
        for finding in _apart(self, year, key, first, Shown(_("经济分类科目的支出"), own)):
            seen |= {key, form_rows()[key].parent}
            yield finding


@rule(
    "C-063",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("上年决算数与上年的表不同"),
    message=_("基础数据表中，“{name}”{first}，{second}，相差{difference}。"),
    why=_("上年决算数应当与上年报出的基础数据表的本年决算数一致。"),
    remedy=_("对照上年的基础数据表和决算核对；清空表中的上年决算数，则自动取上年的数。"),
)
def last_year(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-063: entered 上年决算数 = 本年决算数 of last year's form."""
    earlier = book.year(year - 1)
    for item in book.facts(year):
        amount, own = entered(book, year, item, LAST), last_actual(book, year, item) if earlier else None
        if amount is None or own is None:
            continue
        first, second = Shown(COLUMN_LABELS[LAST], amount), Shown(_("上年表中的本年决算数"), own)
        name = print_name(project_name(book, project_of(item), year) if project_of(item) else item)
        repair = Repair(_("改用上年的数"), "clear_fact", (year, item, LAST))
        fixed = earlier is not None and earlier.state != YearState.OPEN
        for finding in _apart(self, year, item, first, second, name=name):
            yield replace(finding, repair=repair) if fixed else finding


@rule(
    "C-064",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("基础数据表的项目与报告不同"),
    message=_("基础数据表中的项目“{name}”{fault}。"),
    why=_("基础数据表的项目支出逐个列出项目，应当与报告中的项目和金额一一对应。"),
    remedy=_("核对项目类别和这一行的数字；清空这一行，则自动取台账和报告的数。"),
)
def project_lines(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-064: the form's project rows are the projects of the report, with their 年初预算 and 实际支出."""
    reported = {row.project for row in book.projects(year) if not is_basic(book, row)}
    for item in book.facts(year):
        project = project_of(item)
        if not project:
            continue
        name = print_name(project_name(book, project, year))
        if project not in reported:
            fault = _("不在本年度报告的项目支出中")
            repair = Repair(_("清除这一行"), "clear_fact", (year, item))
            values = {"name": name, "fault": fault}
            yield self.found(year, About("fact", 0, item), values=values, repair=repair)
            continue
        for column, told in ((BUDGET, "年初预算"), (ACTUAL, "实际支出")):
            amount, found = entered(book, year, item, column), figure(book, Ref(year, project, told))
            if amount is None or found is None or not isinstance(found.value, int):
                continue
            first, second = (
                Shown(COLUMN_LABELS[column], amount),
                Shown(_("报告中{item}").format(item=told), found.value),
            )
            yield from _line_differs(self, year, item, name, first, second)


def _line_differs(self: Rule, year: int, item: str, name: str, first: Shown, second: Shown) -> Iterator[Finding]:
    difference = abs(_printed(first.amount) - _printed(second.amount))
    if difference:
        fault = _("{first}，{second}，相差{difference}").format(
            first=first.label + first.words,
            second=second.label + second.words,
            difference=Shown("", difference).words,
        )
        yield self.found(
            year,
            About("fact", 0, item),
            values={"name": name, "fault": fault},
            figures=(first, second),
            difference=difference,
            tolerance=0,
        )


@rule(
    "C-068",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("政府采购金额不平"),
    message=_("基础数据表中，{first}，{second}，相差{difference}。"),
    why=_("政府采购金额由货物、工程、服务三项组成；面向中小企业预留的部分不会超过采购总额。"),
    remedy=_("对照政府采购报表核对总额、三个分项和面向中小企业预留的金额。"),
)
def procurement(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-068: 政府采购金额 = 货物 + 工程 + 服务; 面向中小企业预留 ≤ the total."""
    yield from _sum_differs(self, book, year, BOUGHT)
    whole = fact_row(book, year, BOUGHT)
    for column in whole.columns if whole else ():
        total = whole.cell(column).amount if whole else None
        part = entered(book, year, SMALL, column)
        if total is not None and part is not None and part > total:
            first = Shown(SMALL + COLUMN_LABELS[column], part)
            yield from _apart(self, year, SMALL, first, Shown(_("大于采购总额"), total))
