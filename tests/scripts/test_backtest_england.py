"""scripts/backtest-england on a table made up for it and, where they are at hand, on the official payments."""

import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import support

backtest = support.load_script("backtest-england")
PAYMENTS = "nhspaymentsgp_2014-15_to_2018-19_slim.csv.gz"
COLUMNS = "year practice_code contract_type registered weighted premises drugs total ended_in_year".split()
# Two areas. A81001 ends in 2016/17 with no list left; A81003 was under 500 at the start; A81009 is gone before 2015/16.
LISTS = {"A81001": [4000, 4000, 0], "A81002": [9000, 9100, 9200, 9300, 9400], "A81003": [400, 600, 600, 600, 600],
         "A81009": [5000], "B81001": [12000, 12000, 12000, 12000, 12000]}


def payments(last_year=4):
    rows = []
    for code, lists in LISTS.items():
        for i, people in enumerate(lists):
            ended = "" if i == 0 else str(int(i == len(lists) - 1 and i < last_year))
            rows.append([backtest.YEARS[i], code, "GMS", people, people, 10 * people, 5 * people, 135 * people, ended])
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue()


def table(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


class MadeUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.place = pathlib.Path(cls.folder.name)
        (cls.place / "payments.csv").write_text(payments())
        cls.done = support.run_script("backtest-england", cls.place / "payments.csv", "-o", cls.place)
        cls.practices = {row["practice_code"]: row for row in table(cls.place / "england_2014_practices.csv")}

    def test_practices_are_those_at_risk_in_the_year_after(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        self.assertEqual(set(self.practices), {"A81001", "A81002", "B81001"})

    def test_core_payments_leave_out_premises_and_drugs(self):
        self.assertEqual(self.practices["A81002"]["core_rate"], "120.00")

    def test_gps_add_up_to_the_nation_carried_back(self):
        fte = {role: sum(float(row[f"{role}_fte"]) for row in self.practices.values()) for role in ("partner", "salaried")}
        self.assertAlmostEqual(fte["partner"], 21688 * (21688 / 20036) ** (1.5 / 2.25), delta=1)
        self.assertAlmostEqual(sum(fte.values()), 29365 * (29365 / 28596) ** (1.5 / 3.25), delta=1)

    def test_networks_are_within_an_area(self):
        self.assertNotEqual(self.practices["A81001"]["network_code"], self.practices["B81001"]["network_code"])
        self.assertEqual(self.practices["A81001"]["network_code"], self.practices["A81002"]["network_code"])

    def test_an_ending_without_a_list_counts(self):
        endings = [(row["year"], row["value"]) for row in table(self.place / "england_2014.csv") if row["measure"] == "endings"]
        self.assertEqual(endings, [("2015", "0"), ("2016", "1"), ("2017", "0"), ("2018", "0")])
        ended = [row["site"] for row in table(self.place / "england_2014_sites.csv") if row["value"] == "1"]
        self.assertEqual(ended, ["A81001"])

    def test_what_is_no_table_of_payments_is_refused(self):
        (self.place / "other.csv").write_text("year,code\n2014/15,A81001\n")
        done = support.run_script("backtest-england", self.place / "other.csv", "-o", self.place)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no column contract_type", done.stderr)


@unittest.skipUnless(support.REAL_DATA, "HEADROOM_REAL_DATA names no folder of official files")
class England(unittest.TestCase):
    """On the payments themselves: what is shipped, and that it holds."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.place = pathlib.Path(cls.folder.name)
        support.run_script("backtest-england", pathlib.Path(support.REAL_DATA) / PAYMENTS, "-o", cls.place)

    def test_what_is_shipped_is_what_the_script_makes(self):
        shipped = support.SCENARIOS / "backtest" / "england_2014.csv"
        self.assertEqual((self.place / "england_2014.csv").read_text(), shipped.read_text())

    def test_endings_by_year_and_size_and_partners_hold(self):
        """16 trials, so that intervals have steps of 1/17: the verdicts are those of 64 trials, not their numbers."""
        scenario = shutil.copy(support.SCENARIOS / "backtest" / "england_2014.yaml", self.place)
        done = subprocess.run([os.environ["HEADROOM_PROGRAM"], "backtest", scenario, self.place / "england_2014.csv",
                               "--trials", "16", "--json"], capture_output=True, text=True)
        groups = {row["measure"]: row for row in json.loads(done.stdout)["groups"]}
        self.assertGreaterEqual(groups["endings"]["in_90"], 3)
        self.assertTrue(groups["ending_rate"]["calibrated"])
        partners = {row["year"]: row["mean"] / row["value"] for row in json.loads(done.stdout)["rows"]
                    if row["measure"] == "partner_fte"}
        self.assertLess(abs(partners["2018.75"] - 1), 0.07)  # 5 %, and four errors of 0.5 % more from so few trials
        self.assertLess(abs(partners["2021.0"] - 1), 0.07)


if __name__ == "__main__":
    unittest.main()
