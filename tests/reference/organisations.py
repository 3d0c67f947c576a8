"""Which sites a form groups together ("Terms of a form").

The grouping is made once from start lists and never changes; who is a member of
it changes.
"""
import numpy as np


def group_sites(practices, group_by, target):
    """Number of the organisation of each site, in order of the lowest-coded site."""
    if group_by == "site":
        labels = list(range(practices.sites))
    elif target > 0:
        labels = [None] * practices.sites
        for area in range(practices.areas):
            walk(practices, target, area, labels)
    elif group_by == "network":
        labels = list(practices.network)
    else:
        labels = list(practices.area_number)
    first_seen = {}
    return np.array([first_seen.setdefault(label, len(first_seen)) for label in labels])


def walk(practices, target, area, labels):
    """Walk an area's sites by (network, code), adding the next while that comes nearer the
    target."""
    groups, people = [], 0.0
    for site in (site for site in practices.walk_order if practices.area_number[site] == area):
        size = practices.list_start[site]
        if groups and abs(people + size - target) < abs(people - target):
            groups[-1].append(site)
            people += size
        else:
            groups.append([site])
            people = size
    if len(groups) > 1 and people < target / 2.0:
        last = groups.pop()
        groups[-1] += last
    for site in np.flatnonzero(practices.area_number == area):
        labels[site] = ("alone", site)
    for number, group in enumerate(groups):
        for site in group:
            labels[site] = (area, number)
