#include "persistence.h"

#include "elementary.h"

enum hr_status persistence_check(const struct persistence *persistence,
                                 struct hr_error *error)
{
    if (!(persistence->sd >= 0.0 && persistence->sd <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a persistent cost factor of sd %g is outside [0, 1]",
                       persistence->sd);
    if (!(persistence->phi >= 0.0 && persistence->phi < 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a year-to-year correlation of %g is outside [0, 1)",
                       persistence->phi);
    return HR_OK;
}

double persistence_start(const struct persistence *persistence, double u)
{
    return persistence->sd * normal_quantile(u);
}

double persistence_next(const struct persistence *persistence, double x, double u)
{
    const double phi = persistence->phi;

    return phi * x + persistence->sd * sqrt(1.0 - phi * phi) * normal_quantile(u);
}

double persistence_factor(const struct persistence *persistence, double x)
{
    return exp_of(x - 0.5 * persistence->sd * persistence->sd);
}
