"""Which cohorts an episode may be read against, and why the others do not fit it."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.clinic.conditions import Condition
from tracker.clinic.records import Episode
from tracker.core.messages import Message, msg
from tracker.reference.codes import Given, PlotPolicy, PointKind, value_of
from tracker.reference.model import Cohort, Study
from tracker.services import references

_UNDRAWN = (PlotPolicy.TEXT, PlotPolicy.NEVER)


@dataclass(frozen=True, slots=True)
class Offered:
    """One cohort of the episode's condition."""

    key: str
    """``study/cohort``."""
    study: Study
    cohort: Cohort
    refusal: Message | None
    """Why it does not fit this episode; None: it does, or what would tell is not recorded."""
    caution: Message | None
    """What is not recorded and would tell."""


def offered_cohorts(condition: Condition, episode: Episode) -> tuple[Offered, ...]:
    """Return the cohorts of the condition file in its order, each once, with how it fits *episode*."""
    sites: dict[str, list[str | None]] = {}
    for entry in condition.cohorts:
        sites.setdefault(entry.cohort, []).append(entry.site)
    found = []
    for key, places in sites.items():
        study, cohort = references.find_cohort(key)
        refusal = _other_site(condition, episode, places) or _other_people(cohort, episode) or _nothing_to_draw(cohort)
        found.append(Offered(key, study, cohort, refusal, None if refusal else _not_recorded(cohort, episode)))
    return tuple(found)


def _other_site(condition: Condition, episode: Episode, places: list[str | None]) -> Message | None:
    if None in places or episode.body_site in places:
        return None
    names = ", ".join(condition.site_label(place) for place in places)
    return msg("studied {sites} only", sites=names)


def _other_people(cohort: Cohort, episode: Episode) -> Message | None:
    ais, phase = episode.attributes.get("ais"), episode.attributes.get("phase")
    if _excludes(cohort.ais, ais):
        return msg("studied AIS {studied} only; this episode is AIS {own}", studied=_listed(cohort.ais), own=ais)
    if _excludes(cohort.phases, phase):
        return msg("another phase at treatment than this episode’s")
    return None


def _nothing_to_draw(cohort: Cohort) -> Message | None:
    if any(
        point.kind is PointKind.ABSOLUTE and point.months is not None and point.plot not in _UNDRAWN
        for point in cohort.points
    ):
        return None
    return msg("reports no value that may stand on a patient’s chart")


def _not_recorded(cohort: Cohort, episode: Episode) -> Message | None:
    if value_of(cohort.ais) and not episode.attributes.get("ais"):
        return msg("fits AIS {studied} only: record the AIS grade of this episode", studied=_listed(cohort.ais))
    if value_of(cohort.phases) and not episode.attributes.get("phase"):
        return msg("fits one phase only: record the phase at treatment of this episode")
    return None


def _excludes(studied: Given[tuple[str, ...]], own: str | None) -> bool:
    allowed = value_of(studied)
    return bool(allowed) and bool(own) and own not in _listing(studied)


def _listing(studied: Given[tuple[str, ...]]) -> tuple[str, ...]:
    return value_of(studied) or ()


def _listed(studied: Given[tuple[str, ...]]) -> str:
    return ", ".join(_listing(studied))


def fitting(cohorts: Iterable[Offered]) -> tuple[Offered, ...]:
    """Return the cohorts that may be chosen."""
    return tuple(one for one in cohorts if one.refusal is None)
