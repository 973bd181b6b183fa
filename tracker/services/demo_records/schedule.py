"""When an invented patient comes: planned months with jitter, visits missed, none after the demo's today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tracker.clinic.baseline import PlannedVisit
from tracker.clinic.codes import VisitTiming
from tracker.core.dates import DAYS_PER_MONTH

_SAME_DAY = 0.15
_NO_BASELINE = 0.04
_MISSED = 0.12


@dataclass(frozen=True, slots=True)
class Coming:
    """One visit as planned and as it came."""

    month: int
    day: date
    timing: VisitTiming


def comings(planned: tuple[PlannedVisit, ...], treated: date, today: date, random: Random) -> list[Coming]:
    """Return the visits kept of a plan around a treatment, in order."""
    kept = []
    for plan in planned:
        if plan.months == 0:
            coming = before_treatment(treated, 45, random)
            lost = random.random() < _NO_BASELINE
        else:
            coming = Coming(plan.months, _about(plan, treated, random), VisitTiming.UNSTATED)
            lost = random.random() < _MISSED + 0.01 * plan.months
        if not lost and coming.day <= today:
            kept.append(coming)
    if random.random() < 0.05:
        screened = treated - timedelta(days=random.randint(100, 190))
        kept.insert(0, Coming(0, screened, VisitTiming.UNSTATED))
    return kept


def before_treatment(treated: date, longest: int, random: Random, *, marked: bool = False) -> Coming:
    """Return the month-0 visit: some days before, or the day itself (not always said whether before or after)."""
    if random.random() >= _SAME_DAY:
        return Coming(0, treated - timedelta(days=random.randint(1, longest)), VisitTiming.UNSTATED)
    kinds = (VisitTiming.BEFORE,) * 6 + (VisitTiming.UNSTATED,) * 2 + (VisitTiming.AFTER,)
    return Coming(0, treated, VisitTiming.BEFORE if marked else random.choice(kinds))


def complete_comings(planned: tuple[PlannedVisit, ...], treated: date, today: date, random: Random) -> list[Coming]:
    """Return visits of which month 0 and month 12 are never missed, each the only one in its window."""
    kept = [before_treatment(treated, 25, random, marked=True)]
    for plan in planned:
        if plan.months == 0:
            continue
        day = _about(plan, treated, random)
        lost = plan.months != 12 and random.random() < _MISSED
        if not lost and day <= today:
            kept.append(Coming(plan.months, day, VisitTiming.UNSTATED))
    return kept


def _about(plan: PlannedVisit, treated: date, random: Random) -> date:
    off = int(random.triangular(-0.7, 1.0, 0.05) * plan.window_days * 0.8)
    return treated + timedelta(days=round(plan.months * DAYS_PER_MONTH) + off)
