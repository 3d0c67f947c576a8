"""A sweep is its points run one by one, on one calibration, in one file; a change keeps a calibration."""

import csv
import fcntl
import importlib.util
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import time
import unittest

import h5py
import numpy as np

import program

SIX = program.ROOT / "tests/data/scenarios/six_practices.yaml"
AXES = ("--axis", "forms.joined.levy=0:4:3", "--axis", "money.salary=90000,100000")
TRIALS = 12  # a short last block
OPEN_FILE_LOCK = 37  # F_OFD_SETLK of fcntl(2)
SHIPPED = {"HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}


def headroom(*words):
    return program.headroom(*words, environment=SHIPPED)


def data_sets(file):
    """Paths of all numbers along points, and of those a sweep has of all points at once."""
    paths = []
    file.visititems(lambda name, thing: paths.append(name) if isinstance(thing, h5py.Dataset)
                    and thing.dtype.kind == "f" and thing.ndim > 1 else None)
    return [path for path in paths if file[path].dims[0][0].name == "/point"]


class Sweeps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.path = f"{cls.temporary.name}/sweep.h5"
        cls.done = headroom("sweep", SIX, "--trials", TRIALS, *AXES, "-o", cls.path)
        assert cls.done.returncode == 0, cls.done.stderr
        cls.file = h5py.File(cls.path)
        cls.addClassCleanup(cls.file.close)

    def run_alone(self, point):
        path = f"{self.temporary.name}/{point}.h5"
        changes = self.file["points/changes"].asstr()[point].split()
        words = [word for change in changes for word in ("-s", change)]
        done = headroom("run", SIX, "--trials", TRIALS, *words, "-o", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        return h5py.File(path)

    def test_holds_at_each_point_the_bits_of_a_run_of_it(self):
        for point in (0, 3, 5):
            with self.run_alone(point) as alone:
                for path in data_sets(self.file):
                    with self.subTest(path, point=point):
                        np.testing.assert_array_equal(self.file[path][point], alone[path][0])

    def test_says_where_its_points_are(self):
        np.testing.assert_array_equal(self.file["points/levy"][()], [0, 0, 2, 2, 4, 4])
        np.testing.assert_array_equal(self.file["points/salary"][()], [90000, 100000] * 3)
        self.assertEqual(self.file["points/levy"].attrs["key"], "forms.joined.levy")
        self.assertEqual(set(self.file["points/calibration"].asstr()[()]), {"base"})
        self.assertEqual(len(set(self.file["points/id"].asstr()[()])), 6)

    def test_runs_again_only_the_forms_that_an_axis_changes(self):
        # four forms at two salaries; then at each of four more points one: the reference is known
        self.assertIn("12 forms of points were run", self.done.stdout)
        self.assertIn("are as at an earlier point", self.done.stdout)
        others = [f for f, name in enumerate(self.file["form"].asstr()[()]) if name != "joined"]
        cost = self.file["summary/public_cost"][()]
        np.testing.assert_array_equal(cost[0, others], cost[2, others])

    def test_shows_one_point_and_lists_all(self):
        listed = json.loads(headroom("show", self.path, "--json").stdout)["points"]
        self.assertEqual([point["levy"] for point in listed], [0, 0, 2, 2, 4, 4])
        one = headroom("show", self.path, "--point", 2)
        self.assertEqual(one.returncode, 0, one.stderr)
        for words in (("--point", 6), ("--at", "levy=3"), ("--at", "levy=2"), ("--at", "size=2")):
            with self.subTest(words):
                self.assertEqual(headroom("show", self.path, *words).returncode, 2)

    def test_is_planned_as_it_is_run(self):
        said = json.loads(headroom("plan", SIX, "--trials", TRIALS, *AXES, "--json").stdout)
        self.assertEqual((said["points"], said["forms_run"], said["forms_taken"]), (6, 12, 12))
        self.assertAlmostEqual(said["file_bytes"] / os.path.getsize(self.path), 1, delta=0.2)
        self.assertIn("12 forms of points were run; 12 are as at an earlier point", self.done.stdout)

    def test_verifies(self):
        self.assertEqual(headroom("verify", self.path).returncode, 0)

    @staticmethod
    def rows(path):
        with path.open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_is_exported_point_by_point_or_as_a_whole(self):
        folder = pathlib.Path(self.temporary.name) / "tables"
        done = headroom("export", self.path, "--csv", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        points = self.rows(folder / "points.csv")
        self.assertEqual([float(row["levy"]) for row in points], [0, 0, 2, 2, 4, 4])
        self.assertEqual({row["status"] for row in points}, {"0"})
        rows = [row for row in self.rows(folder / "summary.csv")
                if (row["name"], row["form"], row["statistic"]) == ("public_cost", "joined", "mean")]
        form = list(self.file["form"].asstr()).index("joined")
        self.assertEqual([(row["point"], float(row["value"])) for row in rows],
                         [(str(p), value) for p, value in enumerate(self.file["summary/public_cost"][:, form, 0])])
        one = headroom("export", self.path, "--csv", folder, "--point", 3, "--force", "-o", f"{folder}/b.xlsx")
        self.assertEqual(one.returncode, 0, one.stderr)
        self.assertEqual({row["point"] for row in self.rows(folder / "summary.csv")}, {"3"})

    def test_is_no_result_of_one_run(self):
        for words in (("compare",), ("replay", "--trial", 1), ("export",)):
            with self.subTest(words):
                refused = headroom(words[0], self.path, *words[1:])
                self.assertEqual(refused.returncode, 2)
                self.assertIn("sweep", refused.stderr)


class Reading(unittest.TestCase):
    """A sweep's file as results/README.md says it is read."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        for words in (("run", SIX, "--no-neutral", "-o", f"{cls.temporary.name}/run.h5"),
                      ("sweep", SIX, "--axis", "forms.joined.levy=0,2.5,5", "-o", f"{cls.temporary.name}/sweep.h5")):
            done = headroom(*words, "--trials", 16)
            assert done.returncode == 0, done.stderr

    def validate(self, path):
        return subprocess.run([program.PYTHON, program.ROOT / "scripts/validate-result", path], capture_output=True, text=True)

    @unittest.skipUnless(importlib.util.find_spec("xarray"), "xarray is not installed")
    def test_by_xarray_as_printed(self):
        page = (program.ROOT / "results/README.md").read_text(encoding="utf-8")
        recipes = re.findall(r"```python\n(.*?)```", page, re.S)
        [swept] = [recipe for recipe in recipes if "set_xindex" in recipe]
        self.assertIn(".sel(levy=2.5", swept)
        done = subprocess.run([program.PYTHON, "-c", recipes[0] + swept + "\nprint('is', *cost.sel(levy=2.5, "
                               "statistic='mean').values.ravel().tolist())"], cwd=self.temporary.name,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(f"{self.temporary.name}/sweep.h5") as file:
            self.assertEqual([float(word) for word in done.stdout.splitlines()[-1].split()[1:]],
                             list(file["summary/public_cost"][1, :, 0]))

    def test_is_as_documented(self):
        done = self.validate(f"{self.temporary.name}/sweep.h5")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_what_no_sweep_is_like_is_told(self):
        for damage, sentence in ((lambda file: file["points"].pop("levy"), "/points/levy is missing, and is an axis"),
                                 (lambda file: file["points"].pop("keys"), "/points/keys is missing from a sweep"),
                                 (lambda file: file["points/status"].write_direct(np.full(3, 5.0)), "0, 1 or 2"),
                                 (lambda file: file["points"].attrs.modify("design", "star"), "none of grid"),
                                 (lambda file: file["points"].attrs.pop("design"), "nothing says that it is a sweep")):
            with self.subTest(sentence):
                path = shutil.copy(f"{self.temporary.name}/sweep.h5", f"{self.temporary.name}/damaged.h5")
                with h5py.File(path, "r+") as file:
                    damage(file)
                done = self.validate(path)
                self.assertEqual(done.returncode, 1)
                self.assertIn(sentence, done.stdout)


class OnDisk(unittest.TestCase):
    """What is finished outlives the process, and however a sweep got there it has the same content."""

    LEVIES = ("--axis", "forms.joined.levy=0:6:7")
    AT_ONCE = ("--checkpoint-every", "0.0001")

    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.whole = cls.path("whole")
        cls.sweep(cls.whole)
        cls.hash = program.content_hash(cls.whole)

    @classmethod
    def path(cls, name):
        return f"{cls.temporary.name}/{name}.h5"

    @classmethod
    def words(cls, path, *words):
        return ("sweep", SIX, "--trials", TRIALS, *cls.LEVIES, "-o", path, *words)

    @classmethod
    def sweep(cls, path, *words):
        done = headroom(*cls.words(path, *words))
        assert done.returncode == 0, done.stderr
        return done

    def interrupt(self, *words, once):
        """Stop a sweep as soon as a file of its parts is new; its exit status and what it said."""
        process = subprocess.Popen([program.HEADROOM, *map(str, words)], stdout=subprocess.DEVNULL, text=True,
                                   stderr=subprocess.PIPE, env={**os.environ, **SHIPPED})
        while process.poll() is None and not once():
            time.sleep(0.002)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
        return process.returncode, said

    def test_interrupted_five_times_it_has_the_same_content(self):
        path = self.path("interrupted")
        points = pathlib.Path(f"{path}.parts/points.h5")
        stopped = 0
        for _ in range(5):
            before = points.stat().st_mtime_ns if points.exists() else 0
            status, said = self.interrupt(*self.words(path, *self.AT_ONCE, "--resume"), once=lambda b=before: (
                points.exists() and points.stat().st_mtime_ns != b))
            self.assertIn(status, (0, 3), said)
            stopped += status == 3
            if status == 0:
                break
            self.assertRegex(said, "`headroom sweep .* --resume` goes on")
        self.assertGreater(stopped, 1)
        if not pathlib.Path(path).exists():
            self.assertIn("from other files", self.sweep(path, "--resume").stdout)
        self.assertEqual(program.content_hash(path), self.hash)
        self.assertFalse(points.parent.exists())

    def test_the_point_under_way_is_gone_on_with(self):
        words = ("sweep", SIX, "--trials", 1024, "--axis", "money.salary=9e4,1e5", "--threads", 1)
        whole, path = self.path("long"), self.path("cut")
        self.assertEqual(headroom(*words, "-o", whole).returncode, 0)
        folder = pathlib.Path(f"{path}.parts")
        status, said = self.interrupt(*words, "-o", path, "--checkpoint-every", "0.05",
                                      once=lambda: any(folder.glob("v0-p*.h5")))
        self.assertEqual(status, 3, said)
        self.assertEqual(headroom(*words, "-o", path, "--resume").returncode, 0)
        self.assertEqual(program.content_hash(path), program.content_hash(whole))

    def test_shards_in_any_order_make_the_same_result(self):
        path = self.path("shards")
        for shard in ("2/3", "3/3", "1/3"):
            self.assertIn(f"headroom merge {path}` makes the result", self.sweep(path, "--shard", shard).stdout)
        for words, sentence in ((self.words(path), "--resume goes on"),
                                (("run", SIX, "-o", path, "--resume"), "points of a sweep")):
            refused = headroom(*words)
            self.assertEqual(refused.returncode, 2)
            self.assertIn(sentence, refused.stderr)
        self.assertIn("0 forms of points were run", self.sweep(path, "--resume").stdout)
        self.assertEqual(program.content_hash(path), self.hash)

    def merge(self, path, *words, status, says):
        done = headroom("merge", path, *words)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn(says, done.stdout + done.stderr)

    def test_shards_are_merged_without_the_scenario(self):
        path = self.path("merged")
        self.sweep(path, "--shard", "2/3")
        self.merge(path, status=2, says="lacks points 0 to 2, 5 to 6 of 7")
        self.assertFalse(os.path.exists(path))
        self.merge(path, "--partial", status=0, says="joined 2 of 7 points")
        with h5py.File(path) as file:
            self.assertEqual(list(file["points/status"][()]), [2, 2, 2, 0, 0, 2, 2])
            joined = list(file["form"].asstr()).index("joined")
            self.assertTrue(np.isnan(file["summary/public_cost"][0][joined]).all())  # the others are as at point 3
        self.sweep(path, "--shard", "1/3")
        with open(f"{path}.parts/points-1-of-3.h5", "r+b") as file:
            file.seek(20000)
            file.write(b"damaged")
        self.merge(path, status=2, says="lacks points 0 to 2, 5 to 6 of 7")
        self.merge(path, status=2, says="lacks points 0 to 2, 5 to 6 of 7")  # it is set aside, no more in the way
        self.sweep(path, "--shard", "1/3")
        self.sweep(path, "--shard", "3/3")
        whole = pathlib.Path(path).read_bytes()
        pathlib.Path(path).write_text("something else")
        self.merge(path, status=2, says="not of this sweep")
        pathlib.Path(path).write_bytes(whole)
        pathlib.Path(f"{path}.parts/points-1-of-3.h5.damaged").unlink()
        self.merge(path, status=0, says="joined 7 of 7 points")
        self.assertEqual(program.content_hash(path), self.hash)
        self.assertFalse(os.path.exists(f"{path}.parts"))

    def test_shards_of_choices_and_of_refused_points_are_merged(self):
        axes = ("sweep={refused: skip, axes: [{name: files, include: {a: [], b: []}}, {name: shock, shocks: {none: [], "
                "wet: [{use: flood, at: 1}]}}, {key: workforce.peer_rate, values: [0.1, 0.999]}, {key: workforce.burnout_rate, values: [0.9]}]}")
        words = ("sweep", SIX, "--trials", 9, "-s", axes)
        whole, path = self.path("choices"), self.path("joined")
        for ending in (("-o", whole), ("-o", path, "--shard", "2/2"), ("-o", path, "--shard", "1/2")):
            self.assertEqual(headroom(*words, *ending).returncode, 0)
        self.merge(path, status=0, says="joined 8 of 8 points")
        self.assertEqual(program.content_hash(path), program.content_hash(whole))
        with h5py.File(path) as file:
            self.assertEqual(list(file["points/status"][()]), [0, 1] * 4)

    def test_another_sweep_is_refused_and_a_damaged_file_run_again(self):
        path = self.path("others")
        self.sweep(path, "--shard", "1/2")
        [points] = pathlib.Path(f"{path}.parts").glob("points*.h5")
        self.assertIn("not run yet", headroom("show", points).stdout)
        self.assertIn("was not run yet", headroom("show", points, "--point", 6).stderr)
        other = headroom("sweep", SIX, "--trials", TRIALS, "--axis", "forms.joined.levy=0,9", "-o", path, "--resume")
        self.assertEqual(other.returncode, 2)
        self.assertIn("is of another sweep", other.stderr)
        content = bytearray(points.read_bytes())
        content[len(content) // 2] ^= 1
        points.write_bytes(content)
        self.assertIn("is now *.damaged", self.sweep(path, "--resume").stderr)
        self.assertEqual(program.content_hash(path), self.hash)

    def test_two_at_once_are_one_too_many(self):
        path = self.path("locked")
        self.sweep(path, "--shard", "1/2")
        with open(f"{path}.parts/lock", "r+b") as lock:
            fcntl.fcntl(lock, OPEN_FILE_LOCK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 0, 0) + bytes(4))
            refused = headroom(*self.words(path, "--resume"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("is in use", refused.stderr)

    def test_takes_from_other_files_what_reads_the_same(self):
        more = ("sweep", SIX, "--trials", TRIALS, "--axis", "forms.joined.levy=0:8:9")
        fresh, reused = self.path("fresh"), self.path("reused")
        self.assertEqual(headroom(*more, "-o", fresh).returncode, 0)
        done = headroom(*more, "-o", reused, "--reuse", self.whole)
        self.assertIn("were taken from other files", done.stdout)
        self.assertEqual(program.content_hash(reused), program.content_hash(fresh))

    def test_takes_a_run_of_the_same(self):
        run, reused = self.path("run"), self.path("of_run")
        self.assertEqual(headroom("run", SIX, "--trials", TRIALS, "-s", "forms.joined.levy=2", "--no-neutral",
                                  "-o", run).returncode, 0)
        self.assertIn("were taken from other files", self.sweep(reused, "--reuse", run).stdout)
        self.assertEqual(program.content_hash(reused), self.hash)

    def test_says_why_a_file_is_not_taken(self):
        for name, words, sentence in (("fewer", ("--trials", 8), "has 8 trials, and the points have 12"),
                                      ("seeded", ("--trials", TRIALS, "--seed", 5), "no form of it reads")):
            run = self.path(name)
            self.assertEqual(headroom("run", SIX, *words, "--no-neutral", "-o", run).returncode, 0)
            done = self.sweep(self.path(f"not_{name}"), "--reuse", run)
            self.assertIn(sentence, done.stderr)
            self.assertEqual(program.content_hash(self.path(f"not_{name}")), self.hash)

    def test_runs_the_reference_again_where_there_is_no_room_to_keep_it(self):
        done = self.sweep(self.path("small"), "--memory", "0.01")
        self.assertIn("16 forms of points were run", done.stdout)  # 4, and twice for each of 6 more
        self.assertEqual(program.content_hash(self.path("small")), self.hash)

    def test_is_not_extended(self):
        refused = headroom(*self.words(self.whole, "--extend"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("is not extended", refused.stderr)


class Designs(unittest.TestCase):
    def setUp(self):
        self.temporary = program.folder()
        self.addCleanup(self.temporary.cleanup)
        self.path = f"{self.temporary.name}/sweep.h5"

    def sweep(self, text, *words):
        return headroom("sweep", SIX, "--trials", 8, "-s", f"sweep={text}", "-o", self.path, *words)

    def points(self, text, *axes):
        done = self.sweep(text)
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(self.path) as file:
            return [list(file["points"][axis].asstr()[()] if file["points"][axis].dtype.kind == "O"
                         else file["points"][axis][()]) for axis in axes]

    def test_zip_goes_in_step(self):
        text = "{design: zip, axes: [{key: forms.joined.levy, values: [1, 2]}, {key: money.salary, values: [9e4, 8e4]}]}"
        self.assertEqual(self.points(text, "levy", "salary"), [[1, 2], [90000, 80000]])

    def test_a_list_says_each_point(self):
        text = "{design: list, points: [{money.salary: 90000}, {money.salary: 95000}]}"
        self.assertEqual(self.points(text, "salary"), [[90000, 95000]])

    def test_a_hypercube_meets_each_part_of_its_axis_once(self):
        text = "{design: lhs, size: 4, axes: [{key: forms.joined.levy, from: 0, to: 4}]}"
        [levy] = self.points(text, "levy")
        self.assertEqual(sorted(int(value) for value in levy), [0, 1, 2, 3])

    def test_a_logarithmic_axis_has_even_ratios_and_both_ends(self):
        [levy] = self.points("[{key: forms.joined.levy, from: 0.5, to: 8, steps: 5, scale: log}]", "levy")
        np.testing.assert_allclose(levy, [0.5, 1, 2, 4, 8], rtol=1e-12)

    def test_quantiles_are_those_of_the_key_s_own_distribution(self):
        """workforce.leave_rate.salaried is drawn: its middle is the value at probability one half that the file keeps."""
        [rate] = self.points("[{key: workforce.leave_rate.salaried, quantiles: [0.05, 0.5, 0.95]}]", "salaried")
        with h5py.File(self.path) as file:
            at = list(file["inputs/assumptions/key"].asstr()[()]).index("workforce.leave_rate.salaried")
            self.assertAlmostEqual(rate[1], file["inputs/assumptions/central"][at], places=12)
        self.assertLess(rate[0], rate[1])
        self.assertLess(rate[1], rate[2])

    def test_a_swept_value_is_a_number_and_all_else_is_drawn_as_before(self):
        done = self.sweep("[{key: workforce.leave_rate.salaried, values: [0.1, 0.2]}]")
        self.assertEqual(done.returncode, 0, done.stderr)
        base = f"{self.temporary.name}/base.h5"
        self.assertEqual(headroom("run", SIX, "--trials", 8, "--no-neutral", "-o", base).returncode, 0)
        with h5py.File(self.path) as swept, h5py.File(base) as alone:
            names = {file: list(file["parameters/parameter"].asstr()) for file in (swept, alone)}
            self.assertEqual(set(names[alone]) - set(names[swept]), {"workforce.leave_rate.salaried"})
            for row, key in enumerate(names[swept]):
                np.testing.assert_array_equal(swept["parameters/values"][row],
                                              alone["parameters/values"][0, names[alone].index(key)])

    def test_a_scrambled_sequence_meets_each_part_of_each_axis_once(self):
        text = ("{design: sobol, size: 8, axes: [{key: forms.joined.levy, from: 0, to: 8}, "
                "{key: money.salary, from: 80000, to: 88000}]}")
        levy, salary = self.points(text, "levy", "salary")
        self.assertEqual(sorted(int(value) for value in levy), list(range(8)))
        self.assertEqual(sorted(int(value - 80000) // 1000 for value in salary), list(range(8)))
        os.remove(self.path)
        self.assertEqual(self.points(text, "levy", "salary"), [levy, salary])  # a design is the same everywhere

    def test_a_hypercube_may_follow_a_key_s_own_distribution(self):
        text = "{design: lhs, size: 16, axes: [{key: workforce.leave_rate.salaried, distribution: own}]}"
        [rate] = self.points(text, "salaried")
        self.assertEqual(len(set(rate)), 16)
        with h5py.File(self.path) as file:
            at = list(file["inputs/assumptions/key"].asstr()[()]).index("workforce.leave_rate.salaried")
            middle = file["inputs/assumptions/central"][at]
        self.assertEqual(sum(value < middle for value in rate), 8)  # half of them, exactly: one in each sixteenth

    def test_words_are_values_where_a_key_takes_words(self):
        self.assertEqual(self.points("[{key: forms.joined.pool_basis, values: [deviation, residual]}]", "pool_basis"),
                         [["deviation", "residual"]])
        with h5py.File(self.path) as file:
            income = file["summary/partner_income"][:, list(file["form"].asstr()).index("joined"), 0]
        self.assertNotEqual(income[0], income[1])

    def test_files_are_choices_and_are_read_last(self):
        for name, salary in (("cheap", 80000), ("dear", 120000)):
            with open(f"{self.temporary.name}/{name}.yaml", "w", encoding="utf-8") as file:
                file.write(f"money.salary: {salary}\n")
        text = (f"[{{name: pay, include: {{cheap: ['{self.temporary.name}/cheap.yaml'], "
                f"dear: ['{self.temporary.name}/dear.yaml']}}}}]")
        self.assertEqual(self.points(text, "pay"), [["cheap", "dear"]])
        alone = f"{self.temporary.name}/alone.h5"
        self.assertEqual(headroom("run", SIX, "--trials", 8, "--no-neutral", "-s", "money.salary=120000", "-o",
                                  alone).returncode, 0)
        with h5py.File(self.path) as file, h5py.File(alone) as run:
            np.testing.assert_array_equal(file["trials/public_cost"][1], run["trials/public_cost"][0])

    def test_a_star_varies_every_form_that_has_the_key(self):
        [levy] = self.points("[{key: forms.*.levy, values: [0, 4]}]", "levy")
        self.assertEqual(levy, [0, 4])
        with h5py.File(self.path) as file:
            changes = file["points/changes"].asstr()[1]
        self.assertIn("forms.joined.levy=4", changes)
        self.assertIn("forms.joined_small.levy=4", changes)

    def test_shocks_and_choices_are_axes(self):
        text = "[{name: shock, shocks: {none: [], flood: [{use: flood}]}}]"
        self.assertEqual(self.points(text, "shock"), [["none", "flood"]])

    def test_what_is_wrong_is_said_before_anything_runs(self):
        for text, sentence in (
                ("[{key: trials, values: [8]}]", "cannot be an axis"),
                ("[{key: money.salry, values: [8]}]", "did you mean money.salary"),
                ("[{key: money.salary, values: [-1]}]", "outside"),
                ("[{key: forms.*.levy, values: [x]}]", "not a decimal number"),
                ("[{key: money.salary, from: 1, to: 2}]", "how many steps"),
                ("[{key: money.salary, values: [1], from: 2}]", "one of them"),
                ("{design: lhs, axes: [{key: money.salary, from: 1, to: 2}]}", "size"),
                ("{design: zip, axes: [{key: money.salary, values: [9e4]}, "
                 "{key: forms.joined.levy, values: [1, 2]}]}", "in step")):
            with self.subTest(text):
                refused = self.sweep(text)
                self.assertEqual(refused.returncode, 2)
                self.assertIn(sentence, refused.stderr)
                self.assertRegex(refused.stderr, r"^command line:\d+:\d+: ")

    def test_refused_points_stop_a_sweep_or_are_kept_as_such(self):
        axes = "axes: [{key: workforce.peer_rate, values: [0.1, 0.999]}, {key: workforce.burnout_rate, values: [0.9]}]"
        stopped = self.sweep(f"{{{axes}}}")
        self.assertEqual(stopped.returncode, 2)
        self.assertIn("1 of 2 points", stopped.stderr)
        self.assertEqual(self.sweep(f"{{refused: skip, {axes}}}").returncode, 0)
        with h5py.File(self.path) as file:
            self.assertEqual(list(file["points/status"][()]), [0, 1])
            self.assertIn("feeds on itself", file["points/reason"].asstr()[1])
            self.assertTrue(np.isnan(file["summary/public_cost"][1]).all())


class Calibration(unittest.TestCase):
    def test_stays_where_drawn_values_are_set_by_hand(self):
        """Each value that a trial drew, set by -s: the trial is what it was."""
        with program.folder() as folder:
            base = f"{folder}/base.h5"
            self.assertEqual(headroom("run", SIX, "--trials", 8, "-o", base).returncode, 0)
            with h5py.File(base) as file:
                uplift = dict(zip(file["inputs/assumptions/key"].asstr()[()],
                                  file["inputs/assumptions/uplift"][()]))
                words = [word for key, drawn in program.drawn(file).items()
                         for word in ("-s", f"{key}={float(drawn[3] / uplift[key])!r}")]
                before = {name: values[0, :, 3] for name, values in file["trials"].items()}
            done = headroom("run", SIX, "--trials", 8, *words, "-o", f"{folder}/set.h5")
            self.assertEqual(done.returncode, 0, done.stderr)
            with h5py.File(f"{folder}/set.h5") as file:
                np.testing.assert_allclose(file["trials/todays_gps"][0, :, 3], before["todays_gps"], rtol=1e-9)
                np.testing.assert_allclose(file["trials/public_cost"][0, :, 3], before["public_cost"], rtol=1e-9)


if __name__ == "__main__":
    unittest.main()
