"""The annexes (附件) of a report: which there are, which are printed, and how each is built."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.book import Book
from core.check import About
from core.i18n import _
from core.outline import reported_projects
from core.report.basic_data_form import basic_data_form
from core.report.charts import charts
from core.report.choice import ANNEX_LABELS, Choice
from core.report.entry_tables import changes_table, payments_table
from core.report.evaluation_forms import project_form, unit_form
from core.report.goal_forms import goal_form, monitoring_form
from core.report.layout import layout
from core.report.model import Block, Heading, Paragraph, Run, Style, Table
from core.report.tables import account_table, bridge_table, execution_table, rounding_differs
from core.report.unit_forms import scores_form, three_public_form


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: what the list under the text calls it, and its forms, each on pages of its own."""

    title: str
    landscape: bool
    forms: tuple[tuple[Block, ...], ...]


def annexes(book: Book, year: int, choice: Choice) -> list[Annex]:
    """The annexes that were chosen, in the order of print; those for projects only where there are projects."""
    wanted = (key for key in ANNEX_LABELS if key in choice.annexes)
    built = ((key, *_BUILDERS[key](book, year, choice)) for key in wanted)
    return [Annex(ANNEX_LABELS[key], landscape, forms) for key, landscape, forms in built if forms]


_Built = tuple[bool, tuple[tuple[Block, ...], ...]]  # landscape, and the forms


def _form(name: str, build: Callable[[Book, int], Iterable[Block]]) -> Callable[[Book, int, Choice], _Built]:
    return lambda book, year, _choice: (layout(name).landscape, (tuple(build(book, year)),))


def _forms(name: str, build: Callable[[Book, int, int, Choice], list[Block]]) -> Callable[[Book, int, Choice], _Built]:
    """A form for each project of 项目支出, listed by the project's name."""

    def built(book: Book, year: int, choice: Choice) -> _Built:
        return layout(name).landscape, tuple(
            tuple(_bookmarked(build(book, year, row.project, choice), row.name))
            for row in reported_projects(book, year)
        )

    return built


def _bookmarked(blocks: Iterable[Block], name: str) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, bookmark=name) if isinstance(block, Heading) else block


def _table(
    key: str, build: Callable[[Book, int], Iterable[Block]], landscape: bool = True
) -> Callable[[Book, int, Choice], _Built]:
    def built(book: Book, year: int, _choice: Choice) -> _Built:
        title = _("{year}年度{title}").format(year=year, title=ANNEX_LABELS[key])
        heading = Heading(0, (Run(title),), About("section", 0, f"annex.{key}"))
        return landscape, ((heading, *build(book, year)),)

    return built


def _execution(book: Book, year: int) -> Iterator[Block]:
    yield execution_table(book, year)
    if rounding_differs(book, year):
        yield Paragraph((Run(_("注：本报告因金额单位转换原因可能存在尾数误差。")),), Style.NOTE)


def _bridge(book: Book, year: int) -> tuple[Table, Table]:
    return bridge_table(book, year), account_table(book, year)


def _attachments(book: Book, year: int) -> tuple[Table]:
    from core.report.attachment_list import attachment_table  # which also makes a document, as core.report.submission

    return (attachment_table(book, year),)


_BUILDERS: Mapping[str, Callable[[Book, int, Choice], _Built]] = {
    "basic_data": _form("basic-data", basic_data_form),
    "unit": _form("unit-evaluation", unit_form),
    "projects": _forms("project-evaluation", lambda book, year, project, _choice: project_form(book, year, project)),
    "execution": _table("execution", _execution),
    "scores": _form("unit-scores", scores_form),
    "goals": _forms("project-goal", lambda book, year, project, _choice: goal_form(book, year, project)),
    "monitoring": _forms("monitoring", lambda book, year, project, c: monitoring_form(book, year, project, c.month)),
    "changes": _table("changes", lambda book, year: (changes_table(book, year),)),
    "payments": _table("payments", lambda book, year: (payments_table(book, year),)),
    "three_public": _form("three-public", three_public_form),
    "bridge": _table("bridge", _bridge),
    "charts": _table("charts", charts, landscape=False),
    "attachments": _table("attachments", _attachments),
}
