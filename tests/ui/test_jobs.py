import threading

from PySide6.QtCore import QObject
from shiboken6 import delete

from tracker.ui.jobs import Jobs


def test_the_work_is_done_elsewhere_and_its_result_comes_back_here(qtbot):
    jobs, owner, got = Jobs(), QObject(), []
    here = threading.get_ident()
    jobs.run(owner, threading.get_ident, lambda there: got.append((there, threading.get_ident())), got.append)
    qtbot.waitUntil(lambda: bool(got))
    there, back = got[0]
    assert there != here
    assert back == here


def test_a_failure_reaches_the_one_who_asked(qtbot):
    jobs, owner, got = Jobs(), QObject(), []

    def work():
        raise ValueError("no")

    jobs.run(owner, work, got.append, got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], ValueError)


def test_a_result_for_a_widget_that_is_gone_is_dropped(qtbot):
    jobs, owner, other, got = Jobs(), QObject(), QObject(), []
    go = threading.Event()
    jobs.run(owner, go.wait, lambda _done: got.append("owner"), got.append)
    delete(owner)
    go.set()
    assert jobs.wait()
    jobs.run(other, lambda: None, lambda _done: got.append("other"), got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["other"]


def test_progress_is_told_from_within_the_work(qtbot):
    jobs, owner, got = Jobs(), QObject(), []
    jobs.run(
        owner,
        lambda: [jobs.post(owner, got.append, step) for step in (1, 2)],
        lambda _done: got.append("done"),
        got.append,
    )
    qtbot.waitUntil(lambda: "done" in got)
    assert got == [1, 2, "done"]


def test_a_job_that_outlives_the_window_ends_without_a_word(qapp):
    jobs, owner, told = Jobs(), QObject(), []
    delete(jobs)
    jobs.post(owner, told.append, 1)
    assert told == []
