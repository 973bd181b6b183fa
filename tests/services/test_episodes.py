from dataclasses import replace

import pytest

from tests.services.making import chain_holds, complete, event, one_patient, state, visit
from tracker.clinic.codes import Side
from tracker.clinic.records import Episode, InvalidRecordError
from tracker.store.errors import UnknownRecordError


def test_episodes_are_listed_in_order_of_entry(workspace):
    one_patient(workspace, side=Side.RIGHT)
    workspace.episodes.add(Episode(id="a", patient_id="p", condition="knee-oa", side=Side.LEFT))
    assert [episode.id for episode in workspace.episodes.of("p")] == ["e", "a"]
    assert workspace.episodes.get("a").side is Side.LEFT


def test_an_episode_needs_a_patient_and_a_known_condition(workspace):
    with pytest.raises(UnknownRecordError):
        workspace.episodes.add(Episode(id="e", patient_id="nobody", condition="sci"))
    one_patient(workspace)
    with pytest.raises(InvalidRecordError):
        workspace.episodes.change(replace(workspace.episodes.get("e"), condition="gout"))


def test_a_changed_condition_is_searched_by(workspace):
    one_patient(workspace)
    workspace.episodes.change(replace(workspace.episodes.get("e"), condition="sci"))
    assert workspace.patients.search("knee").found == 0
    assert workspace.patients.search("spinal").found == 1
    workspace.undo.undo()
    assert workspace.patients.search("膝").found == 1


def test_the_cohorts_chosen_are_kept(workspace):
    one_patient(workspace)
    chosen = workspace.episodes.choose_cohorts("e", ("lamo-espinosa-2016/msc-10m",))
    assert workspace.episodes.get("e") == chosen
    assert chosen.read_against == ("lamo-espinosa-2016/msc-10m",)


def test_removing_an_episode_keeps_what_is_about_the_person(workspace):
    one_patient(workspace)
    visit(workspace, "v", -3)
    complete(workspace, "v")
    complete(workspace, "v", "whoqol-bref")
    workspace.events.add(event(episode_id="e", treatment_id="t"))
    before = state(workspace)
    workspace.episodes.remove("e")
    assert [view.assessment.scale for view in workspace.assessments.of_visit("v")] == ["whoqol-bref"]
    (left,) = workspace.events.of("p")
    assert (left.term, left.episode_id, left.treatment_id) == ("swelling", None, None)
    assert workspace.patients.search("knee").found == 0
    assert str(workspace.undo.undo()) == "delete episode Knee osteoarthritis"
    assert state(workspace) == before
    assert chain_holds(workspace)
