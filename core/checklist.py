"""The checklist of the year's end (年终清单): what is done and what is left, in the order an officer works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.book import Book
from core.carrying import CarryLine, carry_preview
from core.check import About, Findings, Severity
from core.closing import open_errors, undisposed
from core.i18n import _
from core.model import CommitmentState, ProjectYear, Section, YearState
from core.money import show_yuan
from core.next_year import unconfirmed
from core.questions import answered
from core.review import review
from core.seal import broken_words, seal_holds
from core.writing import empty_parts

# Rules that ask for a reason or a note: 执行率, 超支, 超额完成, 偏差, 超编.
REASONS = frozenset({"C-017", "C-019", "C-029", "C-030", "C-061"})


class StepState(StrEnum):
    """How a step stands."""

    DONE = "done"
    TODO = "todo"
    BLOCKED = "blocked"  # it cannot be done yet: an earlier step is missing


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the year's end. ``count``: how many things are left; ``about``: where the first of them is."""

    key: str
    title: str
    state: StepState
    detail: str
    count: int = 0
    about: About | None = None


def checklist(book: Book, findings: Findings, year: int, today: date) -> list[Step]:
    """Every step of closing a year. Locked or final years keep their list: what was done shows as done."""
    record = book.year(year)
    if record is None:
        return []
    seals = [] if seal_holds(book, year) else [_broken_seal(year)]
    disposed = _undisposed(book, year)
    found = _from_findings(book, findings, year, today)
    locked = _locked(book, findings, year, disposed)
    return [
        *seals,
        _taken_over(book, year),
        _carried_in(book, year),
        _commitments(book, year),
        disposed,
        *found,
        locked,
        _next_year(book, year),
        _carried_out(book, year),
        _sections(book, year),
        _final(book, findings, year),
    ]


def _step(
    key: str, title: str, left: int, done: str, todo: str, about: About | None = None, blocked: bool = False
) -> Step:
    if not left:
        return Step(key, title, StepState.DONE, done)
    return Step(key, title, StepState.BLOCKED if blocked else StepState.TODO, todo, left, about)


def _broken_seal(year: int) -> Step:
    return Step("seal", _("核对封存"), StepState.BLOCKED, broken_words(year), 1, About("year"))


def _taken_over(book: Book, year: int) -> Step:
    left = unconfirmed(book, year)
    about = None
    if left:
        first = left[0]
        match first:
            case ProjectYear():
                about = About("project", first.project)
            case Section():
                about = About("section", first.about, first.key)
            case _:
                about = About("indicator", first.id)
    todo = _("{n}处沿用上年的内容没有确认").format(n=len(left))
    return _step("taken_over", _("确认沿用内容"), len(left), _("没有待确认的沿用内容"), todo, about)


def _carried_in(book: Book, year: int) -> Step:
    title = _("核对上年结转")
    if book.year(year - 1) is None:
        return Step("carried_in", title, StepState.DONE, _("文件中没有上年度"))
    lines = [line for line in carry_preview(book, year - 1) if line.difference]
    todo = _("{n}项与上年末结转下年不一致，合计相差{amount}元").format(n=len(lines), amount=_total(lines))
    return _step("carried_in", title, len(lines), _("与上年末结转下年一致"), todo, _opening_of(lines))


def _commitments(book: Book, year: int) -> Step:
    rows = [c for row in book.project_years(year) for c in book.commitments(year, row.project)]
    left = [c for c in rows if c.state == CommitmentState.OPEN]
    amount = show_yuan(sum(c.amount for c in left))
    todo = _("还有{n}笔在途，共{amount}元，年底前付款或取消").format(n=len(left), amount=amount)
    about = About("commitment", left[0].id) if left else None
    return _step("commitments", _("清理在途资金"), len(left), _("没有在途"), todo, about)


