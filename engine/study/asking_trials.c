#include "asking.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void decision_trials_free(struct decision_trials *trials)
{
    free(trials->value);
    free(trials->turned);
    free(trials->which);
    *trials = (struct decision_trials){0};
}

/* Only the first trials, and only the forms compared. */
static void copy_forms(const struct decision *decision,
                       const struct hr_result_values *values,
                       struct decision_trials *trials)
{
    const size_t stored = values->size[values->rank - 1];

    for (size_t f = 0; f < trials->forms; f++)
        memcpy(trials->value + f * trials->trials,
               values->value + decision->form[f] * stored,
               trials->trials * sizeof(double));
}

static void rank_forms(struct decision_trials *trials)
{
    const size_t n = trials->trials;
    const struct alternatives own = {trials->value, trials->forms, n};
    struct alternatives all = {trials->turned, 0, n};

    all.count = alternatives_ranked(&own, trials->exists, trials->which);
    for (size_t i = 0; i < all.count; i++) {
        const double *value = alternatives_of(&own, trials->which[i]);

        for (size_t t = 0; t < n; t++)
            trials->turned[i * n + t] =
                trials->metric.better < 0 ? -value[t] : value[t];
    }
    trials->ranked = alternatives_complete(&all, trials->turned + trials->forms * n);
}

static enum hr_status make_room(struct decision_trials *trials, struct hr_error *error)
{
    const size_t count = trials->forms * trials->trials + 1;

    trials->value = malloc(count * sizeof(double));
    trials->turned = malloc(2 * count * sizeof(double));
    trials->which = calloc(2 * trials->forms, sizeof(*trials->which));
    if (trials->value == NULL || trials->turned == NULL || trials->which == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the trials of %s",
                       trials->metric.name);
    trials->exists = trials->which + trials->forms;
    return HR_OK;
}

static enum hr_status find_data(const struct decision *decision, const char *metric,
                                char path[160], struct decision_trials *trials,
                                struct hr_error *error)
{
    snprintf(path, 160, "/trials/%s", metric);
    if (!hr_metric_find(metric, &trials->metric))
        return hr_fail(
            error, HR_BAD_INPUT,
            "no metric is called %s; the nearest is %s; headroom metrics lists them",
            metric, hr_metric_nearest(metric));
    if (!decision_has(decision->result, path))
        return hr_fail(error, HR_BAD_INPUT,
                       "the result does not hold the trials of %s, so nothing can be "
                       "said of how often one form is better: store.trials of its "
                       "scenario says which it keeps",
                       metric);
    return HR_OK;
}

enum hr_status decision_read(const struct decision *decision, const char *metric,
                             size_t most, struct decision_trials *trials,
                             struct hr_error *error)
{
    struct hr_result_values values;
    char path[160];

    *trials = (struct decision_trials){.forms = decision->forms};
    if (find_data(decision, metric, path, trials, error) != HR_OK ||
        hr_result_values(decision->result, path, &values, error) != HR_OK)
        return error->status;
    trials->trials = values.size[values.rank - 1];
    if (most > 0 && trials->trials > most)
        trials->trials = most;
    if (make_room(trials, error) == HR_OK) {
        copy_forms(decision, &values, trials);
        rank_forms(trials);
    }
    hr_result_release(decision->result, path);
    if (trials->exists != NULL)
        return HR_OK;
    decision_trials_free(trials);
    return error->status;
}

void decision_difference(const struct alternatives *ranked, size_t a, size_t b,
                         double *difference)
{
    const double *first = alternatives_of(ranked, a);
    const double *second = alternatives_of(ranked, b);

    for (size_t t = 0; t < ranked->trials; t++)
        difference[t] = first[t] - second[t];
}
