"""Courses made by hand, compared by the real thing: nothing here stands in for the comparison."""

import datetime
from dataclasses import replace

from tracker.clinic.baseline import NoBaseline, choose_baseline
from tracker.clinic.codes import Context, VisitTiming
from tracker.clinic.conditions import baseline_window, condition_of
from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment
from tracker.core.dates import months_between
from tracker.core.messages import Message, Text, msg
from tracker.reference.place import Statement
from tracker.scales.catalogue import scale
from tracker.scales.model import About, Direction, Scale
from tracker.services.comparisons import compare
from tracker.services.courses import Course, CoursePoint, SeriesCourse

TREATED = datetime.date(2025, 1, 1)
DECLINED = msg("the form is not finished")
SCI = {"condition": "sci", "ais": "A", "phase": "chronic", "site": "thoracic"}
WHOLE = "akhlaghpasand-2025/all"
CERVICAL = "akhlaghpasand-2025/cervical"


def day(days):
    return TREATED + datetime.timedelta(days=days)


def point(days, value, *, timing=VisitTiming.UNSTATED, imputed=0, key=""):
    return CoursePoint(
        date=day(days),
        months=months_between(TREATED, day(days)),
        value=value,
        reason=DECLINED if value is None else None,
        timing=timing,
        complete=value is not None,
        assessment_id=f"a{days}{key}",
        visit_id=f"v{days}{key}",
        imputed_items=imputed,
        policy="default",
    )


def series(scale_id, code, *visits, context=Context.UNSPECIFIED):
    """One panel without its baseline; each visit is a point, or days after treatment and a value."""
    definition = scale(scale_id) if isinstance(scale_id, str) else scale_id
    return SeriesCourse(
        series=definition.score(code).series,
        context=context,
        scale=definition,
        score=definition.score(code),
        points=tuple(one if isinstance(one, CoursePoint) else point(*one) for one in visits),
        baseline=NoBaseline(msg("no baseline: no index treatment is recorded")),
    )


def course(*panels, condition="knee-oa", site="knee", treated=True, chosen=(), further=(), events=(), **attributes):
    """A course with an index treatment on TREATED, unless told otherwise."""
    episode = Episode(
        id="e", patient_id="p", condition=condition, body_site=site, read_against=chosen, attributes=attributes
    )
    found = condition_of(episode)
    index = Treatment(id="t", episode_id="e", date=TREATED, product="PRP", is_index=True) if treated else None
    later = tuple(
        Treatment(id=f"t{days}", episode_id="e", date=day(days), product="steroid injection") for days in further
    )
    window = baseline_window(found, episode)
    return Course(
        patient=Patient(id="p", patient_number="A-1", name="Ann Lee"),
        episode=episode,
        condition=found,
        origin=TREATED,
        origin_is_treatment=treated,
        index_treatment=index,
        treatments=later if index is None else (index, *later),
        events=tuple(
            AdverseEvent(id=f"x{days}", patient_id="p", date=day(days), term="swelling", grade=1) for days in events
        ),
        panels=tuple(
            replace(panel, baseline=choose_baseline(panel.points, TREATED if treated else None, window))
            for panel in panels
        ),
    )


def compared(*panels, **more):
    return compare(course(*panels, **more))


def vas(*visits, **more):
    return compared(series("vas-pain", "pain", *visits), **more)


def spinal(series_code, *visits, scale_id="asia-totals", **more):
    return compared(series(scale_id, series_code, *visits), **{**SCI, "chosen": (WHOLE,), **more})


def with_place(comparison, **changes):
    """The comparison with another place at the last month of its first cohort."""
    panel = comparison.panels[0]
    cohort = panel.cohorts[0]
    last = cohort.points[-1]
    moved = replace(last, place=replace(last.place, **changes))
    return _with_cohort(comparison, replace(cohort, points=(*cohort.points[:-1], moved)))


def few_people(comparison):
    return with_place(comparison, n=18, statement=Statement.INTERVAL_ONLY)


def with_study(comparison, **passport):
    """The comparison with another passport of the study of its first cohort."""
    cohort = comparison.panels[0].cohorts[0]
    study = replace(cohort.study, passport=replace(cohort.study.passport, **passport))
    return _with_cohort(comparison, replace(cohort, study=study))


def with_cohort(comparison, **changes):
    """The comparison with another cohort in the place of its first."""
    cohort = comparison.panels[0].cohorts[0]
    return _with_cohort(comparison, replace(cohort, cohort=replace(cohort.cohort, **changes)))


def with_refusal(comparison, **changes):
    """The comparison with another refusal at the last month of its first cohort."""
    cohort = comparison.panels[0].cohorts[0]
    last = cohort.points[-1]
    refused = replace(last.refused, **changes)
    moved = replace(last, refused=refused, refused_reason=refused.reason)
    return _with_cohort(comparison, replace(cohort, points=(*cohort.points[:-1], moved)))


def _with_cohort(comparison, cohort):
    panel = comparison.panels[0]
    changed = replace(panel, cohorts=(cohort, *panel.cohorts[1:]))
    return replace(comparison, panels=(changed, *comparison.panels[1:]))


def plain(direction=Direction.HIGHER_BETTER):
    """A clinic's own scale, of which the sentences have no words of their own."""
    own = _template()
    score = replace(
        own.scores[0], series="own.mark", code="mark", label=Text("Own mark", "自定评分"), direction=direction
    )
    return replace(own, id="own", scores=(score,), thresholds=())


def _template() -> Scale:
    found = scale("vas-pain")
    assert found.about is About.EPISODE
    return found


def texts(message):
    """Every source text a message is made of."""
    yield message.text
    for value in message.values.values():
        if isinstance(value, Message):
            yield from texts(value)
