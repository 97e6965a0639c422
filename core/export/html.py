"""Document -> HTML: one self-contained file for the screen, printed by a browser in the style of the PDF."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from core.export.svg import svg
from core.report.model import (
    Block,
    Cell,
    Chart,
    Contents,
    Cover,
    Document,
    Heading,
    Listed,
    PageBreak,
    Paragraph,
    Ref,
    Role,
    Row,
    Run,
    SignatureBlock,
    Step,
    Table,
    cell_columns,
    no_step,
)

_STYLE = """
:root { --song: "SimSun", "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", serif;
  --hei: "SimHei", "Heiti SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --kai: "KaiTi", "Kaiti SC", "LXGW WenKai", "AR PL UKai CN", serif;
  --fangsong: "FangSong", "STFangsong", "FandolFang R", "Noto Serif CJK SC", serif; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ebee; color: #000; font: 16pt/29pt var(--fangsong); }
section { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff; }
section.wide { width: 297mm; min-height: 210mm; padding: 28mm 37mm 26mm 35mm; }
h1, h2, h3, h4, h5 { margin: 0; font-size: 16pt; font-weight: normal; break-after: avoid; }
h1 { margin-bottom: 29pt; font: bold 22pt/36pt var(--song); text-align: center; white-space: pre-line; }
.wide h1 { margin-bottom: 12pt; }
h2, h3, h4, h5, p { text-indent: 2em; }
h2 { font-family: var(--hei); }
h3 { font-family: var(--kai); }
p { margin: 0; min-height: 29pt; text-align: justify; line-break: strict; }
p.annex { font-family: var(--hei); text-indent: 0; }
p.list { text-align: left; break-after: avoid; }
p:has(+ p.list), p:has(+ p + p.list) { break-after: avoid; }
nav a { display: block; color: inherit; text-decoration: none; font: 16pt/29pt var(--hei); }
nav a.level2 { padding-left: 2em; font-family: var(--fangsong); }
nav a:hover { text-decoration: underline; }
svg.chart { display: block; width: 100%; margin: 12pt 0; break-inside: avoid; font-family: var(--song); }
p.note { break-before: avoid; min-height: 0; font: 12pt/18pt var(--song); text-indent: 0; }
.cover h1 { margin: 60pt 0 150pt; font-size: 30pt; line-height: 54pt; }
.cover div { display: flex; margin: 0 2em 15pt; line-height: 25pt; }
.cover div span { flex: 1; border-bottom: .5pt solid; padding-left: .5em; white-space: pre; }
.signatures { display: flex; break-inside: avoid; padding: 14pt 0 0 2em; white-space: pre; }
.signatures > div { flex: 1; }
.signatures > span { width: 40mm; min-height: 30mm; align-self: center; line-height: 30mm; text-align: center; }
table { width: 100%; border-collapse: collapse; font: 10.5pt/15pt var(--song); font-variant-numeric: tabular-nums; }
.caption { font: 14pt/28pt var(--hei); text-align: center; break-after: avoid; }
thead { display: table-header-group; }
table.whole { table-layout: fixed; font-size: 9.5pt; line-height: 14pt; }
tr { break-inside: avoid; }
th, td { border: .5pt solid #000; padding: 3pt; text-align: left; vertical-align: middle; white-space: pre-line; }
th, td.total { font-family: var(--hei); font-weight: normal; }
td.center, th.center { text-align: center; }
td.center { white-space: nowrap; }
.whole th, .whole td.center { white-space: pre-line; text-wrap: balance; }
td.right, th.right { text-align: right; }
.notes { display: flex; break-after: avoid; justify-content: space-between; font: 10.5pt/19pt var(--song); }
a.figure { color: inherit; text-decoration: underline dotted; }
tr:target, tr:has(:target) { background: #fff4e0; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font: 14pt serif; } }
@page wide { size: A4 landscape; margin: 28mm 37mm 26mm 35mm; }
@page front { counter-increment: page 0; @bottom-center { content: none; } }
@media print {
  body { background: none; }
  section, section.wide { width: auto; min-height: 0; margin: 0; padding: 0; break-before: page; }
  section:first-child { break-before: auto; }
  section.wide { page: wide; }
  section.cover, section.contents { page: front; }
  a.figure { text-decoration: none; }
  section:has(> table.whole) h1 { margin-bottom: 10pt; }
  table.whole { font-size: 9pt; line-height: 11.5pt; }
  .whole th, .whole td { padding: 1.5pt 2pt; }
}
"""
_SECTIONS: Mapping[type[Block], str] = {Cover: "cover", Contents: "contents"}


def write_html(document: Document, target: Path, step: Step = no_step) -> None:
    """Write a document as one HTML file in UTF-8. Raises ``OSError`` when it cannot be written."""
    target.write_text(html_text(document, step), encoding="utf-8", newline="\n")


def html_text(document: Document, step: Step = no_step) -> str:
    """The document as HTML. Every figure is an element with ``data-ref`` year.owner.item; where the document lists
    what a figure was computed from, the figure is a link to that row."""
    explained = {
        ref for block in document.blocks if isinstance(block, Table) for row in block.rows for ref in row.explains
    }
    meta = document.meta
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n',
            f"<title>{escape(document.title)}</title>\n",
            f'<meta name="author" content="{escape(meta.unit)}">\n',
            f'<meta name="generator" content="{escape(meta.program)}">\n',
            f'<style>{_STYLE}</style>\n</head>\n<body class="{document.kind}">\n',
            *_sections(document, explained, step),
            "</body>\n</html>\n",
        )
    )


def _sections(document: Document, explained: set[Ref], step: Step) -> Iterator[str]:
    """Pages that begin with a page break are a section each; the cover is one."""
    is_open = False
    has_contents = any(isinstance(block, Contents) for block in document.blocks)
    listed = {one.block: one for one in document.listed() if has_contents}
    for number, block in enumerate(document.blocks):
        step(number, len(document.blocks))
        if isinstance(block, PageBreak | Cover | Contents) or not is_open:
            if is_open:
                yield "</section>\n"
            wide = isinstance(block, PageBreak) and block.landscape
            name = "wide" if wide else _SECTIONS.get(type(block), "page")
            yield f'<section class="{name}">\n'
            is_open = True
        if isinstance(block, Contents):
            yield from _contents(block, listed.values())
        else:
            yield from _block(block, explained, f' id="block{number}"' if number in listed else "")
    if is_open:
        yield "</section>\n"


def _contents(contents: Contents, listed: Iterable[Listed]) -> Iterator[str]:
    """Titles as links: on a screen there are no pages."""
    yield f"<h1>{escape(contents.title)}</h1>\n<nav>\n"
    for one in listed:
        yield f'<a class="level{one.level}" href="#block{one.block}">{escape(one.text)}</a>\n'
    yield "</nav>\n"


def _block(block: Block, explained: set[Ref], place: str) -> Iterator[str]:
    match block:
        case Cover():
            yield f"<h1>{escape(chr(10).join(block.title))}</h1>\n"
            for field in block.fields:
                yield f"<div>{escape(field.label)}：<span>{escape(field.value)}</span></div>\n"
        case Heading():
            tag = f"h{block.level + 1}"
            yield f"<{tag}{place}>{_words(block.runs, explained)}</{tag}>\n"
        case Paragraph():
            yield f'<p class="{block.style}"{place}>{_words(block.runs, explained)}</p>\n'
        case Table():
            yield from _table(block, explained)
        case SignatureBlock():
            lines = "\n".join(escape(f"{field.label}：{field.value}") for field in block.lines)
            yield f'<div class="signatures"><div>{lines}</div><span>{escape(block.seal)}</span></div>\n'
        case Chart():
            yield from svg(block)


def _table(table: Table, explained: set[Ref]) -> Iterator[str]:
    if table.caption:
        yield f'<div class="caption">{escape(table.caption)}</div>\n'
    if table.left_note or table.right_note:
        notes = f"<span>{escape(table.left_note)}</span><span>{escape(table.right_note)}</span>"
        yield f'<div class="notes">{notes}</div>\n'
    yield '<table class="whole">\n' if table.whole else "<table>\n"
    whole = sum(column.width for column in table.columns)
    for column in table.columns:
        yield f'<col style="width: {100 * column.width / whole:.2f}%">'
    if table.head:
        yield "\n<thead>\n"
        for row, places in zip(table.head, cell_columns(table.columns, table.head), strict=True):
            yield _row(table, row, places, explained)
        yield "</thead>"
    yield "\n<tbody>\n"
    for row, places in zip(table.rows, cell_columns(table.columns, table.rows), strict=True):
        yield _row(table, row, places, explained)
    yield "</tbody>\n</table>\n"


def _row(table: Table, row: Row, places: tuple[int, ...], explained: set[Ref]) -> str:
    links = explained - set(row.explains)  # a row does not link to itself
    # A row that explains several figures is the target of the first; the others have theirs in its first cell.
    ids = [f'id="{_id(ref)}"' for ref in row.explains]
    targets = "".join(f"<a {one}></a>" for one in ids[1:])
    cells = []
    for number, (column, cell) in enumerate(zip(places, row.cells, strict=True)):
        cells.append(_cell(cell, cell.align or table.columns[column].align, links, "" if number else targets))
    return f"<tr{''.join(f' {one}' for one in ids[:1])}>{''.join(cells)}</tr>\n"


def _cell(cell: Cell, align: str, explained: set[Ref], targets: str) -> str:
    tag = "th" if cell.role is Role.HEADER else "td"
    names = " ".join(([cell.role.value] if cell.role is Role.TOTAL else []) + [str(align)])
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    span += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<{tag} class="{names}"{span}>{targets}{_words(cell.runs, explained)}</{tag}>'


def _words(runs: tuple[Run, ...], explained: set[Ref]) -> str:
    return "".join(_run(run, explained) for run in runs)


def _run(run: Run, explained: set[Ref]) -> str:
    text = escape(run.text)
    if run.ref is None:
        return text
    name = escape(_name(run.ref))
    if run.ref in explained:
        return f'<a class="figure" data-ref="{name}" href="#{_id(run.ref)}">{text}</a>'
    return f'<span class="figure" data-ref="{name}">{text}</span>'


def _name(ref: Ref) -> str:
    return f"{ref.year}.{ref.about}.{ref.item}"


def _id(ref: Ref) -> str:
    return "source-" + escape(_name(ref))
