"""The steps that lead to completeness, AIS and the zones of partial preservation, as sentences."""

from collections.abc import Mapping, Sequence

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.classify import Findings, assumed_findings
from tracker.scales.isncsci.exam import NON_KEY, Exam, ExamSide
from tracker.scales.isncsci.findings import NOT_APPLICABLE, listed
from tracker.scales.isncsci.grades import (
    MOTOR_ASSUMED,
    MOTOR_FULL,
    MOTOR_NONE,
    MOTOR_USEFUL,
    SENSORY_ABSENT,
    SENSORY_ASSUMED,
)
from tracker.scales.isncsci.levels import DERMATOMES, KEY_LEVELS, KEY_RANKS, KEYS_DOWN_TO, LEVELS, RANKS
from tracker.scales.isncsci.side import sacral_sparing
from tracker.scales.isncsci.why_levels import names
from tracker.scales.isncsci.words import ANSWER_NAMES, SIDE_NAMES

MOST_LEVELS_COUNTED = 4
"""With more possible neurological levels than this the counts of muscles are left out."""

_GRADE_STEPS: Mapping[str, Message] = {
    "A": msg("A: nothing is left at S4-5"),
    "B": msg(
        "B: something is left at S4-5, but no voluntary anal contraction, and no muscle works more than three segments "
        "below the motor level of its side"
    ),
    "C": msg(
        "C: motor incomplete, fewer than half of the key muscles below the neurological level have grade 3 or more"
    ),
    "D": msg("D: motor incomplete, half or more of the key muscles below the neurological level have grade 3 or more"),
    "E": msg("E: nothing is impaired, and an injury is documented"),
    NOT_APPLICABLE: msg("no grade: nothing is impaired, and no injury is documented"),
}


def _sides(exam: Exam) -> tuple[tuple[str, ExamSide], ...]:
    return (("right", exam.right), ("left", exam.left))


def completeness_steps(exam: Exam, findings: Findings) -> list[Message]:
    """Name everything found at S4-5."""
    steps = [
        msg("voluntary anal contraction: {answer}", answer=ANSWER_NAMES[exam.contraction]),
        msg("deep anal pressure: {answer}", answer=ANSWER_NAMES[exam.pressure]),
    ]
    for name, side in _sides(exam):
        values = {"side": SIDE_NAMES[name], "touch": side.light_touch[-1], "pin": side.pin_prick[-1]}
        steps.append(msg("S4-5 {side}: light touch {touch}, pin prick {pin}", **values))
    return [*steps, _completeness(findings["complete"])]


def _completeness(possible: tuple[str, ...]) -> Message:
    if possible == ("C",):
        return msg("nothing is left at S4-5: complete")
    if possible == ("I",):
        return msg("something is left at S4-5: incomplete")
    return msg("whether anything is left at S4-5 cannot be told")


def grade_steps(exam: Exam, findings: Findings) -> list[Message]:
    """Give the facts the AIS grade rests on, then the condition of each possible grade."""
    grades = findings["ais"]
    steps = [
        msg("neurological level {levels}", levels=listed(findings["nli"])),
        _completeness(findings["complete"]),
        msg("voluntary anal contraction: {answer}", answer=ANSWER_NAMES[exam.contraction]),
    ]
    if exam.contraction != "Yes" and findings["complete"] != ("C",):
        for name, side in _sides(exam):
            steps += [*_function_steps(name, side, findings), *_distance_steps(name, side, findings)]
    if {"C", "D"} & set(grades) and len(findings["nli"]) <= MOST_LEVELS_COUNTED:
        steps += [_count_step(exam, RANKS[level]) for level in findings["nli"] if level != "INT"]
    return steps + [_GRADE_STEPS[grade] for grade in grades]


def _function_steps(name: str, side: ExamSide, findings: Findings) -> list[Message]:
    """Name the lowest muscle with function of a side, and its motor level."""
    values = {"side": SIDE_NAMES[name], "level": listed(findings[f"{name}Motor"])}
    lowest = _lowest_muscles(side)
    steps = [
        msg("{side}: motor level {level}, lowest key muscle with function {muscle}", muscle=lowest, **values)
        if lowest
        else msg("{side}: motor level {level}, no key muscle with function", **values)
    ]
    if side.non_key is not None:
        steps.append(msg("{side}: lowest non-key muscle with function {muscle}", muscle=side.non_key, **values))
    return steps


def _distance_steps(name: str, side: ExamSide, findings: Findings) -> list[Message]:
    """Say whether function of a side reaches more than three segments below its motor level, where that is certain."""
    lowest, motor = _lowest_muscles(side), findings[f"{name}Motor"]
    if len(motor) > 1 or lowest not in {"", *KEY_LEVELS}:
        return []
    reached = max((RANKS[level] for level in (lowest, side.non_key) if level), default=0)
    values = {"side": SIDE_NAMES[name], "level": motor[0]}
    if reached > RANKS[motor[0]] + 3:
        return [msg("{side}: function more than three segments below {level}", **values)]
    return [msg("{side}: no function more than three segments below {level}", **values)]


