"""Who gains and pays, and who holds the worst futures."""

from . import bars, words
from .metrics import Metric
from .page import missing, name_of, panels, table
from .read import words_of
from .words import text

MONEY = Metric("money", 1, "", "", 1e6, "£", "m", "£m", 1)
NAMES = {"partners": "Partners", "reserves": "Practice reserves", "organisation": "Organisations’ accounts",
         "owners": "Outside owners", "creditors": "Creditors", "trust": "Trust", "commissioner": "Commissioner",
         "insurer": "Insurer"}
COLOURS = {"commissioner": "#1D4F91", "trust": "#F2A900", "partners": "#6B7A86", "owners": "#B7C0C7",
           "reserves": "#D8DDE1", "organisation": "#9B5BA5", "insurer": "#4B9B6E", "creditors": "#3D3D3D"}
ORDER = ["commissioner", "trust", "insurer", "partners", "reserves", "organisation", "owners", "creditors"]
SMALLEST = 0.05e6


def _money(value, sign=True):
    return words.figure(MONEY, value, sign=sign, digits=3)


def _people(result):
    return float(result.file["inputs/practices/list"][()].sum())


def _rows(result, form, bearers):
    rows, total = [], 0.0
    for bearer in ORDER:
        if bearer not in bearers:
            continue
        value = result.compared(f"npv_{bearer}", form)
        total += value
        if abs(value) >= SMALLEST:
            rows.append((NAMES.get(bearer, bearer), value, "bearer"))
    together = result.compared("economic_net_position", form) * _people(result)
    if abs(together - total) >= SMALLEST:
        rows.append(("GPs’ work and services bought", together - total, "pay"))
    rows.append(("Everyone together", together, "total"))
    return rows


def _who_pays(result, numbering, bearers):
    items, behind = [], []
    for form in result.others:
        rows = _rows(result, form, bearers)
        names = "".join(f"<li>{text(name)}</li>" for name, _, _ in rows)
        label = f"{form.label} against {result.reference.label}: " + "; ".join(
            f"{name} {_money(value)}" for name, value, _ in rows)
        items.append((form, "", f'<div class="flow"><ul>{names}</ul>{bars.waterfall(rows, label, _money)}</div>'))
        behind += [[f"{form.label}: {name}", _money(value)] for name, value, _ in rows]
    return numbering.figure(f"Who gains and who pays, against {result.reference.label}",
                            f"£m present value over {result.years()} years, mean; green gains, purple loses, grey moves "
                            "between profit and pay; each form on its own scale", panels(items),
                            table(["Who", "£m"], behind, "Mean difference by bearer"))


