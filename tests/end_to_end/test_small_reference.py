"""The engine and the independent reference model agree on small patches, trial by trial and over trials."""

import math
import sys
import unittest

import agreement
import program


class OnSmallPatches(agreement.Agreement):
    def test_on_every_term_of_a_form_at_work(self):
        self.agree(agreement.DATA / "every_term.yaml", over_trials=True)

    def test_on_six_practices_over_trials(self):
        self.agree(agreement.DATA / "six_practices.yaml", environment=agreement.OWN_FORMS, over_trials=True)

    def test_on_the_worked_example(self):
        self.agree(agreement.DATA / "worked_example.yaml")

    def test_on_draws_that_go_together(self):
        ties = ("correlation=[{keys: [workforce.leave_rate.salaried, forms.*.pooled_share, shocks.flood.demand], rank: -0.3},"
                " {keys: [forms.joined.levy, shocks.flood.demand], rank: 0.5}]")
        self.agree(agreement.DATA / "six_practices.yaml", "-s", ties, environment=agreement.OWN_FORMS)

    def test_on_several_areas(self):
        self.agree(agreement.DATA / "areas.yaml")

    def test_on_replayed_prices(self):
        self.agree(agreement.DATA / "replayed_prices.yaml")

    def test_on_every_term_of_a_delegated_budget(self):
        self.agree_on_budget("terms")


class NearTies(unittest.TestCase):
    """A shock's rate set to the very time at which one trial's uniform would start it."""

    TRIAL, QUARTER, SEED = 5, 2, 7

    def test_are_counted_in_the_trial_that_has_one(self):
        import h5py

        sys.path.insert(0, str(program.ROOT / "tests/reference"))
        import draws

        uniform = draws.uniforms(self.SEED, [self.TRIAL], draws.SHOCK_START, draws.fnv1a("flood"), self.QUARTER, 0)
        rate = float(-4.0 * math.log1p(-float(uniform[0][0])))
        with program.folder() as folder:
            result = program.run(folder, agreement.DATA / "six_practices.yaml", "result.h5", "--trials", "8", "-s",
                                 f"shocks.flood.rate={rate!r}", environment=agreement.OWN_FORMS)
            with h5py.File(result) as file:
                self.assertEqual(list(file["quality/near_ties"][0]), [float(t == self.TRIAL) for t in range(8)])
            done = agreement.compare(result)
            self.assertIn("8 trials, 1 left out as near-ties; all agree", done.stdout)


if __name__ == "__main__":
    unittest.main()