def _lowest_muscles(side: ExamSide) -> str:
    """List what the lowest key muscle with function may be, empty if there is none."""
    found = []
    for rank, code in zip(reversed(KEY_RANKS), reversed(side.motor), strict=True):
        mask = MOTOR_ASSUMED[code]
        if mask != MOTOR_NONE:
            found.append(rank)
        if not mask & MOTOR_NONE:
            break
    return names(found[::-1])


def _count_step(exam: Exam, level: int) -> Message:
    """Count the key muscles of grade 3 or more below a neurological level, on both sides."""
    below = KEYS_DOWN_TO[level]
    masks = [MOTOR_ASSUMED[code] for _name, side in _sides(exam) for code in side.motor[below:]]
    most = sum(bool(mask & (MOTOR_USEFUL | MOTOR_FULL)) for mask in masks)
    fewest = sum(mask in (MOTOR_USEFUL, MOTOR_FULL, MOTOR_USEFUL | MOTOR_FULL) for mask in masks)
    values = {"level": LEVELS[level], "muscles": len(masks), "fewest": fewest, "most": most}
    if not masks:
        return msg("no key muscle lies below {level}", **values)
    if fewest == most:
        return msg("{fewest} of the {muscles} key muscles below {level} have grade 3 or more", **values)
    return msg("{fewest} to {most} of the {muscles} key muscles below {level} have grade 3 or more", **values)


def sensory_zone_steps(exam: Exam, side: ExamSide, possible: Sequence[str]) -> list[Message]:
    """Say whether there is a sensory zone, and the last dermatome with any sensation."""
    if exam.pressure == "Yes":
        return [msg("with deep anal pressure there is no sensory zone")]
    sacral = sacral_sparing(SENSORY_ASSUMED[side.light_touch[-1]], SENSORY_ASSUMED[side.pin_prick[-1]])
    values = {"touch": side.light_touch[-1], "pin": side.pin_prick[-1]}
    if sacral == (True,):
        return [msg("S4-5: light touch {touch}, pin prick {pin}: felt on this side, so no sensory zone", **values)]
    steps = []
    if exam.pressure == "NT":
        steps.append(msg("deep anal pressure is not testable: if it is felt there is no sensory zone"))
    if True in sacral:
        steps.append(msg("S4-5: light touch {touch}, pin prick {pin}: if felt there is no sensory zone", **values))
    zones = tuple(level for level in possible if level != NOT_APPLICABLE)
    return [*steps, *_last_felt(side, zones)]


def _last_felt(side: ExamSide, zones: tuple[str, ...]) -> list[Message]:
    steps = []
    for level in zones:
        if level == "C1":
            steps.append(msg("no dermatome is felt: the zone is C1"))
            continue
        at = DERMATOMES.index(level)
        touch, pin = side.light_touch[at], side.pin_prick[at]
        values = {"level": level, "touch": touch, "pin": pin}
        if SENSORY_ASSUMED[touch] & SENSORY_ASSUMED[pin] & SENSORY_ABSENT:
            steps.append(
                msg("{level}: light touch {touch}, pin prick {pin}: the last one felt, if it is felt", **values)
            )
        else:
            steps.append(msg("{level}: light touch {touch}, pin prick {pin}: the last one felt", **values))
    return steps


def motor_zone_steps(exam: Exam, name: str, findings: Findings) -> list[Message]:
    """Say whether there is a motor zone, and the lowest muscle with function."""
    if exam.contraction == "Yes":
        return [msg("with voluntary anal contraction there is no motor zone")]
    side = exam.right if name == "right" else exam.left
    steps = []
    if exam.contraction == "NT":
        steps.append(msg("voluntary anal contraction is not testable: with it there is no motor zone"))
    steps += _function_steps(name, side, findings)
    alone = findings
    if side.non_key is not None:
        alone = assumed_findings(exam.with_grade(f"{name}.{NON_KEY}", None))
    zones = alone[f"{name}MotorZpp"]
    steps.append(_muscle_zone(tuple(zone for zone in zones if zone != NOT_APPLICABLE), alone[f"{name}Motor"]))
    if findings[f"{name}MotorZpp"] != zones:
        steps.append(
            msg("in AIS C, a non-key muscle more than three segments further down: {level}", level=side.non_key)
        )
    return steps


def _muscle_zone(zones: tuple[str, ...], motor: tuple[str, ...]) -> Message:
    values = {"levels": listed(zones)}
    if len(zones) > 1 or len(motor) > 1:
        return msg("the zone ends at the lowest key muscle with function, or the motor level: {levels}", **values)
    if zones == motor:
        return msg("no key muscle below the motor level has function: the zone ends there, {levels}", **values)
    return msg("the zone ends at the lowest key muscle with function, {levels}", **values)
