#include "decision_options.h"

#include "parts_options.h"
#include "progress.h"

enum hr_status decision_ask_again(struct decision_run *run, uint64_t trials,
                                  decision_question *ask, void *context,
                                  struct hr_error *error)
{
    struct progress progress;
    const struct hr_run_options how = {
        .progress = progress_report, .progress_context = &progress, .say = parts_say};
    struct hr_scenario *scenario = NULL;
    enum hr_status status = decision_scenario(run, &scenario, error);

    if (status != HR_OK)
        return status;
    progress_start(&progress);
    status = ask(
        run, &(struct hr_again){.scenario = scenario, .trials = trials, .run = &how},
        context, error);
    progress_end(&progress);
    hr_scenario_free(scenario);
    return status;
}
