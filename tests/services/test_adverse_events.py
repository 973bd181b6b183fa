from dataclasses import replace

import pytest

from tests.services.making import event, one_patient
from tracker.clinic.records import Episode, InvalidRecordError, Patient
from tracker.store.errors import UnknownRecordError


@pytest.fixture
def people(workspace):
    one_patient(workspace)
    workspace.episodes.add(Episode(id="f", patient_id="p", condition="sci"))
    workspace.patients.add(
        Patient(id="q", patient_number="A-2", name="Bo"), Episode(id="g", patient_id="q", condition="sci")
    )
    return workspace


@pytest.mark.parametrize(
    "links", [{}, {"episode_id": "e"}, {"treatment_id": "t"}, {"episode_id": "e", "treatment_id": "t"}]
)
def test_an_event_may_belong_to_an_episode_and_a_treatment(people, links):
    people.events.add(event(**links))
    assert people.events.of("p") == (event(version=1, **links),)


@pytest.mark.parametrize(
    ("links", "problem"),
    [({"episode_id": "g"}, "another patient"), ({"episode_id": "f", "treatment_id": "t"}, "another episode")],
)
def test_an_event_cannot_belong_to_what_is_not_its_patients(people, links, problem):
    with pytest.raises(InvalidRecordError, match=problem):
        people.events.add(event(**links))


def test_an_event_needs_what_it_names(people):
    with pytest.raises(UnknownRecordError):
        people.events.add(event(treatment_id="none"))


def test_an_event_can_be_corrected_and_removed(people):
    people.events.add(event())
    people.events.change(replace(people.events.get("x"), grade=3))
    people.events.remove("x")
    assert people.events.of("p") == ()
    assert str(people.undo.undo()) == "delete adverse event of 2026-03-01"
    people.undo.undo()
    assert people.events.get("x").grade == 1
