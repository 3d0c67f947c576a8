/** @file
 * The delegated budget's risk by list size, exact beside simulated, and the
 * published tables reproduced.
 *
 * Money is GBP; losses and reserves are above 0 where the holder loses. What does
 * not exist is NaN.
 */
#ifndef HEADROOM_CLAIMS_H
#define HEADROOM_CLAIMS_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HR_POOL_CELLS = 12, HR_POOL_YEARS = 10 };

/** A part of the list (an age band, or all of it) and what its claims are. */
struct hr_pool_cell {
    double share;  /**< of the list */
    bool two_part; /**< at most one cost a person and year */
    double rate;   /**< claims a person and year; two-part: share of users */
    double mean;   /**< GBP a claim (two-part: a user's year), lognormal body */
    double cv;
    double splice;         /**< GBP; 0: no Pareto tail */
    double tail;           /**< Pareto index above the splice */
    const char *values;    /**< CSV of observed costs, column `cost`; or NULL */
    const char *quantiles; /**< CSV of columns `probability` and `cost`; or NULL */
    bool scaled;           /**< the CSV's costs are scaled to `mean` */
};

/** A pool and its contract. Start from hr_pool_terms_default(). */
struct hr_pool_terms {
    struct hr_pool_cell cell[HR_POOL_CELLS];
    int cells;          /**< 0: the normal mode */
    double normal_mean; /**< GBP a person and year */
    double normal_k;    /**< coefficient of variation of a person's year */

    double factor_variance; /**< of Theta; 0: none */
    bool factor_gamma;      /**< gamma instead of lognormal */
    double persistence_sd, persistence_phi;

    double limit;           /**< GBP a claim; INFINITY: none */
    double premium_loading; /**< share of expected ceded cost */
    double kept_share;      /**< quota share; 1: all */
    double corridor_free, corridor_share, corridor_end; /**< shares; INFINITY: none */
    double carry_forward;
    double cap;     /**< share of budget; INFINITY: none */
    double loading; /**< of the budget over expected cost */

    double error_sd, error_wide_share, error_wide_sd; /**< risk adjustment */
    double practice_people; /**< the list an error is made for: a larger holder's is the
                                 mean of as many; 0: its own, whatever its size */

    double reserve; /**< GBP a head, for the chance of ruin */
};

/** Poisson 0.25 claims a person and year, lognormal of mean 2,400 and CV 2; no
 * contract; a reserve of 12 GBP a head (2 %). */
struct hr_pool_terms hr_pool_terms_default(void);

/** What is said of a holder's year. */
enum hr_pool_measure {
    HR_POOL_MEAN,   /**< GBP a year the holder pays */
    HR_POOL_SD,     /**< GBP */
    HR_POOL_CV,     /**< sd over mean */
    HR_POOL_Q95,    /**< GBP */
    HR_POOL_Q99,    /**< GBP */
    HR_POOL_TVAR99, /**< GBP, mean of the worst 1 % */
    HR_POOL_P1,     /**< P(loss > 1 % of budget) */
    HR_POOL_P2,
    HR_POOL_P5,
    HR_POOL_RESERVE20,  /**< GBP that a year's loss exceeds once in 20 */
    HR_POOL_RESERVE100, /**< once in 100 */
    HR_POOL_RUIN1,      /**< P(losses exceed the given reserve within 1 year): one that
                             is spent to the last pound is not gone */
    HR_POOL_RUIN3,
    HR_POOL_RUIN5,
    HR_POOL_RUIN10,
    HR_POOL_MEASURES
};

/** Short name ("q95") and unit ("GBP", "share", "probability") of a measure. */
const char *hr_pool_measure_name(enum hr_pool_measure measure);
const char *hr_pool_measure_unit(enum hr_pool_measure measure);

/** A measure by two ways that share nothing: the exact law and a simulation. */
struct hr_pool_value {
    double exact;
    double uncertainty; /**< of exact, absolute: discretisation and rounding */
    double simulated;
    double standard_error;
    double z; /**< standard errors by which simulated lies above exact: of a mean by the
                   exact sd, of a quantile by its ranks; NaN with too few cases */
};

/** All measures of a pool of so many people. */
struct hr_pool_report {
    double people;
    double budget;      /**< GBP a year, after loading */
    double premium;     /**< GBP a year: the price of the individual stop-loss */
    double ceded;       /**< expected cost ceded, GBP a year */
    const char *method; /**< of the simulation: "each" or "fast" */
    struct hr_pool_value before[HR_POOL_MEASURES]; /**< no terms, no error */
    struct hr_pool_value after[HR_POOL_MEASURES];
};

/** How a pool is reckoned; {0}: exactly, without a simulation. */
struct hr_pool_options {
    int64_t trials; /**< 0: exact only */
    uint64_t seed;
    int log2_points; /**< of the finer grid; 0: 2^16 */
    bool each_claim; /**< simulate claim by claim whatever it costs */
};

/** The risk of a pool of @p people. */
HR_MUST_CHECK
enum hr_status hr_pool(const struct hr_pool_terms *terms, double people,
                       const struct hr_pool_options *options,
                       struct hr_pool_report *report, struct hr_error *error);

/** Measures of which exact and simulated differ by more than 4 standard errors: a fault
 * of the engine, or a chance of 1 in 16,000 for each. */
int hr_pool_disagreements(const struct hr_pool_report *report);

/** What a holder is asked to keep below a limit. */
struct hr_pool_target {
    bool reserve; /**< GBP a head that a year's loss exceeds with `chance`; else P(loss)
                   */
    double loss;  /**< share of the budget, for P(loss > loss) */
    double chance; /**< of the reserve being exceeded */
    double limit;  /**< the most it may be: a probability, or GBP a head */
};

/** Its value for a pool of @p people, exact to about 1e-4 of it. */
HR_MUST_CHECK
enum hr_status hr_pool_value_at(const struct hr_pool_terms *terms, double people,
                                const struct hr_pool_target *target, double *value,
                                struct hr_error *error);

/** Smallest list that meets the target under the terms, to one person in 10^4; refused
 * where even ten million people do not: @p people is then INFINITY. It is NaN where
 * anything else is wrong. */
HR_MUST_CHECK
enum hr_status hr_pool_size(const struct hr_pool_terms *terms,
                            const struct hr_pool_target *target, double *people,
                            struct hr_error *error);

/** One row of a published or exact table beside the engine's value. */
struct hr_published_line {
    const char *table;  /**< title of the file */
    const char *source; /**< where it was printed */
    const char *label;  /**< of the row; "" if it has none */
    const char *quantity;
    double value; /**< printed */
    double engine;
    double tolerance; /**< absolute */
    bool must_miss;   /**< a row this method is known not to reach */
    bool holds;
};

/** How many rows there are, and how many of them do not hold. */
struct hr_published_count {
    size_t rows, failed;
};

/** Run every CSV of @p folder; @p line is called for each row, in order of name.
 * HR_NOT_HELD if a row does not hold. */
HR_MUST_CHECK
enum hr_status
hr_validate(const char *folder,
            void (*line)(const struct hr_published_line *line, void *context),
            void *context, struct hr_published_count *count, struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
