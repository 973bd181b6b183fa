"""From a key event to what it means in the form, whatever the keyboard: QWERTY, QWERTZ, AZERTY or number pad."""

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent


class Press(Enum):
    """What a key does in the form."""

    DIGIT = auto()
    POINT = auto()
    LETTER = auto()
    TEN = auto()
    MISSING = auto()
    ACCEPT = auto()
    ERASE = auto()
    CLEAR = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    FIRST = auto()
    LAST = auto()
    ESCAPE = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """One key press, with its character where it has one (a digit ``0``-``9`` or a capital letter)."""

    press: Press
    char: str = ""


_NAMED = {
    Qt.Key.Key_Return: Press.ACCEPT,
    Qt.Key.Key_Enter: Press.ACCEPT,
    Qt.Key.Key_Backspace: Press.ERASE,
    Qt.Key.Key_Delete: Press.CLEAR,
    Qt.Key.Key_Up: Press.UP,
    Qt.Key.Key_Down: Press.DOWN,
    Qt.Key.Key_PageUp: Press.PAGE_UP,
    Qt.Key.Key_PageDown: Press.PAGE_DOWN,
    Qt.Key.Key_Home: Press.FIRST,
    Qt.Key.Key_End: Press.LAST,
    Qt.Key.Key_Escape: Press.ESCAPE,
}
_OTHER_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
_POINTS = ",.\N{IDEOGRAPHIC FULL STOP}"

# The row of digits by place. X11 and Wayland count scan codes from 10, evdev and Windows from 2.
_PLACES = "1234567890"
_MAC_PLACES = dict(zip((0x12, 0x13, 0x14, 0x15, 0x17, 0x16, 0x1A, 0x1C, 0x19, 0x1D), _PLACES, strict=True))
# What that row writes without Shift on French and Belgian keyboards, for events that carry no place (a screen
# keyboard, a remote session). "-" is not in it: without a place nobody can tell a French 6 from a minus sign.
_AZERTY = dict(zip("&é\"'(§è_çà", _PLACES, strict=True)) | {"!": "8"}


def read_key(event: QKeyEvent) -> Key | None:
    """Return what *event* means in the form, or None for a key the form has no use for."""
    modifiers = event.modifiers()
    if modifiers & _OTHER_MODIFIERS:
        return None
    named = _NAMED.get(Qt.Key(event.key()))
    if named is not None:
        return Key(named)
    char = unicodedata.normalize("NFKC", event.text())
    if modifiers & Qt.KeyboardModifier.KeypadModifier and char in {"*", "-"}:
        return Key(Press.TEN if char == "*" else Press.MISSING)
    return read_character(char) or _by_place(event, char)


def read_character(char: str) -> Key | None:
    """Return what a single typed character means (an input method may deliver characters without keys)."""
    char = unicodedata.normalize("NFKC", char)
    if len(char) != 1:
        return None
    if char.isdecimal():
        return Key(Press.DIGIT, str(unicodedata.decimal(char)))
    if char in _POINTS:
        return Key(Press.POINT, ".")
    if char.isascii() and char.isalpha():
        return Key(Press.LETTER, char.upper())
    return None


def _by_place(event: QKeyEvent, char: str) -> Key | None:
    """Return the digit that stands on the pressed key of the top row though the layout wants Shift for it."""
    if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return None
    digit = top_row_digit(event, QGuiApplication.platformName())
    if digit is None and not event.nativeScanCode() and not event.nativeVirtualKey():
        digit = _AZERTY.get(char.lower()) if char else None
    return Key(Press.DIGIT, digit) if digit is not None else None


def top_row_digit(event: QKeyEvent, platform: str) -> str | None:
    """Return the digit of the top row by the place of the key on *platform* (Qt's name), or None."""
    scan, virtual = event.nativeScanCode(), event.nativeVirtualKey()
    if platform == "windows":
        return chr(virtual) if 0x30 <= virtual <= 0x39 else None
    if platform == "cocoa":
        return _MAC_PLACES.get(virtual)
    first = 2 if platform in {"eglfs", "linuxfb"} else 10
    return _PLACES[scan - first] if first <= scan < first + 10 else None
