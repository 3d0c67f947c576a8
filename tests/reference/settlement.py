"""Who gets the residual and who bears the loss ("Settlement and the ledger").

Money in GBP, nominal, by site or by organisation. Every change of a bearer is
posted to now.bearer; what leaves to, or comes from, outside to now.outside.
"""
import numpy as np

import draws
from structure import CARETAKER, TAKEN_OVER

BEARERS = ("partners", "reserves", "organisation", "owners", "creditors", "trust",
           "commissioner", "insurer")
WEEKS = 52.0


def settle(world, form, now):
    """The eight steps of settlement, in order."""
    now.bearer = {name: np.zeros(form.trials) for name in BEARERS}
    now.partner_cost = np.zeros(form.trials)  # pay-ins, shared losses, wind-ups
    now.incumbents_by_site = np.zeros_like(form.people)  # what today's GPs get as partners
    flow_from_commissioner(world, form, now)
    flow_of_budgets(now)
    divide_residual(world, form, now)
    keep_accounts(world, form, now)
    draw_profit(world, form, now)
    place_losses(world, form, now)
    release_to_partners(form, now)
    pay_setup(form, now)
    relations_and_system(world, form, now)
    count_stocks(form, now)
    flow_to_outside(form, now)


def post(now, bearer, amount):
    """Add an amount to a bearer; sites and organisations are summed."""
    now.bearer[bearer] += amount if np.ndim(amount) == 1 else amount.sum(axis=0)


def post_partners(now, amount, fte, incumbent_fte):
    """Money to (or, negative, from) a site's partners by fte; today's GPs get their part."""
    post(now, "partners", amount)
    share = np.where(fte > 0.0, incumbent_fte / np.where(fte > 0.0, fte, 1.0), 0.0)
    now.incumbents_by_site += amount * share


def to_partners_in_post(now, amount):
    """Money to the partners in post this quarter."""
    post_partners(now, amount, now.partner_fte, now.incumbent_partner_fte)


def flow_from_commissioner(world, form, now):
    """Contract, relief, premium; the residual of caretaker sites is the commissioner's."""
    caretaker = form.status == CARETAKER
    now.premium = np.where(
        caretaker, world.parameters["distress.caretaker_premium"] * now.core, 0.0)
    kept = np.where(caretaker, now.residual, 0.0)
    post(now, "commissioner", kept - now.core - now.relief - now.premium)


def flow_of_budgets(now):
    """What delegated budgets cost the commissioner, the insurer and a trust."""
    post(now, "commissioner", now.delegated.commissioner)
    post(now, "insurer", now.delegated.insurer)
    post(now, "trust", now.delegated.to_trust)


def divide_residual(world, form, now):
    """Pool, share, and what taken-over sites leave to their successors."""
    terms, member = form.own, form.member
    owner = terms.choice("pool_owner")
    now.pooled = np.zeros_like(form.people)
    now.pool_share = np.zeros_like(form.people)
    if owner == "trust":
        now.to_trust = np.where(member, now.residual, 0.0)
        post(now, "trust", now.to_trust)
    else:
        now.to_trust = np.zeros_like(form.people)
    if owner != "trust" and form.grouped:
        stake = now.residual
        if terms.choice("pool_basis") == "deviation":
            stake = stake - plan(world, form, now)
        now.pooled = np.where(member, terms["pooled_share"] * stake, 0.0)
    if owner == "partners" and form.grouped:
        now.pool_share = form.spread(form.by_organisation(now.pooled), pool_weight(form, now))
    now.kept = np.where(form.open(), now.residual - now.pooled - now.to_trust, 0.0)
    share_taken_over(world, form, now)


def plan(world, form, now):
    """Residual each site was to make, for its partners now or its list."""
    contract = world.drivers.index["contract"][now.quarter]
    start_fte = world.practices.partner_fte[:, None]
    led = start_fte > 0.0
    size = np.where(led, now.partner_fte / np.where(led, start_fte, 1.0),
                    form.people / world.practices.list_start[:, None])
    return world.opening.residual * size * contract


def pool_weight(form, now):
    """Members' partner fte; where an organisation has none, lists."""
    fte = np.where(form.member, now.partner_fte, 0.0)
    some = (form.by_organisation(fte) > 0.0)[form.organisation]
    return np.where(some, fte, np.where(form.member, form.people, 0.0))


