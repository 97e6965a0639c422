"""Speed figures: ``python -m tests.bench [start] [edit] [open] [report] [budget] [intake] [grids] [entries] [many]``;
without a name, all of them.

Each figure is the median of several runs in one go; ratios are taken inside that run. They are read, not
asserted: a busy machine must not fail a test.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import which
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.ledgers import YEAR, large_book, large_file, write_journal

ROOT = Path(__file__).resolve().parents[2]


def timed(work: Callable[[], object], runs: int = 5) -> float:
    """Median seconds of some work."""
    spans = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        spans.append(perf_counter() - begun)
    return median(spans)


def until_line(*arguments: str) -> float:
    """Seconds from the start of a Python process to its first line."""
    # Compiled modules are kept, as on a user's machine.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, cwd=ROOT, env=settings) as child:
        assert child.stdout is not None and child.stdout.readline().strip() == b"shown"
        spent = perf_counter() - begun
        child.wait()
    return spent


def start(folder: Path) -> None:
    """Process start to a usable window, against an empty PySide6 window."""
    from core.sample import build_sample

    build_sample(folder / "sample.ysz").close()
    empty, ours = [], []
    until_line("-m", "tests.bench.window", str(folder / "sample.ysz"))
    for _ in range(7):
        empty.append(until_line("-m", "tests.bench.window"))
        ours.append(until_line("-m", "tests.bench.window", str(folder / "sample.ysz")))
    ratio = median(b / a for a, b in zip(empty, ours, strict=True))
    say("start", f"empty window {median(empty):.2f} s, sample on screen {median(ours):.2f} s, ratio {ratio:.2f}")


def edit(folder: Path) -> None:
    """One edit: from the key to the painted warning, and the transaction apart."""
    from tests.bench.window import edits

    for payments in (1_000, 100_000):
        path = folder / f"edit{payments}.ysz"
        large_file(path, payments)
        tried, painted, saved = edits(path)
        say(
            f"edit at {payments:,} payments",
            f"key to painted warning {spread(painted)}, of it trying {spread(tried)}; saving {spread(saved)}",
        )


def spread(spans: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"median {median(spans) * 1000:.1f} p95 {quantiles(spans, n=20)[-1] * 1000:.1f} ms"


def open_(folder: Path) -> None:
    """Open a file and check it with all rules."""
    from core.ledger import Ledger, checker
    from core.rules import RULES

    path = folder / "open.ysz"
    large_file(path, 100_000)
    opened = timed(lambda: Ledger.open(path, readonly=True).close())
    ledger = Ledger.open(path, readonly=True)
    checked = timed(lambda: checker().check(ledger.book, [YEAR]), 3)
    ledger.close()
    say("open at 100,000 payments", f"{opened:.2f} s, all {len(RULES)} rules {checked:.2f} s")


def report(folder: Path) -> None:
    """The sample's report after imports: twenty pages as PDF, and the whole package in all formats."""
    from core.ledger import Ledger
    from core.sample import build_sample
    from tests.bench.report import pages, twenty_pages, write_all

    ledger = build_sample(folder / "report.ysz")
    assert isinstance(ledger, Ledger)
    first = perf_counter()
    files = write_all(ledger, YEAR, folder)
    first = perf_counter() - first
    later = timed(lambda: write_all(ledger, YEAR, folder))
    document = twenty_pages(ledger, YEAR)
    built = timed(lambda: twenty_pages(ledger, YEAR))
    printed = timed(lambda: pages(document))
    ledger.close()
    say("report", f"{pages(document)} pages as PDF {printed:.2f} s, worked out in {built:.2f} s")
    say("package", f"自评报告 and 内部工作底稿, {files} files: first {first:.2f} s, later {later:.2f} s")


def budget(folder: Path) -> None:
    """Budget against actual per project, whole process, beside the ledger program where it is installed."""
    path = folder / "budget.ysz"
    large_file(path, 100_000)
    ours = timed(lambda: subprocess.run([sys.executable, "-m", "tests.bench.budget", str(path)], cwd=ROOT, check=True,
                                        stdout=subprocess.DEVNULL))  # fmt: skip
    text = f"{ours:.2f} s"
    if which("ledger"):
        write_journal(folder / "budget.dat", large_book(100_000))
        command = ["ledger", "-f", str(folder / "budget.dat"), "budget"]
        theirs = timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 3)
        text += f", ledger {theirs:.2f} s, ratio {ours / theirs:.2f}"
    say("budget against actual over 100,000 payments", text)


def say(name: str, figures: str) -> None:
    """Print one figure."""
    print(f"{name}: {figures}", flush=True)


def intake(folder: Path) -> None:
    """A workbook of 100,000 payments: read, mapped, planned and stored."""
    from tests.bench.intake import import_times

    spans = import_times(folder, 100_000)
    whole = sum(seconds for step, seconds in spans.items() if step != "plan again")
    say("import of 100,000 payments", f"{whole:.2f} s: " + ", ".join(f"{step} {s:.2f}" for step, s in spans.items()))


def grids(folder: Path) -> None:
    """A list of 100,000 entries of one project: scrolled, chosen, summed, sorted, filtered, copied, pasted into."""
    from tests.bench.grids import measure

    path = folder / "grids.ysz"
    large_file(path, 100_000, 1)
    for name, spans in measure(path).items():
        figure = spread(spans) if len(spans) > 9 else f"{median(spans) * 1000:.1f} ms"
        say(f"grid, {name}", figure)


def entries(folder: Path) -> None:
    """收支台账 of a year of 100,000 and of 1,000,000 payments, and a file of ten years."""
    from tests.bench.entries import bench

    bench(say)


def matching(folder: Path) -> None:
    """月度对账: an export of 10,000 payments against a ledger of as many."""
    from tests.bench.matching import matching_times

    spans = matching_times(folder, 10_000)
    say("月度对账 of 10,000 payments", ", ".join(f"{step} {seconds:.2f} s" for step, seconds in spans.items()))


def many(folder: Path) -> None:
    """多单位汇总 over 500 ledgers."""
    from tests.bench.many import bench

    bench(folder, say)


BENCHES = {
    "entries": entries,
    "grids": grids,
    "start": start,
    "edit": edit,
    "open": open_,
    "report": report,
    "budget": budget,
    "intake": intake,
    "many": many,
    "matching": matching,
}

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in sys.argv[1:] or BENCHES:
        with TemporaryDirectory() as place:
            BENCHES[name](Path(place))
