/** @file
 * All that some consecutive trials write, under every form: one lane a trial.
 *
 * A thread allocates one block and runs many through it. The struct's arrays are one
 * allocation; nothing is allocated while trials run. Areas are walked one after another
 * in the same memory, so that a block takes what its largest area takes.
 */
#ifndef HEADROOM_BLOCK_H
#define HEADROOM_BLOCK_H

#include "headroom/error.h"
#include "metric.h"
#include "patch.h"
#include "plan.h"
#include "tally.h"

struct tape;

struct block {
    const struct plan *plan;  /**< of the area at hand: all that stages know */
    const struct plan *whole; /**< of all areas */
    size_t area;              /**< at hand */
    double patients;          /**< of all areas at the start */
    uint64_t first;           /**< trial of the first lane */
    struct draw_source source;
    int count;           /**< lanes in use, at most LANES */
    struct lanes *value; /**< of every plan value, drawn or fixed */
    struct drivers drivers;
    struct shock *shock;
    struct nature *nature;        /**< of each site */
    struct site *site;            /**< of each site */
    struct site_claims *claims;   /**< of each site, where a budget is delegated */
    double *slot_fte;             /**< of each slot of all sites */
    struct workforce_form *mover; /**< of each form: the site at hand */
    struct newcomer_range newcomers;
    int *network_of;             /**< of each site */
    int *next_of;                /**< of each site: the next one of its network */
    int *first_of;               /**< of each network: its first site */
    struct patch *patch;         /**< of each form */
    struct tally *tally;         /**< of each form */
    struct quarter_sums *here;   /**< of each form: of the area and quarter at hand */
    struct quarter_sums *sums;   /**< of each form: block_sums() */
    struct lanes *series;        /**< [form][series][quarter] */
    struct lanes *flows;         /**< [form]: flows.h */
    struct lanes *metric;        /**< [form][metric] */
    struct lanes *site_metric;   /**< [form][site][site metric], sites of all areas */
    struct lanes *site_quarters; /**< where they are stored: site_quarters.h */
    struct lanes wanted;         /**< posts of all sites of the area at the start */
    struct lanes near_ties;      /**< comparisons too close to call */
    struct post_draws *draws;    /**< of each group of posts of the site at hand */
    struct lanes *scarcity;      /**< [form], factor on the price of locums */
    struct lanes *hire_inside,
        *hire_outside;        /**< [form], chance that a vacancy fills */
    struct form_rates *rates; /**< of each form */
    struct tape *tape;        /**< records one lane, quarter by quarter, or NULL */
    double *stage_seconds;    /**< time spent in each stage, or NULL */
    struct slice *slice; /**< the area at hand, of the forms that are simulated, as a
                              plan, where there are several or one is given */
    void *memory;
    size_t trials; /**< bytes before those that the areas have in turn */
};

/** On failure the block is empty and block_free() is harmless. */
HR_MUST_CHECK
enum hr_status block_init(struct block *block, const struct plan *plan,
                          struct hr_error *error);
void block_free(struct block *block);

/** Bytes of a block for @p plan. */
size_t block_bytes(const struct plan *plan);

/** Turn to an area: its sites are described, and nothing else is yet as it begins. */
void block_enter(struct block *block, size_t area);

static inline bool block_is_in_last_area(const struct block *block)
{
    return block->area + 1 == plan_areas(block->whole);
}

/** Place in the plan of site @p s of the area at hand. */
static inline size_t block_site(const struct block *block, size_t s)
{
    return plan_area_site(block->whole, block->area, s);
}

/** What the areas so far add up to in a quarter. One area needs no more than the
 * quarter at hand. */
static inline struct quarter_sums *block_sums(const struct block *block, size_t form,
                                              int quarter)
{
    const size_t quarters = block->whole->areas > 0 ? (size_t)block->plan->quarters : 1;

    return &block->sums[form * quarters + (size_t)quarter % quarters];
}

static inline const struct parameters *block_parameters(const struct block *block)
{
    return (const struct parameters *)block->value;
}

static inline const struct form_terms *block_terms(const struct block *block, int row)
{
    return (const struct form_terms *)(block->value + plan_row_values((size_t)row));
}

#endif
