"""A form: fields one under the other, each with its own complaint beside it; Enter goes on, Ctrl+Enter saves.

Knows no record: a form asks for texts and choices, parses them with functions it is given, and puts the words of a
``TrackerError`` beside the field it is about.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.ui.widgets import ChoiceBox, label, restyle

T = TypeVar("T")
Choices = Sequence[tuple[str, str]]
"""Code and label."""


class EmptyFieldError(TrackerError):
    """A field that has to be filled is empty."""


def required(text: str) -> str:
    """Return *text* without outer spaces; raises EmptyFieldError."""
    if not text.strip():
        raise EmptyFieldError(msg("fill this in"))
    return text.strip()


def chosen(code: str) -> str:
    """Return the *code* chosen from a closed list; raises EmptyFieldError while it stands at "choose"."""
    if not code:
        raise EmptyFieldError(msg("choose one"))
    return code


def optional(text: str) -> str | None:
    """Return *text* without outer spaces, None for nothing."""
    return text.strip() or None


def or_none(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """Return *parse* that takes an empty field for None."""
    return lambda text: parse(text) if text.strip() else None


class Form(QWidget):
    """Fields by name. ``submitted`` when Enter is pressed on the last one or Ctrl+Enter anywhere."""

    submitted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(30)
        self._grids: list[QGridLayout] = []
        self.next_column()
        self._editors: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._complaints: dict[str, QLabel] = {}

    def section(self, title: str) -> QLabel:
        """Begin a group of fields under *title*."""
        heading = label(title, "section")
        grid = self._grids[-1]
        if grid.count():
            heading.setContentsMargins(0, 10, 0, 0)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        return heading

    def next_column(self, stretch: int = 10) -> None:
        """Put what follows beside what is there; *stretch* shares the width out (long labels ask for more)."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._grids.append(grid)
        self._across.addLayout(grid, stretch)

    def end(self) -> None:
        """Push the fields to the top; call when all are there."""
        for grid in self._grids:
            grid.setRowStretch(grid.rowCount(), 1)

    def text(self, name: str, title: str, value: str = "", hint: str = "") -> QLineEdit:
        """Add a field of one line."""
        editor = QLineEdit(value)
        editor.setPlaceholderText(hint)
        editor.textEdited.connect(lambda _text: self.complain(name, ""))
        self._add(name, title, editor)
        return editor

    def suggest(self, name: str, texts: Sequence[str]) -> None:
        """Offer *texts* while the field is typed into; anything else may be typed too."""
        completer = QCompleter(list(texts), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:  # typed as optional; a line edit's completer always has one
            popup.setObjectName("suggestions")
        self.line(name).setCompleter(completer)

    def choice(self, name: str, title: str, choices: Choices, chosen: str = "") -> QComboBox:
        """Add a closed list; ``currentData`` is the code."""
        editor = ChoiceBox()
        editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        editor.setMinimumContentsLength(12)
        editor.currentIndexChanged.connect(lambda _row: self.complain(name, ""))
        self._add(name, title, editor)
        self.offer(name, choices, chosen)
        return editor

    def offer(self, name: str, choices: Choices, chosen: str = "") -> None:
        """Put other *choices* into a closed list."""
        box = self.box(name)
        box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        box.clear()
        for code, text in choices:
            box.addItem(text, code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)  # noqa: FBT003

    def tick(self, name: str, title: str, *, value: bool = False) -> QCheckBox:
        """Add a box to tick."""
        editor = QCheckBox(title)
        editor.setChecked(value)
        self._add(name, "", editor)
        editor.setAccessibleName(title)
        return editor

    def line(self, name: str) -> QLineEdit:
        """Return the field of one line called *name*."""
        editor = self._editors[name]
        if not isinstance(editor, QLineEdit):
            raise TypeError(name)
        return editor

    def box(self, name: str) -> QComboBox:
        """Return the closed list called *name*."""
        editor = self._editors[name]
        if not isinstance(editor, QComboBox):
            raise TypeError(name)
        return editor

    def ticked(self, name: str) -> bool:
        """Return whether the box called *name* is ticked."""
        editor = self._editors[name]
        return isinstance(editor, QCheckBox) and editor.isChecked()

    def has(self, name: str) -> bool:
        """Return whether there is a field called *name*."""
        return name in self._editors

    def raw(self, name: str) -> str:
        """Return what a field holds: the text typed, or the code chosen."""
        editor = self._editors[name]
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return self.line(name).text()

    def show_field(self, name: str, *, shown: bool, title: str | None = None) -> None:
        """Show or hide a field with its label."""
        for widget in (self._labels[name], self._editors[name]):
            widget.setVisible(shown)
        self._complaints[name].setVisible(shown and bool(self._complaints[name].text()))
        if title is not None:
            self._labels[name].setText(title)
            self._editors[name].setAccessibleName(title)

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """Return the parsed field; a complaint is put beside it and None returned where it cannot be read."""
        try:
            value = parse(self.raw(name))
        except TrackerError as error:
            self.complain(name, str(error))
            return None
        self.complain(name, "")
        return value

    def complain(self, name: str, text: str) -> None:
        """Put *text* beside a field (nothing takes the complaint away); the first wrong field gets the focus."""
        first = bool(text) and not self.complaints()
        self._complaints[name].setText(text)
        self._complaints[name].setVisible(bool(text))
        restyle(self._editors[name], "wrong", "true" if text else "false")
        self._editors[name].setAccessibleDescription(text)
        if first:
            self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def forgive(self) -> None:
        """Take every complaint away, before all is read anew."""
        for name in self.complaints():
            self.complain(name, "")

    def values(self) -> dict[str, str]:
        """Return what each line and closed list holds."""
        return {name: self.raw(name) for name, editor in self._editors.items() if not isinstance(editor, QCheckBox)}

    def shown(self, name: str) -> str:
        """Return what a field shows: the text typed, or the label chosen."""
        editor = self._editors[name]
        return editor.currentText() if isinstance(editor, QComboBox) else self.line(name).text()

    def ticks(self) -> dict[str, bool]:
        """Return which boxes are ticked."""
        return {name: editor.isChecked() for name, editor in self._editors.items() if isinstance(editor, QCheckBox)}

    def set_tick(self, name: str, *, value: bool) -> None:
        """Tick a box or take the tick away."""
        editor = self._editors[name]
        if isinstance(editor, QCheckBox):
            editor.setChecked(value)

    def fill(self, values: Mapping[str, str]) -> None:
        """Put *values* back, in the order of the fields: a choice may decide what a later one offers."""
        for name, value in values.items():
            editor = self._editors[name]
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            else:
                self.line(name).setText(value)

    def complaints(self) -> dict[str, str]:
        """Return the complaints by field."""
        return {name: shown.text() for name, shown in self._complaints.items() if shown.text()}

    def start(self) -> None:
        """Put the focus on the first field."""
        first = next(editor for editor in self._editors.values() if editor.isEnabled())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Enter goes to the next field and saves on the last; Ctrl+Enter saves; Escape leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._entered(watched, saves=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().eventFilter(watched, event)

    def _entered(self, watched: QObject, *, saves: bool) -> None:
        editors = [editor for editor in self._editors.values() if editor.isVisible()]
        following = editors[editors.index(watched) + 1 :] if watched in editors else []
        if saves or not following:
            self.submitted.emit()
        else:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, name: str, title: str, editor: QWidget) -> None:
        grid = self._grids[-1]
        line = grid.rowCount()
        shown = label(title, "soft")
        shown.setBuddy(editor)
        complaint = label("", "warn", wrap=True)
        complaint.hide()
        editor.setAccessibleName(title)
        editor.installEventFilter(self)
        grid.addWidget(shown, line, 0)
        grid.addWidget(editor, line, 1)
        grid.addWidget(complaint, line + 1, 1)
        self._editors[name], self._labels[name], self._complaints[name] = editor, shown, complaint
