"""The grades a cell may hold, and what each may stand for.

A code is ``0``-``5`` (motor) or ``0``-``2`` (sensory), or ``NT`` (not testable). A star says that the impairment is
not due to the spinal cord injury: ``*`` = consider it not normal, ``**`` = consider it normal. 5 and 2 carry none.

Only what the rules tell apart is kept: a grade's kind is a bit, and a cell is the mask of the kinds it may have.
"""

NOT_TESTABLE = "NT"

MOTOR_NONE, MOTOR_WEAK, MOTOR_USEFUL, MOTOR_FULL = 1, 2, 4, 8
"""Kinds of motor grade: 0, 1-2, 3-4, 5."""
_MOTOR_KINDS = (MOTOR_NONE, MOTOR_WEAK, MOTOR_WEAK, MOTOR_USEFUL, MOTOR_USEFUL, MOTOR_FULL)

SENSORY_ABSENT, SENSORY_ALTERED, SENSORY_NORMAL = 1, 2, 4
"""Kinds of sensory grade: 0, 1, 2."""
_SENSORY_KINDS = (SENSORY_ABSENT, SENSORY_ALTERED, SENSORY_NORMAL)


def _mask(kinds: tuple[int, ...], first: int, last: int) -> int:
    return sum({kinds[grade] for grade in range(first, last + 1)})


def _tables(kinds: tuple[int, ...]) -> tuple[dict[str, int], dict[str, int]]:
    normal = len(kinds) - 1
    assumed, examined = {}, {}
    for grade in range(normal + 1):
        assumed[str(grade)] = examined[str(grade)] = kinds[grade]
    for grade in range(normal):
        # "Not normal" admits every grade from the tested one up to the last that is not normal.
        assumed[f"{grade}*"], examined[f"{grade}*"] = _mask(kinds, grade, normal - 1), kinds[grade]
        assumed[f"{grade}**"], examined[f"{grade}**"] = kinds[normal], kinds[grade]
    anything = _mask(kinds, 0, normal)
    assumed |= {"NT": anything, "NT*": _mask(kinds, 0, normal - 1), "NT**": kinds[normal]}
    examined |= dict.fromkeys(("NT", "NT*", "NT**"), anything)
    return assumed, examined


MOTOR_ASSUMED, MOTOR_EXAMINED = _tables(_MOTOR_KINDS)
SENSORY_ASSUMED, SENSORY_EXAMINED = _tables(_SENSORY_KINDS)
"""Code -> mask: with the star's assumption, and with the star dropped."""

UNTESTED = 1000
"""Points of a cell without a tested grade: more than any total, so that a sum shows it."""
POINTS = {code: UNTESTED if code.startswith(NOT_TESTABLE) else int(code[0]) for code in MOTOR_ASSUMED}
"""Code -> what it adds to its total: the examined digit, stars ignored."""

STARRED = frozenset(code for code in MOTOR_ASSUMED if code.endswith("*"))

ANSWERS = {"Yes": (True,), "No": (False,), "NT": (True, False)}
"""What voluntary anal contraction and deep anal pressure may be."""


def neighbours(code: str, normal: int) -> tuple[str, ...]:
    """Return the codes one grade away from *code* in a column whose normal grade is *normal*; a star is kept.

    A grade that was not testable may be any: all plain grades.
    """
    if code.startswith(NOT_TESTABLE):
        return tuple(str(grade) for grade in range(normal + 1))
    star = code[1:]
    highest = normal - 1 if star else normal
    return tuple(f"{grade}{star}" for grade in (int(code[0]) - 1, int(code[0]) + 1) if 0 <= grade <= highest)


def other_readings(code: str) -> tuple[str, ...]:
    """Return a starred *code* read otherwise: without its star, and with the other handling."""
    if code not in STARRED:
        return ()
    bare = code.rstrip("*")
    return (bare, f"{bare}*" if code.endswith("**") else f"{bare}**")
