import json
from dataclasses import replace

import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, values, visit
from tracker.clinic.codes import AssessmentStatus, Context, EntryMode, MissingReason
from tracker.clinic.records import Assessment, Episode, InvalidRecordError, Patient
from tracker.scales import catalogue
from tracker.scales.errors import InvalidResponseError, UnknownScaleError
from tracker.scales.model import NoScore, Score
from tracker.services import assessments as module
from tracker.services.answers import UnansweredItemError
from tracker.store.errors import UnknownRecordError


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


DECLINED = MissingReason.DECLINED


@pytest.fixture
def clinic(workspace):
    one_patient(workspace)
    for key, days in (("before", -7), ("month1", 30), ("month3", 91)):
        visit(workspace, key, days)
    return workspace


def audit(workspace):
    with workspace.store.read() as reader:
        rows = reader.driver.execute("SELECT action, before, after FROM audit WHERE entity = 'assessment'").fetchall()
    return [(action, before and json.loads(before), after and json.loads(after)) for action, before, after in rows]


def test_an_assessment_is_started_once_and_found_again(clinic):
    first = clinic.assessments.start("before", "womac-lk31", episode_id="e")
    assert (first.status, first.policy, first.responses) == (AssessmentStatus.DRAFT, "user_guide_unverified", {})
    assert clinic.assessments.start("before", "womac-lk31", episode_id="e") == first
    assert clinic.assessments.start("month1", "womac-lk31", episode_id="e").id != first.id


def test_contexts_are_assessments_of_their_own(clinic):
    rest = clinic.assessments.start("before", "vas-pain", episode_id="e", context=Context.REST)
    night = clinic.assessments.start("before", "vas-pain", episode_id="e", context=Context.NIGHT)
    assert rest.id != night.id
    with pytest.raises(InvalidRecordError, match="not asked in the context"):
        clinic.assessments.start("before", "womac-lk31", episode_id="e", context=Context.NIGHT)


def test_a_scale_about_the_person_is_entered_once_for_all_episodes(clinic):
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    first = clinic.assessments.start("before", "whoqol-bref", episode_id="e")
    assert first.episode_id is None
    assert clinic.assessments.start("before", "whoqol-bref", episode_id="f") == first
    knees = [clinic.assessments.start("before", "womac-lk31", episode_id=key).id for key in ("e", "f")]
    assert len(set(knees)) == 2


def test_an_assessment_needs_its_visit_its_scale_and_its_episode(clinic):
    clinic.patients.add(
        Patient(id="q", patient_number="A-2", name="Bo"), Episode(id="g", patient_id="q", condition="sci")
    )
    with pytest.raises(InvalidRecordError, match="belongs to an episode"):
        clinic.assessments.start("before", "vas-pain")
    with pytest.raises(InvalidRecordError, match="another patient"):
        clinic.assessments.start("before", "vas-pain", episode_id="g")
    with pytest.raises(UnknownRecordError):
        clinic.assessments.start("none", "vas-pain", episode_id="e")
    with pytest.raises(UnknownScaleError):
        clinic.assessments.start("before", "none", episode_id="e")


def test_every_keystroke_is_there_after_the_program_ends_and_none_is_audited(clinic):
    key = clinic.assessments.start("before", "womac-lk31", episode_id="e").id
    clinic.assessments.save_draft(key, {"P1": 0, "P2": None}, {"P3": DECLINED})
    clinic.close()
    stored = clinic.assessments.get(key).assessment
    assert (stored.responses, stored.missing) == ({"P1": 0}, {"P3": DECLINED})
    assert audit(clinic) == []
    assert str(clinic.undo.next_undo()) == "add visit of 2026-05-31"


def test_completing_scores_and_stamps_version_policy_and_who(clinic):
    started = clinic.assessments.start("before", "womac-lk31", episode_id="e")
    view = clinic.assessments.complete(
        started.id, answers("womac-lk31", 1), {}, mode=EntryMode.PAPER, assessor="Dr Lin", note="tired"
    )
    assert values(view)["pain"] == 5
    assert values(view)["total"] == 24
    assessment = view.assessment
    assert (assessment.status, assessment.scale_version, assessment.policy) == (
        AssessmentStatus.COMPLETE,
        "1",
        "user_guide_unverified",
    )
    assert (assessment.mode, assessment.assessor, assessment.note) == (EntryMode.PAPER, "Dr Lin", "tired")
    assert assessment.completed_at is not None
    assert {score.series for score in view.scores} >= {"womac-lk31.pain", "womac-lk31.total"}
    assert clinic.assessments.get(started.id) == view
    assert clinic.assessments.of_visit("before") == (view,)
    ((action, before, after),) = audit(clinic)
    assert (action, before["status"], after["status"]) == ("complete", "draft", "complete")
    assert after["scores"]["total"] == 24


