"""The bands of a cohort at one visit: the spread between its patients, under its own name.

The default is the range that would hold 95 of 100 people like those studied, a prediction interval for one further
person: m +- t(n-1, .975) * s * sqrt(1 + 1/n) (Crawford and Howell 1998; Crawford and Garthwaite 2002). It is taken
only from an SD that is printed or follows by arithmetic, never from a median with its IQR, and from 10 people up.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, show_number
from tracker.reference.codes import Centre, PlotPolicy, SpreadKind
from tracker.reference.model import Point
from tracker.reference.settings import FEWEST_FOR_A_BAND


class BandKind(StrEnum):
    """Which band is asked for."""

    RANGE95 = "range95"
    SD = "sd"
    SE = "se"
    IQR = "iqr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band at one visit, on the panel's scale; ``clipped`` says that the scale's end cut it."""

    kind: BandKind
    lower: float
    upper: float
    clipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescale:
    """The linear map from the range a study used to the range of a panel (the identity where they are equal)."""

    source: tuple[Number, Number]
    target: tuple[Number, Number]

    @property
    def is_identity(self) -> bool:
        """Whether the numbers stay as they are."""
        return self.source == self.target

    def value(self, value: Number) -> Number:
        """Return *value* on the panel's range."""
        if self.is_identity:
            return value
        low, high = self.source
        return self.target[0] + (value - low) * (self.target[1] - self.target[0]) / (high - low)


def range95(mean: Number, sd: Number, n: int) -> tuple[float, float]:
    """Return the range that would hold 95 of 100 people like the *n* studied (a 95 % prediction interval)."""
    from scipy.special import stdtrit  # noqa: PLC0415 - scipy must not be loaded at start

    half = float(stdtrit(n - 1, 0.975)) * sd * math.sqrt(1 + 1 / n)
    return mean - half, mean + half


def sd_of(point: Point) -> float | None:
    """Return the SD of *point* if it is a mean whose SD is printed or follows by arithmetic, else None."""
    if point.centre is not Centre.MEAN or point.spread_kind is not SpreadKind.SD or isinstance(point.spread, tuple):
        return None
    return point.spread


def band_of(point: Point, kind: BandKind, rescale: Rescale) -> Band | Message:
    """Return the band of *point* on the panel, or why it has none.

    A median keeps its IQR whatever band is asked for: it is the only spread it has, and is never turned into an SD.
    """
    if point.centre is Centre.MEDIAN and point.spread_kind is SpreadKind.IQR and isinstance(point.spread, tuple):
        return _drawn(BandKind.IQR, point.spread, rescale)
    refused = _refused(point)
    if refused is not None:
        return refused
    limits = _limits(point, kind)
    if limits is None:
        return _NOT_REPORTED[kind]
    return _drawn(kind, limits, rescale)


def _refused(point: Point) -> Message | None:
    n = point.n_effective
    if point.spread == 0:
        return msg("no band: all {n} people had the value {value}", n=n, value=show_number(point.value, 2))
    reasons = (
        (point.spread is None, msg("no band: the study reports no spread for this value")),
        (point.spread_kind is SpreadKind.UNCLEAR, msg("no band: the printed spread may be a standard error")),
        (n is None, msg("no band: the number of people at this visit is not known")),
        (
            n is not None and n < FEWEST_FOR_A_BAND.value,
            msg("no band: fewer than {fewest} people", fewest=FEWEST_FOR_A_BAND.value),
        ),
        (
            point.plot is not PlotPolicy.BAND,
            msg("no band: the spread of this value is in doubt, or the steps of the scale are too coarse for one"),
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


_NOT_REPORTED = {
    BandKind.RANGE95: msg("no band: the study reports no standard deviation for this value"),
    BandKind.SD: msg("no band: the study reports no standard deviation for this value"),
    BandKind.SE: msg("no band: the study reports no standard error for this value"),
    BandKind.IQR: msg("no band: the study reports no quartiles for this value"),
}


def _limits(point: Point, kind: BandKind) -> tuple[Number, Number] | None:
    sd = sd_of(point)
    if kind is BandKind.RANGE95 and sd is not None and point.n_effective is not None:
        return range95(point.value, sd, point.n_effective)
    if kind is BandKind.SD and sd is not None:
        return point.value - sd, point.value + sd
    if kind is BandKind.SE and point.spread_kind is SpreadKind.SE and not isinstance(point.spread, tuple | None):
        return point.value - point.spread, point.value + point.spread
    return None


def _drawn(kind: BandKind, limits: tuple[Number, Number], rescale: Rescale) -> Band:
    """Return the band between *limits* (study's range) on the panel, clipped to the ends of the scale."""
    lower, upper = (rescale.value(limit) for limit in limits)
    lowest, highest = rescale.target
    return Band(
        kind=kind,
        lower=max(lower, lowest),
        upper=min(upper, highest),
        clipped=lower < lowest or upper > highest,
    )
