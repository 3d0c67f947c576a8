"""Assumptions out to their owners in a workbook, and back: nothing is lost, and what cannot be is refused by its cell."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["HEADROOM_PROGRAM"]
SCENARIO = ROOT / "scenarios/tees_like_today.yaml"
SOURCE = "owner's \"own\" count: # 1e6, £ and = signs"


def run(*arguments):
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False,
                          env={**os.environ, "HEADROOM": PROGRAM})


def resolved(scenario):
    return {entry["key"]: entry for entry in json.loads(run(PROGRAM, "check", scenario, "--all", "--json").stdout)["assumptions"]}


class RoundTrip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.place = pathlib.Path(cls.folder.name)
        cls.out = cls.place / "a.xlsx"
        result = cls.place / "r.h5"
        assert run(PROGRAM, "run", SCENARIO, "--trials", "32", "-o", result).returncode == 0
        made = run(ROOT / "scripts/scenario-xlsx", result, "-o", cls.out)
        assert made.returncode == 0, made.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def filled(self, changes, scenario=SCENARIO):
        """The sheet with cells filled in, {key: {head: value}}, and what comes back: its run and the scenario."""
        book = openpyxl.load_workbook(self.out)
        sheet = book["Assumptions"]
        column = {cell.value: cell.column for cell in sheet[4]}
        for row in sheet.iter_rows(min_row=5):
            for head, value in changes.get(row[0].value, {}).items():
                sheet.cell(row[0].row, column[head]).value = value
        book.save(self.place / "filled.xlsx")
        mine = self.place / "mine.yaml"
        mine.unlink(missing_ok=True)
        return run(ROOT / "scripts/scenario-xlsx", self.place / "filled.xlsx", "--of", scenario, "-o", mine), mine

    def test_a_scenario_is_given_no_workbook_s_name(self):
        done = run(ROOT / "scripts/scenario-xlsx", self.out, "--of", SCENARIO, "-o", self.place / "mine.xlsx")
        self.assertEqual(done.returncode, 2)
        self.assertIn('mine.xlsx" end in .yaml', done.stderr)
        self.assertFalse((self.place / "mine.xlsx").exists())

    def test_an_untouched_sheet_changes_nothing(self):
        ran, mine = self.filled({})
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(resolved(mine), resolved(SCENARIO))
        again = json.loads(run(PROGRAM, "run", mine, "--trials", "32", "--json", "-o", self.place / "again.h5").stdout)
        with h5py.File(self.place / "r.h5") as file:
            self.assertEqual(again["content_hash"], file.attrs["content_hash"])

    def test_what_is_filled_in_comes_back_and_nothing_else_does(self):
        ran, mine = self.filled({
            "prices.contract.mean": {"New mode, mean or median": 0.031, "New high, sd or sigma": 0.004,
                                     "New evidence": "survey", "New source": SOURCE},
            "forms.super_partnership.levy": {"New shape": "fixed", "New low or value": 2.5},
            "market.dwell_years.glut": {"New owner": "A. Owner: #1"}})
        self.assertEqual(ran.returncode, 0, ran.stderr)
        before, after = resolved(SCENARIO), resolved(mine)
        changed = {key for key in before if before[key] != after[key]}
        self.assertEqual(changed, {"prices.contract.mean", "forms.super_partnership.levy", "market.dwell_years.glut"})
        price = after["prices.contract.mean"]
        self.assertEqual((price["value"], price["evidence"], price["source"]), ("normal mean 0.031 sd 0.004", "survey", SOURCE))
        self.assertEqual(after["forms.super_partnership.levy"]["value"], "2.5")
        glut = after["market.dwell_years.glut"]
        self.assertEqual((glut["value"], glut["owner"]), (before["market.dwell_years.glut"]["value"], "A. Owner: #1"))

    def test_what_cannot_be_is_refused_by_its_cell_all_at_once(self):
        ran, mine = self.filled({"prices.contract.mean": {"New mode, mean or median": "a lot", "New high, sd or sigma": 1},
                                 "prices.pay.mean": {"New mode, mean or median": 0.03},
                                 "prices.prices.mean": {"New mode, mean or median": 99, "New high, sd or sigma": 0.1},
                                 "demand.growth": {"New evidence": "survey"}})
        self.assertEqual(ran.returncode, 2)
        self.assertFalse(mine.exists())
        for words in ("'a lot' is no number", "normal takes mean, sd", "99 is not from", "evidence takes a source"):
            self.assertRegex(ran.stderr, rf"(?m)^scenario-xlsx: [A-Z]+\d+: .*{words}")
        self.assertNotIn("Traceback", ran.stderr)

    def test_a_sheet_of_another_scenario_and_another_workbook_are_refused(self):
        fewer = self.place / "fewer.yaml"
        fewer.write_text(f"include: ['{SCENARIO}']\nforms: [partnership, federation]\n")
        ran, mine = self.filled({}, fewer)
        self.assertEqual((ran.returncode, mine.exists()), (2, False), ran.stderr)
        self.assertIn("another scenario", ran.stderr)
        other = openpyxl.Workbook()
        other.save(self.place / "other.xlsx")
        ran = run(ROOT / "scripts/scenario-xlsx", self.place / "other.xlsx", "--of", SCENARIO, "-o", mine)
        self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (2, 1), ran.stderr)


if __name__ == "__main__":
    unittest.main()
