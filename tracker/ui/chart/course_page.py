"""The course of one episode: every charted score over time, treatments and events, read against what studies reported.

Import this module after the first paint: it brings pyqtgraph.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, say, tr
from tracker.services.comparisons import compare
from tracker.services.courses import Course
from tracker.services.workspace import Workspace
from tracker.ui.chart import arrangement, chart_choices, texts
from tracker.ui.chart.chart_choices import ChartChoices, Voice
from tracker.ui.chart.composed import Composed, compose, drawn_cohorts, first_part, times_allowed
from tracker.ui.chart.grid import PanelGrid
from tracker.ui.chart.lane import Lane
from tracker.ui.chart.offered import Offered, offered_cohorts
from tracker.ui.chart.page_deeds import PageDeeds
from tracker.ui.chart.page_head import PageHead
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.panel import Panel
from tracker.ui.chart.panel_menu import PanelDeed
from tracker.ui.chart.read_against import ReadAgainst
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.jobs import Jobs
from tracker.ui.theme import Theme
from tracker.ui.widgets import label

if TYPE_CHECKING:
    from tracker.ui.chart.out import Out

_CHART, _NOTHING = 0, 1


class CoursePage(QWidget):
    """Shows one episode; ``library_wanted`` names the study or cohort whose passport is asked for."""

    library_wanted = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: Theme, parent: QWidget | None = None, jobs: Jobs | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._workspace = workspace
        self._composed: Composed | None = None
        self._offered: tuple[Offered, ...] = ()
        self.choices: ChartChoices = chart_choices.load()
        palette = Palette.of(theme)
        self.window_of_time = TimeWindow(self)
        self.lane = Lane(self.window_of_time, palette)
        self.grid = PanelGrid(self.window_of_time, palette)
        self.side = ReadAgainst(theme)
        self.head = PageHead()
        self._nothing = label("", "soft", wrap=True)
        self._course: Course | None = None
        self._order = arrangement.Arrangement()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._finish)
        self._stack = QStackedWidget()
        self._side_wanted = True
        self._jobs = jobs or Jobs(QApplication.instance())
        self.deeds = PageDeeds(self._stack, self.grid, theme, self._make_out)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        lane = QVBoxLayout()
        lane.setContentsMargins(12, 0, 18, 0)
        lane.addWidget(self.lane)
        course = QWidget()
        middle = QVBoxLayout(course)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(4)
        middle.addWidget(self.head)
        middle.addLayout(lane)
        middle.addWidget(self.grid, 1)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(course)
        self._stack.addWidget(self._nothing)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.side)

    def _connect(self) -> None:
        side, head, grid, deeds = self.side, self.head, self.grid, self.deeds
        side.cohorts_chosen.connect(self.choose_cohorts)
        side.options.chosen.connect(lambda name, value: self.choose(**{name: chart_choices.KEPT[name](value)}))
        side.close_wanted.connect(lambda: self.show_side(shown=False))
        head.whole_wanted.connect(self.window_of_time.reset)
        head.zoom_wanted.connect(self.toggle_zoom)
        head.table_wanted.connect(deeds.toggle_table)
        head.review_wanted.connect(self.mark_reviewed)
        head.side_wanted.connect(lambda: self.show_side(shown=True))
        head.deed_wanted.connect(lambda deed: deeds.do("", PanelDeed(deed)))
        grid.parent_wanted.connect(self._take_parent)
        grid.as_printed_wanted.connect(self.show_as_printed)
        grid.deed_wanted.connect(lambda name, deed: deeds.do(name, PanelDeed(deed)))
        grid.back_wanted.connect(deeds.bring_back)
        self.window_of_time.changed.connect(lambda *_: self._say_whole())
        deeds.turned.connect(self._make_room)
        deeds.rearranged.connect(lambda: self._draw(go_home=False))
        deeds.told.connect(head.warn)
        for part in (side, grid):
            part.library_wanted.connect(self.library_wanted)
        for key, deed in (
            ("Alt+R", self.toggle_side),
            ("Ctrl+Alt+T", deeds.toggle_table),
            ("Y", self.toggle_zoom),
            ("Ctrl+Alt+R", self.mark_reviewed),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels shown; each says with ``drawn()`` what it paints."""
        self.finish()
        return self.grid.panels

    @property
    def composed(self) -> Composed | None:
        """Everything shown, as data; None before an episode is shown."""
        self.finish()
        return self._composed

    def finish(self) -> None:
        """Compare and show at once what waits for the turn after the paint."""
        if self._later.isActive():
            self._finish()

    def show_episode(self, episode_id: str) -> None:
        """Show the course of an episode, whole; the one shown already is read anew and stays where it was zoomed to."""
        same = self._course is not None and self._course.episode.id == episode_id
        self.head.warn("")
        self._read(episode_id, same=same)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self.deeds.theme = theme
        palette = Palette.of(theme)
        self.lane.set_palette(palette)
        self.grid.set_palette(palette)
        self.side.set_theme(theme)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.head.retranslate()
        self.lane.retranslate()
        self.side.retranslate()
        self.grid.retranslate()
        self.side.options.show_choices(self.choices)
        self.head.say_zoomed(zoomed=self.choices.zoomed)
        self._draw(go_home=False)

    def show_side(self, *, shown: bool) -> None:
        """Show or hide the panel of the studies."""
        self._side_wanted = shown
        self._make_room()
        self.head.side.setVisible(not shown)
        self._say_band()

    def toggle_side(self) -> None:
        """Hide the panel of the studies, or show it again."""
        self.show_side(shown=not self._side_wanted)

    def choose_cohorts(self, cohorts: tuple[str, ...]) -> None:
        """Keep the clinician's choice with the episode and draw it."""
        assert self._course is not None
        try:
            self._workspace.episodes.choose_cohorts(self._course.episode.id, cohorts)
        except TrackerError as error:
            self.head.warn(say(msg("The choice was not kept: {reason}", reason=error.message)))
            self._draw(go_home=False)
            return
        self.head.warn("")
        self._read(self._course.episode.id, same=True, go_home=True)

    def choose(self, **changes: object) -> None:
        """Draw with another band, other lines, another time axis or voice, and keep that choice."""
        self.choices = replace(self.choices, **changes)  # type: ignore[arg-type]
        chart_choices.save(self.choices)
        self.side.options.show_choices(self.choices)
        self._draw(go_home=False)

    def toggle_zoom(self) -> None:
        """Show only the part of each scale that is used, or the full range again."""
        self.choices = replace(self.choices, zoomed=not self.choices.zoomed)
        self.head.say_zoomed(zoomed=self.choices.zoomed)
        self._draw(go_home=False)

    def show_as_printed(self, cohort: str) -> None:
        """Show the values of a cohort whose variant is not stated: hollow, unjoined, until another episode is shown."""
        self.choices = replace(self.choices, as_printed=self.choices.as_printed | {cohort})
        self._draw(go_home=True)

    def mark_reviewed(self) -> None:
        """Keep with the file that this patient was reviewed now: nothing is new any more."""
        if self._course is None:
            return
        patient = self._course.patient.id
        try:
            self._workspace.reviews.mark(patient)
            self.choices = replace(self.choices, reviewed=self._workspace.reviews.last(patient))
        except TrackerError as error:
            self.head.warn(str(error))
        self._draw(go_home=False)

    def _read(self, episode_id: str, *, same: bool, go_home: bool = False) -> None:
        course = self._workspace.courses.of(episode_id)
        reviewed = self._workspace.reviews.last(course.patient.id)
        as_printed = self.choices.as_printed if same else frozenset[str]()
        self.choices = replace(self.choices, reviewed=reviewed, as_printed=as_printed)
        self._offered = offered_cohorts(course)
        self._order = arrangement.load(course.condition.id)
        self._course = course
        if same or self.choices.voice is Voice.PATIENT:  # the patient's paragraph is about all panels
            self._finish(go_home=go_home or not same)
            return
        # What is in view is compared and painted first; the rest, and the side, come in the turn after the paint.
        part = first_part(course, self._order, self.grid.in_view())
        chosen = [key for key in course.episode.read_against if any(one.key == key for one in self._offered)]
        composed = compose(compare(part, chosen or None), self._offered, self._order, self.choices, course)
        self._show(composed, go_home=True, is_whole=False)
        self.grid.go_to_top()
        self._later.start(0)

    def _finish(self, *, go_home: bool = False) -> None:
        self._later.stop()
        assert self._course is not None
        comparison = compare(self._course)
        self._show(compose(comparison, self._offered, self._order, self.choices), go_home=go_home)
        self._show_side()

    def _draw(self, *, go_home: bool) -> None:
        composed = self.composed
        if composed is not None:
            self._order = arrangement.load(composed.comparison.course.condition.id)
            self._show(compose(composed.comparison, self._offered, self._order, self.choices), go_home=go_home)

    def _show(self, composed: Composed, *, go_home: bool, is_whole: bool = True) -> None:
        self._composed = self.deeds.composed = composed
        self.window_of_time.axis = composed.axis
        self.window_of_time.set_home(*composed.home, go=go_home)
        self.lane.draw(composed.lane)
        with self.grid.painted_once():
            self.grid.show_panels(composed.panels, composed.hidden if is_whole else None)
            self._say(composed)
        self.deeds.refresh_table()

    def _show_side(self) -> None:
        assert self._course is not None
        chosen, can_draw = self._course.episode.read_against, self._course.origin_is_treatment
        self.side.offer(self._offered, chosen, can_draw=can_draw)
        self.side.options.allow_time(times_allowed(self._course))

    def _say(self, composed: Composed) -> None:
        self.head.say_composed(composed, self.choices)
        told = composed.comparison.paragraph if self.choices.voice is Voice.PATIENT else ()
        self.grid.say_first(texts.sentences(told))
        self._say_band()
        self._say_whole()
        self._nothing.setText(tr("No visit with a score yet.\nThe course appears here with the first one."))
        if self._stack.currentIndex() in (_CHART, _NOTHING):
            self._stack.setCurrentIndex(_NOTHING if composed.is_bare else _CHART)

    def _make_room(self) -> None:  # the table has the whole width
        self.side.setVisible(self._side_wanted and not self.deeds.table_is_shown)

    def _say_whole(self) -> None:  # the way back is offered only where one has zoomed or moved
        self.head.whole.setVisible(self.window_of_time.range != self.window_of_time.home)

    def _say_band(self) -> None:
        """Name the band in full: in the side panel, or over the panels while that is hidden."""
        drawn = self._course and drawn_cohorts(self._course, self._offered)
        words = texts.band_words(self.choices.band) if drawn else ""
        self.side.options.say_band(words)
        self.head.band.setText(words)
        self.head.band.setVisible(bool(words) and not self._side_wanted)

    def _make_out(self) -> "Out":
        from tracker.ui.chart.out import Out

        return Out(self._stack, self._jobs, self.window_of_time, self._workspace)

    def _take_parent(self, cohort: str, parent: str) -> None:
        assert self._course is not None
        kept = self._course.episode.read_against
        self.choose_cohorts(tuple(dict.fromkeys(parent if one == cohort else one for one in kept)))
