"""Work in the background: answers in the main thread, order, progress, cancel, only the newest question."""

import sys
import threading
import time

import pytest

from core.errors import UserError
from core.jobs import Cancelled, Progress
from ui.tasks import SWITCH_SECONDS, Lane, Latest


@pytest.fixture
def lane(qapp):
    lane = Lane()
    yield lane
    assert lane.finish(5)


def where(_progress):
    return threading.get_ident()


def test_work_runs_elsewhere_and_is_answered_in_the_main_thread(lane, qtbot):
    heard = []
    job = lane.start(where)
    job.done.connect(lambda answer: heard.append((answer, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    (worker, main), here = heard[0], threading.get_ident()
    assert main == here
    assert worker != here


def test_jobs_of_a_lane_run_one_after_the_other_in_order(lane, qtbot):
    busy, order = [], []

    def work(number):
        def run(_progress):
            assert not busy, "two jobs of one lane at once"
            busy.append(number)
            time.sleep(0.005)
            busy.remove(number)
            return number

        return run

    for number in range(5):
        lane.start(work(number)).done.connect(order.append)
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]


def test_progress_is_told_step_by_step(lane, qtbot):
    steps, answers = [], []

    def count(progress):
        for n in range(1, 4):
            progress.step(n, 3)
        return "完"

    job = lane.start(count)
    job.progressed.connect(lambda done, total: steps.append((done, total)))
    job.done.connect(answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_cancelled_job_stops_and_is_silent(lane, qtbot):
    begun, stopped, heard = threading.Event(), threading.Event(), []

    def forever(progress):
        begun.set()
        try:
            while True:
                progress.check()
                time.sleep(0.001)
        finally:
            stopped.set()

    job = lane.start(forever)
    job.done.connect(heard.append)
    job.failed.connect(heard.append)
    job.progressed.connect(lambda *numbers: heard.append(numbers))
    assert begun.wait(5)
    job.cancel()
    assert lane.finish(5)
    assert stopped.is_set()
    qtbot.wait(20)
    assert heard == []


def test_a_job_cancelled_before_its_turn_never_runs(lane, qtbot):
    gate, ran, last = threading.Event(), [], []
    lane.start(lambda _progress: gate.wait(5))
    lane.start(ran.append).cancel()
    lane.start(where).done.connect(last.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(last))
    assert ran == []


def test_an_error_of_the_work_arrives_as_the_exception(lane, qtbot):
    def refuse(_progress):
        raise UserError("磁盘已满")

    heard = []
    lane.start(refuse).failed.connect(heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], UserError)
    assert str(heard[0]) == "磁盘已满"


def test_an_error_nobody_listens_for_is_raised_in_the_main_thread(lane, qtbot):
    def stumble(_progress):
        raise ZeroDivisionError("a bug")

    with qtbot.captureExceptions() as caught:
        lane.start(stumble)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_the_main_thread_is_given_its_turn_soon(lane):
    lane.start(where)
    assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)


def test_only_the_newest_question_is_answered(lane, qtbot):
    asked, answers = [], []
    latest = Latest(lane, 10)
    latest.done.connect(answers.append)

    def question(number):
        def work(_progress):
            asked.append(number)
            return number

        return work

    for number in range(20):
        latest.ask(question(number))
    assert latest.is_busy
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert asked == [19]
    assert answers == [19]


def test_an_answer_that_is_overtaken_while_it_is_made_is_dropped(lane, qtbot):
    gate, begun, answers = threading.Event(), threading.Event(), []

    def old(_progress):
        begun.set()
        gate.wait(5)
        return "old"

    latest = Latest(lane, 0)
    latest.done.connect(answers.append)
    latest.ask(old)
    qtbot.waitUntil(begun.is_set)
    latest.ask(lambda _progress: "new", at_once=True)
    gate.set()
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert answers == ["new"]


def test_a_stopped_question_has_no_answer(lane, qtbot):
    answers = []
    latest = Latest(lane, 5)
    latest.done.connect(answers.append)
    latest.ask(where)
    latest.stop()
    assert not latest.is_busy
    qtbot.wait(40)
    assert answers == []


def test_progress_refuses_steps_once_cancelled():
    told = []
    progress = Progress(lambda done, total: told.append((done, total)))
    progress.step(1, 2)
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step(2, 2)
    assert told == [(1, 2)]
