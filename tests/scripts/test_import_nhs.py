"""The importer: every header the years have had, what it cannot match, and what it refuses.

The fixtures are invented. Where HEADROOM_REAL_DATA names a folder of the official files, they are read as well.
"""

import contextlib
import csv
import gzip
import io
import pathlib
import re
import subprocess
import tempfile
import unittest
import zipfile

from support import REAL_DATA, load_script, run_script

SCRIPT = load_script("import-nhs")

MAP = """PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,ICB_CODE
GP_PRAC_PAT_LIST,01Jul2026,Z00001,"FIRST, THE SURGERY",ZZ1 1ZZ,U00001,ONE PCN,99Z,QZZ
GP_PRAC_PAT_LIST,01Jul2026,Z00002,SECOND SURGERY,ZZ1 1ZZ,U00002,TWO PCN,99Z,QZZ
GP_PRAC_PAT_LIST,01Jul2026,Z00003,THIRD SURGERY,ZZ1 1ZZ,U,UNALLOCATED,98Z,QYY
"""
MAP_BEFORE_2022 = MAP.replace("SUB_ICB_LOCATION_CODE,ICB_CODE", "CCG_CODE,STP_CODE")

PATIENTS_HEADER = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n"
PATIENTS = PATIENTS_HEADER + "".join(
    f"GP_PRAC_PAT_LIST,2026-07-01,GP,{code},,ZZ1 1ZZ,{sex},{age},{people}\n"
    for code, size in (("Z00001", 1), ("Z00002", 2), ("Z00003", 3))
    for sex, age, people in (("ALL", "ALL", 1000 * size), ("FEMALE", "0_4", 100 * size), ("MALE", "20_24", 200 * size),
                             ("FEMALE", "25_29", 300 * size), ("MALE", "60_64", 250 * size), ("MALE", "95+", 150 * size))
) + "GP_PRAC_PAT_LIST,2026-07-01,SUB_ICB_LOCATION_CODE,99Z,,,ALL,ALL,3000\n"
PATIENTS_ALL = """PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS
GP_PRAC_PAT_LIST,2026-07-01,GP,99Z,E99,Z00001,ZZ1 1ZZ,ALL,ALL,1000
GP_PRAC_PAT_LIST,2026-07-01,GP,99Z,E99,Z00002,ZZ1 1ZZ,ALL,ALL,2000
"""
PATIENTS_ALL_BEFORE_2022 = PATIENTS_ALL.replace("SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE", "CCG_CODE,ONS_CCG_CODE")

WORKFORCE = """PRAC_CODE,PRAC_NAME,SUB_ICB_CODE,ICB_CODE,PCN_CODE,TOTAL_PATIENTS,TOTAL_GP_EXTGL_HC,TOTAL_GP_SEN_PTNR_HC,TOTAL_GP_PTNR_PROV_HC,TOTAL_GP_EXTGL_FTE,TOTAL_GP_SEN_PTNR_FTE,TOTAL_GP_PTNR_PROV_FTE
Z00001,"FIRST, THE SURGERY",99Z,QZZ,U00001,1000,5,1,2,3.9,1,1.5
Z00002,SECOND SURGERY,99Z,QZZ,U00002,2000,NA,ND,,NA,ND,
Z00009,CLOSED SURGERY,99Z,QZZ,U00002,2000,1,1,0,1,1,0
"""
COLLATED = """"Practice.Code","Year","ICB_NAME","TOTAL_PATIENTS","TOTAL_GP_EXTGL_FTE","TOTAL_GP_SEN_PTNR_FTE","TOTAL_GP_PTNR_PROV_FTE","TOTAL_GP_EXTGL_HC","TOTAL_GP_SEN_PTNR_HC","TOTAL_GP_PTNR_PROV_HC"
"Z00001","2023","Z",1000,9,9,0,9,9,0
"Z00001","2025","Z",1000,3.9,1,1.5,5,1,2
"Z00002","2025","Z",2000,NA,NA,NA,NA,NA,NA
"""

# One practice: 100 premises, 50 drugs; weighted 1,100 of 1,000 registered then; core 110,000, so 100 a weighted patient.
LINES = ("Global Sum,MPIG Correction factor,Balance of PMS Expenditure,Total QOF Payments,Premises Payments,"
         "PCN Participation,Reimbursement of Drugs,Other Payments")
PAID = '"90,000.00",0,5000,10000, 100 ,2000,50,3000'
PAYMENTS_2022 = f"""NHS England (Region) code,NHS England (Region) Name,CCG Code,Sub ICB NAME,Code,CCG NAME,Practice Code,Practice Name,Contract Type,Number of Registered Patients (Last Known Figure),Number of Weighted Patients (Last Known Figure),Average payments per registered patient,{LINES},Total NHS Payments to General Practice,"Deductions for Pensions, Levies and Prescription Charge Income",PCN Leadership,PCN Workforce,Covid Immunisation,Covid Support and Expansion,Long Covid
Y63,NORTH,99Z,SUB,U00001,ONE PCN,Z00001,"FIRST, THE SURGERY",GMS,"1,000",1100,110.15,{PAID},"110,150",-900,77,66,500,0,20
Y63,NORTH,99Z,SUB,U00009,NINE PCN,Z00009,GONE,PMS,0,0,0,{PAID},"110,150",-900,77,66,500,0,20
"""
PAYMENTS_2021 = (PAYMENTS_2022.replace("Sub ICB NAME,Code,CCG NAME", "CCG NAME,PCN Code,PCN Name"))
PAYMENTS_2023 = f"""NHS England (Region) code,NHS England (Region) Name,Sub ICB Code,Sub ICB Name,PCN Code,PCN Name,Practice Code,Practice Name,Contract Type,Average Number of Registered Patients,Average Number of Weighted Patients,Average payments per registered patient,{LINES},Covid Immunisation,Covid Support and Expansion,Long Covid,Total NHS Payments to General Practice,"Deductions for Pensions, Levies and Prescription Charge Income"
Y63,NORTH,99Z,SUB,U00001,ONE PCN,Z00001,"FIRST, THE SURGERY",GMS,1000,1100,110.15,{PAID},500,0,20,"110,670",-900
"""
# Before 2019/20 there is no COVID money; of 2015/16 the names run together, and end in the currency.
PAYMENTS_2018 = f"""NHS England and NHS Improvement (Region) Code,CCG Code,CCG Name,Practice Code,Practice Name,Practice Open Date,Practice Close Date,Contract Type,Average Number of Registered Patients,Average Number of Weighted Patients,Average payments per registered patient,{LINES.replace("Other Payments", "Other Payments1")},Total NHS Payments to General Practice
Y63,99Z,SUB,Z00001,"FIRST, THE SURGERY",01/04/1974,,GMS,1000,1100,110.15,{PAID},"110,150"
"""
PAYMENTS_2015 = """NHSEnglandRegionCode,CCGCode,PracticeCode,PracticeName,ContractType,NumberOfRegisteredPatientsLastKnownFigure,NumberOfWeightedPatientsLastKnownFigure,AveragePaymentPerRegisteredPatient_\u00a3,GlobalSum_\u00a3,MPIGCorrectionFactor_\u00a3,PremisesPayments_\u00a3,ReimbursementOfDrugs_\u00a3,OtherPayments_\u00a3,TotalNHSPaymentsToGeneralPractice_\u00a3
Y54,99Z,Z00001,FIRST,GMS,1000,1100,110.15,100000,5000,100,50,5000,110150
"""


