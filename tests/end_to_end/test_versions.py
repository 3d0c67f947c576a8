"""Result files of earlier versions still open; tests/data/results has one of each."""

import gzip
import json
import os
import pathlib
import subprocess
import unittest

import forging
import program

OLD = sorted((program.ROOT / "tests/data/results").glob("schema_*.h5.gz"))


def numbers(thing):
    """All numbers of what JSON holds."""
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, list):
        return [number for each in thing for number in numbers(each)]
    return [thing] if isinstance(thing, float) else []


class AResultOfAnEarlierVersion(unittest.TestCase):
    """What is read of it is what its own version wrote."""

    def each(self):
        with program.folder() as folder:
            for packed in OLD:
                path = pathlib.Path(folder) / packed.stem
                path.write_bytes(gzip.decompress(packed.read_bytes()))
                with self.subTest(file=packed.stem):
                    yield path

    def test_is_there_to_be_opened(self):
        self.assertTrue(OLD)

    def test_is_shown_by_its_own_means(self):
        import h5py

        for path in self.each():
            done = program.headroom("show", path, "--full", "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            with h5py.File(path) as file:
                self.assertIn(file["summary/public_cost"][0, 1, 0], numbers(json.loads(done.stdout)))

    def test_says_what_it_lacks(self):
        for path in self.each():
            shown = program.headroom("show", path).stdout
            self.assertIn("an earlier version wrote this file, without", shown)
            self.assertIn("/inputs/forms/label", shown)

    def test_holds_and_says_whether_a_trial_ran_again(self):
        for path in self.each():
            done = program.headroom("verify", path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("its seal and its hashes are right", done.stdout)

    def test_is_replayed_or_refused_with_a_sentence(self):
        for path in self.each():
            done = program.headroom("replay", path, "--trial=3")
            self.assertIn(done.returncode, (0, 4))
            if done.returncode == 4:
                self.assertIn("gives other numbers", done.stderr)

    def test_of_other_numbers_is_not_gone_on_with(self):
        """Neither as the first trials of a longer run, nor as a point of a sweep."""
        six = program.ROOT / "tests/data/scenarios/six_practices.yaml"
        shipped = {"HEADROOM_SCENARIOS": str(six.parent)}
        for path in self.each():
            if program.attribute(path, "schema_version").startswith("1.0"):
                done = program.headroom("run", six, "-o", path, "--extend", "--trials", 100000, environment=shipped)
                self.assertEqual(done.returncode, 2)
                self.assertRegex(done.stderr, "gives other numbers: it cannot be extended; --force runs all trials again")
                done = program.headroom("sweep", six, "--axis", "money.salary=9e4", "--trials", 8, "-o",
                                        f"{path}.sweep.h5", "--reuse", path, environment=shipped)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("nothing of it is taken: version", done.stderr)

    def test_is_as_documented_but_for_what_came_later(self):
        for path in self.each():
            done = subprocess.run([program.PYTHON, program.ROOT / "scripts/validate-result", path],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_becomes_a_page(self):
        for path in self.each():
            page = path.with_suffix(".html")
            done = subprocess.run([program.PYTHON, program.ROOT / "scripts/report", path, "-o", page],
                                  capture_output=True, text=True, env={**os.environ, "HEADROOM": program.HEADROOM})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Six practices", page.read_text())


def by_name(file):
    """What was drawn, as 1.0 had it: a data set for each key along points and trials."""
    group = file["parameters"]
    table, keys = group["values"], group["parameter"].asstr()[()]
    words = {name: group[name].asstr()[()] for name in ("unit", "meaning")}
    values, scales = table[()], [file[table.dims[d][0].name] for d in (0, 2)]
    for name in ("values", "unit", "meaning"):
        del group[name]
    del group["parameter"]
    for row, key in enumerate(keys):
        data = group.create_dataset(key, data=values[:, row])
        data.attrs["units"], data.attrs["long_name"] = words["unit"][row], words["meaning"][row]
        for d, scale in enumerate(scales):
            data.dims[d].attach_scale(scale)


class DrawsByNameOrInATable(unittest.TestCase):
    """The paths that 1.0 had are read as the table is that took their place."""

    shipped = {"HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}

    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        cls.table = program.run(folder, program.ROOT / "tests/data/scenarios/six_practices.yaml", "now.h5", "--no-neutral",
                                "--trials", 512, environment=cls.shipped)
        cls.names = forging.changed(cls.table, folder / "named.h5", by_name, rehash=True)

    def said(self, *words):
        """What is said of the file with the table, and of that with the names, but for their own."""
        for path in (self.table, self.names):
            done = program.headroom(words[0], path, *words[1:], environment=self.shipped)
            self.assertEqual(done.returncode, 0, done.stderr)
            yield done.stdout.replace(path.name, "").replace(program.content_hash(path), "")

    def test_are_verified_by_trials_run_again(self):
        for said in self.said("verify", "--sample", 8):
            self.assertIn("8 trials gave the same bits again", said)

    def test_give_the_same_answers(self):
        for words in (("sensitivity", "--json"), ("switch", "--json")):
            with self.subTest(words[0]):
                table, names = self.said(*words)
                self.assertEqual(table, names)


if __name__ == "__main__":
    unittest.main()
