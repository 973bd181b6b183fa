"""The program's own font, for Chinese where the system has none, and for paper, which looks the same everywhere.

It is Noto Sans CJK SC cut down to the characters of GBK and of the standard table of 2013 (resources/fonts/OFL.txt).
Read late: it is 6 MB.
"""

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from tracker.data import resource

FAMILY = "Tracker Sans SC"


class _Read:
    """Whether the font is read, for the whole process."""

    done = False


def use_own_font() -> None:
    """Let Qt know the font, once."""
    if not _Read.done:
        _Read.done = True
        QFontDatabase.addApplicationFont(str(resource("fonts", "tracker-sans-sc.otf")))


def serve_chinese() -> bool:
    """Let Qt know the font if the system has none with Chinese characters; returns whether it was needed."""
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return False
    use_own_font()
    return True


def unprintable(text: str, font: QFont) -> str:
    """Return the characters of *text* that no font of this computer has, each once."""
    metrics = QFontMetricsF(font)
    return "".join(dict.fromkeys(sign for sign in text if sign > " " and not metrics.inFontUcs4(ord(sign))))
