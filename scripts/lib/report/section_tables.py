"""Forms side by side, and every paired difference."""

from . import metrics, svg, words
from .page import caption_of, name_of, table
from .section_answer import verdict_markup
from .words import text


MARKS = ("* a mean not to be leaned on, nor its error: a few futures lie so far out that more of them may move it anywhere. "
         "^ without a bound: too few futures lie beyond to say how far off an end is.")


def _exists(result, name):
    return any(result.summary(name, form, "count") > 0 for form in result.forms)


def _moves(result, name):
    return any(result.summary(name, form) != 0 for form in result.forms)


def _names(result):
    return [name for name in result.metric_names() if _exists(result, name) and _moves(result, name)]


def _errors(read, name, form):
    return read(name, form, "q05_error"), read(name, form, "q95_error")


def _cell(result, metric, name, form):
    mean, error = result.summary(name, form), result.summary(name, form, "se")
    low, high = result.summary(name, form, "q05"), result.summary(name, form, "q95")
    star, open_end = result.marks(result.summary, name, form)
    span = words.span(metric, low, high, _errors(result.summary, name, form)) + open_end if low != high else ""
    return (f'<span class="number">{text(words.figure(metric, mean, error))}{star} <span class="soft">'
            f'{text(words.spread(metric, error))}</span></span><span class="span soft">{_unbroken(span)}</span>')


def _unbroken(span):
    return " to ".join(f'<span class="number">{text(part)}</span>' for part in span.split(" to ")) if span else ""


def _group(result, group, names):
    head = f'<tr class="group"><th scope="rowgroup" colspan="{len(result.forms) + 1}">{text(group)}</th></tr>'
    rows = [f'<tr><th scope="row">{text(m.label)} <span class="soft">{text(m.unit)}</span></th>'
            + "".join(f"<td>{_cell(result, m, m.name, form)}</td>" for form in result.forms) + "</tr>"
            for m in (result.metric(name) for name in names)]
    return f"<tbody>{head}{''.join(rows)}</tbody>"


def side(result, _numbering):
    """Mean with its error, and where nine futures in ten lie."""
    groups = {}
    for name in _names(result):
        groups.setdefault(result.metric(name).group, []).append(name)
    body = "".join(_group(result, group, names) for group, names in groups.items())
    heads = "".join(f'<th scope="col">{name_of(form)}</th>' for form in result.forms)
    caption = "Forms side by side: mean ± one Monte Carlo error; below it, where nine futures in ten lie"
    return ("<p>Each figure: the mean over futures with its Monte Carlo error, and below it where nine futures in ten lie. "
            f"Measures that are zero under every form are left out. {MARKS}</p>"
            f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table class="figures side">'
            f'{caption_of(caption)}<thead><tr><th scope="col">Measure</th>{heads}</tr></thead>{body}</table></div>')


def _compared(result, d):
    """A difference as a row."""
    metric, same = d.metric, d.mean == 0 and d.se == 0
    unit = f'{text(metric.label)} <span class="soft">{text(metric.unit)}</span>'
    verdict = verdict_markup(result.verdict(metric.name, d.form))
    if same:
        return [unit, "0", "", "", verdict]
    scale = svg.Scale(*svg.widened([d.q05, d.q95, d.mean]), turned=metric.better < 0)
    span = words.span(metric, d.q05, d.q95, _errors(result.compared, metric.name, d.form), sign=True)
    picture = svg.strip(d, scale, f"{metric.label}: nine futures in ten from {span}", height=20)
    star, open_end = result.marks(result.compared, metric.name, d.form)
    mean = (f'<span class="number">{text(words.figure(metric, d.mean, d.se, True))}{star} <span class="soft">'
            f"{text(words.spread(metric, d.se))}</span></span>")
    return [unit, mean, f'{picture}<span class="span soft">{_unbroken(span + open_end)}</span>',
            f'<span class="number">{text(d.odds)}</span>' if metric.better else '<span class="soft">neither way is better</span>',
            verdict]


def paired(result, _numbering):
    """Every difference with a strip a row."""
    if not result.others:
        return "<p>There is one form, and nothing to compare it with.</p>"
    parts = [f"<p>{MARKS}</p>", '<fieldset class="controls scripted" hidden><legend>Form</legend>' + "".join(
        f'<label><input type="radio" name="paired" data-pick="{form.index}"{" checked" if i == 0 else ""}>{name_of(form)}'
        "</label>" for i, form in enumerate(result.others)) + "</fieldset>"]
    for form in result.others:
        rows = []
        for name in _names(result):
            d = result.difference(name, form)
            if not d.exists:
                continue
            rows.append(_compared(result, d))
        absent = len(_names(result)) - len(rows)
        note = f"; {absent} do not exist under both and are left out" if absent else ""
        parts.append(f'<div data-panel="{form.index}"><h3>{name_of(form)}</h3>' + table(
            ["Measure", "Mean difference", "Nine futures in ten; right is better", "Better in", "Verdict"], rows,
            f"{form.label} less {result.reference.label}, same futures{note}", "figures strips", raw=True) + "</div>")
    return "".join(parts)
