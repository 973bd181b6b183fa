"""The course of one episode: every charted score over time, treatments and events, read against what studies reported.

Import this module after the first paint: it brings pyqtgraph.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, say, tr
from tracker.services.courses import Course
from tracker.services.workspace import Workspace
from tracker.ui.chart import texts
from tracker.ui.chart.against import Against
from tracker.ui.chart.compose import compose_lane, compose_panel, home_range, treatment_months
from tracker.ui.chart.drawing import BandChoice, LaneDrawing, PanelDrawing, PanelState
from tracker.ui.chart.grid import PanelGrid
from tracker.ui.chart.lane import Lane
from tracker.ui.chart.offered import fitting, offered_cohorts
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.panel import Panel
from tracker.ui.chart.read_against import MOST, ReadAgainst
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, label


class CoursePage(QWidget):
    """Shows one episode; ``library_wanted`` names the study or cohort whose passport is asked for."""

    library_wanted = Signal(str)

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._workspace = workspace
        self._theme = theme
        self._course: Course | None = None
        self._band = BandChoice.RANGE95
        self._as_printed: set[str] = set()
        palette = Palette.of(theme)
        self.window_of_time = TimeWindow(self)
        self.lane = Lane(self.window_of_time, palette)
        self.grid = PanelGrid(self.window_of_time, palette)
        self.side = ReadAgainst(theme)
        self._key = label("", "small")
        self._axis = label("", "small")
        self._trouble = label("", "warn", wrap=True)
        self._whole = button("", self.window_of_time.reset, "quiet")
        self._open_side = button("", lambda: self.show_side(shown=True), "quiet")
        self._nothing = label("", "soft", wrap=True)
        self._build()
        self._connect()
        self.retranslate()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 0)
        head.setSpacing(12)
        for part in (self._key, self._axis):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._whole)
        head.addWidget(self._open_side)
        lane = QVBoxLayout()
        lane.setContentsMargins(12, 0, 18, 0)
        lane.addWidget(self._trouble)
        lane.addWidget(self.lane)
        course = QWidget()
        middle = QVBoxLayout(course)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(4)
        middle.addLayout(head)
        middle.addLayout(lane)
        middle.addWidget(self.grid, 1)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(course)
        self._stack.addWidget(self._nothing)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.side)
        self._trouble.hide()
        self._open_side.hide()

    def _connect(self) -> None:
        self.side.cohorts_chosen.connect(self.choose_cohorts)
        self.side.band_chosen.connect(lambda text: self.choose_band(BandChoice(text)))
        self.side.library_wanted.connect(self.library_wanted)
        self.side.close_wanted.connect(lambda: self.show_side(shown=False))
        self.grid.parent_wanted.connect(self._take_parent)
        self.grid.as_printed_wanted.connect(self.show_as_printed)
        shortcut = QShortcut(QKeySequence("Alt+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.show_side(shown=self.side.isHidden()))

    # -- what the window calls --------------------------------------------------------------------------------------

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels shown; each says with ``drawn()`` what it paints."""
        return self.grid.panels

    def show_episode(self, episode_id: str) -> None:
        """Show the course of an episode, whole; the one shown already is read anew and stays where it was zoomed to."""
        same = self._course is not None and self._course.episode.id == episode_id
        self._course = self._workspace.courses.of(episode_id)
        self._trouble.hide()
        if not same:
            self._as_printed.clear()
        self._draw(go_home=not same)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        palette = Palette.of(theme)
        self.lane.set_palette(palette)
        self.grid.set_palette(palette)
        self.side.set_theme(theme)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._key.setText(tr("● this patient   ◎ baseline   ✕ visit without a score"))
        self._key.setToolTip(tr("Point at a mark to see its value, date and reason."))
        self._whole.setText(tr("Whole course"))
        self._whole.setToolTip(
            tr("Key 0. Plus and minus or Ctrl and the wheel zoom, left and right or dragging move; all panels follow.")
        )
        self._open_side.setText(tr("Read against"))
        self._open_side.setToolTip(tr("Show the studies (Alt+R)"))
        self.lane.retranslate()
        self.side.retranslate()
        if self._course is not None:
            self._draw(go_home=False)

    def show_side(self, *, shown: bool) -> None:
        """Show or hide the panel of the studies."""
        self.side.setVisible(shown)
        self._open_side.setVisible(not shown)

    def choose_cohorts(self, cohorts: tuple[str, ...]) -> None:
        """Keep the clinician's choice with the episode and draw it."""
        assert self._course is not None
        try:
            self._workspace.episodes.choose_cohorts(self._course.episode.id, cohorts)
        except TrackerError as error:
            self._trouble.setText(say(msg("The choice was not kept: {reason}", reason=error.message)))
            self._trouble.show()
            self._draw(go_home=False)
            return
        self._course = self._workspace.courses.of(self._course.episode.id)
        self._trouble.hide()
        self._draw(go_home=True)

    def choose_band(self, band: BandChoice) -> None:
        """Draw another spread of the studies, or none."""
        self._band = band
        self.side.segments[band].setChecked(True)
        self._draw(go_home=False)

    def show_as_printed(self, cohort: str) -> None:
        """Show the values of a cohort whose variant is not stated: hollow, unjoined, until another episode is shown."""
        self._as_printed.add(cohort)
        self._draw(go_home=True)

    # -- drawing ----------------------------------------------------------------------------------------------------

    def _take_parent(self, cohort: str, parent: str) -> None:
        assert self._course is not None
        chosen = [parent if one == cohort else one for one in self._course.episode.read_against]
        self.choose_cohorts(tuple(dict.fromkeys(chosen)))

    def _draw(self, *, go_home: bool) -> None:
        course = self._course
        if course is None:
            return
        offered = offered_cohorts(course.condition, course.episode)
        chosen = course.episode.read_against
        self.side.offer(offered, chosen, can_draw=course.origin_is_treatment)
        usable = [one for one in fitting(offered) if one.key in chosen] if course.origin_is_treatment else []
        usable.sort(key=lambda one: chosen.index(one.key))
        against = Against(usable[:MOST], self._band, self._as_printed)
        treatments = treatment_months(course)
        drawings = [
            (texts.heading(panel), compose_panel(panel, treatments, against.of(panel))) for panel in course.panels
        ]
        lane = compose_lane(course)
        self.window_of_time.set_home(*home_range([drawing for _, drawing in drawings], lane), go=go_home)
        self.lane.draw(lane)
        self.grid.show_panels(drawings)
        self._say_state([drawing for _, drawing in drawings], lane)

    def _say_state(self, drawings: list[PanelDrawing], lane: LaneDrawing) -> None:
        assert self._course is not None
        nothing = all(drawing.state is PanelState.EMPTY for drawing in drawings)
        self._nothing.setText(tr("No visit with a score yet.\nThe course appears here with the first one."))
        bare = nothing and not lane.treatments and not lane.events
        self._stack.setCurrentIndex(1 if bare else 0)
        self._axis.setText(axis_words(self._course))


def axis_words(course: Course) -> str:
    """Say what the months are counted from."""
    if course.origin is None:
        return ""
    if course.origin_is_treatment:
        return tr("months since treatment on {date}", date=course.origin.isoformat())
    return tr("no treatment recorded: months since the first visit on {date}", date=course.origin.isoformat())
