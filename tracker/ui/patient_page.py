"""The page of one patient: header, and the tabs Course, Visits, Treatments & events of the episode chosen."""

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tracker.clinic.records import Episode, Patient
from tracker.core.messages import tr
from tracker.services.rights import Right
from tracker.ui.allowed import allow
from tracker.ui.events_page import EventsPage
from tracker.ui.header import PatientHeader
from tracker.ui.jobs import Jobs
from tracker.ui.theme import Theme
from tracker.ui.visits_page import VisitsPage
from tracker.ui.widgets import button, column, label, today

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.ui.chart.course_page import CoursePage


class Tab(IntEnum):
    """The tabs, in their order."""

    COURSE = 0
    VISITS = 1
    EVENTS = 2


class PatientPage(QWidget):
    """Shows a patient and one episode; reloads itself after each change and tells the window."""

    changed = Signal()
    removed = Signal(str)
    warned = Signal(str)
    entry_wanted = Signal(str, str, str, str)
    scores_wanted = Signal(str)
    library_wanted = Signal(str)
    edit_wanted = Signal()
    episode_edit_wanted = Signal()
    episode_wanted = Signal()

    def __init__(self, workspace: "Workspace", theme: Theme, jobs: Jobs | None = None) -> None:
        super().__init__()
        self._jobs = jobs
        self.setObjectName("page")
        self._workspace, self._theme = workspace, theme
        self.patient: Patient | None = None
        self.episode: Episode | None = None
        self.header = PatientHeader()
        self.tabs = QTabBar()
        self.stack = QStackedWidget()
        self.course: CoursePage | None = None
        self._course_of = ""
        self.visits = VisitsPage(workspace)
        self.events = EventsPage(workspace)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(tr("Parts of the patient's page"))
        for title, key in ((tr("Course"), "1"), (tr("Visits"), "2"), (tr("Treatments & events"), "3")):
            place = self.tabs.addTab(title.replace("&", "&&"))
            self.tabs.setTabToolTip(place, f"Ctrl+{key}")
        self._course_place = QWidget()
        self._course_place.setLayout(column())
        no_episode = QWidget()
        no_episode.setLayout(
            column(
                label(tr("This patient has no episode of care yet."), "heading"),
                label(
                    tr("An episode is one condition at one site; visits, scores and treatments belong to it."), "soft"
                ),
                button(tr("Add an episode"), self.episode_wanted.emit, "main"),
            )
        )
        for page in (self._course_place, self.visits, self.events, no_episode):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(6)
        layout.addWidget(self.header)
        under = QHBoxLayout()  # the buttons stand beside the tabs, where there is room: names take a whole line
        under.addWidget(self.tabs, 1)
        allow(self._workspace, Right.RECORD, self.header.tools)
        under.addWidget(self.header.tools, 0, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(under)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.header.episode_chosen.connect(self.show_episode)
        self.header.edit_wanted.connect(self.edit_wanted)
        self.header.episode_edit_wanted.connect(self.episode_edit_wanted)
        self.header.episode_wanted.connect(self.episode_wanted)
        self.visits.entry_wanted.connect(self.entry_wanted)
        self.visits.scores_wanted.connect(self.scores_wanted)
        self.visits.warned.connect(self.warned)
        for page in (self.visits, self.events):
            page.changed.connect(self._changed)
            page.removed.connect(self.removed)

    def open(self, patient_id: str, episode_id: str = "", tab: Tab | None = None) -> None:
        """Show a patient; without *episode_id* the episode shown before, or the patient's first."""
        self.patient = self._workspace.patients.get(patient_id)
        episodes = self._workspace.episodes.of(patient_id)
        keys = [episode.id for episode in episodes]
        kept = self.episode.id if self.episode is not None else ""
        chosen = next((key for key in (episode_id, kept, *keys[:1]) if key in keys), "")
        self.header.show_patient(self.patient, episodes, chosen)
        if tab is not None:
            self._choose_tab(tab)
        if chosen:
            self.show_episode(chosen)
        else:
            self._show_no_episode()

    def reload(self) -> None:
        """Read everything shown again."""
        if self.patient is not None:
            self._course_of = ""
            self.open(self.patient.id, self.episode.id if self.episode else "")

    def show_episode(self, episode_id: str) -> None:
        """Switch to an episode of the patient."""
        self.episode = self._workspace.episodes.get(episode_id)
        if self.patient is not None:
            self.header.show_patient(self.patient, self._workspace.episodes.of(self.patient.id), episode_id)
        sheet = self._workspace.flowsheets.of(episode_id, today=today())
        treatments = self._workspace.treatments.of(episode_id)
        self.header.show_episode(self.episode, treatments, sheet.index_treatment, sheet.next_due)
        self.visits.show_sheet(sheet)
        self.events.show_episode(self.episode, sheet.index_treatment)
        self.tabs.show()
        self._show_tab(self.tabs.currentIndex())

    def show_tab(self, tab: Tab) -> None:
        """Go to a tab and put the focus into it."""
        self._choose_tab(tab)
        if tab is Tab.COURSE:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        elif tab is Tab.VISITS:
            self.visits.start()
        elif tab is Tab.EVENTS:
            self.events.start()

    def show_visit(self, visit_id: str) -> None:
        """Go to the visits, with the cursor on one of them where it is there."""
        self.show_tab(Tab.VISITS)
        self.visits.stand_on(visit_id)

    @property
    def tab(self) -> Tab:
        """The tab shown."""
        return Tab(self.tabs.currentIndex())

    def _choose_tab(self, tab: Tab) -> None:
        self.tabs.setCurrentIndex(tab)

    def _show_tab(self, place: int) -> None:
        if self.episode is None:
            return
        if place == Tab.COURSE:
            self._show_course(self.episode.id)
        self.stack.setCurrentIndex(place)

    def _show_course(self, episode_id: str) -> None:
        if self.course is None:
            from tracker.ui.chart.course_page import CoursePage

            self.course = CoursePage(self._workspace, self._theme, self, self._jobs)
            self.course.library_wanted.connect(self.library_wanted)
            place = self._course_place.layout()
            if place is not None:
                place.addWidget(self.course)
        if self._course_of != episode_id:
            self._course_of = episode_id
            self.course.show_episode(episode_id)

    def _show_no_episode(self) -> None:
        self.episode = None
        self.tabs.hide()
        self.header.clear_episode()
        self.stack.setCurrentIndex(self.stack.count() - 1)

    def _changed(self) -> None:
        self.reload()
        self.changed.emit()
