"""The classification against the published vectors, against enumeration, and against what must hold for any exam."""

import json
import random
from pathlib import Path
from time import perf_counter

import pytest

from tests.scales.isncsci.exams import COLUMNS, KINDS, all_not_testable, mirrored, normal, random_exam
from tests.scales.isncsci.slow import DERMATOMES, FIELDS, KEYS, SIDES, classify_slowly, rank, worlds_of
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, cells_of, exam_from_cells, parse_exam
from tracker.scales.isncsci.lines import classification_as_json
from tracker.scales.isncsci.totals import MAXIMA

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "vectors" / "isncsci.json").read_text(encoding="utf-8"))
CHUNKS, PER_CHUNK = 10, 2000
ANYTHING = {"motor": "012345", "lightTouch": "012", "pinPrick": "012"}


def scores(exam, *, documented=True):
    written = json.dumps(classification_as_json(classify(parse_exam(exam), documented_injury=documented)))
    return json.loads(written)


def fields(exam, **options):
    found = scores(exam, **options)
    return {field: found[field] for field in FIELDS}


def set_all(exam, side, column, code, levels):
    exam[side][column] |= dict.fromkeys(levels, code)


def cell_grades(cell):
    """Every definite grade or answer a cell may hold."""
    return ANYTHING[cell.split(".")[1]] if "." in cell else ("Yes", "No")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_published_exam_gives_every_agreed_field_and_total(vector):
    assert scores(vector["exam"]) == vector["expected"]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_exams_agree_with_every_world_written_out(chunk):
    rng = random.Random(f"enumeration {chunk}")
    for at in range(PER_CHUNK):
        exam = random_exam(rng, KINDS[at % len(KINDS)])
        documented = rng.random() < 0.8
        thin = worlds_of(exam, thin=False) > 60
        assert fields(exam, documented=documented) == classify_slowly(exam, thin=thin, documented=documented), exam


def test_a_mirrored_exam_gives_the_mirrored_result():
    rng = random.Random("mirror")
    for at in range(800):
        exam = random_exam(rng, KINDS[at % len(KINDS)])
        swap = {"right": "left", "left": "right"}
        expected = {
            next((swap[side] + name.removeprefix(side) for side in swap if name.startswith(side)), name): value
            for name, value in scores(exam).items()
        }
        assert scores(mirrored(exam)) == expected, exam


def test_raising_one_grade_never_moves_a_level_up():
    rng = random.Random("raise")
    levels = ("rightSensory", "leftSensory", "rightMotor", "leftMotor", "nli")
    for _ in range(60):
        exam = parse_exam(random_exam(rng))
        before = classify(exam).findings
        for cell in rng.sample(CELLS, 25):
            grades = cell_grades(cell)
            code = exam.grade(cell)
            better = "Yes" if code == "No" else None if code in ("Yes", grades[-1]) else str(int(code) + 1)
            if better is not None:
                after = classify(exam.with_grade(cell, better)).findings
                for field in levels:
                    assert rank(field, after[field].possible[0]) >= rank(field, before[field].possible[0]), (cell, exam)


def test_totals_stay_within_their_bounds_and_add_up():
    rng = random.Random("totals")
    for at in range(500):
        found = classify(parse_exam(random_exam(rng, KINDS[at % len(KINDS)]))).totals
        for side in SIDES:
            for total, most in MAXIMA.items():
                assert found[side + total] is None or 0 <= found[side + total] <= most
        for total, part in (("uems", "Uems"), ("lems", "Lems"), ("lightTouch", "LightTouch"), ("pinPrick", "PinPrick")):
            parts = [found[side + part] for side in SIDES]
            assert found[total] == (None if None in parts else sum(parts))


def test_making_a_value_not_testable_only_widens_what_is_possible():
    rng = random.Random("widen")
    for at in range(25):
        cells = cells_of(parse_exam(random_exam(rng, KINDS[at % 2])))
        before = classify(exam_from_cells(cells)).findings
        for cell in rng.sample(CELLS, 60):  # one after the other, up to nearly all of an exam
            cells[cell] = "NT"
            after = classify(exam_from_cells(cells)).findings
            for field in FIELDS:
                assert set(before[field].possible) <= set(after[field].possible), (field, cells)
            before = after


def test_every_result_of_a_widely_untested_exam_has_a_world_that_gives_it():
    rng = random.Random("witness")
    for _ in range(12):
        cells = cells_of(parse_exam(random_exam(rng)))
        cells |= dict.fromkeys(rng.sample(CELLS, 70), "NT")
        field = rng.choice(FIELDS)
        wanted = rng.choice(classify(exam_from_cells(cells)).findings[field].possible)
        for cell in [cell for cell in CELLS if cells[cell] == "NT"]:
            cells[cell] = next(
                grade
                for grade in rng.sample(list(cell_grades(cell)), len(cell_grades(cell)))
                if wanted in classify(exam_from_cells({**cells, cell: grade})).findings[field].possible
            )
        exam = {side: {column: {} for column in COLUMNS} for side in SIDES}
        for cell, code in cells.items():
            target = exam[cell.split(".")[0]] if "." in cell else exam
            target = target[cell.split(".")[1]] if cell.count(".") == 2 else target
            target[cell.split(".")[-1]] = code
        assert classify_slowly(exam)[field] == {"set": [wanted], "star": False}


