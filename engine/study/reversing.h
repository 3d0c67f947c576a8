/** @file
 * What the parts of hr_reverse() share.
 */
#ifndef HEADROOM_REVERSING_H
#define HEADROOM_REVERSING_H

#include "asking_choice.h"
#include "asking_draws.h"
#include "quadratic.h"

/** What a combination is of: draws, and the sizes of shocks that are not drawn. */
struct ingredient {
    const char *name, *keys, *unit;
    size_t draw;       /**< of a draw */
    const char *shock; /**< of a size; else NULL */
};

/** Most runs of a point, and how far out it may lie, in standard deviations. */
enum { REVERSING_RUNS = 5, REVERSING_FURTHEST = 4 };

struct reversing {
    struct decision *decision;
    const struct hr_again *again; /**< NULL: nothing is run */
    const struct hr_base *base;   /**< NULL likewise */
    struct choice_of_pair choice;
    struct decision_trials trials;
    struct draws draws;
    struct ingredient ingredient[QUADRATIC_DRAWS];
    size_t count;
    double *scores;     /**< [draw][trial] */
    double *memory;     /**< [2][trial], to sort a draw in */
    double *difference; /**< [trial] */
    double *sized; /**< [ingredient][2][run's trial]: with a shock left out, and twice
                        its size; NULL where nothing was run */
    struct design_point point;
    struct ranged run; /**< NaN where nothing was run */
    int runs;          /**< of the point, until one held zero */
};

/** Whether draw @p k is what an ingredient says, step by step: the count where none is.
 * @p sign: -1 where it goes the other way. */
size_t reversing_moves_with(const struct reversing *r, size_t k, double *sign);

/** A draw's value so far out. */
double reversing_value(const struct reversing *r, size_t k, double score);

/** Add the shocks of which nothing is drawn and something may be. */
void reversing_choose_sizes(struct reversing *r);

/** Run the pair with each of these left out, and with each twice its size. */
HR_MUST_CHECK
enum hr_status reversing_run_sizes(struct reversing *r, struct hr_error *error);

/** Run the point that was found and, where that is no turning point, others on the way
 * to it or beyond, until a run's interval holds zero or REVERSING_RUNS are spent. */
HR_MUST_CHECK
enum hr_status reversing_run_there(struct reversing *r, struct hr_error *error);

/** Find the point on a quadratic through the trials and what was run. */
HR_MUST_CHECK
enum hr_status reversing_find(struct reversing *r, struct hr_error *error);

/** How much of the way each ingredient takes, into share[count]. */
void reversing_shares(const struct reversing *r, double *share);

#endif
