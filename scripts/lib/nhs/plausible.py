"""What in a practices table is hardly true: one sentence a practice and column. `headroom check` says the same."""

import re
import statistics
from datetime import date
from typing import NamedTuple

from nhs.payments import SMALL_LIST, date_of

STAFF = ("partner_headcount", "partner_fte", "salaried_headcount", "salaried_fte")
BANDS = ("list_0_24", "list_25_64", "list_65_plus")
CODES = ("practice_code", "network_code", "area")
USUAL_RATE = (0.5, 2.0)      # times the patch's median
FEW_RATES, ENGLAND_RATE = 3, 139.94  # where the patch has fewer: England's, GBP, NHS Payments 2022/23
USUAL_WEIGHT = (0.5, 2.0)    # weighted patients a patient
USUAL_POST = (0.2, 1.2)      # fte a head: what the engine takes of a post
USUAL_GP = (500.0, 6000.0)   # patients a GP fte; beyond the second the engine takes the patch's
AGES_OFF = 0.01              # share of the list
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?(E[+-]?\d+)?", re.IGNORECASE)
MONTH = "(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
DATE = re.compile(rf"\d{{1,4}}[-/.]\d{{1,2}}([-/.]\d{{1,4}})?|\d{{1,4}}[-/ ]?{MONTH}([-/ ]?\d{{1,4}})?|{MONTH}[-/ ]\d{{1,4}}",
                  re.IGNORECASE)


class Doubt(NamedTuple):
    code: str
    column: str
    sentence: str
    blank: tuple  # columns to blank on request

    def __str__(self):
        return f"{self.code} {self.column}: {self.sentence}"


def is_within(number, bounds, times):
    """Up to the rounding of the bounds, which are products of decimals."""
    low, high = (bound * times for bound in bounds)
    return low - 1e-12 * high <= number <= high + 1e-12 * high


def doubts_of(rows, payments, year):
    """All of them, by practice in the rows' order. @year: the first of the payments' financial year, or None."""
    usual = usual_rate(rows)
    return [doubt for row in rows for doubt in
            (*codes(row), *(() if row["list"] < SMALL_LIST else
                            (*money(row, usual), *part_year(row, payments, year), *staff(row), *ages(row))))] + [
        doubt for column in CODES for doubt in capitals(rows, column)]


def usual_rate(rows):
    """What a core rate is compared with, and in words."""
    rates = [row["core_rate"] for row in rows if row["core_rate"] is not None]
    if len(rates) < FEW_RATES:
        return ENGLAND_RATE, f"England's of 2022/23, {ENGLAND_RATE}"
    median = statistics.median(rates)
    return median, f"the patch's median, {median:.6g}"


def codes(row):
    for column in CODES:
        text = row[column] or ""
        kind = "number" if NUMBER.fullmatch(text) else "date" if DATE.fullmatch(text) else None
        if kind:
            yield Doubt(row["practice_code"], column,
                        f'"{text}" looks like a {kind}: a spreadsheet may have changed the code', ())


def capitals(rows, column):
    """Codes that one hand wrote in two ways: each way is said once."""
    ways = {}
    for row in rows:
        text = row[column] or ""
        others = ways.setdefault(text.casefold(), {})
        if others and text not in others:
            first, practice = next(iter(others.items()))
            yield Doubt(row["practice_code"], column,
                        f'"{text}" and the "{first}" of {practice} differ in capitals alone, and are taken for two', ())
        others.setdefault(text, row["practice_code"])


def money(row, usual):
    median, words = usual
    rate, weighted = row["core_rate"], row["weighted_list"]
    if rate is not None and not is_within(rate, USUAL_RATE, median):
        yield Doubt(row["practice_code"], "core_rate",
                    f"{rate:.6g} is outside 0.5 to 2 times {words}", ("core_rate",))
    if weighted is not None and not is_within(weighted, USUAL_WEIGHT, row["list"]):
        yield Doubt(row["practice_code"], "weighted_list",
                    f"{weighted:.6g} for {row['list']:.6g} patients: 0.5 to 2 to each is usual", ("weighted_list",))


def staff(row):
    for role in ("partner", "salaried"):
        heads, fte = row[f"{role}_headcount"], row[f"{role}_fte"]
        if heads is None or fte is None:
            continue
        usual = is_within(fte, USUAL_POST, heads) if heads >= 0.5 else fte < 0.5
        if not usual:
            yield Doubt(row["practice_code"], f"{role}_fte",
                        f"{fte:.6g} fte of {heads:.6g} heads: 0.2 to 1.2 a head is usual, and what is reckoned with",
                        (f"{role}_headcount", f"{role}_fte"))
    fte = (row["partner_fte"] or 0.0) + (row["salaried_fte"] or 0.0)
    known = row["partner_fte"] is not None and row["salaried_fte"] is not None
    if known and not is_within(row["list"], USUAL_GP, fte):
        yield Doubt(row["practice_code"], "partner_fte + salaried_fte",
                    f"{row['list']:.6g} patients to {fte:.6g} fte of GPs: 500 to 6000 to each is usual", STAFF)


def ages(row):
    bands = [row[band] for band in BANDS]
    if None not in bands and abs(sum(bands) - row["list"]) > AGES_OFF * row["list"]:
        yield Doubt(row["practice_code"], "list_0_24 to list_65_plus",
                    f"add up to {sum(bands):.6g} where the list is {row['list']:.6g}", BANDS)


def part_year(row, payments, year):
    paid = payments.get(row["practice_code"])
    if not paid or row["core_rate"] is None:
        return
    for what, text in (("opened", paid["opened"]), ("closed", paid["closed"])):
        sentence = dated(what, text, date_of(text), year)
        if sentence:
            yield Doubt(row["practice_code"], "core_rate", sentence, ("core_rate",))


def dated(what, text, day, year):
    """What a date says against a whole year of payments; None where nothing."""
    if day is False:
        return f'it {what} on "{text}", which is not a date: its payments may be of a part of the year'
    if day is None or year is None:
        return None
    first, last, words = date(year, 4, 1), date(year + 1, 3, 31), f"{year}/{(year + 1) % 100:02d}"
    if what == "opened" and day > last or what == "closed" and day < first:
        return f"it {what} on {text}, outside {words}, the year of the payments"
    if what == "opened" and day > first or what == "closed" and day < last:
        return f"it {what} on {text}, so that {words} paid it for a part of the year"
    return None


def blanked(rows, doubts):
    """The rows without the cells that are in doubt."""
    cells = {(doubt.code, column) for doubt in doubts for column in doubt.blank}
    return [{column: None if (row["practice_code"], column) in cells else value for column, value in row.items()}
            for row in rows]
