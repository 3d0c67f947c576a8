"""Question, answer, how sure, one picture."""

import math
import re
from functools import partial

from . import metrics, section_points, svg, words
from .page import name_of, table
from .words import text


def head(result):
    """Title, question and facts; a draft until the log is signed."""
    sites = len(result.file["site"])
    people = float(result.file["inputs/practices/list"][()].sum())
    question = result.text("question") or "How should these practices be organised, and who holds the loss when it comes?"
    draft = "" if result.text("/inputs/qa/approver") else '<span class="draft">Draft: not yet assured</span>'
    facts = (f"{sites} practice{'s' if sites != 1 else ''} · {people:,.0f} people · {result.years()} years from April "
             f"{result.start_year()} · {result.futures()}, the same for every form · real £ of "
             f"{result.text('price_base')}")
    return (f'<header><p class="brand">Headroom report {draft}</p><h1>{text(result.text("title"))}</h1>'
            f'<p class="question">{text(question)}</p><p class="facts">{text(facts)}</p></header>')


def emphasised(sentence, result):
    """A sentence with the forms' names in bold."""
    labels = sorted((re.escape(text(words.typeset(form.label))) for form in result.forms), key=len, reverse=True)
    marked = re.sub(rf"(?<!\w)({'|'.join(labels)})(?!\w)", r"<strong>\1</strong>", text(words.typeset(sentence)))
    return re.sub(r"(Those rankings are [^<]*)$", r"<strong>\1</strong>", marked)


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
    odds = difference.odds + difference.ties
    known = odds if odds.startswith("worse") else f"better in {odds}"
    label = (f"{metric.label}, {form.label}: {mean} against {result.reference.label}, nine futures in ten from "
             f"{words.span(metric, difference.q05, difference.q95) or 'nowhere'}, {known}")
    picture = svg.strip(difference, scale, label, neutral_of(result, name, form))
    return (f'<div class="row" data-form="{form.index}" tabindex="-1"><span class="who">{name_of(form)}</span>{picture}'
            f'<span class="mean">{text(mean)}</span><span class="verdict">'
            f'{verdict_markup(result.verdict(name, form))} <span class="soft odds">{text(odds)}</span></span></div>')


def _perspective(result, name):
    metric = result.metric(name)
    drawn = [result.difference(name, form) for form in result.others]
    values = [v for d in drawn for v in (d.q05, d.q95, d.mean, neutral_of(result, name, d.form))]
    scale = svg.Scale(*svg.widened(values), turned=metric.better < 0)
    rows = "".join(_row(result, name, form, scale) for form in result.others)
    axis = svg.axis(scale, partial(words.ticks, metric))
    return (f'<div class="perspective"><h3>{text(metrics.EYES[name])} <span class="soft">{text(metric.unit)}</span></h3>{rows}'
            f'<div class="row axis-row"><span></span>{axis}<span></span><span></span></div></div>')


def figures(result, names):
    """The table behind a chart of differences."""
    rows = []
    for name in names:
        for form in result.others:
            d = result.difference(name, form)
            five = words.quantiles(d.metric, (d.q05, d.q25, d.q50, d.q75, d.q95), [
                result.compared(name, form, f"{q}_error") for q in ("q05", "q25", "q50", "q75", "q95")], True)
            rows.append([f"{d.metric.label}, {form.label}", d.metric.unit, words.figure(d.metric, d.mean, d.se, True),
                         words.spread(d.metric, d.se)] + five + [d.odds])
    return table(["Difference", "Unit", "Mean", "±", "1 in 20 below", "1 in 4 below", "Middle", "1 in 4 above",
                  "1 in 20 above", "Better in"], rows, f"Differences from {result.reference.label}"
                 + (f": {result.metric(names[0]).label}" if len(names) == 1 else ""))


PRICED = ("Sentence 1 counts appointments not given at their price, both for everyone together and for the public purse; here they "
          "have rows of their own.")


def shown(result):
    """The five perspectives that the file has."""
    return [name for name in metrics.HEADLINES if result.metric(name)]


def _split(result, names):
    """Whether resolved differences point both ways: some form better by one measure and worse by another."""
    seen = {form: {result.verdict(name, form).get("verdict") for name in names} for form in result.others}
    return any({"better", "worse"} <= verdicts for verdicts in seen.values())


def chart(result, numbering):
    """Chart 1."""
    if not result.others:
        return f"<p>{text(result.reference.label)} stands alone: there is no form to compare it with.</p>"
    names = shown(result)
    boxes = "".join(f'<label><input type="checkbox" checked data-toggle="{form.index}">{name_of(form)}</label>'
                    for form in result.others)
    controls = f'<fieldset class="controls scripted" hidden><legend>Show forms</legend>{boxes}</fieldset>'
    neutral = (f"<span>{svg.key_neutral()} the same with the forms’ assumed terms neutral</span><span>† turns round then, or "
               "when contracts and hospital effects are left out</span>" if result.has("neutral/forms/comparison") else "")
    key = (f'<p class="key-line"><span>{svg.key_strip()} mean; half of futures in the thick bar, 9 in 10 in the thin</span>'
           f"{neutral}</p>")
    ends = (f'<div class="row ends"><span></span><span class="ends-in"><span>◀ worse than {text(result.reference.label)}'
            '</span><span>better ▶</span></span><span class="mean">Mean</span><span class="verdict"><span></span><span class="odds">'
            'Better in</span></span></div>')
    message = "Who is better off, by whose eyes" + (": nobody agrees" if _split(result, names) else "")
    subtitle = (f"Difference from {result.reference.label} in the same {result.futures()}, {result.years()} years "
                f"from April {result.start_year()}; right is better in every row")
    return numbering.figure(message, subtitle, controls + key + ends + "".join(_perspective(result, n) for n in names),
                            figures(result, names), PRICED if "unmet_appointments" in names else "")


def build(result, numbering):
    """The section."""
    swept = f'<p class="swept">{text(section_points.sentences(result)[0])}</p>' \
        if result.points and section_points.sentences(result) else ""
    return sentences(result) + swept + chart(result, numbering)
