"""NHS Payments to General Practice, practice level, 2014/15 and since."""

import datetime
import re
import sys

from nhs.areas import UNALLOCATED, Places
from nhs.tables import MISSING, BadInput, Table, squashed

CONTRACTS = ("GMS", "PMS", "APMS")
SMALL_LIST = 500  # patients below which a practice's payments, part of a year or of a list, say nothing about its rate
ROUNDING = 1e-4  # of the total: what lines may be off it that add up; of 2022/23 they do to the penny
FIRST_YEAR = 13  # 2013/14: the publication's first
COVID = tuple(map(squashed, ("COVID_IMMUNISATION", "COVID_SUPPORT_AND_EXPANSION", "LONG_COVID")))
# What stands between the list sizes and the total in the file and is no payment line of the total.
NOT_LINES = re.compile(r"^(AVERAGE|NUMBER|TOTALNHS|DEDUCTIONS|PCN(?!PARTICIPATION)|COVID|LONGCOVID)")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d%b%Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y", "%d %B %Y")


class Columns:
    """Where a year's file has what is read of it."""

    def __init__(self, table):
        self.code = table.column("the practice code", "PRACTICE_CODE")
        self.name = table.has("PRACTICE_NAME")
        self.contract = table.column("the contract type", "CONTRACT_TYPE")
        self.lists = {which: table.column(f"{which} patients", f"NUMBER_OF_{which.upper()}_PATIENTS_LAST_KNOWN_FIGURE",
                                          f"AVERAGE_NUMBER_OF_{which.upper()}_PATIENTS",
                                          f"NUMBER_OF_{which.upper()}_PATIENTS") for which in ("registered", "weighted")}
        self.first = table.names.index(table.column("the global sum", "GLOBAL_SUM"))
        self.total = table.column("total payments", "TOTAL_NHS_PAYMENTS_TO_GENERAL_PRACTICE")
        self.passed_on = [table.column("premises", "PREMISES_PAYMENTS"),
                          table.column("drugs", "REIMBURSEMENT_OF_DRUGS")]
        self.opened, self.closed = table.has("PRACTICE_OPEN_DATE"), table.has("PRACTICE_CLOSE_DATE")


def read_payments(path):
    """{code: {name, contract_type, registered, weighted, core, opened, closed, areas}}; rows of one practice are added up."""
    table = Table(path, "payments")
    columns, places = Columns(table), Places(table)
    rows = list(payment_rows(table, columns))
    if covid_in_total(table, rows, columns):
        columns.passed_on += [name for name in COVID if name in table.names]
    payments = {}
    for row, numbers in rows:
        entry = payments.setdefault(row[columns.code], {"registered": 0.0, "weighted": 0.0, "core": 0.0})
        entry.update(name=row[columns.name] if columns.name else "", contract_type=row[columns.contract].upper(),
                     areas=places.of(row), opened=row[columns.opened] if columns.opened else "",
                     closed=row[columns.closed] if columns.closed else "")
        for which, column in columns.lists.items():
            entry[which] += numbers[column]
        entry["core"] += numbers[columns.total] - sum(numbers[name] for name in columns.passed_on)
    return payments


def payment_rows(table, columns):
    """Each row of a practice with its numbers; a total under the table is none."""
    money = table.names[columns.first:] + [name for name in columns.lists.values()
                                           if table.names.index(name) < columns.first]
    for row in table.rows():
        if row[columns.code] == "" or row[columns.code].upper() in ("TOTAL", "ENGLAND"):
            continue
        yield row, {name: table.number(row, name) or 0.0 for name in money}


def covid_in_total(table, rows, columns):
    """Whether the year's total has COVID money in it: the file's own arithmetic decides."""
    lines = [name for name in table.names[columns.first:] if not NOT_LINES.match(name)]
    paid = sum(numbers[columns.total] for _, numbers in rows)
    added = sum(numbers.get(name, 0.0) for _, numbers in rows for name in lines)
    covid = sum(numbers.get(name, 0.0) for _, numbers in rows for name in COVID)
    gaps = abs(paid - added), abs(paid - added - covid)
    if covid > 0 and min(gaps) > ROUNDING * paid:
        print(f"{table.path}: its payment lines{' and COVID money' if gaps[1] < gaps[0] else ''} are {min(gaps):,.0f} GBP "
              f"off its total of {paid:,.0f}: a column is missing, and core rates may be wrong; take the file as published "
              "(import-nhs --sources)", file=sys.stderr)
    return covid > 0 and gaps[1] < gaps[0]


def practices_paid(payments, path):
    """{code: {name, its areas}} of the practices with a list of SMALL_LIST and over, as the map gives them."""
    practices = {code: {"name": paid["name"], **paid["areas"]} for code, paid in payments.items()
                 if paid["registered"] >= SMALL_LIST}
    if not practices:
        raise BadInput(f"{path}: no practice with {SMALL_LIST} patients: download it again")
    for practice in practices.values():
        if practice.get("pcn", "").upper() in MISSING:
            practice["pcn"] = UNALLOCATED
    return practices


def year_of(path, said):
    """The first calendar year of the financial year: of "2022/23" as said, else of the file's name; else None."""
    text = said or re.split(r"[/\\]", str(path))[-1]
    found = {int(first) for first, second in re.findall(r"(?<!\d)(?:20)?(\d\d)[-_/](?:20)?(\d\d)(?!\d)", text)
             if int(second) == int(first) + 1 and int(first) >= FIRST_YEAR}
    if said and len(found) != 1:
        raise BadInput(f'--payments-year {said}: is not a financial year: write it as 2022/23')
    return 2000 + found.pop() if len(found) == 1 else None


def date_of(text):
    """None where there is no date; False where it is none."""
    if text.upper() in MISSING:
        return None
    for form in DATES:
        try:
            return datetime.datetime.strptime(text.split(" 00:00")[0], form).date()
        except ValueError:
            pass
    return False
