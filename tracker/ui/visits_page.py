"""The visits of a patient as a flowsheet: visits across, scores down; Enter opens the form of a cell."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QWidget

from tracker.clinic.codes import VisitTiming
from tracker.clinic.records import Visit
from tracker.core.messages import say, tr
from tracker.services.rights import Right
from tracker.ui.allowed import allow
from tracker.ui.flowsheet_model import DRAFT_MARK, IMPUTED_MARK, FlowsheetModel, Role
from tracker.ui.form import Form
from tracker.ui.form_panel import FormPanel
from tracker.ui.record_fields import read_visit, visit_fields
from tracker.ui.side_panel import SidePanel
from tracker.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from tracker.services.flowsheets import Flowsheet
    from tracker.services.workspace import Workspace


OTHER_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class FlowTable(QTableView):
    """Enter opens a cell's form, N makes a visit, V edits the cursor's visit, Delete removes what the cursor is on."""

    form_wanted = Signal(int, int)
    visit_wanted = Signal()
    visit_edit_wanted = Signal(int)
    remove_wanted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Visits and scores"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(27)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setMinimumSectionSize(104)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.form_wanted.emit(index.row(), index.column()))
        self.horizontalHeader().sectionDoubleClicked.connect(self.visit_edit_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: bring the cursor into view, which a hidden table cannot."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))  # once everything has its size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: keys that act on the cell of the cursor."""
        index = self.currentIndex()
        key = Qt.Key(event.key())
        if event.modifiers() & OTHER_MODIFIERS:  # a key of the window that is switched off now is not a key of ours
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_N:
            self.visit_wanted.emit()
        elif not index.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.form_wanted.emit(index.row(), index.column())
        elif key == Qt.Key.Key_V:
            self.visit_edit_wanted.emit(index.column())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)


