"""Grids for the benchmark: a list of entries scrolled, chosen, summed, sorted, filtered, copied and pasted into."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter


def measure(path: Path) -> dict[str, list[float]]:
    """Seconds of each kind of work on the largest list of entries of a file."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest

    from core.entry_list import View
    from core.pasting import Target, guess, paste, read_block
    from ui.app import make_app, open_window
    from ui.dialogs.paste_cells import PasteCellsDialog
    from ui.settings import Settings

    app = make_app()
    window = open_window(Settings(path.parent / "settings.ini"), path)
    window.show()
    window.show_page("projects")
    app.processEvents()
    desk = window.desk
    largest = max(desk.book.projects(desk.year), key=lambda row: len(desk.book.payments(desk.year, row.project)))
    page = window.page("projects")
    page._show_project(largest.project)
    panel = page.details.entries
    view, model = panel.view, panel.model
    view.setFocus()
    app.processEvents()

    found: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        begun = perf_counter()
        work()
        app.processEvents()
        found.setdefault(name, []).append(perf_counter() - begun)

    for row in range(0, len(model.rows), max(1, len(model.rows) // 60)):
        timed("scroll", lambda row=row: view.scrollTo(model.index(row, 0)))  # type: ignore[misc]
    view.setCurrentIndex(model.index(len(model.rows) // 2, 6))
    for _turn in range(40):
        timed("arrow", lambda: QTest.keyClick(view, Qt.Key.Key_Down))
    for _turn in range(40):
        timed("shift arrow", lambda: QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier))
    begun, longest = perf_counter(), 0.0
    view.selectAll()
    while view.tally.is_counting:
        slice_begun = perf_counter()
        app.processEvents()
        longest = max(longest, perf_counter() - slice_begun)
    found["select all until summed"] = [perf_counter() - begun]
    found["longest pause while summing"] = [longest]
    view.setCurrentIndex(model.index(0, 6))
    for by in ("amount", "payee", ""):
        timed(f"sort by {by or 'date'}", lambda by=by: model.sort_by(by, False))  # type: ignore[misc]
    for words in ("2023", ">5000", "zzz", ""):
        timed(f"filter {words}", lambda words=words: model.show_view(View(words)))  # type: ignore[misc]
    payment = desk.book.payments(desk.year, largest.project)[50]
    view.choose_rows(range(20_000))
    timed("copy 20,000 rows", view.copy_block)
    view.choose_rows(range(min(20, len(model.rows))))
    from core import commands

    for turn in range(12):
        change = commands.set_payment(desk.book, payment.id, memo=f"{turn}")
        timed("commit and paint", lambda change=change: desk.commit(change))  # type: ignore[misc]
    lines = [f"{desk.year}-05-{n % 28 + 1:02d}\t第{n % 50}家\t粘贴{n}\t{n + 1}.50" for n in range(1000)]
    sheet = read_block("\n".join(lines))
    target = Target(desk.year, largest.project)
    mapped = guess(desk.book, sheet, target)
    timed("paste preview, 1,000 rows", lambda: paste(desk.book, sheet, target, mapped, desk.today()))
    made = paste(desk.book, sheet, target, mapped, desk.today())
    timed("paste, 1,000 rows", lambda: desk.commit(made.change))
    desk.set_money_unit("元")
    window.resize(1000, 700)
    app.processEvents()
    bar = page.grid.horizontalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 40)):
        timed("project grid scrolled sideways, names stay", lambda place=place: bar.setValue(place))  # type: ignore[misc]
    window.show_page("basic_data")
    facts = window.page("basic_data")
    facts.grid.stand_at(facts.model.rows[0].item, "budget")
    QGuiApplication.clipboard().setText("\n".join(f"{n}00.00\t{n}50.00" for n in range(1, len(facts.model.rows) + 1)))
    timed("paste preview, basic data, all rows", facts.grid.paste)
    dialog = window.findChild(PasteCellsDialog)
    timed("paste, basic data, all rows", dialog.accept)
    window.close()
    return found
