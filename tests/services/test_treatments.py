from dataclasses import replace

import pytest

from tests.services.making import day, event, one_patient
from tracker.clinic.records import Treatment
from tracker.store.errors import UnknownRecordError


def treat(workspace, key, days, **more):
    return workspace.treatments.add(Treatment(id=key, episode_id="e", date=day(days), product="PRP", **more))


def test_months_count_from_the_first_treatment_unless_another_is_flagged(workspace):
    one_patient(workspace, treated=False)
    assert workspace.episodes.index_treatment("e") is None
    treat(workspace, "later", 30)
    treat(workspace, "first", 0)
    assert workspace.episodes.index_treatment("e").id == "first"
    assert workspace.treatments.make_index("later").is_index
    assert workspace.episodes.index_treatment("e").id == "later"


def test_a_new_index_treatment_takes_the_flag_from_the_old_one_in_one_step(workspace):
    one_patient(workspace, treated=False)
    treat(workspace, "a", 0, is_index=True)
    treat(workspace, "b", 10, is_index=True)
    assert [one.is_index for one in workspace.treatments.of("e")] == [False, True]
    workspace.undo.undo()
    assert [one.is_index for one in workspace.treatments.of("e")] == [True]


def test_removing_the_index_treatment_lets_the_first_of_the_others_count(workspace):
    one_patient(workspace)
    treat(workspace, "u", 40)
    workspace.treatments.make_index("u")
    workspace.treatments.remove("u")
    assert workspace.episodes.index_treatment("e").id == "t"


def test_removing_a_treatment_keeps_its_adverse_event(workspace):
    one_patient(workspace)
    workspace.events.add(event(treatment_id="t"))
    workspace.treatments.remove("t")
    assert workspace.events.get("x").treatment_id is None
    workspace.undo.undo()
    assert workspace.events.get("x").treatment_id == "t"


def test_a_treatment_can_be_corrected(workspace):
    one_patient(workspace)
    workspace.treatments.change(replace(workspace.treatments.get("t"), dose="5 mL", note=" "))
    found = workspace.treatments.get("t")
    assert (found.dose, found.note, found.version) == ("5 mL", None, 2)
    assert str(workspace.undo.next_undo()) == "change treatment of 2026-03-01"


def test_a_treatment_needs_its_episode(workspace):
    with pytest.raises(UnknownRecordError):
        treat(workspace, "t", 0)
