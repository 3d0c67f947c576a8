#include "switch_reverse.h"

#include "parts_options.h"
#include "progress.h"

#include <math.h>

enum { NAME = 35 };

static void print_reverse(const struct decision_run *run)
{
    size_t draws = 0;
    const char *const *draw = decision_labels(run, "draw", &draws);
    const double *value = decision_values(run, "value"),
                 *middle = decision_values(run, "middle"),
                 *score = decision_values(run, "score"),
                 *path = decision_values(run, "path_share");
    char name[NAME], one[FIGURE_SIZE], other[FIGURE_SIZE], odds[FIGURE_SIZE];

    if (isnan(decision_attribute(run, "distance")))
        return;
    putchar('\n');
    print_trials_used(run);
    printf("%-*s%12s%12s%9s%11s\n", NAME, "", "middle", "there", "sd", "of the way");
    for (size_t k = 0; k < draws; k++)
        printf("%-*s%12s%12s%9.2f%11s\n", NAME, cut_name(draw[k], NAME, name),
               plain_number(middle[k], one), plain_number(value[k], other), score[k],
               percent(path[k], odds));
    printf("together %.2f +- %.2f standard deviations\n",
           decision_attribute(run, "distance"), decision_attribute(run, "distance_se"));
}

enum hr_status switch_reverse(struct decision_run *run, uint64_t trials, bool runs,
                              struct hr_error *error)
{
    struct progress progress;
    const struct hr_run_options how = {
        .progress = progress_report, .progress_context = &progress, .say = parts_say};
    struct hr_again again = {.trials = trials, .run = &how};
    struct hr_scenario *scenario = NULL;
    enum hr_status status = HR_OK;

    if (runs)
        status = decision_scenario(run, &scenario, error);
    if (status != HR_OK)
        return status;
    progress_start(&progress);
    again.scenario = scenario;
    status = hr_reverse(run->result[0], &run->options->question, runs ? &again : NULL,
                        &run->analysis, error);
    progress_end(&progress);
    hr_scenario_free(scenario);
    return status == HR_OK ? decision_print(run, print_reverse, error) : status;
}
