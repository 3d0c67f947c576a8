"""Across a sweep: where the best form changes, by whose eyes; one picture, and every point as a row."""

import math
from functools import partial

from . import svg, words
from .page import name_of, table
from .read import Difference
from .sweep import OBJECTIVES
from .words import text

MOST_SMALL, MOST_COLUMNS = 9, 12
CHANGES = "changes"


def objectives(result):
    """Those that the file has."""
    return [(name, eyes) for name, eyes in OBJECTIVES if result.metric(name)]


def _runs(points, name):
    """Stretches of points along the only axis, in the order of its values, with the same best form."""
    axis = points.axes[0]
    order = sorted(points.done(), key=lambda p: axis.numbers[p]) if axis.numbers is not None else points.done()
    runs = []
    for point in order:
        form = points.best(name, point).form
        if runs and runs[-1][0] is form:
            runs[-1][2] = point
        else:
            runs.append([form, point, point])
    return [run for run in runs if run[0] is not None]


def _unsure(points, name):
    """How often the best cannot be told from the next."""
    count, done = sum(points.best(name, p).unresolved for p in points.done()), len(points.done())
    if not count:
        return ""
    where = "every point" if count == done else f"{count} of {done} points"
    return f" (at {where} these futures cannot tell it from the next)"


def _along(points, name, eyes):
    axis, runs = points.axes[0], _runs(points, name)
    if not runs:
        return ""
    if len(runs) == 1:
        return f"For {eyes} {runs[0][0].label} is best at every point{_unsure(points, name)}."
    told = []
    for form, first, last in runs:
        low, high = axis.values[first], axis.values[last]
        told.append(f"{form.label} at {low}" + (f" to {high}" if high != low else ""))
    return f"For {eyes} the best form {CHANGES} with {axis.name}: {', then '.join(told)}{_unsure(points, name)}."


def _over(points, name, eyes):
    found = [points.best(name, p).form for p in points.done()]
    forms = sorted({form.index: form for form in found if form}.values(), key=lambda form: -found.count(form))
    if not forms:
        return ""
    if len(forms) == 1:
        return f"For {eyes} {forms[0].label} is best at every point{_unsure(points, name)}."
    told = [f"{form.label} at {found.count(form)}" for form in forms]
    return f"For {eyes} the best form {CHANGES}: {words.listed(told)} of {len(found)} points{_unsure(points, name)}."


def sentences(result):
    """Where the best form changes, by whose eyes; what does not change comes last."""
    points = result.points
    say = _along if len(points.axes) == 1 else _over
    told = [sentence for sentence in (say(points, name, eyes) for name, eyes in objectives(result)) if sentence]
    return sorted(told, key=lambda sentence: CHANGES not in sentence)


def _cell(result, name, best):
    if best.form is None:
        return None
    metric = result.metric(name)
    mark = " ?" if best.unresolved else ""
    if best.form is result.reference:
        return 0.0, best.form.label + mark, "the reference"
    # coloured by how much better, whichever way that is
    value = best.against * (metric.better or 1)
    return value, best.form.label + mark, words.figure(metric, best.against, best.against_error, sign=True, digits=3)


def _heat(result, name, eyes):
    points = result.points
    rows, columns, place = points.grid()
    first, second = points.axes
    cells = [[_cell(result, name, points.best(name, place[row, column])) for column in columns] for row in rows]
    return svg.heat([f"{second.name} {c}" for c in columns], [f"{first.name} {r}" for r in rows], cells,
                    f"{eyes[0].upper() + eyes[1:]}: the best form by {first.name} and {second.name}")


def _difference(result, name, point, form):
    compared = result.file[f"comparison/{name}"][point, form.index]
    at = [float(compared[result.statistic[s]]) for s in ("mean", "se", "q05", "q25", "q50", "q75", "q95")]
    return Difference(result.metric(name), form, at[0], at[1], (), *at[2:], math.nan, math.nan, math.nan)


def _strips(result, name, scale, point):
    """A panel: how each form compares at one point."""
    metric, rows = result.metric(name), []
    for form in result.others:
        d = _difference(result, name, point, form)
        mean = words.figure(metric, d.mean, d.se, sign=True, digits=3)
        label = f"{result.points.label(point)}, {form.label}: {mean} against {result.reference.label}"
        rows.append(f'<div class="small-row" data-form="{form.index}">{name_of(form)}{svg.strip(d, scale, label, height=22)}'
                    f'<span class="mean">{text(mean)}</span></div>')
    axis = svg.axis(scale, partial(words.ticks, metric), most=2)
    best = result.points.best(name, point)
    said = f"best: {best.form.label}{' ?' if best.unresolved else ''}"
    return (f'<div class="panel"><p class="panel-head"><strong>{text(result.points.label(point))}</strong><br>'
            f'<span class="soft">{text(said)}</span></p>{"".join(rows)}<div class="small-row"><span></span>{axis}'
            "<span></span></div></div>")


