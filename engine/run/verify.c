#include "headroom/run.h"

#include "again.h"
#include "as_stated.h"
#include "kernel.h"
#include "made_from.h"
#include "same_bits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 256 };

static enum hr_status compile_inputs(struct again *again, struct hr_error *error)
{
    return made_from(again->result, &again->scenario, &again->plan, error);
}

/* Row @p row of a data set, whose last axis is the trials, in the trials of the block.
 * What a file of an earlier 1.x does not have is left out. */
static enum hr_status compare_lanes(struct again *again, const char *path, size_t row,
                                    const struct lanes *lanes, struct hr_error *error)
{
    const struct block *block = &again->block;
    struct hr_result_values stored;
    const enum hr_status status = hr_result_values(again->result, path, &stored, error);

    if (status != HR_OK)
        return status == HR_BAD_INPUT ? HR_OK : status;
    for (int i = 0; i < block->count; i++) {
        const size_t trial = (size_t)block->first + (size_t)i;
        const double kept = stored.value[row * again->trials + trial];

        if (!same_bits(kept, lanes->at[i]))
            return hr_fail(error, HR_NOT_HELD,
                           "%s, row %zu, in trial %zu is %.17g in the file and %.17g "
                           "when run again",
                           path, row, trial, kept, lanes->at[i]);
    }
    return HR_OK;
}

static enum hr_status compare_metrics(struct again *again, struct hr_error *error)
{
    const size_t metrics = again->plan.forms * METRICS;
    enum hr_status status = HR_OK;
    char path[PATH];

    for (size_t k = 0; k < metrics && status == HR_OK; k++) {
        snprintf(path, sizeof(path), "/trials/%s", metric_columns[k % METRICS].name);
        status =
            compare_lanes(again, path, k / METRICS, &again->block.metric[k], error);
    }
    return status;
}

static enum hr_status compare_parameters(struct again *again, struct hr_error *error)
{
    const struct plan *plan = &again->plan;
    enum hr_status status = HR_OK;
    char path[PATH];

    for (size_t v = 0; v < plan->values && status == HR_OK; v++) {
        snprintf(path, sizeof(path), "/parameters/%s", plan->value[v].key);
        if (plan->value[v].distribution.kind != FIXED)
            status = compare_lanes(again, path, 0, &again->block.value[v], error);
    }
    return status;
}

static enum hr_status compare_block(struct again *again, struct hr_error *error)
{
    if (compare_metrics(again, error) != HR_OK ||
        compare_parameters(again, error) != HR_OK)
        return error->status;
    return compare_lanes(again, "/quality/near_ties", 0, &again->block.near_ties,
                         error);
}

/* Blocks from the first to the last of the file, evenly spread. */
static uint64_t chosen_block(uint64_t i, uint64_t chosen, uint64_t blocks)
{
    const double step = chosen > 1 ? (double)(blocks - 1) / (double)(chosen - 1) : 0.0;

    return i + 1 == chosen && chosen > 1 ? blocks - 1 : (uint64_t)((double)i * step);
}

enum hr_status again_sample(struct again *again, uint64_t sample,
                            struct hr_verified *held, struct hr_error *error)
{
    const uint64_t blocks = (again->trials + LANES - 1) / LANES;
    const uint64_t wanted = sample / LANES + (sample % LANES > 0);
    const uint64_t chosen = wanted < blocks ? wanted : blocks;
    struct kernel kernel;
    enum hr_status status;

    if (kernel_choose(NULL, &kernel, error) != HR_OK ||
        block_init(&again->block, &again->plan, error) != HR_OK)
        return error->status;
    status = HR_OK;
    for (uint64_t i = 0; i < chosen && status == HR_OK; i++) {
        const uint64_t first = chosen_block(i, chosen, blocks) * LANES;
        const uint64_t left = again->trials - first;

        kernel.run(&again->block, first, left < LANES ? (int)left : LANES);
        held->trials_again += (uint64_t)again->block.count;
        status = compare_block(again, error);
    }
    block_free(&again->block);
    return status;
}

static bool has_neutral(const struct hr_result *result)
{
    uint64_t trials;

    return hr_result_integer(result, "/neutral/forms/trials", &trials) ||
           hr_result_integer(result, "/neutral/all/trials", &trials);
}

