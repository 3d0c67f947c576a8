"""What the program promises, seen from outside: same bits, whole files, clear refusals."""

import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np

import bits
import commands
import forging
import program

TEES = program.ROOT / "scenarios/tees_like_today.yaml"
EVERY = program.ROOT / "tests/data/scenarios/every_term.yaml"
BEARERS = ("partners", "reserves", "organisation", "owners", "creditors", "trust", "commissioner", "insurer", "outside")
SHIPPED = sorted((program.ROOT / "scenarios").glob("*.yaml"))
LIST = 4  # column of the practices' table


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = program.folder()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def run_hash(self, scenario, *words, **options):
        return program.content_hash(program.run(self.folder, scenario, "hash.h5", *words, **options))


class TheSameBits(InAFolder):
    def test_for_1_2_3_and_5_threads(self):
        hashes = {self.run_hash(EVERY, "--trials", 100, "--threads", threads) for threads in (1, 2, 3, 5)}
        self.assertEqual(len(hashes), 1)

    def test_for_every_instruction_set_this_machine_runs(self):
        self.assertEqual(len(program.hashes_of_every_instruction_set(self.folder, EVERY, "--trials", 64)), 1)

    def test_with_the_processors_features_masked_from_the_c_library(self):
        masked = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"}
        plain = self.run_hash(EVERY, "--trials", 64)
        self.assertEqual(self.run_hash(EVERY, "--trials", 64, environment=masked), plain)

    def test_for_the_practices_in_any_order(self):
        table = (program.ROOT / "scenarios/patches/example_patch.csv").read_text().splitlines()
        rows = table[1:]
        random.Random(1).shuffle(rows)
        shuffled = self.folder / "shuffled.csv"
        shuffled.write_text("\n".join([table[0], *rows]) + "\n")
        change = f"patch.practices={shuffled}"
        self.assertEqual(self.run_hash(TEES, "--trials", 64, "-s", change, "-s", "patch.price_year=2022"),
                         self.run_hash(TEES, "--trials", 64))

    def test_for_the_first_trials_of_more(self):
        few = program.run(self.folder, TEES, "few.h5", "--trials", 500)
        many = program.run(self.folder, TEES, "many.h5", "--trials", 1000)
        with h5py.File(few) as a, h5py.File(many) as b:
            for name in a["trials"]:
                np.testing.assert_array_equal(a["trials"][name][...], b["trials"][name][:, :, :500], name)

    def test_of_every_shipped_scenario_until_the_version_of_numbers_is_raised(self):
        found = bits.found(self.folder)
        self.assertEqual([key for key, digest in bits.kept().items() if found.get(key) != digest], [],
                         "other numbers than were kept. Are they meant? Then, where a scenario says other values or draws "
                         "another key, run tests/end_to_end/bits.py; where the engine gives others for the same, first raise "
                         "HR_RESULT_NUMBERS and say so under *Results change* in README")

    def test_for_equal_terms_under_another_name(self):
        result = program.run(self.folder, EVERY)
        with h5py.File(result) as file:
            forms = [name.decode() for name in file["form"]]
            one, other = forms.index("partnership"), forms.index("partnership_again")
            for name in file["trials"]:
                values = file["trials"][name]
                np.testing.assert_array_equal(values[:, one], values[:, other], name)


class MoneyBalances(InAFolder):
    def test_to_rounding_in_every_shipped_scenario(self):
        for scenario in SHIPPED:
            done = program.headroom("run", scenario, "-o", self.folder / "r.h5", "--trials", 200, "--json", "--force")
            self.assertLess(program.as_json(done)["imbalance"], 1e-14, scenario)


    def test_to_rounding_where_flows_dwarf_core_income(self):
        extreme = ("prices.prices.mean=0.3", "prices.prices.sd=0.5", "prices.contract.mean=-0.2",
                   "forms.trust_run.saving=-1", "forms.trust_run.recharge=1", "forms.trust_run.ed_irr=5",
                   "forms.trust_run.staff_pay_premium=10", "patch.horizon_years=30")
        changes = [word for change in extreme for word in ("-s", change)]
        done = program.headroom("run", TEES, "-o", self.folder / "r.h5", "--trials", 64, "--json", *changes)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertLess(program.as_json(done)["imbalance"], 1e-14)


