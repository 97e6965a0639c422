"""Work in the background: a pure function of immutable values runs in a worker, its answer comes to the main thread.

Workers hold no lock and touch no widget. A ``Lane`` is one worker thread that does its jobs one after the
other, so that libraries which are not made for several threads (pdfium, reportlab) need no lock either.
"""

import atexit
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QMetaMethod, QObject, Qt, QTimer, Signal

from core.jobs import Cancelled, Progress

Work = Callable[[Progress], Any]

# How long a busy worker may keep the interpreter while the main thread waits for it: the default of 5 ms
# is felt when typing (a key press needs it several times), at 0.5 ms it is not.
SWITCH_SECONDS = 0.0005


class Job(QObject):
    """One piece of work under way. Its signals are heard in the main thread; a cancelled job is silent."""

    done = Signal(object)
    failed = Signal(object)  # the exception; where nobody listens it is raised in the main thread
    progressed = Signal(int, int)  # done, total

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def cancel(self) -> None:
        """Stop at the next step; no signal follows."""
        self._progress.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._progress.is_cancelled

    def deliver(self, answer: object, error: Exception | None) -> None:
        """Tell how it ended; called by its lane."""
        if self.is_cancelled:
            return
        if error is None:
            self.done.emit(answer)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
            self.failed.emit(error)
        else:
            raise error


class Lane(QObject):
    """One worker thread; its jobs run in the order in which they were started.

    The worker knows a job by its number alone: a Qt object that lost its last reference in a worker would
    be destroyed there.
    """

    _ended = Signal(int, object, object)  # number, answer, exception
    _stepped = Signal(int, int, int)  # number, done, total

    def __init__(self, patience: float | None = None) -> None:
        """``patience``: how many seconds the end of the program waits for what is under way; None: as long as it
        takes."""
        super().__init__()
        self._patience = patience
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: Thread | None = None
        self._jobs: dict[int, Job] = {}  # kept alive until their answer is delivered
        self._last = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work) -> Job:
        """Run ``work(progress)`` in the worker. Connect to the job's signals at once, in the main thread."""
        if self._thread is None:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._thread = Thread(target=_run_all, args=(self._queue,), daemon=True)
            self._thread.start()
            atexit.register(self.finish, self._patience)  # no worker runs on while the interpreter is taken down
        self._last += 1
        number = self._last
        progress = Progress(lambda done, total: self._stepped.emit(number, done, total))
        job = self._jobs[number] = Job(progress)
        self._queue.put(lambda: self._run(number, work, progress))
        return job

    def finish(self, seconds: float | None = None) -> bool:
        """Wait until all jobs have run; False if that took longer."""
        if self._thread is None:
            return True
        reached = Event()
        self._queue.put(reached.set)
        return reached.wait(seconds)

    def _run(self, number: int, work: Work, progress: Progress) -> None:
        """In the worker."""
        try:
            progress.check()
            answer, error = work(progress), None
        except Cancelled:
            progress.cancel()
            answer = error = None
        except Exception as caught:
            answer, error = None, caught
        self._ended.emit(number, answer, error)

    def _deliver(self, number: int, answer: object, error: Exception | None) -> None:
        job = self._jobs.pop(number)
        job.deleteLater()  # also where a slot that was connected to it refers to it
        job.deliver(answer, error)

    def _tell(self, number: int, done: int, total: int) -> None:
        job = self._jobs.get(number)
        if job is not None and not job.is_cancelled:
            job.progressed.emit(done, total)


def _run_all(queue: "SimpleQueue[Callable[[], None]]") -> None:
    while True:
        queue.get()()


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