def test_zero_is_an_answer_and_a_score(clinic):
    view = complete(clinic, "before", responses={"pain": 0})
    assert values(view) == {"pain": 0}


def test_blank_zero_and_declined_are_three_things(clinic):
    form = answers("womac-lk31", 0)
    del form["P1"]
    with pytest.raises(UnansweredItemError) as caught:
        complete(clinic, "before", "womac-lk31", form)
    assert caught.value.item == "P1"
    assert "has no answer" in str(caught.value)
    view = complete(clinic, "before", "womac-lk31", form, {"P1": DECLINED})
    assert view.assessment.missing == {"P1": DECLINED}
    pain = next(score for score in view.scores if score.code == "pain")
    assert (pain.value, pain.imputed_items) == (0, 1)
    with pytest.raises(InvalidResponseError, match="keep one of them"):
        complete(clinic, "before", "womac-lk31", form | {"P1": 0}, {"P1": DECLINED})


def test_what_is_not_scored_says_why(clinic):
    form = answers("womac-lk31", 2)
    missing = {"P1": DECLINED, "P2": DECLINED, "P3": DECLINED}
    for item in missing:
        del form[item]
    view = complete(clinic, "before", "womac-lk31", form, missing)
    pain = next(score for score in view.scores if score.code == "pain")
    assert pain.value is None
    assert "{" not in str(pain.reason)
    assert len(str(pain.reason)) > 10
    assert values(view)["total"] is None
    assert values(view)["function"] == 34


@pytest.mark.parametrize(
    ("responses", "missing", "item"),
    [({"pain": 101}, {}, "pain"), ({"pain": 1, "other": 2}, {}, "other"), ({"pain": 1}, {"other": DECLINED}, "other")],
)
def test_what_the_scale_does_not_know_is_refused_by_its_name(clinic, responses, missing, item):
    key = clinic.assessments.start("before", "vas-pain", episode_id="e").id
    with pytest.raises(InvalidResponseError) as caught:
        clinic.assessments.complete(key, responses, missing)
    assert caught.value.item == item
    assert clinic.assessments.get(key).assessment.status is AssessmentStatus.DRAFT


def test_a_total_that_is_the_sum_of_given_parts_needs_no_answer(clinic):
    form = answers("asia-totals", 10) | {"uems": 30, "lems": 12}
    del form["motor"]
    view = complete(clinic, "before", "asia-totals", form)
    assert values(view)["motor"] == 42


def test_an_unfinished_change_leaves_the_stored_answers_alone(clinic):
    key = complete(clinic, "before", responses={"pain": 40}).assessment.id
    clinic.assessments.save_draft(key, {}, {"pain": DECLINED})
    assert clinic.assessments.get(key).assessment.responses == {"pain": 40}
    reopened = clinic.assessments.start("before", "vas-pain", episode_id="e")
    assert (reopened.responses, reopened.missing) == ({}, {"pain": DECLINED})
    assert reopened.status is AssessmentStatus.COMPLETE
    clinic.assessments.discard_draft(key)
    assert clinic.assessments.start("before", "vas-pain", episode_id="e").responses == {"pain": 40}


def test_an_amendment_keeps_before_and_after_and_what_was_not_said(clinic):
    key = clinic.assessments.start("before", "vas-pain", episode_id="e").id
    first = clinic.assessments.complete(key, {"pain": 40}, {}, mode=EntryMode.PAPER, assessor="Dr Lin")
    view = clinic.assessments.complete(key, {"pain": 4}, {})
    assert values(view) == {"pain": 4}
    assert (view.assessment.mode, view.assessment.assessor) == (EntryMode.PAPER, "Dr Lin")
    assert view.assessment.completed_at == first.assessment.completed_at
    action, before, after = audit(clinic)[-1]
    assert (action, before["responses"], after["responses"]) == ("amend", {"pain": 40}, {"pain": 4})
    assert chain_holds(clinic)


def test_completing_again_without_a_change_is_no_change(clinic):
    view = complete(clinic, "before", responses={"pain": 40})
    clinic.assessments.save_draft(view.assessment.id, {"pain": 41}, {})
    label = clinic.undo.next_undo()
    again = clinic.assessments.complete(view.assessment.id, {"pain": 40}, {})
    assert again == view
    assert len(audit(clinic)) == 1
    assert clinic.undo.next_undo() == label
    assert clinic.assessments.start("before", "vas-pain", episode_id="e").responses == {"pain": 40}


