"""The side panel: which cohorts to read against, which band, and what to know before reading it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.reference.fit import Verdict
from tracker.ui.chart.before_you_read import cohort_detail, deciding_words, reading_notes, study_detail, why_words
from tracker.ui.chart.chart_choices import MOST
from tracker.ui.chart.choices import CohortCard
from tracker.ui.chart.compose_study import cohort_title
from tracker.ui.chart.hints import folded
from tracker.ui.chart.offered import Offered
from tracker.ui.chart.options import Options
from tracker.ui.chart.texts import LEFT
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, clear, label, rule, scrolled

WIDTH = 276


class ReadAgainst(QWidget):
    """Offers the cohorts of the condition; ``cohorts_chosen`` gives the new choice, in the order drawn."""

    cohorts_chosen = Signal(tuple)
    library_wanted = Signal(str)
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._offered: tuple[Offered, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._can_draw = True
        self.cards: dict[str, CohortCard] = {}
        self._title = label("", "heading")
        self._close = button("»", self.close_wanted.emit, "quiet")
        self._close.setFixedWidth(34)
        self._fitting, self._reading, self._others = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.options = Options(theme)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 0, 12, 14)
        inside.setSpacing(6)
        inside.addLayout(self._fitting)
        inside.addLayout(self._reading)
        inside.addLayout(self._others)
        inside.addStretch(1)
        holder = QWidget()
        holder.setLayout(inside)
        area = scrolled(holder)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        head.setContentsMargins(14, 0, 6, 0)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        layout.addWidget(rule())
        layout.addWidget(self.options)
        for part in (self._fitting, self._reading, self._others):
            part.setSpacing(6)

    def offer(self, offered: Sequence[Offered], chosen: Sequence[str], *, can_draw: bool) -> None:
        """Show the cohorts of an episode; *can_draw* is false where no treatment gives a month 0."""
        same = tuple(offered) == self._offered and can_draw == self._can_draw and bool(self.cards)
        self._offered, self._chosen, self._can_draw = tuple(offered), tuple(chosen), can_draw
        if not same:
            self._list_cohorts()
        self._show_choice()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        self.options.set_theme(theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._title.setText(tr("Read against"))
        self._close.setToolTip(tr("Hide this panel"))
        self._close.setAccessibleName(tr("Hide this panel"))
        self.options.retranslate()
        self._list_cohorts()
        self._show_choice()

    def _list_cohorts(self) -> None:
        clear(self._fitting)
        clear(self._others)
        self.cards = {}
        choosable = [one for one in self._offered if one.may_be_chosen]
        others = [one for one in self._offered if not one.may_be_chosen]
        fitting = [one for one in choosable if one.verdict is Verdict.FITS]
        to_ask = [one for one in choosable if one.verdict is Verdict.ASK]
        if not self._can_draw:
            words = tr("No treatment is recorded: months count from the first visit, and no study is drawn.")
            self._fitting.addWidget(label(words, "soft", wrap=True))
        elif not choosable:
            self._fitting.addWidget(label(tr("No study of the library fits this episode."), "soft", wrap=True))
        self._list_choosable(tr("Fits this episode"), fitting)
        self._list_choosable(tr("May fit: something is not recorded"), to_ask)
        if others:
            self._others.addSpacing(6)
            self._others.addWidget(rule())
            self._others.addWidget(label(tr("Other cohorts of this condition"), "section", wrap=True))
        for one in others:
            self._list_other(one)

    def _list_choosable(self, title: str, cohorts: Sequence[Offered]) -> None:
        if cohorts:
            self._fitting.addWidget(label(title, "section", wrap=True))
        for study in dict.fromkeys(one.study.id for one in cohorts):
            own = [one for one in cohorts if one.study.id == study]
            self._fitting.addWidget(label(own[0].study.short_name, wrap=True))
            self._fitting.addWidget(label(study_detail(own[0]), "small", wrap=True))
            for one in own:
                self._fitting.addWidget(self._card(one))

    def _list_other(self, one: Offered) -> None:
        card = CohortCard(cohort_title(one.study, one.cohort), deciding_words(one), self._theme, fits=False)
        card.setToolTip(folded(why_words(one)) + "\n" + tr("Opens the study passport"))
        card.clicked.connect(lambda _=False, key=one.key: self.library_wanted.emit(key))
        self._others.addWidget(card)

    def _card(self, one: Offered) -> CohortCard:
        card = CohortCard(str(one.cohort.label), cohort_detail(one), self._theme)
        card.setAccessibleName(cohort_title(one.study, one.cohort))
        card.setAccessibleDescription(why_words(one))
        card.setToolTip(folded(why_words(one)))
        card.setEnabled(self._can_draw)
        card.clicked.connect(lambda _=False, key=one.key: self._toggle(key))
        self.cards[one.key] = card
        return card

    def _toggle(self, key: str) -> None:
        drawn = [chosen for chosen in self._chosen if chosen in self.cards]
        wanted = [chosen for chosen in drawn if chosen != key] if key in drawn else [*drawn, key][-MOST:]
        self._show_choice()
        self.cohorts_chosen.emit(tuple(wanted))

    def _show_choice(self) -> None:
        drawn = [key for key in self._chosen if key in self.cards][:MOST] if self._can_draw else []
        for key, card in self.cards.items():
            card.set_rank(drawn.index(key) if key in drawn else -1)
        self.options.band.setVisible(bool(drawn))
        clear(self._reading)
        by_key = {one.key: one for one in self._offered}
        self._say_not_drawn(by_key)
        if drawn:
            self._reading.addSpacing(8)
            self._reading.addWidget(label(tr("Before you read it"), "section"))
        for key in drawn:
            self._say_before_reading(by_key[key])

    def _say_not_drawn(self, by_key: Mapping[str, Offered]) -> None:
        """Say of a cohort kept with the episode why it is not drawn: the episode, or the library, was changed since."""
        left = [key for key in self._chosen if key not in self.cards] if self._can_draw else []
        if not left:
            return
        for key in left:
            one = by_key.get(key)
            name = key if one is None else cohort_title(one.study, one.cohort)
            why = tr("the library does not have it") if one is None else deciding_words(one)
            words = tr("Kept for this episode but not drawn: {cohort} ({why})", cohort=name, why=why)
            self._reading.addWidget(label(words, "warn", wrap=True))
        kept = tuple(key for key in self._chosen if key in self.cards)
        forget = button(tr("Forget it"), lambda: self.cohorts_chosen.emit(kept), "link")
        self._reading.addWidget(forget, 0, LEFT)

    def _say_before_reading(self, one: Offered) -> None:
        self._reading.addWidget(label(cohort_title(one.study, one.cohort), wrap=True))
        for note in reading_notes(one):
            self._reading.addWidget(label(note.text, note.tone, wrap=True))
        passport = button(tr("Open the study passport"), lambda: self.library_wanted.emit(one.key), "quiet")
        passport.setAccessibleDescription(one.study.short_name)
        self._reading.addWidget(passport, 0, LEFT)