@pytest.mark.parametrize("non_key", [None, "S1"])
def test_an_exam_with_nothing_testable_is_classified_in_time(non_key):
    exam = all_not_testable()
    for side in SIDES:
        exam[side]["lowestNonKeyMuscleWithMotorFunction"] = non_key
    start = perf_counter()
    result = classify(parse_exam(exam))
    assert perf_counter() - start < 5
    assert {field: str(finding) for field, finding in result.findings.items()} == {
        "rightSensory": "ND: C1-S3, INT",
        "leftSensory": "ND: C1-S3, INT",
        "rightMotor": "ND: C1-S3, INT",
        "leftMotor": "ND: C1-S3, INT",
        "nli": "ND: C1-S3, INT",
        "complete": "ND: C, I",
        "ais": "ND: A, B, C, D, E",
        "rightSensoryZpp": "ND: NA, C1-S3",
        "leftSensoryZpp": "ND: NA, C1-S3",
        "rightMotorZpp": "ND: NA, C1-S3",
        "leftMotorZpp": "ND: NA, C1-S3",
    }
    assert set(result.totals.values()) == {None}


def test_a_normal_exam_is_e_only_with_a_documented_injury():
    assert fields(normal())["ais"] == {"set": ["E"], "star": False}
    assert fields(normal(), documented=False)["ais"] == {"set": ["NA"], "star": False}


def test_a_normal_exam_without_anal_contraction_is_b_with_motor_levels_s3_and_a_neurological_level_int():
    exam = normal() | {"voluntaryAnalContraction": "No"}
    found = {field: finding["set"] for field, finding in fields(exam).items()}
    assert found["rightMotor"] == found["leftMotor"] == found["rightMotorZpp"] == ["S3"]
    assert (found["nli"], found["ais"], found["complete"]) == (["INT"], ["B"], ["I"])


def test_full_arms_with_impaired_sensation_beside_them_put_the_motor_level_at_t1():
    exam = normal()
    set_all(exam, "right", "pinPrick", "1", DERMATOMES[5:])
    assert fields(exam)["rightSensory"]["set"] == ["C6"]
    assert fields(exam)["rightMotor"]["set"] == ["T1"]


def complete_at(level):
    """Nothing below *level* but the muscles at or above it."""
    exam = normal() | {"voluntaryAnalContraction": "No", "deepAnalPressure": "No"}
    at = DERMATOMES.index(level) + 1
    for side in SIDES:
        set_all(exam, side, "lightTouch", "0", DERMATOMES[at:])
        set_all(exam, side, "pinPrick", "0", DERMATOMES[at:])
        set_all(exam, side, "motor", "0", [key for key in KEYS if DERMATOMES.index(key) >= at])
    return exam


def test_function_exactly_three_segments_below_the_motor_level_is_not_enough():
    exam = complete_at("T11") | {"deepAnalPressure": "Yes"}
    exam["right"]["motor"]["L2"] = "1"
    assert fields(exam)["ais"]["set"] == ["B"]
    exam["right"]["motor"]["L3"] = "1"
    assert fields(exam)["ais"]["set"] == ["C"]


def test_function_far_down_without_anything_at_s4_5_stays_a():
    exam = complete_at("T4")
    exam["right"]["motor"]["S1"] = "3"
    assert fields(exam)["ais"]["set"] == ["A"]
    assert fields(exam)["rightMotorZpp"]["set"] == ["S1"]


def test_a_non_key_muscle_makes_c_and_then_enters_the_motor_zone():
    exam = complete_at("T4") | {"deepAnalPressure": "Yes"}
    exam["left"]["lowestNonKeyMuscleWithMotorFunction"] = "L3"
    found = fields(exam)
    assert (found["ais"]["set"], found["leftMotorZpp"]["set"], found["rightMotorZpp"]["set"]) == (["C"], ["L3"], ["T4"])
    exam["deepAnalPressure"] = "No"
    found = fields(exam)
    assert (found["ais"]["set"], found["leftMotorZpp"]["set"]) == (["A"], ["T4"])


def test_one_muscle_not_testable_leaves_two_motor_levels_and_one_grade():
    exam = complete_at("C7")
    exam["left"]["motor"] |= {"C6": "NT", "C7": "3"}
    found = fields(exam)
    assert found["leftMotor"] == {"set": ["C5", "C6", "C7"], "star": False}
    assert found["ais"] == {"set": ["A"], "star": False}


def test_a_star_marks_only_what_the_assumption_changes():
    exam = complete_at("T10")
    exam["right"]["motor"]["C5"] = "3**"
    found = fields(exam)
    assert found["rightMotor"] == {"set": ["T10"], "star": True}
    assert found["nli"] == {"set": ["T10"], "star": True}
    assert found["leftMotor"] == {"set": ["T10"], "star": False}
    assert found["ais"] == {"set": ["A"], "star": False}
    assert classify(parse_exam(exam)).starred_totals == {"rightUems", "rightMotorTotal", "uems"}
