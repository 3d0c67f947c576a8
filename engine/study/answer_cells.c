#include "answer_parts.h"

#include "verdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The metric whose cells are filled. */
struct filling {
    const struct answer_sources *sources;
    struct hr_answer *answer;
    const struct hr_metric *metric;
    struct hr_answer_cell *cell; /* [form] */
};

enum hr_status answer_values(struct hr_result *result, const char *group,
                             const char *metric, struct hr_result_values *values,
                             struct hr_error *error)
{
    char path[160];

    *values = (struct hr_result_values){0};
    snprintf(path, sizeof(path), "%s/%s", group, metric);
    for (size_t i = 0; i < hr_result_count(result); i++) {
        if (strcmp(hr_result_path(result, i), path) == 0)
            return hr_result_values(result, path, values, error);
    }
    return HR_OK;
}

void answer_release_trials(struct hr_result *result, const char *metric)
{
    char path[160];

    snprintf(path, sizeof(path), "/trials/%s", metric);
    hr_result_release(result, path);
}

const double *answer_row(const struct hr_result_values *values, size_t form, size_t *n)
{
    *n = values->size[values->rank - 1];
    return values->value + form * *n;
}

static enum hr_status fill_levels(const struct filling *fill, struct hr_error *error)
{
    struct hr_result *result = fill->sources->result;
    struct hr_result_values summary, comparison;

    if (answer_values(result, "/summary", fill->metric->name, &summary, error) !=
            HR_OK ||
        answer_values(result, "/comparison", fill->metric->name, &comparison, error) !=
            HR_OK)
        return error->status;
    for (size_t f = 0; f < fill->answer->forms; f++) {
        struct hr_answer_cell *cell = &fill->cell[f];

        cell->mean = answer_statistic(result, &summary, f, "mean");
        cell->se = answer_statistic(result, &summary, f, "se");
        cell->difference = answer_statistic(result, &comparison, f, "mean");
        cell->difference_se = answer_statistic(result, &comparison, f, "se");
        cell->q05 = answer_statistic(result, &comparison, f, "q05");
        cell->q50 = answer_statistic(result, &comparison, f, "q50");
        cell->q95 = answer_statistic(result, &comparison, f, "q95");
        cell->better = answer_statistic(result, &comparison, f, "p_positive");
        cell->equal = NAN;
        cell->of_mean = answer_interval(result, &summary, f, "mean");
        cell->of_difference = answer_interval(result, &comparison, f, "mean");
        cell->of_q05 = answer_interval(result, &comparison, f, "q05");
        cell->of_q50 = answer_interval(result, &comparison, f, "q50");
        cell->of_q95 = answer_interval(result, &comparison, f, "q95");
    }
    return HR_OK;
}

static void count_odds(const double *own, const double *other, size_t trials,
                       int better, struct hr_answer_cell *cell)
{
    size_t above = 0, equal = 0, pairs = 0;

    for (size_t t = 0; t < trials; t++) {
        const double d = (own[t] - other[t]) * (better != 0 ? better : 1);

        pairs += isnan(d) ? 0 : 1;
        above += d > 0.0;
        equal += d == 0.0;
    }
    cell->better = pairs > 0 ? (double)above / (double)pairs : NAN;
    cell->equal = pairs > 0 ? (double)equal / (double)pairs : NAN;
}

/* Without stored trials the share above zero has to do; ties then count as worse. */
static enum hr_status fill_odds(const struct filling *fill, struct hr_error *error)
{
    const size_t reference = fill->answer->reference;
    struct hr_result_values trials;
    size_t n;

    if (answer_values(fill->sources->result, "/trials", fill->metric->name, &trials,
                      error) != HR_OK)
        return error->status;
    for (size_t f = 0; f < fill->answer->forms; f++) {
        struct hr_answer_cell *cell = &fill->cell[f];

        if (trials.value != NULL)
            count_odds(answer_row(&trials, f, &n), answer_row(&trials, reference, &n),
                       trials.size[trials.rank - 1], fill->metric->better, cell);
        else if (fill->metric->better < 0)
            cell->better = NAN;
    }
    answer_release_trials(fill->sources->result, fill->metric->name);
    return HR_OK;
}

