"""The steps that lead to the sensory, motor and neurological levels, as sentences."""

from collections.abc import Sequence

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.classify import Findings
from tracker.scales.isncsci.exam import Exam, ExamSide
from tracker.scales.isncsci.findings import listed
from tracker.scales.isncsci.grades import (
    MOTOR_ASSUMED,
    MOTOR_FULL,
    MOTOR_NONE,
    MOTOR_USEFUL,
    MOTOR_WEAK,
    SENSORY_ASSUMED,
    SENSORY_NORMAL,
    STARRED,
)
from tracker.scales.isncsci.levels import C4, DERMATOMES, INT, KEY_LEVELS, L1, LEVELS, RANKS, SIDES, T2
from tracker.scales.isncsci.words import level_name

S2 = RANKS["S2"]
_FOUR_LEVELS = ("rightSensory", "leftSensory", "rightMotor", "leftMotor")


def names(ranks: Sequence[int]) -> str:
    """Write levels, neighbours joined to runs."""
    return listed(tuple(LEVELS[rank] for rank in ranks))


def _star_steps(cell: Message | str, code: str) -> list[Message]:
    """Say what is assumed for a cell, if it is starred."""
    if code not in STARRED:
        return []
    if code.endswith("**"):
        return [msg("{cell}: {grade}, not due to the injury, is taken as normal", cell=cell, grade=code)]
    return [msg("{cell}: {grade}, not due to the injury, is taken as not normal", cell=cell, grade=code)]


def sensory_steps(side: ExamSide) -> list[Message]:
    """Go down the dermatomes of a side to the first that is surely not normal."""
    steps: list[Message] = []
    normal: list[str] = []
    for level, above, touch, pin in zip(DERMATOMES, LEVELS, side.light_touch, side.pin_prick, strict=False):
        masks = SENSORY_ASSUMED[touch], SENSORY_ASSUMED[pin]
        values = {"level": level_name(level), "touch": touch, "pin": pin, "result": above}
        starred = _star_steps(msg("light touch {level}", **values), touch)
        starred += _star_steps(msg("pin prick {level}", **values), pin)
        if masks == (SENSORY_NORMAL, SENSORY_NORMAL) and not starred:
            normal.append(level_name(level))
            continue
        steps += [*_normal_run(normal), *starred]
        normal = []
        if not masks[0] & masks[1] & SENSORY_NORMAL:
            step = msg(
                "{level}: light touch {touch}, pin prick {pin}: not normal, the level is above, {result}", **values
            )
            return [*steps, step]
        if masks != (SENSORY_NORMAL, SENSORY_NORMAL):
            steps.append(
                msg("{level}: light touch {touch}, pin prick {pin}: if not normal, the level is {result}", **values)
            )
    return [*steps, *_normal_run(normal), msg("nothing else is impaired down to S4-5: the level is INT")]


def _normal_run(levels: list[str]) -> list[Message]:
    if not levels:
        return []
    return [msg("{levels}: light touch and pin prick are normal", levels=_span(levels))]


def _span(levels: Sequence[str]) -> str:
    return levels[0] if len(levels) == 1 else f"{levels[0]}-{levels[-1]}"


def motor_steps(exam: Exam, side: ExamSide, sensory: Sequence[str]) -> list[Message]:
    """Follow the muscles of a side as far down as its possible *sensory* levels reach."""
    ranks = [RANKS[level] for level in sensory]
    high, arms = [rank for rank in ranks if rank < C4], [rank for rank in ranks if C4 <= rank < T2]
    trunk, legs = [rank for rank in ranks if T2 <= rank < L1], [rank for rank in ranks if rank >= L1]
    steps = []
    if high:
        steps.append(
            msg("with a sensory level above C4 ({levels}) the motor level is the sensory level", levels=names(high))
        )
    if len(high) == len(ranks):
        return steps
    found, goes_on = _limb_steps(side.motor[:5], KEY_LEVELS[:5])
    steps += found
    if not goes_on:
        return steps
    if arms:
        steps.append(msg("all arm muscles 5, sensory level above T2 ({levels}): the level is T1", levels=names(arms)))
    if trunk:
        steps.append(
            msg(
                "all arm muscles 5, sensory level T2 to T12: the level is the sensory level, {levels}",
                levels=names(trunk),
            )
        )
    return steps + (_leg_steps(exam, side, legs) if legs else [])


