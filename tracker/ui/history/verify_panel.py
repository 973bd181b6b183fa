"""Verify this file: the check runs beside the window, with progress and cancel, and ends in plain words."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, say, tr
from tracker.ui.jobs import Jobs
from tracker.ui.widgets import button, card, column, label, restyle, row

if TYPE_CHECKING:
    from tracker.services.verification import Verification
    from tracker.services.workspace import Workspace

MOST_LINES = 6
"""Findings seen at once; the others are scrolled to."""


class VerifyPanel(QWidget):
    """Checks the open file; ``done`` when the check has been entered in the audit."""

    done = Signal()

    def __init__(self, workspace: "Workspace", jobs: Jobs) -> None:
        super().__init__()
        self._workspace, self._jobs = workspace, jobs
        self._cancel = threading.Event()
        self.destroyed.connect(self._cancel.set)
        self.start_button = button(tr("Verify this file"), self.start_check, "main", hint="Ctrl+Shift+Y")
        self.stop_button = button(tr("Stop"), self.stop)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress of the verification"))
        self.result, self.about = label("", "heading", wrap=True), label("", "soft", wrap=True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.findings = QPlainTextEdit()
        self.findings.setReadOnly(True)
        self.findings.setAccessibleName(tr("What was found"))
        inside = column(spacing=6)
        top = row(self.start_button, self.stop_button, self.result)
        top.setStretchFactor(self.result, 8)
        inside.addLayout(top)
        for widget in (self.progress, self.findings, self.about):
            inside.addWidget(widget)
        self.setLayout(column(card(inside, 12)))
        for hidden in (self.stop_button, self.progress, self.findings, self.about):
            hidden.hide()

    @property
    def running(self) -> bool:
        """Whether a check is under way."""
        return not self.start_button.isEnabled()

    def start_check(self) -> None:
        """Begin, unless a check is under way."""
        if self.running:
            return
        self._cancel.clear()
        cancel = self._cancel
        self._set_running(running=True)
        place, actor, owner, jobs = self._workspace.place, self._workspace.actor, self, self._jobs

        def work() -> "Verification":
            from tracker.services.verification import enter, verify_file

            made = verify_file(
                place,
                progress=lambda done, total: jobs.post(owner, owner.show_progress, (done, total)),
                cancelled=cancel.is_set,
            )
            enter(made, actor)
            return made

        self._jobs.run(self, work, self._show, self._failed)

    def stop(self) -> None:
        """Ask a running check to stop."""
        self._cancel.set()

    def show_progress(self, state: tuple[int, int]) -> None:
        """Show how many rows of how many were looked at."""
        done, total = state
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def _set_running(self, *, running: bool) -> None:
        self.start_button.setEnabled(not running)
        self.stop_button.setVisible(running)
        self.progress.setVisible(running)
        self.progress.setMaximum(0)
        if running:
            self.findings.hide()
            self.about.hide()
            restyle(self.result, "tone", "soft")
            self.result.setText(tr("Verifying..."))

    def _show(self, made: "Verification") -> None:
        self._set_running(running=False)
        restyle(self.result, "tone", "warn" if made.found else "good")
        if made.found:
            words = ntr("{count} problem was found", "{count} problems were found", made.found)
        else:
            words = tr("The file holds: nothing was changed past the program.")
        self.result.setText(words)
        self.findings.setPlainText("\n".join(say(finding.message) for finding in made.findings))
        self.findings.setVisible(bool(made.findings))
        lines = min(len(made.findings), MOST_LINES)
        self.findings.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 28)
        self.about.setText("\n".join(_about(made)))
        self.about.show()
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        self._set_running(running=False)
        if not isinstance(error, TrackerError):
            raise error
        self.result.setText(str(error))


def _about(made: "Verification") -> list[str]:
    counted = tr(
        "{entries} audit entries, {rows} rows and {scored} scored assessments were checked",
        entries=made.entries,
        rows=made.rows,
        scored=made.assessments,
    )
    found = [counted, *(say(note) for note in made.notes)]
    if made.head is not None and made.head.sequence:
        head = f"{made.head.sequence}:{made.head.hash}"
        found.append(tr("End of the audit, to be noted down elsewhere: {head}", head=head))
    return found
