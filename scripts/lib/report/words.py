"""Figures as a person reads them. Sentences and verdicts are the engine's own."""

import html
import math

MINUS = "\u2212"


def text(value):
    """Any text, harmless in markup."""
    return html.escape(str(value), quote=True)


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


def figure(metric, number, error=math.nan, sign=False, digits=0):
    """A measure's value in its unit, no finer than its error."""
    if math.isnan(number):
        return "does not exist"
    read = number / metric.scale
    decimals = places(error / metric.scale, metric.decimals)
    if digits and read:
        decimals = min(decimals, digits - 1 - math.floor(math.log10(abs(read))))
    shown = rounded(read, decimals)
    mark = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return f"{mark}{metric.prefix}{abs(shown):,.{max(decimals, 0)}f}{metric.suffix}"


def spread(metric, error):
    """A standard error beside its mean."""
    return "" if math.isnan(error) else "±" + figure(metric, error, error)


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
