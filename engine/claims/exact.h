/** @file
 * The exact law of a year's kept claims, by fast Fourier transform.
 *
 * Severity is discretised so that mean and variance are preserved, transformed,
 * compounded (exp(n rate (F-1)) for Poisson, mixed over Theta), transformed back, and
 * its mass spread over +-step/2. Errors go with step^2: two grids, one twice as fine,
 * give by Richardson's extrapolation (4 fine - coarse)/3 one to three more digits.
 *
 * FFTW's planner is not thread-safe: call from one thread at a time.
 */
#ifndef HEADROOM_EXACT_H
#define HEADROOM_EXACT_H

#include "annual.h"
#include "portfolio.h"

struct exact_grid {
    int log2_points; /**< 10 .. 24 */
    double step;     /**< GBP; 0: chosen so that the window holds the law. A lattice
                          severity on a grid of its own step has no error at all */
};

enum {
    EXACT_QUICK = 14, /**< with one less, extrapolated: chances to 1e-4 of themselves
                           up to a million people */
    EXACT_FINE = 16,  /**< with one less, extrapolated: to 1e-6 */
};

/** Fills @p law; release it with annual_free(). Needs a finite variance. */
HR_MUST_CHECK
enum hr_status exact_init(struct annual_law *law, const struct portfolio *portfolio,
                          double people, const struct exact_grid *grid,
                          struct hr_error *error);

/** From values on two grids, the second of half the step. */
double exact_extrapolated(double coarse, double fine);

#endif
