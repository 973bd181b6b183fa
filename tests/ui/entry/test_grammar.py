"""What a digit, a point and Enter mean for the items of the scales that ship."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.messages import say
from tracker.scales.catalogue import catalogue
from tracker.ui.entry.grammar import (
    Answer,
    Held,
    Refused,
    accept,
    add_digit,
    add_point,
    allowed_words,
    cell_values,
    ten,
)

# The ISNCSCI exam has its own grid.
SHEETS = [scale for scale in catalogue().values() if scale.id != "isncsci"]
ITEMS = [pytest.param(item, id=f"{scale.id}-{item.code}") for scale in SHEETS for item in scale.items]


def item(scale, code):
    return catalogue()[scale].item(code)


def type_value(one, value):
    """Type a value as the footer explains it; returns the answer."""
    text, held = str(value), ""
    if value == 10 and cell_values(one) and [v for v in cell_values(one) if v > 9] == [10]:
        return ten(one)
    for char in text:
        outcome = add_point(one, held) if char == "." else add_digit(one, held, char)
        if isinstance(outcome, Answer):
            return outcome
        assert isinstance(outcome, Held)
        held = outcome.text
    return accept(one, held)


@pytest.mark.parametrize("one", ITEMS)
def test_every_allowed_value_can_be_typed_and_is_itself(one):
    values = one.typed or range(int(one.minimum), int(one.maximum) + 1, max(1, int(one.maximum) // 1000))
    assert [type_value(one, value) for value in values] == [Answer(value) for value in values]


@pytest.mark.parametrize("one", ITEMS)
def test_a_digit_that_answers_at_once_is_itself_and_begins_no_other_value_but_ten(one):
    for digit in "0123456789":
        outcome = add_digit(one, "", digit)
        if isinstance(outcome, Answer):
            assert str(outcome.value) == digit
            others = [value for value in cell_values(one) if str(value).startswith(digit) and value != int(digit)]
            assert set(others) <= {10}


def test_one_is_held_where_longer_values_begin_with_it():
    bladder = item("scim-iii", "6")
    assert add_digit(bladder, "", "1") == Held("1")
    assert add_digit(bladder, "1", "3") == Held("13")
    assert accept(bladder, "13") == Answer(13)
    assert add_digit(bladder, "", "9") == Answer(9)
    assert isinstance(accept(bladder, "1"), Refused)
    assert isinstance(add_digit(bladder, "1", "4"), Refused)


def test_halves_are_typed_with_a_point_and_end_with_enter():
    stairs = item("lequesne-knee", "stairs_up")
    assert add_digit(stairs, "", "2") == Answer(2)
    assert add_digit(stairs, "", "1") == Held("1")
    assert accept(stairs, "1") == Answer(1)
    assert add_point(stairs, "") == Held("0.")
    assert add_point(stairs, "1") == Held("1.")
    assert add_digit(stairs, "1.", "5") == Held("1.5")
    assert accept(stairs, "1.5") == Answer(1.5)
    refused = say(add_digit(stairs, "1.", "4").message)
    assert refused == "1.4 is not a value of “Up a flight of stairs”: it takes 0, 0.5, 1, 1.5, 2"
    assert isinstance(add_point(stairs, "2"), Refused)


def test_an_edss_step_is_typed_as_a_number_and_death_is_refused_with_its_reason():
    step = item("edss", "edss")
    assert cell_values(step) == ()
    assert accept(step, "6.5") == accept(step, "6,5") == Answer(6.5)
    assert allowed_words(step) == "0, 1, 1.5 ... 9.5"
    assert isinstance(accept(step, "0.5"), Refused)
    refused = accept(step, "10")
    assert say(refused.message) == "10 is not entered here: it is death, not the finding of a visit"


def test_on_a_scale_of_eleven_points_one_answers_at_once_and_ten_has_its_key():
    pain = item("nrs-pain", "pain")
    assert add_digit(pain, "", "1") == Answer(1)
    assert ten(pain) == Answer(10)


def test_the_key_for_ten_is_refused_where_ten_is_no_value():
    assert isinstance(ten(item("womac-lk31", "P1")), Refused)


@pytest.mark.parametrize("typed", ["3.5", "3,5"])
def test_a_point_and_a_comma_are_the_same_number(typed):
    pain, held = item("vas-pain", "pain"), ""
    for char in typed:
        outcome = add_point(pain, held) if char in ".," else add_digit(pain, held, char)
        held = outcome.text
    assert accept(pain, held) == Answer(3.5)


def test_a_point_comes_once_and_only_where_any_number_is_allowed():
    assert add_point(item("vas-pain", "pain"), "") == Held("0.")
    assert isinstance(add_point(item("vas-pain", "pain"), "3.5"), Refused)
    assert isinstance(add_point(item("womac-lk31", "P1"), ""), Refused)
    assert isinstance(add_point(item("asia-totals", "motor"), "9"), Refused)


def test_a_refusal_says_in_words_what_is_allowed():
    refused = add_digit(item("scim-iii", "6"), "", "4")
    assert "4" in say(refused.message)
    assert "0, 3, 6, 9, 11, 13, 15" in say(refused.message)
    assert "0–100 mm" in say(accept(item("vas-pain", "pain"), "120").message)
    assert allowed_words(item("whoqol-bref", "Q1")) == "1–5"


@given(st.text(alphabet="0123456789.", max_size=8))
def test_whatever_is_typed_an_answer_lies_in_the_range(text):
    for one in (item("vas-pain", "pain"), item("asia-totals", "light_touch"), item("scim-iii", "5")):
        outcome = accept(one, text)
        if isinstance(outcome, Answer):
            assert one.minimum <= outcome.value <= one.maximum
            assert one.allowed is None or outcome.value in one.allowed
