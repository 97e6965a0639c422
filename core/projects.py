"""The projects of a year as a list: order, removal, and what is taken over from the year before."""

from collections.abc import Collection

from core.book import Book
from core.change import Change, join
from core.commands import continue_project, set_project
from core.draft import Draft
from core.errors import UserError
from core.facts import project_of
from core.i18n import _
from core.model import Indicator, Monitor, Project, ProjectYear, Section, Stated

CONTINUED = _("延续项目")


def take_over_projects(book: Book, year: int, chosen: Collection[int] | None = None) -> Change:
    """Take over projects of the year before that are not in ``year`` yet: the ``chosen`` ones with their
    sub-projects, or all. They are marked 沿用上年 until confirmed."""
    changes = []
    for row in book.project_years(year - 1):
        if chosen is None or row.project in chosen or book.parent(row.project) in chosen:
            changes.append(take_over_project(book, year, row.project))
            book = book.apply(changes[-1])
    return join(_("沿用{year}年度项目").format(year=year - 1), changes)


def take_over_project(book: Book, year: int, project: int) -> Change:
    """Take one project over from the year before, its parent first; empty where it is in ``year`` already."""
    changes = []
    for one in (book.parent(project), project):
        row = book.project_year(year - 1, one)
        if row is None or book.project_year(year, one):
            continue
        changes.append(continue_project(book, year, one))
        book = book.apply(changes[-1])
        taken = {"attribute": CONTINUED if row.attribute else "", "carry_policy": row.carry_policy}
        changes.append(set_project(book, year, one, taken_over=True, **taken))
        book = book.apply(changes[-1])
    return join(_("沿用上年项目"), changes)


def remove_project(book: Book, year: int, project: int) -> Change:
    """Remove a project from a year with its sub-projects, and what was stated, planned and written of them.

    Raises ``UserError`` while it has entries, or when it is not in that year.
    """
    row = book.project_year(year, project)
    if row is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    rows = [row, *book.children(year, project)]
    if any(
        book.events(year, r.project) or book.payments(year, r.project) or book.commitments(year, r.project)
        for r in rows
    ):
        raise UserError(_("项目“{name}”已有预算变动、支出或在途，请先删除或冲销这些记录。").format(name=row.name))
    draft = Draft(book)
    gone = {one.project for one in rows}
    for one in rows:
        draft.remove(one)
        record = book.get(Project, one.project)
        if record and not any(p.project == one.project and p.id != one.id for p in book.all(ProjectYear)):
            draft.remove(record)
    told: list[Stated | Section | Indicator] = [*book.stated_all(year), *book.all(Section), *book.all(Indicator)]
    for words in told:
        if words.year == year and words.about in gone:
            draft.remove(words)
    for noted in book.all(Monitor):
        if noted.year == year and noted.project in gone:
            draft.remove(noted)
    for fact in book.facts(year).values():
        if project_of(fact.item) in gone:
            draft.remove(fact)
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
