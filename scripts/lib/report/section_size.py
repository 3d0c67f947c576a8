"""How big: the budget's risk by list size."""

import math

from . import svg, words
from .page import missing, table
from .read import BadFile


def _curve(report, name):
    try:
        points = [(float(pool["people"]), float(pool["after"][name]["exact"])) for pool in report["pools"]
                  if pool["after"].get(name, {}).get("exact") is not None]
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BadFile("--pool: not what headroom pool SCENARIO --json writes") from None
    return zip(*sorted(points)) if points else ((), ())


def _crosses(xs, ys, level):
    """Where a falling curve passes a level: between its points as the logarithm of the chance falls; None where it does not."""
    for (x, y), (after, below) in zip(zip(xs, ys), zip(xs[1:], ys[1:])):
        if y > level >= below:
            fall = math.log(y / level) / math.log(y / below) if below > 0 else (y - level) / (y - below)
            return x + (after - x) * fall
    return None


def _claims(frame, low, high):
    """What has been published of the right size: a band, a bar and two lines, as far as they lie in the picture."""
    within = lambda people: frame.px(min(max(math.log10(people), low), high))  # noqa: E731
    floor = frame.height - frame.bottom
    left, right, start, end = (within(people) for people in (30e3, 50e3, 25e3, 100e3))
    parts = [f'<rect x="{left:.1f}%" y="{frame.top}" width="{right - left:.1f}%" height="{floor - frame.top}" fill="#E7EDEB"/>'
             f'<text x="{left:.1f}%" y="14">30,000–50,000 “primary care home”</text>'
             f'<line x1="{start:.1f}%" x2="{end:.1f}%" y1="28" y2="28" stroke="{svg.SOFT}" stroke-width="4"/>'
             f'<svg x="{start:.1f}%" y="32" overflow="visible"><text x="-6" text-anchor="end" class="minor">25,000–100,000</text></svg>']
    for people in (100e3, 300e3):
        if low < math.log10(people) < high:
            parts.append(f'<line x1="{within(people):.1f}%" x2="{within(people):.1f}%" y1="{frame.top}" y2="{floor}" stroke="{svg.SOFT}" '
                         f'stroke-dasharray="2 3"/><svg x="{within(people):.1f}%" y="{frame.top + 12}" overflow="visible">'
                         f'<text x="4" class="minor">{people:,.0f}</text></svg>')
    return "".join(parts)


def build(result, numbering, pool):
    """Exact curves of a loss over 2 and 5 %, on a log axis."""
    if pool is None:
        return missing("Risk by list size", "how the risk of a delegated budget falls with the number of people.",
                       ["headroom pool scenarios/whole_budget.yaml --json > pool.json",
                        f"headroom report {result.path.name} --pool pool.json"])
    curves, rows = [], {}
    for name, words_for, dashed in (("p_loss_over_2pct", "Loss over 2%", False),
                                    ("p_loss_over_5pct", "Loss over 5%", True)):
        people, chance = (list(v) for v in _curve(pool, name))
        if people:
            curves.append((words_for, svg.INK, None, [math.log10(p) for p in people], [100 * c for c in chance], dashed))
            for p, c in zip(people, chance):
                rows.setdefault(p, [words.plain(p, 0)]).append(f"{100 * c:.2f}%")
    if not curves:
        return missing("Risk by list size", "chances of a loss over 2 and 5 %.", ["headroom pool SCENARIO --json > pool.json"])
    xs = [x for curve in curves for x in curve[3]]
    frame = svg.Across(320, (min(xs), max(xs)), svg.rounded_out(0.0, max(5.0, max(y for curve in curves for y in curve[4]))), (34, 24))
    lines = [p for p in (8e3, 15e3, 30e3, 50e3, 100e3, 300e3, 1e6) if min(xs) <= math.log10(p) <= max(xs)]
    picture = svg.lines(curves, frame, "Chance in one year of losing more than 2 and 5 per cent of the budget, by people",
                        frame.grid(lambda values: [f"{v:.0f}%" for v in values],
                                       [(math.log10(p), words.short(p)) for p in lines]), behind=_claims(frame, min(xs), max(xs)))
    few = _crosses(curves[-1][3], curves[-1][4], 5.0)
    title = f"A loss over 5% becomes rarer than 1 year in 20 at about {words.short(float(f'{10 ** few:.2g}'))} people" if few else \
        "A loss over 5% never becomes rarer than 1 year in 20"
    if min(curves[0][4]) > 5.0 and len(curves) > 1:
        title += "; a loss over 2% never quite does"
    return numbering.figure(title, "Chance in one year that holding the budget loses more than 2% or 5% of it, after the "
                            "contract’s terms; exact; people on a log scale; published claims of the right size marked", picture,
                            table(["People"] + [curve[0] for curve in curves], [rows[p] for p in sorted(rows)],
                                  "Chance in one year"))
