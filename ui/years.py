"""Opening the next year and bringing the projects of the last one into it."""

from core import commands, projects
from core.outline import default_template_text
from core.policy import default_policy_text
from ui.desk import Desk


def open_next(desk: Desk) -> bool:
    """Open the year after the last one, with the names of the last, and show it; False if it was refused."""
    year = desk.book.years()[-1].year + 1
    change = commands.open_year(desk.book, year, default_policy_text(), default_template_text())
    if not desk.commit(change):
        return False
    desk.set_year(year)
    return True


def take_over(desk: Desk) -> bool:
    """Bring the projects of the year before into the year on show; False if they are all in it."""
    change = projects.take_over_projects(desk.book, desk.year)
    desk.commit(change)
    return bool(change)
