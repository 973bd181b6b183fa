"""The words of a report about the person, the treatments and the adverse events."""

import datetime
from collections.abc import Iterator, Sequence

from tracker.clinic.records import AdverseEvent, Patient, Treatment
from tracker.core.dates import months_between
from tracker.core.messages import ntr, tr
from tracker.services.courses import Course
from tracker.ui import words
from tracker.ui.header import attribute_words

MOST_TREATMENTS, MOST_EVENTS = 5, 8
"""More than these are counted in one line; the file has them all."""


def person_words(patient: Patient, day: datetime.date) -> str:
    """Return number, date of birth with age, and sex."""
    parts = [tr("No. {number}", number=patient.patient_number)]
    if patient.birth_date is None:
        parts.append(tr("age not recorded"))
    else:
        age = words.age(patient.birth_date, day)
        parts.append(tr("born {date} ({age} years)", date=patient.birth_date, age=age))
    return " · ".join([*parts, words.label(patient.sex)])


def facts_words(course: Course) -> str:
    """Return the episode's attributes, its onset, and from when to when there are visits with a score."""
    days = {point.date for panel in course.panels for point in panel.points}
    days |= {point.date for steps in course.steps for point in steps.points}
    visits = tr("no visit with a form yet")
    if days:
        first, last = min(days).isoformat(), max(days).isoformat()
        visits = ntr("{count} visit: {first}", "{count} visits: {first} to {last}", len(days), first=first, last=last)
    return " · ".join([*attribute_words(course.episode), visits])


def treatment_lines(course: Course, day: datetime.date) -> Iterator[str]:
    """Yield every treatment with product, dose, source, route, date and months since; the index treatment first."""
    index = None if course.index_treatment is None else course.index_treatment.id
    ordered = sorted(course.treatments, key=lambda one: (one.id != index, one.date))
    if not ordered:
        yield tr("No treatment is recorded.")
    for treatment in ordered[:MOST_TREATMENTS]:
        yield _treatment(treatment, day, is_index=treatment.id == index)
    rest = len(ordered) - MOST_TREATMENTS
    if rest > 0:
        yield ntr("{count} further treatment is in the file.", "{count} further treatments are in the file.", rest)


def _treatment(treatment: Treatment, day: datetime.date, *, is_index: bool) -> str:
    given = " ".join(part for part in (treatment.product, treatment.dose) if part)
    parts = [given, *(part for part in (treatment.cell_source, treatment.route) if part)]
    if treatment.date > day:
        parts.append(tr("planned {date}", date=treatment.date.isoformat()))
    else:
        parts.append(treatment.date.isoformat())
        parts.append(tr("{months} ago", months=words.months(months_between(treatment.date, day))))
    return ("◆ " if is_index else "◇ ") + " · ".join(parts)


def event_lines(events: Sequence[AdverseEvent]) -> Iterator[str]:
    """Yield the adverse events, the gravest first; that none is recorded is said too."""
    if not events:
        yield tr("No adverse event is recorded. This is no proof that there was none.")
        return
    ordered = sorted(events, key=lambda one: (-one.grade, one.date))
    for event in ordered[:MOST_EVENTS]:
        when = event.date.isoformat()
        if event.end_date is not None:
            when = tr("{start} to {end}", start=when, end=event.end_date.isoformat())
        grade = tr("grade {grade}", grade=words.grade(event.grade))
        yield " · ".join((when, event.term, grade, words.label(event.relatedness)))
    rest = ordered[MOST_EVENTS:]
    if rest:
        yield ntr(
            "{count} further event, of grade {grade} or less, is in the file.",
            "{count} further events, of grade {grade} or less, are in the file.",
            len(rest),
            grade=rest[0].grade,
        )
