"""Which cohorts an episode may be read against, each with why it fits, does not, or what has to be asked first."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.core.messages import Message
from tracker.reference.fit import Fit, Verdict, fits
from tracker.reference.fit_reasons import readable
from tracker.reference.model import Cohort, Study
from tracker.services import references
from tracker.services.comparison_cohorts import facts_of
from tracker.services.courses import Course


@dataclass(frozen=True, slots=True)
class Offered:
    """One cohort of the episode's condition, judged."""

    fit: Fit
    can_be_drawn: bool
    """Whether the cohort prints any value that may stand on a patient's chart."""

    @property
    def key(self) -> str:
        """``study/cohort``."""
        return self.fit.name

    @property
    def study(self) -> Study:
        """The study."""
        return self.fit.study

    @property
    def cohort(self) -> Cohort:
        """The cohort."""
        return self.fit.cohort

    @property
    def verdict(self) -> Verdict:
        """Fits, ask, does not fit."""
        return self.fit.verdict

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Why; what decides stands first."""
        return self.fit.reasons

    @property
    def may_be_chosen(self) -> bool:
        """Whether the clinician may choose it: it fits, or what would tell is not recorded."""
        return self.can_be_drawn and self.verdict is not Verdict.DOES_NOT_FIT


def offered_cohorts(course: Course) -> tuple[Offered, ...]:
    """Return the cohorts of the episode's condition, the best first."""
    return tuple(Offered(fit, readable(fit.cohort)) for fit in fits(facts_of(course), references.studies()))


def choosable(cohorts: Iterable[Offered]) -> tuple[Offered, ...]:
    """Return the cohorts that may be chosen."""
    return tuple(one for one in cohorts if one.may_be_chosen)
