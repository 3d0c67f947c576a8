"""General Practice Workforce, Practice Level: the Detailed file of a month, those of 2015 to 2018, or several years
collated in one table with a Year column."""

from nhs.areas import Places
from nhs.tables import BadInput, Table

# All GPs but trainees and locums: EXTGL since 2018, before that EXRL, "registrars and locums", foundation doctors in it.
EVERYONE = ("TOTAL_GP_EXTGL", "TOTAL_GP_EXRL")


def rows_of_year(table, wanted):
    """All rows of a file without a Year column; else those of the wanted year, which may be left out if there is one."""
    rows = list(table.rows())
    year = table.has("YEAR")
    if not year:
        if wanted:
            raise BadInput(f"{table.path}: no column Year for --workforce-year {wanted}: leave the option out")
        return rows
    years = sorted({row[year] for row in rows})
    if not wanted and len(years) > 1:
        raise BadInput(f"{table.path}: holds the years {', '.join(years)}: choose one with --workforce-year")
    if wanted and wanted not in years:
        raise BadInput(f"{table.path}: no rows of year {wanted}: it holds {', '.join(years)}")
    return [row for row in rows if not wanted or row[year] == wanted]


def read_workforce(path, year):
    """{code: {partner_headcount, partner_fte, salaried_headcount, salaried_fte, areas, estimated}}; None where not
    returned. Files since 2018 say in GP_SOURCE where the publisher has filled a gap."""
    table = Table(path, "workforce")
    if table.has("DETAILED_STAFF_ROLE"):
        raise BadInput(f"{path}: this is the High level workforce file: use Practice Level - Detailed")
    code = table.column("the practice code", "PRAC_CODE", "PRACTICE_CODE")
    columns = {measure: measured(table, measure) for measure in ("HC", "FTE")}
    places, source = Places(table), table.has("GP_SOURCE")
    no_year = ", and there is no column Year to tell several years apart"
    workforce = {}
    for row in rows_of_year(table, year):
        if row[code] in workforce:
            raise BadInput(f"{path}: practice {row[code]} a second time{'' if table.has('YEAR') else no_year}: "
                           "keep one row of it")
        workforce[row[code]] = dict(posts(table, row, columns), areas=places.of(row),
                                    estimated=bool(source) and "estimated" in row[source].lower())
    return workforce


def measured(table, measure):
    return (table.column(f"GPs without trainees and locums ({measure})", *(f"{name}_{measure}" for name in EVERYONE)),
            table.column(f"senior partners ({measure})", f"TOTAL_GP_SEN_PTNR_{measure}"),
            table.column(f"partners and providers ({measure})", f"TOTAL_GP_PTNR_PROV_{measure}"))


def posts(table, row, columns):
    found = {}
    for measure, name in (("HC", "headcount"), ("FTE", "fte")):
        everyone, senior, providers = (table.number(row, column) for column in columns[measure])
        known = None not in (everyone, senior, providers)
        found[f"partner_{name}"] = round(senior + providers, 4) if known else None
        found[f"salaried_{name}"] = round(max(0.0, everyone - senior - providers), 4) if known else None
    return found