def run_here(*words):
    """The script in this process: many small imports."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = SCRIPT.main([str(word) for word in words])
        except SystemExit as stop:
            status = stop.code
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


class Importer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.paths = {"map": self.write("map.csv", MAP), "patients": self.write("patients.csv", PATIENTS)}

    def write(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def run_import(self, *words, **files):
        """With the files of self.paths and @files: a path, several in a list, or None for none."""
        options = [word for name, paths in {**self.paths, **files}.items()
                   for path in (paths if isinstance(paths, list) else [paths] if paths else [])
                   for word in (f"--{name}", path)]
        return run_here(*options, *words)

    def report(self, *words, **files):
        result = self.run_import(*(words or ("--sub-icb", "99Z")), **files)
        self.assertEqual(result.returncode, 0, result.stderr)
        return [" ".join(line.split()) for line in result.stderr.splitlines()]

    def rows(self, *words, **files):
        result = self.run_import(*(words or ("--sub-icb", "99Z")), **files)
        self.assertEqual(result.returncode, 0, result.stderr)
        return {row["practice_code"]: row for row in csv.DictReader(result.stdout.splitlines())}

    def assert_refused(self, sentence, *words, **files):
        result = self.run_import(*(words or ("--sub-icb", "99Z")), **files)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(sentence, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1)


class Lists(Importer):
    def test_lists_and_age_bands(self):
        row = self.rows()["Z00002"]
        self.assertEqual([row[name] for name in ("list", "list_0_24", "list_25_64", "list_65_plus")],
                         ["2000", "600", "1100", "300"])

    def test_quoted_comma_in_a_name(self):
        self.assertEqual(self.rows()["Z00001"]["practice_name"], "FIRST, THE SURGERY")

    def test_without_other_files_their_columns_are_blank(self):
        row = self.rows()["Z00001"]
        self.assertEqual([row[name] for name in ("core_rate", "partner_fte", "weighted_list")], ["", "", ""])

    def test_byte_order_mark_and_stray_spaces(self):
        patients = self.write("spaced.csv", "\ufeff" + PATIENTS.replace("ORG_CODE", " ORG_CODE ").replace(",1000\n", ', "1,000" \n'))
        self.assertEqual(self.rows(patients=patients)["Z00001"]["list"], "1000")

    def test_gzip(self):
        path = self.folder / "patients.csv.gz"
        path.write_bytes(gzip.compress(PATIENTS.encode()))
        self.assertEqual(self.rows(patients=path)["Z00001"]["list"], "1000")

    def test_zip(self):
        path = self.folder / "patients.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("gp-reg-pat-prac-quin-age.csv", PATIENTS)
        self.assertEqual(self.rows(patients=path)["Z00001"]["list"], "1000")

    def test_all_ages_file_leaves_bands_blank(self):
        row = self.rows(patients=self.write("all.csv", PATIENTS_ALL))["Z00002"]
        self.assertEqual((row["list"], row["list_0_24"]), ("2000", ""))

    def test_all_ages_file_before_july_2022(self):
        self.assertEqual(self.rows(patients=self.write("all.csv", PATIENTS_ALL_BEFORE_2022))["Z00002"]["list"], "2000")

    def test_map_before_july_2022(self):
        self.assertEqual(list(self.rows(map=self.write("old.csv", MAP_BEFORE_2022))), ["Z00001", "Z00002"])


# One practice of 1,000 in the list files of other years, by age: 100 + 200 young, 300 + 250 in between, 150 old
AGES = {"FEMALE": {0: 100, 25: 300}, "MALE": {24: 200, 64: 250, 95: 150}}
SINGLE_AGE = "EXTRACT_DATE,CCG_CODE,ONS_CCG_CODE,ORG_CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
SINGLE_AGES = {sex: SINGLE_AGE + "".join(
    f"01APR2019,99Z,E99,Z00001,ZZ1,{sex},{age},{people}\n"
    for age, people in {"ALL": sum(ages.values()), **{str(age) if age < 95 else "95+": n for age, n in ages.items()}}.items())
    for sex, ages in AGES.items()}


def wide(name, label):
    """The one-row-a-practice table of before 2017; @label gives an age its column's name."""
    columns = {f"{sex}_{label(age)}": ages.get(age, 0) for sex, ages in AGES.items() for age in range(96)}
    totals = {"TOTAL_ALL": 1000, "TOTAL_MALE": 600, "TOTAL_FEMALE": 400, **columns}
    return f"{name},POSTCODE,CCG_CODE,{','.join(totals)}\nZ00001,ZZ1,99Z,{','.join(map(str, totals.values()))}\n"


def single_year(age):
    return "95+" if age == 95 else f"{age}_{age + 1}"


class ListsOfOtherYears(Importer):
    def assert_bands(self, *files):
        row = self.rows("--practice", "Z00001", patients=list(files))["Z00001"]
        self.assertEqual([row[name] for name in ("list", "list_0_24", "list_25_64", "list_65_plus")],
                         ["1000", "300", "550", "150"])

    def test_single_ages_of_men_and_women_in_either_order(self):
        men, women = (self.write(f"{sex}.csv", SINGLE_AGES[sex]) for sex in ("MALE", "FEMALE"))
        self.assert_bands(men, women)
        self.assert_bands(women, men)

    def test_one_sex_alone_is_refused(self):
        for sex, lacking in (("MALE", "female"), ("FEMALE", "male")):
            with self.subTest(sex=sex):
                self.assert_refused(f"give the {lacking} file too, with a second --patients", "--all",
                                    patients=self.write("one.csv", SINGLE_AGES[sex]))

    def test_one_file_twice_is_refused(self):
        path = self.write("men.csv", SINGLE_AGES["MALE"])
        self.assert_refused("practice Z00001 a second time", "--all", patients=[path, path])

    def test_a_practice_twice_in_a_file_is_refused(self):
        text = PATIENTS_ALL + PATIENTS_ALL.splitlines()[-1] + "\n"
        self.assert_refused("practice Z00002 a second time", patients=self.write("twice.csv", text))

    def test_wide_tables(self):
        for name, label in (("PRACTICE_CODE", single_year), ("GP_PRACTICE_CODE", lambda age: single_year(age).replace("_", "-")),
                            ("practice_code", lambda age: str(age) if age in (4, 5, 6) else single_year(age))):
            with self.subTest(name=name):
                self.assert_bands(self.write("wide.csv", wide(name, label)))

    def test_regions_have_no_practices(self):
        regions = PATIENTS.replace(",GP,", ",ICB,")
        self.assert_refused("no patients of the practices", patients=self.write("regions.csv", regions))


