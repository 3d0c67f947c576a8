"""Calibration, income and cost ("Income and cost"). Money in GBP, nominal."""
from types import SimpleNamespace

import numpy as np

COST_RATE_BOUNDS = (0.35, 1.8)  # of the flat rate
SCARCITY_BOUNDS = (0.7, 1.6)


def sick_share(onset, years):
    """Stationary share of holders who are absent sick."""
    return onset / (onset + 1.0 / years)


def calibrate(scenario, practices):
    """Non-GP cost rate of each site, GBP per patient and year, from central values.

    Each site's profit per partner head at the flat rate is drawn toward the patch's
    mean; frozen for all forms and trials.
    """
    central = scenario.central
    if practices.cost_rate is not None:  # given, or carried from an unchanged scenario
        return SimpleNamespace(cost_rate=practices.cost_rate,
                               flat_rate=central("calibration.flat_rate"),
                               factor=central("calibration.factor"))
    salary = central("money.salary") * (1.0 + central("money.oncost"))
    sick = sick_share(central("workforce.sick_rate"), central("workforce.sick_years"))
    vacancy = central("workforce.vacancy_start")
    vacant_fte = practices.filled_posts * (1.0 / (1.0 - vacancy) - 1.0) * practices.mean_fte
    absent_fte = sick * practices.filled_fte + vacant_fte
    before_staff = (
        practices.weighted_start * practices.core_rate
        - practices.salaried_fte * salary * central(f"forms.{scenario.reference}.pay_premium")
        - central("capacity.locum_cover") * absent_fte * central("money.locum_rate"))
    people, heads, led = practices.list_start, practices.partner_posts, practices.partner_posts > 0
    income = central("money.partner_income")
    flat = ((before_staff[led].sum() - income * heads[led].sum()) / people[led].sum()
            if led.any() else central("money.cost_rate"))
    own = before_staff - flat * people  # profit of the site at the flat rate
    fit = central("money.site_fit")
    rate = np.where(led, (before_staff - fit * income * heads - (1.0 - fit) * own) / people, flat)
    rate = np.clip(rate, COST_RATE_BOUNDS[0] * flat, COST_RATE_BOUNDS[1] * flat)
    return SimpleNamespace(cost_rate=rate, flat_rate=flat, factor=flat / central("money.cost_rate"))


def opening_year(world):
    """The reference form's first quarter before noise: residual, cost (GBP a quarter)."""
    p, practices = world.parameters, world.practices
    terms = p.terms(world.scenario.reference)
    column = lambda x: x[:, None]
    staff = (p["money.staff_share"] * terms["staff_pay_premium"] * (1.0 - terms["staff_vacancy"])
             + 1.0 - p["money.staff_share"])
    nongp = column(practices.list_start * world.calibration.cost_rate) * world.efficiency * staff
    salaried = (column(practices.salaried_fte) * p["money.salary"] * (1.0 + p["money.oncost"])
                * terms["pay_premium"])
    locum = p["capacity.locum_cover"] * world.start_absent_fte * p["money.locum_rate"]
    core = column(practices.weighted_start * practices.core_rate)
    cost = nongp + salaried + locum
    return SimpleNamespace(residual=(core - cost) / 4.0, cost=cost / 4.0)


def scarcity(world, form, now):
    """Locum price factor of the area's vacancy, by site."""
    p, by_area = world.parameters, world.practices.by_area
    wanted, vacant = by_area(form.wanted), by_area(now.vacant_posts)
    vacancy = np.where(wanted > 0.0, vacant / np.where(wanted > 0.0, wanted, 1.0), 0.0)
    excess = vacancy - p["workforce.vacancy_start"]
    return np.clip(np.exp(p["money.locum_scarcity"] * excess), *SCARCITY_BOUNDS)


def core_income(world, form, now):
    """NHS payments kept by the site."""
    p, drivers, q = world.parameters, world.drivers, now.quarter
    rate = world.practices.core_rate[:, None] * drivers.index["contract"][q] / 4.0
    quality = 1.0 - p["money.quality_share"] * now.unmet_share
    return form.weighted() * rate * quality * drivers.shock["income"][q]


