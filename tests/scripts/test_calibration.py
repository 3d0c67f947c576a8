"""The calibration's statistics, each on made-up practices whose answer can be worked out by hand."""

import math
import os
import subprocess
import sys
import unittest

import numpy as np

from support import REAL_DATA, SCRIPTS, run_script

sys.dont_write_bytecode = True
sys.path.insert(0, str(SCRIPTS / "lib"))

# pylint: disable=wrong-import-position
from calibration import endings, money, people, targets, words
from calibration.stored import CARETAKER, ENDED, Stored

PROGRAM = ("--headroom", os.environ["HEADROOM_PROGRAM"]) if "HEADROOM_PROGRAM" in os.environ else ()

STILL = {"status": 0, "list": 8000.0, "wanted": 5, "heads": 5, "partners": 3, "fte": 3.7, "partner_fte": 2.5,
         "leavers": 0, "workload": 1.0, "income": 300000.0, "costs": 200000.0, "profit": 100000.0, "shortage": 1}
TAKEN_OVER = {"status": ENDED, "partners": 0, "partner_fte": 0.0, "profit": 0.0}
DISPERSED = {**TAKEN_OVER, "list": 0.0, "wanted": 0, "heads": 0, "fte": 0.0}


def site(quarters, changes=None, **fixed):
    """A practice where nothing happens, but for fixed values and {quarter: values} from that quarter on."""
    rows, values = [], {**STILL, **fixed}
    for quarter in range(quarters):
        values.update((changes or {}).get(quarter, {}))
        rows.append({**values, "leavers": values["leavers"] if quarter in (changes or {}) else 0})
    return rows


def stored(*trials):
    """Trials, each a list of practices."""
    return Stored({name: np.array([[[[row[name] for row in rows] for rows in sites] for sites in trials]], float)
                   for name in STILL})


class Parts(unittest.TestCase):
    def test_a_part_has_the_chosen_trials_of_every_column(self):
        whole = stored([site(4, list=1.0)], [site(4, list=2.0)], [site(4, list=3.0)])
        part = whole.part(slice(0, None, 2))
        self.assertEqual(part["list"][:, 0, 0].tolist(), [1.0, 3.0])
        self.assertEqual({name: part[name].shape for name in STILL}, {name: (2, 1, 4) for name in STILL})

    def test_a_view_of_some_trials_reads_those(self):
        columns = stored([site(4, list=1.0)], [site(4, list=2.0)]).columns
        self.assertEqual(Stored(columns, slice(1, 2))["list"][:, 0, 0].tolist(), [2.0])


class Turnover(unittest.TestCase):
    """Three practices over three years: one loses one of five every year and replaces it, one once, one never."""

    def setUp(self):
        every_year = {4 * year + 1: {"leavers": 1} for year in range(3)}
        self.stored = stored([site(12, every_year), site(12, {1: {"leavers": 1}}), site(12)])

    def test_mean_counts_each_practice_and_year_once(self):
        self.assertAlmostEqual(people.mean_turnover(self.stored), 4 / 9 * 0.2)

    def test_shares_of_practice_years(self):
        self.assertAlmostEqual(people.share_of_practice_years(0, 0.1)(self.stored), 5 / 9)
        self.assertAlmostEqual(people.share_of_practice_years(0.1, 0.4)(self.stored), 4 / 9)

    def test_three_years_running(self):
        self.assertAlmostEqual(people.high_turnover_three_years(self.stored), 1 / 3)

    def test_a_year_in_which_the_practice_ended_does_not_count(self):
        rates = people.turnover_rates(stored([site(8, {6: DISPERSED})]))
        self.assertEqual(np.isnan(rates).tolist(), [[[False, True]]])


class Fates(unittest.TestCase):
    """Ten years, four practices: one taken over, one into caretaker hands, one dispersed, one as it was."""

    def setUp(self):
        self.stored = stored([site(40, {8: TAKEN_OVER}, list=4000.0),
                              site(40, {20: {**TAKEN_OVER, "status": CARETAKER}}, list=3000.0),
                              site(40, {20: DISPERSED}, list=1000.0),
                              site(40, {20: {"list": 9000.0}})])

    def test_two_of_three_have_no_successor(self):
        self.assertAlmostEqual(endings.no_successor_share(self.stored), 2 / 3)

    def test_half_of_those_are_dispersed(self):
        self.assertAlmostEqual(endings.dispersed_share(self.stored), 0.5)

    def test_where_nobody_left_there_is_no_share(self):
        self.assertTrue(math.isnan(endings.no_successor_share(stored([site(8)]))))

    def test_cascade_is_the_rise_of_patients_per_gp_over_exposure(self):
        # One network of 10,000 loses a practice of 1,000: the others' patients per GP rise by 1,000 / 9,000; in the
        # other network nobody is exposed.
        exposed = stored([site(8, {4: DISPERSED}, list=1000.0), site(8, {4: {"list": 10000.0}}, list=9000.0),
                          site(8), site(8)])
        slope = endings.cascade_slope(["A", "A", "B", "B"])(exposed)
        self.assertAlmostEqual(math.log1p(slope), 0.1 * math.log(10 / 9) / 0.1)


