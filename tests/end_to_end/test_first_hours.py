"""The first hours: what the README says to type, in a folder as people name theirs."""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import unittest

import h5py
import numpy as np

import program

README = program.ROOT / "README.md"
FOLDER = "My work (2026) [é] 'x' & $z"
LONG = re.compile(r"^scripts/(quickstart|test)\b|^headroom (validate|size .*--form|run .*--trials)")


def lines(text):
    """The command lines of a page: its indented blocks, without what is said of them."""
    return [re.sub(r"\s+#.*", "", line.strip()) for line in text.splitlines()
            if re.match(r"    (headroom|scripts/|export |PATH=)", line)]


class TheReadme(unittest.TestCase):
    """Its lines run as printed, one after the other in one shell, in a folder with a name that
    needs quotes. The program stands where quickstart leaves it; it is asked for few trials."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.place = pathlib.Path(cls.temporary.name) / FOLDER
        cls.place.mkdir()
        for name in ("scenarios", "scripts", "results"):
            shutil.copytree(program.ROOT / name, cls.place / name, ignore=shutil.ignore_patterns("*.h5", "__pycache__"))
        shutil.copy(README, cls.place)
        cls.built = cls.place / "build/engine/cli/headroom"
        cls.built.parent.mkdir(parents=True)
        cls.built.write_text("#!/bin/bash\n"
                             "case $1 in run) more=500 ;; sweep) more=16 ;; pool) more=200 ;; esac\n"
                             "case \" $* \" in *' --stop '*) more= ;; esac\n"
                             "[ -z \"${more:-}\" ] || set -- \"$@\" --trials \"$more\"\n"
                             f"exec {shlex.quote(str(program.HEADROOM))} \"$@\"\n")
        cls.built.chmod(0o755)

    def test_says_what_to_type(self):
        self.assertGreater(len(lines(README.read_text(encoding="utf-8"))), 12)

    def test_lines_run_as_printed(self):
        typed = [line for line in lines(README.read_text(encoding="utf-8")) if not LONG.search(line)]
        script = "\n".join(["set -e", *(f"echo '>>>' {number} >&2\n{line}" for number, line in enumerate(typed))])
        done = subprocess.run(["bash", "-c", script], cwd=self.place, capture_output=True, text=True,
                              env={**os.environ, "HEADROOM_SCENARIOS": str(self.place / "scenarios")})
        reached = typed[done.stderr.count(">>>") - 1]
        self.assertEqual(done.returncode, 0, f"{reached}\n{done.stderr[-2000:]}{done.stdout[-500:]}")
        self.assertTrue((self.place / "results/cheap.h5").exists())

    def test_every_script_says_what_it_is_for(self):
        for script in sorted((self.place / "scripts").iterdir()):
            if script.is_file() and not script.suffix:
                with self.subTest(script=script.name):
                    done = subprocess.run([script, "--help"], cwd="/", capture_output=True, text=True, timeout=60)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertIn("usage: ", done.stdout)


class TheGuide(unittest.TestCase):
    """Its columns are those that a table of nobody's columns is told of, in the same words."""

    def test_lists_the_columns_as_the_program_does(self):
        page = (program.ROOT / "scenarios/GUIDE.md").read_text(encoding="utf-8")
        rows = dict(re.findall(r"^\| ([a-z0-9_]+) \| (.*) \|$", page.split("## A table of your own")[1].split("\n## ")[0], re.M))
        with program.folder() as folder:
            table = pathlib.Path(folder) / "mine.csv"
            table.write_text("a,b\n1,2\n")
            done = program.headroom("check", "tees_like_today.yaml", "-s", f"patch.practices={table}")
        told = re.findall(r"row 1: (\w+): the column is missing \((.*)\); (.*)", done.stderr)
        self.assertEqual(len(told), 11, done.stderr)
        for name, what, rest in told:
            with self.subTest(name):
                self.assertTrue(rows[name].startswith(what), rows[name])
                self.assertEqual("needed" in rows[name], rest == "every practice needs it")

    def test_names_commands_that_are_taken(self):
        """Of the table of questions, on a small result: each command in its first cell."""
        page = (program.ROOT / "scenarios/GUIDE.md").read_text(encoding="utf-8").split("## What a board asks")[1].split("\n## ")[0]
        typed = [line.split("| `", 1)[1].split("`")[0] for line in page.splitlines() if "| `headroom" in line]
        self.assertGreater(len(typed), 6)
        with program.folder() as folder:
            short = ["--trials", "512", "-s", "patch.horizon_years=1"]
            place = pathlib.Path(folder)
            program.run(place, "tees_like_today.yaml", "R.h5", *short, "--no-neutral")
            for line in typed:
                words = shlex.split(line.replace("S.yaml", "whole_budget.yaml"))[1:]
                words += ["--trials", "16", *short[2:], "--no-neutral"] if words[0] == "run" else ["--draws", "0"] if words[0] == "size" else []
                words += ["--trials", "8"] if "--run" in words else []
                with self.subTest(line):
                    done = program.headroom(*words, cwd=place)
                    self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_header_of_a_spreadsheet_is_told_what_it_may_be(self):
        heads = {"List Size": "list", "Lists": "list", "Contract": "contract_type", "Partners": "partner_headcount",
                 "Salaried GPs": "salaried_headcount", "Network": "network_code"}
        with program.folder() as folder:
            for head, column in heads.items():
                table = pathlib.Path(folder) / "mine.csv"
                table.write_text((program.ROOT / "tests/data/scenarios/worked_example.csv").read_text().replace(column, head, 1))
                done = program.headroom("check", "tees_like_today.yaml", "-s", f"patch.practices={table}")
                self.assertIn(f"{head}: no such column; did you mean {column}?", done.stderr)


