"""The rows of choices in the side panel: band, own lines, time axis, voice."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart.chart_choices import KEPT, ChartChoices, LineChoice, Voice
from tracker.ui.chart.choices import Segment
from tracker.ui.chart.drawing import BandChoice
from tracker.ui.chart.time_axis import TimeChoice
from tracker.ui.theme import Theme
from tracker.ui.widgets import label

_TITLE = 40
Names = Mapping[StrEnum, tuple[str, str]]
"""A choice -> its word and its hint."""


class Row(QWidget):
    """One title and the choices under it, of which one is on."""

    chosen = Signal(str)

    def __init__(self, choices: type[StrEnum], theme: Theme) -> None:
        super().__init__()
        self._title = label("", "small")
        self._title.setMinimumWidth(_TITLE)
        self.segments: dict[StrEnum, Segment] = {choice: Segment(theme, self) for choice in choices}
        row = QHBoxLayout(self)
        row.setSpacing(3)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        for choice, segment in self.segments.items():
            segment.clicked.connect(lambda _=False, value=choice.value: self.chosen.emit(value))
            row.addWidget(segment, 1)

    def say(self, title: str, names: Names) -> None:
        """Say title and choices in the language in use."""
        self._title.setText(title)
        for choice, (name, hint) in names.items():
            self.segments[choice].setText(name)
            self.segments[choice].setToolTip(hint)
            self.segments[choice].setAccessibleName(f"{title}: {name}")


class Options(QWidget):
    """All rows; ``chosen`` gives the name of the choice (``band`` ...) and its value."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.band = Row(BandChoice, theme)
        self.lines = Row(LineChoice, theme)
        self.time = Row(TimeChoice, theme)
        self.voice = Row(Voice, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 12, 8)
        layout.setSpacing(4)
        self._band_words = label("", "small", wrap=True)
        for row, name in zip(self._rows(), KEPT, strict=True):
            row.chosen.connect(lambda value, name=name: self.chosen.emit(name, value))
            layout.addWidget(row)
            if row is self.band:
                layout.addWidget(self._band_words)

    def show_choices(self, choices: ChartChoices) -> None:
        """Show what is chosen."""
        for row, name in zip(self._rows(), KEPT, strict=True):
            row.segments[getattr(choices, name)].setChecked(True)

    def say_band(self, words: str) -> None:
        """Name the band in full under its row."""
        self._band_words.setText(words)
        self._band_words.setVisible(bool(words))

    def allow_time(self, allowed: Mapping[TimeChoice, str]) -> None:
        """Let only those time axes be chosen that the records allow: a choice -> why not, empty where it may."""
        for choice, why_not in allowed.items():
            segment = self.time.segments[choice]
            segment.setEnabled(not why_not)
            if why_not:
                segment.setToolTip(why_not)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        for row in self._rows():
            for segment in row.segments.values():
                segment.set_theme(theme)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        says: tuple[Callable[[], tuple[str, Names]], ...] = (_band_names, _line_names, _time_names, _voice_names)
        for row, names in zip(self._rows(), says, strict=True):
            row.say(*names())

    def _rows(self) -> tuple[Row, ...]:
        return self.band, self.lines, self.time, self.voice


def _band_names() -> tuple[str, Names]:
    return tr("Band"), {
        BandChoice.RANGE95: (tr("95 of 100"), tr("The range that would hold 95 of 100 people like those studied")),
        BandChoice.SD: (tr("SD"), tr("Mean plus and minus one SD between the patients studied")),
        BandChoice.OFF: (tr("off"), tr("Only what the study gives as its centre")),
    }


def _line_names() -> tuple[str, Names]:
    return tr("Lines"), {
        LineChoice.LIMITS: (tr("Limits"), tr("From the patient’s own baseline: MCID, measurement error and others")),
        LineChoice.PERCENT: (tr("Percent"), tr("From the patient’s own baseline: 20, 30, 50 and 70 % better")),
        LineChoice.OFF: (tr("off"), tr("No lines")),
    }  # fmt: skip


def _time_names() -> tuple[str, Names]:
    return tr("Axis"), {
        TimeChoice.MONTHS: (tr("Months"), tr("Months since the index treatment")),
        TimeChoice.DATE: (tr("Date"), tr("Calendar dates")),
        TimeChoice.AGE: (tr("Age"), tr("The patient’s age")),
        TimeChoice.ONSET: (tr("Onset"), tr("Months since the onset or injury")),
    }


def _voice_names() -> tuple[str, Names]:
    return tr("Words"), {
        Voice.CLINICIAN: (tr("Clinician"), tr("Sentences in the clinician’s words")),
        Voice.PATIENT: (tr("Patient"), tr("Sentences to be read with the patient")),
    }
