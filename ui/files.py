"""Files of the window: opened, made, copied and backed up. What goes wrong is told, what was open stays open."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core import commands
from core.backups import Why
from core.errors import NotWritable, UserError
from core.i18n import _
from core.newfile import new_ledger
from core.reasons import reason
from ui.copies import Copies
from ui.desk import Desk
from ui.portable import portable_folder
from ui.settings import Settings
from ui.tasks import Job, Lane

SUFFIX = ".ysz"
FILTER = _("单位预算台账（*.ysz）")
TABLES = _("Excel 工作簿（*.xlsx）")

file_lane = Lane()  # copies files


def documents() -> Path:
    """Where new ledgers go: beside a portable program, else the user's documents, else the home folder."""
    if (beside := portable_folder()) is not None:
        return beside
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


class Files(QObject):
    """Opens ledgers onto the desk and keeps their copies."""

    refused = Signal(str, object)  # message; the path, where it could be opened for reading only
    told = Signal(str)
    taken_over = Signal(object)  # Path of the new ledger, or of one that a page asks for: show it
    take_over_asked = Signal(object)  # Path of a hand-over file: ask where to put it, and for its password
    backup_changed = Signal(str, bool)  # what the status bar says of the backup; True: it failed

    def __init__(self, desk: Desk, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings
        self.copies = desk.copies = Copies(desk, settings, self)
        self.copies.recovered.connect(self.taken_over.emit)
        desk.file_asked.connect(self.taken_over.emit)
        desk.opened.connect(self._show_last_backup)
        self._jobs: set[Job] = set()

    def open(self, path: Path, readonly: bool = False) -> bool:
        """Open a file; False and a message if it cannot be."""
        if self.desk.is_open and not self.desk.file_readonly and path.absolute() == self.desk.ledger.path.absolute():
            return True
        from core.encrypted import is_encrypted

        if is_encrypted(path):
            self.take_over_asked.emit(path)
            return False
        try:
            self.desk.open(path, readonly)
        except NotWritable as error:
            self.refused.emit(str(error), path)
            return False
        except UserError as error:
            self.settings.forget(path.absolute())
            if not self.copies.offer_backup(path, str(error)):
                self.refused.emit(str(error), None)
            return False
        self._opened()
        return True

    def create(self, path: Path, name: str, year: int, short_name: str = "", kind: str = "", policy: str = "") -> str:
        """Make a file for a new unit and show it; returns what is wrong, or nothing."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ledger = new_ledger(path, name, year, policy, short_name=short_name)
            ledger.commit(commands.set_unit(ledger.book, kind=kind))
            ledger.close()
            # Opened anew: nothing of the making can be undone.
            self.desk.open(path)
        except UserError as error:
            return str(error)
        except OSError as error:
            return _("无法建立文件夹“{folder}”：{reason}。").format(folder=path.parent, reason=reason(error))
        self._opened()
        return ""

    def open_sample(self, folder: Path | None = None) -> None:
        """Show the sample: the copy in the documents folder, made when it is not there yet."""
        path = (folder or documents()) / _("单位预算台账示例") / _("示例台账.ysz")
        try:
            if path.is_file():
                self.desk.open(path)
            else:
                from core.sample import SHOWN_YEAR, build_sample

                path.parent.mkdir(parents=True, exist_ok=True)
                self.desk.show_ledger(build_sample(path), SHOWN_YEAR)
        except NotWritable as error:
            self.refused.emit(str(error), path)
            return
        except UserError as error:
            self.refused.emit(str(error), None)
            return
        except OSError as error:
            self.refused.emit(_("无法建立示例：{reason}。").format(reason=reason(error)), None)
            return
        self._opened()
        self.told.emit(_("示例台账放在“{path}”，可以随意修改；其中的日期和逐笔支出为示例数据。").format(path=path))

    def ask_open(self, window: QWidget) -> Path | None:
        """Let the officer choose a ledger file."""
        folder = self.desk.ledger.path.parent if self.desk.is_open else documents()
        chosen, _kind = QFileDialog.getOpenFileName(window, _("打开文件"), str(folder), FILTER)
        return Path(chosen) if chosen else None

    def ask_copy(self, window: QWidget) -> None:
        """Let the officer choose a place and copy the open file there."""
        path = self.desk.ledger.path
        offer = str(path.with_stem(_("{name}_副本").format(name=path.stem)))
        chosen, _kind = QFileDialog.getSaveFileName(window, _("另存副本"), offer, FILTER)
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, target: Path) -> None:
        """Copy the open file to another place, in the background."""
        ledger = self.desk.ledger
        target = target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)
        if target.absolute() == ledger.path.absolute():
            self.refused.emit(_("副本不能与原文件同名同位置，请换一个文件名。"), None)
            return
        self._start(
            lambda: ledger.save_copy(target),
            lambda path: self.told.emit(_("副本已保存到“{path}”。").format(path=path)),
            self._copy_failed,
        )

    def ask_tables(self, window: QWidget) -> None:
        """Let the officer choose a place and write the year on show there as spreadsheet tables."""
        path = self.desk.ledger.path
        name = _("{name}_{year}年度.xlsx").format(name=path.stem, year=self.desk.year)
        chosen, _kind = QFileDialog.getSaveFileName(window, _("导出年度表格"), str(path.with_name(name)), TABLES)
        if chosen:
            self.save_tables(Path(chosen))

    def save_tables(self, target: Path) -> None:
        """Write projects, budget events, payments and findings of the year on show, in the background."""
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(target.name + ".xlsx")
        book, year, found = self.desk.book, self.desk.year, self.desk.review()

        def write() -> Path:
            from core.export.sheet import write_tables
            from core.year_tables import year_tables

            write_tables(target, year_tables(book, year, found))
            return target

        self._start(
            write,
            lambda path: self.told.emit(_("年度表格已导出到“{path}”。").format(path=path)),
            self._copy_failed,
        )

    def back_up(self, is_automatic: bool = False) -> None:
        """Copy the open file into its backup folder, in the background."""
        ledger = self.desk.ledger
        self._start(
            lambda: ledger.back_up(Why.OPEN if is_automatic else Why.MANUAL).path,
            lambda path: self._backed_up(path, is_automatic),
            lambda error: self._copy_failed(error, is_automatic),
        )

    def take_over(self, handed: Path, target: Path, password: str, refused: Callable[[Exception], None]) -> None:
        """Prove a hand-over file, put it where it will be worked with, and open it; ``refused`` says what is wrong."""
        from core.restore import restore_backup

        if target.exists():
            refused(UserError(_("“{name}”已经存在，请换一个文件名。").format(name=target.name)))
            return

        def bring() -> Path:
            target.parent.mkdir(parents=True, exist_ok=True)
            return restore_backup(handed, target, password=password).path

        self._start(bring, lambda path: self.taken_over.emit(path), refused)

    def finish(self) -> None:
        """Let the copies under way end without telling of them: the window closes."""
        for job in self._jobs:
            job.cancel()
        file_lane.finish()
        if self.desk.is_open and self.desk.ledger.is_changed_since_backup:
            with suppress(UserError):  # nobody is there to be told any more; the next opening backs up and tells
                self.desk.ledger.back_up(Why.CLOSE)
        self.copies.finish()

    def _start(
        self, copy: Callable[[], Path], done: Callable[[Path], None], failed: Callable[[Exception], None]
    ) -> None:
        job = file_lane.start(lambda _progress: copy())
        self._jobs.add(job)
        for signal, answer in ((job.done, done), (job.failed, failed)):
            signal.connect(lambda _answer: self._jobs.discard(job))
            signal.connect(answer)

    def _opened(self) -> None:
        ledger = self.desk.ledger
        self.settings.remember(ledger.path)
        if ledger.is_backup_due(datetime.now()):
            self.back_up(is_automatic=True)

    def _show_last_backup(self) -> None:
        """Say when the file was backed up last; not of the copy of a backup that is being looked at."""
        if not self.copies.is_looking:
            self.backup_changed.emit(_when(self.desk.ledger.last_backup()), False)

    def _backed_up(self, path: Path, is_automatic: bool) -> None:
        text = _when(datetime.now())
        self.backup_changed.emit(_("{when}（自动）").format(when=text) if is_automatic else text, False)
        if not is_automatic:
            self.told.emit(_("已备份到“{path}”。").format(path=path))

    def _copy_failed(self, error: Exception, is_automatic: bool = False) -> None:
        if not isinstance(error, UserError):
            raise error
        if is_automatic:
            self.backup_changed.emit(_("自动备份失败：{reason}").format(reason=error), True)
        else:
            self.refused.emit(str(error), None)


def _when(time: datetime | None) -> str:
    """A time as the status bar says it."""
    if time is None:
        return _("上次备份：无")
    days = (datetime.now().date() - time.date()).days
    day = {0: _("今天"), 1: _("昨天")}.get(days, f"{time:%Y-%m-%d}")
    return _("上次备份：{day} {time}").format(day=day, time=f"{time:%H:%M}")
