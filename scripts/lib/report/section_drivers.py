"""What moves each difference: a tornado a form, and what to type to try it; then what analyses say."""

import math

from . import bars, metrics, section_made, section_turns, svg, words
from .analysis import Analysis
from .page import missing, panels, table
from .read import BadFile
from .section_turns import plain_number, spoken
from .words import text

MOST, FEW, MOST_FORMS = 10, 3, 6
METRIC = "economic_net_position"


def _short(name, form):
    """A key as it is spoken of beside a form."""
    return name.replace(f"forms.{form.name}.", "form’s ").replace("forms.*.", "forms’ ")


def _meaning(result, keys):
    """What an input is: of one that is drawn for several forms, what it is in the first."""
    return next((result.put_in[key].meaning for key in keys if key in result.put_in), "")


def _driver(result, row, scale, form, metric):
    name, keys, low, high, at_low, at_high, mean, seen = row
    kinds = sorted({result.put_in[key].evidence for key in keys if key in result.put_in} - {""})
    badge = "".join(f'<span class="badge">{text(kind)}</span>' for kind in kinds[:1])
    badge += "" if seen == 1 else '<span class="badge">? not told from chance</span>'
    ends = [words.figure(metric, value, sign=True, digits=3) for value in (low, high)]
    label = (f"{form.label}: {name} at {plain_number(at_low)}, 1 in 10 below, {ends[0]}; at {plain_number(at_high)}, "
             f"1 in 10 above, {ends[1]}")
    return (f'<div class="driver"><span>{text(_meaning(result, keys))}<br><code>{words.breakable(_short(name, form))}</code> '
            f'{badge}<span class="soft"> <span class="figure">{plain_number(at_low)} to {plain_number(at_high)}</span></span></span>'
            f"{bars.swing(low, high, mean, scale, form.colour, label)}</div>")


def _own_first(row, form):
    """By how far it moves the difference; of inputs that are one draw the form's own first."""
    return -abs(row[3] - row[2]), not row[0].startswith((f"forms.{form.name}.", "forms.*.")), row[0]


def _rows(found, form):
    """What moves the difference by more than chance does; where nothing is seen to, the first few all the same."""
    keys = [words_list.split(",") for words_list in found.words("keys")] or [[d] for d in found.words("draw")]
    columns = [found.numbers(name) for name in ("difference_at_10", "difference_at_90", "draw_at_10", "draw_at_90")]
    mean, seen = found.number("difference"), found.numbers("seen")
    rows = [(name, [k.strip() for k in k_list], *(float(c[i]) for c in columns), mean, float(seen[i]))
            for i, (name, k_list) in enumerate(zip(found.words("draw"), keys))]
    rows = sorted((row for row in rows if not math.isnan(row[2] + row[3])), key=lambda row: _own_first(row, form))
    once = {}
    for row in rows:
        once.setdefault((round(row[2], 9), round(row[3], 9)), row)
    told = [row for row in once.values() if row[7] == 1]
    return told or list(once.values())[:FEW]


def _remember(result, found):
    """The furthest that each key moves any of the differences."""
    for keys, low, high in zip(found.words("keys"), found.numbers("difference_at_10"), found.numbers("difference_at_90")):
        for key in (key.strip() for key in keys.split(",")):
            result.swing[key] = max(result.swing.get(key, 0.0), abs(float(high - low)) if high == high and low == low else 0.0)


def _asked(result):
    """The engine's answer for each form against the reference."""
    found = {}
    for form in result.others[:MOST_FORMS]:
        found[form] = Analysis(result.ask("sensitivity", str(result.path), "--quick", "--metric", METRIC, "--pair",
                                          f"{form.name},{result.reference.name}"))
        _remember(result, found[form])
    return found


def _panel(result, form, analysis, metric, behind):
    """A form's tornado, and its rows of the table behind; None where nothing is seen."""
    rows = _rows(analysis, form)
    if not rows:
        return None
    shown = rows[:MOST]
    scale = svg.Scale(*svg.widened([v for row in shown for v in row[2:4]]))
    picture = "".join(_driver(result, row, scale, form, metric) for row in shown)
    axis = svg.axis(scale, lambda values: words.ticks(metric, values), most=3)
    explained = analysis.number("explained_at_least")
    note = f"{len(rows)} of {len(analysis.words('draw'))} inputs are seen to move it" if rows[0][7] == 1 else \
        "no input is seen to move it by more than chance"
    note += f", the {MOST} that move it most shown" if len(rows) > MOST else ""
    note += "" if math.isnan(explained) else f"; all explain at least {100 * explained:.0f}% of the spread"
    behind += [[f"{form.label}: {row[0]}", _meaning(result, row[1]), plain_number(row[4]), plain_number(row[5]),
                words.figure(metric, row[2], sign=True, digits=3), words.figure(metric, row[3], sign=True, digits=3),
                result.to_try(row[1], row[4]), result.to_try(row[1], row[5])] for row in rows]
    return (form, note, f'{picture}<div class="driver"><span></span>{axis}</div>'), f"{form.label}’s on {_short(rows[0][0], form)}"


def _tornado(result, numbering, found, metric, against):
    """A panel for each of found, (form, analysis): differences from another form by a measure."""
    behind = []
    drawn = [panel for form, analysis in found for panel in [_panel(result, form, analysis, metric, behind)] if panel]
    title = f"What each difference hangs on most: {words.listed([most for _, most in drawn])}" if drawn else \
        "What moves each difference"
    used = found[0][1].number("trials_used")
    return numbering.figure(title, f"{metrics.EYES.get(metric.name, metric.label)} against {against}, {metric.unit}: its mean with an "
                            f"input at its 1-in-10 low (hollow) and high (filled) value, all others as they fall; dotted: the mean; "
                            f"by regression on {used:,.0f} futures", panels([item for item, _ in drawn]),
                            table(["Input", "What it is", "1 in 10 below", "1 in 10 above", "Difference at low", "Difference at high",
                                   "To run it low", "To run it high"], behind, "What moves each difference; money of the price base, "
                                  "and in the lines to copy of the year that the key is written in", "lines-to-copy"))


def _given(result, numbering, found):
    """The tornado of an analysis that was given: of its own pair, by its own measure."""
    place = {form.name: form for form in result.forms}
    first, second = place.get(found.text("first")), place.get(found.text("second"))
    metric = result.metric(found.text("metric"))
    if not (first and second and metric):
        return ""
    return f"<p>{text(spoken(result, found.text('sentence')))}</p>" + _tornado(result, numbering, [(first, found)], metric,
                                                                              second.label)


def _asked_besides(result, numbering):
    given = "".join(_given(result, numbering, found) for found in result.analyses.get("sensitivity", []))
    return given + section_turns.build(result, numbering) + section_made.build(result, numbering)


def build(result, numbering):
    """Tornado, then where the best form changes, then what else was asked."""
    fill = missing("What moves each difference", "the trials and what was drawn in each.",
                   result.to_have_trials())
    if not result.others or not result.has(f"trials/{METRIC}") or not result.has("parameters"):
        return fill + _asked_besides(result, numbering)
    if result.points:
        return missing("What moves each difference", "it is asked of a result of one point.",
                       result.to_have_trials()) + _asked_besides(result, numbering)
    try:
        found = _asked(result)
    except BadFile as refused:
        return f'<p class="note">{text(refused)}</p>' + _asked_besides(result, numbering)
    return (_tornado(result, numbering, list(found.items()), result.metric(METRIC), result.reference.label) if found else "") + _asked_besides(result, numbering)
