#include "summary.h"

#include "estimate_points.h"
#include "estimate_stream.h"

#include <math.h>

static const double confidence = 0.95;
static const double probabilities[SUMMARY_QUANTILES] = {0.05, 0.25, 0.50, 0.75, 0.95};

enum { TAILS = 2 };
static const double tail_level = 0.95, tail_sign[TAILS] = {-1.0, 1.0};

/* Where the numbers of an estimate stand. */
struct places {
    enum statistic value, error, low, high, flags;
};

#define PLACES(name, error)                                                            \
    {                                                                                  \
        STATISTIC_##name, STATISTIC_##error, STATISTIC_##name##_LOW,                   \
            STATISTIC_##name##_HIGH, STATISTIC_##name##_FLAGS                          \
    }

static const struct places mean_places = PLACES(MEAN, SE);
static const struct places positive_places = PLACES(P_POSITIVE, P_POSITIVE_ERROR);
static const struct places tail_places[TAILS] = {PLACES(TVAR05, TVAR05_ERROR),
                                                 PLACES(TVAR95, TVAR95_ERROR)};
static const struct places quantile_places[SUMMARY_QUANTILES] = {
    PLACES(Q05, Q05_ERROR), PLACES(Q25, Q25_ERROR), PLACES(Q50, Q50_ERROR),
    PLACES(Q75, Q75_ERROR), PLACES(Q95, Q95_ERROR)};

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
    [STATISTIC_MEAN_LOW] = "mean_low",
    [STATISTIC_MEAN_HIGH] = "mean_high",
    [STATISTIC_MEAN_FLAGS] = "mean_flags",
    [STATISTIC_Q05_LOW] = "q05_low",
    [STATISTIC_Q05_HIGH] = "q05_high",
    [STATISTIC_Q05_FLAGS] = "q05_flags",
    [STATISTIC_Q25_LOW] = "q25_low",
    [STATISTIC_Q25_HIGH] = "q25_high",
    [STATISTIC_Q25_FLAGS] = "q25_flags",
    [STATISTIC_Q50_LOW] = "q50_low",
    [STATISTIC_Q50_HIGH] = "q50_high",
    [STATISTIC_Q50_FLAGS] = "q50_flags",
    [STATISTIC_Q75_LOW] = "q75_low",
    [STATISTIC_Q75_HIGH] = "q75_high",
    [STATISTIC_Q75_FLAGS] = "q75_flags",
    [STATISTIC_Q95_LOW] = "q95_low",
    [STATISTIC_Q95_HIGH] = "q95_high",
    [STATISTIC_Q95_FLAGS] = "q95_flags",
    [STATISTIC_TVAR05] = "tvar05",
    [STATISTIC_TVAR05_ERROR] = "tvar05_error",
    [STATISTIC_TVAR05_LOW] = "tvar05_low",
    [STATISTIC_TVAR05_HIGH] = "tvar05_high",
    [STATISTIC_TVAR05_FLAGS] = "tvar05_flags",
    [STATISTIC_TVAR95] = "tvar95",
    [STATISTIC_TVAR95_ERROR] = "tvar95_error",
    [STATISTIC_TVAR95_LOW] = "tvar95_low",
    [STATISTIC_TVAR95_HIGH] = "tvar95_high",
    [STATISTIC_TVAR95_FLAGS] = "tvar95_flags",
    [STATISTIC_P_POSITIVE_ERROR] = "p_positive_error",
    [STATISTIC_P_POSITIVE_LOW] = "p_positive_low",
    [STATISTIC_P_POSITIVE_HIGH] = "p_positive_high",
    [STATISTIC_P_POSITIVE_FLAGS] = "p_positive_flags",
};

static void put(struct interval_estimate e, struct places at,
                double statistic[STATISTICS])
{
    statistic[at.value] = e.value;
    statistic[at.error] = e.error;
    statistic[at.low] = e.low;
    statistic[at.high] = e.high;
    statistic[at.flags] = e.flags;
}

/* Those of the last summary, if it was of as many numbers. */
static const struct estimate_ranks *ranks_for(struct summary_work *work, size_t count)
{
    for (int i = 0; count > 0 && work->count != count && i < SUMMARY_QUANTILES; i++)
        work->ranks[i] = estimate_ranks_of((double)count, probabilities[i], confidence);
    work->count = count > 0 ? count : work->count;
    return work->ranks;
}

