"""The chosen cohorts on one panel: what is drawn, what is offered instead, and what cannot be told."""

from collections.abc import Collection, Sequence

from tracker.clinic.baseline import NoBaseline
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.reference.bands import BandKind
from tracker.reference.codes import PointKind
from tracker.reference.overlay import Overlay
from tracker.services import references
from tracker.services.courses import SeriesCourse
from tracker.ui.chart.compose import ReadAgainst
from tracker.ui.chart.compose_study import cohort_title, compose_offer, compose_study
from tracker.ui.chart.drawing import BandChoice, ParentOffer, StudyDrawing
from tracker.ui.chart.offered import Offered

_ASKED = {BandChoice.RANGE95: BandKind.RANGE95, BandChoice.SD: BandKind.SD, BandChoice.OFF: BandKind.RANGE95}


class Against:
    """The cohorts that are drawn, in the order chosen, the band, and which cohorts are asked for as printed."""

    def __init__(self, cohorts: Sequence[Offered], choice: BandChoice, as_printed: Collection[str] = ()) -> None:
        self._cohorts = cohorts
        self._choice = choice
        self._as_printed = as_printed

    def of(self, course: SeriesCourse) -> ReadAgainst:
        """Return what the cohorts give the panel of one score."""
        if not course.points:
            return ReadAgainst()
        studies: list[StudyDrawing] = []
        offers: list[ParentOffer] = []
        without: list[Offered] = []
        for rank, one in enumerate(self._cohorts):
            asked = one.key in self._as_printed
            overlay = references.overlay(course, one.key, _ASKED[self._choice], as_printed=asked)
            if overlay.drawable:
                outside = references.started_outside(course, one.key, _baseline(course)) is True
                studies.append(compose_study(overlay, rank, self._choice, outside=outside))
                continue
            parent = self._parent_title(overlay)
            if parent or overlay.on_request or _reports(one, course.series):
                offers.append(compose_offer(overlay, parent))
            else:
                without.append(one)
        return ReadAgainst(tuple(studies), tuple(offers), self._notes(course, studies, without))

    def _notes(
        self, course: SeriesCourse, studies: Sequence[StudyDrawing], without: Sequence[Offered]
    ) -> tuple[Message, ...]:
        notes: list[Message] = []
        if studies and isinstance(course.baseline, NoBaseline):
            notes.append(msg("Whether this patient is like those studied cannot be told."))
        if without and len(without) == len(self._cohorts):
            notes.append(msg("No printed reference for this score."))
        elif without:
            names = "; ".join(cohort_title(one.study, one.cohort) for one in without)
            notes.append(msg("No printed reference for this score: {cohorts}.", cohorts=names))
        return tuple(notes)

    def _parent_title(self, overlay: Overlay) -> str | None:
        """Return the name of the parent cohort that has the score, unless it is drawn already."""
        if overlay.parent is None or overlay.parent in [one.key for one in self._cohorts]:
            return None
        return cohort_title(*references.find_cohort(overlay.parent))


def _baseline(course: SeriesCourse) -> Number | None:
    return None if isinstance(course.baseline, NoBaseline) else course.baseline.value


def _reports(one: Offered, series: str) -> bool:
    """Whether the cohort has any level of a series, drawable or not."""
    return any(point.measure.series == series and point.kind is PointKind.ABSOLUTE for point in one.cohort.points)
