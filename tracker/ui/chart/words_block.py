"""The sentences under a plot: as many whole ones as the room allows, the rest one key or click away."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.core.messages import Message, ntr, tr
from tracker.ui.chart import texts
from tracker.ui.chart.hints import folded
from tracker.ui.widgets import button, label

SHORT_LINES = 3
"""Lines of text under a plot before the rest is folded."""
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class WordsBlock(QWidget):
    """Sentences, folded to :data:`SHORT_LINES`; a sentence is never cut, for its end may turn its meaning."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: tuple[str, ...] = ()
        self._whole = False
        self._shown = -1
        self.words = label("", "small", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.more = button("", self.toggle, "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addWidget(self.more, 0, texts.LEFT)

    @property
    def text(self) -> str:
        """All sentences, folded or not."""
        return texts.joined(self._sentences)

    @property
    def is_whole(self) -> bool:
        """Whether everything is shown."""
        return self._whole

    def show_sentences(self, said: Sequence[Message]) -> None:
        """Show other sentences, folded."""
        sentences = tuple(texts.sentences((one,)) for one in said)
        if sentences == self._sentences:
            self._fit()
            return
        self._sentences, self._whole, self._shown = sentences, False, -1
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setVisible(bool(sentences))
        self._fit()

    def toggle(self) -> None:
        """Unfold, or fold again."""
        self._whole = not self._whole
        self._fit()

    def enterEvent(self, _event: QEnterEvent) -> None:
        """Let the words be selected; only now, for a label that may be selected is laid out several times slower."""
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew for another width."""
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        if not self._sentences:
            return
        fitting = self._fitting()
        shown = len(self._sentences) if self._whole else fitting
        if shown != self._shown:
            self._shown = shown
            self.words.setText(texts.joined(self._sentences[:shown]))
            self.words.setToolTip("" if shown == len(self._sentences) else folded(self.text))
        rest = len(self._sentences) - fitting
        self.more.setVisible(rest > 0)
        self.more.setText(tr("less") if self._whole else ntr("{count} more sentence", "{count} more sentences", rest))
        self.more.setAccessibleDescription(self.text)

    def _fitting(self) -> int:
        """Return how many sentences fit the folded block: always one, all if the rest is no longer than the button."""
        metrics = self.words.fontMetrics()
        room = QRect(0, 0, max(80, self.width()), 10_000)
        most = SHORT_LINES * metrics.lineSpacing() + 2
        fits = 1
        for count in range(2, len(self._sentences) + 1):
            is_last = count == len(self._sentences)
            height = metrics.boundingRect(room, _WRAPPED, texts.joined(self._sentences[:count])).height()
            if height > most + (metrics.lineSpacing() if is_last else 0):
                break
            if height <= most or is_last:
                fits = count
        return fits
