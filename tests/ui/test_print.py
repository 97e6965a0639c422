"""Printing and saving: real PDFs into a PDF printer, through a stand-in for the lp program, and into files."""

import os
import stat
import sys
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from core.errors import UserError
from core.figures import Ref
from core.jobs import Cancelled, Progress
from core.page_range import ALL_PAGES, EVEN_PAGES, ODD_PAGES
from core.report.choice import USUAL_CHOICE
from core.sample import SHOWN_YEAR, sample_book
from ui.dialogs.print_dialog import BOTH, WORKING, PrintDialog
from ui.paper import print_submission
from ui.printing import DPI, PrintOrder, make_printer, print_pages, send
from ui.tasks import paper_lane

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not there")


@pytest.fixture(scope="module")
def paper():
    return print_submission(sample_book(), SHOWN_YEAR, USUAL_CHOICE, Progress())


def order(paper, pages, **more) -> PrintOrder:
    return PrintOrder(paper.pdf, "自评报告", "某打印机", tuple(pages), **more)


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def pages_of(path: Path) -> list[tuple[int, int, int]]:
    """Width and height in points of each page, and how many of its pixels are dark."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = []
        for page in document:
            width, height = page.get_size()
            pixels = bytes(page.render(scale=0.5, grayscale=True).buffer)
            found.append((round(width), round(height), sum(value < 128 for value in pixels)))
        return found
    finally:
        document.close()


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    finally:
        document.close()


# Drawn pages


def test_chosen_pages_are_drawn_as_they_stand(qapp, paper, tmp_path):
    steps = []
    target = tmp_path / "打印.pdf"
    last = paper.info.pages  # the annex, landscape
    print_pages(order(paper, [2, last]), pdf_printer(target), Progress(lambda done, total: steps.append((done, total))))
    upright, wide = pages_of(target)
    assert upright[:2] == (595, 842)
    assert wide[:2] == (842, 595)
    assert min(upright[2], wide[2]) > 200, "the pages are not blank"
    assert steps[-1] == (2, 2)


def test_a_drawn_page_is_as_large_as_the_original(qapp, paper, tmp_path):
    """The same figure stands at the same place of the paper."""
    target = tmp_path / "打印.pdf"
    box = paper.info.figure(Ref(SHOWN_YEAR, 0, "调整追加"))[0]
    print_pages(order(paper, [box.page + 1]), pdf_printer(target), Progress())
    document = pypdfium2.PdfDocument(target)
    drawn = document[0].render(scale=2, grayscale=True).to_pil()
    original = pypdfium2.PdfDocument(paper.pdf)[box.page].render(scale=2, grayscale=True).to_pil()
    document.close()
    area = tuple(round(2 * value) for value in (box.left - 2, box.top, box.right + 2, box.bottom))
    here, there = (sum(255 - value for value in image.crop(area).tobytes()) for image in (drawn, original))
    assert there > 5000
    assert here == pytest.approx(there, rel=0.1)


def test_copies_are_drawn_where_the_printer_makes_none(qapp, paper, tmp_path):
    target = tmp_path / "打印.pdf"
    printer = pdf_printer(target)
    if printer.supportsMultipleCopies():
        pytest.skip("this printer makes its own copies")
    print_pages(order(paper, [1], copies=3), printer, Progress())
    assert len(pages_of(target)) == 3


def test_a_cancelled_print_stops(qapp, paper, tmp_path):
    progress = Progress()
    progress._tell = lambda done, _total: progress.cancel() if done == 1 else None
    with pytest.raises(Cancelled):
        print_pages(order(paper, range(1, 5)), pdf_printer(tmp_path / "打印.pdf"), progress)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told(qapp, paper, tmp_path):
    with pytest.raises(UserError, match="无法开始打印"):
        print_pages(order(paper, [1]), pdf_printer(tmp_path / "没有的文件夹" / "打印.pdf"), Progress())


def test_printing_runs_in_the_worker(qapp, qtbot, paper, tmp_path):
    target, done = tmp_path / "打印.pdf", []
    paper_lane.start(partial(print_pages, order(paper, [1]), pdf_printer(target))).done.connect(done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert len(pages_of(target)) == 1


def test_an_order_sets_the_printer_up(qapp, paper):
    printer = make_printer(order(paper, [1], duplex=True))
    assert printer.resolution() == DPI
    assert printer.docName() == "自评报告"


# CUPS


@pytest.fixture
def lp(tmp_path, monkeypatch):
    """A program named lp that keeps what it was given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(
        f'#!/bin/sh\nfor last; do :; done\ncp "$last" "{folder}/got.pdf"\nprintf "%s\\n" "$@" > "{folder}/args"\n'
        f'if [ -e "{folder}/refuse" ]; then echo "lp: Error - unknown destination" >&2; exit 1; fi\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@posix_only
def test_cups_is_given_the_pdf_itself(lp, paper):
    send(order(paper, [1, 2, 3, 5], copies=2, duplex=True), Progress())
    assert (lp / "got.pdf").read_bytes() == paper.pdf
    given = (lp / "args").read_text(encoding="utf-8").splitlines()
    for pair in (["-d", "某打印机"], ["-n", "2"], ["-P", "1-3,5"], ["-o", "sides=two-sided-long-edge"]):
        assert any(given[i : i + 2] == pair for i in range(len(given))), pair


@posix_only
def test_a_printer_that_refuses_is_told_with_its_reason(lp, paper):
    (lp / "refuse").touch()
    with pytest.raises(UserError, match=r"某打印机.*unknown destination"):
        send(order(paper, [1]), Progress())


# The dialog


@pytest.fixture
def dialog(qtbot, sample_desk):
    dialog = PrintDialog(sample_desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    yield dialog
    dialog.hide()
    paper_lane.finish()


def test_all_pages_are_shown(dialog, paper):
    assert dialog.pages == dialog.pane.view.pages == paper.info.pages
    assert dialog.pane._number.text() == f"1 / {paper.info.pages}"


def test_without_a_printer_it_says_so_and_offers_pdf(dialog):
    if dialog.printer.value():
        pytest.skip("this machine has a printer")
    assert "没有安装打印机" in dialog.note.text()
    assert not dialog.print_button.isEnabled()
    assert dialog.save_button.isEnabled()


def test_the_working_paper_prints_only_when_chosen(dialog, qtbot, paper):
    assert [one.document.kind for one in dialog.papers] == ["submission"]
    for kind, kinds in ((WORKING, ["working"]), (BOTH, ["submission", "working"])):
        dialog.kind.set_value(kind)
        dialog.kind.picked.emit(kind)
        qtbot.waitUntil(lambda: not dialog.is_busy)
        assert [one.document.kind for one in dialog.papers] == kinds
    assert dialog.pane.view.pages == sum(one.info.pages for one in dialog.papers) > paper.info.pages


def test_a_wrong_page_range_is_told_at_once(dialog, qtbot):
    dialog.printer.set_options({"某打印机": "某打印机"})
    dialog._check()
    assert dialog.print_button.isEnabled()
    qtbot.keyClicks(dialog.range, "3-99")
    assert "不在1至" in dialog.note.text()
    assert not dialog.print_button.isEnabled()
    dialog.range.clear()
    assert dialog.print_button.isEnabled()


@posix_only
def test_printing_from_the_dialog(dialog, qtbot, lp, paper):
    dialog.printer.set_options({"某打印机": "某打印机"})
    dialog._check()
    qtbot.keyClicks(dialog.range, "1-2")
    dialog.copies.setValue(3)
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    assert not dialog.print_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "已送往打印机" in dialog.note.text()
    given = (lp / "args").read_text(encoding="utf-8").splitlines()
    assert given[given.index("-P") + 1] == "1-2"
    assert given[given.index("-n") + 1] == "3"
    assert (lp / "got.pdf").read_bytes() == paper.pdf


def choose_side(dialog, side):
    dialog.printer.set_options({"某打印机": "某打印机"})
    dialog.duplex.setChecked(True)
    dialog.side.set_value(side)


@posix_only
@pytest.mark.parametrize(("side", "pages"), [(ODD_PAGES, "1,3,5"), (EVEN_PAGES, "2,4")])
def test_odd_or_even_pages_alone_go_to_cups_on_one_side(dialog, qtbot, lp, paper, side, pages):
    choose_side(dialog, side)
    qtbot.keyClicks(dialog.range, "1-5")
    assert not dialog.duplex.isEnabled(), "such pages are turned over by hand"
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    given = (lp / "args").read_text(encoding="utf-8").splitlines()
    assert given[given.index("-P") + 1] == pages
    assert "sides=one-sided" in given


def test_odd_or_even_pages_alone_are_drawn(dialog, qtbot, paper, tmp_path):
    choose_side(dialog, EVEN_PAGES)
    qtbot.keyClicks(dialog.range, "1-5")
    target = tmp_path / "打印.pdf"
    print_pages(order(paper, dialog._chosen_pages()), pdf_printer(target), Progress())
    assert len(pages_of(target)) == 2
    assert dialog._chosen_pages() == [2, 4]


def test_a_choice_without_such_pages_is_told(dialog, qtbot):
    choose_side(dialog, EVEN_PAGES)
    qtbot.keyClicks(dialog.range, "3")
    assert "没有双页" in dialog.note.text()
    assert not dialog.print_button.isEnabled()
    dialog.side.set_value(ALL_PAGES)
    assert dialog.print_button.isEnabled() and dialog.duplex.isEnabled()


def test_both_documents_are_saved_under_their_own_names(dialog, qtbot, tmp_path):
    dialog.kind.set_value(BOTH)
    dialog.kind.picked.emit(BOTH)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    targets = [tmp_path / "出" / "自评报告.pdf", tmp_path / "出" / "底稿.pdf"]
    dialog.save(targets)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "已保存" in dialog.note.text()
    assert "31.14万元" in text_of(targets[0])
    assert "工作底稿" in text_of(targets[1])


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(dialog, qtbot, tmp_path):
    blocker = tmp_path / "挡住"
    blocker.write_text("", encoding="utf-8")
    dialog.save([blocker / "报告.pdf"])
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "无法写入" in dialog.note.text()
    assert dialog.note.property("role") == "error"
    assert blocker.read_text(encoding="utf-8") == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_told_as_such(paper):
    from core.report_files import _not_written

    try:
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(paper.pdf)
    except OSError as error:
        assert "磁盘空间不足" in _not_written(Path("/报告.pdf"), error)
    else:
        pytest.fail("the disk was not full")


def test_closing_while_something_runs_stops_it_first(dialog, qtbot):
    dialog._start(lambda progress: [progress.check() for _ in iter(int, 1)], "完")
    assert dialog.is_busy
    assert dialog.close_button.text() == "取消"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "已取消" in dialog.note.text()
    assert paper_lane.finish(5)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def choose_file(qtbot, path: Path) -> None:
    """Type a path into the file dialog that is open, and press Enter."""
    asked = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
    edit = asked.findChild(QLineEdit)
    edit.setText(str(path))
    qtbot.keyClick(edit, Qt.Key.Key_Return)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".html"])
