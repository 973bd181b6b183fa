"""Invented spinal cord injuries as patients: the complete ones from their totals, the others freely."""

from datetime import date, timedelta
from random import Random

from tracker.clinic.codes import Context, Side
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Episode, Visit
from tracker.core.dates import PartialDate
from tracker.core.numbers import Number
from tracker.services.demo_records.answers import scim_items
from tracker.services.demo_records.conditions import PROFILES, cohorts
from tracker.services.demo_records.courses import invent_course
from tracker.services.demo_records.patients import (
    QUALITY_OF_LIFE_MONTHS,
    UNSPECIFIED,
    arrive,
    enter,
    fill,
    follow_up,
    new_record,
)
from tracker.services.demo_records.record import Record
from tracker.services.demo_records.schedule import comings, complete_comings
from tracker.services.demo_records.spinal import CompleteCase, Totals

_WAY = {0: 0.0, 1: 0.15, 3: 0.4, 6: 0.65, 12: 1.0, 24: 1.05}
"""Share of the change from month 0 to 12 that is there at a month: invented, only 0 and 12 are printed."""
_TARGET_MONTHS = (0, 12)


def invent_complete(seed: int, today: date, number: int, case: CompleteCase) -> Record:
    """Return a patient with a complete injury; months 0 and 12 carry the case's totals, whole."""
    record = new_record(seed, today, "sci", number)
    random = record.random
    condition = conditions()["sci"]
    treated = today - timedelta(days=random.randint(415, 1100))
    injured = _injury(treated, case.phase, random)
    attributes = {"ais": "A", "phase": case.phase, "level": case.level}
    episode = record.add_episode(
        "sci", case.site, Side.NONE, injured, attributes, cohorts(condition, case.site, random)
    )
    profile = PROFILES["sci"]
    treatment = record.add_treatment(episode, treated, random.choice(profile.given), is_index=True)
    course = invent_course(random, 0.5)
    for coming in complete_comings(condition.planned, treated, today, random):
        visit = arrive(record, coming)
        totals = _between(case, coming.month, random)
        sure = coming.month in _TARGET_MONTHS
        _examine(record, visit, episode, totals, sure=sure)
        _person(record, visit, episode, coming.month, 1.0 - course.severity(coming.month))
    follow_up(record, episode, treatment, profile, today, course)
    return record


def invent_incomplete(seed: int, today: date, number: int) -> Record:
    """Return a patient with an incomplete injury, who may recover a good deal by nature."""
    record = new_record(seed, today, "sci", number)
    random = record.random
    condition = conditions()["sci"]
    treated = today - timedelta(days=random.randint(20, 1000))
    phase = random.choice(("subacute", "chronic"))
    grade = random.choice("BCCDD")
    cervical = random.random() < 0.55
    level = f"C{random.randint(4, 8)}" if cervical else random.choice(("T4", "T8", "T10", "T12", "L1", "L2"))
    site = {"C": "cervical", "T": "thoracic", "L": "lumbar"}[level[0]]
    attributes = {"ais": grade, "phase": phase, "level": level}
    episode = record.add_episode("sci", site, Side.NONE, _injury(treated, phase, random), attributes)
    profile = PROFILES["sci"]
    course = invent_course(random, 0.5)
    start = {"B": 0.2, "C": 0.4, "D": 0.7}[grade] + random.gauss(0, 0.06)
    gain = random.uniform(0.05, 0.2) if phase == "subacute" else random.uniform(-0.03, 0.06)
    for coming in comings(condition.planned, treated, today, random):
        visit = arrive(record, coming)
        reached = start + gain * _WAY[coming.month]
        _examine(record, visit, episode, _incomplete_totals(reached, random, cervical=cervical), sure=False)
        _person(record, visit, episode, coming.month, 1.0 - course.severity(coming.month))
    if random.random() < 0.9:
        treatment = record.add_treatment(episode, treated, random.choice(profile.given), is_index=True)
        follow_up(record, episode, treatment, profile, today, course)
    return record


def _injury(treated: date, phase: str, random: Random) -> PartialDate:
    days = random.randint(40, 175) if phase == "subacute" else random.randint(200, 4500)
    day = treated - timedelta(days=days)
    known = day.day if phase == "subacute" or random.random() < 0.6 else None
    return PartialDate(day.year, day.month, known)


def _between(case: CompleteCase, month: int, random: Random) -> Totals:
    """Return the case's totals at a month: as drawn at 0 and 12, on the way elsewhere."""
    if month in _TARGET_MONTHS:
        return case.year if month else case.start
    way = min(1.1, max(0.0, _WAY[month] + random.gauss(0, 0.08)))

    def at(name: str, highest: int) -> int:
        start, year = getattr(case.start, name), getattr(case.year, name)
        return min(highest, max(0, int(start + (year - start) * way + 0.5)))

    return Totals(at("upper", 50), at("lower", 50), at("light_touch", 112), at("pin_prick", 112), at("scim", 100))


def _incomplete_totals(reached: float, random: Random, *, cervical: bool) -> Totals:
    share = min(0.97, max(0.05, reached + random.gauss(0, 0.02)))
    upper = int(50 * min(1.0, share + 0.1)) if cervical else 50
    feeling = min(1.0, share + 0.25)
    return Totals(upper, int(48 * share), int(112 * feeling), int(108 * feeling), int(12 + 80 * share))


def _examine(record: Record, visit: Visit, episode: Episode, totals: Totals, *, sure: bool) -> None:
    """Enter motor, sensory and SCIM-III; *sure*: whole and complete."""
    asia: dict[str, Number] = {
        "motor": totals.motor,
        "light_touch": totals.light_touch,
        "pin_prick": totals.pin_prick,
    }
    if sure or record.random.random() < 0.8:
        asia |= {"uems": totals.upper, "lems": totals.lower}
    # The same person keeps the same strengths from visit to visit: the scatter is drawn anew from the same start.
    scim = scim_items(totals.scim, Random(f"scim/{record.patient.id}"))  # noqa: S311
    for scale_id, responses in (("asia-totals", asia), ("scim-iii", scim)):
        if sure:
            record.assess(visit, scale_id, episode, Context.UNSPECIFIED, responses, {})
        else:
            enter(record, visit, scale_id, episode, Context.UNSPECIFIED, responses)


def _person(record: Record, visit: Visit, episode: Episode, month: int, wellness: float) -> None:
    if month in QUALITY_OF_LIFE_MONTHS:
        fill(record, visit, "whoqol-bref", episode, UNSPECIFIED, 0.35 + 0.35 * wellness)
    fill(record, visit, "nrs-pain", episode, UNSPECIFIED, wellness)
