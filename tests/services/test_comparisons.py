import datetime
from dataclasses import replace

import pytest

from tests.services.making import TREATED, answers, complete, day, one_patient, visit
from tracker.clinic.codes import Context, MissingReason, VisitTiming
from tracker.clinic.records import Treatment
from tracker.core.dates import PartialDate
from tracker.core.messages import say
from tracker.reference.library import UnknownCohortError
from tracker.scales.change import AgainstError
from tracker.scales.held import Holding
from tracker.services.comparison_cohorts import facts_of

SCI = {"ais": "A", "phase": "chronic", "level": "T6"}
WHOLE = "akhlaghpasand-2025/all"


def panel(comparison, series="vas-pain.pain", context=Context.UNSPECIFIED):
    (found,) = [one for one in comparison.panels if (one.series, one.course.context) == (series, context)]
    return found


def compared(workspace, series="vas-pain.pain", **asked):
    return panel(workspace.comparisons.of("e", **asked), series)


def pains(workspace, *visits, timing=None):
    """Record VAS pain at days after treatment."""
    for days, value in visits:
        key = f"v{days}"
        visit(workspace, key, days, **({} if timing is None else {"timing": timing}))
        complete(workspace, key, responses={"pain": value})


def further(workspace, days, key="t2"):
    workspace.treatments.add(Treatment(id=key, episode_id="e", date=day(days), product="steroid injection"))


@pytest.fixture
def knee(workspace):
    one_patient(workspace, body_site="knee")
    return workspace


def test_changes_count_from_the_baseline_and_from_the_last_visit_with_a_value(knee):
    pains(knee, (-7, 70), (30, 49), (91, 60))
    found = compared(knee)
    assert (found.baseline.value, found.no_baseline, found.baseline_note) == (70, None, None)
    assert [point.is_baseline for point in found.points] == [True, False, False]
    assert [point.value for point in found.points] == [70, 49, 60]
    assert [point.change_from_baseline for point in found.points] == [None, -21, -10]
    assert [point.percent_change for point in found.points] == [None, -30, pytest.approx(-100 / 7)]
    assert [point.since_last and point.since_last.change for point in found.points] == [None, -21, 11]
    assert found.latest is found.points[-1]


def test_every_offered_limit_has_its_verdict(knee):
    pains(knee, (-7, 70), (30, 49))
    verdicts = {one.threshold.id: one.met for one in compared(knee).points[1].verdicts}
    assert verdicts == {
        "tubach_knee": True,
        "tubach_knee_percent": False,
        "moderate_percent": True,
        "substantial_percent": False,
    }
    (cell,) = compared(knee).points[1].cells
    assert (cell.error, cell.reached, cell.limits) == (AgainstError.UNKNOWN, 1, 2)


def test_at_the_baseline_itself_nothing_is_judged(knee):
    pains(knee, (-7, 70), (30, 49))
    first = compared(knee).points[0]
    assert (first.verdicts, first.cells, first.since_baseline) == ((), (), None)


def test_a_baseline_of_nought_gives_points_and_no_percent(knee):
    pains(knee, (-7, 0), (30, 10))
    found = compared(knee)
    point = found.points[1]
    assert (point.change_from_baseline, point.percent_change) == (10, None)
    verdicts = {one.threshold.id: one.met for one in point.verdicts}
    assert verdicts["tubach_knee"] is False
    assert verdicts["tubach_knee_percent"] is None
    assert found.lines == ()
    assert {say(line.reason) for line in found.hidden_lines} == {
        "the baseline is 0",
        "it lies beyond the end of the scale",
    }


def test_without_a_baseline_the_reason_stands_at_every_verdict_and_no_line_is_drawn(knee):
    pains(knee, (30, 49), (91, 20))
    found = compared(knee)
    assert found.baseline is None
    assert say(found.no_baseline).startswith("no baseline: no computed score")
    assert (found.lines, found.hidden_lines, found.held) == ((), (), ())
    for point in found.points:
        assert point.change_from_baseline is None
        assert point.cells == ()
        assert {one.met for one in point.verdicts} == {None}
        assert {say(one.reason) for one in point.verdicts} == {say(found.no_baseline)}
    assert found.points[1].since_last.change == -29


