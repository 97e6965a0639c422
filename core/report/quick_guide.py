"""快速入门: a guide of two pages to be printed, from resources/help/quick_guide.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from core.i18n import _
from core.report.model import Block, Document, Heading, Kind, Meta, Paragraph, Row, Run
from core.report.tables import plain_table, text_cell
from core.tour import FOLDER

# Shares of the width, by how many columns a table has.
_WIDTHS = {2: (5, 5), 3: (1.3, 5.5, 3.2)}


def quick_guide() -> Document:
    """The guide as a document; it needs no ledger."""
    held = tomllib.loads((FOLDER / "quick_guide.toml").read_text(encoding="utf-8"))
    blocks = (Heading(0, (Run(held["title"]),)), Paragraph((Run(held["intro"]),)), *_parts(held["part"]))
    return Document(held["title"], Kind.WORKING, Meta(0, "", "", _("单位预算台账")), blocks, centred_numbers=True)


def _parts(parts: list[dict[str, Any]]) -> Iterator[Block]:
    for part in parts:
        yield Heading(1, (Run(part["title"]),))
        for text in part.get("text", ()):
            yield Paragraph((Run(text),))
        if "columns" in part:
            rows = [Row(tuple(text_cell(text) for text in row)) for row in part["rows"]]
            table = plain_table(_WIDTHS[len(part["columns"])], part["columns"], rows)
            yield replace(table, whole=True)
