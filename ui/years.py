"""Bringing the projects of the last year into the one on show."""

from core import projects
from ui.desk import Desk


def take_over(desk: Desk) -> bool:
    """Bring the projects of the year before into the year on show; False if they are all in it."""
    change = projects.take_over_projects(desk.book, desk.year)
    desk.commit(change)
    return bool(change)
