"""Which visit is read against a study's month, in whole days with the ends included."""

import datetime
from dataclasses import dataclass

import pytest

from tracker.core.messages import say
from tracker.reference.windows import Matched, NotMatched, match_visit, window_days

TREATED = datetime.date(2025, 1, 1)


@dataclass(frozen=True)
class Visit:
    """A visit a number of days after treatment."""

    days: int
    value: float | None = 40
    complete: bool = True

    @property
    def date(self):
        return TREATED + datetime.timedelta(days=self.days)


def match(months, *visits, baseline=None):
    return match_visit(visits, baseline, TREATED, months)


# Months of 30.4375 days in whole days: 30, 91, 183, 365, 731.
ENDS = [(1, 30, 14), (3, 91, 30), (6, 183, 45), (12, 365, 45), (24, 731, 90)]


@pytest.mark.parametrize(("months", "planned", "window"), ENDS)
def test_both_ends_of_a_window_belong_to_it_and_the_next_day_does_not(months, planned, window):
    assert window_days(months) == window
    for off in (-window, 0, window):
        assert match(months, Visit(planned + off)) == Matched(Visit(planned + off), off)
    for off in (-window - 1, window + 1):
        refused = match(months, Visit(planned + off))
        assert say(refused.reason) == f"no score within {window} days of month {months}"


def test_the_nearest_visit_wins_whatever_the_order():
    assert match(6, Visit(150), Visit(190), Visit(200)) == Matched(Visit(190), 7)
    assert match(6, Visit(200), Visit(190), Visit(150)) == Matched(Visit(190), 7)


def test_of_two_equally_near_the_earlier_wins():
    for visits in ((Visit(173), Visit(193)), (Visit(193), Visit(173))):
        assert match(6, *visits) == Matched(Visit(173), -10)


def test_a_visit_without_a_score_or_not_finished_is_passed_over():
    assert match(12, Visit(365, value=None), Visit(366, complete=False), Visit(380)) == Matched(Visit(380), 15)
    assert match(12, Visit(380, value=0)) == Matched(Visit(380, value=0), 15)


def test_month_0_is_the_baseline_and_nothing_else():
    baseline = Visit(-20)
    assert match(0, Visit(-1), Visit(0), baseline=baseline) == Matched(baseline, -20)
    refused = match(0, Visit(0))
    assert isinstance(refused, NotMatched)
    assert say(refused.reason) == "no baseline to read against the study's start"


@pytest.mark.parametrize("months", [2, 36, 1.5])
def test_a_month_without_a_window_is_not_compared(months):
    assert window_days(months) is None
    refused = match(months, Visit(round(months * 30.4375)))
    assert say(refused.reason) == f"month {months} has no window of days: not compared"


def test_no_day_falls_into_two_windows():
    for day in range(-100, 1000):
        found = [months for months, _planned, _window in ENDS if isinstance(match(months, Visit(day)), Matched)]
        assert len(found) <= 1
