"""The audit of the whole file: newest first, searched by who, what or when; and the check of the file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.core.messages import ntr, tr
from tracker.ui.history.entry_view import EntryView
from tracker.ui.history.verify_panel import VerifyPanel
from tracker.ui.jobs import Jobs
from tracker.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from tracker.services.histories import Told
    from tracker.services.workspace import Workspace

AT_ONCE = 200


class AuditPage(QWidget):
    """``closed`` when it is left."""

    closed = Signal()

    def __init__(self, workspace: "Workspace", jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._histories = workspace.histories
        self._entries: list[Told] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("who, what or day: lin export 2026-03"))
        self.search.setAccessibleName(tr("Search the audit"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(320)
        self.search.textChanged.connect(lambda _text: self.reload())
        self.count = label("", "soft")
        self.older = button(tr("Older entries"), self._older, "quiet")
        self.view = EntryView(numbered=True)
        self.verify = VerifyPanel(workspace, jobs)
        self.verify.done.connect(self.reload)
        title = row(button(tr("Back"), self.closed.emit, hint="Esc"), label(tr("Audit of the file"), "title"))
        layout = column(spacing=10, margins=(24, 14, 24, 14))
        layout.addLayout(title)
        layout.addWidget(self.verify)
        layout.addLayout(row(self.search, self.count, self.older))
        layout.addWidget(self.view, 1)
        self.setLayout(layout)
        self.reload()

    def start(self) -> None:
        """Put the focus on the entries."""
        self.view.start()

    def reload(self) -> None:
        """Show the newest entries that hold what is searched for."""
        self._entries = list(self._histories.of_file(self.search.text(), limit=AT_ONCE))
        self._show(len(self._entries))

    def _older(self) -> None:
        first = self._entries[-1].sequence if self._entries else None
        found = self._histories.of_file(self.search.text(), before=first, limit=AT_ONCE)
        self._entries += found
        self._show(len(found))
        self.view.start()

    def _show(self, read: int) -> None:
        self.view.set_entries(self._entries)
        self.older.setVisible(read == AT_ONCE)
        self.count.setText(ntr("{count} entry", "{count} entries", len(self._entries)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape stops a running check, else leads back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.verify.running:
            self.verify.stop()
        else:
            self.closed.emit()
