/** @file
 * Every practice in every quarter of every trial, on disk while a run goes on.
 *
 * Far larger than the rest of a run, so it is a file without a name in the user's
 * folder for such, mapped: what is in memory of it the system may take back.
 */
#ifndef HEADROOM_SITE_STORE_H
#define HEADROOM_SITE_STORE_H

#include "block.h"

/** Start with {0}, which stores nothing. */
struct site_store {
    uint64_t trials; /**< there is room for, from the first on */
    double *value;   /**< [column][form][trial][site][quarter] */
    size_t bytes;
};

/** Bytes on disk for so many trials of @p plan, 0 where it stores no sites. */
double site_store_bytes(const struct plan *plan, double trials);

/** Room for @p trials, where the plan stores sites; once it is there, no more. */
HR_MUST_CHECK
enum hr_status site_store_open(struct site_store *store, const struct plan *plan,
                               uint64_t trials, struct hr_error *error);
/** Keep the first @p trials alone, of as many or more. */
void site_store_cut(struct site_store *store, const struct plan *plan, uint64_t trials);

void site_store_close(struct site_store *store);

/** One number of practices by quarter, in some consecutive trials. */
struct site_stretch {
    uint64_t first;
    size_t trials;
    const double *value; /**< [trial] */
};

/** Put a block's number @p number, from 0, of a stretch of trials into its places;
 * nothing where nothing is stored. */
void site_store_put(const struct site_store *store, const struct plan *plan,
                    size_t number, const struct site_stretch *stretch);

/** Write a finished block's trials into their places: any thread, any order. */
void site_store_add(const struct site_store *store, const struct block *block);

#endif
