"""Claims of a site's people in a year ("Capitation risk", Cells to Drawing).

Money is in pounds of the price base. A portfolio says what is expected; Claims draws
what comes: each claim, or the large ones and the small ones as a sum.
"""
import numpy as np
from scipy import special, stats

import draws
from severity import law_of

BANDS = ("0_24", "25_64", "65_plus")
RATIOS = ("rate_ratio", "cost_ratio")
FIRST_SINGLES, MORE_SINGLES, MOST_SINGLES = 4.0, 1.5, 400.0  # claims a cell drawn singly
MOST_SKEWNESS = 0.1  # of the small layer
LEAST_FOR_FAST = 400.0  # claims a site and year, for method auto
ALL = 1.0  # share of the claims where each is drawn
LEAST_OF_LIST = 0.5  # people times factor, over the list at the start, to draw them fast
CELL_STRIDE = 2 * 2**24  # between the claim numbers of two cells


def is_delegated(scenario):
    """Whether there is a budget in any trial."""
    share = scenario.numbers.get("delegated.share")
    return share is not None and not (share.fixed and share.central == 0.0)


def is_graded(scenario):
    """Whether age bands matter."""
    ratios = [scenario.numbers[f"delegated.{kind}.{band}"] for kind in RATIOS for band in BANDS]
    return any(not ratio.fixed or ratio.central != 1.0 for ratio in ratios)


def band_shares(practices):
    """Shares of the bands, (sites, bands); where unknown, the patch's."""
    total = practices.bands.sum(axis=1, keepdims=True)
    known = total > 0.0
    share = np.where(known, practices.bands / np.where(known, total, 1.0), 0.0)
    people = np.where(known, practices.list_start[:, None], 0.0)
    patch = (share * people).sum(axis=0) / people.sum()
    return np.where(known, share, patch)


class Portfolio:
    """Rates, costs and limit of each cell; number(key) gives one value a trial."""

    def __init__(self, scenario, practices, number):
        self.two_part = scenario.choices["delegated.frequency"] == "two_part"
        self.head = number("delegated.share") * number("delegated.cost_per_head")
        self.law = law_of(scenario, number)
        limit = number("delegated.limit")
        self.limit = np.where(limit > 0.0, limit, np.inf)
        if self.law is not None and is_graded(scenario):
            self.share = band_shares(practices)
            ratios = [[number(f"delegated.{kind}.{band}") for band in BANDS] for kind in RATIOS]
        else:
            self.share = np.ones((practices.sites, 1))
            ratios = [[np.ones_like(self.head)]] * 2
        patch = practices.list_start @ self.share / practices.list_start.sum()
        self.grade(number("delegated.rate"), patch, *ratios)

    def grade(self, rate, patch, rate_ratio, cost_ratio):
        """Claims a person and year, and their mean cost, of each cell."""
        mean_ratio = sum(s * r for s, r in zip(patch, rate_ratio))
        self.rate = [rate * ratio / mean_ratio for ratio in rate_ratio]
        cost = sum(s * r * c for s, r, c in zip(patch, self.rate, cost_ratio))
        with np.errstate(invalid="ignore"):
            self.size = [ratio * self.head / cost for ratio in cost_ratio]
        self.cells = range(len(self.rate))

    def unit_limit(self, cell):
        """The limit in mean claims of the cell."""
        size = self.size[cell]
        return np.where(size > 0.0, self.limit / np.where(size > 0.0, size, 1.0), np.inf)

    def expected_ceded(self):
        """A head and year, (sites, trials)."""
        if self.law is None:
            return np.zeros((len(self.share), len(self.head)))
        each = [self.rate[c] * self.size[c] * self.law.excess(self.unit_limit(c))
                for c in self.cells]
        return self.share @ np.array(each)

    def expected_kept(self):
        """A head and year, (sites, trials)."""
        if self.law is None:
            return np.repeat(self.head[None, :], len(self.share), axis=0)
        whole = [self.rate[c] * self.size[c] * self.law.mean for c in self.cells]
        return self.share @ np.array(whole) - self.expected_ceded()

    def threshold(self, cell, singles):
        """Beyond what, in mean claims, claims are drawn singly."""
        return np.minimum(self.unit_limit(cell), self.law.upper(np.full_like(self.head, singles)))

    def small_layer(self, cell, threshold, people, factor):
        """Cumulants 1 to 4 of the yearly sum of claims up to the threshold."""
        rate, size = self.rate[cell], self.size[cell]
        moment = [factor * rate * size**r * self.law.moment_below(r, threshold)
                  for r in (1, 2, 3, 4)]
        return [people * m for m in moment]

    def small_persons(self, cell, threshold, people, factor):
        """The same where a person claims at most once, and none of these a large sum."""
        rest = 1.0 - factor * self.rate[cell] * self.law.above(threshold)
        rest = np.where(rest > 0.0, rest, 1.0)
        moment = [m / rest for m in self.small_layer(cell, threshold, 1.0, factor)]
        return [people * m for m in cumulants(moment)]


