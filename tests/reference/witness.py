"""What a result file says over trials, from the trials of this program: /summary, /comparison,
/comparison_of, /decision, /bearers, /paths and /sites."""
import numpy as np

from decided import OBJECTIVES, Choice, row_of_forms
from estimates import row_of, selected
from histograms import row_of_stream
from results import COUNTS, SERIES, SITE_METRICS
from settlement import BEARERS

NUDGE = 1e-11  # relative: what this program may round otherwise, and so put into another bin
WORST = 0.05
NOISE = "imbalance"  # rounding and nothing else, in either program its own


class Trials:
    """All trials of the run, form by form, as blocks of them come in."""

    def __init__(self, forms):
        self.metrics = {form: [] for form in forms}
        self.series = {form: [] for form in forms}
        self.sites = {form: [] for form in forms}
        self.code = None

    def add(self, metrics, world):
        self.code = world.practices.code
        for form in self.metrics:
            self.metrics[form].append(metrics[form])
            self.series[form].append({name: np.array(rows)
                                      for name, rows in world.series[form].items()})
            self.sites[form].append(world.sites[form])

    @staticmethod
    def of(blocks, name):
        """All trials of a quantity, along the last axis."""
        return np.concatenate([block[name] for block in blocks], axis=-1)


class Witness:
    """Compares a file with what its numbers must be."""

    def __init__(self, file, table, trials, words):
        self.file, self.table, self.trials = file, table, trials
        self.statistics = words(file["statistic"])
        self.forms, self.reference = words(file["form"]), str(file.attrs["reference"])
        self.sites = [words(file["site"]).index(code) for code in trials.code]
        self.bearers = words(file["bearer"])

    def everything(self):
        self.metrics()
        self.choice()
        self.bearers_worst()
        self.paths()
        self.practices()

    def numbers(self, row):
        """A row of statistics in the order of the file; NaN where nothing is said."""
        return np.array([row.get(name, np.nan) for name in self.statistics])

    def say(self, path, form, stored, own, scale):
        """Compare one row of a data set."""
        self.table.compare(path, form, np.arange(np.size(own)), np.atleast_1d(stored),
                           np.atleast_1d(own), scale)

    def metrics(self):
        names = sorted(set(self.trials.metrics[self.reference][0]) - {NOISE})
        for name in names:
            values = {form: Trials.of(self.trials.metrics[form], name) for form in self.forms}
            size = size_of(values)
            for row, form in enumerate(self.forms):
                own = self.numbers(row_of(values[form]))
                self.say(f"/summary/{name}", form, self.file["summary"][name][0, row], own, size)
                self.difference(name, form, self.file["comparison"][name][0, row], values, size)
                self.between_forms(name, row, values, size)
                if name.startswith("npv_"):
                    at = self.bearers.index(name[4:])
                    self.say("/bearers/net", form, self.file["bearers/net"][0, row, at], own, size)

    def difference(self, name, form, stored, values, size):
        """Where only rounding is left of a difference, its sign is that of the file."""
        own, other = values[form], values[self.reference]
        rows = [self.forms.index(of) for of in (form, self.reference)]
        kept = np.subtract(*(self.file["trials"][name][0, row] for row in rows))
        rounding = np.maximum(np.abs(own - other), np.abs(kept)) <= NUDGE * size
        less = np.where(rounding, kept, own - other)
        row = self.numbers(row_of(less, selected(own, other)))
        self.say(f"/comparison/{name}", form, stored, row, size)

    def between_forms(self, name, row, values, size):
        """Statistics of the form less those of the reference form."""
        own = row_of_forms(values[self.forms[row]], values[self.reference])
        at = [self.statistics.index(statistic) for statistic in own]
        stored = self.file["comparison_of"][name][0, row][at]
        self.say(f"/comparison_of/{name}", self.forms[row], stored, np.array(list(own.values())), size)

    def choice(self):
        """By the scenario's objective, where the file keeps its trials."""
        for objective in self.file.get("decision", ()):
            group, (name, sign) = self.file["decision"][objective], OBJECTIVES[objective]
            choice = Choice({form: sign * Trials.of(self.trials.metrics[form], name) for form in self.forms})
            ranks = choice.ranks()
            size = np.abs(choice.table).max()
            for i, form in enumerate(choice.ranked):
                row = self.forms.index(form)
                for what, own in choice.of_form(i, ranks).items():
                    self.say(f"/decision/{what}", form, group[what][0, row], own, size if "regret" in what else 1.0)
                self.say("/decision/p_rank", form, group["p_rank"][0, row][:len(ranks)], ranks[i], 1.0)
                for j in set(range(len(ranks))) - {i}:
                    rival = self.forms.index(choice.ranked[j])
                    for what, own in choice.of_rival(i, j).items():
                        self.say(f"/decision/{what}", form, group[what][0, row, rival], own, 1.0)
            at, confidence, resolved = choice.leader()
            self.say("/decision/leader", choice.ranked[at], float(group["leader"].asstr()[0] == choice.ranked[at]), 1.0, 1.0)
            for what, own in (("ranking_confidence", confidence), ("resolved", resolved),
                              ("complete", choice.complete.mean())):
                self.say(f"/decision/{what}", "-", group[what][0], own, 1.0)

    def bearers_worst(self):
        """Over the worst twentieth of trials by economic net position."""
        if "bearers/worst_5pct" not in self.file:
            return
        for row, form in enumerate(self.forms):
            blocks = self.trials.metrics[form]
            order = np.argsort(Trials.of(blocks, "economic_net_position"), kind="stable")
            weight = np.clip(WORST * len(order) - np.arange(len(order)), 0.0, 1.0)
            for name in BEARERS:
                values = Trials.of(blocks, f"npv_{name}")
                at = self.bearers.index(name)
                self.say("/bearers/worst_5pct", form, self.file["bearers/worst_5pct"][0, row, at],
                         np.average(values[order], weights=weight), np.abs(values).max())

    def paths(self):
        """The first, a middle and the last quarter of every series."""
        known = {name + end for name in SERIES for end in ("", "_difference")}
        known.add("public_cost_cumulative_difference")
        for name in set(self.file["paths"]) - known:
            self.table.fail(f"/paths/{name}", "-")
        quarters = self.file["quarter"].shape[0]
        for name in SERIES:
            values = {form: Trials.of(self.trials.series[form], name) for form in self.forms}
            for row, form in enumerate(self.forms):
                for quarter in sorted({0, quarters // 2, quarters - 1}):
                    self.path(name, row, quarter, values[form], values[self.reference])

    def path(self, name, row, quarter, own, other):
        form, size = self.forms[row], size_of({0: own, 1: other})
        whole = name in COUNTS
        self.stream(f"paths/{name}", row, quarter, own[quarter], size, whole)
        if form == self.reference and f"{name}_difference" not in self.file["paths"]:
            return
        self.stream(f"paths/{name}_difference", row, quarter, own[quarter] - other[quarter], size, whole)
        if name == "public_cost":
            self.stream("paths/public_cost_cumulative_difference", row, quarter,
                        (own - other)[:quarter + 1].sum(axis=0), size * (quarter + 1), False)

    def stream(self, path, row, quarter, values, size, whole):
        """What was counted in bins and not kept."""
        rows = [self.numbers(row_of_stream(values * (1.0 + side * NUDGE), whole))
                for side in ((0,) if whole else (0, 1, -1))]
        self.say_nearest(f"/{path}", self.forms[row], self.file[path][0, row, quarter], rows, size)

    def say_nearest(self, path, form, stored, rows, size):
        """Compare with the nearest of rows that rounding alone tells apart."""
        apart = [np.nanmax(np.abs(stored - row), initial=0.0) for row in rows]
        self.say(path, form, stored, rows[int(np.argmin(apart))], size)

    def practices(self):
        """Means over trials, and of differences in the same trial."""
        ends = ("", "_se", "_difference", "_difference_se")
        for name in set(self.file["sites"]) - {name + end for name in SITE_METRICS for end in ends}:
            self.table.fail(f"/sites/{name}", "-")
        for name in SITE_METRICS:
            values = {form: Trials.of(self.trials.sites[form], name) for form in self.forms}
            size = size_of(values)
            for row, form in enumerate(self.forms):
                own = mean_and_error(values[form])
                less = mean_and_error(values[form] - values[self.reference])
                for end, numbers in zip(ends, (*own, *less)):
                    self.say(f"/sites/{name}{end}", form,
                             self.file["sites"][name + end][0, row][self.sites], numbers, size)


def size_of(values):
    """What numbers of a quantity are like: their rounding is a share of that."""
    return max(1.0, max(np.nanmax(np.abs(x), initial=0.0) for x in values.values()))


def mean_and_error(values):
    """Mean along trials and its standard error, where the number exists."""
    exists = ~np.isnan(values)
    count = exists.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(exists, values, 0.0).sum(axis=1) / count
        squares = np.where(exists, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(squares / (count - 1.0) / count)
    return np.where(count > 0, mean, np.nan), np.where(count > 1, error, np.nan)
