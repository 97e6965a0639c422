"""本单位的表样 in the window: kept in the file, looked through, replaced, filled in; names to copy."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from core.ledger import Ledger
from core.own_forms import own_forms
from tests.builders import YEAR
from tests.ui.keys import press, replace_text
from tests.ui.test_attachments import drop, settled
from ui.dialogs.own_forms import VALUE, OwnFormsDialog


def form(path: Path, *cells: str) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "自评表"
    for number, text in enumerate(cells, 1):
        book.active.cell(number, 2, text)
    book.save(path)
    return path


@pytest.fixture
def dialog(sample_desk, qtbot) -> OwnFormsDialog:
    made = OwnFormsDialog(sample_desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def shown(dialog, qtbot) -> list[tuple[str, str, str]]:
    """What the preview says, when it is there."""
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    rows = (dialog.asked.topLevelItem(n) for n in range(dialog.asked.topLevelItemCount()))
    return [(row.text(0), row.text(1), row.text(VALUE)) for row in rows]


def added(dialog, qtbot, path: Path) -> None:
    dialog.take_in(path)
    settled(qtbot, dialog.work)


def test_a_form_is_added_kept_in_the_file_and_what_is_not_understood_is_named(dialog, qtbot, tmp_path, monkeypatch):
    desk = dialog.desk
    assert "写上{名称}" in dialog.about_form.text() and not dialog.fill.isEnabled()
    path = form(tmp_path / "区局表.xlsx", "{预算收入}", "{预算收人}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    dialog.add.click()
    settled(qtbot, dialog.work)
    assert shown(dialog, qtbot) == [
        ("自评表!B2", "预算收人", "没有这个名称"),
        ("自评表!B1", "预算收入", "101.09"),
    ]
    assert "1处名称不能识别" in dialog.about_form.text() and dialog.about_form.property("role") == "error"
    # Replaced by one that was put right, in one step.
    path = form(tmp_path / "区局表（改）.xlsx", "{预算收入}", "{支出}")
    dialog.replace.click()
    settled(qtbot, dialog.work)
    assert [row[2] for row in shown(dialog, qtbot)] == ["101.09", "101.09"]
    assert "2处都能填写" in dialog.about_form.text() and dialog.forms.count() == 1
    desk.undo()
    assert [one.name for one in own_forms(desk.book, YEAR)] == ["区局表.xlsx"]
    desk.redo()
    file = desk.ledger.path
    desk.close()
    again = Ledger.open(file)
    assert [one.name for one in own_forms(again.book, YEAR)] == ["区局表（改）.xlsx"]
    again.close()


def test_ticked_forms_are_filled_into_a_folder(dialog, qtbot, tmp_path, monkeypatch):
    added(dialog, qtbot, form(tmp_path / "表一.xlsx", "{预算收入}", "{没有}"))
    added(dialog, qtbot, form(tmp_path / "表二.xlsx", "{支出}"))
    assert dialog.fill.text() == "填写并保存2个表"
    dialog.forms.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.fill.text() == "填写并保存"
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(out))
    dialog.fill.click()
    settled(qtbot, dialog.work)
    assert [path.name for path in out.iterdir()] == ["区妇联2023年度表一.xlsx"]
    assert "自评表!B2：没有“没有”这个名称。" in dialog.said.text() and dialog.desk.report_folder == out
    dialog.forms.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.fill.isEnabled()


def test_a_form_for_projects_shows_the_project_that_is_chosen(dialog, qtbot, tmp_path):
    added(dialog, qtbot, form(tmp_path / "项目表.xlsx", "{项目名称}", "{实际支出}"))
    first = shown(dialog, qtbot)
    assert dialog.project.isVisible() and "每个项目一份" in dialog.about_form.text()
    dialog.project.setFocus()
    press(dialog.project, Qt.Key.Key_Down)
    dialog.project.picked.emit(dialog.project.value())
    second = shown(dialog, qtbot)
    assert first[0][2] != second[0][2] == dialog.project.currentText()


def test_names_are_found_and_copied(dialog, qtbot):
    dialog.tabs[1].click()
    assert dialog.names.count() > 70
    dialog.words.setFocus()
    replace_text(dialog.words, "jyjz")
    found = [dialog.names.item(n).text() for n in range(dialog.names.count())]
    assert "{结余结转}" in found and len(found) < 20
    dialog.names.setCurrentRow(found.index("{结余结转}"))
    dialog.names.setFocus()
    press(dialog.names, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "{结余结转}" and "已复制{结余结转}" in dialog.said.text()


def test_what_is_no_form_is_said_and_a_form_can_be_removed(dialog, qtbot, tmp_path):
    drop(dialog, form(tmp_path / "空.xlsx", "没有名称"))
    settled(qtbot, dialog.work)
    assert "没有要填写的名称" in dialog.said.text() and dialog.forms.count() == 0
    added(dialog, qtbot, form(tmp_path / "表一.xlsx", "{预算收入}"))
    dialog.remove.click()
    assert dialog.forms.count() == 0 and "可以撤销" in dialog.said.text()
    dialog.desk.undo()
    assert dialog.forms.count() == 1 and shown(dialog, qtbot)


def test_forms_and_files_are_reached_from_the_report(window, qtbot):
    window.show_page("report")
    page = window.page("report")
    for text, name in (("本单位表样", "OwnFormsDialog"), ("佐证材料", "AttachmentsDialog")):
        link = next(one for one in page.findChildren(QPushButton) if one.text() == text)
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        dialog = next(one for one in window.children() if type(one).__name__ == name)
        assert dialog.isVisible()
        dialog.close()
