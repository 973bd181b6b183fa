import datetime

from tests.scales.making import limit
from tracker.scales.held import Holding, held_over


def day(month):
    return datetime.date(2026, month, 1)


ANSWERS = {"+": True, "-": False, "?": None}


def runs(visits):
    return held_over(limit(), [(day(month), ANSWERS[answer]) for month, answer in enumerate(visits, start=1)])


def test_never_reached_is_nothing_to_hold():
    assert runs("-?-") == ()


def test_one_visit_keeps_nothing():
    (only,) = runs("-+")
    assert (only.holding, only.visits, only.reached_on, only.is_kept_over) == (Holding.ONCE, 1, day(2), False)


def test_kept_needs_every_visit_in_between():
    (kept,) = runs("+++")
    assert (kept.holding, kept.visits, kept.reached_on, kept.kept_until) == (Holding.KEPT, 3, day(1), day(3))
    assert kept.is_kept_over


def test_a_visit_that_does_not_hold_ends_it():
    first, again = runs("++-+")
    assert (first.holding, first.kept_until, first.ended_on) == (Holding.LOST, day(2), day(3))
    assert first.is_kept_over
    assert (again.holding, again.reached_on) == (Holding.ONCE, day(4))


def test_a_visit_without_a_score_ends_what_is_known():
    first, again = runs("+?+")
    assert (first.holding, first.ended_on) == (Holding.UNKNOWN, day(2))
    assert again.holding is Holding.ONCE
