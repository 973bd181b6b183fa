"""Opens a file in two steps: its first list at once by plain SQL, then, off the window's thread, the workspace."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.core.errors import TrackerError
from tracker.core.messages import say
from tracker.core.places import Place
from tracker.store.errors import DamagedFileError, FileMissingError, NotADatabaseError
from tracker.ui.jobs import Jobs

if TYPE_CHECKING:
    from tracker.services.opening import FirstLook, PatientList
    from tracker.services.workspace import Workspace


class Opener(QObject):
    """``opened`` carries the workspace; ``failed`` the error to be shown, with what to do."""

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.path: Place | None = None
        self._first: FirstLook | None = None

    def look(self, path: Place) -> "FirstLook":
        """Return the first lines of the file's list; raises TrackerError."""
        from tracker.services.opening import first_look

        self.path = path
        self._first = first_look(path)
        return self._first

    def search(self, text: str) -> "PatientList":
        """Search the file before its workspace is there."""
        from tracker.services.opening import PatientList, search_file

        if self._first is not None and not text.strip():
            return PatientList(lines=self._first.lines, found=self._first.total, total=self._first.total)
        if self.path is None:
            raise RuntimeError("no file was looked at")
        return search_file(self.path, text)

    def open(self, path: Place, *, actor: str = "") -> None:
        """Open the workspace of *path* in the background; an empty database of a server is set up by the way."""
        self.path = path

        def work() -> "Workspace":
            from tracker.services.workspace import Workspace

            return Workspace.open(path, create=not isinstance(path, Path), actor=actor or None)

        self._jobs.run(self, work, self._done, self._broken)

    def make_demo(self, path: Path, actor: str = "") -> None:
        """Write the demo file in the background and open it."""
        self.path = path

        def work() -> "Workspace":
            from tracker.services.workspace import Workspace

            write_demo_file(path)
            return Workspace.open(path, actor=actor or None)

        self._jobs.run(self, work, self._done, self._broken)

    def _done(self, workspace: "Workspace") -> None:
        if workspace.place == self.path:
            self.opened.emit(workspace)
        else:
            workspace.close()

    def _broken(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.failed.emit(error)
        else:
            raise error


def write_demo_file(path: Path) -> None:
    """Write the synthetic registry of the demo to *path*."""
    import datetime

    from tracker.services.demo import write_demo

    path.parent.mkdir(parents=True, exist_ok=True)
    write_demo(path, patients=120, seed=1, today=datetime.date(2026, 6, 30))


def trouble_words(place: "Place | None", error: TrackerError) -> str:
    """Return what is said of a file that was not opened, with the way back where its content seems lost."""
    lost = isinstance(error, FileMissingError | NotADatabaseError | DamagedFileError)
    if not isinstance(place, Path) or not lost:
        return str(error)
    from tracker.services.backups import way_back

    found = way_back(place)
    return str(error) if found is None else f"{error}\n\n{say(found)}"
