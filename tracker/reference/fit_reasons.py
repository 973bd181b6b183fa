"""Why a cohort fits an episode or does not, one finding at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Message, Text, msg
from tracker.reference.codes import Absent, ArmRole, PlotPolicy, PointKind, value_of
from tracker.reference.model import Cohort, Study
from tracker.reference.products import said_of_products

_REGIONS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFacts:
    """What the passports ask about, of one episode; None: not recorded."""

    condition: str
    """Id of a condition file."""
    site: str | None = None
    course: str | None = None
    """Course of the disease (multiple sclerosis)."""
    ais: str | None = None
    level: str | None = None
    """Neurological level, ``C5``."""
    phase: str | None = None
    """``subacute`` or ``chronic``, as the clinic judged it."""
    months_from_onset: tuple[float, float] | None = None
    """Least and most months from onset to the index treatment: an onset may be known by its year only."""
    products: tuple[str, ...] = ()
    """As given."""

    @property
    def region(self) -> str | None:
        """The level as cohorts name it: the neurological level's, else the site."""
        return self.site if self.level is None else _REGIONS.get(self.level[:1], self.site)


class Verdict(StrEnum):
    """Whether a cohort fits an episode."""

    FITS = "fits"
    ASK = "ask"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason; a verdict of None is said and decides nothing."""

    verdict: Verdict | None
    reason: Message


def findings(facts: EpisodeFacts, study: Study, cohort: Cohort) -> tuple[Finding, ...]:
    """Return all there is to say of *cohort* for an episode of its study's condition."""
    return (
        *_site_and_course(facts, study),
        *_completeness(facts, cohort),
        *_level(facts, cohort),
        *_phase(facts, cohort),
        *_notes(facts, study, cohort),
    )


def readable(cohort: Cohort) -> bool:
    """Whether anything of *cohort* may be drawn on a patient's chart."""
    return any(
        point.kind is PointKind.ABSOLUTE and point.plot not in (PlotPolicy.TEXT, PlotPolicy.NEVER)
        for point in cohort.points
    )


def _site_and_course(facts: EpisodeFacts, study: Study) -> Iterator[Finding]:
    treated = study.passport.condition
    sites, courses = value_of(study.passport.sites), value_of(study.passport.courses)
    if sites is not None and facts.site is None:
        yield Finding(Verdict.ASK, msg("site not recorded; the study treated: {condition}", condition=treated))
    elif sites is not None and facts.site not in sites:
        yield Finding(Verdict.DOES_NOT_FIT, msg("another site; the study treated: {condition}", condition=treated))
    elif courses is not None and facts.course is None:
        yield Finding(Verdict.ASK, msg("course not recorded; the study treated: {condition}", condition=treated))
    elif courses is not None and facts.course not in courses:
        yield Finding(Verdict.DOES_NOT_FIT, msg("another course; the study treated: {condition}", condition=treated))
    else:
        yield Finding(Verdict.FITS, msg("the study treated: {condition}", condition=treated))


def _completeness(facts: EpisodeFacts, cohort: Cohort) -> Iterator[Finding]:
    grades = cohort.ais
    if grades is Absent.NOT_APPLICABLE:
        return
    if isinstance(grades, Absent):
        yield Finding(None, msg("how complete the injuries of this cohort were is not known"))
        return
    named = ", ".join(grades)
    if facts.ais is None:
        yield Finding(Verdict.ASK, msg("AIS grade not recorded: this cohort had AIS {grades} only", grades=named))
    elif facts.ais in grades:
        yield Finding(Verdict.FITS, msg("AIS {grade}, as in this cohort", grade=facts.ais))
    elif grades == ("A",):
        yield Finding(
            Verdict.DOES_NOT_FIT,
            msg("AIS {grade}: this cohort had complete injuries (AIS A) only", grade=facts.ais),
        )
    else:
        yield Finding(
            Verdict.DOES_NOT_FIT, msg("AIS {grade}: this cohort had AIS {grades} only", grade=facts.ais, grades=named)
        )


_WORDS = {
    "cervical": msg("neck (cervical)"),
    "thoracic": msg("chest (thoracic)"),
    "lumbar": msg("lumbar"),
    "sacral": msg("sacral"),
    "subacute": msg("subacute"),
    "chronic": msg("chronic"),
}


def _word(code: str) -> Message | str:
    return _WORDS.get(code, code)


def _level(facts: EpisodeFacts, cohort: Cohort) -> Iterator[Finding]:
    levels = cohort.levels
    if levels is Absent.NOT_APPLICABLE:
        return
    if isinstance(levels, Absent):
        yield Finding(None, msg("the levels of injury of this cohort are not known"))
        return
    region = facts.region
    if region is None:
        yield Finding(Verdict.ASK, msg("level of injury not recorded"))
        return
    inside = {one in levels for one in (region, facts.site) if one is not None}
    if inside == {True}:
        yield Finding(Verdict.FITS, msg("level as in this cohort: {level}", level=_word(region)))
    elif inside == {False}:
        yield Finding(Verdict.DOES_NOT_FIT, msg("nobody of this cohort had this level: {level}", level=_word(region)))
    else:
        yield Finding(
            Verdict.ASK,
            msg(
                "neurological level ({level}) and site ({site}) fall into different groups: which of them counts?",
                level=facts.level,
                site=_word(facts.site or ""),
            ),
        )


def _phase(facts: EpisodeFacts, cohort: Cohort) -> Iterator[Finding]:
    phases = cohort.phases
    if phases is Absent.NOT_APPLICABLE:
        return
    if isinstance(phases, Absent):
        yield Finding(None, msg("the time since injury in this cohort is not known"))
        return
    if facts.phase in phases:
        yield Finding(Verdict.FITS, msg("phase as in this cohort: {phase}", phase=_word(facts.phase)))
    elif facts.phase is not None:
        yield Finding(
            Verdict.DOES_NOT_FIT,
            msg("nobody of this cohort was treated in this phase: {phase}", phase=_word(facts.phase)),
        )
    elif not set(phases) >= {"subacute", "chronic"}:
        yield Finding(
            Verdict.ASK,
            msg(
                "phase at treatment not recorded: this cohort was treated in one phase only, {phase}",
                phase=_word(phases[0]),
            ),
        )


def _notes(facts: EpisodeFacts, study: Study, cohort: Cohort) -> Iterator[Finding]:
    """Yield what is said and decides nothing."""
    if cohort.role is ArmRole.CONTROL:
        yield Finding(None, msg("control arm: these people did not get what the study tests"))
    else:
        yield Finding(None, said_of_products(study.passport, facts.products))
    passport = study.passport
    undefined = [doubt for doubt in study.doubts if doubt.type == "GROUPS-UNDEFINED" and cohort.id in doubt.cohorts]
    for doubt in undefined:
        yield Finding(None, msg("how the groups were formed: {doubt}", doubt=doubt.text))
    if not undefined and isinstance(passport.level, Text):
        yield Finding(None, msg("level of injury, as the study prints it: {said}", said=passport.level))
    if not undefined and isinstance(passport.time_since_injury, Text):
        yield Finding(None, msg("time since injury, as the study prints it: {said}", said=passport.time_since_injury))
    if isinstance(passport.eligibility, Text):
        yield Finding(None, msg("whom the study took: {said}", said=passport.eligibility))
    if any("OVERLAP" in point.flags for point in cohort.points):
        yield Finding(None, msg("may share patients with another study here: no independent confirmation"))
    if not readable(cohort):
        yield Finding(None, msg("this cohort prints no value that can be drawn"))
