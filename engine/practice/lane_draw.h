/** @file
 * Draws for all lanes of a block at once.
 */
#ifndef HEADROOM_LANE_DRAW_H
#define HEADROOM_LANE_DRAW_H

#include "draw.h"
#include "lanes.h"

/** Whose draws: lane i is trial first + i of a run with this seed. */
struct draw_source {
    uint64_t seed;
    uint64_t first;
};

/** Uniforms of index 2 pair and 2 pair + 1. */
static inline void lane_draw_two(const struct draw_source *source, uint64_t address,
                                 struct lanes *even, struct lanes *odd)
{
    const struct draw_source s = *source;

    EACH_LANE (i)
        draw_two(s.seed, s.first + lane_number[i], address, &even->at[i], &odd->at[i]);
}

/** Uniforms of index 2 pair and 2 pair + 1 at two addresses. */
static inline void lane_draw_four(const struct draw_source *source, uint64_t address,
                                  struct lanes even_odd[2], uint64_t other_address,
                                  struct lanes other_even_odd[2])
{
    const struct draw_source s = *source;

    EACH_LANE (i) {
        struct draw_pair one, other;

        threefry_two(s.first + lane_number[i], address, other_address, s.seed, 0, &one,
                     &other);
        even_odd[0].at[i] = uniform_of(one.word[0]);
        even_odd[1].at[i] = uniform_of(one.word[1]);
        other_even_odd[0].at[i] = uniform_of(other.word[0]);
        other_even_odd[1].at[i] = uniform_of(other.word[1]);
    }
}

/** Uniforms of index 0. */
static inline void lane_draw(const struct draw_source *source, uint64_t address,
                             struct lanes *uniform)
{
    const struct draw_source s = *source;

    EACH_LANE (i)
        uniform->at[i] = draw_one(s.seed, s.first + lane_number[i], address);
}

/** Standard normals of index 0. */
static inline void lane_normal(const struct draw_source *source, uint64_t address,
                               struct lanes *normal)
{
    lane_draw(source, address, normal);
    EACH_LANE (i)
        normal->at[i] = normal_quantile(normal->at[i]);
}

#endif
