"""Reads an episode against the patient's own baseline, the published limits and the studies; changes nothing."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.clinic.baseline import NoBaseline
from tracker.reference.fit import EpisodeFacts, fits, natural_recovery
from tracker.reference.library import UnknownCohortError
from tracker.scales.change import thresholds_for
from tracker.scales.lines import lines_from
from tracker.scales.responders import EdssWorsening
from tracker.services import references
from tracker.services.comparison import Comparison, PanelComparison, Sentences
from tracker.services.comparison_cohorts import Against, compare_cohort, facts_of, recovers_by_itself
from tracker.services.comparison_points import (
    baseline_note,
    baseline_of,
    compare_points,
    facts_for_limits,
    further_treatments,
    held_limits,
)
from tracker.services.comparison_responses import responses_of
from tracker.services.comparison_worsening import limits_from, worsening_of
from tracker.services.courses import Course, Courses, SeriesCourse
from tracker.services.responder_rules import SHIPPED, ResponderRules, RulesInForce
from tracker.services.sentences.clinician import clinician
from tracker.services.sentences.paragraph import paragraph
from tracker.services.sentences.patient import patient


class Comparisons:
    """Builds comparisons from courses."""

    def __init__(self, courses: Courses, rules: ResponderRules) -> None:
        self._courses = courses
        self._rules = rules

    def of(self, episode_id: str, cohorts: Sequence[str] | None = None) -> Comparison:
        """Return the comparison of an episode; *cohorts* (``study/cohort``) instead of all that are offered for it.

        Raises UnknownCohortError for a cohort asked for by name that the library does not have.
        """
        return compare(self._courses.of(episode_id), cohorts, self._rules.in_force())


def compare(course: Course, cohorts: Sequence[str] | None = None, rules: RulesInForce = SHIPPED) -> Comparison:
    """Return the comparison of a course."""
    facts = facts_of(course)
    against, unknown = _against(course, facts, cohorts)
    comparison = Comparison(
        course=course,
        further=further_treatments(course),
        panels=tuple(_panel(course, panel, against, (facts, rules.edss)) for panel in course.panels),
        responses=(),
        unknown_cohorts=unknown,
        paragraph=(),
    )
    comparison = replace(comparison, responses=responses_of(comparison.panels, rules.omeract))
    return replace(
        comparison,
        panels=tuple(replace(panel, sentences=_said(panel, comparison)) for panel in comparison.panels),
        paragraph=paragraph(comparison),
    )


def _against(
    course: Course, facts: EpisodeFacts, cohorts: Sequence[str] | None
) -> tuple[tuple[Against, ...], tuple[str, ...]]:
    """Return the cohorts to read against, those chosen first, and the names the library no longer has."""
    judged = {fit.name: fit for fit in fits(facts, references.studies())}
    chosen = course.episode.read_against
    names = dict.fromkeys((*chosen, *judged) if cohorts is None else cohorts)
    found: list[Against] = []
    unknown: list[str] = []
    for name in names:
        try:
            study, cohort = references.find_cohort(name)
        except UnknownCohortError:
            if cohorts is not None:
                raise
            unknown.append(name)
            continue
        found.append(Against(study=study, cohort=cohort, chosen=name in chosen, fit=judged.get(name)))
    return tuple(found), tuple(unknown)


def _panel(
    course: Course, panel: SeriesCourse, against: Sequence[Against], given: tuple[EpisodeFacts, EdssWorsening]
) -> PanelComparison:
    facts, rule = given
    baseline = baseline_of(panel)
    published = thresholds_for(panel.scale, panel.score.code, facts_for_limits(course))
    thresholds = limits_from(panel.scale, published, baseline, rule)
    start = None if baseline is None else baseline.value
    lines, hidden = ((), ()) if start is None else lines_from(panel.score, thresholds, start)
    points = compare_points(panel, thresholds, further_treatments(course))
    early = course.index_treatment is not None and recovers_by_itself(panel)
    return PanelComparison(
        course=panel,
        baseline=baseline,
        no_baseline=panel.baseline.reason if isinstance(panel.baseline, NoBaseline) else None,
        baseline_note=baseline_note(course, panel),
        thresholds=thresholds,
        points=points,
        lines=lines,
        hidden_lines=hidden,
        held=held_limits(points, thresholds, course.index_treatment),
        cohorts=tuple(compare_cohort(course, panel, one, facts) for one in against),
        worsening=worsening_of(thresholds, baseline, points, rule),
        natural_recovery=natural_recovery(facts) if early else None,
        sentences=Sentences(),
    )


def _said(panel: PanelComparison, comparison: Comparison) -> Sentences:
    return Sentences(clinician=clinician(panel, comparison), patient=patient(panel, comparison))
