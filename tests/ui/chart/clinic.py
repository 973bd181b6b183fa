"""A real file with one patient: treatment, visits and completed forms, made through the services."""

import datetime
from dataclasses import dataclass

from tracker.clinic.codes import Context, EntryMode, MissingReason
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.core.keys import new_key
from tracker.scales.catalogue import scale
from tracker.services.workspace import Workspace

TREATED = datetime.date(2025, 3, 1)


@dataclass
class Clinic:
    """One patient with one episode, and the verbs tests write her course with."""

    workspace: Workspace
    patient: Patient
    episode: Episode

    def treat(self, day=TREATED, product="MSC", dose="50 million cells", **more):
        return self.workspace.treatments.add(
            Treatment(id=new_key(), episode_id=self.episode.id, date=day, product=product, dose=dose, **more)
        )

    def visit(self, day):
        return self.workspace.visits.add(Visit(id=new_key(), patient_id=self.patient.id, date=day))

    def fill(self, visit, scale_id, answers, context=Context.UNSPECIFIED, missing=()):
        about = scale(scale_id).about.value
        started = self.workspace.assessments.start(
            visit.id, scale_id, episode_id=self.episode.id if about == "episode" else None, context=context
        )
        reasons = dict.fromkeys(missing, MissingReason.DECLINED)
        return self.workspace.assessments.complete(started.id, answers, reasons, mode=EntryMode.PAPER)

    def pain(self, day, value):
        return self.fill(self.visit(day), "nrs-pain", {"pain": value})

    def motor(self, day, value):
        return self.fill(self.visit(day), "asia-totals", {"motor": value, "light_touch": 60, "pin_prick": 60})


def make_clinic(path, condition="sci", site="thoracic", attributes=None, *, create=False):
    """Return an opened file with one patient and one episode in it."""
    workspace = Workspace.open(path, create=create, actor="tester")
    patient = Patient(id=new_key(), patient_number="P-1", name="王磊", latin_name="Wang Lei")
    episode = Episode(
        id=new_key(), patient_id=patient.id, condition=condition, body_site=site, attributes=attributes or {"ais": "A"}
    )
    workspace.patients.add(patient, episode)
    return Clinic(workspace, patient, episode)


def middle_answers(scale_id, step=0):
    """Return an allowed answer to every item of a scale, another one for another *step*."""
    answers = {}
    for item in scale(scale_id).items:
        if item.optional:
            continue
        if item.allowed:
            answers[item.code] = item.allowed[step % len(item.allowed)]
        else:
            answers[item.code] = item.minimum + (item.maximum - item.minimum) * (step % 10) / 10
    return answers
