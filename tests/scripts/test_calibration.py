"""The calibration's statistics, each on a made-up replay whose answer can be worked out by hand."""

import json
import math
import subprocess
import unittest

from support import REAL_DATA, SCRIPTS, load_script, run_script

calibration = load_script("calibration")

STILL = {"status": "open", "list": 8000.0, "wanted": 5, "partners": 3, "partner_fte": 2.5, "salaried": 2,
         "salaried_fte": 1.2, "vacant": 0, "leavers": 0, "demand": 1.0, "workload": 1.0, "income": 300000.0,
         "nongp_cost": 150000.0, "salaried_cost": 40000.0, "locum_cost": 10000.0, "profit": 100000.0}
DRIVER = {"market": "shortage", "prices": 1.0}


def site(quarters, changes=None, **fixed):
    """A practice where nothing happens, but for fixed values and {quarter: values} from that quarter on."""
    rows, values = [], {**STILL, **fixed}
    for quarter in range(quarters):
        values.update((changes or {}).get(quarter, {}))
        rows.append({**values, "quarter": quarter, "leavers": values["leavers"] if quarter in (changes or {}) else 0})
    return rows


def document(*sites, drivers=None):
    quarters = len(sites[0])
    return {"forms": [{"name": "partnership", "sites": [{"code": f"Z0000{i}", "quarters": rows}
                                                         for i, rows in enumerate(sites)]}],
            "drivers": [{**DRIVER, **(drivers or {}).get(quarter, {}), "quarter": quarter} for quarter in range(quarters)]}


def trials(*documents):
    return calibration.Trials(json.loads(json.dumps(documents)))


class Turnover(unittest.TestCase):
    """Three practices over three years: one loses one of five every year and replaces it, one once, one never."""

    def setUp(self):
        every_year = {4 * year + 1: {"leavers": 1} for year in range(3)}
        self.trials = trials(document(site(12, every_year), site(12, {1: {"leavers": 1}}), site(12)))

    def test_mean_counts_each_practice_and_year_once(self):
        self.assertAlmostEqual(calibration.mean_turnover(self.trials), 4 / 9 * 0.2)

    def test_shares_of_practice_years(self):
        self.assertAlmostEqual(calibration.share_of_practice_years(0, 0.1)(self.trials), 5 / 9)
        self.assertAlmostEqual(calibration.share_of_practice_years(0.1, 0.4)(self.trials), 4 / 9)

    def test_three_years_running(self):
        self.assertAlmostEqual(calibration.high_turnover_three_years(self.trials), 1 / 3)

    def test_a_year_in_which_the_practice_closed_does_not_count(self):
        closing = trials(document(site(8, {6: {"status": "closed", "partners": 0, "salaried": 0}})))
        self.assertEqual(math.isnan(calibration.turnover_rates(closing)[0, 0, 1]), True)


class Endings(unittest.TestCase):
    """Ten years, four practices: one taken over, one into caretaker hands, one dispersed, one as it was."""

    def setUp(self):
        gone = {"partners": 0, "partner_fte": 0.0, "profit": 0.0}
        self.trials = trials(document(
            site(40, {8: {"status": "taken_over", **gone}}, list=4000.0),
            site(40, {20: {"status": "caretaker", **gone}}, list=3000.0),
            site(40, {20: {"status": "closed", "list": 0.0, **gone}}, list=1000.0),
            site(40, {20: {"list": 9000.0}})))

    def test_net_decline_counts_takeovers(self):
        self.assertAlmostEqual(calibration.net_decline(self.trials), 1 - 0.25 ** 0.1)

    def test_closures_are_those_without_successor(self):
        open_years = (8 + 20 + 20 + 40) / 4
        self.assertAlmostEqual(calibration.closure_rate(self.trials), 2 / open_years)

    def test_a_site_taken_over_and_then_in_caretaker_hands_is_no_hand_back(self):
        orphaned = trials(document(site(12, {4: {"status": "taken_over"}, 8: {"status": "caretaker"}}), site(12)))
        self.assertEqual(calibration.closure_rate(orphaned), 0)

    def test_half_of_them_dispersed(self):
        self.assertAlmostEqual(calibration.dispersed_share(self.trials), 0.5)

    def test_closers_are_half_the_size_of_all(self):
        self.assertAlmostEqual(calibration.closers_list(self.trials), 2000 / 4000)

    def test_cascade_is_the_rise_of_patients_per_gp_over_exposure(self):
        # One network of 10,000 loses a practice of 1,000: the others' patients per GP rise by 1,000 / 8,000 and nothing;
        # in the other network nobody is exposed.
        networks = ["A", "A", "B", "B"]
        exposed = trials(document(site(8, {4: {"status": "closed", "list": 0.0}}, list=1000.0),
                                  site(8, {4: {"list": 10000.0}}, list=9000.0), site(8), site(8)))
        slope = calibration.cascade_slope(networks)(exposed)
        self.assertAlmostEqual(math.log1p(slope), 0.1 * math.log(10 / 9) / 0.1)


