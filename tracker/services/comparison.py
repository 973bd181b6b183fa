"""One patient read against the studies: the one object that picture, sentences and ``compare --json`` come from."""

import datetime
from dataclasses import dataclass

from tracker.clinic.records import Treatment
from tracker.core.messages import Message
from tracker.core.numbers import Number
from tracker.reference.basis import Refused
from tracker.reference.codes import Centre
from tracker.reference.fit import Fit
from tracker.reference.model import Cohort, Study
from tracker.reference.overlay import Overlay, OverlayPoint
from tracker.reference.place import Place
from tracker.scales.change import Cell, Change, Verdict
from tracker.scales.held import Held
from tracker.scales.lines import HiddenLine, Line
from tracker.scales.model import Scale, ScoreDefinition, Threshold
from tracker.scales.responders import EdssWorsening, Response, Worsening
from tracker.services.courses import Course, CoursePoint, SeriesCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class PointComparison:
    """One visit of one panel against the patient's own baseline and the visit before."""

    point: CoursePoint
    is_baseline: bool
    since_baseline: Change | None
    """None at the baseline itself, without a baseline, without a value."""
    since_last: Change | None
    last: CoursePoint | None
    """The last visit before with a value; ``since_last`` is the change since then."""
    verdicts: tuple[Verdict, ...]
    """One for each limit offered for this patient, in the order of the scale's file; at a visit that no change is
    counted from or to (the baseline and before it) only states such as PASS; none without a value."""
    cells: tuple[Cell, ...]
    """One for each published MDC, or one that says it is unknown; empty without a change since baseline."""
    after: Treatment | None
    """The last further treatment (not the index treatment) before this visit: said with every comparison."""

    @property
    def date(self) -> datetime.date:
        """Day of the visit."""
        return self.point.date

    @property
    def months(self) -> float:
        """Months since the origin of the course, unrounded."""
        return self.point.months

    @property
    def value(self) -> Number | None:
        """The score of a complete assessment, None where there is none."""
        return self.point.value if self.point.complete else None

    @property
    def reason(self) -> Message | None:
        """Why there is no value."""
        return self.point.reason

    @property
    def change_from_baseline(self) -> Number | None:
        """Value minus baseline."""
        return None if self.since_baseline is None else self.since_baseline.change

    @property
    def percent_change(self) -> Number | None:
        """Change in percent of the baseline."""
        return None if self.since_baseline is None else self.since_baseline.percent


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedVisit:
    """The visit that is read against one point of a cohort."""

    point: CoursePoint
    days_off: int
    """Days from the study's month (negative: the visit was earlier)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPoint:
    """One reported month of a cohort, and where the patient stands there."""

    drawn: OverlayPoint
    """Months, n, value, band or why none, doubts."""
    visit: PlacedVisit | None
    """None: no visit with a score lies within the study's days of that month."""
    place: Place | None
    refused: Refused | None
    """Why there is no place although there is a visit; its ``position`` may put the value in words."""
    refused_reason: Message | None
    """Why there is no place, whatever the cause; None where there is one."""

    @property
    def centre(self) -> Centre:
        """What ``drawn.value`` is."""
        return self.drawn.point.centre


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortComparison:
    """One cohort on one panel."""

    key: str
    """``study/cohort``."""
    study: Study
    cohort: Cohort
    chosen: bool
    """Whether the clinician chose it for this episode (else it is among those offered)."""
    fit: Fit | None
    """How it fits the episode; None: its study treated another condition."""
    usable: bool
    """Whether it fits this patient and has something to draw on this panel."""
    why: tuple[Message, ...]
    """Why it fits, what is not known, or why it does not fit or draws nothing; what decides ``usable`` stands first."""
    overlay: Overlay
    """What may be drawn of it, whether or not it is usable."""
    started_outside: bool | None
    """Whether the patient started outside the study's range (no band by default then); None: cannot be told."""
    points: tuple[CohortPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorseningByRule:
    """What the rule for EDSS says of a course; it defines worsening only."""

    rule: EdssWorsening
    limit: Threshold
    """The rise it asks for from this baseline."""
    found: Worsening | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What is said under a panel, in two voices."""

    clinician: tuple[Message, ...] = ()
    patient: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelComparison:
    """One series in one context, compared."""

    course: SeriesCourse
    baseline: CoursePoint | None
    no_baseline: Message | None
    baseline_note: Message | None
    """Which of several scores before treatment is the baseline, where that is not plain."""
    thresholds: tuple[Threshold, ...]
    """The limits offered: those whose population fits the episode."""
    points: tuple[PointComparison, ...]
    lines: tuple[Line, ...]
    """Levels to draw from the patient's own baseline, each with its limit."""
    hidden_lines: tuple[HiddenLine, ...]
    held: tuple[Held, ...]
    """For each limit reached at a visit: since when, and whether it was kept."""
    cohorts: tuple[CohortComparison, ...]
    worsening: WorseningByRule | None
    """On a panel of EDSS with a baseline."""
    natural_recovery: Message | None
    """Beside every spinal cord injury treated early."""
    sentences: Sentences

    @property
    def series(self) -> str:
        """The series' name."""
        return self.course.series

    @property
    def scale(self) -> Scale:
        """The scale that names the panel."""
        return self.course.scale

    @property
    def score(self) -> ScoreDefinition:
        """Range, unit, direction, decimals."""
        return self.course.score

    @property
    def latest(self) -> PointComparison | None:
        """The last visit with a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An episode, compared."""

    course: Course
    further: tuple[Treatment, ...]
    """Treatments after the index treatment: what follows them is no longer the effect of one treatment."""
    panels: tuple[PanelComparison, ...]
    responses: tuple[Response, ...]
    """Responder criteria that take more than one score (WOMAC, OMERACT-OARSI), by visit."""
    unknown_cohorts: tuple[str, ...]
    """Cohorts kept for this episode that the library no longer has."""
    paragraph: tuple[Message, ...]
    """What is told to the patient of the whole episode."""
