#include "member.h"

#include "clock.h"
#include "stored_keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How long a name may take to come through a network's file system. */
static const double longest_wait = 120.0;

/* How often a rank tells what it has done, and looks whether it is to go on. */
static const double between_looks = 0.2;

struct member member_of(struct hr_ranks *ranks)
{
    return (struct member){.ranks = ranks};
}

void member_free(struct member *member)
{
    free(member->missing);
    free(member->names);
    *member = (struct member){0};
}

static uint64_t power_of_two(uint64_t most)
{
    uint64_t power = 1;

    while (power <= most / 2)
        power *= 2;
    return power;
}

void member_set_units(struct member *member, uint64_t least, uint64_t most)
{
    member->shares.least = power_of_two(least);
    member->shares.most = power_of_two(most);
}

static enum hr_status no_memory(struct hr_error *error)
{
    return hr_fail(error, HR_FAILED, "no memory to share a run out");
}

enum hr_status member_add_missing(struct member *member, const struct range *missing,
                                  struct hr_error *error)
{
    struct member_shares *shares = &member->shares;
    struct range *more = realloc(member->missing, (shares->ranges + 1) * sizeof(*more));

    if (more == NULL)
        return no_memory(error);
    member->missing = more;
    more[shares->ranges++] = *missing;
    return HR_OK;
}

enum hr_status member_share(struct member *member, enum hr_status listed,
                            struct hr_error *error)
{
    struct hr_ranks *ranks = member->ranks;
    struct member_shares *shares = &member->shares;
    enum hr_status status = HR_OK;

    if (hr_ranks_agree(ranks, listed, error) != HR_OK)
        return error->status;
    ranks_spread(ranks, shares, sizeof(*shares));
    if (member->missing == NULL)
        member->missing = calloc(shares->ranges + 1, sizeof(*member->missing));
    if (member->missing == NULL)
        status = no_memory(error);
    if (hr_ranks_agree(ranks, status, error) != HR_OK)
        return error->status;
    ranks_spread(ranks, member->missing, shares->ranges * sizeof(*member->missing));
    member->queue = queue_of(member->missing, shares->ranges);
    return HR_OK;
}

/* Large units first, and small ones where few blocks are left. */
static uint64_t unit_size(const struct member *member)
{
    const struct member_shares *shares = &member->shares;
    const uint64_t share =
        member->queue.left / (2 * (uint64_t)hr_ranks_count(member->ranks));
    const uint64_t size = share > shares->least ? power_of_two(share) : shares->least;

    return size < shares->most ? size : shares->most;
}

static bool take_unit(struct member *member, struct range *unit)
{
    const uint64_t number = ranks_take(member->ranks);

    while (member->passed <= number) {
        if (!queue_take(&member->queue, unit_size(member), unit))
            return false;
        member->passed++;
    }
    return true;
}

enum hr_status member_work(struct member *member,
                           enum hr_status run(void *context, struct member *member,
                                              const struct range *unit,
                                              struct hr_error *error),
                           void *context, struct hr_error *error)
{
    enum hr_status status = HR_OK;
    struct range unit;

    ranks_begin(member->ranks);
    while (status == HR_OK && !member->stopped && take_unit(member, &unit))
        status = run(context, member, &unit, error);
    if (status != HR_OK || member->stopped)
        ranks_stop(member->ranks);
    return hr_ranks_agree(member->ranks, status, error);
}

/* What a rank runs now. */
struct working {
    struct member *member;
    struct leg leg;
};

/* Tell all of so many blocks of a piece, and hear how many are done. */
static void tell(struct member *member, uint64_t blocks)
{
    member->done = ranks_add(member->ranks, blocks - member->told);
    member->told = blocks;
}

/* Between two pieces of work, on the main thread: others' requests, and a word of how
 * far it is; false where a rank was asked to stop. */
static bool attend(void *context, uint64_t blocks)
{
    struct working *working = context;
    struct member *member = working->member;
    const double now = clock_seconds();

    ranks_attend(member->ranks);
    if (now - member->looked < between_looks)
        return true;
    member->looked = now;
    tell(member, blocks);
    working->leg.before = (member->shares.before + member->done - blocks) * LANES;
    working->leg.stopped = working->leg.stopped || ranks_stopped(member->ranks);
    return !working->leg.stopped;
}

