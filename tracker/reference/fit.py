"""Which cohorts fit an episode, and why each does or does not: by what the passport of its study names.

Condition, site, completeness of the injury, level and time since injury decide; a fact that is not recorded is asked
for, never guessed. What was given is compared and said, but decides nothing. The clinician chooses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.core.messages import Message, msg
from tracker.reference.codes import ArmRole, value_of
from tracker.reference.fit_reasons import EpisodeFacts, Verdict, findings, readable
from tracker.reference.model import Cohort, Study
from tracker.reference.products import same_products
from tracker.reference.settings import NATURAL_RECOVERY

__all__ = ["EpisodeFacts", "Fit", "Verdict", "fits", "natural_recovery"]

SPINAL_CORD_INJURY = "sci"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One cohort judged for an episode; the reasons that decide stand first."""

    study: Study
    cohort: Cohort
    verdict: Verdict
    reasons: tuple[Message, ...]

    @property
    def name(self) -> str:
        """``study/cohort``, as an episode keeps it."""
        return f"{self.study.id}/{self.cohort.id}"


def fits(facts: EpisodeFacts, studies: Iterable[Study]) -> tuple[Fit, ...]:
    """Return every cohort of every study of the episode's condition, judged, the best first."""
    found = [
        _fit(facts, study, cohort)
        for study in studies
        if facts.condition in study.passport.conditions
        for cohort in study.cohorts
    ]
    return tuple(sorted(found, key=lambda fit: _rank(facts, fit)))


def natural_recovery(facts: EpisodeFacts) -> Message | None:
    """Return what must stand beside the course of a spinal cord injury treated in its first year, or None.

    An injury whose date is not known is taken to be early unless the clinic calls it chronic.
    """
    if facts.condition != SPINAL_CORD_INJURY:
        return None
    if facts.months_from_onset is None:
        early = facts.phase != "chronic"
    else:
        early = facts.months_from_onset[0] < NATURAL_RECOVERY.value
    if not early:
        return None
    return msg(
        "People with complete neck injuries gained 10-11 arm points on average in the first year without cell"
        " treatment (Steeves 2011, PubMed 20714334); this chart cannot separate that from treatment."
    )


_ORDER = (Verdict.FITS, Verdict.ASK, Verdict.DOES_NOT_FIT)
_DECIDING = (Verdict.DOES_NOT_FIT, Verdict.ASK, Verdict.FITS, None)


def _fit(facts: EpisodeFacts, study: Study, cohort: Cohort) -> Fit:
    found = findings(facts, study, cohort)
    return Fit(
        study=study,
        cohort=cohort,
        verdict=max((one.verdict for one in found if one.verdict is not None), key=_ORDER.index),
        reasons=tuple(one.reason for one in sorted(found, key=lambda one: _DECIDING.index(one.verdict))),
    )


def _rank(facts: EpisodeFacts, fit: Fit) -> tuple[int, bool, bool, bool, bool, int, int, int]:
    """Return what cohorts are sorted by; the order of the library decides between equals."""
    cohort = fit.cohort
    return (
        _ORDER.index(fit.verdict),
        not readable(cohort),
        cohort.role is ArmRole.CONTROL,
        same_products(fit.study.passport, facts.products) is False,
        fit.study.supplementary,
        len(value_of(cohort.levels) or ()),
        len(value_of(cohort.phases) or ()),
        -(cohort.n_effective or 0),
    )
