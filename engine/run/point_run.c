#include "point_run.h"

#include "digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where no form is new, but not what the point drew, the reference alone. Ranks were
 * told of it with what is wanted. */
size_t point_run_forms(const struct sweeping *sweeping, size_t point, bool *keep)
{
    const struct sweep_points *points = &sweeping->points;
    const size_t reference = (size_t)sweeping->reference;
    size_t count = 0;

    for (size_t f = 0; f < points->forms; f++) {
        keep[f] = points->point[point].form[f].wanted;
        count += keep[f];
    }
    if (!sweeping->is_shared && !keep[reference] &&
        (count > 0 || !sweeping->stack.placed[point])) {
        keep[reference] = true;
        count++;
    }
    return count;
}

/* A part is of a point and of the forms that are run. */
static void identify(const struct sweeping *sweeping, struct point_run *run)
{
    const char *id = sweeping->points.point[run->point].id;
    struct sha256_ctx hash;

    sha256_init(&hash);
    digest_add(&hash, id, strlen(id));
    digest_add(&hash, run->keep, sweeping->points.forms * sizeof(*run->keep));
    digest_end(&hash, run->stored.identity);
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
                                       sweeping->options->progress_context,
                                       sweeping->options->threads};
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

static const char *reference_key(const struct sweeping *sweeping, size_t point)
{
    return sweeping->points.point[point].form[sweeping->reference].key;
}

static bool knows(const struct sweep_reference *reference, const struct range *blocks)
{
    bool all = reference->known != NULL;

    for (uint64_t b = blocks->first; b < blocks->last && all; b++)
        all = reference->known[b];
    return all;
}

bool point_run_must_wait(const struct sweeping *sweeping, size_t point)
{
    const struct range all = {.last = sweep_blocks(sweeping)};
    const struct sweep_reference *kept = sweeping->reference_kept;
    const char *key = reference_key(sweeping, point);
    bool wait = false;

    for (size_t r = 0; r < sweeping->references; r++)
        wait |= kept[r].users > 0 && strcmp(kept[r].key, key) == 0 &&
                !knows(&kept[r], &all);
    return wait;
}

/* A place for what a reference comes to that nobody uses; or NULL. */
static struct sweep_reference *free_reference(struct sweeping *sweeping)
{
    for (size_t r = 0; r < sweeping->references; r++) {
        struct sweep_reference *next =
            &sweeping
                 ->reference_kept[sweeping->next_reference++ % sweeping->references];

        if (next->users == 0)
            return next;
    }
    return NULL;
}

static bool make_room(const struct sweeping *sweeping,
                      struct sweep_reference *reference)
{
    const size_t blocks = sweep_blocks(sweeping);

    if (reference->value == NULL)
        reference->value =
            aligned_alloc(_Alignof(struct lanes), sweeping->reference_bytes);
    if (reference->known == NULL)
        reference->known = calloc(blocks, sizeof(*reference->known));
    if (reference->value == NULL || reference->known == NULL)
        return false;
    memset(reference->known, 0, blocks * sizeof(*reference->known));
    return true;
}

/* Where what the reference comes to under this key is, or is to be kept; NULL where
 * there is no room. */
static struct sweep_reference *find_reference(struct sweeping *sweeping,
                                              const char *key)
{
    struct sweep_reference *kept = sweeping->reference_kept, *next;

    for (size_t r = 0; r < sweeping->references; r++) {
        if (kept[r].known != NULL && strcmp(kept[r].key, key) == 0)
            return &kept[r];
    }
    next = free_reference(sweeping);
    if (next == NULL || !make_room(sweeping, next))
        return NULL;
    memcpy(next->key, key, sizeof(next->key));
    return next;
}

/* The reference is given where it is known and not alone. */
static void choose_reference(struct sweeping *sweeping, struct point_run *run)
{
    struct sweep_reference *reference =
        find_reference(sweeping, reference_key(sweeping, run->point));
    const bool known = reference != NULL && knows(reference, &run->blocks);

    if (reference == NULL || (known && run->count == 1))
        return;
    run->reference = reference;
    run->gives = known;
    run->keeps = !known;
    reference->users++;
}

void point_run_know(struct point_run *run)
{
    for (uint64_t b = run->blocks.first; run->keeps && b < run->blocks.last; b++)
        run->reference->known[b] = true;
}

static enum hr_status open_runner(const struct sweeping *sweeping,
                                  struct point_run *run, struct hr_error *error)
{
    const struct hr_run_options *given = sweeping->options;
    const struct hr_run_options options = {
        .threads = given->threads,
        .instruction_set = given->instruction_set,
        .scenario_text = given->scenario_text,
        .changes = given->changes,
        .parts = HR_PARTS_RESUME,
        .checkpoint_seconds = given->checkpoint_seconds,
        .memory_bytes = given->memory_bytes,
        .break_lock = given->break_lock,
        .command = given->command,
        .progress = sweeping->is_shared ? given->progress : NULL,
        .progress_context = given->progress_context,
    };
    const struct runner_forms forms = {
        .keep = run->keep,
        .reference_last = true,
        .given = run->gives ? run->reference->value : NULL,
        .kept = run->keeps ? run->reference->value : NULL,
    };
    struct hr_messages problems = {0};
    enum hr_status status =
        sweep_points_variant(&sweeping->points, run->point, &run->variant, &problems);

    hr_messages_free(&problems);
    if (status != HR_OK)
        return hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    return runner_open(run->variant, &options, &forms, &run->runner, error);
}

