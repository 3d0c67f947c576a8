"""A result file, opened and checked; one measure's trials in memory at a time."""

import functools
import json
import math
import os
import pathlib
import subprocess
from dataclasses import dataclass

import h5py
import numpy

from . import analysis, metrics, sweep, words

ROOT = pathlib.Path(__file__).resolve().parents[3]
COLOURS = ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1", "#8B6B00", "#A800F0"]
HEAVY, NO_BOUND = 4, 1 | 8  # flags, as results/README.md lists them
MARKS = ["circle", "square", "diamond", "triangle", "cross", "hexagon", "bar", "ring"]


class BadFile(Exception):
    """The file cannot be shown; one sentence says why, and an exit status of what kind that is."""

    def __init__(self, sentence, status=2):
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Form:
    """A form of organisation and how it is drawn everywhere."""

    index: int
    name: str
    label: str
    colour: str
    mark: str


@dataclass(frozen=True)
class PutIn:
    """What is said of a key."""

    meaning: str
    evidence: str
    uplift: float


@dataclass(frozen=True)
class Difference:
    """A form less the reference form in the same trials."""

    metric: metrics.Metric
    form: Form
    mean: float
    se: float
    quantiles: numpy.ndarray  # 50, each for 2 futures in 100; empty without trials
    q05: float
    q25: float
    q50: float
    q75: float
    q95: float
    better: float  # shares of futures, as the engine counts them; NaN where the file does not say
    equal: float
    above: float = math.nan

    @property
    def exists(self):
        """Whether there is such a difference at all."""
        return not math.isnan(self.mean)

    @property
    def odds(self):
        """How often it is better, in words; where only how often it is worse is known, that."""
        if math.isnan(self.better) and self.metric.better < 0 and not math.isnan(self.above):
            return f"worse in {words.odds(self.above)}"
        return words.odds(self.better)

    @property
    def ties(self):
        """How often both are the same, where that is not nearly never."""
        return f", same in {100 * self.equal:.0f}" if self.equal > 0.005 else ""


def program():
    """The headroom program: $HEADROOM, this checkout's, or the one on the path."""
    built = ROOT / "build/engine/cli/headroom"
    return os.environ.get("HEADROOM") or (str(built) if built.exists() else "headroom")


def words_of(dataset):
    """A column of words."""
    return [word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in dataset[()]]


