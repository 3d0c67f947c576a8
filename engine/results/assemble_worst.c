#include "assemble_parts.h"

#include "columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double share = 0.05;

/* A trial and what everyone together has in it. */
struct standing {
    double value;
    size_t trial;
};

static int by_value(const void *a, const void *b)
{
    const struct standing *first = a, *second = b;

    if (first->value != second->value)
        return first->value < second->value ? -1 : 1;
    return (first->trial > second->trial) - (first->trial < second->trial);
}

/* Mean over the worst trials, the last of them in part. */
static double mean_of_worst(const struct standing *worst, size_t trials,
                            const double *value)
{
    const double all = share * (double)trials;
    double sum = 0.0, left = all;

    for (size_t i = 0; i < trials && left > 0.0; i++, left -= 1.0)
        sum += fmin(left, 1.0) * value[worst[i].trial];
    return sum / all;
}

static bool rank_trials(struct assembly *a, size_t row, struct standing *worst,
                        double *column)
{
    if (!assemble_row(a, row, column))
        return false;
    for (size_t t = 0; t < a->outcome->trials; t++)
        worst[t] = (struct standing){column[t], t};
    qsort(worst, a->outcome->trials, sizeof(*worst), by_value);
    return true;
}

static void add_worst(struct assembly *a, size_t metric, struct standing *worst,
                      double *column)
{
    const struct outcome *outcome = a->outcome;
    const size_t bearers = outcome->bearers;
    double *mean = result_set_numbers(a->set, outcome->forms * bearers);

    for (size_t f = 0; mean != NULL && f < outcome->forms; f++) {
        if (!rank_trials(a, metric * outcome->forms + f, worst, column))
            return;
        for (size_t b = 0; b < bearers; b++) {
            if (!assemble_row(a, b * outcome->forms + f, column))
                return;
            mean[f * bearers + b] = mean_of_worst(worst, outcome->trials, column);
        }
    }
    columns_add(a->set, "/bearers/worst_5pct", mean);
}

void assemble_worst(struct assembly *a)
{
    const struct outcome_trials *metrics = &a->outcome->metrics;
    struct standing *worst = malloc((a->outcome->trials + 1) * sizeof(*worst));
    double *column = malloc((a->outcome->trials + 1) * sizeof(*column));

    if (worst == NULL || column == NULL)
        a->set->failed = true;
    for (size_t m = 0; m < metrics->count && !a->set->failed; m++) {
        if (strcmp(metrics->column[m].name, "economic_net_position") == 0)
            add_worst(a, m, worst, column);
    }
    free(worst);
    free(column);
}
