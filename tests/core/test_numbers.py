from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.numbers import NotANumberError, half_up, parse_number, plain_number, show_number


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (62.5, 0, "63"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (2.675, 2, "2.68"),
        (-0.4, 0, "0"),
        (7, 1, "7"),
        (7.04, 1, "7.0"),
        (99.95, 1, "100.0"),
    ],
)
def test_halves_go_away_from_zero_as_in_score_tables(value, decimals, shown):
    assert show_number(value, decimals) == shown


@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_rounding_is_the_nearest_and_ties_go_outward(value, decimals):
    rounded = Fraction(half_up(float(value), decimals))
    exact, step = Fraction(Decimal(repr(float(value)))), Fraction(1, 10**decimals)
    assert abs(rounded - exact) <= step / 2
    if abs(rounded - exact) == step / 2:
        assert abs(rounded) > abs(exact)


def test_a_change_carries_its_sign():
    assert show_number(3, signed=True) == "+3"
    assert show_number(-3, signed=True) == "−3"
    assert show_number(0, signed=True) == "0"
    assert show_number(-0.2, signed=True) == "0"


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9))
def test_a_number_for_data_reads_back_as_itself(value):
    assert float(plain_number(value)) == value


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (3, "3"), (3.5, "3.5"), (0.1 + 0.2, "0.30000000000000004")])
def test_whole_numbers_have_no_point_in_data(value, text):
    assert plain_number(value) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("3.5", 3.5),
        ("3,5", 3.5),
        (" 0 ", 0),
        ("-2", -2),
        ("−2", -2),
        ("\uff13\uff0c\uff15", 3.5),
        (".5", 0.5),
        ("5.", 5),
    ],
)
def test_a_typed_number_is_read_on_any_keyboard(text, value):
    found = parse_number(text)
    assert found == value
    assert isinstance(found, int) == float(value).is_integer()


@pytest.mark.parametrize(
    "text", ["", " ", "-", ".", "1.2.3", "1,234,5", "1e5", "nan", "inf", "abc", "٣", "+3", "1_000", "9" * 400]
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(NotANumberError):
        parse_number(text)
