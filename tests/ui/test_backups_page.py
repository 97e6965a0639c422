"""备份与恢复: what the officer sees of each backup, the way back and its undoing, handing over, the second folder."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import commands, encrypted
from core.backups import Why, back_up
from core.hand_over_pack import check_pack
from core.handing_over import check_value_holds, hand_over
from core.ledger import Ledger
from tests.builders import YEAR, on_disk
from tests.core.test_backups import spoil
from tests.ui.conftest import TODAY
from tests.ui.keys import press, type_text
from tests.ui.windows import opened
from ui.copies import away_lane, copy_lane
from ui.files import file_lane

Key = Qt.Key
NOW = datetime(2024, 1, 19, 10, 30)
PASSWORD = "移交2026，请保管"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(encrypted, "_LOG_N", 4)


@pytest.fixture
def window(qapp, qtbot, settings, tmp_path):
    """A window over a ledger with two backups: of before a payment, and of before a note."""
    path = tmp_path / "账.ysz"
    with closing(on_disk(path)) as ledger:
        back_up(path, [tmp_path / "备份"], Why.YEAR_END, NOW - timedelta(days=9))
        where = ledger.book.projects(YEAR)[0].project
        ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-08-01", 100_00, purpose="办公费"))
        back_up(path, [tmp_path / "备份"], Why.CLOSE, NOW)
        ledger.commit(commands.set_year(ledger.book, YEAR, note="后来"))
    window = opened(qtbot, settings, TODAY, path)
    file_lane.finish()  # the backup of the opening
    yield window
    window.close()
    away_lane.finish()


@pytest.fixture
def page(window, qtbot):
    window.show_page("backups")
    page = window.page("backups")
    settled(page, qtbot, 3)
    return page


def settled(page, qtbot, count: int) -> None:
    """Wait until so many backups are listed and the chosen one is compared."""
    qtbot.waitUntil(lambda: len(page.model.rows) == count and page.detail.found is not None, timeout=15_000)


def stand_at(page, qtbot, row: int) -> None:
    held = page.model.rows[row]
    page.table.stand_at(page.model.key(held), "at")
    qtbot.waitUntil(lambda: page.detail.held is held and page.detail.found is not None, timeout=15_000)


def cells(page, column: str) -> list[str]:
    return [page.model.text(row, column) for row in page.model.rows]


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def note(window) -> str:
    return window.desk.book.year(YEAR).note


def test_the_list_says_when_why_and_what(page, qtbot):
    assert cells(page, "why") == ["打开文件时", "关闭文件时", "锁定或定稿前"]
    assert cells(page, "at")[1:] == ["2024-01-19 10:30", "2024-01-10 10:30"]
    assert cells(page, "what") == ["2023　4笔", "2023　4笔", "2023　3笔"]
    assert cells(page, "place") == ["本机"] * 3 and cells(page, "state") == ["完好", "未检查", "未检查"]
    assert page._count.text().startswith("3份")
    assert page.detail.summary == "与现在的内容完全相同。" and "文件完整" in page.detail.state


def test_arrow_keys_compare_one_after_the_other(page, qtbot):
    page.table.setFocus()
    press(page.table, Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.found is not None and page.detail.found.total == 1)
    assert page.detail.summary.startswith("恢复后：年度改回1条。")
    press(page.table, Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.found is not None and page.detail.found.total == 2)
    assert "支出去掉1条" in page.detail.summary
    model = page.detail.model
    texts = {model.text(row, "name"): model.text(row, "spent") for row in model.rows}
    assert texts == {"2023年度": "2.07 → 2.08", "　业务性专项经费": "2.07 → 2.08"}
    assert page.detail.records.isVisible() and cells(page, "state") == ["完好"] * 3


def test_a_backup_comes_back_and_that_is_undone(page, window, qtbot):
    stand_at(page, qtbot, 2)
    click(page.detail.restore_button)
    assert "现在的内容先留存" in page.detail.ask.question
    press(page.detail.ask.yes, Key.Key_Return)
    qtbot.waitUntil(lambda: "已恢复" in window.notice.text, timeout=15_000)
    assert note(window) == "" and len(window.desk.book.payments(YEAR, window.desk.book.projects(YEAR)[0].project)) == 1
    settled(page, qtbot, 4)
    assert "恢复备份前" in cells(page, "why") and window.desk.ledger.undo_label == ""
    click(window.notice._act)
    qtbot.waitUntil(lambda: note(window) == "后来", timeout=15_000)
    settled(page, qtbot, 5)


def test_giving_up_changes_nothing(page, window, qtbot):
    stand_at(page, qtbot, 1)
    click(page.detail.restore_button)
    press(page.detail.ask.no, Key.Key_Escape)
    copy_lane.finish()
    assert page.detail.ask.isHidden() and note(window) == "后来" and len(page.model.rows) == 3


def test_a_damaged_backup_is_said_and_cannot_be_restored(page, window, qtbot):
    damaged = page.model.rows[1].backup.path
    content = bytearray(damaged.read_bytes())
    content[-2000:] = b"\x5a" * 2000
    damaged.write_bytes(content)
    page.table.stand_at(page.model.key(page.model.rows[1]), "at")
    qtbot.waitUntil(lambda: page.detail.state.startswith("✗"), timeout=15_000)
    assert not page.detail.restore_button.isEnabled() and cells(page, "state")[1] == "不可用"
    click(page.check_button)
    qtbot.waitUntil(lambda: "1份不可用" in window.notice.text, timeout=15_000)
    assert cells(page, "state") == ["完好", "不可用", "完好"]


def test_a_backup_is_looked_at_and_left(page, window, qtbot):
    stand_at(page, qtbot, 2)
    home = window.desk.ledger.path
    before = page.model.rows[2].backup.path.read_bytes()
    click(page.detail.look_button)
    qtbot.waitUntil(lambda: "正在查看备份" in window.notice.text, timeout=15_000)
    assert window.desk.file_readonly and note(window) == "" and page.copies.home == home
    settled(page, qtbot, 3)
    assert page.home_button.isVisible() and not page.back_up_button.isEnabled()
    assert window.settings.last_file == home
    stand_at(page, qtbot, 1)  # another one can be looked at from there
    click(page.detail.look_button)
    qtbot.waitUntil(lambda: len(window.desk.book.payments(YEAR, window.desk.book.projects(YEAR)[0].project)) == 2)
    click(page.home_button)
    assert window.desk.ledger.path == home and not window.desk.file_readonly and note(window) == "后来"
    assert page.model.rows[2].backup.path.read_bytes() == before and not page.copies.is_looking


def test_back_up_now(page, window, qtbot):
    click(page.back_up_button)
    settled(page, qtbot, 4)
    assert "手动备份" in cells(page, "why") and "已备份到" in window.notice.text


# The second folder


def test_the_second_folder_is_filled_at_once_and_with_every_backup(page, window, qtbot, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    page.choose_second(stick)
    qtbot.waitUntil(lambda: cells(page, "place") == ["两处"] * 3, timeout=15_000)
    assert str(stick) in page.second and window.settings.second_backup_folder == stick
    window.back_up()
    qtbot.waitUntil(lambda: len(list(stick.glob("*.ysz"))) == 4, timeout=15_000)
    click(page.no_second_button)
    assert window.settings.second_backup_folder is None and "未设置" in page.second
    page.choose_second(page.copies.folder)
    assert "不能与" in window.notice.text and window.settings.second_backup_folder is None


def test_a_stick_that_is_away_is_said_once_and_caught_up_with(page, window, qtbot, tmp_path):
    stick = tmp_path / "stick"
    told = []
    page.copies.told.connect(told.append)
    page.choose_second(stick)
    qtbot.waitUntil(lambda: bool(told), timeout=15_000)
    window.back_up()
    settled(page, qtbot, 4)
    away_lane.finish()
    qtbot.wait(50)
    assert len(told) == 1 and "连接不上" in told[0] and "连接不上" in page.second
    stick.mkdir()
    window.back_up()
    qtbot.waitUntil(lambda: len(list(stick.glob("*.ysz"))) == 5, timeout=15_000)
    qtbot.waitUntil(lambda: "连接不上" not in page.second)


def test_closing_brings_the_second_folder_up_to_date(window, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    window.settings.second_backup_folder = stick
    window.desk.commit(commands.set_year(window.desk.book, YEAR, note="关闭前"))
    window.close()
    assert any("_关闭" in one.name for one in stick.glob("*.ysz"))


def test_a_backup_is_made_before_a_year_is_locked(window, tmp_path):
    from core.closing import lock

    desk = window.desk
    where = desk.book.projects(YEAR)[0].project
    desk.commit(commands.add_event(desk.book, YEAR, where, "initial", "2023-02-01", 100_00))
    count = len(list((tmp_path / "备份").glob("*锁定前.ysz")))
    assert desk.commit(lock(desk.book, desk.ledger.findings, YEAR))
    assert len(list((tmp_path / "备份").glob("*锁定前.ysz"))) == count + 1


# Handing over


def test_one_file_with_a_password_goes_to_another_machine(page, window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.widgets.take_over_bar.documents", lambda: tmp_path / "文档")
    click(page.file_button)
    panel = page.file_panel
    assert panel.isVisible()
    panel.folder.setText(str(tmp_path / "stick"))
    click(panel.sealed)
    panel.sealed.setChecked(True)
    type_text(panel.password, "short")
    click(panel.make_button)
    assert "至少8个字符" in panel.result.text()
    panel.password.setText(PASSWORD)
    panel.again.setText("another one")
    click(panel.make_button)
    assert "两次输入的密码不同" in panel.result.text()
    panel.again.setText(PASSWORD)
    press(panel.again, Key.Key_Return)
    qtbot.waitUntil(lambda: "已制作" in panel.result.text(), timeout=15_000)
    [handed] = (tmp_path / "stick").glob("*.ysz")
    assert check_value_holds(handed) and encrypted.is_encrypted(handed) and panel.password.text() == ""
    click(panel.copy_button)
    code = QApplication.clipboard().text()
    assert code in panel.result.text() and code.replace("-", "").lower() == handed.stem[-12:]
    press(panel.folder, Key.Key_Escape)
    assert panel.isHidden()
    # the other side
    before = window.desk.ledger.path
    assert not window.open_file(handed)
    bar = window._take_over.bar
    assert bar.isVisible() and bar.password.hasFocus()
    type_text(bar.password, "wrong password")
    press(bar.password, Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不正确" in bar._fault.text(), timeout=15_000)
    assert window.desk.ledger.path == before
    bar.password.setText(PASSWORD)
    press(bar.password, Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.ledger.path != before, timeout=15_000)
    assert bar.isHidden() and window.desk.ledger.path.parent == tmp_path / "文档" / "单位预算台账"
    assert note(window) == "后来" and not window.desk.file_readonly


def test_a_hand_over_file_that_was_altered_is_refused(page, window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.widgets.take_over_bar.documents", lambda: tmp_path / "文档")
    handed = hand_over(window.desk.ledger.path, tmp_path / "stick").path
    with handed.open("ab") as file:
        file.write(b"x")
    window.take_over(handed)
    bar = window._take_over.bar
    assert bar.password.isHidden()
    press(bar.yes, Key.Key_Return)
    qtbot.waitUntil(lambda: "校验码不符" in bar._fault.text(), timeout=15_000)
    bar.place.setText("x.ysz")
    click(bar.yes)
    assert "完整路径" in bar._fault.text()
    bar.place.setText(str(window.desk.ledger.path))
    click(bar.yes)
    assert "已经存在" in bar._fault.text()
    click(bar.no)
    assert bar.isHidden() and not list((tmp_path / "文档").rglob("*.ysz*"))


def test_the_pack_is_made_and_proven(page, window, qtbot, tmp_path):
    click(page.pack_button)
    panel = page.pack_panel
    panel.folder.setText("")
    click(panel.make_button)
    assert "请选择存放的文件夹" in panel.result.text()
    panel.folder.setText(str(tmp_path / "stick"))
    type_text(panel.taker, "接收者")
    click(panel.make_button)
    assert panel.bar.isVisible() and not panel.make_button.isEnabled()
    qtbot.waitUntil(lambda: "已制作" in panel.result.text(), timeout=20_000)
    [pack] = (tmp_path / "stick").iterdir()
    assert check_pack(pack) == [] and panel.open_button.isVisible()
    page.prove(pack)
    qtbot.waitUntil(lambda: "所有文件与交接时相同" in window.notice.text, timeout=15_000)
    next(pack.rglob("*.pdf")).unlink()
    page.prove(pack)
    qtbot.waitUntil(lambda: "缺少文件" in window.notice.text, timeout=15_000)


def test_a_pack_under_way_is_cancelled(page, window, qtbot, tmp_path):
    click(page.pack_button)
    panel = page.pack_panel
    panel.folder.setText(str(tmp_path / "stick"))
    click(panel.make_button)
    press(panel.folder, Key.Key_Escape)
    assert panel.result.text() == "已取消，没有留下文件。" and panel.isVisible()
    copy_lane.finish()
    assert not (tmp_path / "stick").exists() or not list((tmp_path / "stick").iterdir())


# A file that does not open


def test_a_damaged_ledger_is_brought_back_from_its_newest_backup(window, qtbot, tmp_path):
    other = tmp_path / "坏" / "另一本.ysz"
    other.parent.mkdir()
    on_disk(other).close()
    back_up(other, [other.parent / "备份"], Why.CLOSE, NOW)
    spoil(other)
    damaged = other.read_bytes()
    assert not window.open_file(other)
    assert "已损坏" in window.notice.text and "2024-01-19 10:30" in window.notice.text
    click(window.notice._act)
    qtbot.waitUntil(lambda: window.desk.ledger.path == other, timeout=15_000)
    kept = [one for one in (other.parent / "备份").iterdir() if "已损坏" in one.name]
    assert [one.read_bytes() for one in kept] == [damaged]
    with closing(Ledger.open(other, readonly=True)) as ledger:
        assert ledger.book.unit_year(YEAR).name == "示范区妇女联合会"
