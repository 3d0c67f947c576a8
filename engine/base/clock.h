/** @file
 * How much time has passed.
 */
#ifndef HEADROOM_CLOCK_H
#define HEADROOM_CLOCK_H

#include <time.h>

/** Seconds of wall time since some moment. */
static inline double clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
