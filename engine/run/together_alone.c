#include "together.h"

#include "ranks.h"
#include "sweeping.h"

#include <inttypes.h>

enum hr_status hr_ranks_open(struct hr_ranks **ranks, struct hr_error *error)
{
    const uint64_t launched = ranks_launched();

    *ranks = NULL;
    if (launched <= 1)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%" PRIu64 " of this program were started to share a run, and it "
                   "was built without MPI: build it with -DHEADROOM_MPI=ON, or share "
                   "the run out with --shard",
                   launched);
}

void hr_ranks_close(struct hr_ranks *ranks)
{
    (void)ranks;
}

int hr_ranks_own(const struct hr_ranks *ranks)
{
    (void)ranks;
    return 0;
}

int hr_ranks_count(const struct hr_ranks *ranks)
{
    (void)ranks;
    return 1;
}

enum hr_status hr_ranks_agree(struct hr_ranks *ranks, enum hr_status status,
                              struct hr_error *error)
{
    (void)ranks;
    (void)error;
    return status;
}

bool together_is_first(const struct hr_ranks *ranks)
{
    (void)ranks;
    return true;
}

enum hr_status together_open(struct stored_run *run, struct hr_error *error)
{
    return stored_run_open(run, error);
}

enum hr_status together_advance(struct stored_run *run, struct hr_error *error)
{
    return stored_run_advance(run, error);
}

enum hr_status sweep_ranks_run(struct sweeping *sweeping, struct hr_error *error)
{
    (void)sweeping;
    (void)error;
    return HR_OK;
}

void together_spread(struct hr_ranks *ranks, void *bytes, size_t size)
{
    (void)ranks;
    (void)bytes;
    (void)size;
}
