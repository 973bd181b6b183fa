"""Hints are folded to lines and lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.ui.chart.hints import WIDTH, folded


def test_a_long_sentence_is_folded_between_words():
    text = "as large as the change patients called important, " * 4
    lines = folded(text).split("\n")
    assert len(lines) > 1
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(lines).split() == text.split()


def test_chinese_is_folded_between_letters_and_no_line_begins_with_a_comma():
    text = "测量误差没有已发表的数值，因此不能排除误差；" * 5
    lines = folded(text).split("\n")
    assert "".join(lines) == text
    assert all(len(line) * 2 <= WIDTH + 2 for line in lines)
    assert not any(line[0] in "，。；" for line in lines)


@given(st.text(alphabet="ab c，测\n", max_size=300))
def test_nothing_is_lost(text):
    assert "".join(folded(text, 20).split()) == "".join(text.split())
