"""The engine and the independent reference model agree trial by trial."""

import os
import subprocess
import unittest

import program

SCENARIOS = program.ROOT / "scenarios"
DATA = program.ROOT / "tests/data/scenarios"
TRIALS = os.environ.get("HEADROOM_REFERENCE_TRIALS", "64")


class TheReferenceModelAgrees(unittest.TestCase):
    """Every metric, bearer and drawn parameter to 1e-9 relative (compare.py says which)."""

    def agree(self, scenario):
        with program.folder() as folder:
            result = program.run(folder, scenario, "result.h5", "--trials", TRIALS)
            done = subprocess.run([program.PYTHON, program.ROOT / "tests/reference/compare.py", result],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])

    def test_on_every_term_of_a_form_at_work(self):
        self.agree(DATA / "every_term.yaml")

    def test_on_the_worked_example(self):
        self.agree(DATA / "worked_example.yaml")

    def test_on_replayed_prices(self):
        self.agree(DATA / "replayed_prices.yaml")

    def test_on_the_tees_like_patch(self):
        self.agree(SCENARIOS / "tees_like_today.yaml")

    def test_on_the_stress_set(self):
        self.agree(SCENARIOS / "stress.yaml")

    def test_on_suffolk(self):
        self.agree(SCENARIOS / "suffolk_2016.yaml")

    def test_on_wolverhampton(self):
        self.agree(SCENARIOS / "wolverhampton_like.yaml")

    def test_on_london(self):
        self.agree(SCENARIOS / "london_2017.yaml")


if __name__ == "__main__":
    unittest.main()
