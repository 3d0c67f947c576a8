/** @file
 * Which options of `headroom pool` go together: what is said has to count.
 */
#ifndef HEADROOM_POOL_TIES_H
#define HEADROOM_POOL_TIES_H

#include <argp.h>
#include <stddef.h>

enum { MOST_POOL_NAMES = 32 };

/** Options as given, without their dashes. */
struct pool_names {
    const char *name[MOST_POOL_NAMES];
    size_t count;
};

/** A usage error where one of them says nothing beside, or without, another. */
void pool_ties_check(const struct pool_names *names, const struct argp_state *state);

#endif
