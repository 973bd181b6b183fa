"""How often the interval of a place misses the true percentile, on scores that are not normal.

Run: ``python tests/benchmarks/bench_coverage.py [SAMPLES]``. For each shape and number of people it prints, at five
true percentiles, the percent of samples that miss it below and above, and the coverage (95 is promised for normal
scores only). The last column is the share of a normal curve of the same mean and SD beyond the nearer end of the
scale: from 5 % on the product says words instead of a percentile. Bounded scores are whole numbers of a 0-100 scale.
"""

import sys

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from tracker.reference.single_case import share_beyond, single_case

SAMPLES = 40_000
TRUE = (2.5, 10, 50, 90, 97.5)
SEED = 20260630


def beta(mean, sd):
    """Return a beta distribution on 0-100 with this mean and SD."""
    share, spread = mean / 100, (sd / 100) ** 2
    total = share * (1 - share) / spread - 1
    return stats.beta(share * total, (1 - share) * total, scale=100)


SHAPES = {
    "normal 47.2 +- 17.1": (stats.norm(47.2, 17.1), False, (5, 10, 24, 106)),
    "beta like SCIM, all, month 12": (beta(47.2, 17.1), True, (24, 106)),
    "beta like SCIM, all, month 0": (beta(40.3, 16.3), True, (24, 106)),
    "beta like SCIM, neck, month 12": (beta(29.1, 15.1), True, (32, 106)),
    "beta like SCIM, neck, month 0": (beta(25.1, 16.2), True, (32, 106)),
    "the same, not rounded": (beta(25.1, 16.2), False, (32,)),
    "gamma, skewness 1": (stats.gamma(4, scale=6), False, (24, 106)),
    "log-normal, sigma 0.6": (stats.lognorm(0.6, scale=20), False, (24, 106)),
}


def crossing(n, true, limit):
    """Return how many SDs off the mean of its sample a value lies whose *limit* is exactly *true*."""
    return brentq(lambda d: getattr(single_case(d, 0, 1, n), limit) - true, -40, 40, xtol=1e-9)


def misses(shape, n, samples, *, whole):
    """Return the shares of *samples* that miss each true percentile below and above, in percent.

    A whole score stands for the middle of its step, so its true percentile is the mid-rank of its step.
    """
    draws = shape.rvs((samples, n), random_state=np.random.default_rng(SEED))
    values = shape.ppf(np.array(TRUE) / 100)
    shares = np.array(TRUE, dtype=float)
    if whole:
        draws, values = np.rint(draws), np.rint(values)
        below, upto = shape.cdf(values - 0.5), shape.cdf(values + 0.5)
        shares = 50 * (below + upto)
    mean, sd = draws.mean(axis=1), draws.std(axis=1, ddof=1)
    for value, share in zip(values, shares, strict=True):
        off = (value - mean) / sd
        yield (
            float(share),
            100 * float(np.mean(off > crossing(n, share, "lower"))),
            100 * float(np.mean(off < crossing(n, share, "upper"))),
        )


def main():
    """Print the table."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    print(f"{samples} samples; true percentile: percent missed below / above = coverage")
    for name, (shape, whole, sizes) in SHAPES.items():
        mean, sd = shape.mean(), shape.std()
        beyond = max(share_beyond(0, mean, sd), share_beyond(100, mean, sd))
        for n in sizes:
            cells = (
                f"{true:5.1f}: {below:4.1f}/{above:4.1f} = {100 - below - above:4.1f}"
                for true, below, above in misses(shape, n, samples, whole=whole)
            )
            print(f"{name:32} n {n:3}  {'   '.join(cells)}   beyond an end {beyond:.1f} %")


if __name__ == "__main__":
    main()