def _leg_steps(exam: Exam, side: ExamSide, sensory: Sequence[int]) -> list[Message]:
    steps = [msg("all arm muscles 5, sensory level L1 or below ({levels}): the legs decide", levels=names(sensory))]
    found, goes_on = _limb_steps(side.motor[5:], KEY_LEVELS[5:])
    steps += found
    if not goes_on:
        return steps
    above, sacral = [rank for rank in sensory if rank < S2], [rank for rank in sensory if S2 <= rank < INT]
    if above:
        steps.append(msg("all leg muscles 5, sensory level above S2 ({levels}): the level is S1", levels=names(above)))
    if sacral:
        steps.append(msg("all leg muscles 5: the level is the sensory level, {levels}", levels=names(sacral)))
    if INT not in sensory:
        return steps
    if exam.contraction != "No":
        steps.append(msg("all muscles 5, sensation intact, with voluntary anal contraction: the level is INT"))
    if exam.contraction != "Yes":
        steps.append(msg("all muscles 5, sensation intact, without voluntary anal contraction: the level is S3"))
    return steps


def _limb_steps(codes: Sequence[str], levels: Sequence[str]) -> tuple[list[Message], bool]:
    """Go down a limb to the first muscle that is surely below 5; also tell whether all of it may be 5."""
    steps: list[Message] = []
    normal: list[str] = []
    for code, level in zip(codes, levels, strict=True):
        if code == "5":
            normal.append(level)
            continue
        steps += [*_full_run(normal), *_star_steps(level, code)]
        normal = []
        mask = MOTOR_ASSUMED[code]
        steps += _muscle_step(level, code, mask)
        if not mask & MOTOR_FULL:
            return steps, False
    return steps + _full_run(normal), True


def _full_run(levels: list[str]) -> list[Message]:
    return [msg("{levels}: grade 5", levels=_span(levels))] if levels else []


def _muscle_step(level: str, code: str, mask: int) -> list[Message]:
    """Return where a muscle that is not simply 5 puts the motor level."""
    weak, useful = mask & (MOTOR_NONE | MOTOR_WEAK), mask & MOTOR_USEFUL
    values = {"level": level, "grade": code, "above": LEVELS[RANKS[level] - 1]}
    if mask == MOTOR_FULL:
        return []
    if mask & MOTOR_FULL:
        return [
            msg("{level} is {grade}: 0 to 2 makes the level {above}, 3 or 4 makes it {level}, with 5 go on", **values)
        ]
    if weak and useful:
        return [msg("{level} is {grade}: 0 to 2 makes the level {above}, 3 or 4 makes it {level}", **values)]
    if useful:
        return [msg("{level} is {grade}, all above normal: the level is {level}", **values)]
    return [msg("{level} is {grade}, less than 3: the level is the one above, {above}", **values)]


def neurological_steps(exam: Exam, findings: Findings) -> list[Message]:
    """Name the four levels; the most rostral is the neurological level."""
    levels = {field: listed(findings[field]) for field in _FOUR_LEVELS}
    steps = [msg("sensory level right {rightSensory}, left {leftSensory}", **levels)]
    steps.append(msg("motor level right {rightMotor}, left {leftMotor}", **levels))
    intact = [side for side in SIDES if "INT" in findings[f"{side}Sensory"] and "S3" in findings[f"{side}Motor"]]
    if intact and exam.contraction != "Yes":
        steps.append(msg("a motor level S3 for want of voluntary anal contraction alone counts as intact here"))
    return [*steps, msg("the neurological level is the most rostral of them: {result}", result=listed(findings["nli"]))]
