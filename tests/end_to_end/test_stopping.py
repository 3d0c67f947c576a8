"""A run that ends once enough is known is a run of so many trials, to the bit."""

import json
import unittest

import h5py

import program

SIX = program.ROOT / "tests/data/scenarios/six_practices.yaml"
SHIPPED = {"HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}
FIRST = ("-s", "stop.first=16", "--max-trials", "70")  # looks at 16, 32 and 64


def headroom(*words):
    return program.headroom(*words, environment=SHIPPED)


class Stopping(unittest.TestCase):
    def setUp(self):
        self.temporary = program.folder()
        self.addCleanup(self.temporary.cleanup)

    def path(self, name):
        return f"{self.temporary.name}/{name}.h5"

    def run_it(self, name, *words):
        done = headroom("run", SIX, "--no-neutral", "-o", self.path(name), *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def stop(self, name, *words):
        said = json.loads(self.run_it(name, *words, "--json").stdout)
        return said["trials"], said["stop"]

    def test_is_a_run_of_so_many_trials_to_the_bit(self):
        trials, stop = self.stop("stopped", "--stop", 0.95, "--objective", "gp", *FIRST)
        self.assertIn(trials, (16, 32, 64))
        self.assertEqual(stop["reason"], "ranking" if stop["resolved"] else "trials")
        self.run_it("fixed", "--trials", trials)
        self.assertEqual(program.content_hash(self.path("stopped")), program.content_hash(self.path("fixed")))
        with h5py.File(self.path("stopped")) as file:
            self.assertEqual(file.attrs["stop_looks"], stop["looks"])
            self.assertIn("gp", file.attrs["stop_rule"])
        self.assertEqual(headroom("verify", self.path("stopped")).returncode, 0)

    def test_resolves_the_public_ranking_of_the_shipped_patch_and_says_when(self):
        done = program.headroom("run", program.ROOT / "scenarios/tees_like_today.yaml", "--stop", 0.95, "--objective",
                                "public", "-s", "stop.first=64", "--no-neutral", "-o", self.path("shipped"))
        self.assertRegex(done.stdout, r"the public ranking is resolved after \d+ trials, at look \d: \w+ leads")

    def test_ends_at_the_last_look_that_is_allowed(self):
        said = self.run_it("last", "--stop", 0.9999, "-s", "stop.indifference=0", *FIRST, "-s", "stop.targets="
                           "[{metric: public_cost, form: owned, half_width: 1e-6}]").stdout
        self.assertIn("0 of 1 target is met after 64 trials", said)
        self.assertIn("stop.max_trials", said)
        self.assertEqual(program.attribute(self.path("last"), "trials"), 64)

    def targets(self, half_width):
        kinds = [f"{{metric: public_cost, statistic: {statistic}, form: owned{against}, half_width: {half_width}}}"
                 for statistic in ("mean", "q05", "q50", "q95", "tvar05", "tvar95", "p>1e6")
                 for against in ("", ", difference_from: alone")]
        return f"stop.targets=[{', '.join(kinds)}]"

    def test_every_kind_of_target_is_met_and_missed(self):
        words = ("-s", "stop.first=1024", "--max-trials", 1024)
        stop = self.stop("met", "-s", self.targets(1e12), *words)[1]
        self.assertEqual((stop["targets_met"], stop["targets"], stop["reason"]), (14, 14, "targets"))
        stop = self.stop("missed", "-s", self.targets(1e-9), *FIRST)[1]
        self.assertEqual((stop["targets_met"], stop["reason"]), (0, "trials"))

    def test_too_few_trials_know_no_tail(self):
        """Of 16 trials not one interval of a tail is to be leaned on, however wide it may be."""
        target = "[{metric: unmet_appointments, statistic: q95, form: owned, half_width: 1e12}]"
        self.assertEqual(self.stop("few", "-s", f"stop.targets={target}", *FIRST)[1]["reason"], "trials")

    def test_time_ends_it_at_a_look(self):
        trials, stop = self.stop("time", "--stop", 0.9999, "-s", "stop.first=16", "--max-seconds", 1e-9, "-s",
                                 "stop.targets=[{metric: public_cost, form: owned, half_width: 1e-6}]")
        self.assertEqual((trials, stop["reason"]), (16, "seconds"))

    def test_a_file_of_it_is_replaced_by_it_and_by_no_other(self):
        words = ("--stop", 0.95, "--objective", "gp", *FIRST)
        self.stop("again", *words)
        self.stop("again", *words)
        refused = headroom("run", SIX, "--trials", 8, "-o", self.path("again"))
        self.assertEqual(refused.returncode, 2)

    def test_trials_on_the_command_line_say_how_many(self):
        scenario = f"{self.temporary.name}/stops.yaml"
        with open(scenario, "w", encoding="utf-8") as file:
            file.write("include: [six_practices.yaml]\nstop: { rank_confidence: 0.9, first: 16, max_trials: 16 }\n"
                       "trials: 8\n")
        refused = headroom("check", scenario)
        self.assertIn("take one out", refused.stderr)
        done = headroom("run", scenario, "--trials", 8, "--no-neutral", "-o", self.path("given"))
        self.assertIn("takes the place of stop.rank_confidence", done.stderr)
        self.assertEqual(program.attribute(self.path("given"), "trials"), 8)

    def test_what_cannot_be_is_said_before_anything_runs(self):
        target = "stop.targets=[{{metric: public_cost, form: owned, half_width: 1{}}}]"
        for words, sentence in (
                (("--stop", 0.95, "--trials", 8), "take one out"),
                (("--stop", 0.95, "--shard", "1/2"), "has no shards"),
                (("--stop", 0.95, "--axis", "money.salary=9e4,1e5"), "all: take stop out"),
                (("--stop", 0.4), "outside"),
                (("--stop", 0.95, "-s", "stop.first=12"), "multiple of 8"),
                (("--stop", 0.95, "--max-trials", 100), "the first look is at 512"),
                (("--stop", 0.95, "--objective", "mine"), "one of public, gp, patient, economic"),
                (("-s", "stop.targets=[{metric: cost, form: owned, half_width: 1}]"), "no metric \"cost\""),
                (("-s", "stop.targets=[{metric: public_cost, form: none, half_width: 1}]"), "no form \"none\""),
                (("-s", target.format(", relative: 1")), "one of them"),
                (("-s", target.format(", statistic: q99")), "p>NUMBER, not \"q99\""),
                (("-s", target.format(", widht: 2")), "widht is nothing a target has"),
                (("-s", "stop.targets=[{metric: public_cost, form: owned, half_width: 0}]"), "above 0"),
                (("-s", "stop.targets=5"), "is a list"),
                (("-s", "stop.target=5"), "no such key")):
            with self.subTest(words):
                refused = headroom("run", SIX, "-o", self.path("none"), *words)
                self.assertEqual(refused.returncode, 2, refused.stderr)
                self.assertIn(sentence, refused.stderr)


if __name__ == "__main__":
    unittest.main()
