"""Printing: where CUPS is, the PDF itself goes to it; elsewhere its pages are drawn at 300 dpi."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from core.errors import UserError
from core.i18n import _
from core.jobs import Cancelled, Progress
from core.page_range import show_page_range
from ui.paper import page_images

DPI = 300
_SECONDS = 60  # for CUPS to take the file


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is to be printed. Pages are numbered from 1."""

    pdf: bytes
    title: str
    printer: str
    pages: tuple[int, ...]
    copies: int = 1
    duplex: bool = False


def printers() -> list[str]:
    """The installed printers, the default one first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != default)


def send(order: PrintOrder, progress: Progress) -> None:
    """Print an order. Raises ``UserError`` when the printer does not take it."""
    if shutil.which("lp"):
        send_to_cups(order)
    else:
        print_pages(order, make_printer(order), progress)


def make_printer(order: PrintOrder) -> QPrinter:
    """A printer of the system, set up for an order."""
    printer = QPrinter(QPrinterInfo.printerInfo(order.printer), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(order.title)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if order.duplex else QPrinter.DuplexMode.DuplexNone)
    if printer.supportsMultipleCopies():
        printer.setCopyCount(order.copies)
    return printer


def send_to_cups(order: PrintOrder) -> None:
    """Hand the PDF to CUPS, which knows best how to print it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(order.pdf)
        sides = "two-sided-long-edge" if order.duplex else "one-sided"
        command = ["lp", "-d", order.printer, "-n", str(order.copies), "-t", order.title]
        command += ["-P", show_page_range(order.pages), "-o", "media=A4", "-o", f"sides={sides}", str(path)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UserError(_("打印服务没有响应，请检查打印机后重试，或先保存为PDF。")) from error
    if done.returncode:
        reason = done.stderr.strip().rstrip(".。") or _("原因不明")
        raise UserError(
            _("打印机“{name}”没有接受这份文件：{reason}。可以先保存为PDF。").format(name=order.printer, reason=reason)
        )


def print_pages(order: PrintOrder, printer: QPrinter, progress: Progress) -> None:
    """Draw the pages on a printer, upright and landscape as they are. Raises ``UserError`` if it does not start."""
    copies = 1 if printer.supportsMultipleCopies() else order.copies
    pages = [number - 1 for number in order.pages] * copies
    painter = QPainter()
    try:
        for image in page_images(order.pdf, pages, printer.resolution(), progress):
            wide = image.width() > image.height()
            side = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
            layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), side, QMarginsF())
            layout.setMode(QPageLayout.Mode.FullPageMode)
            printer.setPageLayout(layout)
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise UserError(_("打印机“{name}”无法开始打印，请检查打印机后重试。").format(name=order.printer))
            painter.drawImage(QRectF(0, 0, image.width(), image.height()), image)
    except Cancelled:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
