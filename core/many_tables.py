"""多单位汇总 as tables for a spreadsheet: the files, their projects, and what is open in them. Amounts are in 分."""

from collections.abc import Sequence
from pathlib import Path

from core.export.sheet import Cell, Column, SheetTable
from core.i18n import _
from core.many import Overview, total
from core.many_look import FileRow, OpenFinding, Sums
from core.money import show_rate

AMOUNTS = (
    ("budget", _("全年预算")),
    ("spent", _("实际支出")),
    ("rate", _("执行率")),
    ("carried", _("结转下年")),
    ("recovered", _("财政收回")),
    ("undisposed", _("未处置")),
)


def rate_of(sums: Sums) -> str:
    """执行率 in words, — where there is no budget."""
    return show_rate(sums.spent, sums.rate_whole)


def place_of(row: FileRow, folder: Path) -> str:
    """Where a file is in the folder."""
    return row.path.relative_to(folder).as_posix() if row.path.is_relative_to(folder) else row.path.name


def shown_moment(at: str) -> str:
    """A moment of the journal to the minute, such as 2023-12-31 17:05."""
    return at.replace("T", " ")[:16]


def sum_words(rows: Sequence[FileRow]) -> str:
    """What the sum row is of, and what to mind about it."""
    counted = [row for row in rows if row.has_figures]
    parts = [_("{n}个文件").format(n=len(counted))]
    if left := len(rows) - len(counted):
        parts.append(_("{n}个没有数据，未计入").format(n=left))
    if len(years := {row.year for row in counted}) > 1:
        parts.append(_("年度不同（{first}—{last}）").format(first=min(years), last=max(years)))
    if twins := sum(1 for row in counted if row.twin):
        parts.append(_("含可能重复的{n}个").format(n=twins))
    return "，".join(parts)


def tables(found: Overview, rows: Sequence[FileRow]) -> list[SheetTable]:
    """The rows as the tables 多单位汇总, 项目汇总 and 未处理问题."""
    return [files_table(found, rows), projects_table(found, rows), findings_table(found, rows)]


def files_table(found: Overview, rows: Sequence[FileRow]) -> SheetTable:
    """One row for each file, and their sum."""
    columns = [
        *map(Column, (_("文件"), _("单位代码"), _("单位"), _("年度"), _("状态"))),
        *_amount_columns(),
        Column(_("错误"), "count"),
        Column(_("提醒"), "count"),
        *map(Column, (_("已对账至"), _("最后修改"))),
        Column(_("大小（KB）"), "count"),
        Column(_("说明")),
    ]
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        head = (place_of(row, found.folder), row.code, row.unit, str(row.year or ""), row.state_label)
        figures = (*_amounts(row.sums), row.errors, row.warnings) if row.has_figures else (None,) * 8
        tail = (row.reconciled_to, shown_moment(row.changed), -(-row.size // 1024), row.remark)
        lines.append((*head, *figures, *tail))
    counts = sum(row.errors for row in rows), sum(row.warnings for row in rows)
    size = -(-sum(row.size for row in rows) // 1024)
    lines.append((_("合计"), "", "", "", "", *_amounts(total(rows)), *counts, "", "", size, sum_words(rows)))
    lines += [(problem, *("",) * 4, *(None,) * 8, "", "", None, "") for problem in found.problems]
    return SheetTable(_("多单位汇总"), columns, lines)


def projects_table(found: Overview, rows: Sequence[FileRow]) -> SheetTable:
    """One row for each project of every file."""
    heads = (_("单位"), _("年度"), _("项目代码"), _("项目"), _("类别"))
    lines = [
        (row.unit, str(row.year), one.code, one.name, one.kind, *_amounts(one.sums), place_of(row, found.folder))
        for row in rows
        for one in row.projects
    ]
    return SheetTable(_("项目汇总"), [*map(Column, heads), *_amount_columns(), Column(_("文件"))], lines)


def findings_table(found: Overview, rows: Sequence[FileRow]) -> SheetTable:
    """Every open finding of every file, by unit; and the files that could not be read."""
    heads = (_("单位"), _("年度"), _("级别"), _("编号"), _("事项"), _("位置"), _("说明"), _("怎么办"), _("文件"))
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        held = (row.unit, str(row.year or ""))
        name = place_of(row, found.folder)
        lines += [(*held, *finding_words(one), name) for one in row.findings]
        if row.problem:
            lines.append((*held, row.state_label, "", "", "", row.problem, "", name))
    return SheetTable(_("未处理问题"), list(map(Column, heads)), lines)


def finding_words(one: OpenFinding) -> tuple[str, ...]:
    """级别, 编号, 事项, 位置, 说明 and 怎么办."""
    return one.label, one.rule, one.title, one.place, one.message, one.remedy


def _amount_columns() -> list[Column]:
    return [Column(title, "text" if key == "rate" else "money") for key, title in AMOUNTS]


def _amounts(sums: Sums) -> tuple[int | str, ...]:
    return tuple(rate_of(sums) if key == "rate" else getattr(sums, key) for key, _title in AMOUNTS)
