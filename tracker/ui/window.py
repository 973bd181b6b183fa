"""The one window: top bar, patients at the left, the page in the middle, what is going on at the bottom."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.places import Place, ServerAddress
from tracker.services.opening import EncryptedFileError, NotSignedInError
from tracker.ui import allowed, deeds, navigation, settings
from tracker.ui.backups.safekeeping import Safekeeping
from tracker.ui.commands import Commands
from tracker.ui.jobs import Jobs
from tracker.ui.keys.locks import SET_UP, Locks
from tracker.ui.navigation import Middle
from tracker.ui.notice import NoticeBar
from tracker.ui.opener import Opener, trouble_words
from tracker.ui.patient_side import PatientSide
from tracker.ui.status_words import StatusWords
from tracker.ui.take_over import TakeOver
from tracker.ui.top_bar import TopBar
from tracker.ui.widgets import column

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
    from PySide6.QtWidgets import QMenu

    from tracker.services.opening import FirstLook
    from tracker.services.workspace import Workspace

NEEDS = {deed.name: deed.needs for deed in deeds.all_deeds()}


FULL_WIDTH = (
    *(navigation.WELCOME, navigation.SERVER, navigation.SCORES, navigation.LIBRARY, navigation.PRINTED),
    SET_UP,
)
"""Pages that need the room of the patient list; searching brings the list back."""
LEFT_BY_ESCAPE = (navigation.SETTINGS, navigation.HELP, navigation.REPORT, navigation.PRINTED)
"""Pages with nothing to lose: Escape leads back from wherever the focus is; other pages have an Escape of their own."""
DESIGNED, FRAME = QSize(1366, 768), QSize(8, 40)
"""The size at a first start, and about what the system draws around it: the bottom line has to be on the screen."""
NARROW = 1200
"""Less than this, and the three columns of a new patient need that room too."""


class MainWindow(QMainWindow):
    """Holds the open file. ``painted`` once, when the window is first shown with its list."""

    painted = Signal()
    ready = Signal()
    """The file can be worked with (or none is to be opened)."""

    def __init__(self, kept: settings.Settings) -> None:
        super().__init__()
        self.kept = kept
        self.jobs = Jobs(self)
        self.opener = Opener(self.jobs, self)
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self.cannot_open)
        self.workspace: Workspace | None = None
        self.first: FirstLook | None = None
        self._waiting_for = ""
        self._actions: dict[str, QAction] = {}
        self._menus: list[QMenu] = []
        self._was_painted = False
        self.setWindowTitle(tr("Outcome tracker"))
        self.setMinimumSize(1000, 600)
        self.resize(DESIGNED.boundedTo(self.screen().availableSize() - FRAME))
        if kept.geometry:
            self.restoreGeometry(QByteArray.fromHex(QByteArray(kept.geometry.encode())))
        self.commands = Commands(self)
        self.take_over = TakeOver(self)
        self.safekeeping = Safekeeping(self)
        self.locks = Locks(self)
        self.build()

    def build(self) -> None:
        """Make every widget in the language and theme in use."""
        handlers = self.commands.handlers()
        self._menus = deeds.name_menus(self.menuBar())
        if self._was_painted:
            self._actions = deeds.fill_menus(self._menus, handlers)
        self.bar = TopBar(handlers)
        self.notice = NoticeBar()
        self.middle = Middle(self.jobs)
        self.side = PatientSide(self.bar.search)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.side)
        self.splitter.addWidget(self.middle)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([290, 1076])
        notice_place = QHBoxLayout()
        notice_place.setContentsMargins(12, 0, 12, 0)
        notice_place.addWidget(self.notice)
        outer = column(self.bar, spacing=0)
        outer.addLayout(notice_place)
        outer.addWidget(self.splitter, 1)
        centre = QWidget()
        centre.setObjectName("page")
        centre.setLayout(outer)
        self.shell = QStackedWidget()
        """The window's content, or what covers it while a file is locked."""
        self.shell.addWidget(centre)
        self.shell.installEventFilter(self)
        self.setCentralWidget(self.shell)
        self.status = StatusWords(self.statusBar())
        self._connect()
        self.refresh_state()

    def _connect(self) -> None:
        self.side.patient_opened.connect(self.open_patient)
        self.bar.search.textEdited.connect(lambda _text: self.side.show())
        self.bar.offer_actions(lambda: self._actions)
        self.middle.changed.connect(self._changed)
        self.middle.removed.connect(self._removed)
        self.middle.warned.connect(self.notice.warn)
        self.middle.told.connect(self.notice.tell)
        self.middle.moved.connect(self._moved)
        self.middle.demo_wanted.connect(self.commands.open_demo)
        self.middle.new_wanted.connect(self.commands.start_clinic_file)
        self.middle.open_wanted.connect(self.commands.open_file)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: notices the first paint; what is heavy comes after it."""
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
            QTimer.singleShot(1, self._fill_menus)  # after whoever waits for the paint: it may only have been a look
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Qt's: Escape leaves a page that is only looked at."""
        if event.key() == Qt.Key.Key_Escape and self.middle.page in LEFT_BY_ESCAPE:
            self.middle.back()
        else:
            super().keyPressEvent(event)

    def _fill_menus(self) -> None:
        self._actions = deeds.fill_menus(self._menus, self.commands.handlers())
        self.refresh_state()

    def look(self, path: Place) -> bool:
        """Show the first list of the file at *path*; False, and a page that says why, if that cannot be."""
        if self.locks.asks_for(path) or not self.middle.put_away():
            return False
        if self.workspace is not None:
            self.close_file(backing_up=True)
        self.locks.let_go(path)
        try:
            self.first = self.opener.look(path)
        except (EncryptedFileError, NotSignedInError):
            self.close_file()
            self.locks.ask(path)
            return False
        except TrackerError as error:
            self.cannot_open(error)
            return False
        self.middle.go(navigation.HINT)
        self.side.set_search(self.opener.search)
        self.refresh_state()
        self.bar.search.setFocus()
        return True

    def open_file(self, path: Place) -> None:
        """Show the first list of a file and open it for work in the background."""
        if self.look(path):
            self.opener.open(path, actor=self.kept.actor)

    def cannot_open(self, error: TrackerError) -> None:
        """Say on the welcome page, or where a server is asked for, what is wrong."""
        self.close_file()
        if isinstance(self.opener.path, ServerAddress):
            self.middle.welcome.set_busy("")
            self.commands.open_server(str(self.opener.path), str(error))
            self.ready.emit()
            return
        self.middle.welcome.warn(trouble_words(self.opener.path, error))
        self.middle.welcome.start()
        self.ready.emit()

    def close_file(self, *, backing_up: bool = False) -> None:
        """Let go of the open file; *backing_up*: once it is backed up, beside the window."""
        self._waiting_for = ""
        self.take_over.stop()
        self.first = None
        self.side.set_search(None)
        self.middle.set_workspace(None)
        if self.workspace is not None:
            if backing_up:
                self.safekeeping.let_go(self.workspace)
            else:
                self.workspace.close()
            self.workspace = None
        self.refresh_state()

    def open_patient(self, patient_id: str) -> None:
        """Show a patient, as soon as the file is open."""
        if self.workspace is None:
            self._waiting_for = patient_id
            return
        self.middle.open_patient(patient_id)
        self.side.select(patient_id)

    def rebuild(self) -> None:
        """Make every widget again, in another language or theme, and come back to the same place."""
        if not self.middle.put_away():
            return
        place, text = self.middle.place(), self.bar.search.text()
        searching = self.bar.search.hasFocus()
        self.build()
        if self.workspace is not None:
            self._serve(self.workspace)
            self.bar.search.setText(text)
            self.middle.restore(place)
            self.side.select(place.patient_id)
        elif self.first is not None:
            self.middle.go(navigation.HINT)
            self.side.set_search(self.opener.search)
        else:
            self.middle.go(navigation.WELCOME)
        self.locks.show_again()
        if searching or self.middle.page == navigation.HINT:
            self.bar.search.setFocus()

    def _opened(self, workspace: "Workspace") -> None:
        waiting = self._waiting_for
        if self.first is None:
            self.close_file()
            self.middle.welcome.set_busy("")
        if workspace.session.has_users and workspace.session.user is None:  # a server, which is not looked at first
            workspace.close()
            self.locks.ask(workspace.place)
            self.ready.emit()
            return
        self._serve(workspace)
        self.take_over.offer(workspace)
        self.safekeeping.opened(workspace)
        self.kept = settings.opened(self.kept, str(workspace.place), again=not workspace.is_backup)
        if waiting:
            self.open_patient(waiting)
        else:
            self.bar.search.setFocus()
        self.locks.opened(workspace)
        self.ready.emit()

    def _serve(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.middle.set_workspace(workspace)
        self.side.set_search(workspace.patients.search)
        self.refresh_state()

    def _changed(self) -> None:
        self.side.refresh()
        self.refresh_state()

    def _removed(self, what: str) -> None:
        self.notice.tell(what, tr("Undo"), self.commands.records.undo)

    def _moved(self, name: str) -> None:
        self.notice.settle()
        self.side.setVisible(name not in FULL_WIDTH and not (name == navigation.RECORD and self.width() < NARROW))
        self.bar.search.setEnabled(name != navigation.WELCOME and (self.workspace or self.first) is not None)
        self.refresh_state()

    def refresh_state(self) -> None:
        """Show what is open, what can be done and what undo would undo."""
        there = allowed.there(self.workspace, self.middle.patient, guarded=self.locks.guarded)
        why = allowed.refusals(self.workspace)
        deeds.enable(self._actions, there, why)
        self.bar.enable(there, NEEDS, why)
        path = self.opener.path if self.workspace is not None or self.first is not None else None
        kind = self.workspace.kind if self.workspace is not None else self.first.kind if self.first else ""
        self.status.show_file(path, kind, looked_at=self.first is not None)
        self.status.show_state(self.workspace, locked=self.locks.covering)
        self.safekeeping.refresh()
        self.commands.records.name_undo(self._actions)
        if self.locks.covering:
            deeds.only_while_locked(self._actions)
        name = path.name if path else ""
        self.setWindowTitle(" \N{EM DASH} ".join(part for part in (name, tr("Outcome tracker")) if part))

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Qt's: remember the window's place, let running work end, let go of the file."""
        if not (self.middle.put_away() and self.safekeeping.may_close()):
            event.ignore()
            return
        place = bytes(self.saveGeometry().toHex().data()).decode()
        self.kept = settings.save(self.kept, geometry=place)
        self.commands.stop_export()
        self.jobs.wait()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
        self.locks.forget()
        super().closeEvent(event)
