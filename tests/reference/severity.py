"""Laws of what one claim costs ("Capitation risk: the delegated budget", Severity).

Costs are in units of the mean claim of the lognormal or of the table, so that one law
serves all cells. Parameters are arrays over trials; a law answers with the chance of
more than x, the x with a given chance of more, raw moments of what is at most x, and
the expected excess over x.
"""
import csv
import io

import numpy as np
from scipy import special


class LognormalLaw:
    """Lognormal of mean 1."""

    mean = 1.0

    def __init__(self, cv):
        self.sigma = np.sqrt(np.log1p(cv**2))
        self.mu = -self.sigma**2 / 2.0

    def score(self, x):
        with np.errstate(divide="ignore"):
            return (np.log(x) - self.mu) / self.sigma

    def above(self, x):
        return special.ndtr(-self.score(x))

    def upper(self, chance):
        return np.exp(self.mu - self.sigma * special.ndtri(chance))

    def moment_below(self, order, x):
        whole = np.exp(order * self.mu + (order * self.sigma) ** 2 / 2.0)
        return whole * special.ndtr(self.score(x) - order * self.sigma)

    def excess(self, x):
        finite = np.where(np.isinf(x), 1.0, x)
        score = self.score(finite)
        over = special.ndtr(self.sigma - score) - finite * special.ndtr(-score)
        return np.where(np.isinf(x), 0.0, over)


class SplicedLaw:
    """A lognormal of mean 1 with a Pareto tail above a point."""

    def __init__(self, cv, splice, tail):
        self.body = LognormalLaw(cv)
        self.splice, self.tail = splice, tail
        self.beyond = self.body.above(splice)  # chance of a claim in the tail
        self.mean = self.excess(np.zeros_like(splice))

    def above(self, x):
        far = np.maximum(x, self.splice)
        return np.where(x <= self.splice, self.body.above(x),
                        self.beyond * (far / self.splice) ** -self.tail)

    def upper(self, chance):
        inside = np.minimum(chance, self.beyond)
        return np.where(chance >= self.beyond, self.body.upper(chance),
                        self.splice * (inside / self.beyond) ** (-1.0 / self.tail))

    def moment_below(self, order, x):
        # Of the tail: beyond tail splice^tail times the integral of y^(order - tail - 1),
        # written so that order = tail is no special case.
        reach = np.log(np.maximum(x, self.splice) / self.splice)
        of_tail = (self.beyond * self.tail * self.splice**order * reach
                   * special.exprel((order - self.tail) * reach))
        return self.body.moment_below(order, np.minimum(x, self.splice)) + of_tail

    def excess(self, x):
        near, far = np.minimum(x, self.splice), np.maximum(x, self.splice)
        of_tail = (self.beyond * self.splice / (self.tail - 1.0)
                   * (far / self.splice) ** (1.0 - self.tail))
        return self.body.excess(near) - self.body.excess(self.splice) + of_tail


class ObservedLaw:
    """Costs as they were observed, each as likely as the next, scaled to mean 1."""

    mean = 1.0

    def __init__(self, costs):
        costs = np.sort(costs)
        self.values = costs / costs.mean()
        self.share_above = 1.0 - np.arange(1, len(costs) + 1) / len(costs)  # of each value

    def number_below(self, x):
        """Observations of at most x."""
        return np.searchsorted(self.values, x, side="right")

    def above(self, x):
        return 1.0 - self.number_below(x) / len(self.values)

    def upper(self, chance):
        return self.values[np.searchsorted(-self.share_above, -chance, side="left")]

    def moment_below(self, order, x):
        sums = np.concatenate([[0.0], np.cumsum(self.values**order)])
        return sums[self.number_below(x)] / len(self.values)

    def excess(self, x):
        over = np.maximum(0.0, self.values[:, None] - np.atleast_1d(x))
        return over.mean(axis=0)


class QuantileLaw:
    """Costs at given probabilities, straight lines between, scaled to mean 1."""

    mean = 1.0

    def __init__(self, probability, cost):
        order = np.argsort(probability, kind="stable")
        self.probability, cost = probability[order], cost[order]
        self.weight = np.diff(self.probability)[:, None]
        self.cost = cost / (np.diff(self.probability) * (cost[1:] + cost[:-1]) / 2.0).sum()
        self.low, self.high = self.cost[:-1, None], self.cost[1:, None]
        self.rises = self.high > self.low
        self.width = np.where(self.rises, self.high - self.low, 1.0)

    def over_pieces(self, rising, flat):
        """Sum over straight lines: an integral over the cost, or what a level one gives."""
        return (self.weight * np.where(self.rises, rising / self.width, flat)).sum(axis=0)

    def above(self, x):
        over = self.high - np.clip(x, self.low, self.high)
        return self.over_pieces(over, self.low > x)

    def upper(self, chance):
        return np.interp(1.0 - chance, self.probability, self.cost)

    def moment_below(self, order, x):
        top = np.clip(x, self.low, self.high)
        power = order + 1
        return self.over_pieces((top**power - self.low**power) / power,
                                np.where(self.low <= x, self.low**order, 0.0))

    def excess(self, x):
        from_high = np.maximum(0.0, self.high - x)
        from_low = np.maximum(0.0, self.low - x)
        return self.over_pieces((from_high**2 - from_low**2) / 2.0, from_low)


def table_law(text):
    """The law of a CSV of costs, or of probabilities and costs."""
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    if "probability" in columns:
        return QuantileLaw(columns["probability"], columns["cost"])
    return ObservedLaw(columns["cost"])


def law_of(scenario, number):
    """The scenario's law with numbers from number(key); None without claims."""
    kind = scenario.choices["delegated.severity"]
    if kind == "lognormal":
        return LognormalLaw(number("delegated.severity_cv"))
    if kind == "lognormal_pareto":
        return SplicedLaw(number("delegated.severity_cv"), number("delegated.splice"),
                          number("delegated.tail"))
    return table_law(scenario.choices["delegated.table"]) if kind == "table" else None
