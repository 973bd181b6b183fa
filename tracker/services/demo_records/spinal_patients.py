"""Invented spinal cord injuries as patients: the complete ones from their totals, the others freely."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tracker.clinic.codes import Context, Side
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Episode, Visit
from tracker.core.dates import PartialDate
from tracker.scales.isncsci.exam import Exam
from tracker.scales.isncsci.record import responses_from_exam
from tracker.scales.model import Answer
from tracker.services.demo_records.answers import scim_items
from tracker.services.demo_records.conditions import PROFILES, cohorts
from tracker.services.demo_records.courses import invent_course
from tracker.services.demo_records.exams import (
    COMPLETE_MOST,
    THORACIC_LEAST,
    Totals,
    as_entered,
    incomplete_exam,
    level_and_grade,
    totals_of,
)
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
from tracker.services.demo_records.spinal import CompleteCase

_WAY = {0: 0.0, 1: 0.15, 3: 0.4, 6: 0.65, 12: 1.0, 24: 1.05}
"""Share of the change from month 0 to 12 that is there at a month: invented, only 0 and 12 are printed."""
_TARGET_MONTHS = (0, 12)
_EXAMINED = 0.6
"""Share of the other visits with a whole exam; the rest have their totals only."""
_UNFINISHED = 0.03


def invent_complete(seed: int, today: date, number: int, case: CompleteCase) -> Record:
    """Return a patient with a complete injury; months 0 and 12 carry the case's totals, whole."""
    record = new_record(seed, today, "sci", number)
    random = record.random
    condition = conditions()["sci"]
    treated = today - timedelta(days=random.randint(415, 1100))
    injured = _injury(treated, case.phase, random)
    attributes = {"ais": "A", "phase": case.phase, "level": case.level}
    episode = record.add_episode(
        "sci", case.site, Side.NONE, injured, attributes, cohorts(condition, case.site, attributes, random)
    )
    profile = PROFILES["sci"]
    treatment = record.add_treatment(episode, treated, random.choice(profile.given), is_index=True)
    course = invent_course(random, 0.5)
    for coming in complete_comings(condition.planned, treated, today, random):
        visit = arrive(record, coming)
        totals = _between(case, coming.month, random)
        sure = coming.month in _TARGET_MONTHS
        _examine(record, visit, episode, _Found(case.exam(totals), totals.scim), sure=sure)
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
    start = {"B": 0.2, "C": 0.4, "D": 0.7}[grade] + random.gauss(0, 0.06)
    level, grade = level_and_grade(_incomplete(record, level, start))
    attributes = {"ais": grade, "phase": phase, "level": level}
    episode = record.add_episode("sci", site, Side.NONE, _injury(treated, phase, random), attributes)
    profile = PROFILES["sci"]
    course = invent_course(random, 0.5)
    gain = random.uniform(0.05, 0.2) if phase == "subacute" else random.uniform(-0.03, 0.06)
    for coming in comings(condition.planned, treated, today, random):
        visit = arrive(record, coming)
        reached = min(0.97, max(0.05, start + gain * _WAY[coming.month] + random.gauss(0, 0.02)))
        found = _Found(_incomplete(record, level, reached), int(12 + 80 * reached))
        _examine(record, visit, episode, found, sure=False)
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

    def at(name: str, highest: int, lowest: int = 0) -> int:
        start, year = getattr(case.start, name), getattr(case.year, name)
        return min(highest, max(lowest, int(start + (year - start) * way + 0.5)))

    feeling = (COMPLETE_MOST, 0 if case.cervical else THORACIC_LEAST)
    return Totals(
        at("upper", 50), at("lower", 50), at("light_touch", *feeling), at("pin_prick", *feeling), at("scim", 100)
    )


def _incomplete(record: Record, level: str, reached: float) -> Exam:
    # The same person keeps the same pattern from visit to visit: the scatter is drawn anew from the same start.
    return incomplete_exam(level, reached, Random(f"exam/{record.patient.id}"))  # noqa: S311


@dataclass(frozen=True, slots=True)
class _Found:
    """What an examination found: the whole exam, and the SCIM-III total."""

    exam: Exam
    scim: int


def _examine(record: Record, visit: Visit, episode: Episode, found: _Found, *, sure: bool) -> None:
    """Enter the exam, or its totals only, and SCIM-III; *sure*: the whole exam, everything complete."""
    if sure:
        record.assess(visit, "isncsci", episode, Context.UNSPECIFIED, {**responses_from_exam(found.exam)}, {})
    elif record.random.random() < _EXAMINED:
        _enter_exam(record, visit, episode, found.exam)
    else:
        asia = totals_of(found.exam)
        if record.random.random() < 0.2:
            del asia["uems"], asia["lems"]
        enter(record, visit, "asia-totals", episode, Context.UNSPECIFIED, asia)
    scim = scim_items(found.scim, Random(f"scim/{record.patient.id}"))  # noqa: S311
    if sure:
        record.assess(visit, "scim-iii", episode, Context.UNSPECIFIED, {**scim}, {})
    else:
        enter(record, visit, "scim-iii", episode, Context.UNSPECIFIED, scim)


def _enter_exam(record: Record, visit: Visit, episode: Episode, exam: Exam) -> None:
    cells: dict[str, Answer] = {**as_entered(exam, record.random)}
    if record.random.random() < _UNFINISHED:
        cells = dict(list(cells.items())[: record.random.randint(1, len(cells) - 1)])
        record.assess(visit, "isncsci", episode, Context.UNSPECIFIED, cells, None)
    else:
        record.assess(visit, "isncsci", episode, Context.UNSPECIFIED, cells, {})


def _person(record: Record, visit: Visit, episode: Episode, month: int, wellness: float) -> None:
    if month in QUALITY_OF_LIFE_MONTHS:
        fill(record, visit, "whoqol-bref", episode, UNSPECIFIED, 0.35 + 0.35 * wellness)
    fill(record, visit, "nrs-pain", episode, UNSPECIFIED, wellness)
