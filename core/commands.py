"""What a user can do: every intention as one pure function from a book to a change.

Nothing here refuses an edit; what must not be saved is a rule of severity 阻止, so that forms, imports
and the warnings speak with one voice. Dates are ISO text, amounts 分. Commands about a record that is
gone raise ``UserError``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.book import Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import (
    DISPOSITIONS,
    EVENT_LABELS,
    BudgetEvent,
    Commitment,
    CommitmentState,
    EventKind,
    Fund,
    Payment,
    Project,
    ProjectYear,
    Record,
    Staff,
    Stated,
    Unit,
    UnitYear,
    Waiver,
    Year,
    clean_text,
)
from core.money import show_printed, show_yuan

R = TypeVar("R", bound=Record)


def entry_day(year: int, kind: str, today: date) -> str:
    """The date a new entry gets: dispositions 31 December, 上年结转 and 年初预算 1 January, else today
    clamped into the year."""
    if kind in DISPOSITIONS:
        return date(year, 12, 31).isoformat()
    if kind in (EventKind.OPENING, EventKind.OPENING_ADJUST, EventKind.INITIAL):
        return date(year, 1, 1).isoformat()
    return min(max(today, date(year, 1, 1)), date(year, 12, 31)).isoformat()


# Unit and years


def found_unit(book: Book, code: str = "", kind: str = "", basis: str = "paid") -> Change:
    """Set the unit of a new file, or change its code, kind (单位类别) and final-account basis."""
    draft = Draft(book)
    if book.unit.id:
        draft.replace(book.unit, code=clean_text(code), kind=kind, basis=basis)
    else:
        draft.add(Unit(id=0, code=clean_text(code), kind=kind, basis=basis))
    return draft.change(_("设置单位"))


def set_unit(book: Book, **fields: object) -> Change:
    """Change fields of the unit."""
    draft = Draft(book)
    draft.replace(book.unit, **_clean(fields))
    return draft.change(_("修改单位信息"))


def open_year(book: Book, year: int, policy: str, template: str, **names: object) -> Change:
    """Open a fiscal year with copies of its policy and template. ``names`` are fields of UnitYear; what is
    not given is taken from the year before."""
    if book.year(year):
        raise UserError(_("{year}年度已经存在。").format(year=year))
    draft = Draft(book)
    draft.add(Year(id=0, year=year, policy=policy, template=template))
    earlier = book.unit_year(year - 1)
    taken = {
        name: getattr(earlier, name)
        for name in ("name", "short_name", "superior", "duties", "institutions", "head", "finance_head", "phone")
    }
    draft.add(UnitYear(id=0, year=year, **{**taken, **_clean(names)}))
    return draft.change(_("新建{year}年度").format(year=year))


def set_year(book: Book, year: int, **fields: object) -> Change:
    """Change fields of a year, such as its note or template."""
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    draft = Draft(book)
    draft.replace(record, **_clean(fields))
    return draft.change(_("修改{year}年度设置").format(year=year))


def set_names(book: Book, year: int, **fields: object) -> Change:
    """Change what the unit is called and who signs in a year."""
    draft = Draft(book)
    record = book.unit_year(year)
    if record.id:
        draft.replace(record, **_clean(fields))
    else:
        draft.add(UnitYear(id=0, year=year, **_clean(fields)))  # type: ignore[arg-type]
    return draft.change(_("修改单位信息"))


def set_staff(book: Book, year: int, post_type: str, **fields: object) -> Change:
    """Set the head counts (established, actual, retired) and the note of a post type (编制类型)."""
    draft = Draft(book)
    held = next((s for s in book.staff(year) if s.type == post_type), None)
    if held:
        draft.replace(held, **_clean(fields))
    else:
        draft.add(Staff(id=0, year=year, type=clean_text(post_type), **_clean(fields)))  # type: ignore[arg-type]
    return draft.change(_("修改人员：{type}").format(type=post_type))


def remove_staff(book: Book, year: int, post_type: str) -> Change:
    """Remove a post type (编制类型) from a year."""
    draft = Draft(book)
    for held in book.staff(year):
        if held.type == post_type:
            draft.remove(held)
    return draft.change(_("删除人员：{type}").format(type=post_type))


# Projects


def add_project(book: Book, year: int, name: str, kind: str = "", parent: int = 0, code: str = "") -> Change:
    """Add a project, or a sub-project of ``parent``."""
    draft = Draft(book)
    project = draft.add(Project(id=0, parent=parent, origin_year=year))
    last = max((p.position for p in book.project_years(year)), default=0)
    draft.add(
        ProjectYear(
            id=0,
            year=year,
            project=project.id,
            position=last + 1,
            code=clean_text(code).strip(),
            name=clean_text(name).strip(),
            kind=kind,
        )
    )
    return draft.change((_("新增子项目：{name}") if parent else _("新增项目：{name}")).format(name=name.strip()))


def continue_project(book: Book, year: int, project: int) -> Change:
    """Take a project of the year before over into ``year``, as it is called there."""
    row = _project_year(book, year - 1, project)
    last = max((p.position for p in book.project_years(year)), default=0)
    taken = {name: getattr(row, name) for name in ("code", "name", "kind", "public_special")}
    draft = Draft(book)
    draft.add(ProjectYear(id=0, year=year, project=project, position=last + 1, **taken))
    return draft.change(_("沿用上年项目：{name}").format(name=row.name))


def set_project(book: Book, year: int, project: int, **fields: object) -> Change:
    """Change a project in one year; other years keep theirs."""
    row = _project_year(book, year, project)
    draft = Draft(book)
    draft.replace(row, **_clean(fields))
    if set(fields) == {"name"}:
        return draft.change(_("项目改名：{old}→{new}").format(old=row.name, new=fields["name"]))
    return draft.change(_("修改项目：{name}").format(name=row.name))


# Budget events and payments


def add_event(book: Book, year: int, project: int, kind: str, day: str, amount: int, **details: object) -> Change:
    """Enter a budget event. ``details``: doc_no, doc_title, fund, memo, codes, level, origin_year, …"""
    draft = Draft(book)
    draft.add(
        BudgetEvent(
            id=0,
            year=year,
            project=project,
            kind=kind,
            date=day,
            amount=amount,
            **_clean(details),  # type: ignore[arg-type]
        )
    )
    return draft.change(_("新增{kind} {amount}").format(kind=EVENT_LABELS[kind], amount=show_yuan(amount)))


def set_event(book: Book, event: int, **fields: object) -> Change:
    """Change fields of a budget event; the other side of a 调剂 follows in amount, date, fund and document."""
    record = _held(book, BudgetEvent, event)
    draft = Draft(book)
    new = draft.replace(record, **_clean(fields))
    if other := book.get(BudgetEvent, record.pair):
        paper = {"doc_no": new.doc_no, "doc_title": new.doc_title}
        draft.replace(other, amount=-new.amount, date=new.date, fund=new.fund, **paper)
    kind = EVENT_LABELS[new.kind]
    if new.amount != record.amount:
        return draft.change(_amount_label(kind, record.amount, new.amount))
    return draft.change(_("修改{kind}").format(kind=kind))


def remove_event(book: Book, event: int) -> Change:
    """Remove a budget event, with its other side if it is a 调剂."""
    record = _held(book, BudgetEvent, event)
    draft = Draft(book)
    draft.remove(record)
    other = book.get(BudgetEvent, record.pair)
    if other:
        draft.remove(other)
    return draft.change(
        _("删除{kind} {amount}").format(kind=EVENT_LABELS[record.kind], amount=show_yuan(record.amount))
    )


def reallocate(book: Book, year: int, source: int, target: int, day: str, amount: int, **details: object) -> Change:
    """Move money between two projects (调剂): two events that sum to zero and name each other."""
    draft = Draft(book)
    both = {**_clean(details), "year": year, "kind": EventKind.REALLOCATE, "date": day}
    first = draft.add(BudgetEvent(id=0, project=source, amount=-amount, **both))  # type: ignore[arg-type]
    second = draft.add(BudgetEvent(id=0, project=target, amount=amount, pair=first.id, **both))  # type: ignore[arg-type]
    draft.replace(first, pair=second.id)
    return draft.change(_("调剂 {amount}").format(amount=show_yuan(amount)))


def add_payment(book: Book, year: int, project: int, day: str, amount: int, **details: object) -> Change:
    """Enter a payment. ``details``: payee, purpose, voucher, fund, codes, method, memo, …"""
    draft = Draft(book)
    draft.add(Payment(id=0, year=year, project=project, date=day, amount=amount, **_clean(details)))  # type: ignore[arg-type]
    return draft.change(_("新增支出 {amount}").format(amount=show_yuan(amount)))


def set_payment(book: Book, payment: int, **fields: object) -> Change:
    """Change fields of a payment."""
    record = _held(book, Payment, payment)
    draft = Draft(book)
    new = draft.replace(record, **_clean(fields))
    if new.amount != record.amount:
        return draft.change(_amount_label(_("支出"), record.amount, new.amount))
    return draft.change(_("修改支出 {amount}").format(amount=show_yuan(record.amount)))


def remove_payment(book: Book, payment: int) -> Change:
    """Remove a payment that is not locked; the commitment it came from is open again. Raises ``UserError`` while a
    红字 names it."""
    record = _held(book, Payment, payment)
    if book.reversals(payment):
        raise UserError(_("这笔支出已有红字冲销，请先删除红字记录。"))
    draft = Draft(book)
    draft.remove(record)
    for held in book.all(Commitment):
        if held.payment == payment:
            draft.replace(held, state=CommitmentState.OPEN, payment=0)
    return draft.change(_("删除支出 {amount}").format(amount=show_yuan(record.amount)))


def reverse_payment(book: Book, payment: int, day: str, amount: int = 0, memo: str = "") -> Change:
    """Enter the 红字 of a payment, for its rest or for ``amount``."""
    record = _held(book, Payment, payment)
    left = record.amount + sum(p.amount for p in book.reversals(payment))
    draft = Draft(book)
    draft.add(
        Payment(
            id=0,
            year=record.year,
            project=record.project,
            date=day,
            amount=-(amount or left),
            fund=record.fund,
            event=record.event,
            payee=record.payee,
            purpose=record.purpose,
            functional_code=record.functional_code,
            economic_code=record.economic_code,
            reverses=payment,
            memo=clean_text(memo) or _("冲销{date}支出").format(date=record.date),
        )
    )
    return draft.change(_("红字冲销 {amount}").format(amount=show_yuan(amount or left)))


# What the grid shows together with an event kind.
_COMPANIONS: Mapping[str, tuple[str, ...]] = {
    EventKind.OPENING: (EventKind.OPENING_ADJUST,),
    EventKind.ADJUST: (EventKind.REALLOCATE,),
}


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What typing a new amount into a cell of the project grid would do."""

    change: Change
    events: int  # how many events stand behind the cell now
    difference: int  # what a new dated event would enter where several do