static bool add_name(struct member *member, const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    const size_t length = strlen(name);
    char *more = realloc(member->names, member->written + length + 2);

    if (more == NULL)
        return false;
    member->names = more;
    member->written += (size_t)sprintf(more + member->written, "%s\n", name);
    return true;
}

/* Its sums and trials are on disk, where rank 0 reads them. */
static enum hr_status keep(struct member *member, struct stored_run *run,
                           struct part *part, struct hr_error *error)
{
    if (stored_keep_part(run, part, error) != HR_OK)
        return error->status;
    if (add_name(member, part->slab[0].file->path))
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for the names of parts");
}

/* As much of a unit as its time allows; what is done is taken off it. */
static enum hr_status run_some(struct member *member, struct stored_run *run,
                               struct range *unit, struct hr_error *error)
{
    struct working working = {
        .member = member,
        .leg = {.before = (member->shares.before + member->done) * LANES,
                .trials = member->shares.trials,
                .until = stored_run_until(run),
                .attend = attend},
    };
    struct part part;
    enum hr_status status;
    uint64_t finished;

    member->told = 0;
    working.leg.attending = &working;
    status = runner_run(run->runner, unit, &working.leg, &part, error);
    member->stopped = member->stopped || working.leg.stopped;
    if (status != HR_OK)
        return status;
    finished = sums_blocks(&part.sums);
    unit->first += finished;
    if (finished > 0)
        status = keep(member, run, &part, error);
    part_free(&part);
    tell(member, finished);
    return status;
}

enum hr_status member_run(struct member *member, struct stored_run *run,
                          struct range unit, struct hr_error *error)
{
    const uint64_t most = stored_run_at_once(run);
    enum hr_status status = HR_OK;

    while (status == HR_OK && !member->stopped && unit.first < unit.last) {
        struct range piece = unit;

        if (piece.last - piece.first > most)
            piece.last = piece.first + most;
        status = run_some(member, run, &piece, error);
        unit.first = piece.first;
    }
    return status;
}

/* What another rank has made may take its time to be seen here. */
static bool comes(const char *path)
{
    const struct timespec nap = {.tv_nsec = 50000000};
    const double end = clock_seconds() + longest_wait;

    while (access(path, R_OK) != 0) {
        if (clock_seconds() > end)
            return false;
        nanosleep(&nap, NULL);
    }
    return true;
}

static enum hr_status find(const struct parts_folder *folder, const char *name,
                           char path[PATH_MAX], struct hr_error *error)
{
    if (parts_folder_file(folder, name, path, error) != HR_OK)
        return error->status;
    if (comes(path))
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "%s was written by another rank and is not seen by the first: "
                   "ranks share a run through its folder; --resume goes on",
                   path);
}

enum hr_status member_gather(struct member *member, const struct parts_folder *folder,
                             enum hr_status take(void *context, const char *path,
                                                 struct hr_error *error),
                             void *context, struct hr_error *error)
{
    char *names =
        ranks_gather(member->ranks, member->names == NULL ? "" : member->names);
    char *rest = names, *name, path[PATH_MAX];
    enum hr_status status = HR_OK;

    if (names == NULL && hr_ranks_own(member->ranks) == 0)
        return hr_fail(error, HR_FAILED, "no memory for the names of parts");
    while (status == HR_OK && (name = strsep(&rest, "\n")) != NULL) {
        if (*name == '\0')
            continue;
        status = find(folder, name, path, error);
        if (status == HR_OK)
            status = take(context, path, error);
    }
    free(names);
    return status;
}

enum hr_status member_sees(const struct parts_folder *folder, struct hr_error *error)
{
    char host[256] = "";

    if (comes(folder->path))
        return HR_OK;
    gethostname(host, sizeof(host) - 1);
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is not seen on %s: ranks share a run through its folder, so let "
                   "the result lie where every node sees it",
                   folder->path, host);
}
