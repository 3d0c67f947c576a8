"""The page made of a result: whole, the same twice, harmless, and true to the file."""

import html
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["HEADROOM_PROGRAM"]
SCENARIO = ROOT / "scenarios/tees_like_today.yaml"
sys.path.insert(0, str(ROOT / "scripts/lib"))

from report import page as report_page, read, section_decide, words  # noqa: E402  pylint: disable=wrong-import-position


class Elements(html.parser.HTMLParser):
    """Every element with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def run(*arguments, **options):
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False, **options)


def report(result, *arguments):
    output = pathlib.Path(result).with_suffix(".html")
    ran = run(PROGRAM, "report", result, "-o", output, *arguments)
    return ran, output.read_text(encoding="utf-8") if output.exists() else ""


class Swept(unittest.TestCase):
    """The page of a sweep: where the best form changes, as a heat map, as curves, or point by point."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def page_of(self, name, *axes, words=()):
        result = pathlib.Path(self.folder.name) / f"{name}.h5"
        made = run(PROGRAM, "sweep", ROOT / "tests/data/scenarios/six_practices.yaml", "--trials", "40", *axes, "-o", result,
                   env={**os.environ, "HEADROOM_SCENARIOS": str(ROOT / "tests/data/scenarios")})
        self.assertEqual(made.returncode, 0, made.stderr)
        ran, page = report(result, *words)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return h5py.File(result), page

    def test_two_keys_are_a_heat_map_that_names_the_best_form_of_each_point(self):
        file, page = self.page_of("grid", "--axis", "forms.joined.levy=0,4", "--axis", "money.salary=9e4,1e5,1.1e5")
        mean = list(file["statistic"].asstr()).index("mean")
        best = file["summary/net_monetary_benefit"][:, :, mean].argmax(axis=1)
        names = [[name.replace("_", "-").capitalize() for name in file["form"].asstr()[()]][form] for form in best]
        heat = page.split('class="heat"')[2]  # of the public purse
        cells = re.findall(r'font-weight="700">([^<]*?)(?: \?)?</text>', heat.split("</table>")[0])
        self.assertEqual(cells, names)
        self.assertIn("Across the sweep", page)

    def test_one_key_is_a_curve_for_each_form_with_the_numbers_of_the_file(self):
        file, page = self.page_of("curve", "--axis", "forms.joined.levy=0:4:3")
        compared = file["comparison/economic_net_position_less_unmet"][()]
        drawn = [float(value) for value in re.findall(r'<circle [^>]*data-mean="([^"]+)"', page.split('class="curve"')[1])]
        self.assertEqual(drawn, list(compared[:, 1, 0]))
        self.assertRegex(page, "best at every point|the best form changes with levy")

    def test_choices_are_small_multiples_and_what_is_not_kept_is_said(self):
        _, page = self.page_of("choices", "-s", "sweep=[{name: shock, shocks: {none: [], flood: [{use: flood}]}}]")
        self.assertEqual(page.count('<strong>shock none</strong>'), 2)
        self.assertIn("it is asked of a result of one point", page)

    def test_odds_that_no_trials_tell_are_not_made_up(self):
        """Of what is counted, most futures are the same: without trials it is known how often a form is worse, not how often better."""
        file, page = self.page_of("odds", "--axis", "forms.joined.levy=0,4")
        self.assertNotIn("sites_caretaker", file["trials"])
        form = [form for form in file["form"].asstr() if form != file.attrs["reference"]][0]
        above = file["comparison/sites_caretaker"][0, list(file["form"].asstr()).index(form),
                                                  list(file["statistic"].asstr()).index("p_positive")]
        row = re.search(r'aria-label="(Practices in caretaker hands, [^"]*)"', page)[1]
        self.assertTrue(row.endswith(f", worse in {words.odds(float(above))}"), row)
        told = re.search("Not in this file: the trials, from which chances of many closures.*?</p>", page)[0]
        self.assertRegex(told, "<code>headroom run SCENARIO -s forms.joined.levy=[04] -o point.h5</code>")

    def test_the_point_that_is_asked_for_is_shown(self):
        _, page = self.page_of("asked", "--axis", "forms.joined.levy=0:4:3", words=("--point", "2"))
        self.assertIn("The other sections are of point 2, levy 4", page)
        refused = run(PROGRAM, "report", pathlib.Path(self.folder.name) / "asked.h5", "--point", "9")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("there is no point 9", refused.stderr)


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.result = pathlib.Path(cls.folder.name) / "six practices.h5"
        scenario = cls.result.with_name("mine.yaml")
        scenario.write_text(f"include: ['{SCENARIO}']\ntitle: '</title><script>alert(1)</script>{{{{7*7}}}}'\n")
        made = run(PROGRAM, "run", scenario, "--trials", "200", "-o", cls.result)
        assert made.returncode == 0, made.stderr
        cls.ran, cls.page = report(cls.result)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_same_file_gives_the_same_bytes(self):
        self.assertEqual(self.ran.returncode, 0, self.ran.stderr)
        self.assertEqual(report(self.result)[1], self.page)

    def test_figures_not_to_be_leaned_on_are_marked_as_in_the_terminal(self):
        """A star at every heavy mean of the tables, and ^ at every end without a bound."""
        with h5py.File(self.result) as file:
            at = {word: i for i, word in enumerate(file["statistic"].asstr()[()])}
            heavy = sum(int((numbers[..., at["mean_flags"]].astype("i8") & 4 > 0).sum()) for numbers in file["summary"].values())
        stars = self.page.count("* <span class=\"soft\">")
        self.assertEqual(stars > 0, heavy > 0)
        self.assertIn("* a mean not to be leaned on", self.page)

    def test_nothing_of_the_file_is_markup(self):
        self.assertEqual(sum(tag == "script" for tag, _ in Elements(self.page).found), 1)
        self.assertIn("&lt;script&gt;alert(1)", self.page)
        self.assertEqual(words.text("a\x1b[31m\x9b\u202eb\tc"), "a\\u001b[31m\\u009b\\u202eb\tc")

    def test_the_page_asks_for_nothing_and_styles_no_element_by_itself(self):
        for tag, attributes in Elements(self.page).found:
            self.assertNotIn("style", attributes, tag)
            self.assertFalse({"src", "srcset"} & set(attributes), tag)
            self.assertTrue(attributes.get("href", "#").startswith("#"), attributes)
        self.assertNotIn("url(", self.page)

    def test_every_picture_says_what_it_shows(self):
        pictures = [attributes for tag, attributes in Elements(self.page).found
                    if tag == "svg" and attributes.get("role") == "img"]
        self.assertGreater(len(pictures), 20)
        for attributes in pictures:
            self.assertTrue(attributes["aria-label"].strip())

    def test_every_section_is_there_and_in_the_contents(self):
        for name in ("answer", "side", "paired", "odds", "time", "bearers", "size", "fail", "join", "drivers", "decide",
                     "assume", "quality", "words"):
            self.assertIn(f'<section id="{name}"', self.page)
            self.assertIn(f'href="#{name}"', self.page)

    def test_risk_by_size_comes_from_the_pool_command(self):
        pool = self.result.with_name("pool.json")
        asked = run(PROGRAM, "pool", ROOT / "scenarios/whole_budget.yaml", "--json", "--trials", "200")
        pool.write_text(asked.stdout)
        ran, page = report(self.result, "--pool", pool)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("people on a log scale", page)
        exact = json.loads(asked.stdout)["pools"][-1]["after"]["p_loss_over_2pct"]["exact"]
        self.assertIn(f"<td>{100 * exact:.2f}%</td>", page)
        pool.write_text('{"sizes": []}')
        ran = run(PROGRAM, "report", self.result, "--pool", pool)
        self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (2, 1), ran.stderr)

    def test_regions_have_names_of_their_own(self):
        twice = '<div role="region" tabindex="0" aria-label="A">' * 3
        self.assertEqual(re.findall('aria-label="([^"]*)"', report_page.distinct(twice)), ["A", "A, 2", "A, 3"])
        named = [attributes["aria-label"] for _, attributes in Elements(self.page).found if attributes.get("role") == "region"]
        self.assertEqual(len(named), len(set(named)))

    def test_national_figures_and_exact_ones_are_told_where_they_are_given(self):
        target = {"group": "set-up", "name": "turnover", "published": "0.11", "low": 0.1, "high": 0.12, "role": "fitted",
                  "value": 0.111, "error": 0.001, "verdict": "met"}
        given = self.result.with_name("c.json")
        given.write_text(json.dumps({"practices": "Tees Valley", "scenario": "x.yaml", "targets": [
            target, {**target, "name": "fall", "role": "check", "value": 0.2, "verdict": "missed"}]}))
        pool = self.result.with_name("exact.json")
        pool.write_text(json.dumps({"pools": [{"people": p, "after": {"p_loss_over_2pct": {"exact": 0.3, "z": z}}}
                                              for p, z in ((1e4, -3.5), (1e5, 1.25))]}))
        ran, page = report(self.result, "--calibration", given, "--pool", pool)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("1 of 2 national figures are met (Tees Valley, x.yaml)", page)
        self.assertIn("of 2 figures 1 lies more than 3 standard errors apart, the furthest 3.5", page)
        given.write_text("[]")
        ran = run(PROGRAM, "report", self.result, "--calibration", given)
        self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (2, 1), ran.stderr)

    def test_ids_are_unique(self):
        ids = re.findall(r' id="([^"]+)"', self.page)
        self.assertEqual(len(ids), len(set(ids)))

    def test_no_figure_has_its_pound_twice(self):
        self.assertEqual(re.findall(r"£[\d.,]+[km]?(?:</span>)? £[^<]*", self.page), [])

    def test_an_end_of_an_interval_of_odds_is_none_or_all_only_where_it_all_but_is(self):
        told = {0: "0", 3.5e-16: "0", 0.0004: "0.04", 0.003: "0.3", 0.05: "5", 0.994: "99", 0.996: "99.6", 1 - 1e-9: "100", 1: "100"}
        self.assertEqual({share: section_decide._of_100(share) for share in told}, told)  # pylint: disable=protected-access

    def test_a_unit_breaks_only_behind_its_strokes(self):
        self.assertIn("<td>GBP/<wbr>appointment</td>", self.page)

    def test_strips_carry_the_numbers_of_the_file(self):
        with h5py.File(self.result) as file:
            forms = list(file["form"].asstr())
            mean = file["comparison/economic_net_position"][0, forms.index("federation"), 0]
        self.assertIn(f'data-mean="{float(mean)!r}"', self.page)

    def test_fans_of_differences_have_the_bands_of_the_file(self):
        with h5py.File(self.result) as file:
            place = list(file["form"].asstr()).index("federation")
            statistic = list(file["statistic"].asstr())
            held = file["paths/public_cost_cumulative_difference"][0, place]
            bands = {name: held[:, statistic.index(name)] / 1e6 for name in ("mean", "q05", "q95")}
            dearer = float(held[-1, statistic.index("p_positive")])
        panel = self.page.split("How it may fall out")[1].split("Federation</span>")[1]
        for name, values in bands.items():
            said = html.unescape(re.search(rf' data-{name}="([^"]+)"', panel)[1]).split("|")
            plain = [float(v.translate(str.maketrans({"\u2212": "-", "£": "", "m": ""}))) for v in said]
            self.assertEqual(len(plain), 40)
            for shown, value in zip(plain, values):
                self.assertAlmostEqual(shown, value, delta=0.006 * abs(value) + 1e-9)
        self.assertIn(f"a saving by the end in {words.odds(1 - dearer)}", panel)

    def test_assumptions_are_all_there(self):
        with h5py.File(self.result) as file:
            keys = list(file["inputs/assumptions/key"].asstr())
        self.assertTrue(all(f">{key}<" in self.page.replace("<wbr>", "") for key in keys))


