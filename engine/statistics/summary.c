#include "summary.h"

#include "sample.h"

#include <math.h>

enum { QUANTILES = 5 };

static const double probabilities[QUANTILES] = {0.05, 0.25, 0.50, 0.75, 0.95};

const char *const statistic_names[STATISTICS] = {
    [STATISTIC_MEAN] = "mean",
    [STATISTIC_SD] = "sd",
    [STATISTIC_SE] = "se",
    [STATISTIC_Q05] = "q05",
    [STATISTIC_Q25] = "q25",
    [STATISTIC_Q50] = "q50",
    [STATISTIC_Q75] = "q75",
    [STATISTIC_Q95] = "q95",
    [STATISTIC_Q05_ERROR] = "q05_error",
    [STATISTIC_Q25_ERROR] = "q25_error",
    [STATISTIC_Q50_ERROR] = "q50_error",
    [STATISTIC_Q75_ERROR] = "q75_error",
    [STATISTIC_Q95_ERROR] = "q95_error",
    [STATISTIC_P_POSITIVE] = "p_positive",
    [STATISTIC_COUNT] = "count",
};

static void moments_into(const struct moments *moments, double statistic[STATISTICS])
{
    statistic[STATISTIC_MEAN] = moments_mean(moments);
    statistic[STATISTIC_SD] = moments_sd(moments);
    statistic[STATISTIC_SE] = moments_se(moments);
    statistic[STATISTIC_COUNT] = (double)moments->count;
}

static double share_of(size_t part, size_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

static size_t positive_in(const struct sample *sample)
{
    size_t low = 0, high = sample->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (sample->value[middle] > 0.0)
            high = middle;
        else
            low = middle + 1;
    }
    return sample->count - low;
}

static void summarise(const struct sample *sample, double statistic[STATISTICS])
{
    const struct moments moments = moments_of(sample->value, sample->count);

    moments_into(&moments, statistic);
    for (int i = 0; i < QUANTILES; i++) {
        const struct estimate quantile = sample_quantile(sample, probabilities[i]);

        statistic[STATISTIC_Q05 + i] = quantile.value;
        statistic[STATISTIC_Q05_ERROR + i] = quantile.error;
    }
    statistic[STATISTIC_P_POSITIVE] = share_of(positive_in(sample), sample->count);
}

void summary_of_sample(const double *values, size_t n, double *memory,
                       double statistic[STATISTICS])
{
    const struct sample sample = sample_sort(values, n, memory);

    summarise(&sample, statistic);
}

void summary_of_difference(const double *a, const double *b, size_t n, double *memory,
                           double statistic[STATISTICS])
{
    const struct sample sample = sample_sort_difference(a, b, n, memory);

    summarise(&sample, statistic);
}

/* As for a stored sample, the ranks two standard deviations to either side are four
 * standard errors apart; clamped to the ranks there are. */
static double stream_error(const struct histogram *histogram, double rank, double p)
{
    const double n = (double)histogram->count;
    const double reach = 2.0 * sqrt(n * p * (1.0 - p));
    const double low = fmax(rank - reach, 0.0), high = fmin(rank + reach, n - 1.0);
    const double sds = 2.0 * (high - low) / reach;

    if (histogram->count < 2)
        return NAN;
    return (histogram_rank(histogram, high).value -
            histogram_rank(histogram, low).value) /
           sds;
}

void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       double statistic[STATISTICS])
{
    const double last = (double)histogram->count - 1.0;

    moments_into(moments, statistic);
    for (int i = 0; i < QUANTILES; i++) {
        const double rank = probabilities[i] * last;
        const struct binned_quantile quantile = histogram_rank(histogram, rank);

        statistic[STATISTIC_Q05 + i] = quantile.value;
        statistic[STATISTIC_Q05_ERROR + i] =
            quantile.error + stream_error(histogram, rank, probabilities[i]);
    }
    statistic[STATISTIC_P_POSITIVE] =
        share_of(histogram_positive(histogram), histogram->count);
}
