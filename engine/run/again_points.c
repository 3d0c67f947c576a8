#include "again.h"

#include "as_stated.h"
#include "made_from.h"
#include "problems.h"
#include "sweep_points.h"
#include "text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a sweep's file says of its points. */
struct said {
    const char *const *changes, *const *id, *const *keys, *const *calibration;
    const char *const *reason;
    const double *status;
    size_t points;
    uint64_t sample; /**< trials of each to run again */
};

static enum hr_status read_said(struct hr_result *result, struct said *said,
                                struct hr_error *error)
{
    struct hr_result_values status;

    if (hr_result_values(result, "/points/status", &status, error) != HR_OK)
        return error->status;
    *said = (struct said){
        .changes = hr_result_labels(result, "/points/changes", &said->points),
        .id = hr_result_labels(result, "/points/id", &said->points),
        .keys = hr_result_labels(result, "/points/keys", &said->points),
        .calibration = hr_result_labels(result, "/points/calibration", &said->points),
        .reason = hr_result_labels(result, "/points/reason", &said->points),
        .status = status.value,
    };
    said->points = hr_result_points(result);
    if (said->id == NULL || said->keys == NULL || said->calibration == NULL ||
        said->reason == NULL)
        return hr_fail(error, HR_NOT_HELD, "it does not say what its points are");
    return HR_OK;
}

/* A sweep that chose files is not made again: they may be gone since. */
static bool reads_files(const char *changes)
{
    return strstr(changes, "include=") != NULL;
}

static enum hr_status compare_names(const struct said *said, size_t p,
                                    const struct sweep_point *point,
                                    struct hr_error *error)
{
    const bool refused = point->reason != NULL;
    const struct {
        const char *path, *said, *found;
        bool applies;
    } words[] = {
        {"/points/id", said->id[p], point->id, !refused},
        {"/points/keys", said->keys[p], point->keys, !refused},
        {"/points/calibration", said->calibration[p],
         point->own_calibration ? "own" : "base", !refused},
        {"/points/reason", said->reason[p], refused ? point->reason : "", true},
    };

    if (refused != (said->status[p] == 1.0))
        return hr_fail(error, HR_NOT_HELD,
                       "/points/status of point %zu is %g, and what it changes is %s",
                       p, said->status[p], refused ? "refused" : "not refused");
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (words[i].applies && strcmp(words[i].said, words[i].found) != 0)
            return hr_fail(error, HR_NOT_HELD,
                           "%s of point %zu is another in the file than what it "
                           "changes comes to",
                           words[i].path, p);
    }
    return HR_OK;
}

/* The value that a line of changes gives a key, as text; NULL where none does. */
static const char *value_of(const char *changes, const char *key, size_t *length)
{
    const size_t named = strlen(key);

    while (*changes != '\0') {
        const size_t line = strcspn(changes, "\n");

        if (line > named && strncmp(changes, key, named) == 0 &&
            changes[named] == '=') {
            *length = line - named - 1;
            return changes + named + 1;
        }
        changes += line + (changes[line] == '\n');
    }
    return NULL;
}

/* An axis that varies a key says of each point what its changes say. */
static enum hr_status check_axis(const struct said *said, const struct stack_axis *axis,
                                 struct hr_error *error)
{
    for (size_t p = 0; axis->key != NULL && p < said->points; p++) {
        size_t length = 0;
        const char *value = value_of(said->changes[p], axis->key, &length);
        char text[128] = "";
        double number = NAN;
        bool same = value != NULL && length < sizeof(text);

        if (same)
            memcpy(text, value, length);
        if (same && axis->number != NULL)
            same = text_to_number(text, &number) == TEXT_NUMBER &&
                   number == axis->number[p];
        else if (same)
            same = strcmp(text, axis->word[p]) == 0;
        if (!same)
            return hr_fail(error, HR_NOT_HELD,
                           "/points/%s of point %zu is not what is changed there",
                           axis->name, p);
    }
    return HR_OK;
}

static enum hr_status check_axes(struct hr_result *result, const struct said *said,
                                 struct hr_error *error)
{
    struct stack stack = {0};
    struct stack_labels labels;
    enum hr_status status = stack_read_labels(&stack, result, &labels, error);

    for (size_t a = 0; status == HR_OK && a < labels.count; a++)
        status = check_axis(said, &labels.axis[a], error);
    stack_free(&stack);
    return status;
}

static enum hr_status check_name(const struct again *sweep, const struct said *said,
                                 size_t p, struct hr_error *error)
{
    struct sweep_point point = {.changes = strdup(said->changes[p])};
    enum hr_status status;

    if (point.changes == NULL ||
        !sweep_points_name(sweep->base, sweep->scenario, &point))
        status = hr_fail(error, HR_FAILED, "no memory to check a sweep");
    else
        status = compare_names(said, p, &point, error);
    sweep_point_free(&point);
    return status;
}

