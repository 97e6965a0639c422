"""Rows of a payment list (支付明细) as payments: duplicates on exact keys, refunds linked to what they reverse."""

import re
from collections import Counter, defaultdict
from dataclasses import replace

from core.book import Book
from core.codes import CodeKind
from core.i18n import _
from core.intake.classes import code_of, fund_of
from core.intake.owners import Owners
from core.intake.plan import LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import even
from core.model import BudgetEvent, Fund, Payment

_VOID = re.compile(r"作废|未支付|退票|删除|审核不通过|未通过|失败|待支付|撤销|终止")

Content = tuple[str, int, str, str, int]  # date, amount, payee, purpose, project
Number = tuple[str, str, str]  # which number, its text, the month of a voucher


def read_payments(book: Book, rows: Rows, owners: Owners) -> tuple[list[Planned], list[LeftOut], int]:
    """The payments to store, the rows left out as duplicates, and the sum (分) of all rows that are payments."""
    found: list[tuple[int, Payment]] = []
    total = 0
    for row in rows.entries():
        payment = payment_of(book, rows, owners, row)
        if payment is None:
            continue
        total += payment.amount
        if not rows.is_held(row):
            found.append((row, payment))
    fresh, duplicates = _without_known(book, rows, found)
    return _linked(book, rows, fresh), duplicates, total


def payment_of(book: Book, rows: Rows, owners: Owners, row: int) -> Payment | None:
    """The payment of a row; None where the row is left out."""
    status = rows.text(row, "status")
    if status and _VOID.search(status):
        rows.skip(row, _("状态为“{status}”").format(status=status))
        return None
    amount = rows.amount(row)
    if amount is None and not rows.is_held(row):
        rows.doubt(row, "amount", _("没有金额"))
    if amount == 0 and not rows.is_held(row):
        rows.skip(row, _("金额为零"))
        return None
    day = rows.day(row) if rows.has("date") else ""
    day = day or rows.choices.day
    if not day and not rows.is_held(row):
        rows.doubt(row, "date", _("没有日期"))
    if day and day[:4] != str(rows.year):
        rows.doubt(row, "date", _("日期不在{year}年度内").format(year=rows.year))
    project = owners.of_row(rows, row)
    functional, economic = codes_of(rows, row)
    return Payment(
        id=next(owners.ids),
        year=rows.year,
        project=project,
        date=day,
        amount=amount or 0,
        fund=fund_in(rows, row),
        event=_drawn_on(book, rows.year, project, rows.text(row, "document")),
        payee=rows.text(row, "payee"),
        purpose=rows.text(row, "purpose"),
        voucher=rows.code(row, "voucher"),
        bank_no=rows.code(row, "bank_no"),
        functional_code=functional,
        economic_code=economic,
        method=rows.text(row, "method"),
        batch=owners.batch,
        memo=rows.text(row, "memo"),
    )


def fund_in(rows: Rows, row: int) -> Fund:
    """The fund source of a row; 一般公共预算资金 where it names none, or one that is not known, which is noted."""
    text = rows.text(row, "fund")
    found = fund_of(text) if text else Fund.GENERAL
    if found is None:
        rows.doubt(row, "fund", _("资金性质无法识别，按一般公共预算资金登记"), holds=False)
    return found or Fund.GENERAL


def codes_of(rows: Rows, row: int) -> tuple[str, str]:
    """Functional and department economic code of a row; what cannot be right is noted."""
    found = []
    for field, kind in (("functional", CodeKind.FUNCTIONAL), ("economic", CodeKind.DEPARTMENT)):
        text = rows.text(row, field)
        code, agrees = code_of(text, kind, rows.year) if text else ("", True)
        if text and not code:
            rows.doubt(row, field, _("科目无法识别，未登记"), holds=False)
        elif not agrees:
            rows.doubt(row, field, _("科目代码与名称不符，按代码登记"), holds=False)
        found.append(code)
    return found[0], found[1]


def _drawn_on(book: Book, year: int, project: int, document: str) -> int:
    """The one budget event of a project with that document number; 0 for none or several."""
    if not document:
        return 0

    def numbered() -> dict[str, list[BudgetEvent]]:
        found: dict[str, list[BudgetEvent]] = {}
        for event in book.events(year, project):
            if event.doc_no and event.amount > 0:
                found.setdefault(even(event.doc_no), []).append(event)
        return found

    events = book.memo(year, project, "by document", numbered).get(even(document), [])
    return events[0].id if len(events) == 1 else 0


# Duplicates


def _content(payment: Payment) -> Content:
    return payment.date, payment.amount, even(payment.payee), even(payment.purpose), payment.project


def _number(payment: Payment) -> Number | None:
    """The number that tells payments apart: of the bank, else of the voucher, which begins anew every month in some
    offices."""
    if payment.bank_no:
        return "bank", payment.bank_no, ""
    return ("voucher", payment.voucher, payment.date[:7]) if payment.voucher else None


