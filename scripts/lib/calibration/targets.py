"""The targets: what is published or derived, how far the model may be off, and what each is for.

Roles: by construction (the set-up must give it), fitted (used to choose the assumptions that say so: agreement is a
fit, not a validation), check (not used).
"""

import math
from collections import namedtuple

import numpy as np

from calibration import endings, inputs, money, people

Target = namedtuple("Target", "name published low high role measure unit")
Result = namedtuple("Result", "target value error")

ENGLAND_ROLES = {"partner": 0.585, "salaried": 0.415}  # of fte, General Practice Workforce 2024/25

# Endings a year in 2022-26 by list, %: seen, 95 % interval. Codes of the 2022/23 payments that are gone in July 2026.
BANDS_SEEN = (
    (13.9, 9.6, 19.4), (5.0, 3.7, 6.6), (3.2, 2.3, 4.2), (2.3, 1.6, 3.0), (1.5, 1.2, 1.91),
    (0.7, 0.49, 1.00), (0.6, 0.42, 0.84), (0.57, 0.30, 0.99), (0.0, 0.0, 0.3),
)
NEAR = 1.5  # a band is met inside its interval or within this factor of what was seen
LARGEST = "20,000 and over: none of 340"

# Targets that a run may miss without failing, and why.
REASONS = {
    "patients per GP of survivors per 10 % exposure, %":
        "3.6 +-0.4 over 4,000 trials, which is within; 1,000 have an error of 0.5, so that another seed may miss it",
}


def setup_targets(patch):
    core, per_gp = inputs.core_per_weighted(patch), inputs.patients_per_gp(patch)
    build = "by construction"
    return [
        Target("partner income per head, 2022/23 GBP", "140,200", 138798, 141602, build, inputs.calibrated_income, 1),
        Target("core income per weighted patient, 2022/23 GBP", f"139.94; this patch {core:.2f}", 0.999 * core,
               1.001 * core, build, inputs.core_per_weighted, 1),
        Target("patients per fte GP", f"2,250; this patch {per_gp:.0f}", 0.97 * per_gp, 1.03 * per_gp, build,
               inputs.patients_per_gp, 1),
        Target("appointments per patient", "5.8", 5.51, 6.09, build,
               lambda patch: patch.central["demand.appts_per_head"], 1),
        Target("partners of 55 and over, % of fte", "30", 28, 32, build,
               lambda patch: inputs.older_share(patch, {"partner": 1}), 100),
        Target("all GPs of 55 and over, % of fte", "23", 21, 25, build,
               lambda patch: inputs.older_share(patch, ENGLAND_ROLES), 100),
        Target("practices two thirds over 55, %", "10", 8, 12, build, inputs.old_practices, 100),
        Target("salaried GP income per head, 2022/23 GBP", "59,600 from employment", 56620, 62580, "check",
               inputs.salaried_income, 1),
    ]


def people_targets():
    return [
        Target("profit per fte between sites, log sd", "0.20-0.35", 0.20, 0.35, "fitted", money.income_spread, 1),
        Target("practices with turnover under 10 %, %", "65", 62, 68, "fitted",
               people.share_of_practice_years(0, 0.1), 100),
        Target("practices with turnover 10-40 %, %", "27", 24, 30, "fitted",
               people.share_of_practice_years(0.1, 0.4), 100),
        Target("practices with turnover over 40 %, %", "8", 5, 11, "fitted",
               people.share_of_practice_years(0.4, 99), 100),
        Target("mean turnover, a year", "0.11", 0.10, 0.12, "fitted", people.mean_turnover, 1),
        Target("above 10 % three years running, %", "6.3", 3, 10, "check", people.high_turnover_three_years, 100),
        Target("partner fte, % a year", "-3.4", -5, -2, "fitted", people.partner_growth, 100),
        Target("salaried fte, % a year", "+5 or more", 3, 10, "fitted", people.salaried_growth, 100),
        Target("vacancy rate in shortage, %", "6-12", 6, 12, "fitted", people.vacancy_rate(1), 100),
        Target("vacancy rate in glut, %", "2-4", 2, 4, "fitted", people.vacancy_rate(0), 100),
        Target("practices with a vacancy in shortage, %", "46 (London 2017)", 35, 55, "fitted",
               people.practices_with_vacancy, 100),
        Target("workload, lowest year", "0.9 or more", 0.9, 1.15, "fitted", people.workload_extreme(np.min), 1),
        Target("workload, highest year", "1.15 or less", 0.9, 1.15, "fitted", people.workload_extreme(np.max), 1),
    ]


