"""Every two options of every command, beside each other: what both say counts, or is refused in a sentence.

Options are read from the program's own help: one that has no row here fails. All pairs are many, so some are tried, and
every one with HEADROOM_EVERY_FAILURE."""

import dataclasses
import functools
import hashlib
import os
import pathlib
import random
import re
import shutil
import unittest

import commands
import program

EVERY = "HEADROOM_EVERY_FAILURE" in os.environ
SOME = 10  # of all pairs
SCENARIOS = program.ROOT / "tests/data/scenarios"
KEY, OTHER = "workforce.leave_rate.salaried", "forms.joined.levy"


@dataclasses.dataclass
class Row:
    """What says an option; what it needs beside it before it can be seen; and the file it is to be seen with."""

    words: tuple
    needs: tuple = ()
    file: str = ""


def said(*words, needs=(), file=""):
    return Row(words, tuple(needs), file)


UNSEEN = None  # how, or how fast, a thing is done: nothing that is printed or written depends on it
SCENARIO = {
    "set": said("-s", "seed=77"), "neutral": said("--neutral=all"), "dependence": said("--dependence=none"),
    "json": said("--json"), "recalibrate": said("--recalibrate", needs=("-s", "money.salary=160000")),
    "strict": said("--strict", file="odd.yaml"), "quiet": UNSEEN,
}
RUN = {**SCENARIO, "trials": said("--trials=40"), "seed": said("--seed=5"), "threads": UNSEEN,
       "instruction-set": said("--instruction-set=v9")}
LOOKS = ("--stop=0.9999", "--objective=gp", "-s", "stop.first=8")
SWEPT = ("--axis", "money.salary=90000,100000")
LONG = {
    **RUN, "output": said("-o", "named.h5"), "axis": said(*SWEPT), "reuse": said("--reuse=empty.h5", needs=SWEPT),
    "no-neutral": said("--no-neutral"), "force": said("--force", needs=("-o", "empty.h5")), "resume": UNSEEN, "discard": UNSEEN,
    "extend": said("--extend", needs=("-o", "short.h5")), "checkpoint-every": UNSEEN, "memory": UNSEEN,
    "shard": said("--shard=1/2"), "break-lock": UNSEEN, "stop": said("--stop=0.9"),
    "objective": said("--objective=gp", needs=("--stop=0.9",)), "max-trials": said("--max-trials=32", needs=LOOKS),
    "max-seconds": said("--max-seconds=0.00001", needs=LOOKS),
}
FILE = {"json": said("--json"), "quick": UNSEEN, "quiet": UNSEEN}
POINT = {"point": said("--point=1", file="swept.h5"), "at": said("--at=salary=90000", file="swept.h5")}
QUESTION = {
    **FILE, **POINT, "metric": said("--metric=unmet_appointments"), "objective": said("--objective=gp"), "forms": said("--forms=joined"),
    "reference": said("--reference=owned", needs=("--forms=joined",)), "confidence": said("--confidence=0.8"), "verbose": said("-v"),
    "output": said("-o", "said.h5"), "force": said("--force", needs=("-o", "empty.h5")),
}
DRAWS = {**QUESTION, "forms": said("--forms=joined_small"), "pair": said("--pair=owned,joined"),  # which none asks for of itself
         "key": said(f"--key={KEY}"), "top": UNSEEN, "verbose": UNSEEN}  # few lines
