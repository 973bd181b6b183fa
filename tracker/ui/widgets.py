"""Small building blocks every page shares; what the first paint does not need is imported late."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QScrollArea


class ChoiceBox(QComboBox):
    """A list of choices that the wheel passes by: scrolling a page under the mouse must change nothing."""

    def wheelEvent(self, event: "QWheelEvent") -> None:
        """Qt's: leave the wheel to the page."""
        event.ignore()


def today() -> datetime.date:
    """Return the local date."""
    return datetime.datetime.now().astimezone().date()


def label(text: str, tone: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in one of the style sheet's tones; its text is never read as HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def chip(text: str, kind: str = "plain", hint: str = "") -> QLabel:
    """Return a rounded label; *kind* is plain, treatment, due, good or missing."""
    from PySide6.QtWidgets import QSizePolicy

    made = label(text)
    made.setProperty("chip", kind)
    made.setToolTip(hint)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def button(text: str, pressed: Callable[[], object], look: str = "", *, hint: str = "") -> QPushButton:
    """Return a button; *look* is empty, main (the one thing to do here) or quiet."""
    made = QPushButton(text)
    made.setProperty("look", look)
    made.setToolTip(hint)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def column(*widgets: QWidget, spacing: int = 6, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return the widgets one under the other."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def row(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    """Return the widgets side by side, at the left."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def card(inside: QLayout, margin: int = 14) -> QFrame:
    """Return a white rounded frame around *inside*."""
    frame = QFrame()
    frame.setObjectName("card")
    inside.setContentsMargins(margin, margin, margin, margin)
    frame.setLayout(inside)
    return frame


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def scrolled(widget: QWidget) -> "QScrollArea":
    """Return *widget* in a frameless scroll area that shows the page's colour."""
    from PySide6.QtWidgets import QScrollArea

    area = QScrollArea()
    area.setObjectName("plain")
    widget.setObjectName("plain")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll what holds *widget* until all of it is seen, as soon as it has its size."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QScrollArea

    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        QTimer.singleShot(0, widget, partial(around.ensureWidgetVisible, widget, 0, 20))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet asks for, and have the widget drawn by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in *layout*."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            clear(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
