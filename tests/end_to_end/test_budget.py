"""The delegated budget as a finance lead meets it: a run, its risk by size, and how big is big enough."""

import json
import pathlib
import re
import signal
import unittest

import h5py
import numpy as np

import program

WHOLE = program.ROOT / "scenarios/whole_budget.yaml"
PARTIAL = program.ROOT / "scenarios/partial_budget.yaml"
BUDGETS = program.ROOT / "scenarios/assumptions"
NO_RISK_SHARED = ("-s", "delegated.theta_variance=0", "-s", "delegated.error_sd=0")


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = program.folder()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def run_hash(self, *words, **options):
        return program.content_hash(program.run(self.folder, WHOLE, "hash.h5", "--trials", 64, *words, **options))


class TheSameBits(InAFolder):
    def test_for_1_2_3_and_5_threads(self):
        self.assertEqual(len({self.run_hash("--threads", threads) for threads in (1, 2, 3, 5)}), 1)

    def test_for_every_instruction_set_this_machine_runs(self):
        self.assertEqual(len(program.hashes_of_every_instruction_set(self.folder, WHOLE, "--trials", 64)), 1)

    def test_with_the_processors_features_masked_from_the_c_library(self):
        masked = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"}
        self.assertEqual(self.run_hash(environment=masked), self.run_hash())

    def test_claim_by_claim_for_every_instruction_set_this_machine_runs(self):
        ages = ("-s", "delegated.rate_ratio.65_plus=2.5", "-s", "delegated.method=each", "-s",
                "patch.horizon_years=2")
        hashes = program.hashes_of_every_instruction_set(self.folder, WHOLE, "--trials", 16, *ages)
        self.assertEqual(len(hashes), 1)


class Runs(InAFolder):
    def test_verify_and_replay(self):
        result = program.run(self.folder, PARTIAL, "result.h5", "--trials", 64)
        self.assertEqual(program.headroom("verify", result).returncode, 0)
        self.assertEqual(program.headroom("replay", result, "--trial", 7, "--json").returncode, 0)

    def test_say_how_claims_were_drawn(self):
        result = program.run(self.folder, WHOLE, "result.h5", "--trials", 16)
        with h5py.File(result) as file:
            method = file["inputs/delegated/claims_method"].asstr()[...]
        self.assertEqual(set(method), {"fast"})

    def test_say_nothing_of_claims_where_there_are_none(self):
        result = program.run(self.folder, WHOLE, "result.h5", "--trials", 16, "-s", "delegated.severity=normal")
        with h5py.File(result) as file:
            self.assertNotIn("inputs/delegated", file)

    def test_keep_a_table_of_claims_within(self):
        costs = self.folder / "costs.csv"
        costs.write_text("cost\n" + "\n".join(str(cost) for cost in (200, 400, 900, 2500, 12000)) + "\n")
        table = ("-s", "delegated.severity=table", "-s", f"delegated.table={costs}")
        result = program.run(self.folder, WHOLE, "result.h5", "--trials", 16, *table)
        costs.unlink()
        self.assertEqual(program.headroom("verify", result).returncode, 0)

    def test_of_every_shipped_basket_are_valid(self):
        for basket in ("whole_population", "elective", "prescribing", "community"):
            with self.subTest(basket):
                scenario = self.folder / f"{basket}.yaml"
                text = PARTIAL.read_text().replace("budget_elective", f"budget_{basket}")
                scenario.write_text(text)
                self.assertEqual(program.headroom("check", scenario).returncode, 0)

    def test_without_a_share_differ_from_a_scenario_without_a_budget_in_nothing(self):
        tees = program.run(self.folder, program.ROOT / "scenarios/tees_like_today.yaml", "tees.h5", "--trials", 64)
        none = program.run(self.folder, WHOLE, "none.h5", "--trials", 64, "-s", "delegated.share=0")
        with h5py.File(tees) as a, h5py.File(none) as b:
            for name in a["trials"]:
                np.testing.assert_array_equal(a["trials"][name][...], b["trials"][name][...], name)


