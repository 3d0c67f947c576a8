"""Patients Registered at a GP Practice, in every form its list files have had: one row a practice (-all), a row an age
group or a year of age and sex (-quin-age, -sing-age-male and -female), and the wide tables of before 2017."""

import re
from collections import defaultdict

from nhs.tables import BadInput, Table

BANDS = ("list_0_24", "list_25_64", "list_65_plus")
AGE_COLUMN = re.compile(r"^(?:FE)?MALE[ _.]*(\d+)", re.IGNORECASE)
BOTH = "ALL"


def band_of(table, text):
    """0_4, 0-4, 0, 95+: the band of the first of the ages."""
    first = re.match(r"\d+", text)
    if not first:
        raise BadInput(f'{table.here()}: age group "{text}" is not like 0_4 or 95+: '
                       "use gp-reg-pat-prac-quin-age.csv as published")
    age = int(first.group())
    return BANDS[0] if age < 25 else BANDS[1] if age < 65 else BANDS[2]


def read_patients(paths):
    """{code: {list, list_0_24, list_25_64, list_65_plus}} of one or several files; bands None where no file has ages."""
    counts = defaultdict(dict)  # of each practice: {sex: {"list" or a band: people}}
    for path in paths:
        table = Table(path)
        rows = wide_rows(table) if table.has("TOTAL_ALL") else long_rows(table)
        add_file(table, counts, rows)
    sexes = {sex for by_sex in counts.values() for sex in by_sex}
    if len(sexes) == 1 and sexes & {"MALE", "FEMALE"}:
        here, lacking = ("men", "female") if "MALE" in sexes else ("women", "male")
        raise BadInput(f"{paths[0]}: has {here} only: give the {lacking} file too, with a second --patients")
    return {code: total(by_sex) for code, by_sex in counts.items()}


def add_file(table, counts, rows):
    """Add the rows (code, sex, what, people) of a file; what another file has said already is refused."""
    before = {(code, sex) for code, by_sex in counts.items() for sex in by_sex}
    listed = set()
    for code, sex, what, people in rows:
        if (code, sex) in before or (what == "list" and (code, sex) in listed):
            raise BadInput(f"{table.here()}: practice {code} a second time: keep one row of it, and one file of a kind")
        if what == "list":
            listed.add((code, sex))
        cell = counts[code].setdefault(sex, {})
        cell[what] = cell.get(what, 0.0) + people


def long_rows(table):
    code = table.column("the practice code", "CODE", "ORG_CODE", "PRACTICE_CODE", "GP_PRACTICE_CODE")
    people = table.column("the number of patients", "NUMBER_OF_PATIENTS")
    kind = table.has("ORG_TYPE", "TYPE")
    sex, age = table.has("SEX"), table.has("AGE_GROUP_5", "AGE_GROUP", "AGE")
    for row in table.rows():
        if kind and row[kind].upper() not in ("GP", "PRACTICE"):
            continue
        text = row[age].upper() if age else BOTH
        count = table.number(row, people)
        if count is not None:
            yield row[code], row[sex].upper() if sex else BOTH, "list" if text == BOTH else band_of(table, text), count


def wide_rows(table):
    code = table.column("the practice code", "PRACTICE_CODE", "GP_PRACTICE_CODE", "ORG_CODE", "CODE")
    everyone = table.column("all patients", "TOTAL_ALL")
    ages = [(name, shown.split("_")[0].upper(), AGE_COLUMN.match(shown).group(1))
            for name, shown in zip(table.names, table.header) if AGE_COLUMN.match(shown)]
    for row in table.rows():
        count = table.number(row, everyone)
        if count is None:
            continue
        yield row[code], BOTH, "list", count
        for name, sex, age in ages:
            yield row[code], sex, band_of(table, age), table.number(row, name) or 0.0


def total(by_sex):
    """Over the sexes: the published total where there is one, and the sum of the ages."""
    split = [cells for sex, cells in by_sex.items() if sex != BOTH and any(band in cells for band in BANDS)]
    split = split or [cells for cells in by_sex.values() if any(band in cells for band in BANDS)]
    bands = {band: sum(cells.get(band, 0.0) for cells in split) if split else None for band in BANDS}
    people = by_sex.get(BOTH, {}).get("list")
    if people is None:
        parts = [cells.get("list") for cells in by_sex.values()]
        people = sum(bands.values()) if None in parts else sum(parts)
    return {"list": people, **bands}
