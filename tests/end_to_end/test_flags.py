"""Numbers that are not to be leaned on say so wherever they are shown."""

import functools
import json
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/every_term.yaml"
HEAVY = "partner_income_worst_year"  # a ratio whose divisor may vanish


@functools.cache
def results():
    """One of few trials and one of more, each shown in full: the words, and the measures of the JSON."""
    found = {}
    with program.folder() as folder:
        for name, trials in (("few", 40), ("more", 208)):
            result = program.run(folder, SCENARIO, name + ".h5", "--trials", trials)
            shown = json.loads(program.headroom("show", result, "--json").stdout)
            found[name] = program.headroom("show", result, "--full").stdout, shown.get("result", shown)["metrics"]
    return found


class WithResults(unittest.TestCase):
    def setUp(self):
        self.words = {name: words for name, (words, _) in results().items()}
        self.metrics = {name: metrics for name, (_, metrics) in results().items()}

    def line(self, result, label):
        """What is shown of the first form's difference in a measure."""
        table = self.words[result].split(label + ",")[1]
        return next(line for line in table.splitlines() if "Joint on residuals" in line)

    def cell(self, result, metric):
        return self.metrics[result][metric]["joint_on_residuals"]


class AMeanThatIsNotToBeTrusted(WithResults):
    def test_is_marked_in_the_table_and_explained_below(self):
        self.assertRegex(self.line("more", "Partner income in its worst year"), r"\d\* ")
        self.assertIn("a mean not to be leaned on", self.words["more"])

    def test_is_flagged_in_json(self):
        self.assertIn("heavy", self.cell("more", HEAVY)["difference_interval"]["flags"])
        self.assertNotIn("heavy", self.cell("more", HEAVY)["q50_interval"]["flags"])

    def test_is_not_found_where_tails_are_light(self):
        self.assertNotIn("*", self.line("more", "Public cost"))
        self.assertEqual([], self.cell("more", "public_cost")["mean_interval"]["flags"])


class AQuantileWithoutABound(WithResults):
    def test_is_marked_and_explained(self):
        self.assertEqual(self.line("few", "Public cost").count("^"), 2)
        self.assertIn("without a bound", self.words["few"])
        interval = self.cell("few", "public_cost")["q05_interval"]
        self.assertEqual((interval["low"], interval["high"]), (None, None))
        self.assertIn("few", interval["flags"])

    def test_is_not_marked_once_it_has_one(self):
        self.assertNotIn("^", self.line("more", "Public cost"))
        cell = self.cell("more", "public_cost")
        self.assertLess(cell["q05_interval"]["low"], cell["q05"])
        self.assertLess(cell["q05"], cell["q05_interval"]["high"])


if __name__ == "__main__":
    unittest.main()
