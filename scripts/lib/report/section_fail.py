"""Failures and cascades."""

import numpy

from . import svg, words
from .page import missing, table


def _counted(result):
    return "sites_caretaker" if result.has("trials/sites_caretaker") else None


def build(result, numbering):
    """Chance that at least so many practices fall to the commissioner, and of cascades."""
    name = _counted(result)
    if name is None:
        return missing("Closures and cascades", "the trials, from which chances of many closures are counted.",
                       result.to_have_trials())
    sites = len(result.file["site"])
    counts = {form: result.trial_values(name, form) for form in result.forms}
    most = int(max(4, min(sites, max(float(numpy.nanquantile(c, 0.999)) for c in counts.values()))))
    xs = list(range(most + 1))
    curves = [(form.label, form.colour, form.mark, xs, [100 * float((c >= k).mean()) for k in xs], False)
              for form, c in counts.items()]
    frame = svg.Across(300, (0, most), (0, 100))
    labels = [(x, str(int(x))) for x in svg.ticks(0, most, 6) if float(x).is_integer()]
    picture = svg.lines(curves, frame, "Chance that at least so many practices are ever in caretaker hands: " + "; ".join(
        f"{curve[0]} at least one {curve[4][min(1, most)]:.0f} per cent" for curve in curves),
        frame.grid(lambda values: [f"{v:.0f}%" for v in values], labels))
    behind = table(["At least"] + result.forms,
                   [[str(k)] + [f"{curve[4][k]:.1f}%" for curve in curves] for k in xs if k <= 20 or k % 5 == 0],
                   "Chance that at least so many practices are ever in caretaker hands")
    return numbering.figure(_title(result), f"Chance that at least so many of {sites} practices are ever in caretaker hands "
                            f"within {result.years()} years", picture, behind) + _cascades(result)


def _title(result):
    for form in result.others:
        path = "trials/organisations_exited"
        if result.has(path) and (result.trial_values("organisations_exited", form) > 0).mean() > 0.005:
            return f"Practices fail one by one under {result.reference.label}; under {form.label} rarely and all at once"
    return "How many practices fall to the commissioner"


def _cascades(result):
    if not result.has("trials/largest_cascade"):
        return ""
    rows = []
    for least in (1, 2, 3, 5, 8):
        rows.append([f"{least} or more of one network within a year"] + [
            words.odds(float((result.trial_values("largest_cascade", form) >= least).mean())) for form in result.forms])
    moved = result.metric("patients_dispersed")
    if moved:
        rows.append(["Patients moved by closures: mean"] + [
            words.figure(moved, result.summary("patients_dispersed", form), result.summary("patients_dispersed", form, "se"))
            for form in result.forms])
    return table(["Cascade"] + result.forms, rows,
                 "Chance of a cascade: hand-backs without successor in one network within four quarters, futures of 100")