AGAIN = said("--trials=16")
LIST = {"json": said("--json"), "quiet": UNSEEN}
NUMBER = {
    "carry-forward": said("--carry-forward=0.5", needs=("--corridor-free=0.01", "--corridor-share=0.5")),
    "corridor-end": said("--corridor-end=0.02", needs=("--corridor-share=0.5",)),
    "error-wide-sd": said("--error-wide-sd=0.1", needs=("--error-wide-share=0.2",)),
    "error-wide-share": said("--error-wide-share=0.2", needs=("--error-wide-sd=0.1",)),
    "persistence-phi": said("--persistence-phi=0.5", needs=("--persistence-sd=0.01",)),
    "premium-loading": said("--premium-loading=0.2", needs=("--limit=20000",)), "cost": said("--cost=500", needs=("--k=2",)),
    "tail": said("--tail=3", needs=("--splice=20000",)), "splice": said("--splice=20000", needs=("--tail=3",)),
    "factor-gamma": said("--factor-gamma", needs=("--factor-variance=0.01",)), "each": UNSEEN,
    "values": said("--values=values.csv"), "quantiles": said("--quantiles=quantiles.csv"),
    **{name: said(f"--{name}={value}") for name, value in {
        "k": 2, "cv": 1, "mean": 1000, "rate": 0.1, "factor-variance": 0.01, "persistence-sd": 0.01, "cap": 0.05,
        "corridor-free": 0.01, "corridor-share": 0.5, "kept-share": 0.5, "limit": 20000, "error-sd": 0.02, "loading": 0.01,
        "people": 20000, "reserve": 5, "seed": 2, "trials": 50}.items()},
}

# Those that are unseen, and take a value.
HOW = {"threads": ("--threads=1",), "top": ("--top=3",), "checkpoint-every": ("--checkpoint-every=5",), "memory": ("--memory=100",)}

