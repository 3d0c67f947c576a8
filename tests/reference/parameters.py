"""Uncertain values drawn once per trial ("Uncertain values")."""
import numpy as np

import draws


class Parameters:
    """Every number of the scenario, one value a trial."""

    def __init__(self, scenario, site_draws):
        self.scenario = scenario
        self.drawn = {}  # key -> (trials,)
        for key, value in scenario.numbers.items():
            entity = draws.fnv1a(address_name(key, value.independent))
            if value.fixed:
                self.drawn[key] = value.at(np.zeros(len(site_draws.trials)))
            else:
                self.drawn[key] = value.at(site_draws.at(draws.PARAMETER, entity, draws.ONCE)[0])

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
