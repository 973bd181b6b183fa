"""Numbers never stand over one another; the last, the baseline and the first come before the others."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from tracker.clinic.codes import VisitTiming
from tracker.services.comparison import PointComparison
from tracker.services.courses import CoursePoint
from tracker.ui.chart.drawing import CentreMark, PanelDrawing, PanelState, PointMark, StudyDrawing
from tracker.ui.chart.frame import PANEL_MARGINS, Frame, time_ticks, zoomed_range
from tracker.ui.chart.labels import MARK, bar_span, place_labels


def mark(months, value, *, is_baseline=False):
    point = CoursePoint(
        date=datetime.date(2025, 1, 1), months=months, value=value, reason=None, timing=VisitTiming.UNSTATED,
        complete=True, assessment_id="a", visit_id="v", imputed_items=0, policy="p",
    )  # fmt: skip
    compared = PointComparison(
        point=point, is_baseline=is_baseline, since_baseline=None, since_last=None, last=None, verdicts=(), cells=(),
        after=None,
    )  # fmt: skip
    return PointMark(months, value, is_baseline, compared)


def drawing(marks, studies=()):
    return PanelDrawing(
        series="s", low=0, high=100, shown=(0, 100), decimals=0, state=PanelState.COURSE, marks=tuple(marks),
        gaps=(), links=(), studies=studies,
    )  # fmt: skip


def frame(first=-1.0, last=13.0, width=400.0):
    return Frame.within(QRectF(0, 0, width, 150), PANEL_MARGINS, (first, last), (0, 100))


def width_of(text):
    return 7.0 * len(text)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


marks_of_a_course = st.lists(
    st.tuples(st.floats(-1, 13), st.integers(0, 100)), min_size=1, max_size=30, unique_by=lambda one: one[0]
)


@given(marks_of_a_course)
def test_labels_never_overlap_each_other_or_a_point(points):
    shown = frame()
    drawn = drawing(mark(months, value) for months, value in sorted(points))
    boxes = [label.box for label in place_labels(drawn, shown, width_of, width_of)]
    for number, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[number + 1 :])
        for one in drawn.marks:
            x, y = shown.x(one.months), shown.y(one.value)
            assert not overlap(box, (x - MARK, y - MARK, x + MARK, y + MARK))


def test_the_last_value_is_labelled_before_its_neighbours():
    crowded = drawing([mark(11.8 + number / 20, 50 + number) for number in range(5)])
    texts = [label.text for label in place_labels(crowded, frame(), width_of, width_of)]
    assert texts[0] == "54"
    assert len(texts) < 5


def test_half_up_decides_the_label():
    labels = place_labels(drawing([mark(3, 62.5)]), frame(), width_of, width_of)
    assert [label.text for label in labels] == ["63"]


def test_every_n_of_a_study_is_printed_even_in_a_crowd():
    study = StudyDrawing(
        cohort="s/c", title="S", rank=0, bands=(), links=(), short="S", legend=(),
        exceptions=(), warnings=(), details=(), started_outside=False,
        centres=tuple(
            CentreMark(months, 50, f"n {months:.0f}", is_median=False, is_as_printed=False) for months in (0.0, 12.0)
        ),
    )  # fmt: skip
    crowded = drawing([mark(number / 4, 50) for number in range(52)], (study,))
    texts = [label.text for label in place_labels(crowded, frame(), width_of, width_of) if label.rank == 0]
    assert texts == ["n 0", "n 12"]


def test_two_studies_share_a_month_side_by_side():
    shown = frame()
    first, second = bar_span(shown, 6, 0, 2), bar_span(shown, 6, 1, 2)
    assert first[1] < second[0]
    assert first[1] == pytest.approx(shown.x(6), abs=1)


@given(st.floats(-120, 0), st.floats(0.5, 240), st.floats(150, 900))
def test_month_ticks_are_few_whole_and_inside(first, span, width):
    shown = frame(first, first + span, width)
    ticks = time_ticks(shown)
    assert all(
        shown.from_months <= tick.months <= shown.to_months and tick.months == int(tick.months) for tick in ticks
    )
    assert len(ticks) <= shown.area.width() / 44 + 2


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_a_zoomed_axis_holds_every_value_and_stays_inside_the_scale(values):
    low, high = zoomed_range(values, 0, 100)
    assert 0 <= low <= min(values) <= max(values) <= high <= 100
    assert high > low


def test_a_zoomed_axis_ends_at_round_numbers():
    assert zoomed_range([52, 58], 0, 100) == (45, 65)
    assert zoomed_range([], 0, 10) == (0, 10)
