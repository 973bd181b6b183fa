"""A given field is a value or the reason why there is none."""

import pytest

from tracker.reference.codes import Absent, value_of


@pytest.mark.parametrize("absent", list(Absent))
def test_an_absent_field_has_no_value(absent):
    assert value_of(absent) is None


@pytest.mark.parametrize("value", [0, False, "", ("A",), "text"])
def test_a_given_field_has_its_value_even_where_that_is_empty(value):
    assert value_of(value) == value
