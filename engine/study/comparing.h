/** @file
 * What the parts of hr_compare() share.
 */
#ifndef HEADROOM_COMPARING_H
#define HEADROOM_COMPARING_H

#include "asking.h"
#include "lead.h"

/** Numbers of a metric and a form, in the order in which they are stored. */
enum compare_number {
    COMPARE_MEAN,
    COMPARE_MEAN_SE,
    COMPARE_MEAN_LOW,
    COMPARE_MEAN_HIGH,
    COMPARE_MEAN_FLAGS,
    COMPARE_EXISTS,
    COMPARE_DIFFERENCE,
    COMPARE_DIFFERENCE_SE,
    COMPARE_DIFFERENCE_LOW,
    COMPARE_DIFFERENCE_HIGH,
    COMPARE_DIFFERENCE_FLAGS,
    COMPARE_BETTER,
    COMPARE_BETTER_LOW,
    COMPARE_BETTER_HIGH,
    COMPARE_EQUAL,
    COMPARE_WORSE,
    COMPARE_BEST,
    COMPARE_BEST_LOW,
    COMPARE_BEST_HIGH,
    COMPARE_MEAN_RANK,
    COMPARE_REGRET,
    COMPARE_REGRET_LOW,
    COMPARE_REGRET_HIGH,
    COMPARE_REGRET_Q95,
    COMPARE_REGRET_MAX,
    COMPARE_VARIANCE_RATIO,
    COMPARE_RANK_CORRELATION,
    COMPARE_NUMBERS
};

extern const struct decision_column compare_columns[COMPARE_NUMBERS];

/** Numbers of a metric. */
enum compare_total {
    COMPARE_COMPLETE,
    COMPARE_LEFT_OUT,
    COMPARE_RESOLVED,
    COMPARE_CONFIDENCE,
    COMPARE_NEEDED,
    COMPARE_TOTALS
};

struct comparing {
    struct decision *decision;
    size_t metrics;
    struct hr_metric *metric;                    /**< [metrics] */
    double *number[COMPARE_NUMBERS];             /**< [metric][form] */
    double *total[COMPARE_TOTALS];               /**< [metric] */
    double *rank;                                /**< [metric][form][rank] */
    double *better_than, *equal_to;              /**< [metric][form][rival] */
    double *dominance, *violation, *violated_at; /**< [metric][rival], the leader's */
    const char **leader, **minimax;              /**< [metric] */
    struct lead_case *lead;                      /**< [metric] */
    const char **ranked_name;                    /**< room for one a form */
    double *memory; /**< room for 8 numbers a trial and one for each two forms */
};

/** Fill what is said of one metric. */
HR_MUST_CHECK
enum hr_status compare_metric(struct comparing *comparing, size_t m,
                              struct hr_error *error);

/** Who leads by each of the four objectives, where the result has their trials. */
HR_MUST_CHECK
enum hr_status compare_views(struct decision *decision, struct hr_error *error);

/** Who bears what each form gains or loses against the reference, where the result has
 * the trials of the bearers. */
HR_MUST_CHECK
enum hr_status compare_bearers(struct decision *decision, struct hr_error *error);

/** Which practices are worse off, where the result says what today's partners get. */
HR_MUST_CHECK
enum hr_status compare_sites(struct decision *decision, struct hr_error *error);

#endif
