#include "sweeping.h"

#include "clock.h"
#include "stored_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Done in all, for the caller's progress; what asked to stop once has asked for good.
 */
static bool report(void *context, uint64_t done, uint64_t trials)
{
    struct sweeping *sweeping = context;
    const struct hr_run_options *options = sweeping->options;

    if (!sweeping->is_to_stop && options->progress != NULL)
        sweeping->is_to_stop =
            !options->progress(options->progress_context, sweeping->ran * trials + done,
                               sweeping->to_run * trials);
    return !sweeping->is_to_stop;
}

bool sweep_may_go_on(struct sweeping *sweeping)
{
    return report(sweeping, 0, sweeping->facts->trials);
}

/* Which forms are new at this point, and with them the reference; how many. Where none
 * is, but not what the point drew, the reference alone. */
static size_t new_forms(struct sweeping *sweeping, bool *keep)
{
    const struct sweep_points *points = &sweeping->points;
    const size_t now = sweeping->now, reference = (size_t)sweeping->reference;
    size_t count = 0;

    for (size_t f = 0; f < points->forms; f++) {
        keep[f] = !points->point[now].form[f].found &&
                  sweep_points_same(points, now, f) == now;
        count += keep[f];
    }
    if ((count > 0 || !sweeping->stack.placed[now]) && !keep[reference]) {
        keep[reference] = true;
        count++;
    }
    return count;
}

/* A part is of a point and of the forms that are run. */
static void identify(const struct sweeping *sweeping, const bool *keep,
                     struct stored_run *run)
{
    const char *id = sweeping->points.point[sweeping->now].id;
    struct sha256_ctx hash;

    sha256_init(&hash);
    digest_add(&hash, id, strlen(id));
    digest_add(&hash, keep, sweeping->points.forms * sizeof(*keep));
    digest_end(&hash, run->identity);
}

static enum hr_status check_parts(const struct stored_run *run,
                                  const struct part_list *list, struct hr_error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct part_file *part = &list->part[i];

        if (part->identity.numbers != HR_RESULT_NUMBERS ||
            strcmp(part->identity.run, run->identity) != 0 ||
            part->identity.first + part->identity.trials > run->trials)
            return hr_fail(error, HR_BAD_INPUT,
                           "%s is of another run or sweep: give another -o, or "
                           "--discard to start again",
                           part->path);
    }
    return HR_OK;
}

static enum hr_status take_parts(const struct sweeping *sweeping,
                                 struct stored_run *run, struct hr_error *error)
{
    const struct part_teller teller = {sweeping->options->say,
                                       sweeping->options->progress_context};
    struct part_list list;
    char prefix[64];

    if (run->folder.lock < 0)
        return HR_OK;
    snprintf(prefix, sizeof(prefix), "v0-p%" PRIu64 "-", run->point);
    if (part_list_read_some(&list, &run->folder, prefix, &teller, error) != HR_OK)
        return error->status;
    if (check_parts(run, &list, error) == HR_OK)
        return stored_run_take(run, &list, error);
    part_list_free(&list);
    return error->status;
}

/* Where what the reference comes to under this key is, or is to be kept; NULL where
 * there is no room. */
static struct sweep_reference *find_reference(struct sweeping *sweeping,
                                              const char *key)
{
    struct sweep_reference *kept = sweeping->reference_kept, *next;

    for (size_t r = 0; r < sweeping->references; r++) {
        if (kept[r].complete && strcmp(kept[r].key, key) == 0)
            return &kept[r];
    }
    if (sweeping->references == 0)
        return NULL;
    next = &kept[sweeping->next_reference++ % sweeping->references];
    if (next->value == NULL)
        next->value = aligned_alloc(_Alignof(struct lanes), sweeping->reference_bytes);
    next->complete = false;
    memcpy(next->key, key, sizeof(next->key));
    return next;
}

/* The reference is given where it is known and not alone. */
static struct runner_forms choose_forms(const bool *keep, size_t count,
                                        const struct sweep_reference *reference)
{
    struct runner_forms forms = {.keep = keep, .reference_last = true};

    if (reference != NULL && reference->complete && count > 1)
        forms.given = reference->value;
    else if (reference != NULL && !reference->complete)
        forms.kept = reference->value;
    return forms;
}