class Verification(InAFolder):
    def setUp(self):
        super().setUp()
        self.result = program.run(self.folder, TEES, "result.h5", "--trials", 64)

    def test_holds_for_what_was_just_run(self):
        self.assertEqual(program.headroom("verify", self.result).returncode, 0)

    def test_says_how_many_trials_it_ran_again(self):
        done = program.headroom("verify", self.result, "--sample", 10**6, "--json")
        self.assertEqual(program.as_json(done)["trials_run_again"], 64)

    def test_fails_on_one_flipped_bit_of_a_trial(self):
        with h5py.File(self.result) as file:
            offset = file["trials/public_cost"].id.get_chunk_info(0).byte_offset
        data = bytearray(self.result.read_bytes())
        data[offset + 5] ^= 1
        self.result.write_bytes(data)
        done = program.headroom("verify", self.result)
        self.assertEqual(done.returncode, 4)
        self.assertIn("result.h5", done.stderr)

    def test_refuses_what_is_no_result(self):
        for command in ("verify", "show", "replay"):
            with self.subTest(command):
                done = program.headroom(command, program.ROOT / "README.md")
                self.assertEqual(done.returncode, 2)
                self.assertIn("README.md is no result file: it is not HDF5", done.stderr)


class AFileIsCompleteOrAbsent(InAFolder):
    def killed_after(self, seconds):
        result = self.folder / "killed.h5"
        process = subprocess.Popen([program.HEADROOM, "run", TEES, "-o", result, "--trials", "600"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return result

    def test_when_killed_at_any_moment(self):
        for seconds in (0.01, 0.1, 0.3, 0.6, 0.9, 1.2):
            result = self.killed_after(seconds)
            if result.exists():
                self.assertEqual(program.headroom("verify", result, "--sample", 0).returncode, 0)
                result.unlink()

    def test_when_no_more_may_be_written(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        done = program.headroom("run", TEES, "-o", self.folder / "full.h5", "--trials", 200, preexec_fn=limit)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "headroom run: .+")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_when_asked_to_stop(self):
        for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            status, said = program.stopped(request, "run", TEES, "-o", self.folder / "stopped.h5",
                                           "--trials", 1000000)
            self.assertEqual(status, 3, request)
            self.assertRegex(said, r"^headroom run: stopped after \d+ of 1000000 trials; nothing was written$")
            self.assertEqual(list(self.folder.iterdir()), [])

    def test_when_a_neutral_run_beside_it_is_asked_to_stop(self):
        result = program.run(self.folder, EVERY, "result.h5", "--trials", 300)
        status, said = program.stopped(signal.SIGINT, "show", result, "--neutral",
                                       environment={"TMPDIR": str(self.folder)})
        self.assertEqual(status, 3)
        self.assertIn("headroom show: stopped after", said)
        self.assertEqual(list(self.folder.iterdir()), [result])

    def test_and_what_a_killed_run_left_is_gone_after_the_next(self):
        (self.folder / "result.h5.partial.0123456789abcdef").write_text("half a file")
        result = program.run(self.folder, EVERY, "result.h5", "--trials", 64)
        self.assertEqual(list(self.folder.iterdir()), [result])

    def test_and_a_folder_that_is_not_there_is_refused_before_any_work(self):
        done = program.headroom("run", TEES, "-o", self.folder / "nowhere/r.h5")
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot write into the folder", done.stderr)


class AFileThatIsMade(InAFolder):
    """Has no name that ends like a file of another kind, whatever it was asked to be called."""

    def refuses(self, words, ending):
        at = words.index("-o") + 1
        name = f"made{ending}"
        done = program.headroom(*words[:at], name, *words[at + 1:], cwd=self.folder)
        with self.subTest(" ".join(map(str, words)), name=name):
            self.assertEqual(done.returncode, 2, done.stderr)
            said = " ".join(done.stderr.split())
            self.assertIn(f'not a {ending}: let the name of "{name}" end in {pathlib.Path(words[at]).suffix} (', said)
            self.assertEqual(list(self.folder.iterdir()), [])

    def test_by_every_command_that_takes_a_name(self):
        taking = [words for words, _ in commands.WORDS.values() if "-o" in words]
        self.assertGreater(len(taking), 5)
        for words in taking:
            for ending in {".h5", ".xlsx", ".html", ".pdf"} - {pathlib.Path(words[words.index("-o") + 1]).suffix}:
                self.refuses(words, ending)


class NothingIsOverwritten(InAFolder):
    """Unless it is an empty file, a result of the same inputs, or --force is given."""

    def run_to(self, name, *words, scenario=EVERY):
        trials = () if "--trials" in words else ("--trials", 8)
        return program.headroom("run", scenario, "-o", name, *trials, *words, cwd=self.folder)

    def assert_kept(self, name, *words, says):
        before = (self.folder / name).read_bytes()
        done = self.run_to(name, *words)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertRegex(done.stderr, f"headroom run: {name} {says}.* --force")
        self.assertEqual((self.folder / name).read_bytes(), before)

    def test_that_is_no_result(self):
        for name, content in (("s.h5", EVERY.read_bytes()), ("p", b"practice_code\n"), ("n.hdf5", b"\n"),
                              ("x.h5", b"\x89HDF\r\n\x1a\n" + bytes(99))):
            with self.subTest(name):
                (self.folder / name).write_bytes(content)
                self.assert_kept(name, says="is there already and is no whole result")

    def test_that_is_an_input_of_the_run(self):
        mine = self.folder / "mine.yaml"
        mine.write_text(f"include: [{EVERY}]\n")
        done = self.run_to("mine.yaml", scenario=mine)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(mine.read_text(), f"include: [{EVERY}]\n")

    def test_that_is_the_result_of_another_run(self):
        self.run_to("r.h5")
        for words in (("--trials", 9), ("--seed", 5), ("-s", "patch.horizon_years=8"), ("--neutral",)):
            with self.subTest(words):
                self.assert_kept("r.h5", *words, says="holds the result of another run")

    def test_that_another_version_with_other_numbers_made_of_the_same(self):
        self.run_to("new.h5")
        forging.changed(self.folder / "new.h5", self.folder / "r.h5",
                        lambda file: file.attrs.modify("numbers", file.attrs["numbers"] - 1), rehash=True)
        self.assert_kept("r.h5", says="was made by version .*, which gives other numbers")

    def test_that_holds_neutral_runs_which_the_new_would_not(self):
        self.run_to("r.h5")
        self.assert_kept("r.h5", "--no-neutral", says="holds the same run with its neutral runs")

    def test_that_another_program_wrote_as_hdf5(self):
        with h5py.File(self.folder / "other.h5", "w") as file:
            file["x"] = 1
        self.assert_kept("other.h5", says="is there already and is no whole result")

    def test_by_an_analysis_or_a_workbook_that_is_the_result_itself_or_no_file(self):
        self.run_to("r.h5")
        os.link(self.folder / "r.h5", self.folder / "r.xlsx")
        for ending in ("h5", "xlsx"):
            os.symlink("r.h5", self.folder / f"link.{ending}")
            os.mkfifo(self.folder / f"pipe.{ending}")
        for command in ("compare", "switch", "sensitivity", "voi", "export"):
            ending = "xlsx" if command == "export" else "h5"
            for stem, says in (("r", "is the result itself"), ("./r", "is the result itself"),
                               ("link", "is the result itself"), ("pipe", "is no ordinary file")):
                name = f"{stem}.{ending}"
                with self.subTest(command, name=name):
                    done = program.headroom(command, "r.h5", "-o", name, "--force", cwd=self.folder)
                    self.assertEqual((done.returncode, done.stdout), (2, ""))
                    self.assertRegex(done.stderr, f"^headroom {command}: {name} .*{says}; name another file\n$")
        self.assertTrue((self.folder / "pipe.h5").is_fifo() and (self.folder / "pipe.xlsx").is_fifo())
        self.assertEqual(program.headroom("verify", "r.h5", cwd=self.folder).returncode, 0)

    def test_by_an_analysis_but_another_analysis(self):
        self.run_to("r.h5")
        compare = lambda name, *words: program.headroom("compare", "r.h5", "-o", name, *words, cwd=self.folder)
        (self.folder / "other.h5").write_bytes((self.folder / "r.h5").read_bytes())
        (self.folder / "mine.h5").write_text("practice_code\n")
        (self.folder / "empty.h5").touch()
        for name in ("other.h5", "mine.h5"):
            before = (self.folder / name).read_bytes()
            self.assertIn(f"{name} is there already and is no analysis", compare(name).stderr)
            self.assertEqual((self.folder / name).read_bytes(), before)
        for name, words in (("a.h5", ()), ("a.h5", ()), ("empty.h5", ()), ("other.h5", ("--force",))):
            self.assertEqual(compare(name, *words).returncode, 0)

    def test_but_what_is_empty_the_same_or_forced(self):
        (self.folder / "r.h5").write_bytes(b"")
        self.assertEqual(self.run_to("r.h5").returncode, 0)
        self.assertEqual(self.run_to("r.h5").returncode, 0)
        self.assertEqual(self.run_to("r.h5", "--seed", 5, "--force").returncode, 0)
        (self.folder / "notes.h5").write_text("notes")
        self.assertEqual(self.run_to("notes.h5", "--force").returncode, 0)


class WithoutAnOutput(InAFolder):
    def run_in(self, folder, scenario, *words):
        folder.mkdir(parents=True, exist_ok=True)
        done = program.headroom("run", scenario, "--trials", 8, "--json", *words, cwd=folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        written = (folder / program.as_json(done)["output"]).resolve()
        self.assertTrue(written.is_file())
        return str(written.relative_to(self.folder.resolve()))

    def scenario(self, place):
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"include: [{EVERY}]\n")
        return path

    def test_the_result_goes_here(self):
        mine = self.scenario("elsewhere/my.plan.yaml")
        self.assertEqual(self.run_in(self.folder / "here", mine), "here/my.plan.h5")

    def test_it_goes_to_the_results_beside_the_scenario_or_its_folder(self):
        mine = self.scenario("work/scenarios/mine.yaml")
        (self.folder / "work/results").mkdir()
        self.assertEqual(self.run_in(self.folder / "here", mine), "work/results/mine.h5")
        self.assertEqual(self.run_in(self.folder / "work", "scenarios/mine.yaml"), "work/results/mine.h5")
        (self.folder / "work/scenarios/results").mkdir()
        self.assertEqual(self.run_in(self.folder / "here", mine), "work/scenarios/results/mine.h5")

    def test_its_name_says_what_was_changed(self):
        mine = self.scenario("mine.yaml")
        self.assertEqual(self.run_in(self.folder, mine, "-s", "patch.horizon_years=8", "--seed", 4),
                         "mine+horizon_years=8.h5")
        self.assertEqual(self.run_in(self.folder, mine, "-s", "market.dwell_years.shortage=2", "--neutral"),
                         "mine+shortage=2+neutral.h5")

    def test_what_was_changed_is_kept_and_shown(self):
        self.run_in(self.folder, self.scenario("mine.yaml"), "-s", "patch.horizon_years=8", "--seed", 4)
        shown = program.headroom("show", self.folder / "mine+horizon_years=8.h5").stdout
        self.assertRegex(shown, r"(?m)^changed: patch.horizon_years=8$")
        self.assertRegex(shown, r"(?m)^changed: seed=4$")


class ResultsOpenElsewhere(InAFolder):
    def setUp(self):
        super().setUp()
        self.result = program.run(self.folder, TEES, "result.h5", "--trials", 64)

    def test_in_h5py_with_units_on_every_trial_metric(self):
        with h5py.File(self.result) as file:
            self.assertTrue(all("units" in values.attrs for values in file["trials"].values()))

    def test_in_our_own_validator(self):
        done = subprocess.run([program.ROOT / "scripts/validate-result", self.result], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    @unittest.skipUnless(program.has("ncdump"), "ncdump is not here")
    def test_in_ncdump(self):
        done = subprocess.run(["ncdump", "-h", self.result], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("economic_net_position", done.stdout)

    @unittest.skipUnless(program.has("h5dump"), "h5dump is not here")
    def test_in_h5dump(self):
        done = subprocess.run(["h5dump", "-H", self.result], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


class Commands(InAFolder):
    def test_show_gives_every_figure_with_its_error_and_difference(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        shown = program.as_json(program.headroom("show", result, "--json"))
        cell = shown["metrics"]["economic_net_position"]["trust_run"]
        numbers = {"mean", "difference", "q05", "q50", "q95"}
        self.assertEqual(set(cell), numbers | {f"{number}_interval" for number in numbers} | {
            "se", "difference_se", "better", "equal", "neutral", "neutral_all", "verdict", "mark", "turns"})
        self.assertGreater(shown["assumptions_without_evidence"], 0)
        self.assertGreater(shown["numbers"], shown["assumptions_without_evidence"])
        self.assertEqual(len(shown["sentences"]), 3)

    def test_show_says_the_odds_of_the_trials_in_the_file(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        shown = program.as_json(program.headroom("show", result, "--json"))
        with h5py.File(result) as file:
            forms = list(file["form"].asstr())
            cost = file["trials/public_cost"][0]
        difference = cost[forms.index("federation")] - cost[forms.index("partnership")]
        self.assertEqual(shown["metrics"]["public_cost"]["federation"]["better"], float((difference < 0).mean()))

    def test_check_names_a_shock_that_strikes_for_certain(self):
        scenario = self.folder / "award.yaml"
        scenario.write_text(f"include: [{TEES}]\nshocks:\n  - {{ use: unfunded_pay, at: 1 }}\n")
        checked = program.headroom("check", scenario)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn("shock       unfunded_pay in year 1, the first being 0\n", checked.stdout)
        self.assertNotIn("shock ", program.headroom("check", TEES).stdout)

    def test_show_fits_a_screen(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        lines = program.headroom("show", result).stdout.splitlines()
        self.assertLessEqual(len(lines), 45)
        self.assertLessEqual(max(map(len, lines)), 100)
        self.assertTrue(all(line.isascii() for line in lines))

    def test_show_gives_one_measure_or_one_form_and_refuses_those_that_are_not_there(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        two = program.headroom("show", result, "--metric", "turnover,vacancy").stdout
        self.assertEqual([len(re.findall(f"^{label}, ", two, re.M)) for label in ("Vacant GP posts", "Turnover of GPs")], [2, 2], two)
        done = program.headroom("show", result, "--metric", "vacancy,turnver")
        self.assertIn("no metric called turnver; the nearest is turnover", done.stderr)
        one = program.headroom("show", result, "--metric", "vacancy", "--form", "federation").stdout
        self.assertIn("Vacant GP posts, %", one)
        self.assertNotIn("Public cost", one)
        self.assertNotIn("Trust-run", one)
        full = program.headroom("show", result, "--full").stdout
        self.assertIn("Spent on locums", full)
        for option, name in (("--metric", "vacncy"), ("--form", "trust")):
            done = program.headroom("show", result, option, name)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(f"called {name}", done.stderr)

    def test_metrics_are_those_of_the_page_on_result_files(self):
        page = (program.ROOT / "results/README.md").read_text(encoding="utf-8")
        for line in program.headroom("metrics").stdout.splitlines():
            self.assertIn(line + "\n", page)
        listed = program.as_json(program.headroom("metrics", "--json"))["metrics"]
        self.assertTrue(all(metric["better"] in ("higher", "lower", "none") and metric["group"] and metric["label"]
                            for metric in listed))

    def test_show_has_room_for_more_forms_than_fit_a_screen(self):
        scenario = self.folder / "many.yaml"
        forms = ", ".join(f"{{like: federation, name: f{i}}}" for i in range(40))
        scenario.write_text(f"include: [{EVERY}]\nforms: [partnership, {forms}]\n")
        result = program.run(self.folder, scenario, "result.h5", "--trials", 16)
        shown = program.headroom("show", result)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertTrue({"F0", "F39"} <= set(shown.stdout.split()))
        self.assertLessEqual(max(map(len, shown.stdout.splitlines())), 100)

    def test_run_warns_where_work_and_hands_do_not_fit(self):
        words = ("run", TEES, "-o", self.folder / "result.h5", "--trials", 16, "--force")
        self.assertNotIn("note:", program.headroom(*words).stdout)
        busy = program.headroom(*words, "-s", "demand.growth=0.08")
        self.assertIn("far more demand than capacity", busy.stdout)

    def test_show_gives_no_error_of_one_trial(self):
        shown = program.headroom("show", program.run(self.folder, EVERY, "result.h5", "--trials", 1)).stdout
        self.assertNotIn("nan", shown)
        self.assertIn("Everyone together", shown)

    def test_show_neutral_takes_the_assumed_terms_out(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        shown = program.as_json(program.headroom("show", result, "--neutral", "--json"))
        self.assertGreater(shown["terms_made_neutral"], 0)
        self.assertIsNotNone(shown["metrics"]["economic_net_position"]["federation"]["neutral"])

    def test_replay_gives_the_metrics_of_the_trial_in_the_file(self):
        result = program.run(self.folder, TEES, "result.h5", "--trials", 64)
        replayed = program.as_json(program.headroom("replay", result, "--trial", 41, "--json"))
        with h5py.File(result) as file:
            self.assertEqual(replayed["forms"][2]["metrics"]["public_cost"], file["trials/public_cost"][0, 2, 41])

    def test_replay_books_sum_to_nothing_in_every_quarter(self):
        replayed = program.as_json(program.headroom("replay", EVERY, "--trial", 3, "--json"))
        rows = [row for form in replayed["forms"] for row in form["ledger"]]
        sums = [abs(sum(row[name] for name in BEARERS)) for row in rows]
        self.assertLess(max(sums), 0.01)  # pounds, of some 35 million a quarter

    def test_replay_conserves_patients_as_lists_grow(self):
        replayed = program.as_json(program.headroom("replay", EVERY, "--trial", 5, "--json"))
        grown = np.cumprod([row["list_growth"] for row in replayed["drivers"]])
        self.assertNotEqual(grown[-1], 1.0)
        for form in replayed["forms"]:
            lists = np.array([[row["list"] for row in site["quarters"]] for site in form["sites"]])
            np.testing.assert_allclose(lists.sum(axis=0), lists[:, 0].sum() * grown, rtol=1e-12)

    def test_run_takes_no_more_threads_than_have_work(self):
        done = program.headroom("run", EVERY, "-o", self.folder / "r.h5", "--trials", 1, "--threads", 1000, "--json")
        self.assertEqual(program.as_json(done)["threads"], 1)

    def test_run_replaces_no_device(self):
        done = program.headroom("run", EVERY, "-o", "/dev/null", "--trials", 1)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/dev/null is there already and is no ordinary file", done.stderr)
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())

    def test_names_that_are_not_utf8_still_give_json(self):
        name = os.fsencode(self.folder) + b"/caf\xe9.h5"
        done = subprocess.run([program.HEADROOM, "run", EVERY, "-o", name, "--trials", "1", "--json"],
                              capture_output=True)
        self.assertIn("caf\N{REPLACEMENT CHARACTER}.h5", json.loads(done.stdout)["output"])

    def test_plan_says_time_memory_and_file(self):
        plan = program.as_json(program.headroom("plan", TEES, "--json"))
        self.assertTrue({"seconds", "memory_bytes", "file_bytes"} <= set(plan))

    def test_plan_is_right_about_the_file(self):
        plan = program.as_json(program.headroom("plan", TEES, "--trials", 2000, "--json"))
        result = program.run(self.folder, TEES, "result.h5", "--trials", 2000)
        self.assertAlmostEqual(plan["file_bytes"] / result.stat().st_size, 1, delta=0.2)

    @unittest.skipUnless("HEADROOM_FAILING_CALLS" in os.environ, "sanitizers and coverage take memory of their own")
    def test_plan_is_right_about_the_memory(self):
        words = (TEES, "--trials", 104, "--threads", 2)
        plan = program.as_json(program.headroom("plan", *words, "--json"))
        started = subprocess.Popen([program.HEADROOM, "run", *map(str, words), "-o", self.folder / "r.h5"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(started.returncode, 0)
        self.assertAlmostEqual(plan["memory_bytes"] / (1024 * used.ru_maxrss), 1, delta=0.25)

    def test_more_trials_than_the_disk_holds_are_refused(self):
        out = self.folder / "r.h5"
        done = program.headroom("run", TEES, "-o", out, "--trials", 10**12, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"no room for 1000000000000 trials: they take about [\d.]+ GB in parts, and where "
                                      + re.escape(str(out)) + r" is to be there are [\d.]+ GB")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_run_never_replaces_what_it_reads(self):
        """By its own name, a link or a hard link; whatever is forced."""
        scenarios = program.ROOT / "tests/data/scenarios"
        shutil.copy(scenarios / "worked_example.csv", self.folder)
        shutil.copy(scenarios / "worked_example.yaml", self.folder / "included.yaml")
        (self.folder / "own.h5").write_text("include: included.yaml\n")
        os.symlink("included.yaml", self.folder / "included.h5")
        os.link(self.folder / "own.h5", self.folder / "hard.h5")
        os.symlink("own.h5", self.folder / "soft.h5")
        os.symlink("worked_example.csv", self.folder / "table.h5")
        for name in ("own.h5", "hard.h5", "soft.h5", "table.h5", "included.h5"):
            before = (self.folder / name).read_bytes()
            done = program.headroom("run", "own.h5", "-o", name, "--force", "--trials", 8, cwd=self.folder,
                                    environment={"HEADROOM_SCENARIOS": str(scenarios)})
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(f"headroom run: {name} is what the run reads: name another file", done.stderr)
            self.assertEqual((self.folder / name).read_bytes(), before)

    def test_nor_what_a_point_of_a_sweep_reads(self):
        """A value of every key that names a file, a choice of files, what those include, and a result that is used again."""
        scenarios = program.ROOT / "tests/data/scenarios"
        table, history = scenarios / "claims/observed.csv", scenarios / "history.csv"
        (self.folder / "small.yaml").write_text("include: budget_table.yaml\ntrials: 8\npatch.horizon_years: 3\n")
        (self.folder / "past.yaml").write_text(f"include: six_practices.yaml\ntrials: 8\npatch.horizon_years: 3\nprices.history: {history}\n")
        (self.folder / "outer.h5").write_text("include: inner.h5\n")
        (self.folder / "inner.h5").write_text("money.salary: 99000\n")
        (self.folder / "chosen.yaml").write_text("include: small.yaml\nsweep: [{ name: view, include: { one: [outer.h5] } }]\n")
        for name, read in (("table.h5", table), ("history.h5", history)):
            shutil.copy(read, self.folder / name)
        axes = {"delegated.table": ("small.yaml", f"delegated.table={table},table.h5", "table.h5"),
                "prices.history": ("past.yaml", f"prices.history={history},history.h5", "history.h5")}
        paths = [key["key"] for key in program.as_json(program.headroom("keys", "--json"))["keys"] if key["type"] == "path"]
        self.assertEqual(set(paths) - {"patch.practices"}, set(axes), "patch.practices is no axis")
        jobs = [(scenario, ("--axis", axis), name) for scenario, axis, name in axes.values()]
        jobs += [("chosen.yaml", (), name) for name in ("outer.h5", "inner.h5")]
        jobs += [("small.yaml", ("--axis", "money.salary=90000,100000", "--reuse", "old.h5"), "old.h5")]
        (self.folder / "old.h5").write_text("whatever")
        for scenario, words, name in jobs:
            with self.subTest(read=name):
                before = (self.folder / name).read_bytes()
                done = program.headroom("sweep", scenario, *words, "-o", name, "--force", cwd=self.folder,
                                        environment={"HEADROOM_SCENARIOS": str(scenarios)})
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertRegex(done.stderr, f"headroom (run|sweep): {name} is what .* reads: name another file")
                self.assertEqual((self.folder / name).read_bytes(), before)

    def test_a_map_that_is_empty_changes_nothing_and_is_refused(self):
        """Every group of keys, those of each form and shock too; and no list that is empty drops what others say."""
        scenarios = {"HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}
        named = {"forms.*": "forms.joined", "shocks.*": "shocks.flood"}
        groups = set()
        for key in program.as_json(program.headroom("keys", "--json"))["keys"]:
            parts = key["key"].split(".")
            groups |= {".".join(parts[:n]) for n in range(1, len(parts))}
        groups = {named.get(".".join(group.split(".")[:2]), group.split(".")[0]) + "".join(
            "." + part for part in group.split(".")[2 if ".*" in group else 1:]) for group in groups}
        words = [word for group in sorted(groups) for word in ("-s", group + "={}")]
        done = program.headroom("check", program.ROOT / "tests/data/scenarios/six_practices.yaml", *words, environment=scenarios)
        self.assertEqual(done.returncode, 2)
        for group in groups:
            self.assertRegex(done.stderr, rf"(?m): {re.escape(group)}: (is an empty map|is a list|takes|no such key)")
        done = program.headroom("check", program.ROOT / "tests/data/scenarios/six_practices.yaml", "-s", "stop.targets=[]",
                                environment=scenarios)
        self.assertRegex(done.stdout, "trials +100,")

    def test_a_separator_of_thousands_never_makes_two_numbers_of_one(self):
        six = program.ROOT / "tests/data/scenarios/six_practices.yaml"
        ask = lambda *words: program.headroom("plan", six, *words,
                                              environment={"HEADROOM_SCENARIOS": str(six.parent)})
        for said in ("98,000", "90000,100,050", "1,000,000", "90,000.5", "-98,000"):
            for words in (("--axis", f"money.salary={said}"), ("-s", f"sweep=[{{key: money.salary, values: [{said}]}}]"),
                          ("-s", f"money.salary={{normal: [{said}]}}"), ("-s", f"money.salary=[{said}]")):
                with self.subTest(words=words):
                    done = ask(*words)
                    self.assertEqual(done.returncode, 2)
                    self.assertRegex(done.stderr, "would be two numbers: a number has no separators, as in -?[0-9]+[.0-9]*;")
        self.assertIn("numbers without separators", ask("--axis", "money.salary=90,000:130,000:5").stderr)
        self.assertEqual(ask("--axis", "forms.*.target_population=100,200,16000").returncode, 0)

    def test_a_number_of_threads_that_is_none_is_refused(self):
        example = program.ROOT / "tests/data/scenarios/worked_example.yaml"
        for said in ("0", "-1", "abc", "1e9", "1.5", "99999999999"):
            done = program.headroom("run", example, "-o", self.folder / "r.h5", "--trials", 8, environment={"OMP_NUM_THREADS": said})
            self.assertEqual(done.returncode, 2, said)
            self.assertIn("OMP_NUM_THREADS", done.stderr.splitlines()[-1])
        for said, words in (("2,1", ()), ("abc", ("--threads", 1))):
            done = program.headroom("run", example, "-o", self.folder / "r.h5", "--trials", 8, "--force", *words,
                                    environment={"OMP_NUM_THREADS": said})
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_pool_refuses_what_it_cannot_count(self):
        for words in ("--trials 1.5", "--trials 1", "--seed -1", "--seed 1.5", "--people ,", "--people 10,500",
                      "--people 8000,98,000", "--seed 010", "--seed -0", "--seed 7 --trials 0", "--each --trials 0"):
            done = program.headroom("pool", *words.split())
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)
            self.assertIn(f"headroom pool: {words.split()[0]}", done.stderr)

    def test_pool_counts_every_option_that_says_what_is_pooled_or_refuses_it(self):
        """Each number of the help that is no default, alone and with what else may say what claims cost."""
        values = self.folder / "values.csv"
        values.write_text("cost\n100\n300\n")
        said = program.headroom("pool", "--help").stdout.split("What is asked:", maxsplit=1)[0]

        def options(group):
            return [f"--{name}=0.45" for name in re.findall(r"--([a-z-]+)=X", group)] + [f"--values={values}"] + \
                re.findall(r"^ +(--(?:two-part|factor-gamma))\b", group, re.M)

        claims = options(said.split("What people share", maxsplit=1)[0])
        self.assertGreater(len(claims), 8)
        for beside, asked in (([], options(said)), (["--k=2"], claims), ([f"--values={values}"], claims)):
            plain = program.headroom("pool", "--people", 100, "--trials", 0, *beside).stdout
            for option in asked:
                if option.split("=")[0] not in [word.split("=")[0] for word in beside]:
                    done = program.headroom("pool", "--people", 100, "--trials", 0, *beside, option)
                    self.assertNotEqual(done.stdout, plain, (beside, option))
                    self.assertEqual(done.returncode != 0, done.stderr != "", (beside, option))

    def test_pool_is_a_table_by_list_size(self):
        done = program.headroom("pool", "--people", "8000,1000000", "--trials", "1000")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^People +8,000 +1,000,000$")
        self.assertRegex(done.stdout, r"(?m)^Loss over 5 %, % of years +15\.61 +1\.1e-08$")
        self.assertNotIn("nan", done.stdout)
        self.assertNotIn("AFTER", done.stdout)
        limited = program.headroom("pool", "--people", "8000", "--limit", "25000", "--trials", "0").stdout
        self.assertRegex(limited, r"(?m)^Stop-loss premium, GBP/person +29\.34$")

    def test_pool_prints_no_chance_that_is_noise(self):
        shared = program.headroom("pool", "--people", "10000000", "--factor-variance", "1e-9", "--factor-gamma",
                                  "--trials", "0").stdout
        self.assertRegex(shared, r"(?m)^Loss over 5 %, % of years +<\de-0\d$")

    def test_a_mistyped_command_is_named(self):
        done = program.headroom("shwo")
        self.assertEqual((done.returncode, "did you mean show" in done.stderr), (2, True))

    def test_a_result_is_refused_where_its_form_is_unknown(self):
        done = program.headroom("replay", EVERY, "--form", "no_such_form")
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
