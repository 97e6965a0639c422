"""Reports as files: told how far they are, stopped on the way, and nothing half written."""

from datetime import datetime
from pathlib import Path

import pytest

from core.jobs import Cancelled
from core.report.choice import ANNEX_LABELS, Choice
from core.report.model import Document
from core.report.submission import submission
from core.report_files import FORMATS, write_document
from core.sample import SHOWN_YEAR, sample_book

NOW = datetime(2024, 4, 30, 9, 0)


@pytest.fixture(scope="module")
def document() -> Document:
    return submission(sample_book(), SHOWN_YEAR, Choice(tuple(ANNEX_LABELS)))


def steps_of(document: Document, target: Path) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    write_document(document, target, NOW, lambda done, total: told.append((done, total)))
    return told


@pytest.mark.parametrize("suffix", FORMATS)
def test_it_tells_how_far_it_is(document: Document, tmp_path: Path, suffix: str) -> None:
    told = steps_of(document, tmp_path / f"报告.{suffix}")
    shares = [done / total for done, total in told]
    assert len(set(shares)) > 10 and shares == sorted(shares) and shares[-1] == 1


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 1.0])
def test_it_stops_at_any_step_and_leaves_the_file_that_was_there(
    document: Document, tmp_path: Path, suffix: str, share: float
) -> None:
    target = tmp_path / f"报告.{suffix}"
    steps = len(steps_of(document, target))
    before = target.read_bytes()
    told: list[int] = []

    def stop(done: int, _total: int) -> None:
        told.append(done)
        if len(told) > share * (steps - 1):
            raise Cancelled

    with pytest.raises(Cancelled):
        write_document(document, target, NOW, stop)
    assert len(told) <= share * (steps - 1) + 1, "it stopped at once"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_bytes() == before
