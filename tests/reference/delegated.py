"""Who holds the delegated budget, on what terms, and whose its result is
("Capitation risk: the delegated budget", Terms to Whose result).

Money is in pounds of the price base until it is posted.
"""
from types import SimpleNamespace

import numpy as np

import draws
from claims import Claims, is_delegated
from settlement import pool_weight
from structure import CARETAKER

TERMS = ("quota", "carry_forward", "corridor_free", "corridor_share", "corridor_end", "cap")


def budgets(world):
    """What a run with a delegated budget knows from the start; None without one."""
    if not is_delegated(world.scenario):
        return None
    claims, p = Claims(world), world.parameters
    kept, ceded = claims.portfolio.expected_kept(), claims.portfolio.expected_ceded()
    return SimpleNamespace(
        claims=claims,
        premium=(1.0 + p["delegated.premium_loading"]) * ceded,  # GBP a head and year
        budget=(1.0 + p["delegated.loading"]) * (kept + ceded) * adjustment_error(world))


def adjustment_error(world):
    """By what factor a site's budget misses its people, for good; mean 1."""
    p = world.parameters
    sd, wide_sd = p["delegated.error_sd"], p["delegated.error_wide_sd"]
    wide_share = p["delegated.error_wide_share"]
    entity = world.draws.site_entity
    size = draws.normal(world.draws.at(draws.RISK_ERROR, entity, draws.ONCE, 0))
    is_wide = world.ties.less(world.draws.at(draws.RISK_ERROR, entity, draws.ONCE, 1), wide_share)
    mean = (1.0 - wide_share) * np.exp(sd**2 / 2.0) + wide_share * np.exp(wide_sd**2 / 2.0)
    return np.exp(np.where(is_wide, wide_sd, sd) * size) / mean


def corridor(x, free, share, end):
    """What a holder bears of a deviation x: all within free, a share to the end, no more."""
    far = np.abs(x)
    borne = np.minimum(far, free) + share * np.maximum(0.0, np.minimum(far, end) - free)
    return np.where(end > 0.0, np.sign(x) * borne, x)


def share_out(terms, kept, ceded, premium, budget, carried):
    """Who gains or loses what on some budgets; nothing where there is none."""
    holds = budget > 0.0
    deviation = np.where(holds, (kept + premium) / np.where(holds, budget, 1.0) - 1.0, 0.0)
    claimed = terms.quota * deviation + carried
    borne = corridor(claimed, terms.corridor_free, terms.corridor_share, terms.corridor_end)
    loss = np.where(terms.cap > 0.0, np.minimum(borne, terms.cap), borne)
    return SimpleNamespace(
        holds=holds,
        loss=np.where(holds, loss, -np.inf),  # share of the budget
        result=np.where(holds, -loss * budget, 0.0),
        insurer=premium - ceded - (1.0 - terms.quota) * deviation * budget,
        commissioner=np.where(
            holds, -budget - (terms.quota * deviation - loss) * budget, 0.0),
        carried=np.where(holds, terms.carry_forward * (claimed - borne), carried))


def levels(form):
    """Sites whose budget is their own, their organisation's, nobody's."""
    inside = form.member & (form.own.choice("delegated_level") == "organisation")
    own = np.where(form.member, form.own.choice("delegated_level") == "site",
                   form.outside.choice("delegated_level") == "site")
    own = own & form.listed() & (form.status != CARETAKER)
    return own, inside, form.listed() & ~own & ~inside


def delegated_budget(world, form, now):
    """A year's claims against the budgets that end this quarter."""
    now.delegated = SimpleNamespace(
        to_members=np.zeros_like(form.people), to_accounts=np.zeros_like(form.account),
        to_trust=np.zeros_like(form.account), commissioner=np.zeros(form.trials),
        insurer=np.zeros(form.trials), outside=np.zeros(form.trials), gross=np.zeros(form.trials),
        is_due=world.budgets is not None and now.quarter % 4 == 3)
    if now.delegated.is_due:
        settle_year(world, form, now)


def settle_year(world, form, now):
    """Draw the claims, settle each level, and send the money where it belongs."""
    kept, ceded = world.budgets.claims.year(now.quarter, form.people)
    premium, budget = world.budgets.premium * form.people, world.budgets.budget * form.people
    own, inside, nobody = levels(form)
    terms = SimpleNamespace(**{name: world.parameters[f"delegated.{name}"] for name in TERMS})
    only = lambda which: [np.where(which, x, 0.0) for x in (kept, ceded, premium, budget)]
    sites = share_out(terms, *only(own), form.site_carried)
    organisations = share_out(terms, *map(form.by_organisation, only(inside)),
                              form.organisation_carried)
    form.site_carried, form.organisation_carried = sites.carried, organisations.carried
    post_to_holders(world, form, now, sites, organisations)
    prices, year = world.drivers.index["prices"][now.quarter], now.delegated
    unheld = np.where(nobody, kept + ceded, 0.0).sum(axis=0)
    both = lambda name: sum(getattr(x, name).sum(axis=0) for x in (sites, organisations))
    year.commissioner = (both("commissioner") - unheld) * prices
    year.insurer = both("insurer") * prices
    year.outside = (kept + ceded).sum(axis=0) * prices
    year.gross = (kept + ceded + premium + budget).sum(axis=0) * prices
    year.result = both("result")
    year.held = sites.holds.any(axis=0) | organisations.holds.any(axis=0)
    year.worst = np.maximum(sites.loss.max(axis=0), organisations.loss.max(axis=0))


def post_to_holders(world, form, now, sites, organisations):
    """A site's result is part of its residual; an organisation's goes to who owns it."""
    prices = world.drivers.index["prices"][now.quarter]
    now.residual = now.residual + sites.result * prices
    result = organisations.result * prices
    owner = form.own.choice("pool_owner")
    if owner == "trust":
        now.delegated.to_trust = result
    elif owner == "company" and form.grouped:
        now.delegated.to_accounts = result
    else:  # where there is no account, the member itself
        now.delegated.to_members = form.spread(result, pool_weight(form, now))
