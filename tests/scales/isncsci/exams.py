"""Random exams for the tests: lesions as they occur, noise, grades not testable, stars, non-key muscles."""

import copy
import random

from tests.scales.isncsci.slow import DERMATOMES, KEYS, SIDES, worlds_of

COLUMNS = {"motor": (KEYS, 5), "lightTouch": (DERMATOMES, 2), "pinPrick": (DERMATOMES, 2)}
KINDS = ("determinate", "not_testable", "starred", "mixed")
MOST_WORLDS = 130
STRENGTHS = ((1, 0, 0, 0, 0, 0),) * 3 + ((9, 1, 1, 1, 0, 0), (3, 2, 2, 1, 1, 1), (1, 1, 1, 1, 1, 1), (0, 0, 0, 1, 1, 4))
"""How often each motor grade occurs below the lesion."""


def random_exam(rng: random.Random, kind: str = "determinate") -> dict:
    """Return an exam of *kind* in its JSON form."""
    exam: dict = normal() if rng.random() < 0.04 else {side: random_side(rng) for side in SIDES}
    if rng.random() < 0.3:
        exam["left"] = copy.deepcopy(exam["right"])
    empty = rng.random() < 0.4
    for side in SIDES:
        exam[side].setdefault("lowestNonKeyMuscleWithMotorFunction", None)
        if empty or rng.random() < 0.3:
            exam[side]["lightTouch"]["S4_5"] = exam[side]["pinPrick"]["S4_5"] = "0"
    exam["voluntaryAnalContraction"] = "Yes" if rng.random() < 0.15 else "No"
    exam["deepAnalPressure"] = "Yes" if rng.random() < 0.4 else "No"
    if kind != "determinate":
        blur(rng, exam, kind)
    return exam


def random_side(rng: random.Random) -> dict:
    """One side: normal down to a level, then what the lesion leaves; or all normal; or noise."""
    level = rng.choice((rng.randrange(29), rng.randrange(29), rng.randrange(10), 28))
    motor_end = rng.choice((level, level, level + rng.randint(-3, 4), 30))
    left_below = rng.choice(((1, 0, 0), (3, 1, 1), (1, 1, 1), (1, 1, 8)))
    strength = rng.choice(STRENGTHS)
    side: dict = {"motor": {}, "lightTouch": {}, "pinPrick": {}, "lowestNonKeyMuscleWithMotorFunction": None}
    for column in ("lightTouch", "pinPrick"):
        for at, dermatome in enumerate(DERMATOMES):
            grades = ("2",) if at < level else rng.choices("012", left_below)
            side[column][dermatome] = grades[0]
    for key in KEYS:
        place = DERMATOMES.index(key)
        side["motor"][key] = "5" if place < motor_end else rng.choices("012345", strength)[0]
    if rng.random() < 0.25:
        side["lowestNonKeyMuscleWithMotorFunction"] = rng.choice(KEYS)
    return side


def blur(rng: random.Random, exam: dict, kind: str) -> None:
    """Make a few grades not testable or starred, as far as the worlds stay few enough to write out."""
    for _ in range(rng.randint(1, 6)):
        if kind != "starred" and rng.random() < 0.12:
            exam[rng.choice(("voluntaryAnalContraction", "deepAnalPressure"))] = "NT"
            continue
        side, column = rng.choice(SIDES), rng.choice(tuple(COLUMNS))
        levels, best = COLUMNS[column]
        level = rng.choice(levels)
        before = exam[side][column][level]
        exam[side][column][level] = blurred(rng, before, best, kind)
        if max(worlds_of(exam), worlds_of(exam, assume=False)) > MOST_WORLDS:
            exam[side][column][level] = before
            return


def blurred(rng: random.Random, code: str, best: int, kind: str) -> str:
    if kind == "not_testable" or (kind == "mixed" and rng.random() < 0.4):
        return "NT"
    grade = code.rstrip("*")
    if grade == str(best) or rng.random() < 0.3:
        grade = rng.choice((*(str(n) for n in range(best)), "NT"))
    return grade + rng.choice(("*", "**"))


def mirrored(exam: dict) -> dict:
    return {**exam, "right": exam["left"], "left": exam["right"]}


def all_not_testable() -> dict:
    exam: dict = {
        side: {column: dict.fromkeys(levels, "NT") for column, (levels, _best) in COLUMNS.items()} for side in SIDES
    }
    return exam | {"voluntaryAnalContraction": "NT", "deepAnalPressure": "NT"}


def normal() -> dict:
    exam: dict = {
        side: {column: dict.fromkeys(levels, str(best)) for column, (levels, best) in COLUMNS.items()} for side in SIDES
    }
    return exam | {"voluntaryAnalContraction": "Yes", "deepAnalPressure": "Yes"}
