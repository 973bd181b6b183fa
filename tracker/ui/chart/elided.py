"""A label that shortens its text to the room it has."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """A label that shortens its text to the room it has and keeps the whole of it as hint."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._whole = self._short = ""
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(30)

    def say(self, text: str, short: str = "") -> None:
        """Show *text*; where there is no room for it *short*, and shortened where even that must be."""
        if (text, short) == (self._whole, self._short):
            return
        self._whole, self._short = text, short
        self.setToolTip(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        """Fit the text to the new width."""
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        fits = not self._short or metrics.horizontalAdvance(self._whole) <= self.width()
        text = self._whole if fits else self._short
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
