import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.folding import fold, search_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("\uff21\uff22\uff23\uff11", "abc1"),
        ("  a \t b ", "a b"),
        ("王小明", "王小明"),
    ],
)
def test_case_marks_and_widths_are_ignored(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_a_chinese_name_is_found_by_pinyin_and_by_initials():
    key = search_key("王小明", "A-12")
    assert {"王小明", "wangxiaoming", "wxm", "a-12"} <= set(key.split())


def test_nothing_is_said_twice_and_blanks_say_nothing():
    assert search_key("Ann", "", "ann") == "ann"
