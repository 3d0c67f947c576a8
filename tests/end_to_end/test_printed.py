"""What the commands print of one small result, a sweep of it and no result at all, word by word where it matters."""

import pathlib
import unittest

import program

SCENARIOS = program.ROOT / "tests/data/scenarios"
SIX = SCENARIOS / "six_practices.yaml"
OWN = {"HEADROOM_SCENARIOS": str(SCENARIOS)}
MANY = {"money.salary": "90000,110000", "money.partner_income": 120000, "money.cost_rate": 80, "demand.growth": 0.01,
        "workforce.leave_rate.salaried": 0.05, "workforce.leave_rate.partner": 0.05,
        "workforce.months_to_fill.shortage": 7, "workforce.months_to_fill.glut": 2}


class Printed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        cls.result = program.run(cls.folder, SIX, "six.h5", "--trials", 200, environment=OWN)

    def said(self, *words, status=0):
        done = program.headroom(*words, environment=OWN, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def test_show_begins_with_who_is_best_for_whom(self):
        self.assertIn("best for everyone", self.said("show", self.result)[:1000])
        self.assertNotIn("best for everyone", self.said("show", self.result, "--metric", "vacancy"))

    def test_the_odds_are_of_every_form(self):
        full = self.said("show", self.result, "--full")
        for form in ("Alone", "Joined", "Joined-small", "Owned"):
            self.assertRegex(full, rf"(?m)^ +{form} +best in")

    def test_every_flag_of_a_comparison_is_explained(self):
        self.assertIn("note: the variance may be infinite", self.said("compare", self.result))

    def test_a_comparison_tells_who_loses_most_and_which_practices_join(self):
        told = self.said("compare", self.result, "--verbose", "--sites")
        self.assertRegex(told, r"(?m)^commissioner .*\npartners .*\ncreditors ")  # the most first
        self.assertRegex(told, r"(?m)^T00001 .* no +no$")

    def test_a_problem_in_json_is_one_line(self):
        done = program.headroom("show", "nosuch.h5", "--json", cwd=self.folder)
        self.assertTrue(program.as_json(done)["problems"][0]["text"].endswith("No such file or directory"))

    def test_a_workbook_is_called_as_its_result(self):
        self.said("export", self.result)
        self.assertEqual([path.name for path in self.folder.glob("*.xlsx")], ["six.xlsx"])

    def test_keys_say_their_choices(self):
        keys = program.as_json(program.headroom("keys", "--json"))["keys"]
        self.assertEqual([key["choices"] for key in keys if key["key"] == "store.sites"], [["none", "quarterly"]])

    def test_thousands_stand_apart(self):
        self.assertRegex(self.said("pool", "--people", "8000,1234567"), r"People +8,000 +1,234,567\n")

    def test_the_first_practice_counts_where_cells_are_blank(self):
        table = (SCENARIOS / "patches/six.csv").read_text().replace("8000,8400,150,", "8000,8400,,")
        (self.folder / "blank.csv").write_text(table)
        (self.folder / "blank.yaml").write_text(f"include: ['{SIX}']\npatch.practices: blank.csv\n")
        self.assertRegex(self.said("check", "blank.yaml"), r"imputed +1 of 6 practices")

    def test_an_option_that_says_nothing_is_refused_where_it_stands(self):
        self.assertIn("--years says nothing without --per-year", self.said("voi", self.result, "--years", 5, status=2))
        self.assertIn("--reuse is for the points of a sweep",
                      self.said("run", SIX, "--reuse", self.result, "-o", "o.h5", "--trials", 8, status=2))

    def test_so_many_terms_are_shown_as_asked_for(self):
        told = self.said("sensitivity", self.result, "--terms", "--trials", 8, "--top", 1)
        self.assertRegex(told, r"the other \d+ together")

    def test_points_with_many_axes_are_told_in_words_with_the_best(self):
        axes = [f"--axis={key}={values}" for key, values in MANY.items()]
        self.said("sweep", SIX, "-o", "many.h5", "--trials", 8, "-s", "forms=[joined, owned, alone]", *axes)
        told = " ".join(self.said("show", "many.h5").split())
        self.assertRegex(told, r"0: .*salary=90000, .*glut=2; owned \+")
        self.assertRegex(told, r"1: .*salary=110000, .*glut=2; owned \+")


if __name__ == "__main__":
    unittest.main()
