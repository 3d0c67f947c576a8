"""Memory that runs out, at one request after another, of the program's own or of libraries, once or for ever: a
sentence about memory, exit status 1, no file that is not whole, and never status 0 with another answer."""

import os
import pathlib
import re
import shutil
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
BUDGET = program.ROOT / "scenarios/whole_budget.yaml"
FOR_EVER = 10**9
EVERY = "HEADROOM_EVERY_FAILURE" in os.environ  # of the places that requests are made from; else some of them
MANY = 100  # of the places in libraries, where every one is asked for, but for the commands that all else rests on
ALL_OF_LIBRARIES = ("check", "run", "show")
SMALL = ("--trials", 8, "-s", "patch.horizon_years=1")

# What is run of each command, in a folder with result.h5 and the parts of parts.h5, and what it makes.
COMMANDS = {
    "new": (("new", "mine"), "mine.yaml"),
    "run": (("run", SCENARIO, "-o", "made.h5", *SMALL), "made.h5"),
    "sweep": (("sweep", SCENARIO, "--axis", "money.salary=90000,100000", "-o", "swept.h5", *SMALL), "swept.h5"),
    "merge": (("merge", "parts.h5"), "parts.h5"),
    "check": (("check", SCENARIO), None),
    "plan": (("plan", SCENARIO), None),
    "show": (("show", "result.h5"), None),
    "compare": (("compare", "result.h5"), None),
    "switch": (("switch", "result.h5"), None),
    "sensitivity": (("sensitivity", "result.h5"), None),
    "voi": (("voi", "result.h5"), None),
    "export": (("export", "result.h5", "-o", "made.xlsx"), "made.xlsx"),
    "replay": (("replay", SCENARIO), None),
    "verify": (("verify", "result.h5"), None),
    "pool": (("pool", "--two-part", "--rate", 0.1, "--factor-variance", 0.001, "--people", 8000, "--trials", 64), None),
    "size": (("size", BUDGET, "--risk", "P(loss>2%)<=5%", "--draws", 0), None),
    "metrics": (("metrics",), None),
    "keys": (("keys",), None),
    "forms": (("forms",), None),
    "schema": (("schema",), None),
}
ELSEWHERE = {"report": "a script of another program", "validate": "its tables are those of pool, and take seconds",
             "backtest": "a run, and a table read as all tables are"}


@unittest.skipUnless("HEADROOM_FAILING_MEMORY" in os.environ, "sanitizers and coverage ask for memory of their own")
class MemoryThatRunsOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        cls.failing = program.preloaded(os.environ["HEADROOM_FAILING_MEMORY"], cls.folder)
        program.run(cls.folder, SCENARIO, "result.h5", "--trials", 40, *SMALL[2:])
        for shard in ("1/2", "2/2"):
            done = program.headroom("run", SCENARIO, "-o", "parts.h5", *SMALL, "--shard", shard, cwd=cls.folder)
            assert done.returncode == 0, done.stderr
        shutil.copytree(cls.folder / "parts.h5.parts", cls.folder / "kept")

    def with_failing(self, words, number, how_many=1, libraries=False, **more):
        environment = {"LD_PRELOAD": self.failing, "FAIL_AT": str(number),
                       "FAIL_FOR": str(how_many), "FAIL_COUNT": str(self.folder / "count"), **more}
        if libraries:
            environment["FAIL_LIBRARIES"] = "1"
        return program.headroom(*words, environment=environment, cwd=self.folder)

    def requests(self, tried):
        """So many from the first to the last, by number, and how many fail; where EVERY is asked for one a place."""
        if EVERY:
            number = [int(line) for line in (self.folder / "places").read_text().split()]
        else:
            number = range(1, 1 + int((self.folder / "count").read_text()))
        tried = min(tried, len(number))
        for i in range(tried):
            for how_many in (1, FOR_EVER) if EVERY else ((1, FOR_EVER)[i % 2],):
                yield number[i * (len(number) - 1) // max(tried - 1, 1)], how_many

    def test_walks_over_every_command(self):
        listed = re.findall(r"^  (\w+) ", program.headroom("--help").stdout.split("Commands:")[1], re.MULTILINE)
        self.assertEqual(set(listed), COMMANDS.keys() | ELSEWHERE.keys())

    def clear(self, makes):
        """Put the parts back that a merge uses up, and take away what was made."""
        for left in self.folder.glob("parts.h5*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copytree(self.folder / "kept", self.folder / "parts.h5.parts")
        if makes:
            (self.folder / makes).unlink(missing_ok=True)

    def content(self, makes):
        """Of what a command made: of a result, all but who made it and when."""
        made = self.folder / makes
        return program.content_hash(made) if made.suffix == ".h5" else made.read_bytes()

    def is_told(self, words, makes, tried, libraries=False):
        self.clear(makes)
        places = {"FAIL_PLACES": str(self.folder / "places")} if EVERY else {}
        good = self.with_failing(words, FOR_EVER, 1, libraries, **places)  # far beyond the last: it counts
        self.assertEqual(good.returncode, 0, good.stderr)
        whole = self.content(makes) if makes else None
        for number, how_many in self.requests(tried):
            self.clear(makes)
            (self.folder / "count").write_text(str(number))  # what falls over writes none
            done = self.with_failing(words, number, how_many, libraries)
            if int((self.folder / "count").read_text()) < number:
                continue  # threads share the work out, and ask a little more or less
            with self.subTest(command=words[0], request=number, how_many=how_many, libraries=libraries):
                if done.returncode == 0:  # it could do without
                    self.assertEqual(*(re.sub(r"[\d.]+ s\b|\d+ trials/s", "", said.stdout) for said in (done, good)))
                else:
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertRegex(done.stderr, "memory")
                if makes and (self.folder / makes).exists():  # what failed is what comes after
                    self.assertEqual(self.content(makes), whole)
                if not re.search("fell over|gave up", done.stderr):
                    self.assertFalse(list(self.folder.glob("*.partial.*")))
        self.with_failing(words, FOR_EVER)  # takes away what a run that fell over has left
        self.assertFalse(list(self.folder.glob("*.partial.*")))

    def test_is_told_by_every_command(self):
        for words, makes in COMMANDS.values():
            self.is_told(words, makes, 10**6 if EVERY else 4)

    def test_of_libraries_is_told_as_well(self):
        """They leave things out, say that a file is damaged, fall over, or end the program."""
        for command, (words, makes) in COMMANDS.items():
            with_all = 10**6 if command in ALL_OF_LIBRARIES else MANY
            some = 8 if command in ALL_OF_LIBRARIES else 1
            self.is_told(words, makes, with_all if EVERY else some, libraries=True)


if __name__ == "__main__":
    unittest.main()