class Rates(unittest.TestCase):
    """Endings a year at risk, from the second year on, by the list when the year began."""

    def test_a_year_at_risk_is_one_that_began_open(self):
        # 9 years of one that stays, 2 of one that ends in the third year (the first does not count), none of a
        # caretaker's; what ends in the first year was never at risk.
        three = stored([site(40), site(40, {11: TAKEN_OVER}), site(40, {2: {"status": CARETAKER}}),
                        site(40, {3: TAKEN_OVER})])
        self.assertAlmostEqual(endings.ending_rate()(three), 1 / 11)

    def test_a_practice_that_passes_to_a_caretaker_is_at_risk_that_year_and_does_not_end(self):
        self.assertEqual(endings.ending_rate()(stored([site(12, {5: {"status": CARETAKER}})])), 0)

    def test_the_list_is_that_of_when_the_year_began(self):
        grows = stored([site(12, {3: {"list": 2500.0}, 7: {"list": 3500.0}, 9: TAKEN_OVER}, list=1000.0)])
        rates = [endings.ending_rate(low, high)(grows) for low, high in ((0, 2000), (2000, 3000), (3000, 4000))]
        self.assertEqual(rates[1:], [0, 1])
        self.assertTrue(math.isnan(rates[0]))

    def test_what_these_lists_would_end_at(self):
        self.assertAlmostEqual(endings.expected_rate(np.array([7000.0, 14000.0])), 0.012 * (1 + 2 ** -1.47) / 2)

    def test_slope_of_two_sizes_is_the_difference_of_their_logits_over_that_of_logs(self):
        # 1 of 4 small ones ends in its only year at risk, 1 of 8 of twice the size.
        ended, went_on = {5: TAKEN_OVER}, None
        small = [site(8, ended if n < 1 else went_on, list=2000.0) for n in range(4)]
        large = [site(8, ended if n < 1 else went_on, list=4000.0) for n in range(8)]
        self.assertAlmostEqual(endings.logit_slope(stored(small + large)), math.log(3 / 7) / math.log(2))

    def test_without_an_ending_there_is_no_slope(self):
        self.assertTrue(math.isnan(endings.logit_slope(stored([site(8)]))))


class Dispersion(unittest.TestCase):
    @staticmethod
    def world(*years):
        return [site(12, {4 * year + 1: TAKEN_OVER}) for year in years]

    def test_endings_that_come_in_one_year_vary_more_than_chance(self):
        # Counts of 4 and 0: variance 8, mean 2.
        self.assertAlmostEqual(endings.excess_variance(stored(self.world(1, 1, 1, 1))), (8 - 2) / 4)

    def test_endings_as_many_in_each_year_vary_less(self):
        self.assertAlmostEqual(endings.excess_variance(stored(self.world(1, 1, 2, 2))), -2 / 4)

    def test_a_trial_with_more_than_others_is_no_year_with_more(self):
        both = stored(self.world(1, 2, 9, 9), self.world(1, 1, 2, 2))
        self.assertAlmostEqual(endings.excess_variance(both), -1.5 / 2.5)


class Vacancies(unittest.TestCase):
    """Two practices, one with one of five posts vacant; shortage, then glut."""

    def setUp(self):
        glut = {"shortage": 0}
        self.stored = stored([site(4, {2: glut}, heads=4), site(4, {2: {**glut, "heads": 4}})])

    def test_rate_by_market(self):
        self.assertAlmostEqual(people.vacancy_rate(1)(self.stored), 0.1)
        self.assertAlmostEqual(people.vacancy_rate(0)(self.stored), 0.2)

    def test_share_of_practices_in_shortage(self):
        self.assertAlmostEqual(people.practices_with_vacancy(self.stored), 0.5)


class Money(unittest.TestCase):
    def test_spread_is_the_log_sd_of_profit_per_fte(self):
        pair = stored([site(4), site(4, profit=100000.0 * math.exp(0.5))])
        self.assertAlmostEqual(money.income_spread(pair), 0.25)

    def test_fall_of_income_real_and_in_cash(self):
        fall = stored([site(8, {4: {"profit": 83000.0}})])
        self.assertAlmostEqual(money.real_fall(fall), -0.17)
        self.assertAlmostEqual(money.cash_fall(0.1)(fall), 0.83 * 1.1 - 1)

    def test_income_per_fte_and_year_is_of_practices_that_partners_lead(self):
        both = stored([site(4), site(4, status=CARETAKER, profit=5.0)])
        self.assertAlmostEqual(money.real_income_by_year(both)[0], 160000)

    def test_expenses_drift_is_a_slope_in_points_a_year(self):
        growing = {4 * year: {"costs": 200000.0 + 3000 * year} for year in range(3)}
        self.assertAlmostEqual(money.expenses_drift(stored([site(12, growing)])), 1.0)

    def test_yearly_change_of_fte(self):
        halving = stored([site(9, {8: {"partner_fte": 1.25, "fte": 4.9}})])
        self.assertAlmostEqual(people.partner_growth(halving), 0.5 ** 0.5 - 1)
        self.assertAlmostEqual(people.salaried_growth(halving), (3.65 / 1.2) ** 0.5 - 1)


