#include "books.h"

/* Rounding leaves about a thousandth of this. */
static const double most_imbalance = 1e-12;

enum hr_status books_check(const struct plan *plan, size_t trials,
                           const double *imbalance, struct hr_error *error)
{
    for (size_t k = 0; k < plan->forms * trials; k++) {
        if (!(imbalance[k] <= most_imbalance)) /* not a number is no balance either */
            return hr_fail(
                error, HR_NOT_HELD,
                "trial %zu under %s: money does not balance: %.1e of what is "
                "paid in a quarter appears or vanishes, and rounding explains "
                "%.0e at most; nothing was written. Keys far outside what "
                "occurs can do this; otherwise it is a fault of the program",
                k % trials, plan->row[plan->form[k / trials].row].name, imbalance[k],
                most_imbalance);
    }
    return HR_OK;
}
