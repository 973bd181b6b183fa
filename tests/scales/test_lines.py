import pytest

from tests.scales.making import NRS, SCIM, VAS, limit, percent, published
from tracker.core.messages import say
from tracker.scales.lines import lines_from


def levels(definition, thresholds, baseline):
    lines, hidden = lines_from(definition, thresholds, baseline)
    return {line.code: line.value for line in lines}, {line.code: say(line.reason) for line in hidden}


def test_percent_lines_stand_below_the_baseline_of_a_pain_scale():
    shown, hidden = levels(VAS, [], 70)
    assert shown == {"percent_20": 56, "percent_30": 49, "percent_50": 35, "percent_70": 21}
    assert hidden == {}


def test_percent_lines_are_exact_decimals():
    assert levels(VAS, [], 0.7)[0]["percent_30"] == 0.49


def test_there_are_no_percent_lines_where_nought_is_no_symptom_free_state():
    assert levels(SCIM, [], 40) == ({}, {})


def test_from_a_baseline_of_nought_no_line_is_drawn():
    shown, hidden = levels(NRS, [limit("points"), percent(30, "farrar")], 0)
    assert shown == {}
    assert hidden.pop("points") == "it lies beyond the end of the scale"
    assert set(hidden.values()) == {"the baseline is 0"}
    assert set(hidden) == {"percent_20", "percent_30", "percent_50", "percent_70", "farrar"}


def test_at_the_best_end_of_a_higher_better_score_no_improvement_line_is_drawn():
    small = published("scim-iii", "small_change")
    assert levels(SCIM, [small], 100) == ({}, {"small_change": "it lies beyond the end of the scale"})
    assert levels(SCIM, [small], 96) == ({"small_change": 100}, {})
    assert levels(SCIM, [small], 0) == ({"small_change": 4}, {})


def test_at_the_worst_end_no_line_for_worsening_is_drawn():
    worse = published("vas-pain", "haegg_worse")
    assert levels(VAS, [worse], 95)[1] == {"haegg_worse": "it lies beyond the end of the scale"}
    assert levels(VAS, [worse], 50)[0]["haegg_worse"] == 58


def test_percent_lines_within_the_measurement_error_are_hidden():
    shown, hidden = levels(NRS, [limit("error", "mdc90", 1.4)], 4)
    assert set(shown) == {"percent_50", "percent_70", "error", "error_worse"}
    assert hidden == dict.fromkeys(("percent_20", "percent_30"), "smaller than the measurement error")


def test_a_measurement_error_is_drawn_both_ways():
    shown, _ = levels(NRS, [limit("error", "mdc90", 1.4)], 4)
    assert (shown["error"], shown["error_worse"]) == (2.6, 5.4)


def test_a_measurement_error_stated_for_worsening_is_drawn_both_ways_too():
    shown, _ = levels(NRS, [limit("error", "mdc90", 1.4, sign="worsen")], 4)
    assert set(shown) >= {"error"}
    assert sorted(value for code, value in shown.items() if code.startswith("error")) == [2.6, 5.4]


def test_an_acceptable_state_stands_where_it_stands():
    shown, _ = levels(VAS, [published("vas-pain", "surgery_acceptable")], 80)
    assert shown["surgery_acceptable"] == 33


@pytest.mark.parametrize("kind", ["range", "between_group"])
def test_what_is_no_limit_for_one_patient_gives_no_line(kind):
    shown, hidden = levels(SCIM, [limit("odd", kind, 12)], 40)
    assert shown == {}
    assert hidden["odd"].endswith("no line for one patient")


def test_a_range_of_limits_has_two_ends_within_the_scale():
    (line,) = lines_from(SCIM, [limit("wide", value=8, upper=20)], 85)[0]
    assert (line.value, line.upper) == (93, 100)
    (line,) = lines_from(SCIM, [limit("wide", value=8, upper=20)], 20)[0]
    assert (line.value, line.upper) == (28, 40)


def test_a_percent_line_carries_the_citation_of_its_responder_limit_and_is_not_drawn_twice():
    moderate = percent(30, "moderate", "responder")
    lines, _ = lines_from(VAS, [moderate, percent(40.8, "tubach")], 50)
    named = {line.code: line for line in lines}
    assert set(named) == {"percent_20", "percent_30", "percent_50", "percent_70", "tubach"}
    assert named["percent_30"].threshold is moderate
    assert named["percent_50"].threshold is None
    assert named["tubach"].value == 29.6


def test_a_relative_error_of_a_baseline_of_nought_hides_nothing_more():
    _, hidden = levels(NRS, [percent(30, "error", "mdc90")], 0)
    assert hidden["error"] == "the baseline is 0"