class Workload(unittest.TestCase):
    def test_extremes_of_yearly_means_weighted_by_list(self):
        pair = stored([site(8, {4: {"workload": 1.2}}, list=3000.0), site(8, list=1000.0)])
        self.assertAlmostEqual(people.workload_extreme(max)(pair), 1.15)
        self.assertAlmostEqual(people.workload_extreme(min)(pair), 1.0)


class AnyPatch:
    """Enough of a set-up to list its targets."""

    central = {}
    practices = []

    @staticmethod
    def numbers(_):
        return np.array([7000.0])

    @staticmethod
    def networks():
        return ["A"]


def every_target():
    return (targets.setup_targets(AnyPatch) + targets.people_targets() + targets.ending_targets(AnyPatch)
            + targets.fall_targets(0.1) + targets.drift_targets() + targets.england_targets())


class Verdicts(unittest.TestCase):
    target = targets.Target("made up", "1", 0.9, 1.1, "check", float, 1)

    def judged(self, *values, **changes):
        return targets.judge(self.target._replace(**changes), None, values)

    def test_within_tolerance_is_met(self):
        self.assertEqual(words.verdict(self.judged(1.05)), "met")

    def test_outside_is_missed(self):
        self.assertEqual(words.verdict(self.judged(1.2)), "missed")

    def test_what_never_happened_is_not_seen(self):
        self.assertEqual(words.verdict(self.judged(math.nan)), "not seen")

    def test_error_is_that_of_the_mean_of_the_parts(self):
        result = self.judged(1.0, 1.2)
        self.assertAlmostEqual(result.value, 1.1)
        self.assertAlmostEqual(result.error, 0.1)

    def test_errors_more_let_a_target_be_missed_by_them(self):
        result = self.judged(1.1, 1.3)
        self.assertEqual([targets.is_met(result, more) for more in (0, 0.9, 1.1)], [False, False, True])

    def test_a_missed_target_counts_whatever_its_role(self):
        groups = [("all", [self.judged(2.0, role=role) for role in ("check", "fitted", "by construction")])]
        known, unexpected = targets.missed(groups)
        self.assertEqual((known, len(unexpected)), ([], 3))

    def test_a_missed_target_with_a_reason_is_known_and_a_met_one_is_not_missed(self):
        name = next(iter(targets.REASONS))
        known, unexpected = targets.missed([("all", [self.judged(2.0, name=name), self.judged(1.0, name=name)])])
        self.assertEqual((len(known), unexpected), (1, []))

    def test_every_reason_belongs_to_a_target_that_is_only_checked(self):
        checked = {target.name for target in every_target() if target.role == "check"}
        self.assertEqual(set(targets.REASONS) - checked, set())

    def test_every_target_has_a_tolerance_and_a_role(self):
        for target in every_target():
            with self.subTest(target=target.name):
                self.assertIn(target.role, ("by construction", "fitted", "check"))
                self.assertTrue(target.low < target.high or math.isnan(target.low))

    def test_a_band_is_met_in_its_interval_or_within_half_as_much_again_of_what_was_seen(self):
        bands = targets.england_targets()[:9]
        self.assertEqual([(round(band.low, 3), round(band.high, 3)) for band in (bands[0], bands[5], bands[8])],
                         [(9.267, 20.85), (0.467, 1.05), (0, 0.3)])


class CommandLine(unittest.TestCase):
    def call(self, *given):
        return subprocess.run([SCRIPTS / "calibration", *given], capture_output=True, text=True)

    def test_a_program_that_is_not_there(self):
        done = self.call("--headroom", "/none")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("the program is not built", done.stderr)

    def test_england_without_its_files(self):
        done = self.call("--england", "--synthetic")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("--england needs the official files", done.stderr)

    def test_a_synthetic_patch_is_printed_and_not_asserted(self):
        done = self.call("--synthetic", "--trials", "8", *PROGRAM)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("printed, not asserted", done.stdout)


def load_tests(loader, tests, pattern):
    """The real files are tested where there are any; where not, the tests are not there rather than skipped."""
    made_up = (Parts, Turnover, Fates, Rates, Dispersion, Vacancies, Money, Workload, Verdicts, CommandLine)
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in made_up)
    if REAL_DATA:
        suite.addTests(loader.loadTestsFromTestCase(OfficialFiles))
    else:
        print("calibration on real files: not run (HEADROOM_REAL_DATA is not set)")
    return suite


class OfficialFiles(unittest.TestCase):
    """The official files in few trials, four Monte Carlo standard errors more allowed; without options more are taken."""

    def assert_every_target_without_a_reason_is_met(self, *given):
        done = run_script("calibration", *given, *PROGRAM, "--errors-more", 4, timeout=1200)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_every_target_without_a_reason_is_met_on_tees_valley(self):
        self.assert_every_target_without_a_reason_is_met("--trials", 200)

    def test_every_target_without_a_reason_is_met_on_england(self):
        self.assert_every_target_without_a_reason_is_met("--england", "--trials", 32)


if __name__ == "__main__":
    unittest.main()
