"""A book is read in the background while the main thread makes the next one of it."""

import sys
import threading
from collections.abc import Iterator

import pytest

from core import commands
from core.sample import SHOWN_YEAR, sample_book


@pytest.fixture
def busy_switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    held = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(held)


def test_a_change_is_applied_while_another_thread_computes_figures(busy_switching: None) -> None:
    book = sample_book().apply(commands.state(sample_book(), SHOWN_YEAR, "调整追加", 1))  # a copy of its own
    for number in range(5000):
        book.memo(SHOWN_YEAR, 0, ("held", number), int)
    stop = threading.Event()

    def compute() -> None:
        number = 0
        while not stop.is_set():
            book.memo(SHOWN_YEAR, 0, ("new", number), int)
            number += 1

    reader = threading.Thread(target=compute)
    reader.start()
    try:
        change = commands.state(book, SHOWN_YEAR, "调整追加", 2)
        assert all(book.apply(change) == book.apply(change) for _ in range(3))
    finally:
        stop.set()
        reader.join()
