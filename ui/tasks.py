"""Work in the background: a pure function of immutable values runs in a worker, its answer comes to the main thread.

Workers hold no lock and touch no widget. A ``Lane`` is one worker thread that does its jobs one after the
other, so that libraries which are not made for several threads (pdfium, reportlab) need no lock either.
"""

import atexit
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMetaMethod, QObject, QRunnable, QThreadPool, QTimer, Signal

from core.jobs import Cancelled, Progress

Work = Callable[[Progress], Any]

# How long a busy worker may keep the interpreter while the main thread waits for it: the default of 5 ms
# is felt when typing (a key press needs it several times), at 0.5 ms it is not.
SWITCH_SECONDS = 0.0005


class Job(QObject):
    """One piece of work under way. Its signals are always heard in the main thread; a cancelled job is silent."""

    done = Signal(object)
    failed = Signal(object)  # the exception; where nobody listens it is raised in the main thread
    progressed = Signal(int, int)  # done, total
    _ended = Signal(object, object)  # answer, exception: from the worker
    _stepped = Signal(int, int)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._progress = Progress(self._stepped.emit)
        # Slots of an object of the main thread: the worker's signals are queued for it.
        self._ended.connect(self._deliver)
        self._stepped.connect(self._pass_on)

    def cancel(self) -> None:
        """Stop at the next step; no signal follows."""
        self._progress.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._progress.is_cancelled

    def run(self) -> None:
        """Do the work; called in the worker."""
        try:
            self._progress.check()
            answer, error = self._work(self._progress), None
        except Cancelled:
            self._progress.cancel()
            answer = error = None
        except Exception as caught:
            answer, error = None, caught
        self._ended.emit(answer, error)

    def _pass_on(self, done: int, total: int) -> None:
        if not self.is_cancelled:
            self.progressed.emit(done, total)

    def _deliver(self, answer: object, error: Exception | None) -> None:
        _running.discard(self)
        self.deleteLater()
        if self.is_cancelled:
            return
        if error is None:
            self.done.emit(answer)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
            self.failed.emit(error)
        else:
            raise error


class _Runnable(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


_running: set[Job] = set()  # jobs stay alive until their answer is delivered


class Lane:
    """One worker thread; its jobs run in the order in which they were started."""

    def __init__(self) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        # A pool that is torn down with the interpreter waits for a worker that waits for the interpreter.
        atexit.register(self.finish)

    def start(self, work: Work) -> Job:
        """Run ``work(progress)`` in the worker. Connect to the job's signals at once, in the main thread."""
        sys.setswitchinterval(SWITCH_SECONDS)
        job = Job(work)
        _running.add(job)
        self._pool.start(_Runnable(job))
        return job

    def finish(self, milliseconds: int = -1) -> bool:
        """Wait until all jobs have run; before the program ends."""
        return self._pool.waitForDone(milliseconds)


class Latest(QObject):
    """Answers the newest question only: waits for a pause, runs one at a time, drops what is overtaken."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, lane: Lane, delay: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._delay = delay
        self._work: Work | None = None
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._work is not None or self._job is not None

    def ask(self, work: Work, at_once: bool = False) -> None:
        """Replace the question. ``at_once`` does not wait for a pause."""
        self._drop()
        self._work = work
        self._timer.start(0 if at_once else self._delay)

    def stop(self) -> None:
        """Forget the question and its answer."""
        self._timer.stop()
        self._work = None
        self._drop()

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _start(self) -> None:
        assert self._work is not None
        work, self._work = self._work, None
        self._job = self._lane.start(work)
        self._job.done.connect(self._answer)
        self._job.failed.connect(self._fail)

    def _answer(self, answer: object) -> None:
        # A job that was overtaken has been cancelled and is silent: this is the answer to the newest question.
        self._job = None
        self.done.emit(answer)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(error)


paper_lane = Lane()  # builds, draws and prints documents
