from dataclasses import replace

import pytest

from tests.services.making import complete, one_patient, state, visit
from tracker.clinic.codes import VisitTiming
from tracker.clinic.records import AdverseEvent, InvalidRecordError, Treatment
from tracker.core.dates import PartialDate
from tracker.store.errors import UnknownRecordError


def test_visits_are_listed_by_date_not_by_entry(workspace):
    one_patient(workspace)
    for key, days in (("c", 30), ("a", -10), ("b", 0)):
        visit(workspace, key, days)
    assert [one.id for one in workspace.visits.of("p")] == ["a", "b", "c"]


def test_a_visit_can_be_moved_and_marked(workspace):
    one_patient(workspace)
    made = visit(workspace, "v")
    workspace.visits.change(replace(made, timing=VisitTiming.BEFORE))
    assert workspace.visits.get("v").timing is VisitTiming.BEFORE


def test_deleting_a_visit_takes_its_assessments_and_undo_brings_them_back(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    visit(workspace, "w", 30)
    complete(workspace, "v")
    complete(workspace, "w")
    before = state(workspace)
    workspace.visits.remove("v")
    assert [row[1] for row in state(workspace)["assessment"]] == ["w"]
    assert str(workspace.undo.undo()) == "delete visit of 2026-03-01"
    assert state(workspace) == before


def test_a_visit_needs_its_patient(workspace):
    with pytest.raises(UnknownRecordError):
        visit(workspace, "v")


def test_only_a_visit_that_holds_nothing_is_forgotten(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    visit(workspace, "w")
    complete(workspace, "w")
    workspace.visits.forget_empty("v")
    workspace.visits.forget_empty("w")
    assert [one.id for one in workspace.visits.of("p")] == ["w"]


def test_nothing_is_recorded_before_the_patients_birth_and_no_birth_after_what_is_recorded(workspace):
    one_patient(workspace)
    made = visit(workspace, "v")
    patient = workspace.patients.get("p")
    born = workspace.patients.change(replace(patient, birth_date=PartialDate(made.date.year - 30)))
    early = made.date.replace(year=made.date.year - 31)
    with pytest.raises(InvalidRecordError, match="birth"):
        workspace.visits.change(replace(made, date=early))
    with pytest.raises(InvalidRecordError, match="birth"):
        workspace.treatments.add(Treatment(id="early", episode_id="e", date=early, product="PRP"))
    with pytest.raises(InvalidRecordError, match="birth"):
        workspace.events.add(AdverseEvent(id="early", patient_id="p", date=early, term="fall", grade=1))
    with pytest.raises(InvalidRecordError, match="before this birth date"):
        workspace.patients.change(replace(born, birth_date=PartialDate(made.date.year + 1)))
    assert workspace.visits.get("v") == made
