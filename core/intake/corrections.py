"""Cells of a sheet that the user typed over in the preview; the file itself stays as it is."""

from collections.abc import Mapping
from dataclasses import replace

from core.intake.cells import Cell, Sheet

Corrections = Mapping[tuple[int, int], str]  # row and column from 0 -> what was typed


def corrected(sheet: Sheet, typed: Corrections) -> Sheet:
    """The sheet with what was typed in place of what stood there. An empty text empties the cell."""
    if not typed:
        return sheet
    rows = list(sheet.rows)
    for (row, column), text in typed.items():
        cells: list[Cell] = list(rows[row])
        cells += [None] * (column + 1 - len(cells))
        cells[column] = text or None
        rows[row] = cells
    formats = {place: pattern for place, pattern in sheet.formats.items() if place not in typed}
    return replace(sheet, rows=rows, formats=formats)
