/** @file
 * A severity on a lattice, its mean preserved.
 *
 * With pi the stop-loss transform of min(X, limit) and h the step, f_0 = 1 - (pi_0 -
 * pi_1)/h and f_j = (pi_(j-1) - 2 pi_j + pi_(j+1))/h. Claims beyond the lattice have no
 * mass on it.
 */
#ifndef HEADROOM_LATTICE_H
#define HEADROOM_LATTICE_H

#include "severity.h"

struct lattice {
    double step; /**< GBP */
    size_t n;
    double limit; /**< of a claim, GBP; may be infinite */
};

/** Masses at j step, j = 0 .. n-1; @p added is what this adds to E[X^2]. */
HR_MUST_CHECK
enum hr_status lattice_masses(const struct severity *severity,
                              const struct lattice *lattice, double *mass,
                              double *added, struct hr_error *error);

/** Multiplies value[j] by exp(slope j). */
void lattice_tilt(double *value, size_t n, double slope);

/** Takes out of tilted masses what the lattice added to E[X^2], by a second difference
 * about 0: mean and variance are then the severity's, and errors of order step^2 ten
 * times smaller. Point n-1 holds what lies at -1, as a transform has it. */
void lattice_keep_square(double *tilted, size_t n, double added, double step,
                         double slope);

#endif
