"""What the shipped scenarios' first trials are, number by number, as digests: to hold them still. Run by itself it keeps
those of the built program in tests/data/results/bits.csv."""

import csv
import hashlib
import pathlib

import program

KEPT = program.ROOT / "tests/data/results/bits.csv"
SCENARIOS = (*sorted((program.ROOT / "scenarios").glob("*.yaml")), program.ROOT / "tests/data/scenarios/every_term.yaml")


def of_file(path, name):
    """By scenario and data set: a metric's trials, all that was drawn, and how many comparisons were near."""
    import h5py

    with h5py.File(path) as file:
        places = [*(f"trials/{metric}" for metric in sorted(file["trials"])), "parameters/values", "quality/near_ties"]
        return {(name, place): hashlib.sha256(file[place][()].tobytes()).hexdigest()[:16] for place in places}


def found(folder):
    """Of eight trials of each."""
    all_of_them = {}
    for path in SCENARIOS:
        all_of_them |= of_file(program.run(folder, path, "bits.h5", "--trials", 8, "--no-neutral"), path.name)
    return all_of_them


def kept():
    with open(KEPT, encoding="ascii", newline="") as file:
        return {(scenario, place): bits for scenario, place, bits in csv.reader(file)}


if __name__ == "__main__":
    with program.folder() as temporary, open(KEPT, "w", encoding="ascii", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((*key, bits) for key, bits in found(pathlib.Path(temporary)).items())
