/** @file
 * Random numbers addressed by what they are for.
 *
 * A draw is a pure function of (seed, trial, purpose, entity, quarter, index):
 * it has no history, so any trial can be run alone, on any thread, and gives
 * the same numbers. Form, sweep point and number of trials are deliberately
 * not in the address: all forms meet the same epidemic and the same retirement.
 *
 * Generator: Threefry2x64-20 (Salmon et al. 2011), key (seed, 0), counter
 * (trial + 2^48 (i div 65536), entity<<32 | purpose<<24 | quarter<<16 | i mod 65536)
 * where the draw of index 2i is word 0 and of index 2i+1 word 1.
 *
 * A run may draw some of its assumptions, or all that is chance, anew: on another
 * stream, which is other trials' addresses. Ordinary runs are on stream 0 throughout.
 */
#ifndef HEADROOM_DRAW_H
#define HEADROOM_DRAW_H

#include "elementary.h"

/** Append only: these numbers are part of what makes a result reproducible. */
enum purpose {
    DRAW_PRICES = 1,
    DRAW_MARKET,
    DRAW_COMMON_DEMAND,
    DRAW_SITE_DEMAND,
    DRAW_SHOCK_START,
    DRAW_PARAMETER,
    DRAW_FRAILTY,
    DRAW_EFFICIENCY,
    DRAW_SITE_AGE,
    DRAW_START_AGE,
    DRAW_START_SICK,
    DRAW_WANTED,
    DRAW_PARTICIPATION,
    DRAW_WINDUP,
    DRAW_NEED_ERROR,
    DRAW_POST = 17,   /**< all that befalls a post in a quarter; 18 to 22 are retired */
    DRAW_NOTICE = 23, /**< and its route; at index 1 a member's exit; 24 and 25 are
                           retired */
    DRAW_ORGANISATION_EXIT = 26,
    DRAW_ORGANISATION_COST,
    DRAW_CLAIM_COUNT,
    DRAW_CLAIM_SIZE,
    DRAW_THETA,
    DRAW_ENDING_YEAR, /**< factor on endings, of a financial year */
    DRAW_ENDING_AREA, /**< the same of an area */
    DRAW_DESIGN,
    DRAW_DOMINANCE,
    DRAW_POSTERIOR,
};

enum { ONCE_PER_TRIAL = 255 /**< the quarter of a draw made once */ };

enum { DRAW_STREAM_BITS = 44, DRAW_STREAMS = 8 /**< trials are below 2^44 */ };

/** Where a trial's draws on a stream are, as the trial of an address. */
HR_INLINE uint64_t draw_trial(uint64_t trial, unsigned stream)
{
    return trial + ((uint64_t)stream << DRAW_STREAM_BITS);
}

struct draw_pair {
    uint64_t word[2];
};

HR_INLINE uint64_t rotated_left(uint64_t word, int bits)
{
    return (word << bits) | (word >> (64 - bits));
}

/** Threefry2x64 with 20 rounds at two second counter words, round by round side by
 * side: each round waits for the one before. */
HR_INLINE void threefry_two(uint64_t counter0, uint64_t counter1, uint64_t counter2,
                            uint64_t key0, uint64_t key1, struct draw_pair *one,
                            struct draw_pair *other)
{
    const uint64_t key2 = 0x1BD11BDAA9FC1A22ull ^ key0 ^ key1;
    uint64_t x0 = counter0 + key0, x1 = counter1 + key1;
    uint64_t y0 = counter0 + key0, y1 = counter2 + key1;

#define HR_ROUND(bits)                                                                 \
    (x0 += x1, y0 += y1, x1 = rotated_left(x1, bits) ^ x0,                             \
     y1 = rotated_left(y1, bits) ^ y0)
#define HR_EVEN         (HR_ROUND(16), HR_ROUND(42), HR_ROUND(12), HR_ROUND(31))
#define HR_ODD          (HR_ROUND(16), HR_ROUND(32), HR_ROUND(24), HR_ROUND(21))
#define HR_KEYS(k0, k1) (x0 += (k0), y0 += (k0), x1 += (k1), y1 += (k1))
    HR_EVEN, HR_KEYS(key1, key2 + 1);
    HR_ODD, HR_KEYS(key2, key0 + 2);
    HR_EVEN, HR_KEYS(key0, key1 + 3);
    HR_ODD, HR_KEYS(key1, key2 + 4);
    HR_EVEN, HR_KEYS(key2, key0 + 5);
#undef HR_ROUND
#undef HR_EVEN
#undef HR_ODD
#undef HR_KEYS
    *one = (struct draw_pair){{x0, x1}};
    *other = (struct draw_pair){{y0, y1}};
}

/** Threefry2x64 with 20 rounds. */
HR_INLINE struct draw_pair threefry(uint64_t counter0, uint64_t counter1, uint64_t key0,
                                    uint64_t key1)
{
    struct draw_pair words, again;

    threefry_two(counter0, counter1, counter1, key0, key1, &words, &again);
    return words;
}

/** Second counter word of an address; @p pair is index div 2. */
HR_INLINE uint64_t draw_address(uint32_t entity, enum purpose purpose, uint32_t quarter,
                                uint32_t pair)
{
    return (uint64_t)entity << 32 | (uint64_t)purpose << 24 | (uint64_t)quarter << 16 |
           (pair & 0xffffu);
}

/** Uniform on the open interval (0, 1), 52 bits, symmetric about a half. */
HR_INLINE double uniform_of(uint64_t word)
{
    return from_bits((word >> 12) | 0x3ff0000000000000ull) - (1.0 - 0x1p-53);
}

/** Uniform of a word's low 32 bits, on (0, 1) and symmetric about a half. */
HR_INLINE double uniform_of_32(uint64_t word)
{
    return from_bits((word & 0xffffffffu) << 20 | 0x3ff0000000000000ull) -
           (1.0 - 0x1p-33);
}

/** The same of its low 16 bits. */
HR_INLINE double uniform_of_16(uint64_t word)
{
    return from_bits((word & 0xffffu) << 36 | 0x3ff0000000000000ull) - (1.0 - 0x1p-17);
}

/** Two uniforms, of indices 2 pair and 2 pair + 1. */
HR_INLINE void draw_two(uint64_t seed, uint64_t trial, uint64_t address, double *even,
                        double *odd)
{
    const struct draw_pair pair = threefry(trial, address, seed, 0);

    *even = uniform_of(pair.word[0]);
    *odd = uniform_of(pair.word[1]);
}

/** The uniform of index 0 at an address. */
HR_INLINE double draw_one(uint64_t seed, uint64_t trial, uint64_t address)
{
    return uniform_of(threefry(trial, address, seed, 0).word[0]);
}

/** Entity of a practice: the code in base 36 if it is six characters A-Z0-9, the
 * first not 0, and below 2^31; else FNV-1a-32 with the top bit set. */
uint32_t draw_entity_of_code(const char *code);

#endif
