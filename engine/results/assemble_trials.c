#include "assemble_parts.h"

#include "columns.h"
#include "summary.h"

#include <stdlib.h>
#include <string.h>

/* Columns of trials in memory at once, and room to summarise a pair. */
struct columns {
    double *own, *reference;
    struct summary_work work;
};

/* What is said of a metric: [form][statistic] each. */
struct said {
    double *summary, *comparison, *between;
};

static size_t row_of(const struct outcome *outcome, size_t metric, size_t form)
{
    return metric * outcome->forms + form;
}

/* Trials of which statistics are made, and the group that these stand in. */
struct measured {
    const char *group; /* "" or "/neutral/forms" */
    const struct row_source *table;
    size_t trials;
};

static void add_numbers(struct assembly *a, size_t metric, const char *above,
                        const char *group, const double *value)
{
    const struct column *column = &a->outcome->metrics.column[metric];

    columns_add_own(a->set,
                    result_set_name(a->set, "%s/%s/%s", above, group, column->name),
                    column, value);
}

/* The trials themselves are not held: they are read when they are written. */
static void add_trials(struct assembly *a, size_t metric)
{
    const struct column *column = &a->outcome->metrics.column[metric];

    columns_add_rows(a->set, result_set_name(a->set, "/trials/%s", column->name),
                     column, &a->outcome->table, row_of(a->outcome, metric, 0));
}

static void summarise_form(size_t trials, size_t form, struct columns *columns,
                           const struct said *said)
{
    struct estimate_pair pair;

    summary_of_sample(columns->own, trials, &columns->work,
                      &said->summary[form * STATISTICS]);
    pair = estimate_pair_of(columns->own, columns->reference, trials,
                            columns->work.memory);
    summary_of_difference(&pair, &columns->work, &said->comparison[form * STATISTICS]);
    summary_between(&pair, &said->between[form * STATISTICS]);
}

static void summarise(struct assembly *a, const struct measured *of, size_t metric,
                      struct columns *columns, const struct said *said)
{
    const struct outcome *outcome = a->outcome;
    struct row_stretch row = {.row = row_of(outcome, metric, outcome->reference),
                              .count = of->trials};

    if (!assemble_row_of(a, of->table, &row, columns->reference))
        return;
    for (size_t f = 0; f < outcome->forms; f++) {
        row.row = row_of(outcome, metric, f);
        if (!assemble_row_of(a, of->table, &row, columns->own))
            return;
        summarise_form(of->trials, f, columns, said);
    }
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

/* Returns the metric's summary; NULL where there is none. */
static const double *add_metric(struct assembly *a, const struct measured *of,
                                size_t metric, struct columns *columns)
{
    const size_t count = a->outcome->forms * STATISTICS;
    const struct said said = {
        .summary = result_set_numbers(a->set, count),
        .comparison = result_set_numbers(a->set, count),
        .between = result_set_numbers(a->set, count),
    };

    if (said.summary == NULL || said.comparison == NULL || said.between == NULL)
        return NULL;
    summarise(a, of, metric, columns, &said);
    add_numbers(a, metric, of->group, "summary", said.summary);
    add_numbers(a, metric, of->group, "comparison", said.comparison);
    if (*of->group == '\0')
        add_numbers(a, metric, of->group, "comparison_of", said.between);
    return said.summary;
}

static void add_metrics(struct assembly *a, const struct measured *of,
                        struct columns *columns, const double **summary)
{
    for (size_t m = 0; m < a->outcome->metrics.count; m++) {
        if (a->set->failed || a->status != HR_OK)
            return;
        summary[m] = add_metric(a, of, m, columns);
    }
}

static void add_neutral(struct assembly *a, struct columns *columns,
                        const double **summary)
{
    for (int n = 0; n < OUTCOME_NEUTRALS; n++) {
        const struct outcome_neutral *neutral = &a->outcome->neutral[n];
        const char *group;
        struct measured of = {.table = &neutral->table, .trials = neutral->trials};

        if (neutral->trials == 0)
            continue;
        group = of.group = result_set_name(a->set, "/neutral/%s", neutral->name);
        if (group == NULL)
            return;
        columns_add_integer(a->set,
                            result_set_name(a->set, "%s/terms_made_neutral", group),
                            neutral->changed);
        columns_add_integer(a->set, result_set_name(a->set, "%s/trials", group),
                            neutral->trials);
        add_metrics(a, &of, columns, summary);
    }
}

void assemble_trials(struct assembly *a)
{
    const size_t metrics = a->outcome->metrics.count, trials = a->outcome->trials;
    double *memory = malloc(((2 + SUMMARY_MEMORY) * trials + 1) * sizeof(*memory));
    const double **summary = calloc(metrics + 1, sizeof(*summary));
    struct columns columns = {memory, memory + trials, {.memory = memory + 2 * trials}};
    const struct measured own = {"", &a->outcome->table, trials};

    if (memory == NULL || summary == NULL)
        a->set->failed = true;
    for (size_t m = 0; m < metrics && !a->set->failed; m++)
        add_trials(a, m);
    if (!a->set->failed)
        add_metrics(a, &own, &columns, summary);
    if (!a->set->failed)
        add_bearers(a, summary);
    if (!a->set->failed)
        add_neutral(a, &columns, summary);
    free(memory);
    free(summary);
}
