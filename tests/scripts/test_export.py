"""The workbook and the tables made of a result: numbers are numbers, texts harmless, and all say what the file says."""

import csv
import html
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

import h5py
import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["HEADROOM_PROGRAM"]
SCENARIO = ROOT / "scenarios/tees_like_today.yaml"
SHEETS = ["Cover", "Summary", "Comparison", "Bearers", "Years", "Paths", "Practices", "Assumptions", "Quality"]
TEXTS_OF_DIGITS = {"Code"}  # what reads as a number and is none
sys.path.insert(0, str(ROOT / "scripts/lib"))

from report import read, section_bearers, words  # noqa: E402  pylint: disable=wrong-import-position


def run(*arguments):
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False)


def rows_of(page):
    """A sheet's rows below its heads, as dictionaries."""
    head = [cell.value for cell in page[4]]
    return [dict(zip(head, (cell.value for cell in row))) for row in page.iter_rows(min_row=5)]


def is_number(text):
    """Whether a text would be a number, were it not a text."""
    try:
        float(text.strip("£%+ ").replace(",", "").replace("\u2212", "-"))
    except ValueError:
        return False
    return True


def lines_of(sheet, table):
    """A sheet's rows, also those that repeat on each printed page; none of a chart's."""
    for child in sheet:
        if child.tag == f"{table}table-row":
            yield child
        elif child.tag in (f"{table}table-header-rows", f"{table}table-rows", f"{table}table-row-group"):
            yield from lines_of(child, table)


