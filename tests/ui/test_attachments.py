"""佐证材料 in the window: added by button and by dropping, marked on the row, opened as a copy, exported, removed."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from core import closing, commands
from core.attachments import attach, contents, place_of, read_source
from core.check import Findings
from core.ledger import Ledger
from core.model import Attachment
from tests.builders import YEAR
from tests.ui.entries import offered, only, shown, stand_at
from tests.ui.keys import press, type_text
from ui.dialogs.attachments import NOTE, AttachmentsDialog
from ui.files import file_lane
from ui.widgets.goal_sheet import GoalSheet

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def panel(desk, qtbot):
    return shown(desk, qtbot, only(desk))


def payment(desk):
    return desk.book.payments(YEAR, only(desk))[0]


def written(folder: Path, name: str = "发票.pdf", data: bytes = b"%PDF-1.4 invoice") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def drop(widget, *paths: Path) -> None:
    """Drag files from the file manager onto a widget and let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, keys = Qt.DropAction.CopyAction, Left, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    widget.dragEnterEvent(entering)
    assert entering.isAccepted()
    widget.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, keys))


def settled(qtbot, work) -> None:
    qtbot.waitUntil(lambda: not work.is_busy)


def kept(desk, place: str, path: Path) -> Attachment:
    source = read_source(path)
    desk.ledger.commit(attach(desk.book, YEAR, place, [source], desk.today()), contents([source]))
    return desk.book.attachments(YEAR, place)[-1]


def dialog_over(desk, qtbot, about: str = "") -> AttachmentsDialog:
    dialog = AttachmentsDialog(desk, about)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_files_are_added_while_an_entry_is_changed_and_its_row_bears_a_clip(panel, qtbot, tmp_path, monkeypatch):
    desk, strip = panel.desk, panel.line.files
    assert strip.isHidden()
    stand_at(panel, payment(desk))
    assert panel._actions["files"].text() == "佐证材料"
    panel.change()
    assert strip.isVisible() and "还没有" in strip.names.text() and strip.look.isHidden()
    chosen = [str(written(tmp_path / "u")), str(written(tmp_path / "u", "合同.pdf", b"contract"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (chosen, ""))
    strip.add.click()
    settled(qtbot, strip.work)
    assert strip.names.text() == "发票.pdf、合同.pdf" and strip.look.text() == "查看2个"
    assert panel.model.tip(payment(desk), "purpose").endswith("（佐证材料2个）")
    assert panel.model.look(payment(desk), "purpose").clips == 2 and panel._actions["files"].text() == "佐证材料 2"
    assert desk.ledger.undo_label == "添加佐证材料：发票.pdf、合同.pdf"
    desk.undo()
    assert panel.model.look(payment(desk), "purpose").clips == 0 and strip.look.isHidden()
    desk.redo()
    panel.line.give_up()
    assert strip.isHidden()


def test_files_are_dropped_and_what_cannot_be_added_is_said(panel, qtbot, tmp_path):
    desk, strip = panel.desk, panel.line.files
    stand_at(panel, payment(desk))
    panel.change()
    drop(strip, written(tmp_path / "u"), tmp_path / "u", written(tmp_path / "u", "空.txt", b""))
    settled(qtbot, strip.work)
    assert len(desk.book.attachments(YEAR, place_of(payment(desk)))) == 1
    assert "是文件夹" in strip.names.toolTip() and "“空.txt”是空文件" in strip.names.toolTip()
    assert strip.names.property("role") == "error"


def test_a_locked_year_still_takes_files(panel, qtbot, tmp_path):
    desk = panel.desk
    desk.commit(closing.lock(desk.book, Findings(), YEAR))
    panel.show_project(only(desk))
    stand_at(panel, payment(desk))
    assert desk.locked and offered(panel) == {"files"}
    dialog = dialog_over(desk, qtbot, place_of(payment(desk)))
    drop(dialog, written(tmp_path / "u"))
    settled(qtbot, dialog.work)
    assert [one.name for one in dialog.shown] == ["发票.pdf"]


def test_the_dialog_opens_a_copy_and_only_of_documents(desk, qtbot, tmp_path):
    place = place_of(payment(desk))
    kept(desk, place, written(tmp_path / "u"))
    kept(desk, place, written(tmp_path / "u", "工具.exe", b"MZ"))
    dialog = dialog_over(desk, qtbot, place)
    opened: list[Path] = []
    dialog.work.open_document = lambda path: not opened.append(path)
    dialog.list.setCurrentItem(dialog.list.topLevelItem(0))
    dialog.list.setFocus()
    press(dialog.list, Key.Key_Return)
    settled(qtbot, dialog.work)
    assert opened[0].name == "发票.pdf" and opened[0].read_bytes() == b"%PDF-1.4 invoice"
    assert not os.access(opened[0], os.X_OK) and "副本" in dialog.said.text()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    assert not dialog.open_button.isEnabled()
    press(dialog.list, Key.Key_Return)  # the key does no more than the button
    assert len(opened) == 1 and "为了安全" in dialog.said.text()
    dialog.work.open_document = lambda _path: False
    dialog.list.setCurrentItem(dialog.list.topLevelItem(0))
    dialog.open_button.click()
    settled(qtbot, dialog.work)
    assert "没有能打开" in dialog.said.text()


def test_removing_a_note_and_exporting(desk, qtbot, tmp_path, monkeypatch):
    place = place_of(payment(desk))
    kept(desk, place, written(tmp_path / "u"))
    dialog = dialog_over(desk, qtbot, place)
    dialog.list.setFocus()
    press(dialog.list, Key.Key_F2)
    editor = dialog.list.viewport().findChild(QLineEdit)
    type_text(editor, "原件")
    press(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: desk.book.attachments(YEAR, place)[0].note == "原件")
    assert dialog.list.topLevelItem(0).text(NOTE) == "原件"
    target = tmp_path / "out" / "发票.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    dialog.export_button.click()
    settled(qtbot, dialog.work)
    assert target.read_bytes() == b"%PDF-1.4 invoice" and "已导出" in dialog.said.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "all"))
    dialog.all_button.click()
    settled(qtbot, dialog.work)
    assert [path.name for path in (tmp_path / "all").rglob("*.pdf")] == ["发票.pdf"]
    press(dialog.list, Key.Key_Delete)
    assert dialog.shown == [] and "可以撤销" in dialog.said.text()
    desk.undo()
    assert len(dialog.shown) == 1 and dialog.list.topLevelItemCount() == 1


