"""Six pictures. Strips, dots, lines, bars and heat run across in per cent and down in pixels, so that text never shrinks
and no script is needed; fans have a viewBox, and re-flow as panels.

Every picture says its values in its label and carries them in data attributes.
"""

import math

from .words import text

INK, GRID, SOFT, GAIN, LOSS = "#0B0C0C", "#DFE3E6", "#505A5F", "#1B7837", "#762A83"


def ticks(low, high, most=5):
    """Round numbers between low and high: steps of 1, 2, 2.5 or 5."""
    if not high > low:
        return [low]
    raw = (high - low) / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * s for s in (1, 2, 2.5, 5, 10) if size * s >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, math.floor(high / step + 1e-9) + 1)]


def rounded_out(low, high):
    """The same, out to the next ticks."""
    step = (ticks(low, high) + [high, high])[1] - ticks(low, high)[0] if len(ticks(low, high)) > 1 else 0
    return (math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step) if step else (low, high)


def widened(values, zero=True, share=0.06):
    """The domain of a picture: its values, zero, and a margin."""
    known = [value for value in values if not math.isnan(value)] + ([0.0] if zero else [])
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    margin = share * (high - low) or abs(high) or 1.0
    return low - margin, high + margin


class Scale:
    """Numbers to per cent across; turned round where less is better."""

    def __init__(self, low, high, turned=False):
        self.low, self.high, self.turned = low, high, turned

    def at(self, value):
        """Place of a value, 0 to 100."""
        share = (value - self.low) / (self.high - self.low)
        return 100 * (1 - share if self.turned else share)

    def ticks(self, most=5):
        """Values to be labelled."""
        return ticks(self.low, self.high, most)


def mark(kind, x, y, size, colour, x_unit="%", extra=""):
    """A form's mark, centred; x may be in per cent."""
    shapes = {
        "circle": f'<circle r="{size}"/>',
        "square": f'<rect x="{-size}" y="{-size}" width="{2 * size}" height="{2 * size}"/>',
        "diamond": f'<path d="M0 {-1.35 * size}L{1.35 * size} 0L0 {1.35 * size}L{-1.35 * size} 0Z"/>',
        "triangle": f'<path d="M0 {-1.2 * size}L{1.2 * size} {size}L{-1.2 * size} {size}Z"/>',
        "cross": f'<path d="M{-size} {-size}L{size} {size}M{-size} {size}L{size} {-size}" stroke="{colour}" '
                 f'stroke-width="3"/>',
        "hexagon": '<path d="M' + "L".join(f"{size * 1.15 * math.cos(a):.2f} {size * 1.15 * math.sin(a):.2f}"
                                           for a in (math.pi / 3 * i for i in range(6))) + 'Z"/>',
        "bar": f'<rect x="{-size / 2}" y="{-1.3 * size}" width="{size}" height="{2.6 * size}"/>',
        "ring": f'<circle r="{size - 1}" fill="#fff" stroke="{colour}" stroke-width="3"/>',
    }
    return (f'<svg x="{x:.3f}{x_unit}" y="{y}" overflow="visible"><g fill="{colour}" stroke="#fff" '
            f'stroke-width="1"{extra}>{shapes[kind]}</g></svg>')


def key_mark(form):
    """The mark that stands beside a form's name."""
    return (f'<svg class="key" width="16" height="16" aria-hidden="true">'
            f'{mark(form.mark, 8, 8, 5, form.colour, "")}</svg>')


def key_strip():
    """A strip as a key shows it."""
    return (f'<svg class="key" width="72" height="14" aria-hidden="true"><g stroke="{SOFT}"><line x1="0" x2="72" y1="7" '
            f'y2="7" stroke-width="3"/><line x1="18" x2="54" y1="7" y2="7" stroke-width="9" stroke-opacity="0.45"/></g>'
            f'<circle cx="36" cy="7" r="5" fill="{SOFT}" stroke="#fff"/></svg>')


def _hollow(x, y):
    return (f'<svg x="{x}" y="{y}" overflow="visible"><path d="M0 -7L7 0L0 7L-7 0Z" fill="none" stroke="#fff" '
            f'stroke-width="4"/><path d="M0 -7L7 0L0 7L-7 0Z" fill="none" stroke="{INK}" stroke-width="1.5"/></svg>')


def key_neutral():
    """The hollow diamond as a key shows it."""
    return f'<svg class="key" width="16" height="16" aria-hidden="true">{_hollow(8, 8)}</svg>'


