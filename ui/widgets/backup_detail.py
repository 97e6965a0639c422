"""One backup: what is in it, whether it is sound, how it differs from now, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.attachments import size_text
from core.backups import WHY_LABELS
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.second_folder import Held
from core.then_and_now import Comparison, compare, read_backup
from ui.copies import Copies, copy_lane
from ui.desk import Desk
from ui.tasks import Latest
from ui.widgets.ask_bar import AskBar
from ui.widgets.backup_tables import ComparedModel, counted, what_is_in
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label, set_role
from ui.widgets.record_tree import RecordTree

_PAUSE = 200  # milliseconds a backup is chosen before it is read


class BackupDetail(QFrame):
    """Reads and compares the chosen backup in the background."""

    proven = Signal(object, str)  # Path and what is wrong with it; empty: nothing

    def __init__(self, desk: Desk, copies: Copies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.copies = copies
        self.held: Held | None = None
        self.found: Comparison | None = None
        self._heading = label("", "heading")
        self._facts = label("", "second", wraps=True)
        self._state = label("", "faint", wraps=True)
        self._summary = label("", "", wraps=True)
        self._changes = label(_("恢复后会变化的记录"), "strong")
        self._rest = label("", "faint")
        self.ask = AskBar()
        self.model = ComparedModel(desk, self)
        self.table = GridView(self.model, self)
        self.records = RecordTree()
        self.look_button = button(_("只读查看"), self._look)
        self.check_button = button(_("重新检查"), self._compare)
        self.restore_button = button(_("恢复到这一份…"), self.ask_restore)
        self._latest = Latest(copy_lane, _PAUSE, self)
        self._latest.done.connect(self._show_found)
        self._latest.failed.connect(self._show_fault)
        self._build()
        self._heading.setText(_("正在读取备份…"))  # until the list is known
        self._allow(False)

    @property
    def state(self) -> str:
        """What is said of the chosen backup."""
        return self._state.text()

    @property
    def summary(self) -> str:
        """What restoring would do, in words."""
        return self._summary.text()

    def show_held(self, held: Held | None) -> None:
        """Show a backup, or that there is none."""
        same = self.held is not None and held is not None and self.held.backup.path == held.backup.path
        self.held = held
        if held is None:
            self._latest.stop()
            self._clear()
            self._heading.setText(_("还没有备份"))
            self._facts.setText(_("点“立即备份”做第一份。以后每天打开文件、关闭文件时自动备份。"))
            self._allow(False)
            return
        if same and self.found is not None:
            return
        one = held.backup
        self._heading.setText(f"{one.at:%Y-%m-%d %H:%M}　{WHY_LABELS[one.why]}")
        self._facts.setText(self._facts_of(held))
        self._compare()

    def refresh(self) -> None:
        """Compare anew with the ledger as it is now."""
        if self.held is not None:
            self._compare()

    def ask_restore(self) -> None:
        """Ask before the ledger is replaced."""
        if self.held is None or not self.restore_button.isEnabled():
            return
        one = self.held.backup
        text = _("把台账恢复到{at}的备份？现在的内容先留存为一份备份，恢复后可以撤销。")
        question = text.format(at=f"{one.at:%Y-%m-%d %H:%M}")
        if self.found is not None and not self.found.is_related:
            question = _("这份备份与当前台账不是同一条操作记录，可能属于另一份台账。") + question
        self.ask.ask(question, _("恢复"), lambda: self.copies.restore(one.path), is_grave=True)

    def _facts_of(self, held: Held) -> str:
        one = held.backup
        found = one.contents
        lines = [f"{one.path.name}　{size_text(one.size)}", "\n".join(str(folder) for folder in held.folders)]
        if found is not None:
            text = _("{unit}　{what}（预算{events}、支出{payments}）　支出明细合计{sum}{money}")
            counts = {"events": found.events, "payments": found.payments, "money": self.desk.money_unit}
            sum_of = self.desk.money(found.spent)
            lines.append(text.format(unit=found.unit, what=what_is_in(held), sum=sum_of, **counts))
            if found.lines:
                last = _("操作日志第{n}行：{at} {what}")
                lines.append(last.format(n=found.lines, at=found.last_at.replace("T", " ")[:16], what=found.last_label))
        return "\n".join(lines)

    def _compare(self) -> None:
        assert self.held is not None
        self._clear()
        set_role(self._state, "faint")
        self._state.setText(_("正在检查并与现在比较…"))
        self._allow(False)
        self._latest.ask(_work(self.held, self.desk, self.copies))

    def _show_found(self, answer: object) -> None:
        assert self.held is not None and isinstance(answer, Comparison)
        self.found = found = answer
        self.proven.emit(self.held.backup.path, "")
        set_role(self._state, "good")
        self._state.setText(_("✓ 已检查：文件完整，可以恢复。"))
        counts = {one.label: (one.brought_back, one.changed, one.removed) for one in found.counts}
        if found.is_same:
            self._summary.setText(_("与现在的内容完全相同。"))
        else:
            text = _("恢复后：{what}。未处理的错误：备份中{then}项，现在{now}项。")
            errors = {"then": sum(found.errors_then.values()), "now": sum(found.errors_now.values())}
            self._summary.setText(text.format(what=counted(counts), **errors))
        # The unit in each year, and of the projects those that differ; all of them where nothing does.
        self.model.show_rows([one for one in found.lines if found.is_same or not (one.project and one.is_same)])
        self.records.show_records(found.records)
        for part in (self._changes, self.records):
            part.setVisible(bool(found.records))
        rest = found.total - len(found.records)
        self._rest.setText(_("只列出前{n}条，另有{rest}条。").format(n=len(found.records), rest=rest))
        self._rest.setVisible(rest > 0)
        self._allow(True)

    def _show_fault(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        assert self.held is not None
        set_role(self._state, "error")
        self._state.setText("✗ " + str(error))
        self.proven.emit(self.held.backup.path, str(error))
        self.check_button.setEnabled(True)

    def _look(self) -> None:
        if self.held is not None:
            self.copies.look(self.held.backup.path)

    def _clear(self) -> None:
        self.found = None
        self.ask.give_up()
        self._state.clear()
        self._summary.clear()
        self.model.show_rows([])
        self.records.show_records([])
        self._hide_changes()

    def _hide_changes(self) -> None:
        for part in (self._changes, self.records, self._rest):
            part.hide()

    def _allow(self, is_allowed: bool) -> None:
        for one in (self.look_button, self.check_button, self.restore_button):
            one.setEnabled(is_allowed)
        if self.desk.is_open and self.desk.file_readonly and not self.copies.is_looking:
            self.restore_button.setEnabled(False)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.table.setAccessibleName(_("与现在比较"))
        self.records.setAccessibleName(_("恢复后会变化的记录"))
        self.table.setMinimumHeight(88)
        self.records.setMinimumHeight(60)
        self._hide_changes()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.restore_button)
        row.addWidget(self.look_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        for part in (self._heading, self._facts, self._state):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addWidget(self.ask)
        layout.addWidget(self._summary)
        layout.addWidget(self.table, 3)
        layout.addWidget(self._changes)
        layout.addWidget(self.records, 2)
        layout.addWidget(self._rest)


def _work(held: Held, desk: Desk, copies: Copies) -> Callable[[Progress], Comparison]:
    """What proves a backup and holds it against the ledger, in a worker."""
    path, today, home = held.backup.path, desk.today(), copies.home
    now = None if copies.is_looking else desk.book

    def work(progress: Progress) -> Comparison:
        from core.backups import is_part_of
        from core.restore import prove_backup

        prove_backup(path, progress)
        progress.check()
        book = now if now is not None else read_backup(home)
        return compare(read_backup(path), book, today, is_part_of(path, home), progress)

    return work
