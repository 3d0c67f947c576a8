"""The engine and the independent reference model agree trial by trial."""

import math
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import program
import random_forms

SCENARIOS = program.ROOT / "scenarios"
DATA = program.ROOT / "tests/data/scenarios"
TRIALS = os.environ.get("HEADROOM_REFERENCE_TRIALS", "64")
OWN_FORMS = {"HEADROOM_SCENARIOS": str(DATA)}  # tests/data has forms of its own
LEVEL = "forms.*.delegated_level"
BUDGETS = {  # name: scenario, words for the program, environment
    "terms": ("budget_terms.yaml", (), None),
    "ages": ("budget_ages.yaml", (), OWN_FORMS),
    "ages fast": ("budget_ages.yaml",
                  ("-s", "delegated.method=auto", "-s", "delegated.severity_cv=0.6"), OWN_FORMS),
    "tail": ("budget_tail.yaml", (), OWN_FORMS),
    "observed costs": ("budget_table.yaml", (), OWN_FORMS),
    "quantiles": ("budget_table.yaml", ("-s", "delegated.table=claims/quantiles.csv"), OWN_FORMS),
    "normal": ("budget_normal.yaml", (), OWN_FORMS),
}


class TheReferenceModelAgrees(unittest.TestCase):
    """Every metric, bearer and drawn parameter to 1e-9 relative (compare.py says which); of
    the small ones also all that is said over trials."""

    def agree(self, scenario, *words, environment=None, over_trials=False):
        with program.folder() as folder:
            result = program.run(folder, scenario, "result.h5", "--trials", TRIALS, *words,
                                 environment=environment)
            done = compare(result, *(("--over-trials",) if over_trials else ()))
            self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])

    def test_on_every_term_of_a_form_at_work(self):
        self.agree(DATA / "every_term.yaml", over_trials=True)

    def test_on_six_practices_over_trials(self):
        self.agree(DATA / "six_practices.yaml", environment=OWN_FORMS, over_trials=True)

    def test_on_the_worked_example(self):
        self.agree(DATA / "worked_example.yaml")

    def test_on_draws_that_go_together(self):
        ties = ("correlation=[{keys: [workforce.leave_rate.salaried, forms.*.pooled_share, shocks.flood.demand], rank: -0.3},"
                " {keys: [forms.joined.levy, shocks.flood.demand], rank: 0.5}]")
        self.agree(DATA / "six_practices.yaml", "-s", ties, environment=OWN_FORMS)

    def test_on_forms_and_numbers_at_random(self):
        for seed in range(int(os.environ.get("HEADROOM_RANDOM_SCENARIOS", "2"))):
            with program.folder() as folder:
                self.agree(random_forms.write(pathlib.Path(folder) / "random.yaml", seed))

    def test_on_several_areas(self):
        self.agree(DATA / "areas.yaml")

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

    def agree_on_budget(self, name):
        scenario, words, environment = BUDGETS[name]
        self.agree(DATA / scenario, *words, environment=environment, over_trials=name == "terms")

    def test_on_every_term_of_a_delegated_budget(self):
        self.agree_on_budget("terms")

    def test_on_a_budget_by_age_of_persons_drawn_one_by_one(self):
        self.agree_on_budget("ages")

    def test_on_a_budget_by_age_of_persons_drawn_fast(self):
        self.agree_on_budget("ages fast")

    def test_on_a_budget_with_a_heavy_tail(self):
        self.agree_on_budget("tail")

    def test_on_a_budget_of_observed_costs(self):
        self.agree_on_budget("observed costs")

    def test_on_a_budget_of_quantiles(self):
        self.agree_on_budget("quantiles")

    def test_on_a_budget_without_claims(self):
        self.agree_on_budget("normal")


