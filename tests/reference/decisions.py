"""What sites and organisations decide from their trailing year, and alignment
("Distress and hand-back", "Joining and leaving", "Alignment").

Figures are real. A decision takes effect in the next quarter at the earliest.
"""
import numpy as np

import draws
from structure import route_of

LEAST_FTE = 0.25
USUAL_LIST = 7000.0  # of which ending_rate is said
YEAR = 4  # quarters


def decide(world, form, now):
    """Trailing-year figures, then distress, notices, joins, exits, hiring freezes."""
    record(world, form, now)
    form.figure, fte = trailing_profit(form, now)
    now.figure_exists = now.quarter - form.window_start + 1 >= YEAR
    form.frozen = freeze(world, form, now)
    distressed = find_distressed(world, form, now)
    form.joining = decide_joins(world, form, now, distressed)
    give_notice(world, form, now, distressed)
    organisations_exit(world, form, now)


def record(world, form, now):
    """Keep the quarter's figures for the trailing year."""
    prices = world.drivers.index["prices"][now.quarter]
    form.profit_history.append(now.counted_profit / prices)
    form.fte_history.append(now.partner_fte)
    form.residual_history.append(np.where(form.listed(), now.residual, 0.0) / prices)
    burden = [now.levy, now.moved, now.pooled, -now.pool_share, now.call, -now.saving, -now.surplus]
    form.burden_history.append(np.where(form.member, sum(burden), 0.0) / prices)
    form.burden_size.append(np.where(form.member, sum(map(np.abs, burden)), 0.0) / prices)
    held_profit = form.by_organisation(np.where(form.member, now.ownerless_profit, 0.0))
    if form.own.choice("pool_owner") == "trust":
        result = form.by_organisation(now.to_trust) + now.delegated.to_trust
    else:
        result = now.account_result + held_profit
    form.result_history.append(result / prices)
    form.people_history.append(now.organisation_people)
    now.without_partner = now.partner_fte == 0.0
    form.had_partner |= ~now.without_partner


def within_window(form, now, history):
    """Sum of a site's last four quarters that its window holds."""
    total = np.zeros_like(form.people)
    for quarter in range(max(0, now.quarter - YEAR + 1), now.quarter + 1):
        total = total + np.where(quarter >= form.window_start, history[quarter], 0.0)
    return total


def trailing_profit(form, now):
    """Counted profit per partner fte of the trailing year, and that mean fte."""
    quarters = np.minimum(YEAR, now.quarter - form.window_start + 1)
    fte = np.maximum(LEAST_FTE, within_window(form, now, form.fte_history) / quarters)
    return within_window(form, now, form.profit_history) / fte, fte


def freeze(world, form, now):
    """Sites too poor to recruit."""
    judged = form.partner_run() & now.figure_exists & ~now.without_partner
    return world.ties.less(form.figure, world.parameters["workforce.freeze_income"], judged)


def find_distressed(world, form, now):
    """Poor sites, and sites that have lost their last partner."""
    judged = form.partner_run() & now.figure_exists & ~form.in_notice()
    poor = world.ties.less(form.figure, world.parameters["distress.income"],
                           judged & ~now.without_partner)
    held = form.held()
    deserted = (judged & now.without_partner & form.was_without_partner & form.had_partner
                & ~held & ~form.was_held)
    form.was_without_partner, form.was_held = now.without_partner, held
    return poor | deserted


def decide_joins(world, form, now, distressed):
    """Sites outside that will join next quarter."""
    rule = form.own.choice("join_rule")
    free = ~form.ever_member & ~(form.dissolved | form.dissolving)[form.organisation]
    if rule == "distressed_only":
        return distressed & free
    if rule == "voluntary":
        judged = (form.open() & now.figure_exists & ~form.in_notice() & ~now.without_partner
                  & free)
        return world.ties.less(form.figure, form.own["join_below"], judged)
    return np.zeros_like(form.member)


