"""What to know before reading a patient against a cohort: design, control, numbers, follow-up, the chief doubts."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.core.messages import say, tr
from tracker.core.numbers import plain_number
from tracker.reference.codes import About, Absent
from tracker.reference.fit import Verdict
from tracker.reference.model import Cohort, Doubt
from tracker.ui.chart.offered import Offered

MOST_DOUBTS = 4
MOST_EVIDENCE = 2
MOST_REASONS = 4
"""Of a cohort that fits, so many reasons stand on its card; all of them stand in its hint."""


@dataclass(frozen=True, slots=True)
class Note:
    """One paragraph and its tone."""

    text: str
    tone: str


def cohort_detail(one: Offered) -> str:
    """Return what stands under a cohort's name on its card: n, reported months, and why it fits or what to ask."""
    parts = [n_words(one.cohort)]
    months = sorted({point.months for point in one.cohort.points if point.months is not None})
    if months:
        parts.append(tr("months {months}", months=", ".join(plain_number(month) for month in months)))
    if one.verdict is Verdict.FITS:
        # The first reason is the study's condition, which stands above the cards.
        why = "; ".join(say(reason) for reason in one.reasons[1:MOST_REASONS])
        return " · ".join(parts) + (f"\n{why}" if why else "")
    return " · ".join(parts) + f"\n{deciding_words(one)}"


def why_words(one: Offered) -> str:
    """Return why a cohort fits, does not, or what has to be asked; what decides stands first."""
    return "; ".join(say(reason) for reason in one.reasons)


def deciding_words(one: Offered) -> str:
    """Return the one reason that decides, or that nothing can be drawn."""
    if one.verdict is not Verdict.DOES_NOT_FIT and not one.can_be_drawn:
        return tr("prints no value that can be drawn")
    return say(one.reasons[0]) if one.reasons else ""


def study_detail(one: Offered) -> str:
    """Return the line under a study's name: whom it studied, and whether it is one of the seed studies."""
    parts = [str(one.study.passport.condition)]
    if one.study.own:
        parts.append(tr("study of your own"))
    elif one.study.supplementary:
        parts.append(tr("supplementary study"))
    return " · ".join(parts)


def n_words(cohort: Cohort) -> str:
    """Return a cohort's number of people, marked where it is worked out and not printed."""
    if cohort.n_printed is not None:
        return tr("n {n}", n=cohort.n_printed)
    return tr("n not known") if cohort.n_effective is None else tr("n ~{n}", n=cohort.n_effective)


def control_words(controlled: bool | Absent) -> str:
    """Say whether a study had a control group."""
    if isinstance(controlled, Absent):
        return tr("whether controlled is not known")
    return tr("controlled study") if controlled else tr("uncontrolled study")


def reading_notes(one: Offered) -> Iterable[Note]:
    """Return design, control, n and follow-up, what others found, then the doubts: this cohort's own first."""
    passport = one.study.passport
    facts = [str(passport.design), control_words(passport.controlled), n_words(one.cohort)]
    if not isinstance(passport.follow_up, Absent):
        facts.append(tr("follow-up {time}", time=passport.follow_up))
    yield Note(" · ".join(facts), "small")
    yield Note(tr("Why: {reasons}.", reasons=why_words(one)), "small")
    yield Note(tr("The band is where the cohort stood, not what to expect."), "small")
    measures = {point.measure.id for point in one.cohort.points}
    evidence = [found for found in one.study.counter_evidence if measures & {*found.beside} or "study" in found.beside]
    for found in evidence[:MOST_EVIDENCE]:
        yield Note(tr("Others found: {evidence}", evidence=found.text), "small")
    doubts = sorted(one.study.doubts, key=lambda doubt: _distance(doubt, one))
    for doubt in doubts[:MOST_DOUBTS]:
        if _distance(doubt, one) < _ELSEWHERE:
            yield Note("⚠ " + str(doubt.text), "small")
    rest = len(doubts) - MOST_DOUBTS
    if rest > 0:
        yield Note(tr("{count} further doubts stand in the passport.", count=rest), "small")


_ELSEWHERE = 3


def _distance(doubt: Doubt, one: Offered) -> int:
    """0 for a doubt about this cohort's own points, 1 about all points, 2 about the study, 3 elsewhere."""
    if doubt.about is About.POINTS:
        if one.cohort.id in doubt.cohorts:
            return 0
        return 1 if any(doubt.touches(point) for point in one.cohort.points) else _ELSEWHERE
    return 2 if doubt.about is About.STUDY else _ELSEWHERE
