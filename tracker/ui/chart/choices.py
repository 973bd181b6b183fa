"""The two buttons of the side panel: a cohort as a card, and one part of a segmented choice."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tracker.ui.theme import Theme, scaled

_PAD = 10
_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class CohortCard(QAbstractButton):
    """A cohort: name, what it is, and its colour where it is chosen; one that does not fit cannot be chosen."""

    def __init__(self, title: str, detail: str, theme: Theme, *, fits: bool = True) -> None:
        super().__init__()
        self._indent = 20 if fits else 0
        self._title, self._detail, self._theme = title, detail, theme
        self._rank = -1
        self.setCheckable(fits)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def title(self) -> str:
        """The cohort's name as shown."""
        return self._title

    def set_rank(self, rank: int) -> None:
        """Show the colour of the first (0) or second (1) cohort drawn; -1: not drawn."""
        self._rank = rank
        self.setChecked(rank >= 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the width in use."""
        title, detail = self._heights(self.width())
        return QSize(200, title + detail + 2 * _PAD - 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as both texts need at the new width."""
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        edge = "accent" if self.isChecked() or self.underMouse() or self.hasFocus() else "line"
        painter.setPen(QPen(QColor(colour(edge)), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colour("accent_soft" if self.isChecked() else "surface")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        title, detail = self._heights(self.width())
        left, width = _PAD + self._indent, self.width() - 2 * _PAD - self._indent
        if self.isCheckable():
            self._paint_mark(painter)
        painter.setFont(self._title_font())
        title_role = "text" if self.isCheckable() else "text_soft"
        painter.setPen(QColor(colour(title_role if self.isEnabled() else "text_faint")))
        painter.drawText(left, _PAD - 1, width, title, _FLAGS, self._title)
        painter.setFont(scaled(self.font(), 0.9))
        painter.setPen(QColor(colour("text_soft" if self.isEnabled() else "text_faint")))
        painter.drawText(left, _PAD - 1 + title, width, detail, _FLAGS, self._detail)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        colour = self._theme.colour
        box = QRectF(_PAD - 1, _PAD + 1, 13, 13)
        if self._rank < 0:
            painter.setPen(QPen(QColor(colour("line_strong")), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
            return
        suffix = "" if self._rank == 0 else "_2"
        painter.setPen(QPen(QColor(colour("study" + suffix)), 1.3))
        painter.setBrush(QColor(colour("band" + suffix)))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(QColor(colour("study" + suffix)), 2))
        painter.drawPolyline([box.topLeft() + QPointF(*step) for step in ((3, 6.5), (5.5, 9.5), (10, 3.5))])

    def _title_font(self) -> QFont:
        return scaled(self.font(), 1.0, bold=True) if self.isCheckable() else scaled(self.font(), 0.92)

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(60, width - 2 * _PAD - self._indent)
        title = QFontMetrics(self._title_font())
        detail = QFontMetrics(scaled(self.font(), 0.9))
        return (
            title.boundingRect(0, 0, room, 1000, _FLAGS, self._title).height() + 2,
            detail.boundingRect(0, 0, room, 1000, _FLAGS, self._detail).height(),
        )


class Segment(QAbstractButton):
    """One part of a row of choices, of which one is on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the word needs."""
        metrics = QFontMetrics(scaled(self.font(), 0.92, bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 10, metrics.height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        on = self.isChecked()
        painter.setPen(QPen(QColor(colour("accent" if on or self.hasFocus() else "line_strong")), 1))
        painter.setBrush(QColor(colour("accent_soft" if on else "surface")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 5, 5)
        painter.setFont(scaled(self.font(), 0.92, bold=on))
        painter.setPen(QColor(colour("text" if self.isEnabled() else "text_faint")))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
