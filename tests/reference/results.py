"""What a trial amounts to ("Results"). Money is real and discounted unless said."""
import numpy as np

from settlement import BEARERS
from structure import CLOSED

UNITS = {
    **{f"npv_{name}": "GBP" for name in BEARERS},
    "economic_net_position": "GBP/patient",
    "economic_net_position_narrow": "GBP/patient",
    "economic_net_position_less_unmet": "GBP/patient",
    "public_cost": "GBP", "net_monetary_benefit": "GBP",
    "todays_gps": "GBP", "todays_gps_years": "fte-years", "todays_gps_per_year": "GBP/fte-year",
    "partner_income": "GBP/fte-year", "partner_income_head": "GBP/head-year",
    "partner_income_worst_year": "GBP/fte-year", "partner_loss": "GBP", "drawdown": "GBP",
    "overhead_share": "share", "vacancy": "share", "turnover": "1/year", "locum_spend": "GBP",
    "core_income": "GBP", "partners_work": "GBP", "services_bought": "GBP",
    "workload": "ratio", "unmet_appointments": "appointments", "unmet_cost": "GBP",
    "sites_closed": "sites", "sites_taken_over": "sites", "sites_caretaker": "sites",
    "sites_worse_off": "sites", "sites_better_off": "sites",
    "sites_ended": "sites", "sites_continuing": "sites", "contract_work_moved": "GBP",
    "patients_dispersed": "patients", "largest_cascade": "sites",
    "relationships": "organisations", "relationships_cost": "GBP", "system_effects": "GBP",
    "alignment": "0-1", "members_left": "sites", "organisations_dissolved": "organisations",
    "organisations_exited": "organisations", "partner_led_sites": "sites",
    "delegated_result": "GBP/patient/year", "delegated_worst_year": "GBP/patient/year",
    "delegated_worst_loss": "share",
    "partner_fte": "fte", "salaried_fte": "fte", "imbalance": "share",
}
SERIES = ("partner_income", "vacancy", "workload", "unmet_appointments", "partner_fte",
          "salaried_fte", "partner_led_sites", "sites_ended", "sites_caretaker",
          "sites_continuing", "locum_spend", "public_cost", "relationships", "alignment")
COUNTS = ("partner_led_sites", "sites_ended", "sites_caretaker", "sites_continuing", "relationships")
SITE_METRICS = ("lost", "taken_over", "ended", "caretaker", "continuing", "todays_gps",
                "todays_partners", "worse_off", "todays_partners_difference_p_positive")
NOTICED = 0.005  # of what partners have under the reference: less leaves a practice as it was
WITH_PARTNER_DISCOUNT = ("partners", "reserves")
CASCADE_QUARTERS = 4


