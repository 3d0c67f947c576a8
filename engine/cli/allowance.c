#include "allowance.h"

#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>

struct need {
    __rlimit_resource_t resource;
    rlim_t least;   /**< with which every command does its work, with room to spare */
    rlim_t wanted;  /**< to ask for where there is less */
    rlim_t each;    /**< of the unit that ulimit counts in */
    const char *of; /**< completes "this process may have only 64 ..." */
};

static const struct need needs[] = {
    {RLIMIT_STACK, 1 << 20, 8 << 20, 1 << 10, "kB of stack (ulimit -s)"},
    {RLIMIT_NOFILE, 32, 1024, 1, "files open at once (ulimit -n)"},
};

/* The hard limit too, where the system lets us. */
static rlim_t raise_to(const struct need *need, struct rlimit limit)
{
    const rlim_t may = limit.rlim_max < need->wanted ? limit.rlim_max : need->wanted;
    const struct rlimit further = {need->wanted, need->wanted},
                        within = {may, limit.rlim_max};

    if (may < need->least && setrlimit(need->resource, &further) == 0)
        return need->wanted;
    return setrlimit(need->resource, &within) == 0 ? may : limit.rlim_cur;
}

/* Threads get the stack that the limit allowed when the program began. */
static void enlarge_threads(void)
{
    pthread_attr_t attributes;

    if (pthread_attr_init(&attributes) != 0)
        return;
    if (pthread_attr_setstacksize(&attributes, needs[0].least) == 0)
        pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

static bool suffices(const struct need *need)
{
    struct rlimit limit;

    if (getrlimit(need->resource, &limit) != 0 || limit.rlim_cur >= need->least)
        return true;
    limit.rlim_cur = raise_to(need, limit);
    if (limit.rlim_cur < need->least) {
        fprintf(stderr,
                "headroom: this process may have only %llu %s, and needs at least "
                "%llu\n",
                (unsigned long long)(limit.rlim_cur / need->each), need->of,
                (unsigned long long)(need->least / need->each));
        return false;
    }
    if (need->resource == RLIMIT_STACK)
        enlarge_threads();
    return true;
}

bool allowance_suffices(void)
{
    bool suffice = true;

    for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
        suffice = suffices(&needs[i]) && suffice;
    return suffice;
}
