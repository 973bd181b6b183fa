"""A band is the spread a study reported, under its own name; it is never made out of less."""

import math
from dataclasses import replace

import pytest
from scipy.special import stdtr

from tracker.core.messages import Message, say
from tracker.reference.bands import Band, BandKind, Rescale, band_of, range95, sd_of
from tracker.reference.codes import Centre, PlotPolicy, SpreadKind
from tracker.reference.library import find_cohort

WHOLE = Rescale(source=(0, 100), target=(0, 100))


def scim(months=12):
    _study, cohort = find_cohort("akhlaghpasand-2025/all")
    return next(one for one in cohort.points if one.measure.id == "scim-total" and one.months == months)


# Quantiles of Student's t from printed tables (two-sided 95 %): 4 df 2.776, 9 df 2.262, 23 df 2.069, 105 df 1.983.
@pytest.mark.parametrize(
    ("mean", "sd", "n", "t"), [(50, 10, 5, 2.776), (0, 1, 10, 2.262), (100, 15, 24, 2.069), (47.2, 17.1, 106, 1.983)]
)
def test_range95_is_the_prediction_interval_for_one_more_person(mean, sd, n, t):
    lower, upper = range95(mean, sd, n)
    half = t * sd * math.sqrt(1 + 1 / n)
    assert lower == pytest.approx(mean - half, abs=0.01)
    assert upper == pytest.approx(mean + half, abs=0.01)


@pytest.mark.parametrize(("mean", "sd", "n"), [(50, 10, 5), (47.2, 17.1, 106), (29.1, 15.1, 28)])
def test_the_ends_of_range95_are_the_percentiles_2_5_and_97_5_of_a_single_case(mean, sd, n):
    for end, percentile in zip(range95(mean, sd, n), (2.5, 97.5), strict=True):
        place = 100 * stdtr(n - 1, (end - mean) / sd * math.sqrt(n / (n + 1)))
        assert place == pytest.approx(percentile, abs=1e-9)


def test_the_band_of_the_scim_total_at_month_12():
    band = band_of(scim(), BandKind.RANGE95, WHOLE)
    assert band == Band(
        kind=BandKind.RANGE95,
        lower=pytest.approx(47.2 - 34.066, abs=0.001),
        upper=pytest.approx(47.2 + 34.066, abs=0.001),
        clipped=False,
    )


def test_an_sd_band_is_one_sd_either_side():
    band = band_of(scim(), BandKind.SD, WHOLE)
    assert (band.kind, band.lower, band.upper) == (BandKind.SD, pytest.approx(30.1), pytest.approx(64.3))


def test_an_se_band_needs_a_reported_se():
    assert say(band_of(scim(), BandKind.SE, WHOLE)) == "no band: the study reports no standard error for this value"
    reported = replace(scim(), spread=2, spread_kind=SpreadKind.SE, spread_inferred=False)
    assert band_of(reported, BandKind.SE, WHOLE) == Band(
        kind=BandKind.SE, lower=pytest.approx(45.2), upper=pytest.approx(49.2), clipped=False
    )
    assert isinstance(band_of(reported, BandKind.RANGE95, WHOLE), Message)
    assert (
        say(band_of(reported, BandKind.SD, WHOLE)) == "no band: the study reports no standard deviation for this value"
    )


def test_a_mean_has_no_quartiles():
    assert say(band_of(scim(), BandKind.IQR, WHOLE)) == "no band: the study reports no quartiles for this value"


@pytest.mark.parametrize("kind", list(BandKind))
def test_a_median_keeps_its_quartiles_whatever_is_asked_for(kind):
    _study, cohort = find_cohort("lamo-espinosa-2016/ha-control")
    median = next(one for one in cohort.points if one.measure.id == "vas-pain" and one.months == 0)
    band = band_of(median, kind, Rescale(source=(0, 10), target=(0, 100)))
    assert band == Band(kind=BandKind.IQR, lower=30, upper=70, clipped=False)
    assert sd_of(median) is None


def test_a_band_is_cut_at_the_ends_of_the_scale_and_says_so():
    _study, cohort = find_cohort("khoury-2021/all")
    sport = next(one for one in cohort.points if one.measure.id == "quickdash-sport" and one.months == 6)
    band = band_of(sport, BandKind.SD, WHOLE)
    assert (band.lower, band.upper, band.clipped) == (0, pytest.approx(17.54), True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"spread": None, "spread_kind": SpreadKind.NONE}, "no band: the study reports no spread for this value"),
        ({"spread_kind": SpreadKind.UNCLEAR}, "no band: the printed spread may be a standard error"),
        ({"n_effective": None}, "no band: the number of people at this visit is not known"),
        ({"n_effective": 9}, "no band: fewer than 10 people"),
        (
            {"plot": PlotPolicy.LINE},
            "no band: the spread of this value is in doubt, or the steps of the scale are too coarse for one",
        ),
        ({"spread": 0.0, "n_effective": 7, "value": 50.0}, "no band: all 7 people had the value 50"),
    ],
)
def test_what_cannot_carry_a_band_says_why(change, reason):
    assert say(band_of(replace(scim(), **change), BandKind.RANGE95, WHOLE)) == reason


def test_ten_people_are_enough_for_a_band():
    assert isinstance(band_of(replace(scim(), n_effective=10), BandKind.RANGE95, WHOLE), Band)


def test_a_range_is_rescaled_linearly():
    assert Rescale(source=(0, 10), target=(0, 100)).value(6.28) == pytest.approx(62.8)
    assert Rescale(source=(1, 5), target=(0, 100)).value(3) == 50
    assert WHOLE.value(6.28) == 6.28
    assert WHOLE.is_identity


@pytest.mark.parametrize("change", [{"centre": Centre.MEDIAN}, {"spread_kind": SpreadKind.SE}, {"spread": (1, 2)}])
def test_only_a_mean_with_its_sd_has_an_sd(change):
    assert sd_of(replace(scim(), **change)) is None
    assert sd_of(scim()) == 17.1
