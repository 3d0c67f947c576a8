#include "books.h"

#include <inttypes.h>

/* Rounding leaves about a thousandth of this. */
static const double most_imbalance = 1e-12;

static enum hr_status check_form(const struct slab *slab, const struct shape *shape,
                                 size_t form, struct hr_error *error)
{
    const struct plan *plan = shape->plan;
    const double *imbalance =
        slab_row(slab, shape_metric(shape, METRIC_IMBALANCE, form), slab->first);

    for (size_t t = 0; t < slab->trials; t++) {
        if (!(imbalance[t] <= most_imbalance)) /* not a number is no balance either */
            return hr_fail(
                error, HR_NOT_HELD,
                "trial %" PRIu64 " under %s: money does not balance: %.1e of what is "
                "paid in a quarter appears or vanishes, and rounding explains "
                "%.0e at most; nothing was written. Keys far outside what "
                "occurs can do this; otherwise it is a fault of the program",
                slab->first + t, plan->row[plan->form[form].row].name, imbalance[t],
                most_imbalance);
    }
    return HR_OK;
}

enum hr_status books_check(const struct slab *slab, const struct shape *shape,
                           struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t f = 0; f < shape->plan->forms && status == HR_OK; f++)
        status = check_form(slab, shape, f, error);
    return status;
}