def _small(result, name):
    points = result.points.done()
    values = [v for p in points for f in result.others for d in [_difference(result, name, p, f)]
              for v in (d.q05, d.q95, d.mean)]
    scale = svg.Scale(*svg.widened(values), turned=result.metric(name).better < 0)
    return '<div class="panels wide">' + "".join(_strips(result, name, scale, p) for p in points) + "</div>"


def _curves(result, name):
    """A panel a form: its difference along the only axis, with its 95% interval."""
    points, metric, items = result.points, result.metric(name), []
    axis = points.axes[0]
    order = sorted(points.done(), key=lambda p: axis.numbers[p])
    along = svg.Scale(float(min(axis.numbers[order])), float(max(axis.numbers[order])))
    drawn = {form: [_difference(result, name, p, form) for p in order] for form in result.others}
    up = svg.Scale(*svg.widened([v for ds in drawn.values() for d in ds for v in (d.mean - 2 * d.se, d.mean + 2 * d.se)]))
    for form, ds in drawn.items():
        ends = [words.figure(metric, d.mean, d.se, sign=True, digits=3) for d in (ds[0], ds[-1])]
        label = (f"{form.label} against {result.reference.label}: {ends[0]} at {axis.name} {axis.values[order[0]]}, {ends[1]} "
                 f"at {axis.values[order[-1]]}")
        picture = svg.curve([(float(axis.numbers[p]), d.mean, d.se) for p, d in zip(order, ds)], (along, up), form, label,
                            partial(words.ticks, metric))
        items.append(f'<div class="panel" data-form="{form.index}"><p class="panel-head">{name_of(form)}</p>{picture}</div>')
    return f'<div class="panels">{"".join(items)}</div>'


def _table(result):
    """Every point as a row: where it is, and the best form by each objective."""
    points, views, rows = result.points, objectives(result), []
    for p in range(points.count):
        row = [str(p)] + [axis.values[p] for axis in points.axes]
        if points.status[p] != 0:
            said = f"refused: {points.reasons[p]}" if points.status[p] == 1 else "not run yet"
            rows.append(row + [said] + [""] * (len(views) - 1))
            continue
        for name, _ in views:
            best, metric = points.best(name, p), result.metric(name)
            lead = words.figure(metric, best.against, best.against_error, sign=True, digits=3)
            own = "" if best.form is result.reference else f" {lead}"
            row.append(f"{best.form.label}{' ?' if best.unresolved else ''}{own}")
        rows.append(row)
    heads = ["Point"] + [axis.name for axis in points.axes] + [
        f"Best for {eyes}, {result.metric(name).unit}".rstrip(", ") for name, eyes in views]
    return table(heads, rows, f"Every point: the best form, and by how much it differs from {result.reference.label}; ? where "
                 "these futures cannot tell it from the next", "long points" if points.count > 20 else "points")


def _picture(result, numbering, name, eyes, behind):
    points, metric = result.points, result.metric(name)
    grid = points.grid()
    if grid and len(grid[1]) <= MOST_COLUMNS:
        picture, how = _heat(result, name, eyes), "darker is further from it; ? where these futures cannot tell best from next"
    elif len(points.axes) == 1 and points.axes[0].numbers is not None and len(points.done()) > 2:
        picture, how = _curves(result, name), (f"across: {points.axes[0].name}; the band is where the mean lies with 95% "
                                               "confidence")
    elif len(points.done()) <= MOST_SMALL:
        picture, how = _small(result, name), "mean; half of futures in the thick bar, 9 in 10 in the thin"
    else:
        return ""
    title = (_along if len(points.axes) == 1 else _over)(points, name, eyes).rstrip(".")
    return numbering.figure(title, f"Difference from {result.reference.label} in the same {result.futures()} at each "
                            f"point, {metric.unit}; {how}", picture, behind)


def build(result, numbering):
    """The section of a swept file."""
    points, behind = result.points, _table(result)
    refused = sum(points.status == 1)
    note = f" {refused} were refused; the table says why." if refused else ""
    said = "".join(f"<li>{text(sentence)}</li>" for sentence in sentences(result))
    figures = "".join(_picture(result, numbering, name, eyes, behind) for name, eyes in objectives(result)[:2]
                      if result.others and points.done())
    return (f"<p>This file is a sweep of {points.count} points over {text(words.listed([a.name for a in points.axes]))}, all on "
            f"the same draws.{note} The other sections are of point {result.point}, {text(points.label(result.point))}; "
            f"<code class=\"figure\">--point K</code> shows another.</p><ul>{said}</ul>{figures}{'' if figures else behind}")
