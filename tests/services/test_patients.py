from dataclasses import replace

import pytest

from tests.services.making import chain_holds, complete, event, one_patient, state, visit
from tracker.clinic.records import Episode, InvalidRecordError, Patient
from tracker.store.errors import ConflictError, StaleRecordError, UnknownRecordError


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


def test_a_new_patient_with_an_episode_is_found_by_name_and_condition(workspace):
    one_patient(workspace)
    (line,) = workspace.patients.search("lee knee").lines
    assert (line.id, line.episodes[0].condition) == ("p", "knee-oa")
    assert workspace.patients.get("p").version == 1


def test_a_patient_with_an_unknown_condition_is_not_half_stored(workspace):
    with pytest.raises(InvalidRecordError, match="no condition gout"):
        workspace.patients.add(
            Patient(id="p", patient_number="1", name="Ann"), Episode(id="e", patient_id="p", condition="gout")
        )
    assert workspace.patients.search().total == 0


def test_a_patient_is_found_by_number_or_id(workspace):
    one_patient(workspace)
    assert workspace.patients.find(" A-1 ").id == "p"
    assert workspace.patients.find("p").id == "p"
    with pytest.raises(UnknownRecordError, match="no patient with number or id B-2"):
        workspace.patients.find("B-2")


def test_a_number_that_is_anothers_id_is_ambiguous(workspace):
    one_patient(workspace)
    workspace.patients.add(Patient(id="q", patient_number="p", name="Bo"))
    with pytest.raises(UnknownRecordError, match="another's id"):
        workspace.patients.find("p")


def test_a_number_is_given_once(workspace):
    one_patient(workspace)
    with pytest.raises(ConflictError, match="already in use"):
        workspace.patients.add(Patient(id="q", patient_number=" A-1", name="Bo"))


def test_two_windows_cannot_overwrite_each_other(workspace, other_window):
    one_patient(workspace)
    mine, theirs = workspace.patients.get("p"), other_window.patients.get("p")
    changed = other_window.patients.change(replace(theirs, name="Anna Lee"))
    with pytest.raises(StaleRecordError, match="dr-wu changed this on"):
        workspace.patients.change(replace(mine, note="x"))
    assert workspace.patients.get("p") == changed


def test_removing_a_patient_removes_all_and_undo_brings_exactly_it_back(workspace):
    one_patient(workspace)
    visit(workspace, "v", -3)
    complete(workspace, "v")
    complete(workspace, "v", "whoqol-bref")
    workspace.events.add(event(episode_id="e"))
    visit(workspace, "gone")
    workspace.visits.remove("gone")
    before = state(workspace)
    workspace.patients.remove("p")
    assert not any(state(workspace).values())
    assert str(workspace.undo.next_undo()) == "delete patient A-1"
    workspace.undo.undo()
    assert state(workspace) == before
    assert workspace.patients.search("knee").found == 1
    assert chain_holds(workspace)


def test_what_was_removed_is_unknown(workspace):
    one_patient(workspace)
    workspace.patients.remove("p")
    with pytest.raises(UnknownRecordError):
        workspace.patients.get("p")
    with pytest.raises(UnknownRecordError):
        workspace.patients.remove("p")
