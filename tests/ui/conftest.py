"""A window over real ledgers: a small one and the sample, each in a folder of the test."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.ledger import Ledger
from core.sample import SHOWN_YEAR, build_sample
from tests.builders import YEAR, on_disk
from tests.ui.windows import opened
from ui.desk import Desk
from ui.settings import Settings
from ui.style import apply_style
from ui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2024, 1, 20)  # the year 2023 is over: findings of the report are due


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application in the program's own look."""
    apply_style(qapp)
    return qapp


@pytest.fixture
def desk(qapp, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one project of 3万元 in 2023: 2.07 spent, 0.93 recovered."""
    yield from _desk(on_disk(tmp_path / "小台账.ysz"), YEAR)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once; tests work on copies of it."""
    path = tmp_path_factory.mktemp("sample") / "示例台账.ysz"
    build_sample(path).close()
    return path


@pytest.fixture
def sample_desk(qapp, sample_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a copy of the sample, showing 2023."""
    path = tmp_path / "示例台账.ysz"
    shutil.copy(sample_file, path)
    yield from _desk(Ledger.open(path), SHOWN_YEAR)


def _desk(ledger: Ledger, year: int) -> Iterator[Desk]:
    desk = Desk()
    desk.today = lambda: TODAY
    desk.show_ledger(ledger, year)
    yield desk
    desk.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """What the program remembers, in a folder of the test."""
    return Settings(tmp_path / "settings")


@pytest.fixture
def window(qapp, qtbot, settings: Settings, sample_file: Path, tmp_path: Path) -> Iterator[Window]:
    """A window over a copy of the sample, showing 2023."""
    path = tmp_path / "示例台账.ysz"
    shutil.copy(sample_file, path)
    window = opened(qtbot, settings, TODAY, path)
    yield window
    window.close()
