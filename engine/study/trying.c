#include "trying.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum hr_status take(const struct trying *trying, struct hr_result *run,
                           double *value, struct hr_error *error)
{
    const double sign = trying->metric.better < 0 ? -1.0 : 1.0;
    struct hr_result_values values;
    char path[160];
    size_t place, n;

    snprintf(path, sizeof(path), "/trials/%s", trying->metric.name);
    if (hr_result_values(run, path, &values, error) != HR_OK)
        return error->status;
    n = values.size[values.rank - 1];
    for (size_t f = 0; f < trying->forms; f++) {
        if (!hr_result_find(run, "form", trying->form[f], &place))
            return hr_fail(error, HR_BAD_INPUT, "the run does not have the form %s",
                           trying->form[f]);
        for (size_t t = 0; t < n; t++)
            value[f * n + t] = sign * values.value[place * n + t];
    }
    return HR_OK;
}

/* "a,b", to be freed. */
static char *list_of(const struct trying *trying)
{
    size_t size = 1;
    char *list;

    for (size_t f = 0; f < trying->forms; f++)
        size += strlen(trying->form[f]) + 1;
    list = calloc(size, 1);
    for (size_t f = 0; list != NULL && f < trying->forms; f++) {
        if (f > 0)
            strcat(list, ",");
        strcat(list, trying->form[f]);
    }
    return list;
}

static struct hr_run_options options_of(const struct trying *trying, const char *list)
{
    struct hr_run_options options = {0};

    if (trying->how != NULL)
        options = *trying->how;
    options.only = list;
    options.chance = trying->chance;
    options.redrawn = trying->redrawn;
    return options;
}

enum hr_status trying_run(const struct trying *trying,
                          const struct hr_scenario *variant, double *value,
                          struct hr_error *error)
{
    struct hr_run_options options;
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    char *list = list_of(trying);
    enum hr_status status;

    if (list == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    options = options_of(trying, list);
    status = hr_run_open(variant, &options, &runner, error);
    if (status == HR_OK)
        status = hr_run_advance(runner, trying->trials, error);
    if (status == HR_OK)
        status = hr_run_result(runner, &result, error);
    if (status == HR_OK)
        status = take(trying, result, value, error);
    hr_result_close(result);
    hr_run_close(runner);
    free(list);
    return status;
}

/* Of one run, of the forms that are run alone; NaN where it cannot be told. */
static double seconds_of(const struct trying *trying,
                         const struct hr_scenario *scenario)
{
    struct hr_run_plan plan = {0};
    struct hr_error error;
    char *list = list_of(trying);
    struct hr_run_options options;
    double seconds = NAN;

    if (list == NULL)
        return NAN;
    options = options_of(trying, list);
    options.progress = NULL;
    if (hr_run_plan(scenario, &options, &plan, &error) == HR_OK && plan.trials > 0)
        seconds = plan.seconds / (double)plan.trials * (double)trying->trials;
    free(list);
    return seconds;
}

void trying_announce(const struct trying *trying, const struct hr_scenario *scenario,
                     struct trying_runs runs)
{
    char text[128], time[TEXT_SECONDS_SIZE] = "?";
    double seconds;

    if (trying->how == NULL || trying->how->say == NULL)
        return;
    seconds = seconds_of(trying, scenario);
    if (!isnan(seconds))
        text_from_seconds((double)runs.count * seconds, time);
    snprintf(text, sizeof(text), "%s%zu run%s of %zu trials: %s%s",
             runs.at_most ? "up to " : "", runs.count, runs.count == 1 ? "" : "s",
             (size_t)trying->trials, runs.at_most ? "at most about " : "about ", time);
    trying->how->say(trying->how->progress_context, text);
}

enum hr_status trying_difference(const struct trying *trying,
                                 const struct hr_scenario *variant, double *difference,
                                 struct hr_error *error)
{
    const size_t n = (size_t)trying->trials;
    double *value = malloc((2 * n + 1) * sizeof(*value));
    enum hr_status status;

    if (value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    status = trying_run(trying, variant, value, error);
    for (size_t t = 0; t < n && status == HR_OK; t++)
        difference[t] = value[t] - value[n + t];
    free(value);
    return status;
}

enum hr_status trying_fail(enum hr_status status, struct hr_messages *problems,
                           struct hr_error *error)
{
    if (status != HR_OK)
        (void)hr_fail(error, status, "%s",
                      problems->count > 0 ? problems->item[0].text : "no memory");
    hr_messages_free(problems);
    return status;
}

enum hr_status trying_hold(const struct hr_scenario *scenario, struct hr_base **base,
                           struct hr_error *error)
{
    struct hr_messages problems = {0};
    const enum hr_status status = hr_base_open(scenario, base, &problems);

    return trying_fail(status, &problems, error);
}

enum hr_status trying_vary(const struct hr_base *base, const char *const *changes,
                           size_t n, struct hr_scenario **variant,
                           struct hr_error *error)
{
    struct hr_messages problems = {0};
    const enum hr_status status = hr_base_variant(base, changes, n, variant, &problems);

    return trying_fail(status, &problems, error);
}
