"""What the importer says beside the table, on standard error: what is in it, what could not be matched or known, and
what is implausible."""

import sys
from collections import Counter

from nhs.areas import KINDS, UNALLOCATED
from nhs.payments import CONTRACTS


def say(*lines):
    print(*lines, sep="\n", file=sys.stderr)


def counted(number, word):
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def listed(codes):
    codes = sorted(codes)
    return f"{len(codes)}: {' '.join(codes)}" if codes else "none"


def say_size(rows):
    networks = {row["network_code"] for row in rows}
    areas = {row["area"] for row in rows if row["area"]}
    say(f"{counted(len(rows), 'practice')}, {counted(round(sum(row['list'] for row in rows)), 'patient')}, "
        f"{counted(len(networks - {UNALLOCATED}), 'network')}" + (f", {counted(len(areas), 'area')}" if areas else "")
        + (", some practices in no network (U)" if UNALLOCATED in networks else ""))


class Chosen:
    """The practices of the table, all that have a list, the areas that were asked for ({kind: codes}), and what is
    said of a practice without one."""

    def __init__(self, codes, everywhere, areas, without="in it, but no list"):
        self.codes, self.everywhere, self.areas = set(codes), set(everywhere), areas
        self.without = f"{without:<18} "

    def without_list(self, entries):
        """Lines on the practices that a file has in these areas and that have no list now. Areas are known by the
        file's own codes, which are those of its year."""
        gone = {code for code in entries if code not in self.everywhere}
        if not any(self.areas.values()):
            return [f"{self.without} {listed(gone)}"]
        lines = []
        for kind, wanted in self.areas.items():
            if wanted and kind != "practice":
                lines += self.of_kind(entries, gone, kind, wanted)
        return lines

    def of_kind(self, entries, gone, kind, wanted):
        place = {code: entry["areas"].get(kind) for code, entry in entries.items()}
        if not any(place.values()):
            return [f"{self.without} not known: the file has no {KINDS[kind]} codes"]
        here = {code for code in gone if place[code] in wanted}
        moved = {code for code in entries if place[code] in wanted and code in self.everywhere - self.codes}
        other = Counter(place[code] for code in self.codes if code in place and place[code] not in wanted)
        lines = [f"{self.without} {listed(here)}"]
        if moved:
            lines.append(f"of other areas now  {listed(moved)}")
        for area, count in sorted(other.items()):
            doubtful = {code for code in gone if place[code] == area}
            lines.append(f"not known           {count} of the table's practices {'are' if count > 1 else 'is'} of "
                         f"{KINDS[kind]} {area or '(blank)'} in the file; which of its practices without a list now were "
                         f"here: {listed(doubtful)}")
        return lines


def say_file(path, what, entries, chosen, incomplete):
    say(f"{path}: {what}",
        f"  not in it           {listed(code for code in chosen.codes if code not in entries)}",
        f"  in it without data  {listed(code for code in chosen.codes if code in entries and incomplete(code))}",
        *(f"  {line}" for line in chosen.without_list(entries)))
    estimated = {code for code in chosen.codes if entries.get(code, {}).get("estimated")}
    if estimated:
        say(f"  estimated, it says  {listed(estimated)}")


def say_contracts(rows, payments):
    unknown = [row["practice_code"] for row in rows
               if payments.get(row["practice_code"], {}).get("contract_type") not in CONTRACTS]
    say(f"contract taken as GMS or APMS, not known  {listed(unknown)}")


def say_price_year(year, output):
    if year is None:
        say("price year of core_rate  not known: the name of the payments file does not say it. Give --payments-year, as "
            "2022/23;", "  which practices were paid for a part of the year is not known either")
        return
    table = output if output != "-" else "TABLE.csv"
    say(f"price year of core_rate  {year} ({year}/{(year + 1) % 100:02d}). In the scenario: "
        f"patch: {{ practices: {table}, price_year: {year} }}")


def say_doubts(doubts, blank):
    if not doubts:
        say("implausible  nothing")
        return
    say(f"implausible  {len(doubts)} in {counted(len({doubt.code for doubt in doubts}), 'practice')}; "
        + ("blanked, so that it will be filled in:" if blank else
           "left as it is; --blank-implausible leaves the cells blank, --strict refuses:"))
    say(*(f"  {doubt}{'' if not blank or doubt.blank else ' (not blanked)'}" for doubt in doubts))
