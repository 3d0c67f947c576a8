#include "assemble_parts.h"

#include "summary.h"

#include <stdlib.h>
#include <string.h>

/* A metric of one form: its trials. */
static const double *trials_of(const struct outcome *outcome, size_t metric,
                               size_t form)
{
    return &outcome->metrics.value[(metric * outcome->forms + form) * outcome->trials];
}

static struct result_data data_of(const struct column *column, const char *path,
                                  const double *value)
{
    return (struct result_data){
        .path = path,
        .unit = column->unit,
        .long_name = column->long_name,
        .money = column->money,
        .discounted = column->discounted,
        .value = value,
    };
}

/* The trials themselves are borrowed, not copied. */
static void add_trials(struct assembly *a, size_t metric)
{
    const struct column *column = &a->outcome->metrics.column[metric];
    struct result_data data =
        data_of(column, result_set_name(a->set, "/trials/%s", column->name),
                trials_of(a->outcome, metric, 0));

    data.rank = 3;
    memcpy(data.axis, (int[]){a->point, a->form, a->trial}, 3 * sizeof(int));
    result_set_add_data(a->set, data);
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

static void add_statistics(struct assembly *a, size_t metric, const char *group,
                           const double *value)
{
    const struct column *column = &a->outcome->metrics.column[metric];
    struct result_data data =
        data_of(column, result_set_name(a->set, "/%s/%s", group, column->name), value);

    data.rank = 3;
    memcpy(data.axis, (int[]){a->point, a->form, a->statistic}, 3 * sizeof(int));
    result_set_add_data(a->set, data);
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
    result_set_add_data(a->set,
                        (struct result_data){
                            .path = "/bearers/net",
                            .unit = "GBP",
                            .long_name = "what each bearer gains or loses",
                            .money = true,
                            .discounted = true,
                            .rank = 4,
                            .axis = {a->point, a->form, a->bearer, a->statistic},
                            .value = net,
                        });
}

void assemble_trials(struct assembly *a)
{
    const size_t metrics = a->outcome->metrics.count;
    double *memory = malloc((2 * a->outcome->trials + 1) * sizeof(*memory));
    const double **summary = calloc(metrics + 1, sizeof(*summary));

    if (memory == NULL || summary == NULL)
        a->set->failed = true;
    for (size_t m = 0; m < metrics && !a->set->failed; m++)
        add_trials(a, m);
    for (size_t m = 0; m < metrics && !a->set->failed; m++) {
        summary[m] = statistics_of(a, m, false, memory);
        add_statistics(a, m, "summary", summary[m]);
        add_statistics(a, m, "comparison", statistics_of(a, m, true, memory));
    }
    if (!a->set->failed)
        add_bearers(a, summary);
    free(memory);
    free(summary);
}
