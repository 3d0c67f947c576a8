"""What every command writes for --json: one object as results/answer.schema.json has it, in success and in failure; and
what --quiet leaves. Every file that is no good is refused by every command in a sentence, exit status 2."""

import json
import pathlib
import re
import shutil
import unittest

import h5py
import jsonschema

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
BUDGET = program.ROOT / "scenarios/whole_budget.yaml"
SCHEMA = json.loads((program.ROOT / "results/answer.schema.json").read_text())
SMALL = ("--trials", 8, "-s", "patch.horizon_years=1")
SWEPT = ("--axis", "money.salary=90000,100000", *SMALL)

# In a folder with result.h5, the parts of parts.h5, and seen.csv.
COMMANDS = {
    "new": ("new", "mine"),
    "run": ("run", SCENARIO, "-o", "made.h5", *SMALL),
    "sweep": ("sweep", SCENARIO, "-o", "swept.h5", *SWEPT),
    "merge": ("merge", "parts.h5"),
    "check": ("check", SCENARIO),
    "plan": ("plan", SCENARIO),
    "show": ("show", "result.h5"),
    "report": ("report", "result.h5"),
    "compare": ("compare", "result.h5"),
    "switch": ("switch", "result.h5"),
    "sensitivity": ("sensitivity", "result.h5"),
    "voi": ("voi", "result.h5"),
    "export": ("export", "result.h5", "-o", "made.xlsx"),
    "replay": ("replay", "result.h5"),
    "verify": ("verify", "result.h5"),
    "pool": ("pool", "--people", 8000, "--trials", 0),
    "size": ("size", BUDGET, "--risk", "P(loss>2%)<=5%", "--draws", 0),
    "backtest": ("backtest", SCENARIO, "seen.csv", "--trials", 8),
    "metrics": ("metrics",),
    "keys": ("keys",),
    "forms": ("forms",),
    "schema": ("schema",),
}
SLOW = {"validate": "a row and its verdict for each published number, which is what test_published is of"}
OF_RESULTS = ("show", "report", "compare", "switch", "sensitivity", "voi", "export", "replay", "verify")
OF_SCENARIOS = ("run", "sweep", "check", "plan", "size", "backtest", "replay")
MAKE = ("new", "run", "sweep", "merge", "export", "report")


