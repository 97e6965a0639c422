"""多单位汇总 over a folder of generated ledgers: half of them as the sample, half of 240 payments in 12 projects."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from core.change import Change, Diff
from core.many import overview, total
from core.model import Unit, UnitYear
from core.sample import build_sample
from core.store import Store
from tests.bench.ledgers import YEAR, large_file

FILES = 500


def bench(folder: Path, say: Callable[[str, str], None]) -> None:
    """Print how long 500 files take, and one file alone."""
    kinds = [folder / "sample.ysz", folder / "payments.ysz"]
    build_sample(kinds[0]).close()
    large_file(kinds[1], 240, 12)
    place = folder / "units"
    place.mkdir()
    for number in range(FILES):
        named(kinds[number % 2], place / f"{number:03d}.ysz", number)
    spans = []
    for _run in range(3):
        begun = perf_counter()
        found = overview(place, YEAR, date(2024, 1, 20))
        spans.append(perf_counter() - begun)
    assert len(found.counted) == FILES and total(found.rows).budget and not any(row.remark for row in found.rows)
    say(f"overview over {FILES} files", f"{sorted(spans)[1]:.2f} s, {sorted(spans)[1] / FILES * 1000:.1f} ms a file")


def named(source: Path, target: Path, number: int) -> None:
    """A copy of a ledger as that of another unit."""
    shutil.copy(source, target)
    with closing(Store.open(target)) as store:
        book = store.load()
        unit = book.unit
        diffs = [Diff(unit, replace(unit, code=f"019{number:03d}"))]
        diffs += [Diff(one, replace(one, name=f"示范区第{number}单位")) for one in book.all(UnitYear)]
        assert isinstance(unit, Unit)
        store.write(Change("更名", tuple(diffs)), book.next_id)
