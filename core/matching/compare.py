"""Pairs the payments of an export with those of the ledger: by exact keys first; of the rest it only proposes."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import combinations
from typing import TypeVar

from core.book import Book
from core.i18n import _
from core.intake.values import even
from core.jobs import Progress
from core.matching.exported import Export, ExportedPayment
from core.matching.model import AMOUNT, CODE, DATE, PAYEE, PROJECT, Answers, Comparison, Kind, Match
from core.matching.totals import totals
from core.model import Payment

NEAR = 10  # days that two entries of the same amount may lie apart to be proposed as one
_LOOKED_AT = 24  # candidates of the same amount looked at for one entry
_MOST_LEFT = 1_500  # entries left on a side: with more, sums that fit are chance
_LARGEST_GROUP, _MOST_PARTS = 14, 4  # among how many entries a sum is looked for, and of how many

Number = tuple[str, str, str]  # which number, its text, the month of a voucher
Line = ExportedPayment
T = TypeVar("T")


def compare(book: Book, export: Export, until: str, answers: Answers, progress: Progress | None = None) -> Comparison:
    """Hold an export of payments against the ledger's payments of its year up to the day ``until`` (ISO).

    Numbers decide first (of the bank, then of the voucher, of which several payments may bear one), then the whole
    content of what bears no number. What is left is proposed at most, and never what the officer said is apart.
    """
    held = [one for row in book.project_years(export.year) for one in book.loose_payments(export.year, row.project)]
    ours = sorted((one for one in held if one.date <= until), key=lambda one: (one.date, one.id))
    theirs = [one for one in export.payments if one.payment.date <= until]
    later = len(held) - len(ours) + len(export.payments) - len(theirs)
    work = _Pairing(export, theirs, ours, answers)
    stages = work.stages()
    for done, stage in enumerate(stages):
        if progress:
            progress.step(done, len(stages))
        stage()
    matches = tuple(sorted(work.matches(), key=_order))
    return Comparison(export, until, matches, *totals(book, export, matches), later)


def differing(export: Export, line: Line, payment: Payment) -> tuple[str, ...]:
    """The fields in which a row and a payment differ, of those that both have."""
    other = line.payment
    found = []
    if other.amount != payment.amount:
        found.append(AMOUNT)
    if other.date and other.date != payment.date:
        found.append(DATE)
    if line.project and other.project != payment.project:
        found.append(PROJECT)
    codes = ((other.functional_code, payment.functional_code), (other.economic_code, payment.economic_code))
    if any(one and own and one != own for one, own in codes):
        found.append(CODE)
    if other.payee and payment.payee and even(other.payee) != even(payment.payee):
        found.append(PAYEE)
    return tuple(found)


class _Pairing:
    """What is left on both sides, and what was found so far."""

    def __init__(self, export: Export, theirs: list[Line], ours: list[Payment], answers: Answers) -> None:
        self.export, self.answers = export, answers
        self.theirs = {one.row: one for one in theirs}
        self.ours = {one.id: one for one in ours}
        self.found: list[Match] = []
        self._apart = {(row, one) for rows, ids in answers.apart for row in rows for one in ids}
        fields = export.fields
        self._kinds = [kind for kind in ("bank_no", "voucher") if kind in fields]

    def stages(self) -> tuple[Callable[[], None], ...]:
        """What is done, one after the other."""
        return (
            self.take_answers,
            partial(self.by_number, True),
            partial(self.by_number, False),
            self.by_content,
            self.propose_pairs,
            self.propose_sums,
        )

    def matches(self) -> Iterator[Match]:
        """All that was found, and what is left alone."""
        for one in self.found:
            yield self._with_reason(one)
        for line in self.theirs.values():
            unsure = line.doubt and (not line.payment.amount or line.payment.date[:4] != str(self.export.year))
            kind = Kind.DOUBTFUL if unsure else Kind.THERE
            yield self._with_reason(Match(kind, (line,), why=line.doubt))
        for payment in self.ours.values():
            yield self._with_reason(Match(Kind.HERE, (), (payment,)))

    def _with_reason(self, one: Match) -> Match:
        reason = self.answers.accepted.get(one.key, "") if one.kind != Kind.MATCHED else ""
        return Match(one.kind, one.lines, one.payments, one.fields, one.why, reason, one.is_answered)

    # Exact keys

    def take_answers(self) -> None:
        """What the officer said is the same."""
        for rows, ids in self.answers.same:
            if all(row in self.theirs for row in rows) and all(one in self.ours for one in ids):
                self.pair(
                    [self.theirs[row] for row in rows], [self.ours[one] for one in ids], _("已确认是同一笔"), True
                )

    def by_number(self, in_month: bool) -> None:
        """Pair what bears the same number; vouchers begin anew every month in some offices, so their month counts
        first."""
        for kind in self._kinds:
            lines, payments = _grouped(self.theirs.values(), partial(_number_of, kind, in_month)), _grouped(
                self.ours.values(), partial(_number, kind, in_month)
            )  # fmt: skip
            for number, theirs in lines.items():
                ours = payments.get(number, [])
                if ours and (in_month or len(theirs) == len(ours) == 1):
                    self._within(theirs, ours, kind)

    def _within(self, theirs: list[Line], ours: list[Payment], kind: str) -> None:
        """Pair the entries of one number: those alike in all first, then those of the same amount, then the last
        ones left on both sides."""
        said = _("银行流水号相同") if kind == "bank_no" else _("凭证号相同")
        for alike in (_content, _amount):
            left = _grouped(ours, partial(alike))
            rest: list[Line] = []
            for line in theirs:
                fits = left.get(alike(line.payment), [])
                place = next((n for n, one in enumerate(fits) if self._may(line, one)), -1)
                if place < 0:
                    rest.append(line)
                    continue
                payment = fits.pop(place)
                self.pair([line], [payment], said)
            theirs, ours = rest, [one for one in ours if one.id in self.ours]
        if len(theirs) == len(ours) == 1 and self._may(theirs[0], ours[0]):
            line, payment = theirs[0], ours[0]
            fields = differing(self.export, line, payment)
            if AMOUNT in fields and PAYEE in fields and (PROJECT in fields or DATE in fields):
                self.propose([line], [payment], _("{said}，其他内容不同").format(said=said))
            else:
                self.pair([line], [payment], said)
        elif 1 in (len(theirs), len(ours)) and _sum(theirs) == sum(one.amount for one in ours):
            self.propose(theirs, ours, _("{said}，合计金额相等").format(said=said))

    def by_content(self) -> None:
        """Pair what is alike in date, amount, payee, purpose and project, as often as it stands on both sides; two
        different numbers keep entries apart."""
        fields = self.export.fields

        def key(payment: Payment) -> Hashable:
            payee = even(payment.payee) if "payee" in fields else ""
            purpose = even(payment.purpose) if "purpose" in fields else ""
            return payment.date, payment.amount, payee, purpose, payment.project

        ours = _grouped(self.ours.values(), key)
        for content, theirs in _grouped(self.theirs.values(), lambda line: key(line.payment)).items():
            rest = ours.get(content, [])
            for has_line, has_payment in ((False, False), (False, True), (True, False)):
                lines = [one for one in theirs if one.row in self.theirs and self._numbered(one.payment) == has_line]
                payments = [one for one in rest if one.id in self.ours and self._numbered(one) == has_payment]
                for line, payment in zip(lines, payments, strict=False):
                    if self._may(line, payment):
                        self.pair([line], [payment], _("日期、金额、收款人、用途和项目都相同"))

    def _numbered(self, payment: Payment) -> bool:
        return any(getattr(payment, kind) for kind in self._kinds)

    # Proposals

    def propose_pairs(self) -> None:
        """Propose what has the same amount and lies near in time, or has the same payee, the likeliest first."""
        days = {one.id: _ordinal(one.date) for one in self.ours.values()}
        ours = _grouped(self.ours.values(), _amount)
        for group in ours.values():
            group.sort(key=lambda one: (days[one.id], one.id))
        offers: list[tuple[tuple[int, ...], Line, Payment, str]] = []
        for line in self.theirs.values():
            group = ours.get(line.payment.amount, [])
            if not line.payment.amount or not group:
                continue
            day, payee = _ordinal(line.payment.date), even(line.payment.payee)
            place = bisect_left(group, day, key=lambda one: days[one.id])
            for payment in group[max(0, place - _LOOKED_AT // 2) : place + _LOOKED_AT // 2]:
                apart = abs(days[payment.id] - day)
                same_payee = bool(payee) and even(payment.payee) == payee
                if not (same_payee or apart <= NEAR) or not self._may(line, payment):
                    continue
                same_project = payment.project == line.payment.project
                why = _("金额和收款人相同") if same_payee else _("金额相同，日期相近")
                rank = (not same_payee, not same_project, apart, line.row, payment.id)
                offers.append((rank, line, payment, why))
        for _rank, line, payment, why in sorted(offers, key=lambda one: one[0]):
            if line.row in self.theirs and payment.id in self.ours:
                self.propose([line], [payment], why)

    def propose_sums(self) -> None:
        """Propose several entries for one of their sum: of the same payee, number or day."""
        if max(len(self.theirs), len(self.ours)) > _MOST_LEFT:
            return
        for by, why in ((_payee, _("同一收款人，几笔合计相等")), (_voucher, _("同一凭证号，几笔合计相等")),
                        (_day, _("同一天，几笔合计相等"))):  # fmt: skip
            lines = _grouped(self.theirs.values(), lambda line, by=by: by(line.payment))  # type: ignore[misc]
            payments = _grouped(self.ours.values(), by)
            for key, theirs in lines.items():
                ours = payments.get(key, [])
                if not key or not ours:
                    continue
                for line in theirs:
                    if line.row in self.theirs and line.payment.amount:
                        left = [one for one in ours if one.id in self.ours and self._may(line, one)]
                        parts = _parts(left, line.payment.amount, _amount)
                        if parts:
                            self.propose([line], parts, why)
                for payment in ours:
                    if payment.id in self.ours:
                        rest = [one for one in theirs if one.row in self.theirs and self._may(one, payment)]
                        pieces = _parts(rest, payment.amount, lambda line: line.payment.amount)
                        if pieces:
                            self.propose(pieces, [payment], why)

    # What was found

    def pair(self, lines: list[Line], payments: list[Payment], why: str, is_answered: bool = False) -> None:
        """These are the same; where they are not alike in all, they differ."""
        fields: tuple[str, ...]
        if len(lines) == len(payments) == 1:
            fields = differing(self.export, lines[0], payments[0])
        else:
            fields = (
                () if sum(one.payment.amount for one in lines) == sum(one.amount for one in payments) else (AMOUNT,)
            )
        kind = Kind.DIFFERENT if fields else Kind.MATCHED
        self._take(Match(kind, tuple(lines), tuple(payments), fields, why, "", is_answered))

    def propose(self, lines: list[Line], payments: list[Payment], why: str) -> None:
        """These may be the same: the officer is asked."""
        fields = differing(self.export, lines[0], payments[0]) if len(lines) == len(payments) == 1 else ()
        self._take(Match(Kind.DOUBTFUL, tuple(lines), tuple(payments), fields, why))

    def _take(self, match: Match) -> None:
        self.found.append(match)
        for line in match.lines:
            del self.theirs[line.row]
        for payment in match.payments:
            del self.ours[payment.id]

    def _may(self, line: Line, payment: Payment) -> bool:
        return (line.row, payment.id) not in self._apart


def _grouped(those: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = defaultdict(list)
    for one in those:
        value = key(one)
        if value is not None:
            found[value].append(one)
    return found


def _parts(those: list[T], wanted: int, amount: Callable[[T], int]) -> list[T]:
    """The only several of ``those`` that sum to ``wanted``; none where several choices do, or too many stand there."""
    if len(those) < 2 or len(those) > _LARGEST_GROUP:
        return []
    sizes = sorted({*range(2, min(_MOST_PARTS, len(those)) + 1), len(those)})
    fits = [list(some) for size in sizes for some in combinations(those, size) if sum(map(amount, some)) == wanted]
    return fits[0] if len(fits) == 1 else []


def _number(kind: str, in_month: bool, payment: Payment) -> Number | None:
    text = getattr(payment, kind)
    if not text:
        return None
    return kind, even(text), payment.date[:7] if kind == "voucher" and in_month else ""


def _number_of(kind: str, in_month: bool, line: Line) -> Number | None:
    return _number(kind, in_month, line.payment)


def _sum(lines: Iterable[Line]) -> int:
    return sum(one.payment.amount for one in lines)


def _amount(payment: Payment) -> int:
    return payment.amount


def _content(payment: Payment) -> Hashable:
    return payment.date, payment.amount, even(payment.payee), payment.project


def _payee(payment: Payment) -> str:
    return even(payment.payee)


def _voucher(payment: Payment) -> str:
    return even(payment.voucher)


def _day(payment: Payment) -> str:
    return payment.date


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _order(one: Match) -> tuple[str, int, int]:
    """By date, then as they stand in the export and in the ledger."""
    days = [line.payment.date for line in one.lines] or [payment.date for payment in one.payments]
    rows, ids = one.key
    return min(days), rows[0] if rows else 0, ids[0] if ids else 0
