#include "headroom/result.h"
#include "headroom/run.h"

#include "kernel.h"
#include "problems.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum hr_status compile_inputs(const struct hr_result *result, struct plan *plan,
                                     struct hr_error *error)
{
    const char *resolved = hr_result_text(result, "/inputs/scenario_resolved");
    const char *practices = hr_result_text(result, "/inputs/practices_csv");
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (resolved == NULL || practices == NULL)
        return hr_fail(error, HR_NOT_HELD, "the file holds no inputs to run again");
    status = hr_scenario_read_text(resolved, practices, NULL, 0, &scenario, &problems);
    if (status == HR_OK)
        status = hr_scenario_compile(scenario, plan, &problems);
    if (status != HR_OK)
        (void)problems_fail(&problems, HR_NOT_HELD,
                            "its inputs cannot be run again: ", error);
    hr_scenario_free(scenario);
    hr_messages_free(&problems);
    return status == HR_OK ? HR_OK : error->status;
}

static int same_bits(double a, double b)
{
    return (a != a && b != b) || memcmp(&a, &b, sizeof(a)) == 0;
}

static enum hr_status compare_metric(struct hr_result *result,
                                     const struct block *block, int metric,
                                     struct hr_error *error)
{
    const struct plan *plan = block->plan;
    const char *name = metric_columns[metric].name;
    struct hr_result_values stored;
    char path[128];
    size_t trials;

    snprintf(path, sizeof(path), "/trials/%s", name);
    if (hr_result_values(result, path, &stored, error) != HR_OK)
        return error->status;
    trials = stored.count / plan->forms;
    for (size_t f = 0; f < plan->forms; f++) {
        for (int i = 0; i < block->count; i++) {
            const size_t trial = (size_t)block->source.first + (size_t)i;
            const double again = block->metric[f * METRICS + (size_t)metric].at[i];
            const double kept = stored.value[f * trials + trial];

            if (!same_bits(kept, again))
                return hr_fail(error, HR_NOT_HELD,
                               "%s of %s in trial %zu is %.17g in the file and %.17g "
                               "when run again",
                               name, plan->row[plan->form[f].row].name, trial, kept,
                               again);
        }
    }
    return HR_OK;
}

static enum hr_status run_sample(struct hr_result *result, const struct plan *plan,
                                 uint64_t trials, uint64_t *sample,
                                 struct hr_error *error)
{
    const uint64_t blocks = (trials + LANES - 1) / LANES;
    const uint64_t wanted = (*sample + LANES - 1) / LANES;
    const uint64_t chosen = wanted < blocks ? wanted : blocks;
    struct kernel kernel;
    struct block block;
    enum hr_status status;

    if (kernel_choose(NULL, &kernel, error) != HR_OK ||
        block_init(&block, plan, error) != HR_OK)
        return error->status;
    status = HR_OK;
    *sample = 0;
    for (uint64_t b = 0; b < chosen && status == HR_OK; b++) {
        const uint64_t first = b * blocks / chosen * LANES;
        const uint64_t left = trials - first;

        kernel.run(&block, first, left < LANES ? (int)left : LANES);
        *sample += (uint64_t)block.count;
        for (int m = 0; m < METRICS && status == HR_OK; m++)
            status = compare_metric(result, &block, m, error);
    }
    block_free(&block);
    return status;
}

enum hr_status hr_verify(const char *path, uint64_t *sample, struct hr_error *error)
{
    struct hr_result *result = NULL;
    struct plan plan = {0};
    uint64_t trials = 0;
    enum hr_status status = hr_result_check_bytes(path, error);

    if (status == HR_OK)
        status = hr_result_open(path, &result, error);
    if (status != HR_OK)
        return status;
    status = hr_result_verify_hash(result, error);
    if (status == HR_OK && !hr_result_integer(result, "trials", &trials))
        status = hr_fail(error, HR_NOT_HELD, "the file does not say how many trials");
    if (status == HR_OK && *sample > 0) {
        status = compile_inputs(result, &plan, error);
        if (status == HR_OK)
            status = run_sample(result, &plan, trials, sample, error);
        plan_free(&plan);
    }
    hr_result_close(result);
    return status;
}