def test_a_draft_given_up_can_be_brought_back_unless_it_was_empty(clinic):
    key = clinic.assessments.start("before", "womac-lk31", episode_id="e").id
    clinic.assessments.discard_draft(key)
    assert clinic.assessments.of_visit("before") == ()
    key = clinic.assessments.start("before", "womac-lk31", episode_id="e").id
    clinic.assessments.save_draft(key, {"P1": 3}, {})
    clinic.assessments.discard_draft(key)
    assert clinic.assessments.of_visit("before") == ()
    assert str(clinic.undo.undo()) == "discard the draft of WOMAC LK3.1 of 2026-02-22"
    assert clinic.assessments.get(key).assessment.responses == {"P1": 3}


def test_a_removed_assessment_leaves_its_place_to_a_new_one(clinic):
    key = complete(clinic, "before").assessment.id
    clinic.assessments.remove(key)
    with pytest.raises(UnknownRecordError):
        clinic.assessments.get(key)
    assert clinic.assessments.start("before", "vas-pain", episode_id="e").id != key


def test_the_one_before_is_the_last_complete_one_of_the_same_kind(clinic):
    visit(clinic, "sameday", 91)
    first = complete(clinic, "before", responses={"pain": 70})
    complete(clinic, "month1", responses={"pain": 5}, context=Context.NIGHT)
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    complete(clinic, "month1", responses={"pain": 6}, episode_id="f")
    draft = clinic.assessments.start("month1", "vas-pain", episode_id="e")
    clinic.assessments.save_draft(draft.id, {"pain": 9}, {})
    last = clinic.assessments.start("month3", "vas-pain", episode_id="e")
    assert clinic.assessments.previous(last.id) == first
    assert clinic.assessments.previous(draft.id) == first
    assert clinic.assessments.previous(first.assessment.id) is None
    done = clinic.assessments.complete(draft.id, {"pain": 20}, {})
    assert clinic.assessments.previous(last.id) == done
    late = clinic.assessments.start("sameday", "vas-pain", episode_id="e")
    third = clinic.assessments.complete(last.id, {"pain": 1}, {})
    assert clinic.assessments.previous(late.id) == third


def test_scores_are_live_while_typing(clinic):
    outcomes = clinic.assessments.preview("womac-lk31", {f"P{n}": 1 for n in range(1, 6)})
    assert outcomes["pain"] == Score(5)
    assert isinstance(outcomes["total"], NoScore)
    clinic.policies.choose("womac-lk31", "strict")
    assert isinstance(clinic.assessments.preview("womac-lk31", {f"P{n}": 1 for n in range(1, 5)})["pain"], NoScore)


def test_an_old_version_is_opened_and_scored_by_its_own_definition(clinic, monkeypatch):
    view = complete(clinic, "before", responses={"pain": 40})
    newest = catalogue.scale("vas-pain")
    doubled = replace(newest, version="2", short_title=newest.short_title)

    def two_versions(scale_id, version=None, folder=None):
        return newest if version == "1" else doubled

    monkeypatch.setattr(module.catalogue, "scale", two_versions)
    started = clinic.assessments.start("month1", "vas-pain", episode_id="e")
    assert started.scale_version == "2"
    reopened = clinic.assessments.start("before", "vas-pain", episode_id="e")
    assert reopened.scale_version == "1"
    amended = clinic.assessments.complete(view.assessment.id, {"pain": 30}, {})
    assert amended.assessment.scale_version == "1"


def test_two_windows_begin_one_assessment(clinic, other_window):
    mine = clinic.assessments.start("before", "vas-pain", episode_id="e")
    assert other_window.assessments.start("before", "vas-pain", episode_id="e") == mine


def test_one_begun_in_another_window_meanwhile_is_taken(clinic, other_window, monkeypatch):
    check = clinic.assessments._check_place

    def meanwhile(reader, scale, wanted):
        check(reader, scale, wanted)
        other_window.assessments.start("before", "vas-pain", episode_id="e")

    monkeypatch.setattr(clinic.assessments, "_check_place", meanwhile)
    mine = clinic.assessments.start("before", "vas-pain", episode_id="e")
    assert [view.assessment for view in clinic.assessments.of_visit("before")] == [mine]


def test_nothing_can_be_typed_into_what_is_gone(clinic):
    key = clinic.assessments.start("before", "vas-pain", episode_id="e").id
    clinic.visits.remove("before")
    with pytest.raises(UnknownRecordError):
        clinic.assessments.save_draft(key, {"pain": 1}, {})
    assert isinstance(key, str)
    with clinic.store.read() as reader:
        assert reader.find(Assessment, key) is None
