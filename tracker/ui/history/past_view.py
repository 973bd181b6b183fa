"""A patient as they were on a day: facts, the flowsheet of an episode, treatments and events. Read only."""

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tracker.clinic.conditions import condition_of
from tracker.clinic.records import Episode
from tracker.core.messages import tr
from tracker.ui import words
from tracker.ui.entry.notice import Notice
from tracker.ui.flowsheet_model import FlowsheetModel, Role
from tracker.ui.visits_page import FlowTable
from tracker.ui.widgets import ChoiceBox, column, label, row

if TYPE_CHECKING:
    from tracker.services.histories import PastPatient

DOT = " \N{MIDDLE DOT} "


class PastView(QWidget):
    """``closed`` when the present is wanted again."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._past: PastPatient | None = None
        self.banner = Notice("warn")
        self.facts = label("", "heading")
        self.episodes = ChoiceBox()
        self.episodes.setAccessibleName(tr("Episode"))
        self.episodes.currentIndexChanged.connect(self._show_episode)
        self.model = FlowsheetModel()
        self.table = FlowTable()
        self.table.setModel(self.model)
        self.cell_words, self.others = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self.table.selectionModel().currentChanged.connect(
            lambda index, _old: self.cell_words.setText(str(index.data(Role.WORDS) or ""))
        )
        layout = column(spacing=8)
        layout.addWidget(self.banner)
        layout.addLayout(row(self.facts, self.episodes))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.cell_words)
        layout.addWidget(self.others)
        self.setLayout(layout)

    def show_past(self, past: "PastPatient", day: datetime.date) -> None:
        """Show *past*, the state at the end of *day*."""
        self._past = past
        sentence = tr(
            "Past state, as the file was at the end of {date}: nothing can be changed here, and forms that were not "
            "complete then are not shown.",
            date=day,
        )
        self.banner.say(sentence, [(tr("Back to the history"), self.closed.emit)])
        patient = past.patient
        born = str(patient.birth_date) if patient.birth_date else ""
        self.facts.setText(
            DOT.join(filter(None, (patient.name, patient.patient_number, words.label(patient.sex), born)))
        )
        self.episodes.clear()
        for sheet in past.sheets:
            self.episodes.addItem(_episode(sheet.episode), sheet.episode.id)
        self.episodes.setVisible(bool(past.sheets))
        self._show_episode(self.episodes.currentIndex())

    def start(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_episode(self, place: int) -> None:
        if self._past is None:
            return
        there = 0 <= place < len(self._past.sheets)
        self.table.setVisible(there)
        self.cell_words.setVisible(there)
        if not there:
            self.others.setText(tr("This patient had no episode of care then."))
            return
        sheet = self._past.sheets[place]
        self.model.set_sheet(sheet)
        self.table.resizeColumnsToContents()
        if sheet.visits:
            self.table.setCurrentIndex(self.model.index(0, self.model.column_of(sheet.visits[-1].visit.id)))
        given = [f"{one.date} {one.product}" for one in self._past.treatments if one.episode_id == sheet.episode.id]
        events = [f"{one.date} {one.term} ({words.grade(one.grade)})" for one in self._past.events]
        parts = [
            tr("Treatments: {treatments}", treatments="; ".join(given) or tr("none")),
            tr("Adverse events: {events}", events="; ".join(events) or tr("none")),
        ]
        self.others.setText("\n".join(parts))


def _episode(episode: Episode) -> str:
    condition = condition_of(episode)
    place = words.site_and_side(condition.site_label(episode.body_site), episode.side)
    return DOT.join((str(condition.label), place))
