#include "kernel.h"

#include "begin.h"
#include "gains.h"
#include "given.h"
#include "stages.h"
#include "tape.h"

#include <time.h>

/* One of the two is there. */
struct stage {
    const char *name;
    stage_function *run;
    form_stage_function *run_form;
};

static const struct stage stages[] = {
#define ROW(name)      {#name, stage_##name, NULL},
#define FORM_ROW(name) {#name, NULL, stage_##name},
#include "stage_rows.def"
#undef FORM_ROW
#undef ROW
};

enum { STAGES = sizeof(stages) / sizeof(*stages) };
_Static_assert((int)STAGES <= (int)KERNEL_STAGES,
               "whoever times stages has room for so many");

static const char *stage_name(size_t stage)
{
    return stages[stage].name;
}

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
        const struct standing *standing = &practice->standing;
        const uint64_t ended = standing->taken_over | standing->closed;
        const uint64_t caretaker = standing->caretaker & ~ended;
        struct lanes *at = &block->site_metric[(form * block->whole->sites +
                                                block_site(block, (size_t)s)) *
                                               SITE_METRICS];

        lanes_count(standing->wound_up, &at[SITE_LOST]);
        lanes_count(standing->taken_over, &at[SITE_TAKEN_OVER]);
        lanes_count(ended, &at[SITE_ENDED]);
        lanes_count(caretaker, &at[SITE_CARETAKER]);
        lanes_count(lanes_all() & ~(ended | caretaker), &at[SITE_CONTINUING]);
        at[SITE_TODAYS_GPS] = practice->settlement.todays_gps;
        at[SITE_TODAYS_PARTNERS] = practice->settlement.todays_partners;
    }
}

static void finish(struct block *block)
{
    const struct plan *plan = block->plan;

    for (size_t f = 0; f < plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, plan->quarters - 1);
        const struct tally_inputs in = stage_tally(block, f, &rules);

        tally_finish(&in, block_sums(block, f, plan->quarters - 1), &block->tally[f],
                     &block->metric[f * METRICS]);
    }
    if (block->whole->given != NULL)
        given_take(block);
    gains_and_losses(block);
}

/* A stage has ended, and another begins. */
static void note_time(struct block *block, int stage, double *since)
{
    double now;

    if (block->stage_seconds == NULL)
        return;
    now = seconds();
    block->stage_seconds[stage] += now - *since;
    *since = now;
}

static void run_quarter(struct block *block, int quarter)
{
    double since = block->stage_seconds == NULL ? 0.0 : seconds();
    int s = 0;

    for (; stages[s].run != NULL; s++) {
        stages[s].run(block, quarter);
        note_time(block, s, &since);
    }
    for (size_t f = 0; f < block->plan->forms; f++) {
        for (int own = s; own < STAGES; own++) {
            stages[own].run_form(block, f, quarter);
            note_time(block, own, &since);
        }
    }
    if (block->tape != NULL)
        tape_record(block->tape, block, quarter);
}

static void run_area(struct block *block)
{
    block_begin_area(block);
    for (int quarter = 0; quarter < block->plan->quarters; quarter++)
        run_quarter(block, quarter);
    for (size_t f = 0; f < block->plan->forms; f++)
        finish_sites(block, f);
}

/* Areas meet the same drivers, one after another. */
static void run(struct block *block, uint64_t first, int count)
{
    block_begin(block, first, count);
    for (size_t area = 0; area < plan_areas(block->whole); area++) {
        if (area != block->area)
            block_enter(block, area);
        run_area(block);
    }
    finish(block);
}

/* The build renames this one symbol for each instruction set and hides the rest. */
extern const struct kernel kernel_build;
const struct kernel kernel_build = {
    .name = HR_INSTRUCTION_SET,
    .run = run,
    .stage_name = stage_name,
    .stages = STAGES,
};
