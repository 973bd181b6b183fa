import pytest

from tracker.clinic.conditions import (
    InvalidConditionError,
    baseline_window,
    condition_of,
    conditions,
    read_condition,
)
from tracker.clinic.records import Episode
from tracker.data import resource
from tracker.scales.catalogue import catalogue

SMALLEST = """
id = "small"
label = { en = "small", zh_CN = "小" }
sided = false
scales = []
visits = []
"""


def episode(condition="sci", **attributes):
    return Episode(id="e", patient_id="p", condition=condition, attributes=attributes)


def test_every_condition_file_is_offered():
    files = {path.stem for path in resource("conditions").glob("*.toml")}
    assert set(conditions()) == files
    assert list(conditions())[-1] == "other"


@pytest.mark.parametrize("condition", conditions().values(), ids=lambda one: one.id)
def test_a_condition_names_only_scales_that_ship_and_says_everything_twice(condition):
    assert set(condition.scales) <= set(catalogue())
    assert not set(condition.scales) & {further.scale for further in condition.further}
    assert {further.scale for further in condition.further} <= set(catalogue())
    sites = {site for further in condition.further for site in further.sites}
    assert sites <= {site.code for site in condition.sites}
    labels = [condition.label, *(site.label for site in condition.sites)]
    labels += [choice.label for attribute in condition.attributes for choice in attribute.choices]
    assert all(label.en and label.zh_CN for label in labels)
    assert [plan.months for plan in condition.planned] == sorted({plan.months for plan in condition.planned})
    assert {cohort.site for cohort in condition.cohorts} <= {None, *(site.code for site in condition.sites)}
    known = {attribute.code: {choice.code for choice in attribute.choices} for attribute in condition.attributes}
    assert all(window.value in known[window.attribute] for window in condition.baseline_windows)


def test_a_subacute_injury_has_a_baseline_window_of_thirty_days():
    sci = conditions()["sci"]
    assert baseline_window(sci, episode(phase="subacute")) == 30
    assert baseline_window(sci, episode(phase="chronic")) == 90
    assert baseline_window(sci, episode()) == 90
    assert baseline_window(conditions()["knee-oa"], episode(phase="subacute")) == 90


def test_an_unknown_condition_is_treated_as_other():
    assert condition_of(episode("own-thing")).id == "other"
    assert condition_of(episode()).id == "sci"


def test_a_site_is_named_in_the_language_in_use():
    sci = conditions()["sci"]
    assert sci.site_label("cervical") == "neck (cervical)"
    assert sci.site_label("elsewhere") == "elsewhere"
    assert sci.site_label(None) == ""


def test_the_smallest_file_gets_the_usual_window(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALLEST, encoding="utf-8")
    assert read_condition(path).baseline_window_days == 90


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("small", SMALLEST.replace("sided = false", ""), "sided"),
        ("small", "id = ", "small.toml"),
        ("small", SMALLEST.replace("visits = []", "visits = [3]"), "small.toml"),
        ("other-name", SMALLEST, "which is not the file's name"),
    ],
    ids=["a missing key", "not TOML", "a wrong type", "another name"],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, name, text, problem):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidConditionError, match=problem) as caught:
        read_condition(path)
    assert path.name in str(caught.value)
