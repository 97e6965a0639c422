"""Charts on pages, drawn as lines and areas."""

from io import BytesIO

from core.export.chart_shapes import Area, Path, Words, chart_height, shapes
from core.export.pdf_fonts import Face
from core.export.pdf_page import Pages
from core.export.pdf_text import measure
from core.report.model import Chart, Document, Run

_GAP = 12.0  # below a chart


def words_width(text: str, size: float) -> float:
    """How wide words are in 宋体, in points."""
    return sum(measure((Run(text),), Face.SONG, size).widths)


def set_chart(pages: Pages, chart: Chart) -> None:
    """Draw a chart over the text width, on a new page where too little is left."""
    height = chart_height(chart)
    pages.room(height)
    left, top = pages.left, pages.y
    for one in shapes(chart, pages.width, words_width):
        match one:
            case Area():
                pages.fill(left + one.left, top + one.top, one.width, one.height, one.colour)
            case Path():
                pages.path([(left + x, top + y) for x, y in one.points], one.colour, one.width, one.dashed)
            case Words():
                face = Face.HEI if one.text == chart.title else Face.SONG
                width = 2 * words_width(one.text, one.size)
                pages.words(
                    one.text, face, one.size, left + one.x - width * one.share, width, top + one.middle, one.share
                )
    pages.y += height + _GAP


def chart_image(document: Document, chart: Chart, landscape: bool) -> bytes:
    """A chart as a PNG picture of 200 dots an inch, as wide as the text of a page."""
    import pypdfium2

    target = BytesIO()
    pages = Pages(target, Document(document.title, document.kind, document.meta, ()), None)
    pages.turn(landscape=landscape, numbered=False)
    left, top, right, bottom = pages.left, pages.top, pages.left + pages.width, pages.top + chart_height(chart)
    set_chart(pages, chart)
    pages.close()
    pdf = pypdfium2.PdfDocument(target.getvalue())
    width, height = pdf[0].get_size()
    drawn = pdf[0].render(scale=200 / 72, crop=(left, height - bottom, width - right, top)).to_pil()
    pdf.close()
    picture = BytesIO()
    drawn.save(picture, "PNG", dpi=(200, 200))
    return picture.getvalue()
