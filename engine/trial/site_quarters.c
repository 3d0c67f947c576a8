#include "site_quarters.h"

enum { PLAIN = false, MONEY = true, UNDISCOUNTED = false };

/* clang-format off */
const struct column site_quarter_columns[SITE_QUARTERS] = {
    [SITE_QUARTER_LIST] = {"list", "patients", "patients on the list", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_STATUS] = {"status", "code", "0 open, 1 in caretaker hands, 2 ended: closed or taken over", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_WANTED] = {"wanted", "posts", "posts wanted, filled or not", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_HEADS] = {"heads", "GPs", "GPs in post", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_PARTNERS] = {"partners", "GPs", "partners among them", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_FTE] = {"fte", "fte", "GPs in post", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_PARTNER_FTE] = {"partner_fte", "fte", "partners among them", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_LEAVERS] = {"leavers", "GPs", "GPs who left in the quarter", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_WORKLOAD] = {"workload", "ratio", "demand over capacity", PLAIN, UNDISCOUNTED},
    [SITE_QUARTER_INCOME] = {"income", "GBP/quarter", "core income and price relief", MONEY, UNDISCOUNTED},
    [SITE_QUARTER_COSTS] = {"costs", "GBP/quarter", "all that is paid before partners", MONEY, UNDISCOUNTED},
    [SITE_QUARTER_PROFIT] = {"profit", "GBP/quarter", "profit as partners feel it, before reserves move", MONEY, UNDISCOUNTED},
    [SITE_QUARTER_SHORTAGE] = {"shortage", "0 or 1", "1 where posts are hard to fill, the same for all practices of a trial", PLAIN, UNDISCOUNTED},
};
/* clang-format on */

size_t site_quarters_size(const struct plan *plan)
{
    return plan->stores_sites
               ? plan->forms * SITE_QUARTERS * plan->sites * (size_t)plan->quarters
               : 0;
}
