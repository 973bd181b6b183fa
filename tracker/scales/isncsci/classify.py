"""Classifies an exam: levels, completeness, AIS, zones of partial preservation, totals.

Every field is the exact set of results over all worlds (ways to fill what is not testable, and what a star leaves
open). Levels, AIS and zones of one world belong together, so the sides are joined by their states (see ``side``).
"""

from collections.abc import Collection, Iterable, Mapping

from tracker.scales.isncsci.exam import Exam, ExamSide
from tracker.scales.isncsci.findings import AIS_GRADES, FIELDS, NOT_APPLICABLE, Classification, Finding
from tracker.scales.isncsci.grades import (
    ANSWERS,
    MOTOR_ASSUMED,
    MOTOR_EXAMINED,
    SENSORY_ASSUMED,
    SENSORY_EXAMINED,
    STARRED,
)
from tracker.scales.isncsci.levels import INT, KEYS_DOWN_TO, LEVELS, RANKS, S3
from tracker.scales.isncsci.side import Count, SidePossibilities, State, side_possibilities, widen
from tracker.scales.isncsci.totals import starred_totals, totals

_NO_ZONE = -1
"""Stands before every rank, as NA stands before every level."""
_KEY_MUSCLES = 10
Findings = Mapping[str, tuple[str, ...]]
_Joint = dict[tuple[int, bool, bool], Count]
"""(neurological level, function far below, sensation at S4-5) -> key muscles graded 3 or more."""


def classify(exam: Exam, *, documented_injury: bool = True) -> Classification:
    """Classify *exam*; a normal exam is AIS E only with a *documented_injury*, else it has no grade."""
    assumed = assumed_findings(exam, documented_injury=documented_injury)
    if not is_starred(exam):
        findings = {field: Finding(possible) for field, possible in assumed.items()}
        return Classification(findings, totals(exam), frozenset())
    examined = examined_findings(exam, documented_injury=documented_injury)
    findings = {field: Finding(possible, star=possible != examined[field]) for field, possible in assumed.items()}
    return Classification(findings, totals(exam), starred_totals(exam))


def is_starred(exam: Exam) -> bool:
    """Return whether any cell carries a star."""
    return not all(
        STARRED.isdisjoint(codes)
        for side in (exam.right, exam.left)
        for codes in (side.motor, side.light_touch, side.pin_prick)
    )


def assumed_findings(exam: Exam, *, documented_injury: bool = True) -> Findings:
    """First pass: starred cells count as what is assumed for them."""
    return _findings(exam, MOTOR_ASSUMED, SENSORY_ASSUMED, documented_injury=documented_injury)


def examined_findings(exam: Exam, *, documented_injury: bool = True) -> Findings:
    """Second pass: stars dropped, every cell counts as examined."""
    return _findings(exam, MOTOR_EXAMINED, SENSORY_EXAMINED, documented_injury=documented_injury)


def _findings(exam: Exam, motor: Mapping[str, int], sensory: Mapping[str, int], *, documented_injury: bool) -> Findings:
    right, left = _side(exam.right, motor, sensory), _side(exam.left, motor, sensory)
    contraction, pressure = ANSWERS[exam.contraction], ANSWERS[exam.pressure]
    right_joint, left_joint = _without_zones(right.states), _without_zones(left.states)
    joint = _together(right_joint, left_joint)
    grades = _grades(joint, contraction, pressure)
    if not documented_injury and "E" in grades:
        grades = grades - {"E"} | {NOT_APPLICABLE}
    values = (
        _levels(right.sensory),
        _levels(left.sensory),
        _levels(_motor_levels(right, contraction)),
        _levels(_motor_levels(left, contraction)),
        _levels({level for level, _far, _spared in joint}),
        _completeness(joint, contraction, pressure),
        tuple(grade for grade in AIS_GRADES if grade in grades),
        _levels(_sensory_zones(right, pressure)),
        _levels(_sensory_zones(left, pressure)),
        _levels(_motor_zones(exam, right.states, exam.right.non_key, left_joint)),
        _levels(_motor_zones(exam, left.states, exam.left.non_key, right_joint)),
    )
    return dict(zip(FIELDS, values, strict=True))


