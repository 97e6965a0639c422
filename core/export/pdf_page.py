"""Pages by GB/T 9704: A4 with margins of 37, 35, 28 and 26 mm, 22 lines of 28 characters of 16 points.

``Pages`` draws lines and rules, numbers the pages, lists the bookmarks, and notes where figures and sections stand.
Its coordinates are points from the top left corner of the page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from core.export.pdf_fonts import Face, glyph
from core.export.pdf_places import Box, Link, PdfInfo, Place, Stretch
from core.export.pdf_text import Chars, Line, aligned, break_lines, measure
from core.report.model import About, Document, Run, Step, no_step

Segment = tuple[float, float, float, float]  # x and y of both ends

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
TOP, BOTTOM, LEFT, RIGHT = 37 * MM, 35 * MM, 28 * MM, 26 * MM
LEADING = (A4[1] - TOP - BOTTOM) / 22
SIZE = 16.0
PITCH = (A4[0] - LEFT - RIGHT) / 28
NUMBER_SIZE = 14.0
NUMBER_BELOW = 7 * MM  # of the text block
HAIRLINE = 0.5
_DOTS = 6.0  # from dot to dot of a leader
_BASELINE = 0.38  # from the middle of a line down to its baseline, in sizes: the em box is 0.88 high, 0.12 deep


class Pages:
    """The pages of a PDF that is being written. ``y`` is where the next line goes."""

    def __init__(
        self,
        target: Path | BinaryIO,
        document: Document,
        when: datetime | None,
        drawn: bool = True,
        compress: bool = True,
        step: Step = no_step,
    ) -> None:
        """``drawn``: False where only the places on the pages are asked for. ``step`` is told on every page, and
        now and then between, how many blocks are set."""
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # streams as they are: as text they are a quarter longer and slower to write
        file = str(target) if isinstance(target, Path) else target
        number_font = glyph(Face.SONG, "1").font  # else the file would name Helvetica, which is not embedded
        self._canvas: Any = Canvas(
            file, pagesize=A4, invariant=1, initialFontName=number_font, pageCompression=int(compress)
        )
        self._canvas.setTitle(document.title)
        self._canvas.setAuthor(document.meta.unit)
        self._canvas.setSubject(document.title)
        self._canvas.setCreator(document.meta.program)
        self._canvas.setProducer(document.meta.program)
        if when is not None:
            stamp = when.astimezone().strftime("D:%Y%m%d%H%M%S%z")
            self._canvas.setDateFormatter(lambda *_parts: f"{stamp[:-2]}'{stamp[-2:]}'")
        self._centred = document.centred_numbers
        self._step, self._blocks = step, len(document.blocks)
        self._open = False
        self._drawn = drawn
        self._numbered = True
        self.landscape = False
        self._number = 0
        self._level = -1
        self._sizes: list[tuple[float, float]] = []
        self._places: list[Place] = []
        self._stretches: list[Stretch] = []
        self._late: dict[int, list[Callable[[], None]]] = {}  # by page, what is drawn when all numbers are known
        self.block = 0  # the block being set, by its place in the document
        self._links: list[tuple[int, Box]] = []
        self._marks: dict[int, tuple[int, float]] = {}  # page and height of each block that the outline lists
        self.spacings: dict[int, Any] = {}  # how close the words of each table are set
        self.numbers: dict[int, int] = {}  # the page number of each block that the outline lists
        self._rules: set[Segment] = set()  # of the page being written
        self.y = TOP

    @property
    def left(self) -> float:
        """The left edge of the text block."""
        return BOTTOM if self.landscape else LEFT

    @property
    def width(self) -> float:
        """The width of the text block."""
        return A4[1] - TOP - BOTTOM if self.landscape else A4[0] - LEFT - RIGHT

    @property
    def top(self) -> float:
        """The upper edge of the text block: a landscape page is bound at its top."""
        return LEFT if self.landscape else TOP

    @property
    def bottom(self) -> float:
        """The lower edge of the text block."""
        return A4[0] - RIGHT if self.landscape else A4[1] - BOTTOM

    @property
    def page(self) -> int:
        """The page being written, from 0."""
        return len(self._sizes) - 1

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return not self._open or self.y == self.top

    def tell(self) -> None:
        """Say how far it is; whoever listens may raise to stop it."""
        self._step(self.block, self._blocks)

    def turn(self, landscape: bool | None = None, numbered: bool = True) -> None:
        """Begin a new page, upright or landscape as the one before unless told otherwise."""
        self.tell()
        self._finish()
        if landscape is not None:
            self.landscape = landscape
        self._numbered = numbered
        self._open = True
        size = (A4[1], A4[0]) if self.landscape else A4
        self._canvas.setPageSize(size)
        self._sizes.append(size)
        self._number += numbered
        self.y = self.top

    def room(self, height: float) -> None:
        """Begin a new page unless this much height is left."""
        if not self._open or (self.y + height > self.bottom + 0.1 and not self.fresh):
            self.turn()

    def line(self, chars: Chars, line: Line, x: float, middle: float, anchor: About | None = None) -> None:
        """Draw a line of text around a middle height; note its figures and its words."""
        if not self._drawn:
            return
        font_size = chars.size
        height = self._sizes[-1][1]
        text = self._canvas.beginText()
        for font, words, left, space in _segments(chars, line):
            text.setFont(font, font_size)
            text.setCharSpace(space)
            text.setTextOrigin(x + left, height - middle - _BASELINE * font_size)
            text.textOut(words)
        self._canvas.drawText(text)
        self._note(chars, line, x, middle, anchor)

    def words(
        self, text: str, face: Face, size: float, x: float, width: float, middle: float, share: float = 0
    ) -> None:
        """Draw one short line: at the left (share 0), in the middle (0.5), or at the right (1) of a width."""
        chars = measure((Run(text),), face, size)
        for line in break_lines(chars, 10 * A4[1], justify=False)[:1]:
            self.line(chars, aligned(line, width, share), x, middle)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin black line, level or upright. Lines that meet end to end are drawn as one."""
        if self._drawn:
            self._rules.add((round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)))

    def dots(self, x0: float, x1: float, y: float) -> None:
        """Draw a row of dots (leaders); those of rows below each other stand below each other."""
        height = self._sizes[-1][1]
        self._canvas.setLineWidth(1.2)
        self._canvas.setLineCap(1)
        self._canvas.setDash([0, _DOTS])
        self._canvas.line(x1 - (x1 - x0) // _DOTS * _DOTS, height - y, x1, height - y)
        self._canvas.setDash([])
        self._canvas.setLineCap(0)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(x, self._sizes[-1][1] - y - height, width, height, stroke=0, fill=1)
        self._canvas.setFillColor("#000000")

    def path(self, points: Sequence[tuple[float, float]], colour: str, width: float, dashed: bool) -> None:
        """Draw a line through points."""
        height = self._sizes[-1][1]
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.setDash([5, 4] if dashed else [])
        drawn = self._canvas.beginPath()
        drawn.moveTo(points[0][0], height - points[0][1])
        for x, y in points[1:]:
            drawn.lineTo(x, height - y)
        self._canvas.drawPath(drawn)
        self._canvas.setDash([])
        self._canvas.setStrokeColor("#000000")

    def begin(self, text: str, anchor: About | None, box: Box) -> None:
        """Note where a block with an anchor begins."""
        if anchor is not None:
            self._places.append(Place(box, text, anchor))

    def bookmark(self, title: str, level: int) -> None:
        """List the block in the outline. A level deeper than the one above by more than one is raised."""
        self._level = min(level, self._level + 1)
        self.numbers[self.block] = self._number
        self._marks[self.block] = (self.page, self.y)
        self._canvas.bookmarkPage(_key(self.block), fit="XYZ", left=0, top=self._sizes[-1][1] - self.y, zoom=0)
        self._canvas.addOutlineEntry(title, _key(self.block), self._level, closed=False)

    def link(self, block: int, box: Box) -> None:
        """A click into the box goes to a block that the outline lists."""
        self._links.append((block, box))
        height = self._sizes[-1][1]
        corners = (box.left, height - box.bottom, box.right, height - box.top)
        self._canvas.linkAbsolute("", _key(block), corners, Border="[0 0 0]")

    def later(self, draw: Callable[[], None]) -> None:
        """Draw something on this upright page when every page is set and ``numbers`` is complete."""
        if self.page not in self._late:
            self._canvas.doForm(f"late{self.page}")
        self._late.setdefault(self.page, []).append(draw)

    def close(self) -> PdfInfo:
        """Finish the last page and the file."""
        self.end()
        self._sizes.append(A4)  # what is drawn late stands on upright pages
        for page, drawings in self._late.items():
            self._canvas.beginForm(f"late{page}", 0, 0, *A4)
            for draw in drawings:
                draw()
            self._canvas.endForm()
        self._sizes.pop()
        self._canvas.save()
        links = tuple(Link(box, *self._marks[block]) for block, box in self._links)
        return PdfInfo(tuple(self._sizes), tuple(self._places), tuple(self._stretches), links)

    def end(self) -> None:
        """Finish the last page."""
        if not self._open and not self._sizes:
            self.turn()
        self._finish()

    def _note(self, chars: Chars, line: Line, x: float, middle: float, anchor: About | None) -> None:
        top, bottom = middle - 0.6 * chars.size, middle + 0.6 * chars.size
        for run, at in chars.runs:
            first, last = max(at, line.start), min(at + len(run.text), line.end)
            if first >= last:
                continue
            edges = [x + left for left in line.lefts[first - line.start : last - line.start + 1]]
            edges[-1] = edges[-2] + chars.widths[last - 1]  # without the gap that justifies the line
            if run.ref is not None:
                box = Box(self.page, edges[0], top, edges[-1], bottom)
                self._places.append(Place(box, run.text, anchor, run.ref))
            if run.start >= 0 and anchor is not None:
                start = run.start + first - at
                self._stretches.append(Stretch(self.page, top, bottom, anchor, start, tuple(edges)))

    def _finish(self) -> None:
        if not self._open:
            return
        height = self._sizes[-1][1]
        self._canvas.setLineWidth(HAIRLINE)
        self._canvas.lines([(x0, height - y0, x1, height - y1) for x0, y0, x1, y1 in _joined(self._rules)])
        self._rules.clear()
        if self._numbered:
            self._print_number(f"— {self._number} —")
        self._canvas.showPage()
        self._open = False

    def _print_number(self, text: str) -> None:
        """Odd numbers at the right, even ones at the left, one character from the edge. On a landscape page the
        number stands where it would if the sheet were held upright: along the left edge, turned."""
        below = A4[1] - BOTTOM + NUMBER_BELOW
        share = 0.5 if self._centred else self._number % 2
        width = A4[0] - LEFT - RIGHT - 2 * NUMBER_SIZE
        if self.landscape and self._centred:
            self.words(text, Face.SONG, NUMBER_SIZE, self.left, self.width, A4[0] - RIGHT + NUMBER_BELOW, 0.5)
        elif self.landscape:
            self._canvas.saveState()
            self._canvas.translate(0, A4[0])
            self._canvas.rotate(-90)
            self._canvas.translate(0, A4[1] - self._sizes[-1][1])
            self.words(text, Face.SONG, NUMBER_SIZE, LEFT + NUMBER_SIZE, width, below, share)
            self._canvas.restoreState()
        else:
            self.words(text, Face.SONG, NUMBER_SIZE, LEFT + NUMBER_SIZE, width, below, share)


def _joined(rules: Iterable[Segment]) -> list[Segment]:
    """Lines that continue one another as one: cells that touch each bring the edge they share."""
    level = sorted((y0, min(x0, x1), max(x0, x1)) for x0, y0, x1, y1 in rules if y0 == y1)
    upright = sorted((x0, min(y0, y1), max(y0, y1)) for x0, y0, x1, y1 in rules if y0 != y1)
    found = [(start, y, end, y) for y, start, end in _runs(level)]
    return found + [(x, start, x, end) for x, start, end in _runs(upright)]


def _runs(sorted_lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Place, start and end of the lines, joined where one begins before the other has ended."""
    found: list[tuple[float, float, float]] = []
    for place, start, end in sorted_lines:
        if found and found[-1][0] == place and start <= found[-1][2] + 0.02:
            found[-1] = (place, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((place, start, end))
    return found


def _key(block: int) -> str:
    """What the place of a block is called inside the file."""
    return f"block{block}"


def _segments(chars: Chars, line: Line) -> Iterator[tuple[str, str, float, float]]:
    """Font, words, left edge and character space of the pieces of a line that are drawn in one go."""
    font, words, left, space = "", "", 0.0, 0.0
    closed = True
    for i, place in enumerate(range(line.start, line.end)):
        one = chars.glyphs[place]
        gap = line.lefts[i + 1] - line.lefts[i] - one.advance * chars.size / 1000
        if closed or one.font != font:
            if words:
                yield font, words, left, space
            font, words, left, space, closed = one.font, "", line.lefts[i], gap, False
        words += one.char
        closed = abs(gap - space) > 0.001  # the last character of a piece may have any gap after it
    if words:
        yield font, words, left, space
