"""When the window backs up: on closing, once a day while it stays open, when asked; and what the status bar says of it.

The work runs beside the window. Closing waits for it, for a while and with words; closing again does not wait.
"""

import datetime
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.places import Place
from tracker.ui import settings
from tracker.ui.backups.when import is_old, last_words

if TYPE_CHECKING:
    from tracker.services.backups import Made
    from tracker.services.workspace import Workspace
    from tracker.ui.backups.backups_page import BackupsPage
    from tracker.ui.window import MainWindow

PAGE = "backups"
GROUP = "backup"
LOOKED_EVERY = 15 * 60 * 1000
"""Milliseconds between two looks whether a window that stays open needs a backup."""
ONCE_IN = datetime.timedelta(days=1)
LONGEST_WAIT = 30_000
"""Milliseconds that closing waits for a backup; a larger file is backed up on its page."""


class Safekeeping(QObject):
    """The window's backups."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._begun = False
        self.timer = QTimer(self)
        self.timer.setInterval(LOOKED_EVERY)
        self.timer.timeout.connect(self.look)
        self._stop = threading.Event()
        self._running = self._closing = self._done = False
        self._afterwards: list[Callable[[], None]] = []
        self._page: BackupsPage | None = None

    @property
    def folder(self) -> Path | None:
        """The folder or stick chosen for backups, None for the one beside the file."""
        chosen = settings.remembered(GROUP, "folder")
        return Path(chosen) if chosen else None

    def leave(self, place: Place, held: Callable[[], Place | None]) -> None:
        """Forget the key of *place* now, or when a backup that needs it is done, unless it is *held* again by then."""
        from tracker.services.entering import leave

        if self._running:
            self._afterwards.append(lambda: None if held() == place else leave(place))
        else:
            leave(place)

    def begin(self) -> None:
        """Back up by itself from now on."""
        self._begun = True
        self.timer.start()

    def look(self) -> None:
        """Back up a window that is never closed, once a day if anything changed."""
        workspace = self._workspace()
        if workspace is None or self._running or workspace.read_only:
            return
        last = workspace.backups.last()
        if last is None or datetime.datetime.now(datetime.UTC) - last > ONCE_IN:
            self._run(workspace, only_if_due=True)

    def opened(self, workspace: "Workspace") -> None:
        """Say on the status bar when *workspace* was last backed up, and what went wrong with it the last time."""
        self._done = False
        trouble = settings.remembered(GROUP, "trouble")
        settings.remember(GROUP, "trouble", "")
        if trouble and workspace.held_by is None:
            self._window.notice.warn(trouble)

    def refresh(self) -> None:
        """Read when the last backup was made."""
        workspace = self._workspace()
        if workspace is None:
            self._window.status.show_backup("", late=False)
            return
        now, last = datetime.datetime.now(datetime.UTC), workspace.backups.last()
        self._window.status.show_backup(last_words(last, now), late=is_old(last, now))

    def show_page(self) -> None:
        """Show the page of backups."""
        from tracker.ui.backups.backups_page import BackupsPage

        window, workspace = self._window, self._window.workspace
        if workspace is None:
            return
        if not workspace.backups.possible:
            window.notice.tell(tr("The records are on a server: who looks after it makes the backups there."))
            return
        page = BackupsPage(workspace.backups, window.jobs, self.folder, read_only=workspace.store.read_only)
        page.respect(workspace)
        page.closed.connect(window.middle.back)
        page.make_wanted.connect(self.back_up)
        page.folder_chosen.connect(lambda folder: settings.remember(GROUP, "folder", folder))
        page.restore_wanted.connect(self.restore)
        self._page = page
        window.middle.show_page(PAGE, page)
        page.start()

    def back_up(self) -> None:
        """Make a backup now, beside the window."""
        workspace = self._window.workspace
        if workspace is None or self._running:
            return
        self._tell_page(tr("Backing up and checking the copy..."))
        self._run(workspace, only_if_due=False)

    def may_close(self) -> bool:
        """Whether the window may close at once; if not, a backup is being made and closes it at its end."""
        workspace = self._workspace() if self._begun else None
        wanted = workspace is not None and not workspace.read_only
        if self._closing or self._done or not (wanted or self._running):
            self._stop.set()
            self._done = True
            return True
        self._closing = True
        words = tr("Backing up before closing. Close again to leave without the backup.")
        self._window.notice.tell(words)
        self._window.status.state.setText(tr("backing up..."))
        QTimer.singleShot(LONGEST_WAIT, self, self._waited_enough)
        if workspace is not None and not self._running:
            self._run(workspace, only_if_due=True)
        return False

    def let_go(self, workspace: "Workspace") -> None:
        """Back up a file that is put away while the window stays, if that is due, and close it."""
        if self._running or not self._begun or workspace is not self._workspace() or workspace.read_only:
            workspace.close()
        else:
            self._run(workspace, only_if_due=True, close_after=True)

    def restore(self, backup: Path) -> None:
        """Put *backup* in the place of the open file, and open it."""
        from tracker.services.backups import restore

        window, workspace = self._window, self._window.workspace
        if workspace is None or self._running or not window.middle.put_away():
            return
        path, actor = workspace.path, workspace.actor
        window.close_file()
        window.middle.welcome.set_busy(tr("Putting the backup in the place of the file..."))
        window.jobs.run(
            self,
            lambda: restore(path, backup, actor),
            lambda kept: self._restored(path, kept),
            lambda error: self._not_restored(path, error),
        )

    def _run(self, workspace: "Workspace", *, only_if_due: bool, close_after: bool = False) -> None:
        self._running, folder = True, self.folder
        self._stop.clear()

        def work() -> "Made | None":
            try:
                if only_if_due and not workspace.backups.due():
                    return None
                return workspace.backups.make(folder, self._stop.is_set)
            finally:
                if close_after:
                    workspace.close()

        self._window.jobs.run(self, work, self._made, self._failed)

    def _made(self, made: "Made | None") -> None:
        self._release()
        if self._closing and self._done:  # nobody waited for it
            return
        if made is not None and made.missing is not None:
            self._warn(_missing_words(made.missing))
        elif made is not None and not self._closing:
            self._window.notice.tell(tr("backed up and checked: {name}", name=made.copy.path.name))
        self._end()

    def _failed(self, error: Exception) -> None:
        self._release()
        if self._closing and self._done:
            return
        if not isinstance(error, TrackerError):
            self._end()
            raise error
        self._warn(tr("The backup was not made: {problem}", problem=str(error)))
        self._end()

    def _warn(self, words: str) -> None:
        if self._closing or self._window.workspace is None:  # nobody reads it now: it is said at the next opening
            settings.remember(GROUP, "trouble", words)
        else:
            self._window.notice.warn(words)

    def _release(self) -> None:
        self._running = False
        waiting, self._afterwards = self._afterwards, []
        for deed in waiting:
            deed()

    def _end(self) -> None:
        self._tell_page("")
        if self._closing:
            self._done = True
            self._window.close()
        else:
            self.refresh()

    def _waited_enough(self) -> None:
        if self._closing and self._running:
            words = tr("The backup on closing took too long and was stopped: make one on the page Backups.")
            settings.remember(GROUP, "trouble", words)
            self._window.close()

    def _restored(self, path: Path, kept: Path | None) -> None:
        self._window.middle.welcome.set_busy("")
        self._window.open_file(path)
        if kept is not None:
            self._window.notice.tell(tr("The backup is in place. The file before is kept: {name}", name=kept.name))

    def _not_restored(self, path: Path, error: Exception) -> None:
        self._window.middle.welcome.set_busy("")
        if isinstance(error, TrackerError):
            settings.remember(GROUP, "trouble", str(error))  # said as soon as the file is open again
        self._window.open_file(path)
        if not isinstance(error, TrackerError):
            raise error

    def _tell_page(self, words: str) -> None:
        from shiboken6 import isValid

        if self._window.workspace is not None and self._page is not None and isValid(self._page):
            self._page.set_busy(words)
            if not words:
                self._page.refresh()

    def _workspace(self) -> "Workspace | None":
        """Return the open clinic file; a demo is made anew, a server is backed up by who looks after it."""
        workspace = self._window.workspace
        if workspace is None or workspace.kind == "demo" or not workspace.backups.possible:
            return None
        return workspace


def _missing_words(folder: Path) -> str:
    return tr(
        "{folder} was not there (is the stick plugged in?): the last backup lies beside the file instead",
        folder=str(folder),
    )
