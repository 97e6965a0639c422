"""The report of the sample for the benchmark."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from core.export.pdf import write_pdf
from core.ledger import Ledger
from core.report.choice import Choice
from core.report.model import Document
from core.report.submission import submission
from core.report_files import FORMATS, write_report

# As many annexes as make about twenty pages.
ANNEXES = ("basic_data", "unit", "projects", "execution", "changes", "bridge")


def write_all(ledger: Ledger, year: int, folder: Path) -> int:
    """Write submission and working paper in every format; returns how many files that is."""
    return len(write_report(ledger, year, folder, FORMATS, datetime.now()))


def twenty_pages(ledger: Ledger, year: int) -> Document:
    """A submission of about twenty pages."""
    return submission(ledger.book, year, Choice(ANNEXES))


def pages(document: Document) -> int:
    """Write a document as PDF; returns how many pages it has."""
    return write_pdf(document, BytesIO()).pages
