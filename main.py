"""Start 单位预算台账 (Unit Budget Ledger): a verb works in the terminal, else the window opens."""

import os
import sys


def main(argv: list[str]) -> int:
    """Hand `argv` (without the program's name) to the part it is meant for; return the exit code."""
    if getattr(sys, "frozen", False):
        give_back_library_path()
    if argv[:1] == ["demo"]:
        from ui.demo import main as start
    elif not argv or argv[0].lower().endswith(".ysz"):
        from ui.app import main as start
    else:
        from core.cli import main as start  # no Qt is imported for these verbs
    return start(argv)


def give_back_library_path() -> None:
    """The built program starts with its own libraries on the path; printing and opening documents need the system's."""
    held = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if held is not None:
        os.environ["LD_LIBRARY_PATH"] = held


if __name__ == "__main__":
    if getattr(sys, "frozen", False) and any("multiprocessing" in argument for argument in sys.argv):
        from multiprocessing import freeze_support

        freeze_support()  # a worker process of the built program: it does its work here and ends
    sys.exit(main(sys.argv[1:]))
