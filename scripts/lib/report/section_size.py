"""How big: the budget's risk by list size."""

import math

from . import svg, words
from .page import missing, table


def _curve(report, name):
    points = [(float(row["people"]), float(row["after"][name])) for row in report["sizes"]
              if row.get("after", {}).get(name) is not None]
    return zip(*points) if points else ((), ())


def build(result, numbering, pool):
    """Exact curves of a loss over 2 and 5 %, on a log axis."""
    if pool is None:
        return missing("Risk by list size", "how the risk of a delegated budget falls with the number of people.",
                       ["headroom pool scenarios/whole_budget.yaml --json > pool.json",
                        f"headroom report {result.path.name} --pool pool.json"])
    curves, rows = [], {}
    for name, words_for, dashed in (("loss_over_2pct", "Loss over 2% of budget", False),
                                    ("loss_over_5pct", "Loss over 5% of budget", True)):
        people, chance = (list(v) for v in _curve(pool, name))
        if people:
            curves.append((words_for, svg.INK, None, [math.log10(p) for p in people], [100 * c for c in chance], dashed))
            for p, c in zip(people, chance):
                rows.setdefault(p, [words.plain(p, 0)]).append(f"{100 * c:.2f}%")
    if not curves:
        return missing("Risk by list size", "chances of a loss over 2 and 5 %.", ["headroom pool SCENARIO --json > pool.json"])
    xs = [x for curve in curves for x in curve[3]]
    frame = svg.Across(320, (min(xs), max(xs)), (0, max(5.0, max(y for curve in curves for y in curve[4]))), (34, 24))
    lines = [p for p in (8e3, 15e3, 30e3, 50e3, 100e3, 300e3, 1e6) if min(xs) <= math.log10(p) <= max(xs)]
    left, right = frame.px(math.log10(30e3)), frame.px(math.log10(50e3))
    extra = (f'<rect x="{left:.1f}%" y="{frame.top}" width="{right - left:.1f}%" height="{frame.height - 58}" fill="#E7EDEB"/>'
             f'<text x="{left:.1f}%" y="14">30,000–50,000 “primary care home”</text>')
    picture = svg.lines(curves, frame, "Chance in one year of losing more than 2 and 5 per cent of the budget, by people",
                        frame.grid(lambda values: [f"{v:.0f}%" for v in values],
                                       [(math.log10(p), words.short(p)) for p in lines]), behind=extra)
    few = next((p for p, *_ in ((p, c) for p, c in zip(curves[-1][3], curves[-1][4]) if c <= 5)), None)
    title = f"A loss over 5% becomes rarer than 1 year in 20 at about {words.short(10 ** few)} people" if few else \
        "A loss over 5% never becomes rarer than 1 year in 20"
    return numbering.figure(title, "Chance in one year that holding the budget loses more than 2% or 5% of it, after the "
                            "contract's terms; exact; people on a log scale", picture,
                            table(["People"] + [curve[0] for curve in curves], [rows[p] for p in sorted(rows)],
                                  "Chance in one year"))
