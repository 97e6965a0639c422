"""Reading a PDF back: text, where each character stands, and a document of plain blocks to print."""

from ctypes import byref, c_double
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw

from core.export.pdf import write_pdf
from core.export.pdf_places import Box, PdfInfo
from core.report.model import Block, Document, Kind, Meta

MM = 72 / 25.4
META = Meta(2023, "示范区妇女联合会", "区妇联", "单位预算台账 0")


@dataclass(frozen=True)
class Character:
    """One printed character, in points from the top left corner of the page: its box and its baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    x: float  # where it begins on the baseline
    baseline: float


class Printed:
    """A document as PDF, read back."""

    def __init__(self, document: Document) -> None:
        target = BytesIO()
        self.document = document
        self.info: PdfInfo = write_pdf(document, target)
        self.bytes = target.getvalue()
        self.pdf = pypdfium2.PdfDocument(self.bytes)
        self._read: dict[int, list[Character]] = {}

    @classmethod
    def of(cls, *blocks: Block) -> "Printed":
        return cls(Document("试印", Kind.SUBMISSION, META, blocks))

    def text(self, page: int) -> str:
        return str(self.pdf[page].get_textpage().get_text_range()).replace("\r\n", "\n")

    def texts(self) -> str:
        """All pages without white space."""
        return "".join("".join(self.text(page).split()) for page in range(len(self.pdf)))

    def inside(self, box: Box) -> str:
        """The characters that begin in a rectangle."""
        return "".join(
            one.text
            for one in self.characters(box.page)
            if box.left - 0.1 <= one.x < box.right - 0.1 and box.top <= one.baseline <= box.bottom
        )

    def characters(self, page: int) -> list[Character]:
        """All characters of a page that are not blank."""
        if page not in self._read:
            self._read[page] = self._characters(page)
        return self._read[page]

    def _characters(self, page: int) -> list[Character]:
        height = self.pdf[page].get_height()
        reader = self.pdf[page].get_textpage()
        found = []
        x, y = c_double(), c_double()
        for n in range(reader.count_chars()):
            text = reader.get_text_range(n, 1)
            if text.strip():
                left, bottom, right, top = reader.get_charbox(n, loose=True)
                pypdfium2.raw.FPDFText_GetCharOrigin(reader, n, byref(x), byref(y))
                found.append(Character(text, left, height - top, right, height - bottom, x.value, height - y.value))
        return found

    def lines(self, page: int) -> list[list[Character]]:
        """Characters line by line, from top to bottom and from left to right."""
        rows: dict[int, list[Character]] = {}
        for one in self.characters(page):
            rows.setdefault(round(one.baseline), []).append(one)
        return [sorted(rows[key], key=lambda one: one.x) for key in sorted(rows)]
