"""Partners' income and what eats it."""

import numpy as np

from calibration.stored import yearly


def income_spread(stored):
    """Log sd between practices of the first year's profit per partner fte, in the mean trial."""
    fte = stored["partner_fte"][:, :, :4].mean(axis=2)
    profit = stored["profit"][:, :, :4].sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where((fte > 0) & (profit > 0), np.log(profit / fte), np.nan)
    return np.nanmean(np.nanstd(logs, axis=1))


def of_partner_led(stored, name):
    """A column's yearly sums over trials and practices that are open and have partners."""
    return yearly(np.where(stored.led, stored[name], 0).sum(axis=(0, 1)))


def real_income_by_year(stored):
    """Profit per partner fte and year, real."""
    return of_partner_led(stored, "profit") / (of_partner_led(stored, "partner_fte") / 4)


def real_fall(stored):
    """Of the second year on the first."""
    first, second = real_income_by_year(stored)[:2]
    return second / first - 1


def cash_fall(inflation):
    """The same in cash, where prices rose by inflation."""
    return lambda stored: (1 + real_fall(stored)) * (1 + inflation) - 1


def expenses_drift(stored):
    """Points a year by which expenses over earnings of the partner-led practices grow: slope over the years."""
    shares = 100 * of_partner_led(stored, "costs") / of_partner_led(stored, "income")
    return np.polyfit(np.arange(len(shares)), shares, 1)[0]