static enum hr_status advance(struct sweeping *sweeping, struct hr_runner *runner,
                              const bool *keep, bool *whole, struct hr_error *error)
{
    struct stored_run run;
    enum hr_status status =
        stored_run_init(&run, runner, sweeping->path, sweeping->facts->trials, error);

    if (status != HR_OK)
        return status;
    run.point = sweeping->now;
    run.folder = sweeping->folder;
    run.kept = sweeping->kept;
    identify(sweeping, keep, &run);
    status = take_parts(sweeping, &run, error);
    *whole = sums_blocks(&runner->part.sums) == 0;
    if (status == HR_OK)
        status = stored_run_advance(&run, error);
    sweeping->folder = run.folder;
    if (status == HR_OK && run.stopped)
        return hr_fail(error, HR_STOPPED, "stopped");
    return status == HR_OK ? runner_finish(runner, run.trials, error) : status;
}

static enum hr_status put(struct sweeping *sweeping, const struct hr_runner *runner,
                          struct hr_error *error)
{
    struct harvest harvest;
    enum hr_status status = harvest_init(&harvest, runner, error);

    if (status != HR_OK)
        return status;
    harvest.outcome.sums = (struct outcome_sums){0};
    status = stack_put(&sweeping->stack, sweeping->now, &harvest.outcome, error);
    harvest_free(&harvest);
    return status;
}

static enum hr_status run_forms(struct sweeping *sweeping,
                                const struct hr_scenario *variant,
                                const struct runner_forms *forms, bool *whole,
                                struct hr_error *error)
{
    const struct hr_run_options *given = sweeping->options;
    const struct hr_run_options options = {
        .threads = given->threads,
        .instruction_set = given->instruction_set,
        .scenario_text = given->scenario_text,
        .changes = given->changes,
        .progress = report,
        .progress_context = sweeping,
        .parts = HR_PARTS_RESUME,
        .checkpoint_seconds = given->checkpoint_seconds,
        .memory_bytes = given->memory_bytes,
        .break_lock = given->break_lock,
        .command = given->command,
    };
    struct hr_runner *runner = NULL;
    enum hr_status status = runner_open(variant, &options, forms, &runner, error);

    if (status == HR_OK)
        status = advance(sweeping, runner, forms->keep, whole, error);
    if (status == HR_OK)
        status = put(sweeping, runner, error);
    hr_run_close(runner);
    return status;
}

static enum hr_status run_variant(struct sweeping *sweeping,
                                  const struct runner_forms *forms, bool *whole,
                                  struct hr_error *error)
{
    struct hr_scenario *variant = NULL;
    struct hr_messages problems = {0};
    enum hr_status status = HR_OK;

    if (sweep_points_variant(&sweeping->points, sweeping->now, &variant, &problems) !=
        HR_OK)
        status = hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    hr_messages_free(&problems);
    if (status == HR_OK)
        status = run_forms(sweeping, variant, forms, whole, error);
    hr_scenario_free(variant);
    return status;
}

/* The others are there already, at an earlier point or from another file. */
static bool take_others(struct sweeping *sweeping, const bool *keep)
{
    const struct sweep_points *points = &sweeping->points;
    const size_t now = sweeping->now;
    bool complete = true;

    for (size_t f = 0; f < points->forms && complete; f++) {
        if (points->point[now].form[f].found)
            continue;
        if (!keep[f]) {
            stack_take(&sweeping->stack, now, sweep_points_same(points, now, f), f);
            sweeping->facts->forms_taken++;
        }
        complete = sweeping_found(sweeping, now, f);
    }
    return complete;
}

/* What the reference comes to is kept where all its trials were run here. */
static enum hr_status run_new(struct sweeping *sweeping, const bool *keep, size_t count,
                              struct hr_error *error)
{
    const struct sweep_form *form = sweeping->points.point[sweeping->now].form;
    struct sweep_reference *reference =
        find_reference(sweeping, form[sweeping->reference].key);
    const struct runner_forms forms = choose_forms(keep, count, reference);
    bool whole = false;
    const enum hr_status status = run_variant(sweeping, &forms, &whole, error);

    if (forms.kept != NULL)
        reference->complete = status == HR_OK && whole;
    sweeping->facts->forms_run += count - (forms.given != NULL);
    return status;
}

enum hr_status sweep_point_run(struct sweeping *sweeping, struct hr_error *error)
{
    bool *keep = calloc(sweeping->points.forms + 1, sizeof(*keep));
    enum hr_status status = HR_OK;
    size_t count;

    if (keep == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    count = new_forms(sweeping, keep);
    if (count > 0)
        status = run_new(sweeping, keep, count, error);
    if (status == HR_OK && !take_others(sweeping, keep))
        status = hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    if (status == HR_OK) {
        sweeping->names.status[sweeping->now] = 0.0;
        sweeping->has_unsaved = true;
    }
    free(keep);
    return status;
}