def set_cell(
    book: Book, year: int, project: int, kind: str, amount: int, today: date, fund: str = Fund.GENERAL
) -> CellEdit:
    """Make what the grid shows for one event kind ``amount``: edits the only event behind it, removes it at 0,
    enters a first one, and where several stand behind it enters the difference as a new dated event.

    The cell also shows its companions (年初余额调整 with 上年结转, 调剂 with 年中调增（减）) and what stands on
    sub-projects; these stay as they are, the project's own events of the kind take the difference.
    """
    events = [e for e in book.events(year, project) if e.kind == kind]
    kinds = (kind, *_COMPANIONS.get(kind, ()))
    family = (project, *(child.project for child in book.children(year, project)))
    held = sum(e.amount for one in family for e in book.events(year, one) if e.kind in kinds)
    difference = amount - held
    if not difference:
        return CellEdit(Change(""), len(events), 0)
    if len(events) == 1:
        own = events[0].amount + difference
        change = set_event(book, events[0].id, amount=own) if own else remove_event(book, events[0].id)
        return CellEdit(change, 1, difference)
    change = add_event(book, year, project, kind, entry_day(year, kind, today), difference, fund=fund)
    label = _amount_label(EVENT_LABELS[kind], held, amount) if events else change.label
    return CellEdit(Change(label, change.diffs), len(events), difference)


