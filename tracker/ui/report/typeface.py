"""Fonts and colours of paper: the program's own font in whole pixels of 1/96 inch, so that all devices agree."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFont, QGuiApplication

from tracker.ui import fonts, theme
from tracker.ui.chart.paint import Fonts
from tracker.ui.chart.palette import Palette

SMALL, BODY, CHART, TITLE, NAME = 10, 11, 12, 14, 19
"""Pixels of 1/96 inch: 10 are 7.5 points, and nothing is smaller (the labels of a plot are 0.84 of its font)."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """Every font a report uses."""

    small: QFont
    small_bold: QFont
    body: QFont
    heading: QFont
    title: QFont
    name: QFont
    chart: Fonts
    palette: Palette


@cache
def typeface() -> Typeface:
    """Return the fonts, made once; the light theme's colours, whatever the window wears."""
    fonts.use_own_font()
    return Typeface(
        small=_font(SMALL),
        small_bold=_font(SMALL, bold=True),
        body=_font(BODY),
        heading=_font(BODY, bold=True),
        title=_font(TITLE, bold=True),
        name=_font(NAME, bold=True),
        chart=Fonts(_font(CHART)),
        palette=Palette.of(theme.load(theme.LIGHT)),
    )


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont()
    # The system's fonts come after it: they have the rare characters that it has not.
    font.setFamilies([fonts.FAMILY, *QGuiApplication.font().families(), *theme.CJK_FAMILIES])
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if bold:
        font.setBold(True)
    return font
