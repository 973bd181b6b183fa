"""The chosen cohorts on one panel: what is drawn, and what is offered instead; the sentences say why."""

from collections.abc import Sequence

from tracker.reference.bands import BandKind
from tracker.reference.codes import PointKind
from tracker.reference.overlay import Overlay
from tracker.services import references
from tracker.services.comparison import CohortComparison, PanelComparison
from tracker.ui.chart.chart_choices import ChartChoices
from tracker.ui.chart.compose import ReadAgainst
from tracker.ui.chart.compose_study import cohort_title, compose_offer, compose_study
from tracker.ui.chart.drawing import BandChoice, ParentOffer, StudyDrawing


def read_against(panel: PanelComparison, drawn: Sequence[str], choices: ChartChoices) -> ReadAgainst:
    """Return what the cohorts *drawn* (``study/cohort``, in their order) give a panel."""
    if not panel.points:
        return ReadAgainst()
    by_key = {one.key: one for one in panel.cohorts}
    cohorts = [by_key[key] for key in drawn if key in by_key]
    studies: list[StudyDrawing] = []
    offers: list[ParentOffer] = []
    for rank, one in enumerate(cohorts):
        overlay = _overlay(panel, one, choices)
        if overlay.drawable:
            studies.append(compose_study(one, overlay, rank, choices.band))
            continue
        parent = _parent_title(overlay, drawn)
        if parent or overlay.on_request or _reports(one, panel.series):
            offers.append(compose_offer(overlay, parent))
    return ReadAgainst(tuple(studies), tuple(offers), asked=bool(cohorts))


def _overlay(panel: PanelComparison, one: CohortComparison, choices: ChartChoices) -> Overlay:
    """Return the comparison's own overlay, or the one with the band or the values asked for."""
    as_printed = one.key in choices.as_printed
    if choices.band is not BandChoice.SD and not as_printed:
        return one.overlay
    band = BandKind.SD if choices.band is BandChoice.SD else BandKind.RANGE95
    return references.overlay(panel.course, one.key, band, as_printed=as_printed)


def _parent_title(overlay: Overlay, drawn: Sequence[str]) -> str | None:
    """Return the name of the parent cohort that has the score, unless it is drawn already."""
    if overlay.parent is None or overlay.parent in drawn:
        return None
    return cohort_title(*references.find_cohort(overlay.parent))


def _reports(one: CohortComparison, series: str) -> bool:
    """Whether the cohort has any level of a series, drawable or not."""
    return any(point.measure.series == series and point.kind is PointKind.ABSOLUTE for point in one.cohort.points)