class Vacancies(unittest.TestCase):
    """Two practices, one with one of five posts vacant; shortage, then glut."""

    def setUp(self):
        self.trials = trials(document(site(4, vacant=1), site(4, {2: {"vacant": 1}}),
                                      drivers={quarter: {"market": "glut"} for quarter in (2, 3)}))

    def test_rate_by_market(self):
        self.assertAlmostEqual(calibration.vacancy_rate(True)(self.trials), 0.1)
        self.assertAlmostEqual(calibration.vacancy_rate(False)(self.trials), 0.2)

    def test_share_of_practices_in_shortage(self):
        self.assertAlmostEqual(calibration.practices_with_vacancy(self.trials), 0.5)


class Money(unittest.TestCase):
    def test_spread_is_the_log_sd_of_profit_per_fte(self):
        pair = trials(document(site(4), site(4, profit=100000.0 * math.exp(0.5))))
        self.assertAlmostEqual(calibration.income_spread(pair), 0.25)

    def test_fall_of_real_income(self):
        fall = trials(document(site(8, {4: {"profit": 91400.0}}), drivers={q: {"prices": 1.1} for q in range(4, 8)}))
        self.assertAlmostEqual(calibration.one_year_fall(fall), 0.914 / 1.1 - 1)

    def test_income_per_fte_and_year(self):
        self.assertAlmostEqual(calibration.real_income_by_year(trials(document(site(4))))[0], 160000)

    def test_expenses_drift_is_a_slope_in_points_a_year(self):
        growing = {4 * year: {"nongp_cost": 150000.0 + 3000 * year} for year in range(3)}
        self.assertAlmostEqual(calibration.expenses_drift(trials(document(site(12, growing)))), 1.0)

    def test_yearly_change_of_fte(self):
        halving = trials(document(site(9, {8: {"partner_fte": 1.25}})))
        self.assertAlmostEqual(calibration.yearly_change("partner_fte")(halving), 0.5 ** 0.5 - 1)


class Dispersion(unittest.TestCase):
    """Closures in two networks over three years; the first year is left out."""

    @staticmethod
    def world(first, second):
        """A trial in which the n-th site of a network closes in the given year (9: never)."""
        return document(*(site(12, {4 * year + 1: {"status": "closed"}}) for year in (*first, *second)))

    def test_closures_that_come_together_are_overdispersed(self):
        together = trials(self.world((1, 1), (1, 1)), self.world((2, 2), (2, 2)))
        # Counts of each half are 2, 0 and 0, 2: covariance about both means 1 x 4 cells / 1 degree, means 1.
        measure = calibration.closure_dispersion(["A", "A", "B", "B"])
        self.assertAlmostEqual(measure(together), 1 + calibration.NATIONAL_CLOSURES * 4)

    def test_a_trial_with_more_closures_than_others_is_no_year_with_more(self):
        # As above beside two trials in which nothing closes: 4 cells / 3 degrees; means 1, 1, 0 and 0, so that their
        # product is 1/2 on average. That of the means over all trials is 1/4 and would double the dispersion.
        never = self.world((9, 9), (9, 9))
        mixed = trials(self.world((1, 1), (1, 1)), self.world((2, 2), (2, 2)), never, never)
        measure = calibration.closure_dispersion(["A", "A", "B", "B"])
        self.assertAlmostEqual(measure(mixed), 1 + calibration.NATIONAL_CLOSURES * 4 / 3 / 0.5)

    def test_closures_that_avoid_each_other_are_under(self):
        apart = trials(self.world((1, 1), (2, 2)), self.world((2, 2), (1, 1)))
        self.assertLess(calibration.closure_dispersion(["A", "A", "B", "B"])(apart), 1)


