"""The line at the bottom: which file, whether it is saved, who works with it, who else has it, its last backup."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar, QWidget

from tracker.core.messages import say, tr
from tracker.core.places import Place
from tracker.services.rights import ROLE_NAMES
from tracker.ui.widgets import chip, label, restyle

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace


class StatusWords:
    """Fills the window's status bar anew, in the language in use."""

    def __init__(self, bar: QStatusBar) -> None:
        self.file, self.state = label("", "small"), label("", "small")
        self.backup = label("", "small")
        self.who = label("", "small")
        self.demo = chip(tr("DEMO \N{EM DASH} synthetic patients"), "due")
        self.read_only = chip("", "missing")
        self._was_looked_at = False
        bar.setSizeGripEnabled(False)
        for old in bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.removeWidget(old)
            old.deleteLater()
        bar.setContentsMargins(10, 0, 10, 0)
        for shown in (self.file, self.state):
            bar.addWidget(shown)
        for shown in (self.who, self.backup, self.read_only, self.demo):
            bar.addPermanentWidget(shown)

    def show_file(self, path: Place | None, kind: str, *, looked_at: bool) -> None:
        """Show which file it is; *looked_at*: its first list is shown."""
        self._was_looked_at = looked_at
        self.file.setText(str(path) if path else "")
        self.demo.setVisible(kind == "demo")

    def show_backup(self, words: str, *, late: bool) -> None:
        """Show when the file was last backed up; *late*: too long ago."""
        self.backup.setText(words)
        restyle(self.backup, "tone", "warn" if late else "small")

    def show_state(self, workspace: "Workspace | None", *, locked: bool) -> None:
        """Show whether all is saved, or why nothing can be changed."""
        self.state.setText(tr("locked") if locked else self._saved(workspace))
        user = None if workspace is None else workspace.session.user
        self.who.setText("" if user is None else f"{user.name} \N{MIDDLE DOT} {say(ROLE_NAMES[user.role])}")
        self.who.setVisible(user is not None)
        self.read_only.setVisible(workspace is not None and workspace.read_only)
        if workspace is not None and workspace.held_by is not None:
            self.read_only.setText(tr("read-only: in use by {holder}", holder=say(workspace.held_by)))
        elif workspace is not None and workspace.is_backup:
            self.read_only.setText(tr("read-only: this is a backup"))
        else:
            self.read_only.setText(tr("read-only: nothing can be changed"))

    def _saved(self, workspace: "Workspace | None") -> str:
        if workspace is None:
            return tr("opening...") if self._was_looked_at else tr("no file open")
        return "" if workspace.read_only else "\N{BLACK CIRCLE} " + tr("everything is saved")
