#include "score.h"

#include "elementary.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { PAIRS = 64, HALVINGS = 60 };

/* The share of a number with a normal error that lies below a value. */
static double below(double number, struct observation seen)
{
    if (seen.error > 0.0)
        return normal_cdf((seen.value - number) / seen.error);
    if (number == seen.value)
        return 0.5;
    return number < seen.value ? 1.0 : 0.0;
}

double score_pit(const double *forecast, size_t n, struct observation seen)
{
    double sum = 0.5;

    for (size_t i = 0; i < n; i++)
        sum += below(forecast[i], seen);
    return sum / ((double)n + 1.0);
}

/* Without an error the distribution is a staircase: the value in the middle of a step.
 */
static double at_step(const double *sorted, size_t n, double p)
{
    const double place = p * ((double)n + 1.0) - 0.5;
    const double last = (double)n - 1.0;
    const double rank = fmin(fmax(place - 0.5, 0.0), last);
    const size_t low = (size_t)rank;
    const size_t high = low + 1 < n ? low + 1 : low;

    return sorted[low] + (rank - (double)low) * (sorted[high] - sorted[low]);
}

double score_quantile(const double *sorted, size_t n, double p, double error)
{
    double low, high;

    if (!(error > 0.0))
        return at_step(sorted, n, p);
    low = sorted[0] - 10.0 * error;
    high = sorted[n - 1] + 10.0 * error;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = 0.5 * (low + high);

        if (score_pit(sorted, n, (struct observation){middle, error}) < p)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* Mean of |x| where x is normal. */
static double mean_distance(double mean, double sd)
{
    const double z = sd > 0.0 ? mean / sd : 0.0;

    if (!(sd > 0.0))
        return fabs(mean);
    return mean * (2.0 * normal_cdf(z) - 1.0) +
           2.0 * sd * exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
}

static double spread(const double *forecast, size_t n, double error)
{
    const size_t most = n - 1 < PAIRS ? n - 1 : PAIRS;
    double sum = 0.0;

    for (size_t apart = 1; apart <= most; apart++) {
        for (size_t i = 0; i < n; i++)
            sum +=
                mean_distance(forecast[i] - forecast[(i + apart) % n], error * M_SQRT2);
    }
    return most == 0 ? 0.0 : sum / ((double)n * (double)most);
}

double score_crps(const double *forecast, size_t n, struct observation seen)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += mean_distance(seen.value - forecast[i], seen.error);
    return sum / (double)n - 0.5 * spread(forecast, n, seen.error);
}

double score_crps_normal(double mean, double sd, struct observation seen)
{
    const double own = hypot(sd, seen.error);

    return mean_distance(seen.value - mean, own) - own / sqrt(M_PI);
}

double score_at_least(size_t k, size_t n, double p)
{
    return k == 0 ? 1.0 : gsl_cdf_binomial_Q((unsigned)k - 1, p, (unsigned)n);
}
