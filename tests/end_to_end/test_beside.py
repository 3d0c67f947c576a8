"""What a run keeps beside its result: the first trials again with assumed numbers neutral."""

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