def strip(difference, scale, label, neutral=math.nan, height=30):
    """A mean, half of futures thick, nine in ten thin, zero as a line; hollow diamond: neutral."""
    middle = height / 2
    parts = [f'<line x1="{scale.at(0):.3f}%" x2="{scale.at(0):.3f}%" y1="0" y2="{height}" stroke="{INK}" '
             f'stroke-width="1.5"/>']
    if difference.exists:
        thin, thick = (difference.q05, difference.q95), (difference.q25, difference.q75)
        for (a, b), width, opacity in ((thin, 3, 1), (thick, 9, 0.45)):
            parts.append(f'<line x1="{scale.at(a):.3f}%" x2="{scale.at(b):.3f}%" y1="{middle}" y2="{middle}" '
                         f'stroke="{difference.form.colour}" stroke-width="{width}" stroke-opacity="{opacity}"/>')
        parts.append(mark(difference.form.mark, scale.at(difference.mean), middle, 6.5, difference.form.colour))
        if not math.isnan(neutral):
            parts.append(_hollow(f"{scale.at(neutral):.3f}%", middle))
    values = "" if not difference.exists else (
        f' data-mean="{difference.mean!r}" data-q05="{difference.q05!r}" data-q25="{difference.q25!r}" '
        f'data-q75="{difference.q75!r}" data-q95="{difference.q95!r}"')
    return (f'<svg class="strip" width="100%" height="{height}" role="img" aria-label="{text(label)}"'
            f'{values}>{"".join(parts)}</svg>')


def tick_texts(scale, write, y, most=5):
    """Labels below a picture; write gives those of all ticks at once."""
    values = scale.ticks(most)
    parts = []
    for value, words in zip(values, write(values)):
        x = scale.at(value)
        anchor = "start" if x < 6 else "end" if x > 94 else "middle"
        parts.append(f'<text x="{x:.3f}%" y="{y}" text-anchor="{anchor}">{text(words)}</text>')
    return "".join(parts)


def axis(scale, write, height=18, most=5):
    """Ticks below strips; zero is called same."""
    return f'<svg class="axis" width="100%" height="{height}" aria-hidden="true">{tick_texts(scale, write, 13, most)}</svg>'


def _columns(values, scale, bins):
    """The column of each dot: none lies across zero."""
    width = (scale.high - scale.low) / bins
    return [math.floor(value / width) for value in values], width


def dots(difference, label, write, height=126, bins=26):
    """Fifty equally likely futures; hollow ones are worse."""
    values = list(difference.quantiles)
    scale = Scale(*widened(values))
    columns, width = _columns(values, scale, bins)
    floor = height - 22
    step = min(9.8, (floor - 4) / max(columns.count(column) for column in columns))
    colour, stacked_up, parts = difference.form.colour, {}, []
    for value, column in zip(values, columns):
        stacked_up[column] = stacked_up.get(column, 0) + 1
        worse = value * (difference.metric.better or 1) < 0
        parts.append(f'<circle cx="{scale.at((column + 0.5) * width):.3f}%" '
                     f'cy="{floor - (stacked_up[column] - 0.5) * step:.2f}" r="{min(4.6, step / 2) - 0.7:.2f}" '
                     f'fill="{"#fff" if worse else colour}" stroke="{colour}" stroke-width="1.4" '
                     f'data-value="{float(value)!r}"/>')
    parts.append(f'<line x1="0" x2="100%" y1="{floor}" y2="{floor}" stroke="{GRID}"/>'
                 f'<line x1="{scale.at(0):.3f}%" x2="{scale.at(0):.3f}%" y1="0" y2="{floor}" stroke="{INK}" '
                 f'stroke-width="1.5"/>{tick_texts(scale, write, floor + 15, 3)}')
    return (f'<svg class="dots" width="100%" height="{height}" role="img" aria-label="{text(label)}">'
            f'{"".join(parts)}</svg>')


