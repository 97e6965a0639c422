"""Rows of a list of budget documents (指标) or of a table of projects with a column per kind, as budget events."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from core.book import Book
from core.commands import entry_day
from core.i18n import _
from core.intake.classes import event_kind_of
from core.intake.header import EVENT_COLUMNS
from core.intake.owners import Owners
from core.intake.payments import codes_of, fund_in
from core.intake.plan import LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import even
from core.model import DISPOSITIONS, EVENT_LABELS, BudgetEvent, EventKind

Content = tuple[int, str, int, str, str, str]  # project, kind, amount, fund, document, date where there is no document


@dataclass(frozen=True, slots=True)
class _Entry:
    row: int
    event: BudgetEvent


def read_events(book: Book, rows: Rows, owners: Owners, today: date) -> tuple[list[Planned], list[LeftOut], int]:
    """The budget events to store, the rows left out as duplicates, and the sum (分) of all rows as they stand."""
    found: list[_Entry] = []
    total = 0
    usual = _usual_kind(rows)
    for row in rows.entries():
        entries, amount = _of_row(rows, owners, row, usual, today)
        total += amount
        if not rows.is_held(row):
            found += entries
    fresh, duplicates = _without_known(book, rows, found)
    return _paired(rows, fresh), duplicates, total


def _usual_kind(rows: Rows) -> tuple[EventKind, int] | None:
    """The kind of events that do not say theirs: as the user chose, else as the title of the sheet says."""
    if rows.choices.event_kind:
        return EventKind(rows.choices.event_kind), 1
    amount = rows.columns.get("amount")
    words = (amount.heading if amount else "", rows.sheet.name, rows.header.title)
    return next((kind for text in words if (kind := event_kind_of(text))), None)


def _of_row(
    rows: Rows, owners: Owners, row: int, usual: tuple[EventKind, int] | None, today: date
) -> tuple[list[_Entry], int]:
    """The events of a row, and the sum of its amounts as they stand in the sheet."""
    day = rows.day(row) if rows.has("date") else ""
    amounts: list[tuple[EventKind, int]] = []
    total = 0
    if rows.has("amount") and (written := rows.amount(row)):
        meant = _kind(rows, row) or usual
        total += written
        if meant is None:
            rows.doubt(row, "kind", _("看不出是哪一类预算变动（年初预算、追加、上级转移支付等）"))
        else:
            amounts.append((meant[0], -abs(written) if meant[1] < 0 else written))
    for name in EVENT_COLUMNS:
        if rows.has(name) and (written := rows.amount(row, name)):
            total += written
            amounts.append((EventKind(name), written))
    if not amounts and not rows.is_held(row):
        blank = not rows.has("amount") or rows.cell(row, "amount") in (None, "")
        if blank and not any(rows.has(name) for name in EVENT_COLUMNS):
            rows.doubt(row, "amount", _("没有金额"))
        else:
            rows.skip(row, _("没有金额或金额为零"))
        return [], 0
    project = owners.of_row(rows, row)
    functional, economic = codes_of(rows, row)
    origin = rows.text(row, "origin_year")
    entries = []
    for kind, amount in amounts:
        when = day or entry_day(rows.year, kind, today)
        if when[:4] != str(rows.year):
            if kind not in (EventKind.TRANSFER, EventKind.INITIAL, EventKind.OPENING) or when[:4] > str(rows.year):
                rows.doubt(row, "date", _("日期不在{year}年度内").format(year=rows.year))
            advance, when = True, f"{rows.year}-01-01"
        else:
            advance = "提前下达" in rows.text(row, "title") + rows.text(row, "memo")
        event = BudgetEvent(
            id=next(owners.ids),
            year=rows.year,
            project=project,
            date=when,
            kind=kind,
            amount=abs(amount) if kind in DISPOSITIONS else amount,
            fund=fund_in(rows, row),
            functional_code=functional,
            economic_code=economic,
            level=rows.text(row, "level"),
            advance=advance,
            doc_no=rows.text(row, "document"),
            doc_title=rows.text(row, "title"),
            origin_year=int(origin) if origin.isdecimal() and len(origin) == 4 else 0,
            batch=owners.batch,
            memo=rows.text(row, "memo"),
        )
        entries.append(_Entry(row, event))
    return entries, total


def _kind(rows: Rows, row: int) -> tuple[EventKind, int] | None:
    """The kind a row says: in its own column, else in the title of its document or its memo."""
    return next((kind for field in ("kind", "title", "memo") if (kind := event_kind_of(rows.text(row, field)))), None)


def _content(event: BudgetEvent) -> Content:
    when = "" if event.doc_no else event.date
    return event.project, event.kind, event.amount, event.fund, even(event.doc_no), when


def _without_known(book: Book, rows: Rows, found: list[_Entry]) -> tuple[list[_Entry], list[LeftOut]]:
    """The events that are new, and the rows that repeat what the book has, each as often as it has it."""
    held: Counter[Content] = Counter()
    for project in {entry.event.project for entry in found}:
        held.update(_content(event) for event in book.events(rows.year, project))
    fresh: list[_Entry] = []
    again: dict[int, str] = {}
    for entry in found:
        content = _content(entry.event)
        if held[content] > 0 and entry.row + 1 not in rows.choices.taken:
            held[content] -= 1
            document = entry.event.doc_no or entry.event.date
            again[entry.row] = _("台账中已有{document} {kind}").format(
                document=document, kind=EVENT_LABELS[entry.event.kind]
            )
        else:
            fresh.append(entry)
    kept = {entry.row for entry in fresh}
    for row in set(again) & kept:
        rows.doubt(row, "amount", again[row] + _("，只登记其余各项"), holds=False)
    return fresh, [LeftOut(row + 1, reason) for row, reason in again.items() if row not in kept]


def _paired(rows: Rows, found: list[_Entry]) -> list[Planned]:
    """The events, the two sides of a 调剂 naming each other; one without its other side is a doubt."""
    open_: dict[tuple[str, str, str, int], list[_Entry]] = {}
    pairs: dict[int, int] = {}
    for entry in found:
        event = entry.event
        if event.kind != EventKind.REALLOCATE:
            continue
        place = (event.date, event.fund, even(event.doc_no))
        others = open_.get((*place, -event.amount), [])
        if others:
            other = others.pop(0).event
            pairs[event.id], pairs[other.id] = other.id, event.id
        else:
            open_.setdefault((*place, event.amount), []).append(entry)
    for entries in open_.values():
        for entry in entries:
            rows.doubt(entry.row, "amount", _("调剂没有对应的另一方（同日期、同文号、金额相反）"))
    kept = (entry for entry in found if not rows.is_held(entry.row))
    return [Planned(entry.row + 1, replace(entry.event, pair=pairs.get(entry.event.id, 0))) for entry in kept]
