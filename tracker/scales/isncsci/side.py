"""Everything one side of an exam may turn out to be, in one rostro-caudal pass, over all its admissible grades.

A world is one choice of a definite grade for every cell. Worlds are not enumerated: of each only what the rules use
later is kept, and worlds alike in that are one. A determinate side is the case with one world.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from tracker.scales.isncsci.grades import (
    MOTOR_FULL,
    MOTOR_NONE,
    MOTOR_USEFUL,
    MOTOR_WEAK,
    SENSORY_ABSENT,
    SENSORY_ALTERED,
    SENSORY_NORMAL,
)
from tracker.scales.isncsci.levels import C4, INT, KEY_RANKS, L1, S1, S3, T1

Key = TypeVar("Key")
Count = tuple[int, int]
"""Fewest and most of something over worlds that are otherwise alike."""

State = tuple[int, bool, bool, int]
"""Neurological level of the side, function far below the motor level, sensation at S4-5, motor zone (ranks)."""

_NOWHERE = 99
"""In place of the level where a limb's first grade below 5 puts the motor level: all its grades are 5."""
_NO_MUSCLE = -1
_ARM_RANKS, _LEG_RANKS = KEY_RANKS[:5], KEY_RANKS[5:]
_NOT_NORMAL = SENSORY_ABSENT | SENSORY_ALTERED
_FELT = SENSORY_ALTERED | SENSORY_NORMAL

_Limb = Mapping[tuple[int, int], Count]
"""(level the limb puts the motor level at, lowest muscle with function) -> number of grades 3 and more."""


@dataclass(frozen=True, slots=True)
class SidePossibilities:
    """What one side may be; sets and keys hold ranks."""

    sensory: frozenset[int]
    motor: frozenset[int]
    """INT stands for a side without any motor deficit: S3 where there is no voluntary anal contraction."""
    states: Mapping[State, Count]
    """Joint states, each with the fewest and most key muscles graded 3 or more."""
    sensory_zones: frozenset[int]
    """Most caudal dermatome with sensation above S4-5, C1 for none."""
    sacral: tuple[bool, ...]
    """What sensation at S4-5 may be: absent (False), present (True), or both."""


def side_possibilities(
    motor: tuple[int, ...], light_touch: Sequence[int], pin_prick: Sequence[int], non_key: int
) -> SidePossibilities:
    """Return all that a side with these masks may be; *non_key* is a rank, or -1 for none."""
    sensory = _sensory_levels(light_touch, pin_prick)
    arms, legs = _limb(motor[:5], _ARM_RANKS), _limb(motor[5:], _LEG_RANKS)
    summaries: dict[int, _Limb] = {}
    motor_levels = set()
    states: dict[State, Count] = {}
    for sensory_level, spared in sensory:
        reach = (sensory_level >= C4) + (sensory_level >= L1)
        if reach not in summaries:
            summaries[reach] = _both_limbs(arms, legs, reach)
        for (stop, lowest), count in summaries[reach].items():
            level = _motor_level(sensory_level, stop)
            motor_levels.add(level)
            far = max(lowest, non_key) > level + 3
            widen(states, (min(sensory_level, level), far, spared, max(lowest, level)), count)
    return SidePossibilities(
        sensory=frozenset(level for level, _spared in sensory),
        motor=frozenset(motor_levels),
        states=states,
        sensory_zones=_sensory_zones(light_touch, pin_prick),
        sacral=sacral_sparing(light_touch[-1], pin_prick[-1]),
    )


def sacral_sparing(light_touch: int, pin_prick: int) -> tuple[bool, ...]:
    """Return whether there may be no sensation, or some, at S4-5 of a side with these masks."""
    absent = light_touch & pin_prick & SENSORY_ABSENT
    present = (light_touch | pin_prick) & _FELT
    return (False, True) if absent and present else (bool(present),)


