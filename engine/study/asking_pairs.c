#include "asking_pairs.h"

#include "moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum hr_status check(const struct decision_trials *trials,
                            struct hr_error *error)
{
    if (trials->metric.better == HR_BETTER_NEITHER)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is better neither way, so no form leads by it",
                       trials->metric.name);
    if (trials->ranked.count < 2 || trials->ranked.trials < 2)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s exists under %zu form%s in %zu trial%s, so there is nothing "
                       "to choose",
                       trials->metric.name, trials->ranked.count,
                       trials->ranked.count == 1 ? "" : "s", trials->ranked.trials,
                       trials->ranked.trials == 1 ? "" : "s");
    return HR_OK;
}

static bool find_ranked(const struct decision *decision,
                        const struct decision_trials *trials, const char *name,
                        size_t length, size_t *place)
{
    for (size_t i = 0; i < trials->ranked.count; i++) {
        const char *form = pairs_name(decision, trials, i);

        if (strlen(form) == length && strncmp(form, name, length) == 0) {
            *place = i;
            return true;
        }
    }
    return false;
}

static enum hr_status read_pair(const struct decision *decision,
                                const struct decision_trials *trials, struct pair *pair,
                                struct hr_error *error)
{
    const char *text = decision->question.pair;
    const char *second = strchr(text, ',');

    if (second == NULL)
        return hr_fail(error, HR_BAD_INPUT, "a pair is two forms with a comma: A,B");
    if (!find_ranked(decision, trials, text, (size_t)(second - text), &pair->a) ||
        !find_ranked(decision, trials, second + 1, strlen(second + 1), &pair->b))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s: %s does not exist often enough under both", text,
                       trials->metric.name);
    if (pair->a == pair->b)
        return hr_fail(error, HR_BAD_INPUT, "%s: a form differs from itself by nothing",
                       text);
    return HR_OK;
}

static double lead_over(const struct alternatives *all, size_t leader, size_t rival)
{
    const struct moments d = moments_of_difference(
        alternatives_of(all, leader), alternatives_of(all, rival), all->trials);
    const double se = moments_se(&d);

    return se > 0.0 ? moments_mean(&d) / se : INFINITY;
}

enum hr_status pairs_of(const struct decision *decision,
                        const struct decision_trials *trials, struct pair *pair,
                        size_t *count, struct hr_error *error)
{
    const struct alternatives *all = &trials->ranked;
    size_t leader;

    *count = 1;
    if (check(trials, error) != HR_OK)
        return error->status;
    if (decision->question.pair != NULL)
        return read_pair(decision, trials, &pair[0], error);
    leader = alternatives_leader(all);
    *count = 0;
    for (size_t i = 0; i < all->count; i++) {
        size_t at = *count;

        if (i == leader)
            continue;
        while (at > 0 &&
               lead_over(all, leader, pair[at - 1].b) > lead_over(all, leader, i)) {
            pair[at] = pair[at - 1];
            at--;
        }
        pair[at] = (struct pair){leader, i};
        (*count)++;
    }
    return HR_OK;
}

enum hr_status pairs_read(const struct decision *decision, size_t most,
                          struct decision_trials *trials, struct pair_list *pairs,
                          struct hr_error *error)
{
    struct hr_metric metric;

    *pairs = (struct pair_list){0};
    if (decision_metric(decision, &metric, error) != HR_OK ||
        decision_read(decision, metric.name, most, trials, error) != HR_OK)
        return error->status;
    pairs->pair = calloc(decision->forms + 1, sizeof(*pairs->pair));
    if (pairs->pair == NULL)
        (void)hr_fail(error, HR_FAILED, "no memory for pairs of forms");
    else if (pairs_of(decision, trials, pairs->pair, &pairs->count, error) == HR_OK)
        return HR_OK;
    free(pairs->pair);
    *pairs = (struct pair_list){0};
    decision_trials_free(trials);
    return error->status;
}

struct ranged pairs_ahead(struct decision *decision, const double *difference, size_t n)
{
    double *memory = malloc((2 * n + 1) * sizeof(*memory));
    struct ranged ahead = {NAN, NAN, NAN};

    decision->set.failed |= memory == NULL;
    if (memory != NULL) {
        const struct sample sample = sample_sort(difference, n, memory);
        const struct interval_estimate mean =
            estimate_mean(&sample, decision->question.confidence);

        ahead = (struct ranged){mean.value, mean.low, mean.high};
    }
    free(memory);
    return ahead;
}
