/** @file
 * What checking ties and compiling them share.
 */
#ifndef HEADROOM_TIES_CHECK_PARTS_H
#define HEADROOM_TIES_CHECK_PARTS_H

#include "ties_check.h"

struct draw_name {
    char name[LONGEST_KEY];
    uint32_t entity;
    const struct field *field;
};

struct tied {
    size_t count;
    struct draw_name draw[MOST_TIED];
    double rank[MOST_TIED][MOST_TIED];
};

/** All draws that are named, in the order of the schema; false where there are too
 * many. */
bool ties_collect(const struct hr_scenario *scenario, struct tied *tied);

/** The ranks asked for; what is wrong about them goes to @p problems, which may be
 * NULL.
 */
void ties_fill_ranks(const struct hr_scenario *scenario, struct tied *tied,
                     struct hr_messages *problems);

/** The normal's correlation that gives a rank correlation; the same bits everywhere. */
double ties_normal_correlation(double rank);

#endif
