"""From a cohort's overlay to what a panel draws of it, and the words that must stand beside it."""

from collections.abc import Iterable

from tracker.core.messages import Message, msg, say, tr
from tracker.core.numbers import show_number
from tracker.reference.bands import BandKind
from tracker.reference.codes import Centre, NKind, PlotPolicy
from tracker.reference.model import Cohort, Study
from tracker.reference.overlay import Overlay, OverlayPoint
from tracker.services.comparison import CohortComparison, CohortPoint
from tracker.ui.chart.band_names import KINDS, SHORT_KINDS
from tracker.ui.chart.drawing import BandChoice, BandMark, CentreMark, ParentOffer, Segment, StudyDrawing

_OUTSTANDING = ("scale_assumed", "rescaled", "as_printed", "context", "spread_unclear", "undated", "control_unknown")
"""Warnings that stand under the plot; the others are in the hover and beside the chart."""


def cohort_title(study: Study, cohort: Cohort) -> str:
    """Return study and cohort as one name."""
    return tr("{study}, {cohort}", study=study.short_name, cohort=cohort.label)


def compose_study(one: CohortComparison, overlay: Overlay, rank: int, choice: BandChoice) -> StudyDrawing:
    """Return what a panel draws of a cohort that can be drawn, from *overlay*, its own or with another band."""
    outside = one.started_outside is True
    banded = choice is not BandChoice.OFF and not outside
    bands = tuple(
        BandMark(float(point.months), point.band.lower, point.band.upper, point.band.clipped)
        for point in overlay.points
        if banded and point.band is not None
    )
    compared = {id(point.drawn.point): point for point in one.points}
    exceptions = tuple(_exceptions(overlay, banded=banded, outside=outside))
    return StudyDrawing(
        cohort=one.key,
        title=cohort_title(overlay.study, overlay.cohort),
        rank=rank,
        bands=bands,
        centres=tuple(_centre(point, compared.get(id(point.point))) for point in overlay.points),
        links=tuple(
            Segment(float(link.start_months), link.start_value, float(link.end_months), link.end_value)
            for link in overlay.links
        ),
        short=_short(overlay, bands),
        legend=(*_legend(overlay, bands), *exceptions, *_control(overlay.study)),
        exceptions=exceptions,
        warnings=tuple(_sentence(one.message) for one in overlay.warnings if one.code in _OUTSTANDING),
        details=tuple(_sentence(one.message) for one in overlay.warnings if one.code not in _OUTSTANDING),
        started_outside=outside,
    )


def compose_offer(overlay: Overlay, parent_title: str | None) -> ParentOffer:
    """Return why a chosen cohort draws nothing on a panel, and its parent cohort if that has the score."""
    title = cohort_title(overlay.study, overlay.cohort)
    return ParentOffer(
        cohort=f"{overlay.study.id}/{overlay.cohort.id}",
        title=title,
        reason=msg("{cohort}: {reason}.", cohort=title, reason=overlay.reason or ""),
        parent=overlay.parent,
        parent_title=parent_title,
        on_request=overlay.on_request,
    )


def _centre(point: OverlayPoint, compared: CohortPoint | None) -> CentreMark:
    return CentreMark(
        months=float(point.months),
        value=float(point.value),
        n_label=_n_label(point),
        is_median=point.point.centre is Centre.MEDIAN,
        is_as_printed=point.plot is PlotPolicy.AS_PRINTED,
        compared=compared,
    )


def _n_label(point: OverlayPoint) -> str:
    if point.n is None:
        return tr("n not known")
    return tr("n ~{n}", n=point.n) if point.n_kind is NKind.IMPLIED else tr("n {n}", n=point.n)


def _legend(overlay: Overlay, bands: tuple[BandMark, ...]) -> Iterable[Message]:
    """Yield what the marks are, in full."""
    drawn = next((point.band for point in overlay.points if point.band is not None), None)
    n = _n_words(overlay)
    if bands and drawn is not None:
        yield msg("{kind} ({n}).", kind=KINDS[drawn.kind], n=n)
        if drawn.kind is BandKind.RANGE95:
            yield msg("Not a forecast for this patient.")
        if any(band.clipped for band in bands):
            yield msg("Cut at the end of the scale.")
        return
    medians = all(point.point.centre is Centre.MEDIAN for point in overlay.points)
    yield msg("medians only ({n}).", n=n) if medians else msg("means only ({n}).", n=n)


def _exceptions(overlay: Overlay, *, banded: bool, outside: bool) -> Iterable[Message]:
    """Yield why there is no band although one is asked for."""
    if outside:
        yield msg("No band: this patient started outside the range of this study.")
    if banded:
        yield from (
            _sentence(reason)
            for reason in {say(point.no_band): point.no_band for point in overlay.points if point.no_band}.values()
        )


def _control(study: Study) -> Iterable[Message]:
    if study.passport.controlled is False:
        yield msg("Uncontrolled study.")


def _short(overlay: Overlay, bands: tuple[BandMark, ...]) -> str:
    """Return name, that the study had no control group, what the band is called on its button, n."""
    parts = [cohort_title(overlay.study, overlay.cohort)]
    if overlay.study.passport.controlled is False:
        parts.append(tr("uncontrolled"))
    kind = next((point.band.kind for point in overlay.points if point.band is not None), None)
    if bands and kind is not None:
        parts.append(say(SHORT_KINDS[kind]))
    parts.append(_n_words(overlay))
    return " · ".join(parts)


def _sentence(message: Message) -> Message:
    return msg("{reason}.", reason=message)


def _n_words(overlay: Overlay) -> str:
    numbers = [point.n for point in overlay.points if point.n is not None]
    if not numbers:
        return tr("n not known")
    low, high = min(numbers), max(numbers)
    text = show_number(low) if low == high else tr("{low} to {high}", low=low, high=high)
    enrolled = all(point.n_kind is NKind.ENROLLED for point in overlay.points if point.months)
    return tr("n {n} enrolled", n=text) if enrolled else tr("n {n}", n=text)
