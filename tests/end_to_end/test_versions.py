"""Result files of earlier versions still open; tests/data/results has one of each."""

import gzip
import json
import os
import pathlib
import subprocess
import unittest

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