def test_a_visit_on_the_day_of_treatment_counts_as_baseline_only_if_marked_before(knee):
    pains(knee, (0, 70))
    assert "say whether" in say(compared(knee).no_baseline)
    knee.visits.change(replace(knee.visits.get("v0"), timing=VisitTiming.BEFORE))
    assert compared(knee).baseline.value == 70
    knee.visits.change(replace(knee.visits.get("v0"), timing=VisitTiming.AFTER))
    assert compared(knee).baseline is None


def test_an_unmarked_visit_on_the_day_of_treatment_is_told_beside_an_earlier_baseline(knee):
    pains(knee, (-7, 70), (0, 60))
    assert "not marked as before or after" in say(compared(knee).baseline_note)
    knee.visits.change(replace(knee.visits.get("v0"), timing=VisitTiming.AFTER))
    assert compared(knee).baseline_note is None


def test_of_two_scores_before_treatment_the_nearest_is_the_baseline_and_that_is_said(knee):
    pains(knee, (-40, 80), (-7, 70), (30, 49))
    found = compared(knee)
    assert found.baseline.value == 70
    assert say(found.baseline_note) == "several scores before treatment: the nearest, of 2026-02-22, is the baseline"
    assert [point.change_from_baseline for point in found.points] == [None, None, -21]
    assert found.points[1].since_last.change == -10


def test_a_score_before_the_window_is_no_second_baseline(knee):
    pains(knee, (-200, 80), (-7, 70))
    assert compared(knee).baseline_note is None


@pytest.mark.parametrize(
    ("timing", "value", "said"),
    [(VisitTiming.BEFORE, 70, "the one marked before treatment"), (VisitTiming.UNSTATED, 60, "the later one")],
)
def test_of_two_scores_on_one_day_which_counts_is_said(knee, timing, value, said):
    pains(knee, (-7, 70), timing=timing)
    visit(knee, "again", -7)
    complete(knee, "again", responses={"pain": 60})
    found = compared(knee)
    assert found.baseline.value == value
    assert said in say(found.baseline_note)
    assert [point.change_from_baseline for point in found.points] == [None, None]


def test_a_visit_without_a_score_has_its_reason_and_nothing_else(knee):
    pains(knee, (-7, 70), (91, 60))
    visit(knee, "blank", 30)
    complete(knee, "blank", responses={}, missing={"pain": MissingReason.DECLINED})
    point = compared(knee).points[1]
    assert point.value is None
    assert point.reason is not None
    assert (point.verdicts, point.cells, point.since_baseline, point.since_last) == ((), (), None, None)
    assert compared(knee).points[2].since_last.change == -10


def test_a_draft_has_no_value(knee):
    pains(knee, (-7, 70))
    visit(knee, "draft", 30)
    knee.assessments.save_draft(knee.assessments.start("draft", "vas-pain", episode_id="e").id, {"pain": 40}, {})
    assert [point.value for point in compared(knee).points] == [70, None]
    assert compared(knee).latest.value == 70


def test_a_limit_reached_at_one_visit_and_kept_at_the_next(knee):
    pains(knee, (-7, 70), (30, 60), (183, 45), (365, 40))
    (held,) = [one for one in compared(knee).held if one.threshold.id == "tubach_knee"]
    assert (held.holding, held.visits) == (Holding.KEPT, 2)
    assert (held.reached_on, held.kept_until) == (day(183), day(365))


def test_a_visit_without_a_score_in_between_keeps_nothing(knee):
    pains(knee, (-7, 70), (183, 45), (365, 40))
    visit(knee, "blank", 270)
    complete(knee, "blank", responses={}, missing={"pain": MissingReason.DECLINED})
    runs = [one.holding for one in compared(knee).held if one.threshold.id == "tubach_knee"]
    assert runs == [Holding.UNKNOWN, Holding.ONCE]


def test_what_follows_a_further_treatment_says_so_and_keeps_its_mark(knee):
    further(knee, 100)
    further(knee, 200, "t3")
    pains(knee, (-7, 70), (91, 45), (183, 40), (365, 40))
    comparison = knee.comparisons.of("e")
    assert [one.id for one in comparison.further] == ["t2", "t3"]
    found = panel(comparison)
    assert [point.after and point.after.date for point in found.points] == [None, None, day(100), day(200)]
    assert found.points[2].verdicts[0].met is True


