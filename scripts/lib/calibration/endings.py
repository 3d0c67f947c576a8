"""Which practices end, and how: rates by list, the slope, routes, and what endings do to those nearby.

An ending is a practice's code that goes: it was taken over, or its list was dispersed. A practice in caretaker hands
keeps its code. Rates are per practice-year at risk, from quarter 4 on - before it no notice has run out -, of the
practices that were open when the year began, by their list then.
"""

import math

import numpy as np

from calibration.stored import CARETAKER, ENDED, ratio

BANDS = (0, 2000, 3000, 4000, 5000, 7500, 10000, 15000, 20000, math.inf)
TYPICAL_LIST = 7000
LEVEL, SLOPE = 0.012, -1.47  # endings a year at the typical list in 2022-26, and how they go with size


def years_at_risk(stored):
    """Of each year from the second [trial, site, year]: list when it began, whether open then, whether ended in it."""
    began, over = slice(3, -1, 4), slice(7, None, 4)
    at_risk = stored.open[..., began]
    return stored["list"][..., began], at_risk, at_risk & (stored["status"][..., over] == ENDED)


def ending_rate(low=0, high=math.inf):
    def measure(stored):
        lists, at_risk, ended = years_at_risk(stored)
        band = (lists >= low) & (lists < high)
        return float(ratio((ended & band).sum(), (at_risk & band).sum()))
    return measure


def expected_rate(lists):
    """What the practices of a patch would end at if they were the nation's."""
    return LEVEL * np.mean((lists / TYPICAL_LIST) ** SLOPE)


def logit_slope(stored):
    """Of ending in a year on the log of the list, by Newton's steps."""
    lists, at_risk, ended = years_at_risk(stored)
    x = np.column_stack([np.ones(at_risk.sum()), np.log(lists[at_risk] / TYPICAL_LIST)])
    y, beta = ended[at_risk].astype(float), np.array([-4.0, SLOPE])
    if not y.any():
        return math.nan
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ beta))
        beta = beta + np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (y - p))
    return beta[1]


def excess_variance(stored):
    """Variance of a trial's yearly endings beyond chance, over the square of their mean: the square of a log sd."""
    counts = years_at_risk(stored)[2].sum(axis=1)
    means = counts.mean(axis=1)
    excess = counts.var(axis=1, ddof=1) - means
    return float(ratio(excess.mean(), (means ** 2).mean()))


def left_open(stored):
    """Practices [trial, site] that did not stay open, and the quarter in which each was no more (-1: none)."""
    left = (stored["status"][..., 1:] != 0) & stored.open[..., :-1]
    return left.any(axis=2), np.where(left.any(axis=2), left.argmax(axis=2) + 1, -1)


def state_after(stored, values):
    """Values of each practice in the quarter in which it was first not open; of its first quarter where it stayed so."""
    quarter = np.maximum(left_open(stored)[1], 0)
    return np.take_along_axis(values, quarter[..., None], axis=2)[..., 0]


def without_successor(stored):
    """Practices [trial, site] that nobody took over: caretaker or dispersal."""
    return left_open(stored)[0] & (state_after(stored, (stored["status"] == CARETAKER) | stored.dispersed))


def no_successor_share(stored):
    return float(ratio(without_successor(stored).sum(), left_open(stored)[0].sum()))


def dispersed_share(stored):
    """Of those without a successor."""
    nobody = without_successor(stored)
    return float(ratio((nobody & state_after(stored, stored.dispersed)).sum(), nobody.sum()))


def cascade_slope(networks):
    """Rise of patients per GP of survivors, per 10 % of their network's people dispersed from other practices."""
    members = np.array([[a == b and a != "U" for b in networks] for a in networks])

    def measure(stored):
        start = stored["list"][:, :, 0]
        moved = np.where(stored.dispersed[:, :, -1], start, 0.0)
        exposure = moved @ members.T / np.maximum(1, start @ members.T)
        before, after = (stored["fte"][:, :, some].mean(axis=2) for some in (slice(0, 4), slice(-4, None)))
        stayed = stored.open[:, :, -1] & (before > 0.2) & (after > 0.2)
        rise = np.log(stored["list"][:, :, -1][stayed] / after[stayed]) - np.log(start[stayed] / before[stayed])
        x = exposure[stayed] - exposure[stayed].mean()
        return math.expm1(0.1 * (x * rise).sum() / (x * x).sum()) if x.any() else math.nan
    return measure
