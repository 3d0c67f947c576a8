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
CUMULATIVE = "paths/public_cost_cumulative_difference"
BANDS = ("mean", "q05", "q25", "q75", "q95")


def _bands(result, path, form, scale):
    values = result.values(path)[form.index] / scale
    return [values[:, result.statistic[label]] for label in BANDS]


def _labels(result):
    years = result.years()
    step = max(1, years // 3)
    return [(4 * y, words.year_label(result.start_year(), y)) for y in range(0, years, step)]


def _domain(result, path, scale, forms):
    values = numpy.concatenate([numpy.concatenate(_bands(result, path, form, scale)) for form in forms])
    values = values[~numpy.isnan(values)]
    if not values.size:
        return None
    low, high = float(values.min()), float(values.max())
    low = 0.0 if 0 <= low < 0.35 * high else low
    return svg.rounded_out(low, high) if high > low else (low - 1, high + 1)


def _write(series, value, sign=False):
    _, _, _, prefix, suffix, _ = series
    if not value:
        return "same" if sign else f"{prefix}0{suffix if suffix == '%' else ''}"
    plus = "+" if sign and value > 0 else ""
    return f"{plus}{prefix}{value:.3g}{suffix}" if value >= 0 else f"{words.MINUS}{prefix}{-value:.3g}{suffix}"


def _read(result, bands, write):
    """What the cursor of a fan says, quarter by quarter."""
    said = "".join(f' data-{label}="{"|".join("" if math.isnan(v) else text(write(float(v))) for v in band)}"'
                   for label, band in zip(BANDS, bands))
    return f' data-start="{result.start_year()}"{said}'


def _fan(result, series, form, bands, domain, more):
    """A form's panel; more: how its numbers are written, what it is called, the mean of the reference."""
    write, title, dashed = more
    quarters = list(range(len(bands[0])))
    frame = svg.Frame(300, 190, (0, len(quarters) - 1), domain)
    label = (f"{title} under {form.label}: mean {write(float(bands[0][0]))} in the first quarter, {write(float(bands[0][-1]))} "
             "in the last")
    return svg.fan([quarters] + bands, frame, form.colour, label,
                   frame.grid(write, _labels(result), zero=series is None or dashed is None), dashed, _read(result, bands, write))


def _by_year(result, form, bands):
    """A form's rows of the table behind: means of each year's quarters."""
    return [[f"{form.label}, {words.year_label(result.start_year(), y)}"]
            + [words.plain(float(band[4 * y:4 * y + 4].mean()), 2) for band in bands] for y in range(result.years())]


def _levels(result, series):
    """Panels of a series under each form, and its rows; none where it exists nowhere."""
    key, title, scale, _, _, _ = series
    domain = _domain(result, f"paths/{key}", scale, result.forms)
    items, rows = [], []
    for form in result.forms if domain else []:
        bands = _bands(result, f"paths/{key}", form, scale)
        rows += _by_year(result, form, bands)
        dashed = None if form is result.reference else _bands(result, f"paths/{key}", result.reference, scale)[0]
        gone = numpy.isnan(bands[0]).all()
        items.append((form, "", "<p>Does not exist under this form.</p>" if gone else
                      _fan(result, series, form, bands, domain, (partial(_write, series), title, dashed))))
    return items, rows


def _apart(result, series):
    """Panels of how far a series lies from the reference's in the same future; none where the file has no bands of it."""
    key, title, scale, _, _, _ = series
    path = f"paths/{key}_difference"
    domain = _domain(result, path, scale, result.others) if result.others and result.has(path) else None
    items, rows = [], []
    for form in result.others if domain else []:
        bands = _bands(result, path, form, scale)
        if numpy.isnan(bands[1]).all():
            continue
        rows += _by_year(result, form, bands)
        items.append((form, "", _fan(result, series, form, bands, domain, (
            partial(_write, series, sign=True), f"{title} against {result.reference.label}", None))))
    return items, rows


HEAD = ["Form and year", "Mean", "1 in 20 below", "1 in 4 below", "1 in 4 above", "1 in 20 above"]


def _fans(result, numbering, series, part):
    _, title, _, _, _, unit = series
    (items, rows), (apart, differences) = _levels(result, series), _apart(result, series)
    if not items:
        return ""
    picture, reference = panels(items), result.reference.label
    behind = table(HEAD, rows, f"{title}, {unit}, mean of the year's quarters")
    if apart:
        picture += f'<p class="between">Less {text(reference)} in the same future</p>' + panels(apart)
        behind += table(HEAD, differences, f"{title} less {reference} in the same future, {unit}, mean of the year's quarters")
    return numbering.figure(title, f"{unit}, by quarter; line: mean; dark band: half of futures; light band: 9 in 10; "
                            f"dashed: {reference}", picture, behind, part=part)


def _cumulative(result, form):
    if result.has(CUMULATIVE):
        values = result.values(CUMULATIVE)[form.index] / 1e6
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


def _paid_back(result, form):
    """A panel of the cumulative difference: how it may fall out, and how often it is a saving by the end."""
    bands = _cumulative(result, form)
    values = numpy.concatenate(bands)
    write = partial(_write, ("", "", 1, "£", "m", ""), sign=True)
    domain = svg.rounded_out(min(0.0, float(values.min())), max(0.0, float(values.max())))
    dearer = float(result.values(CUMULATIVE)[form.index, -1, result.statistic["p_positive"]])
    return (form, f"a saving by the end in {words.odds(1 - dearer)}",
            _fan(result, None, form, bands, domain, (write, f"Cumulative public cost against {result.reference.label}", None)))


def _payback(result, numbering):
    if not result.others or not result.has("paths/public_cost"):
        return ""
    quarters = list(range(len(result.file["quarter"])))
    totals = {form: _cumulative(result, form) for form in result.others}
    ends = [float(v) for bands in totals.values() for v in bands[0] if not math.isnan(v)]
    frame = svg.Across(300, (0, len(quarters) - 1), svg.widened(ends))
    curves = [(form.label, form.colour, form.mark, quarters, list(totals[form][0]), False) for form in result.others]
    labels = [(4 * y, words.year_label(result.start_year(), y)) for y in range(result.years())]
    picture = svg.lines(curves, frame, "Cumulative public cost against " + result.reference.label + ": " + "; ".join(
        f"{form.label} {t[0][-1]:+.1f} million pounds at the end" for form, t in totals.items()),
        frame.grid(partial(words.ticks, MONEY), labels, zero=True))
    rows = [[f"{form.label}, {words.year_label(result.start_year(), y)}"]
            + [words.plain(float(band[4 * y + 3]), 2, True) for band in totals[form]] for form in result.others
            for y in range(result.years())]
    held = any(len(t) > 1 and not numpy.isnan(t[1]).all() for t in totals.values())
    if held:
        picture += ('<p class="between">How it may fall out: half of futures in the dark band, 9 in 10 in the light; each form on '
                    'its own scale</p>') + panels([_paid_back(result, form) for form in result.others])
    return numbering.figure("; ".join(_pays_back(result, form) for form in result.others),
                            f"Cumulative public cost against {result.reference.label}, £m, real, not discounted, mean of "
                            f"{result.futures()}; below the line is a saving", picture,
                            table(HEAD[:len(rows[0])], rows, "Cumulative public cost at the end of the year, £m"),
                            "" if held else "Means only: how far single futures lie from them is not in the file.")


def build(result, numbering):
    """Fans of each series that the file has, then payback."""
    series = [s for s in SERIES if result.has(f"paths/{s[0]}")]
    radios = "".join(f'<label><input type="radio" name="series" data-pick-series="{s[0]}"'
                     f'{" checked" if i == 0 else ""}>{text(s[1])}</label>' for i, s in enumerate(series))
    fans = "".join(f'<div data-series="{s[0]}">{_fans(result, numbering, s, part)}</div>'
                   for s, part in zip(series, "abcdefghijkl"))
    return (f'<fieldset class="controls scripted" hidden><legend>Series</legend>{radios}</fieldset>{fans}'
            + _payback(result, numbering))
