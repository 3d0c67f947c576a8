"""How likely: fifty equally likely futures."""

from functools import partial

from . import svg, words
from .metrics import EYES
from .page import missing, panels
from .section_answer import figures


def _chart(result, numbering, name):
    items = []
    for form in result.others:
        d = result.difference(name, form)
        better = int(sum(value * (d.metric.better or 1) > 0 for value in d.quantiles))
        label = f"{form.label}: in {better} of 50 equally likely futures better than {result.reference.label}"
        picture = svg.dots(d, label, partial(words.ticks, d.metric)) \
            if len(d.quantiles) else "<p>Does not exist under this form.</p>"
        items.append((form, f"{better} of 50 better" if len(d.quantiles) else "", picture))
    metric, eyes = result.metric(name), EYES[name]
    return numbering.figure(f"Fifty equally likely futures: {eyes[0].lower() + eyes[1:]}",
                            f"Each dot is 2 futures in 100; difference from {result.reference.label}, {metric.unit}; hollow "
                            "dots are worse; each form on its own scale", panels(items), figures(result, [name]))


def build(result, numbering):
    """The public purse, and everyone together."""
    names = [name for name in ("public_cost", "economic_net_position") if result.has(f"trials/{name}")]
    if not names or not result.others:
        return missing("Odds", "the trials themselves, from which odds are counted.",
                       result.to_have_trials())
    return (f"<p>Count the dots: a hollow dot is two futures in a hundred in which the form does worse than "
            f"{words.text(result.reference.label)}.</p>" + "".join(_chart(result, numbering, name) for name in names))
