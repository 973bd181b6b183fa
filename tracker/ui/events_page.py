"""Treatments of an episode and adverse events of its patient, each a table; one panel adds, edits and removes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.clinic.records import AdverseEvent, Episode, Treatment
from tracker.core.messages import tr
from tracker.services.rights import Right
from tracker.ui import words
from tracker.ui.allowed import allow
from tracker.ui.form import Form
from tracker.ui.form_panel import FormPanel
from tracker.ui.record_fields import event_fields, read_event, read_treatment, treatment_fields
from tracker.ui.records_table import Column, RecordsModel, RecordsTable
from tracker.ui.side_panel import SidePanel
from tracker.ui.widgets import button, label, row

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace

ROWS_SHOWN = 5


def treatment_columns(counts: Callable[[Treatment], bool]) -> tuple[Column[Treatment], ...]:
    """Return the columns of treatments; *counts* says whether months are counted from one."""
    return (
        Column(tr("Date"), lambda one: one.date.isoformat()),
        Column(tr("Product"), lambda one: one.product),
        Column(tr("Cell source"), lambda one: one.cell_source or ""),
        Column(tr("Dose"), lambda one: one.dose or ""),
        Column(tr("Route"), lambda one: one.route or ""),
        Column(tr("Lot"), lambda one: one.lot or ""),
        Column(tr("Months from"), lambda one: tr("\N{BLACK DIAMOND} this one") if counts(one) else ""),
    )


def event_columns(product_of: Callable[[str | None], str]) -> tuple[Column[AdverseEvent], ...]:
    """Return the columns of adverse events; *product_of* names a treatment."""
    return (
        Column(tr("Start"), lambda one: one.date.isoformat()),
        Column(tr("End"), lambda one: one.end_date.isoformat() if one.end_date else ""),
        Column(tr("What happened"), lambda one: one.term),
        Column(tr("Grade"), lambda one: words.grade(one.grade)),
        Column(tr("Relation"), lambda one: words.label(one.relatedness)),
        Column(tr("Treatment"), lambda one: product_of(one.treatment_id)),
    )


class EventsPage(QWidget):
    """Says ``changed`` after each change and ``removed`` with what went."""

    changed = Signal()
    removed = Signal(str)

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._episode: Episode | None = None
        self._treatments: tuple[Treatment, ...] = ()
        self._index_id = ""
        self._on_events = False
        self.treatments = RecordsModel(treatment_columns(lambda one: one.id == self._index_id))
        self.events = RecordsModel(event_columns(self._product_of))
        self.treatment_table = RecordsTable(self.treatments, tr("Treatments"), stretched=1)
        self.event_table = RecordsTable(self.events, tr("Adverse events"), stretched=2)
        self.side = SidePanel()
        self._no_treatment = label(
            tr("No treatment recorded: without one there are no months and no baseline."), "soft"
        )
        self._no_event = label(tr("No adverse event recorded."), "soft")
        self._build()

    def _build(self) -> None:
        self.treatment_table.setFixedHeight(30 * ROWS_SHOWN + 36)
        new_treatment = button(tr("New treatment"), self.new_treatment, hint="Ctrl+T")
        new_event = button(tr("New adverse event"), self.new_event, hint="Ctrl+Shift+T")
        for press in (new_treatment, new_event):
            allow(self._workspace, Right.RECORD, press)
        treatments_head = row(label(tr("Treatments"), "heading"), new_treatment)
        treatments_head.addWidget(self._no_treatment)
        events_head = row(label(tr("Adverse events"), "heading"), new_event)
        events_head.addWidget(self._no_event)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(treatments_head)
        left.addWidget(self.treatment_table)
        left.addSpacing(10)
        left.addLayout(events_head)
        left.addWidget(self.event_table, 1)
        left.addWidget(label(tr("Enter: open   Delete: remove (can be undone)"), "small"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 1)
        layout.addWidget(self.side)
        self.side.emptied.connect(self._give_focus_back)
        self.treatment_table.opened.connect(lambda at: self._show_treatment(self.treatments.record(at)))
        self.treatment_table.remove_wanted.connect(lambda at: self._remove_treatment(self.treatments.record(at)))
        self.event_table.opened.connect(lambda at: self._show_event(self.events.record(at)))
        self.event_table.remove_wanted.connect(lambda at: self._remove_event(self.events.record(at)))

    def show_episode(self, episode: Episode, index: Treatment | None) -> None:
        """Show the treatments of *episode* (months count from *index*) and the adverse events of its patient."""
        self._index_id = index.id if index is not None else ""
        self._episode = episode
        self._treatments = tuple(self._workspace.treatments.of(episode.id))
        events = self._workspace.events.of(episode.patient_id)
        self.treatments.set_records(self._treatments)
        self.events.set_records(events)
        self._no_treatment.setVisible(not self._treatments)
        self._no_event.setVisible(not events)

    def start(self) -> None:
        """Put the focus on the treatments."""
        self.treatment_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_focus_back(self) -> None:
        table = self.event_table if self._on_events else self.treatment_table
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_treatment(self) -> None:
        """Show the panel for a new treatment."""
        self._show_treatment(None)

    def new_event(self) -> None:
        """Show the panel for a new adverse event."""
        self._show_event(None)

    def _show_treatment(self, treatment: Treatment | None) -> None:
        if self._episode is None:
            return
        episode_id = self._episode.id
        self._on_events = False
        form = Form()
        treatment_fields(form, treatment)
        form.tick(
            "is_index", tr("count months from this treatment"), value=treatment is not None and treatment.is_index
        )

        def save() -> bool:
            record = read_treatment(form, treatment, episode_id)
            if record is None:
                return False
            services = self._workspace.treatments
            stored = services.add(record) if treatment is None else services.change(record)
            if form.ticked("is_index") and not stored.is_index:
                services.make_index(stored.id)
            self.changed.emit()
            return True

        remove = None if treatment is None else (tr("Remove"), lambda: self._remove_treatment(treatment))
        panel = FormPanel(tr("New treatment") if treatment is None else tr("Treatment"), form, save, remove)
        if treatment is not None:
            panel.anew = self._anew(lambda: self._show_treatment(self._workspace.treatments.get(treatment.id)))
        self._show_panel(panel)

    def _show_event(self, event: AdverseEvent | None) -> None:
        if self._episode is None:
            return
        patient_id, episode_id = self._episode.patient_id, self._episode.id
        self._on_events = True
        form = Form()
        event_fields(form, event, self._treatments)

        def save() -> bool:
            record = read_event(form, event, patient_id, episode_id)
            if record is None:
                return False
            if event is None:
                self._workspace.events.add(record)
            else:
                self._workspace.events.change(record)
            self.changed.emit()
            return True

        remove = None if event is None else (tr("Remove"), lambda: self._remove_event(event))
        panel = FormPanel(tr("New adverse event") if event is None else tr("Adverse event"), form, save, remove)
        if event is not None:
            panel.anew = self._anew(lambda: self._show_event(self._workspace.events.get(event.id)))
        self._show_panel(panel)

    def _anew(self, show: Callable[[], None]) -> Callable[[], FormPanel | None]:
        def anew() -> FormPanel | None:
            show()
            return self.side.panel

        return anew

    def _show_panel(self, panel: FormPanel) -> None:
        allow(self._workspace, Right.REMOVE, panel.remove_button)
        self.side.show_panel(panel)

    def _remove_treatment(self, treatment: Treatment) -> None:
        self._workspace.treatments.remove(treatment.id)
        self.changed.emit()
        self.removed.emit(tr("{product} of {date} removed", product=treatment.product, date=treatment.date))

    def _remove_event(self, event: AdverseEvent) -> None:
        self._workspace.events.remove(event.id)
        self.changed.emit()
        self.removed.emit(tr("{term} of {date} removed", term=event.term, date=event.date))

    def _product_of(self, treatment_id: str | None) -> str:
        return next((one.product for one in self._treatments if one.id == treatment_id), "")
