"""Distributions of uncertain values ("Uncertain values").

A value is x = F^-1(F(low) + u (F(high) - F(low))) within its key's range, times
the uplift from its price year. Its central value is the value at u = 0.5.
"""
from dataclasses import dataclass, field

import numpy as np
from scipy import special


class Uniform:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def cdf(self, x):
        return np.clip((x - self.low) / (self.high - self.low), 0.0, 1.0)

    def quantile(self, u):
        return self.low + u * (self.high - self.low)


class Triangular:
    def __init__(self, low, mode, high):
        self.low, self.mode, self.high = low, mode, high

    def cdf(self, x):
        x = np.clip(x, self.low, self.high)
        width = self.high - self.low
        if x < self.mode:
            return (x - self.low) ** 2 / (width * (self.mode - self.low))
        if self.mode == self.high:
            return 1.0
        return 1.0 - (self.high - x) ** 2 / (width * (self.high - self.mode))

    def quantile(self, u):
        width = self.high - self.low
        rising = self.low + np.sqrt(u * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - u) * width * (self.high - self.mode))
        return np.where(u < (self.mode - self.low) / width, rising, falling)


class Normal:
    low, high = -np.inf, np.inf

    def __init__(self, mean, sd):
        self.mean, self.sd = mean, sd

    def cdf(self, x):
        return special.ndtr((x - self.mean) / self.sd)

    def quantile(self, u):
        return self.mean + self.sd * special.ndtri(u)


class Lognormal:
    low, high = 0.0, np.inf

    def __init__(self, median=None, sigma=None, mean=None, sd=None):
        if median is None:
            sigma = np.sqrt(np.log1p((sd / mean) ** 2))
            median = mean * np.exp(-(sigma**2) / 2.0)
        self.mu, self.sigma = np.log(median), sigma

    def cdf(self, x):
        if x <= 0.0:
            return 0.0
        return special.ndtr((np.log(x) - self.mu) / self.sigma)

    def quantile(self, u):
        return np.exp(self.mu + self.sigma * special.ndtri(u))


class Beta:
    """Beta on [low, high]."""

    def __init__(self, mean=None, sd=None, alpha=None, beta=None, low=0.0, high=1.0):
        if alpha is None:
            concentration = mean * (1.0 - mean) / sd**2 - 1.0
            alpha, beta = mean * concentration, (1.0 - mean) * concentration
        self.alpha, self.beta, self.low, self.high = alpha, beta, low, high

    def cdf(self, x):
        share = np.clip((x - self.low) / (self.high - self.low), 0.0, 1.0)
        return special.betainc(self.alpha, self.beta, share)

    def quantile(self, u):
        share = special.betaincinv(self.alpha, self.beta, u)
        return self.low + (self.high - self.low) * share


def pert(low, mode, high):
    """Beta on [low, high] with the usual weight of four on the mode."""
    width = high - low
    return Beta(alpha=1.0 + 4.0 * (mode - low) / width,
                beta=1.0 + 4.0 * (high - mode) / width, low=low, high=high)


class Gamma:
    low, high = 0.0, np.inf

    def __init__(self, mean=None, sd=None, shape=None, scale=None):
        if shape is None:
            shape, scale = (mean / sd) ** 2, sd**2 / mean
        self.shape, self.scale = shape, scale

    def cdf(self, x):
        return special.gammainc(self.shape, max(x, 0.0) / self.scale)

    def quantile(self, u):
        return self.scale * special.gammaincinv(self.shape, u)


class Discrete:
    """Listed values; never truncated, since values outside the range are refused."""

    def __init__(self, values, weights):
        order = np.argsort(values, kind="stable")
        self.values = np.asarray(values, float)[order]
        self.share = np.cumsum(np.asarray(weights, float)[order])
        self.share /= self.share[-1]
        self.low, self.high = self.values[0], self.values[-1]

    def cdf(self, x):
        return 0.0 if x < self.high else 1.0

    def quantile(self, u):
        return self.values[np.searchsorted(self.share[:-1], u, side="right")]


class Fixed:
    def __init__(self, value):
        self.low = self.high = value

    def cdf(self, x):
        return 0.0 if x < self.low else 1.0

    def quantile(self, u):
        return np.full(np.shape(u), self.low)


FAMILIES = {"uniform": Uniform, "triangular": Triangular, "pert": pert, "normal": Normal,
            "lognormal": Lognormal, "beta": Beta, "gamma": Gamma, "discrete": Discrete,
            "fixed": Fixed}


@dataclass
class Value:
    """One number of a scenario: its distribution, its key's range, its uplift."""

    family: object
    low: float = -np.inf
    high: float = np.inf
    uplift: float = 1.0
    independent: bool = False
    fixed: bool = field(init=False)

    def __post_init__(self):
        self.fixed = isinstance(self.family, Fixed)

    def at(self, u):
        """The value at uniforms u, within the range and uplifted."""
        if not isinstance(self.family, (Fixed, Discrete)):
            bottom, top = self.family.cdf(self.low), self.family.cdf(self.high)
            u = bottom + u * (top - bottom)
        return self.family.quantile(u) * self.uplift

    @property
    def central(self):
        """The value at u = 0.5."""
        return float(self.at(np.array([0.5]))[0])

    @property
    def largest(self):
        """The largest value the distribution can take within the range."""
        return min(self.family.high, self.high)