# By command: the words that all pairs stand beside, and the rows.
TABLE = {
    "run": (("FILE",), LONG),
    "sweep": (("FILE", *SWEPT), {**LONG, "axis": said("--axis", f"{KEY}=0.1,0.2"), "reuse": said("--reuse=empty.h5"),
                                     "no-neutral": UNSEEN}),  # a sweep runs nothing beside
    "check": (("FILE",), {**SCENARIO, "all": said("--all"), "neutral": said("--neutral=all", needs=("--all",))}),
    "plan": (("FILE",), {
        **dict.fromkeys(RUN, UNSEEN), "set": said("-s", "trials=900"), "trials": said("--trials=800"), "json": said("--json"),
        "strict": RUN["strict"], "axis": said(*SWEPT), "ranks": said("--ranks=2")}),
    "size": (("FILE",), {
        **RUN, **dict.fromkeys(("neutral", "dependence", "recalibrate", "strict"), UNSEEN),  # of what a budget does not rest on
        "set": said("-s", "delegated.loading=0.05"), "seed": said("--seed=5", needs=("--form=joined",)), "trials": said("--trials=16", needs=("--form=joined",)),
        "instruction-set": said("--instruction-set=v9", needs=("--form=joined",)), "risk": said("--risk=P(loss>2%)<=5%"), "form": said("--form=joined"), "from": said("--from=9000", needs=("--form=joined",)),
        "to": said("--to=20000", needs=("--form=joined",)), "draws": said("--draws=7")}),
    "backtest": (("FILE", "seen.csv"), {**RUN, "neutral": UNSEEN, "from": said("--from=2028"), "measures": said("--measures")}),
    "replay": (("FILE",), {**FILE, "trial": said("--trial=3"), "form": said("--form=joined")}),
    "verify": (("FILE",), {**FILE, "quick": said("--quick"), "all": said("--all"), "sample": said("--sample=3")}),
    "merge": (("FILE",), {**LIST, "quick": UNSEEN, "break-lock": UNSEEN, "force": said("--force", file="taken.h5"),
                          "no-neutral": said("--no-neutral"), "partial": said("--partial", file="half.h5")}),
    "export": (("FILE",), {**FILE, **POINT, "output": said("-o", "named.xlsx"), "csv": said("--csv=tables"),
                           "force": said("--force", needs=("-o", "empty.h5"))}),
    "show": (("FILE",), {**FILE, **POINT, "full": said("--full"), "metric": said("--metric=unmet_appointments"), "form": said("--form=joined"),
                         "neutral": said("--neutral=all", file="plain.h5")}),
    "compare": (("FILE",), {**QUESTION, "indifference": said("--indifference=1e6"), "over": said("--over=salary", file="swept.h5"),
                            "sites": said("--sites"), "risk-aversion": said("--risk-aversion=5", needs=("--sites",))}),
    "switch": (("FILE",), {
        **DRAWS, "run": said("--run", needs=(f"--key={KEY}", "--trials=16")), "from": said("--from=0.1", needs=(f"--key={KEY}", "--run")),
        "to": said("--to=0.2", needs=(f"--key={KEY}", "--run")), "trials": AGAIN, "map": said(f"--map={KEY},{OTHER}"),
        "grid": said("--grid=3x3", needs=(f"--map={KEY},{OTHER}",)), "reverse": said("--reverse"),
        "over": said(f"--over={KEY}", needs=("--reverse", "--no-run")), "no-run": said("--no-run", needs=("--reverse",))}),
    "sensitivity": (("FILE",), {**DRAWS, "saltelli": said("--saltelli=top:1"), "split": said("--split"), "terms": said("--terms"),
                                "trials": AGAIN}),
    "voi": (("FILE",), {**QUESTION, "decisions": said("--decisions=3"), "discount": said("--discount=0.1", needs=("--years=5", "--per-year=2")),
                        "group": said(f"--group=ours={KEY}"), "per-year": said("--per-year=2", needs=("--years=5",)),
                        "price": said("--price=unmet=0:100:50"), "top": UNSEEN, "years": said("--years=5", needs=("--per-year=2",))}),
    "pool": ((), {**LIST, "set": said("-s", "delegated.cap=0.05", file="budget.yaml"), **NUMBER,
                  "two-part": said("--two-part", needs=("--rate=0.1",))}),
    "new": (("mine",), {**LIST, "practices": said("--practices=patches/six.csv")}),
    "report": (("FILE",), {"json": said("--json"), "quiet": UNSEEN, **POINT, "point": said("--point=0", file="swept.h5"), "output": said("-o", "named.html"), "open": UNSEEN,
                           "pool": said("--pool=pool.json"), "calibration": said("--calibration=nothing.json")}),
    **{name: ((), LIST) for name in ("keys", "metrics", "forms", "schema", "validate")},
}
# What it asks for is so already: all is in JSON, nothing is run beside, and what is there a shard leaves alone.
HONOURED = {("check", "all", "json"), ("show", "full", "json"), ("voi", "verbose", "json"), ("run", "no-neutral", "axis"), ("run", "no-neutral", "neutral"),
            ("run", "no-neutral", "reuse"), ("run", "no-neutral", "shard"), ("run", "force", "shard"), ("sweep", "force", "shard")}
# What is refused at once: an option that says nothing without another, and beside another.
WITHOUT = {
    "pool": "tail:splice splice:tail cost:k persistence-phi:persistence-sd error-wide-sd:error-wide-share premium-loading:limit "
            "factor-gamma:factor-variance",
    "size": "trials:form threads:form instruction-set:form", "compare": "risk-aversion:sites force:output",
    "switch": "force:output reference:forms", "sensitivity": "force:output reference:forms",
    "voi": "force:output reference:forms years:per-year per-year:years discount:years",
}
BESIDE = {
    "compare": "verbose:over", "sensitivity": "key:split", "switch": "trials:no-run confidence:no-run", "show": "metric:json form:json",
    "pool": "rate:k mean:k cv:k splice:k two-part:k values:k quantiles:k mean:values cv:values splice:values mean:quantiles cv:quantiles "
            "splice:quantiles quantiles:values",
    "voi": "metric:price objective:price reference:price confidence:price top:price group:price decisions:price per-year:price",
}
USUAL = {"run": "small.yaml", "sweep": "small.yaml", "check": "small.yaml", "plan": "small.yaml", "size": "budget.yaml",
         "backtest": "small.yaml", "merge": "parts.h5"}