def _sensory_levels(light_touch: Sequence[int], pin_prick: Sequence[int]) -> list[tuple[int, bool]]:
    """Sensory level (the last of an unbroken run of normal dermatomes) with sensation at S4-5, every pair possible."""
    found = []
    sacral = sacral_sparing(light_touch[-1], pin_prick[-1])
    for level, (touch, pin) in enumerate(zip(light_touch[:-1], pin_prick[:-1], strict=True)):
        if (touch | pin) & _NOT_NORMAL:
            found += [(level, spared) for spared in sacral]
        if not touch & pin & SENSORY_NORMAL:
            return found
    return found + _levels_at_the_end(light_touch[-1], pin_prick[-1])


def _levels_at_the_end(touch: int, pin: int) -> list[tuple[int, bool]]:
    """Levels where all is normal above S4-5: S3 if something is wrong there, INT if nothing is."""
    found = []
    if touch & pin & SENSORY_ABSENT:
        found.append((S3, False))
    one_is_normal_the_other_absent = (touch & SENSORY_NORMAL and pin & SENSORY_ABSENT) or (
        touch & SENSORY_ABSENT and pin & SENSORY_NORMAL
    )
    if (touch | pin) & SENSORY_ALTERED or one_is_normal_the_other_absent:
        found.append((S3, True))
    if touch & pin & SENSORY_NORMAL:
        found.append((INT, True))
    return found


def _sensory_zones(light_touch: Sequence[int], pin_prick: Sequence[int]) -> frozenset[int]:
    """Ranks the most caudal dermatome with any sensation may have, S4-5 left out."""
    found = []
    for rank in range(S3, 0, -1):
        touch, pin = light_touch[rank - 1], pin_prick[rank - 1]
        if (touch | pin) & _FELT:
            found.append(rank)
        if not touch & pin & SENSORY_ABSENT:
            return frozenset(found)
    return frozenset((*found, 0))


@lru_cache(maxsize=2048)  # as many as there are limbs without NT: two limbs of five muscles of four kinds
def _limb(masks: tuple[int, ...], ranks: tuple[int, ...]) -> _Limb:
    """Go down the five muscles of a limb, keeping where the motor level would be and the lowest function."""
    states: dict[tuple[int, int], Count] = {(_NOWHERE, _NO_MUSCLE): (0, 0)}
    for mask, rank in zip(masks, ranks, strict=True):
        following: dict[tuple[int, int], Count] = {}
        for (stop, lowest), (fewest, most) in states.items():
            going_on = stop == _NOWHERE
            if mask & MOTOR_NONE:
                widen(following, (rank - 1 if going_on else stop, lowest), (fewest, most))
            if mask & MOTOR_WEAK:
                widen(following, (rank - 1 if going_on else stop, rank), (fewest, most))
            if mask & MOTOR_USEFUL:
                widen(following, (rank if going_on else stop, rank), (fewest + 1, most + 1))
            if mask & MOTOR_FULL:
                widen(following, (stop, rank), (fewest + 1, most + 1))
        states = following
    return states


def _both_limbs(arms: _Limb, legs: _Limb, reach: int) -> _Limb:
    """Join arms and legs; the muscles count for the motor level only as far as sensation is normal down to them.

    *reach* 0: not at all (sensory level above C4); 1: the arms; 2: arms and legs (sensory level L1 or below).
    """
    joined: dict[tuple[int, int], Count] = {}
    for (arm, arm_lowest), (arm_fewest, arm_most) in arms.items():
        for (leg, leg_lowest), (leg_fewest, leg_most) in legs.items():
            stop = _NOWHERE
            if reach:
                stop = arm if arm != _NOWHERE or reach == 1 else leg
            widen(joined, (stop, max(arm_lowest, leg_lowest)), (arm_fewest + leg_fewest, arm_most + leg_most))
    return joined


def _motor_level(sensory_level: int, stop: int) -> int:
    """Motor level of a side: where the muscles stop it, else the sensory level or the end of the limb above it."""
    if stop != _NOWHERE:
        return stop
    if sensory_level < C4:
        return sensory_level
    return max(sensory_level, T1 if sensory_level < L1 else S1)


def widen(table: dict[Key, Count], key: Key, count: Count) -> None:
    """Put *count* into *table*, or widen what is there so that it holds both."""
    held = table.get(key)
    table[key] = count if held is None else (min(held[0], count[0]), max(held[1], count[1]))
