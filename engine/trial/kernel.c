#include "kernel.h"

#include "begin.h"
#include "gains.h"
#include "stages.h"

#include <time.h>

/* The order of a quarter, and the only place that says it. */
static stage_function *const stages[] = {
    stage_drivers, stage_structure,  stage_workforce, stage_capacity, stage_delegated,
    stage_money,   stage_settlement, stage_decisions, stage_results,
};

enum { STAGES = sizeof(stages) / sizeof(*stages) };

static const char *const stage_names[STAGES] = {
    "drivers", "structure",  "workforce", "capacity", "delegated",
    "money",   "settlement", "decisions", "results",
};

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void finish_sites(struct block *block, size_t form)
{
    const struct patch *patch = &block->patch[form];

    for (int s = 0; s < patch->sites; s++) {
        const struct practice *practice = &patch->practice[s];
        struct lanes *at =
            &block->site_metric[(form * (size_t)patch->sites + (size_t)s) *
                                SITE_METRICS];

        at[SITE_LOST] = practice->standing.wound_up;
        at[SITE_TAKEN_OVER] = practice->standing.taken_over;
        at[SITE_TODAYS_GPS] = practice->settlement.todays_gps;
        at[SITE_TODAYS_PARTNERS] = practice->settlement.todays_partners;
        EACH_LANE (i) {
            const double status = practice->standing.status.at[i];
            const int ended =
                (practice->standing.taken_over.at[i] > 0.0) | (status == STATUS_CLOSED);
            const int caretaker = !ended & (status == STATUS_CARETAKER);

            at[SITE_ENDED].at[i] = ended ? 1.0 : 0.0;
            at[SITE_CARETAKER].at[i] = caretaker ? 1.0 : 0.0;
            at[SITE_CONTINUING].at[i] = ended | caretaker ? 0.0 : 1.0;
        }
    }
}

static void finish(struct block *block)
{
    const struct plan *plan = block->plan;
    for (size_t f = 0; f < plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, plan->quarters - 1);
        const struct tally_inputs in = stage_tally(block, f, &rules);

        tally_finish(&in, &block->patch[f], &block->tally[f],
                     &block->metric[f * METRICS]);
        finish_sites(block, f);
    }
    gains_and_losses(block);
}

static void run_timed(struct block *block, int quarter)
{
    for (int s = 0; s < STAGES; s++) {
        const double start = seconds();

        stages[s](block, quarter);
        block->stage_seconds[s] += seconds() - start;
    }
}

static void run(struct block *block, uint64_t first, int count)
{
    block_begin(block, first, count);
    for (int quarter = 0; quarter < block->plan->quarters; quarter++) {
        if (block->stage_seconds != NULL) {
            run_timed(block, quarter);
            continue;
        }
        for (int s = 0; s < STAGES; s++)
            stages[s](block, quarter);
    }
    finish(block);
}

/* The build renames this one symbol for each instruction set and hides the rest. */
extern const struct kernel kernel_build;
const struct kernel kernel_build = {
    .name = HR_INSTRUCTION_SET,
    .run = run,
    .stage_names = stage_names,
    .stages = STAGES,
};