class WhatIsSeen(unittest.TestCase):
    """A number that is another is told from the true one, wherever it stands; and what only the engine knows."""

    CHANGED = {"summary/vacancy": (0, 1, 2), "comparison/public_cost": (0, 2, 0), "bearers/net": (0, 1, 4, 1),
               "comparison_of/public_cost": (0, 2, 0), "decision/public/regret": (0, 1),
               "sites/todays_gps_difference": (0, 1, 3), "paths/workload": (0, 3, -1, 5),
               "paths/vacancy_difference": (0, 1, 0, 15), "quality/near_ties": (0, 6), "trials/turnover": (0, 1, 4)}
    UNKNOWN = {"trials": "vacancy", "paths": "vacancy", "sites": "ended"}

    def test_one_number_of_each_kind_and_a_name_of_each(self):
        import h5py

        with program.folder() as folder:
            result = program.run(folder, DATA / "six_practices.yaml", "result.h5", "--trials", "32",
                                 environment=OWN_FORMS)
            with h5py.File(result, "r+") as file:
                for path, place in self.CHANGED.items():
                    file[path][place] += 1e-6 * (1.0 + abs(file[path][()]).max())
                for group, name in self.UNKNOWN.items():
                    file.copy(file[group][name], file[group], name="happiness")
            done = compare(result, "--over-trials")
        self.assertEqual(done.returncode, 4, done.stderr[-3000:])
        differ = [line.split()[0].strip("/:") for line in done.stdout.splitlines() if line.endswith("DIFFERS")]
        self.assertEqual(sorted(differ), sorted(
            ["summary/vacancy", "comparison/public_cost", "comparison_of/public_cost", "decision/regret", "bearers/net", "sites/todays_gps_difference",
             "paths/workload", "paths/vacancy_difference", "near", "turnover", "happiness", "paths/happiness",
             "sites/happiness"]))


class NearTies(unittest.TestCase):
    """A shock's rate set to the very time at which one trial's uniform would start it."""

    TRIAL, QUARTER, SEED = 5, 2, 7

    def test_are_counted_in_the_trial_that_has_one(self):
        import h5py

        sys.path.insert(0, str(program.ROOT / "tests/reference"))
        import draws

        uniform = draws.uniforms(self.SEED, [self.TRIAL], draws.SHOCK_START, draws.fnv1a("flood"), self.QUARTER, 0)
        rate = float(-4.0 * math.log1p(-float(uniform[0][0])))
        with program.folder() as folder:
            result = program.run(folder, DATA / "six_practices.yaml", "result.h5", "--trials", "8", "-s",
                                 f"shocks.flood.rate={rate!r}", environment=OWN_FORMS)
            with h5py.File(result) as file:
                self.assertEqual(list(file["quality/near_ties"][0]), [float(t == self.TRIAL) for t in range(8)])
            done = compare(result)
            self.assertIn("8 trials, 1 left out as near-ties; all agree", done.stdout)


def compare(result, *words):
    return subprocess.run([program.PYTHON, program.ROOT / "tests/reference/compare.py", result, *words],
                          capture_output=True, text=True)


class WhatIsCompared(unittest.TestCase):
    """The scenarios of delegated budgets leave none of its keys and choices at rest."""

    @classmethod
    def setUpClass(cls):
        cls.values = {}  # key -> every value compared, as written
        with program.folder() as folder:
            for scenario, words, environment in BUDGETS.values():
                result = program.run(folder, DATA / scenario, "result.h5", "--trials", "1", *words,
                                     environment=environment)
                for key, value in assumptions(result):
                    cls.values.setdefault(leaf(key), set()).add(value)
        listed = program.as_json(program.headroom("keys", "--json"))["keys"]
        cls.keys = [row for row in listed
                    if row["key"].startswith("delegated.") or row["key"] == LEVEL]

    def test_every_number_is_away_from_its_default(self):
        for row in self.keys:
            if row["type"] == "number":
                with self.subTest(row["key"]):
                    self.assertTrue(self.values[row["key"]] - {row["default"]})

    def test_every_choice_is_made(self):
        for row in self.keys:
            if row["type"] == "choice":
                with self.subTest(row["key"]):
                    self.assertEqual(self.values[row["key"]], set(row["choices"]))


def assumptions(result):
    """Keys of a result file and what they are given as."""
    import h5py

    with h5py.File(result) as file:
        group = file["inputs/assumptions"]
        return list(zip(map(str, group["key"].asstr()), map(str, group["value"].asstr())))


def leaf(key):
    """A key as `headroom keys` lists it."""
    return LEVEL if key.endswith(".delegated_level") else key


if __name__ == "__main__":
    unittest.main()
