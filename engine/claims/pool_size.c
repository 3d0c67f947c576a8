/* The smallest list that meets a target, by bisection on the exact law. */
#include "pool.h"

#include <math.h>

static const double fewest = 100.0, most = 1e7;

enum { POINTS = 14 };

static enum hr_status chance_at(const struct pool *pool, double people, double loss,
                                double *chance, struct hr_error *error)
{
    struct pool_laws laws[2] = {{.has_gross = false}};
    struct pool_chance got = {0};
    enum hr_status status = pool_laws_init(&laws[0], pool, people, POINTS - 1, error);

    if (status == HR_OK)
        status = pool_laws_init(&laws[1], pool, people, POINTS, error);
    if (status == HR_OK)
        status = pool_chance(laws, POOL_AFTER, people, loss, &got, error);
    pool_laws_free(&laws[0]);
    pool_laws_free(&laws[1]);
    *chance = got.chance;
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
