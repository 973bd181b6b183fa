"""The complete (AIS A) spinal cord injuries of the demo file: totals like those of the printed cohort.

106 invented people whose ASIA totals and SCIM-III totals at months 0 and 12 have the means and SDs of
Akhlaghpasand et al. 2025 (whole cohort; SCIM also by chronicity). Two things printed there cannot hold together and
are not imitated: thoracolumbar motor 47.9 +- 11.7 (an arm is never lost below the neck, so motor is at least 50), and
SCIM by level with its printed n. Month 6 is not printed at all: the months between are invented.
"""

from dataclasses import dataclass
from random import Random

from tracker.scales.isncsci.exam import Exam
from tracker.services.demo_records.draws import Moments, by_rank, later, sample
from tracker.services.demo_records.exams import COMPLETE_MOST, THORACIC_LEAST, Totals, complete_exam, level_and_grade

CASES = 106
CERVICAL = 32
SUBACUTE = 29
STABILITY = 0.95
"""Correlation of one person's standing at month 0 and at month 12."""

MOTOR_CERVICAL = (Moments(16.2, 7.3, 0, 50), Moments(21.1, 9.2, 0, 50))
LEG_POINTS = (Moments(6.9, 6.7, 1, 30), Moments(7.1, 3.9, 1, 30))
"""Leg points of the thoracolumbar cases that have any (14 at month 0, 30 at month 12); their arms have all 50."""
WITH_LEG_POINTS = (14, 30)
LIGHT_TOUCH = (Moments(57.6, 22.8, 0, COMPLETE_MOST), Moments(62.0, 24.7, 0, COMPLETE_MOST))
PIN_PRICK = (Moments(61.0, 23.3, 0, COMPLETE_MOST), Moments(66.0, 23.4, 0, COMPLETE_MOST))
SCIM_SUBACUTE = (Moments(37.2, 15.4, 0, 100), Moments(48.1, 17.2, 0, 100))
SCIM_CHRONIC = (Moments(41.6, 16.6, 0, 100), Moments(46.8, 17.1, 0, 100))
MOTOR = (Moments(40.7, 17.0, 0, 100), Moments(43.3, 15.9, 0, 100))
SCIM = (Moments(40.3, 16.3, 0, 100), Moments(47.2, 17.1, 0, 100))


@dataclass(frozen=True, slots=True)
class CompleteCase:
    """One complete injury: where, how long ago, and the totals at months 0 and 12."""

    level: str
    site: str
    phase: str
    start: Totals
    year: Totals
    pattern: str
    """Seeds how the totals lie in the cells: the same at every visit."""

    @property
    def cervical(self) -> bool:
        """Whether the injury is in the neck."""
        return self.site == "cervical"

    def exam(self, found: Totals) -> Exam:
        """Return the exam that gives the totals *found*."""
        return complete_exam(found, Random(self.pattern), cervical=self.cervical)  # noqa: S311


def complete_cases(seed: int) -> tuple[CompleteCase, ...]:
    """Return the 106 cases in random order; the same for the same seed."""
    random = Random(f"spinal/{seed}")  # noqa: S311 - invented data, must be repeatable
    severity = [random.gauss(0, 1) for _ in range(CASES)]
    latents = (severity, later(severity, STABILITY, random))
    subacute = set(random.sample(range(CASES), SUBACUTE))
    cervical = set(range(CERVICAL))
    motor = [_motor(when, latent, random) for when, latent in enumerate(latents)]
    # Feeling and independence follow the height of the injury as well as the person.
    height = [(-1.6 if place in cervical else 0.7) + 0.6 * random.gauss(0, 1) for place in range(CASES)]
    touch = _whole_cohort(LIGHT_TOUCH, height, latents, random)
    prick = _whole_cohort(PIN_PRICK, height, latents, random)
    scim = _scim(subacute, height, latents, random)
    cases = []
    for place in range(CASES):
        start, year = (
            Totals(*motor[when][place], touch[when][place], prick[when][place], scim[when][place]) for when in (0, 1)
        )
        pattern = f"exam/{seed}/{place}"
        exam = complete_exam(start, Random(pattern), cervical=place in cervical)  # noqa: S311
        level, _grade = level_and_grade(exam)
        site = {"C": "cervical", "T": "thoracic", "L": "lumbar"}[level[0]]
        phase = "subacute" if place in subacute else "chronic"
        cases.append(CompleteCase(level, site, phase, start, year, pattern))
    random.shuffle(cases)
    return tuple(cases)


def _motor(when: int, latent: list[float], random: Random) -> list[tuple[int, int]]:
    """Return arm and leg points of all cases: the first 32 are cervical."""
    arms = by_rank(sample(MOTOR_CERVICAL[when], CERVICAL, random), latent[:CERVICAL])
    below = CASES - CERVICAL
    some = WITH_LEG_POINTS[when]
    legs = by_rank([0] * (below - some) + sample(LEG_POINTS[when], some, random), latent[CERVICAL:])
    return [(points, 0) for points in arms] + [(50, points) for points in legs]


def _whole_cohort(
    targets: tuple[Moments, Moments], height: list[float], latents: tuple[list[float], list[float]], random: Random
) -> list[list[int]]:
    own = [0.25 * random.gauss(0, 1) for _ in height]
    return [
        _raised(
            by_rank(
                sample(target, CASES, random),
                [high + 0.4 * person + extra for high, person, extra in zip(height, latent, own, strict=True)],
            )
        )
        for target, latent in zip(targets, latents, strict=True)
    ]


def _raised(points: list[int]) -> list[int]:
    """Exchange totals too low for an injury below the neck with those of cervical cases, the nearest first."""
    low = [place for place in range(CERVICAL, CASES) if points[place] < THORACIC_LEAST]
    spare = sorted((place for place in range(CERVICAL) if points[place] >= THORACIC_LEAST), key=points.__getitem__)
    for place, other in zip(low, spare, strict=False):
        points[place], points[other] = points[other], points[place]
    return points


def _scim(
    subacute: set[int], height: list[float], latents: tuple[list[float], list[float]], random: Random
) -> list[list[int]]:
    totals = [[0] * CASES, [0] * CASES]
    groups = ((sorted(subacute), SCIM_SUBACUTE), (sorted(set(range(CASES)) - subacute), SCIM_CHRONIC))
    for members, targets in groups:
        for when in (0, 1):
            standing = [0.8 * height[place] + latents[when][place] for place in members]
            given = by_rank(sample(targets[when], len(members), random), standing)
            for place, total in zip(members, given, strict=True):
                totals[when][place] = total
    return totals