def _side(side: ExamSide, motor: Mapping[str, int], sensory: Mapping[str, int]) -> SidePossibilities:
    return side_possibilities(
        tuple([motor[code] for code in side.motor]),
        [sensory[code] for code in side.light_touch],
        [sensory[code] for code in side.pin_prick],
        -1 if side.non_key is None else RANKS[side.non_key],
    )


def _levels(ranks: Collection[int]) -> tuple[str, ...]:
    return tuple(NOT_APPLICABLE if rank == _NO_ZONE else LEVELS[rank] for rank in sorted(ranks))


def _motor_levels(side: SidePossibilities, contraction: tuple[bool, ...]) -> set[int]:
    """Without any deficit the motor level is INT with voluntary anal contraction, S3 without."""
    if INT not in side.motor:
        return set(side.motor)
    return set(side.motor - {INT}) | {INT if contracts else S3 for contracts in contraction}


def _completeness(joint: _Joint, contraction: tuple[bool, ...], pressure: tuple[bool, ...]) -> tuple[str, ...]:
    """Complete only where nothing at all is left at S4-5: no contraction, no pressure, no sensation on either side."""
    spared = {spared for _level, _far, spared in joint}
    complete = ("C",) if False in contraction and False in pressure and False in spared else ()
    incomplete = ("I",) if True in contraction or True in pressure or True in spared else ()
    return complete + incomplete


def _without_zones(states: Mapping[State, Count]) -> _Joint:
    found: _Joint = {}
    for (level, far, spared, _zone), count in states.items():
        widen(found, (level, far, spared), count)
    return found


def _together(one: _Joint, other: _Joint) -> _Joint:
    """Join the sides: the more rostral level, function and sensation on either side, muscles added."""
    found: _Joint = {}
    for (level, far, spared), (fewest, most) in one.items():
        for (other_level, other_far, other_spared), (other_fewest, other_most) in other.items():
            key = (min(level, other_level), far or other_far, spared or other_spared)
            widen(found, key, (fewest + other_fewest, most + other_most))
    return found


def _grades(joint: _Joint, contraction: Iterable[bool], pressure: Iterable[bool]) -> set[str]:
    """Return the AIS grades of all worlds in *joint*."""
    found = set()
    for contracts in contraction:
        for presses in pressure:
            for (level, far, spared), (fewest, most) in joint.items():
                grade = _grade(contracts, presses or spared, far, level)
                if grade is not None:
                    found.add(grade)
                    continue
                # Every key muscle down to the neurological level has at least 3, so "half of those below it" is
                # a limit on the number of all: with k levels above, n - 2k >= 10 - k.
                half = _KEY_MUSCLES + KEYS_DOWN_TO[level]
                if most >= half:
                    found.add("D")
                if fewest < half:
                    found.add("C")
    return found


def _grade(contracts: bool, spared: bool, far: bool, level: int) -> str | None:
    """Return the AIS grade E, A or B, or None where muscles must be counted (motor incomplete: C or D)."""
    if contracts:
        return "E" if level == INT else None
    if not spared:
        return "A"
    return None if far else "B"


def _sensory_zones(side: SidePossibilities, pressure: tuple[bool, ...]) -> set[int]:
    """No zone with deep anal pressure, or with sensation at S4-5 of this side; else the last dermatome felt."""
    found = set(side.sensory_zones) if False in pressure and False in side.sacral else set()
    return found | {_NO_ZONE} if True in pressure or True in side.sacral else found


def _motor_zones(exam: Exam, states: Mapping[State, Count], non_key: str | None, other: _Joint) -> set[int]:
    """No zone with voluntary anal contraction; else the lowest key muscle with function, or the motor level."""
    contraction = ANSWERS[exam.contraction]
    found = {_NO_ZONE} if True in contraction else set()
    if False not in contraction:
        return found
    beyond = 0 if non_key is None else RANKS[non_key] - 3
    open_to_non_key: dict[int, _Joint] = {}
    for (level, far, spared, zone), count in states.items():
        if zone < beyond:
            widen(open_to_non_key.setdefault(zone, {}), (level, far, spared), count)
        else:
            found.add(min(zone, S3))
    for zone, joint in open_to_non_key.items():
        grades = _grades(_together(joint, other), (False,), ANSWERS[exam.pressure])
        if "C" in grades:
            found.add(RANKS[str(non_key)])
        if grades != {"C"}:
            found.add(zone)
    return found
