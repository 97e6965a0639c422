"""The projects of a year as a list: order, removal, and what is taken over from the year before."""

from core.book import Book
from core.change import Change, join
from core.commands import add_event, continue_project, remove_event, set_event
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import EventKind, Project, ProjectYear, Section, Stated


def take_over_projects(book: Book, year: int) -> Change:
    """Take over every project of the year before that is not in ``year`` yet, sub-projects included."""
    changes = []
    for row in book.project_years(year - 1):
        if book.project_year(year, row.project) is None:
            changes.append(continue_project(book, year, row.project))
            book = book.apply(changes[-1])
    return join(_("沿用{year}年度项目").format(year=year - 1), changes)


def renew_opening(book: Book, year: int, project: int, fund: str) -> Change:
    """Make a project's 上年结转 of one fund source what the year before carried over (结转下年).

    The only event behind it is edited, none is entered on 1 January, several take the difference as one more.
    A project that is not in ``year`` yet is taken over first.
    """
    label = _("更正上年结转")
    changes = []
    if book.project_year(year, project) is None:
        changes.append(continue_project(book, year, project))
        book = book.apply(changes[0])
    carried = _sum(book, year - 1, project, EventKind.CARRIED, fund)
    held = [e for e in book.events(year, project) if e.kind == EventKind.OPENING and e.fund == fund]
    difference = carried - sum(event.amount for event in held)
    if len(held) == 1 and difference:
        only = held[0]
        changes.append(set_event(book, only.id, amount=carried) if carried else remove_event(book, only.id))
    elif difference:
        day = f"{year}-01-01"
        origin = year - 1
        changes.append(
            add_event(book, year, project, EventKind.OPENING, day, difference, fund=fund, origin_year=origin)
        )
    return join(label, changes)


def _sum(book: Book, year: int, project: int, kind: str, fund: str) -> int:
    cells = book.cells(year, project).items()
    return sum(amount for (held, source, _month), amount in cells if (held, source) == (kind, fund))


def remove_project(book: Book, year: int, project: int) -> Change:
    """Remove a project from a year with its sub-projects, and what was stated and written of them.

    Raises ``UserError`` while it has entries, or when it is not in that year.
    """
    row = book.project_year(year, project)
    if row is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    rows = [row, *book.children(year, project)]
    if any(book.events(year, r.project) or book.payments(year, r.project) for r in rows):
        raise UserError(_("项目“{name}”已有预算变动或支出，请先删除或冲销这些记录。").format(name=row.name))
    draft = Draft(book)
    gone = {one.project for one in rows}
    for one in rows:
        draft.remove(one)
        record = book.get(Project, one.project)
        if record and not any(p.project == one.project and p.id != one.id for p in book.all(ProjectYear)):
            draft.remove(record)
    told: list[Stated | Section] = [*book.stated_all(year), *book.all(Section)]
    for words in told:
        if words.year == year and words.about in gone:
            draft.remove(words)
    return draft.change(_("删除项目：{name}").format(name=row.name))


def move_project(book: Book, year: int, project: int, step: int) -> Change:
    """Move a project up (-1) or down (1) among its like: projects, or sub-projects of one parent."""
    row = book.project_year(year, project)
    if row is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    parent = book.parent(project)
    like = book.children(year, parent) if parent else book.projects(year)
    place = next(n for n, one in enumerate(like) if one.project == project)
    draft = Draft(book)
    if 0 <= place + step < len(like):
        order = [one for one in like if one is not row]
        order.insert(place + step, row)
        for one, position in zip(order, sorted(one.position for one in like), strict=True):
            draft.replace(one, position=position)
    return draft.change(_("移动项目：{name}").format(name=row.name))
