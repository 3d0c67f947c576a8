#include "running.h"

#include "moments.h"

#include <stdio.h>
#include <stdlib.h>

static enum hr_status run_variant(const struct running *r,
                                  const struct hr_scenario *variant,
                                  struct tried *point, struct hr_error *error)
{
    struct moments moments;

    point->difference = malloc((r->trials + 1) * sizeof(double));
    if (point->difference == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    if (trying_difference(&r->choice.trying, variant, point->difference, error) !=
        HR_OK)
        return error->status;
    moments = moments_of(point->difference, r->trials);
    point->mean = moments_mean(&moments);
    point->se = moments_se(&moments);
    return HR_OK;
}

/* The key is set as a scenario says it, before it is uplifted. */
enum hr_status running_try(struct running *r, double x, struct hr_error *error)
{
    struct hr_scenario *variant = NULL;
    struct tried *point = &r->point[r->points];
    char text[320];
    const char *change = text;
    enum hr_status status;

    snprintf(text, sizeof(text), "%.256s=%.17g", r->key, x / r->uplift);
    status = trying_vary(r->base, &change, 1, &variant, error);
    if (status == HR_OK) {
        *point = (struct tried){.x = x};
        r->points++;
        status = run_variant(r, variant, point, error);
    }
    hr_scenario_free(variant);
    return status;
}
