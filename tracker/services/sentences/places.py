"""The clinician's sentences on the studies: where the value stands among people like those studied, or why not."""

from collections.abc import Iterator, Mapping, Sequence

from tracker.core.messages import Message, msg
from tracker.core.numbers import plain_number, show_number
from tracker.reference.basis import Position, Refused
from tracker.reference.codes import Absent, ArmRole, value_of
from tracker.reference.place import Place, Statement
from tracker.scales.model import Direction
from tracker.services.comparison import CohortComparison, CohortPoint, Comparison, PanelComparison
from tracker.services.sentences.parts import (
    Words,
    chosen,
    each_once,
    fits,
    listed,
    listed_clauses,
    share_range,
    study_name,
)
from tracker.services.sentences.quantities import quantity_of


def place_sentences(panel: PanelComparison, comparison: Comparison) -> Iterator[Message]:
    """Yield what each chosen cohort says of the patient's last comparable visit; then what its study cannot say."""
    cohorts = chosen(panel, comparison)
    if not cohorts and comparison.course.index_treatment is not None:
        yield _none_chosen(panel)
    read = [cohort for cohort in cohorts if cohort.usable and cohort.points]
    for cohort in read:
        yield from _read(panel, cohort)
    yield from _unread([cohort for cohort in cohorts if cohort not in read])
    for study in {cohort.study.id: cohort.study for cohort in read}.values():
        yield from _of_control(study.passport.controlled)


def told_point(cohort: CohortComparison) -> CohortPoint:
    """Return the month that is spoken of: the last after treatment with a visit, else the first still to come."""
    later = [point for point in cohort.points if point.drawn.months > 0]
    visited = [point for point in later if point.visit is not None]
    if visited:
        return max(visited, key=lambda point: (point.drawn.months, point.place is not None))
    return min(later or cohort.points, key=lambda point: point.drawn.months)


def why_unread(cohort: CohortComparison) -> Message:
    """Return why nothing of a chosen cohort is read on a panel."""
    reason = cohort.overlay.reason
    return cohort.why[0] if reason is None or not fits(cohort) else reason


def _none_chosen(panel: PanelComparison) -> Message:
    count = sum(cohort.usable for cohort in panel.cohorts)
    if count:
        return msg("No reference chosen; cohorts that fit and report this score: {count}.", count=count)
    return msg("No reference: no cohort of the library that fits this patient reports this score.")


def _unread(cohorts: Sequence[CohortComparison]) -> Iterator[Message]:
    """Yield why nothing is read, cohorts of one reason together."""
    for reason in each_once(why_unread(cohort) for cohort in cohorts):
        names = [study_name(cohort) for cohort in cohorts if why_unread(cohort) == reason]
        yield msg("No reference from {studies}: {reason}.", studies=listed(names), reason=reason)


def _read(panel: PanelComparison, cohort: CohortComparison) -> Iterator[Message]:
    point = told_point(cohort)
    study, when = study_name(cohort), _when(point)
    if cohort.cohort.role is ArmRole.CONTROL:
        yield msg("{study} is a control arm: these people did not get what the study tests.", study=study)
    if point.place is not None:
        yield _place(panel, point.place, study, when)
        if point.place.flags:
            cares = listed_clauses([flag.message for flag in point.place.flags])
            yield msg("With care: {cares}.", cares=cares)
    elif point.refused is not None and point.refused.position is not None:
        yield _position(panel, point.refused.position, point.refused, {"study": study, "when": when})
    elif point.refused_reason is not None:
        yield _refused(point.refused_reason, {"study": study, "when": when})
    yield from _not_significant(point, study)


def _when(point: CohortPoint) -> Message:
    months, visit = plain_number(point.drawn.months), point.visit
    if visit is None or visit.days_off == 0:
        return msg("month {months}", months=months)
    if visit.days_off > 0:
        return msg("month {months}, visit {days} days later", months=months, days=visit.days_off)
    return msg("month {months}, visit {days} days earlier", months=months, days=-visit.days_off)


def _place(panel: PanelComparison, place: Place, study: Message, when: Message) -> Message:
    values: dict[str, object] = {
        "better": quantity_of(panel).better,
        "range": share_range(place.better_than_lower, place.better_than_upper),
        "study": study,
        "when": when,
        "n": place.n,
    }
    if place.statement is Statement.NUMBER:
        return msg(
            "{better} than about {number} of 100 people like those in {study} at {when} ({range}, from {n} people).",
            **values,
            number=show_number(place.better_than),
        )
    return Message(_WITHOUT_NUMBER[place.statement].text, values)


_WITHOUT_NUMBER = {
    Statement.INTERVAL_ONLY: msg(
        "{better} than {range} of 100 people like those in {study} at {when} (from {n} people: too few for one figure)."
    ),
    Statement.LOWEST_TENTH: msg(
        "{better} than {range} of 100 people like those in {study} at {when} (from {n} people): among the"
        " lowest tenth of scores."
    ),
    Statement.HIGHEST_TENTH: msg(
        "{better} than {range} of 100 people like those in {study} at {when} (from {n} people): among the"
        " highest tenth of scores."
    ),
}

_POSITIONS: Mapping[Position, Message] = {
    Position.ABOVE: msg("Above the mean of {study} at {when} by more than one SD; {direction} ({reason})."),
    Position.WITHIN: msg("Within one SD of the mean of {study} at {when}; {direction} ({reason})."),
    Position.BELOW: msg("Below the mean of {study} at {when} by more than one SD; {direction} ({reason})."),
}


def _position(panel: PanelComparison, position: Position, refused: Refused, values: Mapping[str, object]) -> Message:
    higher = panel.score.direction is Direction.HIGHER_BETTER
    direction = msg("higher is better") if higher else msg("lower is better")
    return Message(_POSITIONS[position].text, {**values, "direction": direction, "reason": refused.reason})


def _refused(reason: Message, values: Mapping[str, Words]) -> Message:
    # A reason that quotes a doubt of the study is a sentence already.
    if reason.values.get("doubt"):
        return msg("Against {study} at {when}: {reason}", **values, reason=reason)
    return msg("Against {study} at {when}: {reason}.", **values, reason=reason)


def _not_significant(point: CohortPoint, study: Message) -> Iterator[Message]:
    printed = value_of(point.drawn.point.p)
    if "NS" in point.drawn.point.flags and printed:
        yield msg(
            "In {study} the change to month {months} was not significant (p = {p}).",
            study=study,
            months=plain_number(point.drawn.months),
            p=printed.split()[0],
        )


def _of_control(controlled: bool | Absent) -> Iterator[Message]:
    if isinstance(controlled, Absent):
        yield msg("Whether this study had a control group is not known.")
    elif not controlled:
        yield msg("Uncontrolled study.")
