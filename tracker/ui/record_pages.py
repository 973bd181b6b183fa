"""The pages that make and edit a patient or an episode: one panel, no dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.clinic.records import Episode, Patient
from tracker.core.errors import TrackerError
from tracker.core.keys import new_key
from tracker.core.messages import tr
from tracker.ui.form import Form
from tracker.ui.form_panel import FormPanel
from tracker.ui.record_fields import (
    episode_fields,
    person_fields,
    read_episode,
    read_person,
    read_treatment,
    treatment_fields,
    treatment_is_empty,
)

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace

Save = Callable[[], bool]


def next_number(workspace: "Workspace") -> str:
    """Return the next free patient number: the largest of the list's, counted on in its own form."""
    numbers = [line.patient_number for line in workspace.patients.search("").lines]
    prefix, digits = _split(max(numbers, key=_rank, default="P-0000"))
    number = int(digits or 0) + 1
    while _is_taken(workspace, candidate := f"{prefix}{number:0{len(digits) or 4}d}"):
        number += 1
    return candidate


def _split(number: str) -> tuple[str, str]:
    prefix = number.rstrip("0123456789")
    return prefix, number[len(prefix) :]


def _rank(number: str) -> tuple[int, str]:
    prefix, digits = _split(number)
    return int(digits or 0), prefix


def _is_taken(workspace: "Workspace", number: str) -> bool:
    try:
        workspace.patients.find(number)
    except TrackerError:
        return False
    return True


class RecordPage(QWidget):
    """A form in the middle of the window. ``saved`` carries patient and episode; ``closed`` when it is done or left."""

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self.setObjectName("page")
        self._workspace = workspace
        self.panel: FormPanel | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(24, 18, 24, 18)

    def new_patient(self) -> None:
        """Ask for a patient, an episode and, if there was one already, the first treatment."""
        form = Form()
        person_fields(form, None, next_number(self._workspace))
        form.next_column(13)
        episode_fields(form, None)
        form.next_column()
        treatment_fields(form, None, first=True)

        def save() -> bool:
            patient = read_person(form, None)
            patient_id = patient.id if patient else ""
            episode = read_episode(form, Episode(id=new_key(), patient_id=patient_id, condition=""))
            untreated = treatment_is_empty(form)
            treatment = None if untreated else read_treatment(form, None, episode.id if episode else "")
            if patient is None or episode is None or form.complaints():
                return False
            self._workspace.patients.add(patient, episode)
            if treatment is not None:
                self._workspace.treatments.add(treatment)
            self.saved.emit(patient.id, episode.id)
            return True

        self._show(tr("New patient"), form, save, width=1180)
        form.line("name").setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_patient(self, patient: Patient) -> None:
        """Edit the person."""
        form = Form()
        person_fields(form, patient, "")

        def save() -> bool:
            record = read_person(form, patient)
            if record is None:
                return False
            self._workspace.patients.change(record)
            self.saved.emit(patient.id, "")
            return True

        self._show(tr("Edit patient"), form, save)
        self._offer_anew(lambda: self.edit_patient(self._workspace.patients.get(patient.id)))

    def edit_episode(self, episode: Episode) -> None:
        """Edit an episode of care."""
        form = Form()
        episode_fields(form, episode)

        def save() -> bool:
            record = read_episode(form, episode)
            if record is None:
                return False
            self._workspace.episodes.change(record)
            self.saved.emit(episode.patient_id, episode.id)
            return True

        self._show(tr("Edit episode"), form, save)
        self._offer_anew(lambda: self.edit_episode(self._workspace.episodes.get(episode.id)))

    def new_episode(self, patient: Patient) -> None:
        """Add a further episode: the other knee, another condition."""
        form = Form()
        episode_fields(form, None)

        def save() -> bool:
            record = read_episode(form, Episode(id=new_key(), patient_id=patient.id, condition=""))
            if record is None:
                return False
            self._workspace.episodes.add(record)
            self.saved.emit(patient.id, record.id)
            return True

        self._show(tr("New episode of {name}", name=patient.name), form, save)

    def _show(self, title: str, form: Form, save: Save, width: int = 520) -> None:
        self.drop()
        self.panel = FormPanel(title, form, save, wide=True)
        self.panel.setObjectName("card")
        self.panel.setMaximumWidth(width)
        self.panel.closed.connect(self.closed)
        self._layout.addWidget(self.panel, 1, Qt.AlignmentFlag.AlignTop)
        self.panel.show()
        form.start()

    def _offer_anew(self, show: Callable[[], None]) -> None:
        def anew() -> FormPanel | None:
            show()
            return self.panel

        if self.panel is not None:
            self.panel.anew = anew

    def drop(self) -> None:
        """Take the form away."""
        if self.panel is not None:
            self._layout.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