def listed(command):
    """The options that its help lists, each by its first name."""
    found = re.findall(r"^ {2,6}(?:-., |-\w [A-Z.a-z]+, )?--([a-z-]+)", program.headroom(command, "--help").stdout, re.M)
    return set(found) - {"help", "usage"}


class EveryTwoOptions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        cls.prepare()

    @classmethod
    def do(cls, *words):
        own = {} if words[0] == "new" else {"HEADROOM_SCENARIOS": str(SCENARIOS)}
        return program.headroom(*words, environment=own, cwd=cls.folder, timeout=120)

    @classmethod
    def prepare(cls):
        folder = cls.folder
        shutil.copytree(SCENARIOS / "patches", folder / "patches")
        small = (f"include: {SCENARIOS}/six_practices.yaml\ntrials: 24\npatch.horizon_years: 3\n"
                 "forms.joined.levy: { value: 3, evidence: assumption, source: ours }\n"
                 "forms.owned: { setup_cost: { uniform: { low: 0, high: 160 }, evidence: assumption }, setup_payer: commissioner }\n")
        (folder / "small.yaml").write_text(small)
        odd = (folder / "patches/six.csv").read_text()
        (folder / "odd.csv").write_text(odd.replace(",5,4,2,1\n", ",5,4,1,2\n"))  # more full-time posts than people
        (folder / "odd.yaml").write_text(small + "patch.practices: odd.csv\n")
        (folder / "budget.yaml").write_text(f"include: {SCENARIOS}/budget_normal.yaml\n")
        (folder / "seen.csv").write_text("measure,year,value\nvacancy,2027,0.1\n")
        (folder / "values.csv").write_text("cost\n100\n900\n4000\n")
        (folder / "quantiles.csv").write_text("probability,cost\n0,10\n0.5,900\n1,4000\n")
        (folder / "empty.h5").write_text("no result\n")
        for words in (("run", "small.yaml", "-o", "result.h5", "--trials=512"), ("run", "small.yaml", "-o", "short.h5", "--trials=16"),
                      ("run", "small.yaml", "-o", "plain.h5", "--no-neutral"),
                      ("sweep", "small.yaml", "-o", "swept.h5", "--trials=40", *SWEPT),
                      ("run", "small.yaml", "-o", "half.h5", "--shard=1/2"), ("run", "small.yaml", "-o", "parts.h5", "--shard=1/2"),
                      ("run", "small.yaml", "-o", "parts.h5", "--shard=2/2")):
            commands.must(cls.do(*words))
        shutil.copytree(folder / "parts.h5.parts", folder / "taken.h5.parts")
        (folder / "taken.h5").write_text("no result\n")
        cls.kept = pathlib.Path(cls.enterClassContext(program.folder())) / "kept"
        shutil.copytree(folder, cls.kept)

    def changed(self):
        """The files that are not as they were prepared."""
        for path in sorted(self.folder.rglob("*")):
            kept = self.kept / path.relative_to(self.folder)
            if path.is_file() and not (kept.exists() and kept.stat().st_mtime_ns == path.stat().st_mtime_ns):
                yield path, kept

    def restore(self):
        for path, kept in list(self.changed()):
            path.unlink()
            if kept.exists():
                shutil.copy2(kept, path)
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not (self.kept / path.relative_to(self.folder)).exists():
                path.rmdir()
        for kept in self.kept.rglob("*"):
            path = self.folder / kept.relative_to(self.kept)
            if not path.exists():
                path.mkdir() if kept.is_dir() else shutil.copy2(kept, path)

    @functools.cache
    def outcome(self, *words):
        """Exit status, what is said, and what is made."""
        self.restore()
        done = self.do(*words)
        made = tuple((str(path.relative_to(self.folder)), self.digest(path)) for path, _ in self.changed())
        return done.returncode, commands.said(done), done.stderr, made

    @staticmethod
    def digest(path):
        import h5py

        if path.suffix != ".h5" or not h5py.is_hdf5(path):
            return hashlib.md5(path.read_bytes()).hexdigest()
        found = hashlib.md5()
        with h5py.File(path) as file:  # its numbers; of texts one is that of the command line
            file.visititems(lambda name, item: found.update(
                name.encode() + (item[()].tobytes() if isinstance(item, h5py.Dataset) and item.dtype.kind in "fiu" else b"")))
        return found.hexdigest()

    def words(self, command, *rows):
        """The command with these rows, and what each needs, said once."""
        base, _ = TABLE[command]
        file = next((row.file for row in reversed(rows) if row.file), USUAL.get(command, "result.h5"))
        said = [file if word == "FILE" else word for word in base]
        if command == "pool" and any(row.file for row in rows):
            said.append(file)
        together = []
        for group in {words: None for row in rows for words in (row.needs, row.words) if words}:
            if group not in together:
                together.append(group)
        if command == "size" and not any("risk" in word for group in together for word in group):
            together.append(("--risk=sites_closed<=50" if any("--form" in g[0] for g in together) else "--risk=P(loss>3%)<=5%",))
        return (command, *said, *(word for group in together for word in group))

    def is_heard(self, command, name, other):
        row, beside = TABLE[command][1][name], TABLE[command][1][other] or said(*HOW.get(other, (f"--{other}",)))
        words = self.words(command, beside, row)
        alone, both = self.outcome(*self.words(command, beside, Row((), row.needs, row.file))), self.outcome(*words)
        if both[0] == 2:
            self.assertRegex(both[2], r"\w+: \S.*\w{2}.*\w{2}")
        else:
            self.assertNotEqual(alone, both, f"--{name} says nothing beside --{other}: {' '.join(map(str, words))}")

    @staticmethod
    def pairs(command):
        rows = TABLE[command][1]
        return [(name, other) for name in rows if rows[name] for other in rows
                if other != name and not (rows[other] and rows[name].words[0] in rows[other].needs)
                and (command, name, other) not in HONOURED]

    def test_have_a_row(self):
        self.assertEqual(set(TABLE), commands.listed())
        for command, (_, rows) in TABLE.items():
            self.assertEqual(listed(command), set(rows), command)

    def test_are_heard_or_refused(self):
        pairs = [(command, *pair) for command in TABLE for pair in self.pairs(command)]
        for command, name, other in pairs if EVERY else random.Random(8).sample(pairs, SOME):
            with self.subTest(command=command, option=name, beside=other):
                self.is_heard(command, name, other)

    def test_that_say_nothing_are_refused_before_all_else(self):
        for table, how in ((WITHOUT, "without"), (BESIDE, "beside")):
            for command, name, other in ((command, *pair.split(":")) for command, pairs in table.items() for pair in pairs.split()):
                with self.subTest(command, option=name, other=other):
                    done = self.do(command, *self.asked(command, name, *(other,) * (how == "beside")))
                    self.assertEqual(done.returncode, 2, done.stdout)
                    self.assertIn(f"--{name} says nothing {how} --{other}", done.stderr)

    @staticmethod
    def asked(command, name, *others):
        """An option, what it is not seen without, and others."""
        rows = TABLE[command][1]
        needs = rows[name].needs if others and f"{name}:" in WITHOUT.get(command, "") else ()
        named = [rows[each].words if rows[each] else HOW.get(each, (f"--{each}",)) for each in (name, *others)]
        return [word for words in (*named, needs) for word in words]

    def test_that_say_which_point_are_one_question(self):
        for command in ("show", "export", "compare", "switch", "sensitivity", "voi", "report"):
            done = self.do(command, "swept.h5", "--point=1", "--at=salary=90000")
            self.assertEqual(done.returncode, 2)
            self.assertIn("--at and --point both say which point: give one", done.stderr)


if __name__ == "__main__":
    unittest.main()
