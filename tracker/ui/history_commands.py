"""What the menu and the keys do about what happened: a patient's history, the audit, the check of the file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ui.history.audit_page import AuditPage
    from tracker.ui.history.history_page import HistoryPage
    from tracker.ui.window import MainWindow

HISTORY, AUDIT = "history", "audit"
"""The names of the pages."""


class HistoryCommands:
    """The window's verbs for looking back."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._audit: AuditPage | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each deed does, by its name."""
        return {name: getattr(self, name) for name in ("history", "score_history", "audit", "verify")}

    def history(self) -> "HistoryPage | None":
        """Show who changed what of the patient shown."""
        from tracker.ui.history.history_page import HistoryPage

        window = self._window
        shown = window.middle.patient.patient if window.middle.patient else None
        if window.workspace is None or shown is None or not window.middle.put_away():
            return None
        page = HistoryPage(window.workspace, shown)
        page.closed.connect(window.middle.back)
        window.middle.show_page(HISTORY, page)
        page.start()
        return page

    def score_history(self) -> None:
        """Show who changed the score under the flowsheet's cursor."""
        shown = self._window.middle.patient
        if shown is None:
            return
        index, model = shown.visits.table.currentIndex(), shown.visits.model
        visit = model.visit(index.column()) if index.isValid() else None
        page = self.history()
        if page is not None and visit is not None:
            page.choose(visit.id, model.line(index.row()).scale.id)

    def audit(self) -> "AuditPage | None":
        """Show the audit of the whole file."""
        from tracker.ui.history.audit_page import AuditPage

        window = self._window
        if window.workspace is None or not window.middle.put_away():
            return None
        page = AuditPage(window.workspace, window.jobs)
        page.closed.connect(window.middle.back)
        self._audit = page
        window.middle.show_page(AUDIT, page)
        page.start()
        return page

    def stop(self) -> None:
        """Stop a check that is running."""
        from shiboken6 import isValid

        if self._audit is not None and isValid(self._audit):
            self._audit.verify.stop()

    def verify(self) -> None:
        """Check the file, on the page of its audit."""
        page = self.audit()
        if page is not None:
            page.verify.start_check()
