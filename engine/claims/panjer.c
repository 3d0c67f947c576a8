/* H. H. Panjer, ASTIN Bulletin 12 (1981): for counts with p_k = (a + b/k) p_(k-1),
 *   g_0 = pgf(f_0),  g_s = sum_j (a + b j/s) f_j g_(s-j) / (1 - a f_0).
 * Poisson a = 0, b = mean; negative binomial a = beta/(1+beta), b = (r-1) a. */
#include "panjer.h"

#include <math.h>

void panjer(struct panjer_count count, const double *severity, size_t m, double *total,
            size_t n)
{
    const double mean = count.mean, variance = count.variance;
    const double beta = mean * variance;
    const double a = beta / (1.0 + beta);
    const double b = variance > 0.0 ? (1.0 / variance - 1.0) * a : mean;
    const double rest = 1.0 - severity[0];

    total[0] =
        variance > 0.0 ? pow(1.0 + beta * rest, -1.0 / variance) : exp(-mean * rest);
    for (size_t s = 1; s < n; s++) {
        double sum = 0.0;

        for (size_t j = 1; j < m && j <= s; j++)
            sum += (a + b * (double)j / (double)s) * severity[j] * total[s - j];
        total[s] = sum / (1.0 - a * severity[0]);
    }
}
