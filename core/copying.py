"""A block of a grid as other programs take it from the clipboard: tab-separated text, and HTML with types of cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from core.export.sheet import unformula

Cell = str | Decimal  # a number keeps every digit it has


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells, with the titles of their columns; no titles: they are not wanted."""

    rows: Sequence[Sequence[Cell]]
    titles: Sequence[str] = ()

    def text(self) -> str:
        """Tab-separated lines. Numbers have no thousands separators, so that every program reads them as numbers."""
        lines = ([_plain(cell) for cell in row] for row in ([*self.titles], *self.rows) if row)
        return "\n".join("\t".join(line) for line in lines)

    def html(self) -> str:
        """A table: text stays text, codes such as 0301 too, and numbers are numbers with two decimals shown."""
        head = "".join(f"<th>{_words(title)}</th>" for title in self.titles)
        body = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in self.rows)
        head = f"<tr>{head}</tr>" if head else ""
        return f'<meta charset="utf-8"><table>{head}{body}</table>'


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = unformula(cell)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '\t\n\r"') else text


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        places = max(0, -int(cell.as_tuple().exponent))
        shown = r"\#\,\#\#0" + (r"\." + "0" * places if places else "")
        return f"<td style=\"mso-number-format:'{shown}'\" align=right>{cell:f}</td>"
    return f"<td style=\"mso-number-format:'\\@'\">{_words(unformula(cell))}</td>"