class Result:
    """Everything the sections ask of a result."""

    def __init__(self, path, point=None, analyses=()):
        self.path = pathlib.Path(path)
        self.point, self.points = 0, None
        first = self.ask("show", str(path))  # what cannot be read is refused as it is everywhere
        for file in analyses:
            self.ask("verify", str(file))
        try:
            self.file = h5py.File(path, "r")
        except OSError as error:
            raise BadFile(f"{path}: not a result file that can be read ({error})") from None
        try:
            self.analyses = analysis.load(analyses, self.text("content_hash"))
        except ValueError as error:
            raise BadFile(error) from None
        self._kept, self._read, self._shown = {}, {}, {}
        self.statistic = {label: i for i, label in enumerate(words_of(self.file["statistic"]))}
        self.forms = self._forms()
        self.swing = {}  # how far a key moves a headline difference, once that was asked
        self._choose(point)
        self.answer = self.ask("show", str(self.path), "--quick", "--point", str(self.point)) if self.points else first
        self._table = {row["name"]: row for row in self.ask("metrics")["metrics"]}
        self.reference = next(form for form in self.forms if form.name == self.text("reference"))
        self.others = [form for form in self.forms if form is not self.reference]

    def _choose(self, point):
        """Of a sweep, the point that is asked for, by its number or as NAME=VALUE, or the one nearest its scenario."""
        if "points/status" in self.file:
            self.points = sweep.Points(self)
            try:
                self.point = self.points.nearest() if point is None else self.points.at(point) if "=" in str(point) else int(point)
            except ValueError as error:
                raise BadFile(f"{self.path}: {error}") from None
        elif point is not None:
            raise BadFile(f"{self.path}: a result of one run, which has no point {point}")
        if self.points and not 0 <= self.point < self.points.count:
            raise BadFile(f"{self.path}: there is no point {self.point}: the last is {self.points.count - 1}")

    def drawn(self, key):
        """A parameter in every trial: of a sweep that does not vary it, the same at all points."""
        if f"parameters/{key}" in self.file:
            values = self.file[f"parameters/{key}"]
            return values[self.point] if values.ndim > 1 else values[()]
        table = self.file["parameters/values"]
        row = words_of(self.file["parameters/parameter"]).index(key)
        return table[self.point, row] if table.ndim > 2 else table[row]

    @functools.cached_property
    def put_in(self):
        """Each key that was put in: what it is, what it rests on, and its uplift to the price base."""
        group = self.file["inputs/assumptions"]
        columns = zip(words_of(group["key"]), words_of(group["meaning"]), words_of(group["evidence"]), group["uplift"][()])
        return {key: PutIn(meaning, evidence, float(uplift)) for key, meaning, evidence, uplift in columns}

    def to_try(self, keys, value):
        """The line that runs the scenario with keys at a value of the price base: `-s` is of the year that each is written in."""
        own = {key: value / self.put_in[key].uplift if key in self.put_in else value for key in keys}
        return "headroom run SCENARIO " + " ".join(f"-s {key}={number:.6g}" for key, number in own.items())

    def to_have_trials(self):
        """The commands that give a page of trials: of a sweep, of the point that is shown."""
        if not self.points:
            return ["headroom run SCENARIO"]
        changes = words_of(self.file["points/changes"])[self.point].split("\n")
        return ["headroom run SCENARIO " + "".join(f"-s {change} " for change in changes if change) + "-o point.h5",
                "headroom report point.h5"]

    def drawn_keys(self):
        """What was drawn: in a table or, of an earlier version or where points differ, each by itself."""
        alone = set(self.file["parameters"]) - {"values", "parameter", "unit", "meaning"}
        return sorted(alone.union(words_of(self.file["parameters/parameter"]) if "parameters/values" in self.file else []))

    def ask(self, *words):
        """What the program answers, as JSON."""
        try:
            ran = subprocess.run([program(), *words, "--json"], capture_output=True, check=False)
        except OSError as error:
            missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
            raise BadFile(f"{program()}: no such program; HEADROOM may name it" if missing
                          else f"{program()} cannot be started: {error.strerror}") from None
        if ran.returncode:
            said = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise BadFile(said[0].removeprefix(f"headroom {words[0]}: ") if said
                          else f"{self.path}: headroom {words[0]} gave no answer", max(ran.returncode, 1))
        return json.loads(ran.stdout)

    def _forms(self):
        names = words_of(self.file["form"])
        labels = words_of(self.file["inputs/forms/label"]) if "inputs/forms/label" in self.file else \
            [name.replace("_", "-" if name.count("_") == 1 else " ").capitalize() for name in names]
        return [Form(i, name, label, COLOURS[i % 8], MARKS[i % 8]) for i, (name, label) in
                enumerate(zip(names, labels))]

    def text(self, name, default=""):
        """A text among the file's attributes."""
        value = self.file.attrs.get(name, default)
        return value.decode() if isinstance(value, bytes) else str(value)

    def number(self, name, default=math.nan):
        """A number among the file's attributes."""
        return float(self.file.attrs.get(name, default))

    def has(self, path):
        """Whether the file holds a data set."""
        return path in self.file

    def values(self, path):
        """A data set without its point axis; summaries are read once."""
        if not path.startswith(("summary/", "comparison/", "neutral/", "paths/")):
            return self.file[path][self.point]
        if path not in self._read:
            self._read[path] = self.file[path][self.point]
        return self._read[path]

    def trials(self):
        """How many."""
        return int(self.number("trials"))

    def futures(self):
        """The same in words."""
        return f"{self.trials():,} future" + ("" if self.trials() == 1 else "s")

    def years(self):
        """The horizon."""
        return len(self.file["quarter"]) // 4

    @functools.cached_property
    def _first_year(self):
        if "start_year" in self.file.attrs:
            return int(self.file.attrs["start_year"])
        return int("".join(c for c in self.text("price_base") if c.isdigit())[-4:] or 2026)

    def start_year(self):
        """Of the first quarter."""
        return self._first_year

    def metric(self, name):
        """How a measure is shown; None where the file does not have it."""
        if name not in self._shown:
            self._shown[name] = metrics.metric_of(name, self._table.get(name)) if f"summary/{name}" in self.file else None
        return self._shown[name]

    def metric_names(self):
        """In the order of their groups."""
        names = [name for name in self.file["summary"] if name != "imbalance"]
        order = list(self._table)
        return sorted(names, key=lambda name: (metrics.GROUPS.index(self.metric(name).group)
                                               if self.metric(name).group in metrics.GROUPS else 99,
                                               order.index(name) if name in order else 99, name))

    def summary(self, name, form, statistic="mean"):
        """A statistic of a measure under a form."""
        return float(self.values(f"summary/{name}")[form.index, self.statistic[statistic]])

    def compared(self, name, form, statistic="mean"):
        """A statistic of the paired difference."""
        return float(self.values(f"comparison/{name}")[form.index, self.statistic[statistic]])

    def marks(self, read, name, form):
        """As in the terminal: * where a mean is not to be leaned on, ^ where a bound of nine in ten has no error."""
        if "mean_flags" not in self.statistic:
            return "", ""
        mean, low, high = (int(flags) if math.isfinite(flags) else 0 for flags in (
            read(name, form, f"{statistic}_flags") for statistic in ("mean", "q05", "q95")))
        return "*" if mean & HEAVY else "", "^" if (low | high) & NO_BOUND else ""

    def trial_values(self, name, form):
        """A measure in every trial."""
        return self.file[f"trials/{name}"][self.point, form.index]

    def difference(self, name, form):
        """The paired difference of a measure, with 50 quantiles where trials are kept."""
        key = (name, form.index)
        if key not in self._kept:
            self._kept[key] = self._difference(name, form)
        return self._kept[key]

    def _difference(self, name, form):
        metric = self.metric(name)
        five = [self.compared(name, form, q) for q in ("q05", "q25", "q50", "q75", "q95")]
        said, quantiles = self.verdict(name, form), numpy.array([])
        if self.has(f"trials/{name}"):
            change = self.trial_values(name, form) - self.trial_values(name, self.reference)
            change = change[~numpy.isnan(change)]
            if change.size:
                quantiles = numpy.quantile(change, (numpy.arange(50) + 0.5) / 50)
        better, equal = (math.nan if said.get(odds) is None else said[odds] for odds in ("better", "equal"))
        return Difference(metric, form, self.compared(name, form), self.compared(name, form, "se"), quantiles, *five,
                          better, equal, self.compared(name, form, "p_positive"))

    def verdict(self, name, form):
        """What the engine says of a difference: words, mark, whether it turns when neutral."""
        return self.answer.get("metrics", {}).get(name, {}).get(form.name, {})


def load_json(path):
    """A JSON file that another command wrote."""
    try:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadFile(f"{path}: {error}") from None
