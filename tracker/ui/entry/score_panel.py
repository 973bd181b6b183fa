"""The right side of the form: live scores, the question about an odd answer, how the answers were got."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.clinic.codes import EntryMode
from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.scales.model import Policy
from tracker.services.assessments import Said
from tracker.services.change_reasons import Asking
from tracker.ui import words
from tracker.ui.entry.reading import Reading, policy_name
from tracker.ui.entry.reason_field import ReasonField
from tracker.ui.entry.score_card import ScoreCard
from tracker.ui.theme import Theme
from tracker.ui.widgets import ChoiceBox

WIDTH = 308


class Question(QFrame):
    """A gentle question about one answer; it blocks nothing."""

    confirmed = Signal(str)
    change_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("kind", "warn")
        self._code = ""
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.yes, self.change = QPushButton(), QPushButton()
        self.yes.clicked.connect(lambda: self.confirmed.emit(self._code))
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._code))
        buttons = QHBoxLayout()
        buttons.addWidget(self.yes)
        buttons.addWidget(self.change)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._words)
        box.addLayout(buttons)
        self.hide()

    def ask(self, code: str, sentence: str) -> None:
        """Ask about the answer of item *code*."""
        self._code = code
        self._words.setText(sentence)
        self.yes.setText(tr("&Yes"))
        self.change.setText(tr("Cha&nge"))
        self.setAccessibleName(sentence)
        self.show()

    @property
    def sentence(self) -> str:
        """The question asked, empty while there is none."""
        return self._words.text() if not self.isHidden() else ""


class ScorePanel(QWidget):
    """Live scores and what belongs beside them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._cards: list[ScoreCard] = []
        self._heading, self._problem, self._more = QLabel(), QLabel(), QLabel()
        self._policy = QLabel()
        self._heading.setProperty("tone", "section")
        self._problem.setProperty("tone", "warn")
        self._more.setProperty("tone", "small")
        self._policy.setProperty("tone", "small")
        for label in (self._heading, self._problem, self._more, self._policy):
            label.setWordWrap(True)
        self.question = Question()
        self.mode, self.assessor, self.reason = ChoiceBox(), QLineEdit(), ReasonField()
        self._mode_label, self._assessor_label = QLabel(), QLabel()
        self._build()

    def _build(self) -> None:
        self._stack = QVBoxLayout()
        self._stack.setSpacing(9)
        inner = QWidget()
        inner.setObjectName("plain")
        box = QVBoxLayout(inner)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(9)
        box.addWidget(self._heading)
        box.addWidget(self._problem)
        box.addLayout(self._stack)
        for label in (self._more, self._policy):
            box.addWidget(label)
        box.addStretch(1)
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        form = QFormLayout()
        form.setContentsMargins(14, 4, 14, 10)
        self._mode_label.setBuddy(self.mode)
        self._assessor_label.setBuddy(self.assessor)
        form.addRow(self._mode_label, self.mode)
        form.addRow(self._assessor_label, self.assessor)
        form.addRow(self.reason.label, self.reason)
        asked = QVBoxLayout()
        asked.setContentsMargins(10, 0, 10, 4)
        asked.addWidget(self.question)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(area, 1)
        outer.addLayout(asked)
        outer.addLayout(form)

    def write(self, last_visit: str, policy: Policy, asking: Asking) -> None:
        """Write the fixed words; *last_visit* is its date, empty where there is none."""
        self.reason.ask(asking)
        live = tr("Live scores")
        mark = tr("mark: last visit, {date}", date=last_visit) if last_visit else tr("no earlier visit to compare with")
        self._heading.setText(tr("{heading} \N{MIDDLE DOT} {words}", heading=live, words=mark))
        self._policy.setText(tr("Rule for missing items: {name}", name=policy_name(policy)))
        self._policy.setToolTip(str(policy.note))
        self._mode_label.setText(tr("&How entered"))
        self._assessor_label.setText(tr("&Assessor"))
        self.assessor.setPlaceholderText(tr("who asked or observed"))
        chosen = self.mode.currentData()
        self.mode.clear()
        for mode in EntryMode:
            self.mode.addItem(words.label(mode), mode.value)
        self.set_mode(EntryMode(chosen) if chosen else EntryMode.UNKNOWN)

    def set_mode(self, mode: EntryMode) -> None:
        """Choose how the answers were got."""
        self.mode.setCurrentIndex(max(0, self.mode.findData(mode.value)))

    def show_how(self, mode: EntryMode, assessor: str | None, *, new: bool) -> None:
        """Show how the answers were got; a *new* form that does not say keeps what the one before it said."""
        if mode is not EntryMode.UNKNOWN or not new:
            self.set_mode(mode)
        if assessor or not new:
            self.assessor.setText(assessor or "")

    def chosen_mode(self) -> EntryMode:
        """Return how the answers were got."""
        return EntryMode(self.mode.currentData() or EntryMode.UNKNOWN.value)

    def said(self) -> Said:
        """Return what is said about the answers."""
        return {
            "mode": self.chosen_mode(),
            "assessor": self.assessor.text().strip() or None,
            "reason": self.reason.text(),
        }

    def show_readings(self, readings: Sequence[Reading] | TrackerError) -> None:
        """Show the scores, or which answers contradict each other."""
        failed = isinstance(readings, TrackerError)
        self._problem.setVisible(failed)
        if isinstance(readings, TrackerError):
            self._problem.setText(say(readings.message))
            for shown in (*self._cards, self._more):  # scores of other answers than these
                shown.hide()
            return
        charted = [reading for reading in readings if reading.charted]
        while len(self._cards) < len(charted):
            card = ScoreCard(self._theme)
            self._cards.append(card)
            self._stack.addWidget(card)
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(charted))
            if place < len(charted):
                card.show_reading(charted[place], self._theme)
        scored = [reading for reading in readings if not reading.charted and reading.part is not None]
        others = [tr("{score}: {value}", score=reading.title, value=reading.value) for reading in scored]
        self._more.setText("\n".join(others))
        self._more.setVisible(bool(others))

    @property
    def problem(self) -> str:
        """Which answers contradict each other, empty where none do."""
        return "" if self._problem.isHidden() else self._problem.text()

    def cards(self) -> tuple[ScoreCard, ...]:
        """Return the score cards, those of other scales hidden."""
        return tuple(self._cards)

    def set_theme(self, theme: Theme) -> None:
        """Paint the next readings in the colours of *theme*."""
        self._theme = theme
