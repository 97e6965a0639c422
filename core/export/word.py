"""Document -> Word: real styles, headings, tables and page fields, for a superior's edits in Word or WPS.

Pages, fonts and spacing are those of GB/T 9704; fonts are named as Windows and WPS ship them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from core.export.pdf import measured
from core.export.word_contents import add_contents, add_entry, mark_place
from core.export.word_parts import (
    CENTER,
    LEFT,
    LINE,
    RIGHT,
    add_page_number,
    count_on,
    keep_lines,
    line_pitch,
    make_styles,
    mm,
    new_document,
    points,
    restart_numbers,
    right_tab,
    set_style,
    shrink,
)
from core.export.word_table import add_fields, add_signatures, add_table
from core.report.model import (
    Block,
    Chart,
    Contents,
    Cover,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Step,
    Style,
    Table,
    no_step,
)

_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # mm
_WIDE = {"top": 28, "bottom": 26, "left": 35, "right": 37}  # a landscape page is bound at its top
_A4 = (210, 297)
_STYLES = {Style.BODY: "Normal", Style.LIST: "Annex List", Style.ANNEX: "Annex", Style.NOTE: "Table Note"}


def write_word(document: Document, target: Path, when: datetime | None = None, step: Step = no_step) -> None:
    """Write a document as ``.docx``; ``when`` is the date the file says it was made. Raises ``OSError`` when it
    cannot be written."""
    file = new_document()
    properties = file.core_properties
    properties.title = properties.subject = document.title
    properties.author = properties.last_modified_by = document.meta.unit
    properties.comments = document.meta.program
    if when is not None:
        properties.created = properties.modified = when.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    make_styles(file)
    _Writer(file, document, step).write()
    with target.open("wb") as stream:
        file.save(stream)


class _Writer:
    """Puts the blocks of a document into a Word file, one after the other."""

    def __init__(self, file: Any, document: Document, step: Step) -> None:
        self.file = file
        self.step = step
        self.numbers, self.spacings = measured(document, lambda _done, total: step(0, total))
        self.document = document
        self.landscape = False
        self.listed = {one.block: one for one in document.listed()}
        self.empty = True  # nothing stands in the section yet
        self.turned = False  # the next paragraph begins a page
        self.numbered = False  # page numbers have begun
        self.section = file.sections[0]
        self._page(self.section)

    def write(self) -> None:
        """Write every block."""
        file = self.file
        file.settings.odd_and_even_pages_header_footer = not self.document.centred_numbers
        for number, block in enumerate(self.document.blocks):
            self.step(number, len(self.document.blocks))
            self._block(number, block)
        if isinstance(self.document.blocks[-1], Table):
            shrink(self._add("Plain")._p)  # a file does not end with a table
        if not self.numbered:
            self._number(self.section)

    def _block(self, number: int, block: Block) -> None:
        match block:
            case Cover():
                self._cover(block)
            case Contents():
                self._contents(block)
            case PageBreak():
                self._turn(block.landscape)
                return
            case Heading():
                self._heading(number, block)
            case Paragraph():
                self._paragraph(number, block)
            case Table():
                self._table(number, block)
            case SignatureBlock():
                self._signatures(block)
            case Chart():
                self._chart(block)
        self.empty = False

    def _turn(self, landscape: bool) -> None:
        """A new page; a new section where the sheet turns, and behind the cover, from which pages are counted."""
        if self.empty and landscape == self.landscape:
            return
        if self.empty and not self.numbered:  # nothing stands in the file yet: no page is left blank before it
            self.landscape = landscape
            self._page(self.section)
            self._number(self.section)
            return
        if landscape == self.landscape and self.numbered:
            self.turned = True
            return
        from docx.enum.section import WD_SECTION

        section = self.section = self.file.add_section(WD_SECTION.NEW_PAGE)
        shrink(self.file.element.body[-2])  # the paragraph that ends the section: it never needs a page of its own
        self.landscape = landscape
        self.empty = True
        self._page(section)
        self._number(section)

    def _add(self, style: str, text: str = "") -> Any:
        """Add a paragraph, on a new page where one was asked for."""
        paragraph = self.file.add_paragraph(text)
        set_style(paragraph, style)
        if self.turned:
            paragraph.paragraph_format.page_break_before = True
            self.turned = False
        return paragraph

    def _page(self, section: Any) -> None:
        from docx.enum.section import WD_ORIENT

        width, height = reversed(_A4) if self.landscape else _A4
        section.orientation = WD_ORIENT.LANDSCAPE if self.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = mm(width), mm(height)
        for side, margin in (_WIDE if self.landscape else _MARGINS).items():
            setattr(section, f"{side}_margin", mm(margin))
        section.footer_distance = mm(_WIDE["bottom"] - 12 if self.landscape else _MARGINS["bottom"] - 12)
        line_pitch(section)

    def _number(self, section: Any) -> None:
        """Odd page numbers at the right, even ones at the left, one character from the edge; or in the middle."""
        first, self.numbered = not self.numbered, True
        if not first:
            count_on(section)  # it takes the footers of the one before
            return
        section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False
        centred = self.document.centred_numbers
        add_page_number(section.footer.paragraphs[0], CENTER if centred else RIGHT)
        add_page_number(section.even_page_footer.paragraphs[0], CENTER if centred else LEFT)
        restart_numbers(section)

    def _cover(self, cover: Cover) -> None:
        for number, text in enumerate(cover.title):
            paragraph = self._add("Cover Title", text)
            paragraph.paragraph_format.space_before = points(4 * LINE) if not number else points(0)
        paragraph.paragraph_format.space_after = points(5 * LINE)
        rows = [(f"{field.label}：", field.value) for field in cover.fields]
        add_fields(self.file, rows, (77, 66))

    def _contents(self, contents: Contents) -> None:
        """The contents as a field that Word brings up to date, filled in with the pages that the PDF has."""
        self.turned = True
        self._add("Contents Title", contents.title)
        entries = [(one.level, one.text, one.block, self.numbers[one.block]) for one in self.listed.values()]
        paragraphs = [self._add(f"Contents {level}") for level, _text, _block, _number in entries]
        for paragraph in paragraphs:
            right_tab(paragraph, self._width(), dotted=True)
        add_contents(paragraphs, [(text, block, number) for _level, text, block, number in entries])

    def _heading(self, number: int, heading: Heading) -> None:
        style = "Title" if heading.level == 0 else f"Heading {heading.level}"
        paragraph = self._add(style)
        for line, runs in enumerate(_parted(heading.runs)):
            if line:
                paragraph.add_run().add_break()
            self._runs(paragraph, runs)
        if number in self.listed:
            mark_place(paragraph, number)

    def _paragraph(self, number: int, block: Paragraph) -> None:
        paragraph = self._add(_STYLES[block.style])
        self._runs(paragraph, block.runs)
        if number in self.listed:  # an annex: its title stands in the next paragraph
            mark_place(paragraph, number)
            add_entry(paragraph, self.listed[number].text)
        following = self.document.blocks[number + 1 : number + 3]
        kept = any(isinstance(one, Paragraph) and one.style is Style.LIST for one in following)
        if block.style in (Style.ANNEX, Style.LIST) or (kept and block.style is Style.BODY):
            keep_lines(paragraph)

    def _runs(self, paragraph: Any, runs: tuple[Run, ...] | list[Run]) -> None:
        for run in runs:
            paragraph.add_run(run.text)

    def _chart(self, chart: Chart) -> None:
        from core.export.pdf_chart import chart_image

        paragraph = self._add("Plain")
        paragraph.paragraph_format.line_spacing = 1.0  # a picture is as high as it is
        paragraph.add_run().add_picture(BytesIO(chart_image(self.document, chart, self.landscape)), width=self._width())

    def _table(self, number: int, table: Table) -> None:
        if table.caption:
            self._add("Caption", table.caption)
        if table.left_note or table.right_note:
            paragraph = self._add("Table Note", f"{table.left_note}\t{table.right_note}")
            right_tab(paragraph, self._width())
            paragraph.paragraph_format.keep_with_next = True
        elif self.turned:
            shrink(self._add("Plain")._p)
        tell = partial(self.step, number, len(self.document.blocks))
        add_table(self.file, table, self._width(), self.spacings[number], tell)

    def _width(self) -> Any:
        """The width of the text."""
        section = self.section
        return section.page_width - section.left_margin - section.right_margin

    def _signatures(self, block: SignatureBlock) -> None:
        """Lines to sign on at the left, room for the seal at the right; all on one page, with the list before it."""
        shrink(self._add("Plain")._p, LINE / 2, kept=True)
        add_signatures(self.file, [f"{line.label}：{line.value}" for line in block.lines], block.seal, (101, 42))


def _parted(runs: tuple[Run, ...]) -> Iterator[list[Run]]:
    """Runs parted at newlines."""
    line: list[Run] = []
    for run in runs:
        for number, words in enumerate(run.text.split("\n")):
            if number:
                yield line
                line = []
            line.append(Run(words, run.ref))
    yield line
