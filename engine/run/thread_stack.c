#include "thread_stack.h"

#include <omp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Four times what the largest budget's trial takes. */
enum { LEAST = 256 << 10 };

/* Bytes of the calling thread's stack; as if without end where that is not known. */
static size_t own_stack(void)
{
    pthread_attr_t attributes;
    size_t size = SIZE_MAX;

    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return SIZE_MAX;
    if (pthread_attr_getstacksize(&attributes, &size) != 0)
        size = SIZE_MAX;
    pthread_attr_destroy(&attributes);
    return size;
}

/* Waits until whoever started it lets go. */
static void *wait_at(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

/* How many threads can be there at once, of so many; they end at once. */
static int count_startable(int wanted)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *thread = calloc((size_t)wanted, sizeof(*thread));
    int started = 0;

    pthread_mutex_lock(&gate);
    while (thread != NULL && started < wanted &&
           pthread_create(&thread[started], NULL, wait_at, &gate) == 0)
        started++;
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    free(thread);
    return started;
}

/* Those of a team that has worked before wait for more. */
static int count_there(void)
{
    struct stat tasks;

    return stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 2
               ? (int)tasks.st_nlink - 2
               : 1;
}

static enum hr_status check_start(int threads, struct hr_error *error)
{
    const int there = count_there(), most = omp_get_thread_limit();
    const int missing = (threads < most ? threads : most) - there;
    const int more = missing > 0 ? count_startable(missing) : missing;

    if (more >= missing)
        return HR_OK;
    return hr_fail(
        error, HR_FAILED,
        "only %d of %d threads can be started, as where memory runs out or no "
        "more are allowed: say --threads %d, or look at ulimit -u and ulimit "
        "-v",
        there + more, threads, there + more);
}

enum hr_status thread_stack_check(int threads, struct hr_error *error)
{
    size_t least = SIZE_MAX;

    if (check_start(threads, error) != HR_OK)
        return error->status;
#pragma omp parallel num_threads(threads) reduction(min : least)
    if (omp_get_thread_num() > 0)
        least = own_stack();
    if (least >= LEAST)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "threads have a stack of only %zu kB, and need at least %d: look at "
                   "OMP_STACKSIZE and ulimit -s, or say --threads 1",
                   least >> 10, LEAST >> 10);
}
