"""指标余额 held against the ledger: budget, spent and balance by project and fund source, with what may explain it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from core.balance import ONLY, Balance, any_fund, own_balance, project_balance
from core.book import Book
from core.i18n import _
from core.matching.exported import Export, ExportedQuota
from core.matching.model import Kind
from core.model import DISPOSITIONS, EVENT_LABELS, FUND_LABELS
from core.money import show_yuan
from core.outline import print_name

_SAID = 3  # candidates that are named
BUDGET, SPENT, LEFT = "budget", "spent", "left"


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One project and fund source on both sides, in 分; None where the export does not say."""

    kind: Kind
    project: int  # 0: the ledger has none such
    name: str
    fund: str  # empty: all money of the project
    there: tuple[int | None, int | None, int | None]  # budget, spent, left
    here: tuple[int, int, int] | None
    fields: tuple[str, ...] = ()
    why: str = ""  # what may explain the difference
    reason: str = ""
    rows: tuple[int, ...] = ()  # of the export

    @property
    def key(self) -> tuple[int, str, str]:
        """What it is known by while the comparison lasts."""
        return self.project, self.name if not self.project else "", self.fund

    @property
    def difference(self) -> int:
        """What the export has more of what is left, or of the first figure it says."""
        own = self.here or (0, 0, 0)
        pairs = [(theirs, mine) for theirs, mine in zip(self.there, own, strict=True) if theirs is not None]
        return pairs[-1][0] - pairs[-1][1] if pairs else -own[2]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.kind != Kind.MATCHED and not self.reason


@dataclass(frozen=True)
class QuotaComparison:
    """All projects and fund sources of both sides."""

    export: Export
    rows: tuple[QuotaRow, ...]

    def of(self, kind: Kind) -> tuple[QuotaRow, ...]:
        """The rows of a kind."""
        return tuple(one for one in self.rows if one.kind == kind)

    @property
    def open(self) -> tuple[QuotaRow, ...]:
        """What is still to be done."""
        return tuple(one for one in self.rows if one.is_open)


def compare_quotas(
    book: Book, export: Export, accepted: dict[tuple[int, str, str], str] | None = None
) -> QuotaComparison:
    """Hold an export of quotas against the ledger as it is now. What was recalled (财政收回) no longer counts in the
    quota of the system: the ledger's budget is taken less what was recalled."""
    year = export.year
    groups: dict[tuple[int, str, str], list[ExportedQuota]] = defaultdict(list)
    by_fund = {one.project for one in export.quotas if one.project and not one.fund}  # compared as a whole
    for one in export.quotas:
        fund = "" if one.project in by_fund else one.fund
        groups[one.project, "" if one.project else one.name, fund].append(one)
    rows: list[QuotaRow] = []
    for (project, _name, fund), those in groups.items():
        there = tuple(_sum(those, field) for field in (BUDGET, SPENT, LEFT))
        held = _held(book, year, project, fund, {one.project for one in export.quotas}) if project else None
        name = _title(book, year, project) or those[0].name
        rows.append(_row(project, name, fund, there, held, tuple(one.row for one in those)))  # type: ignore[arg-type]
    rows += _missing(book, export)
    said = accepted or {}
    explained = [_with(row, _candidates(book, year, row, rows), said.get(row.key, "")) for row in rows]
    order = {one.project: place for place, one in enumerate(book.project_years(year))}
    explained.sort(key=lambda row: (order.get(row.project, len(order)), row.name, row.fund))
    return QuotaComparison(export, tuple(explained))


def _sum(those: list[ExportedQuota], field: str) -> int | None:
    amounts = [getattr(one, field) for one in those]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _balance(book: Book, year: int, project: int, fund: str, listed: set[int]) -> Balance:
    """With its sub-projects, unless the export lists them by themselves."""
    funds = ONLY[fund] if fund else any_fund
    apart = any(child.project in listed for child in book.children(year, project))
    return (own_balance if apart else project_balance)(book, year, project, funds)


def _held(book: Book, year: int, project: int, fund: str, listed: set[int]) -> tuple[int, int, int]:
    balance = _balance(book, year, project, fund, listed)
    gone = balance.recovered + balance.surplus + balance.carried
    return balance.budget - gone, balance.spent, balance.undisposed


