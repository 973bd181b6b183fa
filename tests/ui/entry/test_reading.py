"""What the score cards say."""

import pytest

from tracker.clinic.records import StoredScore
from tracker.core.numbers import DASH, MINUS
from tracker.scales.catalogue import catalogue
from tracker.scales.scoring import score
from tracker.ui.entry.reading import Answered, Verdict, jumped, policy_name, read_scores, score_items


def readings(scale_id, responses, missing=(), last=None):
    scale = catalogue()[scale_id]
    stored = {code: StoredScore(code=code, series="", value=value, reason=None) for code, value in (last or {}).items()}
    answered = Answered(responses, frozenset(missing))
    found = read_scores(scale, score(scale, responses), answered, stored, scale.policies[0])
    return {reading.code: reading for reading in found}


def test_a_blank_is_to_go_and_never_imputed():
    four = {"P1": 1, "P2": 2, "P3": 3, "P4": 0}
    blank = readings("womac-lk31", four)["pain"]
    assert (blank.value, blank.note) == (DASH, "1 of 5 items to go")
    declined = readings("womac-lk31", four, missing=["P5"])["pain"]
    assert declined.value == "7.5"
    assert declined.note == "1 of 5 items missing: the mean of the answered ones stands in (unverified rule)"


def test_a_total_is_not_shown_while_a_part_is_open():
    whole = {f"P{n}": 2 for n in range(1, 6)} | {"S1": 1, "S2": 1}
    total = readings("womac-lk31", whole)["total"]
    assert (total.value, total.part, total.note) == (DASH, None, "17 of 24 items to go")


def test_items_with_reasons_beyond_the_rule_leave_the_scores_own_reason():
    missing = [f"P{n}" for n in range(1, 6)]
    assert readings("womac-lk31", {}, missing=missing)["pain"].note != ""
    assert "to go" not in readings("womac-lk31", {}, missing=missing)["pain"].note


def test_zero_is_a_value_with_a_place_and_a_change():
    pain = readings("vas-pain", {"pain": 0}, last={"pain": 46})["pain"]
    assert (pain.value, pain.maximum, pain.part) == ("0", "100 mm", 0.0)
    assert pain.change == f"↓ {MINUS}46 since last visit, better"
    assert pain.verdict is Verdict.BETTER


@pytest.mark.parametrize(
    ("scale", "code", "now", "before", "verdict"),
    [
        ("vas-pain", "pain", 60, 46, Verdict.WORSE),
        ("vas-pain", "pain", 46, 46, Verdict.SAME),
        ("asia-totals", "motor", 60, 46, Verdict.BETTER),
        ("asia-totals", "motor", 40, 46, Verdict.WORSE),
    ],
)
def test_better_and_worse_follow_the_direction_of_the_score(scale, code, now, before, verdict):
    assert readings(scale, {code: now}, last={code: before})[code].verdict is verdict


def test_values_are_shown_half_up():
    assert readings("vas-pain", {"pain": 62.5})["pain"].value == "63"


def test_a_motor_total_computed_from_its_parts_is_shown_though_its_item_is_blank():
    motor = readings("asia-totals", {"uems": 50, "lems": 9})["motor"]
    assert (motor.value, motor.note) == ("59", "")


def test_the_items_of_a_total_are_those_of_its_parts():
    scale = catalogue()["womac-lk31"]
    assert len(score_items(scale, scale.score("total"))) == 24
    assert score_items(scale, scale.score("pain")) == ("P1", "P2", "P3", "P4", "P5")


def test_a_jump_of_three_quarters_of_the_range_is_asked_about():
    likert, line = catalogue()["womac-lk31"].item("P3"), catalogue()["vas-pain"].item("pain")
    assert jumped(likert, 0, 3)
    assert not jumped(likert, 1, 3)
    assert jumped(line, 80, 5)
    assert not jumped(line, 79, 5)


def test_an_item_of_two_values_is_never_asked_about():
    assert not jumped(catalogue()["scim-iii"].item("17"), 1, 0)


def test_an_unverified_rule_is_marked_once():
    womac = catalogue()["womac-lk31"].policies
    assert policy_name(womac[0]).count("unverified") == 1
    assert [policy_name(policy) for policy in womac if policy.verified] != []
