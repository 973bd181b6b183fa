import sys

import pytest

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.ui import faults, settings


@pytest.fixture
def watched(no_log, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told, reported = [], []
    faults.watch(told.append, reported.append)
    return told, reported


def fail(error):
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_an_error_of_the_user_is_told_and_not_logged(watched):
    told, reported = watched
    fail(TrackerError(msg("do this")))
    assert [str(error) for error in told] == ["do this"]
    assert reported == []
    assert not settings.log_folder().exists()


def test_a_fault_is_logged_and_reported_without_its_words(watched, capsys):
    told, reported = watched
    fail(ValueError("Garcia, Ana scored 7"))
    assert told == []
    (report,) = reported
    assert "ValueError" in report
    assert "test_faults.py" in report
    log = (settings.log_folder() / "tracker.log").read_text(encoding="utf-8")
    for text in (report, log, capsys.readouterr().err):
        assert "Garcia" not in text
        assert "ValueError" in text


def test_an_interrupt_is_left_to_python(watched, capsys):
    _told, reported = watched
    fail(KeyboardInterrupt())
    assert reported == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