def share_taken_over(world, form, now):
    """Residual of taken-over sites to their network's partner-led sites by fte."""
    practices = world.practices
    left = practices.by_network(np.where(form.status == TAKEN_OVER, now.residual, 0.0))
    weight = np.where(form.partner_led(now.partner_fte), now.partner_fte, 0.0)
    total = practices.by_network(weight)
    led = total > 0.0
    rate = np.where(led, left, 0.0) / np.where(led, total, 1.0)
    now.taken_share = weight * rate[practices.network]
    post(now, "commissioner", np.where(led, 0.0, left))


def keep_accounts(world, form, now):
    """Accounts of organisations: opening reserve, result, calls, surplus."""
    now.account_before = form.account.copy()
    now.call = np.zeros_like(form.people)
    now.surplus = np.zeros_like(form.people)
    now.account_result = np.zeros_like(form.account)
    now.organisation_out = np.zeros_like(form.account)
    now.organisation_charges = np.zeros_like(form.account)
    now.organisation_income = np.zeros_like(form.account)
    if not form.grouped:
        return
    add_opening_reserve(world, form, now)
    organisation_result(world, form, now)
    form.account = form.account + now.account_result
    call_members(world, form, now)
    return_surplus(world, form, now)


def add_opening_reserve(world, form, now):
    """Whoever gets the surplus pays the opening reserve of a joining site."""
    prices = world.drivers.index["prices"][now.quarter]
    joins = form.member & (form.joined == now.quarter)
    paid = np.where(joins, form.own["org_reserve"] * form.people * prices, 0.0)
    form.account = form.account + form.by_organisation(paid)
    by_partners = (now.partner_fte > 0.0) & (form.own.choice("surplus_to") == "members")
    to_partners_in_post(now, np.where(by_partners, -paid, 0.0))
    post(now, "owners", np.where(by_partners, 0.0, -paid))


def organisation_result(world, form, now):
    """Charges, bought services and own cost of each organisation, and its pool."""
    terms, index, q = form.own, world.drivers.index, now.quarter
    charges = form.by_organisation(np.where(form.member, now.levy, 0.0))
    sd = terms["org_cost_sd"]
    uniform = world.draws.at(draws.ORGANISATION_COST, form.organisation_entity, q)
    noise = np.exp(sd * draws.normal(uniform) - sd**2 / 2.0)
    own_cost = terms["org_cost"] * now.organisation_people / 4.0 * index["prices"][q] * noise
    now.organisation_charges = charges
    now.organisation_out = np.where(terms["org_cost"] > 0.0, own_cost, charges)
    now.organisation_income = (terms["org_income"] * now.organisation_people / 4.0
                               * index["contract"][q])
    post(now, "commissioner", -now.organisation_income)
    now.account_result = (charges - now.organisation_out) + now.organisation_income
    if terms.choice("pool_owner") == "company":
        now.account_result = now.account_result + form.by_organisation(now.pooled)
    now.account_result = now.account_result + now.delegated.to_accounts


def per_person(amount, people):
    """Amount per person, 0 where there is nobody."""
    return np.where(people > 0.0, amount / np.where(people > 0.0, people, 1.0), 0.0)


def call_members(world, form, now):
    """An overdrawn account calls on its owners or members, to a cap; creditors bear the rest."""
    people = now.organisation_people
    need = np.maximum(0.0, -form.account)
    cap = form.own["call_cap"] * world.drivers.index["prices"][now.quarter] / 4.0
    each = per_person(need, people)
    form.dissolving = world.ties.less(cap, each, need > 0.0)
    each = np.minimum(each, cap)
    post(now, "creditors", np.where(form.dissolving, each * people - need, 0.0))
    form.account = np.where(need > 0.0, 0.0, form.account)
    if form.own.choice("surplus_to") == "members":
        now.call = np.where(form.member, each[form.organisation] * form.people, 0.0)
    else:
        post(now, "owners", np.where(form.dissolving, -each * people, -need))


def return_surplus(world, form, now):
    """What an account holds above its ceiling goes back."""
    people = now.organisation_people
    prices = world.drivers.index["prices"][now.quarter]
    excess = np.maximum(0.0, form.account - form.own["org_reserve_max"] * prices * people)
    form.account = form.account - excess
    to_members = (people > 0.0) & (form.own.choice("surplus_to") == "members")
    each = per_person(np.where(to_members, excess, 0.0), people)
    now.surplus = np.where(form.member, each[form.organisation] * form.people, 0.0)
    post(now, "owners", np.where(to_members, 0.0, excess))


