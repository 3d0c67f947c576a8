#include "summary_parts.h"

#include "estimate.h"
#include "estimate_points.h"
#include "estimate_stream.h"

#include <math.h>

const double summary_confidence = 0.95, summary_tail_level = 0.95;
const double summary_probabilities[SUMMARY_QUANTILES] = {0.05, 0.25, 0.50, 0.75, 0.95};
const double summary_tail_sign[SUMMARY_TAILS] = {-1.0, 1.0};

#define PLACES(name, error)                                                            \
    {                                                                                  \
        STATISTIC_##name, STATISTIC_##error, STATISTIC_##name##_LOW,                   \
            STATISTIC_##name##_HIGH, STATISTIC_##name##_FLAGS                          \
    }

const struct places summary_mean_places = PLACES(MEAN, SE);
const struct places summary_positive_places = PLACES(P_POSITIVE, P_POSITIVE_ERROR);
const struct places summary_tail_places[SUMMARY_TAILS] = {PLACES(TVAR05, TVAR05_ERROR),
                                                          PLACES(TVAR95, TVAR95_ERROR)};
const struct places summary_quantile_places[SUMMARY_QUANTILES] = {
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

void summary_put(struct interval_estimate estimate, struct places at,
                 double statistic[STATISTICS])
{
    statistic[at.value] = estimate.value;
    statistic[at.error] = estimate.error;
    statistic[at.low] = estimate.low;
    statistic[at.high] = estimate.high;
    statistic[at.flags] = estimate.flags;
}

static void add_flags(int more, double *flags)
{
    *flags = (double)((int)*flags | more);
}

void summary_add_flags(int flags, double statistic[STATISTICS])
{
    add_flags(flags, &statistic[summary_mean_places.flags]);
    add_flags(flags, &statistic[summary_positive_places.flags]);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        add_flags(flags, &statistic[summary_quantile_places[i].flags]);
    for (int i = 0; i < SUMMARY_TAILS; i++)
        add_flags(flags, &statistic[summary_tail_places[i].flags]);
}

const struct estimate_ranks *summary_ranks_of(struct summary_ranks *known, size_t count,
                                              double confidence)
{
    for (int i = 0; count > 0 && known->count != count && i < SUMMARY_QUANTILES; i++)
        known->ranks[i] =
            estimate_ranks_of((double)count, summary_probabilities[i], confidence);
    known->count = count > 0 ? count : known->count;
    return known->ranks;
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

void summary_of_sorted(const struct sample *sample, struct summary_work *work,
                       double statistic[STATISTICS])
{
    const struct moments moments = moments_of(sample->value, sample->count);
    const struct estimate_ranks *ranks =
        summary_ranks_of(&work->whole, sample->count, summary_confidence);
    const double count = (double)sample->count;

    statistic[STATISTIC_SD] = moments_sd(&moments);
    statistic[STATISTIC_COUNT] = count;
    summary_put(estimate_mean_given(sample, &moments, summary_confidence),
                summary_mean_places, statistic);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        summary_put(
            estimate_quantile_between(sample, summary_probabilities[i], ranks[i]),
            summary_quantile_places[i], statistic);
    summary_put(estimate_lower_tail(sample, summary_tail_level, summary_confidence),
                summary_tail_places[0], statistic);
    summary_put(estimate_upper_tail(sample, summary_tail_level, summary_confidence),
                summary_tail_places[1], statistic);
    summary_put(estimate_share((double)positive_in(sample), count, summary_confidence),
                summary_positive_places, statistic);
}

void summary_of_sample(const double *values, size_t n, struct summary_work *work,
                       double statistic[STATISTICS])
{
    const struct sample sample = sample_sort(values, n, work->memory);

    summary_of_sorted(&sample, work, statistic);
}

void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       struct summary_work *work, double statistic[STATISTICS])
{
    const struct estimate_ranks *ranks =
        summary_ranks_of(&work->whole, histogram->count, summary_confidence);
    struct stream stream;

    stream_of(moments, histogram, &stream);
    statistic[STATISTIC_SD] = moments_sd(moments);
    statistic[STATISTIC_COUNT] = (double)moments->count;
    summary_put(stream_mean(&stream, summary_confidence), summary_mean_places,
                statistic);
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        summary_put(stream_quantile(&stream, summary_probabilities[i], ranks[i]),
                    summary_quantile_places[i], statistic);
    for (int i = 0; i < SUMMARY_TAILS; i++)
        summary_put(stream_tail(&stream, summary_tail_level, summary_tail_sign[i],
                                summary_confidence),
                    summary_tail_places[i], statistic);
    summary_put(stream_positive(&stream, summary_confidence), summary_positive_places,
                statistic);
}
