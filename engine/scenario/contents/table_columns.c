#include "table_columns.h"

const struct practice_column_row practice_columns[PRACTICE_COLUMNS] = {
    [CODE] = {"practice_code", "", 0, 0, "one of its own for each practice", true},
    [NAME] = {"practice_name", "", 0, 0, "as people call it", false},
    [NETWORK] = {"network_code", "", 0, 0, "its network or PCN", false},
    [TYPE] = {"contract_type", "", 0, 0, "GMS, PMS or APMS", true},
    [LIST] = {"list", "patients", 0, 1e7, "registered patients", true},
    [WEIGHTED_LIST] = {"weighted_list", "weighted patients", 1, 1e7,
                       "patients weighted for need", false},
    [CORE_RATE] =
        {"core_rate", "GBP/weighted patient/year", 0, 5000,
         "GBP a weighted patient and year: all NHS payments less premises and "
         "drugs, not the global sum alone",
         false},
    [PARTNER_HEADCOUNT] = {"partner_headcount", "heads", 0, 1000, "GP partners, heads",
                           false},
    [PARTNER_FTE] = {"partner_fte", "fte", 0, 1000, "GP partners, full-time posts",
                     false},
    [SALARIED_HEADCOUNT] = {"salaried_headcount", "heads", 0, 1000,
                            "salaried GPs, heads", false},
    [SALARIED_FTE] = {"salaried_fte", "fte", 0, 1000, "salaried GPs, full-time posts",
                      false},
    [FIRST_AGE] = {"list_0_24", "patients", 0, 1e7, "patients below 25", false},
    [FIRST_AGE + 1] = {"list_25_64", "patients", 0, 1e7, "patients of 25 to 64", false},
    [LAST_AGE] = {"list_65_plus", "patients", 0, 1e7, "patients of 65 and over", false},
    [AREA] = {"area", "", 0, 0, "practices that share labour, such as a sub-ICB",
              false},
    [COST_RATE] = {"cost_rate", "GBP/patient/year", -1e4, 1e4,
                   "calibrated cost other than GPs", false},
};