def draw_profit(world, form, now):
    """Site profit fills the reserve and is drawn; a loss takes the reserve first."""
    now.profit = np.where(form.open(), now.kept + now.pool_share - now.call + now.surplus
                          + now.taken_share + now.delegated.to_members, 0.0)
    led = form.open() & (now.partner_fte > 0.0)
    now.ownerless_profit = np.where(form.open() & ~led, now.profit, 0.0)
    trust = form.own.choice("pool_owner") == "trust"
    trusts = form.member & trust
    post(now, "trust", np.where(trusts, now.ownerless_profit, 0.0))
    post(now, "owners", np.where(trusts, 0.0, now.ownerless_profit))
    form.cost_history.append(now.cost)
    yearly = sum(form.cost_history[-4:]) if now.quarter >= 3 else 4.0 * now.cost
    target = world.parameters["money.reserve_weeks"] / WEEKS * yearly
    gain = np.where(led, np.maximum(0.0, now.profit), 0.0)
    kept = np.minimum(gain, np.maximum(0.0, target - form.reserve))
    loss = np.where(led, np.maximum(0.0, -now.profit), 0.0)
    from_reserve = np.minimum(loss, form.reserve)
    form.reserve = form.reserve + kept - from_reserve
    now.unmet_loss = loss - from_reserve
    to_partners_in_post(now, gain - kept)


def place_losses(world, form, now):
    """Losses beyond reserves, and wind-ups beyond released reserves, on the liable."""
    covered = np.minimum(now.released, now.windup)
    now.released_rest = now.released - covered
    place_joint(form, now, now.unmet_loss, now.windup - covered)
    place_limited(form, now, now.unmet_loss, now.windup - covered)
    for amount, member, windup in ((now.unmet_loss, form.member, False),
                                   (now.windup - covered, now.was_member, True)):
        post(now, "trust", -np.where(form.liable("public", member), amount, 0.0))
        own = np.where(form.liable("unlimited", member), amount, 0.0)
        charge_own_partners(now, own, windup)


def charge_own_partners(now, amount, windup):
    """Own partners pay in; of a wound-up site its former partners, or the owners."""
    if windup:
        fte, incumbent = now.former_fte, now.former_incumbent_fte
    else:
        fte, incumbent = now.partner_fte, now.incumbent_partner_fte
    by_partners = np.where(fte > 0.0, amount, 0.0)
    post_partners(now, -by_partners, fte, incumbent)
    now.partner_cost += by_partners.sum(axis=0)
    post(now, "owners", by_partners - amount)


def place_joint(form, now, loss, windup):
    """All partners of an organisation share losses and wind-ups by fte, in one step."""
    joint_loss = np.where(form.liable("joint", form.member), loss, 0.0)
    joint_windup = np.where(form.liable("joint", now.was_member), windup, 0.0)
    fte = np.where(form.member, now.partner_fte, 0.0)
    some = (form.by_organisation(fte) > 0.0)[form.organisation]
    now.joint_share = form.spread(form.by_organisation(joint_loss), fte)
    windup_share = form.spread(form.by_organisation(joint_windup), fte)
    to_partners_in_post(now, -(now.joint_share + windup_share))
    now.partner_cost += (now.joint_share + windup_share).sum(axis=0)
    charge_own_partners(now, np.where(some, 0.0, joint_windup), True)
    led = form.open() & (now.partner_fte > 0.0)
    now.counted_profit = np.where(led, now.profit + joint_loss - now.joint_share, 0.0)


def place_limited(form, now, loss, windup):
    """The organisation's account pays to nothing, then creditors."""
    amount = (np.where(form.liable("limited", form.member), loss, 0.0)
              + np.where(form.liable("limited", now.was_member), windup, 0.0))
    own_limited = form.own.choice("liability") == "limited"
    inside = (np.where(form.member & own_limited, loss, 0.0)
              + np.where(now.was_member & own_limited, windup, 0.0))
    claims = form.by_organisation(inside)
    paid = np.minimum(claims, form.account) if form.grouped else np.zeros_like(claims)
    form.account = form.account - paid
    post(now, "creditors", paid - claims)
    post(now, "creditors", inside - amount)


