#include "correlation.h"

#include <math.h>
#include <string.h>

static double between(const struct hr_scenario *scenario, int row, int column)
{
    static const char *const keys[INDICES][INDICES] = {
        [PAY] = {"contract_pay"},
        [PRICES] = {"contract_prices", "pay_prices"},
        [LOCUM] = {"contract_locum", "pay_locum", "prices_locum"},
    };
    const struct setting *setting =
        settings_findf(&scenario->settings, "prices.correlation.%s", keys[row][column]);

    return setting == NULL ? 0.0 : setting->number.a;
}

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

bool correlation_factor(const struct hr_scenario *scenario,
                        double factor[INDICES][INDICES])
{
    memset(factor, 0, INDICES * sizeof(*factor));
    for (int row = 0; row < INDICES; row++) {
        double rest;

        for (int column = 0; column < row; column++)
            factor[row][column] = (between(scenario, row, column) -
                                   dot(factor[row], factor[column], column)) /
                                  factor[column][column];
        rest = 1.0 - dot(factor[row], factor[row], row);
        if (!(rest > 1e-12))
            return false;
        factor[row][row] = sqrt(rest);
    }
    return true;
}
