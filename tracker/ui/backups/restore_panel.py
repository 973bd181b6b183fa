"""What putting one backup back would change, and the button that does it; nothing is done without having seen it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.ui.jobs import Jobs
from tracker.ui.widgets import button, clear, label, row

if TYPE_CHECKING:
    from tracker.services.backups import Differences


class RestorePanel(QWidget):
    """``agreed`` when the user wants *backup* in the place of *path*; ``closed`` when not."""

    agreed = Signal()
    closed = Signal()

    def __init__(self, path: Path, backup: Path, jobs: Jobs) -> None:
        super().__init__()
        self.path, self.backup, self._jobs = path, backup, jobs
        self.title = label(tr("Restore {name}", name=backup.name), "heading", wrap=True)
        self.state = label("", "soft", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.told: list[str] = []
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(tr("Passphrase or recovery key of the backup"))
        self.secret.setPlaceholderText(tr("Passphrase or recovery key of the backup"))
        self.secret.returnPressed.connect(self._unlock)
        self.secret.hide()
        self.restore_button = button(tr("Put this backup in the place of the file"), self.agreed.emit, "main")
        self.restore_button.hide()
        self.cancel_button = button(tr("Cancel"), self.closed.emit, hint="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.state, self.secret):
            layout.addWidget(widget)
        layout.addLayout(self._lines)
        layout.addLayout(row(self.restore_button, self.cancel_button))

    def look(self) -> None:
        """Read the backup and compare it with the file."""
        from tracker.services.backups import opens_like

        if opens_like(self.path, self.backup):
            self._compare()
            return
        self.state.setText(tr("This backup was made under another key: give the passphrase it had then."))
        self.secret.show()
        self.secret.setFocus()

    def _unlock(self) -> None:
        from tracker.services import security

        try:
            security.unlock(self.backup, self.secret.text())
        except TrackerError as error:
            self.state.setText(str(error))
            self.secret.selectAll()
            return
        self.secret.clear()
        self.secret.hide()
        self._compare()

    def _compare(self) -> None:
        from tracker.services.backups import differences

        self.state.setText(tr("Reading the backup and comparing it with the file..."))
        self._jobs.run(self, lambda: differences(self.path, self.backup), self._show, self._failed)

    def _show(self, found: "Differences") -> None:
        from tracker.services.backup_words import difference_lines

        self.state.setText(tr("The backup is whole. What would change:"))
        clear(self._lines)
        self.told = difference_lines(found)
        for line in self.told:
            self._lines.addWidget(label(line, "warn" if line.startswith(" ") else "", wrap=True))
        words = tr("The file as it is now is kept as a backup, so this can be taken back.")
        self._lines.addWidget(label(words, "soft", wrap=True))
        self.restore_button.show()
        self.cancel_button.setFocus()  # a second Enter must not be enough

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            raise error
        self.state.setText(str(error))
