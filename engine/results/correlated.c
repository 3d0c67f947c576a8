#include "correlated.h"

#include "columns.h"
#include "derived.h"
#include "held.h"
#include "slices.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 320 };

static const char pair_path[] = "/quality/correlation/pair";
static const char target_path[] = "/quality/correlation/target";
static const char achieved_path[] = "/quality/correlation/achieved";

static const double most_errors = 4.0;
static const double least_distinct = 0.99; /* of n values: continuous */
static const double one_enough = 1e-3;     /* some may lie at an end of their range */

/* Of Fisher's z of Spearman's coefficient (Bonett and Wright, 2000). */
static double error_of_z(double target, size_t n)
{
    return n > 3 ? sqrt((1.0 + 0.5 * target * target) / ((double)n - 3.0)) : NAN;
}

static double error_of(double target, size_t n)
{
    return (1.0 - target * target) * error_of_z(target, n);
}

/* --- adding ----------------------------------------------------------------------- */

struct correlating {
    const struct result_set *from;
    const struct outcome_ties *ties;
    size_t points, trials;
    double *memory; /* [4][trial]; before it of all points of a parameter, twice */
    double *own[2];
};

static void parameter_path(const char *key, char path[PATH])
{
    snprintf(path, PATH, "/parameters/%s", key);
}

/* All points of what was drawn; where they share it, one. */
static enum hr_status read_drawn(const struct correlating *c, const char *key,
                                 double *value, size_t *points, struct hr_error *error)
{
    const struct result_data *data;
    char path[PATH];

    parameter_path(key, path);
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
    columns_add(into, target_path, target);
    columns_add(into, achieved_path, achieved);
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

/* --- checking --------------------------------------------------------------------- */

/* What a result says of its pairs. */
struct said {
    struct hr_result_values target, achieved;
    const char *const *first, *const *second;
    size_t pairs;
};

static bool is_smooth(const double *value, size_t n, double *memory)
{
    size_t distinct = 1;

    memcpy(memory, value, n * sizeof(*memory));
    gsl_sort(memory, 1, n);
    for (size_t i = 1; i < n; i++)
        distinct += memory[i] != memory[i - 1];
    return (double)distinct >= least_distinct * (double)n;
}

/* As rarely beyond as one pair is beyond four errors, whichever of the pairs it is. */
static double errors_allowed(size_t pairs)
{
    return gsl_cdf_ugaussian_Qinv(gsl_cdf_ugaussian_Q(most_errors) / (double)pairs);
}

static enum hr_status check_follows(const struct said *said, size_t pair, double found,
                                    struct hr_error *error)
{
    const double achieved = said->achieved.value[pair];

    if (derived_same_bits(achieved, found))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD,
                   "%s of %s and %s does not follow from the trials: it says %.17g, "
                   "and they give %.17g",
                   achieved_path, said->first[pair], said->second[pair], achieved,
                   found);
}

static enum hr_status check_near(const struct said *said, size_t pair, size_t n,
                                 struct hr_error *error)
{
    const double target = said->target.value[pair];
    const double achieved = said->achieved.value[pair];
    const bool one = fabs(target) == 1.0;
    const double away = one ? fabs(achieved - target) / one_enough
                            : fabs(atanh(achieved) - atanh(target)) /
                                  (error_of_z(target, n) * errors_allowed(said->pairs));

    if (!(away > 1.0))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD,
                   "%s and %s were to have a rank correlation of %g, and have %.4f: "
                   "%.1f times as far off as chance can explain",
                   said->first[pair], said->second[pair], target, achieved, away);
}

static enum hr_status check_values(const struct said *said, size_t pair,
                                   const struct hr_result_values *first,
                                   const struct hr_result_values *second,
                                   struct hr_error *error)
{
    const size_t n = first->count;
    double *memory = malloc((2 * n + 1) * sizeof(*memory));
    enum hr_status status;

    if (memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory to check rank correlations");
    status = check_follows(
        said, pair, gsl_stats_spearman(first->value, 1, second->value, 1, n, memory),
        error);
    if (status == HR_OK && is_smooth(first->value, n, memory) &&
        is_smooth(second->value, n, memory))
        status = check_near(said, pair, n, error);
    free(memory);
    return status;
}

static bool has(const struct hr_result *result, const char *path)
{
    return result_set_find_data(&result->reader.set, path) != NULL;
}

/* A draw that is not there is not stored, or is the same in every trial. */
static enum hr_status check_pair(struct hr_result *result, const struct said *said,
                                 size_t pair, struct hr_error *error)
{
    struct hr_result_values first, second;
    char path[2][PATH];

    parameter_path(said->first[pair], path[0]);
    parameter_path(said->second[pair], path[1]);
    if (!has(result, path[0]) || !has(result, path[1]))
        return HR_OK;
    if (hr_result_values(result, path[0], &first, error) != HR_OK ||
        hr_result_values(result, path[1], &second, error) != HR_OK)
        return error->status;
    if (isnan(first.value[0]) || isnan(second.value[0]))
        return HR_OK;
    return check_values(said, pair, &first, &second, error);
}

enum hr_status correlated_check(struct hr_result *result, struct hr_error *error)
{
    struct said said = {0};
    size_t count;

    if (!has(result, achieved_path))
        return HR_OK;
    said.first = hr_result_labels(result, "/quality/correlation/first", &said.pairs);
    said.second = hr_result_labels(result, "/quality/correlation/second", &count);
    if (said.first == NULL || said.second == NULL || count != said.pairs)
        return hr_fail(error, HR_NOT_HELD, "%s is of no pairs", achieved_path);
    if (hr_result_values(result, target_path, &said.target, error) != HR_OK ||
        hr_result_values(result, achieved_path, &said.achieved, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < said.pairs; i++) {
        if (check_pair(result, &said, i, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}
