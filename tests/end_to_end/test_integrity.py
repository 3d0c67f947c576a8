"""What stands in a result file is what was written, or every command says so and shows nothing."""

import os
import pathlib
import random
import re
import shutil
import subprocess
import unittest

import h5py
import numpy

import forging
import program

SCENARIOS = program.ROOT / "tests/data/scenarios"
TRIALS = 203
WHOLE = "HEADROOM_WHOLE_WALKS" in os.environ  # each fault before each command; else the commands take turns

# How each command of the program's own list, and each option, that reads a result is asked. FILE is the result, GOOD an
# undamaged one.
FILE, GOOD, OTHER = "FILE", "GOOD", "OTHER"
ASKED = {
    "show": ("show", FILE),
    "report": ("report", FILE, "-o", OTHER),
    "compare": ("compare", FILE),
    "compare: two": ("compare", GOOD, FILE),
    "switch": ("switch", FILE),
    "sensitivity": ("sensitivity", FILE),
    "voi": ("voi", FILE),
    "export": ("export", FILE, "-o", OTHER),
    "replay": ("replay", FILE),
    "verify": ("verify", FILE),
    "run: --extend": ("run", SCENARIOS / "six_practices.yaml", "-o", FILE, "--extend", "--trials", "400"),
    "sweep: --reuse": ("sweep", SCENARIOS / "six_practices.yaml", "--axis=demand.growth=0:0.01:2", "--trials", TRIALS,
                       "--reuse", FILE, "-o", OTHER),
}
MAKE_RESULTS = {"run", "sweep", "merge"}  # and so refuse what is no whole result in their way


class TheCommandsThatReadAResult(unittest.TestCase):
    def test_are_walked_over_below_by_the_programs_own_list(self):
        listed = re.findall(r"^  ([a-z]+) +[a-z]", program.headroom("--help").stdout, re.MULTILINE)
        self.assertGreater(len(listed), 20)
        for command in listed:
            said = program.headroom(command, "--help").stdout
            reads = "RESULT" in said.split("\n\n")[0].split("\n")[0] or "[RESULT.h5]" in said
            if reads and command not in MAKE_RESULTS:
                self.assertIn(command, ASKED)
            for option in re.findall(r"(--[a-z]+)=RESULT", said):
                self.assertTrue(command in ("run", "plan") or f"{command}: {option}" in ASKED, (command, option))


def is_of_numbers(item):
    return isinstance(item, h5py.Dataset) and item.dtype.kind == "f" and not h5py.h5ds.is_scale(item.id)


