"""Scenarios of forms and numbers picked at random: combinations that nobody thought of."""

import random

import program

SHIPPED = sorted(path.stem for path in (program.ROOT / "scenarios/forms").glob("*.yaml"))
OUTSIDE = {
    "like": "partnership", "name": "outside", "delegated_level": "site", "levy": 1, "recharge": 0.01, "ending_factor": 1.5,
    "leadership_fte": 0.05, "saving": 0.03, "transition_exit": 0.05,
}
VALUES = {
    "group_by": ["site", "network", "all"], "target_population": [0, 30000, 120000],
    "join_rule": ["all", "share", "distressed_only", "voluntary"], "participation": [0.4, 0.8],
    "join_below": [120000, 180000], "exit_form": ["partnership", "outside"],
    "pool_owner": ["partners", "company", "trust"], "pool_basis": ["deviation", "residual"],
    "pooled_share": [0, 0.4, 1], "liability": ["unlimited", "joint", "limited", "public"],
    "convert_partners": [0, 0, 1], "convert_pay": [1, 1.2], "partner_share": [0, 0.5, 1],
    "staff_vacancy": [0, 0.1], "transition_exit": [0, 0.1], "recruit_factor": [1, 1.4], "ending_factor": [0.3, 1, 2],
    "cover": [0, 0.6], "leadership_fte": [0, 0.1], "diversion": [0, 0.05], "continuity_demand": [0, 0.05],
    "levy": [0, 2], "coordination": [0, 0.5], "recharge": [0, 0.02], "saving": [0, 0.05], "setup_cost": [0, 3],
    "setup_payer": ["partners", "owners", "trust", "commissioner"],
    "org_income": [0, 3], "org_cost": [0, 4, 8], "org_cost_sd": [0, 0.4], "org_reserve": [0, 0.5, 3],
    "org_reserve_max": [0.5, 4], "call_cap": [0, 1.1, 20], "surplus_to": ["members", "owners"],
    "subsidy_tolerance": [1.3, 10], "exit_rate": [0, 1], "member_exit_rate": [0, 1], "alignment_speed": [0, 1],
    "price_relief": [0, 0.5], "admissions_irr": [0.9, 1], "benefit_to": ["commissioner", "trust", "owners"],
    "delegated_level": ["none", "site", "organisation"],
}
NUMBERS = {
    "distress.notice": [0, 1, 3], "distress.takeover_share": [0, 0.3, 1], "distress.dispersal_share": [0, 0.5, 1],
    "distress.income": [110000, 150000, 220000], "distress.handback_rate": [0.5, 1.5],
    "distress.ending_rate": [0, 0.05, 0.3], "distress.ending_size": [0, 1.7],
    "distress.ending_year_sd": [0, 0.3], "distress.ending_area_sd": [0, 0.5], "relations.moved_share": [0, 0.4, 1],
    "demand.list_growth": [-0.03, 0, 0.02], "distress.windup_cost": [0, 50, 200], "distress.caretaker_premium": [0, 0.3],
    "workforce.freeze_income": [0, 120000], "workforce.vacancy_start": [0, 0.1, 0.2],
    "workforce.supply_cap": [0.02, 0.3], "workforce.switch_rate": [0, 0.1],
    "workforce.leave_rate.partner": [0.02, 0.3], "workforce.burnout_rate": [0, 0.5], "workforce.peer_rate": [0, 0.3],
    "workforce.sick_rate": [0, 0.3], "capacity.locum_cover": [0, 0.5, 1], "capacity.gp_share": [0.3, 1],
    "capacity.partner_stretch": [0, 0.3], "demand.growth": [-0.02, 0.03], "demand.rho_max": [0.9, 1.2],
    "money.reserve_weeks": [0, 10], "money.locum_scarcity": [0, 5], "money.quality_share": [0, 0.3],
    "delegated.share": [0, 0.05, 0.3], "delegated.quota": [0.7, 1],
    "delegated.corridor_share": [0, 0.5], "delegated.cap": [0, 0.08], "delegated.carry_forward": [0, 0.5],
    "delegated.persistence_sd": [0, 0.05], "delegated.insurer": ["public", "private"],
    "delegated.frequency": ["poisson", "two_part"], "delegated.rate": [0.05, 0.2],
    "delegated.theta": ["lognormal", "gamma"], "delegated.theta_variance": [0, 0.001],
    "delegated.error_wide_share": [0, 0.3], "delegated.error_wide_sd": [0.1, 0.3],
}
BANDS = ["0_24", "25_64", "65_plus"]
LAWS = [  # of severity; with a limit, by age, or neither
    {"delegated.severity": ["normal"], "delegated.k": [1, 5]},
    {"delegated.limit": [0, 20000]},
    {"delegated.limit": [2000, 20000], **{f"delegated.rate_ratio.{band}": [0.5, 1, 2] for band in BANDS},
     **{f"delegated.cost_ratio.{band}": [0.5, 1, 2] for band in BANDS}},
    {"delegated.severity": ["lognormal_pareto"], "delegated.splice": [0.5, 4], "delegated.tail": [2.2, 3, 6],
     "delegated.limit": [0, 20000]},
]
PATCHES = [  # a real one's size; and few practices for long, so that networks run empty
    {"practices": "patches/example_patch.csv", "horizon_years": 5},
    {"practices": program.ROOT / "tests/data/scenarios/patches/fourteen.csv", "horizon_years": 15},
]
SCENARIO = """title: Forms at random, {seed}
include: [assumptions/england_2026.yaml, assumptions/budget_whole_population.yaml]
patch: {patch}
seed: {seed}
reference: partnership
forms:
  - partnership
{forms}
delegated: {{ corridor_free: 0.02, corridor_end: 0.1 }}
{numbers}
shocks:
  - {{ use: pandemic, rate: 0.1 }}
  - {{ use: trust_squeeze, at: 2 }}
  - {{ use: unfunded_pay, rate: 0.3 }}
"""


def a_form(dice, number):
    """A shipped form with every listed term picked anew; what a trust must be, it is."""
    terms = {name: dice.choice(values) for name, values in VALUES.items()}
    if terms["pool_owner"] == "trust":
        terms.update(pooled_share=1, convert_partners=1)
    return {"like": dice.choice(SHIPPED), "name": f"form_{number}", **terms}


def flow(row):
    """A map on one line of YAML."""
    return "{ " + ", ".join(f"{key}: {value}" for key, value in row.items()) + " }"


def write(path, seed, count=8):
    """Write a scenario of that many forms; equal seeds write equal files."""
    dice = random.Random(seed)
    outside = {**OUTSIDE, **{name: dice.choice(VALUES[name]) for name in ("liability", "pool_basis")}}
    rows = [outside, *(a_form(dice, number) for number in range(count))]
    numbers = [f"{name}: {dice.choice(values)}" for name, values in {**NUMBERS, **dice.choice(LAWS)}.items()]
    path.write_text(SCENARIO.format(seed=seed, patch=flow(PATCHES[seed % len(PATCHES)]), numbers="\n".join(numbers),
                                    forms="\n".join(f"  - {flow(row)}" for row in rows)))
    return path
