"""What the set-up gives before anything happens: a result file's inputs, and the targets that they meet by
construction."""

import csv
import json
import math
from statistics import NormalDist

import numpy as np


def text_of(value):
    return value.decode() if isinstance(value, bytes) else value


class Inputs:
    """The resolved practices and the central values of the assumptions of an open result file."""

    def __init__(self, file):
        assumptions = file["inputs/assumptions"]
        keys = [text_of(key) for key in assumptions["key"][:]]
        self.central = dict(zip(keys, assumptions["central"][:].tolist()))
        self.uplift = dict(zip(keys, assumptions["uplift"][:].tolist()))
        self.practices = list(csv.DictReader(text_of(file["inputs/practices_csv"][()]).splitlines()))
        self.scenario = json.loads(text_of(file["inputs/scenario_resolved"][()]))
        self.cost_rate = file["inputs/calibration/cost_rate"][:].tolist()

    def numbers(self, column):
        return np.array([float(row[column] or 0) for row in self.practices])

    def networks(self):
        return [row["network_code"] or "U" for row in self.practices]

    def posts(self):
        """Partner and salaried posts as the model has them: a GMS or PMS practice has at least one partner."""
        least = np.array([row["contract_type"] in ("GMS", "PMS") for row in self.practices], float)
        return (np.maximum(least, np.floor(self.numbers("partner_headcount") + 0.5)),
                np.floor(self.numbers("salaried_headcount") + 0.5))


def table_uplift(inputs):
    """From the price year of the table's core rates to the price base."""
    year = inputs.central.get("patch.price_year")
    if year is None:
        return inputs.uplift["money.core_rate"]
    return inputs.central.get(f"money.uplift.contract.{int(year)}", 1.0)


def calibrated_income(inputs):
    """Partner income per head that the calibrated costs give at central values, in the published year's money."""
    value = inputs.central
    partners, salaried = inputs.posts()
    fte = posts_fte(inputs, "partner", partners), posts_fte(inputs, "salaried", salaried)
    sick = value["workforce.sick_rate"] / (value["workforce.sick_rate"] + 1 / value["workforce.sick_years"])
    filled, rate = partners + salaried, value["workforce.vacancy_start"]
    vacant = (filled / (1 - rate) - filled) * (fte[0] + fte[1]) / np.maximum(1, filled)
    locums = value["capacity.locum_cover"] * (sick * (fte[0] + fte[1]) + vacant) * value["money.locum_rate"]
    core = inputs.numbers("weighted_list") * inputs.numbers("core_rate") * table_uplift(inputs)
    left = (core - inputs.numbers("list") * np.array(inputs.cost_rate) - locums
            - fte[1] * value["money.salary"] * (1 + value["money.oncost"]))
    led = partners > 0
    return left[led].sum() / partners[led].sum() / inputs.uplift["money.partner_income"]


def posts_fte(inputs, role, posts):
    fte = inputs.numbers(f"{role}_fte")
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(fte > 0, fte / np.maximum(posts, 1), inputs.central[f"workforce.fte_default.{role}"])
    return posts * np.clip(each, 0.2, 1.2)


def salaried_income(inputs):
    """Pay of a salaried GP per head of the patch, in 2022/23 money."""
    heads, fte = inputs.numbers("salaried_headcount").sum(), inputs.numbers("salaried_fte").sum()
    return inputs.central["money.salary"] / inputs.uplift["money.partner_income"] * fte / heads


def core_per_weighted(inputs):
    weighted = inputs.numbers("weighted_list")
    return (weighted * inputs.numbers("core_rate")).sum() / weighted.sum()


def patients_per_gp(inputs):
    return inputs.numbers("list").sum() / (inputs.numbers("partner_fte") + inputs.numbers("salaried_fte")).sum()


def older_share(inputs, shares):
    """Share of fte of 55 and over at the start, from the ages' distribution and each role's share of fte."""
    value, older = inputs.central, 0.0
    for role, share in shares.items():
        spread = math.hypot(value["workforce.age.site_sd"], value[f"workforce.age.sd.{role}"])
        older += share * (1 - NormalDist(value[f"workforce.age.mean.{role}"], spread).cdf(55))
    return older


def old_practices(inputs):
    """Share of practices with two thirds of their GPs over 55, drawn with a seed of its own."""
    rng, value = np.random.default_rng(1), inputs.central
    shares = []
    for posts in zip(*inputs.posts()):
        shared = value["workforce.age.site_sd"] * rng.standard_normal((2000, 1))
        older = sum((value[f"workforce.age.mean.{role}"] + shared + value[f"workforce.age.sd.{role}"]
                     * rng.standard_normal((2000, int(count))) > 55).sum(axis=1)
                    for role, count in zip(("partner", "salaried"), posts))
        shares.append((older >= 2 / 3 * sum(posts)).mean())
    return float(np.mean(shares))
