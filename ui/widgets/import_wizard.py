"""The import, step by step, in the page itself: file and sheet, headings and columns, the rows, what was stored."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.batches import Batch
from core.i18n import _
from core.intake.commit import records_of
from core.money import show_yuan
from ui.desk import Desk
from ui.intake import ImportWork, Stored
from ui.widgets.current_stack import CurrentStack
from ui.widgets.import_codes import CodeStep
from ui.widgets.import_file import FileStep
from ui.widgets.import_preview import PreviewStep
from ui.widgets.import_register import place_of_first
from ui.widgets.import_sheet import SheetStep
from ui.widgets.parts import button, label

STEPS = (_("选择文件"), _("表头与各列"), _("核对"), _("完成"))
FILE, SHEET, PREVIEW, DONE, CODES = range(5)


class DoneStep(QFrame):
    """What was stored, with the way back and the way on."""

    def __init__(self, wizard: "ImportWizard") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = label("", "title", wraps=True)
        self.about = label("", "second", wraps=True)
        self.undo = button(_("撤销这次导入"), wizard.undo)
        self.show_records = button(_("查看导入的记录"), wizard.show_records)
        self.next_sheet = button("", wizard.go_to_next, "primary")
        self.again = button(_("再导入一个文件"), wizard.begin)
        row = QHBoxLayout()
        for made in (self.next_sheet, self.show_records, self.undo, self.again):
            row.addWidget(made)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(row)
        layout.addStretch(1)


class ImportWizard(QWidget):
    """The steps one at a time; the strip above says where the officer is and leads back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.work = ImportWork(desk, self)
        self.file = FileStep(self.work)
        self.sheet = SheetStep(self.work)
        self.preview = PreviewStep(self.work)
        self.codes = CodeStep(desk)
        self.done = DoneStep(self)
        self.steps: list[QPushButton] = []
        self.stack = CurrentStack()
        self.fault = label("", "hint-error", wraps=True)
        self._build()
        self._connect()
        self.show_step(FILE)

    def begin(self) -> None:
        """Another file."""
        self.work.close()
        self.file.show_file()
        self.show_step(FILE)
        self.file.choose.setFocus()

    def open(self, path: Path) -> None:
        """Begin with this file."""
        self.show_step(FILE)
        self.work.open(path)

    def show_step(self, step: int) -> None:
        """Go to a step."""
        self.fault.hide()
        self.stack.setCurrentIndex(step)
        shown = SHEET if step == CODES else step
        for number, made in enumerate(self.steps):
            made.setChecked(number == shown)
            made.setEnabled(self._is_open(number, shown))
        if step == FILE:
            self.file.show_file()

    def refresh(self) -> None:
        """The ledger is not as it was: what would be stored is worked out anew."""
        if self.desk.file_readonly:
            self.preview.store.setEnabled(False)
        if self.stack.currentIndex() == DONE:
            self._say_done()
        elif self.work.header is not None and not self.work.is_busy and not self.work.is_saving:
            self.work.plan()

    @property
    def stored(self) -> Stored | None:
        """What was stored of the sheet."""
        return self.work.done.get(self.work.one.name) if self.work.found else None

    def undo(self) -> None:
        """Take the import back while it is the last step."""
        stored = self.stored
        if stored is not None:
            self.desk.undo()

    def show_records(self) -> None:
        """Go to the first record that was stored."""
        batch = self._batch()
        if batch is not None and (place := place_of_first(self.desk.book, batch)):
            self.desk.set_year(batch.year)
            self.desk.go(place)

    def go_to_next(self) -> None:
        """On to the next recognised sheet of the file."""
        if (place := self.work.next_sheet()) >= 0:
            self._choose(place)

    def _batch(self) -> Batch | None:
        return self.desk.book.get(Batch, self.stored.batch) if self.stored else None

    def _is_open(self, step: int, here: int) -> bool:
        """Whether a step can be gone to: back to what is known, never on."""
        if step == here:
            return True
        if here == DONE or self.work.is_busy:
            return step == FILE and not self.work.is_busy
        return step < here and (step == FILE or self.work.header is not None)

    def _choose(self, place: int) -> None:
        self.work.choose_sheet(place)
        codes = self.work.one.codes
        if codes is not None:
            self.codes.show_codes(codes)
            self.show_step(CODES)
        elif self.work.header is not None:
            self.show_step(SHEET)

    def _on_read(self) -> None:
        known = [place for place, one in enumerate(self.work.found) if one.sheet and (one.header or one.codes)]
        if len(self.work.found) == 1 and known:
            self._choose(0)
        else:
            self.show_step(FILE)

    def _go_to_preview(self) -> None:
        if name := self.sheet.wished_name:
            self.work.remember(name)
        self.show_step(PREVIEW)
        if self.preview.grid is not None:
            self.preview.grid.setFocus()

    def _store(self) -> None:
        self.preview.show_busy(_("正在备份并保存…"))
        self.work.store()

    def _on_failed(self, text: str) -> None:
        self.preview.show_busy("")
        if self.work.found:
            self.fault.setText(text)
            self.fault.show()

    def _on_stored(self) -> None:
        self.preview.show_busy("")
        self.show_step(DONE)
        self._say_done()
        following = self.work.next_sheet()
        self.done.next_sheet.setVisible(following >= 0)
        if following >= 0:
            self.done.next_sheet.setText(_("下一张：{name}").format(name=self.work.found[following].name))
        self.done.undo.setFocus()

    def _say_done(self) -> None:
        """What became of the import, also after it was undone or withdrawn."""
        stored, batch = self.stored, self._batch()
        if stored is None:
            return
        stands = batch is not None and not batch.withdrawn
        held = len(records_of(self.desk.book, batch)) if batch and stands else 0
        amount = _("，合计{sum}元").format(sum=show_yuan(stored.amount)) if stored.amount else ""
        done = _("已导入“{sheet}”：{count}条{amount}").format(sheet=stored.sheet, count=stored.count, amount=amount)
        gone = _("“{sheet}”的导入已撤销，台账恢复到导入之前。").format(sheet=stored.sheet)
        self.done.title.setText(done if stands else gone)
        about = _("导入前已自动备份。这次导入是一步操作，可以撤销；以后也可以在“导入登记”中撤回。")
        left = _("没有导入的：{left}。").format(left=stored.left) if stored.left else ""
        self.done.about.setText(left + about if stands else _("可以重新导入，也可以用“重做”恢复。"))
        is_last = stands and self.desk.ledger.undo_label == stored.label
        self.done.undo.setEnabled(is_last)
        self.done.show_records.setEnabled(held > 0)

    def _on_codes_kept(self, text: str) -> None:
        self.desk.told.emit(text, False)
        self.begin()

    def _connect(self) -> None:
        work = self.work
        work.read.connect(self._on_read)
        work.failed.connect(self._on_failed)
        work.stored.connect(self._on_stored)
        self.file.sheet_chosen.connect(self._choose)
        self.sheet.back_asked.connect(partial(self.show_step, FILE))
        self.sheet.on_asked.connect(self._go_to_preview)
        self.preview.back_asked.connect(partial(self.show_step, SHEET))
        self.preview.store_asked.connect(self._store)
        self.codes.back_asked.connect(partial(self.show_step, FILE))
        self.codes.kept.connect(self._on_codes_kept)

    def _build(self) -> None:
        strip = QHBoxLayout()
        strip.setSpacing(4)
        for number, name in enumerate(STEPS):
            made = button(f"{number + 1}　{name}", partial(self.show_step, number), "tab")
            made.setCheckable(True)
            self.steps.append(made)
            if number:
                strip.addWidget(label("›", "faint"))
            strip.addWidget(made)
        strip.addStretch(1)
        for step in (self.file, self.sheet, self.preview, self.done, self.codes):
            self.stack.addWidget(step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(strip)
        layout.addWidget(self.fault)
        layout.addWidget(self.stack, 1)
        self.fault.hide()
