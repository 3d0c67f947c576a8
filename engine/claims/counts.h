/** @file
 * Numbers of claims: Poisson and binomial masses and quantiles.
 *
 * Built on the engine's own elementary functions, so that a count drawn from a
 * uniform is the same on every processor.
 */
#ifndef HEADROOM_COUNTS_H
#define HEADROOM_COUNTS_H

/** P(N = k) for a Poisson law; relative error near 1e-14. */
double poisson_mass(double mean, double k);

/** Smallest k with P(N <= k) > u. */
double poisson_quantile(double mean, double u);

/** P(N = k) for @p trials tries of chance @p p. */
double binomial_mass(double trials, double p, double k);

/** Smallest k with P(N <= k) > u. */
double binomial_quantile(double trials, double p, double u);

#endif
