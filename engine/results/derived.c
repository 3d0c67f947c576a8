#include "derived.h"

#include "correlated_check.h"
#include "headroom/result.h"
#include "same_bits.h"
#include "summary_pair.h"
#include "totals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 256 };

double derived_worst(const double *values, size_t n)
{
    double worst = 0.0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(worst) && !(values[i] <= worst))
            worst = values[i];
    }
    return worst;
}

/* A result whose statements are checked, and memory for the statistics of a metric. */
struct check {
    struct hr_result *result;
    struct hr_error *error;
    bool all; /* statistics; else those that are reckoned the same way ever since */
    bool intervals; /* whether the file has them */
    size_t forms, trials, reference;
    struct summary_work work;
    double *own, *held_against; /* columns, to be used up */
};

static enum hr_status differs(const struct check *check, const char *path, double found,
                              double follows)
{
    return hr_fail(check->error, HR_NOT_HELD,
                   "%s does not follow from the trials: it says %.17g, and they give "
                   "%.17g",
                   path, found, follows);
}

/* Errors of quantiles have been reckoned in more than one way, and intervals may be. */
static bool is_settled(size_t statistic)
{
    return statistic <= STATISTIC_Q95 || statistic == STATISTIC_P_POSITIVE ||
           statistic == STATISTIC_COUNT;
}

static const struct group {
    const char *name;
    bool since_intervals; /* files without intervals have none */
} groups[] = {{"summary", false}, {"comparison", false}, {"comparison_of", true}};

enum { SUMMARY, COMPARISON, BETWEEN, GROUPS };

/* The statistics of one form, as many as the file has and we know. */
static enum hr_status compare_row(const struct check *check, const char *path,
                                  const struct hr_result_values *said, size_t form,
                                  const double *follows)
{
    const size_t labels = said->size[said->rank - 1];

    for (size_t i = 0; i < labels && i < STATISTICS; i++) {
        const double found = said->value[form * labels + i];

        if ((check->all || is_settled(i)) && !same_bits(found, follows[i]))
            return differs(check, path, found, follows[i]);
    }
    return HR_OK;
}

/* What each group says of a form. */
static void reckon(struct check *check, const double *own, const double *reference,
                   struct summary_sides *sides, double follows[GROUPS][STATISTICS])
{
    const struct summary_pair pair = {check->own, check->held_against, check->trials,
                                      sides};
    const struct summary_rows rows = {follows[SUMMARY], follows[COMPARISON],
                                      follows[BETWEEN]};

    memcpy(check->own, own, check->trials * sizeof(*own));
    memcpy(check->held_against, reference, check->trials * sizeof(*reference));
    summary_of_pair(&pair, &check->work, &rows);
}

static enum hr_status check_group(struct check *check, int group, const char *metric,
                                  size_t form, const double *follows)
{
    struct hr_result_values said;
    char path[PATH];

    if (groups[group].since_intervals && !check->intervals)
        return HR_OK;
    snprintf(path, sizeof(path), "/%s/%s", groups[group].name, metric);
    if (hr_result_values(check->result, path, &said, check->error) != HR_OK)
        return check->error->status;
    return compare_row(check, path, &said, form, follows);
}

static enum hr_status check_metric(struct check *check, const char *path)
{
    const char *metric = path + strlen("/trials/");
    double follows[GROUPS][STATISTICS];
    struct summary_sides sides = {0};
    struct hr_result_values trials;

    if (hr_result_values(check->result, path, &trials, check->error) != HR_OK)
        return check->error->status;
    for (size_t f = 0; f < check->forms; f++) {
        reckon(check, &trials.value[f * check->trials],
               &trials.value[check->reference * check->trials], &sides, follows);
        for (int g = 0; g < GROUPS; g++) {
            if (check_group(check, g, metric, f, follows[g]) != HR_OK)
                return check->error->status;
        }
    }
    return HR_OK;
}

static enum hr_status check_metrics(struct check *check)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < hr_result_count(check->result) && status == HR_OK; i++) {
        const char *path = hr_result_path(check->result, i);

        if (strncmp(path, "/trials/", strlen("/trials/")) == 0)
            status = check_metric(check, path);
    }
    return status;
}

