/** @file
 * The law of a year's total as it is held: masses on a grid, on the teeth of a comb, or
 * a mixture of normal laws, with their sums. annual.h is what is asked of it.
 */
#ifndef HEADROOM_ANNUAL_LAW_H
#define HEADROOM_ANNUAL_LAW_H

#include <stdbool.h>
#include <stddef.h>

struct annual_law {
    double mean, variance; /**< exact, GBP and GBP^2 */
    bool normal;           /**< a normal law, or a mixture; masses are its parts' */
    size_t parts;          /**< of a mixture; 0: one normal law */
    double *centre;        /**< their means, GBP, rising; owned, with the weights */
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

#endif