def _without_known(
    book: Book, rows: Rows, found: list[tuple[int, Payment]]
) -> tuple[list[tuple[int, Payment]], list[LeftOut]]:
    """The payments that are new, and the rows that repeat what is known, by number or, without one, by content."""
    held: Counter[Content] = Counter()
    numbers: dict[Number, Counter[Content]] = defaultdict(Counter)
    for project in book.project_years(rows.year) if found else ():
        for payment in book.loose_payments(rows.year, project.project):
            held[_content(payment)] += 1
            for known_number in _numbers(payment):
                numbers[known_number][_content(payment)] += 1
    seen: dict[tuple[Number, Content], int] = {}
    fresh: list[tuple[int, Payment]] = []
    duplicates: list[LeftOut] = []
    for row, payment in found:
        content, number = _content(payment), _number(payment)
        reason = ""
        if number is None:
            if held[content] > 0:
                held[content] -= 1
                reason = _("台账中已有日期、金额、收款人、用途和项目都相同的支出")
        elif (number, content) in seen:
            reason = _("与第{row}行编号和内容都相同").format(row=seen[number, content] + 1)
        elif known := numbers.get(number):
            if known[content]:
                reason = _("编号{number}已登记").format(number=number[1])
            elif row + 1 not in rows.choices.taken:
                text = _("编号{number}已登记，但内容不同，请核对是否为同一笔")
                field = "bank_no" if number[0] == "bank" else "voucher"
                rows.doubt(row, field, text.format(number=number[1]), may_take=True)
                continue
        if number is not None:
            seen.setdefault((number, content), row)
        if reason and row + 1 not in rows.choices.taken:
            duplicates.append(LeftOut(row + 1, reason))
        else:
            fresh.append((row, payment))
    return fresh, duplicates


def _numbers(payment: Payment) -> list[Number]:
    found: list[Number] = [("bank", payment.bank_no, "")] if payment.bank_no else []
    return [*found, ("voucher", payment.voucher, payment.date[:7])] if payment.voucher else found


# Refunds


def _linked(book: Book, rows: Rows, found: list[tuple[int, Payment]]) -> list[Planned]:
    """The payments, negative ones with the payment they reverse; one that fits none, or several, is a doubt."""
    if all(payment.amount > 0 for _row, payment in found):
        return [Planned(row + 1, payment) for row, payment in found]
    projects = {payment.project for _row, payment in found if payment.amount < 0}
    originals: dict[int, dict[int, Payment]] = {project: {} for project in projects}
    left: dict[int, int] = {}
    for project in projects:
        for payment in book.payments(rows.year, project):
            if payment.amount > 0:
                originals[project][payment.id] = payment
                left[payment.id] = payment.amount + sum(back.amount for back in book.reversals(payment.id))
    for _row, payment in found:
        if payment.amount > 0 and payment.project in projects:
            originals[payment.project][payment.id] = payment
            left[payment.id] = payment.amount
    planned: list[Planned] = []
    for row, payment in found:
        if payment.amount > 0:
            planned.append(Planned(row + 1, payment))
            continue
        fits = fitting(payment, originals[payment.project], left, rows.text(row, "original"))
        if len(fits) == 1:
            left[fits[0].id] += payment.amount
            planned.append(Planned(row + 1, reversing(payment, fits[0])))
        elif fits:
            text = _("负数，可能冲销的原支出有{count}笔，请在台账中对原支出使用“红字冲销”")
            rows.doubt(row, "amount", text.format(count=len(fits)))
        else:
            rows.doubt(row, "amount", _("负数，本年同一项目中没有对应的原支出；退回以前年度支出的，请登记年初余额调整"))
    return planned


def fitting(back: Payment, those: dict[int, Payment], left: dict[int, int], named: str) -> list[Payment]:
    """The payments a refund may reverse: the one it names, else those of its payee or purpose with as much left, the
    very amount before larger ones."""
    open_ = [one for one in those.values() if left[one.id] >= -back.amount and one.date <= back.date]
    if named:
        return [one for one in open_ if one.voucher and even(one.voucher) == even(named)]
    same = [one for one in open_ if back.voucher and one.voucher == back.voucher and one.date == back.date]
    if len(same) == 1:
        return same
    payee, purpose = even(back.payee), even(back.purpose)
    near = [one for one in open_ if (payee and even(one.payee) == payee) or (purpose and _about(one.purpose, purpose))]
    exact = [one for one in near if left[one.id] == -back.amount]
    both = [one for one in exact if even(one.payee) == payee and _about(one.purpose, purpose)]
    return both if len(both) == 1 else exact or near


def _about(original: str, refund: str) -> bool:
    """Whether the purpose of a refund speaks of a payment's purpose: 退办公用品款 of 办公用品."""
    bare = even(original)
    return bool(bare) and bare in refund


def reversing(payment: Payment, original: Payment) -> Payment:
    """A refund as the 红字 of the payment it takes back."""
    return replace(
        payment,
        reverses=original.id,
        fund=original.fund,
        event=original.event,
        functional_code=payment.functional_code or original.functional_code,
        economic_code=payment.economic_code or original.economic_code,
    )
