"""What a run reads: the resolved scenario and the practices ("Inputs")."""
import csv
import io
import json
from dataclasses import dataclass, field

import numpy as np

from distributions import FAMILIES, Fixed, Value

STRUCTURAL_NUMBERS = ("at", "duration", "fade", "lasting", "target_population", "convert_partners",
                      "notice")
LOW_FTE, HIGH_FTE = 0.2, 1.2
BANDS = ("list_0_24", "list_25_64", "list_65_plus")


def is_leaf(node):
    """A number, a word, or a map that names a value or a distribution."""
    return not isinstance(node, dict) or "value" in node or any(k in FAMILIES for k in node)


def flatten(node, prefix=""):
    """Nested maps and dotted names to {dotted key: leaf}."""
    leaves = {}
    for name, child in node.items():
        key = f"{prefix}{name}"
        if is_leaf(child):
            leaves[key] = child
        else:
            leaves.update(flatten(child, key + "."))
    return leaves


def plain(leaf):
    """The bare content of a leaf that has no distribution."""
    return leaf["value"] if isinstance(leaf, dict) else leaf


def read_value(leaf, assumption):
    """A leaf as a Value with the range and uplift of its assumption row."""
    leaf = leaf if isinstance(leaf, dict) else {"value": leaf}
    family = next((FAMILIES[k](**leaf[k]) for k in leaf if k in FAMILIES), None)
    return Value(family or Fixed(float(leaf["value"])), independent=bool(leaf.get("independent")),
                 **assumption)


@dataclass
class Scenario:
    """A resolved scenario: every key explicit, forms and shocks in order."""

    seed: int
    trials: int
    years: int
    reference: str
    forms: list  # names of the simulated forms, in order
    numbers: dict  # key -> Value, form terms and shock fields included
    choices: dict  # key -> word or structural number
    shocks: list  # names
    price_history: str = None  # CSV text that replaces the price process
    correlation: list = field(default_factory=list)  # {keys, rank} of draws that go together
    quarters: int = field(init=False)

    def __post_init__(self):
        self.quarters = 4 * self.years

    def central(self, key):
        """Central value of a number."""
        return self.numbers[key].central

    def exit_row(self, form):
        """Name of the row that sites outside a form's organisations run on."""
        name = self.choices.get(f"forms.{form}.exit_form")
        return name if name and name != "none" else form


def leaves_of(document):
    """All leaves of a resolved document under their full keys."""
    groups = {k: v for k, v in document.items() if isinstance(v, dict)}
    leaves = flatten(groups)
    for group in ("shocks", "forms"):
        for row in document.get(group, []):
            rest = {k: v for k, v in row.items() if k not in ("name", "simulated", "use", "like")}
            leaves.update(flatten(rest, f"{group}.{row['name']}."))
    return leaves


def is_choice(key, leaf):
    """Words, and numbers that no arithmetic of a trial reads."""
    return (isinstance(plain_or_none(leaf), (str, type(None))) and not has_distribution(leaf)
            or key.rsplit(".", 1)[-1] in STRUCTURAL_NUMBERS
            or key.startswith(("patch.", "money.uplift.")))


def plain_or_none(leaf):
    return leaf.get("value") if isinstance(leaf, dict) else leaf


def has_distribution(leaf):
    return isinstance(leaf, dict) and any(k in FAMILIES for k in leaf)


def read_scenario(text, assumptions=None, price_history=None):
    """A scenario from resolved JSON; assumptions: {key: {low, high, uplift}}."""
    document = json.loads(text)
    assumptions = assumptions or {}
    leaves = leaves_of(document)
    choices = {k: plain(v) for k, v in leaves.items() if is_choice(k, v)}
    numbers = {k: read_value(v, assumptions.get(k, {}))
               for k, v in leaves.items() if k not in choices}
    return Scenario(
        seed=int(plain(document["seed"])), trials=int(plain(document["trials"])),
        years=int(choices["patch.horizon_years"]), reference=plain(document["reference"]),
        forms=[row["name"] for row in document["forms"] if row.get("simulated", True)],
        numbers=numbers, choices=choices,
        shocks=[row["name"] for row in document.get("shocks", [])],
        price_history=price_history, correlation=document.get("correlation", []))


