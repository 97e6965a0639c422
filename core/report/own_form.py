"""What the names in a form of the unit's own stand for: those of the program's layouts, and figures of the report."""

from collections.abc import Callable
from dataclasses import dataclass

from core.book import Book
from core.days import print_day
from core.figures import Ref, items
from core.form_items import FORM_ITEMS, stated_figure
from core.i18n import _
from core.report.basic_data_form import basic_data_values, fact_values
from core.report.evaluation_forms import (
    INDICATOR_NAMES,
    indicator_rows,
    plain,
    project_values,
    unit_values,
)
from core.report.model import Run, Runs

ROW_NAMES = frozenset(INDICATOR_NAMES)
PROJECT_NAME = "项目名称"  # a form that asks for it is filled once for each project
_OF_PROJECT = "项目:"  # {项目:名称|年初预算}


@dataclass(frozen=True, slots=True)
class OwnValues:
    """What a form is filled with: ``value`` for single names, ``rows`` for the rows of indicators. Both raise
    ``KeyError`` for a name there is not."""

    value: Callable[[str], Runs]
    rows: list[Callable[[str], Runs]]


def offered_names(book: Book, year: int, about: int = 0) -> tuple[str, ...]:
    """Every name that a form of the unit (about 0) or of a project may ask for, those of indicators last."""
    values = project_values(book, year, about) if about else unit_values(book, year)
    names = (*_texts(book, year, about), *basic_data_values(book, year), *values, *fact_values(book, year))
    return tuple(dict.fromkeys((*names, *items(about), *FORM_ITEMS, *INDICATOR_NAMES)))


def own_values(book: Book, year: int, about: int = 0) -> OwnValues:
    """The values of the unit's form (about 0) or of a project's."""
    texts = _texts(book, year, about)
    forms = {
        **basic_data_values(book, year),
        **(project_values(book, year, about) if about else unit_values(book, year)),
    }
    facts = fact_values(book, year)

    def value(name: str) -> Runs:
        name = name.strip()
        if name in texts:
            return plain(texts[name])
        if name in forms:
            return forms[name]()
        if name in facts:
            return plain(facts[name])
        if name.startswith((_OF_PROJECT, _OF_PROJECT.replace(":", "："))):
            project, _bar, item = name[len(_OF_PROJECT) :].partition("|")
            return _printed(book, Ref(year, _project_named(book, year, project.strip()), item.strip()))
        return _printed(book, Ref(year, about, name))

    return OwnValues(value, indicator_rows(book, year, about))


def _texts(book: Book, year: int, about: int) -> dict[str, str]:
    names = book.unit_year(year)
    found = {
        "单位简称": names.short_name,
        "预算编码": book.unit.code,
        "单位负责人": names.head,
        "财务负责人": names.finance_head,
        "填报人": names.preparer,
        "联系电话": names.phone,
        "填报日期": print_day(names.filled_on),
    }
    row = book.project_year(year, about) if about else None
    if row:
        found |= {
            "项目代码": row.code,
            "项目类别": row.kind,
            "项目属性": row.attribute or (_("延续项目") if book.project_year(year - 1, about) else _("新增项目")),
            "执行率原因": row.execution_reason,
        }
    return found


def _project_named(book: Book, year: int, name: str) -> int:
    """The project of that name, or a sub-project. Raises ``KeyError`` where there is none."""
    found = {row.name: row.project for row in reversed(book.project_years(year))}
    return found[name]


def _printed(book: Book, ref: Ref) -> Runs:
    """A figure as the report prints it. Raises ``KeyError`` where there is no such figure."""
    if ref.item not in FORM_ITEMS and ref.item not in items(ref.about):
        raise KeyError(ref.item)
    found = stated_figure(book, ref)
    return (Run(found.text("2"), ref),) if found else plain("")
