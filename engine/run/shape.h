/** @file
 * How much a run keeps of a trial: sizes that follow from the plan.
 */
#ifndef HEADROOM_SHAPE_H
#define HEADROOM_SHAPE_H

#include "histogram.h"
#include "metric.h"
#include "plan.h"
#include "site_store.h"

#include "headroom/error.h"

/** The trial table has a row for each metric and form, for each drawn value that is
 * stored, for near ties and, of a run that writes parts, for each number of a practice
 * by quarter that is stored; sums are kept of paths, of sites, and of sites'
 * differences. */
struct shape {
    const struct plan *plan;
    size_t *drawn_value; /**< places of the values that differ between trials */
    size_t drawn;        /**< 0 where they are not stored */
    size_t site_rows;
    size_t paths;     /**< forms times series times quarters */
    size_t counted;   /**< numbers by quarter that are counted into histograms: paths,
                         their   differences from the reference, and totals */
    size_t site_sums; /**< forms times sites times site metrics */
    size_t totals;    /**< forms times quarters: sums so far of a path's difference */
    size_t flows;     /**< forms times years, and the horizon, times flows */
    size_t sums;      /**< paths, site sums, those of differences, differences of paths,
                           totals of public cost's, flows and their differences */
    size_t rows;      /**< of the trial table */
    size_t block_size;            /**< bytes of a block of trials */
    struct site_store site_store; /**< of all parts of the run; may be of nothing */
    struct lanes *kept_reference; /**< what the reference came to, block by block
                                       (given.h); or NULL: it is not kept */
};

/** Keep what the reference came to in a finished block, where it is kept. */
void shape_keep_reference(const struct shape *shape, const struct block *block);

/** @p plan must outlive the shape. On failure it is empty. */
HR_MUST_CHECK
enum hr_status shape_init(struct shape *shape, const struct plan *plan,
                          struct hr_error *error);

/** Give the table its rows of practices by quarter, before there is any of it. */
void shape_keep_sites(struct shape *shape);

/** Neither sum nor count anything, before there is any of it: of what is run beside
 * another run nobody asks for more than its trials. */
void shape_keep_trials_only(struct shape *shape);

/** Empty histograms [counted], to be freed; NULL where there is no memory. */
struct histogram *shape_histograms(const struct shape *shape);

void shape_free(struct shape *shape);

/** Rows of the trial table: of a metric the forms follow one another. */
static inline size_t shape_metric(const struct shape *shape, size_t metric, size_t form)
{
    return metric * shape->plan->forms + form;
}

static inline size_t shape_parameter(const struct shape *shape, size_t drawn)
{
    return METRICS * shape->plan->forms + drawn;
}

static inline size_t shape_near_ties(const struct shape *shape)
{
    return METRICS * shape->plan->forms + shape->drawn;
}

/** Of numbers by practice and quarter, in the order of a block's. */
static inline size_t shape_site(const struct shape *shape, size_t number)
{
    return shape_near_ties(shape) + 1 + number;
}

#endif