def cumulants(moment):
    """First four cumulants from raw moments."""
    m1, m2, m3, m4 = moment
    return [m1, m2 - m1**2, m3 - 3.0 * m1 * m2 + 2.0 * m1**3,
            m4 - 4.0 * m1 * m3 - 3.0 * m2**2 + 12.0 * m1**2 * m2 - 6.0 * m1**4]


def shape(cumulant):
    """Skewness and excess kurtosis; 0 where there is nothing."""
    some = cumulant[1] > 0.0
    variance = np.where(some, cumulant[1], 1.0)
    return (np.where(some, cumulant[2] / variance**1.5, 0.0),
            np.where(some, cumulant[3] / variance**2, 0.0))


def share_drawn_singly(central, cell, people):
    """Least share of a cell's claims whose rest is nearly normal; None if there is none."""
    claims = float(people * central.rate[cell][0])
    singles = FIRST_SINGLES
    while singles < MOST_SINGLES and singles <= claims / 2.0:
        threshold = central.threshold(cell, singles / claims)
        layer = central.small_layer(cell, threshold, people, 1.0)
        if layer[1][0] > 0.0 and shape(layer)[0][0] <= MOST_SKEWNESS:
            return singles / claims
        singles *= MORE_SINGLES
    return None


def choose_methods(scenario, practices):
    """For each site the share of each cell's claims that is drawn singly: some, or all."""
    central = Portfolio(scenario, practices, lambda key: np.array([scenario.central(key)]))
    method = scenario.choices["delegated.method"]
    people = practices.list_start[:, None] * central.share
    chosen = []
    for site in range(practices.sites):
        expected = sum(people[site, c] * central.rate[c][0] for c in central.cells)
        if central.law is None or method == "each" or (
                method == "auto" and expected < LEAST_FOR_FAST):
            chosen.append([ALL] * len(central.cells))
            continue
        shares = [share_drawn_singly(central, c, people[site, c]) for c in central.cells]
        chosen.append([ALL] * len(shares) if None in shares else shares)
    return chosen


def common_factor(world, quarter):
    """What multiplies all claims of a year, mean 1."""
    variance = world.parameters["delegated.theta_variance"]
    uniform = world.draws.common(draws.THETA, quarter)
    some = np.where(variance > 0.0, variance, 1.0)
    if world.scenario.choices["delegated.theta"] == "gamma":
        factor = some * special.gammaincinv(1.0 / some, uniform)
    else:
        spread = np.log1p(some)
        factor = np.exp(np.sqrt(spread) * draws.normal(uniform) - spread / 2.0)
    return np.where(variance > 0.0, factor, 1.0)


def site_factors(world):
    """Persistent factor of each site by year, mean 1: [(sites, trials)]."""
    sd, phi = (world.parameters[f"delegated.persistence_{name}"] for name in ("sd", "phi"))
    path = []
    for quarter in range(3, world.scenario.quarters, 4):
        noise = draws.normal(world.draws.site(draws.THETA, quarter))
        x = phi * x + sd * np.sqrt(1.0 - phi**2) * noise if path else sd * noise
        path.append(np.exp(x - sd**2 / 2.0))
    return path


def smallest_count(ties, uniform, guess, cdf):
    """The smallest k with P(N <= k) > u."""
    k = np.maximum(0.0, np.nan_to_num(guess))
    below = lambda k: np.where(k < 0.0, 0.0, cdf(np.maximum(k, 0.0)))
    while (low := below(k) <= uniform).any():
        k = k + low
    while (high := below(k - 1.0) > uniform).any():
        k = k - high
    ties.less(uniform, below(k))
    ties.less(below(k - 1.0), uniform)
    return k


