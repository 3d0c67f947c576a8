/** @file
 * Trials side by side: one array per quantity, one lane per trial.
 */
#ifndef HEADROOM_LANES_H
#define HEADROOM_LANES_H

#include <stdint.h>

enum {
    LANES = 32, /**< trials of a block */
    LANE_BYTES = LANES * 8,
};

struct lanes {
    _Alignas(64) double at[LANES];
};

/** Whole numbers and flags, as wide as a double so that masks need no conversion. */
struct flags {
    _Alignas(64) uint64_t at[LANES];
};

#define EACH_LANE(i)                                                                   \
    _Pragma("omp simd") for (int i = 0; i < LANES; i++)

#endif
