"""The words under a plot: each cohort in few words, what stands out, the sentences, what is offered instead.

Lines are built once and re-used: opening another patient only changes their texts.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tracker.core.messages import Message, msg, say, tr
from tracker.ui.chart import texts
from tracker.ui.chart.drawing import Drawn, ParentOffer, StepDrawing, StudyDrawing
from tracker.ui.chart.hints import folded
from tracker.ui.chart.paint_study import paint_swatch
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.words_block import WordsBlock
from tracker.ui.theme import scaled
from tracker.ui.widgets import button, label

_SWATCH = 16
RECOVERY = msg("Includes natural recovery: not separable here.")
"""On every panel of an early spinal cord injury; the whole sentence stands at the head of the page and on hover."""


class StudyLink(QAbstractButton):
    """A cohort as drawn: its bar in small, name and n; a press opens the study, the hint says everything."""

    def __init__(self) -> None:
        super().__init__()
        self._study: StudyDrawing | None = None
        self._palette: Palette | None = None
        self.setFont(scaled(self.font(), 0.9))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_study(self, study: StudyDrawing, palette: Palette) -> None:
        """Show *study*."""
        self._study, self._palette = study, palette
        full = texts.study_words(study)
        self.setText(study.short)
        hints = (full, texts.sentences(study.details), tr("A click opens the study in the library."))
        self.setToolTip(folded("\n".join(hint for hint in hints if hint)))
        self.setAccessibleName(full)
        self.setAccessibleDescription(tr("Opens the study in the library"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the text."""
        metrics = self.fontMetrics()
        return QSize(_SWATCH + 6 + metrics.horizontalAdvance(self.text()), max(_SWATCH, metrics.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the text; the width may be less."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar as in the plot, and the text, shortened where it must be."""
        if self._study is None or self._palette is None:
            return
        painter = QPainter(self)
        painter.save()
        painter.translate(QPointF(0, (self.height() - _SWATCH) / 2))
        paint_swatch(painter, self._study, self._palette)
        painter.restore()
        left = _SWATCH + 6
        colour = self._palette.focus if self.underMouse() or self.hasFocus() else self._palette.soft
        painter.setPen(QColor(colour))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - left)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), flags, shown)
        if self.hasFocus():
            painter.setPen(QPen(self._palette.focus, 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        painter.end()


class _OfferLine(QWidget):
    """A cohort that has not this score, and the button that reads against its parent instead."""

    def __init__(self, pressed: Callable[[ParentOffer], None]) -> None:
        super().__init__()
        self._offer: ParentOffer | None = None
        self.words = label("", "small", wrap=True)
        self.button = button("", lambda: pressed(self._offer) if self._offer else None, "link")
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(1)
        line.addWidget(self.words)
        line.addWidget(self.button, 0, texts.LEFT)

    def show_offer(self, offer: ParentOffer | None) -> None:
        self._offer = offer
        self.setVisible(offer is not None)
        if offer is None:
            return
        reason, can_press = say(offer.reason), offer.parent_title is not None or offer.on_request
        self.words.setText(reason)
        self.words.setVisible(not can_press)
        self.button.setVisible(can_press)
        self.button.setToolTip(folded(reason))
        self.button.setAccessibleDescription(reason)
        if offer.on_request:
            self.button.setText(tr("Show {cohort} as printed", cohort=offer.title))
        elif offer.parent_title:
            self.button.setText(texts.offer_button(offer.parent_title))


class Legend(QWidget):
    """All words under one plot.

    ``parent_wanted`` gives a cohort and the parent to read against instead, ``as_printed_wanted`` a cohort whose values
    are to be shown as printed, ``library_wanted`` a cohort whose passport is asked for.
    """

    parent_wanted = Signal(str, str)
    as_printed_wanted = Signal(str)
    library_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.studies: list[StudyLink] = []
        self.offers: list[_OfferLine] = []
        self._shown: tuple[StudyDrawing, ...] = ()
        self.no_reference = label("", "small")
        self.warning = label("", "warn", wrap=True)
        self.recovery = label("", "warn", wrap=True)
        for one in (self.warning, self.recovery):
            one.setFont(scaled(self.font(), 0.9))
        self.words = WordsBlock()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self.no_reference, self.warning, self.recovery, self.words):
            layout.addWidget(part)
        self._layout = layout

    def show_drawing(self, drawing: Drawn, palette: Palette) -> None:
        """Say what *drawing* needs said."""
        studies, offers = ((), ()) if isinstance(drawing, StepDrawing) else (drawing.studies, drawing.offers)
        self._shown = studies
        self._build_lines(len(studies), len(offers))
        for rank, line in enumerate(self.studies):
            line.setVisible(rank < len(studies))
            if rank < len(studies):
                line.show_study(studies[rank], palette)
        for rank, offer in enumerate(self.offers):
            offer.show_offer(offers[rank] if rank < len(offers) else None)
        self._say_on(self.warning, texts.outstanding(studies))
        bare = not isinstance(drawing, StepDrawing) and drawing.has_no_reference
        self._say_on(self.no_reference, (msg("No printed reference for this score."),) if bare else ())
        self._say_on(self.recovery, () if drawing.recovery is None else (RECOVERY,))
        self.recovery.setToolTip("" if drawing.recovery is None else folded(say(drawing.recovery)))
        self.words.show_sentences(drawing.said)

    def _say_on(self, shown: QLabel, messages: Iterable[Message]) -> None:
        text = texts.sentences(messages)
        shown.setVisible(bool(text))
        shown.setText(text)

    def _build_lines(self, studies: int, offers: int) -> None:
        """Build the lines that were not needed before: most panels never need all."""
        while len(self.studies) < studies:
            line = StudyLink()
            rank = len(self.studies)
            line.clicked.connect(lambda _=False, rank=rank: self.library_wanted.emit(self._shown[rank].cohort))
            self._layout.insertWidget(rank, line)
            self.studies.append(line)
        while len(self.offers) < offers:
            offer = _OfferLine(self._want)
            self._layout.addWidget(offer)
            self.offers.append(offer)

    def _want(self, offer: ParentOffer) -> None:
        if offer.on_request:
            self.as_printed_wanted.emit(offer.cohort)
        elif offer.parent is not None:
            self.parent_wanted.emit(offer.cohort, offer.parent)
