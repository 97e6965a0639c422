"""Backups of the open file for the window: kept up to date in two folders, listed, looked at, and restored."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.backups import backup_folder
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from ui.desk import Desk
from ui.settings import Settings
from ui.tasks import Job, Lane

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from core.second_folder import Held

PATIENCE = 5.0  # seconds the end of the program waits for the second folder
_AT_EASE = 2000  # milliseconds after a file was opened, when the start is over

copy_lane = Lane()  # proves, reads and restores backups
away_lane = Lane(PATIENCE)  # writes to the second folder, which may take as long as a network does


class Copies(QObject):
    """The backups of one ledger; while a backup is being looked at, still those of the ledger it is of."""

    changed = Signal()  # what backups there are
    offered = Signal(str, str, object)  # a message, what can be done about it, and how
    told = Signal(str)
    refused = Signal(str)
    recovered = Signal(object)  # Path of a ledger that opens again
    lost = Signal()  # no file is open any more
    _made = Signal()  # a backup, in whichever thread

    def __init__(self, desk: Desk, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings
        self.second_trouble = ""  # why the second folder is not up to date
        self._home: Path | None = None  # the ledger, while a backup of it is on the desk
        self._seen: TemporaryDirectory[str] | None = None  # holds the copy that is on the desk
        self._said: set[str] = set()  # troubles with the second folder that were told
        self._jobs: set[Job] = set()
        desk.opened.connect(self._on_opened)
        self._made.connect(self._on_made)

    # Where

    @property
    def is_looking(self) -> bool:
        """Whether a backup is on the desk, and not the ledger itself."""
        return self._home is not None

    @property
    def home(self) -> Path:
        """The ledger whose backups these are."""
        return self._home or self.desk.ledger.path

    @property
    def folder(self) -> Path:
        """The backup folder beside the ledger."""
        return backup_folder(self.home)

    @property
    def second_folder(self) -> Path | None:
        """The second folder; None: none was chosen."""
        return self.settings.second_backup_folder

    def choose_second_folder(self, folder: Path | None) -> None:
        """Keep backups there too from now on, and begin with those there are; None: no longer."""
        self.settings.second_backup_folder = folder
        self.second_trouble = ""
        self._said.clear()
        self.bring_up_to_date()
        self.changed.emit()

    def listing(self) -> "Callable[[], list[Held]]":
        """What lists the backups of both folders; to be called in a worker, as it looks into every file."""
        from core.second_folder import held_backups

        folders = [self.folder, *([self.second_folder] if self.second_folder else [])]
        stem = self.home.stem
        return lambda: held_backups(folders, stem)

    # The second folder

    def bring_up_to_date(self) -> None:
        """Copy what is missing in the second folder, in the background; a folder that is away is told of once."""
        second = self.second_folder
        if second is None or not self.desk.is_open or self.desk.file_readonly:
            return
        self._start(away_lane, self._bringing(second), self._brought, self._not_brought)

    def finish(self) -> None:
        """The window closes: wait a little for the second folder, then let it be."""
        for job in self._jobs:
            job.cancel()
        second = self.second_folder
        if second is not None and self.desk.is_open and not self.desk.file_readonly:
            job = away_lane.start(self._bringing(second))
            job.failed.connect(lambda _error: None)  # nobody is there to be told any more; the next opening goes on
            away_lane.finish(PATIENCE)
        if self._seen is not None:
            self.desk.close()
            self._clear_seen()

    def _bringing(self, second: Path) -> Callable[[Progress], object]:
        first, stem = self.folder, self.home.stem

        def bring(_progress: Progress) -> object:
            from core.second_folder import bring_up_to_date

            return bring_up_to_date(first, second, stem)

        return bring

    def _brought(self, copies: object) -> None:
        was_away = bool(self.second_trouble)
        self.second_trouble = ""
        self._said.clear()
        if copies or was_away:
            self.changed.emit()

    def _not_brought(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        from core.second_folder import NotReachable

        self.second_trouble = str(error)
        kind = "" if isinstance(error, NotReachable) else str(error)
        if kind not in self._said:
            self._said.add(kind)
            self.told.emit(str(error))
        self.changed.emit()

    # Looking and restoring

    def look(self, backup: Path, password: str = "") -> None:
        """Put a copy of a backup on the desk, for reading only."""
        from tempfile import TemporaryDirectory

        from core.then_and_now import copy_to_look_at

        seen = TemporaryDirectory()
        folder = Path(seen.name)
        self._start(
            copy_lane,
            lambda _progress: copy_to_look_at(backup, folder, password),
            lambda copy: self._show(seen, copy),
            self._refuse,
        )

    def back_home(self) -> None:
        """Put the ledger itself on the desk again."""
        if self._home is not None:
            self._open(self._home)

    def restore(self, backup: Path, password: str = "") -> None:
        """Put a backup in the place of the ledger; what stood there is kept and offered back."""
        from core.restore import discard, prepare

        if self.desk.file_readonly and not self.is_looking:
            self.refused.emit(_("文件以只读方式打开，不能恢复。请先关闭正在使用它的程序，再重新打开文件。"))
            return
        target, now = self.home, datetime.now()

        def work(progress: Progress) -> Path:
            fresh = prepare(backup, target, now, password)
            if progress.is_cancelled:  # the window was closed
                discard(fresh)
            return fresh

        self._start(
            copy_lane,
            work,
            lambda fresh: self._finish_restore(fresh, target, now),
            self._refuse,
        )

    def offer_backup(self, path: Path, reason: str) -> bool:
        """Offer the newest good backup of a file that does not open; False where there is none."""
        from core.backups import Why, list_backups

        found = list_backups(backup_folder(path), path.stem)
        newest = next((one for one in found if one.contents and one.why != Why.DAMAGED), None)
        if newest is None:
            return False
        text = _("{reason}最近的备份是{at}的，可以恢复；现有文件会原样留存。")
        words = text.format(reason=reason, at=f"{newest.at:%Y-%m-%d %H:%M}")
        backup = newest.path
        self.offered.emit(words, _("恢复这份备份"), lambda: self._recover(backup, path))
        return True

    def _recover(self, backup: Path, path: Path) -> None:
        """Put a backup where a file is that does not open, and open it."""
        from core.restore import restore_backup

        self._start(
            copy_lane,
            lambda _progress: restore_backup(backup, path).path,
            self.recovered.emit,
            self._refuse,
        )

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._jobs)

    def _show(self, seen: "TemporaryDirectory[str]", copy: Path) -> None:
        before, year = (self._seen, self._home), self.desk.year
        self._seen, self._home = seen, self.home
        try:
            self.desk.open(copy, readonly=True)
        except UserError as error:
            self._seen, self._home = before
            self.refused.emit(str(error))
            return
        if before[0] is not None:
            before[0].cleanup()
        if self.desk.book.year(year):
            self.desk.set_year(year)
        text = _("正在查看备份“{name}”，只能看，不能改。当前台账没有变化。")
        self.offered.emit(text.format(name=copy.name), _("回到当前台账"), self.back_home)

    def _finish_restore(self, fresh: Path, target: Path, now: datetime) -> None:
        from core.restore import finish

        self.desk.close()
        done = None
        try:
            done = finish(fresh, target, now)
        except UserError as error:
            self.refused.emit(str(error))
        self._open(target)
        if done is None:
            return
        if done.kept is None:
            self.told.emit(_("已恢复“{name}”。").format(name=target.name))
            return
        kept = done.kept
        text = _("已恢复。恢复前的内容留存为“{name}”，可以撤销恢复。").format(name=kept.name)
        self.offered.emit(text, _("撤销恢复"), lambda: self.restore(kept))

    def _open(self, path: Path) -> None:
        """Show a ledger, the year as before."""
        year = self.desk.year
        try:
            self.desk.open(path)
        except UserError as error:
            if not self.desk.is_open:
                self.lost.emit()
            self.refused.emit(str(error))
            return
        if self.desk.book.year(year):
            self.desk.set_year(year)

    def _on_opened(self) -> None:
        ledger = self.desk.ledger
        if self._seen is not None and Path(self._seen.name) not in ledger.path.parents:
            self._clear_seen()
            self._home = None
        ledger.after_backup = self._made.emit
        self._said.clear()
        if not ledger.readonly:
            timer = QTimer(self, singleShot=True)
            timer.timeout.connect(self.bring_up_to_date)
            timer.timeout.connect(timer.deleteLater)
            timer.start(_AT_EASE)

    def _on_made(self) -> None:
        self.changed.emit()
        self.bring_up_to_date()

    def _clear_seen(self) -> None:
        if self._seen is not None:
            self._seen.cleanup()
            self._seen = None

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.refused.emit(str(error))
        self.changed.emit()

    def _start(
        self,
        lane: Lane,
        work: Callable[[Progress], object],
        done: Callable[..., object],
        failed: Callable[[Exception], object],
    ) -> Job:
        job = lane.start(work)
        self._jobs.add(job)
        for signal, answer in ((job.done, done), (job.failed, failed)):
            signal.connect(lambda _answer: self._jobs.discard(job))
            signal.connect(answer)
        return job
