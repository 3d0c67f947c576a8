"""What is printed: every target with value, tolerance and verdict, and why some are missed."""

import math
import pathlib
import textwrap

from calibration.money import real_income_by_year
from calibration.targets import REASONS, is_met, missed


def verdict(result, errors_more=0.0):
    if math.isnan(result.value):
        return "not seen"
    return "met" if is_met(result, errors_more) else "missed"


def print_results(title, results, errors_more):
    print(f"\n{title}")
    for result in results:
        target = result.target
        error = f"+-{result.error:.2g}" if result.error else ""
        tolerance = f"{target.low:.4g} to {target.high:.4g}" if target.high < 10000 else f"{target.low:.0f} to {target.high:.0f}"
        print(f"  {target.name:52} {target.published:30} {tolerance:18} {target.role:16} "
              f"{result.value:10.5g} {error:9} {verdict(result, errors_more)}")


def print_income(stored):
    print("\nreal partner income per fte by year, sites still led by partners, thousand GBP of the price base")
    print("  " + " ".join(f"{income / 1000:.0f}" for income in real_income_by_year(stored)))
    print("\nnot measured: leaving NHS practice altogether (0.08 a year): the model does not tell who moves from who leaves")


def print_reasons(results):
    if results:
        print("\nmissed, for a reason that makes it no failure")
    for result in results:
        print(textwrap.fill(f"{result.target.name}: {REASONS[result.target.name]}", 118, initial_indent="  ",
                            subsequent_indent="    "))


def title_of(arguments):
    if arguments.england:
        return "all England, official files"
    return "Tees Valley, official files" if arguments.real else "synthetic patch: printed, not asserted"


def as_json(arguments, groups):
    """What `headroom report --calibration` reads."""
    return {"schema": "headroom.calibration/1", "practices": title_of(arguments), "scenario": pathlib.Path(arguments.scenario).name,
            "targets": [{"group": title, "name": result.target.name, "published": result.target.published,
                         "low": result.target.low, "high": result.target.high, "role": result.target.role,
                         "value": None if math.isnan(result.value) else result.value, "error": result.error,
                         "verdict": verdict(result, arguments.errors_more)}
                        for title, results in groups for result in results]}


def print_all(arguments, groups, stored):
    """stored: None where the practices' incomes were not kept."""
    print(title_of(arguments))
    for title, results in groups:
        print_results(title, results, arguments.errors_more)
    if stored is not None:
        print_income(stored)
    if not arguments.real:
        return
    known, unexpected = missed(groups, arguments.errors_more)
    print_reasons(known)
    if unexpected:
        print("\nmissed: " + "; ".join(result.target.name for result in unexpected))
