"""The projects of a year as a list: their order, and those of the year before taken over."""

from core.book import Book, Draft
from core.change import Change, join
from core.commands import continue_project
from core.errors import UserError
from core.i18n import _


def take_over_projects(book: Book, year: int) -> Change:
    """Take over every project of the year before that is not in ``year`` yet, sub-projects included."""
    changes = []
    for row in book.project_years(year - 1):
        if book.project_year(year, row.project) is None:
            changes.append(continue_project(book, year, row.project))
            book = book.apply(changes[-1])
    return join(_("沿用{year}年度项目").format(year=year - 1), changes)


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
