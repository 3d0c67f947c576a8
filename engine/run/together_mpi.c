#include "together.h"

#include "clock.h"
#include "member.h"

#include <stdlib.h>

bool together_is_first(const struct hr_ranks *ranks)
{
    return hr_ranks_own(ranks) == 0;
}

/* Rank 0 says what is missing. */
static enum hr_status list_missing(struct member *member, const struct stored_run *run,
                                   struct hr_error *error)
{
    const int threads = driver_threads(run->runner->options.threads, run->trials);
    enum hr_status status = HR_OK;
    struct range missing;

    member_set_units(member, (uint64_t)threads, stored_run_at_once(run));
    member->shares.before = stored_run_done(run) / LANES;
    member->shares.trials = run->trials;
    for (uint64_t from = run->own.first;
         status == HR_OK && stored_run_missing(run, from, &missing);
         from = missing.last)
        status = member_add_missing(member, &missing, error);
    return status;
}

static enum hr_status run_unit(void *context, struct member *member,
                               const struct range *unit, struct hr_error *error)
{
    return member_run(member, context, *unit, error);
}

static enum hr_status take_part(void *context, const char *path, struct hr_error *error)
{
    struct part_list list = {.part = calloc(1, sizeof(*list.part))};
    enum hr_status status;

    if (list.part == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a part of a run");
    status = part_file_open(path, list.part, error);
    list.count = status == HR_OK;
    if (status == HR_OK)
        return stored_run_take(context, &list, error);
    part_list_free(&list);
    return status;
}

/* Rank 0 takes up what all have written; it was stopped where something lacks. */
static enum hr_status gather(struct stored_run *run, struct member *member,
                             struct hr_error *error)
{
    enum hr_status status = member_gather(member, &run->folder, take_part, run, error);
    struct range missing;

    if (together_is_first(member->ranks)) {
        run->stopped = stored_run_missing(run, run->own.first, &missing);
        run->reached = stored_run_done(run);
    }
    return status;
}

enum hr_status together_open(struct stored_run *run, struct hr_error *error)
{
    struct hr_ranks *ranks = run->runner->options.ranks;
    enum hr_status status = HR_OK;

    if (hr_ranks_count(ranks) == 1)
        return stored_run_open(run, error);
    run->guest = !together_is_first(ranks);
    if (!run->guest)
        status = stored_run_open(run, error);
    if (!run->guest && status == HR_OK)
        status = stored_keep_lock(run, error);
    if (hr_ranks_agree(ranks, status, error) != HR_OK)
        return error->status;
    status = member_sees(&run->folder, error);
    if (status == HR_OK)
        status = stored_run_check_room(run, error);
    return hr_ranks_agree(ranks, status, error);
}

static enum hr_status advance(struct stored_run *run, struct member *member,
                              struct hr_error *error)
{
    const double start = clock_seconds();
    enum hr_status status = HR_OK;

    if (together_is_first(member->ranks))
        status = list_missing(member, run, error);
    status = member_share(member, status, error);
    if (status == HR_OK)
        status = member_work(member, run_unit, run, error);
    if (status == HR_OK)
        status = gather(run, member, error);
    run->runner->seconds += clock_seconds() - start;
    return status;
}

enum hr_status together_advance(struct stored_run *run, struct hr_error *error)
{
    struct member member = member_of(run->runner->options.ranks);
    enum hr_status status;

    if (hr_ranks_count(member.ranks) == 1)
        return stored_run_advance(run, error);
    status = advance(run, &member, error);
    member_free(&member);
    return status;
}

void together_spread(struct hr_ranks *ranks, void *bytes, size_t size)
{
    if (hr_ranks_count(ranks) > 1)
        ranks_spread(ranks, bytes, size);
}
