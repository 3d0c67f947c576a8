"""The whole model: the world of some trials, and each form's way through it.

A quarter is a fixed order of stages ("A quarter"); a stage reads only earlier stages
and the state left by the quarter before.
"""
import numpy as np

import draws
import money
import posts
from capacity import capacity, demand, start_capacity
from decisions import align, decide
from delegated import budgets, delegated_budget
from drivers import Drivers, mean_one
from inputs import sum_by
from organisations import group_sites
from parameters import Parameters
from results import Results, compare_sites, site_metrics
from settlement import close_books, settle
from structure import CLOSED, OPEN, TAKEOVER, change_structure, windup_cost
from ties import Ties


class World:
    """Everything that all forms of a block of trials share."""

    def __init__(self, scenario, practices, trials):
        self.scenario, self.practices = scenario, practices
        self.ties = Ties(len(trials))
        self.draws = draws.Draws(scenario.seed, trials, practices)
        self.parameters = Parameters(scenario, self.draws)
        self.drivers = Drivers(scenario, self.parameters, self.draws, self.ties)
        self.calibration = money.calibrate(scenario, practices)
        self.start_sites()
        posts.start_posts(self)
        self.start_capacity = start_capacity(self)
        self.opening = money.opening_year(self)
        self.budgets = budgets(self)

    def start_sites(self):
        """What a trial draws once for each site."""
        p, practices = self.parameters, self.practices
        spread = np.log1p(p["workforce.frailty_cv"] ** 2)
        noise = self.normal(draws.FRAILTY)
        self.frailty = np.exp(np.sqrt(spread) * noise - spread / 2.0)
        sd = p["money.efficiency_sd"]
        self.efficiency = np.exp(sd * self.normal(draws.EFFICIENCY) - sd**2 / 2.0)
        areas = np.array([draws.fnv1a(code) for code in practices.area])
        self.ending_area = mean_one(p["distress.ending_area_sd"],
                                    self.draws.at(draws.ENDING_AREA, areas, draws.ONCE))
        self.windup_factor = np.exp(p["distress.windup_sd"] * self.normal(draws.WINDUP_FACTOR))
        self.sick_share = money.sick_share(p["workforce.sick_rate"], p["workforce.sick_years"])
        filled = practices.filled_posts[:, None]
        self.wanted_rounding = self.draws.site(draws.WANTED, draws.ONCE)
        self.wanted_exact = filled / (1.0 - p["workforce.vacancy_start"])
        self.wanted_start = self.ties.floor(self.wanted_exact + self.wanted_rounding)
        vacant_fte = (self.wanted_start - filled) * practices.mean_fte[:, None]
        self.start_absent_fte = self.sick_share * practices.filled_fte[:, None] + vacant_fte

    def normal(self, purpose):
        """A standard normal a site, once a trial."""
        return draws.normal(self.draws.site(purpose, draws.ONCE))


class Quarter:
    """Figures of one form in one quarter, filled in stage by stage."""

    def __init__(self, form, quarter):
        self.quarter = quarter
        self.reserve_before = form.reserve.copy()
        self._form = form

    def fix_membership(self, world):
        """What the stages after the structure read of organisations."""
        form = self._form
        self.organisation_people = form.by_organisation(np.where(form.member, form.people, 0.0))
        self.organisation_sites = form.by_organisation(form.member.astype(float))
        group = form.organisation
        self.own_people = np.where(form.member, self.organisation_people[group], form.people)
        self.own_sites = np.where(form.member, self.organisation_sites[group], 1.0)
        self.own_alignment = np.where(form.member, form.alignment[group], 0.0)
        self.joined = np.where(form.member, form.joined, 0)
        with np.errstate(divide="ignore"):
            self.ramp = np.minimum(1.0, (self.quarter - self.joined + 1)
                                   / (4.0 * self.term("ramp_years")))

    def term(self, name):
        """A term in force at each site: the form's for members, else the exit row's."""
        return np.where(self._form.member, self._form.own[name], self._form.outside[name])


