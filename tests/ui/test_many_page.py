"""多单位汇总: choose a folder, sort, filter, open, export, print, check and report, by clicks and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from core.i18n import _
from tests.core.test_many import folder, unit_file
from tests.ui.conftest import TODAY
from tests.ui.keys import press, type_text
from tests.ui.windows import opened
from ui.dialogs.many_papers import ManyPaperDialog
from ui.pages.many import ManyPage
from ui.widgets.many_table import SumRow

__all__ = ["folder"]  # the fixture
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def start(qapp, qtbot, settings):
    """A window at its start page."""
    window = opened(qtbot, settings, TODAY)
    yield window
    window.close()


def many(window) -> ManyPage:
    """The page, reached through the navigation."""
    QTest.mouseClick(window.navigation._buttons["many"], LEFT)
    assert window.current is window.page("many")
    return window.page("many")


def wait(qtbot, page: ManyPage) -> None:
    qtbot.waitUntil(lambda: not page.is_busy, timeout=20000)


def chosen(qtbot, window, folder: Path, monkeypatch) -> ManyPage:
    page = many(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(folder))
    QTest.mouseClick(page.first_button, LEFT)
    wait(qtbot, page)
    return page


def names(page: ManyPage) -> list[str]:
    return [record.path.name for record in page.files.rows if record.path]


def cell(page: ManyPage, name: str, column: str) -> str:
    record = next(record for record in page.files.rows if record.path and record.path.name == name)
    return page.files.text(record, column)


def go_to(page: ManyPage, name: str) -> None:
    record = next(record for record in page.files.rows if record.path and record.path.name == name)
    page.grid.setFocus()
    assert page.grid.stand_at(record.path)


def test_from_the_start_page_to_an_open_file(start, qtbot, folder, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    assert len(page.files.rows) == 9 and isinstance(page.files.rows[-1], SumRow)
    assert cell(page, "乙.YSZ", "spent") == "2.08" and cell(page, "乙.YSZ", "state") == "执行中"
    assert cell(page, "损坏.ysz", "spent") == "—" and cell(page, "损坏.ysz", "state") == "无法读取"
    assert page.files.text(page.files.rows[-1], "budget") == "12.00"
    assert "4个文件" in page.sums.text() and "可能重复" in page.sums.text()
    go_to(page, "损坏.ysz")
    assert "已损坏" in page.remark.text() and page.remark.isVisible()
    go_to(page, "乙.YSZ")
    assert not page.remark.isVisible()
    press(page.grid, Qt.Key.Key_Return)
    assert start.desk.is_open and start.desk.ledger.path.name == "乙.YSZ"
    assert start.current is start.page("overview")
    assert many(start) is page and len(page.files.rows) == 9  # and back to the table as it was


def test_a_double_click_opens_and_what_cannot_be_opened_is_told(start, qtbot, folder, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    for name in ("外来.ysz", "甲.ysz"):
        row = page.files.row_of(folder / name)
        place = page.grid.visualRect(page.files.index(row, 1)).center()
        QTest.mouseClick(page.grid.viewport(), LEFT, pos=place)
        QTest.mouseDClick(page.grid.viewport(), LEFT, pos=place)
        if name == "外来.ysz":
            assert not start.desk.is_open and start.current is page
            assert "不是单位预算台账的文件" in start.notice.text
    assert start.desk.ledger.path.name == "甲.ysz" and start.current is start.page("overview")


def test_sorting_and_filter_by_mouse_and_keys(start, qtbot, folder, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    header = page.grid.horizontalHeader()
    column = page.files.column_of("spent")
    for first in ("甲.ysz", "乙.YSZ"):  # rising, falling
        spot = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
        QTest.mouseClick(header.viewport(), LEFT, pos=spot)
        counted = names(page)[:4]
        assert (counted[-1] == "乙.YSZ") if first == "甲.ysz" else (counted[0] == "乙.YSZ")
        assert isinstance(page.files.rows[-1], SumRow)
    press(page.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filter.hasFocus()
    type_text(page.filter, "文化馆")
    assert names(page) == ["乙.YSZ"] and page.files.text(page.files.rows[-1], "budget") == "3.00"
    QTest.mouseClick(page.kind.buttons["projects"], LEFT)
    assert page.project_grid.isVisible() and not page.grid.isVisible()
    [row] = page.projects.rows
    assert page.projects.text(row, "name") == "业务性专项经费" and page.projects.text(row, "unit") == "示范区文化馆"
    page.project_grid.setFocus()
    page.project_grid.stand_at(page.projects.key(row))
    press(page.project_grid, Qt.Key.Key_Return)
    assert start.desk.ledger.path.name == "乙.YSZ"


def test_another_year_and_the_other_unit(window, qtbot, folder, monkeypatch) -> None:
    page = chosen(qtbot, window, folder, monkeypatch)
    unit_file(folder / "丙.ysz", "示范区图书馆")
    press(page.grid, Qt.Key.Key_F5)
    wait(qtbot, page)
    assert "丙.ysz" in names(page)
    assert list(page.year.options()) == ["", "2023"]
    page.year.setFocus()
    press(page.year, Qt.Key.Key_Down)
    press(page.year, Qt.Key.Key_Return)
    wait(qtbot, page)
    assert page.found.year == 2023
    window.switch_unit()
    assert cell(page, "乙.YSZ", "spent") == "20,800.00" and "元" in page._unit.text()


def test_the_folder_is_remembered(start, qtbot, folder, settings, monkeypatch) -> None:
    chosen(qtbot, start, folder, monkeypatch)
    assert settings.many_folder == folder
    other = opened(qtbot, settings, TODAY)
    page = many(other)
    wait(qtbot, page)
    assert len(names(page)) == 8
    other.close()


def test_folders_without_ledgers_and_folders_that_went(start, qtbot, tmp_path, monkeypatch) -> None:
    (tmp_path / "空").mkdir()
    page = chosen(qtbot, start, tmp_path / "空", monkeypatch)
    assert "没有台账文件" in page.message.text() and page.message.isVisible()
    assert not page.report_button.isEnabled()
    (tmp_path / "空").rmdir()
    QTest.mouseClick(page.again_button, LEFT)
    wait(qtbot, page)
    assert "找不到文件夹" in page.message.text() and page.message.isVisible()


def test_tables_are_exported(start, qtbot, folder, tmp_path, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    target = tmp_path / "汇总.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), "CSV 文件（*.csv）"))
    QTest.mouseClick(page.export_button, LEFT)
    wait(qtbot, page)
    assert "示范区文化馆" in target.read_text(encoding="utf-8-sig") and str(target) in start.notice.text
    book = tmp_path / "汇总"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(book), "Excel 工作簿（*.xlsx）"))
    QTest.mouseClick(page.export_button, LEFT)
    wait(qtbot, page)
    assert (tmp_path / "汇总.xlsx").stat().st_size > 5000


@pytest.mark.parametrize("kind", ["print", "check"])
def test_papers_are_shown_and_saved(start, qtbot, folder, tmp_path, monkeypatch, kind) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    QTest.mouseClick(page.print_button if kind == "print" else page.check_button, LEFT)
    wait(qtbot, page)
    [dialog] = start.findChildren(ManyPaperDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20000)
    words = "".join(run.text for run, _anchor in dialog.papers[0].document.runs())
    assert "示范区文化馆" in words and "已损坏" in words and ("C-" in words) == (kind == "check")
    target = tmp_path / "汇总.xlsx"
    dialog.save([target])
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20000)
    assert target.stat().st_size > 3000
    dialog.close()


def test_reports_of_all_files(start, qtbot, folder, tmp_path, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    QTest.mouseClick(page.report_button, LEFT)
    panel = page.panel
    assert panel.isVisible() and panel.folder.text() == str(folder / _("自评报告"))
    QTest.mouseClick(panel.formats["pdf"], LEFT, pos=QPoint(8, panel.formats["pdf"].height() // 2))
    QTest.mouseClick(panel.start_button, LEFT)
    assert "至少选择一种格式" in panel.message.text()
    QTest.mouseClick(panel.formats["html"], LEFT, pos=QPoint(8, panel.formats["html"].height() // 2))
    panel.folder.setText("报告")
    QTest.mouseClick(panel.start_button, LEFT)
    assert "完整路径" in panel.message.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "报告"))
    QTest.mouseClick(panel.browse_button, LEFT)
    QTest.mouseClick(panel.start_button, LEFT)
    wait(qtbot, page)
    assert len(list((tmp_path / "报告").glob("*.html"))) == 4
    assert "已生成4个文件" in panel.message.text() and "4个台账没有" in panel.message.text()
    assert "损坏.ysz：" in panel.problems.toPlainText() and panel.problems.isVisible()
    QTest.mouseClick(panel.close_button, LEFT)
    assert not panel.isVisible()


def test_reports_are_stopped(start, qtbot, tmp_path, monkeypatch) -> None:
    place = tmp_path / "各单位"
    for number in range(6):
        unit_file(place / f"{number}.ysz", f"示范区第{number}馆")
    page = chosen(qtbot, start, place, monkeypatch)
    QTest.mouseClick(page.report_button, LEFT)
    page.panel.folder.setText(str(tmp_path / "报告"))
    QTest.mouseClick(page.panel.start_button, LEFT)
    assert page.panel.is_busy and page.panel.stop_button.isVisible()
    QTest.mouseClick(page.panel.stop_button, LEFT)
    assert not page.panel.is_busy and "已停止" in page.panel.message.text()
    assert page.panel.start_button.isEnabled()


def test_reading_is_stopped(start, qtbot, folder, monkeypatch) -> None:
    page = chosen(qtbot, start, folder, monkeypatch)
    QTest.mouseClick(page.again_button, LEFT)
    QTest.mouseClick(page.stop_button, LEFT)
    assert not page.is_busy and "已停止" in page.message.text()
    assert len(names(page)) == 8  # what was on show stays
