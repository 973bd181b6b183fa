"""A small clinic for the window's tests: three patients, one of them with two knees, treatments, visits and scores."""

import datetime

from tracker.clinic.codes import MissingReason, Relatedness, Sex, Side
from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment, Visit
from tracker.core.dates import PartialDate
from tracker.scales.catalogue import scale
from tracker.services.workspace import Workspace

TREATED = datetime.date(2026, 1, 10)


def on(days):
    return TREATED + datetime.timedelta(days=days)


def fill(path):
    """Fill the file at *path*: Wang Lei (two knees, scores), Ana García (spine), Chidi Okafor (no episode)."""
    workspace = Workspace.open(path)
    wang = Patient(
        id="wang",
        patient_number="K-0007",
        name="王磊",
        latin_name="Wang Lei",
        sex=Sex.MALE,
        birth_date=PartialDate(1960),
    )
    workspace.patients.add(
        wang, Episode(id="left", patient_id="wang", condition="knee-oa", body_site="knee", side=Side.LEFT)
    )
    workspace.episodes.add(
        Episode(id="right", patient_id="wang", condition="knee-oa", body_site="knee", side=Side.RIGHT)
    )
    ana = Patient(
        id="ana", patient_number="S-0002", name="Ana García", sex=Sex.FEMALE, birth_date=PartialDate(1980, 4, 17)
    )
    workspace.patients.add(ana, Episode(id="spine", patient_id="ana", condition="sci", body_site="thoracic"))
    workspace.patients.add(Patient(id="chidi", patient_number="M-0001", name="Chidi Okafor"))
    workspace.treatments.add(Treatment(id="prp", episode_id="left", date=TREATED, product="PRP", dose="5 mL"))
    workspace.events.add(
        AdverseEvent(
            id="swelling",
            patient_id="wang",
            episode_id="left",
            date=on(2),
            term="swelling",
            grade=1,
            relatedness=Relatedness.PROBABLE,
        )
    )
    for name, days in (("before", -5), ("same", 0), ("month1", 31)):
        workspace.visits.add(Visit(id=name, patient_id="wang", date=on(days)))
    _score(workspace, "before", "vas-pain", {"pain": 62})
    _score(workspace, "month1", "vas-pain", {"pain": 0})
    womac = {item.code: 2 for item in scale("womac-lk31").items}
    _score(workspace, "before", "womac-lk31", womac)
    _score(
        workspace, "month1", "womac-lk31", {code: 1 for code in womac if code != "P1"}, {"P1": MissingReason.DECLINED}
    )
    draft = workspace.assessments.start("same", "womac-lk31", episode_id="left")
    workspace.assessments.save_draft(draft.id, {"P1": 1, "P2": 0}, {})
    workspace.close()
    return path


def _score(workspace, visit, scale_id, responses, missing=None):
    started = workspace.assessments.start(visit, scale_id, episode_id="left")
    workspace.assessments.complete(started.id, responses, missing or {})
