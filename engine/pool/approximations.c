#include "approximations.h"

#include "beta_gamma.h"
#include "elementary.h"

double normal_approximation(const struct claim_moments *moments, double p)
{
    return 1.0 + claim_moments_cv(moments) * normal_quantile(p);
}

double normal_power_approximation(const struct claim_moments *moments, double p)
{
    const double z = normal_quantile(p);
    const double g1 = claim_moments_skewness(moments);

    return 1.0 + claim_moments_cv(moments) * (z + g1 * (z * z - 1.0) / 6.0);
}

double cornish_fisher_approximation(const struct claim_moments *moments, double p)
{
    const double z = normal_quantile(p);
    const double g1 = claim_moments_skewness(moments);
    const double g2 = claim_moments_excess_kurtosis(moments);

    return normal_power_approximation(moments, p) +
           claim_moments_cv(moments) * (g2 * z * (z * z - 3.0) / 24.0 -
                                        g1 * g1 * z * (2.0 * z * z - 5.0) / 36.0);
}

double shifted_gamma_approximation(const struct claim_moments *moments, double p)
{
    const double g1 = claim_moments_skewness(moments);
    const double shape = 4.0 / (g1 * g1);

    return 1.0 +
           claim_moments_cv(moments) * (gamma_quantile(p, shape) - shape) / sqrt(shape);
}