def release_to_partners(form, now):
    """What released reserves leave after wind-up goes to the partners of the quarter before."""
    post_partners(now, now.released_rest, now.former_fte, now.former_incumbent_fte)


def pay_setup(form, now):
    """Set-up paid by others than partners."""
    payer = form.own.choice("setup_payer")
    if payer != "partners":
        post(now, payer, -now.setup)


def relations_and_system(world, form, now):
    """Commissioner's relationships, and what members save the hospital."""
    p, terms = world.parameters, form.own
    prices = world.drivers.index["prices"][now.quarter]
    outside = form.open() & ~form.member | (form.status == CARETAKER)
    now.relationships = (now.organisation_sites > 0).sum(axis=0) + outside.sum(axis=0)
    now.relations_cost = now.relationships * p["relations.cost"] * prices / 4.0
    post(now, "commissioner", -now.relations_cost)
    saved = ((1.0 - terms["admissions_irr"]) * p["system.admission_rate"]
             * p["system.admission_cost"]
             + (1.0 - terms["ed_irr"]) * p["system.ed_rate"] * p["system.ed_cost"])
    effect = np.where(form.member, form.people / 4.0 * prices * now.ramp * saved, 0.0)
    now.system_effect = effect.sum(axis=0)
    post(now, terms.choice("benefit_to"), now.system_effect)


def count_stocks(form, now):
    """Reserves and accounts change by what their stocks changed."""
    post(now, "reserves", form.reserve - now.reserve_before)
    post(now, "organisation", form.account - now.account_before)


def flow_to_outside(form, now):
    """Net flow to staff, locums, suppliers and the hospital, from the cost side."""
    to_outside = np.where(form.member & form.grouped, 0.0, now.levy)
    now.outside = ((now.non_gp + now.salaried_cost + now.locum_cost + now.moved + now.recharge
                    + now.setup
                    + to_outside + now.premium + now.windup).sum(axis=0)
                   + now.organisation_out.sum(axis=0)
                   + now.relations_cost - now.system_effect + now.delegated.outside)
    now.gross = gross_flows(now, to_outside)


def gross_flows(now, to_outside):
    """All that was paid in the quarter, whoever to: the scale of an imbalance."""
    sites = (np.abs(now.core + now.relief)
             + np.abs(now.non_gp + now.salaried_cost + now.locum_cost)
             + np.abs(now.recharge + to_outside) + np.abs(now.moved)
             + np.abs(now.setup) + np.abs(now.premium) + np.abs(now.windup))
    organisations = np.abs(now.organisation_out) + np.abs(now.organisation_income)
    return (sites.sum(axis=0) + organisations.sum(axis=0) + now.relations_cost
            + np.abs(now.system_effect) + now.delegated.gross)


def close_books(world, form, now, accrued):
    """At the horizon: wind-ups accrued, then accounts and reserves to their owners."""
    now.account_before = form.account.copy()
    now.reserve_before = form.reserve.copy()
    now.was_member, now.former_fte = form.member, now.partner_fte
    now.former_incumbent_fte = now.incumbent_partner_fte
    now.windup, now.unmet_loss = accrued, np.zeros_like(accrued)
    now.released = np.minimum(form.reserve, accrued)
    form.reserve = form.reserve - now.released
    profit = now.counted_profit
    place_losses(world, form, now)
    now.counted_profit = profit
    distribute_accounts(form, now)
    to_partners_in_post(now, form.reserve)
    form.reserve = np.zeros_like(form.reserve)
    count_stocks(form, now)
    now.outside = now.outside + accrued.sum(axis=0)
    now.gross = now.gross + accrued.sum(axis=0)


def distribute_accounts(form, now):
    """A company's account goes to members' partners by list, or to its owners."""
    each = per_person(form.account, now.organisation_people)[form.organisation]
    share = np.where(form.member, each * form.people, 0.0)
    by_partners = (now.partner_fte > 0.0) & (form.own.choice("surplus_to") == "members")
    share = np.where(by_partners, share, 0.0)
    to_partners_in_post(now, share)
    post(now, "owners", form.account.sum(axis=0) - share.sum(axis=0))
    form.account = np.zeros_like(form.account)