@dataclass
class Practices:
    """The patch as the model uses it; arrays over sites in ascending code."""

    code: list
    network: np.ndarray  # number of the network within its area; "U" and blank are one each
    walk_order: list  # sites of named networks by (network, code)
    list_start: np.ndarray  # people
    weighted_start: np.ndarray  # weighted people
    core_rate: np.ndarray  # GBP per weighted person and year, at the price base
    partner_posts: np.ndarray
    salaried_posts: np.ndarray
    partner_post_fte: np.ndarray
    salaried_post_fte: np.ndarray
    slots: np.ndarray  # post slots of each site, filled or not
    bands: np.ndarray  # people by age band, (sites, bands); 0 where unknown
    area: list  # codes; blank ones share one
    area_number: np.ndarray  # in the order of the codes
    cost_rate: np.ndarray = None  # GBP per person and year, where no calibration is made

    def __post_init__(self):
        self.sites = len(self.code)
        self.networks = int(self.network.max()) + 1
        self.areas = int(self.area_number.max()) + 1
        self.filled_posts = self.partner_posts + self.salaried_posts
        self.partner_fte = self.partner_posts * self.partner_post_fte
        self.salaried_fte = self.salaried_posts * self.salaried_post_fte
        self.filled_fte = self.partner_fte + self.salaried_fte
        self.mean_fte = to_grain(self.filled_fte / self.filled_posts)
        self.first_slot = np.concatenate([[0], np.cumsum(self.slots)[:-1]])
        self.slot_site = np.repeat(np.arange(self.sites), self.slots)
        self.slot_number = np.arange(self.slots.sum()) - self.first_slot[self.slot_site]
        partner = self.slot_number < self.partner_posts[self.slot_site]
        filled = self.slot_number < self.filled_posts[self.slot_site]
        self.slot_starts_partner = partner
        self.slot_starts_salaried = filled & ~partner
        self.slot_fte = np.where(
            partner, self.partner_post_fte[self.slot_site],
            np.where(filled, self.salaried_post_fte[self.slot_site], self.mean_fte[self.slot_site]))

    def by_site(self, per_slot):
        """Sum slots within sites: (slots, trials) to (sites, trials)."""
        return np.add.reduceat(per_slot, self.first_slot, axis=0)

    def by_network(self, per_site):
        """Sum sites within networks, in order of code."""
        return sum_by(per_site, self.network, self.networks)

    def by_area(self, per_site):
        """Sum sites within areas, in order of code, and give each site its area's sum."""
        return sum_by(per_site, self.area_number, self.areas)[self.area_number]


def sum_by(per_site, group, groups):
    """Sum rows into groups, left to right."""
    total = np.zeros((groups,) + np.shape(per_site)[1:])
    for site, number in enumerate(group):
        total[number] += per_site[site]
    return total


def round_half_up(x):
    """floor(x + 0.5)."""
    return np.floor(np.asarray(x, float) + 0.5)


def network_numbers(names, areas):
    """Numbers of networks; one that lies in two areas is two, and every site of "U" or blank
    is a network of its own."""
    known, numbers = {}, []
    for site, (name, area) in enumerate(zip(names, areas)):
        key = (name, site) if name in ("", "U") else (name, area)
        numbers.append(known.setdefault(key, len(known)))
    return np.array(numbers)


def posts_of(row, scenario):
    """Posts and fte per post of one practice: partners, then salaried."""
    least = 1 if row["contract_type"] in ("GMS", "PMS") else 0
    partners = int(max(least, round_half_up(float(row["partner_headcount"]))))
    salaried = int(round_half_up(float(row["salaried_headcount"])))
    if partners + salaried == 0:
        salaried = 1
    return (partners, salaried,
            fte_per_post(float(row["partner_fte"]), partners,
                         scenario.central("workforce.fte_default.partner")),
            fte_per_post(float(row["salaried_fte"]), salaried,
                         scenario.central("workforce.fte_default.salaried")))


def fte_per_post(fte, posts, default):
    """Fte of each post of a role, within bounds; a post without fte works the default."""
    if posts == 0:
        return 0.0
    return float(to_grain(np.clip(fte / posts if fte > 0 else default, LOW_FTE, HIGH_FTE)))


def to_grain(fte):
    """Fte in the grain of posts."""
    return round_half_up(fte * 2.0**20) * 2.0**-20


def table_uplift(scenario):
    """From the price year of the table's core rates to the price base."""
    year = scenario.choices.get("patch.price_year")
    if year is None:
        return scenario.numbers["money.core_rate"].uplift
    return float(scenario.choices.get(f"money.uplift.contract.{int(year)}", 1.0))


def read_practices(text, scenario):
    """Practices from the resolved CSV, sorted by code."""
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["practice_code"])
    posts = [posts_of(row, scenario) for row in rows]
    partners, salaried = (np.array([p[k] for p in posts]) for k in (0, 1))
    vacancy = scenario.numbers["workforce.vacancy_start"]
    largest_vacancy = min(vacancy.largest, 0.5)
    names = [row["network_code"].strip() for row in rows]
    areas = [(row.get("area") or "").strip() for row in rows]
    walk = [i for i in range(len(rows)) if names[i] not in ("", "U")]
    return Practices(
        code=[row["practice_code"] for row in rows],
        cost_rate=column(rows, "cost_rate") if "cost_rate" in rows[0] else None,
        network=network_numbers(names, areas),
        walk_order=sorted(walk, key=lambda i: (names[i], rows[i]["practice_code"])),
        list_start=column(rows, "list"), weighted_start=column(rows, "weighted_list"),
        core_rate=column(rows, "core_rate") * table_uplift(scenario),
        partner_posts=partners, salaried_posts=salaried,
        partner_post_fte=np.array([p[2] for p in posts]),
        salaried_post_fte=np.array([p[3] for p in posts]),
        slots=round_half_up(1.5 * (partners + salaried) / (1.0 - largest_vacancy)).astype(int),
        bands=np.array([[float(row.get(name) or 0.0) for name in BANDS] for row in rows]),
        area=areas, area_number=np.searchsorted(sorted(set(areas)), areas))


def column(rows, name):
    """A column of the CSV as numbers."""
    return np.array([float(row[name]) for row in rows])
