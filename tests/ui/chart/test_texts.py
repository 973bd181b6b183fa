import pytest

from tracker.ui.chart.texts import Heading


@pytest.mark.parametrize(
    ("title", "span", "name"),
    [
        ("WHOQOL-BREF · Physical (0-100)", "0–100", "WHOQOL-BREF · Physical"),
        ("WHOQOL-BREF · 生理领域（0-100）", "0–100", "WHOQOL-BREF · 生理领域"),
        ("WHOQOL-BREF · General health (Q2, 0-100)", "0–100", "WHOQOL-BREF · General health (Q2)"),
        ("WOMAC · 总分（三部分之和），0-100", "0–100", "WOMAC · 总分（三部分之和）"),
        ("Lysholm · Pain (0-10), at rest", "0–10 points", "Lysholm · Pain, at rest"),
        ("SCIM-III · Mobility over 10-100 m", "0–8", "SCIM-III · Mobility over 10-100 m"),
        ("WHOQOL-BREF · Physical (4-20)", "0–100", "WHOQOL-BREF · Physical (4-20)"),
        ("Walking distance", "", "Walking distance"),
    ],
)
def test_a_range_that_stands_beside_the_title_is_not_named_in_it_too(title, span, name):
    assert Heading(title, span, "").name == name


@pytest.mark.parametrize(
    "title", ["WOMAC · Total (sum of three parts)", "WOMAC · Total（三部分之和）", "WOMAC · Total"]
)
def test_where_there_is_no_room_a_title_is_without_what_its_brackets_explain(title):
    assert Heading(title, "0–96", "").short_name == "WOMAC · Total"
