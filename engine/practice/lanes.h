/** @file
 * Trials side by side: one array per quantity, one lane per trial.
 */
#ifndef HEADROOM_LANES_H
#define HEADROOM_LANES_H

#include <stdint.h>

enum {
    LANES = 16, /**< trials of a block; two registers of 512 bits, and little cache */
    LANE_BYTES = LANES * 8,
};

struct lanes {
    _Alignas(64) double at[LANES];
};

/** Whole numbers and flags, as wide as a double so that masks need no conversion. */
struct flags {
    _Alignas(64) uint64_t at[LANES];
};

#define EACH_LANE(i) _Pragma("omp simd") for (int i = 0; i < LANES; i++)

/** The flags that are set, as bits: lane i is bit i. */
static inline uint64_t lanes_set(const struct flags *flags)
{
    uint64_t any = 0, set = 0;

    _Pragma("omp simd reduction(| : any)") for (int i = 0; i < LANES; i++) any |=
        flags->at[i];
    for (int i = 0; any != 0 && i < LANES; i++)
        set |= flags->at[i] << i;
    return set;
}

/** All lanes, as bits. */
static inline uint64_t lanes_all(void)
{
    return ~UINT64_C(0) >> (64 - LANES);
}

/** The lowest lane among @p set, which is not empty. */
static inline int lanes_first(uint64_t set)
{
    return __builtin_ctzll(set);
}

#endif
