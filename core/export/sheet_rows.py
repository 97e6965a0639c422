"""Rows inserted into a sheet that openpyxl has read, with everything that hangs on rows moved along.

openpyxl moves cells alone; merged cells, heights, formulas, print areas, checks of input and formats by condition
stay where they were. Here they move as they do in a spreadsheet program.
"""

import re
from copy import copy
from typing import Any

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!\s]+)!)?(?P<first>\$?[A-Za-z]{0,3}\$?\d+)(?::(?P<last>\$?[A-Za-z]{0,3}\$?\d+))?"
)
_ROW = re.compile(r"\d+$")


def repeat_row(sheet: Any, row: int, count: int) -> None:
    """Repeat a row ``count`` times below itself: words, looks, height, and cells merged inside it. A cell merged
    down to it, or from it, reaches over the new rows; formulas that end at it take them in."""
    if count < 1:
        return
    _move_below(sheet, row, count)
    for name in sheet.parent.sheetnames:
        _move_formulas(sheet.parent[name], sheet.title, row, count)
    _move_names(sheet, row, count)
    _move_merged(sheet, row, count)
    for number in range(row + 1, row + count + 1):
        _copy_row(sheet, row, number)
    _move_areas(sheet, row, count)


def _moved(number: int, row: int, count: int, takes_in: bool = False) -> int:
    """Where a row stands after rows came in below ``row``; an end that ``takes_in`` moves with that row itself."""
    return number + count if number > row or (takes_in and number == row) else number


def _move_below(sheet: Any, row: int, count: int) -> None:
    last_row, last_column = sheet.max_row, sheet.max_column
    if last_row > row:
        area = f"A{row + 1}:{sheet.cell(1, last_column).column_letter}{last_row}"
        sheet.move_range(area, rows=count)
    heights = {number: sheet.row_dimensions[number] for number in list(sheet.row_dimensions) if number > row}
    for number in heights:
        del sheet.row_dimensions[number]
    for number, held in heights.items():
        held.index = number + count
        sheet.row_dimensions[number + count] = held


def _copy_row(sheet: Any, source: int, target: int) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.formula.translate import Translator

    sheet.row_dimensions[target].height = sheet.row_dimensions[source].height
    for column in range(1, sheet.max_column + 1):
        held = sheet.cell(source, column)
        if isinstance(sheet.cell(target, column), MergedCell) or isinstance(held, MergedCell):
            continue
        made = sheet.cell(target, column)
        made._style = copy(held._style)
        if held.data_type == "f" and isinstance(held.value, str):
            made.value = Translator(held.value, held.coordinate).translate_formula(made.coordinate)
        elif held.value is not None:
            made.value = held.value
            made.data_type = held.data_type


def _move_merged(sheet: Any, row: int, count: int) -> None:
    """Merged cells: those below move, those that reach over the row grow, those inside it are repeated."""
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.merge import MergedCellRange

    kept = []
    for held in sheet.merged_cells.ranges:
        left, top, right, bottom = held.bounds
        inside = top == bottom == row
        wanted = (left, _moved(top, row, count), right, bottom if inside else _moved(bottom, row, count, True))
        kept.append(MergedCellRange(sheet, CellRange(None, *wanted).coord))
        over = range(row + 1, row + count + 1)
        if inside:
            kept += [MergedCellRange(sheet, CellRange(None, left, one, right, one).coord) for one in over]
        if inside or top <= row <= bottom:
            for one in over:
                _cover(sheet, row, one, range(left + inside, right + 1))
    sheet.merged_cells.ranges = set(kept)


def _cover(sheet: Any, source: int, target: int, columns: range) -> None:
    """Make cells parts of a merged one, with the borders of the row they are copied from."""
    from openpyxl.cell.cell import MergedCell

    for column in columns:
        made = MergedCell(sheet, target, column)
        made._style = copy(sheet.cell(source, column)._style)
        sheet._cells[target, column] = made


def _move_formulas(sheet: Any, changed: str, row: int, count: int) -> None:
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = moved_formula(cell.value, sheet.title, changed, row, count)
            if getattr(cell, "hyperlink", None) is not None and sheet.title == changed:
                cell.hyperlink.ref = cell.coordinate


def moved_formula(formula: str, own: str, changed: str, row: int, count: int) -> str:
    """A formula of the sheet ``own`` after rows came in below ``row`` of the sheet ``changed``."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    read = Tokenizer(formula)
    for token in read.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved_reference(token.value, own, changed, row, count)
    return "=" + "".join(token.value for token in read.items)


def _moved_reference(text: str, own: str, changed: str, row: int, count: int) -> str:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return text
    sheet = match["sheet"] or ""
    if (sheet[:-1].strip("'").replace("''", "'") or own) != changed:
        return text

    def shifted(end: str, takes_in: bool) -> str:
        return _ROW.sub(lambda found: str(_moved(int(found[0]), row, count, takes_in)), end)

    last = match["last"]
    return sheet + shifted(match["first"], False) + (f":{shifted(last, True)}" if last else "")


def _move_names(sheet: Any, row: int, count: int) -> None:
    """Names of the workbook and of the sheet that stand for cells."""
    for names in (sheet.parent.defined_names, *(one.defined_names for one in sheet.parent.worksheets)):
        for name in names.values():
            parts = str(name.attr_text or "").split(",")
            name.attr_text = ",".join(_moved_reference(part, "", sheet.title, row, count) for part in parts)


def _move_areas(sheet: Any, row: int, count: int) -> None:
    """What is printed, where pages end, and where input is checked or looks depend on it."""
    from openpyxl.formatting.formatting import ConditionalFormattingList

    if sheet.print_area:
        parts = sheet.print_area.replace("$", "").split(",")
        sheet.print_area = ",".join(_moved_reference(part, sheet.title, sheet.title, row, count) for part in parts)
    if sheet.print_title_rows:
        title = _moved_reference(sheet.print_title_rows, sheet.title, sheet.title, row, count)
        sheet.print_title_rows = title.rpartition("!")[2]
    for one in sheet.row_breaks.brk:
        one.id = _moved(one.id, row, count)
    for check in sheet.data_validations.dataValidation:
        check.sqref = _moved_areas(check.sqref, sheet.title, row, count)
    moved = ConditionalFormattingList()
    for group in sheet.conditional_formatting:
        for rule in group.rules:
            moved.add(_moved_areas(group.sqref, sheet.title, row, count), rule)
    sheet.conditional_formatting = moved


def _moved_areas(areas: Any, title: str, row: int, count: int) -> str:
    return " ".join(_moved_reference(one.coord, title, title, row, count) for one in areas.ranges)
