"""Where a patient stands in a cohort, on the library that ships: what passes, what is said, what is refused."""

from dataclasses import replace

import pytest

from tracker.core.messages import say
from tracker.reference.basis import Basis, Position, Refusal, Refused, basis_of
from tracker.reference.codes import Centre, NKind, PointKind, SpreadKind, VariantStatus
from tracker.reference.library import find_cohort
from tracker.reference.overlay import Panel
from tracker.reference.place import PatientValue, Place, Statement, place
from tracker.scales.model import Direction

UP, DOWN = Direction.HIGHER_BETTER, Direction.LOWER_BETTER
STEPS = {"whoqol-bref.overall_qol": 25, "whoqol-bref.general_health": 25, "edss.edss": 0.5}
MAIN = "akhlaghpasand-2025"
SCIM = Panel(series="scim-iii.total", minimum=0, maximum=100, direction=UP, step=1)


def held(cohort, measure, months):
    """Return study and point."""
    study, found = find_cohort(cohort)
    return study, next(one for one in found.points if (one.measure.id, one.months) == (measure, months))


def own_panel(point):
    """Return a panel that shows just what *point* measures."""
    low, high = point.measure.range or (0, 100)
    return Panel(
        series=point.measure.series or "none",
        minimum=low,
        maximum=high,
        direction=point.measure.direction or UP,
        context=point.measure.context,
        step=STEPS.get(point.measure.series, 1),
    )


def judged(cohort, measure, months):
    study, point = held(cohort, measure, months)
    return basis_of(study, point, own_panel(point))


def codes(flags):
    return {flag.code for flag in flags}


def stand(cohort, measure, months, *, value, baseline=None, region=None, **change):
    """Return the place of a patient against a point (changed where asked) on its own panel."""
    study, point = held(cohort, measure, months)
    point = replace(point, **change)
    baseline = point.value if baseline is None else baseline
    return place(study, point, own_panel(point), PatientValue(value=value, baseline=baseline, region=region))


PASS, FLAGGED, WORDS = "pass", "flagged", "words"


# As far as the printed numbers go, whoever the patient is.
@pytest.mark.parametrize(
    ("cohort", "measure", "months", "expected"),
    [
        (f"{MAIN}/all", "scim-total", 0, PASS),
        (f"{MAIN}/all", "scim-total", 12, PASS),
        (f"{MAIN}/subacute", "scim-total", 0, PASS),
        (f"{MAIN}/subacute", "scim-total", 12, PASS),
        (f"{MAIN}/chronic", "scim-total", 0, PASS),
        (f"{MAIN}/chronic", "scim-total", 12, PASS),
        (f"{MAIN}/thoracolumbar", "scim-total", 0, PASS),
        (f"{MAIN}/thoracolumbar", "scim-total", 12, PASS),
        (f"{MAIN}/all", "light-touch", 0, PASS),
        (f"{MAIN}/all", "light-touch", 12, FLAGGED),
        (f"{MAIN}/all", "pin-prick", 0, FLAGGED),
        (f"{MAIN}/all", "pin-prick", 12, FLAGGED),
        (f"{MAIN}/all", "motor", 0, PASS),
        (f"{MAIN}/all", "motor", 12, PASS),
        (f"{MAIN}/cervical", "scim-total", 0, WORDS),
        (f"{MAIN}/cervical", "scim-total", 12, FLAGGED),
        (f"{MAIN}/cervical", "motor", 0, WORDS),
        (f"{MAIN}/cervical", "motor", 12, FLAGGED),
        (f"{MAIN}/thoracolumbar", "motor", 0, Refusal.IMPOSSIBLE_SPREAD),
        (f"{MAIN}/thoracolumbar", "motor", 12, Refusal.IMPOSSIBLE_SPREAD),
        (f"{MAIN}/all", "whoqol-q1", 0, Refusal.VARIANT_IMPLIED),
        (f"{MAIN}/all", "whoqol-q2", 12, Refusal.VARIANT_IMPLIED),
        (f"{MAIN}/all", "scim-mobility", 12, Refusal.NOT_A_LEVEL),
        ("petrou-2021/all", "edss", 0, Refusal.STEP_TOO_COARSE),
        ("petrou-2021/all", "edss-last", None, Refusal.NO_MONTH),
        ("petrou-2020/it-msc", "edss-change", 6, Refusal.NOT_A_LEVEL),
        ("vaquero-2018/all", "np-reduced", None, Refusal.NOT_A_LEVEL),
        ("khoury-2021/all", "vas-worst", 0, Refusal.VARIANT_IMPLIED),
        ("khoury-2021/all", "vas-worst", 6, Refusal.VARIANT_IMPLIED),
        ("khoury-2021/all", "quickdash", 12, Refusal.VARIANT_IMPLIED),
        ("migliorini-2019/pooled", "womac", 6, Refusal.VARIANT_UNKNOWN),
        ("lamo-espinosa-2016/ha-control", "vas-pain", 12, Refusal.VARIANT_IMPLIED),
        ("tehran-pilot-2021/total", "scim-total", 12, Refusal.OVERLAP),
        ("tehran-pilot-2021/thoracic", "motor", 0, Refusal.SD_ZERO),
        ("tehran-pilot-2021/cervical", "motor", 0, Refusal.TOO_FEW),
        ("lee-2015/all", "vas-elbow", 0, FLAGGED),
        ("lee-2015/all", "vas-elbow", 12, WORDS),
    ],
)
def test_how_far_the_printed_numbers_go(cohort, measure, months, expected):
    found = judged(cohort, measure, months)
    if isinstance(expected, Refusal):
        assert isinstance(found, Refused)
        assert found.code is expected
    else:
        assert isinstance(found, Basis)
        assert found.in_words_only is (expected == WORDS)
        assert ("TAIL" in codes(found.flags)) is (expected == FLAGGED)


