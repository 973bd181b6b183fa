"""One plot: a pyqtgraph view with a view box for time, and one item of our own that paints everything.

pyqtgraph gives the scene, pan and zoom; its PlotItem is left out (it costs ten times as much to build) and its curve
items too (they redraw many times slower than one hand-written item).
"""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsLinearLayout, QToolTip, QWidget

from tracker.ui.chart.frame import PANEL_MARGINS, Frame, Margins
from tracker.ui.chart.hints import folded
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.time_window import PAN_STEP, ZOOM_STEP, TimeWindow

_PAGE_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys that belong to the page that scrolls, not to a plot."""

_NOT_OURS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_STILL = 4.0
"""Pixels: a press and a release no further apart are a click."""

Painting = Callable[[QPainter], None]
Hover = Callable[[QPointF], str]


class Picture(pg.GraphicsObject):  # type: ignore[misc]
    """The item that paints a plot in pixels; the mouse passes through it to the view box."""

    def __init__(self, owner: pg.GraphicsWidget, painting: Painting) -> None:
        super().__init__(owner)
        self._owner = owner
        self._painting = painting
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(10)

    def boundingRect(self) -> QRectF:
        """Return the whole plot, axes included."""
        return QRectF(self._owner.rect())

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the plot."""
        self._painting(painter)


class Plot(QObject):
    """Holds the view of one panel or of the lane, linked to the shared time window."""

    def __init__(self, window: TimeWindow, painting: Painting, hover: Hover, margins: Margins = PANEL_MARGINS) -> None:
        super().__init__()
        self._time = window
        self._hover = hover
        self._margins = margins
        self._painting = painting
        self._focus_colour = QColor()
        self.wheel_zooms: Callable[[], bool] = lambda: True
        """Whether a wheel without Ctrl may zoom (it must not where the page has to scroll)."""
        self.other_keys: Callable[[QKeyEvent], bool] = lambda _: False
        """What else a key may mean here; asked first."""
        self.clicked: Callable[[QPointF], None] = lambda _: None
        """What a click without a drag does."""
        self._pressed_at: QPointF | None = None
        self.widget = pg.GraphicsView(background=None)
        # One item paints everything and says when: a scene that watched its items would paint a changed plot twice.
        self.widget.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.widget.setObjectName("plot")
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box = pg.ViewBox(enableMenu=False)
        self.box.setMouseEnabled(x=True, y=False)
        self._central = pg.GraphicsWidget()
        layout = QGraphicsLinearLayout(self._central)
        layout.setContentsMargins(*margins)
        layout.addItem(self.box)
        self.picture = Picture(self._central, self._paint)
        self.widget.setCentralItem(self._central)
        self.box.disableAutoRange()
        self._follow(*window.range)
        self.box.sigXRangeChanged.connect(self._was_dragged)
        window.changed.connect(self._follow)
        self.widget.installEventFilter(self)
        self.widget.viewport().installEventFilter(self)
        self.widget.viewport().setMouseTracking(True)

    def frame(self, low: float = 0, high: float = 1) -> Frame:
        """Return the frame of this plot as shown now, for a scale's range."""
        return Frame.within(self.picture.boundingRect(), self._margins, self._time.range, (low, high), self._time.axis)

    def repaint(self) -> None:
        """Paint anew: the data, the words or the colours have changed."""
        self.widget.viewport().update()

    def _follow(self, first: float, last: float) -> None:
        self.box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.box.setXRange(first, last, padding=0)
        self.box.blockSignals(False)  # noqa: FBT003
        self.repaint()

    def _was_dragged(self, _box: object, shown: tuple[float, float]) -> None:
        self._time.show(*shown)
        if self._time.range != tuple(shown):
            self._follow(*self._time.range)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give keys, wheel, double click and hover their meaning."""
        handlers: dict[QEvent.Type, Callable[[QEvent], bool]] = {
            QEvent.Type.KeyPress: self._key,
            QEvent.Type.Wheel: self._wheel,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.ToolTip: self._tool_tip,
            QEvent.Type.FocusIn: self._focus,
            QEvent.Type.FocusOut: self._focus,
        }
        handler = handlers.get(event.type())
        return handler(event) if handler else super().eventFilter(watched, event)

    def _key(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        actions: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self._time.pan(-PAN_STEP),
            Qt.Key.Key_Right: lambda: self._time.pan(PAN_STEP),
            Qt.Key.Key_Plus: lambda: self._time.zoom(1 / ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self._time.zoom(1 / ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self._time.zoom(ZOOM_STEP),
            Qt.Key.Key_0: self._time.reset,
            Qt.Key.Key_Home: self._time.reset,
        }
        if self.other_keys(event):
            return True
        if event.key() in _PAGE_KEYS:
            event.ignore()
            return True
        if event.modifiers() & _NOT_OURS:
            return False
        action = actions.get(event.key())
        if action is None:
            return False
        action()
        return True

    def _wheel(self, event: QEvent) -> bool:
        assert isinstance(event, QWheelEvent)
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not (with_ctrl or self.wheel_zooms()):
            event.ignore()
            return True
        turns = event.angleDelta().y() / 120
        anchor = self.frame().months(event.position().x())
        self._time.zoom(ZOOM_STEP**-turns, anchor)
        event.accept()
        return True

    def _double_click(self, _event: QEvent) -> bool:
        self._time.reset()
        return True

    def _move(self, event: QEvent) -> bool:
        assert isinstance(event, QMouseEvent)
        if not event.buttons():
            self._say(event.position(), event.globalPosition().toPoint())
        return False

    def _press(self, event: QEvent) -> bool:
        assert isinstance(event, QMouseEvent)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed_at = event.position() if left else None
        return False

    def _release(self, event: QEvent) -> bool:
        assert isinstance(event, QMouseEvent)
        start, self._pressed_at = self._pressed_at, None
        if start is not None and (event.position() - start).manhattanLength() <= _STILL:
            self.clicked(event.position())
        return False

    def _tool_tip(self, event: QEvent) -> bool:
        assert isinstance(event, QHelpEvent)
        self._say(QPointF(event.pos()), event.globalPos())
        return True

    def _say(self, at: QPointF, where: QPoint) -> None:
        text = self._hover(at)
        viewport: QWidget = self.widget.viewport()
        if text:
            QToolTip.showText(where, folded(text), viewport)
        elif QToolTip.isVisible():
            QToolTip.hideText()

    def _focus(self, _event: QEvent) -> bool:
        self.repaint()
        return False

    def _paint(self, painter: QPainter) -> None:
        painter.save()
        self._painting(painter)
        painter.restore()
        if self.widget.hasFocus():
            painter.setPen(QPen(self._focus_colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.picture.boundingRect().adjusted(1, 1, -1, -1), 5, 5)

    def set_palette(self, palette: Palette) -> None:
        """Take the paper and the focus ring of the theme."""
        self._focus_colour = palette.focus
        self.widget.setBackground(palette.paper)
        self.repaint()
