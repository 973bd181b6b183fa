"""The line of keys below the form: what each key does for the current item. Painted, so that it may change at once."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.core.messages import tr
from tracker.core.numbers import DASH
from tracker.scales.model import Item
from tracker.ui import words
from tracker.ui.entry.grammar import cell_values, ends_with_enter, has_ten_key, takes_point
from tracker.ui.entry.sheet import REASON_KEYS, State
from tracker.ui.theme import Theme, scaled

Hint = tuple[tuple[str, ...], str]


def hints(item: Item | None, state: State) -> list[Hint]:
    """Return the keys that matter now, the most useful first."""
    enter, erase = tr("Enter"), "\N{ERASE TO THE LEFT}"
    if item is not None and state.choosing:
        return [*(((key,), words.label(reason)) for key, reason in REASON_KEYS.items()), (("Esc",), tr("go back"))]
    if item is not None and state.held:
        accept = tr("accept {text}", text=state.held)
        return [((enter,), accept), ((erase,), tr("take back")), (("Esc",), tr("drop"))]
    common: list[Hint] = [
        (("M",), tr("missing, then the reason")),
        (("\N{UPWARDS ARROW}", "\N{DOWNWARDS ARROW}"), tr("move")),
        ((erase,), tr("make blank")),
        (("Ctrl+Z",), tr("undo")),
        (("F1",), tr("about this scale")),
        (("Esc",), tr("leave, draft kept")),
    ]
    done = (("Ctrl+Enter",), tr("complete"))
    return [*_answers(item), *common[:2], done, *common[2:]] if item is not None else [done, *common[1:2], *common[3:]]


def _answers(item: Item) -> list[Hint]:
    values = cell_values(item)
    if not values or takes_point(item):
        keys: tuple[str, ...] = (f"0{DASH}9", ",", ".") if takes_point(item) else (f"0{DASH}9",)
        return [(keys, tr("type the number")), ((tr("Enter"),), tr("accept, go on"))]
    single = [value for value in values if value < 10]
    run = single == list(range(int(single[0]), int(single[-1]) + 1)) and len(single) > 2
    keys = (f"{single[0]}{DASH}{single[-1]}",) if run else tuple(str(value) for value in single)
    found: list[Hint] = [(keys, tr("answer, go on"))]
    if has_ten_key(item):
        found.append((("T",), tr("ten")))
    elif ends_with_enter(item):
        longer = tuple(str(value) for value in values if value > 9)
        found.append(((*longer[:6], tr("Enter")), tr("two digits")))
    return found


class KeyHints(QWidget):
    """Key caps with their words; those that do not fit are left out from the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._hints: list[Hint] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hints(self, shown: list[Hint]) -> None:
        """Show these hints."""
        if shown != self._hints:
            self._hints = shown
            self.setAccessibleName(". ".join(f"{' '.join(keys)}: {text}" for keys, text in shown))
            self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(400, round(QFontMetricsF(self.font()).height()) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the key caps and their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled(self.font(), 0.9)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        left, tall = 0.0, metrics.height() + 4
        top = (self.height() - tall) / 2
        for keys, text in self._hints:
            caps = [metrics.horizontalAdvance(key) + 12 for key in keys]
            wide = sum(caps) + 3 * len(caps) + metrics.horizontalAdvance(text) + 6
            if left + wide > self.width():
                break
            for key, cap in zip(keys, caps, strict=True):
                self._cap(painter, QRectF(left, top, cap, tall), key)
                left += cap + 3
            painter.setPen(QColor(self.theme.colour("text_soft")))
            painter.drawText(QRectF(left + 2, top, 600, tall), Qt.AlignmentFlag.AlignVCenter, text)
            left += metrics.horizontalAdvance(text) + 20
        painter.end()

    def _cap(self, painter: QPainter, box: QRectF, key: str) -> None:
        painter.setPen(QPen(QColor(self.theme.colour("line_strong")), 1))
        painter.setBrush(QColor(self.theme.colour("window")))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(self.theme.colour("text")))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
