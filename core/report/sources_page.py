"""勾稽与来源: every figure a document prints, once, with what it was computed from and where it stands."""

from collections.abc import Iterable, Mapping

from core.book import Book
from core.check import About
from core.figures import (
    ALL_ROWS,
    GROUP_LABELS,
    ITEM_LABELS,
    RATE,
    Figure,
    Ref,
    computed,
    label,
    sources,
)
from core.form_items import FORM_ITEMS, form_lines, stated_figure
from core.i18n import _
from core.money import show_yuan
from core.outline import template_of
from core.report.model import Align, Cell, Column, Document, Printed, Role, Row, Run, Table
from core.report.tables import head, text_cell

_MOST_SOURCES = 12  # lines listed for one figure; the rest are summed up in the last


def sources_table(book: Book, document: Document) -> Table:
    """The table of a document's figures by owner: the unit, each project, the groups of rows."""
    places = _places(document)
    names = (_("数据"), _("印出数"), _("取数"), _("台账数（元）"), _("计算依据（元）"), _("出现位置"))
    columns = (2.6, 1.4, 0.9, 1.6, 5.6, 2.6)
    rows: list[Row] = []
    for (year, owner), refs in _by_owner(book, places).items():
        rows.append(Row((text_cell(_owner_name(book, year, owner, document), Role.HEADER, Align.LEFT, len(columns)),)))
        empty = [ref for ref in refs if _is_empty(book, ref)]
        rows += [_source_row(book, [ref], places) for ref in refs if ref not in empty]
        if empty:
            rows.append(_source_row(book, empty, places))
    rights = (1, 3)
    widths = (Column(width, Align.RIGHT if n in rights else Align.LEFT) for n, width in enumerate(columns))
    return Table(tuple(widths), head(*names), tuple(rows), name=_("勾稽与来源"))


def _places(document: Document) -> dict[Ref, list[Printed]]:
    found: dict[Ref, list[Printed]] = {}
    for printed in document.figures():
        found.setdefault(printed.ref, []).append(printed)
    return found


def _by_owner(book: Book, refs: Iterable[Ref]) -> dict[tuple[int, int], list[Ref]]:
    """Figures by year and owner: the unit, a project and then its sub-projects, or a group of rows."""
    found: dict[tuple[int, int], list[Ref]] = {}
    for ref in refs:
        owner = book.parent(ref.about) or ref.about
        found.setdefault((ref.year, owner), []).append(ref)
    return {key: sorted(group, key=lambda ref: ref.about != key[1]) for key, group in found.items()}


def _owner_name(book: Book, year: int, owner: int, document: Document) -> str:
    row = book.project_year(year, owner)
    name = GROUP_LABELS.get(owner) or (row.name if row else _("单位"))
    return name if year == document.meta.year else _("{year}年度 {name}").format(year=year, name=name)


def _is_empty(book: Book, ref: Ref) -> bool:
    """Whether nothing stands behind a figure: a plain 0, told in one row with the others of its kind."""
    shown = stated_figure(book, ref)
    if shown is None or shown.value or shown.stated:
        return False
    return ref.item not in FORM_ITEMS and not sources(book, ref)


def _source_row(book: Book, refs: list[Ref], places: Mapping[Ref, list[Printed]]) -> Row:
    """The row of one figure, or of several empty ones."""
    ref = refs[0]
    shown = stated_figure(book, ref)
    assert shown is not None  # it was printed
    own = _own_text(shown)
    printed = [one for ref in refs for one in places[ref]]
    names = dict.fromkeys(_place_name(book, ref.year, one.anchor) for one in printed)
    sign = "%" if shown.unit == "%" else ""  # of a form's rate, which prints it behind the figure
    texts = dict.fromkeys(f"{one.text}{sign}" for one in printed)
    cells = (
        text_cell("、".join(_item_name(book, one) for one in refs)),
        Cell((Run("、".join(texts), ref if len(refs) == 1 else None),)),
        text_cell(_("填报数") if shown.stated else _("台账数")),
        text_cell(own),
        text_cell("\n".join(_source_lines(book, ref))),
        text_cell("；".join(names)),
    )
    stated = About("stated", ref.about, ref.item) if shown.stated else None
    home = About("project", ref.about) if ref.about > 0 else None
    return Row(cells, stated or home, explains=tuple(refs))


def _own_text(shown: Figure) -> str:
    """The ledger's own figure: amounts in 元, rates and points as they print."""
    if shown.is_rate or shown.unit != "万元":
        return shown.text("2") + ("%" if shown.unit == "%" else "")
    return show_yuan(shown.computed if isinstance(shown.computed, int) else 0)


def _item_name(book: Book, ref: Ref) -> str:
    """The figure by name under the name of its owner: a sub-project says its own."""
    if ref.about > 0 and book.parent(ref.about):
        return label(book, ref)
    return ITEM_LABELS.get(ref.item, ref.item)


def _source_lines(book: Book, ref: Ref) -> list[str]:
    if ref.item == RATE:
        return [_quotient(book, ref)]
    if ref.item in FORM_ITEMS:
        return list(form_lines(book, ref))
    found = sources(book, ref)
    most = len(found) if len(found) == _MOST_SOURCES + 1 else _MOST_SOURCES  # one line is not worth summing up
    lines = [" ".join(part for part in (s.label, s.basis, show_yuan(s.amount)) if part) for s in found[:most]]
    if rest := found[most:]:
        total = show_yuan(sum(source.amount for source in rest))
        lines.append(_("其余{n}项合计 {total}").format(n=len(rest), total=total))
    return lines or [_("台账中没有相应记录")]


def _quotient(book: Book, ref: Ref) -> str:
    """What is divided by what for a rate; that of the unit is over all projects."""
    about = ref.about or ALL_ROWS
    spent, budget, recovered = (
        show_yuan(amount if isinstance(amount := computed(book, Ref(ref.year, about, item)), int) else 0)
        for item in ("实际支出", "全年预算", "财政收回")
    )
    if book.policy(ref.year).rate_base == "after_recall":
        text = _("实际支出 {spent} ÷（全年预算 {budget} － 财政收回 {recovered}）")
        return text.format(spent=spent, budget=budget, recovered=recovered)
    return _("实际支出 {spent} ÷ 全年预算 {budget}").format(spent=spent, budget=budget)


def _place_name(book: Book, year: int, anchor: About | None) -> str:
    """Where a figure is printed, in the words of the report's own headings."""
    if anchor is not None and anchor.kind == "evaluation":
        return _("项目支出绩效自评表") if anchor.id else _("部门整体支出绩效自评表")
    if anchor is None or anchor.kind != "section":
        return _("附表")
    spec = next((s for s in template_of(book, year).sections if s.key == anchor.field), None)
    if spec is not None:
        return spec.title
    row = book.project_year(year, anchor.id)
    return row.name if row else anchor.field
