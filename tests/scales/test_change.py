import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scales.making import NRS, SCIM, VAS, change, limit, percent, published
from tracker.core.messages import msg, say
from tracker.scales.catalogue import scale
from tracker.scales.change import (
    AgainstError,
    Trend,
    cells_of,
    change_since,
    is_mcid,
    threshold_name,
    thresholds_for,
    verdict_on,
)

VECTORS = json.loads(
    (Path(__file__).resolve().parent.parent / "data" / "vectors" / "vas_nrs.json").read_text(encoding="utf-8")
)["vectors"]
CHANGES = [pytest.param(one["input"], one["expected"], id=one["id"]) for one in VECTORS if "followup" in one["input"]]


def verdict(threshold, before, now, definition=NRS):
    return verdict_on(definition, threshold, now, change_since(definition, before, now), None)


def met(threshold, before, now, definition=NRS):
    return verdict(threshold, before, now, definition).met


@pytest.mark.parametrize(("given", "expected"), CHANGES)
def test_the_published_changes_of_a_pain_scale(given, expected):
    before, now = given["baseline"], given["followup"]
    found = change_since(VAS, before, now)
    assert found.change == expected["change"]
    assert found.improvement == expected["improvement"]
    if expected["percent_change"] is None:
        assert found.percent is None
        assert say(found.no_percent) == "no percent change: it starts from 0"
    else:
        assert found.percent == pytest.approx(expected["percent_change"], abs=1e-6)
    assert met(percent(30), before, now, VAS) is expected["resp_30pct"]
    assert met(percent(50), before, now, VAS) is expected["resp_50pct"]
    assert met(published("vas-pain", "tubach_knee"), before, now, VAS) is expected["mcii_knee_oa_19.9"]
    assert met(published("vas-pain", "surgery_change"), before, now, VAS) is expected["mcid_postop_10"]
    assert met(published("vas-pain", "surgery_acceptable"), before, now, VAS) is expected["postop_pass_le_33"]


@pytest.mark.parametrize(("before", "now"), [(7.0, 4.9), (6.3, 4.41), (0.7, 0.49)])
def test_a_change_of_exactly_thirty_percent_reaches_it_where_binary_floats_fall_short(before, now):
    assert met(percent(30), before, now, VAS) is True
    assert change_since(VAS, before, now).percent == -30


def test_a_hair_less_than_thirty_percent_does_not_reach_it():
    assert met(percent(30), 7.0, 4.9000001, VAS) is False


def test_the_tenth_that_binary_floats_add_is_not_in_the_change():
    assert change_since(VAS, 60, 40.1).change == -19.9
    assert change_since(VAS, 0.3, 0.1).improvement == 0.2


def test_a_change_is_read_by_the_direction_of_its_score():
    pain, function = change(6, 4), change(40, 44, SCIM)
    assert (pain.change, pain.improvement, pain.trend) == (-2, 2, Trend.BETTER)
    assert (function.change, function.improvement, function.trend) == (4, 4, Trend.BETTER)
    assert (change(4, 6).improvement, change(4, 6).trend) == (-2, Trend.WORSE)
    assert (change(4, 4).improvement, change(4, 4).trend) == (0, Trend.SAME)


def test_no_percent_where_nought_is_no_symptom_free_state():
    found = change(40, 44, SCIM)
    assert found.percent is None
    assert say(found.no_percent) == "no percent change: 0 does not mean “no symptom” on this score"


def test_from_a_baseline_of_nought_points_are_told_and_percents_are_not():
    assert met(limit(value=2), 0, 3) is False
    relative = verdict(percent(30), 0, 3)
    assert relative.met is None
    assert say(relative.reason) == "a percentage of 0 cannot be told"


def test_from_the_worst_end_every_improvement_counts():
    assert met(limit(value=2), 10, 8) is True
    assert met(percent(100), 10, 0) is True


def test_a_worsening_never_reaches_an_improvement_and_reaches_the_limits_for_worsening():
    assert met(limit(value=2), 4, 8) is False
    better, worse = published("vas-pain", "haegg_better"), published("vas-pain", "haegg_worse")
    assert (met(better, 40, 50, VAS), met(worse, 40, 50, VAS)) == (False, True)
    assert (met(better, 40, 32, VAS), met(worse, 40, 32, VAS)) == (False, False)
    assert met(worse, 40, 48, VAS) is True
    assert met(worse, 40, 47.9, VAS) is False


