"""What a sweep's file says of its points: where they are, and which form is best at each."""

import math
from dataclasses import dataclass

import numpy

# as the engine's table of objectives has them; sign: which way is better
OBJECTIVES = [("economic_net_position_less_unmet", "everyone together"), ("net_monetary_benefit", "the public purse"),
              ("todays_gps", "today’s GPs"), ("unmet_appointments", "patients")]
TOLD_APART = 1.96


@dataclass(frozen=True)
class Axis:
    """What is varied: its name, its key and its value at each point, in words and, where they are ones, as numbers."""

    name: str
    key: str
    values: list
    numbers: numpy.ndarray  # or None


@dataclass(frozen=True)
class Best:
    """The best form of a point by one objective, and how far it leads; form is None where the point was not run."""

    form: object
    lead: float  # over the next best, in the measure's own direction
    error: float  # its standard error; NaN where it cannot be told
    against: float  # over the reference
    against_error: float

    @property
    def unresolved(self):
        """Whether these futures cannot tell it from the next best."""
        return not abs(self.lead) >= TOLD_APART * self.error if not math.isnan(self.error) else False


def words_at(data_set):
    """A column of words, or of numbers as they would be typed."""
    values = data_set[()]
    if values.dtype.kind == "f":
        return [f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.6g}" for value in values], values
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values], None


def _number(words):
    try:
        return float(words)
    except ValueError:
        return math.nan


class Points:
    """The points of a swept result."""

    def __init__(self, result):
        self.result = result
        group = result.file["points"]
        self.status = group["status"][()]
        self.count = len(self.status)
        self.design = str(group.attrs["design"])
        self.reasons = words_at(group["reason"])[0]
        self.axes = []
        for name in str(group.attrs["axes"]).split(", "):
            values, numbers = words_at(group[name])
            self.axes.append(Axis(name, str(group[name].attrs.get("key", "")), values, numbers))

    def done(self):
        """Points that were run."""
        return [p for p in range(self.count) if self.status[p] == 0]

    def label(self, point):
        """Where a point is: levy 2.5, salary 90,000."""
        return ", ".join(f"{axis.name} {axis.values[point]}" for axis in self.axes)

    def at(self, words):
        """The one point at which an axis has a value, NAME=VALUE."""
        name, _, value = words.partition("=")
        axis = next((axis for axis in self.axes if axis.name == name), None)
        if axis is None:
            raise ValueError(f"--at {words}: the sweep has no axis {name}: it has {', '.join(a.name for a in self.axes)}")
        found = [p for p in range(self.count) if axis.numbers is not None and numpy.isclose(axis.numbers[p], _number(value), rtol=1e-9)
                 or axis.values[p] == value]
        if len(found) != 1:
            raise ValueError(f"--at {words}: {len(found) or 'no'} point{'s' if len(found) != 1 else ''} of the sweep: --point K takes one")
        return found[0]

    def nearest(self):
        """The point nearest the scenario without its sweep: numbers against their central value, each axis by its spread."""
        done = self.done()
        if not done:
            return 0
        group = self.result.file["inputs/assumptions"]
        central = dict(zip(words_at(group["key"])[0], group["central"][()] / group["uplift"][()]))
        distance = numpy.zeros(self.count)
        for axis in self.axes:
            base = central.get(axis.key, math.nan)
            if axis.numbers is not None and not math.isnan(base):
                distance += numpy.abs(axis.numbers - base) / (numpy.ptp(axis.numbers) or 1.0)
        return min(done, key=lambda p: (distance[p], p))

    def best(self, name, point):
        """The best form of a point by a measure."""
        result, mean = self.result, self.result.statistic["mean"]
        sign = result.metric(name).better or 1
        means = sign * result.file[f"summary/{name}"][point, :, mean]
        if self.status[point] != 0 or numpy.isnan(means).all():
            return Best(None, math.nan, math.nan, math.nan, math.nan)
        order = sorted((f for f in range(len(means)) if not math.isnan(means[f])), key=lambda f: (-means[f], f))
        first, second = order[0], order[1] if len(order) > 1 else order[0]
        compared = result.file[f"comparison/{name}"][point, first]
        return Best(result.forms[first], float(means[first] - means[second]), self._error(name, point, first, second),
                    float(compared[mean]), float(compared[result.statistic["se"]]))

    def _error(self, name, point, first, second):
        """Of the paired difference of two forms: from the trials, or where one is the reference from what is kept of it."""
        result, reference = self.result, self.result.reference.index
        if first == second:
            return math.nan
        if result.has(f"trials/{name}"):
            change = result.file[f"trials/{name}"][point, first] - result.file[f"trials/{name}"][point, second]
            change = change[~numpy.isnan(change)]
            return float(change.std(ddof=1) / math.sqrt(change.size)) if change.size > 1 else math.nan
        if reference in (first, second):
            other = second if first == reference else first
            return float(result.file[f"comparison/{name}"][point, other, result.statistic["se"]])
        return math.nan

    def grid(self):
        """Two axes crossed: their values in order, and the point at each pair; None where they are not."""
        if len(self.axes) != 2:
            return None
        rows, columns = ([v for i, v in enumerate(a.values) if v not in a.values[:i]] for a in self.axes)
        place = {(self.axes[0].values[p], self.axes[1].values[p]): p for p in range(self.count)}
        if len(place) != self.count or len(place) != len(rows) * len(columns):
            return None
        return rows, columns, place
