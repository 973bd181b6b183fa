"""Runs the window: paints first, then loads what is heavy, and leaves with an exit status."""

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tracker import APPLICATION
from tracker.core.messages import Language, current_language, use_language
from tracker.core.places import InvalidAddressError, Place, ServerAddress, read_place
from tracker.ui import faults, settings, theme
from tracker.ui.window import MainWindow

WARM_UP_AFTER = 400
"""Milliseconds after the file is open; a quarter of a second of work, best before the first patient is chosen."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line asked for."""

    db: Place | None = None
    demo: bool = False
    language: str = ""
    exit_when_shown: bool = False


def run(start: Start) -> int:
    """Show the window and run until it is closed; returns the exit status."""
    # As an argument, for setStyle() gives the style back and with it loads its enums: 10 ms before the first paint.
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    if not isinstance(application, QApplication):
        raise TypeError(application)
    application.setApplicationName(APPLICATION)
    window = prepare(application, start)
    if start.exit_when_shown:
        window.painted.connect(lambda: application.exit(0 if _usable(window, start) else 1))
    else:
        window.painted.connect(lambda: _go_on(window, start))
    window.show()
    return application.exec()


def prepare(application: QApplication, start: Start) -> MainWindow:
    """Make the window with its first list, ready to be shown."""
    kept = settings.load()
    use_language(start.language or kept.spoken())
    if current_language() is Language.ZH_CN:
        from tracker.ui import fonts

        fonts.serve_chinese()
    theme.apply(application, kept.theme)
    window = MainWindow(kept)
    faults.watch(
        lambda error: window.notice.warn(str(error)),
        lambda report: QTimer.singleShot(0, window, lambda: window.commands.show_report(report)),
    )
    path = start_file(kept, start)
    if isinstance(path, ServerAddress) and not start.exit_when_shown:
        window.commands.reach_soon(path)
        return window
    if start.demo and start.exit_when_shown and isinstance(path, Path) and not path.exists():
        from tracker.ui.opener import write_demo_file

        write_demo_file(path)
    if path is not None and (start.db is not None or not isinstance(path, Path) or path.exists()):
        window.look(path)
    else:
        window.close_file()
        window.middle.welcome.start()
    return window


def start_file(kept: settings.Settings, start: Start) -> Place | None:
    """Return what to open: the one named, the demo, the last one, the clinic's own file; None on the first start."""
    if start.db is not None:
        return start.db
    if start.demo:
        return settings.demo_file()
    for path in (_last(kept), settings.default_file()):
        if isinstance(path, ServerAddress) or (path is not None and path.exists()):
            return path
    return None


def _last(kept: settings.Settings) -> Place | None:
    try:
        return read_place(kept.last_file) if kept.last_file else None
    except InvalidAddressError:  # written by another version
        return None


def _usable(window: MainWindow, start: Start) -> bool:
    """Whether the list, or the passphrase, takes keys; with no file to open, whether the welcome page is shown."""
    if window.locks.page is not None:
        return window.locks.page.usable
    if window.first is None:
        return start.db is None
    return window.side.model.rowCount() == len(window.first.lines) and window.bar.search.isEnabled()


def _go_on(window: MainWindow, start: Start) -> None:
    """After the first paint: open the file for work, then warm up what charts need while nothing is going on."""
    gc.enable()  # off since the start, see __main__
    from tracker.services import own_files
    from tracker.ui import fonts
    from tracker.ui.qt_words import translate_qt

    translate_qt()
    if fonts.serve_chinese():  # names are Chinese in an English window too
        window.update()
    own_files.choose(settings.data_folder())
    window.safekeeping.begin()
    if current_language().value != window.kept.language and start.language:
        window.kept = settings.save(window.kept, language=start.language)
    window.ready.connect(lambda: QTimer.singleShot(WARM_UP_AFTER, warm_up))
    QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: window.commands.follow_system())
    window.locks.go_on()
    path = window.opener.path
    if path is not None and (window.first is not None or isinstance(path, ServerAddress)):
        window.opener.open(path, actor=window.kept.actor)
    elif start.demo and start.db is None:
        window.commands.open_demo()


def warm_up() -> None:
    """Load the chart's libraries before they are wanted; on the window's thread, for they make Qt objects."""
    import pyqtgraph  # noqa: F401 - loaded so that the first chart opens at once

    QTimer.singleShot(0, warm_up_references)


def warm_up_references() -> None:
    """Read the studies and load what their bands are computed with, in a turn of its own: the window stays awake.

    What is loaded by then stays as long as the window: it is taken out of the garbage collector's rounds, which would
    otherwise stop a chart for a tenth of a second to look at every object of the libraries.
    """
    import scipy.special  # noqa: F401 - loaded so that the first cohort is drawn at once

    from tracker.services import references

    references.studies()
    gc.freeze()