def test_an_acceptable_state_is_of_the_value_and_not_of_the_change():
    state = limit("state", "pass", 3)
    assert verdict_on(NRS, state, 3, None, None).met is True
    assert verdict_on(NRS, state, 4, None, msg("no baseline")).met is False
    high = limit("state", "pass", 60, score="total")
    assert verdict_on(SCIM, high, 60, None, None).met is True
    assert verdict_on(SCIM, high, 59, None, None).met is False


def test_without_a_baseline_a_change_is_not_judged_and_the_reason_is_said():
    found = verdict_on(NRS, limit(), 3, None, msg("no baseline: ..."))
    assert (found.met, say(found.reason)) == (None, "no baseline: ...")


@pytest.mark.parametrize(("now", "expected"), [(2.1, False), (2.0, None), (1.1, None), (1.0, True), (0.5, True)])
def test_between_the_lowest_and_highest_of_a_range_of_limits_nothing_is_decided(now, expected):
    found = verdict(limit(value=3, upper=4), 5, now)
    assert found.met is expected
    assert (found.reason is None) is (expected is not None)


@pytest.mark.parametrize("kind", ["range", "between_group"])
def test_what_is_no_limit_for_one_patient_is_never_reached(kind):
    found = verdict(limit(kind=kind, value=1), 9, 1)
    assert found.met is None
    assert "no limit for one patient" in say(found.reason)


def test_a_measurement_error_has_no_direction():
    error = limit("error", "mdc90", 1.4)
    assert (met(error, 5, 3), met(error, 3, 5), met(error, 5, 4)) == (True, True, False)


ERROR90, ERROR95 = limit("error90", "mdc90", 2), limit("error95", "mdc95", 3)
MCID = limit("mcid", value=2)


@pytest.mark.parametrize(
    ("thresholds", "now", "error", "reached"),
    [
        ([ERROR90, MCID], 3, AgainstError.BEYOND, True),
        ([ERROR90, limit("mcid", value=5)], 3, AgainstError.BEYOND, False),
        ([ERROR95, MCID], 4, AgainstError.WITHIN, True),
        ([ERROR95, MCID], 5, AgainstError.WITHIN, False),
        ([MCID], 3, AgainstError.UNKNOWN, True),
        ([MCID], 5, AgainstError.UNKNOWN, False),
        ([ERROR90], 3, AgainstError.BEYOND, None),
        ([], 3, AgainstError.UNKNOWN, None),
    ],
)
def test_a_change_falls_into_one_of_six_cells_or_there_is_no_mcid(thresholds, now, error, reached):
    (cell,) = cells_of(thresholds, change(6, now))
    assert (cell.error, cell.is_reached) == (error, reached)


def test_a_change_as_large_as_the_error_is_beyond_it():
    (cell,) = cells_of([ERROR90], change(6, 4))
    assert cell.error is AgainstError.BEYOND


def test_two_measurement_errors_are_two_cells_and_never_mixed():
    first, second = cells_of([ERROR90, ERROR95, MCID], change(6, 4))
    assert (first.mdc, first.error) == (ERROR90, AgainstError.BEYOND)
    assert (second.mdc, second.error) == (ERROR95, AgainstError.WITHIN)


def test_several_limits_are_counted_side_by_side():
    (cell,) = cells_of([limit("a"), percent(50, "b"), limit("c", value=4)], change(4, 2))
    assert (cell.limits, cell.reached) == (3, 2)


def test_only_limits_that_can_be_decided_are_counted():
    (cell,) = cells_of([percent(30), limit("a"), limit("b", value=1, upper=5)], change(0, 3))
    assert (cell.limits, cell.reached, cell.trend) == (0, 0, Trend.WORSE)
    (cell,) = cells_of([limit("a"), limit("b", value=1, upper=5)], change(5, 3))
    assert (cell.limits, cell.reached) == (1, 1)


def test_a_worsening_is_counted_against_the_limits_for_worsening():
    worse = limit("worse", value=1, sign="worsen")
    (cell,) = cells_of([MCID, worse], change(4, 5))
    assert (cell.trend, cell.limits, cell.reached) == (Trend.WORSE, 1, 1)


