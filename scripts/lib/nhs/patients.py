"""Patients Registered at a GP Practice, in every form its list files have had: one row a practice (-all), a row an age
group or a year of age and sex (-quin-age, -sing-age-male and -female), and the wide tables of before 2017."""

import re
from collections import defaultdict

from nhs.tables import BadInput, Table

BANDS = ("list_0_24", "list_25_64", "list_65_plus")
AGE_COLUMN = re.compile(r"^((?:FE)?MALE)[ _.]*(\d+)", re.IGNORECASE)
AGE_NAMES = ("AGE_GROUP_5", "AGE_GROUP", "AGE")
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
        table = Table(path, "patients")
        rows = wide_rows(table) if table.has("TOTAL_ALL") or wide_ages(table) else long_rows(table)
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
            raise second_time(table, code)
        if what == "list":
            listed.add((code, sex))
        cell = counts[code].setdefault(sex, {})
        cell[what] = cell.get(what, 0.0) + people


def second_time(table, code):
    """A practice has a row an age and sex; without these columns it seems to come again."""
    again = f"practice {code} has several rows, and there is "
    if not table.has("TOTAL_ALL", *AGE_NAMES):
        return table.lacks(f"{again}no column for the age (looked for {' or '.join(AGE_NAMES)})")
    if not table.has("TOTAL_ALL", "SEX"):
        return table.lacks(f"{again}no column for the sex (looked for SEX)")
    return BadInput(f"{table.here()}: practice {code} a second time: keep one row of it, and one file of a kind")


def long_rows(table):
    code = table.column("the practice code", "CODE", "ORG_CODE", "PRACTICE_CODE", "GP_PRACTICE_CODE")
    people = table.column("the number of patients", "NUMBER_OF_PATIENTS")
    kind, age = table.has("ORG_TYPE", "TYPE"), table.has(*AGE_NAMES)
    sex = table.column("the sex", "SEX") if age else table.has("SEX")
    for row in table.rows():
        if kind and row[kind].upper() not in ("GP", "PRACTICE"):
            continue
        text = row[age].upper() if age else BOTH
        count = table.number(row, people)
        if count is not None:
            yield row[code], row[sex].upper() if sex else BOTH, "list" if text == BOTH else band_of(table, text), count


def wide_ages(table):
    """(column, sex, first year) of every age."""
    return [(name, match.group(1).upper(), match.group(2))
            for name, shown in zip(table.names, table.header) if (match := AGE_COLUMN.match(shown))]


def check_ages(table, ages):
    """A column less is people less: the ages of either sex are those of the other, at even steps from birth."""
    have = {(sex, int(age)) for _, sex, age in ages}
    every = sorted({age for _, age in have})
    step = min((after - before for before, after in zip(every, every[1:])), default=1)
    for sex in ("MALE", "FEMALE"):
        lacking = [str(age) for age in range(0, every[-1] + 1, step) if (sex, age) not in have] if every else []
        if lacking:
            raise table.lacks(f"no column for the {sex.lower()} patients aged {', '.join(lacking[:6])} and so on"
                              if len(lacking) > 6 else
                              f"no column for the {sex.lower()} patients aged {', '.join(lacking)}")


def wide_rows(table):
    code = table.column("the practice code", "PRACTICE_CODE", "GP_PRACTICE_CODE", "ORG_CODE", "CODE")
    everyone = table.column("all patients", "TOTAL_ALL")
    ages = wide_ages(table)
    check_ages(table, ages)
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
