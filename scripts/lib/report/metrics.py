"""How each measure is shown: from its attributes in the file, else from this table."""

from dataclasses import dataclass

GROUPS = ["Everyone", "Public purse", "GPs", "Patients", "Practices", "Workforce", "Organisation", "Other"]


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
    meaning: str = ""


# name: (better, group, label, scale, prefix, suffix, unit in words, decimals)
TABLE = {
    "economic_net_position": (1, "Everyone", "Everyone together", 1, "£", "", "£ per patient, present value", 1),
    "economic_net_position_narrow": (1, "Everyone", "Everyone, without contracts and hospital", 1, "£", "",
                                     "£ per patient, present value", 1),
    "economic_net_position_less_unmet": (1, "Everyone", "Everyone, unmet need priced", 1, "£", "",
                                         "£ per patient, present value", 1),
    "public_cost": (-1, "Public purse", "The public purse: cost", 1e6, "£", "m", "£m, present value", 1),
    "net_monetary_benefit": (1, "Public purse", "The public purse, unmet need priced", 1e6, "£", "m",
                             "£m, present value", 1),
    "npv_trust": (1, "Public purse", "Trust's position", 1e6, "£", "m", "£m, present value", 1),
    "npv_commissioner": (1, "Public purse", "Commissioner's position", 1e6, "£", "m", "£m, present value", 1),
    "todays_gps": (1, "GPs", "Today's GPs: income", 1e6, "£", "m", "£m, present value", 1),
    "partner_income": (1, "GPs", "Partner income", 1e3, "£", "k", "£k per full-time partner a year", 1),
    "partner_income_worst_year": (1, "GPs", "Partner income in its worst year", 1e3, "£", "k",
                                  "£k per full-time partner a year", 1),
    "partner_loss": (-1, "GPs", "Paid in by partners", 1e6, "£", "m", "£m, present value", 2),
    "unmet_appointments": (-1, "Patients", "Appointments not given", 1e3, "", "k", "thousand over the horizon", 1),
    "patients_dispersed": (-1, "Patients", "Patients moved by closures", 1e3, "", "k", "thousand", 1),
    "workload": (-1, "Patients", "Workload", 1, "", "", "demand over capacity", 3),
    "sites_ended": (-1, "Practices", "Practices ended", 1, "", "", "of the patch", 1),
    "sites_closed": (-1, "Practices", "Practices closed", 1, "", "", "of the patch", 1),
    "sites_caretaker": (-1, "Practices", "Practices in caretaker hands", 1, "", "", "of the patch", 1),
    "sites_taken_over": (0, "Practices", "Practices taken over", 1, "", "", "of the patch", 1),
    "sites_continuing": (1, "Practices", "Practices that went on", 1, "", "", "of the patch", 1),
    "partner_led_sites": (0, "Practices", "Led by partners at the end", 1, "", "", "of the patch", 1),
    "largest_cascade": (-1, "Practices", "Largest cascade of hand-backs", 1, "", "", "practices in a year", 2),
    "vacancy": (-1, "Workforce", "Vacant GP posts", 0.01, "", "%", "% of posts", 2),
    "turnover": (-1, "Workforce", "Turnover of GPs", 0.01, "", "%", "% a year", 2),
    "partner_fte": (0, "Workforce", "Partners at the end", 1, "", "", "full-time equivalents", 1),
    "salaried_fte": (0, "Workforce", "Salaried GPs at the end", 1, "", "", "full-time equivalents", 1),
    "locum_spend": (-1, "Workforce", "Spent on locums", 1e6, "£", "m", "£m, present value", 1),
    "overhead_share": (-1, "Organisation", "Overheads", 0.01, "", "%", "% of core income", 2),
    "relationships": (-1, "Organisation", "Contracts held", 1, "", "", "mean of the quarters", 1),
    "drawdown": (-1, "Organisation", "Reserve an organisation needed", 1e6, "£", "m", "£m", 2),
}
HEADLINES = ["economic_net_position", "public_cost", "todays_gps", "unmet_appointments", "sites_caretaker"]


def _from_attributes(name, attributes):
    return Metric(name, {"higher": 1, "lower": -1}.get(attributes["better"], 0), str(attributes["group"]),
                  str(attributes.get("label", name)), float(attributes["scale"]),
                  str(attributes.get("prefix", "")).replace("GBP", "£"), str(attributes.get("suffix", "")),
                  str(attributes.get("shown_in", attributes.get("units", ""))),
                  int(attributes.get("decimals", 1)), str(attributes.get("long_name", "")))


def metric_of(name, attributes):
    """The measure of this name, whose data set has these attributes."""
    if name in TABLE:
        return Metric(name, *TABLE[name], str(attributes.get("long_name", "")))
    if "better" in attributes and "scale" in attributes:
        return _from_attributes(name, attributes)
    return Metric(name, 0, "Other", name.replace("_", " ").capitalize(), 1, "", "",
                  str(attributes.get("units", "")), 2, str(attributes.get("long_name", "")))
