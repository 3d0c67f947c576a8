/** @file
 * What one claim costs: a severity law.
 *
 * Each law gives in closed form its upper tail, its stop-loss transform
 * pi(x) = E[(X-x)+], its partial moments E[X^r; X <= x] and its upper quantile;
 * moments, limited moments and both layers of a stop-loss follow from these.
 * A new law is one row of the table in severity.c.
 */
#ifndef HEADROOM_SEVERITY_H
#define HEADROOM_SEVERITY_H

#include "headroom/error.h"

#include <stddef.h>

enum severity_kind {
    SEVERITY_LOGNORMAL,        /**< mu, sigma */
    SEVERITY_LOGNORMAL_PARETO, /**< lognormal to the splice, then (x/splice)^-tail */
    SEVERITY_EXPONENTIAL,      /**< scale */
    SEVERITY_TABLE,            /**< values, or a piecewise linear quantile function */
    SEVERITIES
};

/** One piece of a table: its mass spread evenly over [low, high]. */
struct severity_piece {
    double low, high;
    double mass;
    double mass_from;  /**< of this piece and all above */
    double first_from; /**< E[X; this piece and all above] */
};

struct severity {
    enum severity_kind kind;
    double mu, sigma; /**< of the logarithm */
    double splice;    /**< GBP */
    double tail;      /**< Pareto index */
    double scale;     /**< GBP: mean of an exponential; factor on a table */
    struct severity_piece
        *piece; /**< owned by the severity it was made for; ascending */
    size_t pieces;
};

/** Lognormal with @p mean (GBP) and coefficient of variation @p cv, both above 0. */
struct severity severity_lognormal_of(double mean, double cv);

/** The same, checked; a CV of 0 is a fixed price, a table of one value. */
HR_MUST_CHECK
enum hr_status severity_lognormal(struct severity *severity, double mean, double cv,
                                  struct hr_error *error);

/** A Pareto tail: P(X > x) = P(X > splice) (x/splice)^-index. */
struct severity_tail {
    double splice; /**< GBP */
    double index;
};

/** Lognormal body, as above, with a Pareto tail. */
HR_MUST_CHECK
enum hr_status severity_lognormal_pareto(struct severity *severity, double mean,
                                         double cv, const struct severity_tail *tail,
                                         struct hr_error *error);

HR_MUST_CHECK
enum hr_status severity_exponential(struct severity *severity, double mean,
                                    struct hr_error *error);

/** Each of @p n observed costs equally likely; they need not be sorted. */
HR_MUST_CHECK
enum hr_status severity_values(struct severity *severity, const double *value, size_t n,
                               struct hr_error *error);

/** Quantile function through (probability[i], value[i]), straight lines between;
 * from probability 0 to 1, both columns rising. */
HR_MUST_CHECK
enum hr_status severity_quantiles(struct severity *severity, const double *probability,
                                  const double *value, size_t n,
                                  struct hr_error *error);

void severity_free(struct severity *severity);

/** P(X > x). */
double severity_above(const struct severity *severity, double x);

/** pi(x) = E[(X - x)+]. */
double severity_excess(const struct severity *severity, double x);

/** pi(j step) for j = 0 .. n-1. */
void severity_excess_grid(const struct severity *severity, double step, size_t n,
                          double *excess);

/** x^r by multiplication: the C library's pow() differs from processor to processor. */
static inline double severity_power(double x, int r)
{
    double power = 1.0;

    for (int i = 0; i < r; i++)
        power *= x;
    return power;
}

/** E[X^r; X <= x], r = 0 .. 4; @p x may be infinite, and the answer then too. */
double severity_partial_moment(const struct severity *severity, int r, double x);

/** E[min(X, limit)^r], r = 0 .. 4; @p limit may be infinite. */
double severity_limited_moment(const struct severity *severity, int r, double limit);

/** The x with P(X > x) = @p above, for @p above in (0, 1); falls as it rises. */
double severity_quantile_above(const struct severity *severity, double above);

/** Refuses, with a sentence, where E[min(X, limit)^r] is not finite. */
HR_MUST_CHECK
enum hr_status severity_needs_moment(const struct severity *severity, int r,
                                     double limit, struct hr_error *error);

/** The functions of one kind of law; see the declarations above. */
struct severity_law {
    double (*above)(const struct severity *severity, double x);
    double (*excess)(const struct severity *severity, double x);
    double (*partial_moment)(const struct severity *severity, int r, double x);
    double (*quantile_above)(const struct severity *severity, double above);
};

extern const struct severity_law severity_lognormal_law;
extern const struct severity_law severity_pareto_law;
extern const struct severity_law severity_exponential_law;
extern const struct severity_law severity_table_law;

#endif