def test_a_visit_on_the_day_of_a_further_treatment_follows_it_only_if_marked_so(knee):
    further(knee, 91)
    pains(knee, (-7, 70), (91, 45))
    assert compared(knee).points[1].after is None
    knee.visits.change(replace(knee.visits.get("v91"), timing=VisitTiming.AFTER))
    assert compared(knee).points[1].after.id == "t2"


def test_two_products_on_the_first_day_are_one_treatment(knee):
    further(knee, 0)
    assert knee.comparisons.of("e").further == ()


def test_without_a_treatment_there_is_nothing_to_count_from(workspace):
    one_patient(workspace, treated=False)
    pains(workspace, (-7, 70), (30, 49))
    comparison = workspace.comparisons.of("e", cohorts=["lamo-espinosa-2016/msc-10m"])
    found = panel(comparison)
    assert say(found.no_baseline) == "no baseline: no index treatment is recorded"
    assert (comparison.further, found.held, found.baseline_note) == ((), (), None)
    (cohort,) = found.cohorts
    assert {say(point.refused_reason) for point in cohort.points} == {
        "no index treatment is recorded: months cannot be compared"
    }


def womac(workspace, days, pain, other):
    key = f"w{days}"
    visit(workspace, key, days)
    form = answers("womac-lk31", other) | {f"P{number}": pain for number in range(1, 6)}
    complete(workspace, key, "womac-lk31", form)


def responses(workspace):
    return {one.code: one.met for one in workspace.comparisons.of("e").responses}


def test_the_responder_criteria_take_pain_stiffness_and_function_of_one_form(knee):
    womac(knee, -7, 4, 2)
    womac(knee, 91, 3, 2)
    assert responses(knee) == {
        "womac_20p": True,
        "womac_20pfs": False,
        "womac_50p": False,
        "womac_50pfs": False,
        "womac_70p": False,
        "womac_70pfs": False,
        "omeract_oarsi": None,
    }
    last = knee.comparisons.of("e").responses[-1]
    assert "global assessment" in say(last.reason)
    assert (last.verified, last.date) == (False, day(91))


def test_a_large_improvement_of_pain_needs_no_global_assessment(knee):
    womac(knee, -7, 4, 2)
    womac(knee, 91, 1, 2)
    assert responses(knee)["omeract_oarsi"] is True


@pytest.mark.parametrize(("before", "after", "met"), [(60, 40, True), (60, 55, False), (60, None, None)])
def test_the_patient_s_global_assessment_of_the_same_visit_decides_the_rest(knee, before, after, met):
    womac(knee, -7, 4, 2)
    complete(knee, "w-7", "patient-global", {"global": before})
    womac(knee, 91, 3, 2)
    if after is not None:
        complete(knee, "w91", "patient-global", {"global": after})
    assert responses(knee)["omeract_oarsi"] is met


def test_nobody_responds_without_a_baseline(knee):
    womac(knee, 91, 1, 2)
    assert responses(knee) == {}


def spinal(workspace, *visits, chosen=(), **attributes):
    one_patient(
        workspace,
        "sci",
        body_site="thoracic",
        attributes=SCI | attributes,
        onset_date=PartialDate(2020, 5),
        read_against=chosen,
    )
    for days, value in visits:
        visit(workspace, f"v{days}", days)
        complete(workspace, f"v{days}", "asia-totals", {"motor": 50, "light_touch": value, "pin_prick": 60})


def test_the_patient_stands_in_a_cohort_at_its_reported_months(workspace):
    spinal(workspace, (-7, 58), (180, 60), (370, 70))
    (cohort,) = compared(workspace, "asia.light_touch", cohorts=[WHOLE]).cohorts
    assert (cohort.usable, cohort.chosen, cohort.started_outside, cohort.key) == (True, False, False, WHOLE)
    start, end = cohort.points
    assert (start.drawn.months, start.visit.days_off, start.visit.point.value) == (0, -7, 58)
    assert (end.drawn.months, end.visit.days_off, end.visit.point.value) == (12, 5, 70)
    assert end.refused_reason is None
    assert end.place.lower < end.place.percentile < end.place.upper
    assert end.place.percentile > 50
    assert (end.centre, end.drawn.n) == ("mean", 106)


def test_no_visit_near_a_month_is_said(workspace):
    spinal(workspace, (-7, 58), (180, 60))
    (cohort,) = compared(workspace, "asia.light_touch", cohorts=[WHOLE]).cohorts
    end = cohort.points[1]
    assert (end.visit, end.place, end.refused) == (None, None, None)
    assert say(end.refused_reason) == "no score within 45 days of month 12"


