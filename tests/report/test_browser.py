"""The page in a browser: quiet, accessible, narrow or wide, by keyboard, without script, on paper, with hostile names; of
one run, of a sweep, and with all that other commands made of the run.

Needs Chromium, Node.js, pdftotext, and playwright-core and axe-core in the folder HEADROOM_BROWSER, which `scripts/test
--full` fills; without them it is skipped (exit status 77).
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = os.environ["HEADROOM_PROGRAM"]
FOLDER = pathlib.Path(os.environ["HEADROOM_BROWSER"])
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HOSTILE = "</title></script><script>alert(1)</script>\"><svg onload=alert(2)>{{7*7}}=cmd|x \U0001F600" + "x" * 300


def missing():
    """What this needs and is not there."""
    modules = [FOLDER / "node_modules" / name for name in ("playwright-core", "axe-core")]
    return [str(m) for m in modules if not m.exists()] + [
        name for name in (CHROMIUM, "node", "pdftotext") if shutil.which(name) is None]


def run(*arguments):
    ran = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def hostile_scenario(place):
    """The shipped question with names that would do harm in a page that took them for markup."""
    table = (ROOT / "scenarios/patches/example_patch.csv").read_text(encoding="utf-8").splitlines()
    cells = table[1].split(",")
    cells[1] = '"' + HOSTILE.replace('"', '""') + '"'
    (place / "practices.csv").write_text("\n".join([table[0], ",".join(cells)] + table[2:]) + "\n", encoding="utf-8")
    scenario = place / "hostile.yaml"
    scenario.write_text(f"include: ['{ROOT / 'scenarios/tees_like_today.yaml'}']\ntitle: {json.dumps(HOSTILE)}\n"
                        f"question: {json.dumps(HOSTILE)}\npatch.practices: {json.dumps(str(place / 'practices.csv'))}\n",
                        encoding="utf-8")
    return scenario


def simulated(scenario, place):
    """A run of it."""
    run(PROGRAM, "run", scenario, "--trials", "200", "-o", place / "r.h5")
    return [place / "r.h5"]


def swept(place):
    """A run of two keys crossed."""
    run(PROGRAM, "sweep", ROOT / "scenarios/tees_like_today.yaml", "--trials", "64", "--axis", "forms.federation.levy=0,4",
        "--axis", "money.salary=9e4,1e5,1.1e5", "-o", place / "r.h5")
    return [place / "r.h5"]


def analysed(place):
    """A run, and what each command makes of it."""
    result = place / "r.h5"
    run(PROGRAM, "run", ROOT / "scenarios/tees_like_today.yaml", "--trials", "500", "-o", result)
    asked = (["switch"], ["switch", "--map", "relations.moved_share,relations.cost"], ["switch", "--reverse", "--no-run"],
             ["sensitivity"], ["sensitivity", "--terms", "--trials", "8"], ["voi"], ["voi", "--price=unmet=0:200:100"],
             ["compare"])
    files = [place / f"{i}.h5" for i in range(len(asked))]
    for words, file in zip(asked, files):
        run(PROGRAM, *words, result, "-o", file)
    return [result, *files]


def look(files, place, *brief):
    """Make the page of a result and its analyses, and say what a browser sees."""
    page, pdf = place / "r.html", place / "r.pdf"
    run(PROGRAM, "report", *files, "-o", page)
    seen = json.loads(run("node", HERE / "browser.mjs", FOLDER, page, pdf, *brief))
    seen["paper"] = run("pdftotext", "-layout", pdf, "-").split("\f")
    return seen


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        makers = {"run": lambda place: simulated(ROOT / "scenarios/tees_like_today.yaml", place), "sweep": swept,
                  "analyses": analysed, "hostile": lambda place: simulated(hostile_scenario(place), place)}
        cls.pages = {}
        for name, make in makers.items():
            with tempfile.TemporaryDirectory() as folder:
                place = pathlib.Path(folder)
                cls.pages[name] = look(make(place), place, *(["brief"] if name == "hostile" else []))
        cls.seen = cls.pages["run"]

    def each(self, check, *without):
        """Check every page but some."""
        for name, seen in self.pages.items():
            if name not in without:
                with self.subTest(page=name):
                    check(seen)

    def test_it_says_nothing_asks_for_nothing_and_runs_one_script(self):
        def check(seen):
            self.assertEqual((seen["console"], seen["requests"], seen["dialogs"]), ([], [], []))
            self.assertEqual(seen["scripts"], 1)

        self.each(check)

    def test_it_is_never_wider_than_its_window(self):
        def check(seen):
            self.assertEqual(len(seen["overflow"]), 7)
            self.assertEqual({width: over for width, over in seen["overflow"].items() if over > 0}, {})

        self.each(check)

    def test_axe_finds_no_violation(self):
        def check(seen):
            self.assertEqual(seen["axe"], {"1280": [], "380": []})

        self.each(check, "hostile")

    def test_every_stop_of_the_keyboard_is_seen_and_they_are_not_too_many(self):
        def check(seen):
            self.assertGreater(len(seen["stops"]), 20)
            self.assertLess(len(seen["stops"]), 200)
            for stop in seen["stops"]:
                self.assertTrue(stop["seen"] and stop["width"] > 0 and stop["height"] > 0, stop)
                self.assertNotEqual(stop["outline"], "none", stop)

        self.each(check)

    def test_arrows_read_the_marks_of_a_chart_one_by_one(self):
        words, labels = self.seen["arrows"]["words"], self.seen["arrows"]["labels"]
        self.assertEqual([words[key] for key in ("ArrowRight", "End", "Home", "ArrowDown", "Escape")],
                         [labels[0], labels[-1], labels[0], labels[1], ""])

    def test_a_cursor_reads_a_fan_quarter_by_quarter_by_key_and_by_pointer(self):
        fan = self.seen["fan"]
        for key, quarter in (("ArrowRight", "26/27 quarter 1"), ("ArrowRight again", "26/27 quarter 2"), ("End", "35/36 quarter 4"),
                             ("Home", "26/27 quarter 1")):
            self.assertRegex(fan["words"][key], rf"^Partner income under Partnership.*, {quarter}: mean £[\d.]+k; half of futures £[\d.]+k "
                                                r"to £[\d.]+k; 9 in 10 £[\d.]+k to £[\d.]+k$")
        self.assertTrue(fan["words"]["ArrowDown"].startswith("Partner income under Super-partnership"))
        self.assertEqual((fan["words"]["Escape"], fan["left"]), ("", 0))
        self.assertIn("quarter", fan["pointed"])
        self.assertEqual(fan["cursors"], 1)

    def test_controls_show_and_hide(self):
        controls = self.seen["controls"]
        self.assertEqual(controls["after"] * 3, controls["before"] * 2)  # one of three forms off
        self.assertEqual((controls["series"], controls["seriesAfter"], controls["panels"]), (1, 1, 1))
        self.assertEqual(controls["rows"], 0)
        self.assertTrue(controls["count"].startswith("0 of "))

    def test_without_script_everything_is_there_and_the_controls_are_not(self):
        def check(seen):
            self.assertTrue(seen["without"]["boxes"])
            self.assertTrue(all(seen["without"]["boxes"]))
            self.assertFalse(any(seen["without"]["controls"]))

        self.each(check, "hostile")

    def test_the_first_printed_page_is_question_answer_and_first_chart(self):
        def check(seen):
            first, second = seen["paper"][:2]
            for words in ("Tees-like patch", "Chart 1", "Everyone together", "Practices in caretaker hands"):
                self.assertIn(words, first)
            self.assertRegex(second, "Side by side|Across the sweep")
            self.assertNotRegex(second, r"Chart 1\b")

        self.each(check, "hostile")


if __name__ == "__main__":
    if missing():
        print("skipped: not there:", ", ".join(missing()))
        sys.exit(77)
    unittest.main()
