"""A report as PDF in memory: built from a book, drawn as images of its pages. Pure work for the paper lane.

pdfium is not made for several threads: everything here that touches it runs in ``ui.tasks.paper_lane``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from core.jobs import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from core.book import Book
    from core.export.pdf_places import Link, PdfInfo
    from core.report.choice import Choice
    from core.report.model import Document

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed document: the PDF and where its figures and sections stand."""

    document: "Document"
    pdf: bytes
    info: "PdfInfo"


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page drawn ``width`` pixels wide."""

    page: int
    width: int
    image: QImage


def print_document(document: "Document", _progress: Progress) -> Paper:
    """Write a document as PDF into memory."""
    from core.export.pdf import write_pdf

    target = BytesIO()
    info = write_pdf(document, target)
    return Paper(document, target.getvalue(), info)


def print_submission(book: "Book", year: int, choice: "Choice", progress: Progress) -> Paper:
    """Build and print the submission (自评报告) of a year with what was chosen of it."""
    from core.report.submission import submission

    return print_document(submission(book, year, choice), progress)


def preview_submission(book: "Book", year: int, _progress: Progress) -> Paper:
    """The same pages as quickly as they can be had, to be looked at while the report is being written."""
    from core.report.submission import submission

    return _preview(submission(book, year, traced=False))


def preview_text(book: "Book", year: int, _progress: Progress) -> Paper:
    """Cover and text alone, for they are there before the annexes are."""
    from core.report.submission import submission, without_annexes

    return _preview(without_annexes(submission(book, year, traced=False)))


def _preview(document: "Document") -> Paper:
    from core.export.pdf import write_pdf

    target = BytesIO()
    info = write_pdf(document, target, compress=False)
    return Paper(document, target.getvalue(), info)


def write_documents(pairs: "Sequence[tuple[Document, Path]]", now: datetime, progress: Progress) -> None:
    """Write documents into files, in the format that each suffix names. Raises ``UserError``."""
    from core.report_files import write_document

    for number, (document, target) in enumerate(pairs):
        write_document(document, target, now, partial(_step, progress, number, len(pairs)))
    progress.step(1, 1)


def _step(progress: Progress, number: int, documents: int, done: int, total: int) -> None:
    """Tell how far all documents are, where one of them is so far."""
    progress.step(number * total + done, documents * total)


def draw_page(pdf: bytes, page: int, width: int, _progress: Progress) -> PageImage:
    """Draw a page ``width`` pixels wide."""
    with _opened(pdf) as document:
        return PageImage(page, width, _draw(document[page], width))


def page_images(pdf: bytes, pages: Sequence[int], dpi: int, progress: Progress) -> Iterator[QImage]:
    """Draw pages one after the other, for a printer."""
    with _opened(pdf) as document:
        for done, number in enumerate(pages):
            progress.step(done, len(pages))
            page = document[number]
            yield _draw(page, round(page.get_width() * dpi / POINTS_PER_INCH))
    progress.step(len(pages), len(pages))


def links_of(papers: Sequence[Paper]) -> "list[Link]":
    """The links of papers that are shown one after the other."""
    found, before = [], 0
    for paper in papers:
        found += [link.moved(before) for link in paper.info.links]
        before += paper.info.pages
    return found


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Several PDFs as one, page after page."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    try:
        for pdf in pdfs:
            with _opened(pdf) as document:
                whole.import_pages(document)
        target = BytesIO()
        whole.save(target)
        return target.getvalue()
    finally:
        whole.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # 12 ms: not before a page is drawn

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()  # here, in the worker: not whenever the garbage is collected


def _draw(page: Any, width: int) -> QImage:
    bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True)
    try:
        # Rows of blue, green, red and one byte unused, which is Qt's RGB32. The copy outlives the bitmap.
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()
    finally:
        bitmap.close()
        page.close()
