"""What can be done with one panel: its button, its menu, and the keys that do the same while its plot has the focus."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton

from tracker.core.messages import Message, msg, say, tr

_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class PanelDeed(StrEnum):
    """One thing to do with a panel."""

    TABLE = "table"
    WORDS = "words"
    EARLIER = "earlier"
    LATER = "later"
    HIDE = "hide"
    COPY = "copy"
    SAVE = "save"
    DATA = "data"


_WORDS: tuple[tuple[PanelDeed, Message, str], ...] = (
    (PanelDeed.TABLE, msg("Table of this panel"), "Ctrl+Alt+T"),
    (PanelDeed.WORDS, msg("All sentences, or fewer"), "M"),
    (PanelDeed.EARLIER, msg("Move towards the start"), "Alt+Left"),
    (PanelDeed.LATER, msg("Move towards the end"), "Alt+Right"),
    (PanelDeed.HIDE, msg("Hide this panel"), "H"),
    (PanelDeed.COPY, msg("Copy as picture"), "Ctrl+C"),
    (PanelDeed.SAVE, msg("Save as PNG, SVG or PDF..."), "Ctrl+S"),
    (PanelDeed.DATA, msg("Save the data as CSV..."), ""),
)
_KEYS = {
    (Qt.Key.Key_M, _NONE): PanelDeed.WORDS,
    (Qt.Key.Key_H, _NONE): PanelDeed.HIDE,
    (Qt.Key.Key_Left, _ALT): PanelDeed.EARLIER,
    (Qt.Key.Key_Right, _ALT): PanelDeed.LATER,
    (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier): PanelDeed.COPY,
    (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier): PanelDeed.SAVE,
}


class PanelMenu(QToolButton):
    """The button at a panel's corner; ``wanted`` names the deed chosen."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setText("⋯")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu: QMenu | None = None
        self.pressed.connect(self.made)

    def made(self) -> QMenu:
        """Return the menu, made when it is first wanted."""
        if self._menu is None:
            menu = QMenu(self)
            for deed, text, key in _WORDS:
                action = menu.addAction(f"{say(text)}\t{key}" if key else say(text))
                action.triggered.connect(lambda _=False, chosen=deed: self.wanted.emit(chosen.value))
            self._menu = menu
            self.setMenu(menu)
        return self._menu

    def retranslate(self, title: str) -> None:
        """Say what the button is for, and forget a menu in another language."""
        self.setAccessibleName(tr("More for {panel}", panel=title))
        self.setToolTip(tr("Table, picture, data, order (Shift+F10)"))

    def forget(self) -> None:
        """Make the menu anew when it is next wanted, in the language then in use."""
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key on the plot asks for; whether it asked for anything."""
        if event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self.made().popup(self.mapToGlobal(self.rect().bottomLeft()))
            return True
        pad = Qt.KeyboardModifier.KeypadModifier
        deed = _KEYS.get((Qt.Key(event.key()), event.modifiers() & ~pad))
        if deed is None:
            return False
        self.wanted.emit(deed.value)
        return True
