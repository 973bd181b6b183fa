"""Where a patient's value stands among people like those a cohort studied, or why that cannot be said.

A percentile is never told bare where lower is better: ``better_than`` is the share of people the value is better
than, its limits swapped with it. What the sentence may say is closed: a number with its interval, the interval only,
a tenth at the end, or words; what is computed stays at full precision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.core.messages import msg
from tracker.core.numbers import Number
from tracker.reference.basis import Basis, PlaceFlag, Position, Refusal, Refused, basis_of
from tracker.reference.codes import PointKind, value_of
from tracker.reference.model import Cohort, Point, Study
from tracker.reference.overlay import Panel, started_outside
from tracker.reference.settings import FEWEST_FOR_A_NUMBER, PRINTED_FROM, PRINTED_TO, WORDS_BEYOND
from tracker.reference.single_case import percentile, single_case
from tracker.scales.model import Direction


class Statement(StrEnum):
    """What may be said of a place."""

    NUMBER = "number"
    """A figure with its interval."""
    INTERVAL_ONLY = "interval_only"
    """The interval, because the cohort is small; no figure."""
    LOWEST_TENTH = "lowest_tenth"
    """``among the lowest tenth`` of the values (not: the worst), with the interval."""
    HIGHEST_TENTH = "highest_tenth"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientValue:
    """A patient's value on a panel at one visit, with what decides whether the cohort is anything like the patient."""

    value: Number
    baseline: Number | None
    region: str | None = None
    """Level of a spinal cord injury as cohorts name it (``cervical`` ...); None: not recorded, or no such question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a cohort in percent, at full precision."""

    n: int
    percentile: float
    lower: float
    upper: float
    better_than: float
    better_than_lower: float
    better_than_upper: float
    tie_lower: float
    """Percentile half a step of the scale below the value: with ``tie_upper`` the range that equal values share."""
    tie_upper: float
    statement: Statement
    flags: tuple[PlaceFlag, ...]

    @property
    def in_worst_tenth(self) -> bool:
        """Whether nine of ten do better: never told to a patient as a rank."""
        return self.better_than < PRINTED_FROM.value


def place(study: Study, point: Point, panel: Panel, patient: PatientValue) -> Place | Refused:
    """Return where *patient* stands among people like those of *point*, or why that cannot be said."""
    basis = basis_of(study, point, panel)
    if isinstance(basis, Refused):
        return basis
    cohort = study.cohort(point.cohort)
    refused = _mixed(study, cohort, point, patient.region) or _unlike(cohort, panel, patient.baseline)
    if refused is not None:
        return refused
    if not panel.minimum < patient.value < panel.maximum:
        return Refused(code=Refusal.END_OF_SCALE, reason=msg("at the end of the scale, no percentile"))
    if basis.in_words_only:
        return Refused(
            code=Refusal.BEYOND_SCALE,
            reason=msg("no percentile: the study's values crowd at an end of the scale"),
            position=_position(patient.value, basis),
        )
    return _place(basis, panel.direction, patient.value, tuple(_level_flags(study, cohort, point, patient.region)))


def _place(basis: Basis, direction: Direction, value: Number, flags: tuple[PlaceFlag, ...]) -> Place:
    case = single_case(value, basis.mean, basis.sd, basis.n)
    higher = direction is Direction.HIGHER_BETTER
    return Place(
        n=basis.n,
        percentile=case.percentile,
        lower=case.lower,
        upper=case.upper,
        better_than=case.percentile if higher else 100 - case.percentile,
        better_than_lower=case.lower if higher else 100 - case.upper,
        better_than_upper=case.upper if higher else 100 - case.lower,
        tie_lower=percentile(value - basis.step / 2, basis.mean, basis.sd, basis.n),
        tie_upper=percentile(value + basis.step / 2, basis.mean, basis.sd, basis.n),
        statement=_statement(basis.n, case.percentile),
        flags=(*basis.flags, *flags),
    )


def _statement(n: int, at: float) -> Statement:
    if n < FEWEST_FOR_A_NUMBER.value:
        return Statement.INTERVAL_ONLY
    if at < PRINTED_FROM.value:
        return Statement.LOWEST_TENTH
    return Statement.HIGHEST_TENTH if at > PRINTED_TO.value else Statement.NUMBER


def _position(value: Number, basis: Basis) -> Position:
    """Return the place in words; in exact decimals, so that a value one SD off is within."""
    off = Decimal(repr(value)) - Decimal(repr(basis.mean))
    limit = Decimal(repr(basis.sd)) * Decimal(repr(WORDS_BEYOND.value))
    if abs(off) <= limit:
        return Position.WITHIN
    return Position.ABOVE if off > 0 else Position.BELOW


def _unlike(cohort: Cohort, panel: Panel, baseline: Number | None) -> Refused | None:
    """Refuse a patient who started outside the cohort's range at month 0, or of whom that cannot be told."""
    if baseline is None:
        return Refused(
            code=Refusal.NO_BASELINE,
            reason=msg("no percentile: without a baseline it cannot be told whether the study's patients were similar"),
        )
    outside = started_outside(cohort, panel, baseline)
    if outside is None:
        return Refused(
            code=Refusal.NO_START_RANGE,
            reason=msg("no percentile: the study gives no range at its start, so similarity cannot be told"),
        )
    if outside:
        return Refused(code=Refusal.STARTED_OUTSIDE, reason=msg("started outside the range of this study"))
    return None


def _mixed(study: Study, cohort: Cohort, point: Point, region: str | None) -> Refused | None:
    """Refuse the whole cohort where a group for this level is printed: it may mix populations far apart."""
    groups = [group for group in _level_groups(study, cohort, point) if _is_part(study, group, cohort)]
    own = next((group for group in groups if region in _levels(group)), None)
    if own is not None:
        return Refused(
            code=Refusal.SUBGROUP_PRINTED,
            reason=msg(
                "no percentile against the whole cohort: the study prints a group for this level, “{group}”",
                group=own.label,
            ),
        )
    if region is None and groups and "MIXED-POPULATIONS" in point.flags:
        return Refused(
            code=Refusal.MIXED_POPULATIONS,
            reason=msg("no percentile: this cohort mixes levels of injury far apart; record the level of this patient"),
        )
    return None


def _level_flags(study: Study, cohort: Cohort, point: Point, region: str | None) -> Iterator[PlaceFlag]:
    groups = _level_groups(study, cohort, point)
    if region is None and groups:
        yield PlaceFlag(
            code="LEVEL-UNKNOWN",
            message=msg("the study prints groups by level of injury, and this patient's level is not recorded"),
        )
    if any(region in _levels(group) for group in groups):
        yield PlaceFlag(
            code="MIXED-LEVELS",
            message=msg("people of all levels of injury together: the levels of this study differ widely"),
        )


def _levels(cohort: Cohort) -> frozenset[str]:
    return frozenset(value_of(cohort.levels) or ())


def _level_groups(study: Study, cohort: Cohort, point: Point) -> list[Cohort]:
    """Return the cohorts of fewer levels of injury than *cohort* of which the study prints the same measure."""
    return [
        group
        for group in study.cohorts
        if _levels(group) < _levels(cohort)
        and any(own.measure.id == point.measure.id and own.kind is PointKind.ABSOLUTE for own in group.points)
    ]


def _is_part(study: Study, part: Cohort, whole: Cohort) -> bool:
    """Whether *whole* is among the parents of *part*."""
    parent = part.parent
    while parent is not None and parent != whole.id:
        parent = study.cohort(parent).parent
    return parent is not None