def scale_factor(world, form, now):
    """What size saves, by site: 1 where nothing is saved or lost."""
    n0 = world.practices.list_start[:, None]
    reach = np.minimum(now.own_people, world.parameters["money.scale_cap"])
    share = 1.0 - n0 / np.maximum(n0, reach)
    return 1.0 - now.term("saving") * share * now.own_alignment * now.ramp


def non_gp_cost(world, form, now, pay_shock, nongp_shock):
    """Staff and running cost without stepwise shocks."""
    p, index, q = world.parameters, world.drivers.index, now.quarter
    staff = p["money.staff_share"] * index["pay"][q] * pay_shock
    staff = staff * now.term("staff_pay_premium") * (1.0 - now.term("staff_vacancy"))
    other = (1.0 - p["money.staff_share"]) * index["prices"][q]
    rate = world.calibration.cost_rate[:, None] * world.efficiency / 4.0
    return form.people * rate * (staff + other) * now.scale * nongp_shock


def salaried_pay(world, form, now):
    """Fte of employed GPs weighted by their pay over salary."""
    return (now.salaried_fte * now.term("pay_premium") + now.converted_fte * form.own["convert_pay"]
            + now.transferred_fte)


def salaried_cost(world, now, pay_shock):
    """Employed GPs, on-cost included."""
    p, q = world.parameters, now.quarter
    salary = p["money.salary"] * (1.0 + p["money.oncost"]) / 4.0
    return now.pay_fte * salary * world.drivers.index["pay"][q] * pay_shock


def locum_cost(world, now):
    """Absence and surge locums."""
    drivers, q = world.drivers, now.quarter
    price = (world.parameters["money.locum_rate"] * drivers.index["locum"][q]
             * drivers.locum_factor[q] * drivers.shock["locum"][q] * now.scarcity / 4.0)
    return now.locum_fte * price


def organisation_charges(world, form, now):
    """Levy and coordination of sites that belong somewhere or run on the exit row."""
    sites = np.maximum(1.0, now.own_sites)
    rate = now.term("levy") + now.term("coordination") * np.log(sites)
    charge = rate * form.people * world.drivers.index["pay"][now.quarter] / 4.0
    return np.where(form.open(), charge, 0.0)


def moved_work(world, form, now):
    """Contract work that the other side saves and the organisation does, by member."""
    p, prices = world.parameters, world.drivers.index["prices"][now.quarter]
    saved = 1.0 - 1.0 / np.maximum(1.0, now.own_sites)
    each = p["relations.moved_share"] * p["relations.cost"] * prices * saved / 4.0
    return np.where(form.member, each, 0.0)


def income_and_cost(world, form, now):
    """Residual r of each site and what it is made of."""
    shock, index, q = world.drivers.shock, world.drivers.index, now.quarter
    now.scarcity = scarcity(world, form, now)
    now.core = core_income(world, form, now)
    now.scale = scale_factor(world, form, now)
    pay_shock, nongp_shock = shock["pay"][q], shock["nongp"][q]
    scaled = non_gp_cost(world, form, now, pay_shock, nongp_shock)
    step = shock["nongp_step"][q] * form.weighted() * index["prices"][q] / 4.0
    now.saving = scaled * (1.0 / now.scale - 1.0)
    now.non_gp = scaled + step
    now.pay_fte = salaried_pay(world, form, now)
    now.salaried_cost = salaried_cost(world, now, pay_shock)
    now.locum_cost = locum_cost(world, now)
    calm = non_gp_cost(world, form, now, 1.0, 1.0) + salaried_cost(world, now, 1.0)
    relief = now.term("price_relief") * shock["relief"][q]
    now.relief = relief * (now.non_gp + now.salaried_cost - calm)
    now.levy = organisation_charges(world, form, now)
    now.moved = moved_work(world, form, now)
    now.recharge = np.where(form.open(), now.term("recharge") * now.core, 0.0)
    joining = form.member & (form.joined == q)
    now.setup = np.where(joining, form.own["setup_cost"] * form.people * index["prices"][q], 0.0)
    partners_pay_setup = form.own.choice("setup_payer") == "partners"
    now.cost = (now.non_gp + now.salaried_cost + now.locum_cost + now.levy + now.moved
                + now.recharge
                + (now.setup if partners_pay_setup else 0.0))
    now.residual = now.core + now.relief - now.cost
