"""The side of the window: the search field's list and its count. Asks for lines through a function it is given."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from tracker.core.messages import ntr, tr
from tracker.ui.patient_list import PatientDelegate, PatientModel, Role
from tracker.ui.widgets import label

if TYPE_CHECKING:
    from tracker.services.patients import PatientList

WIDTH = 290
OWN_CONTROL_KEYS = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Left, Qt.Key.Key_Right)
"""With Ctrl these edit the search text; every other belongs to the window."""


ACTION_SIGNS = (">", "\N{FULLWIDTH GREATER-THAN SIGN}")
"""What begins with one of these asks for an action, not for a patient."""
_OF_ACTIONS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
"""Keys left to the list of actions."""

Search = Callable[[str], "PatientList"]


class SearchField(QLineEdit):
    """The search field: arrows move in the list while it keeps the focus, Enter opens, Escape empties it."""

    moved = Signal(int)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText(tr("Find a patient   Ctrl+K"))
        self.setAccessibleName(tr("Find a patient by name, number or condition"))
        self.setToolTip(tr("Name, number or condition; > finds an action by its words"))

    def event(self, event: QEvent) -> bool:
        """Qt's: leave the window its shortcuts; on X11 a field would keep Ctrl+E and others for moving the cursor."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and event.key() not in OWN_CONTROL_KEYS
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: keys that belong to the list go there."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if self.text().startswith(ACTION_SIGNS) and key in _OF_ACTIONS:
            if key == Qt.Key.Key_Escape:
                self.clear()
            event.ignore()
        elif key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class PatientSide(QWidget):
    """Patients found, with a count. ``patient_opened`` carries the key of the one chosen."""

    patient_opened = Signal(str)

    def __init__(self, field: SearchField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setMinimumWidth(WIDTH - 40)
        self.setMaximumWidth(WIDTH + 160)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = field
        self._search: Search | None = None
        self.model = PatientModel()
        self.count = label("", "small")
        self.count.setContentsMargins(12, 8, 12, 6)
        self.view = self._build_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.count)
        layout.addWidget(self.view, 1)
        field.textChanged.connect(self._typed)
        field.moved.connect(self.step)
        field.opened.connect(self._open_current)

    def _build_view(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(PatientDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(tr("Patients"))
        view.clicked.connect(self._clicked)
        view.activated.connect(self._clicked)
        return view

    def sizeHint(self) -> QSize:
        """Qt's: wide enough for a name and a date."""
        return QSize(WIDTH, 400)

    def set_search(self, search: Search | None) -> None:
        """Ask *search* for lines from now on (None: no file is open)."""
        self._search = search
        self.refresh()

    def refresh(self, select: str | None = None) -> None:
        """Ask again, and keep the selected patient selected (or select *select*)."""
        kept = select or self.current_id()
        self._fill()
        self.select(kept)

    def current_id(self) -> str:
        """Return the key of the selected patient, empty for none."""
        index = self.view.currentIndex()
        return str(index.data(Role.ID)) if index.isValid() else ""

    def select(self, patient_id: str) -> None:
        """Select a patient without opening it; nothing is selected if the list has not got it."""
        row = self.model.row_of(patient_id)
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def step(self, steps: int) -> None:
        """Move the selection by *steps* rows."""
        rows = self.model.rowCount()
        if rows:
            row = self.view.currentIndex().row() + steps
            self.view.setCurrentIndex(self.model.index(min(max(row, 0), rows - 1)))

    def _typed(self) -> None:
        if self._field.text().startswith(ACTION_SIGNS):
            return
        self._fill()
        if self._field.text() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))

    def _fill(self) -> None:
        if self._search is None:
            self.model.set_lines(())
            self.count.setText("")
            return
        text = self._field.text()
        if text.startswith(ACTION_SIGNS):
            text = ""
        result = self._search(text)
        self.model.set_lines(result.lines)
        self.count.setText(count_words(result, searching=bool(text.strip())))

    def _open_current(self) -> None:
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
        if self.current_id():
            self.view.setFocus()
            self.patient_opened.emit(self.current_id())

    def _clicked(self, index: QModelIndex) -> None:
        self.patient_opened.emit(str(index.data(Role.ID)))


def count_words(result: "PatientList", *, searching: bool) -> str:
    """Return the line over the list: how many of how many, and whether more were found than are shown."""
    shown = len(result.lines)
    if searching:
        text = tr("{found} of {total} patients", found=result.found, total=result.total)
    elif not result.total:
        text = tr("No patient yet: Ctrl+N adds the first")
    else:
        text = ntr("{count} patient", "{count} patients", result.total)
    if shown < result.found:
        text += " \N{MIDDLE DOT} " + tr("first {shown} shown", shown=shown)
    return text
