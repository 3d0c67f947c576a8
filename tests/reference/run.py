#!/usr/bin/python3
"""Run the reference model without an engine and print the mean of every metric.

    run.py SCENARIO.json PRACTICES.csv [--assumptions RANGES.json] [--trials N]

SCENARIO.json is a resolved scenario; RANGES.json maps a key to its low, high, uplift.
"""
import argparse
import json
from pathlib import Path

import numpy as np

from inputs import read_practices, read_scenario
from model import simulate
from results import UNITS

BLOCK = 128  # trials simulated at a time


def simulate_blocks(scenario, practices, trials):
    """Simulate trials 0..trials-1 in blocks; yields (trial numbers, outcome)."""
    for first in range(0, trials, BLOCK):
        numbers = np.arange(first, min(first + BLOCK, trials))
        yield numbers, simulate(scenario, practices, numbers)


def metric_table(scenario, practices, trials):
    """Metrics {form: {metric: (trials,)}} and near-tie flags."""
    blocks = [outcome for _, outcome in simulate_blocks(scenario, practices, trials)]
    table = {form: {metric: np.concatenate([block[0][form][metric] for block in blocks])
                    for metric in UNITS} for form in scenario.forms}
    return table, np.concatenate([block[1].ties.near for block in blocks])


def mean_or_nan(values):
    """Mean over trials in which the metric exists."""
    return np.nan if np.isnan(values).all() else np.nanmean(values)


def print_means(table, near):
    forms = list(table)
    print(f"{'metric':34s}{'unit':14s}" + "".join(f"{form[:16]:>18s}" for form in forms))
    for metric, unit in UNITS.items():
        means = "".join(f"{mean_or_nan(table[form][metric]):18.6g}" for form in forms)
        print(f"{metric:34s}{unit:14s}{means}")
    print(f"near-ties: {int(near.sum())} of {len(near)} trials")


def read_history(scenario_path, text):
    """The price history a scenario names, relative to its own folder."""
    name = json.loads(text).get("prices", {}).get("history")
    return (Path(scenario_path).parent / name).read_text() if name else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scenario")
    parser.add_argument("practices")
    parser.add_argument("--assumptions")
    parser.add_argument("--trials", type=int)
    options = parser.parse_args()
    text = Path(options.scenario).read_text()
    ranges = json.loads(Path(options.assumptions).read_text()) if options.assumptions else {}
    scenario = read_scenario(text, ranges, read_history(options.scenario, text))
    practices = read_practices(Path(options.practices).read_text(), scenario)
    print_means(*metric_table(scenario, practices, options.trials or scenario.trials))


if __name__ == "__main__":
    main()
