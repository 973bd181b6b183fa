"""What the tests of the services record."""

import datetime

from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment, Visit
from tracker.scales.catalogue import scale
from tracker.store.checking.chain import verify_chain
from tracker.store.streams import TABLES, open_streams

TREATED = datetime.date(2026, 3, 1)


def day(days):
    """So many days after the treatment."""
    return TREATED + datetime.timedelta(days=days)


def one_patient(workspace, condition="knee-oa", treated=True, **episode):
    """A patient ``p`` with an episode ``e``, treated on TREATED."""
    workspace.patients.add(
        Patient(id="p", patient_number="A-1", name="Ann Lee"),
        Episode(id="e", patient_id="p", condition=condition, **episode),
    )
    if treated:
        workspace.treatments.add(Treatment(id="t", episode_id="e", date=TREATED, product="PRP"))


def visit(workspace, key, days=0, **more):
    return workspace.visits.add(Visit(id=key, patient_id="p", date=day(days), **more))


def event(key="x", **more):
    return AdverseEvent(id=key, patient_id="p", date=TREATED, term="swelling", grade=1, **more)


def answers(scale_id, value=None):
    """One allowed answer to every item that needs one (the lowest, unless given)."""
    items = [item for item in scale(scale_id).items if not item.optional]
    return {item.code: item.minimum if value is None else value for item in items}


def complete(workspace, visit_id, scale_id="vas-pain", responses=None, missing=None, **place):
    """Complete a form at a visit; returns its view."""
    episode_id = place.pop("episode_id", "e")
    started = workspace.assessments.start(visit_id, scale_id, episode_id=episode_id, **place)
    return workspace.assessments.complete(
        started.id, answers(scale_id) if responses is None else responses, missing or {}
    )


def values(view):
    return {score.code: score.value for score in view.scores}


def state(workspace):
    """All that is recorded and not removed, as an export would see it, without the audit."""
    with open_streams(workspace.place) as streams:
        return {table: list(streams.rows(table)) for table in TABLES}


def chain_holds(workspace):
    return verify_chain(workspace.place).broken is None