class VisitsPage(QWidget):
    """Asks for forms by ``entry_wanted``; says ``changed`` after each change and ``removed`` with what went."""

    entry_wanted = Signal(str, str, str, str)
    """Visit, scale, episode, context."""
    scores_wanted = Signal(str)
    """A visit of which every form is to be entered, one after the other."""
    changed = Signal()
    removed = Signal(str)
    warned = Signal(str)

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._sheet: Flowsheet | None = None
        self.model = FlowsheetModel()
        self.table = FlowTable()
        self.table.setModel(self.model)
        self.cell_words = label("", "soft", wrap=True)
        self.question = QWidget()
        self._asked = label("", "warn")
        self.side = SidePanel()
        self._build()
        self._connect()

    def _build(self) -> None:
        key = tr(
            "{draft} draft   {star} missing items filled in   \N{EN DASH} no score   blank: not entered",
            draft=DRAFT_MARK,
            star=IMPUTED_MARK,
        )
        self.new_button = button(tr("New visit"), self.new_visit, hint="N")
        edit_button = button(tr("Edit visit"), self._edit_current, "quiet", hint="V")
        for press in (self.new_button, edit_button):
            allow(self._workspace, Right.RECORD, press)
        tools = row(self.new_button, edit_button)
        tools.addWidget(label(key, "small"))
        asked = row(
            self._asked,
            button(tr("Before"), lambda: self._answer(VisitTiming.BEFORE)),
            button(tr("After"), lambda: self._answer(VisitTiming.AFTER)),
        )
        self.question.setLayout(asked)
        left = column(spacing=8)
        left.addLayout(tools)
        left.addWidget(self.question)
        left.addWidget(self.table, 1)
        left.addWidget(self.cell_words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 1)
        layout.addWidget(self.side)

    def _connect(self) -> None:
        self.table.form_wanted.connect(self._open_form)
        self.table.visit_wanted.connect(self.new_visit)
        self.table.visit_edit_wanted.connect(self._edit_visit)
        self.table.remove_wanted.connect(self._remove)
        self.side.emptied.connect(self.start)
        self.table.selectionModel().currentChanged.connect(
            lambda index, _old: self.cell_words.setText(str(index.data(Role.WORDS) or ""))
        )

    def show_sheet(self, sheet: "Flowsheet") -> None:
        """Show *sheet*; the cursor stays where it was, or stands on the last visit."""
        before = self.table.currentIndex()
        row_before, visit_before = before.row(), self.model.visit(before.column())
        self._sheet = sheet
        self.model.set_sheet(sheet)
        self.table.resizeColumnsToContents()
        column_now = self.model.column_of(visit_before.id) if visit_before else -1
        if column_now < 0 and sheet.visits:
            column_now = self.model.column_of(sheet.visits[-1].visit.id)
        if column_now >= 0:
            self.table.setCurrentIndex(self.model.index(max(row_before, 0), column_now))
        self._ask_timing()

    def start(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_visit(self) -> None:
        """Show the panel for a new visit, on today's date."""
        self._show_visit(None)

    def ask_for_day(self) -> None:
        """Ask for the day of which the scores are to be entered; the visit is made if there is none."""
        self._show_visit(None, enter=True)

    def _edit_current(self) -> None:
        self._edit_visit(self.table.currentIndex().column())

    def _edit_visit(self, column_number: int) -> None:
        visit = self.model.visit(column_number)
        if visit is not None:
            self._show_visit(visit)

    def _show_visit(self, visit: Visit | None, *, enter: bool = False) -> None:
        if self._sheet is None or self._is_locked():
            return
        patient_id = self._sheet.episode.patient_id
        form = Form()
        visit_fields(form, visit)

        def save() -> bool:
            record = read_visit(form, visit, patient_id)
            if record is None:
                return False
            there = self._visit_on(record.date) if enter else None
            if there is not None:
                record = there
            elif visit is None:
                self._workspace.visits.add(record)
            else:
                self._workspace.visits.change(record)
            self.changed.emit()
            if visit is None:
                self.stand_on(record.id)
            if enter:
                # In a turn of its own: the panel gives the focus to the table when it closes.
                QTimer.singleShot(0, self, lambda: self.scores_wanted.emit(record.id))
            return True

        remove = None if visit is None else (tr("Remove visit"), lambda: self._remove_visit(visit))
        title = tr("Scores of which day?") if enter else tr("New visit") if visit is None else tr("Visit")
        panel = FormPanel(title, form, save, remove)
        panel.save_button.setText(tr("Enter scores") if enter else tr("Save"))
        if visit is not None:
            panel.anew = lambda: self._visit_anew(visit.id)
        allow(self._workspace, Right.REMOVE, panel.remove_button)
        self.side.show_panel(panel)
        if visit is None:
            form.line("date").selectAll()

    def _visit_on(self, day: datetime.date) -> Visit | None:
        """Return the last visit of a day, None if there is none."""
        visits = [entry.visit for entry in self._sheet.visits] if self._sheet is not None else []
        return next((one for one in reversed(visits) if one.date == day), None)

    def _visit_anew(self, visit_id: str) -> FormPanel | None:
        self._show_visit(self._workspace.visits.get(visit_id))
        return self.side.panel

    def _is_locked(self) -> bool:
        """Return whether nothing can be changed, and say so."""
        if self._workspace.read_only:
            refused = self._workspace.session.why_not(Right.RECORD)
            self.warned.emit(tr("read-only: nothing can be changed") if refused is None else say(refused))
        return self._workspace.read_only

    def stand_on(self, visit_id: str) -> None:
        """Put the cursor on a visit, in the row where it is; nothing where the table has not got it."""
        column_number = self.model.column_of(visit_id)
        if column_number >= 0:
            self.table.setCurrentIndex(self.model.index(max(self.table.currentIndex().row(), 0), column_number))

    def _open_form(self, row_number: int, column_number: int) -> None:
        visit = self.model.visit(column_number)
        if visit is None or self._sheet is None:
            self.warned.emit(tr("no visit was recorded there: make one with N, on its date"))
            return
        if self.model.cell(row_number, column_number) is None and self._is_locked():
            return
        line = self.model.line(row_number)
        self.entry_wanted.emit(visit.id, line.scale.id, self._sheet.episode.id, line.context.value)

    def _remove(self, row_number: int, column_number: int) -> None:
        cell, visit = self.model.cell(row_number, column_number), self.model.visit(column_number)
        if self._is_locked():
            return
        if cell is not None and visit is not None:
            line = self.model.line(row_number)
            self._workspace.assessments.remove(cell.assessment_id)
            self.changed.emit()
            self.removed.emit(tr("{scale} of {date} removed", scale=str(line.scale.short_title), date=visit.date))
        elif visit is not None:
            self.warned.emit(tr("nothing is entered there; to remove the whole visit, open it with V"))

    def _remove_visit(self, visit: Visit) -> None:
        self._workspace.visits.remove(visit.id)
        self.changed.emit()
        self.removed.emit(tr("visit of {date} removed, with its scores", date=visit.date))

    def _unstated(self) -> Visit | None:
        """Return a visit on the day of the index treatment that does not say whether it was before or after."""
        if self._sheet is None or self._sheet.index_treatment is None:
            return None
        day = self._sheet.index_treatment.date
        visits = [entry.visit for entry in self._sheet.visits]
        return next((one for one in visits if one.date == day and one.timing is VisitTiming.UNSTATED), None)

    def _ask_timing(self) -> None:
        visit = self._unstated()
        self.question.setVisible(visit is not None)
        if visit is not None:
            self._asked.setText(
                tr("{date} is the day of treatment. Was this visit before or after the treatment?", date=visit.date)
            )

    def _answer(self, timing: VisitTiming) -> None:
        visit = self._unstated()
        if visit is not None:
            self._workspace.visits.change(replace(visit, timing=timing))
            self.changed.emit()
