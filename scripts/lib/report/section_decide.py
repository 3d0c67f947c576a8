"""Which form is best at which price of an appointment, and what it is worth to find out."""

import math

from . import bars, svg, words
from .page import missing, table
from .read import words_of
from .section_turns import MONEY, spoken
from .words import text

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


class _Prices:
    """Curves by the price of an appointment, as an analysis holds them: one a form."""

    def __init__(self, result, found):
        self.price, self.best = [float(p) for p in found.numbers("price")], found.words("frontier")
        self.order, self.found = found.words("form"), found
        self.forms = [form for form in result.forms if form.name in self.order]
        self.spoken = {form.name: form.label for form in result.forms}

    def column(self, name, form):
        """A number of a form at each price."""
        return [float(v) for v in self.found.numbers(name).reshape(len(self.price), -1)[:, self.order.index(form.name)]]

    def figure(self, numbering, title, subtitle, curves, write, highest):
        """The picture, and its table."""
        frame = svg.Across(300, (self.price[0], self.price[-1]), (0, highest))
        grid = frame.grid(lambda values: [write(v) for v in values],
                          [(p, f"£{p:,.0f}") for p in svg.ticks(self.price[0], self.price[-1], 6)])
        drawn = {form: (form.label, form.colour, form.mark, self.price, ys, False) for form, ys in curves.items()}
        label = f"{subtitle}: " + "; ".join(f"{form.label} {write(ys[0])} at £{self.price[0]:,.0f} and {write(ys[-1])} at "
                                            f"£{self.price[-1]:,.0f}" for form, ys in curves.items())
        rows = [[f"£{p:,.0f}", self.spoken.get(b, b)] + [write(ys[i]) for ys in curves.values()]
                for i, (p, b) in enumerate(zip(self.price, self.best))]
        return numbering.figure(title, subtitle + "; across: what an appointment that was needed and not given is worth; grey: "
                                "the form that is best on average",
                                svg.lines(list(drawn.values()), frame, label, grid, _frontier(frame, drawn, self.price, self.best)),
                                table(["Price", "Best on average"] + [form.label for form in curves], rows, subtitle))


def _losses(prices, numbering):
    """What choosing each form is expected to cost against the best of each future."""
    if not prices.found.shape("expected_loss"):
        return ""
    curves = {form: [v / 1e6 for v in prices.column("expected_loss", form)] for form in prices.forms}
    errors = {form: prices.column("expected_loss_se", form)[0] for form in prices.forms}
    first = next(form for form in prices.forms if form.name == prices.best[0])
    least = words.figure(MONEY, 1e6 * curves[first][0], errors[first])
    return prices.figure(numbering, f"To choose {first.label} is expected to cost least against the best of each future: {least} "
                         f"at £{prices.price[0]:,.0f}", "Expected loss of each form against the best of each future, £m", curves,
                         lambda v: f"£{v:.3g}m", 1.06 * max(v for ys in curves.values() for v in ys) or 1)


def _acceptability(result, numbering):
    if not result.analyses.get("acceptability"):
        return missing("At which price", "which form is best at each price of an appointment that is needed and not given, and "
                       "what choosing another costs.", [f"headroom voi {result.path.name} --price=unmet=0:400:20 -o p.h5",
                                                        f"headroom report {result.path.name} p.h5"])
    drawn = ""
    for found in result.analyses["acceptability"]:
        prices = _Prices(result, found)
        drawn += prices.figure(numbering, _changes(result, prices.price, prices.best), "Chance that each form gives the public the "
                               "best value", {form: [100 * v for v in prices.column("p_best_future", form)] for form in prices.forms},
                               lambda v: f"{v:.0f}%", 100) + _losses(prices, numbering)
    return drawn


def _eyes(found):
    """By whose eyes an analysis was made."""
    metric = found.text("metric")
    return EYES.get(OF.get(metric, ""), metric)


def _worth_of(value, low, high):
    """As fine as its interval, of four standard errors, lets it be."""
    return words.figure(MONEY, value, (high - low) / 4)


def _worth(result, numbering):
    if not result.analyses.get("voi"):
        return missing("What it is worth to find out", "what each unknown would be worth knowing before choosing.",
                       [f"headroom voi {result.path.name} -o v.h5", f"headroom report {result.path.name} v.h5"])
    return "".join(_known(result, numbering, found) for found in result.analyses["voi"])


def _known(result, numbering, found):
    said = f"<p>{text(spoken(result, found.text('sentence')))}</p>"
    value, low, high = (found.numbers(name) for name in ("evppi", "evppi_low", "evppi_high"))
    seen = found.numbers("evppi_seen")
    rows = sorted(((float(v), float(a), float(b), name) for v, a, b, s, name in zip(value, low, high, seen, found.words("draw"))
                   if s == 1), reverse=True)[:SHOWN]
    if not rows:
        return said + "<p>No single input is worth finding out by more than these futures can tell from nothing.</p>"
    scale = svg.Scale(0, 1.15 * max(row[2] for row in rows))
    picture = "".join(f'<div class="row stack-row"><span class="who"><code>{text(name)}</code></span>'
                      + bars.worth(v, a, b, scale, f"{name}: {_worth_of(v, a, b)}", _worth_of(v, a, b))
                      + "</div>" for v, a, b, name in rows)
    behind = [[name, _worth_of(v, a, b), words.figure(MONEY, a, (b - a) / 4), words.figure(MONEY, b, (b - a) / 4)]
              for v, a, b, name in rows]
    return said + numbering.figure(f"What to find out first: {rows[0][3]}", "Worth of knowing one input before choosing, £m, "
                                   f"with its interval; by {_eyes(found)}", picture,
                                   table(["Input", "Worth", "From", "To"], behind, "Worth of finding out"))


def _of_100(share):
    """An end of an interval of odds: as fine as tells it from none and all."""
    told = (f"{100 * share:.{places}f}" for places in range(4))
    return next((number for number in told if float(number) not in (0, 100)), f"{100 * share:.0f}")


def _decided(result, objective):
    """How the forms stand by whom the scenario decides for, as the file holds it."""
    values = {name: result.values(f"decision/{objective}/{name}") for name in (
        "p_best", "p_best_low", "p_best_high", "regret", "regret_low", "regret_high", "regret_q95", "mean_rank")}
    in_pounds = str(result.file[f"decision/{objective}/regret"].attrs["units"]) == "GBP"
    unit = MONEY if in_pounds else Metric("regret", -1, "", "", 1, "", "", "", 2)

    def regret(name, form):
        return words.figure(unit, float(values[name][form.index]), digits=3)

    rows = [[form.label, words.odds(float(values["p_best"][form.index])),
             " to ".join(_of_100(float(values[f"p_best_{end}"][form.index])) for end in ("low", "high")),
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
