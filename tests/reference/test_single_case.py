"""The place of one value against mean, SD and n: fixed numbers, then coverage by simulation."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtri

from tracker.reference.bands import range95
from tracker.reference.basis import Basis
from tracker.reference.place import _place
from tracker.reference.single_case import percentile, share_beyond, single_case, unusable
from tracker.scales.model import Direction

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors" / "single_case.json").read_text(encoding="utf-8"))
WITHIN = VECTORS["tolerance_percentage_points"]
CASES = {case["id"]: case for case in VECTORS["cases"]}


def numbers(case):
    given = case["input"]
    return given["x"], given["mean"], given["sd"], given["n"]


@pytest.mark.parametrize("key", CASES)
def test_point_and_limits_of_a_single_case(key):
    expected = CASES[key]["expected"]
    found = single_case(*numbers(CASES[key]))
    for name in ("percentile", "lower", "upper"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=WITHIN), name


@pytest.mark.parametrize("key", CASES)
def test_better_than_turns_round_with_the_direction_and_its_limits_change_places(key):
    case = CASES[key]
    value, mean, sd, n = numbers(case)
    higher = case["input"]["higher_is_better"]
    found = _place(
        Basis(mean=mean, sd=sd, n=n, step=1, beyond_scale=0, flags=()),
        Direction.HIGHER_BETTER if higher else Direction.LOWER_BETTER,
        value,
        (),
    )
    for name in ("better_than", "better_than_lower", "better_than_upper"):
        assert getattr(found, name) == pytest.approx(case["expected"][name], abs=WITHIN), name


@pytest.mark.parametrize("key", CASES)
def test_the_range_that_would_hold_95_of_100_people(key):
    _value, mean, sd, n = numbers(CASES[key])
    expected = CASES[key]["expected"]
    assert range95(mean, sd, n) == pytest.approx(
        (expected["prediction_lower"], expected["prediction_upper"]), abs=WITHIN
    )


@pytest.mark.parametrize("key", [key for key, case in CASES.items() if "below_half_step" in case["expected"]])
def test_equal_values_share_the_range_of_one_step(key):
    value, mean, sd, n = numbers(CASES[key])
    expected = CASES[key]["expected"]
    step = 0.5 if key.startswith("edss") else 1
    found = _place(
        Basis(mean=mean, sd=sd, n=n, step=step, beyond_scale=0, flags=()), Direction.HIGHER_BETTER, value, ()
    )
    assert found.tie_lower == pytest.approx(expected["below_half_step"], abs=WITHIN)
    assert found.tie_upper == pytest.approx(expected["at_or_below_half_step"], abs=WITHIN)


# The table of the two papers' formulas, worked once by quadrature.
@pytest.mark.parametrize(
    ("mean", "sd", "n", "value", "expected"),
    [
        (50, 10, 5, 60, (79.352282, 44.523074, 98.061290)),
        (0, 1, 10, -1, (18.263015, 3.994937, 41.544261)),
        (100, 15, 24, 70, (3.113577, 0.354563, 9.805928)),
        (47.2, 17.1, 106, 60, (77.104160, 70.248952, 83.214803)),
        (29.1, 15.1, 28, 45, (84.499816, 71.994995, 93.456745)),
    ],
)
def test_five_places_worked_by_quadrature(mean, sd, n, value, expected):
    found = single_case(value, mean, sd, n)
    assert (found.percentile, found.lower, found.upper) == pytest.approx(expected, abs=WITHIN)


def test_far_out_and_with_few_people_the_point_lies_outside_its_limits():
    assert single_case(9.7, 0, 1, 5).percentile > single_case(9.7, 0, 1, 5).lower
    assert single_case(9.9, 0, 1, 5).percentile < single_case(9.9, 0, 1, 5).lower
    assert single_case(7.4, 0, 1, 10).percentile > single_case(7.4, 0, 1, 10).lower
    assert single_case(7.6, 0, 1, 10).percentile < single_case(7.6, 0, 1, 10).lower


@pytest.mark.parametrize("case", VECTORS["refusals"], ids=lambda case: case["id"])
def test_numbers_that_give_no_place_are_refused(case):
    given = case["input"]
    assert unusable(given["sd"], given["n"]) == case["reason"]


def test_a_negative_sd_is_refused_before_anything_is_computed():
    assert unusable(-1, 20) == "sd_negative"
    with pytest.raises(ValueError, match="sd_negative"):
        single_case(1, 0, -1, 20)


def test_the_share_of_a_normal_curve_beyond_an_end():
    assert share_beyond(0, 25.1, 16.2) == pytest.approx(6.06, abs=0.01)
    assert share_beyond(112, 62, 24.7) == pytest.approx(2.15, abs=0.01)
    assert share_beyond(0, 0, 1) == 50


SAMPLES = 40_000
TRUE = (2.5, 10, 50, 90, 97.5)


def crossing(n, true, limit):
    """Return how many SDs off the sample's mean a value lies whose *limit* is exactly *true*: limits rise with it."""
    return brentq(lambda d: getattr(single_case(d, 0, 1, n), limit) - true, -30, 30, xtol=1e-9)


def misses(n, ddof):
    """Return, for each true percentile, how many percent of samples miss it below and above."""
    draws = np.random.default_rng(20260630 + n).standard_normal((SAMPLES, n))
    mean, sd = draws.mean(axis=1), draws.std(axis=1, ddof=ddof)
    shares = {}
    for true in TRUE:
        off = (ndtri(true / 100) - mean) / sd
        shares[true] = (
            100 * np.mean(off > crossing(n, true, "lower")),
            100 * np.mean(off < crossing(n, true, "upper")),
        )
    return shares


@pytest.mark.parametrize("n", [5, 10, 24, 106])
def test_each_limit_misses_the_true_percentile_in_two_and_a_half_of_a_hundred_samples(n):
    for true, (below, above) in misses(n, ddof=1).items():
        assert below == pytest.approx(2.5, abs=0.5), true
        assert above == pytest.approx(2.5, abs=0.5), true


def test_the_simulation_notices_an_sd_with_the_wrong_denominator():
    off = [abs(share - 2.5) for pair in misses(24, ddof=0).values() for share in pair]
    assert max(off) > 0.5


@pytest.mark.parametrize("n", [5, 106])
def test_the_crossing_stands_for_the_limits_of_every_sample(n):
    rng = np.random.default_rng(7)
    for true in (2.5, 90):
        lower = crossing(n, true, "lower")
        for off in rng.normal(lower, 0.4, 40):
            assert (single_case(off, 0, 1, n).lower > true) is bool(off > lower)


def test_a_percentile_is_a_half_at_the_mean_and_rises_with_the_value():
    values = [percentile(value, 40, 16, 106) for value in range(101)]
    assert values[40] == 50
    assert values == sorted(values)
