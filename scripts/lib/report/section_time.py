"""Fans over the quarters, and when a form pays back."""

import math
from functools import partial

import numpy

from . import svg, words
from .metrics import Metric
from .page import panels, table
from .words import text

SERIES = [("partner_income", "Partner income", 1e3, "£", "k", "£k per full-time partner a year"),
          ("public_cost", "Public cost", 1e6, "£", "m", "£m a quarter"),
          ("sites_ended", "Practices ended so far", 1, "", "", "practices"),
          ("sites_lost", "Practices closed or in caretaker hands", 1, "", "", "practices"),
          ("sites_caretaker", "Practices in caretaker hands so far", 1, "", "", "practices"),
          ("vacancy", "Vacant GP posts", 0.01, "", "%", "% of posts"),
          ("unmet_appointments", "Appointments not given", 1e3, "", "k", "thousand a quarter"),
          ("partner_fte", "Partners in post", 1, "", "", "full-time equivalents"),
          ("salaried_fte", "Salaried GPs in post", 1, "", "", "full-time equivalents"),
          ("workload", "Workload", 1, "", "", "demand over capacity")]
MONEY = Metric("money", -1, "", "", 1, "£", "m", "£m", 1)
BANDS = ("mean", "q05", "q25", "q75", "q95")


def _bands(result, path, form, scale):
    values = result.values(path)[form.index] / scale
    return [values[:, result.statistic[label]] for label in BANDS]


def _labels(result):
    years = result.years()
    step = max(1, years // 3)
    return [(4 * y, words.year_label(result.start_year(), y)) for y in range(0, years, step)]


def _domain(result, path, scale):
    values = numpy.concatenate([numpy.concatenate(_bands(result, path, form, scale)) for form in result.forms])
    values = values[~numpy.isnan(values)]
    if not values.size:
        return None
    low, high = float(values.min()), float(values.max())
    low = 0.0 if 0 <= low < 0.35 * high else low
    return svg.rounded_out(low, high) if high > low else (low - 1, high + 1)


def _write(series, value):
    _, _, _, prefix, suffix, _ = series
    return f"{prefix}{value:.3g}{suffix}" if value >= 0 else f"{words.MINUS}{prefix}{-value:.3g}{suffix}"


def _fans(result, numbering, series, part):
    key, title, scale, _, _, unit = series
    path = f"paths/{key}"
    domain = _domain(result, path, scale)
    if domain is None:
        return ""
    quarters = list(range(len(result.file["quarter"])))
    reference = _bands(result, path, result.reference, scale)[0]
    items, rows = [], []
    for form in result.forms:
        bands = _bands(result, path, form, scale)
        rows += [[f"{form.label}, {words.year_label(result.start_year(), y)}"]
                 + [words.plain(float(band[4 * y:4 * y + 4].mean()), 2) for band in bands] for y in range(result.years())]
        if numpy.isnan(bands[0]).all():
            items.append((form, "", "<p>Does not exist under this form.</p>"))
            continue
        frame = svg.Frame(300, 190, (0, len(quarters) - 1), domain)
        label = f"{title} under {form.label}: mean {bands[0][0]:.3g} in the first quarter, {bands[0][-1]:.3g} in the last"
        items.append((form, "", svg.fan([quarters] + bands, frame, form.colour, label,
                                        frame.grid(lambda v: _write(series, v), _labels(result)),
                                        None if form is result.reference else reference)))
    behind = table(["Form and year", "Mean", "1 in 20 below", "1 in 4 below", "1 in 4 above", "1 in 20 above"], rows,
                   f"{title}, {unit}, mean of the year's quarters")
    return numbering.figure(title, f"{unit}, by quarter; line: mean; dark band: half of futures; light band: 9 in 10; "
                            f"dashed: {result.reference.label}", panels(items), behind, part=part)


def _cumulative(result, form):
    path = "paths/public_cost_cumulative_difference"
    if result.has(path):
        values = result.values(path)[form.index] / 1e6
        return [values[:, result.statistic[label]] for label in BANDS]
    mean = [result.values("paths/public_cost")[f.index, :, 0] for f in (form, result.reference)]
    return [numpy.cumsum(mean[0] - mean[1]) / 1e6]


def _pays_back(result, form):
    total = _cumulative(result, form)[0]
    after = numpy.flatnonzero(total >= 0)
    if after.size == 0:
        return f"{form.label} saves from the first quarter"
    if after[-1] == total.size - 1:
        return f"{form.label} does not pay back"
    year = (after[-1] + 1) // 4
    return f"{form.label} pays back in {result.start_year() + year}/{(result.start_year() + year + 1) % 100:02d}"


def _payback(result, numbering):
    if not result.others or not result.has("paths/public_cost"):
        return ""
    quarters = list(range(len(result.file["quarter"])))
    totals = {form: _cumulative(result, form) for form in result.others}
    ends = [float(v) for bands in totals.values() for band in bands for v in band if not math.isnan(v)]
    frame = svg.Across(300, (0, len(quarters) - 1), svg.widened(ends))
    curves = [(form.label, form.colour, form.mark, quarters, list(totals[form][0]), False) for form in result.others]
    bands = "".join(f'<path d="{frame.area(quarters, t[1], t[4])}" fill="{form.colour}" fill-opacity="0.12"/>'
                    for form, t in totals.items() if len(t) > 1)
    labels = [(4 * y, words.year_label(result.start_year(), y)) for y in range(result.years())]
    picture = svg.lines(curves, frame, "Cumulative public cost against " + result.reference.label + ": " + "; ".join(
        f"{form.label} {t[0][-1]:+.1f} million pounds at the end" for form, t in totals.items()),
        frame.grid(partial(words.ticks, MONEY), labels, zero=True), bands)
    rows = [[words.year_label(result.start_year(), y)] + [words.plain(float(totals[form][0][4 * y + 3]), 2, True)
                                                          for form in result.others] for y in range(result.years())]
    held = any(len(t) > 1 and not numpy.isnan(t[1]).all() for t in totals.values())
    return numbering.figure("; ".join(_pays_back(result, form) for form in result.others),
                            f"Cumulative public cost against {result.reference.label}, £m, real, not discounted, mean of "
                            f"{result.trials():,} futures; below the line is a saving", picture,
                            table(["Year"] + [form.label for form in result.others], rows,
                                  "Cumulative public cost at the end of the year, £m"),
                            "Light bands: 9 futures in 10." if held else
                            "Means only: how far single futures lie from them is not in the file.")


def build(result, numbering):
    """Fans of each series that the file has, then payback."""
    series = [s for s in SERIES if result.has(f"paths/{s[0]}")]
    radios = "".join(f'<label><input type="radio" name="series" data-pick-series="{s[0]}"'
                     f'{" checked" if i == 0 else ""}>{text(s[1])}</label>' for i, s in enumerate(series))
    fans = "".join(f'<div data-series="{s[0]}">{_fans(result, numbering, s, part)}</div>'
                   for s, part in zip(series, "abcdefghijkl"))
    return (f'<fieldset class="controls scripted" hidden><legend>Series</legend>{radios}</fieldset>{fans}'
            + _payback(result, numbering))