/* Numbers above zero. */
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

static void summarise(const struct sample *sample, struct summary_work *work,
                      double statistic[STATISTICS])
{
    const struct moments moments = moments_of(sample->value, sample->count);
    const struct estimate_ranks *ranks = ranks_for(work, sample->count);
    const double count = (double)sample->count;

    statistic[STATISTIC_SD] = moments_sd(&moments);
    statistic[STATISTIC_COUNT] = count;
    put(estimate_mean(sample, confidence), mean_places, statistic);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        put(estimate_quantile_between(sample, probabilities[i], ranks[i]),
            quantile_places[i], statistic);
    put(estimate_lower_tail(sample, tail_level, confidence), tail_places[0], statistic);
    put(estimate_upper_tail(sample, tail_level, confidence), tail_places[1], statistic);
    put(estimate_share((double)positive_in(sample), count, confidence), positive_places,
        statistic);
}

void summary_of_sample(const double *values, size_t n, struct summary_work *work,
                       double statistic[STATISTICS])
{
    const struct sample sample = sample_sort(values, n, work->memory);

    summarise(&sample, work, statistic);
}

static double flagged(double flags, int more)
{
    return (double)((int)flags | more);
}

void summary_of_difference(const struct estimate_pair *pair, struct summary_work *work,
                           double statistic[STATISTICS])
{
    const int flags = estimate_pair_flags(pair);
    double *const of = statistic;

    summarise(&pair->sorted_difference, work, statistic);
    of[mean_places.flags] = flagged(of[mean_places.flags], flags);
    of[positive_places.flags] = flagged(of[positive_places.flags], flags);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        of[quantile_places[i].flags] = flagged(of[quantile_places[i].flags], flags);
    for (int i = 0; i < TAILS; i++)
        of[tail_places[i].flags] = flagged(of[tail_places[i].flags], flags);
}

/* P(a above zero) less P(b above zero). */
static struct interval_estimate positive_between(const struct estimate_pair *pair)
{
    double only_a = 0.0, only_b = 0.0;
    struct interval_estimate e;

    for (size_t i = 0; i < pair->n; i++) {
        only_a += pair->a[i] > 0.0 && !(pair->b[i] > 0.0);
        only_b += pair->b[i] > 0.0 && !(pair->a[i] > 0.0);
    }
    if (pair->n == 0)
        return (struct interval_estimate){NAN, NAN, NAN, NAN, ESTIMATE_FEW};
    e = estimate_share_difference(only_a, only_b, (double)pair->n, confidence);
    e.flags |= estimate_pair_flags(pair);
    return e;
}

void summary_between(const struct estimate_pair *pair, double statistic[STATISTICS])
{
    statistic[STATISTIC_SD] = NAN;
    statistic[STATISTIC_COUNT] = (double)pair->n;
    put(estimate_mean_difference(pair, confidence), mean_places, statistic);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        put(estimate_quantile_difference(pair, probabilities[i], confidence),
            quantile_places[i], statistic);
    for (int i = 0; i < TAILS; i++)
        put(estimate_tail_difference(pair, tail_level, tail_sign[i] < 0.0, confidence),
            tail_places[i], statistic);
    put(positive_between(pair), positive_places, statistic);
}

void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       struct summary_work *work, double statistic[STATISTICS])
{
    const struct estimate_ranks *ranks = ranks_for(work, histogram->count);
    struct stream stream;

    stream_of(moments, histogram, &stream);
    statistic[STATISTIC_SD] = moments_sd(moments);
    statistic[STATISTIC_COUNT] = (double)moments->count;
    put(stream_mean(&stream, confidence), mean_places, statistic);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        put(stream_quantile(&stream, probabilities[i], ranks[i]), quantile_places[i],
            statistic);
    for (int i = 0; i < TAILS; i++)
        put(stream_tail(&stream, tail_level, tail_sign[i], confidence), tail_places[i],
            statistic);
    put(stream_positive(&stream, confidence), positive_places, statistic);
}