class Packing(Importer):
    """Every way in which one and the same file comes."""

    def assert_read(self, path):
        self.assertEqual(self.rows(patients=path)["Z00001"]["list"], "1000")

    def test_encodings(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"):
            with self.subTest(encoding=encoding):
                self.assert_read(self.write("p.csv", PATIENTS, encoding))

    def test_names_in_windows_encoding(self):
        place = self.write("m.csv", MAP.replace("SECOND SURGERY", "ST ZO\u00cb \u2013 SURGERY"), "cp1252")
        self.assertEqual(self.rows(map=place)["Z00002"]["practice_name"], "ST ZO\u00cb \u2013 SURGERY")

    def test_separators(self):
        for separator in ";\t":
            with self.subTest(separator=separator):
                self.assert_read(self.write("p.csv", PATIENTS.replace(",", separator)))

    def test_lines_before_the_header_and_after_the_table(self):
        self.assert_read(self.write("p.csv", "\n,,\nPatients Registered at a GP Practice\nJuly 2026,,\n\n" + PATIENTS
                                    + "\nSource: NHS England\n"))

    def test_gzip_whatever_its_name(self):
        path = self.folder / "patients.csv"
        path.write_bytes(gzip.compress(PATIENTS.encode("utf-16")))
        self.assert_read(path)

    def archive(self, **members):
        path = self.folder / "patients.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in members.items():
                archive.writestr(name.replace("__", " "), text)
        return path

    def test_the_detailed_file_of_a_workforce_archive(self):
        path = self.archive(**{"1__Practice__Level__-__Detailed.csv": WORKFORCE, "2__definitions.csv": "a,b,c\n",
                               "3__Practice__Level__-__High__level.csv": "PRAC_CODE,DETAILED_STAFF_ROLE,VALUE\n"})
        self.assertEqual(self.rows(workforce=path)["Z00001"]["partner_fte"], "2.5")

    def test_an_archive_of_two_tables_names_them(self):
        path = self.archive(**{"a.csv": PATIENTS, "b.csv": PATIENTS})
        self.assert_refused("holds 2 CSV files, not one: unpack it and name the file: a.csv, b.csv", patients=path)

    def test_an_excel_workbook_is_refused(self):
        path = self.archive(**{"[Content_Types].xml": "<x/>"})
        self.assert_refused("is an Excel workbook: save the sheet as CSV", patients=path)


class Areas(Importer):
    def test_sub_icb(self):
        self.assertEqual(list(self.rows("--sub-icb", "99Z")), ["Z00001", "Z00002"])

    def test_pcn(self):
        self.assertEqual(list(self.rows("--pcn", "u00002")), ["Z00002"])

    def test_icb(self):
        self.assertEqual(list(self.rows("--icb", "QYY")), ["Z00003"])

    def test_all_england_and_a_practice_in_no_network(self):
        rows = self.rows("--all")
        self.assertEqual((len(rows), rows["Z00003"]["network_code"]), (3, "U"))

    def test_area_is_the_sub_icb_or_what_is_asked_for(self):
        for words, areas in (((), ["99Z", "99Z", "98Z"]), (("--area", "sub-icb"), ["99Z", "99Z", "98Z"]),
                             (("--area", "icb"), ["QZZ", "QZZ", "QYY"]), (("--area", "pcn"), ["U00001", "U00002", "U"]),
                             (("--area", "none"), ["", "", ""])):
            with self.subTest(words=words):
                self.assertEqual([row["area"] for row in self.rows("--all", *words).values()], areas)

    def test_an_area_that_the_map_does_not_have(self):
        self.assert_refused("no column for --area icb (ICB_CODE or STP_CODE): choose another, or --area none",
                            "--all", "--area", "icb", map=self.write("m.csv", MAP.replace("ICB_CODE\n", "OTHER\n")))

    def test_several_areas_are_all_honoured(self):
        self.assertEqual(list(self.rows("--pcn", "U00002", "--pcn", "U00001")), ["Z00001", "Z00002"])
        self.assertEqual(list(self.rows("--icb", "QYY", "--practice", "z00001")), ["Z00001", "Z00003"])

    def test_names_and_parts_of_names(self):
        for words in (("--pcn", "two pcn"), ("--pcn", "two"), ("--practice", "Second Surgery"), ("--practice", "second")):
            with self.subTest(words=words):
                self.assertEqual(list(self.rows(*words)), ["Z00002"])

    def test_part_of_several_names(self):
        self.assert_refused('"pcn" may be 2 of the PCNs: U00001 (ONE PCN), U00002 (TWO PCN): give the code', "--pcn", "pcn")

    def test_unknown_practice(self):
        self.assert_refused("no practice Z00004: the file has 3, among them Z00003 (THIRD SURGERY)", "--practice", "Z00004")

    def test_list_of_what_there_is(self):
        result = self.run_import("--list", "pcn", "--sub-icb", "99Z")
        self.assertEqual([line.split() for line in result.stdout.splitlines()],
                         [["U00001", "1", "practice", "1,000", "patients", "ONE", "PCN"],
                          ["U00002", "1", "practice", "2,000", "patients", "TWO", "PCN"]])

    def test_list_wants_no_more_than_a_map(self):
        result = self.run_import("--list", "sub-icb", patients=None)
        self.assertEqual([line.split() for line in result.stdout.splitlines()],
                         [["98Z", "1", "practice"], ["99Z", "2", "practices"]])

    def test_unknown_area_names_near_ones(self):
        self.assert_refused("no practice of sub-ICB 99X: the file has 2, among them 99Z", "--sub-icb", "99X")


class Workforce(Importer):
    def posts(self, text, *words):
        row = self.rows("--sub-icb", "99Z", *words, workforce=self.write("workforce.csv", text))
        return {code: [row[code][name] for name in ("partner_headcount", "partner_fte", "salaried_headcount",
                                                    "salaried_fte")] for code in row}

    def test_detailed_file(self):
        self.assertEqual(self.posts(WORKFORCE), {"Z00001": ["3", "2.5", "2", "1.4"], "Z00002": [""] * 4})

    def test_detailed_file_with_columns_in_another_order(self):
        lines = [line.split(",") for line in WORKFORCE.replace('"FIRST, THE SURGERY"', "FIRST").splitlines()]
        self.assertEqual(self.posts("\n".join(",".join(reversed(line)) for line in lines))["Z00001"][1], "2.5")

    def test_collated_file_with_dots_in_its_names(self):
        self.assertEqual(self.posts(COLLATED, "--workforce-year", "2025")["Z00001"], ["3", "2.5", "2", "1.4"])

    def test_collated_file_needs_a_year(self):
        self.assert_refused("holds the years 2023, 2025: choose one with --workforce-year",
                            workforce=self.write("w.csv", COLLATED))

    def test_year_that_is_not_there(self):
        self.assert_refused("no rows of year 2019: it holds 2023, 2025", "--sub-icb", "99Z", "--workforce-year", "2019",
                            workforce=self.write("w.csv", COLLATED))

    def test_columns_of_2015_to_2018(self):
        old = WORKFORCE.replace("EXTGL", "EXRL").replace("SUB_ICB_CODE", "CCG_CODE")
        self.assertEqual(self.posts(old)["Z00001"], ["3", "2.5", "2", "1.4"])

    def test_every_mark_of_no_data(self):
        for mark in ("", "NA", "N/A", "ND", "NS", "EST", "est", "*", "**", "-", ".", "..", ":", "[c]", "[x]", "#N/A", "NULL"):
            with self.subTest(mark=mark):
                self.assertEqual(self.posts(WORKFORCE.replace("NA,ND", f"{mark},{mark}"))["Z00002"], [""] * 4)

    def test_a_practice_twice_is_refused(self):
        self.assert_refused("practice Z00009 a second time", workforce=self.write(
            "w.csv", WORKFORCE + WORKFORCE.splitlines()[-1] + "\n"))

    def test_high_level_file_is_refused(self):
        self.assert_refused("use Practice Level - Detailed", workforce=self.write(
            "w.csv", "PRAC_CODE,PRAC_NAME,STAFF_GROUP,DETAILED_STAFF_ROLE,MEASURE,VALUE\nZ00001,A,GP,All,FTE,3\n"))


class Payments(Importer):
    def row(self, text):
        return self.rows("--sub-icb", "99Z", payments=self.write("payments.csv", text))["Z00001"]

    def assert_core_rate_of_100(self, text):
        row = self.row(text)
        self.assertEqual([row[name] for name in ("contract_type", "core_rate", "weighted_list")], ["GMS", "100", "1100"])

    def test_2021_22(self):
        self.assert_core_rate_of_100(PAYMENTS_2021)

    def test_2022_23(self):
        self.assert_core_rate_of_100(PAYMENTS_2022)

    def test_2023_24_with_covid_money_in_the_total(self):
        self.assert_core_rate_of_100(PAYMENTS_2023)

    def test_2018_19(self):
        self.assert_core_rate_of_100(PAYMENTS_2018)

    def test_2015_16_and_2016_17_with_pounds_and_without_spaces_in_their_names(self):
        for year in (PAYMENTS_2015, PAYMENTS_2015.replace("NumberOf", "Numberof").replace("OfDrugs", "ofDrugs")):
            path = self.write("p.csv", year, "cp1252")
            row = self.rows("--sub-icb", "99Z", payments=path)["Z00001"]
            self.assertEqual((row["core_rate"], row["weighted_list"]), ("100", "1100"))

    def test_a_total_below_the_practices_is_none(self):
        line = [line for line in PAYMENTS_2022.splitlines() if "Z00001" in line][0]
        total = line.replace("Z00001", "").replace('"FIRST, THE SURGERY"', "England")
        self.assert_core_rate_of_100(PAYMENTS_2022 + total + "\n")

    def test_weighted_list_follows_the_list_now(self):
        grown = PATIENTS.replace("ALL,ALL,1000", "ALL,ALL,2000")
        row = self.rows("--sub-icb", "99Z", patients=self.write("grown.csv", grown),
                        payments=self.write("payments.csv", PAYMENTS_2022))["Z00001"]
        self.assertEqual(row["weighted_list"], "2200")

    def test_a_practice_with_two_rows_is_added_up(self):
        second = [line for line in PAYMENTS_2022.splitlines() if "Z00001" in line][0]
        row = self.row(PAYMENTS_2022 + second + "\n")
        self.assertEqual((row["core_rate"], row["weighted_list"]), ("100", "1100"))

    def test_payments_for_a_handful_of_patients_say_nothing(self):
        row = self.row(PAYMENTS_2022.replace('"1,000",1100', "12,13"))
        self.assertEqual((row["core_rate"], row["weighted_list"], row["contract_type"]), ("", "", "GMS"))

    def test_unknown_contract_is_the_commonest(self):
        self.assertEqual(self.row(PAYMENTS_2022.replace(",GMS,", ",Unknown,"))["contract_type"], "GMS")

    def test_unknown_contract_without_partners_is_apms(self):
        without = self.write("w.csv", WORKFORCE.replace(",5,1,2,3.9,1,1.5", ",5,0,0,3.9,0,0"))
        rows = self.rows("--sub-icb", "99Z", workforce=without)
        self.assertEqual(rows["Z00001"]["contract_type"], "APMS")


class Report(Importer):
    def test_names_what_it_could_not_match(self):
        result = self.run_import("--sub-icb", "99Z", workforce=self.write("w.csv", WORKFORCE),
                                 payments=self.write("p.csv", PAYMENTS_2022))
        lines = [" ".join(line.split()) for line in result.stderr.splitlines()]
        self.assertEqual(lines[0], "2 practices, 3,000 patients, 2 networks, 1 area")
        self.assertEqual(lines[4:7], ["not in it none", "in it without data 1: Z00002", "in it, but no list 1: Z00009"])
        self.assertEqual(lines[8:11], ["not in it 1: Z00002", "in it without data none", "in it, but no list 1: Z00009"])
        self.assertEqual(lines[11], "contract taken as GMS or APMS, not known 1: Z00002")

    def test_what_area_codes_of_another_year_leave_open(self):
        """The file calls the area 00Q: which of the practices that are gone were of this place cannot be known."""
        payments = self.write("p.csv", PAYMENTS_2023.replace(",99Z,", ",00Q,") + PAYMENTS_2023.splitlines()[1]
                              .replace("Z00001", "Z00009").replace(",99Z,", ",00Q,") + "\n")
        lines = self.report(payments=payments)
        self.assertIn("in it, but no list none", lines)
        self.assertIn("not known 1 of the table's practices is of sub-ICB 00Q in the file; which of its practices without "
                      "a list now were here: 1: Z00009", lines)

    def test_a_practice_that_is_in_another_area_now(self):
        payments = self.write("p.csv", PAYMENTS_2023.replace("Z00001", "Z00003"))
        self.assertIn("of other areas now 1: Z00003", self.report(payments=payments))

    def test_price_year_by_the_name_of_the_file(self):
        for name, year in (("nhspaymentsgp-22-23-prac-csv.csv", 2022), ("nhspaymentsgp_2018-19.csv", 2018),
                           ("21-22.csv", 2021)):
            with self.subTest(name=name):
                self.assertIn(f"price year of core_rate {year} ({year}/{year % 100 + 1}). In the scenario: "
                              f"patch: {{ practices: TABLE.csv, price_year: {year} }}",
                              self.report(payments=self.write(name, PAYMENTS_2022)))

    def test_price_year_as_said(self):
        payments = self.write("p-22-23.csv", PAYMENTS_2022)
        self.assertIn("price year of core_rate 2023", self.report("--all", "--payments-year", "2023/24",
                                                                  payments=payments)[-2])
        self.assert_refused("is not a financial year: write it as 2022/23", "--all", "--payments-year", "2023",
                            payments=payments)

    def test_price_year_that_is_not_known(self):
        for name in ("p.csv", "p-22-24.csv", "p-21-22-and-22-23.csv", "saved-08-09-2023.csv"):
            with self.subTest(name=name):
                lines = self.report(payments=self.write(name, PAYMENTS_2022))
                self.assertTrue(any(line.startswith("price year of core_rate not known") for line in lines))

    def test_what_the_publisher_has_estimated_is_named(self):
        lines = WORKFORCE.splitlines()
        sources = ["GP_SOURCE", "Fully provided", "Fully estimated - no data provided", "Fully provided"]
        text = "".join(f"{line},{source}\n" for line, source in zip(lines, sources))
        self.assertIn("estimated, it says 1: Z00002", self.report(workforce=self.write("w.csv", text)))

    def test_practice_without_a_list_is_named(self):
        patients = "".join(line for line in PATIENTS.splitlines(keepends=True) if "Z00002" not in line)
        result = self.run_import("--sub-icb", "99Z", patients=self.write("p.csv", patients))
        self.assertIn("in the map only     1: Z00002", result.stderr)


class Implausible(Importer):
    """One line a practice and column; each of these files has one such cell."""

    def setUp(self):
        super().setUp()
        codes = [f"Z{number:05}" for number in range(1, 6)]
        self.paths["map"] = self.write("map.csv", MAP.splitlines()[0] + "\n" + "".join(
            f"X,01Jul2026,{code},{code} SURGERY,ZZ1,U00001,ONE PCN,99Z,QZZ\n" for code in codes))
        self.paths["patients"] = self.patients = self.write("patients.csv", PATIENTS_HEADER + "".join(
            f"X,2026-07-01,GP,{code},,ZZ1,{sex},{age},{people}\n" for code in codes
            for sex, age, people in (("ALL", "ALL", 9000), ("FEMALE", "0_4", 3000), ("MALE", "25_29", 4000), ("MALE", "95+", 2000))))
        self.workforce = WORKFORCE.splitlines()[0] + "\n" + "".join(
            f"{code},X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5\n" for code in codes)
        head = "Sub ICB Code,Practice Code,Practice Open Date,Practice Close Date,Contract Type,Average Number of Registered Patients,Average Number of Weighted Patients,Global Sum,Premises Payments,Reimbursement of Drugs,Total NHS Payments to General Practice\n"
        self.payments = head + "".join(f"99Z,{code},01/04/1974,,GMS,9000,9000,1170000,0,0,1170000\n" for code in codes)

    def doubts(self, *words, **changes):
        """What is said of the table with one of its three files changed."""
        files = {name: self.write(f"{name}-22-23.csv", text) for name, text in
                 {"payments": self.payments, "workforce": self.workforce, **changes}.items()}
        result = self.run_import("--all", *words, **files)
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stderr.splitlines()
        first = next(number for number, line in enumerate(lines) if line.startswith("implausible"))
        return lines[first:], {row["practice_code"]: row for row in csv.DictReader(result.stdout.splitlines())}

    CASES = {
        "rate": ("payments", "Z00002,01/04/1974,,GMS,9000,9000,1170000,0,0,1170000", "Z00002,01/04/1974,,GMS,9000,9000,90,0,0,90",
                 "Z00002 core_rate: 0.01 is outside 0.5 to 2 times the patch's median, 130", ("core_rate",)),
        "weight": ("payments", "Z00002,01/04/1974,,GMS,9000,9000,1170000,0,0,1170000", "Z00002,01/04/1974,,GMS,9000,600,78000,0,0,78000",
                   "Z00002 weighted_list: 600 for 9000 patients: 0.5 to 2 to each is usual", ("weighted_list",)),
        "opened": ("payments", "Z00002,01/04/1974,", "Z00002,01/10/2022,",
                   "Z00002 core_rate: it opened on 01/10/2022, so that 2022/23 paid it for a part of the year", ("core_rate",)),
        "closed": ("payments", "Z00002,01/04/1974,", "Z00002,01/04/1974,2022-12-31",
                   "Z00002 core_rate: it closed on 2022-12-31, so that 2022/23 paid it for a part of the year", ("core_rate",)),
        "closed before": ("payments", "Z00002,01/04/1974,", "Z00002,01/04/1974,31Jul2013",
                          "Z00002 core_rate: it closed on 31Jul2013, outside 2022/23, the year of the payments", ("core_rate",)),
        "no date": ("payments", "Z00002,01/04/1974,", "Z00002,27120,",
                    'Z00002 core_rate: it opened on "27120", which is not a date: its payments may be of a part of the year',
                    ("core_rate",)),
        "fte": ("workforce", "Z00002,X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5", "Z00002,X,99Z,QZZ,U00001,9000,5,1,2,16.4,1,14",
                "Z00002 partner_fte: 15 fte of 3 heads: 0.2 to 1.2 a head is usual, and what is reckoned with",
                ("partner_headcount", "partner_fte")),
        "fte without heads": ("workforce", "Z00002,X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5", "Z00002,X,99Z,QZZ,U00001,9000,3,1,2,3.9,1,1.5",
                              "Z00002 salaried_fte: 1.4 fte of 0 heads: 0.2 to 1.2 a head is usual, and what is reckoned with",
                              ("salaried_headcount", "salaried_fte")),
        "too few GPs": ("workforce", "Z00002,X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5", "Z00002,X,99Z,QZZ,U00001,9000,1,1,0,1,1,0",
                        "Z00002 partner_fte + salaried_fte: 9000 patients to 1 fte of GPs: 500 to 6000 to each is usual",
                        ("partner_headcount", "partner_fte", "salaried_headcount", "salaried_fte")),
        "too many GPs": ("workforce", "Z00002,X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5", "Z00002,X,99Z,QZZ,U00001,9000,40,10,20,30,10,10",
                         "Z00002 partner_fte + salaried_fte: 9000 patients to 30 fte of GPs: 500 to 6000 to each is usual",
                         ("partner_headcount", "partner_fte", "salaried_headcount", "salaried_fte")),
        "ages": ("patients", "Z00002,,ZZ1,MALE,95+,2000", "Z00002,,ZZ1,MALE,95+,99999",
                 "Z00002 list_0_24 to list_65_plus: add up to 106999 where the list is 9000",
                 ("list_0_24", "list_25_64", "list_65_plus")),
    }

    def changed(self, file, before, after):
        text = self.patients.read_text() if file == "patients" else getattr(self, file)
        self.assertIn(before, text)
        return {file: text.replace(before, after)}

    def test_a_sound_table(self):
        self.assertEqual(self.doubts()[0], ["implausible  nothing"])

    def test_what_is_at_the_edge(self):
        for staff in ("5,1,2,4.2,1,2.6", "5,1,2,2.4,0.2,0.4", "5,1,2,3.2,1,0.8"):
            with self.subTest(staff=staff):
                text = self.workforce.replace("Z00002,X,99Z,QZZ,U00001,9000,5,1,2,3.9,1,1.5", f"Z00002,X,99Z,QZZ,U00001,9000,{staff}")
                self.assertEqual(self.doubts(workforce=text)[0], ["implausible  nothing"])

    def test_each_kind_is_said_and_left_as_it_is(self):
        for kind, (file, before, after, sentence, columns) in self.CASES.items():
            with self.subTest(kind=kind):
                lines, rows = self.doubts(**self.changed(file, before, after))
                self.assertEqual(lines[1:], [f"  {sentence}"])
                self.assertIn("implausible  1 in 1 practice; left as it is;", lines[0])
                self.assertNotIn("", [rows["Z00002"][column] for column in columns])

    def test_each_kind_is_blanked_on_request(self):
        for kind, (file, before, after, sentence, columns) in self.CASES.items():
            with self.subTest(kind=kind):
                lines, rows = self.doubts("--blank-implausible", **self.changed(file, before, after))
                self.assertEqual(lines, ["implausible  1 in 1 practice; blanked, so that it will be filled in:", f"  {sentence}"])
                self.assertEqual({column for column in rows["Z00002"] if rows["Z00002"][column] == ""}, set(columns))

    def test_strict_refuses_and_writes_nothing(self):
        file, before, after, sentence, _ = self.CASES["rate"]
        path = self.write("bad-22-23.csv", self.changed(file, before, after)[file])
        output = self.folder / "out.csv"
        result = self.run_import("--all", "--strict", "-o", output, payments=path)
        self.assertEqual(result.returncode, 2)
        self.assertIn(f"  {sentence}\n", result.stderr)
        self.assertFalse(output.exists())

    def test_one_rate_alone_is_compared_with_englands(self):
        lines = self.payments.replace("1170000,0,0,1170000", "90,0,0,90").splitlines(keepends=True)
        lines, _ = self.doubts(payments="".join(lines[:2]))
        self.assertEqual(lines[1], "  Z00001 core_rate: 0.01 is outside 0.5 to 2 times England's of 2022/23, 139.94")

    def test_codes_that_a_spreadsheet_has_changed(self):
        for code, kind in (("81001", "number"), ("8.1E+04", "number"), ("1-Mar", "date"), ("01/03/2022", "date"), ("Mar-22", "date")):
            with self.subTest(code=code):
                lines = self.report("--all", map=self.write("m.csv", self.paths["map"].read_text().replace("U00001", code)))
                self.assertIn(f'Z00001 network_code: "{code}" looks like a {kind}: a spreadsheet may have changed the code', lines)

    def test_codes_that_differ_in_capitals_alone(self):
        lines = self.report("--all", map=self.write("m.csv", self.paths["map"].read_text().replace("U00001", "u00001", 1)))
        self.assertTrue(any('network_code: "U00001" and the "u00001" of Z0000' in line and "differ in capitals alone" in line
                            for line in lines), lines)

    def test_lists_too_small_to_be_used_are_passed_over(self):
        text = self.patients.read_text().replace("Z00002,,ZZ1,ALL,ALL,9000", "Z00002,,ZZ1,ALL,ALL,400")
        self.assertEqual(self.doubts(patients=text)[0], ["implausible  nothing"])


class ListsFromPayments(Importer):
    """The practices of the payments' year, those that have ended since among them."""

    def setUp(self):
        super().setUp()
        self.paths = {"payments": self.write("p-22-23.csv", PAYMENTS_2022.replace("GONE,PMS,0,0,", "GONE,PMS,700,800,").replace(
            "U00009", "U") + 'Y63,NORTH,98Z,OTHER,U00002,TWO PCN,Z00010,SMALL,GMS,499,500,0,' + PAID + ',"110,150",0,0,0,0,0,0\n')}

    def test_lists_networks_and_money_of_that_year(self):
        rows = self.rows("--lists-from", "payments", "--all")
        self.assertEqual([(row["practice_code"], row["list"], row["weighted_list"], row["network_code"], row["core_rate"])
                          for row in rows.values()],
                         [("Z00001", "1000", "1100", "U00001", "100"), ("Z00009", "700", "800", "U", "137.5")])
        self.assertEqual({row["area"] for row in rows.values()}, {"99Z"})

    def test_areas_by_its_own_columns(self):
        for words in (("--pcn", "U00001"), ("--pcn", "one pcn"), ("--practice", "Z00001")):
            with self.subTest(words=words):
                self.assertEqual(list(self.rows("--lists-from", "payments", *words)), ["Z00001"])
        self.assertEqual(list(self.rows("--lists-from", "payments", "--sub-icb", "sub")), ["Z00001", "Z00009"])

    def test_an_area_it_does_not_have(self):
        self.assert_refused("no column for the ICB code", "--lists-from", "payments", "--icb", "QZZ")

    def test_files_it_does_not_use_are_refused(self):
        result = self.run_import("--lists-from", "payments", "--all", map=self.write("m.csv", MAP))
        self.assertEqual(result.returncode, 2)
        self.assertIn("--patients and --map are not used: leave them out", result.stderr)


class ColumnsThatAreGone(Importer):
    """Each column of each file, taken away: what is needed is named, with its file and where to get it; all else changes
    nothing but what is said."""

    FILES = {"quin-age": ("patients", PATIENTS), "all ages": ("patients", PATIENTS_ALL),
             "men": ("patients", SINGLE_AGES["MALE"]), "wide": ("patients", wide("PRACTICE_CODE", single_year)),
             "map": ("map", MAP), "workforce": ("workforce", WORKFORCE), "collated": ("workforce", COLLATED),
             **{f"payments {year}": ("payments", text) for year, text in (
                 ("2015", PAYMENTS_2015), ("2018", PAYMENTS_2018), ("2021", PAYMENTS_2021), ("2022", PAYMENTS_2022),
                 ("2023", PAYMENTS_2023))}}
    NEEDED = {
        "quin-age": {"ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"},
        "all ages": {"CODE", "SEX", "NUMBER_OF_PATIENTS"}, "men": {"ORG_CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"},
        "wide": {"PRACTICE_CODE", "TOTAL_ALL"}, "map": {"PRACTICE_CODE", "PRACTICE_NAME", "SUB_ICB_LOCATION_CODE"},
        "workforce": {"PRAC_CODE"}, "collated": {"Practice.Code", "Year"}}
    OF_GPS = re.compile(r"TOTAL_GP_\w+_(HC|FTE)$")
    OF_PEOPLE = re.compile(r"(FE)?MALE_(\d+)")
    OF_MONEY = re.compile("practice ?code|contract ?type|(average )?number|global ?sum|premises|reimbursement|total ?nhs", re.IGNORECASE)

    def words_for(self, name, column):
        """What the sentence says of a column that is needed; None where it is not."""
        kind = self.FILES[name][0]
        if self.OF_PEOPLE.match(column) and name == "wide":
            sex, age = self.OF_PEOPLE.match(column).group(0).split("_")
            return f"no column for the {sex.lower()} patients aged {age}"
        if kind == "payments":
            return "no column for" if self.OF_MONEY.match(column) else None
        needed = column in self.NEEDED[name] or (kind == "workforce" and self.OF_GPS.match(column))
        return column.replace("Practice.Code", "PRACTICE_CODE") if needed else None

    def without(self, text, column):
        rows = list(csv.reader(text.splitlines()))
        at = rows[0].index(column)
        out = io.StringIO()
        csv.writer(out).writerows(row[:at] + row[at + 1:] for row in rows)
        return self.write("less.csv", out.getvalue())

    def options(self, name):
        words = ["--practice", "Z00001"]
        return words + (["--workforce-year", "2025"] if name == "collated" else [])

    def with_file(self, name, path):
        kind = self.FILES[name][0]
        women = [self.write("women.csv", SINGLE_AGES["FEMALE"])] if name == "men" else []
        return self.run_import(*self.options(name), **{kind: [path, *women]})

    def check(self, name, column, whole):
        kind, text = self.FILES[name]
        path = self.without(text, column)
        done, words = self.with_file(name, path), self.words_for(name, column)
        if words is None:
            self.assertEqual(done.returncode, 0, done.stderr)
            if networks_left_out(done.stdout) != networks_left_out(whole):
                self.assertRegex(done.stderr, f"(?m)^{re.escape(str(path))}: its payment lines .* off its total of .* a column is missing")
        else:
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertRegex(done.stderr, f"^import-nhs: {re.escape(str(path))}: .*no column")
            self.assertIn(words, done.stderr)
            self.assertNotRegex(done.stderr, "a second time: keep one row of it, and one file")
            if column != "Year":
                self.assertIn("import-nhs --sources says where to download", done.stderr)

    def test_are_named_with_their_file_where_they_are_needed(self):
        for name, (_, text) in self.FILES.items():
            whole = self.with_file(name, self.write("whole.csv", text))
            self.assertEqual(whole.returncode, 0, whole.stderr)
            for column in next(csv.reader(text.splitlines())):
                with self.subTest(file=name, column=column):
                    self.check(name, column, whole.stdout)

    def test_several_years_without_their_column_are_told_apart_from_a_practice_named_twice(self):
        self.assert_refused("there is no column Year to tell several years apart", "--all",
                            workforce=self.without(COLLATED, "Year"))

    def test_a_map_without_networks_says_so(self):
        path = self.without(MAP, "PCN_CODE")
        self.assertIn(f"{path}: no column for the PCN code (PCN_CODE): all practices stand in no network (U)",
                      self.report("--all", map=path))


def networks_left_out(table):
    return [row[:2] + row[3:] for row in csv.reader(table.splitlines())]


class Refusals(Importer):
    def assert_usage(self, sentence, *words, **files):
        result = self.run_import(*words, **files)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(sentence, result.stderr)

    def test_usage(self):
        for sentence, words in (("which practices?", ()), ("--all and an area: choose one", ("--all", "--pcn", "U00001")),
                                ("--workforce-year without --workforce", ("--all", "--workforce-year", "2023")),
                                ("--payments-year without --payments", ("--all", "--payments-year", "2022/23"))):
            with self.subTest(words=words):
                self.assert_usage(sentence, *words)

    def test_missing_files_say_where_they_are(self):
        self.assert_usage("--patients and --map missing: import-nhs --sources says where to download", "--all",
                          patients=None, map=None)

    def test_sources_name_four_files_and_their_publications(self):
        text = run_script("import-nhs", "--sources").stdout
        for words in ("--patients", "--map", "--workforce", "--payments", "patients-registered-at-a-gp-practice",
                      "general-and-personal-medical-services", "nhs-payments-to-general-practice"):
            self.assertIn(words, text)

    def test_output_never_overwrites_what_is_read(self):
        before = self.paths["map"].read_text()
        self.assert_usage("is one of the files that are read", "--all", "-o", self.paths["map"])
        self.assertEqual(self.paths["map"].read_text(), before)

    def test_missing_column(self):
        self.assert_refused('no column for the practice code (looked for PRACTICE_CODE); nearest: "PRACTISE_CODE"',
                            map=self.write("m.csv", MAP.replace("PRACTICE_CODE", "PRACTISE_CODE")))

    def test_not_a_number(self):
        self.assert_refused('bad.csv:2: column "NUMBER_OF_PATIENTS": "many" is not a number',
                            patients=self.write("bad.csv", PATIENTS.replace("ALL,ALL,1000", "ALL,ALL,many")))

    def test_a_decimal_comma_is_never_taken_for_thousands(self):
        for text in ("100,5", "1.000,50", "0,1234", "0,125", "1.234,567", "1,00"):
            with self.subTest(text=text):
                hint = " (a decimal comma? write a point)" if "," in text else ""
                self.assert_refused(f'"{text}" is not a number{hint}', patients=self.write(
                    "bad.csv", PATIENTS.replace(",", ";").replace("ALL;ALL;1000", f"ALL;ALL;{text}")))

    def test_numbers_as_they_are_published(self):
        for text, people in (("1,000", "1000"), ("1000.0", "1000"), ("1e3", "1000"), ("1,234,567", "1234567"), ("+12", "12")):
            with self.subTest(text=text):
                patients = self.write("p.csv", PATIENTS.replace(",", ";").replace("ALL;ALL;1000", f"ALL;ALL;{text}"))
                self.assertEqual(self.rows(patients=patients)["Z00001"]["list"], people)

    def test_short_row(self):
        self.assert_refused("bad.csv:2: 2 cells where the header has 9", patients=self.write("bad.csv", PATIENTS_HEADER + "a,b\n"))

    def test_file_that_is_not_there(self):
        self.assert_refused("cannot be read", map=self.folder / "none.csv")

    def test_empty_file(self):
        self.assert_refused("is empty", map=self.write("m.csv", ""))

    def test_practice_twice_in_the_map(self):
        self.assert_refused("practice Z00003 a second time", map=self.write("m.csv", MAP + MAP.splitlines()[-1] + "\n"))

    def test_files_of_different_places(self):
        self.assert_refused("take both files from the same month", patients=self.write("p.csv", PATIENTS_HEADER))

    def test_age_group_of_another_file(self):
        self.assert_refused('age group "ADULT"', patients=self.write("p.csv", PATIENTS.replace("0_4", "ADULT")))

    def test_leaves_no_output_behind(self):
        output = self.folder / "out.csv"
        self.run_import("--sub-icb", "99X", "-o", output)
        self.assertFalse(output.exists())


def load_tests(loader, tests, pattern):
    """The real files are tested where there are any; where not, the tests are not there rather than skipped."""
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in
                               (Lists, ListsOfOtherYears, Packing, Areas, Workforce, Payments, Report, Implausible,
                                ListsFromPayments, ColumnsThatAreGone, Refusals))
    if REAL_DATA:
        suite.addTests(loader.loadTestsFromTestCase(RealFiles))
    else:
        print("import-nhs on real files: not run (HEADROOM_REAL_DATA is not set)")
    return suite


class RealFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(REAL_DATA)
        cls.england = cls.import_real("--all")
        cls.tees = cls.import_real("--sub-icb", "16C")

    @classmethod
    def import_real(cls, *words):
        options = {"--patients": "gp-reg-pat-prac-quin-age*", "--map": "gp-reg-pat-prac-map*",
                   "--payments": "nhspaymentsgp-22-23*", "--workforce": "gp_workforce_practice_*"}
        files = [word for option, pattern in options.items() for word in (option, next(cls.folder.glob(pattern)))]
        result = run_script("import-nhs", *files, "--workforce-year", "2025", *words)
        if result.returncode:
            raise AssertionError(result.stderr)
        return list(csv.DictReader(result.stdout.splitlines()))

    def test_tees_valley_has_76_practices_and_737757_patients(self):
        self.assertEqual((len(self.tees), sum(int(row["list"]) for row in self.tees)), (76, 737757))

    def test_tees_valley_has_75_with_payments_and_74_with_workforce(self):
        self.assertEqual((sum(row["core_rate"] != "" for row in self.tees), sum(row["partner_fte"] != "" for row in self.tees)),
                         (75, 74))

    def test_england_has_6139_practices_and_63436508_patients(self):
        self.assertEqual((len(self.england), sum(int(row["list"]) for row in self.england)), (6139, 63436508))

    def test_england_mean_core_rate_is_the_published_one(self):
        # 139.94 over all practices of 2022/23; those still open in 2026, on their lists now, are within one per cent.
        known = [row for row in self.england if row["core_rate"] and row["weighted_list"]]
        weights = [float(row["weighted_list"]) for row in known]
        mean = sum(float(row["core_rate"]) * weight for row, weight in zip(known, weights)) / sum(weights)
        self.assertAlmostEqual(mean, 139.94, delta=1.4)

    def test_england_of_2022_23_has_6420_practices(self):
        payments, workforce = (next(self.folder.glob(name)) for name in ("nhspaymentsgp-22-23*", "gp_workforce_practice_*"))
        result = run_script("import-nhs", "--lists-from", "payments", "--payments", payments, "--workforce", workforce,
                            "--workforce-year", "2023", "--all")
        rows = list(csv.DictReader(result.stdout.splitlines()))
        self.assertEqual(len(rows), 6420)
        self.assertAlmostEqual(sum(float(row["list"]) for row in rows), 62.13e6, delta=5e3)
        self.assertEqual({row["network_code"][0] for row in rows}, {"U"})
        self.assertEqual(len({row["area"] for row in rows}), 106)

    def test_age_bands_add_up_everywhere(self):
        self.assertTrue(all(int(row["list_0_24"]) + int(row["list_25_64"]) + int(row["list_65_plus"]) == int(row["list"])
                            for row in self.england))

    def test_agrees_with_the_joined_table(self):
        with open(self.folder / "tees_valley_16C_practices.csv", encoding="utf-8", newline="") as file:
            joined = {row["practice_code"]: row for row in csv.DictReader(file)}
        for row in self.tees:
            with self.subTest(practice=row["practice_code"]):
                other = joined[row["practice_code"]]
                self.assertEqual(row["list"], other["registered_patients"])
                self.assertEqual(row["network_code"], other["pcn_code"])
                self.assertEqual(row["partner_fte"] and float(row["partner_fte"]), other["partner_fte"] and float(other["partner_fte"]))


