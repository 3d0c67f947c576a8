"""Runs of the built program, on what it imports, measured from what it stores."""

import csv
import json
import os
import pathlib
import shutil
import subprocess

import h5py
import numpy as np

from calibration import targets
from calibration.inputs import Inputs
from calibration.stored import Stored

ROOT = pathlib.Path(__file__).resolve().parents[3]
HISTORIES = ROOT / "scenarios" / "histories"
BATCHES = 10
ENGLAND_AT_ONCE = 16  # trials in one run: 0.4 GB of practices by quarter

FILES = {"--payments": "nhspaymentsgp-22-23*", "--workforce": "gp_workforce_practice_*"}
FILES_OF_NOW = {"--patients": "gp-reg-pat-prac-quin-age*", "--map": "gp-reg-pat-prac-map*"}


class Failure(Exception):
    """A sentence for the user, and the exit status that goes with it."""

    def __init__(self, sentence, status):
        super().__init__(sentence)
        self.status = status


def find_program(given):
    places = [given] if given else [ROOT / "build" / "headroom", ROOT / "build" / "engine" / "cli" / "headroom",
                                    shutil.which("headroom")]
    for place in places:
        if place and os.access(place, os.X_OK):
            return str(place)
    raise Failure("the program is not built: build it, or name it with --headroom", 2)


def call(words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise Failure(f"{' '.join(map(str, words))}: {done.stderr.strip()}", 2 if done.returncode == 2 else 1)


def import_practices(folder, files, words, output):
    """A table of practices from the official files of a folder."""
    for option, pattern in files.items():
        found = next(pathlib.Path(folder).glob(pattern), None)
        if not found:
            raise Failure(f"{folder}: no file {pattern}: see scripts/import-nhs --help for what to download", 2)
        words = [*words, option, found]
    call([ROOT / "scripts" / "import-nhs", *words, "-o", output])


def import_tees_valley(folder, output):
    import_practices(folder, {**FILES, **FILES_OF_NOW}, ["--workforce-year", "2025", "--sub-icb", "16C"], output)


def import_england(folder, output):
    import_practices(folder, FILES, ["--lists-from", "payments", "--workforce-year", "2023", "--all"], output)


def write_scenario(path, base, changes):
    """A scenario that includes another and changes some keys: JSON is YAML."""
    alone = {"forms": ["partnership"], "reference": "partnership", "store": {"sites": "quarterly"}}
    include = {"include": [str(pathlib.Path(base).resolve())]}
    path.write_text(json.dumps({**include, **alone, **changes}, indent=1), encoding="utf-8")
    return path


def history_changes(changes, inputs, history, years):
    quiet = [{"use": shock.get("use", shock["name"]), "name": shock["name"], "rate": 0}
             for shock in inputs.scenario.get("shocks", [])]
    patch = {**changes.get("patch", {}), "horizon_years": years}
    return {**changes, "patch": patch, "shocks": quiet, "prices": {"history": str(HISTORIES / history)}}


def inflation_of(history):
    """Of the second year of a history on the first."""
    with open(HISTORIES / history, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return float(rows[1]["prices"]) / float(rows[0]["prices"]) - 1


def run(program, scenario, result, trials, *words):
    call([program, "run", scenario, "-o", result, "--force", "--trials", trials, *words])
    return h5py.File(result)


def judge_whole(members, stored):
    """On all trials, with errors from batches of them."""
    count = stored.shape[0]
    parts = [stored.part(slice(batch, None, BATCHES)) for batch in range(BATCHES)] if count >= 2 * BATCHES else []
    return [targets.judge(target, stored, parts) for target in members]


class Patch:
    """A patch's runs: its own future, and the histories replayed on it."""

    def __init__(self, program, scenario, folder, trials):
        self.program, self.scenario, self.folder, self.trials = program, scenario, folder, trials

    def measured(self, name, changes, choose):
        """What choose(inputs) asks for, judged on a run with some changes; the inputs, and what the run stored."""
        scenario = write_scenario(self.folder / f"{name}.yaml", self.scenario, changes)
        with run(self.program, scenario, self.folder / f"{name}.h5", self.trials) as file:
            inputs, stored = Inputs(file), Stored(file["site_quarters"])
            stored.cache = stored.all()
            return judge_whole(choose(inputs), stored), inputs, stored


def measure_patch(patch, changes):
    """Groups of results, and what the run of the patch's own future stored."""
    choose = lambda inputs: targets.people_targets() + targets.ending_targets(inputs)
    future, inputs, stored = patch.measured("future", changes, choose)
    setup = [targets.judge(target, inputs, []) for target in targets.setup_targets(inputs)]
    groups = [("set-up", setup), ("ten years from 2026/27", future)]
    for title, history, years, choose in (
            ("2021/22 and 2022/23 replayed", "england_from_2021.csv", 2,
             lambda _: targets.fall_targets(inflation_of("england_from_2021.csv"))),
            ("2015-23 replayed", "england_from_2015.csv", 9, lambda _: targets.drift_targets())):
        replayed = history_changes(changes, inputs, history, years)
        groups.append((title, patch.measured(history.split(".", maxsplit=1)[0], replayed, choose)[0]))
    return groups, stored


def measure_england(program, scenario, folder, real, trials):
    """The same, of all practices of 2022/23, in runs of few trials each with a seed of its own; errors are over trials."""
    import_england(real, folder / "england.csv")
    changes = {"patch": {"practices": str(folder / "england.csv"), "price_year": 2022, "horizon_years": 10}}
    written = write_scenario(folder / "england.yaml", scenario, changes)
    members = targets.england_targets()
    values = [[] for _ in members]
    for first in range(0, trials, ENGLAND_AT_ONCE):
        count = min(ENGLAND_AT_ONCE, trials - first)
        with run(program, written, folder / "england.h5", count, "--seed", 1 + first) as file:
            for trial in range(count):
                stored = Stored(file["site_quarters"], slice(trial, trial + 1))
                for target, of_target in zip(members, values):
                    of_target.append(target.measure(stored))
    results = [targets.judge(target._replace(measure=float), None, of_target)
               for target, of_target in zip(members, values)]
    return [("England, 6,420 practices of 2022/23, ten years", results)]