def _row(
    project: int,
    name: str,
    fund: str,
    there: tuple[int | None, int | None, int | None],
    here: tuple[int, int, int] | None,
    rows: tuple[int, ...],
) -> QuotaRow:
    if here is None:
        return QuotaRow(Kind.THERE, project, name, fund, there, None, rows=rows)
    pairs = zip((BUDGET, SPENT, LEFT), there, here, strict=True)
    fields = tuple(field for field, theirs, mine in pairs if theirs is not None and theirs != mine)
    return QuotaRow(Kind.DIFFERENT if fields else Kind.MATCHED, project, name, fund, there, here, fields, rows=rows)


def _missing(book: Book, export: Export) -> Iterator[QuotaRow]:
    """Projects with money in the ledger that the export does not name."""
    year = export.year
    listed = {one.project for one in export.quotas}
    whole = {one.project for one in export.quotas if not one.fund}
    named = {(one.project, one.fund) for one in export.quotas}
    has_funds = "fund" in export.fields
    for row in book.project_years(year):
        if row.project in whole or book.parent(row.project):
            continue
        if any(child.project in listed for child in book.children(year, row.project)) and row.project not in listed:
            continue
        for fund in ONLY if has_funds else ("",):
            if (row.project, fund) in named:
                continue
            here = _held(book, year, row.project, fund, listed)
            if any(here):
                yield QuotaRow(Kind.HERE, row.project, row.name, fund, (None, None, None), here)


def _title(book: Book, year: int, project: int) -> str:
    row = book.project_year(year, project) if project else None
    if row is None:
        return ""
    above = book.project_year(year, book.parent(project)) if book.parent(project) else None
    return f"{above.name}／{row.name}" if above else row.name


def _with(row: QuotaRow, why: str, reason: str) -> QuotaRow:
    return QuotaRow(
        row.kind, row.project, row.name, row.fund, row.there, row.here, row.fields, why,
        reason if row.kind != Kind.MATCHED else "", row.rows,
    )  # fmt: skip


def _candidates(book: Book, year: int, row: QuotaRow, rows: list[QuotaRow]) -> str:
    """What may explain a difference, in words; nothing is changed by it."""
    if row.kind != Kind.DIFFERENT or row.here is None:
        return ""
    found: list[str] = []
    below = [row.project, *(child.project for child in book.children(year, row.project))]
    for number, field in enumerate((BUDGET, SPENT, LEFT)):
        theirs = row.there[number]
        if field not in row.fields or theirs is None or (field == LEFT and len(row.fields) > 1):
            continue
        lacking = theirs - row.here[number]
        if field == BUDGET:
            for one in below:
                for event in book.events(year, one):
                    effect = -event.amount if event.kind in DISPOSITIONS else event.amount
                    if effect == -lacking:
                        text = _("{day}{kind}{amount}元，导出中可能还没有")
                        words = {"day": event.date, "kind": EVENT_LABELS[event.kind], "amount": show_yuan(event.amount)}
                        found.append(text.format(**words))
        if field == SPENT:
            fits = [p for one in below for p in book.payments(year, one) if p.amount == abs(lacking)]
            text = (
                _("{day}支出{amount}元，可能多记")
                if lacking < 0
                else _("与{day}支出{amount}元相等，可能漏记同样的一笔")
            )
            found += [text.format(day=one.date, amount=show_yuan(one.amount)) for one in fits]
        if field == LEFT:
            committed = _balance(book, year, row.project, row.fund, set()).committed
            if committed and lacking == -committed:
                found.append(_("等于在途{amount}元").format(amount=show_yuan(committed)))
        for other in rows:
            if other.here is None or other.key == row.key or other.kind == Kind.MATCHED:
                continue
            opposite = (other.there[number] or 0) - other.here[number]
            if opposite == -lacking and (field in other.fields or other.kind == Kind.HERE):
                where = FUND_LABELS[other.fund] if other.project == row.project else print_name(other.name)
                found.append(_("可能记在“{name}”").format(name=where))
    return "；".join(dict.fromkeys(found[:_SAID]))
