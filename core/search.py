"""Finding anything in a file by a few words: projects, entries by amount, voucher, payee or document, text, pages."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from core.book import Book
from core.check import About
from core.errors import UserError
from core.i18n import _
from core.model import EVENT_LABELS, BudgetEvent, Commitment, Payment
from core.money import parse_amount, show_yuan
from core.outline import outline, print_name, shown_text

MOST = 40  # hits that are told; more make nobody wiser


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it stands, and the place to go to."""

    kind: str  # 项目, 支出, …
    title: str
    detail: str
    about: About
    year: int


def search(book: Book, year: int, text: str, most: int = MOST) -> list[Hit]:
    """What the words name, the year on show first, then the others, newest first. Every word must be there; a number
    finds the amounts that are it (in 元, or with its unit: 1.2万)."""
    words = [word for word in plain_words(text).split() if word]
    if not words:
        return []
    amounts = _amounts(text)
    years = [year, *(y.year for y in reversed(book.years()) if y.year != year)]
    found: list[Hit] = []
    for one in years:
        for source in (_projects, _indicators, _events, _payments, _commitments, _sections):
            for make, haystack, amount in source(book, one):
                if amount in amounts or all(word in haystack for word in words):
                    found.append(make())
                    if len(found) == most:
                        return found
    return found


def plain_words(text: str) -> str:
    """Words in one width and case, as they are compared."""
    return unicodedata.normalize("NFKC", text).casefold()


def _amounts(text: str) -> frozenset[int]:
    """The amounts a search may mean: as typed, in 元 and in 万元."""
    found: set[int] = set()
    for candidate in (text, f"{text}万"):
        try:
            found.add(abs(parse_amount(candidate)))
        except (UserError, ValueError):
            continue
    return frozenset(found - {0})


# How the hit is made, the words it is found by, and its amount (0: none).
Found = Iterator[tuple[Callable[[], Hit], str, int]]
Source = Callable[[Book, int], Found]


def _same(hit: Hit) -> Hit:
    return hit


def _projects(book: Book, year: int) -> Found:
    for row in book.project_years(year):
        kind = _("子项目") if book.parent(row.project) else _("项目")
        hit = Hit(kind, row.name, row.code, About("project", row.project), year)
        yield partial(_same, hit), plain_words(f"{row.name} {row.code} {row.kind}"), 0


def _indicators(book: Book, year: int) -> Found:
    for owner in (0, *(row.project for row in book.projects(year))):
        row = book.project_year(year, owner) if owner else None
        for one in book.indicators(year, owner):
            place = row.name if row else _("单位整体")
            hit = Hit(_("指标"), one.name, print_name(place), About("indicator", one.id), year)
            yield partial(_same, hit), plain_words(f"{one.name} {one.level1} {one.level2}"), 0


def _events(book: Book, year: int) -> Found:
    for row in book.project_years(year):
        for event in book.events(year, row.project):
            words = f"{EVENT_LABELS[event.kind]} {event.doc_no} {event.doc_title} {event.memo} {event.date}"
            title = f"{EVENT_LABELS[event.kind]} {show_yuan(event.amount)}元"
            detail = " ".join(part for part in (event.date, event.doc_no, row.name) if part)
            hit = Hit(_("预算变动"), title, detail, About(BudgetEvent.table.removeprefix("budget_"), event.id), year)
            yield partial(_same, hit), plain_words(words), abs(event.amount)


def _payments(book: Book, year: int) -> Found:
    for row in book.project_years(year):
        for payment, words in _worded(book, year, row.project):
            yield partial(_payment_hit, payment, row.name), words, abs(payment.amount)


def _payment_hit(payment: Payment, project: str) -> Hit:
    title = f"{payment.purpose or payment.payee or _('支出')} {show_yuan(payment.amount)}元"
    detail = " ".join(part for part in (payment.date, payment.voucher, payment.payee, project) if part)
    return Hit(_("支出"), title, detail, About(Payment.table, payment.id), payment.year)


def _worded(book: Book, year: int, project: int) -> list[tuple[Payment, str]]:
    """A project's payments with the words they are found by, kept until one of them changes."""

    def words() -> list[tuple[Payment, str]]:
        return [
            (p, plain_words(" ".join((p.purpose, p.payee, p.voucher, p.bank_no, p.date, p.memo))))
            for p in book.payments(year, project)
        ]

    return book.memo(year, project, "searched words", words)


def _commitments(book: Book, year: int) -> Found:
    for row in book.project_years(year):
        for one in book.commitments(year, row.project):
            title = f"{one.purpose or _('在途')} {show_yuan(one.amount)}元"
            hit = Hit(_("在途"), title, f"{one.date} {row.name}", About(Commitment.table, one.id), year)
            yield partial(_same, hit), plain_words(f"{one.purpose} {one.payee} {one.date} {one.memo}"), abs(one.amount)


def _sections(book: Book, year: int) -> Found:
    for part in outline(book, year):
        if part.mode == "heading":
            continue
        row = book.project_year(year, part.about) if part.about else None
        text = shown_text(book, year, part).text
        title = row.name if row else part.title
        hit = Hit(_("报告文字"), title, " ".join(text.split())[:40], About("section", part.about, part.key), year)
        yield partial(_same, hit), plain_words(f"{title} {text}"), 0
