"""Questions to the officer: what no arithmetic can decide, asked once by a rule and answered with one of its choices.

A rule with ``choices`` raises its finding until the question is answered, and what it says then is up to the
answer. An answer may be changed or taken back at any time.
"""

from datetime import date

from core.book import Book
from core.change import Change
from core.check import About, Rule
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import Answer, clean_text


def answered(book: Book, one: Rule, year: int, about: About) -> str:
    """The key of the choice that was made; empty while the question is open."""
    held = book.answer(year, one.id, about.key())
    return held.answer if held else ""


def answer(book: Book, one: Rule, year: int, about: str, choice: str, note: str, today: date) -> Change:
    """Answer a rule's question about a place (``About.key()``). Raises ``UserError`` for a choice it does not offer."""
    if choice not in dict(one.choices):
        raise UserError(_("请从给出的答案中选择一项。"))
    draft = Draft(book)
    held = book.answer(year, one.id, about)
    given = {"answer": choice, "note": clean_text(note).strip(), "date": today.isoformat()}
    if held:
        draft.replace(held, **given)
    else:
        draft.add(Answer(id=0, year=year, rule=one.id, about=about, **given))
    return draft.change(_("回答：{title}").format(title=one.title))


def take_back(book: Book, one: Rule, year: int, about: str) -> Change:
    """Take an answer back: the question is open again."""
    draft = Draft(book)
    held = book.answer(year, one.id, about)
    if held:
        draft.remove(held)
    return draft.change(_("撤回回答：{title}").format(title=one.title))
