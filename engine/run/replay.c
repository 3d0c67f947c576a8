#include "headroom/run.h"

#include "kernel.h"
#include "problems.h"
#include "scenario_plan.h"
#include "tape.h"

#include <stdlib.h>

struct hr_replay {
    struct plan plan;
    struct tape tape;
    double *metric; /**< [form][metric] */
};

static enum hr_status record(struct hr_replay *replay, uint64_t trial,
                             struct hr_error *error)
{
    const int lane = (int)(trial % LANES);
    const struct plan *plan = &replay->plan;
    struct kernel kernel;
    struct block block;

    if (kernel_choose(NULL, &kernel, error) != HR_OK ||
        tape_init(&replay->tape, plan, lane, error) != HR_OK ||
        block_init(&block, plan, error) != HR_OK)
        return error->status;
    replay->metric = calloc(plan->forms * METRICS, sizeof(double));
    if (replay->metric == NULL) {
        block_free(&block);
        return hr_fail(error, HR_FAILED, "no memory to replay a trial");
    }
    block.tape = &replay->tape;
    kernel.run(&block, trial - (uint64_t)lane, LANES);
    for (size_t k = 0; k < plan->forms * METRICS; k++)
        replay->metric[k] = block.metric[k].at[lane];
    block_free(&block);
    return HR_OK;
}

enum hr_status hr_replay_run(const struct hr_scenario *scenario, uint64_t trial,
                             struct hr_replay **replay, struct hr_error *error)
{
    struct hr_messages problems = {0};

    *replay = calloc(1, sizeof(**replay));
    if (*replay == NULL)
        return hr_fail(error, HR_FAILED, "no memory to replay a trial");
    if (scenario_compile(scenario, &(*replay)->plan, &problems) != HR_OK) {
        (void)problems_fail(&problems, HR_BAD_INPUT, "", error);
    } else if (record(*replay, trial, error) == HR_OK) {
        hr_messages_free(&problems);
        return HR_OK;
    }
    hr_replay_free(*replay);
    *replay = NULL;
    return error->status;
}

void hr_replay_free(struct hr_replay *replay)
{
    if (replay == NULL)
        return;
    tape_free(&replay->tape);
    plan_free(&replay->plan);
    free(replay->metric);
    free(replay);
}

size_t hr_replay_quarters(const struct hr_replay *replay)
{
    return (size_t)replay->plan.quarters;
}

size_t hr_replay_forms(const struct hr_replay *replay)
{
    return replay->plan.forms;
}

size_t hr_replay_units(const struct hr_replay *replay, enum hr_replay_table table,
                       size_t form)
{
    if (table == HR_REPLAY_SITES)
        return replay->plan.sites;
    if (table == HR_REPLAY_ORGANISATIONS)
        return (size_t)replay->plan.form[form].organisations;
    return 1;
}

static const struct tape_column *columns_of(enum hr_replay_table table, size_t *count)
{
    static const struct {
        const struct tape_column *columns;
        const size_t *count;
    } tables[] = {
        [HR_REPLAY_DRIVERS] = {tape_driver_columns, &tape_driver_count},
        [HR_REPLAY_SITES] = {tape_site_columns, &tape_site_count},
        [HR_REPLAY_ORGANISATIONS] = {tape_organisation_columns,
                                     &tape_organisation_count},
        [HR_REPLAY_LEDGER] = {tape_ledger_columns, &tape_ledger_count},
    };
    _Static_assert(sizeof(tables) / sizeof(*tables) == HR_REPLAY_LEDGER + 1,
                   "a table has no columns");

    *count = *tables[table].count;
    return tables[table].columns;
}

const char *hr_replay_column(enum hr_replay_table table, size_t column)
{
    size_t count;
    const struct tape_column *columns = columns_of(table, &count);

    return column < count ? columns[column].name : NULL;
}

const char *hr_replay_unit(enum hr_replay_table table, size_t column)
{
    size_t count;
    const struct tape_column *columns = columns_of(table, &count);

    return column < count ? columns[column].unit : NULL;
}

/* The lowest-coded site of an organisation. */
static const char *first_member(const struct plan *plan, size_t form, size_t unit)
{
    for (size_t s = 0; s < plan->sites; s++) {
        if (plan->form[form].organisation[s] == (int)unit)
            return plan->site[s].code;
    }
    return "";
}

const char *hr_replay_name(const struct hr_replay *replay, enum hr_replay_table table,
                           size_t form, size_t unit)
{
    if (table == HR_REPLAY_SITES)
        return replay->plan.site[unit].code;
    if (table == HR_REPLAY_ORGANISATIONS)
        return first_member(&replay->plan, form, unit);
    return "";
}

const double *hr_replay_row(const struct hr_replay *replay, enum hr_replay_table table,
                            size_t form, size_t unit, size_t quarter)
{
    const struct tape *tape = &replay->tape;
    const struct plan *plan = &replay->plan;

    switch (table) {
    case HR_REPLAY_SITES:
        return tape_site(tape, plan, form, unit, (int)quarter);
    case HR_REPLAY_ORGANISATIONS:
        return tape_organisation(tape, plan, form, (int)unit, (int)quarter);
    case HR_REPLAY_LEDGER:
        return tape_ledger(tape, plan, form, (int)quarter);
    default:
        return &tape->driver[quarter * tape_driver_count];
    }
}

size_t hr_replay_metrics(void)
{
    return METRICS;
}

const char *hr_replay_metric_name(size_t metric)
{
    return metric_columns[metric].name;
}

double hr_replay_metric(const struct hr_replay *replay, size_t form, size_t metric)
{
    return replay->metric[form * METRICS + metric];
}
