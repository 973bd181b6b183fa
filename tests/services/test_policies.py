import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, state, values, visit
from tracker.clinic.codes import MissingReason
from tracker.scales.catalogue import scale
from tracker.scales.errors import UnknownPolicyError
from tracker.services.policies import RescoreDiff, policy_in_force


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


@pytest.fixture
def clinic(workspace):
    """Two WOMAC forms, one of them with an item missing that only the lenient policy forgives."""
    one_patient(workspace)
    visit(workspace, "v", -3)
    visit(workspace, "w", 30)
    complete(workspace, "v", "womac-lk31", answers("womac-lk31", 2))
    form = answers("womac-lk31", 2)
    del form["P1"]
    complete(workspace, "w", "womac-lk31", form, {"P1": MissingReason.DECLINED})
    return workspace


def test_the_first_policy_is_in_force_until_another_is_chosen(clinic):
    assert clinic.policies.current("womac-lk31").id == "user_guide_unverified"
    clinic.policies.choose("womac-lk31", "strict")
    assert clinic.policies.current("womac-lk31").id == "strict"
    assert clinic.policies.current("whoqol-bref").id == "who_syntax"


def test_a_preview_says_what_choosing_would_do_and_changes_nothing(clinic):
    before = state(clinic)
    found = clinic.policies.preview("womac-lk31", "strict")
    assert found == RescoreDiff(assessments=2, changed_scores=0, lost_scores=4, gained_scores=0)
    assert state(clinic) == before
    assert clinic.policies.choose("womac-lk31", "strict") == found
    assert clinic.policies.preview("womac-lk31", "user_guide_unverified").gained_scores == 4


def test_choosing_scores_everything_again_and_stamps_it(clinic):
    clinic.policies.choose("womac-lk31", "strict")
    (view,) = clinic.assessments.of_visit("w")
    assert view.assessment.policy == "strict"
    assert values(view)["pain"] is None
    assert values(view)["function"] == 34
    assert chain_holds(clinic)


def test_choosing_can_be_undone_and_done_again(clinic):
    before = state(clinic)
    clinic.policies.choose("womac-lk31", "strict")
    after = state(clinic)
    assert str(clinic.undo.next_undo()) == "score WOMAC LK3.1 by “No item may be missing”"
    clinic.undo.undo()
    assert state(clinic) == before
    assert clinic.policies.current("womac-lk31").id == "user_guide_unverified"
    clinic.undo.redo()
    assert state(clinic) == after
    assert clinic.policies.current("womac-lk31").id == "strict"


def test_the_next_form_is_scored_by_the_policy_in_force(clinic):
    clinic.policies.choose("womac-lk31", "strict")
    visit(clinic, "x", 90)
    assert complete(clinic, "x", "womac-lk31").assessment.policy == "strict"


def test_an_unfinished_change_survives_choosing(clinic):
    (view,) = clinic.assessments.of_visit("v")
    clinic.assessments.save_draft(view.assessment.id, {"P1": 4}, {})
    clinic.policies.choose("womac-lk31", "strict")
    assert clinic.assessments.start("v", "womac-lk31", episode_id="e").responses == {"P1": 4}


def test_a_policy_the_scale_does_not_have_is_refused(clinic):
    with pytest.raises(UnknownPolicyError):
        clinic.policies.preview("womac-lk31", "none")
    with pytest.raises(UnknownPolicyError):
        clinic.policies.choose("womac-lk31", "none")


def test_a_choice_the_version_does_not_know_falls_back_to_its_first():
    womac = scale("womac-lk31")
    assert policy_in_force(womac, {"policy:womac-lk31": "gone"}) is womac.policies[0]
    assert policy_in_force(womac, {}) is womac.policies[0]


def test_choosing_the_policy_in_force_scores_nothing_again(clinic):
    versions = [view.assessment.version for view in clinic.assessments.of_visit("v")]
    clinic.policies.choose("womac-lk31", "user_guide_unverified")
    assert [view.assessment.version for view in clinic.assessments.of_visit("v")] == versions
