#include "beside.h"

#include "problems.h"

#include <stdlib.h>

/* The scenario of a run, which is borrowed, once more; without what it stores apart. */
static enum hr_status copy_scenario(const struct hr_runner *runner,
                                    struct hr_scenario **copy,
                                    struct hr_messages *problems)
{
    static const char *const changes[] = {"store.sites=none"};
    char *resolved = hr_scenario_resolved(runner->scenario);
    char *practices = hr_scenario_practices_csv(runner->scenario);
    enum hr_status status = HR_FAILED;

    if (resolved != NULL && practices != NULL)
        status = hr_scenario_read_text(resolved, practices, changes, 1, copy, problems);
    free(resolved);
    free(practices);
    return status;
}

static enum hr_status make_neutral(struct beside *beside,
                                   const struct hr_runner *runner, enum hr_neutral what,
                                   struct hr_error *error)
{
    struct hr_messages problems = {0};
    enum hr_status status = copy_scenario(runner, &beside->scenario, &problems);

    if (status == HR_OK)
        status =
            hr_scenario_neutralise(beside->scenario, what, &beside->changed, &problems);
    if (status != HR_OK)
        return problems_fail(&problems, status,
                             "assumed numbers cannot be made neutral (--no-neutral "
                             "leaves that out): ",
                             error);
    hr_messages_free(&problems);
    return HR_OK;
}

enum hr_status beside_run(struct beside *beside, const struct hr_runner *runner,
                          enum hr_neutral what, struct hr_error *error)
{
    const struct hr_run_options options = {.threads = runner->options.threads,
                                           .instruction_set =
                                               runner->options.instruction_set};
    const uint64_t trials = hr_run_trials(runner);

    if (make_neutral(beside, runner, what, error) != HR_OK)
        return error->status;
    if (beside->changed == 0)
        return HR_OK;
    if (hr_run_open(beside->scenario, &options, &beside->runner, error) != HR_OK)
        return error->status;
    shape_keep_trials_only(&beside->runner->shape);
    beside->runner->part = part_none(&beside->runner->shape);
    if (hr_run_advance(beside->runner, trials < BESIDE_TRIALS ? trials : BESIDE_TRIALS,
                       error) != HR_OK)
        return error->status;
    beside->trials = (size_t)hr_run_trials(beside->runner);
    return whole_init(&beside->whole, &beside->runner->part, &beside->runner->tail,
                      error);
}

void beside_free(struct beside *beside)
{
    whole_free(&beside->whole);
    hr_run_close(beside->runner);
    hr_scenario_free(beside->scenario);
    *beside = (struct beside){0};
}
