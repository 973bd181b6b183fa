"""The passport of one study as a page: doubts before numbers, numbers as printed, what others found beside them."""

from PySide6.QtCore import QAbstractItemModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.core.messages import tr
from tracker.reference.codes import Absent
from tracker.reference.model import Cohort, CounterEvidence, Statement, Study
from tracker.ui.flow import FlowLayout
from tracker.ui.library import wording
from tracker.ui.library.as_printed import AsPrintedPicture, pictured
from tracker.ui.library.fitted_table import FittedTable
from tracker.ui.library.models import events_model, points_model
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, card, chip, column, label, row

_WIDTHS = (170, 96, 84, 118, 104, 90, 150, 260)


class Passport(QWidget):
    """Everything the library holds of one study."""

    def __init__(self, study: Study, theme: Theme) -> None:
        super().__init__()
        self._study = study
        self._theme = theme
        self.tables: list[QTableView] = []
        self.pictures: list[AsPrintedPicture] = []
        self.cohorts: dict[str, QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 16, 20, 24)
        self._layout.setSpacing(12)
        self._add_head()
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self._facts(), 2)
        if study.doubts:
            beside.addWidget(self._doubts(), 3)
        self._layout.addLayout(beside)
        self._add_counter_evidence()
        for cohort in study.cohorts:
            self._add_cohort(cohort)
        self._add_statements()
        self._add_events()
        self._add_sources()
        self._layout.addStretch(1)

    def _add_head(self) -> None:
        study = self._study
        self._layout.addWidget(_words(study.title, "title"))
        self._layout.addWidget(_words(study.citation, "soft"))
        controlled = study.passport.controlled
        chips = FlowLayout()
        chips.addWidget(chip(wording.study_kind(study)))
        chips.addWidget(chip(wording.control(controlled), "good" if controlled is True else "due"))
        n = study.passport.n
        chips.addWidget(chip(tr("n {n}", n=n) if not isinstance(n, Absent) else tr("n: {why}", why=wording.given(n))))
        if study.own:
            chips.addWidget(chip(tr("your own file: nobody else checked it"), "missing"))
        elif study.supplementary:
            chips.addWidget(chip(tr("supplementary: not one of the seed studies"), "missing"))
        self._layout.addLayout(chips)
        if not isinstance(study.doi, Absent):
            address = QUrl(f"https://doi.org/{study.doi}")
            link = button(
                tr("doi {doi}", doi=study.doi),
                lambda: QDesktopServices.openUrl(address),
                "quiet",
                hint=tr("Opens {address} in the browser", address=address.toString()),
            )
            self._layout.addLayout(row(link))

    def _doubts(self) -> QWidget:
        doubts = self._study.doubts
        lines = [_words(f"⚠  {doubt.text}") for doubt in doubts]
        block = column(label(tr("Doubts ({count})", count=len(doubts)), "heading"), *lines, spacing=7)
        block.addStretch(1)
        return card(block)

    def _facts(self) -> QWidget:
        passport, study = self._study.passport, self._study
        facts = (
            (tr("Design"), passport.design),
            (tr("Control group"), passport.controlled),
            (tr("People"), passport.n),
            (tr("Condition"), passport.condition),
            (tr("Product"), passport.product),
            (tr("Cell source"), passport.cell_source),
            (tr("Dose"), passport.dose),
            (tr("Route"), passport.route),
            (tr("Follow-up"), passport.follow_up),
            (tr("Age and sex"), passport.age),
            (tr("Completeness of injury"), passport.completeness),
            (tr("Level"), passport.level),
            (tr("Time since injury"), passport.time_since_injury),
            (tr("Eligibility"), passport.eligibility),
            (tr("Seed document"), study.seed_document or _no_seed_document(study)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        shown = [fact for fact in facts if fact[1] is not Absent.NOT_APPLICABLE]
        for line, (name, value) in enumerate(shown):
            grid.addWidget(label(name, "soft"), line, 0, Qt.AlignmentFlag.AlignTop)
            tone = "soft" if isinstance(value, Absent) else ""
            grid.addWidget(_words(wording.given(value), tone), line, 1)
        block = column(label(tr("Passport"), "heading"), spacing=8)
        block.addLayout(grid)
        block.addStretch(1)
        return card(block)

    def _add_cohort(self, cohort: Cohort) -> None:
        title = label(tr("Cohort: {cohort}", cohort=cohort.label), "heading")
        facts = [tr("n {n}", n=cohort.n_text)]
        if cohort.parent:
            facts.append(tr("part of: {cohort}", cohort=self._study.cohort(cohort.parent).label))
        block = column(title, _words(" · ".join(facts), "soft"), spacing=6)
        if cohort.points:
            block.addWidget(self._table(points_model(cohort.points), tr("Values of {cohort}", cohort=cohort.label)))
        else:
            block.addWidget(_words(tr("No number was seen for this cohort."), "soft"))
        for points in pictured(cohort):
            picture = AsPrintedPicture(points, self._theme)
            self.pictures.append(picture)
            doubts = {str(doubt.text): None for point in points for doubt in self._study.doubts_of(point)}
            warning = column(
                label(
                    tr("{measure}: never on a patient’s chart", measure=points[0].measure.printed), "warn", wrap=True
                ),
                *(_words(text) for text in doubts),
            )
            warning.addStretch(1)
            side = QHBoxLayout()
            side.setSpacing(16)
            side.addWidget(picture)
            side.addLayout(warning, 1)
            block.addLayout(side)
        frame = card(block)
        self.cohorts[cohort.id] = frame
        self._layout.addWidget(frame)

    def _table(self, model: QAbstractItemModel, name: str) -> QTableView:
        table = FittedTable(model, _WIDTHS, self._theme)
        table.setAccessibleName(name)
        self.tables.append(table)
        return table

    def _add_statements(self) -> None:
        statements = self._study.statements
        if not statements:
            return
        lines = [_words(statement_words(one)) for one in statements]
        self._layout.addWidget(card(column(label(tr("Said in words only"), "heading"), *lines, spacing=7)))

    def _add_events(self) -> None:
        events = self._study.adverse_events
        block = column(label(tr("Adverse events as reported"), "heading"), spacing=7)
        if events:
            block.addWidget(self._table(events_model(events), tr("Adverse events as reported")))
            block.addWidget(_words(tr("Counts, not rates: do not set them beside a patient’s own events."), "soft"))
        else:
            block.addWidget(_words(tr("None were seen in what could be read: that is not “none happened”."), "soft"))
        self._layout.addWidget(card(block))

    def _add_counter_evidence(self) -> None:
        if not self._study.counter_evidence:
            return
        lines = [_words(evidence_words(one)) for one in self._study.counter_evidence]
        heading = label(tr("What others found"), "heading")
        self._layout.addWidget(card(column(heading, *lines, spacing=7)))

    def _add_sources(self) -> None:
        lines = [_words(str(source), "small") for source in self._study.sources]
        self._layout.addWidget(card(column(label(tr("Where it was read"), "heading"), *lines, spacing=4)))


def _words(text: str, tone: str = "") -> QLabel:
    """Return a wrapped text that can be selected and copied."""
    made = label(text, tone, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def statement_words(statement: Statement) -> str:
    """Return a statement with its time, n, p and the meaning of its flags."""
    facts = [str(statement.time_label)] if statement.time_label else []
    if statement.n_text:
        facts.append(tr("n {n}", n=statement.n_text))
    if not isinstance(statement.p, Absent):
        facts.append(tr("p {p}", p=statement.p))
    facts.append(wording.origin(statement.origin))
    if statement.flags:
        facts.append(wording.flags(statement.flags))
    return tr("{statement} ({facts})", statement=statement.text, facts=" · ".join(facts))


def evidence_words(evidence: CounterEvidence) -> str:
    """Return counter-evidence with where it was read."""
    sources = "; ".join(source.name for source in evidence.sources)
    return tr("{evidence} ({facts})", evidence=evidence.text, facts=sources)


def _no_seed_document(study: Study) -> str:
    return tr("none: a study of your own") if study.own else tr("none: a supplementary study")
