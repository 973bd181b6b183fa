"""What must hold inside a study file beyond the types of its fields."""

from collections import Counter
from collections.abc import Iterable

from tracker.core.messages import Message, msg
from tracker.reference.codes import (
    About,
    Absent,
    Centre,
    PlotPolicy,
    PointKind,
    SpreadKind,
    StudyKind,
    VariantStatus,
)
from tracker.reference.fields import Table
from tracker.reference.flags import MEANINGS, NEEDS_A_DOUBT
from tracker.reference.model import Point, Study


def check_point(table: Table, point: Point) -> None:
    """Refuse a point whose fields contradict each other."""
    for key, wrong, problem in (*_time_and_value(point), *_spread(point), *_people(point), *_drawing(point)):
        if wrong:
            raise table.refused(problem, key)


Check = tuple[str, bool, Message]


def _time_and_value(point: Point) -> tuple[Check, ...]:
    limits = point.measure.range if point.kind is PointKind.ABSOLUTE else None
    return (
        ("months", point.months is not None and point.months < 0, msg("months since treatment cannot be negative")),
        (
            "time_label",
            point.months is None and point.time_label is None,
            msg("a value at no month needs words for its time"),
        ),
        (
            "value",
            limits is not None and not limits[0] <= point.value <= limits[1],
            msg("the value lies outside the range of its measure"),
        ),
        (
            "flags",
            any(flag not in MEANINGS for flag in point.flags),
            msg("unknown flag: the known ones are {flags}", flags=" ".join(MEANINGS)),
        ),
    )


def _spread(point: Point) -> tuple[Check, ...]:
    spread, kind = point.spread, point.spread_kind
    pair = isinstance(spread, tuple)
    return (
        ("spread_kind", (spread is None) != (kind is SpreadKind.NONE), msg("a spread and its kind go together")),
        (
            "spread",
            pair != (kind in (SpreadKind.IQR, SpreadKind.CI95, SpreadKind.RANGE)),
            msg("SD and SE are one number; quartiles, intervals and ranges are two"),
        ),
        ("spread", isinstance(spread, int | float) and spread < 0, msg("a spread cannot be negative")),
        (
            "spread",
            isinstance(spread, tuple) and not spread[0] <= point.value <= spread[1],
            msg("the value lies outside its own spread"),
        ),
        (
            "centre",
            (point.centre is Centre.MEDIAN and kind is SpreadKind.SD)
            or (point.centre is Centre.MEAN and kind is SpreadKind.IQR),
            msg("a median goes with quartiles, a mean with an SD: never mixed"),
        ),
        (
            "spread_inferred",
            point.spread_inferred and kind is not SpreadKind.SD,
            msg("only an SD is ever inferred"),
        ),
    )


def _people(point: Point) -> tuple[Check, ...]:
    printed, effective = point.n_printed, point.n_effective
    return (
        (
            "n_effective",
            printed is not None and effective is not None and effective > printed,
            msg("the number to calculate with is never larger than the printed one"),
        ),
    )


def _drawing(point: Point) -> tuple[Check, ...]:
    measure, plot = point.measure, point.plot
    return (
        (
            "plot",
            plot is PlotPolicy.BAND
            and (
                point.kind is not PointKind.ABSOLUTE
                or point.months is None
                or measure.variant is VariantStatus.UNKNOWN
                or point.spread is None
            ),
            msg("a band needs an absolute value at a month, a known variant and a spread"),
        ),
        (
            "plot",
            plot is PlotPolicy.AS_PRINTED and not measure.as_printed_on,
            msg("as_printed needs the panels it may be shown on (as_printed_on of its measure)"),
        ),
        (
            "comparable",
            point.comparable
            and (
                point.kind is not PointKind.ABSOLUTE
                or point.months is None
                or measure.series is None
                or measure.variant is not VariantStatus.STATED
            ),
            msg("only an absolute value at a month, on a series of stated variant, may be compared"),
        ),
    )


def check_study(top: Table, study: Study) -> None:
    """Refuse a study whose parts do not belong together."""
    for key, wrong, problem in (*_identities(study), *_passport(study)):
        if wrong:
            raise top.refused(problem, key)
    _parents(top, study)
    _doubts(top, study)
    _beside(top, study)


def _repeats(keys: Iterable[object]) -> bool:
    return any(count > 1 for count in Counter(keys).values())


def _identities(study: Study) -> tuple[Check, ...]:
    times = [
        (point.cohort, point.measure.id, point.kind, point.months, point.origin)
        for point in study.points
        if point.months is not None
    ]
    twice = msg("the same id stands twice")
    return (
        ("cohorts", _repeats(cohort.id for cohort in study.cohorts), twice),
        ("statements", _repeats(statement.id for statement in study.statements), twice),
        ("counter_evidence", _repeats(evidence.id for evidence in study.counter_evidence), twice),
        ("trajectories", _repeats(times), msg("the same cohort, measure and month stand twice")),
        (
            "seed_document",
            study.supplementary != (study.seed_document is None),
            msg("a seed study names its seed document, a supplementary study has none"),
        ),
    )


def _passport(study: Study) -> tuple[Check, ...]:
    guideline = study.passport.kind is StudyKind.GUIDELINE
    return (
        ("passport.n", not guideline and study.passport.n is Absent.NOT_APPLICABLE, msg("a study has an n")),
        ("cohorts", not guideline and not study.cohorts, msg("a study needs at least one cohort")),
    )


def _parents(top: Table, study: Study) -> None:
    seen: set[str] = set()
    for cohort in study.cohorts:
        if cohort.parent is not None and cohort.parent not in seen:
            raise top.refused(msg("the parent of “{cohort}” must stand before it", cohort=cohort.id), "cohorts")
        seen.add(cohort.id)


def _doubts(top: Table, study: Study) -> None:
    """Refuse a doubt about nothing, and a doubtful flag that no sentence explains."""
    cohorts = {cohort.id for cohort in study.cohorts}
    measures = {measure.id for measure in study.measures}
    for doubt in study.doubts:
        if doubt.type not in MEANINGS:
            raise top.refused(msg("unknown type of doubt “{type}”", type=doubt.type), "doubts")
        if not set(doubt.cohorts) <= cohorts or not set(doubt.measures) <= measures:
            raise top.refused(
                msg("the doubt “{type}” names no cohort or measure of this file", type=doubt.type), "doubts"
            )
        if doubt.about is About.POINTS and not any(doubt.touches(point) for point in study.points):
            raise top.refused(msg("the doubt “{type}” touches no point", type=doubt.type), "doubts")
    for point in study.points:
        said = {doubt.type for doubt in study.doubts_of(point)}
        silent = sorted(flag for flag in point.flags if flag in NEEDS_A_DOUBT and flag not in said)
        if silent:
            raise top.refused(
                msg(
                    "the flag {flag} of {cohort}, {measure} needs a doubt that says it",
                    flag=silent[0],
                    cohort=point.cohort,
                    measure=point.measure.id,
                ),
                "doubts",
            )


def _beside(top: Table, study: Study) -> None:
    places = {"study", *(measure.id for measure in study.measures), *(line.id for line in study.statements)}
    for evidence in study.counter_evidence:
        if not evidence.beside or not set(evidence.beside) <= places:
            raise top.refused(msg("“{id}” stands beside nothing of this file", id=evidence.id), "counter_evidence")
