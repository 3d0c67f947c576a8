/** @file
 * A slab of the trial table: all its rows, for some consecutive trials.
 */
#ifndef HEADROOM_SLAB_H
#define HEADROOM_SLAB_H

#include "block.h"
#include "shape.h"

/** Start with {0}. */
struct slab {
    uint64_t first; /**< trial */
    size_t trials;  /**< that are there */
    size_t room;    /**< for trials */
    double *value;  /**< [row][room] */
};

/** Room for @p room trials from @p first on, none of which is there. */
HR_MUST_CHECK
enum hr_status slab_init(struct slab *slab, const struct shape *shape, uint64_t first,
                         size_t room, struct hr_error *error);
void slab_free(struct slab *slab);

/** Write a finished block's trials into their places, those of the site store too: any
 * thread, any order. */
void slab_store(const struct slab *slab, const struct shape *shape,
                const struct block *block);

/** Trials @p first to @p first + @p count - 1 of a row, all of which are there. */
static inline const double *slab_row(const struct slab *slab, size_t row,
                                     uint64_t first)
{
    return &slab->value[row * slab->room + (size_t)(first - slab->first)];
}

#endif
