"""What a panel draws, as data: the picture is painted from these values and from nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Message
from tracker.core.numbers import Number
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
    point: CoursePoint


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
    legend: tuple[Message, ...]
    """The band's kind in full, and what else must be said under the plot."""
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
    decimals: int
    state: PanelState
    marks: tuple[PointMark, ...]
    gaps: tuple[GapMark, ...]
    links: tuple[Segment, ...]
    studies: tuple[StudyDrawing, ...] = ()
    offers: tuple[ParentOffer, ...] = ()
    notes: tuple[Message, ...] = ()
    treatments: tuple[float, ...] = ()


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
