"""Totals of an exam: the examined digits added, stars ignored; no total over a cell that is not testable."""

from collections.abc import Iterable

from tracker.scales.isncsci.exam import Exam, ExamSide
from tracker.scales.isncsci.grades import POINTS, STARRED, UNTESTED

_BOTH_SIDES = {"uems": "Uems", "lems": "Lems", "lightTouch": "LightTouch", "pinPrick": "PinPrick"}

MAXIMA = {
    "Uems": 25,
    "Lems": 25,
    "MotorTotal": 50,
    "LightTouch": 56,
    "PinPrick": 56,
}
"""Highest total of one side."""

TOTALS = (*(f"{side}{total}" for side in ("right", "left") for total in MAXIMA), *_BOTH_SIDES)
"""Names of the totals, in order."""


def totals(exam: Exam) -> dict[str, int | None]:
    """Return every total; None where it cannot be determined."""
    found = {}
    for name, side in (("right", exam.right), ("left", exam.left)):
        uems, lems = _points(side.motor[:5]), _points(side.motor[5:])
        found[f"{name}Uems"], found[f"{name}Lems"], found[f"{name}MotorTotal"] = uems, lems, uems + lems
        found[f"{name}LightTouch"], found[f"{name}PinPrick"] = _points(side.light_touch), _points(side.pin_prick)
    for name, total in _BOTH_SIDES.items():
        found[name] = found[f"right{total}"] + found[f"left{total}"]
    return {name: points if points < UNTESTED else None for name, points in found.items()}


def motor_score(exam: Exam) -> int | None:
    """Return the motor score of both sides (0-100), the ``motor`` series; None where it cannot be determined."""
    points = _points(exam.right.motor) + _points(exam.left.motor)
    return points if points < UNTESTED else None


def starred_totals(exam: Exam) -> frozenset[str]:
    """Return the totals that hold a starred cell."""
    starred = set()
    for name, side in (("right", exam.right), ("left", exam.left)):
        for total, codes in _columns(side):
            if not STARRED.isdisjoint(codes):
                starred.add(f"{name}{total}")
    return frozenset(
        {total for total in TOTALS if total in starred}
        | {name for name, total in _BOTH_SIDES.items() if starred & {f"right{total}", f"left{total}"}}
    )


def _columns(side: ExamSide) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("Uems", side.motor[:5]),
        ("Lems", side.motor[5:]),
        ("MotorTotal", side.motor),
        ("LightTouch", side.light_touch),
        ("PinPrick", side.pin_prick),
    )


def _points(codes: Iterable[str]) -> int:
    return sum(map(POINTS.__getitem__, codes))
