"""Bars across in per cent and down in pixels: waterfalls, swings, worths with their intervals, parts of a whole."""

from .svg import GAIN, INK, LOSS, SOFT, Scale, dark, widened
from .words import text
PLAIN = "#1D4F91"


def waterfall(rows, label, write):
    """Bars one below another, each from where the one before ended; rows: (name, value, kind)."""
    running, spans = 0.0, []
    for _, value, kind in rows:
        start = 0.0 if kind == "total" else running
        spans.append((start, start + value))
        running = start + value
    scale = Scale(*widened([end for span in spans for end in span], share=0.25))
    colours = {"pay": "#8A949B", "total": INK}
    parts = [f'<line x1="{scale.at(0):.3f}%" x2="{scale.at(0):.3f}%" y1="0" y2="{26 * len(rows)}" '
             f'stroke="{INK}" stroke-width="1.5"/>']
    for i, ((_, value, kind), (a, b)) in enumerate(zip(rows, spans)):
        left, right = sorted((scale.at(a), scale.at(b)))
        beyond = scale.at(0) if -1 <= scale.at(0) - right < 32 else right  # not across the line of zero
        colour = colours.get(kind, GAIN if value >= 0 else LOSS)
        parts.append(f'<rect x="{left:.3f}%" y="{26 * i + 5}" width="{max(right - left, 0.2):.3f}%" height="16" '
                     f'fill="{colour}" data-value="{float(value)!r}"/>'
                     f'<svg x="{beyond:.3f}%" y="{26 * i + 17}" overflow="visible"><text x="4" class="halo">'
                     f'{text(write(value))}</text></svg>')
    return (f'<svg class="bars" width="100%" height="{26 * len(rows)}" role="img" aria-label="{text(label)}">'
            f'{"".join(parts)}</svg>')


def swing(low, high, mean, scale, colour, label, height=22):
    """A difference with an input low (hollow) and high (filled); zero as a line, the mean dotted."""
    a, b, middle = scale.at(low), scale.at(high), height / 2
    return (f'<svg class="swing" width="100%" height="{height}" role="img" aria-label="{text(label)}" data-low="{low!r}" '
            f'data-high="{high!r}"><line x1="{scale.at(0):.3f}%" x2="{scale.at(0):.3f}%" y1="0" y2="{height}" stroke="{INK}" '
            f'stroke-width="1.5"/><line x1="{scale.at(mean):.3f}%" x2="{scale.at(mean):.3f}%" y1="0" y2="{height}" '
            f'stroke="{SOFT}" stroke-dasharray="2 3"/><rect x="{min(a, b):.3f}%" y="{middle - 6}" width="{abs(b - a):.3f}%" '
            f'height="12" fill="{colour}" fill-opacity="0.35"/><circle cx="{a:.3f}%" cy="{middle}" r="4" fill="#fff" '
            f'stroke="{INK}" stroke-width="1.5"/><circle cx="{b:.3f}%" cy="{middle}" r="4.5" fill="{INK}"/></svg>')


def _whisker(low, high, scale, middle):
    """An interval across a bar, seen on it and beside it."""
    a, b = max(scale.at(low), 0), min(scale.at(high), 100)
    return "".join(f'<line x1="{a:.3f}%" x2="{b:.3f}%" y1="{middle}" y2="{middle}" stroke="{colour}" stroke-width="{width}"/>'
                   for colour, width in (("#fff", 5), (INK, 2)))


def worth(value, low, high, scale, label, words, height=26):
    """A bar with its interval."""
    middle = height / 2
    return (f'<svg class="worth" width="100%" height="{height}" role="img" aria-label="{text(label)}" data-value="{value!r}">'
            f'<rect x="0" y="4" width="{scale.at(value):.3f}%" height="18" fill="{PLAIN}"/>'
            f'{_whisker(low, high, scale, middle)}<svg x="{scale.at(high):.3f}%" y="{middle + 4}" overflow="visible"><text x="6">'
            f"{text(words)}</text></svg></svg>")


def stacked(parts, total, label, write):
    """One bar cut into parts; parts: (name, value, colour); total: what the full width stands for."""
    body, x = [], 0.0
    for name, value, colour in parts:
        width = 100 * value / total
        body.append(f'<rect x="{x:.3f}%" y="2" width="{width:.3f}%" height="22" fill="{colour}" stroke="#fff" '
                    f'data-value="{float(value)!r}"><title>{text(name)}: {text(write(value))}</title></rect>')
        if width > 6:  # where a phone has no room for it, the table behind has
            ink, minor = "#fff" if dark(colour) else INK, ' class="minor"' if width < 16 else ""
            body.append(f'<text x="{x + width / 2:.3f}%" y="17" text-anchor="middle" fill="{ink}"{minor}>'
                        f'{text(write(value))}</text>')
        x += width
    return f'<svg class="stack" width="100%" height="26" role="img" aria-label="{text(label)}">{"".join(body)}</svg>'


def signed(value, interval, scale, label, colour=None):
    """A bar from zero with its interval (NaN: none); without a colour a gain or a loss."""
    height, middle, zero = 26, 13, scale.at(0)
    colour = colour or (GAIN if value >= 0 else LOSS)
    left, right = sorted((zero, scale.at(value)))
    low, high = interval
    whisker = "" if low != low or high != high else _whisker(low, high, scale, middle)
    return (f'<svg class="worth" width="100%" height="{height}" role="img" aria-label="{text(label)}" data-value="{value!r}">'
            f'<rect x="{left:.3f}%" y="4" width="{max(right - left, 0.2):.3f}%" height="18" fill="{colour}"/>'
            f'<line x1="{zero:.3f}%" x2="{zero:.3f}%" y1="0" y2="{height}" stroke="{INK}" stroke-width="1.5"/>{whisker}</svg>')


def threshold(scale, turn, beyond, label, height=34):
    """An input's range: where the leader leads, where it does not (beyond: low, high), its middle, and the turn with its
    interval; turn: (value, low, high, middle)."""
    value, low, high, middle = turn
    a, b = (min(max(scale.at(end), 0), 100) for end in beyond)
    y = height / 2
    at = [min(max(scale.at(v), 0), 100) if v == v else otherwise for v, otherwise in ((low, 0), (high, 100))]
    return (f'<svg class="threshold" width="100%" height="{height}" role="img" aria-label="{text(label)}" data-value="{value!r}" '
            f'data-low="{low!r}" data-high="{high!r}"><rect x="0" y="{y - 6}" width="100%" height="12" fill="#F3F5F6" '
            f'stroke="{SOFT}"/><rect x="{a:.3f}%" y="{y - 6}" width="{max(b - a, 0):.3f}%" height="12" fill="{LOSS}" '
            f'fill-opacity="0.45"/><line x1="{at[0]:.3f}%" x2="{at[1]:.3f}%" y1="{y}" y2="{y}" stroke="{INK}" stroke-width="2"/>'
            f'<line x1="{scale.at(middle):.3f}%" x2="{scale.at(middle):.3f}%" y1="{y - 11}" y2="{y + 11}" stroke="{SOFT}" '
            f'stroke-width="2" stroke-dasharray="2 3"/><line x1="{scale.at(value):.3f}%" x2="{scale.at(value):.3f}%" '
            f'y1="{y - 13}" y2="{y + 13}" stroke="{INK}" stroke-width="3"/></svg>')
