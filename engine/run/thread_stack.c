#include "thread_stack.h"

#include <omp.h>
#include <pthread.h>
#include <stdint.h>

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

enum hr_status thread_stack_check(int threads, struct hr_error *error)
{
    size_t least = SIZE_MAX;

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
