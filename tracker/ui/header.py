"""The patient's header: who it is, the episode, its treatments and what is due; a switch where there are several."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.clinic.baseline import PlannedVisit
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Episode, Patient, Treatment
from tracker.core.dates import months_between
from tracker.core.messages import tr
from tracker.ui import words
from tracker.ui.flow import FlowLayout
from tracker.ui.patient_list import episode_words, in_both_scripts
from tracker.ui.widgets import button, chip, clear, label, row, today

MOST_TREATMENTS = 4
"""More chips than these are counted in one; the table has them all."""


def person_words(patient: Patient) -> str:
    """Return number, age and sex of a patient."""
    age = words.age(patient.birth_date, today())
    parts = [patient.patient_number, tr("{age} years", age=age) if age else tr("age not recorded")]
    return "  \N{MIDDLE DOT}  ".join([*parts, words.label(patient.sex)])


def treatment_words(treatment: Treatment, day: datetime.date) -> str:
    """Return product, dose, date and months since a treatment."""
    given = " ".join(part for part in (treatment.product, treatment.dose) if part)
    if treatment.date > day:
        return tr("{given}, planned {date}", given=given, date=treatment.date)
    months = words.months(months_between(treatment.date, day))
    return tr("{given}, {date}, {months} ago", given=given, date=treatment.date, months=months)


def due_words(due: tuple[PlannedVisit, datetime.date], day: datetime.date) -> str:
    """Return which planned visit comes next, and when."""
    plan, on = due
    days = (on - day).days
    if abs(days) <= plan.window_days:
        return tr("month {month} due: {date}", month=plan.months, date=on)
    if days < 0:
        return tr("month {month} overdue since {date}", month=plan.months, date=on)
    return tr("next: month {month}, {date}", month=plan.months, date=on)


class PatientHeader(QWidget):
    """``episode_chosen`` carries the key of the episode switched to; ``tools`` are its buttons, to be placed."""

    episode_chosen = Signal(str)
    edit_wanted = Signal()
    episode_edit_wanted = Signal()
    episode_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name, self._person = label("", "title"), label("", "soft")
        self._person.setContentsMargins(0, 8, 0, 0)  # on the line of the name's letters, which are larger
        for shown in (self._name, self._person):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._group = QButtonGroup(self)
        self._switch = QHBoxLayout()
        self._switch.setSpacing(4)
        self._chips = FlowLayout()
        self._keys: list[str] = []
        who = FlowLayout(12)
        who.addWidget(self._name)
        who.addWidget(self._person)
        self.tools = QWidget()
        self.tools.setLayout(
            row(
                button(tr("Edit patient"), self.edit_wanted.emit, "quiet", hint="Ctrl+I"),
                button(tr("Edit episode"), self.episode_edit_wanted.emit, "quiet", hint="Ctrl+Shift+I"),
                button(tr("Add an episode"), self.episode_wanted.emit, "quiet", hint="Ctrl+Shift+E"),
                spacing=0,
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(who)
        layout.addLayout(self._switch)
        layout.addLayout(self._chips)

    @property
    def chips(self) -> list[str]:
        """The texts of the chips, in order."""
        shown = [self._chips.itemAt(place) for place in range(self._chips.count())]
        widgets = [item.widget() for item in shown if item is not None]
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]

    def show_patient(self, patient: Patient, episodes: Sequence[Episode], chosen: str) -> None:
        """Show who it is, and the episodes to switch between (none of them where there is only one)."""
        self._name.setText(in_both_scripts(patient.name, patient.latin_name))
        self._person.setText(person_words(patient))
        clear(self._switch)
        self._keys = [episode.id for episode in episodes]
        if len(episodes) < 2:
            return
        for episode in episodes:
            self._switch.addWidget(self._episode_button(episode, checked=episode.id == chosen))
        self._switch.addStretch(1)

    def next_episode(self, chosen: str) -> None:
        """Switch to the episode after *chosen*, and round again."""
        if len(self._keys) > 1 and chosen in self._keys:
            self.episode_chosen.emit(self._keys[(self._keys.index(chosen) + 1) % len(self._keys)])

    def show_episode(
        self,
        episode: Episode,
        treatments: Sequence[Treatment],
        index: Treatment | None,
        due: tuple[PlannedVisit, datetime.date] | None,
    ) -> None:
        """Show condition, attributes, treatments and the next planned visit as chips."""
        clear(self._chips)
        day = today()
        named_above = [episode_words(episode)] if len(self._keys) < 2 else []
        for text in (*named_above, *attribute_words(episode)):
            self._chips.addWidget(chip(text))
        for treatment in treatments[-MOST_TREATMENTS:]:
            counts = index is not None and treatment.id == index.id
            mark = "\N{BLACK DIAMOND} " if counts else "\N{WHITE DIAMOND} "
            hint = tr("months are counted from this treatment") if counts else ""
            self._chips.addWidget(chip(mark + treatment_words(treatment, day), "treatment", hint))
        if len(treatments) > MOST_TREATMENTS:
            more = len(treatments) - MOST_TREATMENTS
            self._chips.addWidget(chip(tr("{count} earlier treatments", count=more), "treatment"))
        if not treatments:
            self._chips.addWidget(chip(tr("no treatment recorded"), "missing"))
        if due is not None:
            near = (due[1] - day).days <= due[0].window_days
            self._chips.addWidget(chip(due_words(due, day), "due" if near else "plain"))

    def clear_episode(self) -> None:
        """Show the person only: there is no episode."""
        clear(self._chips)

    def _episode_button(self, episode: Episode, *, checked: bool) -> QPushButton:
        made = button(episode_words(episode), lambda: self.episode_chosen.emit(episode.id))
        made.setCheckable(True)
        made.setChecked(checked)
        made.setProperty("look", "switch")
        self._group.addButton(made)
        return made


def attribute_words(episode: Episode) -> list[str]:
    """Return the episode's attributes and onset, each in a few words."""
    condition = conditions().get(episode.condition)
    texts = []
    for attribute in condition.attributes if condition else ():
        code = episode.attributes.get(attribute.code)
        labels = {choice.code: str(choice.label) for choice in attribute.choices}
        if code is not None:
            texts.append(tr("{name}: {value}", name=attribute.label, value=labels.get(code, code)))
    if episode.onset_date is not None:
        texts.append(tr("onset {date}", date=episode.onset_date))
    return texts
