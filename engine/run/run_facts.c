#include "runner.h"

#include <math.h>
#include <string.h>

static void add_workload(double workload, bool first, struct hr_run_facts *facts)
{
    facts->least_workload = first ? workload : fmin(facts->least_workload, workload);
    facts->most_workload = first ? workload : fmax(facts->most_workload, workload);
}

void hr_run_describe(const struct hr_runner *runner, struct hr_run_facts *facts)
{
    const struct quality *quality = &runner->quality, *tail = &runner->tail.quality;

    *facts = (struct hr_run_facts){
        .trials = hr_run_trials(runner),
        .seconds = runner->seconds,
        .threads = runner->threads,
        .ranks = hr_ranks_count(runner->options.ranks),
        .instruction_set = runner->kernel.name,
        .near_tie_trials = quality->near_tie_trials + tail->near_tie_trials,
        .imbalance = fmax(quality->imbalance, tail->imbalance),
        .stages = runner->kernel.stages,
        .block_bytes = runner->shape.block_size,
        .stop = runner->stop,
    };
    for (size_t i = 0; i < facts->stages; i++)
        facts->stage_names[i] = runner->kernel.stage_name(i);
    memcpy(facts->stage_seconds, runner->stage_seconds, sizeof(facts->stage_seconds));
    for (size_t f = 0; f < runner->plan.forms; f++) {
        struct moments all = {0};

        if (quality->workload != NULL)
            moments_merge(&all, &quality->workload[f]);
        if (tail->workload != NULL)
            moments_merge(&all, &tail->workload[f]);
        add_workload(moments_mean(&all), f == 0, facts);
    }
}
