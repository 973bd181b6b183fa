"""Records for the tests of the store."""

import datetime

from tracker.clinic.codes import AssessmentStatus, Role
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, StoredScore, Treatment, User, Visit
from tracker.core.messages import msg

DAY = datetime.date(2026, 3, 1)
NOW = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.UTC)
SCORES = (
    StoredScore(code="pain", series="vas-pain.pain", value=0, reason=None),
    StoredScore(code="other", series="vas-pain.other", value=None, reason=msg("item {item} is blank", item="a")),
)


def patient(key="p", number="A-1", name="Ann Lee", **more):
    return Patient(id=key, patient_number=number, name=name, **more)


def episode(key="e", owner="p", condition="knee-oa", **more):
    return Episode(id=key, patient_id=owner, condition=condition, **more)


def treatment(key="t", owner="e", date=DAY, **more):
    return Treatment(id=key, episode_id=owner, date=date, product="PRP", **more)


def visit(key="v", owner="p", date=DAY, **more):
    return Visit(id=key, patient_id=owner, date=date, **more)


def assessment(key="a", owner="v", episode_id="e", scale="vas-pain", **more):
    return Assessment(
        id=key, visit_id=owner, episode_id=episode_id, scale=scale, scale_version="1", policy="default", **more
    )


def complete(key="a", **more):
    return assessment(key, status=AssessmentStatus.COMPLETE, completed_at=NOW, responses={"pain": 0}, **more)


def event(key="x", owner="p", **more):
    return AdverseEvent(id=key, patient_id=owner, date=DAY, term="swelling", grade=1, **more)


def user(key="u", name="Dr. Lin", role=Role.ADMINISTRATOR, **more):
    return User(id=key, name=name, role=role, **more)


def fill(store, *records):
    """Store records in one transaction; a complete assessment gets SCORES."""
    with store.work() as work:
        for record in records:
            if isinstance(record, Assessment):
                work.add_draft(record)
                if record.status is AssessmentStatus.COMPLETE:
                    work.put_scores(record, SCORES, "complete")
            else:
                work.add(record)
        work.commit()
    return work


def fill_one_patient(store):
    """Store a patient with one of everything."""
    return fill(
        store,
        patient(),
        episode(),
        treatment(),
        visit(),
        complete(),
        event(episode_id="e", treatment_id="t"),
    )