class RiskBySize(InAFolder):
    def pool(self, *words):
        return program.as_json(program.headroom("pool", WHOLE, "--people", "8000,100000", "--json", *words))["pools"]

    def test_is_that_of_the_scenario_exact_beside_simulated(self):
        small, large = self.pool("--trials", 20000)
        for measure, value in small["before"].items():
            self.assertLess(abs(value["z"]), 4, measure)  # standard errors of 20,000 trials
        self.assertGreater(small["after"]["cv"]["exact"], 2 * large["after"]["cv"]["exact"])

    def test_follows_a_change_of_the_scenario(self):
        plain, _ = self.pool("--trials", 0)
        capped, _ = self.pool("--trials", 0, "-s", "delegated.cap=0.02")
        self.assertLess(capped["after"]["reserve_1_in_100"]["exact"], plain["after"]["reserve_1_in_100"]["exact"])

    def test_says_why_an_exact_ruin_is_missing_as_text_and_as_json(self):
        unseen = ("pool", "--people", 10, "--cv", 1e-6, "--mean", 20, "--reserve", 0, "--cap", 1, "--trials", 0)
        said = "ruin over years has no exact answer"
        answer = program.as_json(program.headroom(*unseen, "--json"))
        self.assertIsNone(answer["pools"][0]["after"]["ruin_3_years"]["exact"])
        self.assertIn(said, answer["notes"][0])
        self.assertIn(said, program.headroom(*unseen).stdout)

    def test_takes_no_second_opinion_on_a_term(self):
        done = program.headroom("pool", WHOLE, "--rate", 1)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--rate is the scenario's to say", done.stderr)

    def test_changes_no_scenario_where_none_is_named(self):
        done = program.headroom("pool", "-s", "delegated.cap=0.02")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--set delegated.cap=0.02 changes a scenario, and none is named", done.stderr)

    def test_says_what_is_wrong_as_json_too(self):
        done = program.headroom("pool", WHOLE, "-s", "delegated.cap=2%", "--json")
        self.assertEqual(done.returncode, 2)
        self.assertFalse(json.loads(done.stdout)["ok"])

    def test_needs_a_budget(self):
        done = program.headroom("pool", program.ROOT / "scenarios/stress.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("delegated.share is 0", done.stderr)


class HowBig(InAFolder):
    def size(self, *words):
        return program.headroom("size", WHOLE, *words)

    def test_is_the_published_arithmetic_where_nothing_else_is_at_work(self):
        """(k z/0.02)^2 for k of 3.6 and 4.6: 87,660 and 143,123."""
        for k, people in ((3.6, 87660), (4.6, 143123)):
            words = ("-s", "delegated.severity=normal", "-s", f"delegated.k={k}", "-s", "delegated.loading=0")
            answer = program.as_json(self.size("--risk", "P(loss>2%)<=5%", "--draws", 0, "--json", *NO_RISK_SHARED,
                                               *words))
            self.assertLess(abs(answer["people"] / people - 1), 2e-4)

    def test_has_an_interval_over_what_the_scenario_leaves_open(self):
        answer = program.as_json(self.size("--risk", "P(loss>2%)<=5%", "--draws", 8, "--json", *NO_RISK_SHARED))
        self.assertEqual(answer["draws"], 8)
        self.assertLess(answer["low"], answer["people"])
        self.assertGreater(answer["high"], answer["people"])

    def test_says_why_no_size_will_do(self):
        done = self.size("--risk", "P(loss>1%)<=1%", "--draws", 0)
        self.assertEqual(done.returncode, 0)
        self.assertIn("No size tried is enough", done.stdout)
        self.assertIn("theta_variance", done.stdout)

    def test_says_where_size_means_nothing(self):
        done = self.size("--risk", "sites_closed<=5", "--form", "partnership", "--trials", 4)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Every size gave the same", done.stdout)

    def test_can_be_of_a_form_in_the_full_model(self):
        done = self.size("--risk", "delegated_worst_loss<=0.5", "--form", "super_partnership", "--trials", 16,
                         "--from", 20000, "--to", 40000)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, re.compile(r"^20000 people are enough", re.M))

    def test_is_not_of_a_form_that_is_only_fallen_back_on(self):
        scenario = self.folder / "alone.yaml"
        text = WHOLE.read_text().replace("[partnership, super_partnership, federation, trust_run]",
                                         "[super_partnership]")
        scenario.write_text(text.replace("reference: partnership", "reference: super_partnership"))
        done = program.headroom("size", scenario, "--risk", "sites_closed<=5", "--form", "partnership", "--trials", 16)
        self.assertEqual(done.returncode, 2)
        self.assertIn("has no form called partnership; it has super_partnership\n", done.stderr)

    def test_leaves_nothing_behind_when_asked_to_stop(self):
        status, said = program.stopped(signal.SIGINT, "size", WHOLE, "--risk", "sites_closed<=5", "--form",
                                       "federation", "--trials", 1000000, environment={"TMPDIR": str(self.folder)})
        self.assertEqual(status, 3)
        self.assertIn("headroom size: stopped after", said)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_asks_for_what_is_missing(self):
        for words, sentence in (((), "big enough for what?"),
                                (("--risk", "sites_closed<=5"), "is a metric of the full model: say --form"),
                                (("--risk", "P(loss>2%)<=5%", "--form", "federation"), "leave out --form"),
                                (("--risk", "sites_closed<=5", "--form", "guild"), "guild"),
                                (("--risk", "P(loss>2%)<=5%", "--to", 90000), "--from and --to are for a form's size"),
                                (("--risk", "sites_closed<=5", "--form", "federation", "--draws", 5),
                                 "--draws is for a risk of the budget alone")):
            with self.subTest(words):
                done = self.size(*words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(sentence, done.stderr)


if __name__ == "__main__":
    unittest.main()
