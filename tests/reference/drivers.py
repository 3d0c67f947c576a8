"""What is common to all forms: prices, labour market, demand, shocks ("Common drivers").

All paths have shape (quarters, trials), demand of sites (quarters, sites, trials).
"""
import csv
import io

import numpy as np

import draws

INDICES = ("contract", "pay", "prices", "locum")
FACTORS = ("demand", "sickness", "recruitment", "locum", "pay", "nongp", "income", "staff",
           "relief")
STEPS = ("nongp_step", "diversion_step")


class Drivers:
    """All common paths of some trials."""

    def __init__(self, scenario, parameters, site_draws, ties):
        self.index = price_paths(scenario, parameters, site_draws)
        self.shortage = market_path(scenario, parameters, site_draws, ties)
        self.months_to_fill = by_market(self.shortage, parameters, "workforce.months_to_fill")
        self.locum_factor = by_market(self.shortage, parameters, "market.locum_factor")
        self.common_demand = demand_path(
            scenario.quarters, parameters["demand.common_phi"], parameters["demand.common_sd"],
            lambda q: site_draws.common(draws.COMMON_DEMAND, q))
        self.site_demand = demand_path(
            scenario.quarters, parameters["demand.site_phi"], parameters["demand.site_sd"],
            lambda q: site_draws.site(draws.SITE_DEMAND, q))
        self.list_growth = list_growth(scenario, parameters)
        self.ending_year = ending_years(scenario, parameters, site_draws)
        self.shock = Shocks(scenario, parameters, site_draws, ties)


def correlation_matrix(scenario):
    """Correlation of the yearly price noise, in the order of INDICES."""
    matrix = np.eye(4)
    for i, first in enumerate(INDICES):
        for j in range(i + 1, 4):
            key = f"prices.correlation.{first}_{INDICES[j]}"
            matrix[i, j] = matrix[j, i] = scenario.central(key) if key in scenario.numbers else 0.0
    return matrix


def price_paths(scenario, parameters, site_draws):
    """The four price indices by quarter, 1 in year 0: {name: (quarters, trials)}."""
    if scenario.price_history:
        yearly = history_years(scenario, len(site_draws.trials))
    else:
        yearly = process_years(scenario, parameters, site_draws)
    return {name: np.repeat(yearly[:, k], 4, axis=0) for k, name in enumerate(INDICES)}


def past_rows(scenario):
    """The years of a past that is replayed; none where everything is drawn."""
    lines = (line for line in io.StringIO(scenario.price_history or "") if not line.startswith("#"))
    return list(csv.DictReader(lines))[:scenario.years]


def past_quarters(scenario, column):
    """What a past says of a column, by quarter; None where it does not."""
    rows = past_rows(scenario)
    if not rows or column not in rows[0]:
        return None
    return np.repeat([float(row[column]) for row in rows], 4)


def history_years(scenario, trials):
    """A historical path, relative to its first row: (years, 4, trials)."""
    rows = past_rows(scenario)
    table = np.array([[float(row[name]) for name in INDICES] for row in rows])
    return np.repeat((table / table[0])[:, :, None], trials, axis=2)


def process_years(scenario, parameters, site_draws):
    """Autoregressive growth with catch-up of the contract: (years, 4, trials)."""
    cholesky = np.linalg.cholesky(correlation_matrix(scenario))
    sd = np.array([parameters[f"prices.{name}.sd"] for name in INDICES])
    phi = np.array([parameters[f"prices.{name}.phi"] for name in INDICES])
    mean = np.array([parameters[f"prices.{name}.mean"] for name in INDICES])
    mean[3] += mean[1]  # the locum mean is a margin over pay
    weight = parameters["prices.catch_up_weight"]
    levels = [np.zeros_like(mean)]
    for year in range(scenario.years):
        uniform = site_draws.at(draws.PRICES, 0, 4 * year, np.arange(4))
        noise = cholesky @ draws.normal(uniform)
        if year == 0:
            deviation = sd * noise
            continue
        deviation = phi * deviation + sd * np.sqrt(1.0 - phi**2) * noise
        before = levels[-1]
        level = before + mean + deviation
        gap = weight * before[1] + (1.0 - weight) * before[2] - before[0]
        level[0] += parameters["prices.catch_up"] * gap
        levels.append(level)
    return np.exp(np.array(levels))


