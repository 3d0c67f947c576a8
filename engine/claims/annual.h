/** @file
 * The law of a year's total, as three functions: P(S <= x), E[(x-S)+] and
 * E[((x-S)+)^2]. Whatever is piecewise linear in the total - a corridor, a cap, a
 * reserve - has its mean and variance from them.
 *
 * Everything above x is the exact mean or variance less what lies below x, so the
 * window of the grid need not reach into a heavy tail.
 */
#ifndef HEADROOM_ANNUAL_H
#define HEADROOM_ANNUAL_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>

struct annual_law {
    double mean, variance; /**< exact, GBP and GBP^2 */
    bool normal;           /**< a normal law, or a mixture; the grid is empty */
    size_t parts;          /**< of a mixture; 0: one normal law */
    double *centre;        /**< their means, GBP; owned, with the weights */
    double *weight;        /**< sum to 1 */
    double part_sd;        /**< of each, GBP */
    double noise, growth;  /**< of rounding: see annual_noise() */
    double step, base;     /**< mass[i] lies evenly on base + (i -+ 1/2) step */
    bool comb;             /**< mass[i] lies at base + i step: see annual_comb.h */
    double spread;         /**< variance of a tooth over where it lies, GBP */
    size_t points;         /**< beside the grid: see annual_points.h */
    double *point;         /**< chance of k point_step; owned */
    double point_step;     /**< GBP */
    double drawn; /**< how far the grid is drawn together about the mean, a factor */
    size_t n;
    double *mass;   /**< owned, with the sums in one allocation */
    double *below;  /**< n+1: mass of the cells before i */
    double *first;  /**< n+1: their E[S - mean] */
    double *second; /**< n+1: their E[(S - mean)^2] */
    double *above;  /**< n+1: mass of the cells from i on, summed from above */
};

/** Room for @p n masses, and their sums. */
HR_MUST_CHECK
enum hr_status annual_allocate(struct annual_law *law, size_t n,
                               struct hr_error *error);

/** The sums of the masses. */
void annual_accumulate(struct annual_law *law);

double annual_below(const struct annual_law *law, double x);
double annual_shortfall(const struct annual_law *law, double x);
double annual_shortfall2(const struct annual_law *law, double x);

double annual_above(const struct annual_law *law, double x);

/** About what rounding leaves uncertain of annual_above(): some 1e-16 a claim, which
 * grows towards the top of a tilted grid. What is not far above it is noise. */
double annual_noise(const struct annual_law *law, double x);

/** Stop-loss: E[(S - x)+]. */
double annual_excess(const struct annual_law *law, double x);

double annual_density(const struct annual_law *law, double x);

/** Smallest x with P(S <= x) >= p; NaN where the tail is too heavy for the grid. */
double annual_quantile(const struct annual_law *law, double p);

/** E[S | S > its p-quantile] (tail value at risk). */
double annual_tail_mean(const struct annual_law *law, double p);

void annual_free(struct annual_law *law);

#endif
