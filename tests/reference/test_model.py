"""A study knows its cohorts, and a doubt the points it is about."""

import pytest

from tracker.reference.codes import About
from tracker.reference.library import find_cohort


def test_an_unknown_cohort_is_a_bug_of_the_caller():
    study, cohort = find_cohort("khoury-2021/all")
    assert study.cohort("all") is cohort
    with pytest.raises(KeyError, match="nobody"):
        study.cohort("nobody")


def test_a_doubt_about_points_touches_only_what_it_names():
    study, _cohort = find_cohort("akhlaghpasand-2025/all")
    mismatch = next(doubt for doubt in study.doubts if doubt.type == "N-MISMATCH")
    touched = {(point.cohort, point.measure.id) for point in study.points if mismatch.touches(point)}
    assert touched == {("cervical", "scim-total"), ("thoracolumbar", "scim-total")}
    enrolled = next(doubt for doubt in study.doubts if doubt.type == "N-ENROLLED")
    assert {point.months for point in study.points if enrolled.touches(point)} == {12}


def test_a_doubt_about_the_study_touches_no_point():
    study, _cohort = find_cohort("akhlaghpasand-2025/all")
    for doubt in study.doubts:
        if doubt.about is not About.POINTS:
            assert not any(doubt.touches(point) for point in study.points)
