"""``scales``: the whole catalogue, for people and for scripts."""

import argparse
import json

from tracker.cli import scales as command
from tracker.scales.catalogue import catalogue, scale


def arguments(*words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


def listed(capsys):
    assert command.run(arguments("--json")) == 0
    return {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}


def test_every_scale_with_what_was_promised_about_it(capsys):
    found = listed(capsys)
    assert list(found) == list(catalogue())
    for entry in found.values():
        assert entry["version"] == "1"
        for item in entry["items"]:
            if item["minimum"] is None:
                assert (item["allowed"], item["maximum"]) == ([], None)
                assert item["codes"] or item["free_text"]
            else:
                assert item["minimum"] < item["maximum"]
        for score in entry["scores"]:
            assert score["direction"] in {"higher_better", "lower_better"}
        assert [policy["default"] for policy in entry["policies"]] == [True, False][: len(entry["policies"])]
        for threshold in entry["thresholds"]:
            assert threshold["population"]
            assert threshold["citation"]


def test_allowed_values_are_listed_one_by_one_or_as_a_range(capsys):
    found = listed(capsys)
    bladder = next(item for item in found["scim-iii"]["items"] if item["code"] == "6")
    assert bladder["allowed"] == [0, 3, 6, 9, 11, 13, 15]
    (line,) = found["vas-pain"]["items"]
    assert (line["allowed"], line["minimum"], line["maximum"], line["unit"]) == (None, 0, 100, "mm")


def test_reversed_items_are_part_of_the_rule(capsys):
    scores = {score["code"]: score for score in listed(capsys)["whoqol-bref"]["scores"]}
    assert scores["physical"]["reversed"] == ["Q3", "Q4"]
    assert scores["psychological"]["reversed"] == ["Q26"]
    assert "reversed" not in scores["social"]


def test_policies_say_how_many_items_may_be_missing(capsys):
    policies = {policy["id"]: policy for policy in listed(capsys)["whoqol-bref"]["policies"]}
    assert policies["who_syntax"]["form_missing_allowed"] == 4
    assert policies["who_text"]["missing_allowed"] == {
        "physical": 2,
        "psychological": 2,
        "social": 1,
        "environment": 2,
    }


def test_the_list_for_people(capsys):
    assert command.run(arguments()) == 0
    text = capsys.readouterr().out
    lines = text.splitlines()
    assert text.count("\n\n") == len(catalogue()) - 1
    assert "    6  0, 3, 6, 9, 11, 13, 15  Bladder" in lines
    assert "    uems  0-50  Upper extremity motor score  (optional)" in lines
    assert "    pain  0-100 mm  lower is better  Pain (VAS)" in lines
    assert "    total  0-100  higher is better  Total" in lines
    assert any(line.startswith("    user_guide_unverified  (unverified)  ") for line in lines)
    assert any(line.startswith("    total  range (improve) 12-45.3  ") for line in lines)
    assert any("mcid (improve) 40.8 %" in line and line.endswith("]") for line in lines)
    assert any("responder (improve) 50 %  (unverified)" in line for line in lines)


def test_data_keep_the_order_of_the_form():
    codes = [item["code"] for item in command.as_data(scale("womac-lk31"))["items"]]
    assert codes == [f"P{n}" for n in range(1, 6)] + ["S1", "S2"] + [f"F{n}" for n in range(1, 18)]


def test_the_items_of_an_exam_with_their_codes(capsys):
    items = {item["code"]: item for item in listed(capsys)["isncsci"]["items"]}
    assert (items["right.motor.C5"]["allowed"], items["right.motor.C5"]["codes"]) == ([0, 1, 2, 3, 4, 5], ["NT"])
    assert items["voluntaryAnalContraction"]["codes"] == ["Yes", "No", "NT"]
    assert items["left.pinPrick.S4_5.assume"]["codes"] == ["normal", "not_normal"]
    assert items["comment"]["free_text"]
    assert sum(not item["optional"] for item in items.values()) == 134


def test_the_list_for_people_names_the_optional_items_of_an_exam_once(capsys):
    assert command.run(arguments()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "    right.motor.C5  0, 1, 2, 3, 4, 5, NT  right motor C5" in lines
    assert "    deepAnalPressure  Yes, No, NT  deep anal pressure" in lines
    assert "    (a graded item may carry: .assume .reason .reason_text)" in lines
    assert not [line for line in lines if ".assume  " in line]
    assert "    comment  any text  comment  (optional)" in lines
