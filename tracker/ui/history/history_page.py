"""The history of one patient: who changed what, when, from what; and the patient as they were on a day."""

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from tracker.core.dates import NotADateError, parse_date
from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, tr
from tracker.ui.history.entry_view import EntryView
from tracker.ui.history.past_view import PastView
from tracker.ui.history.wording import scale_name
from tracker.ui.widgets import ChoiceBox, button, column, label, row, today

if TYPE_CHECKING:
    from tracker.clinic.records import Patient
    from tracker.services.histories import Told
    from tracker.services.workspace import Workspace

ALL = ""


class HistoryPage(QWidget):
    """``closed`` when it is left."""

    closed = Signal()

    def __init__(self, workspace: "Workspace", patient: "Patient") -> None:
        super().__init__()
        self.setObjectName("page")
        self._workspace, self._patient = workspace, patient
        self._entries: tuple[Told, ...] = workspace.histories.of_patient(patient.id)
        self.visits, self.scales = ChoiceBox(), ChoiceBox()
        self.visits.setAccessibleName(tr("Only one visit"))
        self.scales.setAccessibleName(tr("Only one scale"))
        self.count = label("", "soft")
        self.day = QLineEdit(today().isoformat())
        self.day.setAccessibleName(tr("As it was on"))
        self.day.setFixedWidth(110)
        self.day.returnPressed.connect(self.show_past)
        self.trouble = label("", "warn", wrap=True)
        self.trouble.hide()
        self.view = EntryView()
        self.past = PastView()
        self.past.closed.connect(self._leave_past)
        self.stack = QStackedWidget()
        self._fill()
        self._build()
        self._show()

    def _fill(self) -> None:
        visits = {told.visit_id: told.visit_date for told in reversed(self._entries) if told.visit_id}
        scales = {
            str(told.about.get("scale")): scale_name(told) for told in self._entries if told.entity == "assessment"
        }
        self.visits.addItem(tr("all visits"), ALL)
        for key, day in sorted(visits.items(), key=lambda one: one[1] or ""):
            self.visits.addItem(day or "", key)
        self.scales.addItem(tr("all scales"), ALL)
        for scale, name in scales.items():
            self.scales.addItem(name, scale)
        for box in (self.visits, self.scales):
            box.activated.connect(self._show)

    def _build(self) -> None:
        title = tr("History of {name}", name=self._patient.name)
        top = row(button(tr("Back"), self.closed.emit, hint="Esc"), label(title, "title"))
        tools = row(self.visits, self.scales, self.count)
        tools.addWidget(label(tr("As it was on"), "soft"))
        tools.addWidget(self.day)
        tools.addWidget(button(tr("Show"), self.show_past, hint=tr("the patient at the end of that day")))
        page = QWidget()
        inside = column(spacing=8)
        inside.addLayout(tools)
        inside.addWidget(self.trouble)
        inside.addWidget(self.view, 1)
        page.setLayout(inside)
        self.stack.addWidget(page)
        self.stack.addWidget(self.past)
        layout = column(spacing=10, margins=(24, 14, 24, 14))
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        self.setLayout(layout)

    def choose(self, visit_id: str, scale: str) -> None:
        """Show only what is about a scale of a visit."""
        for box, wanted in ((self.visits, visit_id), (self.scales, scale)):
            box.setCurrentIndex(max(0, box.findData(wanted)))
        self._show()

    def start(self) -> None:
        """Put the focus on the entries."""
        self.view.start()

    def _show(self) -> None:
        visit, scale = self.visits.currentData(), self.scales.currentData()
        shown = [
            told
            for told in self._entries
            if visit in (ALL, told.visit_id) and (scale == ALL or str(told.about.get("scale")) == scale)
        ]
        self.count.setText(ntr("{count} entry", "{count} entries", len(shown)))
        self.view.set_entries(shown)

    def show_past(self) -> None:
        """Show the patient as they were at the end of the day given."""
        try:
            day = parse_date(self.day.text())
        except NotADateError as error:
            self._complain(str(error))
            return
        until = datetime.datetime.combine(day, datetime.time.max).astimezone()
        try:
            found = self._workspace.histories.as_it_was(self._patient.id, until)
        except TrackerError as error:
            self._complain(str(error))
            return
        if found is None:
            self._complain(tr("on {date} this patient was not in the file yet, or was removed", date=day))
            return
        self.trouble.hide()
        self.past.show_past(found, day)
        self.stack.setCurrentWidget(self.past)
        self.past.start()

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        self.day.setFocus()

    def _leave_past(self) -> None:
        self.stack.setCurrentIndex(0)
        self.day.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape leads back, from the past first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.stack.currentWidget() is self.past:
            self._leave_past()
        else:
            self.closed.emit()
