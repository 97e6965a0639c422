"""备份与恢复: every backup in both folders, what is in each, how it differs from now, the way back; handing over."""

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.attachments import size_text
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.ledger import Outcome
from core.second_folder import Held
from ui.copies import copy_lane
from ui.desk import Desk
from ui.files import FILTER, Files, file_lane
from ui.page import Page
from ui.style import scaled
from ui.tasks import Job, Latest
from ui.widgets.backup_detail import BackupDetail
from ui.widgets.backup_tables import BackupModel
from ui.widgets.grid import GridView
from ui.widgets.hand_over_panels import HandOverFilePanel, MakePanel, PackPanel
from ui.widgets.parts import Hint, button, label, set_role

_LOW = 600  # pixels that a panel, the list and the chosen backup need together
_PAUSE = 50  # milliseconds; several backups made at once are listed once


class BackupsPage(Page):
    """The list at the left, the chosen backup at the right."""

    name = "backups"
    title = _("备份与恢复")
    icon = "archive"
    least_height = 520

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        assert desk.copies is not None
        self.copies = desk.copies
        self._checking: Job | None = None
        self._count = label("", "faint")
        self.model = BackupModel(self)
        self.table = GridView(self.model, self)
        self.detail = BackupDetail(desk, self.copies)
        self.file_panel = HandOverFilePanel(desk, self.copies)
        self.pack_panel = PackPanel(desk, self.copies)
        self.back_up_button = button(_("立即备份"), self._back_up, "primary")
        self.file_button = button(_("交接文件…"), lambda: self._open(self.file_panel))
        self.pack_button = button(_("交接包…"), lambda: self._open(self.pack_panel))
        self.take_button = button(_("打开交接文件…"), self.ask_take_over)
        self.prove_button = button(_("核对交接包…"), self.ask_prove)
        self.home_button = button(_("回到当前台账"), self.copies.back_home)
        self.check_button = button(_("全部检查"), self.check_all, "link")
        self._body = QWidget()  # list and detail
        self._second = Hint("")
        self.second_button = button(_("选择…"), self.ask_second, "link")
        self.no_second_button = button(_("不再使用"), lambda: self.copies.choose_second_folder(None), "link")
        self._list = Latest(file_lane, _PAUSE, self)
        self._list.done.connect(self._show_list)
        self._build()
        self.copies.changed.connect(self._on_backups_changed)

    def refresh(self, outcome: Outcome | None) -> None:
        """List the backups anew; the ledger may have moved, so the chosen one is compared again."""
        self.model.first = self.copies.folder
        self.home_button.setVisible(self.copies.is_looking)
        is_home = not self.copies.is_looking
        self.back_up_button.setEnabled(is_home and not self.desk.file_readonly)
        for panel_button in (self.file_button, self.pack_button):
            panel_button.setEnabled(is_home)
        self._show_second()
        if outcome is None:
            self._list.ask(self._listing(), at_once=True)
        self.detail.refresh()

    def areas(self) -> list[QWidget]:
        return [self.table, self.detail]

    @property
    def second(self) -> str:
        """What is said of the second folder."""
        return self._second.text()

    def check_all(self) -> None:
        """Prove every backup in the background."""
        if self._checking is not None:
            self._checking.cancel()
            self._end_checking()
            return
        paths = [held.backup.path for held in self.model.rows]

        def work(progress: Progress) -> dict[Path, str]:
            from core.restore import prove_backup

            found = {}
            for number, path in enumerate(paths):
                progress.step(number, len(paths))
                try:
                    prove_backup(path, progress)
                    found[path] = ""
                except UserError as error:
                    found[path] = str(error)
            return found

        job = self._checking = copy_lane.start(work)
        job.progressed.connect(
            lambda done, total: self.check_button.setText(_("停止检查（{n}/{of}）").format(n=done, of=total))
        )
        job.done.connect(self._show_checked)

    def ask_take_over(self) -> None:
        """Let the officer choose a hand-over file; the window asks the rest."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("打开交接文件"), str(self.copies.home.parent), FILTER)
        if chosen:
            self._files().take_over_asked.emit(Path(chosen))

    def ask_prove(self) -> None:
        """Let the officer choose a pack that was received, and prove it."""
        chosen = QFileDialog.getExistingDirectory(self, _("核对交接包"), str(self.copies.home.parent))
        if chosen:
            self.prove(Path(chosen))

    def prove(self, folder: Path) -> None:
        """Prove a pack in the background and say what is wrong with it."""

        def work(_progress: Progress) -> list[str]:
            from core.hand_over_pack import check_pack

            return check_pack(folder)

        job = copy_lane.start(work)
        job.done.connect(lambda problems: self._tell_proven(folder, problems))
        job.failed.connect(self._tell_failed)

    def ask_second(self) -> None:
        """Let the officer choose the second folder."""
        held = self.copies.second_folder
        chosen = QFileDialog.getExistingDirectory(self, _("第二备份文件夹"), str(held or self.copies.home.parent))
        if chosen:
            self.choose_second(Path(chosen))

    def choose_second(self, folder: Path) -> None:
        """Keep backups there too; not in the folder beside the ledger."""
        if folder.absolute() == self.copies.folder.absolute():
            self.desk.told.emit(_("第二备份文件夹不能与“{folder}”相同，请选U盘或网络盘。").format(folder=folder), True)
            return
        self.copies.choose_second_folder(folder)

    def _files(self) -> Files:
        files = self.copies.parent()
        assert isinstance(files, Files)
        return files

    def _back_up(self) -> None:
        self._files().back_up()

    def _open(self, panel: MakePanel) -> None:
        for other in (self.file_panel, self.pack_panel):
            if other is not panel:
                other.give_up()
        panel.ask()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window an open panel takes the place of the list."""
        is_open = not (self.file_panel.isHidden() and self.pack_panel.isHidden())
        self._body.setVisible(not is_open or self.height() >= scaled(_LOW))

    def _on_backups_changed(self) -> None:
        if self.isVisible() and self.desk.is_open:
            self._show_second()
            self._list.ask(self._listing())
        else:
            self._stale = True

    def _listing(self):  # type: ignore[no-untyped-def]
        listing = self.copies.listing()
        return lambda _progress: listing()

    def _show_list(self, answer: object) -> None:
        assert isinstance(answer, list)
        if not self.desk.is_open:  # closed meanwhile
            return
        rows: list[Held] = answer
        self.model.show_rows(rows)
        total = sum(held.backup.size * len(held.folders) for held in rows)
        self._count.setText(_("{n}份，共{size}").format(n=len(rows), size=size_text(total)) if rows else "")
        self.check_button.setVisible(bool(rows))
        held = self.table.current
        if held is None and rows:
            self.table.stand_at(self.model.key(rows[0]), "at")
            held = self.table.current
        self.detail.show_held(held)

    def _show_checked(self, found: dict[Path, str]) -> None:
        self._end_checking()
        for path, problem in found.items():
            self._note_state(path, problem)
        bad = sum(map(bool, found.values()))
        text = _("已检查{n}份备份，{bad}份不可用。") if bad else _("已检查{n}份备份，全部完好。")
        self.desk.told.emit(text.format(n=len(found), bad=bad), bool(bad))

    def _end_checking(self) -> None:
        self._checking = None
        self.check_button.setText(_("全部检查"))

    def _note_state(self, path: object, problem: str) -> None:
        assert isinstance(path, Path)
        self.model.states[path] = problem
        self.model.tell_row(0, len(self.model.rows) - 1)

    def _tell_proven(self, folder: Path, problems: list[str]) -> None:
        if problems:
            self.desk.told.emit("\n".join([_("交接包“{name}”有问题：").format(name=folder.name), *problems]), True)
        else:
            self.desk.told.emit(_("交接包“{name}”完整，所有文件与交接时相同。").format(name=folder.name), False)

    def _tell_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.desk.told.emit(str(error), True)

    def _show_second(self) -> None:
        second, trouble = self.copies.second_folder, self.copies.second_trouble
        if second is None:
            text = _("第二备份文件夹：未设置。选U盘或网络盘后，每份备份自动再存一份。")
        else:
            text = trouble or _("第二备份文件夹：{folder}").format(folder=second)
        set_role(self._second, "warning" if trouble else "faint")
        self._second.setText(text)
        self._second.setToolTip(text)
        self.second_button.setText(_("选择…") if second is None else _("更改…"))
        self.no_second_button.setVisible(second is not None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.title, "title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.home_button)
        for one in (self.take_button, self.prove_button, self.file_button, self.pack_button, self.back_up_button):
            head.addWidget(one)
        self.table.setAccessibleName(_("备份"))
        self.table.setMinimumHeight(120)
        self.second_button.setAccessibleName(_("选择第二备份文件夹"))
        self.no_second_button.setAccessibleName(_("不再使用第二备份文件夹"))
        left = QFrame()
        left.setProperty("role", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 8)
        inside.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(12)
        foot.addWidget(self._second, 1)
        foot.addWidget(self.second_button)
        foot.addWidget(self.no_second_button)
        foot.addWidget(self.check_button)
        inside.addLayout(foot)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 10)
        row.addWidget(self.detail, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.file_panel)
        layout.addWidget(self.pack_panel)
        layout.addWidget(self._body, 1000)
        layout.addStretch(1)
        for panel in (self.file_panel, self.pack_panel):
            panel.closed.connect(self._fit)
        self.table.moved.connect(self.detail.show_held)
        self.detail.proven.connect(self._note_state)
        self.setFocusProxy(self.table)
