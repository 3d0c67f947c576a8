"""Every command of the program, with words that make it do a small piece of its work: for tests that walk over all.

The words are for a folder that prepare() has filled."""

import pathlib
import re
import shutil
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
BUDGET = program.ROOT / "scenarios/whole_budget.yaml"
SMALL = ("--trials", 8, "-s", "patch.horizon_years=1")
SHORT = ("--threads", 1, "--no-neutral", "-s", "patch.horizon_years=1")
AXIS = ("--axis", "money.salary=90000,100000")

# By what is done: the words, and the file that they make.
WORDS = {
    "new": (("new", "mine"), "mine.yaml"),
    "run": (("run", SCENARIO, "-o", "made.h5", *SMALL), "made.h5"),
    "run to json": (("run", SCENARIO, "-o", "made.h5", *SMALL, "--no-neutral", "--json"), "made.h5"),
    "extend": (("run", SCENARIO, "-o", "short.h5", "--trials", 24, "--extend", *SHORT), "short.h5"),
    "resume": (("run", SCENARIO, "-o", "parts.h5", "--trials", 8, "--resume", *SHORT), "parts.h5"),
    "sweep": (("sweep", SCENARIO, *AXIS, "-o", "swept.h5", *SMALL), "swept.h5"),
    "merge": (("merge", "parts.h5", "--no-neutral"), "parts.h5"),
    "check": (("check", SCENARIO), None),
    "plan": (("plan", SCENARIO), None),
    "show": (("show", "result.h5"), None),
    "show as json": (("show", "result.h5", "--json"), None),
    "report": (("report", "result.h5", "-o", "page.html"), "page.html"),
    "compare": (("compare", "result.h5"), None),
    "compare two": (("compare", "result.h5", "other.h5"), None),
    "compare into a file": (("compare", "result.h5", "-o", "said.h5"), "said.h5"),
    "switch": (("switch", "result.h5"), None),
    "sensitivity": (("sensitivity", "result.h5"), None),
    "voi": (("voi", "result.h5"), None),
    "export": (("export", "result.h5", "-o", "made.xlsx"), "made.xlsx"),
    "export tables": (("export", "result.h5", "--csv", "tables"), "tables/summary.csv"),
    "replay": (("replay", SCENARIO), None),
    "verify": (("verify", "result.h5"), None),
    "pool": (("pool", "--two-part", "--rate", 0.1, "--factor-variance", 0.001, "--people", 8000, "--trials", 64), None),
    "size": (("size", BUDGET, "--risk", "P(loss>2%)<=5%", "--draws", 0), None),
    "backtest": (("backtest", SCENARIO, "seen.csv", "--trials", 64, "-s", "patch.horizon_years=3"), None),
    "validate": (("validate",), None),
    "metrics": (("metrics",), None),
    "keys": (("keys",), None),
    "forms": (("forms",), None),
    "schema": (("schema",), None),
}


def listed():
    """The commands that the program itself lists."""
    return set(re.findall(r"^  (\w+) ", program.headroom("--help").stdout.split("Commands:")[1], re.MULTILINE))


def walked():
    return {words[0] for words, _ in WORDS.values()}


def must(done):
    if done.returncode != 0:
        raise AssertionError(done.stderr)


def prepare(folder):
    """Results, parts and tables for the words, and a copy of what they change."""
    for name, more in (("result.h5", ()), ("other.h5", ("--seed", 7))):
        program.run(folder, SCENARIO, name, "--trials", 40, *SMALL[2:], *more)
    program.run(folder, SCENARIO, "short.h5", "--trials", 16, *SHORT)
    for shard in ("1/2", "2/2"):
        must(program.headroom("run", SCENARIO, "-o", "parts.h5", "--trials", 8, *SHORT, "--shard", shard, cwd=folder))
    (folder / "seen.csv").write_text("measure,year,value\nvacancy,2027,0.1\n")
    (folder / "kept").mkdir()
    shutil.copytree(folder / "parts.h5.parts", folder / "kept/parts.h5.parts")
    shutil.copy(folder / "short.h5", folder / "kept/short.h5")


def content(made):
    """Of what a command made, all but who made it and when; None where it is not there."""
    import h5py

    if not made.exists():
        return None
    if made.suffix == ".html":
        return "a page"
    if made.suffix != ".h5":
        return made.read_bytes()
    with h5py.File(made) as file:
        return file.attrs.get("content_hash", "an analysis")


def said(done):
    """What was printed, but for what depends on the time it took and on the folder."""
    return re.sub(r"\"stage_seconds\": {[^}]*}|[\d.]+ s\b|\d+ trials/s|\"seconds\": [\d.e+-]+", "", done.stdout)


def restore(folder):
    """As prepare() left it."""
    for path in folder.iterdir():
        if path.name in ("result.h5", "other.h5", "seen.csv", "kept"):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(folder / "kept/parts.h5.parts", folder / "parts.h5.parts")
    shutil.copy(folder / "kept/short.h5", folder / "short.h5")


class Prepared(unittest.TestCase):
    """Tests in a folder that is prepared once for all of them."""

    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        prepare(cls.folder)
