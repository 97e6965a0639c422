"""Tables as a spreadsheet: numbers as numbers, text never as a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.i18n import _
from core.reasons import reason

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``money`` holds 分 and is written in 元, ``count`` holds whole numbers, else text."""

    heading: str
    kind: str = "text"  # text | money | count


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table by name; the name is that of its sheet."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def write_tables(target: Path, tables: Sequence[SheetTable]) -> None:
    """Write tables to one ``.xlsx``, a sheet each, or the first to ``.csv`` (UTF-8 with a mark, as Excel
    and WPS expect).

    Text that begins with = + - @ stays text in both. Raises ``UserError`` when the file cannot be written;
    a file that was there before then still is.
    """
    partial = target.with_name(target.name + ".part")
    try:
        if target.suffix.lower() == ".csv":
            _frame(tables[0], guarded=True).to_csv(partial, index=False, encoding="utf-8-sig")
        else:
            _write_xlsx(partial, tables)
        partial.replace(target)
    except OSError as error:
        raise UserError(
            _("无法写入“{name}”：{reason}。如果它正在 Excel 或 WPS 中打开，请先关闭再导出。").format(
                name=target.name, reason=reason(error)
            )
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _frame(table: SheetTable, guarded: bool) -> Any:
    import pandas as pd

    data = {
        column.heading: [_value(row[place], column, guarded) for row in table.rows]
        for place, column in enumerate(table.columns)
    }
    return pd.DataFrame(data, dtype=object)


def _value(cell: Cell, column: Column, guarded: bool) -> object:
    if cell is None:
        return None
    if column.kind == "money":
        yuan = f"{'-' if int(cell) < 0 else ''}{abs(int(cell)) // 100}.{abs(int(cell)) % 100:02d}"
        return yuan if guarded else Decimal(yuan)
    if isinstance(cell, int):
        return cell
    return unformula(cell) if guarded else cell


def unformula(text: str) -> str:
    """Text that a spreadsheet program does not take for a formula: where it has only the text to go by, as in a CSV or
    from the clipboard, a leading apostrophe alone keeps it from that."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _write_xlsx(target: Path, tables: Sequence[SheetTable]) -> None:
    import pandas as pd

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        money = writer.book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        for table in tables:
            frame = _frame(table, guarded=False)
            frame.to_excel(writer, sheet_name=table.name[:31], index=False)
            sheet = writer.sheets[table.name[:31]]
            for place, column in enumerate(table.columns):
                widest = max([len(column.heading), *(len(str(cell)) for cell in frame[column.heading].head(200))])
                width = min(46, 4 + 2 * widest) if column.kind == "text" else 16
                sheet.set_column(place, place, width, money if column.kind == "money" else None)
            sheet.freeze_panes(1, 1)
