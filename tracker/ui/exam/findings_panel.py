"""The panel beside the grid: what is still needed, or the classification with its steps; the totals."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.core.messages import Message, msg, ntr, say, tr
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.findings import FIELDS
from tracker.ui.exam.field_value import FieldValue
from tracker.ui.exam.reading import STAR, VERIFY, Reading, TotalLine, finding_words, needed, step_words
from tracker.ui.theme import Theme
from tracker.ui.widgets import label, rule

_ROWS: tuple[tuple[Message, str, str], ...] = (
    (msg("Sensory level"), "rightSensory", "leftSensory"),
    (msg("Motor level"), "rightMotor", "leftMotor"),
    (msg("Sensory zone"), "rightSensoryZpp", "leftSensoryZpp"),
    (msg("Motor zone"), "rightMotorZpp", "leftMotorZpp"),
)
_LARGE: Mapping[str, Message] = {
    "nli": msg("Neurological level"),
    "ais": msg("AIS grade"),
}
_COMPLETE, _COMPLETE_NAME = "complete", msg("Injury")
_TOTAL_COLUMNS = 4
_TOTAL_WIDTH = 38


class FindingsPanel(QScrollArea):
    """Live classification and totals."""

    cell_wanted = Signal(str)
    """Go to this cell."""
    copied = Signal()
    """The classification is wanted as text."""
    printed = Signal()
    """The classification is wanted on paper."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("plain")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._next = ""
        self.heading, self.to_go = label("", "section"), label("", "title")
        self.next, self.problem = QPushButton(), label("", "warn", wrap=True)
        self.waiting, self.verify = label("", "soft", wrap=True), label("", "small", wrap=True)
        self.next.setProperty("look", "quiet")
        self.next.clicked.connect(lambda: self.cell_wanted.emit(self._next))
        self.all_steps, self.copy, self.print = QPushButton(), QPushButton(), QPushButton()
        for button in (self.all_steps, self.copy, self.print):
            button.setProperty("look", "quiet")
        self.all_steps.clicked.connect(self.toggle_steps)
        self.copy.clicked.connect(self.copied.emit)
        self.print.clicked.connect(self.printed.emit)
        self.steps = label("", "", wrap=True)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.values: dict[str, FieldValue] = {}
        self._open: set[str] = set()
        self._reading: Reading | None = None
        self._names = {field: label("", "small") for field in _LARGE} | {row[1]: label("", "soft") for row in _ROWS}
        self._names[_COMPLETE] = label("", "soft")
        self._sides = label("", "small"), label("", "small")
        self._totals_heading = label("", "section")
        self._totals: list[list[QWidget]] = []
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("plain")
        box = QVBoxLayout(inner)
        box.setContentsMargins(14, 9, 12, 8)
        box.setSpacing(5)
        box.addWidget(self.heading)
        for widget in (self.to_go, self.waiting, self.problem):
            box.addWidget(widget)
        box.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        self._result = QWidget()
        inside = QVBoxLayout(self._result)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addLayout(self._large())
        inside.addLayout(self._table())
        buttons = QHBoxLayout()
        buttons.addWidget(self.all_steps)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.print)
        buttons.addStretch(1)
        inside.addWidget(self.steps)
        inside.addLayout(buttons)
        box.addWidget(self._result)
        box.addWidget(rule())
        box.addWidget(self._totals_heading)
        self._totals_grid = QGridLayout()
        self._totals_grid.setVerticalSpacing(2)
        self._totals_grid.setColumnStretch(0, 1)
        for column in range(1, _TOTAL_COLUMNS + 1):
            self._totals_grid.setColumnMinimumWidth(column, _TOTAL_WIDTH)
        box.addLayout(self._totals_grid)
        box.addWidget(self.verify)
        box.addStretch(1)
        self.setWidget(inner)

    def _value(self, field: str, *, large: bool = False) -> FieldValue:
        made = FieldValue(field, self.theme, large=large)
        made.asked.connect(self.toggle_field)
        self.values[field] = made
        return made

    def _large(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for column, field in enumerate(_LARGE):
            grid.addWidget(self._names[field], 0, column)
            grid.addWidget(self._value(field, large=True), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        for column, side in enumerate(self._sides, start=1):
            side.setContentsMargins(4, 0, 0, 0)
            grid.addWidget(side, 0, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._names[_COMPLETE], len(_ROWS) + 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._value(_COMPLETE), len(_ROWS) + 1, 1, 1, 2)
        for row, (_name, right, left) in enumerate(_ROWS, start=1):
            grid.addWidget(self._names[right], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._value(right), row, 1)
            grid.addWidget(self._value(left), row, 2)
        return grid

    def write(self) -> None:
        """Write the fixed words."""
        self.heading.setText(tr("Classification \N{MIDDLE DOT} live"))
        self.waiting.setText(tr("Nothing is classified while a cell is blank."))
        self.verify.setText(say(VERIFY))
        self.copy.setText(tr("&Copy as text"))
        self.print.setText(tr("&Print"))
        for field, name in _LARGE.items():
            self._names[field].setText(say(name))
        self._names[_COMPLETE].setText(say(_COMPLETE_NAME))
        for name, right, _left in _ROWS:
            self._names[right].setText(say(name))
        for side, text in zip(self._sides, (tr("right"), tr("left")), strict=True):
            side.setText(text)
        self._write_steps()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of *theme*."""
        self.theme = theme
        for value in self.values.values():
            value.theme = theme
            value.update()

    def show_needed(self, blank: tuple[str, ...]) -> None:
        """Say how many cells are blank and which is next."""
        self._state(None)
        self.to_go.setText(ntr("{count} cell to go", "{count} cells to go", len(blank)))
        self._next = blank[0]
        self.next.setText(needed(blank))
        for widget in (self.to_go, self.waiting, self.next):
            widget.show()

    def show_busy(self) -> None:
        """Say that the classification is being worked out."""
        self._state(None)
        self.to_go.setText(tr("Classifying\N{HORIZONTAL ELLIPSIS}"))
        self.to_go.show()

    def show_reading(self, reading: Reading | InvalidExamError) -> None:
        """Show the classification, or what is wrong with the exam."""
        if isinstance(reading, InvalidExamError):
            self._state(None)
            self.problem.setText(say(reading.message))
            self.problem.show()
            return
        self._state(reading)
        for field, finding in reading.classification.findings.items():
            self.values[field].write(say(FIELDS[field]), finding_words(field, finding))
        self._write_steps()

    def _state(self, reading: Reading | None) -> None:
        self._reading = reading
        self._result.setVisible(reading is not None)
        for widget in (self.to_go, self.waiting, self.next, self.problem):
            widget.hide()

    @property
    def reading(self) -> Reading | None:
        """The classification shown, None while there is none."""
        return self._reading

    def show_totals(self, lines: Sequence[TotalLine], since: str) -> None:
        """Show the totals; *since* is the date they are compared with, empty without one."""
        title = tr("Totals \N{MIDDLE DOT} change since {date}", date=since) if since else tr("Totals")
        self._totals_heading.setText(title)
        heads = ("", tr("right"), tr("left"), tr("both"), "")
        rows = [heads, *((say(line.name), line.right, line.left, line.both, line.change) for line in lines)]
        while len(self._totals) < len(rows):
            made: list[QWidget] = [label("", "small") for _ in heads]
            for column, widget in enumerate(made):
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                self._totals_grid.addWidget(widget, len(self._totals), column, side)
            self._totals.append(made)
        for row, (texts, widgets) in enumerate(zip(rows, self._totals, strict=True)):
            for column, (text, widget) in enumerate(zip(texts, widgets, strict=True)):
                widget.setText(text)  # type: ignore[attr-defined]
                widget.setProperty("tone", self._tone(row, column, text))
                widget.style().polish(widget)

    @staticmethod
    def _tone(row: int, column: int, text: str) -> str:
        if row == 0:
            return "small"
        if column == _TOTAL_COLUMNS and text:
            return {"+": "good", "\N{MINUS SIGN}": "warn"}.get(text[0], "soft")
        return "" if column == _TOTAL_COLUMNS - 1 else "soft"

    # Steps.

    def toggle_field(self, field: str) -> None:
        """Show or hide the steps of one field."""
        self._open = set() if self._open == {field} else {field}
        self._write_steps()

    def toggle_steps(self) -> None:
        """Show or hide the steps of every field."""
        self._open = set() if self._open else set(FIELDS)
        self._write_steps()

    def _write_steps(self) -> None:
        for field, value in self.values.items():
            value.open = self._open == {field}
            value.update()
        self.all_steps.setText(tr("&Hide the steps") if self._open else tr("&Show the steps"))
        shown = self._reading is not None and bool(self._open)
        self.steps.setVisible(shown)
        if self._reading is None or not shown:
            return
        parts = []
        for field in FIELDS:
            if field in self._open:
                finding = finding_words(field, self._reading.classification.findings[field])
                lines = [tr("{field}: {result}", field=say(FIELDS[field]), result=finding)]
                lines += [f"{at}. {step_words(step)}" for at, step in enumerate(self._reading.steps[field], start=1)]
                parts.append("\n".join(lines))
        if any(found.star for found in self._reading.classification.findings.values()):
            parts.append(tr("{mark} rests on a starred cell", mark=STAR))
        self.steps.setText("\n\n".join(parts))