static void let_go(struct point_run *run)
{
    if (run->reference != NULL)
        run->reference->users--;
    run->reference = NULL;
    run->keeps = false;
}

static enum hr_status take_up(struct sweeping *sweeping, struct point_run *run,
                              struct hr_error *error)
{
    struct stored_run *stored = &run->stored;

    if (stored_run_init(stored, run->runner, sweeping->path, sweeping->facts->trials,
                        error) != HR_OK)
        return error->status;
    stored->point = run->point;
    stored->folder = sweeping->folder;
    stored->guest = sweeping->is_shared;
    identify(sweeping, run);
    if (!sweeping->is_shared && take_parts(sweeping, stored, error) != HR_OK)
        return error->status;
    if (run->keeps && sums_blocks(&run->runner->part.sums) > 0)
        let_go(run); /* all trials of the reference are kept, or none */
    return stored_run_check_room(stored, error);
}

static enum hr_status prepare(struct sweeping *sweeping, struct point_run *run,
                              struct hr_error *error)
{
    enum hr_status status;

    run->count = point_run_forms(sweeping, run->point, run->keep);
    run->ready = run->count == 0;
    if (run->ready)
        return HR_OK;
    choose_reference(sweeping, run);
    status = open_runner(sweeping, run, error);
    return status == HR_OK ? take_up(sweeping, run, error) : status;
}

enum hr_status point_run_open(struct sweeping *sweeping, const struct range *blocks,
                              struct point_run **run, struct hr_error *error)
{
    struct point_run *opened = calloc(1, sizeof(*opened));
    enum hr_status status;

    *run = opened;
    if (opened != NULL)
        opened->keep = calloc(sweeping->points.forms + 1, sizeof(*opened->keep));
    if (opened == NULL || opened->keep == NULL) {
        status = hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    } else {
        opened->point = blocks->point;
        opened->blocks = *blocks;
        status = prepare(sweeping, opened, error);
    }
    if (status == HR_OK)
        return HR_OK;
    point_run_close(opened);
    *run = NULL;
    return status;
}

void point_run_forget(struct sweeping *sweeping)
{
    for (size_t r = 0; r < sweeping->references; r++) {
        free(sweeping->reference_kept[r].value);
        free(sweeping->reference_kept[r].known);
        sweeping->reference_kept[r] = (struct sweep_reference){0};
    }
}

/* Files are read by one thread at a time. */
static bool is_on_disk(const struct hr_runner *runner)
{
    bool found = false;

    for (size_t i = 0; i < runner->part.slabs; i++)
        found |= runner->part.slab[i].file != NULL;
    return found;
}

static enum hr_status reckon(const struct sweeping *sweeping, struct point_run *run,
                             struct hr_error *error)
{
    struct harvest *harvest = &run->harvest;

    if (harvest_init(harvest, run->runner, error) != HR_OK)
        return error->status;
    harvest->outcome.sums = (struct outcome_sums){0};
    return stack_prepare(&sweeping->stack, &harvest->outcome, &run->set, error);
}

enum hr_status point_run_finish(struct sweeping *sweeping, struct point_run *run,
                                struct hr_error *error)
{
    const bool alone = is_on_disk(run->runner);
    enum hr_status status = runner_finish(run->runner, sweeping->facts->trials, error);

    if (status != HR_OK)
        return status;
    if (alone)
        omp_set_lock(&sweeping->lock);
    status = reckon(sweeping, run, error);
    if (alone)
        omp_unset_lock(&sweeping->lock);
    return status;
}

/* The others are there already, at an earlier point or from another file. */
static bool take_others(struct sweeping *sweeping, const struct point_run *run)
{
    const struct sweep_points *points = &sweeping->points;
    const size_t now = run->point;
    bool complete = true;

    for (size_t f = 0; f < points->forms && complete; f++) {
        if (points->point[now].form[f].found)
            continue;
        if (!run->keep[f]) {
            stack_take(&sweeping->stack, now, sweep_points_same(points, now, f), f);
            sweeping->facts->forms_taken++;
        }
        complete = sweeping_found(sweeping, now, f);
    }
    return complete;
}

/* A reference that was given was not run; ranks give it to each other by its key. */
static size_t forms_run(const struct sweeping *sweeping, const struct point_run *run)
{
    const size_t same =
        sweep_points_same(&sweeping->points, run->point, (size_t)sweeping->reference);

    return run->count - (run->gives || (sweeping->all_run && same != run->point));
}

enum hr_status point_run_put(struct sweeping *sweeping, struct point_run *run,
                             struct hr_error *error)
{
    if (run->count > 0 &&
        stack_put(&sweeping->stack, run->point, &run->set, error) != HR_OK)
        return error->status;
    sweeping->facts->forms_run += forms_run(sweeping, run);
    sweeping->facts->forms_taken += run->count - forms_run(sweeping, run);
    if (!take_others(sweeping, run))
        return hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    sweeping->names.status[run->point] = 0.0;
    sweeping->has_unsaved = true;
    sweeping->ran += run->count > 0;
    return HR_OK;
}

void point_run_close(struct point_run *run)
{
    if (run == NULL)
        return;
    let_go(run);
    if (run->at_work)
        job_drop(&run->job);
    result_set_free(&run->set);
    harvest_free(&run->harvest);
    hr_run_close(run->runner);
    hr_scenario_free(run->variant);
    free(run->keep);
    free(run);
}
