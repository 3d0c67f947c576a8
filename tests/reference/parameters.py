"""Uncertain values drawn once per trial ("Uncertain values")."""
import numpy as np
from scipy import special

import draws


class Parameters:
    """Every number of the scenario, one value a trial."""

    def __init__(self, scenario, site_draws):
        self.scenario = scenario
        self.drawn = {}  # key -> (trials,)
        tied = tied_uniforms(scenario, site_draws)
        for key, value in scenario.numbers.items():
            entity = draws.fnv1a(address_name(key, value.independent))
            if value.fixed:
                self.drawn[key] = value.at(np.zeros(len(site_draws.trials)))
            else:
                uniform = tied.get(address_name(key, value.independent))
                if uniform is None:
                    uniform = site_draws.at(draws.PARAMETER, entity, draws.ONCE)[0]
                self.drawn[key] = value.at(uniform)

    def __getitem__(self, key):
        return self.drawn[key]

    def get(self, key, neutral):
        """A number that may be absent, such as a field of a shock."""
        return self.drawn.get(key, np.full_like(self.drawn["demand.growth"], neutral))

    def terms(self, form):
        """The row of terms of a form."""
        return Terms(self, form)


def address_name(key, independent):
    """A form's own name is replaced, so that equal terms of two forms draw alike."""
    if independent or not key.startswith("forms."):
        return key
    return "forms.*." + key.split(".", 2)[2]


def tied_uniforms(scenario, site_draws):
    """Uniforms of the draws that go together, by address: a normal copula of the ranks asked for."""
    order = tied_order(scenario)
    matrix = np.eye(len(order))
    for tie in scenario.correlation:
        places = [order.index(address_of(scenario, key)) for key in tie["keys"]]
        for i in places:
            for j in places:
                if i != j:
                    matrix[i, j] = 2 * np.sin(np.pi * tie["rank"] / 6)
    if not order:
        return {}
    scores = np.array([special.ndtri(site_draws.at(draws.PARAMETER, draws.fnv1a(name), draws.ONCE)[0])
                       for name in order])
    return dict(zip(order, special.ndtr(np.linalg.cholesky(matrix) @ scores)))


def tied_order(scenario):
    """Addresses of the draws that go together: in the schema's order of their keys, then by name."""
    fields = [[], [], []]  # of the model, of forms, of shocks: each row has some, in one order
    before = None
    for key in scenario.numbers:
        kind, row, name = field_of(key)
        place = fields[kind].index(before[2]) + 1 if before and before[:2] == (kind, row) else 0
        if name not in fields[kind]:
            fields[kind].insert(place if kind else len(fields[0]), name)
        before = (kind, row, name)

    def place_of(address):
        key = next(k for k, value in scenario.numbers.items() if address_name(k, value.independent) == address)
        kind, _, name = field_of(key)
        return kind, fields[kind].index(name), address
    return sorted({address_of(scenario, key) for tie in scenario.correlation for key in tie["keys"]}, key=place_of)


def field_of(key):
    """Which kind of number a key is, whose, and its name there."""
    group, row, *rest = key.split(".", 2) + [""]
    kind = ("forms", "shocks").index(group) + 1 if group in ("forms", "shocks") else 0
    return (kind, row, rest[0]) if kind else (0, "", key)


def address_of(scenario, key):
    """What a correlation names: a draw by its address, or a key of it."""
    return address_name(key, scenario.numbers[key].independent) if key in scenario.numbers else key


class Terms:
    """One form's row: numbers per trial and choices."""

    def __init__(self, parameters, form):
        self.prefix = f"forms.{form}."
        self.parameters = parameters
        self.choices = parameters.scenario.choices

    def __getitem__(self, term):
        return self.parameters[self.prefix + term]

    def choice(self, term):
        """A word or structural number of the row."""
        return self.choices[self.prefix + term]
