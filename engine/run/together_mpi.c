#include "together.h"

#include "clock.h"
#include "ranks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How long a name may take to come through a network's file system. */
static const double longest_wait = 120.0;

/* How often a rank tells what it has done, and looks whether it is to go on. */
static const double between_looks = 0.2;

/* How the blocks are shared out: the same on all ranks, so that a unit's number says
 * which blocks it is. */
struct shares {
    uint64_t ranges;
    uint64_t least, most; /**< blocks of a unit; powers of two */
    uint64_t before;      /**< blocks that were there */
};

/* A rank at work. */
struct member {
    struct stored_run *run;
    struct hr_ranks *ranks;
    struct shares shares;
    struct range *missing; /**< [shares.ranges] */
    struct queue queue;    /**< of the units that were passed */
    uint64_t passed;       /**< units */
    struct leg leg;
    uint64_t told;  /**< blocks of the leg that all ranks were told of */
    double looked;  /**< clock_seconds() */
    char *names;    /**< of the parts it wrote, one a line */
    size_t written; /**< bytes of them */
};

bool together_is_first(const struct hr_ranks *ranks)
{
    return hr_ranks_own(ranks) == 0;
}

static uint64_t power_of_two(uint64_t most)
{
    uint64_t power = 1;

    while (power <= most / 2)
        power *= 2;
    return power;
}

