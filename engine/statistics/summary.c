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

static void estimate_into(struct estimate quantile, int i, double statistic[STATISTICS])
{
    statistic[STATISTIC_Q05 + i] = quantile.value;
    statistic[STATISTIC_Q05_ERROR + i] = quantile.error;
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
    for (int i = 0; i < QUANTILES; i++)
        estimate_into(sample_quantile(sample, probabilities[i]), i, statistic);
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

/* As of a stored sample, and half the bin in which the quantile lies. */
static struct estimate stream_quantile(const struct histogram *histogram, double p)
{
    struct rank_interval ranks;
    struct binned_quantile at;
    double width;

    if (histogram->count == 0)
        return (struct estimate){NAN, NAN};
    ranks = sample_rank_interval(histogram->count, p);
    at = histogram_rank(histogram, ranks.rank);
    width = histogram_rank(histogram, ranks.high).value -
            histogram_rank(histogram, ranks.low).value;
    return (struct estimate){
        at.value,
        histogram->count > 1 ? width / ranks.sds + at.error : NAN,
    };
}

void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       double statistic[STATISTICS])
{
    moments_into(moments, statistic);
    for (int i = 0; i < QUANTILES; i++)
        estimate_into(stream_quantile(histogram, probabilities[i]), i, statistic);
    statistic[STATISTIC_P_POSITIVE] =
        share_of(histogram_positive(histogram), histogram->count);
}