class Frame:
    """A viewBox with room for labels, and numbers to places in it."""

    def __init__(self, width, height, x, y, margin=(10, 12, 22, 54)):
        self.width, self.height, self.x, self.y = width, height, x, y
        self.top, self.right, self.bottom, self.left = margin

    def px(self, value):
        """Across."""
        low, high = self.x
        return self.left + (value - low) / ((high - low) or 1) * (self.width - self.left - self.right)

    def py(self, value):
        """Down."""
        low, high = self.y
        return self.height - self.bottom - (value - low) / ((high - low) or 1) * (self.height - self.top - self.bottom)

    def path(self, xs, ys):
        """A line through the points that exist."""
        parts, pen = [], "M"
        for x, y in zip(xs, ys):
            if math.isnan(y):
                pen = "M"
                continue
            parts.append(f"{pen}{self.px(x):.2f} {self.py(y):.2f}")
            pen = "L"
        return "".join(parts)

    def area(self, xs, low, high):
        """Between two lines."""
        kept = [(x, a, b) for x, a, b in zip(xs, low, high) if not (math.isnan(a) or math.isnan(b))]
        if not kept:
            return ""
        there = "L".join(f"{self.px(x):.2f} {self.py(b):.2f}" for x, _, b in kept)
        back = "L".join(f"{self.px(x):.2f} {self.py(a):.2f}" for x, a, _ in reversed(kept))
        return f"M{there}L{back}Z"

    def grid(self, write_y, x_labels, zero=False):
        """Lines across with their labels, and labels along the bottom."""
        parts = []
        for value in ticks(*self.y):
            y = self.py(value)
            parts.append(f'<line x1="{self.left}" x2="{self.width - self.right}" y1="{y:.2f}" y2="{y:.2f}" '
                         f'stroke="{INK if zero and abs(value) < 1e-12 else GRID}"/>'
                         f'<text x="{self.left - 6}" y="{y + 4:.2f}" text-anchor="end">{text(write_y(value))}</text>')
        for x, words in x_labels:
            parts.append(f'<text x="{self.px(x):.2f}" y="{self.height - 5}" text-anchor="middle">{text(words)}</text>')
        return "".join(parts)

    def svg(self, kind, label, body, data=""):
        """The picture."""
        return (f'<svg class="{kind}" viewBox="0 0 {self.width} {self.height}" role="img" '
                f'aria-label="{text(label)}"{data}>{body}</svg>')


def fan(bands, frame, colour, label, grid, dashed=None, read=""):
    """Mean, half of futures and nine in ten over time; bands: x, mean, q05, q25, q75, q95. read: what the cursor says."""
    x, mean, q05, q25, q75, q95 = bands
    body = grid + (f'<path d="{frame.area(x, q05, q95)}" fill="{colour}" fill-opacity="0.18"/>'
                   f'<path d="{frame.area(x, q25, q75)}" fill="{colour}" fill-opacity="0.35"/>'
                   f'<path d="{frame.path(x, mean)}" fill="none" stroke="{colour}" stroke-width="2.4"/>')
    if dashed is not None:
        body += (f'<path d="{frame.path(x, dashed)}" fill="none" stroke="{INK}" stroke-width="1.4" '
                 f'stroke-dasharray="4 3"/>')
    last = "" if math.isnan(mean[-1]) else f' data-last="{float(mean[-1])!r}"'
    return frame.svg("fan", label, body, f'{last} data-left="{frame.left}" data-right="{frame.right}"{read}')


class Across(Frame):
    """Across in per cent, down in pixels: what stands in it never shrinks, whatever its width."""

    def __init__(self, height, x, y, margin=(10, 24)):
        super().__init__(100, height, x, y, (margin[0], 0, margin[1], 0))

    def grid(self, write_y, x_labels, zero=False):
        """Lines across with their labels, and labels along the bottom; every second one may be left out."""
        parts, values = [], ticks(*self.y)
        for value, words in zip(values, write_y(values)):
            y = self.py(value)
            parts.append(f'<line x1="0" x2="100%" y1="{y:.2f}" y2="{y:.2f}" '
                         f'stroke="{INK if zero and abs(value) < 1e-12 else GRID}"/>'
                         f'<text x="-6" y="{y + 4:.2f}" text-anchor="end">{text(words)}</text>')
        for i, (x, words) in enumerate(x_labels):
            minor = ' class="minor"' if i % 2 else ""
            parts.append(f'<text x="{self.px(x):.2f}%" y="{self.height - 5}" text-anchor="middle"{minor}>{text(words)}</text>')
        return "".join(parts)


def apart(places, gap=16, lowest=math.inf):
    """Ends of lines pushed down until they are so far apart, in their order; then up, where the last is below lowest."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, after in zip(order, order[1:]):
        moved[after] = max(moved[after], moved[before] + gap)
    limit = lowest
    for i in reversed(order):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - gap
    return moved


def _on_line(curve, frame, share):
    """A mark on a curve, so that the curve is known where it crosses others."""
    _, colour, kind, xs, ys, _ = curve
    i = round(share * (len(xs) - 1))
    return "" if math.isnan(ys[i]) else mark(kind, frame.px(xs[i]), f"{frame.py(ys[i]):.2f}", 4.5, colour)


def _at_end(curve, y):
    name, colour, kind = curve[:3]
    key = mark(kind, 14, 0, 4.5, colour, "") if kind else ""
    return (f'<svg x="100%" y="{y:.2f}" overflow="visible">{key}<text x="{24 if kind else 8}" y="4">{text(name)}</text></svg>')


def lines(curves, frame, label, grid, under="", behind=""):
    """Curves with their names at their ends; curves: (name, colour, mark or None, xs, ys, dashed). Under them: grid,
    and marks in the frame's own units (under) or in per cent and pixels (behind)."""
    ends = apart([frame.py(curve[4][-1]) for curve in curves], lowest=frame.height - 8)
    drawn = "".join(f'<path d="{frame.path(xs, ys)}" fill="none" stroke="{colour}" stroke-width="2.4" '
                    f'vector-effect="non-scaling-stroke"{" stroke-dasharray=" + chr(34) + "6 4" + chr(34) if dashed else ""}/>'
                    for _, colour, _, xs, ys, dashed in curves)
    marks = "".join(_on_line(curve, frame, 0.3 + 0.4 * i / max(len(curves) - 1, 1))
                    for i, curve in enumerate(curves) if curve[2])
    data = "".join(f' data-end-{i}="{float(curve[4][-1])!r}"' for i, curve in enumerate(curves))
    return (f'<svg class="lines" width="100%" height="{frame.height}" role="img" aria-label="{text(label)}"{data}>'
            f'{behind}{grid}<svg width="100%" height="{frame.height}" viewBox="0 0 100 {frame.height}" '
            f'preserveAspectRatio="none">{under}{drawn}</svg>{marks}'
            f'{"".join(_at_end(curve, end) for curve, end in zip(curves, ends))}</svg>')