def spoilt(folder):
    """Results that are none any more, and files that never were; by what is wrong with each."""
    good = folder / "result.h5"
    whole = good.read_bytes()
    (folder / "half.h5").write_bytes(whole[:len(whole) // 2])
    (folder / "head.h5").write_bytes(whole[:300])
    (folder / "empty.h5").write_bytes(b"")
    (folder / "text.h5").write_text("a letter\n")
    with h5py.File(folder / "foreign.h5", "w") as file:
        file["measurements"] = [1.0, 2.0]
    for name, attribute, value in (("unended.h5", "complete", 0), ("later.h5", "schema_version", "2.0.0")):
        shutil.copy(good, folder / name)
        with h5py.File(folder / name, "a") as file:
            file.attrs[attribute] = value
    return ("half.h5", "head.h5", "empty.h5", "text.h5", "foreign.h5", "unended.h5", "later.h5", "nowhere.h5")


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        program.run(cls.folder, SCENARIO, "result.h5", *SMALL)
        for shard in ("1/2", "2/2"):
            done = cls.ask("run", SCENARIO, "-o", "parts.h5", *SMALL, "--shard", shard)
            assert done.returncode == 0, done.stderr
        (cls.folder / "seen.csv").write_text("measure,year,value\ngps,2027,4\n")
        (cls.folder / "wrong.yaml").write_text("title: [\n")

    @classmethod
    def ask(cls, *words):
        return program.headroom(*words, cwd=cls.folder)

    def answer(self, *words):
        """The object of a command, held to the schema; and its exit status is in it."""
        done = self.ask(*words, "--json")
        numbers = []
        said = json.loads(done.stdout, parse_float=lambda text: numbers.append(text) or float(text))
        with self.subTest(words=words):
            jsonschema.validate(said, SCHEMA)
            self.assertEqual((said["command"], said["status"]), (words[0], done.returncode))
            for number in numbers:
                self.assertFalse(float(number).is_integer() and abs(float(number)) < 2**53, number)
        return said

    def test_walks_over_every_command(self):
        listed = re.findall(r"^  (\w+) ", self.ask("--help").stdout.split("Commands:")[1], re.MULTILINE)
        self.assertEqual(set(listed), COMMANDS.keys() | SLOW.keys())

    def test_of_every_command_is_one_object_of_the_schema(self):
        for words in COMMANDS.values():
            said = self.answer(*words)
            self.assertIn(said["status"], (0, 4), said["problems"])
            if words[0] in ("run", "show", "report", "voi"):
                made = "made.h5" if words[0] == "run" else "result.h5"
                self.assertEqual(said["content_hash"], program.content_hash(self.folder / made))
                self.assertEqual(said["seed"], program.attribute(self.folder / made, "seed"))

    def test_of_misuse_is_one_object_of_the_schema(self):
        for command in COMMANDS.keys() | SLOW.keys():
            said = self.answer(command, "--no-such-option")
            self.assertEqual(said["status"], 2)
            self.assertIn("no-such-option", said["problems"][0]["text"])

    def test_of_no_good_result_is_a_sentence_and_status_2(self):
        for name in spoilt(self.folder):
            for command in OF_RESULTS if name in ("half.h5", "foreign.h5") else OF_RESULTS[2::3]:
                said = self.answer(command, name)
                self.assertEqual((said["status"], len(said["problems"])), (2, 1), said)
                self.assertIn(name, said["problems"][0]["text"])
        self.assertEqual(list(self.folder.glob("half.*")), [self.folder / "half.h5"])

    def test_of_no_good_scenario_has_the_place(self):
        for command in OF_SCENARIOS:
            rest = [word for word in COMMANDS[command][1:] if word not in (SCENARIO, BUDGET, "result.h5")]
            self.assertEqual(self.answer(command, "nowhere.yaml", *rest)["status"], 2)
            said = self.answer(command, "wrong.yaml", *rest)
            self.assertEqual(said["status"], 2)
            self.assertEqual((said["problems"][0]["file"], said["problems"][0]["line"]), ("wrong.yaml", 2))

    def test_of_a_wrong_value_has_the_key(self):
        for command in ("run", "sweep", "check", "plan"):
            said = self.answer(*COMMANDS[command], "-s", "money.salary=-1")
            wrong = [problem for problem in said["problems"] if problem["key"] == "money.salary"]
            self.assertEqual(len(wrong), 1, said)
            self.assertEqual(wrong[0]["file"], "command line")
            self.assertRegex(wrong[0]["text"], "^-1 is outside")

    def test_a_problem_is_no_note_and_a_note_no_problem(self):
        said = self.answer("plan", program.ROOT / "tests/data/scenarios/every_term.yaml")
        self.assertEqual(said["problems"], [])
        self.assertEqual(self.answer("show", "nowhere.h5")["notes"], [])


class Quiet(unittest.TestCase):
    """What --quiet leaves."""

    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        program.run(cls.folder, SCENARIO, "result.h5", *SMALL)

    @classmethod
    def ask(cls, *words):
        return program.headroom(*words, "--quiet", cwd=cls.folder)

    def test_who_makes_something_prints_nothing(self):
        self.ask("run", SCENARIO, "-o", "parts.h5", *SMALL, "--shard", "1/2")
        self.ask("run", SCENARIO, "-o", "parts.h5", *SMALL, "--shard", "2/2")
        for command in MAKE:
            with self.subTest(command):
                done = self.ask(*COMMANDS[command])
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_takes_nothing_from_the_object(self):
        with_notes = program.headroom("show", "result.h5", "--json", cwd=self.folder)
        self.assertEqual(self.ask("show", "result.h5", "--json").stdout, with_notes.stdout)

    def test_what_was_asked_for_is_printed(self):
        self.assertEqual(self.ask("show", "result.h5").stdout, program.headroom("show", "result.h5", cwd=self.folder).stdout)

    def test_what_is_wrong_is_said(self):
        done = self.ask("show", "nowhere.h5")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, "headroom show: nowhere.h5 cannot be read: No such file or directory\n")


if __name__ == "__main__":
    unittest.main()
