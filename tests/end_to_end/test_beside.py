"""What a run keeps beside its trials: those with assumed numbers neutral, and differences by quarter."""

import unittest

import program

SIX = program.ROOT / "tests/data/scenarios/six_practices.yaml"
OWN_FORMS = {"HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}
ASSUMED = ("-s", "forms.joined.levy={value: 3, evidence: assumption, source: ours}")
SMALL = (*ASSUMED, "--trials", "24", "-s", "patch.horizon_years=3")


class WhatIsNeutral(unittest.TestCase):
    """It stands beside the result, and is what the run with --neutral gives."""

    def run_six(self, folder, name, *words):
        return program.run(folder, SIX, name, *SMALL, *words, environment=OWN_FORMS)

    def test_is_bit_by_bit_the_result_of_the_neutral_run(self):
        import h5py
        import numpy

        with program.folder() as folder:
            kept = self.run_six(folder, "kept.h5")
            for kind in ("forms", "all"):
                again = self.run_six(folder, f"{kind}.h5", f"--neutral={kind}")
                with h5py.File(kept) as file, h5py.File(again) as other:
                    beside = file[f"neutral/{kind}"]
                    self.assertEqual(beside.attrs["trials"], 24)
                    self.assertGreater(beside.attrs["terms_made_neutral"], 0)
                    self.assertEqual(list(beside["summary"]), list(file["summary"]))
                    for group in ("summary", "comparison"):
                        for metric in beside[group]:
                            numpy.testing.assert_array_equal(beside[group][metric], other[group][metric])

    def test_is_left_out_where_asked_or_where_nothing_is_assumed(self):
        import h5py

        with program.folder() as folder:
            for words in (("--no-neutral",), ("--neutral=all",)):
                with h5py.File(self.run_six(folder, "none.h5", *words)) as file:
                    self.assertNotIn("neutral", file)

    def test_is_shown_without_another_run_and_verified_with_one(self):
        with program.folder() as folder:
            kept = self.run_six(folder, "kept.h5")
            shown = program.headroom("show", kept)
            self.assertIn("eutral", shown.stdout)
            done = program.headroom("verify", kept, "--all")
            self.assertEqual(done.returncode, 0, done.stderr)


class PathsOfDifferences(unittest.TestCase):
    """They are reckoned in each trial, as what the trials hold shows where money is not discounted."""

    def test_end_where_the_trials_say_and_add_up(self):
        import h5py
        import numpy

        with program.folder() as folder:
            result = program.run(folder, SIX, "paths.h5", "--trials", "30", "-s", "patch.horizon_years=3", "-s",
                                 "decision.discount_rate=0", "--no-neutral", environment=OWN_FORMS)
            with h5py.File(result) as file:
                label = list(file["statistic"].asstr())
                paths, trials = file["paths"], file["comparison/public_cost"][0]
                total = paths["public_cost_cumulative_difference"][0]
                for name in ("mean", "sd", "se", "p_positive", "p_positive_low", "count"):
                    at = label.index(name)
                    numpy.testing.assert_allclose(total[:, -1, at], trials[:, at], rtol=1e-9, atol=1e-6)
                steps = paths["public_cost_difference"][0, :, :, label.index("mean")]
                numpy.testing.assert_allclose(steps.cumsum(axis=1), total[:, :, label.index("mean")], atol=1e-6)
                for series in ("workload", "sites_ended", "public_cost"):
                    mean = paths[series][0, :, :, label.index("mean")]
                    numpy.testing.assert_allclose(paths[f"{series}_difference"][0, :, :, label.index("mean")],
                                                  mean - mean[0], rtol=1e-9, atol=1e-6)


class TheWorstTwentieth(unittest.TestCase):
    """Who holds the loss when everyone together does worst."""

    def test_is_a_mean_over_the_trials_of_the_file(self):
        import h5py
        import numpy

        with program.folder() as folder:
            result = program.run(folder, SIX, "worst.h5", "--trials", "50", "-s", "patch.horizon_years=3",
                                 "--no-neutral", environment=OWN_FORMS)
            with h5py.File(result) as file:
                weight = numpy.array([1.0, 1.0, 0.5])  # of 50 trials, 2.5
                order = numpy.argsort(file["trials/economic_net_position"][0], axis=1, kind="stable")[:, :3]
                for b, bearer in enumerate(file["bearer"].asstr()):
                    npv = numpy.take_along_axis(file[f"trials/npv_{bearer}"][0], order, axis=1)
                    numpy.testing.assert_allclose(file["bearers/worst_5pct"][0, :, b], npv @ weight / 2.5,
                                                  rtol=1e-12, atol=1e-9)
