"""Bugs: logged without a word of any patient, shown as a report to copy, and the program keeps running.

An error the user can act on goes to the message bar instead. Messages of other exceptions may hold what was typed,
so only their kind and the places in the code are kept.
"""

import sys
from collections.abc import Callable
from types import TracebackType

from tracker import __version__
from tracker.core.errors import TrackerError

Told = Callable[[TrackerError], None]
Reported = Callable[[str], None]


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return a report of a bug: versions, kind and places, without the exception's own text."""
    import platform
    import traceback

    import PySide6

    lines = [
        f"outcome-tracker {__version__}, Python {platform.python_version()}, Qt for Python {PySide6.__version__}",
        f"{platform.system()} {platform.release()}",
        "".join(traceback.format_tb(trace)).rstrip(),
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    return "\n".join(lines)


def watch(told: Told, reported: Reported) -> None:
    """From now on give every exception nobody caught to *told* (the user's) or *reported* (bugs, after logging)."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, TrackerError):
            told(error)
        elif issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            report = report_of(kind, trace)
            log(report)
            if sys.stderr is not None:  # None in a window without a console
                sys.stderr.write(report + "\n")
            reported(report)

    sys.excepthook = caught


def log(report: str) -> None:
    """Write a report into the program's rotating log."""
    import logging
    from logging.handlers import RotatingFileHandler

    from tracker.ui.settings import log_folder

    logger = logging.getLogger("tracker")
    if not any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "tracker.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    logger.error(report)
