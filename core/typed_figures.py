"""Figures typed by hand into the report: which figure of the ledger each one is, and what could stand there instead.

An amount that contradicts the figure it names is a finding (C-044); one that equals it is offered as a token, so that
it follows the ledger from then on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.book import Book
from core.figures import FUND_ITEMS, Figure, Ref, figure, items, label, token
from core.i18n import _
from core.model import ProjectYear
from core.money import WAN_CENT, half_up, wan_rounded
from core.outline import print_name, reported_projects
from core.passage import Passage, passage
from core.text.amounts import Amount, amounts
from core.text.sentences import sentences
from core.text.statements import Statement, statements

_SPENT, _RATE = "实际支出", "执行率"
_TELLING = 3  # digits from which an amount without a name can hardly be another by chance
_MOST = 4  # figures offered for one amount


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure that could stand in place of a typed amount: by name, and the words with its token."""

    name: str
    raw: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed amount that equals figures of the ledger; places are those of the section's shown text."""

    start: int
    end: int
    text: str
    choices: tuple[Choice, ...]


def known(book: Book, year: int, key: str, about: int = 0) -> list[Typed]:
    """The amounts typed into a section that equal figures of its context: those the text names, else the unit's (in a
    text of a project the project's) that have the same value."""
    found = passage(book, year, key, about)
    if found is None:
        return []
    named = {said.start: (said, held) for said, held in stated(book, found, lambda said: not _is_token(found, said))}
    finest = finest_unit(said for said, _held in named.values())
    offers = []
    for amount in amounts(found.text):
        if amount.approx or found.is_figure(amount.start, amount.end) or amount.unit not in ("元", "万元", "%"):
            continue
        if amount.start in named:
            held = named[amount.start][1]
            figures = [held] if equals(amount, held, finest) else []
        else:
            figures = _same_value(book, found, amount)
        if figures:
            choices = tuple(_choice(book, year, one) for one in figures[:_MOST])
            offers.append(Typed(amount.start, amount.end, amount.text, choices))
    return offers


def stated(book: Book, found: Passage, wanted: Callable[[Statement], object]) -> list[tuple[Statement, Figure]]:
    """What a section states of the unit or of its projects, if ``wanted``, with the figure that the report prints.

    A text of a project is held against that project and its sub-projects alone; a sub-project has only payments.
    """
    year, own = found.year, found.part.about
    rows = _rows(book, found)
    said = statements(found.text, tuple(print_name(row.name) for row in rows), 0 if own else -1)
    pairs = []
    for one in filter(wanted, said):
        about = rows[one.project].project if one.project >= 0 else 0
        named = {0: year, -1: year - 1}.get(one.year, one.year)
        if named not in (year, year - 1) or book.year(named) is None or (book.parent(about) and one.item != _SPENT):
            continue
        held = figure(book, Ref(named, about, one.item))
        if held is not None and held.value is not None and _is_kept(book, named, about):
            pairs.append((one, held))
    return pairs


def finest_unit(said: Iterable[Statement]) -> int:
    """The finest printed unit (分) of the amounts that a text states."""
    return min((one.amount.printed_unit for one in said if one.amount.is_money), default=WAN_CENT)


def equals(amount: Amount, held: Figure, finest: int) -> bool:
    """Whether a typed amount is a figure as it may print: rounded or cut at the finest unit (分) of its text."""
    if isinstance(held.value, Fraction):
        return abs(Fraction(amount.number) - 100 * held.value) < Fraction(1, 10**amount.decimals)
    value, typed = held.value or 0, amount.fen or 0
    unit = min(amount.printed_unit, max(finest, 1))
    if not typed:
        return _rounded(value, WAN_CENT if amount.unit != "元" else unit) == 0
    if unit <= WAN_CENT:
        return _rounded(value, unit) == typed or (amount.unit != "元" and _rounded(value, WAN_CENT) == typed)
    return typed in (_rounded(value, unit), value - value % unit)


def token_words(held: Figure, year: int) -> str:
    """What a text of that year prints a figure with: its token, and 万元 behind an amount."""
    return token(held.ref, year) + ("万元" if isinstance(held.value, int) else "")


def _rows(book: Book, found: Passage) -> list[ProjectYear]:
    """The projects that a section may speak of."""
    year, own = found.year, found.part.about
    rows = [row for row in (book.project_year(year, own),) if row] if own else reported_projects(book, year)
    return rows + (book.children(year, own) if own else [])


def _same_value(book: Book, found: Passage, amount: Amount) -> list[Figure]:
    """The figures of a section's context that print as an amount whose name the text does not tell."""
    digits = str(amount.number).replace(".", "").strip("0-")
    if not amount.is_money or not amount.fen or len(digits) < _TELLING:
        return []
    same = [
        one
        for one in _context(book, found, amount)
        if isinstance(one.value, int)
        and amount.fen == (one.value if amount.unit == "元" else wan_rounded(one.value) * WAN_CENT)
    ]
    return same


def _context(book: Book, found: Passage, amount: Amount) -> Iterator[Figure]:
    """The figures that an amount may be: of the project that the text is about or names before it, else the unit's;
    those of the year before where the sentence names it."""
    year = found.year
    sentence = next((s for s in sentences(found.text) if s.start <= amount.start < s.end), None)
    spoken = found.text[found.text.rfind("\n", 0, amount.start) + 1 : amount.start]
    words = found.text[sentence.start : amount.start] if sentence else spoken
    earlier = _("上年") in words or str(year - 1) in words
    rows = _rows(book, found)
    named = rows if found.part.about else [row for row in rows if print_name(row.name) in spoken]
    abouts = [row.project for row in named] + ([] if found.part.about else [0])
    for about in abouts:
        for one in (year - 1, year) if earlier else (year,):
            for item in (_SPENT,) if about and book.parent(about) else items(about):
                held = figure(book, Ref(one, about, item))
                if held is not None and item not in (_RATE, *FUND_ITEMS):
                    yield held


def _choice(book: Book, year: int, held: Figure) -> Choice:
    name = label(book, held.ref)
    if held.ref.year != year:
        name = _("{year}年{name}").format(year=held.ref.year, name=name)
    return Choice(name, token_words(held, year))


def _is_token(found: Passage, said: Statement) -> bool:
    return found.is_figure(said.start, said.end)


def _is_kept(book: Book, year: int, about: int) -> bool:
    """Whether the ledger holds anything of the unit or the project in a year: nothing known is not zero."""
    held = (figure(book, Ref(year, about, item)) for item in ("全年预算", _SPENT if about else "支出"))
    return any(one.value for one in held if one)


def _rounded(value: int, unit: int) -> int:
    return half_up(value, unit) * unit
