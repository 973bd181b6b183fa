from dataclasses import replace

import pytest

from tests.services.making import TREATED, answers, complete, day, event, one_patient, visit
from tracker.clinic.baseline import NoBaseline
from tracker.clinic.codes import Context, MissingReason, VisitTiming
from tracker.clinic.records import Episode
from tracker.core.dates import DAYS_PER_MONTH
from tracker.scales.catalogue import scale


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


def panel(workspace, series="vas-pain.pain", context=Context.UNSPECIFIED, episode="e"):
    course = workspace.courses.of(episode)
    (found,) = [one for one in course.panels if (one.series, one.context) == (series, context)]
    return found


@pytest.fixture
def clinic(workspace):
    one_patient(workspace)
    for key, days in (("w3", 91), ("w0", -7), ("w1", 30)):
        visit(workspace, key, days)
    return workspace


def test_months_count_from_the_treatment_by_the_visits_date_not_by_entry(clinic):
    complete(clinic, "w3", responses={"pain": 0})
    complete(clinic, "w0", responses={"pain": 70})
    complete(clinic, "w1", responses={"pain": 33.5})
    found = panel(clinic)
    assert [(point.months, point.value) for point in found.points] == [
        (-7 / DAYS_PER_MONTH, 70),
        (30 / DAYS_PER_MONTH, 33.5),
        (91 / DAYS_PER_MONTH, 0),
    ]
    assert found.baseline == found.points[0]


def test_a_course_says_where_it_starts_and_what_was_done(clinic):
    clinic.events.add(event("mine", episode_id="e"))
    clinic.events.add(event("anyones"))
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    clinic.events.add(event("other", episode_id="f"))
    course = clinic.courses.of("e")
    assert (course.origin, course.origin_is_treatment, course.index_treatment.id) == (TREATED, True, "t")
    assert [one.id for one in course.treatments] == ["t"]
    assert {one.id for one in course.events} == {"mine", "anyones"}
    assert (course.patient.id, course.condition.id) == ("p", "knee-oa")


def test_every_scale_of_the_condition_has_its_panels_even_with_nothing_on_them(clinic):
    series = [one.series for one in clinic.courses.of("e").panels]
    assert series[:5] == [
        "womac-lk31.pain",
        "womac-lk31.stiffness",
        "womac-lk31.function",
        "womac-lk31.total",
        "vas-pain.pain",
    ]
    assert all(one.points == () for one in clinic.courses.of("e").panels)
    assert not [one for one in series if one.endswith("_100")]


def test_a_follow_up_is_never_promoted_to_baseline(clinic):
    complete(clinic, "w1", responses={"pain": 50})
    assert isinstance(panel(clinic).baseline, NoBaseline)


def test_an_uncomputed_score_is_a_gap_with_its_reason_and_no_baseline(clinic):
    form = answers("womac-lk31", 1)
    missing = dict.fromkeys(("P1", "P2", "P3"), MissingReason.UNABLE)
    complete(clinic, "w0", "womac-lk31", {item: value for item, value in form.items() if item not in missing}, missing)
    found = panel(clinic, "womac-lk31.pain")
    assert [point.value for point in found.points] == [None]
    assert found.points[0].reason is not None
    assert isinstance(found.baseline, NoBaseline)
    assert panel(clinic, "womac-lk31.function").baseline.value == 17


def test_a_draft_is_a_gap_and_an_empty_one_nothing(clinic):
    draft = clinic.assessments.start("w0", "vas-pain", episode_id="e")
    clinic.assessments.start("w1", "vas-pain", episode_id="e")
    clinic.assessments.save_draft(draft.id, {"pain": 60}, {})
    (point,) = panel(clinic).points
    assert (point.value, point.complete, str(point.reason)) == (None, False, "the form is not finished")
    assert isinstance(panel(clinic).baseline, NoBaseline)


def test_the_day_of_treatment_counts_only_if_marked_before(clinic):
    visit(clinic, "day", 0)
    complete(clinic, "day", responses={"pain": 55})
    assert isinstance(panel(clinic).baseline, NoBaseline)
    clinic.visits.change(replace(clinic.visits.get("day"), timing=VisitTiming.BEFORE))
    assert panel(clinic).baseline.value == 55


