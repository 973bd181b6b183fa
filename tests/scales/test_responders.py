import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scales.making import VAS, change
from tracker.core.messages import say
from tracker.scales.responders import (
    OMERACT_OARSI,
    VARIANT_A,
    VARIANT_B,
    Confirmation,
    edss_worsening,
    improved_by,
    omeract_oarsi,
    womac_pain,
    womac_pain_and_more,
)

EDSS = json.loads(
    (Path(__file__).resolve().parent.parent / "data" / "vectors" / "edss.json").read_text(encoding="utf-8")
)["vectors"]
START = datetime.date(2025, 1, 1)


def vas(before, now):
    return change(before, now, VAS)


HIGH, LOW, NONE, WORSE = vas(60, 30), vas(60, 48), vas(60, 55), vas(40, 60)


def test_nothing_responds_from_a_baseline_of_nought():
    assert improved_by(vas(0, 0), 20) is False
    assert improved_by(vas(0, 30), 20) is False


def test_percent_and_points_are_both_needed():
    assert improved_by(vas(30, 15), 50, 20) is False
    assert improved_by(vas(90, 70), 50, 20) is False
    assert improved_by(vas(40, 20), 50, 20) is True
    assert improved_by(vas(7.0, 4.9), 30) is True
    assert improved_by(vas(60, 60), 0) is False


def test_womac_pain_needs_pain_alone():
    assert womac_pain(LOW, 20) == (True, None)
    assert womac_pain(LOW, 50) == (False, None)
    met, reason = womac_pain(None, 20)
    assert met is None
    assert "not scored" in say(reason)


@pytest.mark.parametrize(
    ("pain", "function", "stiffness", "met"),
    [
        (LOW, LOW, NONE, True),
        (LOW, NONE, LOW, True),
        (LOW, NONE, NONE, False),
        (NONE, HIGH, HIGH, False),
        (NONE, None, None, False),
        (LOW, LOW, None, True),
        (LOW, NONE, None, None),
        (None, LOW, LOW, None),
        (None, NONE, NONE, False),
    ],
)
def test_womac_pain_and_function_or_stiffness(pain, function, stiffness, met):
    found, reason = womac_pain_and_more(pain, function, stiffness, 20)
    assert found is met
    assert (reason is None) is (met is not None)


@pytest.mark.parametrize(
    ("pain", "function", "overall", "met"),
    [
        (HIGH, NONE, None, True),
        (NONE, HIGH, None, True),
        (LOW, LOW, None, True),
        (LOW, NONE, LOW, True),
        (LOW, NONE, NONE, False),
        (LOW, NONE, None, None),
        (NONE, NONE, None, False),
        (NONE, NONE, HIGH, False),
        (WORSE, WORSE, HIGH, False),
        (None, LOW, None, None),
        (None, HIGH, None, True),
        (None, None, HIGH, None),
        (vas(0, 0), LOW, LOW, True),
        (vas(0, 0), LOW, NONE, False),
    ],
)
def test_the_omeract_oarsi_set(pain, function, overall, met):
    found, reason = omeract_oarsi(pain, function, overall)
    assert found is met
    assert (reason is None) is (met is not None)


def test_what_the_omeract_oarsi_set_lacks_is_named():
    assert "patient’s global assessment" in say(omeract_oarsi(LOW, NONE, None)[1])
    assert "not scored" in say(omeract_oarsi(None, LOW, None)[1])


def test_the_omeract_oarsi_rule_is_marked_unverified_and_its_figures_can_be_changed():
    assert OMERACT_OARSI.verified is False
    stricter = replace(OMERACT_OARSI, high_points=31, low_points=31)
    assert omeract_oarsi(HIGH, NONE, NONE, stricter) == (False, None)


@pytest.mark.parametrize("vector", [one for one in EDSS if one["id"].startswith("delta_")], ids=lambda one: one["id"])
def test_the_rise_needed_by_the_baseline(vector):
    baseline, expected = vector["input"]["baseline"], vector["expected"]
    assert VARIANT_A.needed(baseline) == expected["variant_A_le_5.5"]
    assert VARIANT_B.needed(baseline) == expected["variant_B_le_5.0"]


@pytest.mark.parametrize("vector", [one for one in EDSS if one["id"].startswith("worse_")], ids=lambda one: one["id"])
def test_a_rise_is_a_worsening_and_a_fall_is_none(vector):
    visits = [(START, vector["input"]["followup"])]
    for rule, key in ((VARIANT_A, "variant_A_le_5.5"), (VARIANT_B, "variant_B_le_5.0")):
        found = edss_worsening(vector["input"]["baseline"], visits, rule)
        assert (found is not None) is vector["expected"][key]


@pytest.mark.parametrize("days", [84, 168])
@pytest.mark.parametrize("vector", [one for one in EDSS if one["id"].startswith("series_")], ids=lambda one: one["id"])
def test_a_worsening_is_confirmed_by_the_visits_that_follow(vector, days):
    (_, baseline), *rest = vector["input"]["visits_day_edss"]
    visits = [(START + datetime.timedelta(days=after), value) for after, value in rest]
    found = edss_worsening(baseline, visits, replace(VARIANT_A, days=days))
    expected = vector["expected"][f"msclinical_{days}d"]
    if not expected:
        assert found is None
        return
    (event,) = expected
    confirmed = event["confirm_day"]
    assert found.confirmation == event["status"]
    assert found.onset == START + datetime.timedelta(days=event["onset_day"])
    assert found.confirmed_on == (None if confirmed is None else START + datetime.timedelta(days=confirmed))


def test_each_published_variant_is_known_by_its_figures_and_a_clinic_s_own_are_not_verified():
    assert [VARIANT_A.variant, VARIANT_B.variant, replace(VARIANT_B, days=168).variant] == ["A", "B", "B"]
    for own in (replace(VARIANT_A, days=100), replace(VARIANT_A, step=2), replace(VARIANT_A, up_to=4)):
        assert own.variant is None
        assert not own.verified
    assert VARIANT_A.verified


def test_a_worsening_at_the_last_visit_is_unconfirmed():
    found = edss_worsening(3, [(START, 3), (START + datetime.timedelta(days=400), 4)])
    assert (found.confirmation, found.confirmed_on) == (Confirmation.UNCONFIRMED, None)


def test_nothing_worsened_where_there_is_no_visit():
    assert edss_worsening(3, []) is None
