"""What the menu, the keys and the top bar do to patients and records, and undo."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tracker.ui.patient_page import PatientPage
    from tracker.ui.window import MainWindow


class RecordCommands:
    """The window's verbs for what is recorded."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each deed does, by its name."""
        names = (
            "undo redo find new_patient edit_patient remove_patient new_episode edit_episode remove_episode "
            "next_episode enter_scores enter_other new_visit new_treatment new_event course visits events"
        )
        return {name: getattr(self, name) for name in names.split()}

    def undo(self) -> None:
        """Undo the last change and say what it was."""
        if self._window.workspace is not None:
            self._reverted(tr("undone: {what}", what=say(self._window.workspace.undo.undo())))

    def redo(self) -> None:
        """Do the last undone change again and say what it was."""
        if self._window.workspace is not None:
            self._reverted(tr("done again: {what}", what=say(self._window.workspace.undo.redo())))

    def name_undo(self, actions: "Mapping[str, QAction]") -> None:
        """Write into the menu what undo and redo would do."""
        if not actions:
            return
        workspace = None if self._window.locks.covering else self._window.workspace
        history = workspace.undo if workspace is not None else None
        undo, redo = (history.next_undo(), history.next_redo()) if history else (None, None)
        actions["undo"].setText(tr("Undo: {what}", what=say(undo)) if undo else tr("&Undo"))
        actions["redo"].setText(tr("Redo: {what}", what=say(redo)) if redo else tr("&Redo"))
        actions["undo"].setEnabled(undo is not None)
        actions["redo"].setEnabled(redo is not None)

    def _reverted(self, words: str) -> None:
        window = self._window
        window.side.refresh()
        shown = window.middle.patient.patient if window.middle.patient else None
        if shown is not None and window.side.model.row_of(shown.id) < 0 and not self._is_there(shown.id):
            window.middle.forget_patient()
        else:
            window.middle.reload()
        window.refresh_state()
        window.notice.tell(words)

    def _is_there(self, patient_id: str) -> bool:
        try:
            if self._window.workspace is not None:
                self._window.workspace.patients.get(patient_id)
        except TrackerError:
            return False
        return True

    def find(self) -> None:
        """Put the cursor into the search field, its text selected."""
        self._window.side.setVisible(self._window.bar.search.isEnabled())
        self._window.bar.search.setFocus()
        self._window.bar.search.selectAll()

    def new_patient(self) -> None:
        """Ask for a new patient."""
        self._window.middle.new_patient()

    def edit_patient(self) -> None:
        """Edit the patient shown."""
        self._window.middle.edit_patient()

    def remove_patient(self) -> None:
        """Remove the patient shown with everything recorded; it can be undone."""
        page, workspace = self._window.middle.patient, self._window.workspace
        if page is None or page.patient is None or workspace is None:
            return
        name = page.patient.name
        workspace.patients.remove(page.patient.id)
        self._window.middle.forget_patient()
        self._window.side.refresh()
        self._window.refresh_state()
        self._window.notice.tell(tr("{name} removed, with all visits and scores", name=name), tr("Undo"), self.undo)

    def new_episode(self) -> None:
        """Add an episode to the patient shown."""
        self._window.middle.new_episode()

    def edit_episode(self) -> None:
        """Edit the episode shown."""
        self._window.middle.edit_episode()

    def remove_episode(self) -> None:
        """Remove the episode shown; it can be undone."""
        page, workspace = self._window.middle.patient, self._window.workspace
        if page is None or page.episode is None or workspace is None:
            return
        workspace.episodes.remove(page.episode.id)
        page.reload()
        self._window.side.refresh()
        self._window.refresh_state()
        self._window.notice.tell(tr("episode removed, with its treatments and scores"), tr("Undo"), self.undo)

    def next_episode(self) -> None:
        """Switch to the patient's next episode."""
        page = self._window.middle.patient
        if page is not None and page.episode is not None:
            page.header.next_episode(page.episode.id)

    def enter_scores(self) -> None:
        """Enter the scores of today's visit."""
        self._window.middle.enter_scores()

    def enter_other(self) -> None:
        """Enter the scores of a day to be given."""
        page = self._tab(1)
        if page is not None:
            page.visits.ask_for_day()

    def new_visit(self) -> None:
        """Make a visit on a date to be given."""
        page = self._tab(1)
        if page is not None:
            page.visits.new_visit()

    def new_treatment(self) -> None:
        """Record a treatment."""
        page = self._tab(2)
        if page is not None:
            page.events.new_treatment()

    def new_event(self) -> None:
        """Record an adverse event."""
        page = self._tab(2)
        if page is not None:
            page.events.new_event()

    def course(self) -> None:
        """Show the course."""
        self._tab(0)

    def visits(self) -> None:
        """Show the visits."""
        self._tab(1)

    def events(self) -> None:
        """Show treatments and events."""
        self._tab(2)

    def _tab(self, place: int) -> "PatientPage | None":
        from tracker.ui.patient_page import Tab

        page = self._window.middle.patient
        if page is None or page.episode is None:
            return None
        self._window.middle.back()
        page.show_tab(Tab(place))
        return page
