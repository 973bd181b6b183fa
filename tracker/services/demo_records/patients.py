"""Invented patients: episodes, treatments, visits, forms and adverse events; everything but the spinal totals."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tracker.clinic.codes import Context, Side
from tracker.clinic.conditions import Condition, conditions
from tracker.clinic.records import Episode, Treatment, Visit
from tracker.core.dates import PartialDate, months_between
from tracker.core.numbers import Number
from tracker.scales.catalogue import scale as find_scale
from tracker.services.demo_records.answers import answer, first_answers, walked, with_gaps
from tracker.services.demo_records.conditions import PROFILES, Profile, attributes, cohorts
from tracker.services.demo_records.courses import Course, invent_course
from tracker.services.demo_records.people import invent_person
from tracker.services.demo_records.record import Record
from tracker.services.demo_records.schedule import Coming, comings

_UNTREATED = 0.05
_TWO_KNEES = 0.35
_PARTIAL = 0.06
_DRAFT = 0.015
_SPREAD = {"whoqol-bref": 0.16, "edss": 0.02}
_FURTHER = {
    "koos": 0.2,
    "lequesne-knee": 0.08,
    "lysholm": 0.08,
    "odi": 0.3,
    "fri": 0.12,
    "quickdash": 0.6,
    "prtee": 0.5,
    "sane": 0.12,
    "walk-distance": 0.15,
    "patient-global": 0.3,
}
"""Share of the episodes that are followed with a further scale where their condition offers it."""
_NOTES = (
    "- nothing new since the last visit",
    "Came with a relative",
    "家属陪同",
    "=> to see the physiotherapist",
    "“Better in the mornings”",
)
QUALITY_OF_LIFE_MONTHS = (0, 6, 12, 24)
UNSPECIFIED = (Context.UNSPECIFIED,)


def new_record(seed: int, today: date, condition_id: str, number: int) -> Record:
    """Return the empty record of the numbered patient of a condition."""
    profile = PROFILES[condition_id]
    patient_number = f"DEMO-{profile.prefix}-{number:04d}"
    random = Random(f"patient/{seed}/{patient_number}")  # noqa: S311 - invented data, must be repeatable
    return Record(random, seed, patient_number, invent_person(random, today, profile.ages))


def invent_patient(seed: int, today: date, condition_id: str, number: int) -> Record:
    """Return a patient of any condition but spinal cord injury."""
    record = new_record(seed, today, condition_id, number)
    random = record.random
    condition = conditions()[condition_id]
    profile = PROFILES[condition_id]
    treated = today - timedelta(days=random.randint(10, 1000))
    side = random.choice(profile.sides)
    site = random.choice(condition.sites).code if condition.sites else None
    mood = random.gauss(0, 0.1)
    coming = comings(condition.planned, treated, today, random)
    _episode(record, condition, (site, side), _Plan(treated, today, coming), mood)
    if condition_id == "knee-oa" and random.random() < _TWO_KNEES:
        other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
        if random.random() < 0.5:
            treated = min(today, treated + timedelta(days=random.randint(60, 240)))
            coming = comings(condition.planned, treated, today, random)
        _episode(record, condition, (site, other), _Plan(treated, today, coming), mood)
    return record


@dataclass(frozen=True, slots=True)
class _Plan:
    """When an episode is treated and seen."""

    treated: date
    today: date
    coming: list[Coming]


def _episode(record: Record, condition: Condition, place: tuple[str | None, Side], plan: _Plan, mood: float) -> None:
    random = record.random
    profile = PROFILES[condition.id]
    since = plan.treated - timedelta(days=random.randint(200, 4000))
    onset = random.choice((PartialDate(since.year), PartialDate(since.year, since.month), None))
    site, side = place
    known = attributes(condition, random)
    episode = record.add_episode(condition.id, site, side, onset, known, cohorts(condition, site, known, random))
    treatment = None
    if random.random() >= _UNTREATED:
        treatment = record.add_treatment(episode, plan.treated, random.choice(profile.given), is_index=True)
    course = invent_course(random, profile.severity)
    scales = _scales(condition, site, random)
    for each in plan.coming:
        visit = arrive(record, each)
        severity = course.severity(months_between(plan.treated, visit.date))
        for scale_id, contexts in scales:
            if scale_id == "edss":
                fill(record, visit, scale_id, episode, contexts, 1.0 - _disability(course, severity, each.month))
            elif scale_id != "whoqol-bref":
                fill(record, visit, scale_id, episode, contexts, 1.0 - severity)
            elif each.month in QUALITY_OF_LIFE_MONTHS:
                fill(record, visit, scale_id, episode, contexts, 0.85 - 0.5 * severity + mood)
    if treatment is not None:
        follow_up(record, episode, treatment, profile, plan.today, course)


def _disability(course: Course, severity: float, month: int) -> float:
    """Return how disabled a person is: it follows the complaints little, and grows with the years."""
    return course.start + 0.25 * (severity - course.start) + 0.04 * month / 12


def _scales(condition: Condition, site: str | None, random: Random) -> list[tuple[str, tuple[Context, ...]]]:
    """Return the scales this episode is followed with; few record pain twice, some at rest and on movement.

    A share of the episodes is followed with a further scale of the condition too.
    """
    with_nrs = condition.id == "ms" or random.random() < 0.3
    pain = random.choice((UNSPECIFIED, UNSPECIFIED, (Context.REST, Context.MOVEMENT)))
    chosen: list[tuple[str, tuple[Context, ...]]] = [
        (scale_id, pain if scale_id == "vas-pain" else UNSPECIFIED)
        for scale_id in condition.scales
        if scale_id != "nrs-pain" or with_nrs
    ]
    fitting = (one.scale for one in condition.further if not one.sites or site in one.sites)
    return chosen + [(scale_id, UNSPECIFIED) for scale_id in fitting if random.random() < _FURTHER[scale_id]]


def arrive(record: Record, coming: Coming) -> Visit:
    """Return the visit of that day, now and then with a note."""
    note = record.random.choice(_NOTES) if record.random.random() < 0.06 else None
    return record.visit_on(coming.day, coming.timing, note)


def fill(
    record: Record, visit: Visit, scale_id: str, episode: Episode, contexts: tuple[Context, ...], wellness: float
) -> None:
    """Add an assessment of a scale that is answered item by item, in each context."""
    scale = find_scale(scale_id)
    spread = _SPREAD.get(scale_id, 0.08)
    if scale_id == "walk-distance":
        enter(record, visit, scale_id, episode, Context.UNSPECIFIED, walked(wellness, record.random))
        return
    for context in contexts:
        harder = {Context.MOVEMENT: -0.08, Context.REST: 0.12}.get(context, 0.0)
        enter(record, visit, scale_id, episode, context, answer(scale, wellness + harder, record.random, spread))


def enter(
    record: Record, visit: Visit, scale_id: str, episode: Episode, context: Context, responses: dict[str, Number]
) -> None:
    """Add an assessment: whole, with missing items and their reasons, or left as a draft."""
    random = record.random
    draw = random.random()
    if draw < _DRAFT:
        record.assess(visit, scale_id, episode, context, first_answers(responses, random), None)
    elif draw < _DRAFT + _PARTIAL:
        some = random.choice((1, 1, 1, 2, 4, 9))
        kept, missing = with_gaps(responses, some, random)
        record.assess(visit, scale_id, episode, context, kept, missing)
    else:
        record.assess(visit, scale_id, episode, context, responses, {})


def follow_up(
    record: Record, episode: Episode, treatment: Treatment, profile: Profile, today: date, course: Course
) -> None:
    """Add a second treatment to some, more often where the first did little, and adverse events."""
    random = record.random
    again = treatment.date + timedelta(days=random.randint(190, 420))
    if again <= today and random.random() < (0.2 if course.change > -0.1 else 0.06):
        record.add_treatment(episode, again, random.choice(profile.given), is_index=False)
    for _ in range(random.choice((0, 0, 0, 0, 1, 1, 2))):
        english, chinese, grade, relatedness = random.choice(profile.events)
        day = treatment.date + timedelta(days=int(random.expovariate(1 / 40)))
        length = random.choice((None, 1, 3, 7, 14, 40))
        if day + timedelta(days=length or 0) <= today and (grade < 3 or random.random() < 0.25):
            named = treatment if relatedness.value not in ("not_related", "unknown") else None
            record.add_event(day, length, (chinese if record.chinese else english, grade, relatedness), named)