/* Large units first, and small ones where few blocks are left. */
static uint64_t unit_size(const struct member *member)
{
    const struct shares *shares = &member->shares;
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

/* Between two pieces of work, on the main thread: others' requests, and a word of how
 * far it is; false where a rank was asked to stop. */
static bool attend(void *context, uint64_t blocks)
{
    struct member *member = context;
    const double now = clock_seconds();
    uint64_t done;

    ranks_attend(member->ranks);
    if (now - member->looked < between_looks)
        return true;
    member->looked = now;
    done = ranks_add(member->ranks, blocks - member->told);
    member->told = blocks;
    member->leg.before = (member->shares.before + done - blocks) * LANES;
    member->leg.stopped = member->leg.stopped || ranks_stopped(member->ranks);
    return !member->leg.stopped;
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
static enum hr_status keep(struct member *member, struct part *part,
                           struct hr_error *error)
{
    if (stored_keep_part(member->run, part, error) != HR_OK)
        return error->status;
    if (add_name(member, part->slab[0].file->path))
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for the names of parts");
}

static enum hr_status run_some(struct member *member, struct range *unit,
                               struct hr_error *error)
{
    struct part part;
    enum hr_status status;
    uint64_t finished;

    member->told = 0;
    member->leg.until = stored_run_until(member->run);
    status = runner_run(member->run->runner, unit, &member->leg, &part, error);
    if (status != HR_OK)
        return status;
    finished = sums_blocks(&part.sums);
    unit->first += finished;
    if (finished > 0)
        status = keep(member, &part, error);
    part_free(&part);
    (void)ranks_add(member->ranks, finished - member->told);
    return status;
}

static enum hr_status run_units(struct member *member, struct hr_error *error)
{
    enum hr_status status = HR_OK;
    struct range unit;

    while (status == HR_OK && !member->leg.stopped && take_unit(member, &unit)) {
        while (status == HR_OK && !member->leg.stopped && unit.first < unit.last)
            status = run_some(member, &unit, error);
    }
    if (status != HR_OK || member->leg.stopped)
        ranks_stop(member->ranks);
    return status;
}

/* Rank 0 says what is missing. */
static enum hr_status list_missing(struct member *member, struct hr_error *error)
{
    const struct stored_run *run = member->run;
    const int threads = driver_threads(run->runner->options.threads, run->trials);
    struct range *more, missing = {0};
    uint64_t from = run->own.first;

    member->shares = (struct shares){
        .least = power_of_two((uint64_t)threads),
        .most = power_of_two(stored_run_at_once(run)),
        .before = stored_run_done(run) / LANES,
    };
    while (stored_run_missing(run, from, &missing)) {
        more = realloc(member->missing, (member->shares.ranges + 1) * sizeof(*more));
        if (more == NULL)
            return hr_fail(error, HR_FAILED, "no memory to share a run out");
        member->missing = more;
        more[member->shares.ranges++] = missing;
        from = missing.last;
    }
    return HR_OK;
}

static enum hr_status receive_missing(struct member *member, struct hr_error *error)
{
    if (member->missing == NULL)
        member->missing = calloc(member->shares.ranges + 1, sizeof(*member->missing));
    if (member->missing != NULL)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory to share a run out");
}

static enum hr_status share_out(struct member *member, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    if (together_is_first(member->ranks))
        status = list_missing(member, error);
    if (hr_ranks_agree(member->ranks, status, error) != HR_OK)
        return error->status;
    ranks_spread(member->ranks, &member->shares, sizeof(member->shares));
    status = receive_missing(member, error);
    if (hr_ranks_agree(member->ranks, status, error) != HR_OK)
        return error->status;
    ranks_spread(member->ranks, member->missing,
                 member->shares.ranges * sizeof(*member->missing));
    member->queue = queue_of(member->missing, member->shares.ranges);
    return HR_OK;
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

static enum hr_status take_name(struct stored_run *run, const char *name,
                                struct hr_error *error)
{
    struct part_list list = {.part = calloc(1, sizeof(*list.part))};
    char path[PATH_MAX];
    enum hr_status status = parts_folder_file(&run->folder, name, path, error);

    if (list.part == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a part of a run");
    if (status == HR_OK && !comes(path))
        status = hr_fail(error, HR_FAILED,
                         "%s was written by another rank and is not seen by the first: "
                         "ranks share a run through its folder; --resume goes on",
                         path);
    if (status == HR_OK)
        status = part_file_open(path, list.part, error);
    list.count = status == HR_OK;
    if (status == HR_OK)
        return stored_run_take(run, &list, error);
    part_list_free(&list);
    return status;
}

static enum hr_status take_names(struct stored_run *run, char *names,
                                 struct hr_error *error)
{
    enum hr_status status = HR_OK;
    char *rest = names, *name = strsep(&rest, "\n");

    for (; name != NULL && status == HR_OK; name = strsep(&rest, "\n")) {
        if (*name != '\0')
            status = take_name(run, name, error);
    }
    return status;
}

/* Rank 0 takes up what all have written; it was stopped where something lacks. */
static enum hr_status gather(struct member *member, struct hr_error *error)
{
    struct stored_run *run = member->run;
    char *names =
        ranks_gather(member->ranks, member->names == NULL ? "" : member->names);
    struct range missing;
    enum hr_status status = HR_OK;

    if (together_is_first(member->ranks)) {
        status = names == NULL
                     ? hr_fail(error, HR_FAILED, "no memory for the names of parts")
                     : take_names(run, names, error);
        run->stopped = stored_run_missing(run, run->own.first, &missing);
        run->reached = stored_run_done(run);
    }
    free(names);
    return status;
}

/* The first rank has made the folder. */
static enum hr_status look_for_folder(const struct stored_run *run,
                                      struct hr_error *error)
{
    char host[256] = "";

    if (comes(run->folder.path))
        return HR_OK;
    gethostname(host, sizeof(host) - 1);
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is not seen on %s: ranks share a run through its folder, so let "
                   "the result lie where every node sees it",
                   run->folder.path, host);
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
    status = look_for_folder(run, error);
    if (status == HR_OK)
        status = stored_run_check_room(run, error);
    return hr_ranks_agree(ranks, status, error);
}

static enum hr_status advance(struct member *member, struct hr_error *error)
{
    const double start = clock_seconds();
    enum hr_status status = share_out(member, error);

    if (status != HR_OK)
        return status;
    ranks_begin(member->ranks);
    member->leg.trials = member->run->trials;
    member->leg.before = member->shares.before * LANES;
    status = run_units(member, error);
    if (hr_ranks_agree(member->ranks, status, error) != HR_OK)
        return error->status;
    status = gather(member, error);
    member->run->runner->seconds += clock_seconds() - start;
    return status;
}

enum hr_status together_advance(struct stored_run *run, struct hr_error *error)
{
    struct hr_ranks *ranks = run->runner->options.ranks;
    struct member member = {.run = run, .ranks = ranks};
    enum hr_status status;

    if (hr_ranks_count(ranks) == 1)
        return stored_run_advance(run, error);
    member.leg.attend = attend;
    member.leg.attending = &member;
    status = advance(&member, error);
    free(member.missing);
    free(member.names);
    return status;
}

void together_spread(struct hr_ranks *ranks, void *bytes, size_t size)
{
    if (hr_ranks_count(ranks) > 1)
        ranks_spread(ranks, bytes, size);
}
