"""A real file, its workspace, and the whole window over it."""

import logging
import sys
from logging.handlers import RotatingFileHandler

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.ui.office import fill
from tracker.services.workspace import Workspace
from tracker.ui import app, settings, theme


@pytest.fixture(autouse=True)
def _no_widget_left(qapp):
    """Delete what the test closed: a widget that only waits for its deletion is styled anew with every theme."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def office_file(clinic_file):
    """The file of a small clinic (tests/ui/office.py)."""
    return fill(clinic_file)


@pytest.fixture
def office(office_file):
    """Its workspace."""
    opened = Workspace.open(office_file)
    yield opened
    opened.close()


@pytest.fixture
def no_log():
    """The program's log closed before and after: its handler keeps the first folder it was given."""
    close_log()
    yield
    close_log()


def close_log():
    logger = logging.getLogger("tracker")
    for handler in [handler for handler in logger.handlers if isinstance(handler, RotatingFileHandler)]:
        handler.close()
        logger.removeHandler(handler)
    logger.propagate = True


@pytest.fixture
def themed(qapp):
    """The light theme, whatever the system says."""
    theme.apply(qapp, theme.LIGHT)
    return theme.current()


@pytest.fixture
def start_window(qtbot, qapp):
    """Starts the program's window as ``main`` does; faults stay pytest's."""

    def started(start):
        settings.save(settings.load(), theme=theme.LIGHT, language=settings.load().language or "en")
        hook = sys.excepthook
        window = app.prepare(qapp, start)
        sys.excepthook = hook
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: bool(window._actions))
        return window

    return started


@pytest.fixture
def window(start_window, office_file, qtbot):
    """The window with the small clinic open for work."""
    shown = start_window(app.Start(db=office_file))
    with qtbot.waitSignal(shown.ready, timeout=20000):
        shown.opener.open(office_file, actor="tester")
    return shown
