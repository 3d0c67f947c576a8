"""What the scenario files claim in their comments, and that no form or assumption lacks an origin."""

import csv
import re
import unittest

import numpy as np

from support import SCENARIOS

STATUSES = {"published", "derived", "survey", "assumption", "definition"}
FORMS = sorted((SCENARIOS / "forms").glob("*.yaml"))


def entries(path):
    """{key: text of its flow mapping} of a file of one entry a key."""
    text = re.sub(r"^ *#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {key: body for key, body in re.findall(r"^ *([a-z_.]+): (\{(?:[^{}\"]|\{[^{}]*\}|\"[^\"]*\")*\})$", text,
                                                  flags=re.MULTILINE)}


class Forms(unittest.TestCase):
    def test_eight_are_shipped(self):
        self.assertEqual([path.stem for path in FORMS],
                         ["cooperative", "corporate", "federation", "network", "partnership", "super_partnership",
                          "super_partnership_local", "trust_run"])

    def test_each_states_the_same_terms(self):
        self.assertEqual({tuple(entries(path)) for path in FORMS}, {tuple(entries(FORMS[0]))})
        self.assertEqual(len(entries(FORMS[0])), 55)

    def test_each_term_has_a_source_and_a_status(self):
        for path in FORMS:
            for key, body in entries(path).items():
                with self.subTest(form=path.stem, term=key):
                    self.assertRegex(body, r'source: "[^"]+"')
                    self.assertIn(re.search(r"evidence: (\w+)", body).group(1), STATUSES)


class Assumptions(unittest.TestCase):
    def test_each_has_a_source_and_a_status(self):
        found = entries(SCENARIOS / "assumptions" / "england_2026.yaml")
        self.assertGreater(len(found), 90)
        for key, body in found.items():
            if "owner:" in body:
                with self.subTest(key=key):
                    self.assertRegex(body, r'source: "[^"]+"')
                    self.assertIn(re.search(r"evidence: (\w+)", body).group(1), STATUSES)

    def test_every_value_is_one_of_those(self):
        found = entries(SCENARIOS / "assumptions" / "england_2026.yaml")
        without = [key for key, body in found.items() if "owner:" not in body]
        self.assertEqual(without, ["patch", "contract", "pay", "prices"])

    def test_contract_uplift_follows_pay_and_prices(self):
        found = entries(SCENARIOS / "assumptions" / "england_2026.yaml")
        table = {index: {int(year): float(factor) for year, factor in re.findall(r"(\d{4}): ([\d.]+)", found[index])}
                 for index in ("contract", "pay", "prices")}
        self.assertEqual(sorted(table["contract"]), list(range(2014, 2027)))
        for year, factor in table["contract"].items():
            with self.subTest(year=year):
                self.assertAlmostEqual(factor, 0.73 * table["pay"][year] + 0.27 * table["prices"][year], delta=0.0061)


class London(unittest.TestCase):
    """The start of london_2017.yaml, worked out again from its comment."""

    @classmethod
    def setUpClass(cls):
        with open(SCENARIOS / "patches" / "example_patch.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        least = [0 if row["contract_type"] == "APMS" else 1 for row in rows]
        cls.partners = np.maximum(least, [int(row["partner_headcount"]) for row in rows])
        cls.salaried = np.array([int(row["salaried_headcount"]) for row in rows])
        cls.scenario = entries(SCENARIOS / "london_2017.yaml")

    def number(self, key):
        return float(re.search(r"value: ([\d.]+)", self.scenario[key]).group(1))

    def test_46_percent_of_practices_have_a_vacancy(self):
        rate = self.number("vacancy_start")
        share = np.minimum(1, (self.partners + self.salaried) * rate / (1 - rate)).mean()
        self.assertAlmostEqual(share, 0.46, delta=0.002)

    def test_45_percent_have_a_gp_to_retire_within_three_years(self):
        means = (self.number("age.mean.partner"), self.number("age.mean.salaried"))
        share, error = self.share_with_retirement(means, exits=2.0)
        self.assertLess(abs(share - 0.45), 2.5 * error)  # standard errors of 2,000 draws, 0.006 each

    def share_with_retirement(self, means, exits):
        rng = np.random.default_rng(1)
        shared = 6 * rng.standard_normal(2000)
        stay = np.ones((len(self.partners), 2000))
        for site, posts in enumerate(zip(self.partners, self.salaried)):
            for count, mean, sd in zip(posts, means, (7.5, 6.7)):
                ages = np.clip(mean + shared[:, None] + sd * rng.standard_normal((2000, count)), 26, 75)
                stay[site] *= np.exp(-self.hazard_of_three_years(ages, exits)).prod(axis=1)
        shares = 1 - stay.mean(axis=0)  # of practices, in each of 2,000 draws
        return shares.mean(), shares.std() / 2000 ** 0.5

    @staticmethod
    def hazard_of_three_years(ages, exits):
        quarters = ages[..., None] + np.arange(12) / 4
        rate = np.where(quarters < 50, 0, 0.33 / (1 + np.exp(-(quarters - 62.5) / 3.0)))
        return (np.where(quarters >= 54, exits, 1) * rate / 4).sum(axis=-1)


if __name__ == "__main__":
    unittest.main()
