from pathlib import Path

import pytest

from tracker.core.errors import TrackerError
from tracker.store.errors import explain


class DriverLikeError(Exception):
    def __init__(self, code):
        super().__init__("driver's words")
        self.sqlite_errorcode = code


@pytest.mark.parametrize("code", [5, 6, 8, 10, 11, 13, 14, 19, 26, 5 | 1 << 8, 10 | 9 << 8])
def test_every_trouble_of_the_file_has_a_sentence(code):
    found = explain(DriverLikeError(code), Path("clinic.sqlite"))
    assert isinstance(found, TrackerError)
    assert len(str(found)) > 40
    assert "{" not in str(found)


def test_a_bug_has_none():
    assert explain(DriverLikeError(1), Path("clinic.sqlite")) is None
    assert explain(ValueError("x"), Path("clinic.sqlite")) is None
