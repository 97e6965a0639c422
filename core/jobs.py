"""Work that takes a while: how it tells how far it is, and how it is stopped."""

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):  # noqa: N818 (it is what the user asked for, not a fault)
    """The user asked the work to stop; whoever started it hears nothing more of it."""


class Progress:
    """Handed to a long piece of work. The work calls ``step``; any thread may call ``cancel``."""

    def __init__(self, tell: Callable[[int, int], None] | None = None) -> None:
        self._tell = tell
        self._stop = Event()

    def step(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` parts are finished. Raises ``Cancelled`` once ``cancel`` was called."""
        self.check()
        if self._tell is not None:
            self._tell(done, total)

    def check(self) -> None:
        """Raise ``Cancelled`` once ``cancel`` was called."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether ``cancel`` was called."""
        return self._stop.is_set()
