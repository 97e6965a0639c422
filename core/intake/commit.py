"""Stores the plan of an import as one change, and withdraws an import later."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from core.batches import KINDS, Batch
from core.book import Book, Entry
from core.change import Change, Diff
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.intake.plan import GUESSED, Plan
from core.model import (
    BudgetEvent,
    Commitment,
    Indicator,
    Payment,
    Project,
    ProjectYear,
    Record,
    Section,
    Stated,
)
from core.money import show_yuan

_MADE: tuple[type[Record], ...] = (Payment, BudgetEvent, Project, ProjectYear, Indicator, Stated)


def change_of(book: Book, plan: Plan, now: datetime) -> Change:
    """The change that stores a plan, with its entry in the register of imports; empty where nothing is new.

    Raises ``UserError`` while the unit of amounts is only guessed, or where the book has other records by now.
    """
    if plan.unit_from == GUESSED and plan.total is not None:
        raise UserError(_("表中没有写明金额单位，请指明是元还是万元后再导入。"))
    label = _("导入{kind}：{file}，{count}条").format(kind=KINDS[plan.kind], file=plan.file, count=plan.new)
    if not plan.records:
        return Change(label)
    if plan.batch != book.next_id:
        raise UserError(_("预览之后台账有了改动，请重新预览后再导入。"))
    batch = Batch(
        id=plan.batch,
        file=plan.file,
        sheet=plan.sheet,
        kind=plan.kind,
        year=plan.year,
        digest=plan.digest,
        time=now.isoformat(timespec="seconds"),
        count=plan.new,
        amount=plan.stored_total,
        last=max(one.record.id for one in plan.records),
    )
    replaced = (book.get(type(one.record), one.replaces) for one in plan.records if one.replaces)
    diffs = [Diff(None, batch), *(Diff(held, None) for held in replaced if held)]
    return Change(label, (*diffs, *(Diff(None, one.record) for one in plan.records)))


def batches(book: Book) -> list[Batch]:
    """The register of imports, the latest first."""
    return sorted(book.all(Batch), key=lambda one: one.id, reverse=True)


def records_of(book: Book, batch: Batch) -> list[Record]:
    """What an import made and is still there."""
    numbers = range(batch.id + 1, batch.last + 1)
    return [found for kind in _MADE for number in numbers if (found := book.get(kind, number))]


def withdraw(book: Book, batch: int, now: datetime) -> Change:
    """Take an import back: whatever it made and is still there goes; the register keeps its line.

    Raises ``UserError`` where that is done already, or where other entries rest on what it made.
    """
    record = book.get(Batch, batch)
    if record is None:
        raise UserError(_("这条导入记录已不存在，可能已被撤销。"))
    if record.withdrawn:
        raise UserError(_("这次导入已在{time}撤回。").format(time=record.withdrawn.replace("T", " ")))
    made = records_of(book, record)
    if problem := _resting(book, {one.id for one in made}, made):
        raise UserError(problem)
    draft = Draft(book)
    for one in made:
        draft.remove(one)
    draft.replace(record, withdrawn=now.isoformat(timespec="seconds"))
    return draft.change(_("撤回导入：{file}，{count}条").format(file=record.file, count=record.count))


def _resting(book: Book, going: set[int], made: Sequence[Record]) -> str:
    """Why an import cannot be withdrawn: an entry that stays names one that would go. Empty where it can."""
    for one in made:
        if isinstance(one, Payment):
            back = next((p for p in book.reversals(one.id) if p.id not in going), None)
            if back:
                text = _("{date}的红字支出{amount}元冲销的是这次导入的支出，请先删除红字记录。")
                return text.format(date=back.date, amount=show_yuan(back.amount))
    new = {one.id for one in made if isinstance(one, Project)}
    projects = new | {one.project for one in made if isinstance(one, ProjectYear)}
    years = {one.year for one in made if isinstance(one, ProjectYear)}
    events = {one.id for one in made if isinstance(one, BudgetEvent)}
    payments = {one.id for one in made if isinstance(one, Payment)}
    entries: Iterator[Entry] = chain(book.all(BudgetEvent), book.all(Payment), book.all(Commitment))
    for entry in entries:
        if entry.id in going:
            continue
        if entry.project in projects and entry.year in years:
            return _("这次导入新建的项目已有其他记录，请先删除这些记录。")
        if isinstance(entry, Payment | Commitment) and entry.event in events:
            return _("{date}的支出或在途使用了这次导入的指标，请先改用其他指标。").format(date=entry.date)
        if isinstance(entry, Commitment) and entry.payment in payments:
            return _("这次导入的支出对应已登记的在途，请先删除该在途的支出。")
    for row in book.all(ProjectYear):
        if row.id not in going and row.project in new:
            return _("{year}年度沿用了这次导入新建的项目“{name}”，请先删除。").format(year=row.year, name=row.name)
    words: Iterator[Section | Stated | Indicator]
    words = chain(book.all(Section), book.all(Stated), book.all(Indicator))
    for told in words:
        if told.id not in going and told.about in projects and told.year in years:
            return _("这次导入新建的项目已有报告文字、填报数或绩效指标，请先删除。")
    return ""
