#include "assemble_parts.h"

#include "columns.h"
#include "derived.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Bins do not know that what they hold is whole. */
static void make_whole(double statistic[STATISTICS])
{
    static const enum statistic quantiles[] = {
        STATISTIC_Q05, STATISTIC_Q25, STATISTIC_Q50, STATISTIC_Q75, STATISTIC_Q95};

    for (size_t i = 0; i < sizeof(quantiles) / sizeof(*quantiles); i++)
        statistic[quantiles[i]] = trunc(statistic[quantiles[i]]);
}

/* What was kept of a number by form and quarter. */
struct stream_kept {
    const struct moments *moments;
    const struct histogram *histogram;
    size_t series, of; /**< which of so many series they are interleaved with */
    bool whole;
};

/* The statistics of it, [form][quarter]; NULL where there is no memory. */
static double *statistics_of(struct assembly *a, const struct stream_kept *kept,
                             struct summary_work *work)
{
    const size_t quarters = a->outcome->quarters;
    const size_t places = a->outcome->forms * quarters;
    double *value = result_set_numbers(a->set, places * STATISTICS);

    for (size_t k = 0; value != NULL && k < places; k++) {
        const size_t form = k / quarters, quarter = k % quarters;
        const size_t from = (form * kept->of + kept->series) * quarters + quarter;
        double *statistic = &value[k * STATISTICS];

        summary_of_stream(&kept->moments[from], &kept->histogram[from], work,
                          statistic);
        if (kept->whole)
            make_whole(statistic);
    }
    return value;
}

static void add_path(struct assembly *a, size_t series, struct summary_work *work)
{
    const struct outcome_series *all = &a->outcome->series;
    const struct column *column = &all->column[series];
    const struct stream_kept kept = {all->moments, all->histogram, series, all->count,
                                     column->shown.count};

    columns_add_own(a->set, result_set_name(a->set, "/paths/%s", column->name), column,
                    statistics_of(a, &kept, work));
}

static void add_difference(struct assembly *a, size_t series, struct summary_work *work)
{
    const struct outcome_series *all = &a->outcome->series;
    struct column own = all->column[series];
    const struct stream_kept kept = {all->difference, all->difference_histogram, series,
                                     all->count, own.shown.count};

    own.long_name =
        result_set_name(a->set, "difference from the reference: %s", own.long_name);
    columns_add_own(a->set, result_set_name(a->set, "/paths/%s_difference", own.name),
                    &own, statistics_of(a, &kept, work));
}

static void add_total(struct assembly *a, struct summary_work *work)
{
    const struct outcome_series *all = &a->outcome->series;
    const struct stream_kept kept = {all->total, all->total_histogram, 0, 1, false};

    columns_add(a->set,
                result_set_name(a->set, "/paths/%s_cumulative_difference",
                                all->column[all->totalled].name),
                statistics_of(a, &kept, work));
}

void assemble_paths(struct assembly *a)
{
    struct summary_work work = {0};

    for (size_t s = 0; s < a->outcome->series.count; s++)
        add_path(a, s, &work);
    if (a->outcome->series.difference == NULL)
        return;
    for (size_t s = 0; s < a->outcome->series.count; s++)
        add_difference(a, s, &work);
    add_total(a, &work);
}

/* One number of the moments of each form and site. */
struct site_number {
    const char *suffix;
    const char *meaning;
    const struct moments *moments; /**< [form][site][site metric] */
    double (*of)(const struct moments *);
};

static void add_site_number(struct assembly *a, size_t metric,
                            const struct site_number *number)
{
    const struct outcome_sites *all = &a->outcome->site_metrics;
    const struct column *column = &all->column[metric];
    struct column own = *column;
    const size_t places = a->outcome->forms * a->outcome->sites;
    double *value = result_set_numbers(a->set, places);

    for (size_t i = 0; value != NULL && i < places; i++)
        value[i] = number->of(&number->moments[i * all->count + metric]);
    own.long_name = result_set_name(a->set, "%s%s", number->meaning, column->long_name);
    columns_add_own(
        a->set, result_set_name(a->set, "/sites/%s%s", column->name, number->suffix),
        &own, value);
}

void assemble_sites(struct assembly *a)
{
    const struct outcome_sites *all = &a->outcome->site_metrics;
    const struct site_number numbers[] = {
        {"", "mean over trials: ", all->moments, moments_mean},
        {"_se", "standard error: ", all->moments, moments_se},
        {"_difference", "mean difference from the reference: ", all->difference,
         moments_mean},
        {"_difference_se", "standard error of the difference: ", all->difference,
         moments_se},
    };

    for (size_t m = 0; m < all->count; m++) {
        for (size_t n = 0; n < sizeof(numbers) / sizeof(*numbers); n++)
            add_site_number(a, m, &numbers[n]);
    }
}

void assemble_site_quarters(struct assembly *a)
{
    const struct outcome *outcome = a->outcome;
    const struct outcome_site_quarters *all = &outcome->site_quarters;
    const size_t numbers =
        outcome->forms * outcome->trials * outcome->sites * outcome->quarters;

    for (size_t c = 0; c < all->count; c++)
        columns_add_own(
            a->set, result_set_name(a->set, "/site_quarters/%s", all->column[c].name),
            &all->column[c], all->value + c * numbers);
}

/* The row of a metric's first form; false where there is no such metric. */
static bool find_row(const struct outcome *outcome, const char *metric, size_t *row)
{
    for (size_t m = 0; m < outcome->metrics.count; m++) {
        *row = m * outcome->forms;
        if (strcmp(outcome->metrics.column[m].name, metric) == 0)
            return true;
    }
    return false;
}

static void add_worst(struct assembly *a, size_t row)
{
    const struct outcome *outcome = a->outcome;
    double *worst = result_set_numbers(a->set, outcome->forms);
    double *column = malloc((outcome->trials + 1) * sizeof(*column));

    if (column == NULL)
        a->set->failed = true;
    for (size_t f = 0; worst != NULL && column != NULL && f < outcome->forms; f++) {
        if (assemble_row(a, row + f, column))
            worst[f] = derived_worst(column, outcome->trials);
    }
    free(column);
    columns_add(a->set, "/quality/imbalance_max", worst);
}

void assemble_quality(struct assembly *a)
{
    const struct outcome *outcome = a->outcome;
    size_t imbalance;

    columns_add_rows(a->set, "/quality/near_ties", NULL, &outcome->table,
                     outcome->near_ties);
    if (find_row(outcome, "imbalance", &imbalance))
        add_worst(a, imbalance);
}
