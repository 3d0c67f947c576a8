"""Would its own partners gain by joining?"""

import math

from . import svg, words
from .metrics import Metric
from .page import missing, name_of, table
from .read import words_of
from .words import text

MONEY = Metric("money", 1, "", "", 1e3, "£", "k", "£k", 0)
LIMIT = 3.0
CLASSES = [(-math.inf, "#4A1152", "loses over 25%"), (-25, "#8C4A95", "10 to 25%"), (-10, "#C7A3CD", "5 to 10%"),
           (-5, "#EADCEE", "0 to 5%"), (0, "#BFE3C6", "gains up to 5%"), (5, "#1B7837", "gains more")]


def _measure(result):
    return next((name for name in ("todays_partners", "todays_gps") if result.has(f"sites/{name}_difference")), None)


def _class_of(share):
    return [c for c in CLASSES if share >= c[0]][-1]


def _practices(result, measure, form):
    base = result.values(f"sites/{measure}")[result.reference.index]
    change = result.values(f"sites/{measure}_difference")[form.index]
    error = result.values(f"sites/{measure}_difference_se")[form.index]
    path = f"sites/{measure}_difference_p_positive"
    gains = result.values(path)[form.index] if result.has(path) else [math.nan] * len(base)
    for i, (b, c, e, gain) in enumerate(zip(base, change, error, gains)):
        known = not math.isnan(c) and abs(c) > LIMIT * e
        yield i, float(c), float(e), 100 * float(c) / float(b) if b else math.nan, known, float(gain)


def _gains(share):
    """How often a practice's own gain; nothing where the file does not say."""
    return "" if math.isnan(share) else f", gain in {words.odds(share)}"


def _square(practice, code, largest, people):
    i, change, _, share, known, gain = practice
    side = 12 + 24 * math.sqrt(people[i] / largest)
    colour = _class_of(share)[1] if known and not math.isnan(share) else "#FFFFFF"
    sign = ("+" if change > 0 else words.MINUS) if known else "?"
    ink = "#fff" if svg.dark(colour) else svg.INK
    label = f"{code}: {words.figure(MONEY, change, sign=True)}, {words.plain(share, 0, True)}%{_gains(gain)}"
    return (f'<svg width="{side + 1:.1f}" height="{side + 1:.1f}" role="img" aria-label="{text(label)}" data-list="{people[i]!r}">'
            f'<title>{text(label)}</title><rect x="0.5" y="0.5" width="{side:.1f}" height="{side:.1f}" fill="{colour}" stroke="#505A5F"/>'
            f'<text x="50%" y="50%" dy="4" text-anchor="middle" fill="{ink}">{sign}</text></svg>')


def _map(form, practices, codes, networks, people):
    groups, largest = {}, max(people)
    for practice in practices:
        groups.setdefault(networks[practice[0]] or "none", []).append(practice)
    gain = sum(p[4] and p[1] > 0 for p in practices)
    lose = sum(p[4] and p[1] < 0 for p in practices)
    boxes = "".join(f'<div class="network"><p>{text(name)} <span class="soft">'
                    f'{words.short(sum(people[p[0]] for p in members))}</span></p><div class="squares">'
                    + "".join(_square(p, codes[p[0]], largest, people) for p in
                              sorted(members, key=lambda p: -people[p[0]])) + "</div></div>"
                    for name, members in sorted(groups.items()))
    return (f'<div data-form="{form.index}"><p class="panel-head">{name_of(form)} <span class="soft">{gain} gain, {lose} '
            f'lose, {len(practices) - gain - lose} not resolved</span></p><div class="networks">{boxes}</div></div>')


def build(result, numbering):
    """A square a practice, by network; and the table of practices."""
    measure = _measure(result)
    if measure is None or not result.others:
        return missing("Winners and losers", "what each practice's partners gain or lose.",
                       ["headroom run SCENARIO with two forms or more"])
    codes = words_of(result.file["site"])
    networks = words_of(result.file["inputs/practices/network"])
    people = [float(v) for v in result.file["inputs/practices/list"][()]]
    of = {form: list(_practices(result, measure, form)) for form in result.others}
    maps = "".join(_map(form, practices, codes, networks, people) for form, practices in of.items())
    key = '<p class="key-line">' + "".join(
        f'<span><svg class="key" width="14" height="14" aria-hidden="true"><rect width="14" height="14" fill="{colour}" '
        f'stroke="#505A5F"/></svg> {text(name)}</span>' for _, colour, name in CLASSES) + "<span>? not resolved</span></p>"
    rows = [[codes[i], networks[i], words.plain(people[i], 0)] + [
        f"{words.figure(MONEY, of[form][i][1], of[form][i][2], True)} {words.spread(MONEY, of[form][i][2])}{_gains(of[form][i][5])}"
        for form in result.others] for i in range(len(codes))]
    counted = "; ".join(f"{form.label}: {sum(p[4] and p[1] > 0 for p in of[form])} gain, "
                        f"{sum(p[4] and p[1] < 0 for p in of[form])} lose" for form in result.others)
    who = "partners" if measure == "todays_partners" else "GPs"
    return numbering.figure(f"Would its own {who} gain by joining? {counted} (of {len(codes)})",
                            f"Change in the income of today's {who} against {result.reference.label}, each practice a square "
                            "sized by its list, grouped by network; if all join", key + maps,
                            table(["Practice", "Network", "List"] + [f"{form.label}, £k" for form in result.others], rows,
                                  f"Change in the income of today's {who}, present value"))
