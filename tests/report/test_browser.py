"""The page in a browser: quiet, accessible, narrow or wide, by keyboard, without script, on paper, with hostile names.

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


def look(scenario, place, *brief):
    """Run it, make its page, and say what a browser sees."""
    result, page, pdf = place / "r.h5", place / "r.html", place / "r.pdf"
    run(PROGRAM, "run", scenario, "--trials", "200", "-o", result)
    run(PROGRAM, "report", result, "-o", page)
    seen = json.loads(run("node", HERE / "browser.mjs", FOLDER, page, pdf, *brief))
    seen["paper"] = run("pdftotext", "-layout", pdf, "-").split("\f")
    return seen


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.seen = look(ROOT / "scenarios/tees_like_today.yaml", pathlib.Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            cls.hostile = look(hostile_scenario(pathlib.Path(folder)), pathlib.Path(folder), "brief")

    def test_it_says_nothing_asks_for_nothing_and_runs_one_script(self):
        for seen in (self.seen, self.hostile):
            self.assertEqual((seen["console"], seen["requests"], seen["dialogs"]), ([], [], []))
            self.assertEqual(seen["scripts"], 1)

    def test_it_is_never_wider_than_its_window(self):
        for seen in (self.seen, self.hostile):
            self.assertEqual(len(seen["overflow"]), 7)
            self.assertEqual({width: over for width, over in seen["overflow"].items() if over > 0}, {})

    def test_axe_finds_no_violation(self):
        self.assertEqual(self.seen["axe"], {"1280": [], "380": []})

    def test_every_stop_of_the_keyboard_is_seen_and_they_are_not_too_many(self):
        stops = self.seen["stops"]
        self.assertGreater(len(stops), 20)
        self.assertLess(len(stops), 200)
        for stop in stops:
            self.assertTrue(stop["seen"] and stop["width"] > 0 and stop["height"] > 0, stop)
            self.assertNotEqual(stop["outline"], "none", stop)

    def test_arrows_read_the_marks_of_a_chart_one_by_one(self):
        words, labels = self.seen["arrows"]["words"], self.seen["arrows"]["labels"]
        self.assertEqual([words[key] for key in ("ArrowRight", "End", "Home", "ArrowDown", "Escape")],
                         [labels[0], labels[-1], labels[0], labels[1], ""])

    def test_controls_show_and_hide(self):
        controls = self.seen["controls"]
        self.assertEqual(controls["after"] * 3, controls["before"] * 2)  # one of three forms off
        self.assertEqual((controls["series"], controls["seriesAfter"], controls["panels"]), (1, 1, 1))
        self.assertEqual(controls["rows"], 0)
        self.assertTrue(controls["count"].startswith("0 of "))

    def test_without_script_everything_is_there_and_the_controls_are_not(self):
        self.assertTrue(self.seen["without"]["boxes"])
        self.assertTrue(all(self.seen["without"]["boxes"]))
        self.assertFalse(any(self.seen["without"]["controls"]))

    def test_the_first_printed_page_is_question_answer_and_first_chart(self):
        first, second = self.seen["paper"][:2]
        for words in ("Tees-like patch", "Chart 1", "Everyone together", "Practices in caretaker hands"):
            self.assertIn(words, first)
        self.assertIn("Side by side", second)
        self.assertNotIn("Chart 1", second)


if __name__ == "__main__":
    if missing():
        print("skipped: not there:", ", ".join(missing()))
        sys.exit(77)
    unittest.main()
