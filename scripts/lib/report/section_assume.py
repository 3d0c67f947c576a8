"""Every number put in, ordered by what it rests on."""

import math

from .page import table
from .read import words_of
from .words import breakable, text

ORDER = ["assumption", "chosen", "survey", "derived", "published", "definition"]
COLOURS = {"assumption": "#F2C14E", "chosen": "#E07A5F", "survey": "#9CC5A1", "derived": "#9DB4C0",
           "published": "#12436D", "definition": "#D8DDE1"}


def _number(value):
    if math.isnan(value):
        return ""
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def rows_of(result):
    """The assumptions as dictionaries."""
    group = result.file["inputs/assumptions"]
    words_in = {name: words_of(group[name]) for name in ("key", "value", "unit", "meaning", "evidence", "source", "owner",
                                                         "date")}
    numbers = {name: [float(v) for v in group[name][()]] for name in ("central", "low", "high")}
    count = len(words_in["key"])
    rows = [{name: column[i] for name, column in (words_in | numbers).items()} for i in range(count)]
    return sorted(rows, key=lambda row: (ORDER.index(row["evidence"]) if row["evidence"] in ORDER else 9,
                                         -result.swing.get(row["key"], 0.0), row["key"]))


def _bar(rows):
    counts = {kind: sum(row["evidence"] == kind and not math.isnan(row["central"]) for row in rows) for kind in ORDER}
    total = sum(counts.values()) or 1
    x, parts = 0.0, []
    for kind, count in counts.items():
        if not count:
            continue
        width = 100 * count / total
        parts.append(f'<rect x="{x:.3f}%" width="{width:.3f}%" height="24" fill="{COLOURS[kind]}" stroke="#fff" '
                     f'data-value="{count}"/>')
        x += width
    label = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    key = '<p class="key-line">' + "".join(
        f'<span><svg class="key" width="14" height="14" aria-hidden="true"><rect width="14" height="14" '
        f'fill="{COLOURS[kind]}"/></svg> {count} {kind}</span>' for kind, count in counts.items() if count) + "</p>"
    return (f'<svg class="stack" width="100%" height="24" role="img" aria-label="Numbers by evidence: {text(label)}">'
            f'{"".join(parts)}</svg>{key}')


def build(result, _numbering):
    """Bar of evidence, search, table."""
    rows = rows_of(result)
    kinds = [kind for kind in ORDER if any(row["evidence"] == kind for row in rows)]
    controls = ('<fieldset class="controls scripted" hidden><legend>Find</legend><label>Word <input type="search" '
                'data-search="assumptions"></label>' + "".join(
                    f'<label><input type="checkbox" checked data-evidence="{kind}">{kind}</label>' for kind in kinds)
                + '<span role="status" data-count="assumptions"></span></fieldset>')
    body = [[breakable(row["key"]), text(row["meaning"]), text(row["value"]), breakable(row["unit"]), *map(text, (
        _number(row["central"]), row["evidence"], row["source"], row["owner"] or "nobody yet", row["date"]))] for row in rows]
    listed = table(["Key", "What it is", "Value", "Unit", "Middle", "Evidence", "Source", "Owner", "Date"], body,
                   "Every number and word put in" + (", those that move a difference most first within their evidence"
                                                     if result.swing else ""), "assumptions long", raw=True,
                   row_attributes=[' data-assumption=""' if row["evidence"] == "assumption" else "" for row in rows])
    changes = result.file["inputs/changes"][()] if result.has("inputs/changes") else b""
    changed = f"<p>Changed on the command line: <code>{text(_decoded(changes))}</code></p>" if changes else ""
    return _bar(rows) + changed + controls + listed


def _decoded(value):
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return ", ".join(words_in.decode("utf-8", "replace") for words_in in value) if hasattr(value, "__iter__") else str(value)
