"""Can it be trusted: errors, balance, hashes, and the log to be signed."""

import math

from .page import table
from .words import text

ROLES = ["commissioner", "analyst", "assurer", "approver"]


def _facts(result):
    imbalance = float(result.values("quality/imbalance_max").max()) if result.has("quality/imbalance_max") else math.nan
    ties = int((result.values("quality/near_ties") > 0).sum()) if result.has("quality/near_ties") else None
    verdicts = [form.get("verdict") for measure in result.answer.get("metrics", {}).values() for form in measure.values()]
    practices = result.file["inputs/practices"]
    imputed = sum(int(practices[name][()].sum()) for name in practices if name.endswith("_imputed"))
    calibration = result.file["inputs/calibration"].attrs
    return [
        ["Futures", f"{result.trials():,}"],
        ["Seed", f"{int(result.file.attrs['seed'])}"],
        ["Largest imbalance of the ledger in any future", f"{imbalance:.1e} of what is paid"],
        ["Futures in which a comparison was too close to call", "not stored" if ties is None else f"{ties:,}"],
        ["Differences not resolved", f"{verdicts.count('not resolved')} of {len(verdicts)}"],
        ["Values imputed in the table of practices", f"{imputed:,}"],
        ["Cost calibrated", f"{calibration['factor']:.3f} times its evidence, £{calibration['flat_rate']:.2f} a patient a year"],
        ["Content hash", result.text("content_hash")],
        ["Engine", f"{result.text('engine_version')}, commit {result.text('commit')}, format {result.text('schema_version')}"],
        ["Run", f"{result.text('started')} to {result.text('finished')}, {result.text('host')}"],
        ["To check it", f"headroom verify {result.path.name}"],
    ]


def _log(result):
    qa = result.file["inputs/qa"].attrs if result.has("inputs/qa") else {}
    return table(["Role", "Name"], [[role.capitalize(), str(qa.get(role, "")) or "not yet"] for role in ROLES],
                 "Who asked, who did it, who checked it, who approved it", "facts-table")


def build(result, _numbering):
    """Facts, then the log."""
    note = ("<p>Every figure carries its Monte Carlo error: how far it may be from what endless futures would give. That says "
            "nothing of whether the assumptions are right; the table above does.</p>")
    return note + table(["Fact", "Value"], _facts(result), "Quality", "facts-table") + _log(result)


GLOSSARY = [
    ("Future", "one simulated course of the whole horizon: prices, demand, people leaving, falling sick and being found. All "
               "forms meet the same futures, so they can be compared one by one."),
    ("Net position", "what everybody together keeps after partners are paid for their work as if salaried. What care is worth "
                     "to patients is not in it: only differences say anything."),
    ("Public cost", "what commissioner and trust pay, as a present value."),
    ("Today's GPs", "those in post at the start, for as long as they stay."),
    ("9 in 10", "the range that holds the middle nine of ten futures; one in twenty lies below it and one in twenty above."),
    ("Monte Carlo error", "how far a mean may be off because there are only so many futures. Four times as many halve it."),
    ("Not resolved", "a mean difference within three Monte Carlo errors of zero: more futures might tell."),
    ("Too small to matter", "resolved, and less than a pound a patient and year, or one per cent."),
    ("Neutral", "with an assumed number set to the value at which it makes no difference."),
    ("Ended", "a practice whose code goes: closed, or taken over by others."),
    ("Caretaker", "a practice whose contract was handed back and that the commissioner keeps going."),
    ("Cascade", "several practices of one network handing back without a successor within a year."),
    ("Present value", "money of later years discounted to the start."),
]


def glossary(_result, _numbering):
    """Words."""
    return "<dl>" + "".join(f"<dt>{text(term)}</dt><dd>{text(meaning)}</dd>" for term, meaning in GLOSSARY) + "</dl>"
