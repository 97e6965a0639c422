"""The styles, page numbers and measures of a Word file. python-docx is imported only inside the functions."""

from typing import Any

from core.export.pdf_table import CLOSER

LINE = 28.95  # points between lines, in twentieths: 22 of them have room on a page, 22 of 29 points have not
_CLOSER = -5  # twentieths of a point between characters of 16 points, so that 28 of them make a line
BODY, TITLE, COVER, NUMBER, CELL = 16, 22, 30, 14, 10.5  # sizes in points
LEFT, CENTER, RIGHT = "left", "center", "right"
_FANGSONG, _HEI, _KAI, _SONG = "仿宋", "黑体", "楷体", "宋体"
_LATIN = "Times New Roman"


def mm(value: float) -> Any:
    """A length in mm."""
    from docx.shared import Mm

    return Mm(value)


def points(value: float) -> Any:
    """A length in points."""
    from docx.shared import Pt

    return Pt(value)


def alignment(where: str) -> Any:
    """How the words of a paragraph stand."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {LEFT: WD_ALIGN_PARAGRAPH.LEFT, CENTER: WD_ALIGN_PARAGRAPH.CENTER, RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}[where]


def new_document() -> Any:
    """An empty Word file."""
    import docx

    return docx.Document()


def make_styles(file: Any) -> None:
    """The styles of an official document: body in 仿宋, headings in 黑体 and 楷体, tables in 宋体."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    styles = file.styles
    normal = styles["Normal"]
    _set(normal, _FANGSONG, BODY)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(normal, 2)
    for level, font in ((1, _HEI), (2, _KAI), (3, _FANGSONG), (4, _FANGSONG)):
        _set(styles[f"Heading {level}"], font, BODY)
        _indent(styles[f"Heading {level}"], 2)
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _set(styles["Title"], _SONG, TITLE, bold=True, line=1.25 * LINE, align=CENTER)
    styles["Title"].paragraph_format.space_after = points(LINE / 2)
    styles["Title"].paragraph_format.keep_with_next = True
    _without_border(styles["Title"])
    _set(styles["Caption"], _HEI, NUMBER, align=CENTER)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Title", "Caption"):  # what is centred is not indented as the text is
        _indent(styles[name], 0)
    for name, font, size, line, align in (
        ("Annex", _HEI, BODY, LINE, LEFT),
        ("Table Note", _SONG, CELL, 19, LEFT),
        ("Table Text", _SONG, CELL, 15, LEFT),
        ("Table Heading", _HEI, CELL, 15, CENTER),
        ("Cover Title", _SONG, COVER, 1.8 * COVER, CENTER),
        ("Plain", _FANGSONG, BODY, LINE, LEFT),
        ("Annex List", _FANGSONG, BODY, LINE, LEFT),
        ("Contents Title", _SONG, TITLE, 2 * LINE, CENTER),
        ("Contents 1", _HEI, BODY, LINE, LEFT),
        ("Contents 2", _FANGSONG, BODY, LINE, LEFT),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = None
        _set(style, font, size, bold=name in ("Cover Title", "Contents Title"), line=line, align=align)
    for number, one in enumerate(CLOSER, 1):
        for name, font, align in (("Table Text", _SONG, LEFT), ("Table Heading", _HEI, CENTER)):
            style = styles.add_style(f"{name} {number}", WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = None
            _set(style, font, one.size, line=one.leading, align=align)
    styles["Contents Title"].paragraph_format.space_after = points(LINE / 2)
    styles["Contents 2"].paragraph_format.left_indent = points(2 * BODY)
    styles["Annex List"].paragraph_format.left_indent = points(2 * BODY)


def _set(style: Any, font: str, size: float, bold: bool = False, line: float = LINE, align: str = "") -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.size = points(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.name = _LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hAnsi"), _LATIN)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = points(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = points(line)
    shape.widow_control = False  # pages have 22 lines, as in the PDF
    if size == BODY:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(_CLOSER))
        style.element.rPr.find(qn("w:sz")).addprevious(spacing)  # in the order of the schema
    if align:
        shape.alignment = alignment(align)


def _indent(style: Any, characters: int) -> None:
    """Indent the first line by characters, whatever their size."""
    from docx.oxml.ns import qn

    style.paragraph_format.first_line_indent = points(characters * BODY)
    style.element.pPr.ind.set(qn("w:firstLineChars"), str(100 * characters))


def _without_border(style: Any) -> None:
    from docx.oxml.ns import qn

    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def line_pitch(section: Any) -> None:
    """The grid of a page: lines alone, since a grid of characters spreads them in some programs."""
    from docx.oxml.ns import qn

    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def restart_numbers(section: Any) -> None:
    """Count pages from 1."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    section._sectPr.append(number)


def count_on(section: Any) -> None:
    """Number pages on from the section before, from which a new one is copied."""
    from docx.oxml.ns import qn

    for number in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(number)


def add_page_number(paragraph: Any, where: str) -> None:
    """``— 1 —`` in 宋体, one character from the edge."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.style = "Table Note"
    shape = paragraph.paragraph_format
    shape.alignment = alignment(where)
    shape.left_indent = shape.right_indent = points(NUMBER if where != CENTER else 0)
    shape.first_line_indent = points(0)
    run = paragraph.add_run("— ")
    field = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        if kind == "text":
            part = OxmlElement("w:t")
            part.text = text
        elif kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        field._r.append(part)
    closing = paragraph.add_run(" —")
    for one in (run, field, closing):
        one.font.size = points(NUMBER)


def right_tab(paragraph: Any, width: Any, dotted: bool = False) -> None:
    """A tab stop at the right edge of the text, after a row of dots where wanted."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    leader = WD_TAB_LEADER.DOTS if dotted else WD_TAB_LEADER.SPACES
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, leader)


def set_style(paragraph: Any, name: str) -> None:
    """Give a paragraph a style by its id, without python-docx's search through all styles for every cell."""
    paragraph._p.style = name.replace(" ", "")


def keep_lines(paragraph: Any) -> None:
    """Keep a paragraph on the page of the next one."""
    paragraph.paragraph_format.keep_with_next = True


def shrink(paragraph: Any, height: float = 1, kept: bool = False) -> None:
    """Make an empty paragraph (its XML) so many points high; ``kept`` on the page of what follows."""
    from docx.text.paragraph import Paragraph

    shape = Paragraph(paragraph, None).paragraph_format  # type: ignore[arg-type]
    shape.space_before = shape.space_after = points(0)
    shape.line_spacing = points(height)
    shape.first_line_indent = points(0)
    shape.keep_with_next = kept
