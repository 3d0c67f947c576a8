"""The page of the worked example, reckoned by hand, says what the program says.

The tables of the page are the expectation: a row whose name stands in backticks
is compared with the column of that name, each figure to half a unit of its last
digit and never worse than half a penny.
"""

import math
import re
import sys
import unittest

import program

sys.path.insert(0, str(program.ROOT / "tests/reference"))
import draws  # noqa: E402 (the second implementation's random numbers)

PAGE = program.ROOT / "engine/practice/WORKED_EXAMPLE.md"
SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
SITES = {"Alder E00001": 0, "Birch E00002": 1, "Cedar E00003": 2}
PRACTICES = [site.split()[1] for site in SITES]
SEED = int(re.search(r"^seed: (\d+)", SCENARIO.read_text(), re.MULTILINE)[1])


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables_of(text):
    """Tables as {corner: (heads, rows)}, heads without the corner, a row's first cell its name."""
    found = {}
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _, *rows = map(cells, block.splitlines())
        found.setdefault(head[0], []).append((head[1:], rows))
    return found


def number(cell):
    return float(cell.replace(",", "")) if cell else 0.0


def half_a_unit(cell):
    decimals = len(cell.partition(".")[2])
    return min(0.005, 0.5 * 10.0**-decimals) + 1e-9


def address(entity):
    """The entity of a draw: a practice's code, an area's, or 0 for common draws."""
    if entity == "0":
        return 0
    return draws.practice_entity(entity) if entity in PRACTICES else draws.fnv1a(entity)


def key_of(cell):
    match = re.search("`([a-z_]+)`", cell)
    return match and match[1]


class TheWorkedExample(unittest.TestCase):
    """Every backticked row of a page's table against `headroom replay --json`."""

    @classmethod
    def setUpClass(cls):
        cls.tables = tables_of(PAGE.read_text())
        replayed = program.as_json(program.headroom("replay", SCENARIO, "--json"))
        cls.forms = {form["name"]: form for form in replayed["forms"]}
        cls.market = [row["market"] for row in replayed["drivers"]]

    def agree(self, written, computed, what):
        if written == "NaN":
            self.assertIsNone(computed, what)
        elif not math.isclose(number(written), computed, rel_tol=0, abs_tol=half_a_unit(written)):
            self.fail(f"{what}: the page says {written}, the program {computed!r}")

    def compare(self, corner, rows_per_head):
        """Compare tables of one corner; rows_per_head maps a column's head to a row of the program."""
        compared = 0
        for heads, rows in self.tables[corner]:
            for name, *values in rows:
                for head, value in zip(heads, values):
                    if key_of(name):
                        self.agree(value, rows_per_head[head][key_of(name)], f"{corner}, {head}, {name}")
                        compared += 1
        self.assertGreater(compared, 0, corner)

    def quarters(self, rows):
        return {f"quarter {row['quarter']}": row for row in rows}

    def compare_sites(self, quarter):
        sites = self.forms["together"]["sites"]
        self.compare(f"together, quarter {quarter}",
                     {head: sites[i]["quarters"][quarter] for head, i in SITES.items()})

    def test_its_first_quarter(self):
        self.compare_sites(0)

    def test_its_second_quarter(self):
        self.compare_sites(1)

    def test_its_third_quarter(self):
        self.compare_sites(2)

    def test_its_fourth_quarter(self):
        self.compare_sites(3)

    def test_the_ledger_of_each_form(self):
        for name in ("together", "apart"):
            self.compare(f"{name}, ledger", self.quarters(self.forms[name]["ledger"]))

    def test_the_accounts_of_the_organisation(self):
        self.compare("together, organisation", self.quarters(self.forms["together"]["organisations"][0]["quarters"]))

    def test_the_metrics_of_both_forms(self):
        self.compare("metric", {name: form["metrics"] for name, form in self.forms.items()})

    def test_the_entries_of_each_quarter_make_its_ledger(self):
        for quarter, row in enumerate(self.forms["together"]["ledger"]):
            corner = f"together, ledger of quarter {quarter}"
            (heads, (*entries, total)), = self.tables[corner]
            for column, head in enumerate(heads, start=1):
                self.agree(total[column], row.get(key_of(head), 0.0), f"{corner}, {head}")
                added = sum(number(entry[column]) for entry in entries)
                self.assertAlmostEqual(added, number(total[column]), delta=0.015, msg=f"{corner}, {head}")
            for entry in entries:
                self.assertAlmostEqual(sum(map(number, entry[1:])), 0.0, places=9, msg=entry[0])

    def test_its_draws(self):
        (_, rows), = self.tables["draw"]
        uniform_of = {"upper": draws.upper, "lower": lambda word: draws.lowest(word, 32)}
        for name, purpose, entity, quarter, index, bits, uniform, _ in rows:
            word = draws.words(SEED, [0], int(purpose), address(entity), int(quarter), int(index))
            self.agree(uniform, uniform_of[bits](word)[0, 0], name)

    def test_the_market_it_tells_of(self):
        self.assertEqual(self.market, ["shortage", "shortage", "glut", "glut"])


if __name__ == "__main__":
    unittest.main()
