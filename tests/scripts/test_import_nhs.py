"""The importer: every header the years have had, what it cannot match, and what it refuses.

The fixtures are invented. Where HEADROOM_REAL_DATA names a folder of the official files, they are read as well.
"""

import csv
import gzip
import pathlib
import tempfile
import unittest
import zipfile

from support import REAL_DATA, run_script

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


class Importer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.paths = {"map": self.write("map.csv", MAP), "patients": self.write("patients.csv", PATIENTS)}

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run_import(self, *words, **files):
        options = [word for name, path in {**self.paths, **files}.items() for word in (f"--{name}", path)]
        return run_script("import-nhs", *options, *words)

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
        self.assertEqual(lines[0], "2 practices, 3,000 patients, 2 networks")
        self.assertEqual(lines[4:7], ["not in it none", "in it without data 1: Z00002", "in it, but no list 1: Z00009"])
        self.assertEqual(lines[8:11], ["not in it 1: Z00002", "in it without data none", "in it, but no list 1: Z00009"])
        self.assertEqual(lines[11:], ["contract taken as GMS or APMS, not known 1: Z00002"])

    def test_practice_without_a_list_is_named(self):
        patients = "".join(line for line in PATIENTS.splitlines(keepends=True) if "Z00002" not in line)
        result = self.run_import("--sub-icb", "99Z", patients=self.write("p.csv", patients))
        self.assertIn("in the map only     1: Z00002", result.stderr)


class Refusals(Importer):
    def test_missing_column(self):
        self.assert_refused('no column for the practice code (looked for PRACTICE_CODE); nearest: "PRACTISE_CODE"',
                            map=self.write("m.csv", MAP.replace("PRACTICE_CODE", "PRACTISE_CODE")))

    def test_not_a_number(self):
        self.assert_refused('bad.csv:2: column "NUMBER_OF_PATIENTS": "many" is not a number',
                            patients=self.write("bad.csv", PATIENTS.replace("ALL,ALL,1000", "ALL,ALL,many")))

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
                               (Lists, Areas, Workforce, Payments, Report, Refusals))
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


if __name__ == "__main__":
    unittest.main()