def test_no_change_is_counted_against_the_limits_for_improvement():
    (cell,) = cells_of([ERROR90, MCID, limit("worse", value=1, sign="worsen")], change(4, 4))
    assert (cell.error, cell.trend, cell.limits, cell.reached) == (AgainstError.WITHIN, Trend.SAME, 1, 0)


def test_a_relative_error_of_a_baseline_of_nought_is_unknown():
    (cell,) = cells_of([percent(30, "error", "mdc90")], change(0, 3))
    assert cell.error is AgainstError.UNKNOWN


def test_what_the_patients_did_not_judge_is_not_counted_as_mcid():
    unchecked = published("womac-lk31", "pain_two_points")
    assert not is_mcid(unchecked)
    (cell,) = cells_of([unchecked, limit("d", "distribution"), limit("r", "responder")], change(6, 1))
    assert cell.is_reached is None


@pytest.mark.parametrize(
    ("threshold", "name"),
    [
        (limit(), "MCID"),
        (limit(sign="worsen"), "MCID for worsening"),
        (limit(verified=False), "limit whose derivation was not checked"),
        (published("scim-iii", "small_change"), "small change, by the spread of scores"),
        (published("scim-iii", "substantial_change"), "substantial change, by the spread of scores"),
        (limit(kind="distribution"), "change by the spread of scores"),
        (limit(kind="between_group"), "difference between groups"),
        (limit(kind="mdc90"), "MDC90"),
        (limit(kind="mdc95"), "MDC95"),
        (limit(kind="pass"), "acceptable state (PASS)"),
        (limit(kind="range"), "range of published changes"),
        (limit(kind="responder", value=4), "4 points better"),
        (percent(30, kind="responder"), "30 % better"),
    ],
)
def test_a_limit_is_called_what_it_is(threshold, name):
    assert say(threshold_name(threshold)) == name
    assert verdict(threshold, 5, 4).name == threshold_name(threshold)
    assert verdict(threshold, 5, 4).kind == threshold.kind


def ids(scale_id, code, **facts):
    return [one.id for one in thresholds_for(scale(scale_id), code, facts)]


def test_a_limit_is_offered_only_to_the_people_it_was_found_in():
    knee = ids("vas-pain", "pain", condition="knee-oa", site="knee")
    assert knee == ["tubach_knee", "tubach_knee_percent", "moderate_percent", "substantial_percent"]
    surgery = ids("vas-pain", "pain", condition="hip-surgery")
    assert surgery[:2] == ["surgery_change", "surgery_acceptable"]
    assert "cuff_change" in ids("vas-pain", "pain", condition="tendinopathy", site="rotator-cuff")
    assert "cuff_change" not in ids("vas-pain", "pain", condition="tendinopathy", site="patellar")
    assert "cuff_change" not in ids("vas-pain", "pain", condition="tendinopathy", site=None)


def test_changes_from_admission_to_discharge_are_never_offered_in_the_chronic_phase():
    subacute = ids("scim-iii", "total", condition="sci", phase="subacute")
    assert subacute == ["small_change", "substantial_change", "admission_discharge_total"]
    for phase in ("chronic", None):
        assert ids("scim-iii", "total", condition="sci", phase=phase) == ["small_change", "substantial_change"]


def test_a_limit_for_the_form_of_0_to_100_is_carried_over_to_the_score_exactly():
    found = {one.id: one for one in thresholds_for(scale("womac-nrs31"), "pain", {})}
    better = found["pain_angst_better"]
    assert (better.value, better.upper, better.score) == (4, 5.05, "pain")
    assert found["pain_20_percent"].value == 20
    (perceptible,) = [
        one for one in thresholds_for(scale("womac-va31"), "function", {}) if one.id == "function_perceptible"
    ]
    assert perceptible.value == 158.1


def test_an_acceptable_state_of_the_form_of_0_to_100_is_carried_over_as_a_state():
    womac = scale("womac-lk31")
    moved = tuple(replace(one, minimum=10, maximum=30) if one.code == "pain" else one for one in womac.scores)
    state = limit("state", "pass", 50, score="pain_100")
    shifted = replace(womac, scores=moved, thresholds=(state, limit("c", value=50, score="pain_100")))
    found = {one.id: one.value for one in thresholds_for(shifted, "pain", {})}
    assert found == {"state": 20, "c": 10}