def curve(points, scales, form, label, write, height=150):
    """A mean with the band of two standard errors along an axis; points: (x, mean, se)."""
    along, up = scales
    floor = height - 20
    y = lambda value: floor * (1 - up.at(value) / 100)  # noqa: E731
    x = lambda value: 10 * along.at(value)  # noqa: E731
    band = [f"{x(p[0]):.2f} {y(p[1] + 2 * p[2]):.2f}" for p in points] + \
           [f"{x(p[0]):.2f} {y(p[1] - 2 * p[2]):.2f}" for p in reversed(points)]
    line = "L".join(f"{x(p[0]):.2f} {y(p[1]):.2f}" for p in points)
    values = up.ticks(4)
    marks = "".join(f'<text x="-6" y="{y(value) + 4:.1f}" text-anchor="end">{text(words)}</text><line x1="0" x2="100%" '
                    f'y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="{INK if value == 0 else GRID}"/>'
                    for value, words in zip(values, write(values)))
    dots = "".join(f'<circle cx="{along.at(p[0]):.3f}%" cy="{y(p[1]):.2f}" r="3.5" fill="{form.colour}" stroke="#fff" '
                   f'data-mean="{p[1]!r}"/>' for p in points)
    texts = tick_texts(along, lambda numbers: [f"{number:,.6g}" for number in numbers], height - 5, 4)
    return (f'<svg class="curve" width="100%" height="{height}" role="img" aria-label="{text(label)}">{marks}'
            f'<svg width="100%" height="{floor}" viewBox="0 0 1000 {floor}" preserveAspectRatio="none"><path '
            f'd="M{"L".join(band)}Z" fill="{form.colour}" fill-opacity="0.25"/><path d="M{line}" fill="none" '
            f'stroke="{form.colour}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>{dots}{texts}</svg>')




def dark(colour):
    """Whether white reads better on it than black."""
    red, green, blue = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.179


def shade(value, largest, colour=None):
    """White to a colour: that of a gain or a loss, if no other."""
    full = [int((colour or (GAIN if value >= 0 else LOSS))[i:i + 2], 16) for i in (1, 3, 5)]
    share = min(abs(value) / largest, 1) * 0.85 if largest else 0
    return "#" + "".join(f"{round(255 + (c - 255) * share):02X}" for c in full)


def heat(columns, rows, cells, label):
    """A table of coloured cells; cells[row][column]: (value, words, note), perhaps a colour too, or None."""
    many = "heat many" if len(columns) > 7 else "heat"
    known = [abs(cell[0]) for row in cells for cell in row if cell and not math.isnan(cell[0])]
    largest = max(known, default=1.0)
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in columns)
    body = []
    for row, words in zip(cells, rows):
        body.append(f'<tr><th scope="row">{text(words)}</th>')
        for cell in row:
            if cell is None or math.isnan(cell[0]):
                body.append("<td>does not exist</td>")
                continue
            colour = shade(cell[0], largest, *cell[3:])
            ink = "#fff" if dark(colour) else INK
            body.append(f'<td><svg width="100%" height="44" role="img" aria-label="{text(cell[1])}, {text(cell[2])}" '
                        f'data-value="{float(cell[0])!r}"><rect width="100%" height="44" fill="{colour}"/>'
                        f'<text x="50%" y="19" text-anchor="middle" fill="{ink}" font-weight="700">{text(cell[1])}'
                        f'</text><text x="50%" y="36" text-anchor="middle" fill="{ink}">{text(cell[2])}</text></svg></td>')
        body.append("</tr>")
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{text(label)}"><table class="{many}"><caption>' \
           f'<span>{text(label)}</span></caption><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'
