"""The line over the panels: what the marks mean, what the months count from, what can be done with the page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.core.messages import ntr, say, tr
from tracker.services.courses import Course
from tracker.services.reviews import Review
from tracker.ui.chart.chart_choices import ChartChoices
from tracker.ui.chart.composed import Composed
from tracker.ui.chart.elided import ElidedLabel
from tracker.ui.chart.panel_menu import PanelDeed
from tracker.ui.chart.time_axis import TimeChoice
from tracker.ui.widgets import button, label


class PageHead(QWidget):
    """Words and buttons over the lane; ``deed_wanted`` names what is to be done with the whole course."""

    whole_wanted = Signal()
    zoom_wanted = Signal()
    table_wanted = Signal()
    review_wanted = Signal()
    side_wanted = Signal()
    deed_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ElidedLabel("small")
        self.band = label("", "small", wrap=True)
        self.recovery = label("", "warn", wrap=True)
        self.trouble = label("", "warn", wrap=True)
        self.whole = button("", self.whole_wanted.emit, "link")
        self.zoom = button("", self.zoom_wanted.emit, "link")
        self.table = button("", self.table_wanted.emit, "link")
        self.review = button("", self.review_wanted.emit, "link")
        self.side = button("", self.side_wanted.emit, "link")
        self.save = QPushButton()
        self.save.setProperty("look", "link")
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.key, 1)
        for part in (self.review, self.zoom, self.whole, self.table, self.save, self.side):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 3, 12, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        for words in (self.band, self.recovery, self.trouble):
            layout.addWidget(words)
            words.hide()
        self.side.hide()

    def retranslate(self) -> None:
        """Say the fixed words in the language in use."""
        self.whole.setText(tr("Whole course"))
        self.whole.setToolTip(
            tr("Key 0. Plus and minus or Ctrl and the wheel zoom, left and right or dragging move; all panels follow.")
        )
        self.table.setText(tr("Table"))
        self.table.setToolTip(tr("Every point with its change, verdict and place, as a table (Ctrl+Alt+T)"))
        self.review.setText(tr("Mark as reviewed"))
        self.side.setText(tr("Read against"))
        self.side.setToolTip(tr("Show the studies (Alt+R)"))
        self.save.setText(tr("Save ▾"))
        self.save.setToolTip(tr("The whole course as a picture, or the data behind it"))
        menu = QMenu(self)
        for deed, words in (
            (PanelDeed.COPY, tr("Copy the course as picture")),
            (PanelDeed.SAVE, tr("Save the course as PNG, SVG or PDF...")),
            (PanelDeed.DATA, tr("Save the data as CSV...")),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, chosen=deed: self.deed_wanted.emit(chosen.value))
        self.save.setMenu(menu)

    def say_zoomed(self, *, zoomed: bool) -> None:
        """Say what the y axis shows, and what the button does."""
        self.zoom.setText(tr("Full range") if zoomed else tr("Zoom y"))
        self.zoom.setToolTip(
            tr("The y axes show only a part of each scale. Show the full range (Y)")
            if zoomed
            else tr("Show only the part of each scale that is used (Y)")
        )

    def say_composed(self, composed: Composed, choices: ChartChoices) -> None:
        """Say what the marks mean, what the months are counted from, what is new, and what recovers by itself."""
        words = tr("● this patient  ◎ baseline  ✕ no score")
        axis = axis_words(composed.comparison.course, composed.axis.choice)
        self.key.say("    ".join(part for part in (words, axis) if part))
        self._say_new(composed.new, choices.reviewed)
        recovery = next((one.drawing.recovery for one in composed.panels if one.drawing.recovery), None)
        self.recovery.setText("" if recovery is None else say(recovery))
        self.recovery.setVisible(recovery is not None)

    def _say_new(self, new: int, reviewed: Review | None) -> None:
        """Say how many forms are new since the last review (None: there was none)."""
        words = tr("Mark as reviewed")
        if new:
            words = tr("◥ {new} · Mark as reviewed", new=ntr("{count} new form", "{count} new forms", new))
        self.review.setText(words)
        told = tr("Not reviewed yet. From then on, forms completed or changed later carry a mark.")
        if reviewed is not None:
            told = tr(
                "Last reviewed on {date} by {who}. Forms completed or changed since then carry a mark.",
                date=reviewed.at.astimezone().date().isoformat(),
                who=reviewed.by,
            )
        self.review.setToolTip(f"{told} (Ctrl+Alt+R)")

    def warn(self, text: str) -> None:
        """Say what went wrong; nothing where *text* is empty."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def axis_words(course: Course, time: TimeChoice = TimeChoice.MONTHS) -> str:
    """Say what the time axis is counted from."""
    if course.origin is None:
        return ""
    if time is TimeChoice.DATE:
        return tr("calendar dates")
    if time is TimeChoice.AGE:
        return tr("age of the patient, born {date}", date=str(course.patient.birth_date))
    if time is TimeChoice.ONSET:
        return tr("months since the onset, {date}", date=str(course.episode.onset_date))
    if course.origin_is_treatment:
        return tr("months since treatment on {date}", date=course.origin.isoformat())
    return tr("no treatment recorded: months since the first visit on {date}", date=course.origin.isoformat())