@pytest.mark.parametrize(("phase", "has_baseline"), [("subacute", False), ("chronic", True), (None, True)])
def test_a_subacute_injury_has_a_baseline_of_thirty_days_only(workspace, phase, has_baseline):
    one_patient(workspace, "sci", attributes={"phase": phase} if phase else {})
    visit(workspace, "v", -40)
    complete(workspace, "v", "asia-totals", answers("asia-totals", 40))
    assert isinstance(panel(workspace, "asia.motor").baseline, NoBaseline) is not has_baseline


def test_without_treatment_months_count_from_the_first_visit_and_there_is_no_baseline(workspace):
    one_patient(workspace, treated=False)
    visit(workspace, "b", 61)
    visit(workspace, "a", 0)
    complete(workspace, "b", responses={"pain": 20})
    course = workspace.courses.of("e")
    assert (course.origin, course.origin_is_treatment) == (day(0), False)
    found = panel(workspace)
    assert found.points[0].months == 61 / DAYS_PER_MONTH
    assert "no index treatment" in str(found.baseline.reason)


def test_with_nothing_recorded_there_is_no_origin(workspace):
    one_patient(workspace, treated=False)
    course = workspace.courses.of("e")
    assert course.origin is None
    assert all(one.points == () for one in course.panels)


def test_contexts_have_panels_of_their_own(clinic):
    complete(clinic, "w0", responses={"pain": 70}, context=Context.REST)
    complete(clinic, "w0", responses={"pain": 80}, context=Context.MOVEMENT)
    assert panel(clinic, context=Context.REST).baseline.value == 70
    assert panel(clinic, context=Context.MOVEMENT).baseline.value == 80


def test_what_is_about_the_person_is_drawn_in_every_episode(clinic):
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    complete(clinic, "w0", "whoqol-bref")
    complete(clinic, "w0", responses={"pain": 1})
    assert len(panel(clinic, "whoqol-bref.physical", episode="f").points) == 1
    assert panel(clinic, episode="f").points == ()


def test_a_condition_whose_file_is_gone_is_drawn_as_other(clinic):
    with clinic.store.work() as work:
        work.driver.execute("UPDATE episode SET condition = 'own-thing'")
        work.commit()
    complete(clinic, "w0", responses={"pain": 3})
    assert clinic.courses.of("e").condition.id == "other"
    assert panel(clinic).points[0].value == 3


def test_the_points_name_the_policy_and_what_was_filled_in(clinic):
    form = answers("womac-lk31", 2)
    del form["P1"]
    complete(clinic, "w0", "womac-lk31", form, {"P1": MissingReason.DECLINED})
    point = panel(clinic, "womac-lk31.pain").points[0]
    assert (point.value, point.imputed_items, point.policy, point.visit_id) == (10, 1, "user_guide_unverified", "w0")


def test_exams_and_totals_share_one_line(workspace):
    one_patient(workspace, "sci")
    for key, days in (("v0", -7), ("v1", 30), ("v2", 60), ("v3", 90)):
        visit(workspace, key, days)
    complete(workspace, "v0", "asia-totals", {"motor": 12, "light_touch": 60, "pin_prick": 60})
    complete(workspace, "v1", "isncsci", scale("isncsci").examples[1].responses)
    half = workspace.assessments.start("v2", "asia-totals")
    workspace.assessments.save_draft(half.id, {"motor": 20}, {})
    other = workspace.assessments.start("v3", "nrs-pain", episode_id="e")
    workspace.assessments.save_draft(other.id, {"pain": 2}, {})
    found = panel(workspace, "asia.motor")
    assert [(point.visit_id, point.value, point.complete) for point in found.points] == [
        ("v0", 12, True),
        ("v1", 14, True),
        ("v2", None, False),
    ]
    assert found.scale.id == "isncsci"
    assert found.baseline.value == 12


def test_a_further_scale_has_panels_from_its_first_record_and_its_empty_modules_none(workspace):
    one_patient(workspace, condition="tendinopathy")
    visit(workspace, "w0", -7)
    assert "quickdash" not in {panel.scale.id for panel in workspace.courses.of("e").panels}
    complete(workspace, "w0", "quickdash", {f"Q{number}": 3 for number in range(1, 12)})
    assert [panel.series for panel in workspace.courses.of("e").panels if panel.scale.id == "quickdash"] == [
        "quickdash.quickdash"
    ]
