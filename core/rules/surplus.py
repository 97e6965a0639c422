"""Rules about money left over for more than a year (结转, 结余): how old it is, and what it is used for."""

from collections.abc import Iterator

from core.balance import is_basic, project_balance
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Stage, Subject, exact_figures, exact_words, rule
from core.i18n import _
from core.model import BudgetEvent, EventKind, ProjectYear
from core.origins import layers
from core.outline import print_name
from core.policy import MANUAL, TWO_YEARS
from core.questions import answered


def _carry_policy(book: Book, row: ProjectYear) -> str:
    """What becomes of the unspent money of a project."""
    return row.carry_policy or book.policy(row.year).carry


@rule(
    "C-014",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("结转超过两年没有收回"),
    message=_("“{name}”{origin}年度的资金还有{amount}没有用完，又登记结转下年，已连续两年未用完。"),
    why=_("批复后连续两年未用完的预算资金属于结余，应由财政收回，不能再结转。"),
    remedy=_("把这部分资金改登记为认定结余或财政收回；财政批准继续结转的，写明批准文件。"),
)
def carried_again(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-014 and 3.3, the two-year rule: money of an origin year before ``year`` that is carried over once
    more. Unspent 基本支出 is always 结转."""
    row = book.project_year(year, project)
    if row is None or book.parent(project) or is_basic(book, row):
        return
    if not project_balance(book, year, project).carried:
        return
    old = [layer for layer in layers(book, year, project) if layer.origin_year < year and layer.carried > 0]
    manual = _carry_policy(book, row) == MANUAL
    for layer in old:
        yield self.found(
            year,
            About("project", project, "carried"),
            values={
                "name": print_name(row.name),
                "origin": str(layer.origin_year),
                "amount": exact_words(layer.carried),
            },
            figures=exact_figures((_("再次结转"), layer.carried)),
            severity=Severity.INFO if manual else self.severity,
        )


@rule(
    "C-015",
    severity=Severity.ERROR,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("基本支出登记了结余"),
    message=_("“{name}”属于基本支出，登记认定结余{surplus}。"),
    why=_("基本支出年末未用完的资金全部是结转，没有结余。"),
    remedy=_("按年末文件改登记为结转下年或财政收回。"),
)
def basic_surplus(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-015: X > 0 in 基本支出. Decisions: 错误 only under 国家两年, else 提示."""
    row = book.project_year(year, project)
    if row is None or book.parent(project) or not is_basic(book, row):
        return
    surplus = project_balance(book, year, project).surplus
    if surplus > 0:
        national = _carry_policy(book, row) == TWO_YEARS
        yield self.found(
            year,
            About("project", project, "surplus"),
            values={"name": print_name(row.name), "surplus": exact_words(surplus)},
            figures=exact_figures((_("认定结余"), surplus)),
            severity=self.severity if national else Severity.INFO,
        )


SAME_USE, OTHER_USE = "same", "changed"


@rule(
    "C-016",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    stage=Stage.SETTLE,
    title=_("上年结转是否改变用途"),
    message=_("“{name}”有上年结转{opening}，{fact}，{verdict}。"),
    why=_("结转资金要按原用途继续使用，改变用途须经财政部门批准。"),
    remedy=_("核对结转资金的原用途，回答是否为同一用途；更换了科目或类别但用途不变的，答是同一用途。"),
    choices=((SAME_USE, _("是同一用途")), (OTHER_USE, _("已改变用途"))),
)
def used_otherwise(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-016: asked where the kind of the project or the functional code of the money is not last year's."""
    row, earlier = book.project_year(year, project), book.project_year(year - 1, project)
    if row is None or earlier is None or book.parent(project):
        return
    opening = project_balance(book, year, project).opening
    if opening <= 0:
        return
    about = About("project", project, "opening")
    answer = answered(book, self, year, about)
    fact = _changes(book, row, earlier)
    if not fact or answer == SAME_USE:
        return
    changed = answer == OTHER_USE
    yield self.found(
        year,
        about,
        values={
            "name": print_name(row.name),
            "opening": exact_words(opening),
            "fact": fact,
            "verdict": _("已回答改变了用途") if changed else _("请确认用途是否改变"),
        },
        figures=exact_figures((_("上年结转"), opening)),
        severity=self.severity if changed else Severity.INFO,
        remedy=_("补办财政部门的批准手续并登记文号；没有批准的，按原用途使用或交回财政。") if changed else "",
    )


def _changes(book: Book, row: ProjectYear, earlier: ProjectYear) -> str:
    """How the money is classed otherwise than last year, in words; empty if it is not."""
    if earlier.kind and row.kind and row.kind != earlier.kind:
        return _("项目类别由“{old}”改为“{new}”").format(old=earlier.kind, new=row.kind)
    before = _functional_codes(book, earlier, EventKind.CARRIED) or _functional_codes(book, earlier, "")
    now = _functional_codes(book, row, EventKind.OPENING)
    if before and now and not now & before:
        return _("功能分类科目由{old}改为{new}").format(old="、".join(sorted(before)), new="、".join(sorted(now)))
    return ""


def _functional_codes(book: Book, row: ProjectYear, kind: str) -> frozenset[str]:
    """The functional codes of a project's events of a kind; of all its events where ``kind`` is empty."""

    def named() -> frozenset[str]:
        family = (row.project, *(child.project for child in book.children(row.year, row.project)))
        events = (book.get(BudgetEvent, i) for one in family for i in book.entry_ids(BudgetEvent, row.year, one))
        return frozenset(e.functional_code for e in events if e and e.functional_code and kind in ("", e.kind))

    return book.memo(row.year, row.project, ("functional codes", kind), named)
