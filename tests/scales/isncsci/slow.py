"""A second classification for the tests: every world written out in full and classified by the plain definitions.

Shares nothing with the package: own level list, own reading of the codes, own order of the rules. It reads the JSON
form of an exam and gives the ``expected`` part of the published vectors (fields only).
"""

from itertools import product
from math import prod

ORDER = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]
ORDER += [f"T{n}" for n in range(1, 13)] + [f"L{n}" for n in range(1, 6)] + ["S1", "S2", "S3"]
DERMATOMES = [*ORDER[1:], "S4_5"]
ARMS, LEGS = ["C5", "C6", "C7", "C8", "T1"], ["L2", "L3", "L4", "L5", "S1"]
KEYS = ARMS + LEGS
PLACE = {level: at for at, level in enumerate([*ORDER, "INT"])}
KEY_PLACES = {PLACE[key]: key for key in KEYS}
SIDES = ("right", "left")
FIELDS = ["rightSensory", "leftSensory", "rightMotor", "leftMotor", "nli", "complete", "ais"]
FIELDS += ["rightSensoryZpp", "leftSensoryZpp", "rightMotorZpp", "leftMotorZpp"]
AIS = ["A", "B", "C", "D", "E", "NA"]


def values(code, best, *, assume):
    """Every definite grade a code may stand for."""
    grade, stars = code.rstrip("*"), code.count("*")
    if assume and stars == 2:
        return [best]
    if assume and stars == 1:
        return list(range(0 if grade == "NT" else int(grade), best))
    return list(range(best + 1)) if grade == "NT" else [int(grade)]


def open_cells(exam, *, assume, thin=False):
    """The definite cells of an exam, and for each of the others its name and grades."""
    fixed, choices = {}, []
    for side in SIDES:
        for column, best in (("motor", 5), ("lightTouch", 2), ("pinPrick", 2)):
            for level, code in exam[side][column].items():
                found = values(code, best, assume=assume)
                if thin and best == 5:  # 1 and 2, and 3 and 4, are alike for every rule
                    found = sorted({{2: 1, 4: 3}.get(grade, grade) for grade in found})
                if len(found) == 1:
                    fixed[side, column, level] = found[0]
                else:
                    choices.append(((side, column, level), found))
    for name in ("voluntaryAnalContraction", "deepAnalPressure"):
        answer = exam[name]
        if answer == "NT":
            choices.append((name, [True, False]))
        else:
            fixed[name] = answer == "Yes"
    return fixed, choices


def worlds_of(exam, *, assume=True, thin=True):
    """How many worlds an exam has, by the codes it holds."""
    return prod(len(found) for _cell, found in open_cells(exam, assume=assume, thin=thin)[1])


def sensory_level(world, side):
    level = "C1"
    for dermatome in DERMATOMES:
        if world[side, "lightTouch", dermatome] != 2 or world[side, "pinPrick", dermatome] != 2:
            return level
        level = "INT" if dermatome == "S4_5" else dermatome
    return level


def motor_level(world, side, sensory):
    """Down level by level: a key muscle must be 5, a level without one must be normal in sensation, to go on."""
    for at, level in enumerate(ORDER):
        if at in KEY_PLACES:
            grade = world[side, "motor", level]
            if grade < 5:
                return level if grade >= 3 else ORDER[at - 1]
        elif PLACE[sensory] < at:
            return ORDER[at - 1]
    if sensory != "INT":
        return "S3"
    return "INT" if world["voluntaryAnalContraction"] else "S3"


def reaches_far(world, side, motor, non_key):
    muscles = [key for key in KEYS if world[side, "motor", key] >= 1]
    if non_key:
        muscles.append(non_key)
    return any(PLACE[muscle] - PLACE[motor] > 3 for muscle in muscles)


def ais(world, levels, nli, far, documented):
    sacral = [world[side, column, "S4_5"] for side in SIDES for column in ("lightTouch", "pinPrick")]
    contracts, presses = world["voluntaryAnalContraction"], world["deepAnalPressure"]
    if nli == "INT" and contracts:
        return "E" if documented else "NA"
    if not contracts and not presses and not any(sacral):
        return "A"
    if not contracts and not any(far):
        return "B"
    below = [key for key in KEYS if PLACE[key] > PLACE[nli]]
    strong = sum(world[side, "motor", key] >= 3 for side in SIDES for key in below)
    return "D" if 2 * strong >= len(below) * len(SIDES) else "C"


def classify_world(world, non_key, *, documented=True):
    """The eleven fields of one world."""
    sensory = {side: sensory_level(world, side) for side in SIDES}
    motor = {side: motor_level(world, side, sensory[side]) for side in SIDES}
    rostral = [sensory[side] for side in SIDES]
    rostral += ["INT" if sensory[side] == "INT" and motor[side] == "S3" else motor[side] for side in SIDES]
    nli = min(rostral, key=PLACE.__getitem__)
    far = [reaches_far(world, side, motor[side], non_key[side]) for side in SIDES]
    grade = ais(world, motor, nli, far, documented)
    contracts, presses = world["voluntaryAnalContraction"], world["deepAnalPressure"]
    felt = {
        side: [d for d in DERMATOMES if world[side, "lightTouch", d] or world[side, "pinPrick", d]] for side in SIDES
    }
    complete = not contracts and not presses and all("S4_5" not in felt[side] for side in SIDES)
    sensory_zone, motor_zone = {}, {}
    for side in SIDES:
        none = presses or "S4_5" in felt[side]
        sensory_zone[side] = "NA" if none else (["C1"] + felt[side])[-1]
        working = [key for key in KEYS if world[side, "motor", key] and PLACE[key] > PLACE[motor[side]]]
        zone = working[-1] if working else motor[side]
        if grade == "C" and non_key[side] and PLACE[non_key[side]] > PLACE[zone] + 3:
            zone = non_key[side]
        motor_zone[side] = "NA" if contracts else zone
    return (
        sensory["right"],
        sensory["left"],
        motor["right"],
        motor["left"],
        nli,
        "C" if complete else "I",
        grade,
        sensory_zone["right"],
        sensory_zone["left"],
        motor_zone["right"],
        motor_zone["left"],
    )


def rank(field, value):
    if field == "ais":
        return AIS.index(value)
    if field == "complete":
        return "CI".index(value)
    return -1 if value == "NA" else PLACE[value]


def possibilities(exam, *, assume, thin, documented):
    fixed, choices = open_cells(exam, assume=assume, thin=thin)
    non_key = {side: exam[side].get("lowestNonKeyMuscleWithMotorFunction") for side in SIDES}
    cells = [cell for cell, _found in choices]
    results = {
        classify_world(fixed | dict(zip(cells, chosen, strict=True)), non_key, documented=documented)
        for chosen in product(*(found for _cell, found in choices))
    }
    return [
        sorted({result[at] for result in results}, key=lambda value, field=field: rank(field, value))
        for at, field in enumerate(FIELDS)
    ]


def classify_slowly(exam, *, thin=True, documented=True):
    """Fields of *exam* in the form of the vectors, by enumeration, twice for the stars."""
    assumed = possibilities(exam, assume=True, thin=thin, documented=documented)
    starred = any(
        "*" in code for side in SIDES for c in ("motor", "lightTouch", "pinPrick") for code in exam[side][c].values()
    )
    examined = possibilities(exam, assume=False, thin=thin, documented=documented) if starred else assumed
    return {field: {"set": assumed[at], "star": assumed[at] != examined[at]} for at, field in enumerate(FIELDS)}
