/* Advance a run in memory until a difference is known well enough, without any file. */
#include <headroom/answer.h>
#include <headroom/run.h>
#include <headroom/scenario.h>

#include <math.h>
#include <stdio.h>

enum { FIRST = 64, MOST = 1024 };

/* The largest Monte Carlo error of today's GPs' differences so far, in pounds. */
static enum hr_status look(const struct hr_runner *runner, double *largest,
                           struct hr_error *error)
{
    struct hr_result *result;
    struct hr_answer *answer;
    size_t metric;

    if (hr_run_result(runner, &result, error) != HR_OK)
        return error->status;
    *largest = 0.0;
    if (hr_answer_read(result, NULL, NULL, &answer, error) == HR_OK) {
        for (size_t form = 0;
             hr_answer_find(answer, "todays_gps", &metric) && form < answer->forms;
             form++)
            *largest =
                fmax(*largest, hr_answer_at(answer, metric, form)->difference_se);
        hr_answer_free(answer);
    }
    hr_result_close(result);
    return error->status;
}

int main(int argc, char **argv)
{
    const struct hr_run_options options = {0};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_runner *runner = NULL;
    struct hr_error error = {0};
    double largest = INFINITY;

    if (argc != 2 ||
        hr_scenario_read(argv[1], NULL, 0, &scenario, &problems) != HR_OK ||
        hr_run_open(scenario, &options, &runner, &error) != HR_OK)
        return 1;
    for (uint64_t trials = FIRST; largest > 2e6 && trials <= MOST; trials *= 2) {
        if (hr_run_advance(runner, trials, &error) != HR_OK ||
            look(runner, &largest, &error) != HR_OK)
            return 1;
        printf("%d trials: at most +- %.0f GBP\n", (int)trials, largest);
    }
    hr_run_close(runner);
    hr_scenario_free(scenario);
    return 0;
}
