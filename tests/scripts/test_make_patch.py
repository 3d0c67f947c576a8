"""The synthetic patch: what is shipped, that it is drawn again to the byte, and that it matches its marginals."""

import csv
import pathlib
import re
import tempfile
import unittest

import numpy as np

from support import SCENARIOS, load_script, run_script

SHIPPED = SCENARIOS / "patches" / "example_patch.csv"
make_patch = load_script("make-patch")


class ShippedPatch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(SHIPPED, encoding="utf-8", newline="") as file:
            cls.rows = list(csv.DictReader(file))

    def test_is_what_the_script_draws(self):
        with tempfile.NamedTemporaryFile() as file:
            run_script("make-patch", "-o", file.name)
            self.assertEqual(pathlib.Path(file.name).read_bytes(), SHIPPED.read_bytes())

    def test_has_76_practices_of_14_networks_and_a_few_in_none(self):
        networks = {row["network_code"] for row in self.rows}
        self.assertEqual((len(self.rows), len(networks - {"U"}), "U" in networks), (76, 14, True))

    def test_codes_cannot_be_real(self):
        self.assertTrue(all(re.fullmatch(r"Z99[A-Z0-9]{3}", row["practice_code"]) for row in self.rows))
        self.assertEqual(len({row["practice_code"] for row in self.rows}), 76)

    def test_age_bands_add_up_to_the_list(self):
        bands = ("list_0_24", "list_25_64", "list_65_plus")
        self.assertTrue(all(sum(int(row[band]) for band in bands) == int(row["list"]) for row in self.rows))


class Marginals(unittest.TestCase):
    """Of one patch of 76 practices. Its draws lie one in each 76th of their laws, so that means are off by what
    whole people and whole lists round, not by the 7 % of 76 lists drawn at random."""

    @classmethod
    def setUpClass(cls):
        cls.patch = make_patch.draw_patch(seed=20260701, practices=76, networks=14, unallocated=2)
        cls.heads = cls.patch["partner_headcount"] + cls.patch["salaried_headcount"]
        cls.fte = cls.patch["partner_fte"] + cls.patch["salaried_fte"]

    def test_lists_are_lognormal_of_the_published_size(self):
        logs = np.log(self.patch["list"])
        self.assertAlmostEqual(np.exp(logs.mean()), 8715, delta=100)
        self.assertAlmostEqual(logs.std(), 0.59, delta=0.02)

    def test_one_and_no_partner_practices(self):
        partners = self.patch["partner_headcount"]
        self.assertEqual(((partners == 1).sum(), (partners == 0).sum()), (14, 5))

    def test_gps_per_practice_and_patient(self):
        self.assertAlmostEqual(self.heads.mean(), 6.1, delta=0.2)
        self.assertAlmostEqual(self.patch["list"].sum() / self.fte.sum(), 2295, delta=60)

    def test_partners_share_of_fte(self):
        self.assertAlmostEqual(self.patch["partner_fte"].sum() / self.fte.sum(), 0.585, delta=0.02)

    def test_core_rate_has_the_published_weighted_mean(self):
        mean = np.average(self.patch["core_rate"], weights=self.patch["weighted_list"])
        self.assertAlmostEqual(mean, 139.94, delta=0.01)

    def test_every_practice_has_a_gp(self):
        self.assertTrue((self.heads > 0).all() and (self.fte > 0).all())

    def test_another_seed_is_another_patch(self):
        other = make_patch.draw_patch(seed=1, practices=76, networks=14, unallocated=2)
        self.assertFalse((other["list"] == self.patch["list"]).all())


if __name__ == "__main__":
    unittest.main()
