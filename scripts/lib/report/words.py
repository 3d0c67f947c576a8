"""Figures as a person reads them. Sentences and verdicts are the engine's own."""

import html
import math
import re

MINUS = "\u2212"


# What a screen obeys, or what turns the direction of writing; tabs and line ends are harmless here.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def text(value):
    """Any text, harmless in markup and seen as it is."""
    return html.escape(INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(value)), quote=True)


def breakable(name):
    """A key or unit that may go on in the next line behind its dots, bars and strokes."""
    return re.sub("[._/]", r"\g<0><wbr>", text(name))


def typeset(sentence):
    """Straight apostrophes as they are printed."""
    return sentence.replace("'", "\u2019")


def places(error, otherwise):
    """Decimals an error leaves: one significant digit, two if it begins with 1."""
    if not error > 0 or math.isinf(error):
        return otherwise
    exponent = math.floor(math.log10(error))
    leading = math.floor(error / 10.0 ** exponent * 10 + 0.5)
    return 1 - exponent if leading < 20 else -exponent


def rounded(number, decimals):
    """Half away from zero, as the engine rounds."""
    unit = 10.0 ** abs(decimals)
    scaled = number * unit if decimals >= 0 else number / unit
    whole = math.copysign(math.floor(abs(scaled) + 0.5), scaled)
    return whole / unit if decimals >= 0 else whole * unit


def plain(number, decimals, sign=False):
    """A number with its thousands apart and a real minus."""
    if math.isnan(number):
        return "does not exist"
    shown = rounded(number, decimals)
    mark = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return mark + f"{abs(shown):,.{max(decimals, 0)}f}"


def _unit(metric, read):
    """What stands after a number: of nothing there are no thousands."""
    return metric.suffix if read or metric.suffix == "%" else ""


def figure(metric, number, error=math.nan, sign=False, digits=0):
    """A measure's value in its unit, no finer than its error."""
    if math.isnan(number):
        return "does not exist"
    read = number / metric.scale
    decimals = places(error / metric.scale, metric.decimals)
    if read == 0 and not error > 0:
        decimals = 0
    if digits and read:
        decimals = min(decimals, digits - 1 - math.floor(math.log10(abs(read))))
    shown = rounded(read, decimals)
    mark = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return f"{mark}{metric.prefix}{abs(shown):,.{max(decimals, 0)}f}{_unit(metric, read)}"


def spread(metric, error):
    """A standard error beside its mean; nothing where a number is the same in every future."""
    return "±" + figure(metric, error, error) if error > 0 else ""


def _shown(metric, number, decimals, sign):
    read = rounded(number / metric.scale, decimals)
    mark = MINUS if read < 0 else "+" if sign and read > 0 else ""
    return f"{mark}{metric.prefix}{abs(read):,.{max(decimals, 0) if read else 0}f}{_unit(metric, number)}"


def quantiles(metric, numbers, errors, sign=False):
    """Quantiles, all as fine as the coarsest of their errors lets them be; of what is counted, whole."""
    known = [error for error in errors if error > 0]
    decimals = min([metric.decimals] + [places(error / metric.scale, metric.decimals) for error in known])
    if metric.count:
        decimals = 0 if all(abs(n - round(n)) < 0.05 for n in numbers if not math.isnan(n)) else 1
    return ["does not exist" if math.isnan(n) else _shown(metric, n, decimals, sign) for n in numbers]


def span(metric, low, high, errors=(math.nan, math.nan), sign=False):
    """From one quantile to another; nothing where they do not exist."""
    return "" if math.isnan(low) or math.isnan(high) else " to ".join(quantiles(metric, (low, high), errors, sign))


def ticks(metric, values):
    """Labels of an axis, in as few digits as tell its ticks apart; zero is the same."""
    read = [value / metric.scale for value in values]
    decimals = next((d for d in range(6) if all(math.isclose(rounded(r, d), r, rel_tol=1e-9, abs_tol=1e-12) for r in read)), 6)
    tick = [plain(abs(r), decimals) for r in read]
    return ["same" if abs(r) < 1e-12 else f"{MINUS if r < 0 else '+'}{metric.prefix}{t}{metric.suffix}"
            for r, t in zip(read, tick)]


def odds(share):
    """A share as a count of 100 futures."""
    if math.isnan(share):
        return "does not exist"
    if share in (0, 1):
        return "every one of 100" if share else "none of 100"
    if share < 0.005:
        return "fewer than 1 of 100"
    return "more than 99 of 100" if share > 0.995 else f"{100 * share:.0f} of 100"


def short(number):
    """People and patients: 30k, 1.2m."""
    for scale, suffix in ((1e6, "m"), (1e3, "k")):
        if abs(number) >= scale:
            return f"{number / scale:.3g}{suffix}"
    return f"{number:.0f}"


def year_label(start_year, year):
    """A financial year: 26/27."""
    return f"{(start_year + year) % 100:02d}/{(start_year + year + 1) % 100:02d}"


def listed(names):
    """a, b and c."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
