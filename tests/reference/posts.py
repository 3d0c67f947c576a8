"""Posts and the people who hold them ("Posts and people").

Slot arrays have shape (slots, trials); rates are per year, ages in years.
"""
import numpy as np
from scipy.special import ndtr, ndtri

import draws

EMPTY, PARTNER, SALARIED, CONVERTED, TRANSFERRED = range(5)
RETIREMENT_FROM = 50.0
START_AGES = (26.0, 75.0)


class Posts:
    """Holders of all slots of a form."""

    def __init__(self, world):
        self.practices = world.practices
        self.role = world.start_role.copy()
        self.began_as = world.start_role  # of whoever held it at the start
        self.age = world.start_age.copy()
        self.sick = world.start_sick.copy()
        self.incumbent = self.role != EMPTY  # held by the same person since the start
        self.fte = world.practices.slot_fte[:, None]

    def count(self, which):
        """Posts in a mask, by site."""
        return self.practices.by_site(which.astype(float))

    def fte_of(self, which):
        """Fte in a mask, by site."""
        return self.practices.by_site(np.where(which, self.fte, 0.0))

    def filled(self):
        return self.role != EMPTY

    def partners(self):
        return self.role == PARTNER

    def lowest_empty(self, empty, wanted_more):
        """The first `wanted_more` empty slots of each site."""
        running = np.cumsum(empty, axis=0)
        first = self.practices.first_slot
        before = running[first] - empty[first]
        rank = running - before[self.practices.slot_site]
        return empty & (rank <= wanted_more[self.practices.slot_site])

    def vacant(self, wanted):
        """Empty slots that are wanted."""
        shortfall = np.maximum(0.0, wanted - self.count(self.filled()))
        return self.lowest_empty(~self.filled(), shortfall)

    def change_partners(self, sites, role):
        """Partners of some sites become employees of a role."""
        self.role = np.where(self.partners() & sites[self.practices.slot_site], role, self.role)

    def end(self, sites):
        """All posts of some sites end."""
        self.role = np.where(sites[self.practices.slot_site], EMPTY, self.role)


def start_posts(world):
    """Roles, ages and sickness at the start, common to all forms."""
    practices, p, site_draws = world.practices, world.parameters, world.draws
    trials = len(site_draws.trials)
    role = np.where(practices.slot_starts_partner, PARTNER,
                    np.where(practices.slot_starts_salaried, SALARIED, EMPTY))
    world.start_role = np.repeat(role[:, None].astype(np.int8), trials, axis=1)
    partner = practices.slot_starts_partner[:, None]
    mean = np.where(partner, p["workforce.age.mean.partner"], p["workforce.age.mean.salaried"])
    sd = np.where(partner, p["workforce.age.sd.partner"], p["workforce.age.sd.salaried"])
    shared = p["workforce.age.site_sd"] * ndtri(site_draws.site(draws.SITE_AGE, draws.ONCE))
    own = sd * ndtri(site_draws.slot(draws.START_AGE, draws.ONCE))
    world.start_age = np.clip(mean + shared[practices.slot_site] + own, *START_AGES)
    uniform = site_draws.slot(draws.START_SICK, draws.ONCE)
    world.start_sick = world.ties.less(uniform, world.sick_share, world.start_role != EMPTY)


def retirement_rate(world, form, now):
    """Logistic in age, times the shocks on exits."""
    p, age, filled = world.parameters, form.posts.age, form.posts.filled()
    spread = (age - p["workforce.retire_mid"]) / p["workforce.retire_spread"]
    too_young = world.ties.less(age, RETIREMENT_FROM, filled)
    rate = np.where(too_young, 0.0, p["workforce.retire_max"] / (1.0 + np.exp(-spread)))
    for factor, from_age in world.drivers.shock.exits:
        spared = world.ties.less(age, from_age, filled)
        rate = np.where(spared, rate, rate * factor[now.quarter])
    return rate


def peer_pressure(world, form, quarter):
    """Recent partner leavers and switchers over partner posts a year ago."""
    if quarter == 0:
        return np.zeros_like(form.people)
    recent = sum(form.partner_departures[max(0, quarter - 4):quarter])
    return recent / np.maximum(1.0, form.partner_history[max(0, quarter - 4)])


def leaving_rate(world, form, now):
    """Rate at which each holder leaves."""
    p, posts, site = world.parameters, form.posts, world.practices.slot_site
    strain = np.maximum(0.0, form.workload - p["workforce.burnout_threshold"])
    shared = (p["workforce.burnout_rate"] * np.minimum(p["workforce.burnout_cap"], strain)
              + p["workforce.peer_rate"] * peer_pressure(world, form, now.quarter))
    partner = p["workforce.leave_rate.partner"] * now.term("leave_factor.partner")
    salaried = p["workforce.leave_rate.salaried"] * now.term("leave_factor.salaried")
    base = np.where(posts.role == SALARIED, salaried[site], partner[site])
    settling = now.quarter - now.joined < 4
    transition = np.where(settling & form.open(), now.term("transition_exit"), 0.0)
    moved = posts.partners() | (posts.role == CONVERTED)
    return (world.frailty[site] * (base + shared[site]) + retirement_rate(world, form, now)
            + np.where(moved, transition[site], 0.0))


