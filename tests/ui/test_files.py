"""Files of the window: opened, refused, made, copied, backed up."""

import zipfile

import pytest
from PySide6.QtCore import Qt

from core import commands as c
from core.backups import Why, list_backups
from core.ledger import Ledger
from tests.builders import YEAR, on_disk
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.files import file_lane
from ui.places import PLACES

Key = Qt.Key


def test_a_file_in_use_can_be_opened_for_reading(window, qtbot, tmp_path):
    other = on_disk(tmp_path / "另一个.ysz")
    try:
        assert not window.open_file(other.path)
        assert "正在被使用" in window.notice.text
        assert window.desk.ledger.path.name == "示例台账.ysz", "what was open stays open"
        assert window.notice._act.text() == "只读打开"
        window.notice._act.click()
        assert window.desk.readonly
        assert window.status._saved.text() == "○ 只读，不能修改"
        assert not window.top._undo.isEnabled()
        assert not window.actions_by_name["new_year"].isEnabled()
    finally:
        other.close()


@pytest.mark.parametrize(("content", "words"), [(b"hello" * 100, "不是单位预算台账的文件"), (None, "找不到文件")])
def test_a_file_that_cannot_be_opened_is_explained(window, tmp_path, content, words):
    path = tmp_path / "坏.ysz"
    if content:
        path.write_bytes(content)
    assert not window.open_file(path)
    assert words in window.notice.text
    assert window.notice._act.isHidden()
    assert window.desk.ledger.path.name == "示例台账.ysz"


def test_opening_backs_up_once_a_day(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    window = opened(qtbot, settings, TODAY, tmp_path / "账.ysz")
    qtbot.waitUntil(lambda: "（自动）" in window.status._backup.text())
    assert window.status._backup.text().startswith("上次备份：今天 ")
    assert len(list((tmp_path / "备份").glob("账_*.ysz"))) == 1
    window.close()
    again = opened(qtbot, settings, TODAY, tmp_path / "账.ysz")
    file_lane.finish()
    assert len(list((tmp_path / "备份").glob("账_*.ysz"))) == 1
    assert "今天" in again.status._backup.text()
    again.close()


def test_a_backup_that_fails_is_said_and_nothing_else_happens(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    (tmp_path / "备份").write_text("a file where the folder should be")
    window = opened(qtbot, settings, TODAY, tmp_path / "账.ysz")
    qtbot.waitUntil(lambda: "自动备份失败" in window.status._backup.text())
    assert window.status._backup.property("role") == "error"
    assert not window.desk.readonly
    window.close()


def test_a_copy_is_saved_and_is_a_ledger(window, qtbot, tmp_path):
    window.files.save_copy(tmp_path / "副本")
    qtbot.waitUntil(lambda: "副本已保存" in window.notice.text)
    copy = Ledger.open(tmp_path / "副本.ysz")
    assert copy.book == window.desk.book
    copy.close()
    window.files.save_copy(window.desk.ledger.path)
    assert "同名" in window.notice.text


def test_a_year_is_exported_as_a_workbook(window, qtbot, tmp_path):
    target = tmp_path / "二三年"
    with qtbot.waitSignal(window.files.told, timeout=15_000):
        window.files.save_tables(target)
    assert "年度表格已导出到" in window.notice.text
    with zipfile.ZipFile(tmp_path / "二三年.xlsx") as parts:
        assert "业务性专项经费" in parts.read("xl/sharedStrings.xml").decode()


def test_recent_files_are_in_the_menu_of_the_unit(window, settings, tmp_path):
    on_disk(tmp_path / "另一个.ysz").close()
    settings.remember(tmp_path / "另一个.ysz")
    window.top._fill_unit_menu()
    entry = next(a for a in window.top._unit_menu.actions() if a.text() == "另一个")
    entry.trigger()
    assert window.desk.ledger.path.name == "另一个.ysz"
    assert settings.recent[0].name == "另一个.ysz"


def test_years_are_in_the_menu_of_the_year(window):
    window.top._fill_year_menu()
    texts = [a.text() for a in window.top._year_menu.actions() if a.text()]
    assert texts == ["2024 年度", "2023 年度", "2022 年度", "新建下一年度…", "沿用上年度的项目"]
    window.top._year_menu.actions()[0].trigger()
    assert window.desk.year == 2024
    assert "2024" in window.top._year.text()


# The start


def test_without_a_file_the_window_begins_at_the_start_page(qtbot, settings, tmp_path):
    window = opened(qtbot, settings, TODAY)
    assert window.current is None
    shown = {name for name, button in window.navigation._buttons.items() if button.isVisible()}
    assert shown == {"start", *(place.name for place in PLACES if not place.needs_file)}
    assert not window.status.isVisible()
    start = window.start
    press(start.name, Key.Key_Return)
    assert start._fault.text() == "请填写单位全称。"
    type_text(start.name, "某单位")
    assert start.place.text().endswith("某单位.ysz")
    replace_text(start.year, "23")
    press(start.year, Key.Key_Return)
    assert "“23”不是年度" in start._fault.text()
    replace_text(start.year, "2024")
    replace_text(start.place, str(tmp_path / "新" / "某单位.ysz"))
    start.kind.set_value("参公事业")
    press(start.place, Key.Key_Return)
    desk = window.desk
    assert desk.is_open and (desk.year, desk.book.unit.kind) == (2024, "参公事业")
    assert desk.book.unit_year(2024).name == "某单位"
    assert desk.ledger.undo_label == "", "the making of a file cannot be undone"
    assert window.current.name == "overview"
    assert window.navigation.isVisible()
    window.close()


def test_a_new_unit_never_overwrites_a_file(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    held = (tmp_path / "账.ysz").read_bytes()
    window = opened(qtbot, settings, TODAY)
    start = window.start
    type_text(start.name, "某单位")
    replace_text(start.place, str(tmp_path / "账.ysz"))
    start.create()
    assert "已经存在" in start._fault.text()
    assert (tmp_path / "账.ysz").read_bytes() == held
    window.close()


def test_the_sample_is_made_once_and_opened_again(qtbot, settings, tmp_path):
    window = opened(qtbot, settings, TODAY)
    window.files.open_sample(tmp_path)
    path = window.desk.ledger.path
    assert path == tmp_path / "单位预算台账示例" / "示例台账.ysz"
    assert window.desk.year == YEAR
    assert str(path) in window.notice.text and "示例数据" in window.notice.text
    window.desk.commit(c.set_year(window.desk.book, YEAR, note="改过"))
    window.close()
    again = opened(qtbot, settings, TODAY)
    again.files.open_sample(tmp_path)
    assert again.desk.book.year(YEAR).note == "改过"
    again.close()


def test_closing_backs_up_what_was_changed(window, qtbot):

    ledger = window.desk.ledger
    folder, stem = ledger.backup_folder, ledger.path.stem
    window.desk.commit(c.set_year(window.desk.book, 2023, note="改动"))
    window.close()
    whys = [backup.why for backup in list_backups(folder, stem)]
    assert Why.CLOSE in whys
