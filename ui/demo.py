"""The verb ``demo DIR``: the sample ledger, its findings, its report in three formats and pictures of the pages. No
screen is needed; what an earlier demo left in the folder is replaced.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli_check import print_findings
from core.cli_parser import VerbParser
from core.errors import UserError
from core.i18n import _

if TYPE_CHECKING:
    from core.ledger import Ledger
    from ui.window import Window

FILE = _("示例台账.ysz")
SIZES = ((1440, 900), (1366, 768))
PAGES = (
    ("overview", _("总览")),
    ("projects", _("项目预算")),
    ("entries", _("收支台账")),
    ("goals", _("绩效指标")),
    ("basic_data", _("基础数据")),
    ("report", _("年终报告")),
    ("findings", _("核对")),
    ("compare", _("多年对比")),
    ("closing", _("年度锁定与定稿")),
    ("checking", _("报告文字核查")),
    ("exchange", _("导入导出")),
    ("backups", _("备份与恢复")),
    ("settings", _("设置")),
)
_FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": _("电子表格")}
WELL, FAILED = 0, 2
_PATIENCE = 30  # seconds a page may take to be drawn


def main(argv: list[str]) -> int:
    """Make the demo in the folder named by ``argv`` (``demo DIR``); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = VerbParser(prog="main.py demo", description=_("生成示例台账、核对结果、示例报告和界面图片"))
    parser.add_argument("folder", metavar=_("文件夹"), type=Path, help=_("存放的文件夹"))
    try:
        folder: Path = parser.parse_args(argv[1:]).folder
        make(folder, datetime.now())
    except SystemExit as said:  # the parser has shown the usage, or what is wrong with it
        return int(said.code or WELL)
    except UserError as error:
        print("；".join(str(error).splitlines()), file=sys.stderr)
        return FAILED
    return WELL


def make(folder: Path, now: datetime) -> None:
    """Fill the folder with the demo, saying in a line what was written. Raises ``UserError``."""
    from core.report_files import write_report
    from core.sample import SHOWN_YEAR, build_sample

    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_earlier(folder)
    ledger = build_sample(folder / FILE)
    try:
        print_findings(ledger.book, ledger.findings, SHOWN_YEAR, sys.stdout, now.date())
        print()
        print(_("示例台账：{path}").format(path=ledger.path))
        written = write_report(ledger, SHOWN_YEAR, folder, tuple(_FORMATS), now)
        named = ((_("自评报告"), _("内部工作底稿"))[place // len(_FORMATS)] for place in range(len(written)))
        for name, path in zip(named, written, strict=True):
            print(_("{name}（{kind}）：{path}").format(name=name, kind=_FORMATS[path.suffix[1:]], path=path))
        for text, path in take_pictures(ledger, SHOWN_YEAR, folder):
            print(_("界面图片，{text}：{path}").format(text=text, path=path))
    finally:
        ledger.close()


def take_pictures(ledger: "Ledger", year: int, folder: Path) -> Iterator[tuple[str, Path]]:
    """A picture of each page at each size, drawn without a screen; yields what it shows, and the file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler

    from ui.app import make_app
    from ui.desk import Desk
    from ui.settings import Settings
    from ui.window import Window

    held = qInstallMessageHandler(_pass_on)
    make_app()
    with tempfile.TemporaryDirectory() as settings:
        window = Window(Desk(), Settings(Path(settings)))
        try:
            window.desk.show_ledger(ledger, year)
            window.show()
            for name, title in PAGES:
                for width, height in SIZES:
                    window.resize(width, height)
                    _show(window, name)
                    path = folder / f"{name}-{width}x{height}.png"
                    with _told(folder):
                        if not window.grab().save(str(path)):
                            raise OSError(0, "", str(path))
                    yield _("{title}页{width}×{height}").format(title=title, width=width, height=height), path
        finally:
            window.close()
            qInstallMessageHandler(held)


def _pass_on(_kind: object, _context: object, text: str) -> None:
    """What Qt complains of, but for what it says of every window without a screen."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def _show(window: "Window", page: str) -> None:
    """Bring a page to where there is something to see, and wait until it is drawn."""
    from PySide6.QtWidgets import QApplication

    from core.check import About
    from core.overview import overview

    desk = window.desk
    lines = overview(desk.book, desk.year, desk.today()).lines
    carrying = next((line.row.project for line in lines if line.balance.carried), 0)
    short = next((line.row.project for line in lines if line.balance.recovered), 0)  # not everything was reached
    places = {
        "projects": About("project", carrying),
        "goals": About("evaluation", short),
        "report": About("stated", 0, "调整追加"),
    }
    window.show_page(page)
    if page in places:
        window.page(page).locate(places[page])
    _wait(window)
    focus = QApplication.focusWidget()
    if focus is not None:  # no cursor in the picture
        focus.clearFocus()


def _wait(window: "Window") -> None:
    """Let the window settle and its preview be drawn."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop
    from PySide6.QtWidgets import QApplication

    from ui.widgets.report_preview import ReportPreview

    deadline = QDeadlineTimer(_PATIENCE * 1000)
    for _round in range(3):
        QApplication.processEvents()
    previews = [made for made in window.findChildren(ReportPreview) if made.isVisible()]
    while not deadline.hasExpired():
        if not any(made.is_busy or made.paper is None or not made.view.is_drawn for made in previews):
            break
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    QApplication.processEvents()


def _remove_earlier(folder: Path) -> None:
    """Remove what an earlier demo wrote. Raises ``UserError`` if its ledger is open in a window."""
    from core.lock import Lock

    path = folder / FILE
    if path.exists():
        lock = Lock(path)
        try:
            path.unlink()
            # What a crash left behind must not be rolled back into the new file.
            path.with_name(path.name + "-journal").unlink(missing_ok=True)
        finally:
            lock.release()
    for name, _title in PAGES:
        for width, height in SIZES:
            (folder / f"{name}-{width}x{height}.png").unlink(missing_ok=True)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system refuses, in words."""
    try:
        yield
    except OSError as error:
        text = _("无法写入文件夹“{folder}”，请检查权限和磁盘空间，或换一个文件夹。")
        raise UserError(text.format(folder=folder)) from error
