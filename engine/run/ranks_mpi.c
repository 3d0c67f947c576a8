#include "ranks.h"

#include <limits.h>
#include <mpi.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Counters in a window of rank 0: units taken, and what is done. */
enum counter { TAKEN, DONE, COUNTERS };

/* Far above any number of units: as good as all taken. */
static const uint64_t stopped = (uint64_t)1 << 62;

struct hr_ranks {
    int own, count;
    bool begun;                 /**< MPI was begun here */
    MPI_Win window;             /**< MPI_WIN_NULL: there is none to be had */
    uint64_t counted[COUNTERS]; /**< then: by this rank alone */
    uint64_t *counter;          /**< of rank 0 */
    struct hr_error agreed;     /**< the failure that ended the job; HR_OK: none */
};

/* Wait without taking the processor from ranks that work. */
static void wait_for(MPI_Request request)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    int done = 0;

    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    while (!done) {
        nanosleep(&nap, NULL);
        MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    }
}

/* Threads of MPI's own take no signals: a request to stop is the program's. */
static enum hr_status begin(struct hr_error *error)
{
    int provided = MPI_THREAD_SINGLE, begun;
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    begun = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (begun == MPI_SUCCESS && provided >= MPI_THREAD_FUNNELED)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "this MPI does not go together with threads");
}

static enum hr_status begin_once(bool *begun, struct hr_error *error)
{
    int before = 0;

    MPI_Initialized(&before);
    *begun = !before;
    return before ? HR_OK : begin(error);
}

