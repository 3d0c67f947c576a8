"""Where the official files are."""

SOURCES = """Four files, free under the Open Government Licence v3.0, from NHS England's publications:

--patients   Patients Registered at a GP Practice: gp-reg-pat-prac-quin-age.csv, "Totals (5-year age groups)"
--map        the same month of the same publication: gp-reg-pat-prac-map.csv, "Mapping"
             https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice
--workforce  General Practice Workforce, the month nearest to it: GPWPracticeCSV.*.zip, "Practice Level CSV"
             https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services
--payments   NHS Payments to General Practice, the latest year: nhspaymentsgp-YY-YY-prac-csv.csv, "Practice level"
             https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice

Take a publication, in it the latest month or year, and there the file under "Resources". Keep the file's name: that of
the payments says which year they are of."""

# What to give as each of them, for who gave something else
PUBLISHED = {
    "patients": 'gp-reg-pat-prac-quin-age.csv of "Patients Registered at a GP Practice"',
    "map": 'gp-reg-pat-prac-map.csv of "Patients Registered at a GP Practice"',
    "workforce": '"General Practice Workforce", Practice Level - Detailed',
    "payments": '"NHS Payments to General Practice", practice level',
}
