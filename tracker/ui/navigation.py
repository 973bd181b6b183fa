"""The middle of the window: makes each page when it is first wanted, and knows the way back from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.core.messages import tr
from tracker.ui import theme
from tracker.ui.jobs import Jobs
from tracker.ui.place import Place
from tracker.ui.welcome_page import HintPage, WelcomePage

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.ui.library.library_page import LibraryPage
    from tracker.ui.patient_page import PatientPage, Tab
    from tracker.ui.record_pages import RecordPage
    from tracker.ui.score_page import ScorePage

WELCOME, SERVER, HINT, PATIENT, RECORD, SCORES = "welcome", "server", "hint", "patient", "record", "scores"
LIBRARY, EXPORT, SETTINGS, HELP, REPORT, PRINTED = "library", "export", "settings", "help", "report", "printed"


class Middle(QStackedWidget):
    """Pages by name. Says ``changed`` when records changed, ``moved`` when another page is shown."""

    changed = Signal()
    removed = Signal(str)
    told = Signal(str)
    warned = Signal(str)
    moved = Signal(str)
    demo_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._workspace: Workspace | None = None
        self._pages: dict[str, QWidget] = {}
        self.patient: PatientPage | None = None
        self._library: LibraryPage | None = None
        self._scores: ScorePage | None = None
        self._made_visit = ""
        self._record: RecordPage | None = None
        self._record_name = ""
        self.page = ""
        self._welcome: WelcomePage | None = None

    @property
    def welcome(self) -> WelcomePage:
        """The page shown while no file is open, made when it is first wanted."""
        if self._welcome is None:
            self._welcome = WelcomePage()
            self._welcome.demo_wanted.connect(self.demo_wanted)
            self._welcome.new_wanted.connect(self.new_wanted)
            self._welcome.open_wanted.connect(self.open_wanted)
            self._keep(WELCOME, self._welcome)
        return self._welcome

    def set_workspace(self, workspace: "Workspace | None") -> None:
        """Let go of every page of the file before, and serve *workspace* from now on."""
        self._forget_empty_visit()
        self._workspace = workspace
        for name in [name for name in self._pages if name != WELCOME]:
            self._drop(name)
        self.patient = self._scores = self._library = None
        self.page = ""
        self.go(HINT if workspace is not None else WELCOME)

    def go(self, name: str) -> None:
        """Show the page called *name*; a form that cannot be saved is not left."""
        if name != SCORES:
            if not self.put_away():
                return
            self._forget_empty_visit()
        if name == HINT and name not in self._pages:
            self._keep(HINT, HintPage())
        self.page = name
        self.setCurrentWidget(self.welcome if name == WELCOME else self._pages[name])
        self.moved.emit(name)

    def put_away(self) -> bool:
        """Save what is unsaved of an open form; False if it cannot be saved."""
        return self.page != SCORES or self._scores is None or self._scores.put_away()

    def back(self) -> None:
        """Go to the patient; to the hints where none is open, to the welcome where no file is."""
        if self._workspace is None:
            self.go(WELCOME)
        elif self.patient is not None and self.patient.patient is not None:
            self.go(PATIENT)
            self.patient.show_tab(self.patient.tab)
        else:
            self.go(HINT)

    def open_patient(self, patient_id: str, episode_id: str = "", tab: "Tab | None" = None) -> None:
        """Show a patient."""
        page = self._patient_page()
        page.open(patient_id, episode_id, tab)
        self.go(PATIENT)

    def forget_patient(self) -> None:
        """Take the page of a removed patient away."""
        self._drop(PATIENT)
        self.patient = None
        self.go(HINT)

    def reload(self) -> None:
        """Read the patient shown again."""
        if self.patient is not None:
            self.patient.reload()

    def new_patient(self) -> None:
        """Ask for a new patient."""
        self._record_page("new_patient").new_patient()
        self.go(RECORD)

    def edit_patient(self) -> None:
        """Edit the patient shown."""
        if self.patient is not None and self.patient.patient is not None:
            self._record_page("edit_patient").edit_patient(self.patient.patient)
            self.go(RECORD)

    def edit_episode(self) -> None:
        """Edit the episode shown."""
        if self.patient is not None and self.patient.episode is not None:
            self._record_page("edit_episode").edit_episode(self.patient.episode)
            self.go(RECORD)

    def new_episode(self) -> None:
        """Add an episode to the patient shown."""
        if self.patient is not None and self.patient.patient is not None:
            self._record_page("new_episode").new_episode(self.patient.patient)
            self.go(RECORD)

    def enter_scores(self, visit_id: str = "") -> None:
        """Enter the scores of a visit (today's, made if there is none), one form after the other."""
        from tracker.ui.score_page import todays_visit

        page = self.patient
        if self._workspace is None or page is None or page.patient is None or page.episode is None:
            return
        if not self.put_away():
            return
        if not visit_id:
            before = {one.id for one in self._workspace.visits.of(page.patient.id)}
            visit_id = todays_visit(self._workspace, page.patient.id).id
            self._made_visit = "" if visit_id in before else visit_id
        self.changed.emit()
        scores = self._score_page()
        self.go(SCORES)  # shown first: a form takes the focus only where it is seen
        if not scores.open_next(visit_id, page.episode.id):
            self.told.emit(tr("every form of this visit is complete; choose one in the table to change it"))
            self._to_visits()

    def open_form(self, visit_id: str, scale_id: str, episode_id: str, context: str) -> None:
        """Show one form of a visit."""
        if not self.put_away():
            return
        scores = self._score_page()
        self.go(SCORES)  # shown first: a form takes the focus only where it is seen
        scores.open(visit_id, scale_id, episode_id, context)

    def open_library(self, study: str = "") -> None:
        """Show the studies, at *study* if one is named."""
        if LIBRARY not in self._pages:
            from tracker.ui.library.library_page import LibraryPage

            self._library = LibraryPage(theme.current())
            self._library.closed.connect(self.back)
            self._keep(LIBRARY, self._library)
        self.go(LIBRARY)
        if self._library is not None:
            self._library.list.setFocus()
            if study:
                self._library.show_study(study)

    def show_page(self, name: str, page: QWidget) -> None:
        """Show a page the window made (export, settings, help, report) in place of the one of that name."""
        self._drop(name)
        self._keep(name, page)
        self.go(name)

    def place(self) -> Place:
        """Return where the window is."""
        shown = self.patient
        scores = self._scores if self.page == SCORES else None
        record = self._record.panel if self.page == RECORD and self._record is not None else None
        return Place(
            page=self.page,
            patient_id=shown.patient.id if shown and shown.patient else "",
            episode_id=shown.episode.id if shown and shown.episode else "",
            tab=shown.tab if shown else 0,
            form=scores.place if scores else None,
            record=self._record_name if record else "",
            values=record.form.values() if record else {},
        )

    def restore(self, place: Place) -> None:
        """Go back to *place* with new pages."""
        from tracker.ui.patient_page import Tab

        if self._workspace is None:
            return
        if place.patient_id:
            self.open_patient(place.patient_id, place.episode_id, Tab(place.tab))
        if place.page == SCORES and place.form is not None:
            self.open_form(*place.form)
        elif place.record:
            getattr(self, place.record)()
            if self._record is not None and self._record.panel is not None:
                self._record.panel.form.fill(place.values)
        elif place.page == LIBRARY:
            self.open_library()
        elif self.patient is not None:
            self.patient.show_tab(self.patient.tab)

    def _patient_page(self) -> "PatientPage":
        if self.patient is None:
            from tracker.ui.patient_page import PatientPage

            page = PatientPage(self._open_workspace(), theme.current(), self._jobs)
            page.changed.connect(self.changed)
            page.removed.connect(self.removed)
            page.warned.connect(self.warned)
            page.entry_wanted.connect(self.open_form)
            page.scores_wanted.connect(self.enter_scores)
            page.library_wanted.connect(self.open_library)
            page.edit_wanted.connect(self.edit_patient)
            page.episode_edit_wanted.connect(self.edit_episode)
            page.episode_wanted.connect(self.new_episode)
            self.patient = page
            self._keep(PATIENT, page)
        return self.patient

    def _record_page(self, name: str) -> "RecordPage":
        from tracker.ui.record_pages import RecordPage

        self._drop(RECORD)
        page = RecordPage(self._open_workspace())
        self._record, self._record_name = page, name
        page.saved.connect(self._record_saved)
        page.closed.connect(self.back, Qt.ConnectionType.QueuedConnection)
        self._keep(RECORD, page)
        return page

    def _score_page(self) -> "ScorePage":
        from tracker.ui.score_page import ScorePage

        self._drop(SCORES)
        page = ScorePage(self._open_workspace(), theme.current(), self._jobs)
        page.saved.connect(self._form_saved)
        page.closed.connect(self._to_visits, Qt.ConnectionType.QueuedConnection)
        self._scores = page
        self._keep(SCORES, page)
        return page

    def _record_saved(self, patient_id: str, episode_id: str) -> None:
        self.open_patient(patient_id, episode_id)
        self.changed.emit()

    def _form_saved(self, _patient_id: str) -> None:
        self.reload()
        self.changed.emit()

    def _to_visits(self) -> None:
        if self.patient is None:
            self.back()
            return
        form = self.place().form
        self._forget_empty_visit()
        self.patient.reload()
        self.changed.emit()  # the list counts unfinished forms
        self.go(PATIENT)
        self.patient.show_visit(form[0] if form else "")

    def _forget_empty_visit(self) -> None:
        """Take the visit away that entering scores has made, if nothing was entered."""
        made, self._made_visit = self._made_visit, ""
        if made and self._workspace is not None:
            self._workspace.visits.forget_empty(made)

    def _open_workspace(self) -> "Workspace":
        if self._workspace is None:
            raise RuntimeError("no file is open")
        return self._workspace

    def _keep(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self.addWidget(page)

    def _drop(self, name: str) -> None:
        page = self._pages.pop(name, None)
        if page is not None:
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