def test_a_place_in_a_cohort_of_one_level():
    found = stand(f"{MAIN}/cervical", "scim-total", 12, value=45, baseline=25, region="cervical")
    assert (found.n, found.statement) == (28, Statement.NUMBER)
    assert (found.percentile, found.lower, found.upper) == pytest.approx((84.499816, 71.994995, 93.456745), abs=1e-4)
    assert (found.better_than, found.better_than_lower, found.better_than_upper) == (
        found.percentile,
        found.lower,
        found.upper,
    )
    assert found.tie_lower < found.percentile < found.tie_upper
    assert codes(found.flags) == {"TAIL", "N-MISMATCH", "SPREAD-INFERRED", "N-ENROLLED"}
    assert "at least this wide" in " ".join(say(flag.message) for flag in found.flags)
    assert "2.7 %" in say(found.flags[0].message)


def test_where_lower_is_better_the_share_and_its_limits_are_turned_round():
    found = stand("lee-2015/all", "vas-elbow", 0, value=60, n_effective=24)
    assert found.percentile < 50 < found.better_than
    assert found.better_than == 100 - found.percentile
    assert (found.better_than_lower, found.better_than_upper) == (100 - found.upper, 100 - found.lower)
    assert not found.in_worst_tenth


@pytest.mark.parametrize(
    ("n", "value", "statement"),
    [
        (10, 45, Statement.INTERVAL_ONLY),
        (19, 5, Statement.INTERVAL_ONLY),
        (20, 45, Statement.NUMBER),
        (106, 20, Statement.LOWEST_TENTH),
        (106, 80, Statement.HIGHEST_TENTH),
    ],
)
def test_what_may_be_said_depends_on_the_people_and_on_the_place(n, value, statement):
    found = stand(f"{MAIN}/subacute", "scim-total", 12, value=value, n_effective=n)
    assert found.statement is statement


def test_the_ends_of_the_figures_printed_belong_to_them():
    from scipy.special import stdtrit

    from tracker.reference.place import _statement

    assert _statement(106, 10) is _statement(106, 90) is Statement.NUMBER
    assert _statement(106, 9.999) is Statement.LOWEST_TENTH
    assert _statement(106, 90.001) is Statement.HIGHEST_TENTH
    off = stdtrit(105, 0.1) * 17.1 * (107 / 106) ** 0.5
    assert stand(f"{MAIN}/all", "scim-total", 12, value=47.2 + off + 0.01).statement is Statement.NUMBER
    assert stand(f"{MAIN}/all", "scim-total", 12, value=47.2 + off - 0.01).statement is Statement.LOWEST_TENTH


def test_the_worst_tenth_is_the_highest_where_lower_is_better():
    low = stand("lee-2015/all", "vas-elbow", 0, value=95, n_effective=24)
    assert low.statement is Statement.HIGHEST_TENTH
    assert low.in_worst_tenth
    assert stand(f"{MAIN}/subacute", "scim-total", 12, value=10).in_worst_tenth
    assert not stand(f"{MAIN}/subacute", "scim-total", 12, value=90).in_worst_tenth


@pytest.mark.parametrize(
    ("value", "position"),
    [
        (41.3, Position.WITHIN),
        (8.9, Position.WITHIN),
        (25.1, Position.WITHIN),
        (41.4, Position.ABOVE),
        (8.8, Position.BELOW),
    ],
)
def test_words_stand_for_a_percentile_where_the_values_crowd_at_an_end(value, position):
    found = stand(f"{MAIN}/cervical", "scim-total", 0, value=value, region="cervical")
    assert (found.code, found.position) == (Refusal.BEYOND_SCALE, position)


