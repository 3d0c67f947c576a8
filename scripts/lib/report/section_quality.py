"""Can it be trusted: errors, balance, hashes, and the log to be signed."""

import datetime
import math

from . import words
from .page import missing, table
from .read import BadFile
from .words import text

ROLES = ["commissioner", "analyst", "assurer", "approver"]


def _clock(moment):
    """A moment as the file has it, as people write it."""
    try:
        return f"{datetime.datetime.strptime(moment, '%Y-%m-%dT%H:%M:%SZ'):%-d %B %Y %H:%M} UTC"
    except ValueError:
        return moment


def _error(result):
    """The largest Monte Carlo error of what everyone together gains."""
    metric = result.metric("economic_net_position")
    errors = [result.compared(metric.name, form, "se") for form in result.others] if metric else []
    known = [error for error in errors if not math.isnan(error)]
    return [["Largest error of a difference for everyone together", f"{words.spread(metric, max(known))} {metric.unit.removeprefix('£ ')}"]] if known else []


def _lacks(result):
    """What a file of an earlier version has not."""
    lacks = result.answer.get("lacks", [])
    return [["Not in this file, which an earlier version wrote", ", ".join(lacks) + ": run its scenario again to have them"]] if lacks else []


def _facts(result):
    imbalance = float(result.values("quality/imbalance_max").max()) if result.has("quality/imbalance_max") else math.nan
    ties = int((result.values("quality/near_ties") > 0).sum()) if result.has("quality/near_ties") else None
    verdicts = [form.get("verdict") for measure in result.answer.get("metrics", {}).values() for form in measure.values()]
    practices = result.file["inputs/practices"]
    imputed = sum(int(practices[name][()].sum()) for name in practices if name.endswith("_imputed"))
    calibration = result.file["inputs/calibration"].attrs
    return [
        ["Futures", f"{result.trials():,}"],
        *_error(result),
        ["Seed", f"{int(result.file.attrs['seed'])}"],
        ["Largest imbalance of the ledger in any future", f"{imbalance:.1e} of what is paid"],
        ["Futures in which a comparison was too close to call", "not stored" if ties is None else f"{ties:,}"],
        ["Differences not resolved", f"{verdicts.count('not resolved')} of {len(verdicts)}"],
        ["Values imputed in the table of practices", f"{imputed:,}"],
        ["Cost calibrated", f"{calibration['factor']:.3f} times its evidence, £{calibration['flat_rate']:.2f} a patient a year"],
        ["Content hash", result.text("content_hash")],
        *_lacks(result),
        ["Engine", f"{result.text('engine_version')}, commit {result.text('commit')}, format {result.text('schema_version')}"],
        ["Run", f"{_clock(result.text('started'))} to {_clock(result.text('finished'))}, {result.text('host')}"],
        ["To check it", f"headroom verify {result.path.name}"],
    ]


def _log(result):
    qa = result.file["inputs/qa"].attrs if result.has("inputs/qa") else {}
    return table(["Role", "Name"], [[role.capitalize(), str(qa.get(role, "")) or "not yet"] for role in ROLES],
                 "Who asked, who did it, who checked it, who approved it", "facts-table")


def _against_exact(pool):
    """How far simulated figures of a delegated budget lie from exact ones, in standard errors."""
    zs = [abs(float(row["z"])) for one in pool["pools"] for when in ("before", "after") for row in one.get(when, {}).values()
          if isinstance(row, dict) and row.get("z") is not None]
    if not zs:
        return ""
    beyond = sum(z > 3 for z in zs)
    return (f"<p>A delegated budget’s risk is reckoned twice, exactly and by simulation: of {len(zs)} figures {beyond} "
            f"{'lies' if beyond == 1 else 'lie'} more than 3 standard errors apart, the furthest {max(zs):.1f}. By chance alone "
            "about 3 in 1,000 would.</p>")


def _toleranced(target):
    """A target's row."""
    value, error = target["value"], target["error"]
    digits = 0 if abs(target["high"]) >= 1000 else 2
    return [target["name"], target["published"], f"{words.plain(target['low'], digits)} to {words.plain(target['high'], digits)}",
            "not seen" if value is None else words.plain(value, digits), f"±{error:.2g}" if error else "", target["role"],
            target["verdict"]]


def _calibration(result, calibration):
    """What the model gives beside what is published of the country."""
    if calibration is None:
        return missing("National figures", "what the model gives beside what is published of general practice in England.",
                       ["scripts/calibration -o c.json", f"headroom report {result.path.name} --calibration c.json"])
    try:
        targets = calibration["targets"]
        met = sum(target["verdict"] == "met" for target in targets)
        fitted = sum(target["role"] != "check" for target in targets)
        rows = [_toleranced(target) for target in targets]
        where = f"{calibration['practices']}, {calibration['scenario']}"
    except (KeyError, TypeError):
        raise BadFile("--calibration: not what scripts/calibration -o writes") from None
    return (f"<h3>National figures</h3><p>{met} of {len(targets)} national figures are met ({text(where)}). {fitted} of them were "
            f"used to set the model up or to choose its numbers, so that agreement is no proof; {len(targets) - fitted} were not.</p>"
            + table(["Figure", "Published", "Tolerance", "Model", "±", "Used", "Verdict"], rows, "National figures beside the model"))


def build(result, _numbering, pool=None, calibration=None):
    """Facts, then exact and national figures, then the log."""
    note = ("<p>Every figure carries its Monte Carlo error: how far it may be from what endless futures would give. That says "
            "nothing of whether the assumptions are right; the table above does.</p>")
    return (note + table(["Fact", "Value"], _facts(result), "Quality", "facts-table") + (_against_exact(pool) if pool else "")
            + _calibration(result, calibration) + _log(result))


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
