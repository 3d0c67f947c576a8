/** @file
 * Assumptions that are drawn together: what a scenario says under `correlation`.
 *
 * Rank correlations (Spearman's) between draws, by a normal copula: each keeps its own
 * law exactly. Draws are named as they are addressed: forms.*.levy is one, whatever
 * forms state it.
 */
#ifndef HEADROOM_TIES_H
#define HEADROOM_TIES_H

#include "messages.h"

#include <stddef.h>

/** Every two of some draws. */
struct tie {
    const char **key;
    size_t keys;
    double rank;
    const char *source, *evidence; /**< or NULL */
    struct place at;
};

struct ties {
    struct tie *tie;
    size_t count;
};

#endif
