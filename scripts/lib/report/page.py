"""The shell of the page: head, contents, sections, foot; and the parts that all sections share."""

import base64
import hashlib
import pathlib
import re

from .svg import key_mark
from .words import text

HERE = pathlib.Path(__file__).resolve().parent


def caption_of(words):
    """A caption that stays in sight where its table is wider than the window."""
    return f"<caption><span>{text(words)}</span></caption>"


def table(head, rows, caption, classes="", raw=False, row_attributes=None):
    """A table of texts, numbers at the right; the first cell of a row names it. Markup cells where raw. A form heads its
    column with its mark."""
    write = (lambda cell: cell) if raw else text
    heads = "".join(f'<th scope="col">{name_of(cell) if hasattr(cell, "mark") else write(cell)}</th>' for cell in head)
    body = []
    for row, more in zip(rows, row_attributes or [""] * len(rows)):
        body.append(f'<tr{more}><th scope="row">{write(row[0])}</th>'
                    + "".join(f"<td>{write(cell)}</td>" for cell in row[1:]) + "</tr>")
    held = " held" if "long" in classes.split() else ""
    return (f'<div class="scroll{held}" role="region" tabindex="0" aria-label="{text(caption)}"><table class="{classes}">'
            f"{caption_of(caption)}<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
            "</div>")


class Numbering:
    """Charts count from 1."""

    def __init__(self):
        self.last = 0

    def figure(self, title, subtitle, picture, behind, note="", part=""):
        """A chart: its message, its statistics, the picture and the figures behind it. Parts a, b, ... share a number."""
        self.last += part in ("", "a")
        n = f"{self.last}{part}"
        note = f'<p class="note">{text(note)}</p>' if note else ""
        return (f'<figure id="chart-{n}" data-chart="{n}"><figcaption><span class="no">Chart {n}</span>'
                f"<strong>{text(title)}</strong><span class=\"sub\">{text(subtitle)}</span></figcaption>"
                f'<div class="picture">{picture}</div>{note}'
                f"<details><summary>Figures behind chart {n}</summary>{behind}</details></figure>")


def name_of(form):
    """A form's mark and label."""
    return f'<span class="form">{key_mark(form)}{text(form.label)}</span>'


def panels(items):
    """Pictures side by side, as many as fit; items: (form, words beside its name, picture)."""
    return '<div class="panels">' + "".join(
        f'<div class="panel" data-form="{form.index}"><p class="panel-head">{name_of(form)} '
        f'<span class="soft">{text(words)}</span></p>{picture}</div>' for form, words, picture in items) + "</div>"


def missing(title, what, commands):
    """A dashed box for what the file does not hold, and the commands that fill it."""
    lines = ", then ".join(f"<code>{text(command)}</code>" for command in commands)
    return (f'<div class="missing"><h3>{text(title)}</h3><p>Not in this file: {text(what)} To fill this section: '
            f"{lines}.</p></div>")


def section(name, title, body):
    """A section with its heading as its label."""
    return (f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{text(title)}</h2>{body}</section>')


SIGNED = re.compile(r"[\u2212+\u00b1]£[\d,.]+\w*%?")
TAG = re.compile(r"(<[^>]*>)")


def unbroken(markup):
    """A sign and its pounds stay on one line: a browser would part them. Not in pictures, whose text is drawn."""
    parts, drawn = TAG.split(markup), 0
    for i, part in enumerate(parts):
        if i % 2:
            drawn += part.startswith("<svg") - part.startswith("</svg")
        elif not drawn:
            parts[i] = SIGNED.sub(r'<span class="figure">\g<0></span>', part)
    return "".join(parts)


REGION = re.compile(r'(?<=role="region" tabindex="0" aria-label=")[^"]*')


def distinct(markup):
    """No two regions have the same name: those who go from one to the next hear which it is."""
    heard = {}

    def name(found):
        heard[found[0]] = heard.get(found[0], 0) + 1
        return found[0] if heard[found[0]] == 1 else f"{found[0]}, {heard[found[0]]}"

    return REGION.sub(name, markup)


def _hash(content):
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def page(title, head, sections, foot):
    """The whole document. sections: (name, title, markup)."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    assert "</script" not in script
    policy = (f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
              "base-uri 'none'; form-action 'none'")
    contents = "<ol>" + "".join(f'<li><a href="#{name}">{text(words)}</a></li>' for name, words, _ in sections) + "</ol>"
    body = "".join(section(name, words, markup) for name, words, markup in sections)
    return (f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">Skip to the answer</a>\n'
            f'<nav class="above" aria-label="Contents"><details><summary>Contents</summary>{contents}</details></nav>\n'
            f'<nav class="beside" aria-label="Contents"><p>Contents</p>{contents}</nav>\n'
            f'<main id="main">{unbroken(distinct(head + body))}</main>\n<footer>{foot}</footer>\n<script>{script}</script>\n</body>\n</html>\n')
