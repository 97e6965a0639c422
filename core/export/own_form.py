"""A form of the unit's own (.xlsx of its bureau) filled in: ``{token}`` cells get their value, the rest stays.

The file may come from anywhere, so it is looked at before it is opened, and nothing in it is run.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.export.sheet_rows import repeat_row
from core.i18n import _
from core.report.model import Runs

Values = Callable[[str], Runs]  # what a token name stands for. Raises ``KeyError`` for a name it does not know

_TOKEN = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%|万元|元)?")
_MOST_BYTES = 5 << 20  # of the file
_MOST_UNPACKED = 60 << 20
_MOST_PARTS = 1_000
_MOST_CELLS = 300_000  # of a sheet, counted from its first cell to its last
_OLD = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx with a password


def open_form(path: Path) -> Any:
    """The workbook of a form. Raises ``UserError`` for a file that is none, is too large, or is not to be trusted."""
    import openpyxl

    _look_at(path)
    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:  # a part that is not as it should be makes the library stumble in many ways
        raise UserError(_unreadable(path)) from error
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise UserError(
                _("“{name}”的工作表“{sheet}”范围过大，请删除表样以外的空行空列后重试。").format(
                    name=path.name, sheet=sheet.title
                )
            )
    return book


def _look_at(path: Path) -> None:
    """Refuse what is no .xlsx, carries macros, unpacks into something huge, or defines XML entities."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UserError(_("无法打开表样“{path}”，请检查文件是否存在。").format(path=path)) from error
    if start == _OLD:
        raise UserError(_("“{name}”是旧格式（.xls）或加了密码，请另存为不加密码的 .xlsx 再试。").format(name=path.name))
    if size > _MOST_BYTES:
        raise UserError(_("“{name}”超过5MB，表样中不应有大量数据或图片。").format(name=path.name))
    try:
        with zipfile.ZipFile(path) as parts:
            held = parts.infolist()
            if len(held) > _MOST_PARTS or sum(part.file_size for part in held) > _MOST_UNPACKED:
                raise UserError(_("“{name}”解压后过大，不作为表样打开。").format(name=path.name))
            names = {part.filename.lower() for part in held}
            if any(name.endswith("vbaproject.bin") for name in names):
                raise UserError(_("“{name}”含有宏，请另存为不含宏的 .xlsx 再试。").format(name=path.name))
            if "[content_types].xml" not in names:
                raise UserError(_unreadable(path))
            for part in held:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")) and not _is_plain(parts.read(part)):
                    raise UserError(_("“{name}”含有不安全的内容，不作为表样打开。").format(name=path.name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UserError(_unreadable(path)) from error


def _is_plain(xml: bytes) -> bool:
    """Whether a part is XML of single bytes that defines nothing of its own (no DOCTYPE, no entities)."""
    return b"\0" not in xml and b"<!DOCTYPE" not in xml.upper() and b"<!ENTITY" not in xml.upper()


def _unreadable(path: Path) -> str:
    return _("“{name}”无法作为表格读取，请用 WPS 或 Excel 另存为 .xlsx 再试。").format(name=path.name)


def tokens(book: Any) -> set[str]:
    """Every name the form asks a value for."""
    rows = (cells for sheet in book.worksheets for cells in sheet.iter_rows())
    return {name for cells in rows for cell in cells if _has_tokens(cell) for name in _TOKEN.findall(cell.value)}


def asked_cells(book: Any) -> list[tuple[str, str]]:
    """Every place of the form that asks for a value, sheet by sheet: the cell (``表1!B3``) and the name."""
    return [
        (f"{sheet.title}!{cell.coordinate}", name)
        for sheet in book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if _has_tokens(cell)
        for name in _TOKEN.findall(cell.value)
    ]


def fill_form(book: Any, value: Values, rows: Sequence[Values], row_names: frozenset[str]) -> list[str]:
    """Fill in a form; returns what is wrong with it, in words.

    Rows whose tokens are among ``row_names`` are filled from ``rows`` one after the other; the last of them is
    repeated for what is left. Numbers become numbers in the cell's own format. A name that is not known stays.
    """
    problems: list[str] = []
    for sheet in book.worksheets:
        filled = _fill_rows(sheet, value, rows, row_names, problems)
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.row not in filled and _has_tokens(cell):
                    _fill(sheet, cell, value, problems)
    return problems


def _has_tokens(cell: Any) -> bool:
    return isinstance(cell.value, str) and cell.data_type != "f" and _TOKEN.search(cell.value) is not None


def _fill_rows(
    sheet: Any, value: Values, rows: Sequence[Values], names: frozenset[str], problems: list[str]
) -> set[int]:
    """Fill the rows of indicators; returns which they are."""
    places = [
        number
        for number, cells in enumerate(sheet.iter_rows(), sheet.min_row)
        if any(_has_tokens(cell) and names & set(_TOKEN.findall(cell.value)) for cell in cells)
    ]
    if not places:
        return set()
    extra = max(0, len(rows) - len(places))
    repeat_row(sheet, places[-1], extra)
    places += range(places[-1] + 1, places[-1] + extra + 1)
    for place, number in enumerate(places):
        row = rows[place] if place < len(rows) else None
        for cell in sheet[number]:
            if _has_tokens(cell):
                _fill(sheet, cell, _in_row(row, value, names), problems)
    return set(places)


def _in_row(row: Values | None, value: Values, names: frozenset[str]) -> Values:
    """Names of the row, else of the form; a row for which nothing is left is blank."""

    def of(name: str) -> Runs:
        if name not in names:
            return value(name)
        return row(name) if row else ()

    return of


def _fill(sheet: Any, cell: Any, value: Values, problems: list[str]) -> None:
    """Put the values into one cell: a number where the cell holds nothing but one, else words."""
    text = cell.value

    def said(match: re.Match[str]) -> str:
        try:
            return "".join(run.text for run in value(match[1]))
        except KeyError:
            place = f"{sheet.title}!{cell.coordinate}"
            problems.append(_("{place}：没有“{name}”这个名称。").format(place=place, name=match[1]))
            return match[0]

    filled = _TOKEN.sub(said, text)
    number = _NUMBER.fullmatch(filled) if _TOKEN.fullmatch(text) else None
    if number is None or _is_code(filled):
        cell.value = filled
        cell.data_type = "s"  # a name that begins with = is no formula
        return
    amount = Decimal(number[1].replace(",", ""))
    general = cell.number_format in ("General", "@")
    if number[2] == "%":
        cell.value = amount / 100
        cell.number_format = "0.00%" if general or "%" not in cell.number_format else cell.number_format
    else:
        cell.value = amount
        if general:
            cell.number_format = "0.00" if amount.as_tuple().exponent else "0"


def _is_code(text: str) -> bool:
    """A number that is a name: an account, a project code."""
    return re.fullmatch(r"\d{7,}|0\d+", text) is not None
