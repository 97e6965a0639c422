"""The start: the file given, the last one, or none; Chinese texts of Qt; a bug met calmly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from core.sample import build_sample
from tests.builders import YEAR, on_disk
from ui import crash
from ui.app import make_app, open_window
from ui.settings import RECENT, Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings")


@pytest.fixture
def file(tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    return tmp_path / "账.ysz"


def test_qt_speaks_chinese(qapp):
    app = make_app()
    assert QLocale().language() == QLocale.Language.Chinese
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert app.applicationDisplayName() == "单位预算台账"
    assert not app.windowIcon().isNull()


def test_the_file_given_is_opened_and_remembered(qapp, settings, file):
    window = open_window(settings, file)
    assert window.desk.ledger.path == file
    window.close()
    assert settings.last_file == file
    again = open_window(settings, None)
    assert again.desk.ledger.path == file and again.desk.year == YEAR
    again.close()


def test_a_last_file_that_is_gone_leaves_the_start_page(qapp, settings, file):
    settings.remember(file)
    file.unlink()
    window = open_window(settings, None)
    assert not window.desk.is_open and window.notice.text == ""
    window.close()


def test_a_given_file_that_is_none_of_ours_is_explained_on_the_start_page(qapp, settings, tmp_path):
    (tmp_path / "图片.ysz").write_bytes(b"\x89PNG" * 40)
    window = open_window(settings, tmp_path / "图片.ysz")
    assert not window.desk.is_open
    assert "不是单位预算台账的文件" in window.notice.text
    assert settings.recent == []
    window.close()


def test_the_window_comes_back_where_it_was(qapp, settings, file, qtbot):
    window = open_window(settings, file)
    window.resize(780, 655)
    window.show()
    window.close()
    again = open_window(settings, file)
    assert again.height() == 655
    again.close()


def test_recent_files_newest_first_without_doubles(settings, tmp_path):
    paths = [tmp_path / f"{n}.ysz" for n in range(RECENT + 2)]
    for path in (*paths, paths[3]):
        settings.remember(path)
    assert settings.recent[:2] == [paths[3], paths[-1]]
    assert len(settings.recent) == len(set(settings.recent)) == RECENT
    settings.forget(paths[3])
    assert paths[3] not in settings.recent


def test_a_bug_is_written_down_and_the_officer_is_told_where(tmp_path):
    path = crash.write_log(tmp_path / "日志", "Traceback: one\n")
    assert crash.write_log(tmp_path / "日志", "Traceback: two\n") == path
    text = path.read_text(encoding="utf-8")
    assert "Traceback: one" in text and "Traceback: two" in text
    assert "已经保存的数据不受影响" in crash.message(path) and str(path) in crash.message(path)


def test_a_log_that_cannot_be_written_is_no_second_bug(tmp_path):
    (tmp_path / "日志").write_text("")
    assert crash.write_log(tmp_path / "日志", "x") is None
    assert "已经保存的数据不受影响" in crash.message(None)


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.app import main

def look():
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    print("BOX", boxes[0].text() if boxes else "-", flush=True)
    for box in boxes:
        box.accept()
    QTimer.singleShot(0, QApplication.closeAllWindows)

def stumble():
    raise ZeroDivisionError("a bug")

app = QApplication([])
QTimer.singleShot(300, stumble)
QTimer.singleShot(900, look)
sys.exit(main(sys.argv[1:]))
"""


def test_the_program_lives_on_after_a_bug(file, tmp_path):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(tmp_path), PYTHONIOENCODING="utf-8")
    environment |= {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [sys.executable, "-c", PROGRAM, str(file)]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "BOX 程序遇到了意外情况" in done.stdout
    logs = list(tmp_path.rglob("错误记录.txt"))
    assert len(logs) == 1 and "ZeroDivisionError: a bug" in logs[0].read_text(encoding="utf-8")
    assert len(list(tmp_path.rglob("settings.ini"))) == 1


def test_the_window_is_shown_before_its_file_is_checked(qtbot, settings, tmp_path):
    build_sample(tmp_path / "示例.ysz").close()
    window = open_window(settings, tmp_path / "示例.ysz")
    qtbot.addWidget(window)
    window.desk.set_year(2023)
    window.show()
    assert not window.desk.is_checked
    assert window.page("overview").cards["findings"].figure == "…"
    qtbot.waitUntil(lambda: window.desk.is_checked)
    assert window.page("overview").cards["findings"].figure == "17"
    assert "5 错误" in window.status._checked.text()
    window.close()
