"""Statistics of a sample with errors, 95 % intervals and flags, as results/README.md names them."""
import numpy as np
from scipy import stats

CONFIDENCE = 0.95
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
TAIL = 0.05  # the share of numbers in a tail
FEW, THIN, HEAVY, OPEN, DISCRETE, SELECTED, ONE_SIDED = (2**k for k in range(7))
NORMAL_POINT = stats.norm.ppf(0.5 + CONFIDENCE / 2.0)


class Estimate:
    """A value with its error, interval and flags; without an end where there are too few."""

    def __init__(self, value, error, low, high, flags):
        self.value, self.error, self.flags = value, error, flags
        self.low, self.high = (np.nan, np.nan) if flags & FEW else (low, high)

    def named(self, name, error=None):
        return {name: self.value, error or f"{name}_error": self.error, f"{name}_low": self.low,
                f"{name}_high": self.high, f"{name}_flags": float(self.flags)}


NOTHING = Estimate(np.nan, np.nan, np.nan, np.nan, FEW)


def tail_flags(n, beyond):
    """Whether so many of n numbers in a tail are enough to rest on."""
    if n < 30 or beyond < 10.0 - 1e-9:
        return FEW
    return THIN if beyond < 50.0 - 1e-9 else 0


def is_heavy(distances, median):
    """Hill's index of the largest distances from the median, below 2; rounding has none."""
    n = len(distances)
    k = max(10, int(np.sqrt(n)))
    if n <= k:
        return False
    largest = np.sort(distances)[::-1][:k + 1]
    if not largest[k] > 1e-12 * abs(median):
        return False
    return np.mean(np.log(largest[:k])) - np.log(largest[k]) > 0.5


def rare(away, n):
    """Whether so few of n numbers lie away from the rest, counted as so many of one size."""
    away = np.abs(away[away != 0.0])
    alike = len(away) if 2 * len(away) > n or not len(away) else away.sum()**2 / (away**2).sum()
    return THIN if alike < 50.0 and 4.0 * alike <= n else 0


def mean(count, value, sd, heavy, rare_flags=0):
    """Student's t."""
    error = sd / np.sqrt(count) if count > 1 else np.nan
    reach = stats.t.ppf(0.5 + CONFIDENCE / 2.0, count - 1) * error if count > 1 else np.nan
    return Estimate(value if count else np.nan, error, value - reach, value + reach,
                    (FEW if count < 30 else 0) | (HEAVY if heavy else 0) | rare_flags)


def share(events, count):
    """Wilson's interval."""
    if count == 0:
        return NOTHING
    p, z2 = events / count, NORMAL_POINT**2 / count
    reach = np.sqrt(p * (1.0 - p) * z2 + z2**2 / 4.0)
    low, high = ((p + z2 / 2.0 + side * reach) / (1.0 + z2) for side in (-1.0, 1.0))
    flags = ONE_SIDED if min(events, count - events) < 10 else 0
    return Estimate(p, np.sqrt(p * (1.0 - p) / count), max(low, 0.0), min(high, 1.0), flags)


RANKS = {}  # by count and probability: a dozen of them serve a whole file


def interval_ranks(n, p, confidence=CONFIDENCE):
    """Ranks from 1, linear between whole ones, between which the quantile lies."""
    if (n, p, confidence) not in RANKS:
        k = np.arange(n + 2)
        below = stats.binom.cdf(k - 1, n, p)
        RANKS[n, p, confidence] = [float(np.interp(0.5 + side * confidence / 2.0, below, k))
                                   for side in (-1.0, 1.0)]
    return RANKS[n, p, confidence]


def error_ranks(n, p):
    """Ranks from 0, two sds of the quantile's rank to either side, and how many sds apart."""
    sd = np.sqrt(n * p * (1.0 - p))
    low, high = max(p * (n - 1) - 2.0 * sd, 0.0), min(p * (n - 1) + 2.0 * sd, n - 1.0)
    return low, high, (high - low) / sd


def at_rank(ordered, rank):
    """The number at a rank from 0, linear between neighbours."""
    return np.interp(rank, np.arange(len(ordered)), ordered)


def quantile(ordered, p, confidence=CONFIDENCE):
    n = len(ordered)
    if n == 0:
        return NOTHING
    low, high, sds = error_ranks(n, p)
    error = (at_rank(ordered, high) - at_rank(ordered, low)) / sds if n > 1 else np.nan
    ends = [at_rank(ordered, rank - 1.0) if 1.0 <= rank <= n else np.nan
            for rank in interval_ranks(n, p, confidence)]
    flags = tail_flags(n, n * min(p, 1.0 - p)) | (OPEN if np.isnan(ends).any() else 0)
    return Estimate(at_rank(ordered, p * (n - 1)), error, *ends, flags)