enum hr_status again_compare(const struct again *again,
                             const struct hr_scenario *scenario,
                             struct hr_verified *held, struct hr_error *error)
{
    const struct hr_run_options options = {.neutral = has_neutral(again->result)};
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    enum hr_status status = hr_run_open(scenario, &options, &runner, error);

    if (status == HR_OK)
        status = hr_run_advance(runner, again->trials, error);
    if (status == HR_OK)
        status = hr_run_result(runner, &result, error);
    if (status == HR_OK)
        status = hr_result_compare(again->result, result, held->worded, error);
    hr_result_close(result);
    hr_run_close(runner);
    return status;
}

/* All trials, and with them what only all of them together give. */
static enum hr_status run_all(const struct again *again, struct hr_verified *held,
                              struct hr_error *error)
{
    struct hr_scenario *scenario = NULL;
    enum hr_status status = as_stated(again->result, again->scenario, &scenario, error);

    if (status == HR_OK)
        status = again_compare(again, scenario, held, error);
    if (status == HR_OK) {
        held->trials_again = again->trials;
        held->every_trial = true;
    }
    hr_scenario_free(scenario);
    return status;
}

static bool keeps_trials(const struct hr_result *result)
{
    bool kept = false;

    for (size_t i = 0; i < hr_result_count(result); i++)
        kept = kept || strncmp(hr_result_path(result, i), "/trials/", 8) == 0;
    return kept;
}

static enum hr_status run_again(struct hr_result *result, uint64_t sample,
                                struct hr_verified *held, struct hr_error *error)
{
    struct again again = {.result = result, .trials = held->trials};
    enum hr_status status = compile_inputs(&again, error);

    (void)hr_result_left_out(result, held->left_out, sizeof(held->left_out));
    held->no_trials = sample < held->trials && !keeps_trials(result);
    if (status == HR_OK && !held->no_trials)
        status = sample < held->trials ? again_sample(&again, sample, held, error)
                                       : run_all(&again, held, error);
    plan_free(&again.plan);
    hr_scenario_free(again.scenario);
    return status;
}

static bool says(const struct hr_result *result, const char *path, const char *text)
{
    const char *said = hr_result_text(result, path);

    return said != NULL && strcmp(said, text) == 0;
}

/* This very build gives the numbers that it gives. */
static enum hr_status check_numbers(const struct hr_result *result,
                                    const struct hr_verified *held,
                                    struct hr_error *error)
{
    if (held->other_numbers && says(result, "engine_version", HEADROOM_VERSION) &&
        says(result, "commit", HEADROOM_COMMIT))
        return hr_fail(error, HR_NOT_HELD,
                       "/numbers is another than those of the build that the file "
                       "names, which is this one");
    return HR_OK;
}

static enum hr_status verify(struct hr_result *result, uint64_t sample,
                             struct hr_verified *held, struct hr_error *error)
{
    size_t points;

    held->proof = hr_result_proof(result);
    held->analysis = hr_result_is_analysis(result);
    held->other_numbers = !held->analysis && !hr_result_same_numbers(result);
    (void)hr_result_integer(result, "trials", &held->trials);
    if (hr_result_verify_hash(result, error) != HR_OK)
        return error->status;
    if (held->analysis)
        return HR_OK;
    if (check_numbers(result, held, error) != HR_OK)
        return error->status;
    if (hr_result_labels(result, "/points/changes", &points) != NULL)
        return again_points(result, sample, held, error);
    if (hr_result_verify_derived(result, error) != HR_OK)
        return error->status;
    if (sample == 0 || held->other_numbers)
        return HR_OK;
    return run_again(result, sample, held, error);
}

enum hr_status hr_verify(const char *path, uint64_t sample, struct hr_verified *held,
                         struct hr_error *error)
{
    const struct hr_result_options any = {.analyses = true};
    struct hr_result *result = NULL;
    enum hr_status status = hr_result_open_as(path, &any, &result, error);

    *held = (struct hr_verified){0};
    if (status == HR_OK)
        status = verify(result, sample, held, error);
    hr_result_close(result);
    return status;
}
