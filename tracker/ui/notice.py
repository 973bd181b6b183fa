"""The message bar: what happened or went wrong, in words, with at most one thing to do about it. Never modal."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from tracker.core.messages import tr
from tracker.ui.widgets import button, label, restyle

SHOWN_FOR = 9000
"""Milliseconds a piece of news stays; a warning stays until it is closed."""


class NoticeBar(QFrame):
    """One line above the page; a later message takes the place of an earlier one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._do: Callable[[], object] | None = None
        self._text = label("", wrap=True)
        self._offer = button("", self._take, "quiet")
        close = button(tr("Close"), self.hide, "quiet")
        for press in (self._offer, close):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it leaves the keys where they were typed
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._offer)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown, empty while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def offer_button(self) -> QPushButton:
        """The button that does what the message offers."""
        return self._offer

    def tell(self, text: str, offer: str = "", do: Callable[[], object] | None = None) -> None:
        """Show news, with an *offer* such as Undo; it goes by itself."""
        self._show(text, "news", offer, do)
        self._timer.start(SHOWN_FOR)

    def warn(self, text: str, offer: str = "", do: Callable[[], object] | None = None) -> None:
        """Show what went wrong; it stays until it is closed."""
        self._show(text, "warn", offer, do)
        self._timer.stop()

    def clear(self) -> None:
        """Hide the message and forget its words."""
        self.hide()
        self._text.setText("")
        self.setAccessibleName("")
        self._do = None

    def count_down(self, text: str, offer: str, do: Callable[[], object]) -> None:
        """Warn, or put other words into the warning that is shown with the same offer."""
        if not self.isHidden() and self._offer.text() == offer:
            self._text.setText(text)
        else:
            self.warn(text, offer, do)

    def settle(self) -> None:
        """Take a warning away that belongs to a page that was left; news goes by itself."""
        if not self._timer.isActive():
            self.hide()

    def _show(self, text: str, kind: str, offer: str, do: Callable[[], object] | None) -> None:
        restyle(self, "kind", kind)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._do = do
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _take(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()