def hall(skew, point):
    """Hall's transformation of a studentised mean, undone."""
    if abs(skew) < 1e-9:
        return point
    return 3.0 / skew * (np.cbrt(1.0 + skew * (point - skew / 6.0)) - 1.0)


def tail_freedom(fourth, second, n):
    """Satterthwaite: twice the square of a variance over its own."""
    if not second > 0.0 or 2.0 * n * second**2 >= (n - 1.0) * (fourth - second**2):
        return max(n - 1.0, 1.0)
    return max(2.0 * n * second**2 / (fourth - second**2), 1.0)


def upper_tail(value, weight, at, n, blur=None):
    """Mean of the highest twentieth of numbers `value`, ascending, each `weight` times; the
    quantile at which the tail starts is `at`. `blur` says how far each may be off."""
    size = n * TAIL
    size = np.rint(size) if abs(size - np.rint(size)) <= 1e-9 * n else size
    passed = np.cumsum(weight[::-1])[::-1] - weight  # of those beyond each
    taken = np.clip(size - passed, 0.0, weight)
    edge = value[np.flatnonzero(taken)[0]]
    away = value - edge
    beyond = (taken * away).sum() / size
    error = np.nan
    if size >= 2.0:
        within = max((taken * away**2).sum() - size * beyond**2, 0.0) / (size - 1.0)
        error = np.sqrt((within + (1.0 - size / n) * beyond**2) / size)
    over = np.maximum(value - at, 0.0)
    centred = over - (weight * over).sum() / n
    second, third = ((weight * centred**k).sum() / n for k in (2, 3))
    skew = third / second**1.5 / np.sqrt(n) if second > 0.0 else 0.0
    freedom = tail_freedom((weight * centred**4).sum() / n, second, n)
    flags = tail_flags(n, size)
    point = NORMAL_POINT if flags else stats.t.ppf(0.5 + CONFIDENCE / 2.0, freedom)
    spread = 0.0 if blur is None else (taken * blur).sum() / size
    ends = [edge + beyond - error * hall(skew, point) - spread,
            edge + beyond - error * hall(skew, -point) + spread]
    if blur is not None:
        flags = flags or rare(np.repeat(np.where(np.abs(value) <= blur, 0.0, value),
                                        weight.astype(int)), n)
    elif not flags & FEW:
        values = value[value > at]
        flags = flags or (THIN if len(values) < 50 and 4 * len(values) <= n else 0)
        if 0 < len(np.unique(values)) < 10:  # the quantile jumps
            reach = stats.t.ppf(0.5 + CONFIDENCE / 2.0, freedom) * error
            ends = [min(ends[0], edge + beyond - reach), max(ends[1], edge + beyond + reach)]
            flags |= DISCRETE
    return Estimate(edge + beyond, error + spread, *ends, flags)


def lower_tail(value, weight, at, n, blur=None):
    """The same at the other end."""
    e = upper_tail(-value[::-1], weight[::-1], -at, n, None if blur is None else blur[::-1])
    return Estimate(-e.value, e.error, -e.high, -e.low, e.flags)


def row_of(values, more_flags=0):
    """Every statistic of a sample by its label; NaN says that a number does not exist."""
    x = np.sort(values[~np.isnan(values)])
    n = len(x)
    if n == 0:
        estimates = dict.fromkeys((*QUANTILES, "tvar05", "tvar95"), NOTHING)
        centre = NOTHING
    else:
        centre = mean(n, x.mean(), x.std(ddof=1) if n > 1 else np.nan,
                      is_heavy(np.abs(x - np.median(x)), np.median(x)), rare(x - x[n // 2], n))
        estimates = {name: quantile(x, p) for name, p in QUANTILES.items()}
        estimates["tvar05"] = lower_tail(x, np.ones(n), estimates["q05"].value, n)
        estimates["tvar95"] = upper_tail(x, np.ones(n), estimates["q95"].value, n)
    estimates["p_positive"] = share((x > 0.0).sum(), n)
    row = {"sd": x.std(ddof=1) if n > 1 else np.nan, "count": float(n)}
    row.update(centre.named("mean", error="se"))
    for name, estimate in estimates.items():
        row.update(estimate.named(name))
    return {name: float(int(number) | more_flags) if name.endswith("_flags") else number
            for name, number in row.items()}


def selected(a, b):
    """The flag where under 95 % of trials exist on both sides."""
    both = ~(np.isnan(a) | np.isnan(b))
    return SELECTED if both.sum() < 0.95 * len(both) else 0