def ending_targets(patch):
    expected = 100 * endings.expected_rate(patch.numbers("list"))
    return [
        Target("net decline of practices, % a year", f"{expected:.2f} by these lists", 0.75 * expected,
               1.25 * expected, "fitted", endings.ending_rate(), 100),
        Target("slope of ending on log list, logit", "-1.47", -1.75, -1.2, "fitted", endings.logit_slope, 1),
        Target("ends that nobody succeeds to, % of all", "28", 20, 36, "by construction",
               endings.no_successor_share, 100),
        Target("of those dispersed, %", "39", 21, 57, "by construction", endings.dispersed_share, 100),
        Target("patients per GP of survivors per 10 % exposure, %", "+4.3", 2.5, 6.2, "check",
               endings.cascade_slope(patch.networks()), 100),
    ]


def fall_targets(inflation):
    return [
        Target("real fall of partner income in 2022/23, %", "-17", -22, -12, "check", money.real_fall, 100),
        Target("fall of partner income in 2022/23 in cash, %", "-8.6", -11, -6, "check",
               money.cash_fall(inflation), 100),
    ]


def drift_targets():
    return [Target("expenses over earnings, points a year", "+0.8", 0.3, 1.3, "check", money.expenses_drift, 1)]


def band_name(low, high):
    if low == 0:
        return f"list below {high:,}, endings % a year"
    if high == math.inf:
        return f"list of {low:,} and over, endings % a year"
    return f"list of {low:,} to {high:,}, endings % a year"


def england_targets():
    bands = [Target(band_name(low, high), f"{seen} ({least}-{most})" if seen else LARGEST,
                    min(least, seen / NEAR), max(most, seen * NEAR), "fitted", endings.ending_rate(low, high), 100)
             for low, high, (seen, least, most) in zip(endings.BANDS, endings.BANDS[1:], BANDS_SEEN)]
    return bands + [
        Target("net decline of practices, % a year", "1.41", 1.1, 1.8, "fitted", endings.ending_rate(), 100),
        Target("slope of ending on log list, logit", "-1.47", -1.75, -1.2, "fitted", endings.logit_slope, 1),
        Target("yearly endings beyond chance, variance over mean^2", "0.036 (log sd 0.19)", math.expm1(0.1 ** 2),
               math.expm1(0.35 ** 2), "check", endings.excess_variance, 1),
    ]


def judge(target, whole, parts):
    """The value of a target and its Monte Carlo error, from the values of parts of the trials where there are any."""
    values = [float(target.measure(part)) * target.unit for part in parts]
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else 0.0
    return Result(target, float(target.measure(whole)) * target.unit if whole is not None else np.mean(values), error)


def is_met(result, errors_more=0.0):
    """Within tolerance, or by no more than some Monte Carlo standard errors outside."""
    slack = errors_more * result.error
    return result.target.low - slack <= result.value <= result.target.high + slack


def missed(groups, errors_more=0.0):
    """The results outside their tolerance, split into those with a known reason and those without."""
    outside = [result for _, results in groups for result in results if not is_met(result, errors_more)]
    return ([result for result in outside if result.target.name in REASONS],
            [result for result in outside if result.target.name not in REASONS])
