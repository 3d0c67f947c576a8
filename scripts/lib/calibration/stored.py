"""What a run stored of its practices (`store: {sites: quarterly}`), as arrays [trial, site, quarter] of its first form."""

import numpy as np

OPEN, CARETAKER, ENDED = 0, 1, 2


class Stored:
    """Columns are read from the file when they are first asked for. Money is real."""

    def __init__(self, columns, chosen=slice(None)):
        self.columns, self.chosen, self.cache = columns, chosen, {}

    def __getitem__(self, name):
        if name not in self.cache:
            self.cache[name] = self.columns[name][0, self.chosen]
        return self.cache[name]

    def part(self, chosen):
        """Some of the trials."""
        other = Stored(None)
        other.cache = {name: values[chosen] for name, values in self.all().items()}
        return other

    def all(self):
        return {name: self[name] for name in (self.cache if self.columns is None else self.columns)}

    @property
    def shape(self):
        return self["status"].shape

    @property
    def years(self):
        return self.shape[2] // 4

    @property
    def open(self):
        return self["status"] == OPEN

    @property
    def led(self):
        """Open and with partners."""
        return self.open & (self["partner_fte"] > 0)

    @property
    def dispersed(self):
        """Ended, and the list moved away; a practice that was taken over keeps its list."""
        return (self["status"] == ENDED) & (self["list"] == 0)


def yearly(values):
    """Sums over the quarters of each year."""
    return values.reshape(*values.shape[:-1], -1, 4).sum(axis=-1)


def yearly_extent(values):
    """The first and the last quarter of each year."""
    return values[..., 0::4], values[..., 3::4]


def ratio(above, below):
    """NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)
