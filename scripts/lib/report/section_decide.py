"""Which form is best at which price of an appointment, and what it is worth to find out."""

import math

from . import svg, words
from .metrics import Metric
from .page import missing, table
from .read import words_of
from .section_drivers import spoken
from .words import text

MONEY = Metric("money", 1, "", "", 1e6, "£", "m", "£m", 1)
SHOWN = 10
EYES = {"public": "the public purse", "economic": "everyone together", "gp": "today’s GPs", "patient": "patients"}
OF = {"net_monetary_benefit": "public", "economic_net_position_less_unmet": "economic", "todays_gps": "gp",
      "unmet_appointments": "patient"}


def _frontier(frame, curves, price, best):
    """A wide grey line under the curve of the form that is best on average."""
    parts = []
    for form, curve in curves.items():
        ys = [y if form.name == b else math.nan for y, b in zip(curve[4], best)]
        parts.append(f'<path d="{frame.path(price, ys)}" fill="none" stroke="#B1B4B6" stroke-width="9" '
                     'stroke-linecap="round" vector-effect="non-scaling-stroke"/>')
    return "".join(parts)


def _changes(result, price, best):
    """Where the best form changes, as a message."""
    spoken = {form.name: form.label for form in result.forms}
    turns = [(p, b) for p, a, b in zip(price[1:], best, best[1:]) if a != b]
    first = spoken.get(best[0], best[0])
    if not turns:
        return f"{first} is best for the public purse on average at every price of an appointment tried"
    return f"{first} is best for the public purse on average until an appointment is worth about £{turns[0][0]:,.0f}, then " \
           f"{spoken.get(turns[0][1], turns[0][1])}"


def _acceptability(result, numbering):
    found = result.analyses.get("acceptability")
    if found is None:
        return missing("At which price", "which form is best at each price of an appointment that is needed and not given.",
                       [f"headroom voi {result.path.name} --price=unmet=0:400:20 -o p.h5",
                        f"headroom report {result.path.name} p.h5"])
    price, best = [float(p) for p in found.numbers("price")], found.words("frontier")
    chances = 100 * found.numbers("p_best_future").reshape(len(price), -1)
    order = found.words("form")
    curves = {form: (form.label, form.colour, form.mark, price, [float(v) for v in chances[:, order.index(form.name)]], False)
              for form in result.forms if form.name in order}
    frame = svg.Across(300, (price[0], price[-1]), (0, 100))
    grid = frame.grid(lambda values: [f"{v:.0f}%" for v in values],
                      [(p, f"£{p:,.0f}") for p in svg.ticks(price[0], price[-1], 6)])
    label = "Chance that each form is best: " + "; ".join(
        f"{curve[0]} {curve[4][0]:.0f}% at £{price[0]:,.0f} and {curve[4][-1]:.0f}% at £{price[-1]:,.0f}" for curve in curves.values())
    rows = [[f"£{p:,.0f}", next((f.label for f in result.forms if f.name == b), b)]
            + [f"{curve[4][i]:.0f}%" for curve in curves.values()] for i, (p, b) in enumerate(zip(price, best))]
    return numbering.figure(_changes(result, price, best), "Chance that each form gives the public the best value, by what an "
                            "appointment that was needed and not given is worth; grey: the form that is best on average",
                            svg.lines(list(curves.values()), frame, label, grid, _frontier(frame, curves, price, best)),
                            table(["Price", "Best on average"] + [f.label for f in curves], rows, "Chance of being best"))


def _eyes(found):
    """By whose eyes an analysis was made."""
    metric = found.text("metric")
    return EYES.get(OF.get(metric, ""), metric)


def _worth_of(value, low, high):
    """As fine as its interval, of four standard errors, lets it be."""
    return words.figure(MONEY, value, (high - low) / 4)


def _worth(result, numbering):
    found = result.analyses.get("voi")
    if found is None:
        return missing("What it is worth to find out", "what each unknown would be worth knowing before choosing.",
                       [f"headroom voi {result.path.name} -o v.h5", f"headroom report {result.path.name} v.h5"])
    said = f"<p>{text(spoken(result, found.text('sentence')))}</p>"
    value, low, high = (found.numbers(name) for name in ("evppi", "evppi_low", "evppi_high"))
    seen = found.numbers("evppi_seen")
    rows = sorted(((float(v), float(a), float(b), name) for v, a, b, s, name in zip(value, low, high, seen, found.words("draw"))
                   if s == 1), reverse=True)[:SHOWN]
    if not rows:
        return said + "<p>No single input is worth finding out by more than these futures can tell from nothing.</p>"
    scale = svg.Scale(0, 1.15 * max(row[2] for row in rows))
    picture = "".join(f'<div class="row stack-row"><span class="who"><code>{text(name)}</code></span>'
                      + svg.worth(v, a, b, scale, f"{name}: {_worth_of(v, a, b)}", _worth_of(v, a, b))
                      + "</div>" for v, a, b, name in rows)
    behind = [[name, _worth_of(v, a, b), words.figure(MONEY, a, (b - a) / 4), words.figure(MONEY, b, (b - a) / 4)]
              for v, a, b, name in rows]
    return said + numbering.figure(f"What to find out first: {rows[0][3]}", "Worth of knowing one input before choosing, £m, "
                                   f"with its interval; by {_eyes(found)}", picture,
                                   table(["Input", "Worth", "From", "To"], behind, "Worth of finding out"))


def _decided(result, objective):
    """How the forms stand by whom the scenario decides for, as the file holds it."""
    values = {name: result.values(f"decision/{objective}/{name}") for name in (
        "p_best", "p_best_low", "p_best_high", "regret", "regret_low", "regret_high", "regret_q95", "mean_rank")}
    in_pounds = str(result.file[f"decision/{objective}/regret"].attrs["units"]) == "GBP"
    unit = MONEY if in_pounds else Metric("regret", -1, "", "", 1, "", "", "", 2)

    def regret(name, form):
        return words.figure(unit, float(values[name][form.index]), digits=3)

    rows = [[form.label, words.odds(float(values["p_best"][form.index])),
             f"{100 * values['p_best_low'][form.index]:.0f} to {100 * values['p_best_high'][form.index]:.0f}",
             words.plain(float(values["mean_rank"][form.index]), 1), regret("regret", form),
             f"{regret('regret_low', form)} to {regret('regret_high', form)}", regret("regret_q95", form)]
            for form in sorted(result.forms, key=lambda f: float(values["mean_rank"][f.index]))]
    sentence = words_of(result.file[f"decision/{objective}/sentence"])[result.point]
    return (f"<h3>The choice, by {text(EYES.get(objective, objective))}</h3><p>{text(spoken(result, sentence))}</p>" + table(
        ["Form", "Best in", "95% interval, of 100", "Mean rank", "Regret", "95% interval", "1 in 20 above"], rows,
        "How often each form is best, and its regret: what choosing it costs on average against the best of each future"))


def build(result, numbering):
    """The choice, then by price, then by unknown."""
    held = sorted(result.file["decision"]) if result.has("decision") else []
    return ("".join(_decided(result, objective) for objective in held) + _acceptability(result, numbering)
            + _worth(result, numbering))
