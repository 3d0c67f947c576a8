/** @file
 * What a forecast is worth once it is known what happened: where the truth fell in it
 * and how far off it was.
 *
 * A forecast is a sample of numbers that could have happened, one a trial, in the order
 * of trials. What happened may be known with a standard error: the forecast is then of
 * what would have been measured, the sample with that error.
 */
#ifndef HEADROOM_SCORE_H
#define HEADROOM_SCORE_H

#include <stddef.h>

/** What happened. */
struct observation {
    double value;
    double error; /**< standard error; 0: it is exact */
};

/** Probability integral transform: the share of the forecast below what happened, ties
 * counting half, on n + 1 equal steps. Where truth and forecast come from one law it is
 * each of (k + 1/2)/(n + 1) alike. */
double score_pit(const double *forecast, size_t n, struct observation seen);

/** The value of the forecast at probability @p p, the error of what was @p seen
 * included: the inverse of score_pit(). @p sorted ascends. */
double score_quantile(const double *sorted, size_t n, double p, double error);

/** Continuous ranked probability score, in units of the value, smaller is better: the
 * mean distance to the truth less half of that between two of the forecast (Gneiting
 * and Raftery 2007, JASA 102:359-378), the latter over distinct pairs, so that it does
 * not hang on n (fair, Ferro 2014, QJRMS 140:1917-1923); with many trials over pairs
 * that lie at most 64 apart. For a forecast of 0 or 1 it is Brier's score. */
double score_crps(const double *forecast, size_t n, struct observation seen);

/** The same of a normal forecast, in closed form; of a point where @p sd is 0. */
double score_crps_normal(double mean, double sd, struct observation seen);

/** The chance that of @p n independent events of chance @p p at least @p k occur. */
double score_at_least(size_t k, size_t n, double p);

#endif
