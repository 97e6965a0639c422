"""The window for the benchmark: an empty one or ours, and edits made in it."""

import sys
from pathlib import Path
from time import perf_counter

WARM_UP = 6  # edits before those that count: fonts, cards and pages are made at the first ones


def empty() -> None:
    """What the toolkit alone costs."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    print("shown", flush=True)


def ours(path: Path) -> None:
    """A file on screen, ready for the first key."""
    from ui.app import make_app, open_window
    from ui.settings import Settings

    app = make_app()
    window = open_window(Settings(path.parent / "settings.ini"), path)
    window.show()
    app.processEvents()
    print("shown", flush=True)
    app.processEvents()
    window.close()


def edits(path: Path, runs: int = 40) -> tuple[list[float], list[float], list[float]]:
    """Seconds of trying an amount while typing, of key to painted warning without the transaction, and of
    the transaction."""
    from core import commands
    from ui.app import make_app, open_window
    from ui.settings import Settings

    app = make_app()
    window = open_window(Settings(path.parent / "settings.ini"), path)
    window.show()
    window.show_page("projects")
    app.processEvents()
    desk = window.desk
    store = desk.ledger._store
    write, saved = store.write, []

    def timed_write(*args: object, **kwargs: object) -> object:
        begun = perf_counter()
        line = write(*args, **kwargs)  # type: ignore[arg-type]
        saved.append(perf_counter() - begun)
        return line

    store.write = timed_write  # type: ignore[method-assign, assignment]
    project = desk.book.projects(desk.year)[2].project
    tried, painted = [], []
    for turn in range(runs + WARM_UP):
        # Spending far above the budget and back: a finding comes and goes with every edit.
        payment = desk.book.payments(desk.year, project)[0]
        change = commands.set_payment(desk.book, payment.id, amount=10**12 if turn % 2 == 0 else 100_00)
        begun = perf_counter()
        desk.try_(change)
        middle = perf_counter()
        assert desk.commit(change)
        app.processEvents()
        tried.append(middle - begun)
        painted.append(perf_counter() - begun - saved[-1])
    window.close()
    return tried[WARM_UP:], painted[WARM_UP:], saved[WARM_UP:]


if __name__ == "__main__":
    ours(Path(sys.argv[1])) if sys.argv[1:] else empty()
