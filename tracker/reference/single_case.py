"""One value against a small sample of which only mean, SD and n are known.

Crawford and Howell 1998 for the point, Crawford and Garthwaite 2002 (Neuropsychologia 40:1196-1208) for its limits.
With d = (x - mean) / SD, the SD with its n - 1 denominator:

    percentile = 100 * t_cdf(n - 1, d * sqrt(n / (n + 1)))
    lower      = 100 * Phi(nc(0.975) / sqrt(n)),  upper = 100 * Phi(nc(0.025) / sqrt(n))

where nc(p) is the noncentrality at which the noncentral t with n - 1 degrees of freedom has the share p below
d * sqrt(n). The point takes sqrt(n / (n + 1)), the limits sqrt(n): mixing them up looks safe and is not. Far out and
with few people the point rightly lies outside its limits.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.numbers import Number
from tracker.reference.settings import CONFIDENCE


class Unusable(StrEnum):
    """Why mean, SD and n give no place at all."""

    N_MISSING = "n_missing"
    N_BELOW_2 = "n_below_2"
    SD_ZERO = "sd_zero"
    SD_NEGATIVE = "sd_negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleCase:
    """Percentile of one value with its limits, in percent at full precision."""

    percentile: float
    lower: float
    upper: float


def unusable(sd: Number, n: int | None) -> Unusable | None:
    """Return why an SD and an n give no place, or None if they do."""
    if n is None:
        return Unusable.N_MISSING
    if sd < 0:
        return Unusable.SD_NEGATIVE
    if sd == 0:
        return Unusable.SD_ZERO
    return Unusable.N_BELOW_2 if n < 2 else None


def single_case(value: Number, mean: Number, sd: Number, n: int) -> SingleCase:
    """Return where *value* stands among people like the *n* studied; raises ValueError where ``unusable`` says why."""
    from scipy.special import nctdtrinc, ndtr  # noqa: PLC0415 - scipy must not be loaded at start

    reason = unusable(sd, n)
    if reason is not None:
        raise ValueError(reason)
    scaled = (value - mean) / sd * math.sqrt(n)
    outside = (1 - CONFIDENCE.value / 100) / 2
    return SingleCase(
        percentile=percentile(value, mean, sd, n),
        lower=100 * float(ndtr(nctdtrinc(n - 1, 1 - outside, scaled) / math.sqrt(n))),
        upper=100 * float(ndtr(nctdtrinc(n - 1, outside, scaled) / math.sqrt(n))),
    )


def percentile(value: Number, mean: Number, sd: Number, n: int) -> float:
    """Return the percentile of *value* among people like the *n* studied, without its limits."""
    from scipy.special import stdtr  # noqa: PLC0415

    return 100 * float(stdtr(n - 1, (value - mean) / sd * math.sqrt(n / (n + 1))))


def share_beyond(end: Number, mean: Number, sd: Number) -> float:
    """Return the share (percent) of a normal curve that lies beyond *end*, the end of a scale its mean lies within."""
    from scipy.special import ndtr  # noqa: PLC0415

    return 100 * float(ndtr(-abs(end - mean) / sd))
