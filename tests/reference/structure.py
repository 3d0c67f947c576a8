"""What earlier decisions do to sites and organisations ("Distress and hand-back",
"Joining and leaving").

Order: hand-backs due and organisation exits as one set, dissolutions, member exits,
joins. Lists and organisations are then fixed for the quarter.
"""
import numpy as np

import draws
from posts import CONVERTED, TRANSFERRED

OPEN, TAKEN_OVER, CARETAKER, CLOSED = range(4)
TAKEOVER, DISPERSAL, TO_CARETAKER = range(1, 4)


def change_structure(world, form, now):
    """Everything that takes effect at the start of the quarter."""
    remember_partners(form, now)
    now.released = np.zeros_like(form.people)
    now.windup = np.zeros_like(form.people)
    now.endings = np.zeros_like(form.people)
    now.was_member = form.member.copy()
    if now.quarter > 0:
        form.people = form.people * (1.0 + world.drivers.list_growth[now.quarter]) ** 0.25
        close_sites(world, form, now)
        dissolve(form)
        leave_organisations(form)
    join(world, form, now)
    form.wanted = wanted_posts(world, form)


def wanted_posts(world, form):
    """Posts that the list calls for; never fewer than are held, nor more than there is room."""
    practices = world.practices
    size = form.people / practices.list_start[:, None]
    called_for = world.ties.floor(world.wanted_exact * size + world.wanted_rounding)
    most = np.minimum(practices.slots[:, None], called_for)
    return np.where(form.listed(), np.maximum(form.posts.count(form.posts.filled()), most), 0.0)


def remember_partners(form, now):
    """Partners in post at the end of the quarter before: they own the reserve."""
    partners = form.posts.partners()
    now.former_fte = form.posts.fte_of(partners)
    now.former_incumbent_fte = form.posts.fte_of(partners & form.posts.incumbent)


def route_of(world, uniform, where):
    """Takeover, dispersal or caretaker from one uniform."""
    p = world.parameters
    takeover = p["distress.takeover_share"]
    dispersal = takeover + (1.0 - takeover) * p["distress.dispersal_share"]
    first = world.ties.less(uniform, takeover, where)
    second = world.ties.less(uniform, dispersal, where)
    return np.where(first, TAKEOVER, np.where(second, DISPERSAL, TO_CARETAKER))


def close_sites(world, form, now):
    """Takeovers, caretakers and dispersals of this quarter."""
    due = form.open() & (form.notice_due == now.quarter)
    leaving = form.open() & form.member & form.exit_due
    closing = due | leaving
    route = np.where(leaving, form.exit_route, form.notice_route)
    form.organisations_exited += form.exit_pending.sum(axis=0)
    form.exit_pending = np.zeros_like(form.exit_pending)
    practices = world.practices
    successor = practices.by_network(form.partner_led(now.former_fte) & ~closing)
    successor = (successor > 0)[practices.network]
    orphaned = (form.status == TAKEN_OVER) & ~successor
    taken = closing & (route == TAKEOVER) & successor
    dispersed = closing & (route == DISPERSAL)
    dispersed &= practices.by_area(form.listed() & ~dispersed) > 0
    ended = closing & ~taken
    now.windup = np.where(ended, windup_cost(world, form, now), 0.0)
    now.endings = ended.astype(float)
    release_reserve(form, now, closing)
    form.posts.change_partners(closing, TRANSFERRED)
    form.posts.end(dispersed)
    form.status = np.where(taken, TAKEN_OVER, form.status)
    form.status = np.where((ended & ~dispersed) | orphaned, CARETAKER, form.status)
    disperse(world, form, dispersed)
    form.member &= ~closing
    form.notice_due = np.where(due | leaving, -1, form.notice_due)
    form.ever_taken_over |= taken
    form.ever_caretaker |= (form.status == CARETAKER) & ~form.ever_taken_over


def windup_cost(world, form, now):
    """Lease years and redundancy of a site, GBP."""
    prices = world.drivers.index["prices"][now.quarter]
    return world.parameters["distress.windup_cost"] * world.windup_factor * form.people * prices


def release_reserve(form, now, sites):
    """The practice reserve of some sites leaves the books."""
    now.released = now.released + np.where(sites, form.reserve, 0.0)
    form.reserve = np.where(sites, 0.0, form.reserve)


def disperse(world, form, dispersed):
    """Lists of closing sites go to open sites of the network, else of the area."""
    practices = world.practices
    weight = form.people / np.maximum(0.5, form.workload)
    weight = np.where(form.listed() & ~dispersed, weight, 0.0)
    moved = np.where(dispersed, form.people, 0.0)
    by_network, network_weight = practices.by_network(moved), practices.by_network(weight)
    local = network_weight > 0.0
    share = np.where(local, by_network, 0.0) / np.where(local, network_weight, 1.0)
    everywhere = practices.by_area(np.where(local[practices.network], 0.0, moved))
    area_weight = practices.by_area(weight)
    area_share = everywhere / np.where(area_weight > 0.0, area_weight, 1.0)
    gained = weight * (share[practices.network] + area_share)
    form.people = np.where(dispersed, 0.0, form.people + gained)
    form.status = np.where(dispersed, CLOSED, form.status)
    form.patients_dispersed += moved.sum(axis=0)


def dissolve(form):
    """Organisations that failed last quarter let their members go."""
    leavers = form.member & form.dissolving[form.organisation]
    form.members_left += leavers.sum(axis=0)
    form.member &= ~leavers
    form.dissolved |= form.dissolving
    form.alignment = np.where(form.dissolving, 0.0, form.alignment)
    form.dissolving = np.zeros_like(form.dissolving)


def leave_organisations(form):
    """Members that decided to leave."""
    leavers = form.member & form.leaving
    form.members_left += leavers.sum(axis=0)
    form.member &= ~leavers


def due_to_join(world, form, now):
    """Sites that join now."""
    rule = form.own.choice("join_rule")
    if now.quarter > 0:
        return form.joining & form.open() & ~form.dissolved[form.organisation]
    if rule == "all":
        return np.ones_like(form.member)
    if rule == "share":
        uniform = world.draws.site(draws.PARTICIPATION, draws.ONCE)
        return world.ties.less(uniform, form.own["participation"])
    return np.zeros_like(form.member)


def join(world, form, now):
    """New members; a form that converts partners holds their site from here on."""
    joins = due_to_join(world, form, now)
    form.member |= joins
    form.ever_member |= joins
    form.joined = np.where(joins, now.quarter, form.joined)
    form.window_start = np.where(joins, now.quarter, form.window_start)
    if form.converts:
        release_reserve(form, now, joins)
        form.posts.change_partners(joins, CONVERTED)