FILES = {"patients": PATIENTS, "map": MAP, "workforce": WORKFORCE, "payments": PAYMENTS_2022}
ASKED = {  # what is asked, of which files
    "an area": (tuple(FILES), ("--sub-icb", "99Z", "--payments-year", "2022/23")),
    "a practice": (tuple(FILES), ("--practice", "Z00001", "--payments-year", "2022/23")),
    "a practice twice": (tuple(FILES), ("--practice", "Z00001", "--practice", "z00001", "--payments-year", "2022/23")),
    "its own money": (("payments",), ("--lists-from", "payments", "--all", "--payments-year", "2022/23")),
    **{f"a list of {kind}": (("map",), ("--list", kind)) for kind in ("practice", "pcn", "sub-icb", "icb")},
}


def without_a_column(text):
    """The table without each of its columns, and with another name for each."""
    rows = list(csv.reader(io.StringIO(text)))
    for column, name in enumerate(rows[0]):
        for what, keep in (("dropped", []), ("renamed", None)):
            out = io.StringIO()
            csv.writer(out).writerows(row[:column] + (keep if keep is not None else ["ANOTHER"] if row is rows[0] else
                                                      [row[column]]) + row[column + 1:] for row in rows)
            yield f"{name} {what}", out.getvalue().encode()


