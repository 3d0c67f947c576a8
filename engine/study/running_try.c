#include "running.h"

#include "moments.h"

#include <stdio.h>
#include <stdlib.h>

static enum hr_status take_difference(const struct running *r, struct hr_result *run,
                                      struct tried *point, struct hr_error *error)
{
    const double sign = r->metric.better < 0 ? -1.0 : 1.0;
    struct hr_result_values values;
    struct moments moments;
    size_t a = 0, b = 0, n;
    char path[160];

    snprintf(path, sizeof(path), "/trials/%s", r->metric.name);
    if (hr_result_values(run, path, &values, error) != HR_OK)
        return error->status;
    if (!hr_result_find(run, "form", r->first, &a) ||
        !hr_result_find(run, "form", r->second, &b))
        return hr_fail(error, HR_BAD_INPUT, "the run does not have both forms");
    n = values.size[values.rank - 1];
    point->difference = malloc((n + 1) * sizeof(double));
    if (point->difference == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    for (size_t t = 0; t < n; t++)
        point->difference[t] =
            sign * (values.value[a * n + t] - values.value[b * n + t]);
    moments = moments_of(point->difference, n);
    point->mean = moments_mean(&moments);
    point->se = moments_se(&moments);
    return HR_OK;
}

static enum hr_status run_variant(const struct running *r,
                                  const struct hr_scenario *variant,
                                  struct tried *point, struct hr_error *error)
{
    const struct hr_run_options usual = {0};
    const struct hr_run_options *how = r->options->run;
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    enum hr_status status =
        hr_run_open(variant, how != NULL ? how : &usual, &runner, error);

    if (status == HR_OK)
        status = hr_run_advance(runner, r->trials, error);
    if (status == HR_OK)
        status = hr_run_result(runner, &result, error);
    if (status == HR_OK)
        status = take_difference(r, result, point, error);
    hr_result_close(result);
    hr_run_close(runner);
    return status;
}

/* The key is set as a scenario says it, before it is uplifted. */
enum hr_status running_try(struct running *r, double x, struct hr_error *error)
{
    struct hr_messages problems = {0};
    struct hr_scenario *variant = NULL;
    struct tried *point = &r->point[r->points];
    char text[320];
    const char *change = text;
    enum hr_status status;

    snprintf(text, sizeof(text), "%.256s=%.17g", r->options->key, x / r->uplift);
    status = hr_base_variant(r->base, &change, 1, &variant, &problems);
    if (status != HR_OK)
        (void)hr_fail(error, status, "%s",
                      problems.count > 0 ? problems.item[0].text : "no memory");
    hr_messages_free(&problems);
    if (status == HR_OK) {
        *point = (struct tried){.x = x};
        r->points++;
        status = run_variant(r, variant, point, error);
    }
    hr_scenario_free(variant);
    return status;
}
