"""Opens a file for writing as soon as the program that holds it lets go, if the user asked for that."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tracker.core.messages import say, tr

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.services.workspace import Workspace
    from tracker.ui.window import MainWindow

ASKED_EVERY = 2000
"""Milliseconds between two looks at the lease."""


class TakeOver(QObject):
    """Says who else has the file, and waits for it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._path: Path | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(ASKED_EVERY)
        self.timer.timeout.connect(self.look)

    def offer(self, workspace: "Workspace") -> None:
        """Say who has the file, if another program has, and offer to wait for it; say so of a backup too."""
        if workspace.is_backup:
            self._window.notice.warn(
                tr(
                    "This is a backup: it is open for reading only and stays as it is. To go on from it, open its "
                    "file; there File > Backups puts it in the file's place."
                )
            )
            return
        if workspace.held_by is None:
            return
        self._path = workspace.path
        words = tr("This file is in use by {holder}. It is open for reading only here.", holder=say(workspace.held_by))
        self._window.notice.warn(words, tr("Take over when it is free"), self._wait)

    def stop(self) -> None:
        """Wait no longer."""
        self.timer.stop()
        self._path = None

    def look(self) -> None:
        """Open the file for writing if it is free by now."""
        from tracker.services.opening import is_free

        path = self._path
        if path is not None and is_free(path):
            self._window.open_file(path)

    def _wait(self) -> None:
        self._window.notice.tell(tr("The file opens for writing as soon as it is free."))
        self.timer.start()
        self.look()
