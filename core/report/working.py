"""The working paper (内部工作底稿): what stands behind the submission. It stays in the unit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.balance import final_account, unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS, About, Severity
from core.figures import ALL_ROWS, GROUP_LABELS, ITEM_LABELS, RATE, Ref, computed, figure, label, sources
from core.i18n import _
from core.labels import place_name
from core.money import show_wan, show_yuan
from core.outline import template_of
from core.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Printed,
    Role,
    Row,
    Run,
    Style,
    Table,
)
from core.report.submission import meta, submission
from core.report.tables import BASIS_LABELS, account_table, bridge_table, head, plain_table, stated_table, text_cell
from core.review import Item, Review

_MOST_SOURCES = 12  # lines listed for one figure; the rest are summed up in the last


@dataclass(frozen=True, slots=True)
class FileState:
    """Which state of which file a working paper was printed from."""

    file: str  # its name, without the folder
    line: int  # number of the last journal line; 0: none
    chain: str  # that line's chain hash
    at: str  # when that line was written, ISO
    printed: str  # when the paper was printed, ISO

    @property
    def code(self) -> str:
        """The short code (校验码) of the journal: the first characters of its chain hash, in two groups."""
        return f"{self.chain[:4]}-{self.chain[4:8]}".upper() if self.chain else "—"


def working_paper(book: Book, year: int, review: Review, state: FileState) -> Document:
    """The working paper of a year: bridge, stated figures against the ledger, findings, and the sources of every
    figure that the submission prints."""
    handed_in = submission(book, year)
    title = _("{year}年度部门整体支出绩效自评内部工作底稿").format(year=year)
    blocks: list[Block] = [
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        Paragraph((Run(_("本底稿供单位内部核对使用，不随自评报告报送。")),), Style.NOTE),
        *_bridge(book, year),
        *_stated(book, year),
        *_findings(book, review),
        *_sources(book, handed_in),
        *_state(book, year, state, meta(book, year).program),
    ]
    return Document(title, Kind.WORKING, meta(book, year), tuple(blocks), centred_numbers=True)


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _bridge(book: Book, year: int) -> Iterator[Block]:
    yield _heading(_("一、口径桥接表"))
    yield bridge_table(book, year)
    balance = unit_balance(book, year)
    account = final_account(book, year)
    yield _note(
        _(
            "指标口径：全年预算{b}万元，实际支出{e}万元，财政收回{r}万元，认定结余{x}万元，结转下年{c}万元，未处置{u}万元。"
        ).format(
            b=show_wan(balance.budget),
            e=show_wan(balance.spent),
            r=show_wan(balance.recovered),
            x=show_wan(balance.surplus),
            c=show_wan(balance.carried),
            u=show_wan(balance.undisposed),
        )
    )
    yield _note(
        _("{basis}：预算收入{i}万元＝年初预算{n}万元＋净调整{a}万元；支出{e}万元，结余结转{c}万元。").format(
            basis=BASIS_LABELS.get(book.unit.basis, book.unit.basis),
            i=show_wan(account.income),
            n=show_wan(account.initial),
            a=show_wan(account.adjusted),
            e=show_wan(account.spent),
            c=show_wan(account.carry),
        )
    )
    yield account_table(book, year)


def _stated(book: Book, year: int) -> Iterator[Block]:
    yield _heading(_("二、填报数与台账数对照"))
    table = stated_table(book, year)
    yield table if table.rows else _note(_("本年度没有登记填报数，报告中的数据均取自台账。"))


def _findings(book: Book, review: Review) -> Iterator[Block]:
    yield _heading(_("三、尚未处理的问题（{n}项）").format(n=len(review.open)))
    if review.open:
        yield plain_table(
            (0.8, 0.9, 4.5, 3.0, 0.9, 1.2, 3.7),
            (_("级别"), _("编号"), _("问题"), _("位置与数据"), _("差额"), _("允许尾差"), _("处理办法")),
            [_finding_row(book, item) for item in review.open],
        )
    else:
        yield _note(_("没有尚未处理的问题。"))
    if review.todo:
        yield _note(_("另有{n}项待办，到相应阶段再核对。").format(n=len(review.todo)))
    yield _heading(_("四、已说明的问题（{n}项）").format(n=len(review.waived)))
    if review.waived:
        yield plain_table(
            (0.8, 0.9, 4.5, 3.0, 3.8, 1.5),
            (_("级别"), _("编号"), _("问题"), _("位置与数据"), _("说明理由"), _("说明日期")),
            [_waived_row(book, item) for item in review.waived],
        )
    else:
        yield _note(_("没有已说明的问题。"))


def _finding_row(book: Book, item: Item) -> Row:
    finding = item.finding
    cells = (
        *_about_cells(book, item),
        text_cell(_amount(finding.difference), align=Align.RIGHT),
        text_cell(_amount(finding.tolerance), align=Align.RIGHT),
        text_cell(item.remedy),
    )
    return Row(cells, finding.about)


def _waived_row(book: Book, item: Item) -> Row:
    assert item.waiver is not None  # only waived findings come here
    cells = (*_about_cells(book, item), text_cell(item.waiver.reason), text_cell(item.waiver.date))
    return Row(cells, item.finding.about)


def _about_cells(book: Book, item: Item) -> tuple[Cell, ...]:
    finding = item.finding
    figures = [place_name(book, finding.year, finding.about)]
    figures += [f"{shown.label} {shown.text}{shown.unit}" for shown in finding.figures]
    figures += [
        _("如将{figure} {old}改为{new}，则相符").format(
            figure=suspect.figure, old=show_wan(suspect.printed), new=show_wan(suspect.should_be)
        )
        for suspect in finding.suspects
    ]
    return (
        text_cell(SEVERITY_LABELS[Severity(finding.severity)], align=Align.CENTER),
        text_cell(finding.rule, align=Align.CENTER),
        text_cell(f"{item.rule.title}\n{item.message}"),
        text_cell("\n".join(figures)),
    )


def _amount(amount: int | None) -> str:
    return "" if amount is None else show_wan(amount)


def _sources(book: Book, document: Document) -> Iterator[Block]:
    """勾稽与来源: each figure the submission prints, once, with what it was computed from."""
    places = _places(document)
    yield _heading(_("五、勾稽与来源（报告印出的{n}项数据）").format(n=len(places)))
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
    yield Table(tuple(widths), head(*names), tuple(rows))


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
    shown = figure(book, ref)
    return shown is not None and not shown.value and not shown.stated and not sources(book, ref)


def _source_row(book: Book, refs: list[Ref], places: Mapping[Ref, list[Printed]]) -> Row:
    """The row of one figure, or of several empty ones."""
    ref = refs[0]
    shown = figure(book, ref)
    assert shown is not None  # it was printed
    own = shown.text("2") if shown.is_rate else show_yuan(shown.computed if isinstance(shown.computed, int) else 0)
    printed = [one for ref in refs for one in places[ref]]
    names = dict.fromkeys(_place_name(book, ref.year, one.anchor) for one in printed)
    texts = dict.fromkeys(one.text for one in printed)
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


def _item_name(book: Book, ref: Ref) -> str:
    """The figure by name under the name of its owner: a sub-project says its own."""
    if ref.about > 0 and book.parent(ref.about):
        return label(book, ref)
    return ITEM_LABELS.get(ref.item, ref.item)


def _source_lines(book: Book, ref: Ref) -> list[str]:
    if ref.item == RATE:
        return [_quotient(book, ref)]
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
    if anchor is None or anchor.kind != "section":
        return _("附表")
    spec = next((s for s in template_of(book, year).sections if s.key == anchor.field), None)
    if spec is not None:
        return spec.title
    row = book.project_year(year, anchor.id)
    return row.name if row else anchor.field


def _state(book: Book, year: int, state: FileState, program: str) -> Iterator[Block]:
    yield _heading(_("六、台账状态"))
    names = book.unit_year(year)
    lines = (
        (_("单位"), names.name),
        (_("年度"), _("{year}年度").format(year=year)),
        (_("台账文件"), state.file),
        (_("操作日志"), _("第{n}行，{at}").format(n=state.line, at=_time(state.at)) if state.line else _("没有记录")),
        (_("日志校验码"), state.code),
        (_("打印时间"), _time(state.printed)),
        (_("程序版本"), program),
    )
    rows = [Row((text_cell(name, Role.HEADER), text_cell(value))) for name, value in lines]
    yield Table((Column(1.0), Column(4.0)), (), tuple(rows))


def _time(iso: str) -> str:
    return iso.replace("T", " ")
