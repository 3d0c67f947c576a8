"""Whether two builds simulate the same law: what scripts/same-law lets pass, and what it does not."""

import pathlib
import tempfile
import unittest

import h5py
import numpy as np

from support import load_script, run_script

same_law = load_script("same-law")
TRIALS = 4000
FORMS = ("partnership", "federation")


def made(seed=1):
    """Values of two forms that meet the same trials: (form, trial)."""
    dice = np.random.default_rng(seed)
    common = dice.normal(100.0, 10.0, TRIALS)
    return np.array([common, common + dice.normal(5.0, 3.0, TRIALS)])


class TheLawOfTrials(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        dice = np.random.default_rng(2)
        self.before, self.after = (made() + dice.normal(0.0, 1.0, (2, TRIALS)) for _ in range(2))

    def result(self, name, values, forms=FORMS, metric="turnover"):
        with h5py.File(self.folder / name, "w") as file:
            file["form"] = np.array(forms, dtype=h5py.string_dtype())
            file[f"trials/{metric}"] = values[np.newaxis]
        return self.folder / name

    def compared(self, before, after):
        return run_script("same-law", "--results", self.result("before.h5", before), self.result("after.h5", after))

    def assert_fails_by(self, kind, after):
        done = self.compared(self.before, after)
        self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
        self.assertRegex(done.stdout, rf"turnover of \w+: {kind} ")
        self.assertIn("NOT the same law", done.stdout)

    def test_is_the_same_where_part_of_a_trial_is_drawn_anew(self):
        done = self.compared(self.before, self.after)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("7 comparisons, 0 fail", done.stdout)

    def test_is_another_where_means_differ_by_a_hundredth_of_a_deviation(self):
        """0.1 where a difference of trials has a deviation of sqrt(2), so 4.5 standard errors of 4,000."""
        self.assert_fails_by("mean", self.after + 0.11)

    def test_is_another_where_trials_are_wider(self):
        self.assert_fails_by("variance", 1.02 * (self.after - 100.0) + 100.0)

    def test_is_another_where_forms_differ_more_widely_from_the_reference(self):
        apart = self.after[1] - self.after[0]
        self.assert_fails_by("spread", np.array([self.after[0], self.after[0] + 1.25 * (apart - apart.mean()) + apart.mean()]))

    def test_is_another_where_it_exists_more_rarely(self):
        after = self.after.copy()
        after[1, :20] = np.nan  # 4.5 standard errors of 20 of 4,000
        self.assert_fails_by("there", after)

    def test_is_the_same_within_the_grain_of_a_post(self):
        """Every trial higher by as little as rounding fte to 2^-20 makes it."""
        done = self.compared(self.before, self.before * (1.0 + 2.0**-22))
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_of_other_forms_or_trials_is_not_compared(self):
        other = self.result("forms.h5", self.after, ("partnership", "network"))
        fewer = self.result("fewer.h5", self.after[:, :100])
        for path, sentence in ((other, "forms differ"), (fewer, "4000 trials and 100")):
            done = run_script("same-law", "--results", self.result("before.h5", self.before), path)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(sentence, done.stderr)

    def test_says_which_metrics_one_of_them_lacks(self):
        other = self.result("other.h5", self.after, metric="vacancy")
        self.assertIn("only one of the two has turnover, vacancy",
                      run_script("same-law", "--results", self.result("before.h5", self.before), other).stdout)


class ASpread(unittest.TestCase):
    def test_may_be_wider_by_three_percent_or_by_four_errors(self):
        for deviation, errors, held in ((0.029, 9.0, True), (0.5, 3.9, True), (0.031, 4.1, False), (-0.5, -4.1, False)):
            self.assertEqual(same_law.holds(("turnover", "network", "spread", deviation, errors)), held)


if __name__ == "__main__":
    unittest.main()
