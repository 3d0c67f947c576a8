#include "fields.h"

/* Factors and steps are those at full strength; they fade linearly to 1 and 0. */
/* clang-format off */
const struct field shock_fields[] = {
    {"shocks.*.at", FIELD_INTEGER, "year", 0, 29,
     "year in which it strikes, in its first quarter; absent: by chance", .optional = true,
     .structural = true},
    {"shocks.*.rate", FIELD_NUMBER, "1/year", 0, 50,
     "chance a year that it strikes, in any quarter", .fallback = "0", IN_SHOCK(rate)},
    {"shocks.*.duration", FIELD_INTEGER, "quarters", 1, 120,
     "quarters at full strength", .fallback = "1", .structural = true},
    {"shocks.*.fade", FIELD_INTEGER, "quarters", 0, 120,
     "quarters of decline after that", .fallback = "0", .structural = true},
    {"shocks.*.lasting", FIELD_FLAG, "", 0, 1,
     "whether it stays for ever", .fallback = "false", .structural = true},
    {"shocks.*.demand", FIELD_NUMBER, "factor", 0.01, 100,
     "demand for appointments", .fallback = "1", IN_SHOCK(demand)},
    {"shocks.*.exits", FIELD_NUMBER, "factor", 0.01, 100,
     "retirement of those old enough", .fallback = "1", IN_SHOCK(exits)},
    {"shocks.*.from_age", FIELD_NUMBER, "age", 0, 120,
     "age from which that holds", .fallback = "0", IN_SHOCK(from_age)},
    {"shocks.*.sickness", FIELD_NUMBER, "factor", 0.01, 100,
     "onset of sickness", .fallback = "1", IN_SHOCK(sickness)},
    {"shocks.*.recruitment", FIELD_NUMBER, "factor", 0.01, 100,
     "rate at which posts are filled", .fallback = "1", IN_SHOCK(recruitment)},
    {"shocks.*.locum", FIELD_NUMBER, "factor", 0.01, 100,
     "locum price", .fallback = "1", IN_SHOCK(locum)},
    {"shocks.*.pay", FIELD_NUMBER, "factor", 0.01, 100,
     "pay of staff and salaried GPs", .fallback = "1", IN_SHOCK(pay)},
    {"shocks.*.nongp", FIELD_NUMBER, "factor", 0.01, 100,
     "cost of all but GPs", .fallback = "1", IN_SHOCK(nongp)},
    {"shocks.*.nongp_step", FIELD_NUMBER, "GBP/weighted patient/year", -1000, 1000,
     "cost of all but GPs, added", .fallback = "0", INDEXED_BY(PRICES), IN_SHOCK(nongp_step)},
    {"shocks.*.income", FIELD_NUMBER, "factor", 0.01, 100,
     "core income", .fallback = "1", IN_SHOCK(income)},
    {"shocks.*.staff", FIELD_NUMBER, "factor", 0.01, 100,
     "other staff at work", .fallback = "1", IN_SHOCK(staff)},
    {"shocks.*.diversion_step", FIELD_NUMBER, "share", -1, 1,
     "GP time sent elsewhere, added in proportion to price_relief", .fallback = "0",
     IN_SHOCK(diversion_step)},
    {"shocks.*.relief", FIELD_NUMBER, "factor", 0.01, 100,
     "price_relief", .fallback = "1", IN_SHOCK(relief)},
};
/* clang-format on */

const size_t shock_field_count = sizeof(shock_fields) / sizeof(*shock_fields);
