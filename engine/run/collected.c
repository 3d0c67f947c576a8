#include "collected.h"

#include <stdlib.h>

static size_t site_sums(const struct plan *plan)
{
    return plan->forms * plan->sites * SITE_METRICS;
}

/* Places of the values that differ between trials; returns how many. */
static size_t find_drawn(const struct plan *plan, size_t *places)
{
    size_t count = 0;

    for (size_t v = 0; v < plan->values; v++) {
        if (plan->value[v].distribution.kind == FIXED)
            continue;
        if (places != NULL)
            places[count] = v;
        count++;
    }
    return count;
}

enum hr_status collected_init(struct collected *collected, const struct plan *plan,
                              size_t trials, struct hr_error *error)
{
    const size_t drawn = find_drawn(plan, NULL);
    const size_t paths = collected_paths(plan), sites = site_sums(plan);
    struct collected *c = collected;

    *c = (struct collected){
        .trials = trials,
        .forms = plan->forms,
        .sites = plan->sites,
        .quarters = (size_t)plan->quarters,
        .drawn = drawn,
        .drawn_value = calloc(drawn + 1, sizeof(size_t)),
        .metric = malloc(METRICS * plan->forms * trials * sizeof(double)),
        .parameter = malloc((drawn * trials + 1) * sizeof(double)),
        .near_ties = malloc(trials * sizeof(double)),
        .series = calloc(paths, sizeof(struct moments)),
        .site = calloc(sites, sizeof(struct moments)),
        .site_difference = calloc(sites, sizeof(struct moments)),
    };
    if (c->drawn_value == NULL || c->metric == NULL || c->parameter == NULL ||
        c->near_ties == NULL || c->series == NULL || c->site == NULL ||
        c->site_difference == NULL) {
        collected_free(c);
        return hr_fail(error, HR_FAILED, "no memory for the results of %zu trials",
                       trials);
    }
    find_drawn(plan, c->drawn_value);
    return HR_OK;
}

void collected_free(struct collected *collected)
{
    free(collected->drawn_value);
    free(collected->metric);
    free(collected->parameter);
    free(collected->near_ties);
    free(collected->series);
    free(collected->histogram);
    free(collected->site);
    free(collected->site_difference);
    *collected = (struct collected){0};
}

enum hr_status collected_part_init(struct collected_part *part, const struct plan *plan,
                                   struct hr_error *error)
{
    const size_t paths = collected_paths(plan), sites = site_sums(plan);

    part->series = calloc(paths + 2 * sites, sizeof(struct moments));
    if (part->series == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the sums of a block");
    part->site = part->series + paths;
    part->site_difference = part->site + sites;
    return HR_OK;
}

void collected_part_free(struct collected_part *part)
{
    free(part->series);
    *part = (struct collected_part){0};
}

enum hr_status collected_counts_init(struct collected_counts *counts,
                                     const struct plan *plan, struct hr_error *error)
{
    const size_t paths = collected_paths(plan);

    *counts = (struct collected_counts){
        .histogram = calloc(paths, sizeof(struct histogram)),
        .waiting = malloc(paths * COLLECTED_WAITING * sizeof(double)),
        .paths = paths,
    };
    if (counts->histogram != NULL && counts->waiting != NULL)
        return HR_OK;
    collected_counts_free(counts);
    return hr_fail(error, HR_FAILED, "no memory for a thread's histograms");
}

void collected_counts_free(struct collected_counts *counts)
{
    free(counts->histogram);
    free(counts->waiting);
    *counts = (struct collected_counts){0};
}

static void store(const struct block *block, const struct lanes *lanes, double *to)
{
    for (int i = 0; i < block->count; i++)
        to[i] = lanes->at[i];
}

void collected_store(struct collected *collected, const struct block *block)
{
    const size_t first = (size_t)block->source.first;
    const size_t trials = collected->trials, forms = collected->forms;

    for (size_t m = 0; m < METRICS; m++) {
        for (size_t f = 0; f < forms; f++)
            store(block, &block->metric[f * METRICS + m],
                  &collected->metric[(m * forms + f) * trials + first]);
    }
    for (size_t d = 0; d < collected->drawn; d++)
        store(block, &block->value[collected->drawn_value[d]],
              &collected->parameter[d * trials + first]);
    store(block, &block->near_ties, &collected->near_ties[first]);
}

void collected_sum(const struct block *block, struct collected_part *part)
{
    const struct plan *plan = block->plan;
    const size_t paths = collected_paths(plan);
    const size_t per_form = plan->sites * SITE_METRICS;
    const size_t count = (size_t)block->count;
    const struct lanes *reference =
        &block->site_metric[(size_t)plan->reference * per_form];

    for (size_t k = 0; k < paths; k++)
        part->series[k] = moments_of(block->series[k].at, count);
    for (size_t k = 0; k < plan->forms * per_form; k++) {
        const double *own = block->site_metric[k].at;

        part->site[k] = moments_of(own, count);
        part->site_difference[k] =
            moments_of_difference(own, reference[k % per_form].at, count);
    }
}

static void count_waiting(struct collected_counts *counts)
{
    for (size_t k = 0; k < counts->paths; k++)
        histogram_add(&counts->histogram[k], &counts->waiting[k * COLLECTED_WAITING],
                      counts->count);
    counts->count = 0;
}

void collected_count(const struct block *block, struct collected_counts *counts)
{
    double *waiting = &counts->waiting[counts->count];

    for (size_t k = 0; k < counts->paths; k++)
        store(block, &block->series[k], &waiting[k * COLLECTED_WAITING]);
    counts->count += (size_t)block->count;
    if (counts->count + LANES > COLLECTED_WAITING)
        count_waiting(counts);
}

void collected_take(struct collected *collected, struct collected_counts *counts)
{
    count_waiting(counts);
    if (collected->histogram == NULL) {
        collected->histogram = counts->histogram;
        counts->histogram = NULL;
    }
    for (size_t k = 0; k < counts->paths && counts->histogram != NULL; k++)
        histogram_merge(&collected->histogram[k], &counts->histogram[k]);
    collected_counts_free(counts);
}

void collected_merge(struct collected *collected, const struct collected_part *part)
{
    const size_t paths = collected->forms * SERIES_COUNT * collected->quarters;
    const size_t sites = collected->forms * collected->sites * SITE_METRICS;

    for (size_t k = 0; k < paths; k++)
        moments_merge(&collected->series[k], &part->series[k]);
    for (size_t k = 0; k < sites; k++) {
        moments_merge(&collected->site[k], &part->site[k]);
        moments_merge(&collected->site_difference[k], &part->site_difference[k]);
    }
}
