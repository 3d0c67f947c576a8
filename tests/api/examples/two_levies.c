/* Compare two variants of a scenario on the same trials: what a levy costs today's GPs.
 */
#include <headroom/result.h>
#include <headroom/run.h>
#include <headroom/scenario.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TRIALS = 64 };

/* Today's GPs under the super-partnership, trial by trial, with this levy. */
static enum hr_status run(const char *path, const char *levy, double income[TRIALS],
                          struct hr_error *error)
{
    const char *changes[] = {"trials=64", levy};
    const struct hr_run_options options = {0};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario;
    struct hr_runner *runner;
    struct hr_result *result;
    struct hr_result_values values;
    size_t form;

    if (hr_scenario_read(path, changes, 2, &scenario, &problems) != HR_OK)
        return hr_fail(error, HR_BAD_INPUT, "%s", problems.item[0].text);
    if (hr_run_open(scenario, &options, &runner, error) != HR_OK ||
        hr_run_advance(runner, TRIALS, error) != HR_OK ||
        hr_run_result(runner, &result, error) != HR_OK ||
        hr_result_values(result, "/trials/todays_gps", &values, error) != HR_OK)
        return error->status;
    if (hr_result_find(result, "form", "super_partnership", &form))
        memcpy(income, values.value + form * TRIALS, TRIALS * sizeof(*income));
    hr_result_close(result);
    hr_run_close(runner);
    hr_scenario_free(scenario);
    return HR_OK;
}

int main(int argc, char **argv)
{
    double low[TRIALS], high[TRIALS], sum = 0.0, squares = 0.0;
    struct hr_error error = {0};

    if (argc != 2 ||
        run(argv[1], "forms.super_partnership.levy=1", low, &error) != HR_OK ||
        run(argv[1], "forms.super_partnership.levy=3", high, &error) != HR_OK)
        return fprintf(stderr, "%s\n", error.message) < 0 ? 2 : 1;
    for (int t = 0; t < TRIALS; t++) {
        sum += high[t] - low[t];
        squares += (high[t] - low[t]) * (high[t] - low[t]);
    }
    sum /= TRIALS;
    printf("a levy of 3 rather than 1 GBP a patient: %+.0f +- %.0f GBP\n", sum,
           sqrt((squares / TRIALS - sum * sum) / (TRIALS - 1)));
    return 0;
}
