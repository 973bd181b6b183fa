import sys

import PySide6
import pytest
from PySide6.QtCore import QObject

from tracker.ui.guard import unsafe_pair


@pytest.mark.parametrize(
    ("python", "qt", "refused"),
    [
        ((3, 11), (6, 12, 0), True),
        ((3, 10), (6, 12, 0), True),
        ((3, 12), (6, 12, 0), False),
        ((3, 13), (6, 12, 0), False),
        ((3, 11), (6, 11, 3), False),
        ((3, 11), (6, 8, 3), False),
    ],
)
def test_only_the_pair_that_aborts_is_refused(python, qt, refused):
    assert (unsafe_pair(python, qt) is not None) is refused


def test_the_refusal_says_what_to_do():
    text = str(unsafe_pair((3, 11), (6, 12, 0)))
    assert "3.11" in text
    assert "6.12.0" in text
    assert "pip install" in text


def test_this_very_pair_is_safe():
    qt = tuple(int(part) for part in PySide6.__version__.split(".")[:3])
    assert unsafe_pair(sys.version_info[:2], qt) is None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_lose_no_reference_to_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 500