def ending_rate(world, form, now):
    """Rate at which a site ends without distress: the smaller, the oftener."""
    p = world.parameters
    patients = np.where(form.listed(), form.people, USUAL_LIST)
    return (now.term("ending_factor") * p["distress.ending_rate"]
            * world.drivers.ending_year[now.quarter] * world.ending_area
            * (patients / USUAL_LIST) ** -p["distress.ending_size"])


def give_notice(world, form, now, distressed):
    """A site may end, the oftener in distress; the route is drawn at once."""
    q, p = now.quarter, world.parameters
    rate = ending_rate(world, form, now) + np.where(distressed, p["distress.handback_rate"], 0.0)
    free = form.open() & ~form.held() & ~form.in_notice() & ~form.joining
    gives = world.ties.happens(world.draws.site(draws.NOTICE, q), rate, free)
    notice = int(world.scenario.choices["distress.notice"])
    length = np.where(now.partner_posts == 1.0, min(1, notice), notice)
    form.notice_due = np.where(gives, q + 1 + length, form.notice_due)
    route = route_of(world, route_draw(world, q), gives)
    form.notice_route = np.where(gives, route, form.notice_route)


def route_draw(world, quarter):
    """The uniforms of the routes that notices of a quarter take."""
    return draws.lowest(world.draws.site_word(draws.NOTICE, quarter), 32)


def organisations_exit(world, form, now):
    """A trust or company that loses too much leaves; its members in deficit are handed back."""
    form.exit_due = np.zeros_like(form.member)
    if form.own.choice("pool_owner") == "partners" or now.quarter < YEAR - 1:
        return
    people = sum(form.people_history[-YEAR:]) / YEAR
    loss = -sum(form.result_history[-YEAR:])
    judged = (now.organisation_sites > 0) & (people > 0.0) & ~form.has_exited
    each = loss / np.where(people > 0.0, people, 1.0)
    beyond = world.ties.less(form.own["subsidy_tolerance"], each, judged)
    uniform = world.draws.at(draws.ORGANISATION_EXIT, form.organisation_entity, now.quarter)
    exits = world.ties.happens(uniform, form.own["exit_rate"], beyond)
    form.has_exited |= exits
    form.exit_pending = exits
    deficit = within_window(form, now, form.residual_history)
    size = within_window(form, now, [np.abs(r) for r in form.residual_history])
    members = form.member & exits[form.organisation]
    form.exit_due = world.ties.less(deficit, 0.0, members, scale=size)
    form.exit_route = route_of(world, route_draw(world, now.quarter), form.exit_due)


def align(world, form, now):
    """Trust between members and their organisation moves; the resentful may leave."""
    terms = form.own
    fte = trailing_profit(form, now)[1]
    led = form.member & (now.partner_fte > 0.0)
    burden = np.where(led, within_window(form, now, form.burden_history) / fte, 0.0)
    size = np.where(led, within_window(form, now, form.burden_size) / fte, 0.0)
    members_led = form.by_organisation(led.astype(float))
    mean = form.by_organisation(burden) / np.maximum(1.0, members_led)
    sites = now.organisation_sites
    closeness = 1.0 / (1.0 + (np.log(np.maximum(1.0, sites)) / terms["distance"]) ** 2)
    target = closeness / (1.0 + np.maximum(0.0, mean) / terms["resent_scale"])
    step = (target - form.alignment) * (1.0 - np.exp(-terms["alignment_speed"] / 4.0))
    form.alignment = form.alignment + np.where(sites > 0, step, 0.0)
    if not form.grouped:
        return
    rate = terms["member_exit_rate"] * (1.0 - form.alignment[form.organisation])
    resentful = world.ties.less(0.0, burden, led & now.figure_exists, scale=size)
    uniform = world.draws.site(draws.NOTICE, now.quarter, draws.MEMBER_EXIT_INDEX)
    form.leaving = world.ties.happens(uniform, rate, resentful)
