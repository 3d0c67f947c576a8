"""Every table of the page and every tidy table says what the file says, to the digit that it prints: none is passed over.

What is printed is read back as a number and its last digit: the file's own number lies within half of that. A table that
nothing here looks at is a failure.
"""

import csv
import html
import math
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import h5py
import numpy
import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["HEADROOM_PROGRAM"]
UNITS = {"k": 1e3, "m": 1e6, "%": 0.01, "": 1.0}
NUMBER = re.compile(r"(?<![\w.])[\u2212+±]*£?\d[\d,]*(?:\.\d+)?(?:[km%](?!\w))?")
QUANTILES = ["q05", "q25", "q50", "q75", "q95"]
SERIES = {"Partner income": ("partner_income", 1e3), "Public cost": ("public_cost", 1e6), "Practices ended so far": ("sites_ended", 1),
          "Practices in caretaker hands so far": ("sites_caretaker", 1), "Vacant GP posts": ("vacancy", 0.01),
          "Appointments not given": ("unmet_appointments", 1e3), "Partners in post": ("partner_fte", 1),
          "Salaried GPs in post": ("salaried_fte", 1), "Workload": ("workload", 1)}
BEARERS = {"Partners": "partners", "Practice reserves": "reserves", "Organisations’ accounts": "organisation", "Outside owners": "owners",
           "Creditors": "creditors", "Trust": "trust", "Commissioner": "commissioner", "Insurer": "insurer"}
STAY = ("trials/", "sums/", "parameters/", "site_quarters/", "quality/near_ties")  # too many for a table; and what is told of practices' words


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_back(words):
    """A printed number and half of its last digit."""
    sign = -1.0 if "\u2212" in words else 1.0
    found = re.search(r"(\d[\d,]*)(\.\d+)?([km%]?)", words)
    unit = UNITS[found[3]]
    whole, after = found[1].replace(",", ""), found[2] or ""
    zeros = len(whole) - len(whole.rstrip("0")) if not after and whole != "0" else 0
    return sign * float(whole + after) * unit, unit * 0.5 * 10.0 ** (zeros - max(len(after) - 1, 0))


