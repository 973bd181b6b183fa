"""An exam as a scale: its items, its scores, and what a scale file may say of it."""

import json
import random

import pytest

from tests.scales.isncsci.exams import random_exam
from tracker.core.messages import say
from tracker.data import resource
from tracker.scales.catalogue import scale
from tracker.scales.errors import InvalidResponseError, InvalidScaleError
from tracker.scales.exams import EXAMS
from tracker.scales.isncsci.exam import CELLS, NON_KEY_CELLS, parse_exam
from tracker.scales.isncsci.record import STAR_PARTS, responses_from_exam
from tracker.scales.isncsci.totals import motor_score, totals
from tracker.scales.isncsci.words import cell_name
from tracker.scales.loader import parse_scale
from tracker.scales.model import NoScore, Score
from tracker.scales.scoring import allowed_text, check_responses, score, scorer

ISNCSCI = scale("isncsci")
FILE = "isncsci@1.toml"
TEXT = resource("scales", FILE).read_text(encoding="utf-8")


def normal(**changes):
    responses = dict(ISNCSCI.examples[0].responses)
    return responses | {name.replace("__", "."): value for name, value in changes.items()}


def refused(text):
    with pytest.raises(InvalidScaleError) as caught:
        parse_scale(text, FILE)
    return caught.value


def test_every_cell_is_an_item_and_only_those_must_be_filled():
    assert tuple(item.code for item in ISNCSCI.items if not item.optional) == CELLS
    optional = {item.code for item in ISNCSCI.items if item.optional}
    graded = CELLS[:-2]
    assert optional == {f"{cell}.{part}" for cell in graded for part in STAR_PARTS} | {*NON_KEY_CELLS, "comment"}


def test_what_is_said_about_a_star_stands_behind_its_cell():
    codes = [item.code for item in ISNCSCI.items]
    assert codes[:5] == ["right.motor.C5", *(f"right.motor.C5.{part}" for part in STAR_PARTS), "right.motor.C6"]


def test_an_item_is_called_as_its_cell_is_elsewhere():
    for cell in (*CELLS, *NON_KEY_CELLS):
        assert ISNCSCI.item(cell).label.en == say(cell_name(cell))
    assert ISNCSCI.item("left.lightTouch.S4_5").label.zh_CN == "左侧轻触觉 S4-5"


def test_what_an_item_takes_is_written_with_its_codes():
    assert allowed_text(ISNCSCI.item("right.pinPrick.C2")) == "0, 1, 2, NT"
    assert allowed_text(ISNCSCI.item("voluntaryAnalContraction")) == "Yes, No, NT"
    assert ISNCSCI.item("right.motor.L2").numeric
    assert not ISNCSCI.item("deepAnalPressure").numeric
    assert scale("vas-pain").item("pain").numeric


@pytest.mark.parametrize("kind", ["determinate", "not_testable", "starred", "mixed"])
def test_the_scores_are_the_totals_of_the_exam(kind):
    rng = random.Random(f"scores/{kind}")
    for _ in range(60):
        exam = parse_exam(random_exam(rng, kind))
        added = totals(exam)
        wanted = {
            "motor": motor_score(exam),
            "light_touch": added["lightTouch"],
            "pin_prick": added["pinPrick"],
            "uems": added["uems"],
            "lems": added["lems"],
        }
        outcomes = score(ISNCSCI, responses_from_exam(exam))
        assert {code: found.value if isinstance(found, Score) else None for code, found in outcomes.items()} == wanted


def test_a_total_over_a_cell_not_testable_is_not_determinable_and_names_it():
    outcomes = score(ISNCSCI, normal(right__motor__C5="NT"))
    assert outcomes["lems"] == Score(50)
    assert say(outcomes["motor"].reason) == "not determinable (ND): right.motor.C5 not testable"
    assert outcomes["uems"].missing == ("right.motor.C5",)


def test_blank_text_is_a_blank():
    blank = dict(normal(right__motor__C5="", comment="", right__motor__C5__assume=None), voluntaryAnalContraction="")
    assert score(ISNCSCI, blank) == score(ISNCSCI, normal(right__motor__C5=None, voluntaryAnalContraction=None))
    assert EXAMS["isncsci"].blanks(blank) == ("right.motor.C5", "voluntaryAnalContraction")


def test_many_cells_not_testable_are_counted():
    outcome = score(ISNCSCI, dict.fromkeys(CELLS, "NT"))["light_touch"]
    assert say(outcome.reason) == "not determinable (ND): 56 items not testable"


