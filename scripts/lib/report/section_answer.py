"""Question, answer, how sure, one picture."""

import math

from . import metrics, svg, words
from .page import name_of, table
from .words import text

WORDS_OF_VERDICT = {"better": "better", "worse": "worse"}


def head(result):
    """Title, question and facts; a draft until the log is signed."""
    sites = len(result.file["site"])
    people = float(result.file["inputs/practices/list"][()].sum())
    question = result.text("question") or "How should these practices be organised, and who holds the loss when it comes?"
    draft = "" if result.text("/inputs/qa/approver") else '<span class="draft">Draft: not yet assured</span>'
    facts = (f"{sites} practice{'s' if sites != 1 else ''} · {people:,.0f} people · {result.years()} years from April "
             f"{result.start_year()} · {result.trials():,} futures, the same for every form · real £ of "
             f"{result.text('price_base')}")
    return (f'<header><p class="brand">Headroom report {draft}</p><h1>{text(result.text("title"))}</h1>'
            f'<p class="question">{text(question)}</p><p class="facts">{text(facts)}</p></header>')


def emphasised(sentence, result):
    """A sentence with the forms' names in bold."""
    marked = text(sentence)
    for form in sorted(result.forms, key=lambda form: -len(form.label)):
        marked = marked.replace(text(form.label), f"<strong>{text(form.label)}</strong>")
    return marked


def sentences(result):
    """The three sentences, as the engine says them."""
    items = [emphasised(sentence["page"], result) for sentence in result.answer.get("sentences", [])]
    return '<ol class="answers">' + "".join(f"<li><p>{item}</p></li>" for item in items) + "</ol>"


def neutral_of(result, name, form):
    """The difference with the forms' assumed terms neutral, where the file holds it."""
    path = f"neutral/forms/comparison/{name}"
    return float(result.values(path)[form.index, 0]) if result.has(path) else math.nan


def verdict_markup(verdict):
    """Mark and words of a verdict."""
    kind = verdict.get("verdict", "")
    dagger = " †" if verdict.get("turns") else ""
    css = {"better": "gain", "worse": "loss"}.get(kind, "soft")
    return f'<span class="{css}">{text(verdict.get("mark", ""))} {text(kind)}{dagger}</span>'


def _row(result, name, form, scale):
    difference = result.difference(name, form)
    metric = difference.metric
    mean = words.figure(metric, difference.mean, difference.se, sign=True, digits=3)
    odds = words.odds(difference.better)
    same = f", same in {100 * difference.equal:.0f}" if difference.equal > 0.005 else ""
    label = (f"{metric.label}, {form.label}: {mean} against {result.reference.label}, nine futures in ten from "
             f"{words.figure(metric, difference.q05)} to {words.figure(metric, difference.q95)}, better in {odds}{same}")
    picture = svg.strip(difference, scale, label, neutral_of(result, name, form))
    return (f'<div class="row" data-form="{form.index}" tabindex="-1"><span class="who">{name_of(form)}</span>{picture}'
            f'<span class="mean">{text(mean)}</span><span class="verdict">'
            f'{verdict_markup(result.verdict(name, form))} <span class="soft">{text(odds)}{text(same)}</span></span></div>')


def _perspective(result, name):
    metric = result.metric(name)
    values = [v for form in result.others for v in (result.difference(name, form).q05, result.difference(name, form).q95,
                                                    neutral_of(result, name, form))]
    scale = svg.Scale(*svg.widened(values), turned=metric.better < 0)
    rows = "".join(_row(result, name, form, scale) for form in result.others)
    axis = svg.axis(scale, lambda value: words.figure(metric, value, sign=True, digits=3))
    return (f'<div class="perspective"><h3>{text(metric.label)} <span class="soft">{text(metric.unit)}</span></h3>{rows}'
            f'<div class="row axis-row"><span></span>{axis}<span></span><span></span></div></div>')


def figures(result, names):
    """The table behind a chart of differences."""
    rows = []
    for name in names:
        for form in result.others:
            d = result.difference(name, form)
            rows.append([f"{d.metric.label}, {form.label}", d.metric.unit, words.figure(d.metric, d.mean, d.se, True),
                         words.spread(d.metric, d.se)] + [words.figure(d.metric, q, sign=True) for q in
                                                          (d.q05, d.q25, d.q50, d.q75, d.q95)] + [words.odds(d.better)])
    return table(["Difference", "Unit", "Mean", "±", "1 in 20 below", "1 in 4 below", "Middle", "1 in 4 above",
                  "1 in 20 above", "Better in"], rows, f"Differences from {result.reference.label}")


def shown(result):
    """The five perspectives that the file has."""
    names = [name for name in metrics.HEADLINES if result.metric(name)]
    return names


def chart(result, numbering):
    """Chart 1."""
    if not result.others:
        return f"<p>{text(result.reference.label)} stands alone: there is no form to compare it with.</p>"
    names = shown(result)
    boxes = "".join(f'<label><input type="checkbox" checked data-toggle="{form.index}">{name_of(form)}</label>'
                    for form in result.others)
    controls = f'<fieldset class="controls scripted" hidden><legend>Show forms</legend>{boxes}</fieldset>'
    key = ('<p class="key-line"><span>line: nine futures in ten; bar: half of futures; mark: mean</span>'
           + ("<span>◇ the same with the forms' assumed terms neutral; † turns round then, or without contracts and "
              "hospital effects</span>" if result.has("neutral/forms/comparison") else "") + "</p>")
    ends = (f'<div class="row ends"><span></span><span class="ends-in"><span>◀ worse than {text(result.reference.label)}'
            "</span><span>better ▶</span></span><span>Mean</span><span>Better in</span></div>")
    message = result.answer.get("chart_title") or "Who is better off, by whose eyes"
    subtitle = (f"Difference from {result.reference.label} in the same {result.trials():,} futures, {result.years()} years "
                f"from April {result.start_year()}; right is better in every row")
    return numbering.figure(message, subtitle, controls + key + ends + "".join(_perspective(result, n) for n in names),
                            figures(result, names))


def build(result, numbering):
    """The section."""
    return sentences(result) + chart(result, numbering)