class Folders(unittest.TestCase):
    """CMake configures, merges archives and compiles paths into the program in any folder it can."""

    def copy(self, name):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        place = pathlib.Path(temporary.name) / name
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                cwd=program.ROOT, capture_output=True, text=True)
        if listed.returncode != 0:
            self.skipTest("no git checkout to copy")
        for file in filter(None, listed.stdout.split("\0")):
            if (program.ROOT / file).is_file():
                (place / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(program.ROOT / file, place / file)
        return place

    def configured(self, place):
        return subprocess.run(["cmake", "-S", place, "-B", place / "build", "-G", "Ninja", "-DBUILD_TESTING=OFF",
                               "-DCMAKE_BUILD_TYPE=Debug", "-DHEADROOM_INSTRUCTION_SETS=v3"],
                              capture_output=True, text=True, timeout=600)

    def test_of_any_name_configure_and_compile_where_the_scenarios_are(self):
        place = self.copy(FOLDER)
        done = self.configured(place)
        self.assertEqual(done.returncode, 0, done.stderr)
        rules = subprocess.run(["ninja", "-C", place / "build", "-t", "commands", "libheadroom.a"],
                               capture_output=True, text=True, check=True).stdout.splitlines()
        files = [rule for rule in rules if rule.endswith("/engine/scenario/input/files.c")
                 or rule.endswith("/engine/scenario/input/files.c'")]
        self.assertEqual(len(files), 1)
        subprocess.run(["bash", "-c", files[0]], cwd=place / "build", check=True, timeout=120)
        compiled = next((place / "build").rglob("files.c.o")).read_bytes()
        self.assertIn(str(place / "scenarios").encode(), compiled)
        self.merges(place, rules[-1])

    def merges(self, place, rule):
        """The link of the layers into one, with an object of one name for each that it takes."""
        build = place / "build"
        layers = [word.replace("\\$", "$") for word in shlex.split(rule) if word.endswith(".a") and not word.endswith("libheadroom.a")]
        for number, layer in enumerate(layers):
            (build / layer).parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["gcc", "-x", "c", "-c", "-", "-o", build / "one.o"], check=True,
                           input=f"int hr_of_{number}; int other_{number};", text=True)
            subprocess.run(["ar", "rcs", build / layer, build / "one.o"], check=True)
        done = subprocess.run(["bash", "-c", rule], cwd=build, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        names = subprocess.run(["nm", "-g", build / "libheadroom.a"], capture_output=True, text=True).stdout
        self.assertGreater(len(layers), 10)
        self.assertTrue(all(f" hr_of_{number}\n" in names for number in range(len(layers))), names)
        self.assertNotIn("other_", names)

    def test_that_cmake_cannot_take_are_refused_with_a_sentence(self):
        for mark in ('"', "#", "[", "]", "|", ":", ";"):
            with self.subTest(mark=mark):
                temporary = program.folder()
                self.addCleanup(temporary.cleanup)
                place = pathlib.Path(temporary.name) / f"a{mark}b"
                place.mkdir()
                shutil.copy(program.ROOT / "CMakeLists.txt", place)
                done = self.configured(place)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(f"holds a {mark} that CMake cannot build in; rename the folder", " ".join(done.stderr.split()))


class OneCount(unittest.TestCase):
    def told(self, *changes):
        """By check, by its JSON, by show and by the file: so many, of so many."""
        with program.folder() as folder:
            result = program.run(folder, "tees_like_today", "r.h5", "--trials", 16, "--no-neutral", *changes)
            checked = program.headroom("check", "tees_like_today", *changes).stdout
            shown = program.headroom("show", result).stdout
            with h5py.File(result) as file:
                evidence = file["inputs/assumptions/evidence"].asstr()[()]
            said = program.as_json(program.headroom("check", "--json", "tees_like_today", *changes))
        counts = [re.search(r"(\d+) of the (\d+) numbers put in have no published evidence", " ".join(text.split())).groups()
                  for text in (checked, shown)]
        of_file = np.isin(evidence, ["assumption", "chosen"]).sum(), (evidence != "definition").sum()
        self.assertEqual(counts, [tuple(map(str, of_file))] * 2)
        self.assertEqual(said["assumptions_without_evidence"], of_file[0])
        return counts[0]

    def test_of_assumptions_in_check_show_the_file_and_the_readme(self):
        self.assertIn("{} of the {} numbers behind this have no published evidence".format(*self.told()),
                      " ".join(README.read_text(encoding="utf-8").split()))

    def test_is_the_same_where_a_number_was_chosen_without_saying_why(self):
        self.told("-s", "forms.federation.levy=3", "-s", "money.salary=90000")


class Recipes(unittest.TestCase):
    """The lines of results/README.md, on to the next step of everybody who wants a table."""

    def recipe(self, language):
        page = (program.ROOT / "results/README.md").read_text(encoding="utf-8")
        return "\n".join(re.findall(rf"```{language}\n(.*?)```", page, re.S))

    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.place = pathlib.Path(temporary.name)
        program.run(self.place, program.ROOT / "tests/data/scenarios/every_term.yaml", "run.h5", "--trials", 200)

    def test_of_python_give_tables_of_the_size_of_what_they_hold(self):
        if subprocess.run([program.PYTHON, "-c", "import xarray, h5netcdf"], capture_output=True).returncode != 0:
            self.skipTest("xarray is not installed")
        swept = program.headroom("sweep", "tees_like_today", "--axis", "forms.super_partnership.levy=0:5:3",
                                 "-o", self.place / "sweep.h5", "--trials", 16)
        self.assertEqual(swept.returncode, 0, swept.stderr)
        program.run(self.place, program.ROOT / "tests/data/scenarios/areas.yaml", "areas.h5", "--trials", 16,
                    "--no-neutral")
        after = ("\nimport json\nprint(json.dumps([list(table.shape), list(trials.shape)]))\n"
                 "print(json.dumps({name: list(of_forms) for name, of_forms in ended.items()}))\n")
        done = subprocess.run([program.PYTHON, "-c", self.recipe("python") + after], cwd=self.place,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        (rows, columns), (trial_rows, _) = json.loads(done.stdout.splitlines()[-2])
        with h5py.File(self.place / "run.h5") as file:
            forms, statistics = len(file["form"]), len(file["statistic"])
            self.assertEqual(rows, forms * statistics)
            self.assertGreaterEqual(columns, len(file["summary"]))
            self.assertEqual(trial_rows, forms * 200)
        ended = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(set(ended), {"", "13T", "16C"})
        with h5py.File(self.place / "areas.h5") as file:
            np.testing.assert_allclose(sum(map(np.array, ended.values())), file["summary/sites_ended"][0, :, 0])

    def test_of_octave_give_the_means_of_the_file(self):
        if not program.has("octave-cli"):
            self.skipTest("Octave is not installed")
        after = '\nprintf("%.17g ", means); printf("\\n%d %d\\n", size(income));'
        done = subprocess.run(["octave-cli", "--eval", self.recipe("octave") + after], cwd=self.place,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        means, size = done.stdout.splitlines()[-2:]
        with h5py.File(self.place / "run.h5") as file:
            np.testing.assert_array_equal([float(mean) for mean in means.split()], file["summary/partner_income"][0, :, 0])
            self.assertEqual(size, f"200 {len(file['form'])}")

    def test_of_r_leave_a_file_that_verifies(self):
        if not program.has("Rscript") or \
                subprocess.run(["Rscript", "-e", "library(hdf5r)"], capture_output=True).returncode != 0:
            self.skipTest("R with hdf5r is not installed")
        done = subprocess.run(["Rscript", "-e", self.recipe("r") + "\nstopifnot(nrow(table) > 0)"], cwd=self.place,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(program.headroom("verify", self.place / "run.h5").returncode, 0)