def opened_in_office(path):
    """Cells by sheet and place of what LibreOffice made: a float of what it takes for a number, else its text."""
    office, table = ("{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % name for name in ("office", "table"))
    sheets = {}
    for sheet in xml.etree.ElementTree.parse(path).find(f".//{office}spreadsheet").findall(f"{table}table"):
        cells, row = sheets.setdefault(sheet.get(f"{table}name"), {}), 1
        for line in lines_of(sheet, table):
            held, column = {}, 1
            for cell in line:
                many, kind = int(cell.get(f"{table}number-columns-repeated", 1)), cell.get(f"{office}value-type")
                if kind:
                    text = "\n".join("".join(p.itertext()) for p in cell if p.tag.endswith("}p"))
                    value = text if kind == "string" else float(cell.get(f"{office}value"))
                    held.update({column + i: value for i in range(many)})
                column += many
            below = row + int(line.get(f"{table}number-rows-repeated", 1))
            cells.update({(r, c): value for r in range(row, below if held else row) for c, value in held.items()})
            row = below
    return sheets


def flagged(file, group, statistics, flags):
    """Numbers that exist and that the file says any of these of; those of the run's quality stand on a sheet of their own."""
    metrics = [name for name, numbers in file[group].items() if numbers.attrs["group"] != "Quality"]
    labels = list(file["statistic"].asstr())
    forms = [f for f in range(len(file["form"])) if group == "summary" or file["form"].asstr()[f] != file.attrs["reference"]]
    return sum(int(numbers[0, f, labels.index(f"{s}_flags")]) & flags > 0 for numbers in (file[group][m] for m in metrics)
               for f in forms for s in statistics if math.isfinite(numbers[0, f, labels.index(s)]))


def marked(page, mark):
    return sum(f'"{mark}"' in cell.number_format for row in page.iter_rows(min_row=5) for cell in row if cell.value is not None)


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.place = pathlib.Path(cls.folder.name)
        scenario = cls.place / "mine.yaml"
        scenario.write_text(f"include: ['{SCENARIO}']\ntitle: '=cmd|a & <b>'\n")
        cls.result = cls.place / "r.h5"
        assert run(PROGRAM, "run", scenario, "--trials", "500", "-o", cls.result).returncode == 0
        cls.book_path, cls.tables = cls.place / "r.xlsx", cls.place / "tables"
        cls.ran = run(PROGRAM, "export", cls.result, "-o", cls.book_path, "--csv", cls.tables)
        assert cls.ran.returncode == 0, cls.ran.stderr
        cls.book = openpyxl.load_workbook(cls.book_path)
        cls.show = json.loads(run(PROGRAM, "show", cls.result, "--json").stdout)
        cls.file = h5py.File(cls.result)

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        cls.folder.cleanup()

    def test_the_same_result_gives_the_same_bytes(self):
        again = self.place / "again.xlsx"
        self.assertEqual(run(PROGRAM, "export", self.result, "-o", again).returncode, 0)
        self.assertEqual(again.read_bytes(), self.book_path.read_bytes())
        self.assertEqual(run(PROGRAM, "export", self.result, "--csv", self.tables, "--force").returncode, 0)

    def test_of_few_trials_says_what_it_wrote_and_nothing_else(self):
        few = self.place / "few.h5"
        small = ROOT / "tests/data/scenarios/worked_example.yaml"
        self.assertEqual(run(PROGRAM, "run", small, "--trials", "8", "-o", few).returncode, 0)
        done = run(PROGRAM, "export", few, "-o", self.place / "few.xlsx")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("wrote", done.stdout)

    def test_every_sheet_is_there_and_none_holds_a_formula(self):
        self.assertEqual(self.book.sheetnames, SHEETS)
        for page in self.book:
            for row in page.iter_rows():
                self.assertFalse([cell.coordinate for cell in row if cell.data_type == "f"], page.title)
        self.assertEqual(self.book["Cover"]["A1"].value, "=cmd|a & <b>")

    def test_each_form_but_the_reference_has_three_columns_of_the_practices(self):
        heads = [cell.value for cell in next(self.book["Practices"].iter_rows(min_row=4, max_row=4))][4:]
        for first, error, last in zip(*[iter(heads)] * 3, strict=True):
            form = first.split(": its partners gain")[0]
            self.assertEqual((error, last), ("± £k", f"{form}: lost, more or fewer of 100 futures"))
        self.assertEqual(len(heads), 3 * (len(self.file["form"]) - 1))

    def test_texts_of_tables_are_whole_where_they_hold_a_comma(self):
        with open(self.tables / "assumptions.csv", encoding="utf-8", newline="") as file:
            said = {row["key"]: row["meaning"] for row in csv.DictReader(file)}
        held = dict(zip(*(self.file[f"inputs/assumptions/{column}"].asstr() for column in ("key", "meaning"))))
        self.assertTrue(any("," in meaning for meaning in held.values()))
        self.assertEqual(said, held)

    def test_the_columns_that_only_charts_read_are_hidden(self):
        page = self.book["Comparison"]
        hidden = [at for columns in page.column_dimensions.values() if columns.hidden
                  for at in range(columns.min, columns.max + 1)]
        heads = [cell.value for cell in next(page.iter_rows(min_row=4, max_row=4))]
        self.assertEqual(hidden, [at for at in range(1, 19) if at > len(heads) or heads[at - 1] is None])
        self.assertEqual(len(hidden), 5)  # a place for each quantile

    def test_numbers_are_numbers(self):
        for name, texts in (("Summary", {"Measure", "Unit"}), ("Comparison", {"Measure", "Form", "Unit", "Verdict"}),
                            ("Paths", {"Series", "Unit", "Form"}), ("Practices", {"Code", "Name", "Network"})):
            for row in rows_of(self.book[name]):
                for head, value in row.items():
                    if value is not None and head is not None:
                        self.assertEqual(isinstance(value, str), head in texts, (name, head, value))

    def test_one_number_is_the_same_to_the_printed_digit_in_file_show_page_workbook_and_table(self):
        page_row = read.Result(self.result)
        with (self.tables / "comparison.csv").open(encoding="utf-8") as table:
            tidy = {(r["name"], r["form"]): float(r["value"]) for r in csv.DictReader(table)
                    if r["statistic"] == "mean" and r["value"]}
        seen = 0
        book = {(r["Measure"], r["Form"]): r for r in rows_of(self.book["Comparison"])}
        page = run(PROGRAM, "report", self.result, "-o", self.place / "r.html")
        self.assertEqual(page.returncode, 0, page.stderr)
        shown = (self.place / "r.html").read_text(encoding="utf-8")
        for name, forms in self.show["metrics"].items():
            for form in page_row.others:
                mean = self.file[f"comparison/{name}"][0, form.index, 0]
                metric = page_row.metric(name)
                straight = metric.label.replace("\u2019", "'")
                if math.isnan(mean) or (straight, form.label) not in book:
                    continue
                difference = page_row.difference(name, form)
                printed = words.figure(metric, mean, difference.se, True)
                in_book = book[straight, form.label]["Mean difference"] * metric.scale
                for other in (forms[form.name]["difference"], tidy[name, form.name], in_book):
                    self.assertEqual(words.figure(metric, other, difference.se, True), printed, (name, form.name))
                if mean:
                    self.assertIn(words.text(printed), shown, (name, form.name))
                seen += 1
        self.assertGreater(seen, 80)

    def exactly(self, one, other, what):
        """Both exist and are the same double, or neither does."""
        there = other not in (None, "") and not math.isnan(float(other))
        self.assertEqual(there, not math.isnan(one), what)
        if there:
            self.assertEqual(float(other), one, what)

    def tidy(self, name, along):
        """A tidy table's values by name, form, place along an axis and statistic."""
        with (self.tables / f"{name}.csv").open(encoding="utf-8") as table:
            return {(r["name"], r["form"], r[along], r.get("statistic", "")): float(r["value"]) if r["value"] else math.nan
                    for r in csv.DictReader(table)}

    def page(self):
        """The page of the result."""
        path = self.place / "whole.html"
        if not path.exists():
            assert run(PROGRAM, "report", self.result, "-o", path).returncode == 0
        return path.read_text(encoding="utf-8")

    def table(self, name):
        """A tidy table: a number, by its name, form and statistic; the error beside it too."""
        with (self.tables / f"{name}.csv").open(encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        return {(r["name"], r["form"], r["statistic"] + error): r["error" if error else "value"]
                for r in rows for error in ("", "'s error")}

    def test_show_and_tables_say_every_kind_of_number_as_the_file_does(self):
        statistic = {name: i for i, name in enumerate(self.file["statistic"].asstr())}
        kinds = (("mean", "summary", "mean"), ("se", "summary", "mean's error"), ("difference", "comparison", "mean"),
                 ("difference_se", "comparison", "mean's error"), ("q05", "comparison", "q05"), ("q50", "comparison", "q50"),
                 ("q95", "comparison", "q95"), ("neutral", "neutral_forms_comparison", "mean"),
                 ("neutral_all", "neutral_all_comparison", "mean"))
        tables = {group: self.table(group) for _, group, _ in kinds}
        forms = list(self.file["form"].asstr())
        for metric, cells in self.show["metrics"].items():
            for f, form in enumerate(forms):
                for kind, group, name in kinds:
                    path = f"{group.replace('_forms_', '/forms/').replace('_all_', '/all/')}/{metric}"
                    held = self.file[path][0, f, statistic["se" if "error" in name else name]]
                    what = (metric, form, kind)
                    if form != self.show["reference"] or kind in ("mean", "se"):
                        self.exactly(held, cells[form][kind], what)
                    self.exactly(held, tables[group][metric, form, name], what)

    def test_the_workbook_says_every_kind_of_number_as_the_file_does(self):
        result = read.Result(self.result)
        statistic = {name: i for i, name in enumerate(self.file["statistic"].asstr())}
        names = {result.metric(name).label.replace("\u2019", "'"): name for name in self.show["metrics"] if name != "imbalance"}
        heads = {"Mean difference": "mean", "±": "se", "5%": "q05", "25%": "q25", "50%": "q50", "75%": "q75", "95%": "q95"}
        seen = 0

        def same(cell, held, what):
            self.assertEqual(cell is None, math.isnan(held), what)
            if cell is not None:  # it was divided by its unit
                self.assertTrue(math.isclose(cell, held, rel_tol=1e-14, abs_tol=0), (what, cell, held))

        for row in rows_of(self.book["Comparison"]):
            name, form = names[row["Measure"]], next(f for f in result.forms if f.label == row["Form"])
            for head, kind in heads.items():
                held = self.file[f"comparison/{name}"][0, form.index, statistic[kind]]
                same(row[head], held / result.metric(name).scale, (name, form.name, kind))
                seen += 1
            same(row["Neutral"], self.file[f"neutral/forms/comparison/{name}"][0, form.index, 0] / result.metric(name).scale, name)
            said = self.show["metrics"][name][form.name]
            chance = said["better"] if result.metric(name).better else None
            self.assertEqual(row["Chance better"], chance, (name, form.name))
            self.assertIn(said["verdict"], row["Verdict"])
        for row in rows_of(self.book["Summary"]):
            name = names[row["Measure"]]
            for form in result.forms:
                held = self.file[f"summary/{name}"][0, form.index]
                same(row[form.label], held[0] / result.metric(name).scale, (name, form.name))
                same(row[f"± {form.label}"], held[statistic["se"]] / result.metric(name).scale, (name, form.name))
        self.assertGreater(seen, 500)

    def test_a_mean_not_to_be_leaned_on_is_starred_wherever_it_stands(self):
        heavy = {name: flagged(self.file, name, ("mean",), 4) for name in ("summary", "comparison")}
        self.assertGreater(heavy["summary"], 0)
        self.assertGreater(heavy["comparison"], 0)
        self.assertEqual(marked(self.book["Summary"], "*"), heavy["summary"])
        self.assertEqual(marked(self.book["Comparison"], "*"), heavy["comparison"])
        self.assertEqual(marked(self.book["Comparison"], "^"), 0)

    def test_a_quantile_without_a_bound_is_marked(self):
        """Of 19 futures the outer two have none, of 5 none has."""
        for trials in (5, 19):
            few, book = self.place / f"{trials}.h5", self.place / f"{trials}.xlsx"
            self.assertEqual(run(PROGRAM, "run", SCENARIO, "--trials", trials, "-o", few).returncode, 0)
            self.assertEqual(run(PROGRAM, "export", few, "-o", book).returncode, 0)
            with h5py.File(few) as file:
                unbounded = flagged(file, "comparison", ("q05", "q25", "q50", "q75", "q95"), 1 | 8)
            self.assertGreater(unbounded, 0)
            self.assertEqual(marked(openpyxl.load_workbook(book)["Comparison"], "^"), unbounded)

    def test_paths_are_marked_as_their_flags_say(self):
        labels = list(self.file["statistic"].asstr())
        for mark, statistics, flags in (("*", ("mean",), 4), ("^", ("q05", "q25", "q50", "q75", "q95"), 1 | 8)):
            wanted = 0
            for path in self.file["paths"].values():
                for name in statistics:
                    said, number = (path[..., labels.index(label)] for label in (f"{name}_flags", name))
                    wanted += sum(math.isfinite(n) and int(f) & flags > 0 for n, f in zip(number.flat, said.flat))
            self.assertEqual(marked(self.book["Paths"], mark), wanted, mark)
            self.assertTrue(wanted > 0 or mark == "^")

    def test_no_text_turns_the_direction_of_writing(self):
        """Nor controls what prints it, in a cell or in a page's header; lines end as they did."""
        book = self.place / "turned.xlsx"
        scenario = self.place / "turned.yaml"
        scenario.write_text(f"include: ['{SCENARIO}']\ntitle: \"a\\u202eb\\u009bc\\e[31m\"\nquestion: \"one\\ntwo\\u2066\"\n"
                            "forms: {federation: {label: \"f\\u202e\\e\"}}\n")
        self.assertEqual(run(PROGRAM, "run", scenario, "--trials", 8, "-o", self.place / "turned.h5").returncode, 0)
        self.assertEqual(run(PROGRAM, "export", self.place / "turned.h5", "-o", book).returncode, 0)
        pages = openpyxl.load_workbook(book)
        texts = [cell.value for page in pages for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        texts += [page.oddHeader.left.text for page in pages]
        self.assertIn("a\\u202eb\\u009bc\\u001b[31m", texts)
        with zipfile.ZipFile(book) as parts:
            for part in parts.namelist():
                xml.etree.ElementTree.fromstring(parts.read(part))
                texts.append(parts.read(part).decode())
        self.assertFalse([text for text in texts if re.search("[\u202a-\u202e\u2066-\u2069\x1b\x80-\x9f]", text)])
        self.assertTrue([text for text in texts if text.startswith("one\ntwo\\u2066")])

    def test_flows_are_the_same_in_file_workbook_table_and_page(self):
        result = read.Result(self.result)
        flows = list(self.file["flow"].asstr())
        with (self.tables / "flows_by_year.csv").open(encoding="utf-8") as table:
            tidy = {(r["name"], r["form"], r["flow"], int(r["year"])): float(r["value"]) for r in csv.DictReader(table)}
        kinds = {"mean": "mean", "difference": "difference"}
        for row in rows_of(self.book["Years"]):
            form = next(f for f in result.forms if f.label == row["Form"])
            kind = kinds.get(row["What"], kind + "_se" if row["What"] == "±" and kind == "difference" else "se")
            years = self.file[f"flows_by_year/{kind}"][0, form.index, flows.index(row["Flow"])]
            for y, held in enumerate(years):
                cell = row[f"{2026 + y}/{27 + y:02d}"]
                self.assertTrue(math.isclose(cell * 1e3, held, rel_tol=1e-14), row)
                self.assertEqual(tidy[kind, form.name, row["Flow"], y], held)
        run(PROGRAM, "report", self.result, "-o", self.place / "flows.html")
        shown = (self.place / "flows.html").read_text(encoding="utf-8")
        money = section_bearers.MONEY
        for i, flow in enumerate(flows):
            mean, error = (self.file[f"flows/{n}"][0, result.reference.index, i] for n in ("mean", "se"))
            if abs(mean) > 1e6:
                self.assertIn(words.text(words.figure(money, mean, error)), shown, flow)

    def test_bearers_are_the_same_in_file_workbook_table_and_page(self):
        result, tidy = read.Result(self.result), self.tidy("bearers", "bearer")
        bearers, statistic = list(self.file["bearer"].asstr()), list(self.file["statistic"].asstr())
        net, seen = self.file["bearers/net"][0], 0
        labels = {result.metric(f"npv_{bearer}").label.replace("\u2019", "'"): b for b, bearer in enumerate(bearers)}
        for row in rows_of(self.book["Bearers"]):
            b = labels[row["Bearer"]]
            for form in result.forms:
                held = net[form.index, b, statistic.index("mean")]
                self.assertTrue(math.isclose(row[form.label] * 1e6, held, rel_tol=1e-14), row)
                self.assertEqual(tidy["net", form.name, bearers[b], "mean"], held)
                less = self.file[f"comparison/npv_{bearers[b]}"][0, form.index, 0]
                if form is result.reference:
                    self.assertNotIn(f"{form.label} less {form.label}", row)
                    continue
                self.assertTrue(math.isclose(row[f"{form.label} less {result.reference.label}"] * 1e6, less, rel_tol=1e-14), row)
                seen += 1
        self.assertGreater(seen, 10)
        drawn = {float(value) for value in re.findall(r' data-value="([^"]+)"', self.page())}
        for form in result.others:
            for bearer in bearers:
                change = self.file[f"comparison/npv_{bearer}"][0, form.index, 0]
                if abs(change) > 5e4:
                    self.assertTrue({float(change), float(change) / 1e6} & drawn, (form.name, bearer, change))

    def test_paths_are_the_same_in_file_workbook_and_table(self):
        result, tidy = read.Result(self.result), self.tidy("paths", "quarter")
        statistic = list(self.file["statistic"].asstr())
        series = {self.file[f"paths/{name}"].attrs["long_name"]: name for name in self.file["paths"]}
        heads = {"Mean": "mean", "5%": "q05", "25%": "q25", "50%": "q50", "75%": "q75", "95%": "q95"}
        drawn = set()
        for row in rows_of(self.book["Paths"]):
            if row["Series"] is None:
                continue
            name, form = series[row["Series"]], next(f for f in result.forms if f.label == row["Form"])
            held = self.file[f"paths/{name}"][0, form.index, row["Quarter"] - 1]
            for head, label in heads.items():
                same = held[statistic.index(label)]
                self.assertEqual(row[head] is None, math.isnan(same), (name, form.name, head))
                self.assertTrue(row[head] is None or math.isclose(row[head], same, rel_tol=1e-14), (name, form.name, head))
                self.exactly(held[statistic.index(label)], tidy[name, form.name, str(row["Quarter"] - 1), label], (name, label))
            drawn.add(name)
        self.assertIn("public_cost_difference", drawn)
        self.assertIn("public_cost_cumulative_difference", drawn)

    def test_odds_of_joining_are_the_same_in_file_table_and_page(self):
        tidy, page = self.tidy("sites", "site"), self.page()
        sites, forms = list(self.file["site"].asstr()), list(self.file["form"].asstr())
        share = self.file["sites/todays_partners_difference_p_positive"][0]
        for f, form in enumerate(forms):
            for s, site in enumerate(sites):
                self.exactly(share[f, s], tidy["todays_partners_difference_p_positive", form, site, ""], (form, site))
                if form != self.show["reference"] and not math.isnan(share[f, s]):
                    gain = words.odds(float(share[f, s]))
                    self.assertTrue(re.search(f'aria-label="{site}: [^"]*gain in {gain}"', page), (site, form, gain))

    def test_tables_hold_every_number_of_their_group_in_full(self):
        with (self.tables / "summary.csv").open(encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        statistic = list(self.file["statistic"].asstr())
        kept = [s for s in statistic if s != "se" and not s.endswith(("_error", "_low", "_high", "_flags"))]
        self.assertEqual(len(rows), len(self.file["summary"]) * len(self.file["form"]) * len(kept))
        for row in rows:
            values = self.file[f"summary/{row['name']}"][0, list(self.file["form"].asstr()).index(row["form"])]
            value = values[statistic.index(row["statistic"])]
            self.assertEqual(row["value"] and float(row["value"]), "" if math.isnan(value) else value)
            if row["statistic"] == "mean" and row["error"]:
                self.assertEqual(float(row["error"]), values[statistic.index("se")])

    def test_the_assumptions_stand_as_numbers_with_open_cells_beside(self):
        page = self.book["Assumptions"]
        rows = {row["Key"]: row for row in rows_of(page)}
        self.assertEqual(set(rows), set(self.file["inputs/assumptions/key"].asstr()))
        value = rows["prices.contract.mean"]
        self.assertEqual([value[head] for head in ("Shape", "Low or value", "Mode, mean or median", "High, sd or sigma")],
                         ["normal", None, 0.029, 0.005])
        self.assertEqual((rows["patch.horizon_years"]["Shape"], rows["patch.horizon_years"]["Low or value"]), ("fixed", 10))
        self.assertTrue(page.protection.sheet)
        self.assertTrue(page["A5"].protection.locked)
        self.assertFalse(page["N5"].protection.locked)

    def test_assumptions_stand_in_the_order_of_the_page(self):
        table = self.page().split('class="assumptions long"')[1].split("<tbody>")[1].split("</tbody>")[0]
        self.assertTrue("those that move a difference most first" in self.page())
        keys = [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th>", table)]
        rows = rows_of(self.book["Assumptions"])
        self.assertEqual([row["Key"] for row in rows], keys)
        assumed = [row["Key"] for row in rows if row["Evidence"] == "assumption"]
        self.assertNotEqual(assumed, sorted(assumed))
        self.assertEqual(assumed, keys[:len(assumed)])

    def test_where_neither_way_is_better_the_page_says_so(self):
        result = read.Result(self.result)
        sideless = [name for name in self.show["metrics"] if not result.metric(name).better and name != "imbalance"]
        rows = re.findall(r"<tr[^>]*><th[^>]*>([^<]*) <span(?:(?!</tr>).)*neither way is better", self.page())
        self.assertTrue(set(rows) <= {words.text(result.metric(name).label) for name in sideless}, rows)
        self.assertGreater(len(set(rows)), 3)

    @unittest.skipUnless(shutil.which("soffice") and "HEADROOM_OFFICE" in os.environ, "no LibreOffice, or not asked for")
    def test_libreoffice_opens_every_sheet_and_reads_the_same_numbers_as_numbers_and_texts_as_texts(self):
        ran = run("soffice", f"-env:UserInstallation={(self.place / 'profile').as_uri()}", "--headless", "--convert-to", "fods",
                  "--outdir", self.place, self.book_path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        opened = opened_in_office(self.place / "r.fods")
        self.assertEqual(list(opened), SHEETS)
        for page in self.book:
            mine = {(cell.row, cell.column): cell.value for row in page.iter_rows() for cell in row if cell.value not in (None, "")}
            self.assertEqual(opened[page.title].keys(), mine.keys(), page.title)
            numbers = 0
            for place, value in mine.items():
                its = opened[page.title][place]
                if isinstance(value, str):
                    self.assertEqual(its, value, (page.title, place))
                    column = page.cell(4, place[1]).value
                    self.assertFalse(place[0] > 4 and is_number(value) and column not in TEXTS_OF_DIGITS, (page.title, place, value))
                else:  # it prints 15 digits, and 20 decimals
                    self.assertIsInstance(its, float, (page.title, place))
                    self.assertTrue(math.isclose(its, value, rel_tol=1e-14, abs_tol=1e-20), (page.title, place, its, value))
                    numbers += 1
            self.assertGreater(numbers, 1, page.title)

    def test_nothing_is_replaced_without_a_word_and_nothing_is_half_written(self):
        itself = self.place / "itself.xlsx"
        os.link(self.result, itself)
        for arguments in (["-o", self.book_path], ["--csv", self.tables], ["-o", itself]):
            ran = run(PROGRAM, "export", self.result, *arguments)
            self.assertEqual(ran.returncode, 2, ran.stderr)
            self.assertEqual(len(ran.stderr.splitlines()), 1)
        ran = run(PROGRAM, "export", self.result, "-o", self.place / "none/x.xlsx")
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual(list(self.place.glob("**/*.partial")), [])

    def test_a_file_that_is_no_result_is_refused_in_one_sentence(self):
        bad = self.place / "bad.h5"
        bad.write_bytes(b"not HDF5")
        ran = run(PROGRAM, "export", bad, "-o", self.place / "bad.xlsx")
        self.assertEqual((ran.returncode, len(ran.stderr.splitlines())), (2, 1), ran.stderr)
        self.assertFalse((self.place / "bad.xlsx").exists())


if __name__ == "__main__":
    unittest.main()