def test_a_total_over_blank_cells_waits_for_them():
    half = {cell: 5 for cell in CELLS if ".motor." in cell and not cell.startswith("left.motor.S1")}
    outcomes = score(ISNCSCI, half)
    assert outcomes["uems"] == Score(50)
    assert say(outcomes["motor"].reason) == "missing: left.motor.S1 (every item is needed)"
    assert isinstance(score(ISNCSCI, {})["motor"], NoScore)


def test_a_star_does_not_change_a_total():
    starred = normal(right__motor__C5=3, right__motor__C5__assume="normal", right__motor__C5__reason="plexopathy")
    assert score(ISNCSCI, starred)["motor"] == Score(98)


@pytest.mark.parametrize(
    ("cell", "value", "why"),
    [
        ("right.motor.C5", 6, "does not fit"),
        ("right.lightTouch.C2", "nt", "does not fit"),
        ("right.motor.C9", 5, "there is no such cell"),
        ("right.motor.C5.assume", "normal", "a normal grade carries no star"),
        ("voluntaryAnalContraction", 1, "write Yes, No or NT"),
        ("comment", 5, "write text"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_with_its_cell(cell, value, why):
    with pytest.raises(InvalidResponseError, match=why) as caught:
        check_responses(ISNCSCI, normal() | {cell: value})
    assert caught.value.item == cell.removesuffix(".assume")


def test_a_text_is_no_answer_to_an_item_of_numbers():
    with pytest.raises(InvalidResponseError, match="not a number"):
        check_responses(scale("nrs-pain"), {"pain": "NT"})


def test_the_prepared_scoring_is_kept():
    assert scorer(ISNCSCI) is scorer(ISNCSCI)


def test_a_whole_exam_may_carry_codes_and_a_comment():
    responses = normal() | {"comment": "in plaster", "right.lowestNonKeyMuscleWithMotorFunction": "L3"}
    check_responses(ISNCSCI, responses)
    assert EXAMS["isncsci"].blanks(responses) == ()


def test_answers_go_through_json_unharmed():
    for example in ISNCSCI.examples:
        assert json.loads(json.dumps(example.responses)) == example.responses


@pytest.mark.parametrize(
    ("before", "after", "key", "why"),
    [
        ('exam = "isncsci"', 'exam = "other"', "exam", "must be one of: isncsci"),
        ('of = ["uems"]', 'of = ["arms"]', "scores.uems.of", "must be one of: motor, light_touch"),
        ("maximum = 112", "maximum = 56", "scores.light_touch", "is not what the items give: 0 to 112"),
        ('motor = "5 5', 'motor = "5', "examples.normal.exam.right.motor", "holds 9 grades instead of 10"),
        ('motor = "5 5', 'motor = "9 5', "examples.normal.exam.right.motor.C5", "is not a grade here"),
        ('ais = "A"', 'ais = "B"', "examples.complete_cervical.classification.ais", "says B, the rules give A"),
        ('ais = "A"\n', "", "examples.complete_cervical.classification.ais", "says None, the rules give A"),
        ('nli = "C5"', 'nli = "C5"\nlevel = "C5"', "examples.complete_cervical.classification.level", "give None"),
        ("motor = 14", "motor = 15", "examples.complete_cervical.scores.motor", "says 15, the rules give 14"),
        (
            "[examples.scores]",
            "responses = { motor = 1 }\n[examples.scores]",
            "examples.normal.exam.left.responses",
            "",
        ),
    ],
)
def test_a_file_that_says_something_wrong_of_the_exam_is_refused(before, after, key, why):
    error = refused(TEXT.replace(before, after, 1))
    assert error.key == key
    assert why in str(error)


def test_an_exam_has_no_items_of_its_own_in_the_file():
    item = '[[items]]\ncode = "A"\nlabel = { en = "a", zh_CN = "甲" }\nallowed = "0-4"\n'
    assert refused(TEXT + item).key == "items"


def test_the_lowest_non_key_muscle_may_stand_in_an_example():
    row = 'lowestNonKeyMuscleWithMotorFunction = "L5"\n\n[examples.exam.left]\nmotor = "5 3'
    found = parse_scale(TEXT.replace('\n[examples.exam.left]\nmotor = "5 3', row, 1), FILE)
    assert found.examples[1].responses["right.lowestNonKeyMuscleWithMotorFunction"] == "L5"
