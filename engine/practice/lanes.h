/** @file
 * Trials side by side: one array per quantity, one lane per trial.
 */
#ifndef HEADROOM_LANES_H
#define HEADROOM_LANES_H

#include "elementary.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LANES = 8, /**< trials of a block: a register of 512 bits, and little cache */
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

/** Lane i as a set of lanes: a set is a word in which lane i is bit i. */
_Alignas(64) static const uint64_t lane_bit[LANES] = {1, 2, 4, 8, 16, 32, 64, 128};

/** Lane i as a number as wide as a double: a loop that widens its counter is vectorised
 * at half width. */
_Alignas(64) static const uint64_t lane_number[LANES] = {0, 1, 2, 3, 4, 5, 6, 7};

enum { LANE_SETS = 1 << LANES };

/** Of each set its lanes as masks: all bits in a lane that is in it, none in another.
 */
extern const struct flags lanes_masks[LANE_SETS];

static inline const struct flags *lanes_mask(uint64_t set)
{
    return &lanes_masks[set % LANE_SETS];
}

/** A number where a lane is in a set, elsewhere 0. */
HR_INLINE double lane_in(const struct flags *mask, int i, double number)
{
    return from_bits(mask->at[i] & to_bits(number));
}

/** The same where it is not. */
HR_INLINE double lane_out(const struct flags *mask, int i, double number)
{
    return from_bits(~mask->at[i] & to_bits(number));
}

/** A loop over lanes that gathers into the variable called set. */
#define GATHER_LANES(i)                                                                \
    _Pragma("omp simd reduction(| : set)") for (int i = 0; i < LANES; i++)

/** The flags that are set, as a set of lanes. */
static inline uint64_t lanes_set(const struct flags *flags)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= flags->at[i] ? lane_bit[i] : 0;
    return set;
}

/** The lanes in which a number is above 0. */
static inline uint64_t lanes_positive(const struct lanes *x)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= x->at[i] > 0.0 ? lane_bit[i] : 0;
    return set;
}

/** A set of lanes in a byte. */
static inline void lanes_keep(uint64_t set, uint8_t *kept)
{
    *kept = (uint8_t)set;
}

/** Put a lane into a set that is kept, and take it out. */
static inline void lanes_put(int lane, uint8_t *kept)
{
    *kept = (uint8_t)(*kept | lane_bit[lane]);
}

static inline void lanes_drop(int lane, uint8_t *kept)
{
    *kept = (uint8_t)(*kept & ~lane_bit[lane]);
}

/** Whether a lane is in a set. */
static inline bool lanes_have(uint64_t set, int lane)
{
    return set >> lane & 1;
}

/** 1 in the lanes of a set, 0 in the others. */
static inline void lanes_count(uint64_t set, struct lanes *ones)
{
    EACH_LANE (i)
        ones->at[i] = set & lane_bit[i] ? 1.0 : 0.0;
}

/** The lanes in which a number is another. */
static inline uint64_t lanes_unlike(const struct lanes *x, double other)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= x->at[i] != other ? lane_bit[i] : 0;
    return set;
}

/** The set of all lanes. */
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