/* A bearer's net position is the summary of a metric of its own. */
static enum hr_status check_bearer(struct check *check, const char *bearer, size_t b,
                                   const struct hr_result_values *net)
{
    const size_t bearers = net->size[2], labels = net->size[3];
    struct hr_result_values summary;
    char path[PATH];

    snprintf(path, sizeof(path), "/summary/npv_%s", bearer);
    if (hr_result_values(check->result, path, &summary, check->error) != HR_OK)
        return check->error->status;
    for (size_t k = 0; k < check->forms * labels; k++) {
        const size_t form = k / labels, label = k % labels;
        const double found = net->value[(form * bearers + b) * labels + label];

        if (!same_bits(found, summary.value[k]))
            return differs(check, "/bearers/net", found, summary.value[k]);
    }
    return HR_OK;
}

static enum hr_status check_bearers(struct check *check)
{
    struct hr_result_values net;
    size_t bearers = 0;
    const char *const *bearer = hr_result_labels(check->result, "bearer", &bearers);
    enum hr_status status =
        hr_result_values(check->result, "/bearers/net", &net, check->error);

    for (size_t b = 0; b < bearers && status == HR_OK; b++)
        status = check_bearer(check, bearer[b], b, &net);
    return status;
}

/* A sweep keeps the trials of some metrics only, a run those that store says. */
static bool is_left_out(const struct check *check, const char *path)
{
    char text[8];
    size_t count, i = 0;

    while (i < hr_result_count(check->result) &&
           strcmp(hr_result_path(check->result, i), path) != 0)
        i++;
    return i == hr_result_count(check->result) &&
           (hr_result_labels(check->result, "/points/id", &count) != NULL ||
            hr_result_left_out(check->result, text, sizeof(text)));
}

static enum hr_status check_imbalance(struct check *check)
{
    struct hr_result_values trials, said;

    if (is_left_out(check, "/trials/imbalance"))
        return HR_OK;
    if (hr_result_values(check->result, "/trials/imbalance", &trials, check->error) !=
            HR_OK ||
        hr_result_values(check->result, "/quality/imbalance_max", &said,
                         check->error) != HR_OK)
        return check->error->status;
    for (size_t f = 0; f < check->forms; f++) {
        const double follows =
            derived_worst(&trials.value[f * check->trials], check->trials);

        if (!same_bits(said.value[f], follows))
            return differs(check, "/quality/imbalance_max", said.value[f], follows);
    }
    return HR_OK;
}

/* What every file has: its layout was checked when it was opened. */
static void find_sizes(struct check *check)
{
    uint64_t trials = 0;
    size_t labels = 0;

    (void)hr_result_labels(check->result, "form", &check->forms);
    (void)hr_result_labels(check->result, "statistic", &labels);
    check->intervals = labels > STATISTICS_OF_1_0;
    (void)hr_result_integer(check->result, "trials", &trials);
    (void)hr_result_find(check->result, "form",
                         hr_result_text(check->result, "reference"), &check->reference);
    check->trials = (size_t)trials;
}

static enum hr_status check_totals(const struct check *check)
{
    const struct totals totals = {.result = check->result,
                                  .error = check->error,
                                  .forms = check->forms,
                                  .trials = check->trials,
                                  .reference = check->reference};

    return totals_check(&totals);
}

enum hr_status hr_result_verify_derived(struct hr_result *result,
                                        struct hr_error *error)
{
    struct check check = {
        .result = result, .error = error, .all = hr_result_same_numbers(result)};
    enum hr_status status;

    find_sizes(&check);
    check.own = malloc(((2 + SUMMARY_MEMORY) * check.trials + 1) * sizeof(*check.own));
    if (check.own == NULL)
        return hr_fail(error, HR_FAILED, "no memory to check %zu trials", check.trials);
    check.held_against = check.own + check.trials;
    check.work.memory = check.own + 2 * check.trials;
    status = check_metrics(&check);
    if (status == HR_OK)
        status = check_bearers(&check);
    if (status == HR_OK)
        status = check_imbalance(&check);
    if (status == HR_OK)
        status = derived_check_decision(result, error);
    if (status == HR_OK)
        status = correlated_check(result, error);
    if (status == HR_OK && check.all)
        status = check_totals(&check);
    free(check.own);
    if (status == HR_BAD_INPUT) /* a data set that every result has is not there */
        status = error->status = HR_NOT_HELD;
    return status;
}
