"""The shared range of months."""

import pytest

from tracker.ui.chart.time_window import SMALLEST_SPAN, TimeWindow


@pytest.fixture
def window():
    made = TimeWindow()
    made.set_home(-1, 12)
    return made


def test_home_shows_everything_with_room(window):
    first, last = window.range
    assert first < -1
    assert last > 12


def test_zoom_keeps_the_month_under_the_mouse_where_it_is(window):
    first, last = window.range
    share = (3 - first) / (last - first)
    window.zoom(0.5, 3)
    first, last = window.range
    assert (3 - first) / (last - first) == pytest.approx(share)


def test_zoom_stops_at_two_weeks(window):
    for _ in range(60):
        window.zoom(0.5)
    first, last = window.range
    assert last - first == pytest.approx(SMALLEST_SPAN)


def test_a_pan_far_away_comes_back_to_the_course(window):
    for _ in range(60):
        window.pan(0.9)
    first, last = window.range
    assert first < 12.7 < last


def test_a_change_is_told_once(window, qtbot):
    told = []
    window.changed.connect(lambda *shown: told.append(shown))
    window.show(0, 6)
    window.show(0, 6)
    assert told == [(0.0, 6.0)]
