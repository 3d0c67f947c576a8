/** @file
 * From the trials of a result to a decision: which form is better, by how much and how
 * surely, what would turn that round, and what it is worth to know more.
 *
 * Each question reads a result and gives an analysis, which reads as results do
 * (hr_result_labels(), hr_result_values(), hr_result_text()), goes to JSON and to a
 * file under the same names, and is closed with hr_result_close(). Its texts "sentence"
 * and "schema" are always there; numbers that do not exist are NaN. The result is left
 * as it was.
 */
#ifndef HEADROOM_DECISION_H
#define HEADROOM_DECISION_H

#include "headroom/error.h"
#include "headroom/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is asked of a result. Start with {0}, which asks for the usual. */
struct hr_question {
    const char *metrics;   /**< names with commas between */
    const char *objective; /**< public, gp, patient or economic */
    const char *forms;     /**< those compared, with commas between; NULL: all */
    const char *reference; /**< NULL: the result's own */
    const char *pair;      /**< "A,B": A less B alone; NULL: leader and rivals */
    const char *keys;      /**< only draws of these keys; patterns; NULL: all */
    double confidence;     /**< of intervals, 0.8 to 0.999; 0: 0.95 */
    double indifference;   /**< in the metric's unit: what is within is equal */
    double risk_aversion;  /**< of practices that may join; 0: 2 */
    bool thorough; /**< also what costs time: what the common random numbers save */
};

/** Forms side by side: means and differences from the reference with intervals, how
 * often each is better and best, regret, dominance; without metric or objective by all
 * four objectives. Who bears what a form gains or loses, and which practices do, where
 * the result says. */
HR_MUST_CHECK
enum hr_status hr_compare(struct hr_result *result, const struct hr_question *question,
                          struct hr_result **analysis, struct hr_error *error);

/** Two results form by form of the same name, @p b less @p a: in the same trials where
 * trials and seed agree, else as of independent runs; "paired" says which. */
HR_MUST_CHECK
enum hr_status hr_compare_results(struct hr_result *a, struct hr_result *b,
                                  const struct hr_question *question,
                                  struct hr_result **analysis, struct hr_error *error);

/** Where each drawn assumption would turn a difference round. */
HR_MUST_CHECK
enum hr_status hr_switch(struct hr_result *result, const struct hr_question *question,
                         struct hr_result **analysis, struct hr_error *error);

struct hr_scenario;
struct hr_run_options;

/** How a question runs the scenario that a result is of once more. */
struct hr_again {
    const struct hr_scenario *scenario;
    uint64_t
        trials; /**< of each run; 0: the result's, at most 2,000 (10,000 of a split)
                 */
    const struct hr_run_options
        *run; /**< or NULL; say is told how much there is to run */
};

/** Runs of a switching value, and between which values. */
struct hr_switch_run_options {
    struct hr_again again;
    double from, to; /**< as the result has it, uplifted; both 0: 0.1 % to 99.9 % of
                        what was drawn, else the schema's range */
};

/** The same by running up to 12 variants of the scenario on the same trials, for the
 * one key that the question names, moved alone: a key that was not drawn, values out of
 * its range, or one form of a shared draw. The interval is Fieller's, between the last
 * two values. */
HR_MUST_CHECK
enum hr_status hr_switch_run(struct hr_result *result,
                             const struct hr_question *question,
                             const struct hr_switch_run_options *options,
                             struct hr_result **analysis, struct hr_error *error);

/** Which assumptions a difference hangs on: its mean at the 10 % and 90 % of each draw,
 * and each draw's share of its variance. */
HR_MUST_CHECK
enum hr_status hr_sensitivity(struct hr_result *result,
                              const struct hr_question *question,
                              struct hr_result **analysis, struct hr_error *error);

/** What each term of a form makes of its difference from another: the terms that differ
 * are exchanged one after the other, in the schema's order and against it, and each is
 * credited the mean of its two steps. They add up to the difference less "rest", which
 * is 0 where the terms are all there is to a form. Terms that rules bind together are
 * one. The pair is the question's, else the best on average and the reference. */
HR_MUST_CHECK
enum hr_status hr_terms(struct hr_result *result, const struct hr_question *question,
                        const struct hr_again *again, struct hr_result **analysis,
                        struct hr_error *error);

/** What hr_map() looks at. */
struct hr_map_options {
    size_t grid[2];        /**< values of each; 0: 9, or 5 where they are run */
    struct hr_again again; /**< without a scenario nothing is run */
};

/** Which form is best on average on a grid of the two assumptions that the question's
 * keys name, all else drawn: by a smooth surface through the trials of the result, or,
 * where a scenario is given, by running each cell on the same trials. @p options may be
 * NULL. */
HR_MUST_CHECK
enum hr_status hr_map(struct hr_result *result, const struct hr_question *question,
                      const struct hr_map_options *options, struct hr_result **analysis,
                      struct hr_error *error);

/** The mildest combination of drawn assumptions at which the difference is zero, within
 * 4 standard deviations: on a quadratic of those that the question names, at most 12;
 * else of the 6 with the largest shares and of what is drawn of shocks. Draws that a
 * correlation ties come all together, as likely as they are together. That point is
 * run; with @p again NULL it is not. */
HR_MUST_CHECK
enum hr_status hr_reverse(struct hr_result *result, const struct hr_question *question,
                          const struct hr_again *again, struct hr_result **analysis,
                          struct hr_error *error);

/** How much of the spread of a difference is assumptions, and how much chance: its
 * first trials, at most 10,000, run again with the same assumptions and other chance.
 */
HR_MUST_CHECK
enum hr_status hr_split(struct hr_result *result, const struct hr_question *question,
                        const struct hr_again *again, struct hr_result **analysis,
                        struct hr_error *error);

/** What draws make of that spread alone, and alone and with others (Sobol's indices, as
 * Saltelli and Jansen estimate them), and chance as one more: of the question's keys,
 * or with "top:8" in their place (NULL) the eight with the largest shares in the
 * result. Each is a run more. Draws that a correlation ties are drawn anew together.
 */
HR_MUST_CHECK
enum hr_status hr_saltelli(struct hr_result *result, const struct hr_question *question,
                           const struct hr_again *again, struct hr_result **analysis,
                           struct hr_error *error);

/** What voi takes beside a question. */
struct hr_voi_options {
    const char *const *group; /**< "NAME=KEY,KEY": known together */
    size_t groups;
    double decisions;                 /**< as this one, now; 0: 1 */
    double per_year, years, discount; /**< and so many a year, from now on */
};

/** What it is worth to know assumptions before choosing. */
HR_MUST_CHECK
enum hr_status hr_voi(struct hr_result *result, const struct hr_question *question,
                      const struct hr_voi_options *options, struct hr_result **analysis,
                      struct hr_error *error);

/** Prices of an appointment not given. */
struct hr_prices {
    double from, to, step;
};

/** Who is best at each price: chances, the frontier, and the prices at which the best
 * on average changes. */
HR_MUST_CHECK
enum hr_status hr_acceptability(struct hr_result *result,
                                const struct hr_question *question,
                                const struct hr_prices *prices,
                                struct hr_result **analysis, struct hr_error *error);

/** An analysis as JSON, one object; to be freed; NULL where memory ran out. */
char *hr_analysis_json(const struct hr_result *analysis);

/** Whether a file is an analysis, which the next may replace. */
bool hr_analysis_is_at(const char *path);

/** An analysis as an HDF5 file, as results/README.md documents; complete or absent. */
HR_MUST_CHECK
enum hr_status hr_analysis_write(const struct hr_result *analysis, const char *path,
                                 struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
