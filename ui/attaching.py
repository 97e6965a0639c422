"""Files kept with the ledger (佐证材料), for the window: added in the background, opened as a copy, exported."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from core.attachments import (
    Exported,
    Source,
    attach,
    contents,
    export_attachments,
    is_opened,
    read_attachment,
    read_source,
    remove_attachment,
    safe_name,
    save_attachment,
    size_warning,
)
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.ledger import Ledger
from core.model import Attachment
from ui.desk import Desk
from ui.files import documents, file_lane
from ui.form import save
from ui.tasks import Job, Work

_SHOWN = 3  # problems told at once


def open_with_system(path: Path) -> bool:
    """Show a document in the program that the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Attaching(QObject):
    """What is done with attached files. ``said`` is a line for the place that asked, True where it is a problem."""

    said = Signal(str, bool)
    progressed = Signal(int, int)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.open_document: Callable[[Path], bool] = open_with_system
        self._copies: QTemporaryDir | None = None
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether files are being read or written."""
        return self._job is not None

    # Adding and removing

    def ask_add(self, window: QWidget, about: str) -> None:
        """Let the officer choose files and keep them with a place."""
        chosen, _kind = QFileDialog.getOpenFileNames(window, _("添加佐证材料"), str(documents()))
        if chosen:
            self.add([Path(one) for one in chosen], about)

    def add(self, paths: Sequence[Path], about: str) -> None:
        """Read files in the background and keep them with a place (``About.key()``) as one step."""
        if self.desk.file_readonly:
            self.said.emit(_("文件以只读方式打开，不能添加。"), True)
            return
        place = (self.desk.ledger, self.desk.year, about)
        self._start(partial(_read, tuple(paths)), lambda found: self._keep(*place, *found))

    def _keep(self, ledger: Ledger, year: int, about: str, sources: list[Source], problems: list[str]) -> None:
        if not self.desk.is_open or self.desk.ledger is not ledger:
            return  # another file was opened meanwhile
        if sources:
            try:
                change = attach(self.desk.book, year, about, sources, self.desk.today())
                self.desk.ledger.commit(change, contents(sources))
            except UserError as error:
                problems = [*problems, str(error)]
        if problems:
            more = _("……共{n}个没有添加。").format(n=len(problems)) if len(problems) > _SHOWN else ""
            self.said.emit("\n".join([*problems[:_SHOWN], *([more] if more else [])]), True)
        else:
            warning = size_warning(self.desk.book)
            self.said.emit(warning or _("已添加{n}个文件。").format(n=len(sources)), bool(warning))

    def remove(self, one: Attachment) -> None:
        """Take a file off its place; undo brings it back."""
        if problem := save(self.desk, lambda: remove_attachment(self.desk.book, one.id)):
            self.said.emit(problem, True)
        else:
            self.said.emit(_("已移除“{name}”，可以撤销（Ctrl+Z）。").format(name=one.name), False)

    # Looking at and exporting

    def open(self, one: Attachment) -> None:
        """Show a copy of a file. Only documents and pictures are opened: nothing that could be run."""
        if not is_opened(one.name):
            self.said.emit(_("“{name}”不是文档或图片，为了安全不直接打开，请导出后处理。").format(name=one.name), True)
            return
        if self._copies is None:
            self._copies = QTemporaryDir(QDir.tempPath() + "/ysz-XXXXXX")
        target = Path(self._copies.path()) / one.digest[:12] / safe_name(one.name)
        self._start(partial(_copy, self.desk.ledger, one, target), self._show)

    def _show(self, path: Path) -> None:
        if self.open_document(path):
            self.said.emit(_("正在打开“{name}”的副本，修改副本不会改动台账。").format(name=path.name), False)
        else:
            self.said.emit(_("本机没有能打开“{name}”的程序，请导出后处理。").format(name=path.name), True)

    def ask_export(self, window: QWidget, one: Attachment) -> None:
        """Let the officer choose where a file is exported to."""
        folder = self.desk.report_folder or documents()
        chosen, _kind = QFileDialog.getSaveFileName(window, _("导出佐证材料"), str(folder / safe_name(one.name)))
        if chosen:
            self.export(one, Path(chosen))

    def export(self, one: Attachment, target: Path) -> None:
        """Write a file to ``target``."""
        work = partial(_export_one, self.desk.ledger, one, target)
        self._start(work, lambda path: self.said.emit(_("已导出到“{path}”。").format(path=path), False))

    def ask_export_all(self, window: QWidget, wanted: Sequence[Attachment]) -> None:
        """Let the officer choose the folder that files are exported into."""
        chosen = QFileDialog.getExistingDirectory(
            window, _("导出到文件夹"), str(self.desk.report_folder or documents())
        )
        if chosen:
            self.export_all(wanted, Path(chosen))

    def export_all(self, wanted: Sequence[Attachment], folder: Path) -> None:
        """Write files into a folder, by what they belong to."""
        self._start(partial(_export, self.desk.ledger, tuple(wanted), folder), partial(self._exported, folder))

    def _exported(self, folder: Path, found: Exported) -> None:
        text = _("已导出{n}个文件到“{folder}”。").format(n=len(found.paths), folder=folder)
        self.said.emit("\n".join([text, *found.problems[:_SHOWN]]), bool(found.problems))

    # The worker

    def run(self, work: Work, done: Callable[..., object]) -> None:
        """Do other work on files in the same way, such as filling in forms."""
        self._start(work, done)

    def cancel(self) -> None:
        """Stop what is under way; what was written so far stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()
            self.said.emit(_("已取消。"), False)

    def stop(self) -> None:
        """Forget what is under way, without a word: whoever asked is closing."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _start(self, work: Work, done: Callable[..., object]) -> None:
        if self._job is not None:
            self.said.emit(_("上一项操作还没有完成，请稍候。"), True)
            return
        job = self._job = file_lane.start(work)
        self.busy_changed.emit(True)
        job.progressed.connect(self.progressed)
        job.done.connect(lambda answer: self._take(done, answer))
        job.failed.connect(self._fail)

    def _take(self, done: Callable[..., object], answer: object) -> None:
        self._end()
        done(answer)

    def _fail(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, UserError):
            raise error
        self.said.emit(str(error), True)

    def _end(self) -> None:
        self._job = None
        self.busy_changed.emit(False)


def _read(paths: Sequence[Path], progress: Progress) -> tuple[list[Source], list[str]]:
    """In the worker: the files, and what is wrong with those that cannot be read."""
    sources, problems = list[Source](), list[str]()
    for done, path in enumerate(paths):
        progress.step(done, len(paths))
        try:
            sources.append(read_source(path))
        except UserError as error:
            problems.append(str(error))
    return sources, problems


def _copy(ledger: Ledger, one: Attachment, target: Path, _progress: Progress) -> Path:
    """In the worker: a copy to look at, which cannot be mistaken for the file that is kept."""
    if target.exists():
        read_attachment(ledger, one)
        return target
    save_attachment(ledger, one, target)
    target.chmod(0o400)
    return target


def _export_one(ledger: Ledger, one: Attachment, target: Path, _progress: Progress) -> Path:
    return save_attachment(ledger, one, target)


def _export(ledger: Ledger, wanted: Sequence[Attachment], folder: Path, progress: Progress) -> Exported:
    return export_attachments(ledger, wanted, folder, progress)
