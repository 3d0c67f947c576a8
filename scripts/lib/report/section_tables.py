"""Forms side by side, and every paired difference."""

from . import metrics, svg, words
from .page import name_of, table
from .section_answer import verdict_markup
from .words import text


def _exists(result, name):
    return any(result.summary(name, form, "count") > 0 for form in result.forms)


def _moves(result, name):
    return any(result.summary(name, form) != 0 for form in result.forms)


def _names(result):
    return [name for name in result.metric_names() if _exists(result, name) and _moves(result, name)]


def _cell(result, metric, name, form):
    mean, error = result.summary(name, form), result.summary(name, form, "se")
    low, high = result.summary(name, form, "q05"), result.summary(name, form, "q95")
    return (f"{text(words.figure(metric, mean, error))} <span class=\"soft\">{text(words.spread(metric, error))}"
            f"<br>{text(words.figure(metric, low))} to {text(words.figure(metric, high))}</span>")


def side(result, _numbering):
    """Mean with its error, and where nine futures in ten lie."""
    parts = ["<p>Each figure: the mean over futures with its Monte Carlo error, and below it where nine futures in ten "
             "lie. Rows that are zero under every form are left out.</p>"]
    for group in metrics.GROUPS:
        rows = []
        for name in _names(result):
            metric = result.metric(name)
            if metric.group == group:
                rows.append([f'{text(metric.label)} <span class="soft">{text(metric.unit)}</span>']
                            + [_cell(result, metric, name, form) for form in result.forms])
        if rows:
            parts.append(table([text(group)] + [name_of(form) for form in result.forms], rows, group, "figures", raw=True))
    return "".join(parts)


def paired(result, _numbering):
    """Every difference with a strip a row."""
    if not result.others:
        return "<p>There is one form, and nothing to compare it with.</p>"
    parts = ['<fieldset class="controls scripted" hidden><legend>Form</legend>' + "".join(
        f'<label><input type="radio" name="paired" data-pick="{form.index}"{" checked" if i == 0 else ""}>{name_of(form)}'
        "</label>" for i, form in enumerate(result.others)) + "</fieldset>"]
    for form in result.others:
        rows = []
        for name in _names(result):
            d = result.difference(name, form)
            if not d.exists:
                rows.append([text(d.metric.label), text(d.metric.unit), "does not exist", "", "", ""])
                continue
            scale = svg.Scale(*svg.widened([d.q05, d.q95, d.mean]), turned=d.metric.better < 0)
            label = f"{d.metric.label}: nine futures in ten from {words.figure(d.metric, d.q05)} to " \
                    f"{words.figure(d.metric, d.q95)}"
            rows.append([text(d.metric.label), text(d.metric.unit),
                         text(words.figure(d.metric, d.mean, d.se, True)) + f' <span class="soft">'
                         f"{text(words.spread(d.metric, d.se))}</span>", svg.strip(d, scale, label, height=20),
                         text(words.odds(d.better)) if d.metric.better else "", verdict_markup(result.verdict(name, form))])
        parts.append(f'<div data-panel="{form.index}"><h3>{name_of(form)}</h3>' + table(
            ["Measure", "Unit", "Mean difference", "Nine futures in ten", "Better in", "Verdict"], rows,
            f"{form.label} less {result.reference.label}, same futures", "figures strips", raw=True) + "</div>")
    return "".join(parts)
