"""A score without an upper end (metres walked): its axis, its heading, and that nothing calls its bound an end."""

import pytest

from tests.services.sentences.making import series
from tracker.ui.chart.frame import open_range
from tracker.ui.chart.texts import heading


@pytest.mark.parametrize(
    ("values", "top"), [([], 100), ([0], 100), ([95], 150), ([310, 412], 500), ([560], 800), ([1900], 3000)]
)
def test_the_axis_ends_at_a_round_number_above_the_values(values, top):
    assert open_range(values, 0) == (0, top)


def test_the_heading_names_the_unit_and_no_end_of_the_scale():
    shown = heading(series("walk-distance", "metres", (-7, 310), (182, 412)))
    assert (shown.title, shown.range, shown.anchor) == ("Walking distance", "m", "▲ better")
    assert shown.anchors == "0 = does not walk"
