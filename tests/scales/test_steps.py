"""The smallest difference one answer can make to a score."""

from dataclasses import replace

import pytest

from tracker.scales.catalogue import catalogue
from tracker.scales.steps import step_of


@pytest.mark.parametrize(
    ("scale", "score", "step"),
    [
        ("scim-iii", "total", 1),
        ("scim-iii", "mobility", 1),
        ("asia-totals", "motor", 1),
        ("isncsci", "light_touch", 1),
        ("vas-pain", "pain", 1),
        ("nrs-pain", "pain", 1),
        ("womac-lk31", "total", 1),
        ("womac-lk31", "stiffness_100", 100 / 8),
        ("whoqol-bref", "overall_qol", 25),
        ("whoqol-bref", "physical", 100 / 28),
        ("whoqol-bref", "physical_4_20", 16 / 28),
    ],
)
def test_the_step_of_a_score(scale, score, step):
    assert step_of(catalogue()[scale], score) == pytest.approx(step)


def test_every_charted_score_that_ships_has_a_step():
    for scale in catalogue().values():
        for score in scale.scores:
            assert 0 < step_of(scale, score.code) <= score.maximum - score.minimum


def test_a_score_that_no_number_moves_has_no_step():
    vas = catalogue()["vas-pain"]
    silent = replace(vas, version="silent", items=tuple(replace(item, allowed=()) for item in vas.items))
    assert step_of(silent, "pain") is None
    assert step_of(vas, "nothing") is None
