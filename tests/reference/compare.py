#!/usr/bin/python3
"""Simulate a result file's trials a second time and compare number by number.

    compare.py RESULT.h5 [--trials N] [--over-trials]

Every metric and every drawn parameter must agree within 1e-9 max(|a|, |b|, scale),
scale being the trial's mean yearly turnover for GBP and 1 for the rest; trials with a
near-tie are counted and left out; the two programs must count the same. With --over-trials
also /summary, /comparison, /comparison_of, /decision, /bearers, /sites and, in three quarters,
/paths, each number, error, end and flag: of a file whose trials are all compared and without a near-tie. Exit status 0 if
all agree, 4 if not.
"""
import argparse
import sys

import h5py
import numpy as np

from inputs import read_practices, read_scenario
from results import UNITS
from run import simulate_blocks
from witness import Trials, Witness

TOLERANCE = 1e-9
DISAGREEMENT = 4


def text_of(dataset):
    """A scalar string data set."""
    return dataset.asstr()[()]


def words(dataset):
    """A data set of strings."""
    return [str(word) for word in dataset.asstr()[:]]


def read_inputs(file):
    """Scenario and practices of a result file."""
    group = file["inputs/assumptions"]
    keys = words(group["key"])
    columns = {name: group[name][:] for name in ("low", "high", "uplift")}
    ranges = {key: {name: float(column[i]) for name, column in columns.items()}
              for i, key in enumerate(keys)}
    history = text_of(file["inputs/prices_history"]) if "inputs/prices_history" in file else None
    scenario = read_scenario(text_of(file["inputs/scenario_resolved"]), ranges, history)
    scenario.seed = int(file.attrs.get("seed", scenario.seed))
    return scenario, read_practices(text_of(file["inputs/practices_csv"]), scenario)


def stored_parameters(file):
    """Drawn values by key: in a table, or of earlier versions each a data set, flat or in folders."""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            found[name.replace("/", ".")] = item

    if "parameters/values" in file:
        return {key: row[np.newaxis] for key, row in zip(words(file["parameters/parameter"]), file["parameters/values"][0])}
    if "parameters" in file:
        file["parameters"].visititems(visit)
    return found


def scale_of(unit, turnover, sites):
    """The patch's mean yearly turnover for GBP, a practice's for GBP a year, else 1."""
    if unit == "GBP":
        return turnover
    return turnover / sites if unit.endswith("-year") and unit.startswith("GBP") else 1.0


def relative_difference(engine, reference, scale):
    """|a - b| over max(|a|, |b|, scale); NaN equals NaN and nothing else."""
    size = np.maximum(np.maximum(np.abs(engine), np.abs(reference)), scale)
    with np.errstate(invalid="ignore"):
        difference = np.abs(engine - reference) / size
    both = np.isnan(engine) & np.isnan(reference)
    same = both | (engine == reference)
    return np.where(same, 0.0, np.where(np.isnan(difference), np.inf, difference))


class Table:
    """Worst difference of every compared quantity."""

    def __init__(self):
        self.worst = {}  # name -> (difference, form, trial)

    def compare(self, name, form, trials, engine, reference, scale):
        """Compare one quantity of one form over some trials."""
        if len(trials) == 0:
            return
        difference = relative_difference(engine, reference, scale)
        at = int(np.argmax(difference))
        row = (float(difference[at]), form, int(trials[at]))
        if name not in self.worst or row[0] > self.worst[name][0]:
            self.worst[name] = row

    def fail(self, name, form):
        """A quantity that is missing from the file."""
        self.worst[name] = (np.inf, form, -1)

    def print(self):
        """One line a quantity; True if all agree."""
        print(f"{'quantity':44s}{'worst':>11s}  {'form':22s}{'trial':>7s}  verdict")
        for name, (difference, form, trial) in self.worst.items():
            verdict = "agrees" if difference <= TOLERANCE else "DIFFERS"
            print(f"{name:44s}{difference:11.2e}  {form:22s}{trial:7d}  {verdict}")
        return all(row[0] <= TOLERANCE for row in self.worst.values())


