"""The colours the exam is painted with: the worse the finding, the darker; grey hatching only for not testable."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from tracker.ui.exam.looks import Shade
from tracker.ui.theme import Theme

_ROLES: Mapping[Shade, str] = {
    Shade.BLANK: "window",
    Shade.NORMAL: "surface",
    Shade.WEAK: "band",
    Shade.POOR: "band_edge",
    Shade.UNTESTED: "missing_soft",
}
# No role of the theme is as dark as "nothing left" has to be beside the others; text keeps 4.5:1 on both.
_ABSENT = {False: "#8298aa", True: "#4d6373"}


def fill(theme: Theme, shade: Shade) -> QColor:
    """Return the colour that fills a cell or a dermatome."""
    return QColor(_ABSENT[theme.dark] if shade is Shade.ABSENT else theme.colour(_ROLES[shade]))


def hatch(theme: Theme) -> QBrush:
    """Return the hatching of what is not testable."""
    colour = QColor(theme.colour("missing"))
    colour.setAlpha(110)
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)