def lose_holders(world, form, now):
    """Leavers and switchers of the quarter."""
    posts, ties, q = form.posts, world.ties, now.quarter
    filled, partners = posts.filled(), posts.partners()
    rate = leaving_rate(world, form, now)
    leaves = ties.happens(world.draws.slot(draws.POST, q), rate, filled)
    chance = 1.0 - np.exp(-0.25 * world.parameters["workforce.switch_rate"])
    switches = ties.less(1.0 - lower(world, q), chance, partners & ~leaves)
    now.leavers = posts.count(leaves)
    form.partner_departures.append(posts.count((leaves & partners) | switches))
    posts.role = np.where(leaves, EMPTY, np.where(switches, SALARIED, posts.role))
    return switches


def lower(world, quarter):
    """The uniforms of the posts' words besides that of leaving and filling."""
    return draws.lowest(world.draws.slot_word(draws.POST, quarter), 32)


def sicken(world, form, now, switchers):
    """Well holders may fall sick, sick ones return; not in the quarter of a switch."""
    p, posts, q = world.parameters, form.posts, now.quarter
    onset = p["workforce.sick_rate"] * world.drivers.shock["sickness"][q]
    rate = np.where(posts.sick, 1.0 / p["workforce.sick_years"], onset)
    changes = world.ties.less(lower(world, q), 1.0 - np.exp(-0.25 * rate),
                              posts.filled() & ~switchers)
    posts.sick = (posts.sick ^ changes) & posts.filled()


def hiring_chances(world, form, now, eligible):
    """Chance that an eligible post of each site fills, zero-sum over the area."""
    p, drivers, q = world.parameters, world.drivers, now.quarter
    pace = 3.0 * drivers.shock["recruitment"][q] / drivers.months_to_fill[q]
    neutral = np.minimum(1.0, pace)
    chance = np.minimum(1.0, now.term("recruit_factor") * pace)
    by_area = world.practices.by_area
    supply, pull = by_area(eligible * neutral), by_area(eligible * chance)
    cap = p["workforce.supply_cap"] * by_area(world.wanted_start) / 4.0
    scale = np.where(pull > 0.0, np.minimum(supply, cap) / np.where(pull > 0.0, pull, 1.0), 1.0)
    return np.minimum(1.0, scale * chance)


def newcomer_age(world, now):
    """Age of whoever fills a slot: a truncated normal."""
    p = world.parameters
    mean, sd = p["workforce.newcomer.mean"], p["workforce.newcomer.sd"]
    low = ndtr((p["workforce.newcomer.min"] - mean) / sd)
    high = ndtr((p["workforce.newcomer.max"] - mean) / sd)
    uniform = draws.lowest(world.draws.slot_word(draws.POST, now.quarter), 16)
    return mean + sd * ndtri(low + uniform * (high - low))


def fill_posts(world, form, now, vacant):
    """Posts vacant at the end of the quarter before may fill."""
    posts, site, q = form.posts, world.practices.slot_site, now.quarter
    recruits = form.listed() & ~form.in_notice() & ~form.frozen
    candidates = vacant & recruits[site]
    chance = hiring_chances(world, form, now, posts.count(candidates))
    fills = world.ties.less(world.draws.slot(draws.POST, q), chance[site], candidates)
    share = np.where(form.partner_run(), now.term("partner_share"), 0.0)
    partner = world.ties.less(lower(world, q), share[site], fills)
    posts.role = np.where(fills, np.where(partner, PARTNER, SALARIED), posts.role)
    posts.age = np.where(fills, newcomer_age(world, now), posts.age)
    posts.sick &= ~fills
    posts.incumbent &= ~fills


def workforce(world, form, now):
    """A quarter of leaving, switching, sickness and hiring, then the counts."""
    posts = form.posts
    now.filled_before = form.filled_end.sum(axis=0)
    vacant = posts.vacant(form.wanted)
    if now.quarter > 0:
        posts.age = posts.age + 0.25
    switchers = lose_holders(world, form, now)
    posts.incumbent &= posts.filled()
    sicken(world, form, now, switchers)
    fill_posts(world, form, now, vacant)
    count_posts(form, now)


def count_posts(form, now):
    """Fte and posts by site after the stage."""
    posts = form.posts
    partner, well = posts.partners(), ~posts.sick
    now.partner_posts = posts.count(partner)
    form.partner_history.append(now.partner_posts)
    form.filled_end = posts.count(posts.filled())
    now.partner_fte = posts.fte_of(partner)
    now.salaried_fte = posts.fte_of(posts.role == SALARIED)
    now.converted_fte = posts.fte_of(posts.role == CONVERTED)
    now.transferred_fte = posts.fte_of(posts.role == TRANSFERRED)
    now.present_partner_fte = posts.fte_of(partner & well)
    now.present_employed_fte = posts.fte_of(posts.filled() & ~partner & well)
    now.sick_fte = posts.fte_of(posts.filled() & posts.sick)
    vacant = posts.vacant(form.wanted)
    now.vacant_fte = posts.fte_of(vacant)
    now.vacant_posts = posts.count(vacant)
    now.vacancy = now.vacant_posts.sum(axis=0) / form.wanted.sum(axis=0)
    now.incumbent_partner_fte = posts.fte_of(partner & posts.incumbent)
    now.incumbent_salaried_fte = posts.fte_of((posts.role == SALARIED) & posts.incumbent)
    now.switched_fte = posts.fte_of((posts.role == SALARIED) & posts.incumbent
                                    & (posts.began_as == PARTNER))
    now.incumbent_converted_fte = posts.fte_of((posts.role == CONVERTED) & posts.incumbent)
    now.incumbent_transferred_fte = posts.fte_of((posts.role == TRANSFERRED) & posts.incumbent)
