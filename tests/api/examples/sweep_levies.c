/* Sweep a levy: stopped on the way, gone on with, and read point by point. */
#include <headroom/result.h>
#include <headroom/run.h>
#include <headroom/scenario.h>
#include <headroom/sweep.h>

#include <stdio.h>

/* Stops the sweep it is called of once some of it is done. */
static bool stop_early(void *context, uint64_t done, uint64_t trials)
{
    (void)context;
    return 2 * done < trials;
}

static void say(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "%s\n", sentence);
}

static enum hr_status sweep(const struct hr_scenario *scenario, const char *path,
                            bool stopped, struct hr_error *error)
{
    const struct hr_run_options options = {
        .parts = HR_PARTS_RESUME,
        .checkpoint_seconds =
            0.001, /* often, so that what is stopped has left points */
        .progress = stopped ? stop_early : NULL,
        .say = say,
    };
    struct hr_sweep_facts facts;
    const enum hr_status status = hr_sweep(scenario, &options, path, &facts, error);

    if (status == HR_OK)
        printf("%zu points of %d trials, %zu forms of them from what was there\n",
               facts.points, (int)facts.trials, facts.forms_reused);
    return status;
}

/* Public cost under a form at each point, mean over trials. */
static enum hr_status print_points(const char *path, struct hr_error *error)
{
    struct hr_result *result = NULL;
    struct hr_result_values values;
    size_t form = 0, mean = 0;

    if (hr_result_open(path, &result, error) != HR_OK)
        return error->status;
    (void)hr_result_find(result, "form", "super_partnership", &form);
    (void)hr_result_find(result, "statistic", "mean", &mean);
    for (size_t p = 0; p < hr_result_points(result); p++) {
        if (!hr_result_choose(result, p) ||
            hr_result_values(result, "/summary/public_cost", &values, error) != HR_OK)
            break;
        printf("point %zu: %.0f %s\n", p,
               values.value[form * values.size[values.rank - 1] + mean], values.unit);
    }
    hr_result_close(result);
    return HR_OK;
}

int main(int argc, char **argv)
{
    const char *changes[] = {"trials=64", "patch.horizon_years=1",
                             "sweep=[{key: forms.super_partnership.levy, values: [0, "
                             "1, 2, 4]}]"};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_error error = {0};
    enum hr_status status;

    if (argc != 3 ||
        hr_scenario_read(argv[1], changes, 3, &scenario, &problems) != HR_OK)
        return fputs("which scenario, and into which file?\n", stderr) < 0 ? 1 : 2;
    status = sweep(scenario, argv[2], true, &error);
    if (status == HR_STOPPED) {
        printf("first: %s\n", error.message);
        status = sweep(scenario, argv[2], false, &error);
    }
    if (status == HR_OK)
        status = print_points(argv[2], &error);
    if (status != HR_OK)
        fprintf(stderr, "%s\n", error.message);
    hr_scenario_free(scenario);
    return (int)status;
}
