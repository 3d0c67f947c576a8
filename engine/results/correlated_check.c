#include "correlated_check.h"

#include "correlated.h"
#include "held.h"
#include "same_bits.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double most_errors = 4.0;
static const double least_distinct = 0.99; /* of n values: continuous */
static const double one_enough = 1e-3;     /* some may lie at an end of their range */

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

    if (same_bits(achieved, found))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD,
                   "%s of %s and %s does not follow from the trials: it says %.17g, "
                   "and they give %.17g",
                   CORRELATED_ACHIEVED, said->first[pair], said->second[pair], achieved,
                   found);
}

static enum hr_status check_near(const struct said *said, size_t pair, size_t n,
                                 struct hr_error *error)
{
    const double target = said->target.value[pair];
    const double achieved = said->achieved.value[pair];
    const bool one = fabs(target) == 1.0;
    const double away =
        one ? fabs(achieved - target) / one_enough
            : fabs(atanh(achieved) - atanh(target)) /
                  (correlated_error_of_z(target, n) * errors_allowed(said->pairs));

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
    char path[2][CORRELATED_PATH];

    correlated_path(said->first[pair], path[0]);
    correlated_path(said->second[pair], path[1]);
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

    if (!has(result, CORRELATED_ACHIEVED))
        return HR_OK;
    said.first = hr_result_labels(result, "/quality/correlation/first", &said.pairs);
    said.second = hr_result_labels(result, "/quality/correlation/second", &count);
    if (said.first == NULL || said.second == NULL || count != said.pairs)
        return hr_fail(error, HR_NOT_HELD, "%s is of no pairs", CORRELATED_ACHIEVED);
    if (hr_result_values(result, CORRELATED_TARGET, &said.target, error) != HR_OK ||
        hr_result_values(result, CORRELATED_ACHIEVED, &said.achieved, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < said.pairs; i++) {
        if (check_pair(result, &said, i, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}