def compare_block(file, table, numbers, outcome):
    """Compare a block of trials; near-ties left out."""
    metrics, world, turnover = outcome
    for name in set(file["trials"]) - set(UNITS):
        table.fail(f"{name}: this program knows it not", "-")
    stored = stored_parameters(file)
    for key, values in world.parameters.drawn.items():
        if key not in stored and np.ptp(values) > 0.0:
            table.fail(f"{key}: drawn here alone", "-")
    clear = ~world.ties.near
    trials = numbers[clear]
    window = slice(int(numbers[0]), int(numbers[-1]) + 1)
    forms = words(file["form"])
    for form, own in metrics.items():
        row = forms.index(form)
        for name, reference in own.items():
            if name not in file["trials"]:
                table.fail(name, form)
                continue
            engine = file["trials"][name][0, row, window][clear]
            scale = scale_of(UNITS[name], turnover[form][clear], world.practices.sites)
            table.compare(name, form, trials, engine, reference[clear], scale)
    table.compare("near ties", "-", numbers, file["quality/near_ties"][0, window] > 0.0,
                  world.ties.near.astype(float), 1.0)
    for key, dataset in stored.items():
        if key not in world.parameters.drawn:
            table.fail(key, "-")
            continue
        table.compare(key, "-", trials, dataset[0, window][clear],
                      world.parameters.drawn[key][clear], 1.0)
    return int((~clear).sum())


def calibration_agrees(file, table, world):
    """Compare the frozen cost rates, GBP per patient and year."""
    group = file["inputs/calibration"]
    sites = np.arange(world.practices.sites)
    table.compare("calibration cost_rate (by site)", "-", sites, group["cost_rate"][:],
                  world.calibration.cost_rate, 1.0)
    for name in ("flat_rate", "factor"):
        table.compare(f"calibration {name}", "-", sites[:1], np.array([group.attrs[name]]),
                      np.array([getattr(world.calibration, name)]), 1.0)


def methods_agree(file, table, world):
    """Compare how each site's claims are drawn; without claims nobody's are."""
    if world.budgets is None or world.budgets.claims.portfolio.law is None:
        return
    kept = dict(zip(words(file["site"]), words(file["inputs/delegated/claims_method"])))
    engine = np.array([kept[code] == "each" for code in world.practices.code], float)
    sites = np.arange(world.practices.sites)
    table.compare("each claim drawn (by site)", "-", sites, engine,
                  world.budgets.claims.draws_each(), 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("result")
    parser.add_argument("--trials", type=int)
    parser.add_argument("--over-trials", action="store_true",
                        help="compare what the file says over trials too")
    options = parser.parse_args()
    table, near = Table(), 0
    trials = None
    try:
        opened = h5py.File(options.result, "r")
    except OSError as error:
        sys.exit(f"compare.py: {options.result}: {error}")
    with opened as file:
        scenario, practices = read_inputs(file)
        count = min(options.trials or scenario.trials, scenario.trials)
        for numbers, outcome in simulate_blocks(scenario, practices, count):
            if numbers[0] == 0:
                calibration_agrees(file, table, outcome[1])
                methods_agree(file, table, outcome[1])
            near += compare_block(file, table, numbers, outcome)
            trials = trials or Trials(scenario.forms)
            trials.add(outcome[0], outcome[1])
        if options.over_trials and near == 0 and count == file["trial"].shape[0]:
            Witness(file, table, trials, words).everything()
    agrees = table.print()
    print(f"{count} trials, {near} left out as near-ties; "
          + ("all agree" if agrees else "the two programs disagree"))
    sys.exit(0 if agrees else DISAGREEMENT)


if __name__ == "__main__":
    main()
