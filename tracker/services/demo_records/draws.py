"""Integers with a given mean and standard deviation on a bounded scale, repeatable for a random source.

Maximum entropy: of all distributions on the scale's whole numbers with these two moments, the one that assumes
nothing else, p(k) ~ exp(a z + b z^2). It is drawn with stratified uniforms, then single values are moved by one
until the sample's own mean and SD (n - 1) are those asked for.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

_MEAN_OFF = 0.05
_SD_OFF = 0.1


@dataclass(frozen=True, slots=True)
class Moments:
    """What a sample shall have: mean, SD (n - 1), and the whole numbers it may take."""

    mean: float
    sd: float
    low: int
    high: int


@cache
def maximum_entropy(target: Moments) -> tuple[float, ...]:
    """Return the probabilities of ``low..high``; Newton's method on the two moments of z = (k - mean) / SD."""
    grid = [(k - target.mean) / target.sd for k in range(target.low, target.high + 1)]
    slope, bend = 0.0, -0.5
    for _ in range(60):
        weights = _normal_weights(grid, slope, bend)
        first, second, third, fourth = (
            sum(weight * z**power for weight, z in zip(weights, grid, strict=True)) for power in (1, 2, 3, 4)
        )
        off_mean, off_square = -first, 1.0 - second
        if abs(off_mean) + abs(off_square) < 1e-12:
            break
        var, cross, spread = second - first**2, third - first * second, fourth - second**2
        determinant = var * spread - cross**2
        slope += (spread * off_mean - cross * off_square) / determinant
        bend += (var * off_square - cross * off_mean) / determinant
    return tuple(_normal_weights(grid, slope, bend))


def _normal_weights(grid: Sequence[float], slope: float, bend: float) -> list[float]:
    exponents = [slope * z + bend * z * z for z in grid]
    top = max(exponents)
    weights = [math.exp(exponent - top) for exponent in exponents]
    total = sum(weights)
    return [weight / total for weight in weights]


def sample(target: Moments, count: int, random: Random) -> list[int]:
    """Return *count* values in rising order whose mean and SD are those of *target*."""
    cumulated = list(accumulate(maximum_entropy(target)))
    last = target.high - target.low
    values = [
        target.low + min(last, bisect_left(cumulated, (place + random.random()) / count)) for place in range(count)
    ]
    return settle(values, target)


def settle(values: list[int], target: Moments) -> list[int]:
    """Move single values by one until mean and SD fit; returns them in rising order."""
    values = sorted(values)
    count = len(values)
    total, squares = sum(values), sum(value * value for value in values)
    for _ in range(20 * count):
        if _misfit(total, squares, count, target) < 1.0:
            break
        moves = (
            (_misfit(total + step, squares + 2 * step * value + 1, count, target), place, step)
            for place, value in enumerate(values)
            for step in (-1, 1)
            if target.low <= value + step <= target.high
        )
        _, place, step = min(moves)
        squares += 2 * step * values[place] + 1
        total += step
        values[place] += step
    return sorted(values)


def _misfit(total: int, squares: int, count: int, target: Moments) -> float:
    mean = total / count
    sd = math.sqrt(max(0.0, (squares - count * mean * mean) / (count - 1)))
    return max(abs(mean - target.mean) / _MEAN_OFF, abs(sd - target.sd) / _SD_OFF)


def by_rank(values: Sequence[int], latent: Sequence[float]) -> list[int]:
    """Give the lowest value to the lowest *latent*, and so on up."""
    order = sorted(range(len(latent)), key=latent.__getitem__)
    given = [0] * len(latent)
    for value, place in zip(sorted(values), order, strict=True):
        given[place] = value
    return given


def later(latent: Sequence[float], correlation: float, random: Random) -> list[float]:
    """Return the same latent normals at a later time, correlated as given."""
    rest = math.sqrt(1 - correlation**2)
    return [correlation * value + rest * random.gauss(0, 1) for value in latent]
