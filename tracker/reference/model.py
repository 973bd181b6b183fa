"""A study as frozen data: its passport, cohorts, points, statements, adverse events, doubts and counter-evidence.

Nothing here is computed but what the printed numbers say; where a cohort may be drawn is the subject of ``overlay``.
"""

from dataclasses import dataclass

from tracker.core.messages import Text
from tracker.core.numbers import Number
from tracker.reference.codes import (
    About,
    ArmRole,
    Centre,
    Given,
    NKind,
    Origin,
    PlotPolicy,
    PointKind,
    SpreadKind,
    StudyKind,
    VariantStatus,
)
from tracker.scales.model import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read: a name, and an address where there is one."""

    key: str
    name: str
    url: str | None

    def __str__(self) -> str:
        return f"{self.name} ({self.url})" if self.url else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An outcome as a study printed it, and the series of ours it may be read on."""

    id: str
    printed: str
    label: Text
    family: str | None
    scale: str | None
    score: str | None
    series: str | None
    """None: not one of our series (or its variant is unknown)."""
    as_printed_on: tuple[str, ...]
    """Series on whose panels it may be shown as printed, on request."""
    range: tuple[Number, Number] | None
    variant: VariantStatus
    variant_text: str
    """What the source lets one know of the variant."""
    direction: Direction | None
    """None: unclear, or contradicted by the printed numbers."""
    context: str
    """Circumstance asked about (``worst``, ``movement`` ...), ``unspecified`` where none is named."""
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a study reported of one measure of one cohort at one time."""

    cohort: str
    measure: Measure
    months: Number | None
    """None: the time is no month since treatment; ``time_label`` says what it is."""
    time_label: Text | None
    kind: PointKind
    centre: Centre
    value: Number
    """A proportion's value is in percent."""
    count: int | None
    of: int | None
    spread: Number | tuple[Number, Number] | None
    spread_kind: SpreadKind
    spread_inferred: bool
    """The source prints a plus-minus without naming it; arithmetic tells what it is."""
    n_printed: int | None
    n_effective: int | None
    """The number to calculate with: the smaller where the printed one cannot be right; None: unknown."""
    n_text: str
    n_kind: NKind
    p: Given[str]
    origin: Origin
    sources: tuple[Source, ...]
    flags: tuple[str, ...]
    plot: PlotPolicy
    comparable: bool
    """False: may be looked at, never compared with a patient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """An arm or subgroup of a study."""

    id: str
    label: Text
    role: ArmRole
    parent: str | None
    """The cohort it is a part of."""
    n_printed: int | None
    n_effective: int | None
    n_text: str
    ais: Given[tuple[str, ...]]
    levels: Given[tuple[str, ...]]
    phases: Given[tuple[str, ...]]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something a source says in words: no number, or one that cannot stand as a point."""

    id: str
    text: Text
    printed: str | None
    """The measure or the words as printed, where a measure is meant."""
    time_label: Text | None
    n_text: str | None
    p: Given[str]
    origin: Origin
    sources: tuple[Source, ...]
    flags: tuple[str, ...]
    plot: PlotPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigure:
    """Adverse events as reported: the count first; never a rate."""

    term: Text
    count: Given[int]
    printed: str
    """The words of the source."""
    denominator: Text
    """What the count is out of, or why that is unclear."""
    origin: Origin
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A typed reason for care; ``cohorts``, ``measures`` and ``months`` narrow a doubt about points (empty: all)."""

    type: str
    about: About
    cohorts: tuple[str, ...]
    measures: tuple[str, ...]
    months: tuple[Number, ...]
    text: Text

    def touches(self, point: Point) -> bool:
        """Whether the doubt is about *point*."""
        return (
            self.about is About.POINTS
            and (not self.cohorts or point.cohort in self.cohorts)
            and (not self.measures or point.measure.id in self.measures)
            and (not self.months or point.months in self.months)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterEvidence:
    """What others found, to be shown beside the claims it qualifies."""

    id: str
    text: Text
    beside: tuple[str, ...]
    """Ids of measures and statements, or ``study`` for all of it."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """What was done to whom."""

    kind: StudyKind
    design: Text
    controlled: Given[bool]
    n: Given[int]
    conditions: tuple[str, ...]
    """Ids of condition files."""
    sites: Given[tuple[str, ...]]
    """Which of the condition's sites were treated (codes of its file); not applicable where it has only one, and for
    a spinal cord injury, whose levels stand at the cohorts."""
    courses: Given[tuple[str, ...]]
    """Courses of the disease that were treated (multiple sclerosis)."""
    condition: Text
    product: Given[Text]
    cell_source: Given[Text]
    dose: Given[Text]
    route: Given[Text]
    follow_up: Given[Text]
    age: Given[Text]
    completeness: Given[Text]
    level: Given[Text]
    time_since_injury: Given[Text]
    eligibility: Given[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study of the library."""

    id: str
    short_name: str
    title: str
    citation: str
    doi: Given[str]
    seed_document: str | None
    """Number and title of the seed document; None for a study that is not one of the seed studies."""
    supplementary: bool
    own: bool = False
    """A file of the clinic's own folder, checked by the same rules but by nobody else."""
    passport: Passport
    sources: tuple[Source, ...]
    measures: tuple[Measure, ...]
    cohorts: tuple[Cohort, ...]
    statements: tuple[Statement, ...]
    adverse_events: tuple[EventFigure, ...]
    doubts: tuple[Doubt, ...]
    counter_evidence: tuple[CounterEvidence, ...]

    def cohort(self, cohort_id: str) -> Cohort:
        """Return the cohort with *cohort_id*; raises KeyError."""
        for cohort in self.cohorts:
            if cohort.id == cohort_id:
                return cohort
        raise KeyError(cohort_id)

    def doubts_of(self, point: Point) -> tuple[Doubt, ...]:
        """Return every doubt about *point*."""
        return tuple(doubt for doubt in self.doubts if doubt.touches(point))

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of every cohort."""
        return tuple(point for cohort in self.cohorts for point in cohort.points)
