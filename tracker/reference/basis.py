"""Whether a point may carry a place in its cohort at all: what the study reported, before any patient.

A percentile needs an absolute mean at a month, an SD that is printed or follows by arithmetic, enough people, a
confirmed variant in the same circumstance, and steps of the scale that are small against the SD. The first reason
against it is the one told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, show_number
from tracker.reference.bands import Rescale, sd_of
from tracker.reference.codes import Centre, NKind, PointKind, SpreadKind, VariantStatus
from tracker.reference.flags import MEANINGS
from tracker.reference.model import Point, Study
from tracker.reference.overlay import Panel
from tracker.reference.refusals import Position, Refusal, Refused
from tracker.reference.settings import FEWEST_FOR_A_BAND, LARGEST_STEP, TAIL_FLAGGED, TAIL_IN_WORDS
from tracker.reference.single_case import Unusable, share_beyond, unusable

__all__ = ["Basis", "PlaceFlag", "Position", "Refusal", "Refused", "basis_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFlag:
    """One thing to say with a place; ``code`` is stable (the study's own flag where it comes from one)."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a place is computed from, on the panel's range."""

    mean: Number
    sd: Number
    n: int
    step: Number
    beyond_scale: float
    """Percent of a normal curve beyond the worse end of the scale."""
    flags: tuple[PlaceFlag, ...]

    @property
    def in_words_only(self) -> bool:
        """Whether so much of the curve lies beyond the scale that a percentile would mislead."""
        return self.beyond_scale >= TAIL_IN_WORDS.value


def basis_of(study: Study, point: Point, panel: Panel) -> Basis | Refused:
    """Return what a place against *point* on *panel* rests on, or why there can be none for anybody."""
    refused = _wrong_kind(point) or _wrong_scale(point, panel)
    if refused is not None:
        return refused
    sample = _sample(point, panel)
    if isinstance(sample, Refused):
        return sample
    if panel.step is None:
        return Refused(code=Refusal.STEP_UNKNOWN, reason=msg("no percentile: the step of this scale is not known"))
    refused = _doubted(study, point, sample, panel.step)
    if refused is not None:
        return refused
    beyond = max(share_beyond(end, sample.mean, sample.sd) for end in (panel.minimum, panel.maximum))
    return Basis(
        mean=sample.mean,
        sd=sample.sd,
        n=sample.n,
        step=panel.step,
        beyond_scale=beyond,
        flags=tuple(_flags(point, beyond, rescaled=not _rescale(point, panel).is_identity)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """Mean, SD and number of people, on the panel's range."""

    mean: Number
    sd: Number
    n: int


_Check = tuple[bool, Refusal, Message]


def _first(checks: tuple[_Check, ...]) -> Refused | None:
    return next((Refused(code=code, reason=reason) for holds, code, reason in checks if holds), None)


def _rescale(point: Point, panel: Panel) -> Rescale:
    target = (panel.minimum, panel.maximum)
    return Rescale(source=point.measure.range or target, target=target)


def _wrong_kind(point: Point) -> Refused | None:
    """Refuse what is no level of a score at a month that all patients of the study share."""
    return _first(
        (
            (
                point.kind is not PointKind.ABSOLUTE,
                Refusal.NOT_A_LEVEL,
                msg("no percentile: the study gives a change or a share of people, not the level of a score"),
            ),
            (
                "MONTH-INDEX" in point.flags,
                Refusal.STUDY_TIME,
                msg("no percentile: the study counts its own months, not months since treatment"),
            ),
            (
                point.months is None or "VARIABLE-FU" in point.flags,
                Refusal.NO_MONTH,
                msg("no percentile: the time of this value differs between the patients of the study"),
            ),
        )
    )


def _wrong_scale(point: Point, panel: Panel) -> Refused | None:
    """Refuse another score, another circumstance, and a variant that the study does not state."""
    measure = point.measure
    return _first(
        (
            (
                measure.variant is VariantStatus.UNKNOWN,
                Refusal.VARIANT_UNKNOWN,
                msg("no percentile: the study does not state which variant of the scale it used"),
            ),
            (
                measure.series != panel.series or measure.direction is not panel.direction,
                Refusal.OTHER_SCORE,
                msg("no percentile: the study reports another score"),
            ),
            (
                measure.variant is VariantStatus.IMPLIED,
                Refusal.VARIANT_IMPLIED,
                msg("no percentile: the range of the scale is inferred, not stated by the study"),
            ),
            (
                measure.context != panel.context,
                Refusal.OTHER_CONTEXT,
                msg("no percentile: the study asked for “{measure}”, another circumstance", measure=measure.label),
            ),
        )
    )


def _sample(point: Point, panel: Panel) -> _Sample | Refused:
    """Return mean, SD and n on the panel's range; refused unless the SD is certain and there are enough people."""
    refused = _wrong_spread(point)
    sd, n = sd_of(point), point.n_effective
    if refused is not None:
        return refused
    if sd is None:
        return Refused(
            code=Refusal.SPREAD_NOT_SD,
            reason=msg("no percentile: the study reports no standard deviation for this value"),
        )
    if n is None:
        return Refused(
            code=Refusal.N_UNKNOWN,
            reason=msg("no percentile: the number of people at this visit is not known"),
        )
    rescale = _rescale(point, panel)
    low, high = rescale.source
    width = (panel.maximum - panel.minimum) / (high - low)
    sample = _Sample(mean=rescale.value(point.value), sd=sd if rescale.is_identity else sd * width, n=n)
    return _too_little(sample) or sample


def _wrong_spread(point: Point) -> Refused | None:
    return _first(
        (
            (
                point.centre is not Centre.MEAN,
                Refusal.MEDIAN,
                msg("no percentile: the study gives no mean, and a median is never turned into a mean with SD"),
            ),
            (
                point.spread is None,
                Refusal.NO_SPREAD,
                msg("no percentile: the study reports no spread for this value"),
            ),
            (
                point.spread_kind is SpreadKind.UNCLEAR or "SE?" in point.flags or "SPREAD-PRESUMED" in point.flags,
                Refusal.SPREAD_UNCLEAR,
                msg("no percentile: what the printed spread means is unclear, it may be a standard error"),
            ),
        )
    )


def _too_little(sample: _Sample) -> Refused | None:
    reason = unusable(sample.sd, sample.n)
    return _first(
        (
            (
                reason is Unusable.SD_NEGATIVE,
                Refusal.SD_NEGATIVE,
                msg("no percentile: a negative spread is no standard deviation"),
            ),
            (
                reason is Unusable.SD_ZERO,
                Refusal.SD_ZERO,
                msg("no percentile: all {n} scored {value}", n=sample.n, value=show_number(sample.mean, 1)),
            ),
            (
                sample.n < FEWEST_FOR_A_BAND.value,
                Refusal.TOO_FEW,
                msg("no percentile: fewer than {fewest} people", fewest=FEWEST_FOR_A_BAND.value),
            ),
        )
    )


def _doubted(study: Study, point: Point, sample: _Sample, step: Number) -> Refused | None:
    """Refuse a value that a doubt of the study forbids to compare with, and a scale too coarse for its spread."""
    doubts = study.doubts_of(point)
    return _first(
        (
            (
                "IMPOSSIBLE-SPREAD" in point.flags,
                Refusal.IMPOSSIBLE_SPREAD,
                msg("no percentile: this mean and standard deviation cannot come from the people described"),
            ),
            (
                step > LARGEST_STEP.value * sample.sd,
                Refusal.STEP_TOO_COARSE,
                msg("no percentile: the steps of this scale are too large against the spread of the study"),
            ),
            (
                "OVERLAP" in point.flags,
                Refusal.OVERLAP,
                msg("no percentile: may share patients with another study here, no independent confirmation"),
            ),
            (
                not point.comparable and bool(doubts),
                Refusal.NOT_COMPARABLE,
                msg("no percentile: not used for comparison. {doubt}", doubt=doubts[0].text if doubts else ""),
            ),
            (not point.comparable, Refusal.NOT_COMPARABLE, msg("no percentile: not used for comparison")),
        )
    )


_SAID = {
    "N-ENROLLED": msg(
        "n is the number enrolled, how many were seen is not reported: the interval is at least this wide"
    ),
    "N-MISMATCH": msg("the size of this group is unclear for this score: the smaller number is used"),
    "N-IMPLIED": MEANINGS["N-IMPLIED"],
    "N-DOUBTFUL": MEANINGS["N-DOUBTFUL"],
    "SPREAD-INFERRED": MEANINGS["SPREAD-INFERRED"],
    "MIXED-POPULATIONS": MEANINGS["MIXED-POPULATIONS"],
    "ORDINAL": MEANINGS["ORDINAL"],
    "SKEWED": MEANINGS["SKEWED"],
    "SKEW": MEANINGS["SKEW"],
    "UNIT-OF-ANALYSIS?": MEANINGS["UNIT-OF-ANALYSIS?"],
}
"""Flags of a point that are said with a place."""


def _flags(point: Point, beyond: float, *, rescaled: bool) -> Iterator[PlaceFlag]:
    if TAIL_FLAGGED.value <= beyond < TAIL_IN_WORDS.value:
        yield PlaceFlag(
            code="TAIL",
            message=msg(
                "a normal curve would put {percent} % of people beyond the end of the scale: take the figure roughly",
                percent=show_number(beyond, 1),
            ),
        )
    codes = dict.fromkeys(point.flags)
    if point.n_kind is NKind.ENROLLED and point.months:
        codes["N-ENROLLED"] = None
    for code in codes:
        if code in _SAID:
            yield PlaceFlag(code=code, message=_SAID[code])
    if rescaled:
        yield PlaceFlag(code="RESCALED", message=msg("carried over linearly from the range the study used"))