def tables_of(page):
    """(caption, heads, rows) of each: texts as they are read."""
    plain = lambda cell: html.unescape(re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]*>", " ", cell.replace("<wbr>", ""), flags=re.S))).strip()  # noqa: E731
    for markup in re.findall(r"<table.*?</table>", page, re.S):
        rows = [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in re.findall(r"<tr.*?</tr>", markup, re.S)]
        yield plain(re.search(r"<caption>(.*?)</caption>", markup, re.S)[1]), rows[0], rows[1:]


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.place = pathlib.Path(folder.name)
        run(PROGRAM, "run", ROOT / "scenarios/tees_like_today.yaml", "--trials", "500", "-o", cls.place / "r.h5")
        run(PROGRAM, "report", cls.place / "r.h5", "-o", cls.place / "r.html")
        run(PROGRAM, "export", cls.place / "r.h5", "-o", cls.place / "r.xlsx", "--csv", cls.place / "csv")
        cls.file = h5py.File(cls.place / "r.h5")
        cls.addClassCleanup(cls.file.close)
        cls.page = (cls.place / "r.html").read_text(encoding="utf-8")
        cls.statistic = {name: i for i, name in enumerate(cls.file["statistic"].asstr())}
        cls.forms = {label: i for i, label in enumerate(cls.file["inputs/forms/label"].asstr())}
        cls.labels = {cls.file[f"summary/{name}"].attrs["label"].replace("'", "’"): name for name in cls.file["summary"]}
        cls.reference = list(cls.file["form"].asstr()).index(cls.file.attrs["reference"])

    def held(self, path, form, statistic="mean"):
        return float(self.file[path][0, form, self.statistic[statistic]])

    def same(self, printed, held, what):
        """A printed number is the file's to its last digit; what does not exist is said so."""
        if math.isnan(held):
            self.assertIn(printed, ("", "does not exist"), what)
            return
        number, half = read_back(printed)
        if number == 0 and "." not in printed:
            half *= 100  # of nothing, it is not seen whether tens or hundreds were meant
        self.assertAlmostEqual(number, held, delta=half + 1e-9 * abs(held), msg=str((what, printed, held)))
        self.checked += 1

    def odds(self, printed, share, what):
        number = re.match(r"(\d+) of 100", printed)
        if number:
            self.assertAlmostEqual(float(number[1]), 100 * share, delta=0.5 + 1e-9, msg=str(what))
        else:
            word = {"none of 100": share == 0, "every one of 100": share == 1, "fewer than 1 of 100": 0 < share < 0.005,
                    "more than 99 of 100": 0.995 < share < 1}
            self.assertTrue(word[printed], (what, printed, share))
        self.checked += 1

    def better(self, name, form):
        """The share of futures in which a form is better, from the trials."""
        values = self.file[f"trials/{name}"][0]
        change = (values[form] - values[self.reference]) * (-1 if self.file[f"summary/{name}"].attrs["better"] == "lower" else 1)
        return float((change[~numpy.isnan(change)] > 0).mean())

    # each table by its caption

    def differences(self, _, heads, rows):
        for row in rows:
            label, form = row[0].rsplit(", ", 1)
            name, form = self.labels[label], self.forms[form]
            for printed, statistic in zip(row[2:9], ["mean", "se", *QUANTILES]):
                self.same(printed, self.held(f"comparison/{name}", form, statistic), (row[0], statistic))
            self.odds(row[9], self.better(name, form), row[0])

    def side(self, _, heads, rows):
        for row in rows:
            label = next((label for label in sorted(self.labels, key=len, reverse=True) if row[0].startswith(label)), None)
            for form, cell in zip(heads[1:], row[1:]):
                numbers = NUMBER.findall(cell)
                for printed, statistic in zip(numbers, ["mean", "se", "q05", "q95"]):
                    self.same(printed, self.held(f"summary/{self.labels[label]}", self.forms[form], statistic), (label, form, statistic))

    def strips(self, caption, heads, rows):
        form = self.forms[caption.split(" less ")[0]]
        for row in rows:
            label = next(label for label in sorted(self.labels, key=len, reverse=True) if row[0].startswith(label))
            name = self.labels[label]
            printed = NUMBER.findall(row[1]) + NUMBER.findall(row[2])
            for number, statistic in zip(printed, ["mean", "se", "q05", "q95"]):
                self.same(number, self.held(f"comparison/{name}", form, statistic), (label, statistic))
            if self.file[f"summary/{name}"].attrs["better"] not in ("lower", "higher"):
                same = self.held(f"comparison/{name}", form, "sd") == 0
                self.assertEqual(row[3], "" if same else "neither way is better", (label, form))
            elif row[3]:
                self.odds(row[3], self.better(name, form), (label, form))

    def series(self, caption, heads, rows):
        title = next(title for title in sorted(SERIES, key=len, reverse=True) if caption.startswith(title))
        path, scale = SERIES[title]
        values = self.file[f"paths/{path}{'_difference' if ' in the same future' in caption else ''}"][0]
        for row in rows:
            form, year = row[0].rsplit(", ", 1)
            quarters = values[self.forms[form], 4 * (int(year[:2]) - 26):][:4] / scale
            for printed, statistic in zip(row[1:], ["mean", "q05", "q25", "q75", "q95"]):
                self.same(printed, float(quarters[:, self.statistic[statistic]].mean()), (caption, row[0], statistic))

    def cumulative(self, _, heads, rows):
        values = self.file["paths/public_cost_cumulative_difference"][0] / 1e6
        for row in rows:
            form, year = row[0].rsplit(", ", 1)
            for printed, statistic in zip(row[1:], ["mean", "q05", "q25", "q75", "q95"]):
                self.same(printed, float(values[self.forms[form], 4 * (int(year[:2]) - 26) + 3, self.statistic[statistic]]), row)

    def by_bearer(self, _, heads, rows):
        people = float(self.file["inputs/practices/list"][()].sum())
        sums = {}
        for row in rows:
            form, who = row[0].split(": ")
            if who in BEARERS:
                held = self.held(f"comparison/npv_{BEARERS[who]}", self.forms[form])
            elif who == "Everyone together":
                held = self.held("comparison/economic_net_position", self.forms[form]) * people
            else:
                held = self.held("comparison/economic_net_position", self.forms[form]) * people - sum(
                    self.held(f"comparison/npv_{bearer}", self.forms[form]) for bearer in BEARERS.values())
            self.same(row[1], held, row)
            sums.setdefault(form, []).append(held)
        for form, parts in sums.items():  # the bars end where the total does, but for what is too small to be drawn
            self.assertAlmostEqual(sum(parts[:-1]), parts[-1], delta=0.05e6 * len(BEARERS), msg=form)

    def worst(self, _, heads, rows):
        bearers = list(self.file["bearer"].asstr())
        for row in rows:
            form, who = row[0].split(": ")
            tail = float(self.file["bearers/worst_5pct"][0, self.forms[form], bearers.index(BEARERS[who])])
            self.same(row[1], tail - self.held(f"summary/npv_{BEARERS[who]}", self.forms[form]), row)

    def flow_of(self, words):
        return next(i for i, flow in enumerate(self.file["flow"].asstr()) if flow.replace("_", " ") == words.lower().replace("-", " "))

    def flows(self, _, heads, rows):
        others = [form for form in self.forms.values() if form != self.reference]
        for row in rows:
            flow = self.flow_of(row[0])
            kinds = [("mean", self.reference), ("se", self.reference)] + [(kind, f) for f in others for kind in ("difference", "difference_se")]
            for printed, (kind, form) in zip(row[2:], kinds):
                if printed:
                    self.same(printed, float(self.file[f"flows/{kind}"][0, form, flow]), (row[0], kind, form))

    def cash(self, caption, heads, rows):
        form = self.forms[caption.split(":")[0]]
        for row in rows:
            mean, error = (self.file[f"flows_by_year/{n}"][0, form, self.flow_of(row[0])] / 1e3 for n in ("mean", "se"))
            for cell, m, e in zip(row[1:-1], mean, error):
                numbers = NUMBER.findall(cell)
                self.same(numbers[0], float(m), row)
                if len(numbers) > 1:
                    self.same(numbers[1], float(e), row)
            self.same(row[-1], float(mean.sum()), row)

    def caretaker(self, _, heads, rows):
        counts = self.file["trials/sites_caretaker"][0]
        for row in rows:
            for form, printed in zip(heads[1:], row[1:]):
                self.same(printed, float((counts[self.forms[form]] >= int(row[0])).mean()), row)

    def cascade(self, _, heads, rows):
        counts = self.file["trials/largest_cascade"][0]
        for row in rows:
            for form, printed in zip(heads[1:], row[1:]):
                if row[0].startswith("Patients"):
                    self.same(printed, self.held("summary/patients_dispersed", self.forms[form]), row)
                else:
                    self.odds(printed, float((counts[self.forms[form]] >= int(row[0].split()[0])).mean()), row)

    def joining(self, _, heads, rows):
        sites = list(self.file["site"].asstr())
        for row in rows:
            s = sites.index(row[0])
            self.same(row[2], float(self.file["inputs/practices/list"][s]), row)
            for head, cell in zip(heads[3:], row[3:]):
                form = self.forms[head.removesuffix(", £k")]
                held = [float(self.file[f"sites/todays_partners_difference{end}"][0, form, s]) for end in ("", "_se", "_p_positive")]
                if math.isnan(held[0]):
                    self.assertIn("does not exist", cell)
                    continue
                numbers, _, gain = cell.partition(", gain in ")
                for printed, value in zip(NUMBER.findall(numbers), held):
                    self.same(printed, value, row)
                self.assertEqual(bool(gain), not math.isnan(held[2]), row)
                if gain:
                    self.odds(gain, held[2], row)

    def drivers(self, _, heads, rows):
        self.assertGreater(len(rows), 5)
        drawn = dict(zip(self.file["parameters/parameter"].asstr(), self.file["parameters/values"][0]))
        for row in rows:
            key = re.findall(r"-s (\S+)=", row[6])[0]
            self.assertIn(key, drawn)
            self.assertLessEqual(read_back(row[2])[0], read_back(row[3])[0])
            self.assertTrue(drawn[key].min() <= read_back(row[2])[0] + read_back(row[2])[1], row)

    def decided(self, _, heads, rows):
        group = self.file[f"decision/{list(self.file['decision'])[0]}"]
        for row in rows:
            at = lambda name, f=self.forms[row[0]]: float(group[name][0, f])  # noqa: E731
            self.odds(row[1], at("p_best"), row)
            for printed, end in zip(NUMBER.findall(row[2]), ("low", "high")):
                self.same(printed, 100 * at(f"p_best_{end}"), row)
            self.same(row[3], at("mean_rank"), row)
            for printed, name in zip([row[4], *NUMBER.findall(row[5]), row[6]], ("regret", "regret_low", "regret_high", "regret_q95")):
                self.same(printed, at(name), row)

    def assumptions(self, _, heads, rows):
        group = self.file["inputs/assumptions"]
        column = {name: list(group[name].asstr()) for name in ("key", "value", "unit", "meaning", "evidence", "source", "date")}
        self.assertEqual(sorted(row[0].replace(" ", "") for row in rows), sorted(column["key"]))
        for row in rows:
            i = column["key"].index(row[0].replace(" ", ""))
            for place, name in ((1, "meaning"), (2, "value"), (3, "unit"), (5, "evidence"), (6, "source"), (8, "date")):
                self.assertEqual(row[place], re.sub(r"\s+", " ", column[name][i]).strip())
            if row[4] and "e" not in row[4]:
                self.assertTrue(math.isclose(float(row[4].replace(",", "")), group["central"][i], rel_tol=6e-4, abs_tol=0.5), row)

    def quality(self, _, heads, rows):
        facts = {row[0]: row[1] for row in rows}
        self.assertEqual(facts["Content hash"], self.file.attrs["content_hash"])
        self.assertEqual(facts["Seed"], str(self.file.attrs["seed"]))
        self.same(facts["Futures"], float(self.file.attrs["trials"]), "futures")
        calibration = self.file["inputs/calibration"].attrs
        for printed, name in zip(NUMBER.findall(facts["Cost calibrated"]), ("factor", "flat_rate")):
            self.same(printed, float(calibration[name]), name)

    def log(self, _, heads, rows):
        self.assertEqual([row[1] for row in rows], ["not yet"] * 4)

    LOOKED_AT = [(r"^Differences from", "differences"), (r"^Forms side by side", "side"), (r"same futures", "strips"),
                 (r"mean of the year's quarters$", "series"), (r"^Cumulative public cost", "cumulative"), (r"^Mean difference by bearer", "by_bearer"),
                 (r"^Worst 5 %", "worst"), (r"^Who pays whom", "flows"), (r"mean nominal cash$", "cash"),
                 (r"^Chance that at least so many practices", "caretaker"), (r"^Chance of a cascade", "cascade"),
                 (r"^Change in the income of today's partners", "joining"), (r"^What moves each difference", "drivers"),
                 (r"^How often each form is best", "decided"), (r"^Every number and word", "assumptions"), (r"^Quality", "quality"),
                 (r"^Who asked", "log")]

    def test_every_table_of_the_page_says_what_the_file_says(self):
        self.checked, seen = 0, set()
        for caption, heads, rows in tables_of(self.page):
            looked = [name for sort, name in self.LOOKED_AT if re.search(sort, caption)]
            self.assertEqual(len(looked), 1, f"nothing looks at the table \"{caption}\"")
            with self.subTest(table=caption):
                getattr(self, looked[0])(caption, heads, rows)
            seen.add(looked[0])
        self.assertEqual(seen, {name for _, name in self.LOOKED_AT})
        self.assertGreater(self.checked, 3000)

    def place_of(self, row, axes, labels):
        """Where a row of a tidy table stands in its data set."""
        return tuple(int(row[axis]) if axis in ("point", "quarter", "year") else labels[axis].index(row[axis]) if axis in labels
                     else int(row[axis]) - 1 for axis in axes)

    def test_every_number_of_the_file_is_in_a_tidy_table_to_the_last_bit(self):
        labels = {axis: list(self.file[axis].asstr()) for axis in ("form", "site", "bearer", "flow", "statistic", "rival", "rank")}
        beside = {"error": lambda s: "se" if s == "mean" else f"{s}_error", "low": "{}_low".format, "high": "{}_high".format,
                  "flags": "{}_flags".format}
        told = set()
        for path in sorted((self.place / "csv").glob("*.csv")):
            if path.stem == "assumptions":
                continue
            with path.open(encoding="utf-8") as table:
                for row in csv.DictReader(table):
                    group = next(g for g in self.groups() if f"{path.stem}_".startswith(f"{g.replace('/', '_')}_") and row["name"] in self.file[g])
                    values = self.values(f"{group}/{row['name']}")
                    axes = [axis for axis in row if axis in ("point", "form", "quarter", "year", "site", "bearer", "flow", "rival", "rank")]
                    place = self.place_of(row, axes, labels)
                    pairs = [(row["value"], row["statistic"])] if "statistic" in row else [(row["value"], None)]
                    pairs += [(row[column], name(row["statistic"])) for column, name in beside.items() if row.get(column)]
                    for said, statistic in pairs:
                        held = values[place + ((self.statistic[statistic],) if statistic else ())]
                        self.assertTrue(float(said) == held if said else math.isnan(held), (path.name, row))
                    told.add(f"{group}/{row['name']}")
        numbers = []
        self.file.visititems(lambda name, thing: numbers.append(name) if isinstance(thing, h5py.Dataset) and thing.dtype.kind == "f"
                             and not h5py.h5ds.is_scale(thing.id) else None)
        left = {name for name in numbers if not name.startswith(STAY)} - told - self.IN_ASSUMPTIONS
        self.assertEqual(left, set())

    IN_ASSUMPTIONS = {f"inputs/assumptions/{name}" for name in ("central", "low", "high", "uplift", "neutral", "defaulted")}

    def test_assumptions_are_told_whole(self):
        group = self.file["inputs/assumptions"]
        keys = list(group["key"].asstr())
        with (self.place / "csv/assumptions.csv").open(encoding="utf-8") as table:
            for row in csv.DictReader(table):
                i = keys.index(row["key"])
                for name in ("central", "low", "high", "uplift", "neutral", "defaulted"):
                    held = group[name][i]
                    self.assertTrue(float(row[name]) == held if row[name] else math.isnan(held), (row, name))

    def groups(self):
        if not hasattr(self, "_groups"):
            found = []
            self.file.visititems(lambda name, thing: found.append(name) if isinstance(thing, h5py.Group) else None)
            type(self)._groups = sorted(found, key=len, reverse=True)
        return self._groups

    def values(self, path):
        kept = self.__dict__.setdefault("_kept", {})
        if path not in kept:
            kept[path] = self.file[path][()]
        return kept[path]

    def test_the_sheet_of_practices_says_what_the_file_says(self):
        sheet = openpyxl.load_workbook(self.place / "r.xlsx")["Practices"]
        heads, sites = [cell.value for cell in sheet[4]], list(self.file["site"].asstr())
        others = [(label, f) for label, f in self.forms.items() if f != self.reference]
        self.assertEqual(len(heads), 4 + 3 * len(others))
        for cells in sheet.iter_rows(min_row=5, values_only=True):
            s = sites.index(cells[0])
            self.assertEqual(cells[3], self.file["inputs/practices/list"][s])
            for k, (label, f) in enumerate(others):
                self.assertEqual(heads[4 + 3 * k], f"{label}: its partners gain, £k")
                held = [self.file[f"sites/{path}"][0, f, s] * scale for path, scale in (
                    ("todays_partners_difference", 1e-3), ("todays_partners_difference_se", 1e-3), ("lost_difference", 100))]
                for cell, value in zip(cells[4 + 3 * k:], held):
                    self.assertEqual(cell is None, math.isnan(value), cells)
                    self.assertTrue(cell is None or math.isclose(cell, value, rel_tol=1e-12, abs_tol=1e-12), (cells, held))

    def test_no_number_of_any_sheet_is_text(self):
        """But codes, hashes and what people write."""
        texts = {"Code", "Key", "Value", "Source", "New source", "Verdict", "Date", "New date"}
        book = openpyxl.load_workbook(self.place / "r.xlsx")
        for sheet in book:
            heads = [cell.value for cell in sheet[4]]
            for cells in sheet.iter_rows(min_row=5):
                for head, cell in zip(heads, cells):
                    if isinstance(cell.value, str) and (head not in texts or cells[0].value in ("Futures", "Seed")):
                        self.assertNotRegex(cell.value, r"^[+\u2212-]?[£]?\d[\d,.]*[%km]?$", f"{sheet.title} {cell.coordinate}")


if __name__ == "__main__":
    unittest.main()
