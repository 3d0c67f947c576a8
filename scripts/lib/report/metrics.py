"""How each measure is shown: as the engine's one table of metrics says."""

from dataclasses import dataclass

from .words import typeset

GROUPS = ["Everyone", "Public purse", "GPs", "Patients", "Practices", "Workforce", "Organisation", "Delegated budget",
          "Bearers"]
HEADLINES = ["economic_net_position", "public_cost", "todays_gps", "unmet_appointments", "sites_caretaker"]
# of the first four, by whose eyes it looks
EYES = {"economic_net_position": "Everyone together", "public_cost": "The public purse: cost",
        "todays_gps": "Today’s GPs: income", "unmet_appointments": "Patients: appointments not given",
        "sites_caretaker": "Practices in caretaker hands"}
UNITS = {"GBP/patient": "a patient", "GBP/patient/year": "a patient and year", "GBP/fte-year": "a full-time post and year",
         "GBP/head-year": "a head and year", "sites": "practices", "fte": "full-time equivalents", "fte-years": "years of "
         "full-time work", "share": "%", "1/year": "% a year", "ratio": "ratio", "GBP": ""}


@dataclass(frozen=True)
class Metric:
    """A measure: which way is better (1, -1 or 0), its place, its words and its unit."""

    name: str
    better: int
    group: str
    label: str
    scale: float
    prefix: str
    suffix: str
    unit: str
    decimals: int
    count: bool = False
    meaning: str = ""


def _unit(row):
    words = UNITS.get(row["unit"], row["unit"])
    if row["money"]:
        words = f"£{row['suffix']} {words}".strip()
    elif row["suffix"] == "k":
        words = f"thousand {words}"
    return words + (", present value" if row["discounted"] else "")


def metric_of(name, row):
    """The measure of this name from its row of `headroom metrics --json`; None: a row that an older program lacks."""
    if row is None:
        return Metric(name, 0, "Other", name.replace("_", " ").capitalize(), 1, "", "", "", 2)
    return Metric(name, {"higher": 1, "lower": -1}.get(row["better"], 0), row["group"], typeset(row["label"]),
                  float(row["scale"]), "£" if row["money"] else "", row["suffix"], _unit(row), int(row["decimals"]),
                  bool(row["count"]), row["meaning"])
