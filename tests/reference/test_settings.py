"""Each cut-off is named, says what it decides and where it comes from."""

import pytest

from tracker.core.messages import say
from tracker.reference.settings import SETTINGS


def test_every_cut_off_stands_once_with_the_value_of_the_rules():
    assert {one.code: one.value for one in SETTINGS} == {
        "confidence": 95,
        "fewest_for_a_band": 10,
        "fewest_for_a_number": 20,
        "largest_step": 0.25,
        "tail_flagged": 1,
        "tail_in_words": 5,
        "printed_from": 10,
        "printed_to": 90,
        "words_beyond": 1,
        "natural_recovery": 12,
        "window_month_1": 14,
        "window_month_3": 30,
        "window_month_6": 45,
        "window_month_12": 45,
        "window_month_24": 90,
    }
    assert len({one.code for one in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.code)
def test_a_setting_says_what_it_decides_and_whether_it_is_a_judgement(one):
    assert say(one.decides)
    assert ("judgement" in say(one.source)) is one.judgement