static enum hr_status run_point(const struct again *sweep, const char *changes,
                                uint64_t sample, struct hr_verified *held,
                                struct hr_error *error)
{
    struct again again = {.result = sweep->result, .trials = sweep->trials};
    struct hr_messages problems = {0};
    enum hr_status status = HR_OK;

    if (sweep_points_vary(sweep->base, changes, &again.scenario, &problems) != HR_OK ||
        scenario_compile(again.scenario, &again.plan, &problems) != HR_OK)
        status = problems_fail(&problems, HR_NOT_HELD,
                               "a point cannot be run again: ", error);
    if (status == HR_OK)
        status = again_sample(&again, sample, held, error);
    if (status == HR_OK && sample >= again.trials)
        status = again_compare(&again, again.scenario, held, error);
    plan_free(&again.plan);
    hr_scenario_free(again.scenario);
    return status;
}

/* A point that was refused, or not run yet, has no numbers. */
static enum hr_status check_empty(struct hr_result *result, size_t p,
                                  struct hr_error *error)
{
    for (size_t i = 0; i < hr_result_count(result); i++) {
        const char *path = hr_result_path(result, i);
        struct hr_result_values values;

        if (strncmp(path, "/summary/", strlen("/summary/")) != 0)
            continue;
        if (hr_result_values(result, path, &values, error) != HR_OK)
            return error->status;
        for (size_t k = 0; k < values.count; k++) {
            if (!isnan(values.value[k]))
                return hr_fail(error, HR_NOT_HELD,
                               "/points/status says that point %zu has no numbers, "
                               "and %s has",
                               p, path);
        }
    }
    return HR_OK;
}

static enum hr_status check_point(const struct again *sweep, const struct said *said,
                                  size_t p, struct hr_error *error)
{
    const double status = said->status[p];

    if (status != 0.0 && status != 1.0 && status != 2.0)
        return hr_fail(error, HR_NOT_HELD, "/points/status of point %zu is %g", p,
                       status);
    return status == 0.0 ? hr_result_verify_derived(sweep->result, error)
                         : check_empty(sweep->result, p, error);
}

static enum hr_status check_again(const struct again *sweep, const struct said *said,
                                  size_t p, struct hr_verified *held,
                                  struct hr_error *error)
{
    const bool again = !held->other_numbers && !reads_files(said->changes[p]);
    enum hr_status status = again ? check_name(sweep, said, p, error) : HR_OK;

    if (status == HR_OK && hr_result_choose(sweep->result, p))
        status = check_point(sweep, said, p, error);
    if (status == HR_OK && said->status[p] == 0.0 && again && said->sample > 0)
        status = run_point(sweep, said->changes[p], said->sample, held, error);
    return status;
}

static enum hr_status check_points(const struct again *sweep, const struct said *said,
                                   struct hr_verified *held, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t p = 0; status == HR_OK && p < said->points; p++)
        status = check_again(sweep, said, p, held, error);
    return status;
}

/* The scenario without the sweep, held fast; with all trials its inputs are compared.
 */
static enum hr_status open_base(struct again *again, uint64_t sample,
                                struct hr_verified *held, struct hr_error *error)
{
    struct hr_scenario *stated = NULL;
    struct hr_messages problems = {0};
    enum hr_status status = as_stated(again->result, again->scenario, &stated, error);

    if (status != HR_OK)
        return status;
    hr_scenario_free(again->scenario);
    again->scenario = stated;
    if (sample >= again->trials && !held->other_numbers)
        status = again_compare(again, again->scenario, held, error);
    if (status == HR_OK &&
        hr_base_open(again->scenario, &again->base, &problems) != HR_OK)
        status = hr_fail(error, HR_FAILED, "no memory to check a sweep");
    hr_messages_free(&problems);
    return status;
}

enum hr_status again_points(struct hr_result *result, uint64_t sample,
                            struct hr_verified *held, struct hr_error *error)
{
    struct again again = {.result = result, .trials = held->trials};
    struct said said;
    enum hr_status status =
        made_from(again.result, &again.scenario, &again.plan, error);

    if (status == HR_OK)
        status = read_said(result, &said, error);
    if (status == HR_OK)
        status = check_axes(result, &said, error);
    if (status == HR_OK)
        status = open_base(&again, sample, held, error);
    if (status == HR_OK) {
        said.sample = sample == 0 ? 0 : sample / said.points + 1;
        status = check_points(&again, &said, held, error);
    }
    if (status == HR_OK && sample >= again.trials && !held->other_numbers)
        held->every_trial = true;
    hr_base_close(again.base);
    plan_free(&again.plan);
    hr_scenario_free(again.scenario);
    return status;
}