def spoilt(text):
    """As files come: nothing, a header alone, half of one, not text at all, and in every encoding."""
    header = text.split("\n")[0]
    yield from without_a_column(text)
    yield from {"nothing": b"", "a line end": b"\n", "a header": header.encode(), "half": text.encode()[:len(text) // 2],
                "zeros": bytes(999), "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
                "half of UTF-16": text.encode("utf-16")[:-1], "a cut archive": gzip.compress(text.encode())[:-20],
                "no archive": b"PK\x03\x04" + bytes(99), "a web page": b"<!DOCTYPE html><html>Not found</html>",
                "a quote": text.replace("SECOND", '"SECOND', 1).encode()}.items()


class FilesThatAreSpoilt(unittest.TestCase):
    """Whatever is wrong with one of the files, and whatever is asked of it: a table, or a sentence and no table."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        for name, text in FILES.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def ask(self, asked, *more):
        needed, words = ASKED[asked]
        files = [word for name in needed for word in (f"--{name}", self.folder / name)]
        return run_here(*files, *words, *more)

    def ends_well(self, asked, done):
        if done.returncode == 0:
            self.assertTrue(done.stdout or (self.folder / "table.csv").exists())
        else:
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertRegex(done.stderr, r"(?s)^(usage: .*\n)?import-nhs: \S.*\w.*\n$", asked)
            self.assertFalse((self.folder / "table.csv").exists())

    def test_end_in_a_table_or_a_sentence(self):
        for name, text in FILES.items():
            for what, content in spoilt(text):
                (self.folder / name).write_bytes(content)
                for asked, (needed, words) in ASKED.items():
                    if name in needed:
                        with self.subTest(name, spoilt=what, asked=asked):
                            output = () if "--list" in words else ("-o", self.folder / "table.csv")
                            self.ends_well(asked, self.ask(asked, *output))
                            (self.folder / "table.csv").unlink(missing_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def test_are_read_alike_in_every_encoding(self):
        for name, text in FILES.items():
            for asked, (needed, _) in ASKED.items():
                if name not in needed:
                    continue
                good = self.ask(asked)
                self.assertEqual(good.returncode, 0, good.stderr)
                for encoding in ("utf-8-sig", "utf-16", "cp1252"):
                    (self.folder / name).write_bytes(text.encode(encoding))
                    with self.subTest(name, encoding=encoding, asked=asked):
                        self.assertEqual(self.ask(asked).stdout, good.stdout)
                (self.folder / name).write_text(text, encoding="utf-8")

    def test_a_practice_named_twice_is_there_once(self):
        self.assertEqual(self.ask("a practice twice").stdout, self.ask("a practice").stdout)

    def test_each_is_left_alone_where_the_table_would_replace_it(self):
        for name, text in FILES.items():
            (self.folder / "link").unlink(missing_ok=True)
            (self.folder / "link").symlink_to(self.folder / name)
            for output in (self.folder / name, self.folder / "link"):
                with self.subTest(name, output=output.name):
                    done = self.ask("an area", "-o", output)
                    self.assertEqual(done.returncode, 2)
                    self.assertIn("is one of the files that are read", done.stderr)
                    self.assertEqual((self.folder / name).read_text(encoding="utf-8"), text)


if __name__ == "__main__":
    unittest.main()