class WithAResult(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = program.folder()
        cls.folder = pathlib.Path(cls.place.name)
        cls.environment = {"HEADROOM_SCENARIOS": str(SCENARIOS)}
        cls.result = program.run(cls.folder, SCENARIOS / "six_practices.yaml", "result.h5", "--trials", TRIALS,
                                 environment=cls.environment)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def headroom(self, *words):
        return program.headroom(*words, environment=self.environment, timeout=120)

    def asked(self, name, path):
        """The words of a command, of those that read a result."""
        named = {FILE: path, GOOD: self.result, OTHER: self.folder / "other"}
        return [named.get(word, word) for word in ASKED[name]]

    def refuses(self, path, *command):
        """One sentence, nothing shown, nothing written, and a status that says whose fault it is."""
        words = self.asked(command[0], path) if command[0] in ASKED and len(command) == 1 else (*command, path)
        done = self.headroom(*words)
        self.assertIn(done.returncode, (2, 4), (command, path.name, done.stderr))
        self.assertEqual(done.stderr.count("\n"), 1, (command, path.name, done.stderr))
        self.assertTrue(done.stderr.startswith(f"headroom {words[0]}: "), done.stderr)
        self.assertEqual(done.stdout, "", (command, path.name))
        self.assertFalse((self.folder / "other").exists(), command)
        return done.stderr

    def in_turn(self, number):
        """The commands before which this fault is laid: all, or the next."""
        names = list(ASKED)
        return names if WHOLE else [names[number % len(names)]]


class AnOrdinaryReaderLeaves(WithAResult):
    def holds_by_content(self, path):
        done = self.headroom("verify", path, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(program.as_json(done)["proof"], "content")
        self.assertIn("seal is gone", self.headroom("verify", path).stdout)
        self.assertEqual(self.headroom("show", "--json", path).stdout,
                         self.headroom("show", "--json", self.result).stdout)

    def test_what_it_opened_for_writing_provable_by_its_content(self):
        path = self.folder / "opened.h5"
        shutil.copy(self.result, path)
        with h5py.File(path, "r+"):
            pass
        self.assertLess(path.stat().st_size, self.result.stat().st_size)
        self.holds_by_content(path)

    @unittest.skipUnless(program.has("h5repack"), "hdf5-tools is not installed")
    def test_what_it_packed_again_provable_by_its_content(self):
        for name, words in {"plain": [], "deflated": ["-f", "GZIP=4"], "bare": ["-f", "NONE"],
                            "contiguous": ["-f", "NONE", "-l", "CONTI"], "latest": ["-L"]}.items():
            path = self.folder / f"packed_{name}.h5"
            subprocess.run(["h5repack", *words, self.result, path], check=True)
            with self.subTest(name):
                self.holds_by_content(path)

    @unittest.skipUnless(program.has("Rscript"), "R is not installed")
    def test_what_hdf5r_opened_provable_by_its_content(self):
        path = self.folder / "read_in_r.h5"
        shutil.copy(self.result, path)
        read = subprocess.run(["Rscript", "-e", f'f <- hdf5r::H5File$new("{path}"); f$close_all()'],
                              capture_output=True)
        if read.returncode != 0:
            self.skipTest("hdf5r is not installed")
        self.holds_by_content(path)

    def test_the_seal_in_place_where_it_only_reads(self):
        with h5py.File(self.result):
            pass
        self.assertEqual(program.as_json(self.headroom("verify", self.result, "--json"))["proof"], "seal")


class AFileOfTheVersionBefore(WithAResult):
    def test_opens_and_holds_though_its_trials_cannot_run_again(self):
        def forget(file):
            del file.attrs["numbers"]
            file.attrs["engine_version"] = "0.0.9"

        path = forging.changed(self.result, self.folder / "before.h5", forget, rehash=True)
        done = self.headroom("verify", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no trial ran again", done.stdout)
        self.assertEqual(self.headroom("show", path).returncode, 0)
        for words in (("replay", path, "--trial", 1), ("show", path, "--neutral")):
            with self.subTest(words[0]):
                refused = self.headroom(*words)
                self.assertNotEqual(refused.returncode, 0)
                self.assertIn("its trials cannot be run again", refused.stderr)


def finite_places(file):
    """Where each data set that is not an input has numbers."""
    found = {}

    def look(path, item):
        if isinstance(item, h5py.Dataset) and item.dtype.kind == "f" and not path.startswith("inputs/"):
            found[path] = numpy.argwhere(numpy.isfinite(item[()]))

    file.visititems(look)
    return {path: places for path, places in found.items() if len(places)}


def mean(path, name, value):
    """A change of what is said of a data set."""
    def change(file):
        del file[path].attrs[name]
        file[path].attrs[name] = value
    return change


def say(name, value):
    def change(file):
        if name in file.attrs:
            del file.attrs[name]
        file.attrs[name] = value
    return change


def add(path, place):
    """A change of one number of a data set by a little."""
    def change(file):
        values = file[path][()]
        values[place] += 1e-3 * (1 + abs(values[place]))
        file[path][...] = values
    return change


def section(name):
    """A section of results/README.md."""
    return (program.ROOT / "results/README.md").read_text().split(f"## {name}\n")[1].split("\n## ")[0]


def unknowable():
    """What the page says that verify cannot know."""
    return set(re.findall("`(/[^`]+)`", section("What `verify` cannot know")))


class WhatStandsInAFileChangedWithHashesAndSealMadeToFit(WithAResult):
    """tests/run/test_again.c walks over all that is read of a file; here is what a reader passes over, and so no hash holds,
    and of what it reads a few of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "blank.csv").write_text((SCENARIOS / "patches/six.csv").read_text().replace(",12000,155,", ",,,"))
        scenario = cls.folder / "blank.yaml"
        scenario.write_text("include: [six_practices.yaml]\npatch: {practices: blank.csv, horizon_years: 1}\nshocks: []\n"
                            "question: Who?\nqa.analyst: Me\n")
        cls.small = program.run(cls.folder, scenario, "small.h5", "--trials", 8, "--no-neutral", environment=cls.environment)

    def verified(self, change, rehash):
        forged = forging.changed(self.small, self.folder / "forged.h5", change, rehash)
        return self.headroom("verify", "--all", forged)

    PASSED_OVER = {
        "prices of a data set": mean("summary/public_cost", "price_base", "April-June 1999"),
        "the unit of the table of draws": mean("parameters/values", "units", "hours"),
        "an attribute more, of numbers": lambda file: say("note", "x")(file["trials/vacancy"]),
        "an attribute more, of words": lambda file: say("units", "x")(file["inputs/assumptions/unit"]),
        "an attribute more, of an axis": lambda file: say("units", "x")(file["form"]),
        "an attribute more, of a text": lambda file: say("units", "x")(file["inputs/scenario"]),
        "an attribute less": lambda file: file["comparison/vacancy"].attrs.__delitem__("count"),
        "numbers": say("numbers", numpy.uint64(1)),
        "the version of the format": say("schema_version", "1.0.0"),
    }
    READ = {
        "a number that was given, said to be imputed": lambda file: put_at(file, "inputs/practices/core_rate_imputed", 3, 1),
        "a metric's label": mean("summary/vacancy", "label", "Posts"),
        "a unit of the inputs": mean("inputs/practices/list", "units", "GPs"),
        "an assumption": lambda file: word(file, "inputs/assumptions/value", 3),
        "a calibrated cost": add("inputs/calibration/cost_rate", 0),
        "the calibration": lambda file: say("factor", 1.01)(file["inputs/calibration"]),
        "the table of practices": lambda file: text(file, "inputs/practices_csv", ",150,", ",151,"),
        "the scenario it came from": lambda file: text(file, "inputs/scenario_resolved", '"trials": 8', '"trials":  8'),
        "the sentence of who leads": lambda file: word(file, "decision/public/sentence", 0),
        "a data set less": lambda file: file.__delitem__("flows/se"),
        "an attribute more, of the file": say("note", "x"),
    }

    def test_is_found_when_all_trials_run_again(self):
        for name, change in [*self.PASSED_OVER.items(), *self.READ.items()][::None if WHOLE else 3]:
            with self.subTest(name):
                done = self.verified(change, name in self.READ or name == "numbers")
                self.assertEqual((done.returncode, done.stdout), (4, ""), done.stderr)

    def test_is_not_found_where_the_page_says_that_nothing_says_what_it_should_be(self):
        restated = set()

        def all_of_it(file):
            sentence = file["decision/public/sentence"].asstr()[0]
            for path in unknowable() - {"/engine_version", "/commit"}:
                group, _, name = path.rpartition("/")
                if group and group not in file:
                    continue  # as of a sweep
                if name in file[group or "/"].attrs:
                    value = file[group or "/"].attrs[name]
                    say(name, value + "x" if isinstance(value, str) else value + type(value)(1))(file[group or "/"])
                elif path not in file:
                    continue
                elif file[path].shape == ():
                    text(file, path, "", "x")
                else:
                    unsaid = [label not in sentence for label in file["inputs/forms/label"].asstr()]
                    word(file, path, unsaid.index(True))
                restated.add(path)

        done = self.verified(all_of_it, rehash=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("note", done.stdout)
        self.assertGreaterEqual(restated, {"/question", "/inputs/qa/analyst", "/inputs/scenario", "/inputs/forms/label",
                                           "/host", "/seconds", "/threads"})

    def test_in_words_is_noted_where_the_file_names_another_build(self):
        def another(file):
            file.attrs["commit"] = "0123456789ab"
            file["trials/vacancy"].attrs["label"] = "Posts"

        done = self.verified(another, rehash=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, "note: another build wrote it.*: /trials/vacancy is described in other words")


def put_number(path, place, value):
    return lambda file: put_at(file, path, place, value)


class WhatStandsInASweepChangedWithHashesAndSealMadeToFit(unittest.TestCase):
    CHANGES = {
        "a path of the last point": add("paths/vacancy", (1, 1, 3, 0)),
        "what is varied": add("points/salary", 1),
        "the name of a point": lambda file: word(file, "points/id", 1),
        "an assumption": lambda file: word(file, "inputs/assumptions/value", 3),
        "a practice's mean": add("sites/todays_gps", (1, 0, 0)),
        "a flow": add("flows/mean", (0, 1, 2)),
        "a flow of a year": add("flows_by_year/difference_se", (1, 1, 2, 0)),
        "what a form reads": lambda file: word(file, "points/keys", 0),
        "whose calibration it is": lambda file: word(file, "points/calibration", 0),
        "why it was refused": lambda file: word(file, "points/reason", 0),
        "whether it was": put_number("points/status", 0, 1),
        "whether it is done": put_number("points/status", 1, 2),
        "whether it is anything": put_number("points/status", 1, 3),
        "what it changes": lambda file: text_at(file, "points/changes", 0, "money.salary=91000\n"),
        "a calibrated cost": add("inputs/calibration/cost_rate", 0),
        "the title": lambda file: say("title", "x")(file),
        "the year": lambda file: say("start_year", numpy.uint64(2001))(file),
        "a label": mean("paths/vacancy", "long_name", "x"),
        "a unit": mean("sites/todays_gps", "units", "x"),
        "the leader": lambda file: word(file, "decision/public/leader", 1),
        "the sentence": lambda file: word(file, "decision/public/sentence", 1),
        "a data set less": lambda file: file.__delitem__("flows/se"),
        "an attribute more": lambda file: say("note", "x")(file["flows/se"]),
    }

    def test_is_found_when_all_its_points_run_again(self):
        with program.folder() as folder:
            swept, forged = pathlib.Path(folder, "swept.h5"), pathlib.Path(folder, "forged.h5")
            done = program.headroom("sweep", SCENARIOS / "worked_example.yaml", "--axis", "money.salary=90000,100000",
                                    "--trials", 8, "-s", "patch.horizon_years=1", "-o", swept)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(program.as_json(program.headroom("verify", "--all", "--json", swept))["worded_otherwise"], "")
            for name, change in list(self.CHANGES.items())[:None if WHOLE else 3]:
                with self.subTest(name):
                    forging.changed(swept, forged, change, rehash=True)
                    done = program.headroom("verify", "--all", forged)
                    self.assertEqual((done.returncode, done.stdout), (4, ""), done.stderr)


def text_at(file, path, place, value):
    words = file[path].asstr()[()]
    words[place] = value
    file[path][...] = words


def word(file, path, place):
    text_at(file, path, place, "another")


def text(file, path, old, new):
    file[path][()] = file[path].asstr()[()].replace(old, new, 1)


def put_at(file, path, place, value):
    values = file[path][()]
    values[place] = value
    file[path][...] = values


class ANumberChangedWithHashesAndSealMadeToFit(WithAResult):
    def is_found(self, path, place, *words):
        forged = forging.changed(self.result, self.folder / "forged.h5", add(path, place), rehash=True)
        return self.refuses(forged, "verify", *words)

    def test_of_what_is_derived_from_the_trials_is_found(self):
        for path in ("summary/vacancy", "comparison/vacancy", "comparison_of/vacancy", "bearers/net",
                     "quality/imbalance_max"):
            with h5py.File(self.result) as file:
                places = [numpy.unravel_index(i, file[path].shape) for i in (0, file[path].size - 1)]
            for place in places:
                with self.subTest(path):
                    self.assertIn(path, self.is_found(path, place))

    def test_of_what_paths_and_practices_come_to_is_found(self):
        for path, place in (("paths/sites_ended", (0, 1, -1, 0)), ("paths/workload_difference", (0, 1, 2, 0)),
                            ("sites/todays_gps", (0, 0, 5))):
            with self.subTest(path), h5py.File(self.result) as file:
                said = self.is_found(path, place)
                self.assertIn(f"{path} does not follow", said)
                if "difference" in path:  # of two numbers near 1, so to their rounding
                    self.assertAlmostEqual(float(re.search(r"that gives (\S+)", said)[1]), file[path][place], places=12)

    def test_of_any_data_set_is_found_when_all_trials_run_again(self):
        """Of all but the inputs; a few of each group where not the whole is asked for."""
        small = program.run(self.folder, SCENARIOS / "six_practices.yaml", "small.h5", "--trials", 10,
                            environment=self.environment)
        groups = {}
        with h5py.File(small) as file:
            for path, places in finite_places(file).items():
                groups.setdefault(path.rpartition("/")[0], []).append((path, tuple(places[-1])))
        self.assertGreaterEqual(set(groups), {"", "trials", "parameters", "summary", "comparison", "comparison_of", "bearers",
                                              "paths", "sites", "quality", "decision/public", "flows", "sums",
                                              "neutral/forms/summary", "neutral/all/comparison"})
        for group, paths in groups.items():
            for path, place in paths if WHOLE else random.Random(group).sample(paths, 1):
                with self.subTest(path):
                    forged = forging.changed(small, self.folder / "forged.h5", add(path, place), rehash=True)
                    self.refuses(forged, "verify", "--all")

    def test_where_it_lies_or_what_it_means_is_found_when_all_trials_run_again(self):
        small = program.run(self.folder, SCENARIOS / "six_practices.yaml", "small.h5", "--trials", 10,
                            environment=self.environment)
        for said, change in {"start_year": say("start_year", numpy.uint64(2025)),
                             "price_base": say("price_base", "April-June 1999"),
                             "trials/npv_trust": mean("trials/npv_trust", "units", "hours"),
                             "comparison/npv_trust": mean("comparison/npv_trust", "discounted", numpy.uint64(0)),
                             "summary/npv_trust": mean("summary/npv_trust", "scale", 1e-3),
                             "summary/vacancy": mean("summary/vacancy", "better", "higher"),
                             "/inputs/practices/list is": add("inputs/practices/list", 0),
                             "/quarter": add("quarter", 0), "/trial ": add("trial", 0)}.items():
            with self.subTest(said):
                forged = forging.changed(small, self.folder / "forged.h5", change, rehash=True)
                self.assertIn(said, self.refuses(forged, "verify", "--all"))

    def test_is_not_said_to_be_reused_by_a_run_of_one_point(self):
        done = self.headroom("run", SCENARIOS / "six_practices.yaml", "--reuse", self.result, "-o", self.folder / "other.h5")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--reuse is for the points of a sweep", done.stderr)

    def test_is_looked_for_in_all_trials_or_in_a_sample_and_not_in_both(self):
        for words in (("--all", "--sample", 8), ("--sample", 8, "--all")):
            done = self.headroom("verify", self.result, *words)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("--all runs every trial again: leave out --sample", done.stderr)

    def test_of_a_trial_is_found_in_the_first_the_middle_and_the_last_block(self):
        """Three blocks of eight of 26: numbers 0, 12 and 25."""
        with h5py.File(self.result) as file:
            parameter = "parameters/" + file["parameters/parameter"].asstr()[0]
        for trial in (0, 100, TRIALS - 1):
            for said, path, place in ((parameter, "parameters/values", (0, 0, trial)),
                                      ("quality/near_ties", "quality/near_ties", (0, trial))):
                with self.subTest(said, trial=trial):
                    self.assertIn(said, self.is_found(path, place, "--sample", "24"))


def holding(change):
    """A change of the text from which trials are run again."""
    def forge(file):
        text = file["inputs/scenario_resolved"]
        text[()] = change(text.asstr()[()])
    return forge


class AScenarioThatIsNotTheResults(WithAResult):
    """Hashes and seal fit, and what the trials would be run again from is another thing."""

    AGAIN = (["replay"], ["verify"], ["show", "--neutral"], ["sensitivity", "--terms", "--pair=joined,alone"],
             ["switch", "--run", "--key=demand.growth", "--trials=8", "--pair=joined,alone"])

    def is_refused(self, commands, change, expected):
        path = forging.changed(self.result, self.folder / "other.h5", holding(change), rehash=True)
        for command in commands:
            with self.subTest(command=command[0]):
                self.assertRegex(self.refuses(path, *command), expected)

    def test_is_refused_by_every_command_that_runs_again(self):
        self.is_refused(self.AGAIN, lambda text: re.sub('"seed": [0-9]+', '"seed": 8', text), "its seed is not that")

    def test_is_refused_where_it_is_of_other_trials_reference_or_forms(self):
        for pattern, to, expected in (('"trials": [0-9]+', '"trials": 1000000000000', "its trials are not those"),
                                      ('"reference": "alone"', '"reference": "joined"', "its reference form is not"),
                                      ('"joined"', '"disjoint"', "its forms are not those")):
            self.is_refused(self.AGAIN[:1], lambda text: re.sub(pattern, to, text), expected)

    def test_reads_no_file_of_the_readers(self):
        for at, key in (("{", '"include": ["/dev/zero"], '), ('"prices": {', '"history": {"value": "/etc/passwd"}, ')):
            self.is_refused(self.AGAIN[:1], lambda text: text.replace(at, at + key, 1), "/(zero|passwd): is not read")

    def test_is_refused_where_it_cannot_be_read(self):
        many = ", ".join(f'"k{i}": 1' for i in range(20000))
        for bad in ("", "\x01{{{", "{}\n---\nseed: 9\n", '{"x": ' + "[" * 100000, f"{{{many}}}"):
            self.is_refused(self.AGAIN[:1], lambda text: bad, "its inputs cannot be run again: ")


class TheNumberOfTrials(WithAResult):
    def test_is_refused_where_it_is_not_what_the_file_holds(self):
        for trials in (0, 1, TRIALS - 1, TRIALS + 1, 10**9, 2**64 - 1):
            def lie(file, trials=trials):
                file.attrs["trials"] = numpy.uint64(trials)

            path = forging.changed(self.result, self.folder / "lies.h5", lie, rehash=True)
            for command in ASKED if trials == TRIALS - 1 else self.in_turn(trials):
                self.assertIn("/trials is not the number of trials it holds", self.refuses(path, command))


class OneFlippedBit(WithAResult):
    def test_is_refused_by_every_command(self):
        bits = 8 * (self.result.stat().st_size - forging.SEAL)
        chosen = random.Random(8)
        for flip in range(350 if WHOLE else 120):
            path = forging.flipped(self.result, self.folder / "flipped.h5", chosen.randrange(bits))
            for command in self.in_turn(flip):
                self.assertIn("is damaged", self.refuses(path, command))
            if flip % 10 == 0: # without a look at its bytes it may be shown, but ends in a sentence all the same
                self.assertIn(self.headroom("show", "--quick", path).returncode, (0, 2, 4))

    def test_of_what_stands_in_the_way_is_no_whole_result_to_commands_that_make_one(self):
        path = self.folder / "in_the_way.h5"
        scenario = SCENARIOS / "six_practices.yaml"
        made = self.headroom("run", scenario, "-o", path, "--trials", 16, "--no-neutral", "--shard", "1/1")
        self.assertEqual(made.returncode, 0, made.stderr)
        forging.flipped(self.result, path, 80000)
        for words in (("merge", path), ("merge", "--quick", path), ("run", scenario, "--trials", 8, "-o", path)):
            done = self.headroom(*words)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("is no whole result", done.stderr)

    def test_without_a_seal_is_refused_or_changes_nothing(self):
        bare = forging.unsealed(self.result, self.folder / "bare.h5")
        with h5py.File(bare) as file:
            data = [file["trials/vacancy"].id.get_chunk_info(0).byte_offset, bare.stat().st_size]
        shown = self.headroom("show", "--json", bare).stdout
        chosen = random.Random(9)
        for flip in range(60 if WHOLE else 20):
            bit = chosen.randrange(8 * 4096) if flip % 2 else chosen.randrange(8 * min(data), 8 * max(data))
            path = forging.flipped(bare, self.folder / "flipped.h5", bit)
            done = self.headroom("show", "--json", path)
            self.assertIn(done.returncode, (0, 2, 4), (bit, done.stderr))
            if done.returncode == 0:
                self.assertEqual(done.stdout, shown, bit)

    def test_of_the_seal_is_damage_or_leaves_the_content_to_prove_it(self):
        size = self.result.stat().st_size
        for byte in range(size - forging.SEAL, size, 1 if WHOLE else 7):
            path = forging.flipped(self.result, self.folder / "flipped.h5", 8 * byte)
            done = self.headroom("verify", "--sample", 0, path, "--json")
            if done.returncode == 0:
                self.assertEqual(program.as_json(done)["proof"], "content")
            else:
                self.assertEqual(done.returncode, 4, byte)


class AnAnalysis(WithAResult):
    """What compare and its kin write is a file like a result, and a page reads it."""

    def setUp(self):
        self.analysis = self.folder / "analysis.h5"
        done = self.headroom("compare", self.result, "-o", self.analysis, "--force", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_is_verified_by_its_bytes_and_hashes(self):
        done = self.headroom("verify", self.analysis)
        self.assertIn("holds: its seal and its hashes are right\nnote: it is an analysis", done.stdout)
        done = program.as_json(self.headroom("verify", "--json", self.analysis))
        self.assertEqual((done["proof"], done["analysis"], done["trials_run_again"]), ("seal", True, 0))

    def test_that_was_changed_is_found_by_verify_and_by_the_page_that_reads_it(self):
        forged = self.folder / "forged.h5"
        with h5py.File(self.analysis) as file:
            name = next(name for name in file if is_of_numbers(file[name]))
        for bad in (forging.flipped(self.analysis, forged, 8 * 70000),
                    forging.changed(self.analysis, self.folder / "changed.h5", add(name, -1)),
                    forging.unsealed(forging.changed(self.analysis, forged, add(name, -1)), self.folder / "bare.h5")):
            for words in (("verify",), ("report", self.result, "-o", self.folder / "other")):
                self.refuses(bad, *words)

    def test_is_no_result_to_the_commands_that_read_one(self):
        for command in ASKED:
            if command != "verify":
                self.assertRegex(self.refuses(self.analysis, command), "is an analysis|is no whole result")


def scale(file, name, shape, dtype="f8"):
    data = file.create_dataset(name, shape=shape, dtype=dtype, chunks=(1024,))
    data.make_scale(name)
    return data


def replaced(path, make):
    """A change that puts another data set in the place of one, on the same axes."""
    def change(file):
        old = file[path]
        shape, scales = old.shape, [dimension[0] for dimension in old.dims]
        del file[path]
        new = make(file, path, shape)
        for place, axis in enumerate(scales):
            new.dims[place].attach_scale(axis)
        new.attrs["units"], new.attrs["long_name"] = "GBP", "x"
    return change


def external(file, path, shape):
    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    creation.set_external(b"/etc/passwd", 0, int(8 * numpy.prod(shape)))
    space = h5py.h5s.create_simple(shape)
    return h5py.Dataset(h5py.h5d.create(file.id, path.encode(), h5py.h5t.IEEE_F64LE, space, creation))


def virtual(file, path, shape):
    layout = h5py.VirtualLayout(shape=shape, dtype="f8")
    layout[:] = h5py.VirtualSource("result.h5", "trials/npv_trust", shape=shape)
    return file.create_virtual_dataset(path, layout, fillvalue=numpy.nan)


def deep(file):
    for _ in range(3000):
        file = file.create_group("g")


def many(file):
    for i in range(20000):
        file.create_group(f"m{i}")


def huge_product(file):
    axes = [scale(file, name, (size,)) for name, size in (("a1", 2**26), ("a2", 2**26), ("a3", 2**10))]
    del file["trials/npv_partners"]
    data = file.create_dataset("trials/npv_partners", shape=(2**26, 2**26, 2**10), chunks=(64, 64, 64), dtype="f8")
    for place, axis in enumerate(axes):
        data.dims[place].attach_scale(axis)


def short_central(file):
    del file["inputs/assumptions/central"]
    data = file.create_dataset("inputs/assumptions/central", data=numpy.zeros(file["form"].shape[0]))
    data.dims[0].attach_scale(file["form"])
    data.attrs["units"] = "x"


def numbered_forms(file):
    file.move("form", "old")
    file["form"] = numpy.arange(float(file["old"].shape[0]))
    file["form"].make_scale("form")


def put(path, value):
    def change(file):
        file[path] = value
    return change


def rename(path, place, word):
    def change(file):
        file[path][place] = word
    return change


def leave_out(path):
    def change(file):
        if path in file.attrs:
            del file.attrs[path]
        else:
            del file[path]
    return change


# What each kind is, a change that makes it, and the words by which it is refused.
CRAFTED = {
    **{f"an axis of 2^{power} numbers": (lambda file, power=power: scale(file, "huge", (2**power,)), "claims more")
       for power in (30, 33, 40, 60, 61)},
    **{f"an axis of 2^{power} words": (lambda file, power=power: scale(file, "huge", (2**power,), h5py.string_dtype()),
                                       "claims more") for power in (32, 61)},
    "a product of sizes past 2^62": (huge_product, "claims more"),
    "groups 3000 deep": (deep, "goes deeper"),
    "more groups than any result": (many, "goes deeper, or on for longer"),
    "a group within itself": (lambda file: put("inputs/loop", file["/"])(file), "another name"),
    "one data set under two names": (lambda file: put("trials/again", file["trials/vacancy"])(file), "another name"),
    "a soft link to itself": (put("inputs/soft", h5py.SoftLink("/inputs/soft")), "link to elsewhere"),
    "a soft link to nothing": (put("inputs/soft", h5py.SoftLink("/nothing")), "link to elsewhere"),
    "a soft link to a data set": (put("trials/soft", h5py.SoftLink("/trials/vacancy")), "link to elsewhere"),
    "a link into another file": (put("inputs/e", h5py.ExternalLink("result.h5", "/form")), "link to elsewhere"),
    "a link into a file that is none": (put("inputs/e", h5py.ExternalLink("/etc/passwd", "/x")), "link to elsewhere"),
    "a link into a pipe": (put("inputs/e", h5py.ExternalLink("fifo", "/x")), "link to elsewhere"),
    "numbers kept in another file": (replaced("trials/npv_partners", external), "outside the file"),
    "numbers of another file's": (replaced("trials/npv_partners", virtual), "outside the file"),
    "numbers of another type": (replaced("trials/vacancy", lambda file, path, shape: file.create_dataset(
        path, data=numpy.zeros(shape, "i4"))), "neither doubles nor text"),
    "references": (lambda file: file.create_dataset("inputs/refs", (3,), dtype=h5py.ref_dtype), "neither doubles"),
    "structures": (lambda file: file.create_dataset("inputs/c", data=numpy.zeros(3, [("a", "f8")])), "neither doubles"),
    "a named type": (put("inputs/type", numpy.dtype("f8")), "neither a group nor a data set"),
    "32 axes": (lambda file: file.create_dataset("inputs/r", data=numpy.zeros((1,) * 32)), "is not what"),
    "no space at all": (put("inputs/empty", h5py.Empty("f8")), "claims more"),
    "another filter": (lambda file: file.create_dataset("inputs/x", data=numpy.zeros(9), scaleoffset=2), "filter"),
    "an assumption per form": (short_central, "other axes"),
    "numbers for forms": (numbered_forms, "is damaged"),
    "no forms": (leave_out("form"), "is damaged"),
    "another first statistic": (rename("statistic", 0, "middle"), "has not the labels"),
    "another last statistic": (rename("statistic", -1, "middle"), "has not the labels"),
    "a text that is a number": (say("title", 5), "/title"),
    "no title": (leave_out("title"), "/title"),
    "no seed": (leave_out("seed"), "/seed"),
    "trials that are a word": (say("trials", "ten"), "/trials"),
    "a reference that is no form": (say("reference", "nobody"), "/reference"),
    "an attribute of many numbers": (say("big", numpy.zeros(8000)), "/big"),
    "an attribute of none": (say("none", h5py.Empty("f8")), "/none"),
    "a later schema": (say("schema_version", "2.0.0"), "schema version 2.0.0"),
    "half a schema": (say("schema_version", "1."), "schema version 1."),
    "a schema that is a number": (say("schema_version", 1), "no result set"),
    "an unfinished file": (say("complete", numpy.uint64(0)), "incomplete"),
    "a finish that is a word": (say("complete", "1"), "incomplete"),
}


class AFileMadeOtherwiseThanOurs(WithAResult):
    def test_is_refused_with_a_sentence_by_every_command_that_opens_it(self):
        os.mkfifo(self.folder / "fifo")
        for number, (name, (change, words)) in enumerate(CRAFTED.items()):
            path = forging.changed(self.result, self.folder / "crafted.h5", change)
            for command in self.in_turn(number):
                with self.subTest(name, command=command):
                    self.assertIn(words, self.refuses(path, command))

    def test_is_refused_without_its_seal_too(self):
        for name in ("an axis of 2^61 numbers", "groups 3000 deep", "numbers kept in another file"):
            change, words = CRAFTED[name]
            path = forging.changed(self.result, self.folder / "crafted.h5", change)
            bare = forging.unsealed(path, self.folder / "bare.h5")
            self.assertIn(words, self.refuses(bare, "show"))

    def test_is_refused_where_it_is_no_result_at_all(self):
        with h5py.File(self.folder / "foreign.h5", "w") as file:
            file["x"] = numpy.arange(3.0)
        signature = b"\x89HDF\r\n\x1a\n"
        for name, content in {"empty": b"", "text": b"hello\n" * 100, "zeros": signature + bytes(2000),
                              "noise": signature + random.Random(1).randbytes(5000),
                              "foreign": (self.folder / "foreign.h5").read_bytes()}.items():
            path = self.folder / f"{name}.h5"
            path.write_bytes(content)
            for command in ASKED:
                with self.subTest(name, command=command):
                    self.refuses(path, command)


class WhatATerminalWouldObey(WithAResult):
    EVIL = "\x1b]0;owned\x07\x1b[31mred\x1b[2J\u009b2J\u202e"

    def shows_no_control(self, path, *words):
        done = self.headroom(*words, path)
        for text in (done.stdout, done.stderr):
            self.assertEqual([c for c in text if c not in "\n\t" and not c.isprintable()], [], words)

    def test_is_shown_and_never_passed_on(self):
        def title(file):
            file.attrs["title"] = self.EVIL

        def forms(file):
            names = file["form"].asstr()[()]
            names[0] = file.attrs["reference"] = self.EVIL
            file["form"][...] = names

        def data_set(file):
            file.create_dataset("trials/" + self.EVIL, data=numpy.zeros(3, "i4"))

        for change in (title, forms, data_set, say("price_base", self.EVIL), say("schema_version", self.EVIL),
                       say("reference", self.EVIL)):
            path = forging.changed(self.result, self.folder / "evil.h5", change)
            for words in (["show"], ["replay"], ["verify"], ["show", "--json"], ["verify", "--json"], ["replay", "--form", self.EVIL]):
                self.shows_no_control(path, *words)


if __name__ == "__main__":
    unittest.main()
