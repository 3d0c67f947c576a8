#include "runner.h"

#include <math.h>
#include <string.h>

/* The slabs of a run, its tail's last; NULL after that. */
static const struct slab *slab_at(const struct hr_runner *runner, size_t i)
{
    const size_t slabs = runner->part.slabs;

    if (i < slabs)
        return &runner->part.slab[i];
    return i == slabs && runner->tail.trials > 0 ? &runner->tail.slab : NULL;
}

static double mean_workload(const struct hr_runner *runner, size_t form)
{
    const size_t row = shape_metric(&runner->shape, METRIC_WORKLOAD, form);
    struct moments all = {0};
    const struct slab *slab;

    for (size_t i = 0; (slab = slab_at(runner, i)) != NULL; i++) {
        const struct moments here =
            moments_of(slab_row(slab, row, slab->first), slab->trials);

        moments_merge(&all, &here);
    }
    return moments_mean(&all);
}

static void add_workload(double workload, bool first, struct hr_run_facts *facts)
{
    facts->least_workload = first ? workload : fmin(facts->least_workload, workload);
    facts->most_workload = first ? workload : fmax(facts->most_workload, workload);
}

static void add_slab(const struct shape *shape, const struct slab *slab,
                     struct hr_run_facts *facts)
{
    const double *ties = slab_row(slab, shape_near_ties(shape), slab->first);

    for (size_t t = 0; t < slab->trials; t++)
        facts->near_tie_trials += ties[t] > 0.0;
    for (size_t f = 0; f < shape->plan->forms; f++) {
        const double *imbalance =
            slab_row(slab, shape_metric(shape, METRIC_IMBALANCE, f), slab->first);

        for (size_t t = 0; t < slab->trials; t++)
            facts->imbalance = fmax(facts->imbalance, imbalance[t]);
    }
}

void hr_run_describe(const struct hr_runner *runner, struct hr_run_facts *facts)
{
    const struct slab *slab;

    *facts = (struct hr_run_facts){
        .trials = hr_run_trials(runner),
        .seconds = runner->seconds,
        .threads = runner->threads,
        .instruction_set = runner->kernel.name,
        .stages = runner->kernel.stages,
        .stage_names = runner->kernel.stage_names,
        .block_bytes = runner->shape.block_size,
    };
    memcpy(facts->stage_seconds, runner->stage_seconds, sizeof(facts->stage_seconds));
    for (size_t i = 0; (slab = slab_at(runner, i)) != NULL; i++)
        add_slab(&runner->shape, slab, facts);
    for (size_t f = 0; f < runner->plan.forms; f++)
        add_workload(mean_workload(runner, f), f == 0, facts);
}