def market_path(scenario, parameters, site_draws, ties):
    """1 in quarters of shortage, 0 in others; a past may lie between."""
    past = past_quarters(scenario, "shortage")
    if past is not None:
        return np.repeat(past[:, None], len(site_draws.trials), axis=1)
    dwell = {state: parameters[f"market.dwell_years.{state}"] for state in ("shortage", "glut")}
    stationary = dwell["shortage"] / (dwell["shortage"] + dwell["glut"])
    state = ties.less(site_draws.common(draws.MARKET, 0), stationary)
    path = [state]
    for quarter in range(1, scenario.quarters):
        rate = 1.0 / np.where(state, dwell["shortage"], dwell["glut"])
        changes = ties.happens(site_draws.common(draws.MARKET, quarter), rate)
        state = state ^ changes
        path.append(state)
    return np.array(path).astype(float)


def by_market(shortage, parameters, key):
    """A number that differs between shortage and glut, by quarter."""
    return shortage * parameters[key + ".shortage"] + (1.0 - shortage) * parameters[key + ".glut"]


def demand_path(quarters, phi, sd, uniform):
    """A mean-one factor, autoregressive in logs."""
    path = []
    for quarter in range(quarters):
        noise = draws.normal(uniform(quarter))
        x = sd * noise if quarter == 0 else phi * x + sd * np.sqrt(1.0 - phi**2) * noise
        path.append(np.exp(x - sd**2 / 2.0))
    return np.array(path)


def list_growth(scenario, parameters):
    """Yearly growth of lists, by quarter: as it was where the past says, else a number."""
    drawn = parameters["demand.list_growth"]
    past = past_quarters(scenario, "list_growth")
    if past is None:
        return np.repeat(drawn[None, :], scenario.quarters, axis=0)
    return np.repeat(past[:, None], len(drawn), axis=1)


def ending_years(scenario, parameters, site_draws):
    """Factor of each financial year on endings without distress, by quarter."""
    sd = parameters["distress.ending_year_sd"]
    yearly = [mean_one(sd, site_draws.common(draws.ENDING_YEAR, 4 * year))
              for year in range(scenario.years)]
    return np.repeat(np.array(yearly), 4, axis=0)


def mean_one(sd, uniform):
    """A lognormal factor of mean 1."""
    return np.exp(sd * draws.normal(uniform) - sd**2 / 2.0)


class Shocks:
    """Joint effect of all shocks by quarter: factors multiply, steps add."""

    def __init__(self, scenario, parameters, site_draws, ties):
        shape = (scenario.quarters, len(site_draws.trials))
        self.effect = {name: np.ones(shape) for name in FACTORS}
        self.effect.update({name: np.zeros(shape) for name in STEPS})
        self.exits = []  # (factor by quarter, age from which it holds)
        for name in scenario.shocks:
            strength = strength_path(name, scenario, parameters, site_draws, ties)
            self._add(f"shocks.{name}.", parameters, strength)

    def _add(self, prefix, parameters, strength):
        for name in FACTORS:
            self.effect[name] *= faded(parameters.get(prefix + name, 1.0), strength)
        for name in STEPS:
            self.effect[name] += parameters.get(prefix + name, 0.0) * strength
        self.exits.append((faded(parameters.get(prefix + "exits", 1.0), strength),
                           parameters.get(prefix + "from_age", 0.0)))

    def __getitem__(self, name):
        return self.effect[name]


def faded(factor, strength):
    """factor^strength, exact at strengths 0 and 1."""
    power = np.exp(strength * np.log(factor))
    return np.where(strength == 0.0, 1.0, np.where(strength == 1.0, factor, power))


def strength_path(name, scenario, parameters, site_draws, ties):
    """Strength of one shock, 1 in full force, 0 when it is over."""
    structure = {field: scenario.choices.get(f"shocks.{name}.{field}")
                 for field in ("at", "duration", "fade", "lasting")}
    rate = parameters.get(f"shocks.{name}.rate", 0.0)
    start = np.full(len(site_draws.trials), -1)
    path = []
    for quarter in range(scenario.quarters):
        if structure["at"] is not None:
            starts = np.full(len(start), quarter == int(np.floor(4 * float(structure["at"]) + 0.5)))
        else:
            uniform = site_draws.at(draws.SHOCK_START, draws.fnv1a(name), quarter)[0]
            starts = ties.happens(uniform, rate)
        start = np.where(starts, quarter, start)
        path.append(np.where(start >= 0, strength_after(quarter - start, structure), 0.0))
    return np.array(path)


def strength_after(elapsed, structure):
    """Strength some quarters after the start."""
    if structure["lasting"]:
        return np.ones(len(elapsed))
    duration, fade = int(structure["duration"] or 0), int(structure["fade"] or 0)
    step = elapsed - duration + 1
    fading = np.where(step <= fade, 1.0 - step / (fade + 1.0), 0.0)
    return np.where(elapsed < duration, 1.0, fading)
