#include "assemble_parts.h"

#include "columns.h"
#include "summary.h"

#include <stdlib.h>
#include <string.h>

/* A metric of one form: its trials. */
static const double *trials_of(const struct outcome *outcome, size_t metric,
                               size_t form)
{
    return &outcome->metrics.value[(metric * outcome->forms + form) * outcome->trials];
}

static void add_metric(struct assembly *a, size_t metric, const char *group,
                       const double *value)
{
    const struct column *column = &a->outcome->metrics.column[metric];

    columns_add_own(a->set, result_set_name(a->set, "/%s/%s", group, column->name),
                    column, value);
}

/* Statistics of each form, or of each form's difference from the reference. */
static double *statistics_of(struct assembly *a, size_t metric, bool difference,
                             double *memory)
{
    const struct outcome *outcome = a->outcome;
    double *value = result_set_numbers(a->set, outcome->forms * STATISTICS);

    for (size_t f = 0; value != NULL && f < outcome->forms; f++) {
        const double *own = trials_of(outcome, metric, f);

        if (difference)
            summary_of_difference(own, trials_of(outcome, metric, outcome->reference),
                                  outcome->trials, memory, &value[f * STATISTICS]);
        else
            summary_of_sample(own, outcome->trials, memory, &value[f * STATISTICS]);
    }
    return value;
}

/* The bearers' net positions are the first metrics; here they stand side by side. */
static void add_bearers(struct assembly *a, const double *const *summary)
{
    const struct outcome *outcome = a->outcome;
    const size_t bearers = outcome->bearers;
    double *net = result_set_numbers(a->set, outcome->forms * bearers * STATISTICS);

    for (size_t f = 0; net != NULL && f < outcome->forms; f++) {
        for (size_t b = 0; b < bearers && summary[b] != NULL; b++)
            memcpy(&net[(f * bearers + b) * STATISTICS], &summary[b][f * STATISTICS],
                   STATISTICS * sizeof(double));
    }
    columns_add(a->set, "/bearers/net", net);
}

void assemble_trials(struct assembly *a)
{
    const size_t metrics = a->outcome->metrics.count;
    double *memory = malloc((2 * a->outcome->trials + 1) * sizeof(*memory));
    const double **summary = calloc(metrics + 1, sizeof(*summary));

    if (memory == NULL || summary == NULL)
        a->set->failed = true;
    for (size_t m = 0; m < metrics && !a->set->failed; m++)
        add_metric(a, m, "trials", trials_of(a->outcome, m, 0)); /* borrowed */
    for (size_t m = 0; m < metrics && !a->set->failed; m++) {
        summary[m] = statistics_of(a, m, false, memory);
        add_metric(a, m, "summary", summary[m]);
        add_metric(a, m, "comparison", statistics_of(a, m, true, memory));
    }
    if (!a->set->failed)
        add_bearers(a, summary);
    free(memory);
    free(summary);
}