/* Not every network has windows: a counter of its own for each rank then. */
static void open_window(struct hr_ranks *ranks)
{
    const size_t size = ranks->own == 0 ? COUNTERS * sizeof(uint64_t) : 0;
    int made, all;

    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    made = MPI_Win_allocate((MPI_Aint)size, sizeof(uint64_t), MPI_INFO_NULL,
                            MPI_COMM_WORLD, (void *)&ranks->counter,
                            &ranks->window) == MPI_SUCCESS;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
    MPI_Allreduce(&made, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (!all)
        ranks->window = MPI_WIN_NULL;
    else
        MPI_Win_lock_all(0, ranks->window);
}

enum hr_status hr_ranks_open(struct hr_ranks **ranks, struct hr_error *error)
{
    struct hr_ranks *own;
    bool begun;

    *ranks = NULL;
    if (!ranks_are_launched())
        return HR_OK;
    if (begin_once(&begun, error) != HR_OK)
        return error->status;
    own = calloc(1, sizeof(*own));
    if (own == NULL)
        return hr_fail(error, HR_FAILED, "no memory to share a run");
    own->begun = begun;
    MPI_Comm_rank(MPI_COMM_WORLD, &own->own);
    MPI_Comm_size(MPI_COMM_WORLD, &own->count);
    open_window(own);
    *ranks = own;
    return HR_OK;
}

void hr_ranks_close(struct hr_ranks *ranks)
{
    if (ranks == NULL)
        return;
    if (ranks->window != MPI_WIN_NULL) {
        MPI_Win_unlock_all(ranks->window);
        MPI_Win_free(&ranks->window);
    }
    if (ranks->begun)
        MPI_Finalize();
    free(ranks);
}

int hr_ranks_own(const struct hr_ranks *ranks)
{
    return ranks == NULL ? 0 : ranks->own;
}

int hr_ranks_count(const struct hr_ranks *ranks)
{
    return ranks == NULL ? 1 : ranks->count;
}

enum hr_status hr_ranks_agree(struct hr_ranks *ranks, enum hr_status status,
                              struct hr_error *error)
{
    int failed, first;
    struct hr_error told = {0};
    MPI_Request request;

    if (ranks == NULL)
        return status;
    if (ranks->agreed.status != HR_OK) {
        *error = ranks->agreed;
        return error->status;
    }
    failed = status == HR_OK ? ranks->count : ranks->own;
    MPI_Iallreduce(&failed, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD, &request);
    wait_for(request);
    if (first == ranks->count)
        return HR_OK;
    if (status != HR_OK)
        told = *error;
    told.status = status;
    MPI_Bcast(&told, sizeof(told), MPI_BYTE, first, MPI_COMM_WORLD);
    *error = ranks->agreed = told;
    return told.status;
}

/* One of rank 0's counters before @p operation with @p operand. */
static uint64_t fetch(struct hr_ranks *ranks, enum counter which, MPI_Op operation,
                      uint64_t operand)
{
    uint64_t before = ranks->counted[which];

    if (ranks->window == MPI_WIN_NULL) {
        ranks->counted[which] = operation == MPI_REPLACE ? operand : before + operand;
        return before;
    }
    MPI_Fetch_and_op(&operand, &before, MPI_UINT64_T, 0, (MPI_Aint)which, operation,
                     ranks->window);
    MPI_Win_flush(0, ranks->window);
    return before;
}

void ranks_begin(struct hr_ranks *ranks)
{
    MPI_Request request;

    if (ranks->own == 0 || ranks->window == MPI_WIN_NULL) {
        (void)fetch(ranks, TAKEN, MPI_REPLACE, 0);
        (void)fetch(ranks, DONE, MPI_REPLACE, 0);
    }
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    wait_for(request);
}

uint64_t ranks_take(struct hr_ranks *ranks)
{
    const uint64_t number = fetch(ranks, TAKEN, MPI_SUM, 1);

    /* each rank its own numbers where there is no counter for all */
    return ranks->window == MPI_WIN_NULL && number < stopped
               ? number * (uint64_t)ranks->count + (uint64_t)ranks->own
               : number;
}

void ranks_stop(struct hr_ranks *ranks)
{
    (void)fetch(ranks, TAKEN, MPI_REPLACE, stopped);
}

bool ranks_stopped(struct hr_ranks *ranks)
{
    return fetch(ranks, TAKEN, MPI_NO_OP, 0) >= stopped;
}

uint64_t ranks_add(struct hr_ranks *ranks, uint64_t more)
{
    const uint64_t done = fetch(ranks, DONE, MPI_SUM, more) + more;

    return ranks->window == MPI_WIN_NULL ? done * (uint64_t)ranks->count : done;
}

void ranks_attend(struct hr_ranks *ranks)
{
    int waiting;

    (void)ranks;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &waiting,
               MPI_STATUS_IGNORE);
}

void ranks_spread(struct hr_ranks *ranks, void *bytes, size_t size)
{
    (void)ranks;
    for (size_t done = 0; done < size;) {
        const size_t left = size - done, most = INT_MAX;
        const int now = (int)(left < most ? left : most);

        MPI_Bcast((char *)bytes + done, now, MPI_BYTE, 0, MPI_COMM_WORLD);
        done += (size_t)now;
    }
}

/* Where each rank's text comes; returns the length of all. */
static int lay_out(const int *length, int count, int *place)
{
    int end = 0;

    for (int r = 0; r < count; r++) {
        place[r] = end;
        end += length[r];
    }
    return end;
}

char *ranks_gather(struct hr_ranks *ranks, const char *text)
{
    const int own = (int)strlen(text);
    const size_t count = (size_t)ranks->count;
    int *length = calloc(2 * count, sizeof(*length));
    int *place = length == NULL ? NULL : length + count;
    char *all = NULL;
    int end = 0;

    MPI_Gather(&own, 1, MPI_INT, length, 1, MPI_INT, 0, MPI_COMM_WORLD);
    if (length != NULL && ranks->own == 0) {
        end = lay_out(length, ranks->count, place);
        all = calloc((size_t)end + 1, 1);
    }
    MPI_Gatherv(text, own, MPI_CHAR, all, length, place, MPI_CHAR, 0, MPI_COMM_WORLD);
    free(length);
    return all;
}