class Form:
    """State of one form that outlives a quarter; sites by trials unless said."""

    def __init__(self, world, name):
        scenario, practices = world.scenario, world.practices
        self.world, self.name = world, name
        self.own = world.parameters.terms(name)
        self.outside = world.parameters.terms(scenario.exit_row(name))
        self.trials = len(world.draws.trials)
        group_by = self.own.choice("group_by")
        self.grouped = group_by != "site"
        self.converts = float(self.own.choice("convert_partners")) == 1.0
        self.organisation = group_sites(practices, group_by,
                                        float(self.own.choice("target_population") or 0.0))
        self.organisations = int(self.organisation.max()) + 1
        lowest = [int(np.argmax(self.organisation == o)) for o in range(self.organisations)]
        self.organisation_entity = world.draws.site_entity[lowest]
        self.start_sites(world)
        self.start_organisations()
        self.start_histories()
        self.results = Results(world, self)

    def start_sites(self, world):
        """Sites at the start: open, outside, calm."""
        practices, shape = world.practices, (world.practices.sites, self.trials)
        self.people = np.repeat(practices.list_start[:, None], self.trials, axis=1)
        self.status = np.full(shape, OPEN)
        self.posts = posts.Posts(world)
        self.wanted = world.wanted_start
        self.staff, self.workload = np.ones(shape), np.ones(shape)
        led = practices.partner_posts[:, None] > 0
        opening = world.parameters["money.reserve_weeks"] / 52.0 * 4.0 * world.opening.cost
        self.reserve = np.where(led, opening, 0.0)
        flags = ("member", "ever_member", "frozen", "exit_due", "joining", "leaving",
                 "ever_taken_over", "ever_caretaker", "was_without_partner", "was_held")
        for flag in flags:
            setattr(self, flag, np.zeros(shape, bool))
        self.had_partner = np.broadcast_to(led, shape).copy()
        self.joined, self.window_start = np.zeros(shape, int), np.zeros(shape, int)
        self.site_carried = np.zeros(shape)
        self.notice_due, self.notice_route = np.full(shape, -1), np.zeros(shape, int)
        self.exit_route = np.zeros(shape, int)
        self.filled_end = np.repeat(practices.filled_posts[:, None].astype(float),
                                    self.trials, axis=1)

    def start_organisations(self):
        """Organisations by trials, and counts by trial."""
        shape = (self.organisations, self.trials)
        self.account, self.organisation_carried = np.zeros(shape), np.zeros(shape)
        self.alignment = np.broadcast_to(self.own["alignment_start"], shape).copy()
        for flag in ("dissolving", "dissolved", "has_exited", "exit_pending"):
            setattr(self, flag, np.zeros(shape, bool))
        for count in ("members_left", "organisations_exited", "patients_dispersed"):
            setattr(self, count, np.zeros(self.trials))

    def start_histories(self):
        """Figures of every quarter so far."""
        for history in ("partner_departures", "partner_history", "cost_history",
                        "profit_history", "fte_history", "residual_history", "burden_history",
                        "burden_size", "result_history", "people_history"):
            setattr(self, history, [])

    def open(self):
        """Open, neither taken over nor in caretaker hands."""
        return self.status == OPEN

    def listed(self):
        """Has patients."""
        return self.status != CLOSED

    def held(self):
        """A member of a form that employs its former partners."""
        return self.member & self.converts

    def partner_run(self):
        """Open and free to have partners."""
        return self.open() & ~self.held()

    def partner_led(self, partner_fte):
        """Open with partners."""
        return self.partner_run() & (partner_fte > 0.0)

    def in_notice(self):
        return self.notice_due >= 0

    def weighted(self):
        """Weighted list, in proportion to the list."""
        practices = self.world.practices
        return practices.weighted_start[:, None] * self.people / practices.list_start[:, None]

    def by_organisation(self, per_site):
        """Sum sites within organisations, in order of code."""
        return sum_by(per_site, self.organisation, self.organisations)

    def spread(self, per_organisation, weight):
        """Share an organisation's amount over its sites by weight; nothing without weight."""
        total = self.by_organisation(weight)
        share = weight / np.where(total > 0.0, total, 1.0)[self.organisation]
        return np.where(total > 0.0, per_organisation, 0.0)[self.organisation] * share

    def liable(self, kind, member):
        """Sites whose losses fall as `kind` says; outside, joint means own partners."""
        outside = self.outside.choice("liability")
        outside = "unlimited" if outside == "joint" else outside
        return np.where(member, self.own.choice("liability") == kind, outside == kind)

    def step(self, quarter):
        """One quarter."""
        world, now = self.world, Quarter(self, quarter)
        change_structure(world, self, now)
        now.fix_membership(world)
        posts.workforce(world, self, now)
        demand(world, self, now)
        capacity(world, self, now)
        money.income_and_cost(world, self, now)
        delegated_budget(world, self, now)
        settle(world, self, now)
        decide(world, self, now)
        align(world, self, now)
        if quarter == world.scenario.quarters - 1:
            close_books(world, self, now, self.accrued_windup(now))
        self.results.add(world, self, now)
        return now

    def accrued_windup(self, now):
        """Wind-up of sites in notice at the horizon, but for takeovers."""
        due = self.open() & self.in_notice() & (self.notice_route != TAKEOVER)
        return np.where(due, windup_cost(self.world, self, now), 0.0)


def simulate(scenario, practices, trials):
    """All forms over some trials: (metrics by form, world, yearly turnover by form). What
    else is reported of each form stays in world.series and world.sites."""
    world = World(scenario, practices, trials)
    forms = {name: Form(world, name) for name in scenario.forms}
    for quarter in range(scenario.quarters):
        last = {name: form.step(quarter) for name, form in forms.items()}
    metrics = {name: form.results.metrics(world, form, last[name])
               for name, form in forms.items()}
    for name, counts in compare_sites(world, forms):
        metrics[name].update(counts)
    world.series = {name: form.results.series for name, form in forms.items()}
    world.sites = dict(site_metrics(world, forms))
    turnover = {name: form.results.sum["turnover_money"] / scenario.years
                for name, form in forms.items()}
    return metrics, world, turnover
