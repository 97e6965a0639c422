"""The rows of a large workbook, written straight into its sheets.

xlsxwriter makes the workbook with its formats, headings and choices; it checks every cell it is given, which for a
hundred thousand records takes three times as long as writing them. The cells here are safe already
(``workbook_columns.safe_text``), and the finished workbook is read back before it is kept.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from core.intake.cells import Cell, column_letters

Rows = Iterable[Sequence[Cell]]
_STYLED = re.compile(rb'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"')
_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_EPOCH = date(1899, 12, 30)
_BLOCK = 500  # rows written at once


def fill(frame: Path, target: Path, rows: Mapping[int, tuple[int, Rows]]) -> None:
    """Copy a workbook, rows put under the headings of its sheets; ``rows``: the place of a sheet from 1 -> how many
    there are, and the rows themselves, as wide as its columns. A cell looks as its column does. Raises ``OSError``,
    and whatever the rows raise."""
    with zipfile.ZipFile(frame) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as filled:
        for entry in source.infolist():
            content = source.read(entry)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
            count, body = rows.get(int(found[1]), (0, ())) if found else (0, ())
            with filled.open(zipfile.ZipInfo(entry.filename, entry.date_time), "w", force_zip64=True) as part:
                if not count:
                    part.write(content)
                    continue
                before, end, after = content.partition(_END)
                styles = _styles(before)
                size = f'<dimension ref="A1:{column_letters(max(styles, default=0))}{count + 1}"/>'.encode()
                part.write(_DIMENSION.sub(size, before))
                for block in _blocks(body, styles):
                    part.write(block.encode("utf-8"))
                part.write(end + after)


def _styles(sheet: bytes) -> dict[int, int]:
    """The number of the style of each column (from 0)."""
    return {
        column: int(style)
        for first, last, style in _STYLED.findall(sheet)
        for column in range(int(first) - 1, int(last))
    }


def _blocks(rows: Rows, styles: Mapping[int, int]) -> Iterator[str]:
    heads = [(f'<c r="{column_letters(column)}', f'" s="{styles[column]}"') for column in range(max(styles) + 1)]
    block: list[str] = []
    for number, cells in enumerate(rows, start=2):
        block.append(f'<row r="{number}">')
        for (place, style), cell in zip(heads, cells, strict=True):
            if cell is None:
                continue
            if isinstance(cell, str):
                space = ' xml:space="preserve"' if cell != cell.strip() else ""
                text = escape(cell) if "&" in cell or "<" in cell or ">" in cell else cell
                block.append(f'{place}{number}{style} t="inlineStr"><is><t{space}>{text}</t></is></c>')
            elif isinstance(cell, date):
                block.append(f"{place}{number}{style}><v>{(cell - _EPOCH).days}</v></c>")
            else:
                block.append(f"{place}{number}{style}><v>{cell:.16G}</v></c>")
        block.append("</row>")
        if number % _BLOCK == 0:
            yield "".join(block)
            block = []
    yield "".join(block)