class Results:
    """Running sums of one form."""

    def __init__(self, world, form):
        trials = form.trials
        self.npv = {name: np.zeros(trials) for name in BEARERS}
        names = ("all_bearers", "partner_work", "org_income", "relations", "moved", "system", "unmet",
                 "unmet_cost", "today", "today_years", "partner_loss", "overhead", "core",
                 "vacancy", "leavers", "filled", "locum", "workload", "relationships",
                 "imbalance", "cascade", "turnover_money", "core_income")
        self.sum = {name: np.zeros(trials) for name in names}
        self.todays_partners = np.zeros_like(form.people)  # by site
        self.todays_gps = np.zeros_like(form.people)
        self.lost = np.zeros(form.people.shape, bool)
        self.series = {name: [] for name in SERIES}  # by quarter
        self.income = []  # real counted profit of partner-led sites by quarter
        self.fte = []
        self.heads = []
        self.running = np.zeros_like(form.account)
        self.peak = np.zeros_like(form.account)
        self.fall = np.zeros_like(form.account)
        self.delegated = []  # of each year: who had a budget, result, worst loss
        self.endings = []  # hand-backs without successor by network and quarter

    def add(self, world, form, now):
        """Accumulate a quarter; the last one after the books are closed."""
        q, p = now.quarter, world.parameters
        real = 1.0 / world.drivers.index["prices"][q]
        public = (1.0 + p["decision.discount_rate"]) ** (-(q + 0.5) / 4.0)
        own = (1.0 + p["decision.partner_discount"]) ** (-(q + 0.5) / 4.0)
        pay = world.drivers.index["pay"][q]
        for name in BEARERS:
            discount = own if name in WITH_PARTNER_DISCOUNT else public
            self.npv[name] += now.bearer[name] * real * discount
        changes = sum(now.bearer.values())
        work = p["money.salary"] * (1.0 + p["money.oncost"]) * pay / 4.0
        self.add_all({
            "all_bearers": changes * real * public,
            "partner_work": now.partner_fte.sum(axis=0) * work * real * public,
            "org_income": now.organisation_income.sum(axis=0) * real * public,
            "relations": now.relations_cost * real * public,
            "moved": now.moved.sum(axis=0) * real * public,
            "system": now.system_effect * real * public,
            "unmet": now.unmet.sum(axis=0),
            "unmet_cost": p["decision.unmet_price"] * now.unmet.sum(axis=0) * public,
            "today": todays_gps(world, form, now).sum(axis=0) * real * own,
            "core_income": now.core.sum(axis=0) * real * public,
            "today_years": incumbent_fte(now) / 4.0,
            "partner_loss": now.partner_cost * real * own,
            "overhead": overhead(now, work) * real,
            "core": now.core.sum(axis=0) * real,
            "vacancy": now.vacancy,
            "leavers": now.leavers.sum(axis=0),
            "filled": now.filled_before,
            "locum": now.locum_cost.sum(axis=0) * real * public,
            "workload": mean_workload(form),
            "relationships": now.relationships,
            "turnover_money": now.core.sum(axis=0),
        })
        self.todays_partners += (now.incumbents_by_site
                                 + pay_of(world, form, now, now.switched_fte)) * real * own
        self.todays_gps += todays_gps(world, form, now) * real * own
        self.lost |= now.endings > 0.0
        self.follow(world, form, now, real)
        self.count_income(form, now, real)
        self.follow_accounts(form, now, real)
        self.count_cascade(world, now)
        if now.delegated.is_due:
            self.delegated.append((now.delegated.held, now.delegated.result, now.delegated.worst))
        gap = np.abs(changes + now.outside) / np.maximum(1.0, now.gross)
        self.sum["imbalance"] = np.maximum(self.sum["imbalance"], gap)

    def add_all(self, amounts):
        for name, amount in amounts.items():
            self.sum[name] += amount

    def follow(self, world, form, now, real):
        """The patch in this quarter."""
        end = state_at_end(form, now)
        led = form.open() & (now.partner_fte > 0.0)
        profit = np.where(led, now.counted_profit, 0.0).sum(axis=0)
        payers = ["commissioner", "trust"]
        if world.scenario.choices.get("delegated.insurer") == "public":
            payers.append("insurer")
        figures = {name: end[name] for name in SERIES if name in end}
        figures.update({
            "partner_income": ratio(4.0 * profit * real, now.partner_fte.sum(axis=0)),
            "vacancy": np.where(form.wanted.sum(axis=0) > 0.0, now.vacancy, np.nan),
            "workload": mean_workload(form),
            "unmet_appointments": now.unmet.sum(axis=0),
            "locum_spend": now.locum_cost.sum(axis=0) * real,
            "public_cost": -sum(now.bearer[name] for name in payers) * real,
            "relationships": now.relationships,
        })
        for name in SERIES:
            self.series[name].append(np.broadcast_to(figures[name], form.trials).astype(float))

    def count_income(self, form, now, real):
        """Counted profit, fte and heads of sites with partners."""
        led = form.open() & (now.partner_fte > 0.0)
        self.income.append(np.where(led, now.counted_profit, 0.0).sum(axis=0) * real)
        self.fte.append(np.where(led, now.partner_fte, 0.0).sum(axis=0))
        self.heads.append(np.where(led, now.partner_posts, 0.0).sum(axis=0))

    def follow_accounts(self, form, now, real):
        """Largest fall of each organisation's running result, a trust's residual included."""
        kept = now.account_result + form.by_organisation(now.to_trust) + now.delegated.to_trust
        self.running = self.running + kept * real
        self.peak = np.maximum(self.peak, self.running)
        self.fall = np.maximum(self.fall, self.peak - self.running)

    def count_cascade(self, world, now):
        """Most hand-backs without successor of one network in four quarters."""
        self.endings.append(world.practices.by_network(now.endings))
        recent = sum(self.endings[-CASCADE_QUARTERS:]).max(axis=0)
        self.sum["cascade"] = np.maximum(self.sum["cascade"], recent)

    def metrics(self, world, form, now):
        """All metrics of the trials: {name: (trials,)}."""
        s, quarters = self.sum, world.scenario.quarters
        people = world.practices.list_start.sum()
        net = s["all_bearers"] - s["partner_work"] + s["org_income"]
        public_cost = -(self.npv["commissioner"] + self.npv["trust"])
        if world.scenario.choices.get("delegated.insurer") == "public":
            public_cost = public_cost - self.npv["insurer"]
        metrics = {f"npv_{name}": self.npv[name] for name in BEARERS}
        metrics.update({
            "economic_net_position": net / people,
            "economic_net_position_narrow": (net + s["relations"] + s["moved"]
                                             - s["system"]) / people,
            "economic_net_position_less_unmet": (net - s["unmet_cost"]) / people,
            "public_cost": public_cost,
            "net_monetary_benefit": -public_cost - s["unmet_cost"],
            "todays_gps": s["today"],
            "todays_gps_years": s["today_years"],
            "todays_gps_per_year": ratio(s["today"], s["today_years"]),
            "partner_loss": s["partner_loss"],
            "drawdown": self.fall.max(axis=0) if form.grouped else missing(form),
            "overhead_share": ratio(s["overhead"], s["core"]),
            "vacancy": s["vacancy"] / quarters,
            "turnover": ratio(4.0 * s["leavers"], s["filled"]),
            "locum_spend": s["locum"],
            "workload": s["workload"] / quarters,
            "unmet_appointments": s["unmet"],
            "unmet_cost": s["unmet_cost"],
            "core_income": s["core_income"],
            "partners_work": s["partner_work"],
            "services_bought": s["org_income"],
            "largest_cascade": s["cascade"],
            "relationships": s["relationships"] / quarters,
            "relationships_cost": s["relations"],
            "system_effects": s["system"],
            "imbalance": s["imbalance"],
        })
        metrics.update(self.partner_incomes())
        metrics.update(self.delegated_results(form, people))
        metrics.update(state_at_end(form, now))
        return metrics

    def partner_incomes(self):
        """Income a partner fte and head, mean and worst year."""
        income, fte = np.array(self.income), np.array(self.fte)
        total = income.sum(axis=0)
        years = (len(income) // 4, 4, -1)
        yearly = ratio(income.reshape(years).sum(axis=1), fte.reshape(years).sum(axis=1) / 4.0)
        worst = np.where(np.isnan(yearly), np.inf, yearly).min(axis=0)
        return {
            "partner_income": ratio(total, fte.sum(axis=0) / 4.0),
            "partner_income_head": ratio(total, np.array(self.heads).sum(axis=0) / 4.0),
            "partner_income_worst_year": np.where(np.isinf(worst), np.nan, worst),
        }


    def delegated_results(self, form, people):
        """Result of all holders of budgets, and the largest loss of one over its budget."""
        if not self.delegated:
            return {name: missing(form) for name in
                    ("delegated_result", "delegated_worst_year", "delegated_worst_loss")}
        held, result, worst = (np.array(column) for column in zip(*self.delegated))
        some = held.any(axis=0)
        least = np.where(held, result, np.inf).min(axis=0)
        return {
            "delegated_result": ratio(np.where(held, result, 0.0).sum(axis=0) / people,
                                      held.sum(axis=0)),
            "delegated_worst_year": np.where(some, least / people, np.nan),
            "delegated_worst_loss": np.where(some, worst.max(axis=0), np.nan),
        }


def ratio(a, b):
    """a / b, NaN where b is 0."""
    return np.where(b > 0.0, a / np.where(b > 0.0, b, 1.0), np.nan)


def missing(form):
    """What does not exist."""
    return np.full(form.trials, np.nan)


def incumbent_salaries(world, form, now):
    """Pay before on-cost of today's GPs in employment, by site."""
    return pay_of(world, form, now, now.incumbent_salaried_fte)


def pay_of(world, form, now, salaried_fte):
    """Pay of some salaried fte, and of all of today's GPs whom others made employees, by site."""
    drivers, q = world.drivers, now.quarter
    salary = (world.parameters["money.salary"] * drivers.index["pay"][q]
              * drivers.shock["pay"][q] / 4.0)
    return salary * (salaried_fte * now.term("pay_premium")
                     + now.incumbent_converted_fte * form.own["convert_pay"]
                     + now.incumbent_transferred_fte)


def todays_gps(world, form, now):
    """What those in post at the start draw and are paid, by site."""
    return now.incumbents_by_site + incumbent_salaries(world, form, now)


def site_metrics(world, forms):
    """Each form's practices at the horizon: {metric: (sites, trials)}."""
    counted = world.practices.partner_posts[:, None] > 0
    other = forms[world.scenario.reference].results.todays_partners
    for form in forms.values():
        own = form.results.todays_partners
        held = counted & (form.name != world.scenario.reference)
        ended = (form.status == CLOSED) | form.ever_taken_over
        caretaker = ~ended & form.ever_caretaker
        yield form.name, {
            "lost": form.results.lost.astype(float),
            "taken_over": form.ever_taken_over.astype(float),
            "ended": ended.astype(float),
            "caretaker": caretaker.astype(float),
            "continuing": (~ended & ~caretaker).astype(float),
            "todays_gps": form.results.todays_gps,
            "todays_partners": own,
            "worse_off": np.where(held, other - own > NOTICED * np.abs(other), np.nan),
            "todays_partners_difference_p_positive": np.where(held, own > other, np.nan),
        }


def compare_sites(world, forms):
    """Practices whose partners of the start gain or lose against the reference form."""
    counted = world.practices.partner_posts[:, None] > 0
    other = forms[world.scenario.reference].results.todays_partners
    for form in forms.values():
        change, least = form.results.todays_partners - other, NOTICED * np.abs(other)
        yield form.name, {
            "sites_worse_off": (counted & (change < -least)).sum(axis=0).astype(float),
            "sites_better_off": (counted & (change > least)).sum(axis=0).astype(float),
        }


def incumbent_fte(now):
    """Fte of those in post since the start."""
    return (now.incumbent_partner_fte + now.incumbent_salaried_fte + now.incumbent_converted_fte
            + now.incumbent_transferred_fte).sum(axis=0)


def overhead(now, salary):
    """What organising costs: charges, recharge, own cost beyond both, leadership time."""
    own = np.maximum(0.0, now.organisation_out - now.organisation_charges
                     - now.organisation_income)
    return ((now.levy + now.moved + now.recharge).sum(axis=0) + own.sum(axis=0)
            + now.leadership.sum(axis=0) * salary)


def mean_workload(form):
    """Workload over people of sites not closed."""
    return (form.people * form.workload).sum(axis=0) / form.people.sum(axis=0)


def state_at_end(form, now):
    """Counts at the horizon."""
    active = now.organisation_sites > 0
    alignment = ratio(np.where(active, form.alignment, 0.0).sum(axis=0), active.sum(axis=0))
    ended = (form.status == CLOSED) | form.ever_taken_over
    employed = now.salaried_fte + now.converted_fte + now.transferred_fte
    return {
        "sites_closed": (form.status == CLOSED).sum(axis=0).astype(float),
        "sites_ended": ended.sum(axis=0).astype(float),
        "sites_continuing": (~ended & ~form.ever_caretaker).sum(axis=0).astype(float),
        "sites_taken_over": form.ever_taken_over.sum(axis=0).astype(float),
        "sites_caretaker": (form.ever_caretaker).sum(axis=0).astype(float),
        "patients_dispersed": form.patients_dispersed,
        "alignment": alignment if form.grouped else missing(form),
        "members_left": form.members_left.astype(float),
        "organisations_dissolved": form.dissolved.sum(axis=0).astype(float),
        "organisations_exited": form.organisations_exited.astype(float),
        "partner_led_sites": form.partner_led(now.partner_fte).sum(axis=0).astype(float),
        "partner_fte": now.partner_fte.sum(axis=0),
        "salaried_fte": employed.sum(axis=0),
    }
