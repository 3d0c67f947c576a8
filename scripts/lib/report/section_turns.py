"""Where the best form changes: switching values, a map of two inputs, the mildest combination, runs along one input."""

import math
import re

import numpy

from . import bars, svg, words
from .metrics import Metric
from .page import missing, table
from .words import text

MONEY = Metric("money", 1, "", "", 1e6, "£", "m", "£m", 1)
LEAST_SHARE = 0.01


def plain_number(value):
    """A bare number in three digits, whole from a hundred on."""
    if math.isnan(value) or not value:
        return "" if math.isnan(value) else "0"
    return words.plain(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def spoken(result, sentence):
    """A sentence of a command, with forms as they are spoken of and pounds as they are printed."""
    labels = {form.name: form.label for form in result.forms}
    names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    sentence = re.sub(rf"(?<![\w.-])({names})(?![\w-]|\.\w)", lambda found: labels[found[1]], sentence)
    sentence = re.sub(r"([+-]?)(\d[\d,.]*) (?:([mk]) )?GBP", r"\1£\2\3", sentence)
    sentence = re.sub(r"(?<=\d) %", "%", sentence)
    return words.typeset(re.sub(r"(?<![\w.])-(?=£|\d)", words.MINUS, sentence))


def unit_of(result, found):
    """How numbers of an analysis are shown: in its measure's unit, more being better."""
    metric = result.metric(found.text("metric"))
    return MONEY if metric is None or found.text("unit") == "GBP" else metric


def said(result, found):
    """Its sentence."""
    return f"<p>{text(spoken(result, found.text('sentence')))}</p>"


def _range(result, found, draw):
    """The 1 % and the 99 % of what was drawn."""
    keys = dict(zip(found.words("draw"), found.words("keys")))
    values = result.drawn(keys.get(draw, draw).split(",")[0].strip())
    return [float(v) for v in numpy.quantile(values, (0.01, 0.99))]


def _turn(result, found, i):
    """One switching value: its row of the picture and of the table."""
    pair, draw = (spoken(result, found.words(f"root_{name}")[i]) for name in ("pair", "draw"))
    value, low, high, middle, beyond = (float(found.numbers(name)[i]) for name in (
        "root", "root_low", "root_high", "root_central", "root_beyond"))
    least, most = _range(result, found, found.words("root_draw")[i])
    scale = svg.Scale(min(least, value), max(most, value))
    ends = (value, scale.high) if middle < value else (scale.low, value)
    interval = f"{plain_number(low) or 'no lower end'} to {plain_number(high) or 'no upper end'}"
    keys = dict(zip(found.words("draw"), found.words("keys"))).get(found.words("root_draw")[i], draw)
    row = [f"{pair}: {draw}", plain_number(middle), plain_number(value), interval, found.words("root_unit")[i],
           words.odds(beyond), result.to_try([key.strip() for key in keys.split(",")], value)]
    label = f"{pair}: {draw} switches at {row[2]} ({interval}); its middle is {row[1]}; beyond it in {row[5]}"
    axis = svg.axis(scale, lambda values: [plain_number(v) for v in values], most=4)
    return (f'<div class="driver"><span>{text(pair)}<br><code>{words.breakable(draw)}</code> <span class="soft">switches at '
            f'{row[2]}; beyond it in {text(row[5])}</span></span><div>'
            f"{bars.threshold(scale, (value, low, high, middle), ends, label)}{axis}</div></div>"), row


def _switching(result, numbering, found):
    count = len(found.words("root_draw"))
    if not count:
        return said(result, found)
    rows = [_turn(result, found, i) for i in range(count)]
    return said(result, found) + numbering.figure(
        "Where one input changes which form is best", "Each bar is what was drawn of an input, 1 in 100 to 99 in 100; shaded: "
        "the leader leads no more; line: where it turns, with its 95% interval; dotted: the middle", "".join(r[0] for r in rows),
        table(["Pair and input", "Its middle", "Switches at", "95% interval", "Unit", "Beyond it in", "To run it there"], [r[1] for r in rows],
              "Where an input, all others as they fall, changes which form is best on average", "lines-to-copy"))


def _map_cell(forms, unit, best, sure, behind):
    """The best form, and by how much it leads the next; darker is further."""
    form = forms[best]
    lead = min((-v for f, v in enumerate(behind) if f != best and not math.isnan(v)), default=math.nan)
    note = "" if math.isnan(lead) else f"by {words.figure(unit, lead, digits=3)}"
    return (lead if lead == lead else 0.0, form.label + ("" if sure else " ?"), note, form.colour)


def _map(result, numbering, found):
    down, across = (found.numbers(name) for name in ("down", "across"))
    place = {form.name: form for form in result.forms}
    forms = [place[name] for name in found.words("form") if name in place]
    best, sure, mean = (found.numbers(name).reshape(-1, len(down), len(across)) for name in ("best", "sure", "mean"))
    unit = unit_of(result, found)
    cells = [[None if math.isnan(best[0, r, c]) else
              _map_cell(forms, unit, int(best[0, r, c]), sure[0, r, c], [float(v) for v in mean[:, r, c]])
              for c in range(len(across))] for r in range(len(down))]
    caption = f"The best form by {found.text('down_key')} (down) and {found.text('across_key')} (across)"
    picture = svg.heat([plain_number(float(v)) for v in across], [plain_number(float(v)) for v in down], cells, caption)
    rows = [[plain_number(float(d))] + [f"{cell[1]} {cell[2]}" if cell else "does not exist" for cell in row]
            for d, row in zip(down, cells)]
    return numbering.figure(
        spoken(result, found.text("sentence")).rstrip("."), f"Down {found.text('down_key')}, across {found.text('across_key')}; "
        "all others as they fall; the best form on average and its lead over the next; ? where these futures cannot tell",
        picture, table([found.text("down_key")] + [plain_number(float(v)) for v in across], rows, caption))


def _reverse(result, numbering, found):
    columns = [found.numbers(name) for name in ("score", "path_share", "middle", "value")]
    rows = sorted(((name, *(float(c[i]) for c in columns)) for i, name in enumerate(found.words("draw"))),
                  key=lambda row: -row[2])
    shown = [row for row in rows if row[2] >= LEAST_SHARE] or rows[:1]
    scale = svg.Scale(*svg.widened([row[1] for row in shown]))
    picture = "".join(
        f'<div class="driver"><span><code>{words.breakable(name)}</code> <span class="soft figure">{plain_number(middle)} to '
        f"{plain_number(value)}</span></span>"
        + bars.signed(score, (math.nan, math.nan), scale, f"{name}: from {plain_number(middle)} to {plain_number(value)}, "
                      f"{100 * share:.0f}% of the way", bars.PLAIN) + "</div>"
        for name, score, share, middle, value in shown)
    behind = [[name, plain_number(middle), plain_number(value), words.plain(score, 2, True), f"{100 * share:.0f}%"]
              for name, score, share, middle, value in rows]
    return said(result, found) + numbering.figure(
        f"The mildest combination that turns the best form is {found.number('distance'):.2f} standard deviations away",
        "How far out each input is then, in standard deviations from its middle; beside its name: its middle, and its value there",
        picture, table(["Input", "Middle", "There", "Standard deviations", "Of the way"], behind,
                       "The mildest combination that turns the best form"))


def _along(result, numbering, found):
    """A key that was run at several values: each pair's difference along it."""
    unit = unit_of(result, found)
    tried, difference, error = (found.numbers(name) for name in ("tried", "difference", "difference_se"))
    known = [i for i in range(len(tried)) if not math.isnan(difference[i])]
    if not known:
        return said(result, found)
    rows = [[plain_number(float(tried[i])), words.figure(unit, float(difference[i]), float(error[i]), sign=True),
             words.spread(unit, float(error[i]))] for i in known]
    frame = svg.Across(240, (float(tried[known].min()), float(tried[known].max())),
                       svg.widened([float(difference[i]) + side * 2 * float(error[i]) for i in known for side in (-1, 1)]))
    xs, ys, es = ([float(c[i]) for i in known] for c in (tried, difference, error))
    band = frame.area(xs, [y - 2 * e for y, e in zip(ys, es)], [y + 2 * e for y, e in zip(ys, es)])
    grid = frame.grid(lambda values: words.ticks(unit, values), [(x, plain_number(x)) for x in svg.ticks(*frame.x, 6)], zero=True)
    picture = svg.lines([("difference", "#12436D", None, xs, ys, False)], frame, f"Difference from {rows[0][1]} at {rows[0][0]} to "
                        f"{rows[-1][1]} at {rows[-1][0]}", grid, f'<path d="{band}" fill="#12436D" fill-opacity="0.2"/>')
    return numbering.figure(spoken(result, found.text("sentence")).rstrip("."), f"Mean difference by {found.text('key') or 'value'}"
                            ", run at each; more is better; the band is its 95% interval", picture,
                            table(["Value", "Difference", "±"], rows, "Difference at each value that was run"))


def build(result, numbering):
    """Each that the analyses hold; what fills it where there is none."""
    kinds = (("switch", _switching), ("switch_run", _along), ("map", _map), ("reverse", _reverse))
    drawn = "".join(draw(result, numbering, found) for kind, draw in kinds for found in result.analyses.get(kind, []))
    if not result.analyses.get("switch") and not result.analyses.get("switch_run"):
        return missing("Switching values", "at which value of an input the best form changes.",
                       [f"headroom switch {result.path.name} -o w.h5", f"headroom report {result.path.name} w.h5"]) + drawn
    return f"<h3>Switching values</h3>{drawn}"
