import datetime
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clinic.baseline import NoBaseline, PlannedVisit, choose_baseline, planned_visit
from tracker.clinic.codes import VisitTiming
from tracker.clinic.conditions import conditions
from tracker.core.dates import DAYS_PER_MONTH

INDEX = datetime.date(2026, 3, 1)


@dataclass(frozen=True)
class Point:
    date: datetime.date
    value: float | None = 50
    timing: VisitTiming = VisitTiming.UNSTATED
    complete: bool = True


def on(days, value=50, **more):
    return Point(INDEX + datetime.timedelta(days=days), value, **more)


def choose(*points, window=90):
    return choose_baseline(points, INDEX, window)


def test_the_nearest_in_the_window_before_treatment_is_the_baseline():
    near = on(-5)
    assert choose(on(-60), near, on(30)) is near


@pytest.mark.parametrize(("days", "inside"), [(-91, False), (-90, True), (-1, True), (1, False)])
def test_the_window_is_held_to_the_day(days, inside):
    assert isinstance(choose(on(days)), NoBaseline) is not inside


def test_a_shorter_window_is_the_conditions():
    assert isinstance(choose(on(-31), window=30), NoBaseline)
    assert choose(on(-30), window=30) == on(-30)


def test_zero_is_a_baseline():
    assert choose(on(-5, 0)).value == 0


@pytest.mark.parametrize("point", [on(-5, None), on(-5, complete=False)], ids=["not computed", "a draft"])
def test_only_a_complete_computed_score_counts(point):
    older = on(-50)
    assert choose(older, point) is older
    assert "no computed score in the 90 days" in str(choose(point).reason)


def test_the_day_of_treatment_counts_only_if_marked_before():
    marked = on(0, timing=VisitTiming.BEFORE)
    assert choose(on(-5), marked) is marked
    assert choose(on(-5), on(0)) == on(-5)
    assert isinstance(choose(on(0, timing=VisitTiming.AFTER)), NoBaseline)


def test_an_unmarked_day_of_treatment_asks():
    assert "say whether the visit on the day of treatment was before or after" in str(choose(on(0)).reason)


def test_of_two_on_one_day_the_one_marked_before_else_the_later_counts():
    first, second = on(-5, 1), on(-5, 2)
    assert choose(first, second) is second
    marked = on(-5, 3, timing=VisitTiming.BEFORE)
    assert choose(marked, second) is marked


def test_without_treatment_there_is_no_baseline():
    assert "no index treatment" in str(choose_baseline([on(-5)], None, 90).reason)


@given(st.lists(st.builds(on, st.integers(-400, 400), st.none() | st.integers(0, 100))), st.integers(1, 120))
def test_a_follow_up_is_never_promoted(points, window):
    found = choose(*points, window=window)
    if not isinstance(found, NoBaseline):
        assert 0 < (INDEX - found.date).days <= window
        assert found.value is not None


PLANS = conditions()["knee-oa"].planned


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (-90, 0),
        (-91, None),
        (0, 0),
        (1, None),
        (16, None),
        (17, 1),
        (44, 1),
        (45, None),
        (91, 3),
        (121, 3),
        (137, None),
        (138, 6),
        (365, 12),
        (731, 24),
    ],
)
def test_a_visit_goes_to_the_nearest_plan_it_falls_into(days, months):
    found = planned_visit(PLANS, days)
    assert (found and found.months) == months


def test_a_tie_goes_to_the_earlier_plan():
    one, two = PlannedVisit(months=8, window_days=400), PlannedVisit(months=16, window_days=400)
    middle = 12 * DAYS_PER_MONTH
    assert middle == int(middle) + 0.25  # so no whole day ties by accident
    assert planned_visit((two, one), int(middle)) is one
    assert planned_visit((one, one), 300) is one


@given(st.integers(-200, 1500))
def test_a_plan_found_holds_the_day(days):
    found = planned_visit(PLANS, days)
    if found is not None:
        off = abs(days - found.months * DAYS_PER_MONTH)
        assert off <= found.window_days
        assert all(abs(days - plan.months * DAYS_PER_MONTH) >= off for plan in PLANS if plan.months or days <= 0)
