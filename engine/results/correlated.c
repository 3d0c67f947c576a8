#include "correlated.h"

#include "columns.h"
#include "slices.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char pair_path[] = "/quality/correlation/pair";

double correlated_error_of_z(double target, size_t n)
{
    return n > 3 ? sqrt((1.0 + 0.5 * target * target) / ((double)n - 3.0)) : NAN;
}

static double error_of(double target, size_t n)
{
    return (1.0 - target * target) * correlated_error_of_z(target, n);
}

struct correlating {
    const struct result_set *from;
    const struct outcome_ties *ties;
    size_t points, trials;
    double *memory; /* [4][trial]; before it of all points of a parameter, twice */
    double *own[2];
};

void correlated_path(const char *key, char path[CORRELATED_PATH])
{
    snprintf(path, CORRELATED_PATH, "/parameters/%s", key);
}

/* All points of what was drawn; where they share it, one. */
static enum hr_status read_drawn(const struct correlating *c, const char *key,
                                 double *value, size_t *points, struct hr_error *error)
{
    const struct result_data *data;
    char path[CORRELATED_PATH];

    correlated_path(key, path);
    *points = 0;
    data = result_set_find_data(c->from, path);
    if (data == NULL)
        return HR_OK;
    *points = result_data_count(c->from, data) / c->trials;
    if (data->value == NULL)
        return slices_read_all(c->from, data, value, error);
    memcpy(value, data->value, *points * c->trials * sizeof(*value));
    return HR_OK;
}

static enum hr_status fill_pair(const struct correlating *c, size_t pair,
                                double *achieved, struct hr_error *error)
{
    const struct outcome_tie *tie = &c->ties->tie[pair];
    const size_t n = c->trials;
    size_t points[2];

    if (read_drawn(c, tie->first, c->own[0], &points[0], error) != HR_OK ||
        read_drawn(c, tie->second, c->own[1], &points[1], error) != HR_OK)
        return error->status;
    for (size_t p = 0; p < c->points && points[0] > 0 && points[1] > 0; p++)
        achieved[p * c->ties->count + pair] = gsl_stats_spearman(
            c->own[0] + (points[0] > 1 ? p * n : 0), 1,
            c->own[1] + (points[1] > 1 ? p * n : 0), 1, n, c->memory);
    return HR_OK;
}

static void add_words(struct result_set *into, const struct outcome_ties *ties)
{
    const char **word = result_set_memory(into, 3 * ties->count * sizeof(*word));

    for (size_t i = 0; word != NULL && i < ties->count; i++) {
        const struct outcome_tie *tie = &ties->tie[i];

        word[i] = result_set_name(into, "%s, %s", tie->first, tie->second);
        word[ties->count + i] = result_set_name(into, "%s", tie->first);
        word[2 * ties->count + i] = result_set_name(into, "%s", tie->second);
    }
    if (word == NULL)
        return;
    if (result_set_find_axis(into, pair_path) == NULL)
        columns_add_axis(into, pair_path, ties->count, word);
    columns_add_words(into, "/quality/correlation/first", word + ties->count);
    columns_add_words(into, "/quality/correlation/second", word + 2 * ties->count);
}

static double *add_numbers(struct result_set *into, const struct correlating *c)
{
    double *target = result_set_numbers(into, c->ties->count);
    double *se = result_set_numbers(into, c->ties->count);
    double *achieved = result_set_numbers(into, c->points * c->ties->count);

    for (size_t i = 0; target != NULL && se != NULL && i < c->ties->count; i++) {
        target[i] = c->ties->tie[i].rank;
        se[i] = error_of(target[i], c->trials);
    }
    columns_add(into, CORRELATED_TARGET, target);
    columns_add(into, CORRELATED_ACHIEVED, achieved);
    columns_add(into, "/quality/correlation/se", se);
    return achieved;
}

static enum hr_status fill(struct correlating *c, struct result_set *into,
                           struct hr_error *error)
{
    double *achieved;
    enum hr_status status = HR_OK;

    add_words(into, c->ties);
    achieved = add_numbers(into, c);
    if (into->failed || achieved == NULL)
        return HR_OK;
    for (size_t i = 0; i < c->ties->count && status == HR_OK; i++)
        status = fill_pair(c, i, achieved, error);
    return status;
}

enum hr_status correlated_add(const struct result_set *from, struct result_set *into,
                              const struct outcome_ties *ties, struct hr_error *error)
{
    struct correlating c = {.from = from, .ties = ties};
    struct scratch room;
    enum hr_status status;

    if (ties->count == 0 || into->failed)
        return HR_OK;
    c.points = result_set_find_axis(from, "/point")->size;
    c.trials = result_set_find_axis(from, "/trial")->size;
    if (scratch_take(&room, (2 + 2 * c.points) * c.trials, &into->home, error) != HR_OK)
        return error->status;
    c.memory = room.number;
    c.own[0] = c.memory + 2 * c.trials;
    c.own[1] = c.own[0] + c.points * c.trials;
    status = fill(&c, into, error);
    scratch_free(&room);
    return status;
}
