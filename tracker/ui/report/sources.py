"""What must be known to read the charts of a report, and where studies, limits and scales come from."""

from collections.abc import Iterator, Sequence

from tracker.core.messages import say, tr
from tracker.reference.codes import Absent
from tracker.reference.model import Study
from tracker.services.comparison import CohortComparison, Comparison, PanelComparison
from tracker.ui.chart import texts
from tracker.ui.chart.before_you_read import n_words
from tracker.ui.chart.cited import limits_shown
from tracker.ui.chart.compose_study import cohort_title
from tracker.ui.chart.composed import panel_name
from tracker.ui.report.model import Figure

MOST_EVIDENCE = 2


def panels_of(comparison: Comparison, figures: Sequence[Figure]) -> list[PanelComparison]:
    """Return the panels of the comparison that have a chart."""
    drawn = {one.shown.name for one in figures}
    return [panel for panel in comparison.panels if panel_name(panel) in drawn]


def cautions(comparison: Comparison, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield what each study drawn cannot show, what others found, and what no course can show."""
    panels = panels_of(comparison, figures)
    cohorts = _drawn_cohorts(panels, figures)
    for found in cohorts.values():
        title = cohort_title(found[0].study, found[0].cohort)
        warnings = dict.fromkeys(say(warning.message) for one in found for warning in one.overlay.warnings)
        parts = [str(found[0].study.passport.design), n_words(found[0].cohort), *warnings]
        yield tr("{cohort}: {cautions}.", cohort=title, cautions=texts.apart(parts))
    for study in {found[0].study.id: found[0].study for found in cohorts.values()}.values():
        yield from _evidence(study)
    recovery = next((panel.natural_recovery for panel in panels if panel.natural_recovery is not None), None)
    if recovery is not None:
        yield texts.sentences((recovery,))
    if not cohorts:
        yield tr("No study is drawn: the course stands for itself.")
    for name in comparison.unknown_cohorts:
        yield tr("the library has no cohort “{name}” any more", name=name)
    yield tr("A course shows what was measured, not what caused it. No advice, no forecast.")


def _drawn_cohorts(panels: Sequence[PanelComparison], figures: Sequence[Figure]) -> dict[str, list[CohortComparison]]:
    """Return the cohorts drawn on any chart, each as it stands on every panel."""
    drawn = {study.cohort for figure in figures for study, _words in figure.studies}
    cohorts: dict[str, list[CohortComparison]] = {}
    for panel in panels:
        for one in panel.cohorts:
            if one.key in drawn:
                cohorts.setdefault(one.key, []).append(one)
    return cohorts


def _evidence(study: Study) -> Iterator[str]:
    for found in study.counter_evidence[:MOST_EVIDENCE]:
        yield tr("Others found: {evidence}", evidence=found.text)


def sources(comparison: Comparison, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the citations of the studies and limits shown, and the scales with version and policy."""
    panels = panels_of(comparison, figures)
    studies = {found[0].study.id: found[0].study for found in _drawn_cohorts(panels, figures).values()}
    for study in studies.values():
        doi = "" if isinstance(study.doi, Absent) else f" doi {study.doi}."
        yield tr("Study: {citation}", citation=study.citation) + doi
    limits: dict[str, dict[str, None]] = {}
    drawings = {figure.shown.name: figure.shown.drawing for figure in figures}
    for panel in panels:
        for threshold in limits_shown(panel, drawings[panel_name(panel)]):
            limits.setdefault(threshold.citation, {})[texts.panel_title(panel.course)] = None
    if limits:
        cited = [f"{citation} ({texts.enumerated(scores)})" for citation, scores in limits.items()]
        yield tr("Limits: {citations}.", citations=texts.apart(cited))
    points = [point.point for panel in comparison.panels for point in panel.points]
    versions = {f"{point.scale} {point.scale_version} ({point.policy})": None for point in points}
    if versions:
        yield tr("Scales with version (and rule for missing items): {scales}.", scales=texts.apart(versions))