@pytest.mark.parametrize("value", [0, 100])
def test_at_an_end_of_the_scale_there_is_no_percentile(value):
    found = stand(f"{MAIN}/all", "scim-total", 12, value=value)
    assert (found.code, found.position) == (Refusal.END_OF_SCALE, None)
    assert say(found.reason) == "at the end of the scale, no percentile"


def test_without_a_baseline_similarity_cannot_be_told():
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    found = place(study, point, SCIM, PatientValue(value=40, baseline=None))
    assert found.code is Refusal.NO_BASELINE
    assert "cannot be told" in say(found.reason)


def test_a_patient_who_started_outside_the_range_of_the_study_is_given_no_place():
    assert stand(f"{MAIN}/all", "scim-total", 12, value=40, baseline=7).code is Refusal.STARTED_OUTSIDE
    assert stand(f"{MAIN}/all", "scim-total", 12, value=40, baseline=73).code is Refusal.STARTED_OUTSIDE
    assert isinstance(stand(f"{MAIN}/all", "scim-total", 12, value=40, baseline=8), Place)
    assert isinstance(stand(f"{MAIN}/all", "scim-total", 12, value=40, baseline=72), Place)


def test_a_cohort_without_a_range_at_its_start_cannot_tell_who_is_similar():
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    cohort = replace(study.cohort("all"), points=(point,))
    study = replace(study, cohorts=(cohort, *study.cohorts[1:]))
    found = place(study, point, SCIM, PatientValue(value=40, baseline=40))
    assert found.code is Refusal.NO_START_RANGE


@pytest.mark.parametrize("measure", ["motor", "scim-total"])
@pytest.mark.parametrize(("region", "group"), [("cervical", "cervical"), ("lumbar", "thoracolumbar")])
def test_no_place_in_the_whole_cohort_where_a_group_for_this_level_is_printed(measure, region, group):
    found = stand(f"{MAIN}/all", measure, 12, value=40, region=region)
    assert found.code is Refusal.SUBGROUP_PRINTED
    assert f"“{group}”" in say(found.reason)


def test_where_no_group_is_printed_the_whole_cohort_serves_every_level():
    found = stand(f"{MAIN}/all", "light-touch", 12, value=50, region="cervical")
    assert isinstance(found, Place)
    assert not {"LEVEL-UNKNOWN", "MIXED-LEVELS"} & codes(found.flags)


def test_an_unknown_level_is_asked_for_where_levels_lie_far_apart_and_flagged_elsewhere():
    assert stand(f"{MAIN}/all", "motor", 12, value=40).code is Refusal.MIXED_POPULATIONS
    assert "LEVEL-UNKNOWN" in codes(stand(f"{MAIN}/all", "scim-total", 12, value=40).flags)


def test_a_group_by_time_since_injury_says_that_it_mixes_levels():
    assert "MIXED-LEVELS" in codes(stand(f"{MAIN}/chronic", "scim-total", 12, value=40, region="cervical").flags)
    assert "MIXED-LEVELS" not in codes(stand(f"{MAIN}/cervical", "scim-total", 12, value=40, region="cervical").flags)
    assert "LEVEL-UNKNOWN" in codes(stand(f"{MAIN}/chronic", "scim-total", 12, value=40).flags)


def test_a_level_that_no_group_holds_is_placed_in_the_whole_cohort():
    found = stand(f"{MAIN}/all", "scim-total", 12, value=40, region="sacral")
    assert isinstance(found, Place)


