"""The engine and the independent reference model agree trial by trial, on what is shipped and at random."""

import os
import pathlib
import unittest

import agreement
import program
import random_forms


class OnLargePatches(agreement.Agreement):
    def test_on_forms_and_numbers_at_random(self):
        for seed in range(int(os.environ.get("HEADROOM_RANDOM_SCENARIOS", "2"))):
            with program.folder() as folder:
                self.agree(random_forms.write(pathlib.Path(folder) / "random.yaml", seed))

    def test_on_the_tees_like_patch(self):
        self.agree(agreement.SCENARIOS / "tees_like_today.yaml")

    def test_on_the_stress_set(self):
        self.agree(agreement.SCENARIOS / "stress.yaml")

    def test_on_suffolk(self):
        self.agree(agreement.SCENARIOS / "suffolk_2016.yaml")

    def test_on_wolverhampton(self):
        self.agree(agreement.SCENARIOS / "wolverhampton_like.yaml")

    def test_on_london(self):
        self.agree(agreement.SCENARIOS / "london_2017.yaml")

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
            result = program.run(folder, agreement.DATA / "six_practices.yaml", "result.h5", "--trials", "32",
                                 environment=agreement.OWN_FORMS)
            with h5py.File(result, "r+") as file:
                for path, place in self.CHANGED.items():
                    file[path][place] += 1e-6 * (1.0 + abs(file[path][()]).max())
                for group, name in self.UNKNOWN.items():
                    file.copy(file[group][name], file[group], name="happiness")
            done = agreement.compare(result, "--over-trials")
        self.assertEqual(done.returncode, 4, done.stderr[-3000:])
        differ = [line.split()[0].strip("/:") for line in done.stdout.splitlines() if line.endswith("DIFFERS")]
        self.assertEqual(sorted(differ), sorted(
            ["summary/vacancy", "comparison/public_cost", "comparison_of/public_cost", "decision/regret", "bearers/net", "sites/todays_gps_difference",
             "paths/workload", "paths/vacancy_difference", "near", "turnover", "happiness", "paths/happiness",
             "sites/happiness"]))


class WhatIsCompared(unittest.TestCase):
    """The scenarios of delegated budgets leave none of its keys and choices at rest."""

    @classmethod
    def setUpClass(cls):
        cls.values = {}  # key -> every value compared, as written
        with program.folder() as folder:
            for scenario, words, environment in agreement.BUDGETS.values():
                result = program.run(folder, agreement.DATA / scenario, "result.h5", "--trials", "1", *words,
                                     environment=environment)
                for key, value in assumptions(result):
                    cls.values.setdefault(leaf(key), set()).add(value)
        listed = program.as_json(program.headroom("keys", "--json"))["keys"]
        cls.keys = [row for row in listed
                    if row["key"].startswith("delegated.") or row["key"] == agreement.LEVEL]

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
    return agreement.LEVEL if key.endswith(".delegated_level") else key


if __name__ == "__main__":
    unittest.main()
