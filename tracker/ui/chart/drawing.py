"""What a panel draws, as data: the picture is painted from these values and from nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Message
from tracker.core.numbers import Number
from tracker.services.comparison import CohortPoint, PointComparison
from tracker.services.courses import CoursePoint


class PanelState(StrEnum):
    """What a panel has to show of the patient."""

    EMPTY = "empty"
    UNSCORED = "unscored"
    SINGLE = "single"
    COURSE = "course"


class BandChoice(StrEnum):
    """Which spread of the study is drawn."""

    RANGE95 = "range95"
    SD = "sd"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class PointMark:
    """A computed score of the patient."""

    months: float
    value: Number
    is_baseline: bool
    compared: PointComparison
    """The same visit with its changes and verdicts, for the words on hover and the table."""
    is_new: bool = False
    """Completed or changed since this patient was last marked as reviewed."""

    @property
    def point(self) -> CoursePoint:
        """The visit as recorded."""
        return self.compared.point


@dataclass(frozen=True, slots=True)
class GapMark:
    """A visit at which the scale was used but gave no score; never at a value, always with its reason."""

    months: float
    point: CoursePoint


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight link between two drawn marks."""

    from_months: float
    from_value: float
    to_months: float
    to_value: float


@dataclass(frozen=True, slots=True)
class BandMark:
    """A study's spread at one reported time, as drawn (already clipped to the scale)."""

    months: float
    lower: float
    upper: float
    clipped: bool


@dataclass(frozen=True, slots=True)
class CentreMark:
    """A study's mean or median at one reported time, with its n as shown."""

    months: float
    value: float
    n_label: str
    is_median: bool
    is_as_printed: bool
    """Hollow and unjoined: shown on request only."""
    compared: CohortPoint | None = None
    """Where the patient stands there, or why that cannot be said."""


class LineKind(StrEnum):
    """What a level from the patient's own baseline stands for: each is drawn in its own way."""

    IMPROVE = "improve"
    WORSEN = "worsen"
    ERROR = "error"
    PERCENT = "percent"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A level drawn from the patient's own baseline (a state: across the whole plot)."""

    code: str
    kind: LineKind
    value: float
    upper: float | None
    """The other end where the source gives a range of limits."""
    from_months: float | None
    label: str
    hover: tuple[Message, ...]
    """Name with the limit, population, citation."""


@dataclass(frozen=True, slots=True)
class StudyDrawing:
    """One cohort on one panel."""

    cohort: str
    title: str
    rank: int
    """0 for the first cohort chosen, 1 for the second: they differ in hue and in pattern."""
    bands: tuple[BandMark, ...]
    centres: tuple[CentreMark, ...]
    links: tuple[Segment, ...]
    short: str
    """Name and n in few words; the full words are one hover away."""
    legend: tuple[Message, ...]
    """The band's kind in full, and what else must be said under the plot."""
    exceptions: tuple[Message, ...]
    """What of the legend is this panel's own and stands under the plot: no band, and why."""
    warnings: tuple[Message, ...]
    """What must stand out: an assumed range, another circumstance, a value as printed."""
    details: tuple[Message, ...]
    """Everything else that is to be known of the numbers, on hover."""
    started_outside: bool
    """The patient began outside the cohort's range at month 0: no band is drawn."""


@dataclass(frozen=True, slots=True)
class ParentOffer:
    """A chosen cohort that draws nothing here, why, and the parent cohort that has the score (None: there is none)."""

    cohort: str
    title: str
    reason: Message
    parent: str | None
    parent_title: str | None
    """Name of the parent, None also where it is drawn already."""
    on_request: bool
    """Its values can be shown as printed, if asked for."""


@dataclass(frozen=True, slots=True)
class PanelDrawing:
    """Everything one panel draws."""

    series: str
    low: float
    high: float
    """The scale's full range."""
    shown: tuple[float, float]
    """The values shown: the full range, or the part of it that is zoomed to."""
    decimals: int
    state: PanelState
    marks: tuple[PointMark, ...]
    gaps: tuple[GapMark, ...]
    links: tuple[Segment, ...]
    studies: tuple[StudyDrawing, ...] = ()
    offers: tuple[ParentOffer, ...] = ()
    has_no_reference: bool = False
    """Cohorts are chosen, and none of them reports this score: the sentences say why."""
    treatments: tuple[float, ...] = ()
    lines: tuple[OwnLine, ...] = ()
    said: tuple[Message, ...] = ()
    """The sentences under the plot, in the voice chosen."""
    recovery: Message | None = None
    """Natural recovery, beside the course of an early spinal cord injury."""

    @property
    def is_zoomed(self) -> bool:
        """Whether less than the scale's full range is shown."""
        return self.shown != (self.low, self.high)


@dataclass(frozen=True, slots=True)
class StepMark:
    """One exam on a step line: a determined result, or the span of what it may be."""

    months: float
    low: int | None
    high: int | None
    star: bool
    hover: str


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """A classified result over time (AIS grade, neurological level): steps on an axis of places, never distances."""

    series: str
    results: tuple[str, ...]
    """Places of the axis, the worst at the bottom."""
    marks: tuple[StepMark, ...]
    treatments: tuple[float, ...]
    said: tuple[Message, ...]
    """What the marks mean, where that is not plain."""
    recovery: Message | None = None

    @property
    def shown(self) -> tuple[float, float]:
        """Places shown: those that occur, with a neighbour on each side."""
        places = [place for mark in self.marks for place in (mark.low, mark.high) if place is not None]
        last = len(self.results) - 1
        if not places:
            return 0.0, float(last)
        low, high = max(0, min(places) - 1), min(last, max(places) + 1)
        return (float(low), float(high)) if high - low >= 2 else (float(max(0, high - 2)), float(high))


Drawn = PanelDrawing | StepDrawing


@dataclass(frozen=True, slots=True)
class TreatmentMark:
    """A treatment in the lane: purple diamond, product and dose."""

    months: float
    label: str
    hover: str
    is_index: bool


@dataclass(frozen=True, slots=True)
class EventMark:
    """An adverse event in the lane, with its grade; filled where the treatment may have caused it."""

    months: float
    until_months: float | None
    label: str
    hover: str
    grade: int
    is_related: bool


@dataclass(frozen=True, slots=True)
class LaneDrawing:
    """Everything the lane above the panels draws."""

    treatments: tuple[TreatmentMark, ...]
    events: tuple[EventMark, ...]