class Analyses(unittest.TestCase):
    """Enough futures for curves, and analyses of them."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.result = pathlib.Path(cls.folder.name) / "r.h5"
        assert run(PROGRAM, "run", SCENARIO, "--trials", "500", "-o", cls.result).returncode == 0
        asked = (["switch"], ["voi"], ["voi", "--price=unmet=0:200:100"], ["compare"], ["sensitivity"],
                 ["switch", "--map", "relations.moved_share,relations.cost", "--grid", "3x3"],
                 ["switch", "--map", "money.salary,relations.cost", "--grid", "3x3"], ["switch", "--reverse", "--no-run"])
        cls.files = [cls.result.with_name(f"{i}.h5") for i in range(len(asked))]
        for file, words_typed in zip(cls.files, asked):
            made = run(PROGRAM, *words_typed, cls.result, "-o", file)
            assert made.returncode == 0, made.stderr
        cls.ran, cls.page = report(cls.result, *cls.files)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_fill_the_sections_that_are_theirs(self):
        self.assertEqual(self.ran.returncode, 0, self.ran.stderr)
        for words_shown in ("Switching values</h3>", "the form that is best on average", "What each difference hangs on most"):
            self.assertIn(words_shown, self.page)
        self.assertNotIn("headroom switch", self.page)
        self.assertIn("Super-partnership leads", self.page)

    def test_none_is_passed_over(self):
        """Each is drawn or told: two of a kind are two pictures."""
        for file in self.files:
            with h5py.File(file) as held:
                number = next(iter(re.findall(r"\d[\d.,]*\d", str(held.attrs["sentence"]))), "")
            self.assertIn(number.rstrip("."), self.page, file)
        for caption in ("relations.moved_share (down)", "money.salary (down)", "standard deviations away", "Who leads, by whose eyes"):
            self.assertIn(caption, self.page)

    def test_expected_losses_are_the_files(self):
        with h5py.File(self.files[2]) as held:
            ends = {float(v) / 1e6 for v in held["expected_loss"][-1]}
        drawn = [float(v) for v in re.findall(r' data-end-\d="([^"]+)"', self.page)]
        self.assertTrue(ends <= set(drawn), (ends, drawn))

    def test_a_map_shows_the_best_form_of_each_cell_and_its_lead(self):
        with h5py.File(self.files[5]) as held:
            best, mean = held["best"][()], held["mean"][()]
        drawn = self.page.split('<table class="heat')[1].split("</table>")[0]
        self.assertIn("relations.moved_share (down)", drawn)
        cells = [float(v) for v in re.findall(r'data-value="([^"]+)"', drawn)]
        leads = [float(min(-mean[f, r, c] for f in range(len(mean)) if f != best[r, c])) for r in range(3) for c in range(3)]
        self.assertEqual(cells, leads)

    def test_a_tornado_says_what_sensitivity_says(self):
        asked = run(PROGRAM, "sensitivity", self.result, "--json", "--metric", "economic_net_position", "--pair",
                    "federation,partnership")
        said = json.loads(asked.stdout)
        widest = max(range(len(said["draw"])), key=lambda i: abs(
            (said["difference_at_90"][i] or 0) - (said["difference_at_10"][i] or 0)))
        self.assertIn(f'data-low="{said["difference_at_10"][widest]!r}"', self.page)

    def test_lines_to_copy_run_an_input_where_the_page_says_it_is(self):
        """Money is shown of the price base, and typed of the year that its key is written in."""
        with h5py.File(self.files[0]) as held:
            turn, key = float(held["root"][0]), held["root_draw"].asstr()[0]
        cells = re.findall(r"<td>(headroom run SCENARIO [^<]*)</td>", self.page)
        self.assertTrue(any(f"-s {key}=" in cell for cell in cells), (key, cells[:3]))
        self.assertGreater(len(cells), 20)
        wanted = next(html.unescape(cell) for cell in cells if "-s money.salary=" in cell)
        result = read.Result(self.result)
        low = float(re.search(r"money\.salary=(\S+)", wanted)[1])
        tried = self.result.with_name("tried.h5")
        self.assertEqual(run(PROGRAM, "run", SCENARIO, *wanted.split()[3:], "--trials", "8", "--no-neutral", "-o",
                             tried).returncode, 0)
        with h5py.File(tried) as file:
            place = list(file["inputs/assumptions/key"].asstr()).index("money.salary")
            self.assertAlmostEqual(file["inputs/assumptions/central"][place], low * result.put_in["money.salary"].uplift, places=6)
        values = result.drawn("money.salary")
        self.assertTrue(values.min() < low * result.put_in["money.salary"].uplift < values.max())
        self.assertIn(result.to_try([key], turn), [html.unescape(cell) for cell in cells])

    def test_of_another_result_are_refused_in_a_sentence(self):
        other = self.result.with_name("other.h5")
        assert run(PROGRAM, "run", SCENARIO, "--trials", "64", "-o", other).returncode == 0
        for file, sentence in ((self.files[0], "an analysis of another result"), (self.result, "it is no analysis")):
            ran, page = report(other, file)
            self.assertEqual((ran.returncode, page, len(ran.stderr.splitlines())), (2, "", 1), ran.stderr)
            self.assertIn(sentence, ran.stderr)


class Citation(unittest.TestCase):
    def test_the_readme_cites_it_as_the_program_does(self):
        said = run(PROGRAM, "--version").stdout.splitlines()[1]
        self.assertIn(f"> {said}\n", (ROOT / "README.md").read_text(encoding="utf-8"))


class BadFiles(unittest.TestCase):
    def test_a_page_that_cannot_be_written_or_would_overwrite_what_it_reads_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "r.h5"
            path.write_bytes(b"kept")
            self.assertEqual(run(PROGRAM, "report", path, "-o", path).returncode, 2)
            self.assertEqual(path.read_bytes(), b"kept")
            other = path.with_name("notes.html")
            other.write_text("mine")
            self.assertEqual(run(PROGRAM, "report", path, "-o", other).returncode, 2)
            self.assertEqual(other.read_text(), "mine")
            self.assertEqual(run(PROGRAM, "report").returncode, 2)
            self.assertEqual(run(PROGRAM, "report", "--help").returncode, 0)

    def test_words_that_cannot_be_written_are_a_sentence_and_a_reader_that_left_hears_nothing(self):
        for redirected, sentence in ((">&-", "headroom report: .*(closed|Bad file descriptor)\n"), ("> /dev/full", "headroom report: .*No space left.*\n"),
                                     ("| true", "")):
            ran = run("sh", "-c", f'"$0" report --help {redirected}', PROGRAM)
            self.assertRegex(ran.stderr, f"^{sentence}$")


if __name__ == "__main__":
    unittest.main()