class Claims:
    """Draws what the people of a site claim in a year."""

    def __init__(self, world):
        self.world = world
        self.portfolio = Portfolio(world.scenario, world.practices, world.parameters.__getitem__)
        self.singles = choose_methods(world.scenario, world.practices)
        self.site_factor = site_factors(world)
        self.drawn = {}

    def draws_each(self):
        """1 for sites whose claims are all drawn singly, else 0."""
        return np.array([float(shares[0] == ALL) for shares in self.singles])

    def year(self, quarter, people):
        """Kept and ceded claims of all sites, (sites, trials) each."""
        sites = [self.site_year(quarter, site, people[site]) for site in range(len(people))]
        return np.array([s[0] for s in sites]), np.array([s[1] for s in sites])

    def site_year(self, quarter, site, people):
        """Kept and ceded claims of a site; drawn once for all forms with such a list."""
        address = (quarter, site, people.tobytes())
        if address not in self.drawn:
            self.drawn = {a: sums for a, sums in self.drawn.items() if a[0] == quarter}
            factor = common_factor(self.world, quarter) * self.site_factor[quarter // 4][site]
            self.drawn[address] = self.draw_site(quarter, site, people, factor)
        return self.drawn[address]

    def draw_site(self, quarter, site, people, factor):
        if self.portfolio.law is None:
            return self.normal_year(quarter, site, people, factor), np.zeros_like(people)
        start = self.world.practices.list_start[site]
        fallen = self.world.ties.less(people * factor, LEAST_OF_LIST * start)
        each = fallen | (self.singles[site][0] == ALL)
        cells = [self.draw_cell(quarter, site, cell, people, factor, each)
                 for cell in self.portfolio.cells]
        return sum(kept for kept, _ in cells), sum(ceded for _, ceded in cells)

    def uniform(self, purpose, quarter, site, index):
        entity = self.world.draws.site_entity[site]
        return self.world.draws.at(purpose, entity, quarter, index)

    def normal_year(self, quarter, site, people, factor):
        """A site's whole cost at once, without claims."""
        noise = draws.normal(self.uniform(draws.CLAIM_COUNT, quarter, site, 1)[0])
        spread = self.world.parameters["delegated.k"] * np.sqrt(people)
        return self.portfolio.head * (people * factor + spread * noise)

    def draw_cell(self, quarter, site, cell, people, factor, each):
        """Kept and ceded claims of one age band of a site; `each`: all drawn singly."""
        portfolio = self.portfolio
        people = people * portfolio.share[site, cell]
        if portfolio.two_part:
            people = self.world.ties.round(people)
            factor = np.minimum(factor, 1.0 / portfolio.rate[cell])
        threshold = portfolio.threshold(cell, self.singles[site][cell])
        above = np.where(each, 1.0, portfolio.law.above(threshold))
        count = self.count(quarter, site, cell, people, portfolio.rate[cell] * above * factor)
        kept, ceded = self.large_claims(quarter, site, cell, count, above)
        if each.all():
            return kept, ceded
        if portfolio.two_part:
            layer = portfolio.small_persons(cell, threshold, people - count, factor)
        else:
            layer = portfolio.small_layer(cell, threshold, people, factor)
        small = self.small_claims(quarter, site, cell, layer)
        return kept + np.where(each, 0.0, small), ceded

    def count(self, quarter, site, cell, people, rate):
        """Number of claims."""
        uniform = self.uniform(draws.CLAIM_COUNT, quarter, site, 2 * cell)[0]
        if self.portfolio.two_part:
            chance = np.minimum(1.0, rate)
            guess = stats.binom.ppf(uniform, people, chance)
            cdf = lambda k: np.where(k >= people, 1.0,
                                     special.bdtr(np.minimum(k, people), people, chance))
        else:
            mean = people * rate
            guess = stats.poisson.ppf(uniform, mean)
            cdf = lambda k: special.pdtr(k, mean)
        return smallest_count(self.world.ties, uniform, guess, cdf)

    def large_claims(self, quarter, site, cell, count, chance):
        """Kept and ceded sums of claims drawn singly, among the dearest `chance`."""
        number = np.arange(int(count.max()))
        uniform = self.uniform(draws.CLAIM_SIZE, quarter, site, CELL_STRIDE * cell + number)
        cost = self.portfolio.size[cell] * self.portfolio.law.upper(chance * (1.0 - uniform))
        cost = np.where(number[:, None] < count, cost, 0.0)
        kept = np.minimum(cost, self.portfolio.limit)
        return kept.sum(axis=0), (cost - kept).sum(axis=0)

    def small_claims(self, quarter, site, cell, layer):
        """Sum of the claims that are not drawn singly, from its first four cumulants."""
        z = draws.normal(self.uniform(draws.CLAIM_COUNT, quarter, site, 2 * cell + 1)[0])
        skewness, kurtosis = shape(layer)
        w = (z + skewness * (z**2 - 1.0) / 6.0 + kurtosis * (z**3 - 3.0 * z) / 24.0
             - skewness**2 * (2.0 * z**3 - 5.0 * z) / 36.0)
        return np.maximum(0.0, layer[0] + np.sqrt(layer[1]) * w)