# Stated figures and waivers


def state(book: Book, year: int, item: str, amount: int, about: int = 0, **details: object) -> Change:
    """State a figure officially reported (填报数). ``details``: printed_unit, source_table, source_column."""
    draft = Draft(book)
    held = book.stated(year, item, about)
    if held:
        draft.replace(held, amount=amount, **_clean(details))
        if amount == held.amount:
            return draft.change(_("修改填报数来源：{item}").format(item=item))
        unit = str(details.get("printed_unit", held.printed_unit)).replace("万元", "元")  # nothing rounded away
        old, new = show_printed(held.amount, unit), show_printed(amount, unit)
        return draft.change(_("修改填报数{item} {old}→{new}").format(item=item, old=old, new=new))
    draft.add(Stated(id=0, year=year, about=about, item=item, amount=amount, **_clean(details)))  # type: ignore[arg-type]
    return draft.change(_("填写填报数：{item}").format(item=item))


def unstate(book: Book, year: int, item: str, about: int = 0) -> Change:
    """Take a stated figure back: it is unknown again, not zero."""
    draft = Draft(book)
    held = book.stated(year, item, about)
    if held:
        draft.remove(held)
    return draft.change(_("清除填报数：{item}").format(item=item))


def waive(book: Book, year: int, rule: str, about: str, facts: str, reason: str, today: date) -> Change:
    """Accept a finding with a reason. Raises ``UserError`` without one."""
    text = clean_text(reason).strip()
    if not text:
        raise UserError(_("请写明说明的理由。"))
    draft = Draft(book)
    for held in book.waivers(year):
        if (held.rule, held.about) == (rule, about):
            draft.remove(held)
    draft.add(Waiver(id=0, year=year, rule=rule, about=about, facts=facts, reason=text, date=today.isoformat()))
    return draft.change(_("说明 {rule}").format(rule=rule))


def unwaive(book: Book, waiver: int) -> Change:
    """Withdraw a waiver."""
    record = _held(book, Waiver, waiver)
    draft = Draft(book)
    draft.remove(record)
    return draft.change(_("撤回说明 {rule}").format(rule=record.rule))


def _amount_label(what: str, old: int, new: int) -> str:
    return _("修改{what} {old}→{new}").format(what=what, old=show_yuan(old), new=show_yuan(new))


def _clean(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()}


def _project_year(book: Book, year: int, project: int) -> ProjectYear:
    row = book.project_year(year, project)
    if row is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    return row


def _held(book: Book, kind: type[R], record_id: int) -> R:
    record = book.get(kind, record_id)
    if record is None:
        raise UserError(_("这条记录已不存在，可能已被撤销或删除。"))
    return record