def test_an_incomplete_injury_is_given_no_place_among_complete_ones(workspace):
    spinal(workspace, (-7, 58), (370, 70), ais="C")
    (cohort,) = compared(workspace, "asia.light_touch", cohorts=[WHOLE]).cohorts
    assert not cohort.usable
    assert "AIS C" in say(cohort.why[0])
    assert [point.place for point in cohort.points] == [None, None]
    assert say(cohort.points[1].refused_reason) == f"no percentile: {say(cohort.why[0])}"
    assert cohort.points[1].visit is not None


def test_an_unknown_grade_is_asked_for_before_anything_is_compared(workspace):
    spinal(workspace, (-7, 58), (370, 70))
    attributes = {name: value for name, value in SCI.items() if name != "ais"}
    workspace.episodes.change(replace(workspace.episodes.get("e"), attributes=attributes))
    (cohort,) = compared(workspace, "asia.light_touch", cohorts=[WHOLE]).cohorts
    assert not cohort.usable
    assert "AIS grade not recorded" in say(cohort.points[1].refused_reason)


def test_a_cohort_that_lacks_the_score_says_so_first(workspace):
    spinal(workspace, (-7, 58))
    (cohort,) = compared(workspace, "whoqol-bref.physical", cohorts=[WHOLE]).cohorts
    assert (cohort.usable, cohort.points) == (False, ())
    assert say(cohort.why[0]) == "this cohort reports no value of this score"


def test_a_cohort_of_another_condition_is_named_as_such(knee):
    pains(knee, (-7, 70), (365, 40))
    (cohort,) = compared(knee, cohorts=[WHOLE]).cohorts
    assert (cohort.usable, cohort.fit) == (False, None)
    assert say(cohort.why[0]).startswith("the study treated another condition: ")


def test_the_chosen_cohorts_stand_first_and_the_offered_ones_follow(workspace):
    spinal(workspace, (-7, 58), chosen=(WHOLE, "gone-1999/all"))
    comparison = workspace.comparisons.of("e")
    cohorts = comparison.panels[0].cohorts
    assert (cohorts[0].key, cohorts[0].chosen) == (WHOLE, True)
    assert not any(one.chosen for one in cohorts[1:])
    assert len({one.key for one in cohorts}) == len(cohorts) > 3
    assert comparison.unknown_cohorts == ("gone-1999/all",)


def test_a_cohort_asked_for_by_a_wrong_name_is_refused(knee):
    with pytest.raises(UnknownCohortError):
        knee.comparisons.of("e", cohorts=["gone-1999/all"])


def test_natural_recovery_stands_beside_an_early_injury_where_it_shows(workspace):
    spinal(workspace, (-7, 58), phase="subacute")
    workspace.episodes.change(replace(workspace.episodes.get("e"), onset_date=PartialDate(2025, 12)))
    comparison = workspace.comparisons.of("e")
    assert "cannot separate that from treatment" in say(panel(comparison, "asia.motor").natural_recovery)
    assert panel(comparison, "scim-iii.total").natural_recovery is not None
    assert panel(comparison, "nrs-pain.pain").natural_recovery is None
    workspace.episodes.change(replace(workspace.episodes.get("e"), onset_date=PartialDate(2020, 5)))
    assert compared(workspace, "asia.motor").natural_recovery is None


def test_natural_recovery_needs_a_treatment_to_be_confused_with(workspace):
    one_patient(workspace, "sci", treated=False, attributes={"phase": "subacute"})
    visit(workspace, "v", 5)
    assert compared(workspace, "asia.motor").natural_recovery is None


def test_what_the_passports_ask_is_taken_from_the_records(workspace):
    spinal(workspace)
    workspace.treatments.change(replace(workspace.treatments.get("t"), cell_source="bone marrow"))
    facts = facts_of(workspace.courses.of("e"))
    assert (facts.condition, facts.site, facts.ais, facts.level, facts.phase) == (
        "sci",
        "thoracic",
        "A",
        "T6",
        "chronic",
    )
    assert facts.products == ("PRP", "bone marrow")
    least, most = facts.months_from_onset
    assert least == (TREATED - datetime.date(2020, 5, 31)).days / 30.4375
    assert most == (TREATED - datetime.date(2020, 5, 1)).days / 30.4375
