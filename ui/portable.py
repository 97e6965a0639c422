"""Portable mode: with a folder 数据 beside the built program, nothing is kept on the computer itself."""

import sys
from pathlib import Path

FOLDER = "数据"


def portable_folder(executable: Path | None = None) -> Path | None:
    """Where settings, the log and new ledgers go in portable mode; None when the program is installed."""
    if executable is None:
        if not getattr(sys, "frozen", False):
            return None
        executable = Path(sys.executable)
    folder = executable.resolve().parent / FOLDER
    return folder if folder.is_dir() else None
