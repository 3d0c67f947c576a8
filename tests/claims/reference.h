/** @file
 * The reference portfolio of the published tables, for tests: Poisson(0.25) claims a
 * person and year, lognormal of mean 2,400 and CV 2.
 */
#ifndef HEADROOM_TEST_REFERENCE_H
#define HEADROOM_TEST_REFERENCE_H

#include "test.h"

#include "portfolio.h"

#include <math.h>

static inline struct portfolio reference_portfolio(void)
{
    struct portfolio portfolio = {
        .cells = 1,
        .limit = INFINITY,
        .cell[0] = {.share = 1.0, .rate = 0.25},
    };
    struct hr_error error;

    assert_int_equal(
        severity_lognormal(&portfolio.cell[0].severity, 2400.0, 2.0, &error), HR_OK);
    return portfolio;
}

static inline struct claim_moments kept_moments(const struct portfolio *portfolio,
                                                double people)
{
    struct claim_moments moments = {NAN, NAN, NAN, NAN};
    struct hr_error error;

    assert_int_equal(portfolio_kept(portfolio, people, &moments, &error), HR_OK);
    return moments;
}

/* Relative agreement. */
static inline void assert_near(double got, double expected, double relative)
{
    if (!(fabs(got - expected) <= relative * fabs(expected)))
        fail_msg("%.17g is not within %g of %.17g", got, relative, expected);
}

/* Agreement to so much; cmocka's own comparison is of floats. */
static inline void assert_within(double got, double expected, double absolute)
{
    if (!(fabs(got - expected) <= absolute))
        fail_msg("%.17g is not within %g of %.17g", got, absolute, expected);
}

#endif
