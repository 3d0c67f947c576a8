/** @file
 * Scoring a scenario against what happened.
 *
 * The scenario is run from its base year, and what each trial gives is held against a
 * table of what was seen: where the truth fell in the forecast (probability integral
 * transform), how often intervals hold it, how far off the forecast was (CRPS, bias),
 * and how a forecast that knows no model would have done.
 *
 * Time is in financial years: 2015 is April 2015 to March 2016 for what is counted over
 * a year; what is counted at a time is at the end of the quarter that ends then, so
 * that 2018.75 is the end of December 2018 and 2021 that of March 2021.
 */
#ifndef HEADROOM_BACKTEST_H
#define HEADROOM_BACKTEST_H

#include "headroom/error.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a table may say was seen. */
struct hr_observable {
    const char *name, *unit, *meaning;
    bool at_a_time; /**< and not over a year or several */
};

/** All of them, as `headroom backtest --measures` lists them. */
size_t hr_observable_count(void);
struct hr_observable hr_observable_at(size_t i);

/** A table of what was seen. */
struct hr_observed;

/** Read the table in the file @p path: columns measure, year, value and, where they are
 * needed, site (a practice's code), list (only practices whose list at the start of the
 * year is in a band such as 2000-3000), standard_error, fitted (1: numbers of the
 * scenario were fitted to it). year is 2015, 2015-2018 or, at a time, 2018.75. Rows
 * before @p from (0: the scenario's second year) are known to the forecasts that know
 * no model, and are not scored. On failure *observed is NULL and @p problems says why.
 */
HR_MUST_CHECK
enum hr_status hr_observed_read(const struct hr_scenario *scenario, const char *path,
                                double from, struct hr_observed **observed,
                                struct hr_messages *problems);

/** NULL is harmless. */
void hr_observed_free(struct hr_observed *observed);

/** One row and what was forecast of it. */
struct hr_forecast {
    const char *measure, *year, *site, *list; /**< as the table says; "" where not */
    double value, standard_error;
    bool fitted;
    uint64_t
        trials; /**< in which the number exists: not that of partners without any */
    double mean, sd; /**< over these */
    double error;    /**< Monte Carlo standard error of the mean */
    double low_50, high_50, low_90,
        high_90; /**< with the standard error of the value */
    double pit;
    double crps;
    double naive_mean, naive_sd, naive_crps; /**< NaN where there is no such forecast */
};

/** Rows of one kind: a measure of all, by list, or by practice. */
struct hr_forecast_group {
    const char *measure;
    const char *kind; /**< "", "by list" or "by practice" */
    size_t first, rows;
    size_t in_50, in_90; /**< rows whose value the interval holds; by practice: of their
                            sum, so of one */
    double bias; /**< mean forecast less what was seen, as a share of the latter, of all
                    rows together; NaN where that is 0 */
    double bias_error; /**< its Monte Carlo standard error */
    double crps;       /**< mean of the rows */
    double naive_crps; /**< NaN where there is none */
    const char *naive; /**< its name, or NULL */
    bool fitted;     /**< in-sample: numbers were fitted to one of its rows at least */
    bool calibrated; /**< so many misses of 90 % intervals, or more, would be seen more
                        than one time in ten if the forecast were right */
    bool skilled;    /**< CRPS at most HR_WORST_SKILL of the naive forecast's */
    char sentence[512];
};

/** How many times the CRPS of the naive forecast is still accepted: the model answers
 * questions that a line through the past does not. */
#define HR_WORST_SKILL 1.5

enum { HR_FORECAST_GROUPS = 64 };

/** Forecasts beside what came, and whether they held. */
struct hr_backtest {
    uint64_t trials;
    struct hr_forecast *forecast;
    size_t forecasts;
    struct hr_forecast_group group[HR_FORECAST_GROUPS];
    size_t groups;
    bool holds; /**< every group is calibrated and skilled */
    char verdict[512];
};

/** Run the trials of @p scenario and score them in its reference form. Meanwhile
 * a file where TMPDIR says holds 96 bytes for each practice, quarter, trial and form.
 * What the table says lives as long as it does. On failure *backtest is NULL. */
HR_MUST_CHECK
enum hr_status hr_backtest_run(const struct hr_scenario *scenario,
                               const struct hr_observed *observed,
                               const struct hr_run_options *options,
                               struct hr_backtest **backtest, struct hr_error *error);

/** NULL is harmless. */
void hr_backtest_free(struct hr_backtest *backtest);

#ifdef __cplusplus
}
#endif

#endif
