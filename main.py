"""Start 单位预算台账 (Unit Budget Ledger): a verb works in the terminal, else the window opens."""

import sys


def main(argv: list[str]) -> int:
    """Hand `argv` (without the program's name) to the part it is meant for; return the exit code."""
    if argv[:1] == ["demo"]:
        from ui.demo import main as start
    elif not argv or argv[0].lower().endswith(".ysz"):
        from ui.app import main as start
    else:
        from core.cli import main as start  # no Qt is imported for these verbs
    return start(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