# One fact of a good point spoilt at a time.
@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"kind": PointKind.CHANGE}, Refusal.NOT_A_LEVEL, "a change or a share"),
        ({"kind": PointKind.PROPORTION}, Refusal.NOT_A_LEVEL, "a change or a share"),
        ({"flags": ("MONTH-INDEX",)}, Refusal.STUDY_TIME, "its own months"),
        ({"months": None}, Refusal.NO_MONTH, "differs between the patients"),
        ({"flags": ("VARIABLE-FU",)}, Refusal.NO_MONTH, "differs between the patients"),
        ({"centre": Centre.MEDIAN}, Refusal.MEDIAN, "never turned into a mean"),
        ({"spread": None, "spread_kind": SpreadKind.NONE}, Refusal.NO_SPREAD, "reports no spread"),
        ({"spread_kind": SpreadKind.UNCLEAR}, Refusal.SPREAD_UNCLEAR, "standard error"),
        ({"flags": ("SE?",)}, Refusal.SPREAD_UNCLEAR, "standard error"),
        ({"flags": ("SPREAD-PRESUMED",)}, Refusal.SPREAD_UNCLEAR, "standard error"),
        ({"spread_kind": SpreadKind.SE}, Refusal.SPREAD_NOT_SD, "no standard deviation"),
        ({"spread_kind": SpreadKind.CI95, "spread": (40, 50)}, Refusal.SPREAD_NOT_SD, "no standard deviation"),
        ({"n_effective": None}, Refusal.N_UNKNOWN, "number of people"),
        ({"spread": -1}, Refusal.SD_NEGATIVE, "negative"),
        ({"spread": 0, "n_effective": 7, "value": 50}, Refusal.SD_ZERO, "all 7 scored 50"),
        ({"n_effective": 9}, Refusal.TOO_FEW, "fewer than 10 people"),
        ({"n_effective": 1}, Refusal.TOO_FEW, "fewer than 10 people"),
        ({"spread": 3.9}, Refusal.STEP_TOO_COARSE, "too large"),
        ({"flags": ("OVERLAP",)}, Refusal.OVERLAP, "no independent confirmation"),
        ({"comparable": False}, Refusal.NOT_COMPARABLE, "not used for comparison. "),
    ],
)
def test_one_wrong_fact_refuses_with_its_own_reason(change, code, said):
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    found = basis_of(study, replace(point, **change), SCIM)
    assert isinstance(found, Refused)
    assert found.code is code
    assert said in say(found.reason)


def test_a_value_not_for_comparison_that_no_doubt_explains_is_still_refused():
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    found = basis_of(replace(study, doubts=()), replace(point, comparable=False), SCIM)
    assert say(found.reason) == "no percentile: not used for comparison"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"variant": VariantStatus.UNKNOWN}, Refusal.VARIANT_UNKNOWN),
        ({"variant": VariantStatus.IMPLIED}, Refusal.VARIANT_IMPLIED),
        ({"series": "asia.motor"}, Refusal.OTHER_SCORE),
        ({"direction": DOWN}, Refusal.OTHER_SCORE),
        ({"context": "worst"}, Refusal.OTHER_CONTEXT),
    ],
)
def test_another_scale_is_never_compared(change, code):
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    assert basis_of(study, replace(point, measure=replace(point.measure, **change)), SCIM).code is code


def test_a_scale_of_unknown_step_is_refused_and_a_step_of_a_quarter_sd_is_not():
    study, point = held(f"{MAIN}/all", "scim-total", 12)
    assert basis_of(study, point, replace(SCIM, step=None)).code is Refusal.STEP_UNKNOWN
    assert isinstance(basis_of(study, replace(point, spread=4), SCIM), Basis)


def test_a_stated_range_is_carried_over_linearly_and_that_is_said():
    study, point = held("lee-2015/all", "vas-elbow", 0)
    ten = replace(own_panel(point), maximum=10, step=0.1)
    found = basis_of(study, point, ten)
    assert (found.mean, found.sd) == (pytest.approx(6.68), pytest.approx(1.45))
    assert "RESCALED" in codes(found.flags)
    assert "RESCALED" not in codes(basis_of(study, point, own_panel(point)).flags)
    carried = place(study, point, ten, PatientValue(value=5, baseline=6))
    own = place(study, point, own_panel(point), PatientValue(value=50, baseline=60))
    assert (carried.percentile, carried.lower, carried.upper) == pytest.approx(
        (own.percentile, own.lower, own.upper), abs=1e-9
    )


def test_an_enrolled_number_is_said_at_every_visit_but_the_first():
    study, point = held("lee-2015/all", "vas-elbow", 12)
    assert point.n_kind is NKind.ENROLLED
    assert "N-ENROLLED" in codes(basis_of(study, point, own_panel(point)).flags)
    assert "N-ENROLLED" not in codes(judged("lee-2015/all", "vas-elbow", 0).flags)
    assert "N-ENROLLED" not in codes(basis_of(study, replace(point, n_kind=NKind.ASSESSED), own_panel(point)).flags)


def test_what_the_study_forbids_is_refused_for_every_patient():
    found = stand(f"{MAIN}/thoracolumbar", "motor", 12, value=48, region="thoracic")
    assert found.code is Refusal.IMPOSSIBLE_SPREAD
    assert say(found.reason) == "no percentile: this mean and standard deviation cannot come from the people described"


def test_the_level_is_asked_about_before_the_baseline():
    study, point = held(f"{MAIN}/all", "motor", 12)
    patient = PatientValue(value=40, baseline=None, region="cervical")
    assert place(study, point, own_panel(point), patient).code is Refusal.SUBGROUP_PRINTED
