"""Entering the scores of a visit: the scales of the episode in a row of buttons, the entry form under it.

After a form is complete the next one that is not opens by itself; after the last the page is done.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tracker.clinic.codes import AssessmentStatus, Context
from tracker.clinic.records import Visit
from tracker.core.keys import new_key
from tracker.core.messages import tr
from tracker.scales.model import Scale
from tracker.ui import words
from tracker.ui.jobs import Jobs
from tracker.ui.theme import Theme
from tracker.ui.widgets import button, clear, label, today

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.ui.entry.entry_page import EntryPage
    from tracker.ui.exam.exam_page import ExamPage

EXAM = "isncsci"
"""The scale with a page of its own."""

MARKS = {AssessmentStatus.COMPLETE: "\N{CHECK MARK} ", AssessmentStatus.DRAFT: "\N{WHITE CIRCLE} "}


@dataclass(frozen=True, slots=True)
class Step:
    """One form of the visit."""

    scale: Scale
    context: Context
    status: AssessmentStatus | None = None
    """None: nothing is entered."""

    @property
    def key(self) -> tuple[str, Context]:
        """What tells it from the visit's other forms."""
        return self.scale.id, self.context

    @property
    def title(self) -> str:
        """Short name of the scale, with its context where it has one."""
        title = str(self.scale.short_title)
        if self.context is Context.UNSPECIFIED:
            return title
        return tr("{scale}, {context}", scale=title, context=words.label(self.context))


class ScorePage(QWidget):
    """``saved`` carries the patient after each complete form; ``closed`` when all are done or it is left."""

    saved = Signal(str)
    closed = Signal()

    def __init__(self, workspace: "Workspace", theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._workspace, self._theme, self._jobs = workspace, theme, jobs
        self._entry: EntryPage | None = None
        self._exam: ExamPage | None = None
        self._form: EntryPage | ExamPage | None = None
        self._forms = QStackedWidget()
        self._steps: list[Step] = []
        self._at: Step | None = None
        self._visit_id = self._episode_id = ""
        self.place: tuple[str, str, str, str] | None = None
        self._strip = QHBoxLayout()
        self._strip.setContentsMargins(16, 6, 16, 6)
        self._strip.setSpacing(6)
        strip = QWidget()
        strip.setObjectName("bar")
        strip.setLayout(self._strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self._forms, 1)

    def open(self, visit_id: str, scale_id: str, episode_id: str, context: str) -> None:
        """Show one form of a visit."""
        self._visit_id, self._episode_id = visit_id, episode_id
        self._read()
        wanted = Context(context)
        step = next((one for one in self._steps if one.scale.id == scale_id and one.context is wanted), None)
        if step is None:
            from tracker.scales.catalogue import scale

            step = Step(scale(scale_id), wanted)
            self._steps.append(step)
        self._go(step)

    def open_next(self, visit_id: str, episode_id: str) -> bool:
        """Show the first form of a visit that is not complete; False if there is none."""
        self._visit_id, self._episode_id = visit_id, episode_id
        self._read()
        step = self._first_open()
        if step is None:
            return False
        self._go(step)
        return True

    @property
    def step_buttons(self) -> list[QPushButton]:
        """The buttons of the forms, in order."""
        found = [self._strip.itemAt(at) for at in range(self._strip.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton) and widget.isCheckable()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: a key that no button of the row takes is meant for the form."""
        if self._form is None:
            super().keyPressEvent(event)
        else:
            self._form.keyPressEvent(event)

    def _read(self) -> None:
        sheet = self._workspace.flowsheets.of(self._episode_id, today=today())
        steps: dict[tuple[str, Context], Step] = {}
        for line in sheet.rows:
            cell = sheet.cells.get((self._visit_id, line.scale.id, line.score.code, line.context))
            step = Step(line.scale, line.context, cell.status if cell else None)
            if step.key not in steps or step.status is not None:
                steps[step.key] = step
        self._steps = list(steps.values())

    def _first_open(self) -> Step | None:
        complete = [one for one in self._steps if one.status is AssessmentStatus.COMPLETE]
        known = {(one.context, score.series) for one in complete for score in one.scale.scores}
        # The totals of an exam that was entered cell by cell, or the cells of one entered as totals, are not asked for.
        return next(
            (
                one
                for one in self._steps
                if one not in complete and not known >= {(one.context, score.series) for score in one.scale.scores}
            ),
            None,
        )

    def put_away(self) -> bool:
        """Save what is unsaved of the open form and let go of it; False if it cannot be saved (the form says why)."""
        return self._form is None or self._form.put_away()

    def _go(self, step: Step) -> None:
        if not self.put_away():
            return
        self._at = step
        self.place = (self._visit_id, step.scale.id, self._episode_id, step.context.value)
        self._show_strip()
        if step.scale.id == EXAM:
            exam = self._exam_page()
            self._show_form(exam)
            exam.open(self._visit_id)
        else:
            entry = self._entry_page()
            self._show_form(entry)
            entry.open(self._visit_id, step.scale.id, self._episode_id, step.context)

    def _show_form(self, form: "EntryPage | ExamPage") -> None:
        self._form = form
        self._forms.setCurrentWidget(form)

    def _show_strip(self) -> None:
        clear(self._strip)
        visit = self._workspace.visits.get(self._visit_id)
        self._strip.addWidget(label(tr("Visit of {date}", date=visit.date), "heading"))
        for step in self._steps:
            self._strip.addWidget(self._step_button(step))
        self._strip.addStretch(1)
        self._strip.addWidget(button(tr("Back to the patient"), self.closed.emit, "quiet", hint="Esc"))

    def _step_button(self, step: Step) -> QPushButton:
        mark = MARKS[step.status] if step.status else ""
        made = button(mark + step.title, lambda: self._go(step), "switch")
        made.setCheckable(True)
        made.setEnabled(step.status is not None or not self._workspace.read_only)
        made.setChecked(self._at is not None and step.key == self._at.key)
        return made

    def _entry_page(self) -> "EntryPage":
        if self._entry is None:
            from tracker.ui.entry.entry_page import EntryPage

            self._entry = EntryPage(self._workspace, self._theme)
            self._keep(self._entry)
        return self._entry

    def _exam_page(self) -> "ExamPage":
        if self._exam is None:
            from tracker.ui.exam.exam_page import ExamPage

            self._exam = ExamPage(self._workspace, self._theme, jobs=self._jobs)
            self._keep(self._exam)
        return self._exam

    def _keep(self, form: "EntryPage | ExamPage") -> None:
        form.saved.connect(self._saved)
        form.closed.connect(self.closed)
        self._forms.addWidget(form)

    def _saved(self, patient_id: str) -> None:
        self.saved.emit(patient_id)
        self._read()
        following = self._first_open()
        if following is None:
            self.closed.emit()
        else:
            self._go(following)


def todays_visit(workspace: "Workspace", patient_id: str) -> Visit:
    """Return the patient's visit of today, made if there is none."""
    day = today()
    there = [visit for visit in workspace.visits.of(patient_id) if visit.date == day]
    return there[-1] if there else workspace.visits.add(Visit(id=new_key(), patient_id=patient_id, date=day))