def _worst(result, form, bearers):
    """How much worse each bearer is in the worst 5 % of futures than on average."""
    if result.has("bearers/worst_5pct"):
        tail = result.values("bearers/worst_5pct")[form.index]
        return {b: float(tail[i]) - result.summary(f"npv_{b}", form) for i, b in enumerate(bearers)}
    if not result.has("trials/economic_net_position"):
        return None
    order = result.trial_values("economic_net_position", form).argsort()
    worst = order[:max(1, order.size // 20)]
    return {b: float(result.trial_values(f"npv_{b}", form)[worst].mean()) - result.summary(f"npv_{b}", form)
            for b in bearers}


def _holds(bearer):
    return f"{bearer.lower()} hold" if bearer.endswith("s") else f"the {bearer.lower()} holds"


def _losses(result, numbering, bearers):
    tails = {form: _worst(result, form, bearers) for form in result.forms}
    if any(tail is None for tail in tails.values()):
        return missing("Who holds the loss", "what each bearer has in the worst futures.",
                       result.to_have_trials())
    parts = {form: [(NAMES[b], -tail[b], COLOURS[b]) for b in ORDER if b in tail and tail[b] < -SMALLEST]
             for form, tail in tails.items()}
    total = max((sum(value for _, value, _ in p) for p in parts.values()), default=0.0) or 1.0
    used = [b for b in ORDER if any(NAMES[b] == name for p in parts.values() for name, _, _ in p)]
    key = '<p class="key-line">' + "".join(
        f'<span><svg class="key" width="14" height="14" aria-hidden="true"><rect width="14" height="14" '
        f'fill="{COLOURS[b]}"/></svg> {text(NAMES[b])}</span>' for b in used) + "</p>"
    rows = "".join(f'<div class="row stack-row" data-form="{form.index}"><span class="who">{name_of(form)}</span>' + bars.stacked(
        p, total, f"{form.label}: " + "; ".join(f"{name} {_money(-value)}" for name, value, _ in p),
        lambda v: _money(v, False)) + "</div>" for form, p in parts.items())
    most = max(parts, key=lambda form: sum(value for _, value, _ in parts[form]))
    holder = max(parts[most], key=lambda part: part[1], default=("nobody", 0, ""))[0]
    behind = [[f"{form.label}: {name}", _money(-value)] for form, p in parts.items() for name, value, _ in p]
    return numbering.figure(f"In the worst 1 future in 20, most is lost under {most.label}, and {_holds(holder)} most of it",
                            "How much worse each bearer is in the worst 5% of futures than on average, £m present "
                            "value; worst by everyone together", key + rows,
                            table(["Who", "£m"], behind, "Worst 5 % less the mean"))


def build(result, numbering):
    """Waterfalls and stacked losses."""
    bearers = words_of(result.file["bearer"])
    first = _who_pays(result, numbering, bearers) if result.others else ""
    return first + _losses(result, numbering, bearers) + _flows(result)


def _spoken(flow):
    return flow[0].upper() + flow[1:].replace("_", " ").replace("gps", "GPs")


def _flow(value, error, sign=False):
    return words.figure(MONEY, value, error, sign=sign) if value else "0"


def _payments(result, names):
    """Who pays whom: present values under the reference, and what differs under the others."""
    ways = [f"{a} to {b}" for a, b in zip(words_of(result.file["flows/from"]), words_of(result.file["flows/to"]))]
    mean, error, difference, its_error = (result.values(f"flows/{n}") for n in ("mean", "se", "difference", "difference_se"))
    here = result.reference.index
    rows = []
    for i, name in enumerate(names):
        if (abs(mean[:, i]) < SMALLEST).all() and (abs(difference[:, i]) < SMALLEST).all():
            continue
        rows.append([_spoken(name), ways[i], _flow(mean[here, i], error[here, i]), words.spread(MONEY, error[here, i])])
        for form in result.others:
            rows[-1] += [_flow(difference[form.index, i], its_error[form.index, i], True),
                         words.spread(MONEY, its_error[form.index, i])]
    heads = ["Flow", "From and to", result.reference.label, "±"]
    for form in result.others:
        heads += [f"{form.label} less {result.reference.label}", "±"]
    return table(heads, rows, f"Who pays whom over {result.years()} years, mean present value; what goes to the providers - "
                              "practices and their organisations - comes from them again", "flows")


def _years(result, form, names):
    """The cash of each financial year under a form."""
    mean, error = (result.values(f"flows_by_year/{n}")[form.index] for n in ("mean", "se"))
    rows = [[_spoken(name)] + [f"{words.plain(float(m) / 1e3, 0)} {'±' + words.plain(float(e) / 1e3, 0) if e > 0 else ''}".strip()
                               for m, e in zip(mean[i], error[i])] + [words.plain(float(mean[i].sum()) / 1e3, 0)]
            for i, name in enumerate(names) if abs(mean[i]).sum() > 500]
    years = [words.year_label(result.start_year(), y) for y in range(mean.shape[-1])]
    return f"<details><summary>Cash by financial year: {text(form.label)}</summary>" + table(
        ["Flow, £k in the money of the year"] + years + ["Total"], rows, f"{form.label}: mean nominal cash") + "</details>"


def _flows(result):
    if not result.has("flows_by_year/mean"):
        return missing("Who pays whom, and cash by financial year", "the flows between commissioner, practices and others.",
                       result.to_have_trials())
    names = words_of(result.file["flow"])
    return ("<h3>Who pays whom</h3>" + _payments(result, names)
            + "".join(_years(result, form, names) for form in result.forms))
