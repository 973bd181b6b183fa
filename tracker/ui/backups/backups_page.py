"""The page of backups: when the last one was made, which there are, making one, looking at one before restoring it."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.services.rights import Right
from tracker.ui.allowed import allow
from tracker.ui.backups.restore_panel import RestorePanel
from tracker.ui.backups.when import is_old, last_words, local, size_words
from tracker.ui.jobs import Jobs
from tracker.ui.records_table import Column, RecordsModel, RecordsTable
from tracker.ui.widgets import button, card, clear, column, label, restyle, row

if TYPE_CHECKING:
    from tracker.services.backups import BackupFile, Backups
    from tracker.services.workspace import Workspace


def ask_folder(parent: QWidget, start: str) -> str:
    """Ask for the folder of backups; empty if none was chosen. Tests replace this."""
    return QFileDialog.getExistingDirectory(parent, tr("Folder or stick for backups"), start)


def ask_backup(parent: QWidget, start: str) -> str:
    """Ask for a backup that is in no list; empty if none was chosen. Tests replace this."""
    return QFileDialog.getOpenFileName(parent, tr("Restore a backup from elsewhere"), start)[0]


class BackupsPage(QWidget):
    """``make_wanted``: make one now. ``folder_chosen``: the folder, empty for the one beside the file."""

    closed = Signal()
    make_wanted = Signal()
    folder_chosen = Signal(str)
    restore_wanted = Signal(object)

    def __init__(self, backups: "Backups", jobs: Jobs, folder: Path | None, *, read_only: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self._backups, self._jobs, self._folder = backups, jobs, folder
        self._checked: dict[Path, str] = {}
        self.last, self.place = label(""), label("", "soft", wrap=True)
        self.news = label("", wrap=True)
        self.news.hide()
        self.model: RecordsModel[BackupFile] = RecordsModel(
            [
                Column(tr("Made"), lambda backup: local(backup.at)),
                Column(tr("Size"), lambda backup: size_words(backup.size)),
                Column(tr("Kind"), self._kind),
                Column(tr("Checked"), lambda backup: self._checked.get(backup.path, tr("not checked"))),
                Column(tr("File"), lambda backup: str(backup.path)),
            ]
        )
        self.table = RecordsTable(self.model, tr("Backups"), 4)
        self.table.opened.connect(lambda line: self.look_at(self.model.record(line).path))
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.make_button = button(tr("Back up now"), self.make_wanted.emit, "main")
        self.restore_button = button(tr("Restore..."), self._restore_current, hint="Enter")
        self.check_button = button(tr("Check again"), self._check_current)
        self.restore_button.setEnabled(False)
        self._read_only = read_only
        self.panel: RestorePanel | None = None
        self._panel_place = QVBoxLayout()
        self._build()
        self.refresh()

    def _build(self) -> None:
        self.elsewhere_button = button(tr("Restore from elsewhere..."), self._restore_elsewhere)
        self.elsewhere_button.setEnabled(not self._read_only)
        self.choose_button = button(tr("Choose a folder or stick..."), self._choose_folder)
        self.beside_button = button(tr("Use the folder beside the file"), lambda: self._use_folder(""))
        about = tr(
            "A backup is made when the window is closed and once a day while it is open, if anything changed, and "
            "before each upgrade. Kept are the last 10, then one a day for 14 days and one a month for 12 months."
        )
        head = column(self.last, self.place, label(about, "soft", wrap=True), self.news, spacing=6)
        head.addLayout(row(self.make_button, self.choose_button, self.beside_button))
        layout = column(spacing=10, margins=(24, 14, 24, 14))
        layout.addLayout(row(button(tr("Back"), self.closed.emit, hint="Esc"), label(tr("Backups"), "title")))
        layout.addWidget(card(head, 18))
        self.list = QWidget()
        inside = column(self.table, spacing=10)
        inside.addLayout(row(self.restore_button, self.check_button, self.elsewhere_button))
        self.list.setLayout(inside)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._panel_place)
        self.setLayout(layout)

    def respect(self, workspace: "Workspace") -> None:
        """Leave to administrators what puts a backup back, and to those who may take data out where they go."""
        if not workspace.session.may(Right.ADMINISTER):
            self._read_only = True
        allow(workspace, Right.ADMINISTER, self.restore_button, self.elsewhere_button)
        allow(workspace, Right.TRANSFER, self.choose_button, self.beside_button)
        self._enable()

    def start(self) -> None:
        """Put the focus where the keys are of use."""
        (self.table if self.model.rowCount() else self.make_button).setFocus()

    def refresh(self) -> None:
        """Read the list anew."""
        now, last = datetime.datetime.now(datetime.UTC), self._backups.last()
        self.last.setText(last_words(last, now))
        restyle(self.last, "tone", "warn" if is_old(last, now) else "good")
        self.place.setText(self._place_words())
        self.beside_button.setVisible(self._folder is not None)
        for name in self._backups.checked():
            self._checked.setdefault(Path(name), tr("when it was made"))
        self.model.set_records(self._backups.listed(self._folder))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._enable()

    def set_busy(self, words: str) -> None:
        """Say what is going on; the buttons wait for it."""
        self.news.setText(words)
        self.news.setVisible(bool(words))
        self.make_button.setEnabled(not words)

    def look_at(self, backup: Path) -> None:
        """Show what putting *backup* back would change."""
        if self._read_only:
            return
        self._close_panel()
        self.panel = RestorePanel(self._backups.path, backup, self._jobs)
        self.panel.agreed.connect(lambda: self.restore_wanted.emit(backup))
        self.panel.closed.connect(self._close_panel)
        self._panel_place.addWidget(card(column(self.panel), 18))
        self._panel_place.addStretch(1)
        self.list.hide()
        self.panel.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape closes what is open, then the page."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel is not None:
            self._close_panel()
        else:
            self.closed.emit()

    def _close_panel(self) -> None:
        self.panel = None
        clear(self._panel_place)
        self.list.show()
        self.start()

    def _place_words(self) -> str:
        if self._folder is None:
            return tr("Backups lie beside the file: {folder}", folder=str(self._backups.beside))
        if self._folder.is_dir():
            return tr("Backups go to {folder}", folder=str(self._folder))
        return tr(
            "{folder} is not there (is the stick plugged in?): until it is, backups lie beside the file, in {beside}",
            folder=str(self._folder),
            beside=str(self._backups.beside),
        )

    def _kind(self, backup: "BackupFile") -> str:
        if backup.kind == "replaced":
            return tr("replaced by a restore")
        return tr("before an upgrade") if backup.kind else ""

    def _enable(self) -> None:
        there = self.table.currentIndex().isValid()
        self.restore_button.setEnabled(there and not self._read_only)
        self.check_button.setEnabled(there)

    def _current(self) -> Path:
        return self.model.record(self.table.currentIndex().row()).path

    def _restore_current(self) -> None:
        self.look_at(self._current())

    def _restore_elsewhere(self) -> None:
        chosen = ask_backup(self, str(self._folder or self._backups.beside))
        if chosen:
            self.look_at(Path(chosen))

    def _check_current(self) -> None:
        from tracker.services.backups import check, opens_like

        backup = self._current()
        if not opens_like(self._backups.path, backup):
            self.set_busy(tr("This backup was made under another key: “Restore...” asks for its passphrase."))
            self.make_button.setEnabled(True)
            return
        self.set_busy(tr("Reading {name}...", name=backup.name))
        self._jobs.run(self, lambda: check(backup), lambda _none: self._was_checked(backup, ""), self._check_failed)

    def _check_failed(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            raise error
        self._was_checked(self._current(), str(error))

    def _was_checked(self, backup: Path, problem: str) -> None:
        self._checked[backup] = tr("DAMAGED") if problem else tr("just now")
        self.set_busy("")
        self.news.setText(problem or tr("{name} is whole.", name=backup.name))
        self.news.show()
        line = self.table.currentIndex().row()
        self.model.dataChanged.emit(self.model.index(line, 0), self.model.index(line, 4))

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, str(self._folder or Path.home()))
        if chosen:
            self._use_folder(chosen)

    def _use_folder(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None
        self.folder_chosen.emit(folder)
        self.refresh()
