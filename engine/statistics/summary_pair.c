#include "summary_pair.h"

#include "estimate_pair.h"
#include "summary_parts.h"

#include <math.h>

/* Complete trials, and how many numbers there were to begin with. */
struct complete {
    size_t trials, own, reference;
};

/* Keep of both the trials in which both exist. */
static struct complete keep_complete(const struct summary_pair *pair)
{
    double *a = pair->own, *b = pair->reference;
    struct complete kept = {0};

    for (size_t i = 0; i < pair->n; i++) {
        kept.own += isnan(a[i]) ? 0 : 1;
        kept.reference += isnan(b[i]) ? 0 : 1;
        if (isnan(a[i]) || isnan(b[i]))
            continue;
        a[kept.trials] = a[i];
        b[kept.trials++] = b[i];
    }
    return kept;
}

static void take_sides(const struct sample *sample, struct summary_work *work,
                       struct summary_sides *sides)
{
    const struct estimate_ranks *ranks = summary_ranks_of(
        &work->each, sample->count, beside_confidence(summary_confidence));

    sides->known = true;
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        sides->quantile[i] =
            quantile_side_of(sample, summary_probabilities[i], ranks[i]);
    for (int i = 0; i < SUMMARY_TAILS; i++)
        sides->tail[i] = tail_side_of(sample, summary_tail_level, summary_tail_sign[i]);
}

/* Where they are not known of the same numbers. */
static void find_sides(const double *values, size_t n, struct summary_work *work,
                       struct summary_sides *sides)
{
    const struct sample sample = sample_sort(values, n, work->memory);

    take_sides(&sample, work, sides);
}

/* P(own above zero) less P(reference above zero). */
static struct interval_estimate positive_between(const struct beside *beside)
{
    size_t only_own = 0, only_reference = 0;
    struct interval_estimate e;

    for (size_t i = 0; i < beside->n; i++) {
        const bool own = beside->a[i] > 0.0, reference = beside->b[i] > 0.0;

        only_own += own && !reference;
        only_reference += reference && !own;
    }
    if (beside->n == 0)
        return (struct interval_estimate){NAN, NAN, NAN, NAN, ESTIMATE_FEW};
    e = estimate_share_difference((double)only_own, (double)only_reference,
                                  (double)beside->n, summary_confidence);
    e.flags |= beside_flags(beside);
    return e;
}

/* The difference of means is the mean of differences, which is known. */
static void take_mean(const double *comparison, double *between)
{
    const struct places *at = &summary_mean_places;

    between[at->value] = comparison[at->value];
    between[at->error] = comparison[at->error];
    between[at->low] = comparison[at->low];
    between[at->high] = comparison[at->high];
    between[at->flags] = comparison[at->flags];
}

static void hold_against(const struct beside *beside, const struct summary_sides *own,
                         const struct summary_sides *reference, double *between)
{
    const struct quantile_side *const quantiles[] = {own->quantile,
                                                     reference->quantile};
    const struct tail_side *const tails[] = {own->tail, reference->tail};
    struct interval_estimate quantile[SUMMARY_QUANTILES], tail[SUMMARY_TAILS];

    beside_quantiles(beside, quantiles, SUMMARY_QUANTILES, summary_confidence,
                     quantile);
    beside_tails(beside, tails, SUMMARY_TAILS, summary_confidence, tail);
    between[STATISTIC_SD] = NAN;
    between[STATISTIC_COUNT] = (double)beside->n;
    for (int i = 0; i < SUMMARY_QUANTILES; i++)
        summary_put(quantile[i], summary_quantile_places[i], between);
    for (int i = 0; i < SUMMARY_TAILS; i++)
        summary_put(tail[i], summary_tail_places[i], between);
    summary_put(positive_between(beside), summary_positive_places, between);
}

static struct beside summarise_difference(const struct summary_pair *pair, size_t n,
                                          struct summary_work *work, double *comparison)
{
    const struct sample difference =
        sample_sort_difference(pair->own, pair->reference, n, work->memory);
    const struct beside beside =
        beside_of(pair->own, pair->reference, pair->n - n, &difference);

    summary_of_sorted(&difference, work, comparison);
    summary_add_flags(beside_flags(&beside), comparison);
    return beside;
}

void summary_of_pair(const struct summary_pair *pair, struct summary_work *work,
                     const struct summary_rows *rows)
{
    const struct sample sample = sample_sort(pair->own, pair->n, work->memory);
    struct summary_sides own, part, *reference;
    struct complete kept;
    struct beside beside;

    summary_of_sorted(&sample, work, rows->summary);
    take_sides(&sample, work, &own);
    kept = keep_complete(pair);
    if (kept.trials < kept.own)
        find_sides(pair->own, kept.trials, work, &own);
    reference = kept.trials < kept.reference ? &part : pair->sides;
    if (pair->own == pair->reference)
        *reference = own;
    else if (reference == &part || !reference->known)
        find_sides(pair->reference, kept.trials, work, reference);
    beside = summarise_difference(pair, kept.trials, work, rows->comparison);
    hold_against(&beside, &own, reference, rows->between);
    take_mean(rows->comparison, rows->between);
}
