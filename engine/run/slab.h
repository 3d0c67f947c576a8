/** @file
 * A slab of the trial table: all its rows, for some consecutive trials, in memory or in
 * a part's file.
 */
#ifndef HEADROOM_SLAB_H
#define HEADROOM_SLAB_H

#include "block.h"
#include "part_file.h"
#include "shape.h"

/** Start with {0}. */
struct slab {
    uint64_t first;         /**< trial */
    size_t trials;          /**< that are there */
    size_t room;            /**< for trials */
    double *value;          /**< [row][room]; NULL where the numbers are in the file */
    struct part_file *file; /**< owned; NULL where there is none */
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

/** Let go of the numbers in memory: they are in @p file, which the slab owns now. */
void slab_move_to(struct slab *slab, struct part_file *file);

/** Copy trials of a row, all of which are there. */
HR_MUST_CHECK
enum hr_status slab_read(const struct slab *slab, const struct row_stretch *stretch,
                         double *value, struct hr_error *error);

/** Put what a slab from a part's file has of practices by quarter into the site store.
 */
HR_MUST_CHECK
enum hr_status slab_restore_sites(const struct slab *slab, const struct shape *shape,
                                  struct hr_error *error);

/** A row from trial @p first on, of a slab in memory. */
static inline const double *slab_row(const struct slab *slab, size_t row,
                                     uint64_t first)
{
    return &slab->value[row * slab->room + (size_t)(first - slab->first)];
}

#endif
