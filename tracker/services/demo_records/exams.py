"""Whole ISNCSCI exams of invented injuries: cells drawn to given totals, or by how much is left below a level.

A valid exam has one course from head to foot: normal down to the level, then what the injury leaves. The same source
of randomness gives the same person's pattern again, so that only what changed differs from visit to visit.
"""

from dataclasses import dataclass
from random import Random

from tracker.core.numbers import Number
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, CONTRACTION, PRESSURE, Exam, ExamSide
from tracker.scales.isncsci.levels import C4, DERMATOMES, KEY_RANKS, RANKS
from tracker.scales.isncsci.record import StarReason, Value, responses_from_exam
from tracker.scales.isncsci.totals import totals

LIMB = 25
"""Points of the five key muscles of an arm or leg."""
_SIDE_MOST = 53
"""Points of a side's sensory column with nothing at S4-5 and something short of normal below the level."""
COMPLETE_MOST = 2 * _SIDE_MOST
_LAST_CERVICAL, _FIRST_THORACIC, _LAST_LUMBAR = RANKS["C8"], RANKS["T2"], RANKS["L2"]
THORACIC_LEAST = 4 * _FIRST_THORACIC
"""Fewest points of a sensory total with an injury below the neck: everything normal down to T2."""
_SACRAL = len(DERMATOMES) - 1
_BLEMISHES = (0.09, 0.15)
"""Up to which draw an exam has a cell not testable, and up to which a starred one."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What one examination finds."""

    upper: int
    lower: int
    light_touch: int
    pin_prick: int
    scim: int

    @property
    def motor(self) -> int:
        """Motor total: arms and legs."""
        return self.upper + self.lower


def complete_exam(found: Totals, random: Random, *, cervical: bool) -> Exam:
    """Return an exam of a complete injury (AIS A) with exactly these totals."""
    least = 0 if cervical else THORACIC_LEAST // 2
    arms, legs = _halves(found.upper, (0, LIMB), random), _halves(found.lower, (0, LIMB), random)
    touch = _halves(found.light_touch, (least, _SIDE_MOST), random)
    prick = _halves(found.pin_prick, (least, _SIDE_MOST), random)
    sides = []
    for arm, leg, light, pin in zip(arms, legs, touch, prick, strict=True):
        muscles = _limb(arm, random) + _limb(leg, random)
        normal = _normal_dermatomes(min(light, pin) // 2, muscles, random, cervical=cervical)
        sides.append(_side(muscles, _column(normal, light), _column(normal, pin)))
    return Exam(sides[0], sides[1], "No", "No")


def _halves(total: int, limits: tuple[int, int], random: Random) -> tuple[int, int]:
    """Share a total between right and left, nearly evenly."""
    least, most = limits
    one = total // 2 + random.choice((-1, 0, 0, 1, 2))
    one = min(most, total - least, max(least, total - most, one))
    return one, total - one


def _limb(points: int, random: Random) -> list[int]:
    """Return five grades from above downwards, none higher than the one before."""
    grades = [min(5, max(0, points - 5 * place)) for place in range(5)]
    for _ in range(random.randint(0, 4)):
        steps = [place for place in range(4) if grades[place] - grades[place + 1] > 1]
        if steps:
            place = random.choice(steps)
            grades[place] -= 1
            grades[place + 1] += 1
    return grades


def _normal_dermatomes(affordable: int, muscles: list[int], random: Random, *, cervical: bool) -> int:
    """Return how many dermatomes from C2 on are normal: about where the muscles say, as far as the points go."""
    if not cervical:
        return max(_FIRST_THORACIC, min(affordable, _LAST_LUMBAR) - random.choice((0, 0, 0, 1, 2)))
    full = next((place for place, grade in enumerate(muscles[:5]) if grade < 5), 4)
    reached = C4 + full + (muscles[full] >= 3) + random.choice((-1, 0, 0, 1))
    return min(affordable, _LAST_CERVICAL, reached)


def _column(normal: int, points: int) -> list[int]:
    """Return a sensory column: normal ones, then altered ones, more of them normal only if the points ask for it."""
    grades = [2] * normal + [0] * (len(DERMATOMES) - normal)
    left = points - 2 * normal
    for places in (range(normal, _SACRAL), range(normal + 1, _SACRAL)):
        for place in places:
            if left:
                grades[place] += 1
                left -= 1
    return grades


def incomplete_exam(level: str, share: float, random: Random) -> Exam:
    """Return an exam with something left at S4-5; *share* of function, from 0 to 1, is left below *level*."""
    rank = RANKS[level]
    contracts = share + random.gauss(0, 0.05) > 0.35
    sides = [_spared_side(rank, share, random) for _ in range(2)]
    return Exam(sides[0], sides[1], "Yes" if contracts else "No", "Yes")


def _spared_side(rank: int, share: float, random: Random) -> ExamSide:
    strength = 5.5 * max(0.0, share - 0.25) / 0.75
    muscles = []
    for key in KEY_RANKS:
        scatter = random.gauss(0, 0.7)
        below = min(5, max(0, int(strength + scatter))) if strength else 0
        muscles.append(5 if key <= rank else below)
    columns = []
    for keen in (0.65, 0.5):
        grades = []
        for place in range(len(DERMATOMES)):
            draw = random.random()
            felt = 2 if draw < keen * share else 1 if draw < share + 0.4 else 0
            grades.append(2 if place < rank else felt)
        grades[rank], grades[_SACRAL] = 1, max(1, grades[_SACRAL])
        columns.append(grades)
    return _side(muscles, *columns)


def _side(muscles: list[int], touch: list[int], prick: list[int]) -> ExamSide:
    return ExamSide(tuple(map(str, muscles)), tuple(map(str, touch)), tuple(map(str, prick)))


def level_and_grade(exam: Exam) -> tuple[str, str]:
    """Return the neurological level and AIS grade of an exam with every cell tested."""
    findings = classify(exam).findings
    return findings["nli"].possible[0], findings["ais"].possible[0]


def totals_of(exam: Exam) -> dict[str, Number]:
    """Return the totals of an exam with every cell tested, as ``asia-totals`` takes them."""
    points = {name: value or 0 for name, value in totals(exam).items()}
    return {
        "motor": points["uems"] + points["lems"],
        "light_touch": points["lightTouch"],
        "pin_prick": points["pinPrick"],
        "uems": points["uems"],
        "lems": points["lems"],
    }


def as_entered(exam: Exam, random: Random) -> dict[str, Value]:
    """Return the cells of an exam as they come from practice: now and then one not testable, or one starred."""
    draw = random.random()
    if draw < _BLEMISHES[0]:
        graded = [cell for cell in CELLS if ".motor." in cell]
        return responses_from_exam(exam.with_grade(random.choice((*graded, CONTRACTION, PRESSURE)), "NT"))
    full = [cell for cell in CELLS if ".motor." in cell and exam.grade(cell) == "5"]
    if draw < _BLEMISHES[1] and full:
        starred = exam.with_grade(random.choice(full), random.choice(("4**", "3**", "4*")))
        reason = random.choice(tuple(StarReason))
        return responses_from_exam(starred, reason=reason, reason_text="old fracture (synthetic)")
    return responses_from_exam(exam)
