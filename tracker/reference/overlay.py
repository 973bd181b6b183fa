"""What may be drawn of a cohort on a patient's panel, and what must be said beside it.

A cohort is drawn only at the months its study reported; between them runs at most a dashed link, beyond them nothing.
Series and direction must be the panel's own. A range is rescaled only linearly, and that is said; an inferred range
is drawn with a warning; an unknown one is shown as printed, on request only. A cohort that lacks the score leaves the
panel empty and names its parent, which is never drawn in its stead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.reference.bands import Band, BandKind, Rescale, band_of
from tracker.reference.cautions import OverlayWarning, warnings_of
from tracker.reference.codes import NKind, PlotPolicy, PointKind
from tracker.reference.model import Cohort, Doubt, Measure, Point, Study
from tracker.scales.model import Direction

JOINED = (PlotPolicy.BAND, PlotPolicy.LINE)
DRAWN = (*JOINED, PlotPolicy.MARKER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The panel a cohort is to be drawn on."""

    series: str
    minimum: Number
    maximum: Number
    direction: Direction
    context: str = "unspecified"
    step: Number | None = None
    """Smallest difference between two scores; None: not known, and then nobody is given a place in a cohort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayPoint:
    """One point as it may be drawn; ``plot`` says how, ``no_band`` why there is no band."""

    point: Point
    months: Number
    value: Number
    """On the panel's scale; ``point.value`` is as printed."""
    n: int | None
    n_text: str
    n_kind: NKind
    plot: PlotPolicy
    band: Band | None
    no_band: Message | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A dashed link between two reported months; nothing is known in between."""

    start_months: Number
    start_value: Number
    end_months: Number
    end_value: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A cohort on a panel, or the reason why nothing of it is drawn."""

    study: Study
    cohort: Cohort
    panel: Panel
    band: BandKind
    """The band that was asked for; each point's band names its own kind."""
    points: tuple[OverlayPoint, ...]
    links: tuple[Link, ...]
    undated: tuple[Point, ...]
    """Values at a time that is no month (``last visit``): to be told, not drawn."""
    warnings: tuple[OverlayWarning, ...]
    reason: Message | None
    """Why nothing is drawn; None where something is."""
    on_request: bool
    """Whether the study has values that can be shown as printed if asked for."""
    parent: str | None
    """``study/cohort`` that has the score this cohort lacks: to be offered by name, never drawn by itself."""

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw."""
        return self.reason is None


def overlay(
    study: Study, cohort: Cohort, panel: Panel, band: BandKind = BandKind.RANGE95, *, as_printed: bool = False
) -> Overlay:
    """Return what may be drawn of *cohort* on *panel*; *as_printed* adds what is shown on request only."""
    held = [point for point in cohort.points if point.kind is PointKind.ABSOLUTE and _fits(point.measure, panel)]
    requested = [point for point in cohort.points if _as_printed_fits(point, panel)]
    usable = [point for point in held if point.plot in DRAWN]
    if as_printed:
        usable += requested
    chosen = [(point, point.months) for point in usable if point.months is not None]
    points = tuple(_overlay_point(study, point, months, panel, band) for point, months in chosen)
    reason = None if points else _reason(held, requested)
    return Overlay(
        study=study,
        cohort=cohort,
        panel=panel,
        band=band,
        points=points,
        links=_links(points),
        undated=tuple(point for point in usable if point.months is None),
        warnings=warnings_of(study, usable, panel.context, (panel.minimum, panel.maximum)) if usable else (),
        reason=reason,
        on_request=bool(requested),
        parent=_parent_with_score(study, cohort, panel) if not held and not requested else None,
    )


def started_outside(cohort: Cohort, panel: Panel, baseline: Number | None) -> bool | None:
    """Whether a patient started outside the cohort's month-0 range95; None where that cannot be told.

    Such a patient gets no band by default: the study had nobody like this at its start.
    """
    if baseline is None:
        return None
    for point in cohort.points:
        if point.months == 0 and point.kind is PointKind.ABSOLUTE and _fits(point.measure, panel):
            band = band_of(point, BandKind.RANGE95, _rescale(point.measure, panel))
            if isinstance(band, Band) and band.kind is BandKind.RANGE95:
                return not band.lower <= baseline <= band.upper
    return None


def _fits(measure: Measure, panel: Panel) -> bool:
    return measure.series == panel.series and measure.direction is panel.direction


def _as_printed_fits(point: Point, panel: Panel) -> bool:
    return (
        point.kind is PointKind.ABSOLUTE
        and panel.series in point.measure.as_printed_on
        and point.plot in (PlotPolicy.AS_PRINTED, PlotPolicy.MARKER)
    )


def _rescale(measure: Measure, panel: Panel) -> Rescale:
    """Return the map to the panel's range; a measure of unknown range is shown as printed."""
    target = (panel.minimum, panel.maximum)
    return Rescale(source=measure.range or target, target=target)


def _overlay_point(study: Study, point: Point, months: Number, panel: Panel, kind: BandKind) -> OverlayPoint:
    rescale = _rescale(point.measure, panel)
    band = band_of(point, kind, rescale)
    return OverlayPoint(
        point=point,
        months=months,
        value=rescale.value(point.value),
        n=point.n_effective,
        n_text=point.n_text,
        n_kind=point.n_kind,
        plot=point.plot,
        band=band if isinstance(band, Band) else None,
        no_band=None if isinstance(band, Band) else band,
        doubts=study.doubts_of(point),
    )


def _links(points: Sequence[OverlayPoint]) -> tuple[Link, ...]:
    """Link points that follow each other in one measure, where both may be joined."""
    links = []
    for measure in dict.fromkeys(drawn.point.measure.id for drawn in points):
        own = sorted((drawn for drawn in points if drawn.point.measure.id == measure), key=lambda drawn: drawn.months)
        for start, end in pairwise(own):
            if start.plot in JOINED and end.plot in JOINED:
                links.append(
                    Link(
                        start_months=start.months,
                        start_value=start.value,
                        end_months=end.months,
                        end_value=end.value,
                    )
                )
    return tuple(links)


def _reason(held: Sequence[Point], requested: Sequence[Point]) -> Message:
    if requested:
        return msg("the study does not state the variant of this scale: its values are shown on request, as printed")
    if any(point.plot in DRAWN for point in held):
        return msg("the study gives its values at a time that is no month since treatment")
    if held:
        return msg("the study's values of this score cannot be drawn on a patient's chart: see its doubts")
    return msg("this cohort reports no value of this score")


def _parent_with_score(study: Study, cohort: Cohort, panel: Panel) -> str | None:
    parent = cohort.parent
    while parent is not None:
        candidate = study.cohort(parent)
        if any(
            point.kind is PointKind.ABSOLUTE and _fits(point.measure, panel) and point.plot in DRAWN
            for point in candidate.points
        ):
            return f"{study.id}/{candidate.id}"
        parent = candidate.parent
    return None