class Workload(unittest.TestCase):
    def test_extremes_of_yearly_means_weighted_by_list(self):
        pair = trials(document(site(8, {4: {"workload": 1.2}}, list=3000.0), site(8, list=1000.0)))
        self.assertAlmostEqual(calibration.workload_extreme(max)(pair), 1.15)
        self.assertAlmostEqual(calibration.workload_extreme(min)(pair), 1.0)


class Verdicts(unittest.TestCase):
    def target(self, role):
        return calibration.Target("made up", "1", 0.9, 1.1, role, lambda measured: measured, 1)

    def test_within_tolerance_is_met(self):
        self.assertEqual(calibration.verdict(calibration.judge(self.target("check"), 1.05)), "met")

    def test_outside_is_missed(self):
        self.assertEqual(calibration.verdict(calibration.judge(self.target("check"), 1.2)), "missed")

    def test_what_never_happened_is_not_seen(self):
        self.assertEqual(calibration.verdict(calibration.judge(self.target("check"), math.nan)), "not seen")

    def test_a_missed_target_counts_whatever_its_role(self):
        groups = [("all", [calibration.judge(self.target(role), 2.0) for role in ("check", "fitted", "by construction")])]
        known, unexpected = calibration.missed(groups)
        self.assertEqual((known, len(unexpected)), ([], 3))

    def test_a_missed_target_with_a_reason_is_known(self):
        target = self.target("check")._replace(name="mean list of closers over all")
        known, unexpected = calibration.missed([("all", [calibration.judge(target, 2.0)])])
        self.assertEqual((len(known), unexpected), (1, []))

    def test_a_target_that_is_met_is_not_missed_for_having_a_reason(self):
        target = self.target("check")._replace(name="mean list of closers over all")
        self.assertEqual(calibration.missed([("all", [calibration.judge(target, 1.0)])]), ([], []))

    def test_every_reason_belongs_to_a_target_that_is_only_checked(self):
        groups = calibration.targets(["A"], {"core": 139.94, "per_gp": 2250})
        checked = {target.name for members in groups.values() for target in members if target.role == "check"}
        self.assertEqual(set(calibration.REASONS) - checked, set())

    def test_every_target_has_a_tolerance_and_a_role(self):
        groups = calibration.targets(["A"], {"core": 139.94, "per_gp": 2250})
        for target in (target for members in groups.values() for target in members):
            with self.subTest(target=target.name):
                self.assertLess(target.low, target.high)
                self.assertIn(target.role, ("by construction", "fitted", "check"))


class CommandLine(unittest.TestCase):
    def test_a_program_that_is_not_there(self):
        done = subprocess.run([SCRIPTS / "calibration", "--headroom", "/none"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("the program is not built", done.stderr)


def load_tests(loader, tests, pattern):
    """The real files are tested where there are any; where not, the tests are not there rather than skipped."""
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in
                               (Turnover, Endings, Vacancies, Money, Dispersion, Workload, Verdicts, CommandLine))
    if REAL_DATA:
        suite.addTests(loader.loadTestsFromTestCase(TeesValley))
    else:
        print("calibration on real files: not run (HEADROOM_REAL_DATA is not set)")
    return suite


class TeesValley(unittest.TestCase):
    """The official files in few trials; scripts/calibration without options takes more."""

    def test_every_target_without_a_reason_is_met(self):
        done = run_script("calibration", "--trials", "200", timeout=1200)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)


if __name__ == "__main__":
    unittest.main()
