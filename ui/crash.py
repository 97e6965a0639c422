"""A bug, met calmly: the data are safe, what happened is in a log file, and the officer is told where."""

import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from core.i18n import _

KEEP = 200_000  # characters of older entries that are kept
NAME = "错误记录.txt"

_folder: list[Path] = []  # where the log is, once the program has installed it


def install(folder: Path) -> None:
    """Write what Python could not handle to ``folder`` and say so, instead of closing the program."""

    _folder[:] = [folder]

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        say(write_log(folder, text))

    sys.excepthook = hook


def log_path() -> Path | None:
    """Where what Python could not handle is written; None in a process that does not write it."""
    return _folder[0] / NAME if _folder else None


def write_log(folder: Path, text: str) -> Path | None:
    """Add an entry to the log; None where it cannot be written."""
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = path.read_text(encoding="utf-8")[-KEEP:] if path.exists() else ""
        path.write_text(f"{held}{datetime.now():%Y-%m-%d %H:%M:%S}\n{text}\n", encoding="utf-8")
    except OSError:
        return None
    return path


def message(path: Path | None) -> str:
    """What the officer is told."""
    text = _("程序遇到了意外情况，刚才的操作可能没有完成。\n已经保存的数据不受影响，可以继续使用。")
    if path is not None:
        text += "\n\n" + _("详细情况记在“{path}”，反馈问题时请附上这个文件。").format(path=path)
    return text


def say(path: Path | None) -> None:
    """Show the message over the window, once at a time."""
    app = QApplication.instance()
    if app is None or app.property("crash shown"):
        return
    app.setProperty("crash shown", True)
    box = QMessageBox(QMessageBox.Icon.Warning, _("单位预算台账"), message(path), QMessageBox.StandardButton.Ok)
    box.button(QMessageBox.StandardButton.Ok).setText(_("知道了"))
    box.finished.connect(lambda _result: app.setProperty("crash shown", False))
    box.exec()
