"""Checks on answers, the reasons for no score, policies by name, contradictions between totals."""

import math

import pytest

from tracker.core.messages import Message
from tracker.scales.catalogue import scale
from tracker.scales.errors import UnknownPolicyError
from tracker.scales.model import NoScore, Score
from tracker.scales.scoring import InvalidResponseError, allowed_text, check_responses, find_policy, score, scorer

MAXIMUM = {item.code: item.maximum for item in scale("scim-iii").items}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("3", "not a number"),
        (True, "not a number"),
        ([3], "not a number"),
        (math.nan, "not a finite number"),
        (math.inf, "not a finite number"),
        (-math.inf, "not a finite number"),
        (4, "4 is not allowed; allowed: 0, 3, 6, 9, 11, 13, 15"),
        (3.5, "3.5 is not allowed"),
        (-1, "-1 is not allowed"),
        (10**400, "1.00e+400 is not allowed"),
    ],
)
def test_an_answer_that_cannot_stand_names_its_item(answer, words):
    with pytest.raises(InvalidResponseError) as caught:
        check_responses(scale("scim-iii"), MAXIMUM | {"6": answer})
    assert caught.value.item == "6"
    assert words in str(caught.value)


@pytest.mark.parametrize("answer", [3, None])
def test_an_unknown_item_is_refused_even_without_an_answer(answer):
    with pytest.raises(InvalidResponseError, match="scim-iii has no item “18”") as caught:
        check_responses(scale("scim-iii"), {"18": answer})
    assert caught.value.item == "18"


@pytest.mark.parametrize("answer", [100.1, -0.5, 101])
def test_a_measured_length_must_lie_on_the_line(answer):
    with pytest.raises(InvalidResponseError, match="allowed: 0-100"):
        check_responses(scale("vas-pain"), {"pain": answer})


@pytest.mark.parametrize("answer", [0, 0.0, 0.1, 63.25, 100, 100.0])
def test_a_measured_length_is_scored_as_typed(answer):
    assert score(scale("vas-pain"), {"pain": answer}) == {"pain": Score(answer)}


def test_good_answers_pass_the_check_silently():
    check_responses(scale("scim-iii"), MAXIMUM | {"1": 3.0, "2A": None})


def test_sums_of_typed_decimals_are_exact():
    form = {item.code: 0 for item in scale("womac-va31").items} | {"S1": 0.1, "S2": 0.2}
    assert score(scale("womac-va31"), form)["stiffness"] == Score(0.3)


def test_no_policy_named_means_the_default():
    assert find_policy(scale("whoqol-bref")).id == "who_syntax"
    assert find_policy(scale("womac-lk31")).id == "user_guide_unverified"
    assert not find_policy(scale("womac-lk31")).verified
    assert find_policy(scale("womac-lk31"), "strict").verified


def test_an_unknown_policy_is_answered_with_those_there_are():
    with pytest.raises(UnknownPolicyError, match="no policy “exact”; it has: who_syntax, who_text"):
        score(scale("whoqol-bref"), {}, "exact")


def test_a_scorer_is_prepared_once_a_scale_and_policy():
    assert scorer(scale("scim-iii")) is scorer(scale("scim-iii"), "complete")
    assert scorer(scale("whoqol-bref")) is not scorer(scale("whoqol-bref"), "who_text")


def test_no_total_without_each_of_its_parts():
    form = {code: value for code, value in MAXIMUM.items() if code != "6"}
    outcomes = score(scale("scim-iii"), form)
    assert outcomes["self_care"] == Score(20)
    assert outcomes["respiration_sphincter"].missing == outcomes["total"].missing == ("6",)
    assert str(outcomes["respiration_sphincter"].reason) == "missing: 6 (every item is needed)"
    assert str(outcomes["total"].reason) == "missing: 6 (each part must be scored)"


def test_the_parts_a_policy_filled_in_are_counted_in_the_total():
    form = {item.code: 2 for item in scale("womac-lk31").items if item.code not in {"P4", "F1", "F2"}}
    outcomes = score(scale("womac-lk31"), form)
    assert outcomes["pain"] == Score(10, imputed_items=1)
    assert outcomes["function"] == Score(34, imputed_items=2)
    assert outcomes["total"] == Score(48, imputed_items=3)
    assert outcomes["total_100"] == Score(50, imputed_items=3)
    assert outcomes["stiffness"].imputed_items == 0


@pytest.mark.parametrize(("missing", "scored"), [(4, True), (5, False)])
def test_the_rule_for_the_whole_form(missing, scored):
    items = ["Q1", "Q3", "Q5", "Q8", "Q20"][:missing]
    form = {f"Q{number}": 3 for number in range(1, 27) if f"Q{number}" not in items}
    outcomes = score(scale("whoqol-bref"), form, "who_syntax")
    assert isinstance(outcomes["physical"], Score) is scored
    if not scored:
        assert {outcome.missing for outcome in outcomes.values()} == {tuple(items)}
        reason = "5 of 26 items missing: with more than 4 the form is not scored"
        assert {str(outcome.reason) for outcome in outcomes.values()} == {reason}


@pytest.mark.parametrize(
    ("form", "motor"),
    [
        ({"motor": 36, "uems": 35, "lems": 1}, Score(36)),
        ({"uems": 35, "lems": 1}, Score(36)),
        ({"motor": 36}, Score(36)),
        ({"motor": 36, "uems": 35}, Score(36)),
        ({"motor": 0, "uems": 0, "lems": 0}, Score(0)),
    ],
)
def test_the_motor_total_is_given_or_the_sum_of_its_parts(form, motor):
    assert score(scale("asia-totals"), form)["motor"] == motor


@pytest.mark.parametrize(
    "form",
    [{"motor": 37, "uems": 35, "lems": 1}, {"motor": 30, "uems": 35}, {"motor": 90, "lems": 30}],
)
def test_a_motor_total_that_contradicts_its_parts_is_refused(form):
    with pytest.raises(InvalidResponseError, match="motor contradicts") as caught:
        score(scale("asia-totals"), form)
    assert caught.value.item == "motor"


def test_half_of_the_motor_total_is_no_total():
    outcome = score(scale("asia-totals"), {"uems": 35})["motor"]
    assert isinstance(outcome, NoScore)
    assert outcome.missing == ("motor",)
    assert str(outcome.reason) == "missing: motor (or all of uems, lems instead)"


def test_a_reason_holds_plain_values_only():
    for form in ({}, {"Q1": 3}):
        for outcome in score(scale("whoqol-bref"), form).values():
            assert all(type(value) in (str, int) for value in outcome.reason.values.values())
    for name in ("scim-iii", "asia-totals", "womac-lk31"):
        for outcome in score(scale(name), {}).values():
            assert type(outcome.reason) is Message
            assert all(type(value) in (str, int) for value in outcome.reason.values.values())


def test_long_sets_of_values_are_shown_by_their_ends():
    assert allowed_text(scale("asia-totals").item("motor")) == "0-100"
    assert allowed_text(scale("scim-iii").item("7")) == "0, 5, 8, 10"
    assert allowed_text(scale("vas-pain").item("pain")) == "0-100"


def test_an_item_or_score_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        scale("scim-iii").item("18")
    with pytest.raises(KeyError):
        scale("scim-iii").score("sum")
