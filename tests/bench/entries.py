"""收支台账 for the benchmark: the year's list opened, scrolled, filtered, sorted and edited; files of many years."""

from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from core import commands
from core.ledger import Ledger
from tests.bench.ledgers import YEAR, large_file, yearly_file

WORDS = ("供", "供应", "供应商")  # typed on, key by key


def measure(path: Path) -> dict[str, list[float]]:
    """Seconds of each kind of work on the list of a year."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from core.entry_list import View
    from ui.app import make_app, open_window
    from ui.settings import Settings

    found: dict[str, list[float]] = {}
    app = make_app()

    def timed(name: str, work: Callable[[], object]) -> None:
        begun = perf_counter()
        work()
        app.processEvents()
        found.setdefault(name, []).append(perf_counter() - begun)

    window = open_window(Settings(path.parent / "settings.ini"), path)
    window.show()
    app.processEvents()
    desk = window.desk
    assert desk.is_open
    while not desk.is_checked:
        app.processEvents()
    assert desk.ledger.findings is not None  # a large file is checked once, whatever page is shown first
    timed("open the page", lambda: window.show_page("entries"))
    page = window.page("entries")
    view, model = page.list.view, page.list.model
    view.setFocus()
    for row in range(0, len(model.rows), max(1, len(model.rows) // 80)):
        timed("scroll, frame", lambda row=row: view.scrollTo(model.index(row, 0)))  # type: ignore[misc]
    view.setCurrentIndex(model.index(len(model.rows) // 2, 0))
    for _turn in range(40):
        timed("arrow", lambda: QTest.keyClick(view, Qt.Key.Key_Down))
    for words in (*WORDS, "3月", "gys7", ">5000", "zzz", ""):
        timed(f"filter “{words}”", lambda words=words: model.show_view(View(words)))  # type: ignore[misc]
    for words in (*WORDS, ""):  # as typed, key by key: the list is looked through in slices
        begun, longest = perf_counter(), 0.0
        page.list.filter.setText(words)
        while page.list._refining.isActive() or page.list._slicing.isActive():
            slice_begun = perf_counter()
            app.processEvents()
            longest = max(longest, perf_counter() - slice_begun)
        found.setdefault("filter key to painted, with the pause for typing on", []).append(perf_counter() - begun)
        found.setdefault("filter, longest time without painting", []).append(longest)
    timed("fold a month", lambda: model.toggle(1))
    timed("unfold a month", lambda: model.toggle(1))
    for by in ("spent", "payee", ""):  # as asked for by a click on the title
        begun, longest = perf_counter(), 0.0
        model.sort_by(by, False)
        while page.list._slicing.isActive():
            slice_begun = perf_counter()
            app.processEvents()
            longest = max(longest, perf_counter() - slice_begun)
        app.processEvents()
        found[f"sort by {by or 'date'}"] = [perf_counter() - begun]
        found.setdefault("sort, longest time without painting", []).append(longest)
    store, saved = desk.ledger._store, [0.0]
    write = store.write

    def timed_write(*args: object, **kwargs: object) -> object:
        begun = perf_counter()
        line = write(*args, **kwargs)  # type: ignore[arg-type]
        saved[0] = perf_counter() - begun
        return line

    store.write = timed_write  # type: ignore[method-assign, assignment]
    view.scrollToBottom()
    project = desk.book.projects(YEAR)[2].project
    payment = min(desk.book.loose_payments(YEAR, project), key=lambda one: one.id)
    edits = (
        ("memo", lambda turn: commands.set_payment(desk.book, payment.id, memo=f"{turn}")),
        ("amount", lambda turn: commands.set_payment(desk.book, payment.id, amount=5_000 + turn)),
        ("new payment", lambda turn: commands.add_payment(desk.book, YEAR, project, f"{YEAR}-01-05", 1 + turn)),
    )
    for name, make in edits:
        for turn in range(24):
            change = make(turn)
            begun = perf_counter()
            desk.commit(change)
            app.processEvents()
            if turn > 3:
                found.setdefault(f"one edit to painted, {name}", []).append(perf_counter() - begun - saved[0])
    window.close()
    return found


def words_of(spans: list[float]) -> str:
    """Seconds in milliseconds; of many also the 95th percentile."""
    text = f"median {median(spans) * 1000:.1f} ms"
    return f"{text}, p95 {quantiles(spans, n=20)[-1] * 1000:.1f} ms" if len(spans) > 9 else text


def opening(path: Path) -> dict[str, float]:
    """Seconds of opening a file of ten years, nine of them final, and of checking it."""
    begun = perf_counter()
    ledger = Ledger.open(path, readonly=True)
    opened = perf_counter() - begun
    begun = perf_counter()
    assert ledger.findings is not None
    checked = perf_counter() - begun
    ledger.close()
    return {"open": opened, "check all years": checked}


def bench(say: Callable[[str, str], None], sizes: tuple[int, ...] = (100_000, 1_000_000)) -> None:
    """Print the figures at each size, then those of a file of many years."""
    for payments in sizes:
        with TemporaryDirectory() as place:
            path = Path(place) / "entries.ysz"
            large_file(path, payments)
            for name, spans in measure(path).items():
                say(f"entries at {payments:,}, {name}", words_of(spans))
    with TemporaryDirectory() as place:
        path = Path(place) / "years.ysz"
        yearly_file(path, max(sizes), 10)
        for name, seconds in opening(path).items():
            say(f"{max(sizes):,} payments over ten years, nine final, {name}", f"{seconds:.2f} s")
