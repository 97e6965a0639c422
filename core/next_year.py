"""Opening the next year (新建下年度) with what it takes over from this one, marked 沿用上年 until confirmed."""

from collections.abc import Collection, Iterable

from core.attached import FORM
from core.book import Book
from core.change import Change, join
from core.commands import open_year
from core.draft import Draft
from core.errors import UserError
from core.goals import Version
from core.i18n import _
from core.model import Indicator, ProjectYear, Section
from core.outline import part
from core.projects import take_over_projects

# What an indicator of this year leaves behind: how it turned out.
_RESULT = {
    name: getattr(Indicator(id=0), name)
    for name in ("actual", "actual_unit", "attained", "score", "reason", "evidence", "sample", "inapplicable")
}


def open_next_year(
    book: Book,
    year: int,
    policy: str,
    projects: Collection[int] | None = None,
    indicators: bool = True,
    texts: bool = False,
    template: str = "",
) -> Change:
    """Open ``year`` + 1 under a policy (TOML text) with this year's names and report template, or another one (TOML
    text), and take over its projects (the ``projects`` chosen, or all), their indicators and their texts.

    Money is not carried here, see ``core.carrying.carry_over``. Raises ``UserError`` where this year is not there,
    or the next one is already.
    """
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    opened = open_year(book, year + 1, policy, template or record.template)
    taken = take_over(book.apply(opened), year + 1, projects, indicators, texts)
    return join(opened.label, (opened, taken))


def take_over(
    book: Book, year: int, projects: Collection[int] | None = None, indicators: bool = True, texts: bool = False
) -> Change:
    """Take over into ``year`` what it does not have yet of the year before: projects with their names and codes,
    targets of indicators, texts of the report, forms of the unit's own."""
    changes = [take_over_projects(book, year, projects)]
    book = book.apply(changes[0])
    abouts = [0, *(row.project for row in book.project_years(year))]
    draft = Draft(book)
    if indicators:
        _take_indicators(draft, year, abouts)
    if texts:
        _take_texts(draft, year, abouts)
    _take_forms(draft, year)
    changes.append(draft.change(""))
    return join(_("沿用{year}年度内容").format(year=year - 1), changes)


def _take_indicators(draft: Draft, year: int, abouts: Iterable[int]) -> None:
    """The targets of the year before; where it has no target table, the indicators of its self-evaluation."""
    book = draft.book
    for about in abouts:
        if book.indicators(year, about, Version.GOAL):
            continue
        earlier = book.indicators(year - 1, about, Version.GOAL) or book.indicators(year - 1, about, Version.SELF)
        for one in earlier:
            copy = draft.add(one)
            draft.replace(copy, year=year, version=Version.GOAL, goal=0, taken_over=True, **_RESULT)


def _take_texts(draft: Draft, year: int, abouts: Collection[int]) -> None:
    """The officer's texts, where this year's report has a place for them that is still the template's."""
    book = draft.book
    for text in [one for one in book.all(Section) if one.year == year - 1 and one.about in abouts]:
        if book.section(year, text.key, text.about) is None and part(book, year, text.key, text.about):
            copy = draft.add(text)
            draft.replace(copy, year=year, taken_over=True)


def _take_forms(draft: Draft, year: int) -> None:
    """The unit's own forms, whose bytes are kept once for all years."""
    held = {one.digest for one in draft.book.attachments(year, FORM)}
    for form in draft.book.attachments(year - 1, FORM):
        if form.digest not in held:
            copy = draft.add(form)
            draft.replace(copy, year=year)


def unconfirmed(book: Book, year: int) -> list[ProjectYear | Indicator | Section]:
    """What the year took over and nobody has confirmed yet (沿用上年)."""
    rows = [row for row in book.project_years(year) if row.taken_over]
    indicators = (one for one in book.all(Indicator) if one.year == year and one.taken_over)
    return [*rows, *indicators, *(one for one in book.all(Section) if one.year == year and one.taken_over)]


def confirm_taken_over(book: Book, year: int, projects: Collection[int] | None = None) -> Change:
    """Confirm what was taken over: of the projects named (0: the unit's own indicators and texts), or everything."""
    draft = Draft(book)
    for record in unconfirmed(book, year):
        owner = record.project if isinstance(record, ProjectYear) else record.about
        if projects is None or owner in projects:
            draft.replace(record, taken_over=False)
    return draft.change(_("确认沿用内容"))