/* From another result where one is lent, else from what this file holds beside. */
static enum hr_status neutral_values(const struct filling *fill, struct hr_result *lent,
                                     const char *beside,
                                     struct hr_result_values *values,
                                     struct hr_error *error)
{
    return answer_values(lent != NULL ? lent : fill->sources->result,
                         lent != NULL ? "/comparison" : beside, fill->metric->name,
                         values, error);
}

static enum hr_status fill_neutral(const struct filling *fill, struct hr_error *error)
{
    const struct answer_sources *sources = fill->sources;
    struct hr_result_values forms, all;

    if (neutral_values(fill, sources->neutral, "/neutral/forms/comparison", &forms,
                       error) != HR_OK ||
        neutral_values(fill, sources->neutral_all, "/neutral/all/comparison", &all,
                       error) != HR_OK)
        return error->status;
    for (size_t f = 0; f < fill->answer->forms; f++) {
        struct hr_answer_cell *cell = &fill->cell[f];

        cell->neutral = answer_statistic(sources->result, &forms, f, "mean");
        cell->neutral_se = answer_statistic(sources->result, &forms, f, "se");
        cell->neutral_all = answer_statistic(sources->result, &all, f, "mean");
    }
    return HR_OK;
}

/* The central value of a key, or @p otherwise. */
static double central_of(struct hr_result *result, const char *key, double otherwise)
{
    struct hr_result_values central;
    struct hr_error error;
    size_t row;

    if (!hr_result_find(result, "/inputs/assumptions/key", key, &row) ||
        hr_result_values(result, "/inputs/assumptions/central", &central, &error) !=
            HR_OK)
        return otherwise;
    return central.value[row];
}

double answer_material(struct hr_result *result, int years)
{
    const double rate = central_of(result, "decision.discount_rate", 0.035);
    double sum = 0.0;

    for (int y = 0; y < years; y++)
        sum += pow(1.0 + rate, -(y + 0.5));
    return sum;
}

/* What matters, a patient and year, over the horizon where the metric is such money,
 * else one per cent of the reference's level. */
static double material(const struct filling *fill)
{
    const struct hr_metric *metric = fill->metric;
    const struct hr_answer *answer = fill->answer;
    const double patient =
        answer->materiality * answer_material(fill->sources->result, answer->years);

    if (metric->discounted && strcmp(metric->unit, "GBP/patient") == 0)
        return patient;
    if (metric->discounted && strcmp(metric->unit, "GBP") == 0)
        return patient * answer->people;
    return 0.01 * fabs(fill->cell[answer->reference].mean);
}

/* Resolved on both sides of zero. */
static bool turns(const struct hr_answer_cell *cell)
{
    const bool seen = fabs(cell->difference) > VERDICT_ERRORS * cell->difference_se;

    return seen && cell->neutral * cell->difference < 0.0 &&
           fabs(cell->neutral) > VERDICT_ERRORS * cell->neutral_se;
}

static void judge(const struct filling *fill)
{
    const double matters = material(fill);

    for (size_t f = 0; f < fill->answer->forms; f++) {
        struct hr_answer_cell *cell = &fill->cell[f];
        const enum verdict verdict = verdict_of(cell->difference, cell->difference_se,
                                                matters, fill->metric->better);

        cell->verdict = verdict_words[verdict].words;
        cell->mark = verdict_words[verdict].mark;
        cell->page_mark = verdict_words[verdict].page_mark;
        cell->turns = turns(cell);
    }
}

static enum hr_status fill_metric(const struct filling *fill, struct hr_error *error)
{
    if (fill_levels(fill, error) != HR_OK || fill_odds(fill, error) != HR_OK ||
        fill_neutral(fill, error) != HR_OK)
        return error->status;
    judge(fill);
    return HR_OK;
}

enum hr_status answer_cells(const struct answer_sources *sources,
                            struct hr_answer *answer, struct hr_error *error)
{
    answer->materiality = central_of(sources->result, "decision.materiality", 1.0);
    for (size_t m = 0; m < answer->metrics; m++) {
        const struct filling fill = {sources, answer, &answer->metric[m],
                                     &answer->cell[m * answer->forms]};

        if (fill_metric(&fill, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}
