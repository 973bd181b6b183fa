"""The words under a plot: each cohort with its band's kind in full, warnings, notes, what is offered instead.

Lines are built once and re-used: opening another patient only changes their texts.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.core.messages import say, tr
from tracker.ui.chart import texts
from tracker.ui.chart.drawing import PanelDrawing, ParentOffer, StudyDrawing
from tracker.ui.chart.paint_study import paint_swatch
from tracker.ui.chart.palette import Palette
from tracker.ui.theme import scaled
from tracker.ui.widgets import button, label


class Swatch(QWidget):
    """The small picture of a cohort's bar beside its words."""

    def __init__(self) -> None:
        super().__init__()
        self._paint: Callable[[QPainter], None] = lambda _: None
        self.setFixedSize(16, 16)

    def show_study(self, study: StudyDrawing, palette: Palette) -> None:
        """Show the bar of *study*."""
        self._paint = lambda painter: paint_swatch(painter, study, palette)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar as in the plot."""
        painter = QPainter(self)
        self._paint(painter)
        painter.end()


class _StudyLine(QWidget):
    """A cohort's swatch and words, and its warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.swatch = Swatch()
        self.words = label("", "small", wrap=True)
        self.warning = label("", "warn", wrap=True)
        self.warning.setFont(scaled(self.font(), 0.92))
        texts_column = QVBoxLayout()
        texts_column.setSpacing(1)
        texts_column.addWidget(self.words)
        texts_column.addWidget(self.warning)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.swatch)
        line.addLayout(texts_column, 1)
        line.setAlignment(self.swatch, texts.TOP)

    def show_study(self, study: StudyDrawing | None, palette: Palette) -> None:
        self.setVisible(study is not None)
        if study is None:
            return
        self.swatch.show_study(study, palette)
        self.words.setText(texts.study_words(study))
        self.warning.setText(texts.sentences(study.warnings))
        self.warning.setVisible(bool(study.warnings))


class _OfferLine(QWidget):
    """A cohort that has not this score, and the button that reads against its parent instead."""

    def __init__(self, pressed: Callable[[ParentOffer], None]) -> None:
        super().__init__()
        self._offer: ParentOffer | None = None
        self.words = label("", "small", wrap=True)
        self.button = button("", lambda: pressed(self._offer) if self._offer else None, "quiet")
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
        self.words.setText(say(offer.reason))
        self.button.setVisible(offer.parent_title is not None or offer.on_request)
        if offer.on_request:
            self.button.setText(tr("Show as printed"))
        elif offer.parent_title:
            self.button.setText(texts.offer_button(offer.parent_title))


class Legend(QWidget):
    """All words under one plot.

    ``parent_wanted`` gives a cohort and the parent to read against instead, ``as_printed_wanted`` a cohort whose values
    are to be shown as printed.
    """

    parent_wanted = Signal(str, str)
    as_printed_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.studies: list[_StudyLine] = []
        self.offers: list[_OfferLine] = []
        self.notes = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.notes)
        self._layout = layout

    def show_drawing(self, drawing: PanelDrawing, palette: Palette) -> None:
        """Say what *drawing* needs said."""
        self._build_lines(drawing)
        for rank, line in enumerate(self.studies):
            line.show_study(drawing.studies[rank] if rank < len(drawing.studies) else None, palette)
        for rank, offer in enumerate(self.offers):
            offer.show_offer(drawing.offers[rank] if rank < len(drawing.offers) else None)
        self.notes.setText(texts.sentences(drawing.notes))
        self.notes.setVisible(bool(drawing.notes))

    def _build_lines(self, drawing: PanelDrawing) -> None:
        """Build the lines that were not needed before: most panels never need all."""
        while len(self.studies) < len(drawing.studies):
            line = _StudyLine()
            self._layout.insertWidget(len(self.studies), line)
            self.studies.append(line)
        while len(self.offers) < len(drawing.offers):
            offer = _OfferLine(self._want)
            self._layout.addWidget(offer)
            self.offers.append(offer)

    def _want(self, offer: ParentOffer) -> None:
        if offer.on_request:
            self.as_printed_wanted.emit(offer.cohort)
        elif offer.parent is not None:
            self.parent_wanted.emit(offer.cohort, offer.parent)
