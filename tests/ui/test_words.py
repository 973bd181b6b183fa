import datetime
from enum import StrEnum

import pytest

from tracker.clinic import codes
from tracker.clinic.codes import Context, MissingReason, Sex, Side
from tracker.core.dates import PartialDate
from tracker.ui import words

TODAY = datetime.date(2026, 6, 30)
CODES = [
    code
    for entry in vars(codes).values()
    if isinstance(entry, type) and issubclass(entry, StrEnum) and entry is not codes.Role
    for code in entry
]
"""All but the roles, which services.rights names: its refusals say them."""


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{type(code).__name__}.{code}")
def test_every_closed_code_has_a_label_that_is_not_the_code(code):
    assert words.label(code)
    assert "_" not in words.label(code)


def test_codes_of_the_same_text_keep_their_own_labels():
    assert words.label(Sex.OTHER) != words.label(MissingReason.OTHER)
    assert words.label(Sex.UNKNOWN) != words.label(Context.UNSPECIFIED)


def test_an_age_is_a_range_where_the_birth_date_is_a_year():
    assert words.age(PartialDate(1960), TODAY) == "65\N{EN DASH}66"
    assert words.age(PartialDate(1960, 4, 17), TODAY) == "66"
    assert words.age(None, TODAY) == ""


def test_a_newborn_of_an_uncertain_year_is_not_less_than_nought():
    assert words.age(PartialDate(2026), TODAY) == "0"


def test_months_are_shown_with_one_decimal_half_up():
    assert words.months(5.75) == "5.8 months"
    assert words.months(-0.25) == "\N{MINUS SIGN}0.3 months"


def test_site_and_side_say_only_what_is_there():
    assert words.site_and_side("knee", Side.LEFT) == "knee, left"
    assert words.site_and_side("", Side.LEFT) == "left"
    assert words.site_and_side("neck", Side.NONE) == "neck"


def test_every_grade_has_a_label():
    assert [words.grade(number)[0] for number in range(1, 6)] == ["1", "2", "3", "4", "5"]