def test_one_list_of_formats_saves_each(dialog, qtbot, tmp_path, suffix):
    folder = tmp_path / "报送"
    folder.mkdir()
    dialog.format.set_value(suffix)
    QTimer.singleShot(300, lambda: choose_file(qtbot, folder / "自评"))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.close_button.text() == "取消" and not dialog.bar.isHidden()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20000)
    assert [path.name for path in folder.iterdir()] == [f"自评{suffix}"], "the working paper was not chosen"
    assert dialog.note.text() == f"已保存：自评{suffix}"
    assert dialog.desk.report_folder == folder


class Opened(QObject):
    """Stands where the system's file manager would be asked to open a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.places.append(url.toLocalFile())


def test_the_folder_of_what_was_saved_is_opened(dialog, qtbot, tmp_path):
    assert dialog.folder_link.isHidden()
    dialog.save([tmp_path / "自评.docx"])
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20000)
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")
    try:
        qtbot.mouseClick(dialog.folder_link, Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.places == [str(tmp_path)]


def test_a_save_that_is_cancelled_leaves_nothing(dialog, qtbot, tmp_path):
    dialog.kind.set_value(BOTH)
    dialog.kind.picked.emit(BOTH)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20000)
    dialog.save([tmp_path / "自评.xlsx", tmp_path / "底稿.xlsx"])
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert "已取消" in dialog.note.text() and dialog.folder_link.isHidden()
    assert paper_lane.finish(20)
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".part")]


def test_a_report_is_saved_as_html(dialog, qtbot, tmp_path):
    target = tmp_path / "自评报告.html"
    dialog.save([target])
    qtbot.waitUntil(lambda: not dialog.is_busy)
    text = target.read_text(encoding="utf-8")
    assert "部门整体支出绩效自评报告" in text
    assert "31.14" in text


def test_what_is_printed_is_chosen(dialog, qtbot):
    before = dialog.papers[0].info.pages
    menu = dialog.annexes
    assert menu.text() == "附件4项，有目录"
    menu.boxes["payments"].click()
    menu.contents.click()
    assert menu.text() == "附件5项，无目录"
    menu.menu().aboutToHide.emit()
    qtbot.waitUntil(lambda: not dialog.is_busy and bool(dialog.papers), timeout=20_000)
    titles = [block.runs[0].text for block in dialog.papers[0].document.blocks if getattr(block, "level", 1) == 0]
    assert any("支出明细表" in title for title in titles)
    assert dialog.papers[0].info.pages != before
    menu.menu().aboutToHide.emit()  # nothing else chosen: nothing is made again
    assert not dialog.is_busy