def _undisposed(book: Book, year: int) -> Step:
    left = undisposed(book, year)
    amount = show_yuan(sum(abs(one.amount) for one in left))
    todo = _("{n}项资金没有处置，共{amount}元").format(n=len(left), amount=amount)
    over = sum(one.amount < 0 for one in left)
    if over:
        todo += _("，其中{n}项超支").format(n=over)
    about = About("project", left[0].project) if left else None
    return _step("undisposed", _("处置未用完的资金"), len(left), _("资金全部使用或处置"), todo, about)


def _from_findings(book: Book, findings: Findings, year: int, today: date) -> list[Step]:
    """Missing reasons, open questions, and errors that are none of these."""
    held = review(book, findings, year, today)
    items = [*held.open, *held.todo]
    reasons = [item.finding.about for item in items if item.rule.id in REASONS]
    asked = [
        item.finding.about
        for item in items
        if item.rule.choices and not answered(book, item.rule, year, item.finding.about)
    ]
    grave = (Severity.ERROR, Severity.BLOCK)
    errors = [item.finding.about for item in held.open if item.finding.severity in grave]
    return [
        _listed("reasons", _("补齐原因说明"), reasons, _("原因已写明"), _("{n}处需要写明原因")),
        _listed("questions", _("回答核对提问"), asked, _("没有待回答的问题"), _("{n}个问题没有回答")),
        _listed("errors", _("改正错误"), errors, _("没有错误"), _("{n}项错误没有改正或说明")),
    ]


def _listed(key: str, title: str, places: list[About], done: str, todo: str) -> Step:
    about = places[0] if places else None
    return _step(key, title, len(places), done, todo.format(n=len(places)), about)


def _locked(book: Book, findings: Findings, year: int, disposed: Step) -> Step:
    record = book.year(year)
    blocks = sum(finding.severity == Severity.BLOCK for finding in findings.of_year(year))
    hindered = disposed.state != StepState.DONE or blocks > 0
    left = record is not None and record.state == YearState.OPEN
    todo = _("先处置全部资金，并改正必须改正的问题") if hindered else _("可以锁定")
    return _step("lock", _("资金锁定"), int(left), _("已锁定"), todo, About("year"), hindered)


def _next_year(book: Book, year: int) -> Step:
    left = int(book.year(year + 1) is None)
    title = _("新建{year}年度").format(year=year + 1)
    return _step("next_year", title, left, _("已新建"), _("尚未新建，可随时新建"), About("year"))


def _carried_out(book: Book, year: int) -> Step:
    title = _("带入{year}年度").format(year=year + 1)
    missing = book.year(year + 1) is None
    lines = [line for line in carry_preview(book, year) if line.difference]
    if missing:
        detail = _("先新建{year}年度").format(year=year + 1)
        return Step("carried_out", title, StepState.BLOCKED, detail, len(lines))
    todo = _("{n}项结转没有带入，合计相差{amount}元").format(n=len(lines), amount=_total(lines))
    done = _("结转已全部带入")
    return _step("carried_out", title, len(lines), done, todo, _opening_of(lines))


def _sections(book: Book, year: int) -> Step:
    empty = empty_parts(book, year)
    about = About("section", empty[0].about, empty[0].key) if empty else None
    todo = _("{n}处文字没有写").format(n=len(empty))
    return _step("sections", _("完成报告文字"), len(empty), _("报告文字已写完"), todo, about)


def _final(book: Book, findings: Findings, year: int) -> Step:
    record = book.year(year)
    state = record.state if record else YearState.OPEN
    errors = len(open_errors(book, findings, year))
    if state == YearState.OPEN:
        todo = _("先锁定资金")
    else:
        todo = _("还有{n}项错误没有改正或说明").format(n=errors) if errors else _("可以定稿")
    hindered = state == YearState.OPEN or errors > 0
    left = int(state != YearState.FINAL)
    return _step("final", _("报告定稿"), left, _("已定稿"), todo, About("year"), hindered)


def _total(lines: Iterable[CarryLine]) -> str:
    return show_yuan(sum(abs(line.difference) for line in lines))


def _opening_of(lines: list[CarryLine]) -> About | None:
    return About("project", lines[0].project, "opening") if lines else None
