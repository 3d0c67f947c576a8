#include "distribution.h"

#include "distribution_laws.h"
#include "elementary.h"

#include <stdio.h>

const char *distribution_name(enum distribution_kind kind)
{
    return distribution_laws[kind].name;
}

int distribution_kind_of(const char *name)
{
    for (int kind = 0; kind < DISTRIBUTIONS; kind++) {
        if (strcmp(distribution_laws[kind].name, name) == 0)
            return kind;
    }
    return -1;
}

const char *distribution_names(char text[DISTRIBUTION_NAMES])
{
    size_t n = 0;

    for (int kind = FIXED + 1; kind < DISTRIBUTIONS && n < DISTRIBUTION_NAMES; kind++)
        n += (size_t)snprintf(text + n, DISTRIBUTION_NAMES - n, "%s%s",
                              n == 0 ? "" : ", ", distribution_laws[kind].name);
    return text;
}

static double cdf(const struct distribution *d, double x)
{
    if (isinf(x))
        return x > 0.0 ? 1.0 : 0.0;
    return distribution_laws[d->kind].cdf(d, x);
}

static double discrete_quantile(const struct distribution *d, double u)
{
    double total = 0.0;
    double sum = 0.0;

    for (int i = 0; i < d->count; i++)
        total += d->weight[i];
    for (int i = 0; i < d->count; i++) {
        sum += d->weight[i];
        if (u * total < sum)
            return d->value[i];
    }
    return d->value[d->count - 1];
}

double distribution_quantile(const struct distribution *distribution, double u)
{
    const struct distribution *d = distribution;

    if (d->kind == FIXED)
        return d->a;
    if (d->kind == DISCRETE)
        return discrete_quantile(d, u);
    return within(distribution_laws[d->kind].quantile(d, d->mass_below + u * d->mass),
                  d->low, d->high);
}

bool distribution_is_smooth(const struct distribution *distribution)
{
    const struct distribution_law *law = &distribution_laws[distribution->kind];

    return law->is_smooth != NULL && law->is_smooth(distribution);
}

void distribution_follow(struct distribution *distribution,
                         struct quantile_curve *curve)
{
    const struct distribution_law *law = &distribution_laws[distribution->kind];

    if (law->draw != NULL)
        law->draw(distribution, curve);
    distribution->curve = curve;
}

double distribution_upper_end(const struct distribution *distribution)
{
    const struct distribution_law *law = &distribution_laws[distribution->kind];

    return law->end == NULL ? distribution->high
                            : smaller(law->end(distribution), distribution->high);
}

/* Ascending values, so that a quantile rises with its probability. */
static void sort_discrete(struct distribution *d)
{
    for (int i = 1; i < d->count; i++) {
        const double value = d->value[i], weight = d->weight[i];
        int j = i;

        for (; j > 0 && d->value[j - 1] > value; j--) {
            d->value[j] = d->value[j - 1];
            d->weight[j] = d->weight[j - 1];
        }
        d->value[j] = value;
        d->weight[j] = weight;
    }
}

static enum hr_status check_discrete(struct distribution *d, struct hr_error *error)
{
    double total = 0.0;

    sort_discrete(d);

    for (int i = 0; i < d->count; i++) {
        if (!(d->value[i] >= d->low && d->value[i] <= d->high))
            return hr_fail(error, HR_BAD_INPUT, "%g is outside [%g, %g]", d->value[i],
                           d->low, d->high);
        if (!(d->weight[i] >= 0.0))
            return hr_fail(error, HR_BAD_INPUT, "the weight %g is negative",
                           d->weight[i]);
        total += d->weight[i];
    }
    if (!(total > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "its weights sum to 0");
    return HR_OK;
}

static enum hr_status check_fixed(const struct distribution *d, struct hr_error *error)
{
    if (d->a >= d->low && d->a <= d->high)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT, "%g is outside [%g, %g]", d->a, d->low,
                   d->high);
}

enum hr_status distribution_truncate(struct distribution *distribution, double low,
                                     double high, struct hr_error *error)
{
    struct distribution *d = distribution;
    const struct distribution_law *law = &distribution_laws[d->kind];
    const char *fault = law->fault == NULL ? NULL : law->fault(d);

    d->low = low;
    d->high = high;
    if (fault != NULL)
        return hr_fail(error, HR_BAD_INPUT, "%s: %s", law->name, fault);
    if (d->kind == DISCRETE)
        return check_discrete(d, error);
    if (d->kind == FIXED)
        return check_fixed(d, error);
    d->mass_below = cdf(d, low);
    d->mass = cdf(d, high) - d->mass_below;
    if (!(d->mass > 1e-9))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s: has no mass within the key's range [%g, %g]", law->name,
                       low, high);
    return HR_OK;
}
