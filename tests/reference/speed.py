#!/usr/bin/python3
"""Time the reference model on a result file's inputs.

    speed.py RESULT.h5 [--trials N]

Prints nanoseconds per practice, quarter and form.
"""
import argparse
import time

import h5py

from compare import read_inputs
from run import simulate_blocks


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("result")
    parser.add_argument("--trials", type=int, default=64)
    options = parser.parse_args()
    with h5py.File(options.result, "r") as file:
        scenario, practices = read_inputs(file)
    start = time.perf_counter()
    for _ in simulate_blocks(scenario, practices, options.trials):
        pass
    seconds = time.perf_counter() - start
    steps = options.trials * practices.sites * scenario.quarters * len(scenario.forms)
    print(f"{1e9 * seconds / steps:.1f} ns per practice-quarter-form "
          f"({options.trials} trials, {practices.sites} practices, {scenario.quarters} quarters, "
          f"{len(scenario.forms)} forms, {seconds:.1f} s)")


if __name__ == "__main__":
    main()
