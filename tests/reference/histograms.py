"""Statistics of a stream of which a log-linear histogram was kept: 32 bins an octave from
2^-16 to 2^40 on both sides of zero. What fell into a bin lies evenly in it."""
import numpy as np

import estimates
from estimates import OPEN, QUANTILES, Estimate

LEAST, MOST, AN_OCTAVE = -16, 40, 32
EDGES = np.concatenate([2.0**octave * (1.0 + np.arange(AN_OCTAVE) / AN_OCTAVE)
                        for octave in range(LEAST, MOST)])


class Histogram:
    """The bins that are not empty, ascending."""

    def __init__(self, x):
        bins = np.sign(x) * np.searchsorted(EDGES, np.abs(x), side="right")
        place, count = np.unique(bins, return_counts=True)
        self.n, self.count = len(x), count.astype(float)
        low, high = np.array([ends_of(int(bin)) for bin in place]).T
        low, high = np.maximum(low, x.min()), np.minimum(high, x.max())
        self.middle, self.half = low + (high - low) / 2.0, (high - low) / 2.0
        self.end = np.cumsum(self.count)
        self.positive = self.count[place > 0].sum()

    def at(self, rank):
        """The number at a rank from 0, and half its bin."""
        rank = min(max(rank, 0.0), self.n - 1.0)
        bin = int(np.searchsorted(self.end, rank + 0.5))
        here = self.count[bin]
        place = min(max(rank - (self.end[bin] - here) + 0.5, 0.5), here - 0.5) / here
        return self.middle[bin] + (2.0 * place - 1.0) * self.half[bin], self.half[bin]

    def quantile(self, p):
        """Its error is half a bin more, and the interval reaches to the ends of bins."""
        low, high, sds = estimates.error_ranks(self.n, p)
        value, half = self.at(p * (self.n - 1))
        error = (self.at(high)[0] - self.at(low)[0]) / sds + half if self.n > 1 else np.nan
        first, last = estimates.interval_ranks(self.n, p)
        lowest, below = self.at(np.floor(first) - 1.0)
        highest, above = self.at(np.ceil(last) - 1.0)
        is_open = first < 1.0 or last > self.n
        flags = estimates.tail_flags(self.n, self.n * min(p, 1.0 - p)) | (OPEN if is_open else 0)
        return Estimate(value, error, np.nan if first < 1.0 else lowest - below,
                        np.nan if last > self.n else highest + above, flags)


def ends_of(bin):
    """Where a bin begins and ends; the last on either side has no end."""
    if bin == 0:
        return -EDGES[0], EDGES[0]
    if bin < 0:
        return tuple(-end for end in reversed(ends_of(-bin)))
    return EDGES[bin - 1], EDGES[bin] if bin < len(EDGES) else np.inf


def row_of_stream(values, whole=False):
    """Every statistic by its label; quantiles of a count are whole."""
    x = values[~np.isnan(values)]
    if len(x) == 0:
        return estimates.row_of(x)
    kept = Histogram(x)
    median = kept.at(0.5 * (kept.n - 1))[0]
    distances = np.repeat(np.abs(kept.middle - median), kept.count.astype(int))
    sd = x.std(ddof=1) if kept.n > 1 else np.nan
    row = {"sd": sd, "count": float(kept.n)}
    not_zero = np.where(np.abs(kept.middle) <= kept.half, 0.0, kept.middle)
    rare = estimates.rare(np.repeat(not_zero, kept.count.astype(int)), kept.n)
    row.update(estimates.mean(kept.n, x.mean(), sd, estimates.is_heavy(distances, median), rare)
               .named("mean", error="se"))
    found = {name: kept.quantile(p) for name, p in QUANTILES.items()}
    found["tvar05"] = estimates.lower_tail(kept.middle, kept.count, found["q05"].value, kept.n,
                                           kept.half)
    found["tvar95"] = estimates.upper_tail(kept.middle, kept.count, found["q95"].value, kept.n,
                                           kept.half)
    found["p_positive"] = estimates.share(kept.positive, kept.n)
    for name, estimate in found.items():
        row.update(estimate.named(name))
    row.update({name: np.trunc(row[name]) for name in QUANTILES if whole})
    return row
