"""Months, ages, keys and sentences as they are written."""

import pytest

from tracker.core import messages
from tracker.core.messages import Language, Text, msg
from tracker.exchange.cells import Keys, ages, in_english, months


def test_months_are_days_by_30_4375_and_never_rounded():
    assert months("2025-01-01", "2026-01-01") == 365 / 30.4375
    assert months("2025-01-01", "2024-12-31") == -1 / 30.4375
    assert months(None, "2026-01-01") is None
    assert months("2026-01-01", None) is None


@pytest.mark.parametrize(
    ("born", "deidentified", "expected"),
    [
        ("1980-06-30", False, (46, 46)),
        ("1980-07-01", True, (45, 45)),
        ("1980", False, (45, 46)),
        ("1936-06", False, (90, 90)),
        ("1929-01-05", False, (97, 97)),
        ("1929-01-05", True, (90, 90)),
        ("1936", True, (89, 90)),
        (None, True, (None, None)),
    ],
)
def test_ages_are_a_range_and_ninety_is_the_oldest_group(born, deidentified, expected):
    assert ages(born, "2026-06-30", deidentified=deidentified) == expected


def test_keys_stay_or_are_replaced_the_same_way_everywhere():
    plain, hidden, other = Keys(deidentified=False), Keys(deidentified=True), Keys(deidentified=True)
    assert plain.key("abc") == "abc"
    assert plain.number("abc", "K-1") == "K-1"
    assert hidden.key("abc") == hidden.key("abc") != other.key("abc")
    assert len({hidden.key(str(number)) for number in range(1000)}) == 1000
    assert hidden.number("abc", "K-1") == hidden.number("abc", "K-2") != "K-1"
    assert plain.key(None) == hidden.key(None) == ""


def test_a_reason_is_english_in_the_data_whatever_is_spoken(monkeypatch):
    monkeypatch.setattr(messages._speaking, "language", Language.ZH_CN)
    assert str(Text("pain", "疼痛")) == "疼痛"
    message = msg("{who}: {why}", who=Text("pain", "疼痛"), why=msg("{count} items missing", count=2))
    assert in_english(message) == "pain: 2 items missing"
