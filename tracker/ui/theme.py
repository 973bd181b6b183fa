"""The two themes as data: colours by role for widgets and charts, and the window's style sheet made from them.

Knows no page. A page asks ``theme.colour("accent")`` when it builds or paints; when the theme changes the window
calls the page's ``theme_changed()`` or builds it anew.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from tracker.data import resource
from tracker.ui import fonts

SYSTEM, LIGHT, DARK = "system", "light", "dark"
CHOICES = (SYSTEM, LIGHT, DARK)

CJK_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", fonts.FAMILY)
"""Asked after the system's own font, so that Chinese never falls to boxes or to Japanese forms."""

SMALLEST_TEXT = 10.0
"""Points: some systems offer 9, too small for a dense clinical page."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its name and its colours by role, as ``#rrggbb``."""

    name: str
    colours: Mapping[str, str]

    @property
    def dark(self) -> bool:
        """Whether text is light on dark."""
        return self.name == DARK

    def colour(self, role: str) -> str:
        """Return the colour of *role* as ``#rrggbb``; raises KeyError for a role the theme has not."""
        return self.colours[role]


@cache
def load(name: str) -> Theme:
    """Return the theme called ``light`` or ``dark``."""
    return Theme(name, tomllib.loads(resource("styles", f"{name}.toml").read_text(encoding="utf-8")))


class _InUse:
    """The theme in use, for the whole process."""

    theme: Theme | None = None


def current() -> Theme:
    """Return the theme in use."""
    return _InUse.theme or load(LIGHT)


def colour(role: str) -> str:
    """Return the colour of *role* in the theme in use."""
    return current().colour(role)


def system_name() -> str:
    """Return which theme the system asks for."""
    return DARK if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def apply(application: QApplication, choice: str) -> Theme:
    """Put on the theme of *choice* (``system`` follows the system): palette, font and style sheet."""
    chosen = load(system_name() if choice == SYSTEM else choice)
    first = _InUse.theme is None
    _InUse.theme = chosen
    if first:
        application.setFont(text_font(application.font()))
    application.setPalette(_palette(chosen))
    application.setStyleSheet(style_sheet(chosen, application.font().pointSizeF()))
    return chosen


def text_font(system: QFont) -> QFont:
    """Return the system's font with Chinese fallbacks, at a readable size."""
    font = QFont(system)
    font.setFamilies([*system.families(), *CJK_FAMILIES])
    font.setPointSizeF(max(SMALLEST_TEXT, system.pointSizeF()))
    return font


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return *font* at *factor* times its size, for delegates and charts; on paper a font's size is in pixels."""
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(round(font.pixelSize() * factor))
    else:
        other.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        other.setWeight(QFont.Weight.DemiBold)
    return other


def style_sheet(theme: Theme, points: float) -> str:
    """Return the window's style sheet in the colours of *theme*, sizes from the text size in points."""
    sizes = {"tiny": 0.82, "small": 0.92, "large": 1.12, "title": 1.5}
    values = {
        **theme.colours,
        **{name: f"{points * factor:.1f}" for name, factor in sizes.items()},
        "name": theme.name,
        "icons": resource("icons").as_posix(),
    }
    template = resource("styles", "window.qss").read_text(encoding="utf-8")
    return re.sub(r"@(tiny|small|large|title|[a-z_]+\d?)", lambda found: values[found[1]], template)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "window"),
        (role.Text, "text"),
        (role.PlaceholderText, "text_soft"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Light, "surface"),
        (role.Midlight, "sunken"),
        (role.Mid, "line_strong"),
        (role.Dark, "line_strong"),
        (role.Shadow, "shadow"),
    ):
        palette.setColor(target, QColor(theme.colour(name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.colour("text_faint")))
    return palette
