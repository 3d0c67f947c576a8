"""What a difference is made of: terms of a form, inputs alone and together, assumptions and chance."""

import math

from . import bars, svg, words
from .page import table
from .section_turns import said, spoken, unit_of
from .words import text

LEAST = 1e-9  # of the largest


def _terms(result, numbering, found):
    unit, columns = unit_of(result, found), [found.numbers(name) for name in ("made", "made_low", "made_high", "made_se")]
    texts = [found.words(name) for name in ("term", "in_first", "in_second", "meaning")]
    rows = sorted(zip(*texts, *([float(v) for v in c] for c in columns)), key=lambda row: -abs(row[4]))
    largest = max((abs(row[4]) for row in rows), default=0.0)
    shown = [row for row in rows if abs(row[4]) > LEAST * largest]
    scale = svg.Scale(*svg.widened([v for row in shown for v in row[4:7] if not math.isnan(v)]))
    first, second = (spoken(result, found.text(name)) for name in ("first", "second"))
    picture = "".join(
        f'<div class="driver"><span><code>{words.breakable(term)}</code> <strong>{words.figure(unit, made, error, sign=True)}</strong>'
        f'<span class="soft"> {text(theirs)} to {text(mine)}</span></span>'
        + bars.signed(made, (low, high), scale, f"{term}: {words.figure(unit, made, error, sign=True)}") + "</div>"
        for term, mine, theirs, _, made, low, high, error in shown)
    behind = [[term, theirs, mine, words.figure(unit, made, error, sign=True), words.spread(unit, error), meaning]
              for term, mine, theirs, meaning, made, low, high, error in rows]
    return said(result, found) + numbering.figure(
        f"What makes {first} differ from {second}", f"What each term makes of the difference, {unit.unit}, with its interval, run "
        "one exchanged after another in both orders; right is better", picture,
        table(["Term", second, first, "Makes", "±", "What it is"], behind, "What each term makes of the difference"))


def _saltelli(result, numbering, found):
    columns = [found.numbers(name) for name in ("first_order", "first_order_se", "total", "total_se")]
    rows = [(name, *(float(c[i]) for c in columns)) for i, name in enumerate(found.words("input"))]
    scale = svg.Scale(0, 1.05 * max([row[3] + 2 * row[4] for row in rows if not math.isnan(row[3])] + [0.01]))
    percent = lambda v: f"{100 * v:.0f}%"  # noqa: E731
    picture = "".join(
        f'<div class="driver"><span><code>{words.breakable(name)}</code> <span class="soft"><span class="figure">'
        f"{percent(total)}, alone {percent(first)}</span></span></span>"  # beside the name: a phone has no room at the end
        + bars.worth(total, max(total - 2 * total_se, 0), total + 2 * total_se, scale, f"{name}: alone {percent(first)}, with "
                     f"others {percent(total)}", "") + "</div>"
        for name, first, _, total, total_se in rows if not math.isnan(total))
    behind = [[name, percent(first), f"±{percent(first_se)}", percent(total), f"±{percent(total_se)}"]
              for name, first, first_se, total, total_se in rows]
    return said(result, found) + numbering.figure(
        "How much of the spread each input makes, alone and with others", "Share of the variance of the difference that an input "
        "makes alone and together with others (bar, with its interval), and alone", picture,
        table(["Input", "Alone", "±", "With others", "±"], behind, "Share of the variance of the difference"))


DRAWN = {"terms": _terms, "saltelli": _saltelli}
HEADS = {"compare": "Who leads, by whose eyes", "compare_results": "Beside other results", "split": "Assumptions or chance"}
ELSEWHERE = {"sensitivity", "switch", "switch_run", "map", "reverse", "voi", "acceptability"}


def _told(result, kind, found):
    """What has no picture is told in its sentences."""
    sentences = found.words("sentences") or [found.text("sentence")]
    return (f"<h3>{text(HEADS.get(kind, kind.replace('_', ' ').capitalize()))}</h3><ul>"
            + "".join(f"<li>{text(spoken(result, sentence))}</li>" for sentence in sentences) + "</ul>")


def build(result, numbering):
    """Each that the analyses hold: none is passed over."""
    return "".join(DRAWN[kind](result, numbering, found) if kind in DRAWN else _told(result, kind, found)
                   for kind, all_of_it in result.analyses.items() if kind not in ELSEWHERE for found in all_of_it)
