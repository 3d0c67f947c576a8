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

#include "annual_law.h"

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

/** Whether P(S > x) bends too sharply between for its value in the middle to stand for
 * all: at a tooth, a point, or over most of the law. */
bool annual_turns(const struct annual_law *law, double from, double to);

/** Mean of P(S > x) over from .. to, in either order, weighted by 1 + lean u, u = -1/2
 * .. 1/2 along the way. */
double annual_above_over(const struct annual_law *law, double from, double to,
                         double lean);

/** Stop-loss: E[(S - x)+]. */
double annual_excess(const struct annual_law *law, double x);

double annual_density(const struct annual_law *law, double x);

/** Smallest x with P(S <= x) >= p; NaN where the tail is too heavy for the grid. */
double annual_quantile(const struct annual_law *law, double p);

/** E[S | S > its p-quantile] (tail value at risk). */
double annual_tail_mean(const struct annual_law *law, double p);

void annual_free(struct annual_law *law);

#endif