def test_the_year_is_listed_saved_as_a_list_and_cleared_of_what_was_removed(desk, qtbot, tmp_path, monkeypatch):
    place = place_of(payment(desk))
    one = kept(desk, place, written(tmp_path / "u", "大图.jpg", os.urandom(1 << 20)))
    kept(desk, place_of(desk.book.events(YEAR, only(desk))[0]), written(tmp_path / "u"))
    dialog = dialog_over(desk, qtbot, place)
    dialog.tabs[1].click()
    assert dialog.tabs[0].text() == "本条 1" and dialog.tabs[1].text() == "2023年度全部 2"
    assert dialog.list.topLevelItemCount() == 2 and not dialog.list.isColumnHidden(1) and dialog.add.isHidden()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "清单"), "Word 文档（*.docx）"))
    dialog.paper.click()
    settled(qtbot, dialog.work)
    assert (tmp_path / "清单.docx").stat().st_size > 1000
    dialog.work.remove(one)
    assert dialog.clear.isHidden(), "it can still be undone"
    path = desk.ledger.path
    dialog.close()
    desk.close()
    desk.show_ledger(Ledger.open(path), YEAR)
    again = dialog_over(desk, qtbot)
    assert again.clear.text() == "清理已移除的内容（1MB）"
    before = path.stat().st_size
    again.clear.click()
    settled(qtbot, again.work)
    assert again.clear.isHidden() and path.stat().st_size < before - (1 << 20) + 50_000


def test_nothing_can_be_added_to_a_file_that_is_read_only(desk, qtbot, tmp_path):
    place = place_of(payment(desk))
    kept(desk, place, written(tmp_path / "u"))
    path = desk.ledger.path
    desk.close()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    dialog = dialog_over(desk, qtbot, place)
    assert dialog.add.isHidden() and dialog.remove_button.isHidden() and dialog.export_button.isEnabled()
    dialog.work.add([written(tmp_path / "u", "合同.pdf")], place)
    assert "只读" in dialog.said.text() and file_lane.finish(5)


def test_closing_the_list_gives_up_what_is_under_way(desk, qtbot, tmp_path):
    place = place_of(payment(desk))
    dialog = AttachmentsDialog(desk, place)
    dialog.show()
    dialog.work.add([written(tmp_path / "u")], place)
    dialog.close()
    assert file_lane.finish(5)
    qtbot.wait(30)
    assert desk.book.attachments(YEAR, place) == []


def test_an_indicator_has_files_too(sample_desk, qtbot, tmp_path):
    desk = sample_desk
    where = next(row.project for row in desk.book.projects(YEAR) if desk.book.indicators(YEAR, row.project))
    sheet = GoalSheet(desk)
    desk.changed.connect(lambda _outcome: sheet.show_table(where, "self", False))
    qtbot.addWidget(sheet)
    sheet.resize(900, 600)
    sheet.show()
    sheet.show_table(where, "self", False)
    one = desk.book.indicators(YEAR, where)[0]
    sheet.show_indicator(one.id, "name")
    drop(sheet.detail.files, written(tmp_path / "u", "签到表.jpg"))
    settled(qtbot, sheet.detail.files.work)
    assert sheet.detail.files.names.text() == "签到表.jpg"
    row = next(row for row in sheet.model.rows if row.indicator.id == one.id)
    assert sheet.model.look(row, "name").clips == 1


def test_a_removed_payment_leaves_its_files_in_the_list(desk, qtbot, tmp_path):
    kept(desk, place_of(payment(desk)), written(tmp_path / "u"))
    desk.commit(commands.remove_payment(desk.book, payment(desk).id))
    dialog = dialog_over(desk, qtbot)
    assert dialog.list.topLevelItem(0).text(1) == "（所属记录已删除）"
