"""The report of the sample for the benchmark."""

from datetime import datetime
from pathlib import Path

from core.ledger import Ledger
from core.report_files import write_report


def write_both(ledger: Ledger, year: int, folder: Path) -> int:
    """Write submission and working paper as PDF; returns how many pages they have."""
    import pypdfium2

    pages = 0
    for path in write_report(ledger, year, folder, ["pdf"], datetime.now()):
        document = pypdfium2.PdfDocument(path)
        pages += len(document)
        document.close()
    return pages
