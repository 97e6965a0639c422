"""A document as plain text, as a reader of reports takes it: a line for each paragraph and row of a table."""

from collections.abc import Iterator

from core.report.model import Cover, Document, Heading, Paragraph, Row, Runs, SignatureBlock, Table


def plain_text(document: Document) -> str:
    """Every word that a document prints but its page numbers; cells stand between | as in the reports that are read."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Cover():
                yield "".join(block.title)
                yield from (f"{field.label}：{field.value}" for field in block.fields if field.value)
            case Heading() | Paragraph():
                yield _words(block.runs).replace("\n", "")
            case Table():
                yield from (words for words in (block.caption, block.left_note, block.right_note) if words)
                yield from map(_row, (*block.head, *block.rows))
            case SignatureBlock():
                yield from (f"{field.label}：{field.value}" for field in block.lines if field.value)


def _row(row: Row) -> str:
    cells: list[str] = []
    for cell in row.cells:
        cells += [" ".join(_words(cell.runs).split()), *[""] * (cell.span - 1)]
    return " | ".join(cells)


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)
