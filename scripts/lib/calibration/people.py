"""GPs: who leaves, who is missing, how hard they work."""

import numpy as np

from calibration.stored import ENDED, ratio, yearly, yearly_extent


def turnover_rates(stored):
    """Leavers over mean GPs of each practice and year; NaN where it was not open all the year or had nobody."""
    first, last = yearly_extent(stored["heads"])
    mean = (first + stored["leavers"][..., 0::4] + last) / 2
    whole = stored.open.reshape(*stored.shape[:-1], -1, 4).all(axis=-1)
    return np.where(whole, ratio(yearly(stored["leavers"]), mean), np.nan)


def share_of_practice_years(low, high):
    def measure(stored):
        rates = turnover_rates(stored)
        rates = rates[~np.isnan(rates)]
        return ((rates >= low) & (rates < high)).mean()
    return measure


def mean_turnover(stored):
    """Over practices and years, each counting once, as the published mean does."""
    return np.nanmean(turnover_rates(stored))


def high_turnover_three_years(stored):
    """Practices above 10 % in each of three years running, of those with three whole years, averaged over windows."""
    rates = turnover_rates(stored)
    windows = np.stack([rates[..., first:first + 3] for first in range(stored.years - 2)], axis=2)
    whole = ~np.isnan(windows).any(axis=-1)
    return (windows > 0.10).all(axis=-1)[whole].mean()


def growth(values):
    """Yearly growth of the patch's total from the first quarter to the last."""
    total = values.sum(axis=(0, 1))
    return (total[-1] / total[0]) ** (4 / (len(total) - 1)) - 1


def partner_growth(stored):
    return growth(stored["partner_fte"])


def salaried_growth(stored):
    return growth(stored["fte"] - stored["partner_fte"])


def vacant(stored):
    return stored["wanted"] - stored["heads"]


def vacancy_rate(shortage):
    def measure(stored):
        when = stored["shortage"] == shortage
        return float(ratio(vacant(stored)[when].sum(), stored["wanted"][when].sum()))
    return measure


def practices_with_vacancy(stored):
    """Of those open in a shortage."""
    when = stored.open & (stored["shortage"] == 1)
    return float(ratio((vacant(stored)[when] > 0).sum(), when.sum()))


def workload_extreme(pick):
    """Of the yearly means, weighted by list."""
    def measure(stored):
        weights = np.where((stored["status"] == ENDED) & (stored["list"] == 0), 0.0, stored["list"])
        by_quarter = (weights * stored["workload"]).sum(axis=(0, 1)) / weights.sum(axis=(0, 1))
        return pick(by_quarter.reshape(-1, 4).mean(axis=1))
    return measure
