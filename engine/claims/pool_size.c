/* The smallest list that meets a target, by bisection on the exact law. */
#include "pool.h"

#include "exact.h"

#include <math.h>

static const double fewest = 100.0, most = 1e7;

enum { POINTS = 14 };

static enum hr_status chance_on(const struct pool *pool, double people, int points,
                                double loss, double *chance, struct hr_error *error)
{
    struct pool_laws laws;
    const enum hr_status status = pool_laws_init(&laws, pool, people, points, error);

    if (status != HR_OK)
        return status;
    *chance = settled_above(&laws.side[POOL_AFTER], loss);
    pool_laws_free(&laws);
    return HR_OK;
}

static enum hr_status chance_at(const struct pool *pool, double people, double loss,
                                double *chance, struct hr_error *error)
{
    double coarse = 0.0, fine = 0.0;
    enum hr_status status = chance_on(pool, people, POINTS - 1, loss, &coarse, error);

    if (status == HR_OK)
        status = chance_on(pool, people, POINTS, loss, &fine, error);
    *chance = exact_extrapolated(coarse, fine);
    return status;
}

enum hr_status hr_pool_size(const struct hr_pool_terms *terms, double loss,
                            double chance, double *people, struct hr_error *error)
{
    double low = fewest, high = most, got = 0.0;
    struct pool pool;
    enum hr_status status = pool_init(&pool, terms, error);

    if (status != HR_OK)
        return status;
    status = chance_at(&pool, high, loss, &got, error);
    if (status == HR_OK && got > chance)
        status = hr_fail(error, HR_BAD_INPUT,
                         "even %.0f people have a chance of %.3g to lose more than %g "
                         "of the budget: what they share does not diversify",
                         high, got, loss);
    while (status == HR_OK && high / low > 1.0001) {
        const double middle = rint(sqrt(low * high));

        if (middle <= low || middle >= high)
            break;
        status = chance_at(&pool, middle, loss, &got, error);
        if (got > chance)
            low = middle;
        else
            high = middle;
    }
    *people = high;
    pool_free(&pool);
    return status;
}
