"""Demand, capacity, cover, locums, unmet need ("Demand and capacity").

Demand and capacity are relative to the site's start; work is that times the start
list.
"""
import numpy as np

LEAST_CAPACITY = 0.05


def start_capacity(world):
    """Expected GP capacity at the start in the reference roles, fte of output."""
    p, practices = world.parameters, world.practices
    output = (practices.partner_fte[:, None] * p["capacity.productivity.partner"]
              + practices.salaried_fte[:, None] * p["capacity.productivity.salaried"])
    return (output * (1.0 - world.sick_share)
            + p["capacity.locum_cover"] * world.start_absent_fte)


def demand(world, form, now):
    """Demand of each site."""
    drivers, q = world.drivers, now.quarter
    growth = (1.0 + world.parameters["demand.growth"]) ** (q / 4.0)
    noise = drivers.common_demand[q] * drivers.site_demand[q] * drivers.shock["demand"][q]
    continuity = 1.0 + now.term("continuity_demand") * now.ramp
    now.demand = form.people / world.practices.list_start[:, None] * growth * noise * continuity


def staff_level(world, form, now):
    """Other staff follow the list with a lag; a shock bites at once and passes."""
    relative = form.people / world.practices.list_start[:, None]
    target = relative * (1.0 - now.term("staff_vacancy"))
    with np.errstate(divide="ignore"):
        step = 1.0 - np.exp(-1.0 / (4.0 * world.parameters["capacity.staff_lag"]))
    form.staff = np.where(form.listed(), form.staff + (target - form.staff) * step, 0.0)
    return form.staff * world.drivers.shock["staff"][now.quarter]


def gp_output(world, form, now):
    """GP capacity with absence locums, fte of output."""
    p = world.parameters
    now.leadership = np.where(form.open(), now.term("leadership_fte"), 0.0)
    partner = p["capacity.productivity.partner"] * now.term("productivity.partner")
    salaried = p["capacity.productivity.salaried"] * now.term("productivity.salaried")
    present = now.present_partner_fte + now.present_employed_fte
    diverted = world.drivers.shock["diversion_step"][now.quarter] * now.term("price_relief")
    now.absence_locums = p["capacity.locum_cover"] * (now.sick_fte + now.vacant_fte)
    output = (now.present_partner_fte * partner + now.present_employed_fte * salaried
              + now.absence_locums - now.leadership - (now.term("diversion") + diverted) * present)
    return np.maximum(0.0, output)


def share_cover(world, form, now, capacity):
    """Slack of members covers gaps of sister sites; friction loses a part."""
    n0 = world.practices.list_start[:, None]
    gap = np.where(form.member, np.maximum(0.0, now.demand - capacity) * n0, 0.0)
    slack = np.where(form.member, np.maximum(0.0, capacity - now.demand) * n0, 0.0)
    offer = form.own["cover"] * now.own_alignment * now.ramp * slack
    offered, needed = form.by_organisation(offer), form.by_organisation(gap)
    kept = 1.0 - form.own["friction"]
    moved = np.minimum(kept * offered, needed)
    active = (moved > 0.0)[form.organisation]
    safe = lambda x: np.where(active, x[form.organisation], 1.0)
    received = safe(moved) * gap / safe(needed)
    given = safe(moved / np.where(kept > 0.0, kept, 1.0)) * offer / safe(offered)
    return capacity + np.where(active, (received - given) / n0, 0.0)


def capacity(world, form, now):
    """Capacity in order: staff and absence locums, cover, stretch, surge locums."""
    p = world.parameters
    gp_share, start = p["capacity.gp_share"], world.start_capacity
    own = gp_share * gp_output(world, form, now) / start
    own = own + (1.0 - gp_share) * staff_level(world, form, now)
    covered = share_cover(world, form, now, np.where(form.listed(), own, 0.0))
    gap = np.maximum(0.0, now.demand - covered)
    limit = p["capacity.partner_stretch"] * gp_share * now.present_partner_fte / start
    stretch = np.minimum(gap, limit)
    surge = np.minimum(now.term("surge_cover") * (gap - stretch) * start / gp_share,
                       p["capacity.surge_max"] * start)
    now.capacity = covered + gp_share * surge / start
    now.locum_fte = np.where(form.listed(), now.absence_locums + surge, 0.0)
    unmet_need(world, form, now, stretch)


def unmet_need(world, form, now, stretch):
    """Workload, and what stays unmet beyond what people can bear."""
    p, listed = world.parameters, form.listed()
    asked = np.where(listed, now.demand, 1.0)
    form.workload = np.where(listed, asked / np.maximum(now.capacity, LEAST_CAPACITY), 1.0)
    bearable = p["demand.rho_max"] * (now.capacity + stretch)
    now.unmet_share = np.where(listed, np.maximum(0.0, 1.0 - bearable / asked), 0.0)
    now.unmet = (now.unmet_share * asked * world.practices.list_start[:, None]
                 * p["demand.appts_per_head"] / 4.0)
