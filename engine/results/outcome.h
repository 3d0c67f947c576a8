/** @file
 * What a run hands to its result file: plain arrays, all borrowed.
 *
 * Arrays are dense, the last index running fastest. Nothing here is copied or freed:
 * everything must live until the file is written.
 */
#ifndef HEADROOM_OUTCOME_H
#define HEADROOM_OUTCOME_H

#include "crew.h"
#include "flow_row.h"
#include "histogram.h"
#include "metric.h"
#include "moments.h"
#include "row_source.h"
#include "scratch.h"

#include <stddef.h>
#include <stdint.h>

/** Who made the file, with what and when. None of it enters the content hash. */
struct outcome_origin {
    const char *engine_version;
    const char *commit;
    const char *build;           /**< compiler, its options */
    const char *instruction_set; /**< that the kernel ran on: v2, v3, v4 */
    const char *host;            /**< name, processor */
    const char *started;         /**< ISO 8601, UTC */
    const char *finished;
    double seconds; /**< from reading to writing */
    uint64_t threads;
};

/** A metric of every trial and form, summarised, stored and compared: rows of the trial
 * table, metric by metric and form by form; NaN where it does not exist. */
struct outcome_trials {
    const struct column *column; /**< [count]; the bearers' net positions come first */
    size_t count;
    uint64_t dropped; /**< bit m: that of metric m is not stored by trial */
};

/** Numbers by quarter: what was kept of all trials. */
struct outcome_series {
    const struct column *column; /**< [count] */
    size_t count;
    const struct moments *moments;     /**< [form][series][quarter] */
    const struct histogram *histogram; /**< [form][series][quarter] */
    const struct moments *difference;  /**< the same, of form less reference; or NULL */
    size_t totalled;                   /**< the series of which these are: */
    const struct moments *total; /**< [form][quarter], sum of differences so far */
    const struct histogram *difference_histogram; /**< of what is in difference */
    const struct histogram *total_histogram;      /**< of what is in total */
};

/** Who pays whom: what was kept of all trials. */
struct outcome_flows {
    const struct flow_row *row; /**< [count] */
    size_t count, years;
    const struct moments *moments;    /**< [form][year, then the horizon][flow] */
    const struct moments *difference; /**< the same, of form less reference; or NULL */
};

/** Numbers by site: what was kept of all trials. */
struct outcome_sites {
    const struct column *column; /**< [count] */
    size_t count;
    const struct moments *moments; /**< [form][site][site metric] */
    const struct moments
        *difference; /**< the same, of form less reference in a trial */
};

/** Numbers by site and quarter, of every trial. */
struct outcome_site_quarters {
    const struct column *column; /**< [count] */
    size_t count;                /**< 0 where they were not stored */
    const double *value;         /**< [column][form][trial][site][quarter] */
};

/** A value that differed between trials. */
struct outcome_parameter {
    const char *key;
    const char *unit;
    const char *meaning;
    size_t row; /**< of the trial table: as used, truncated and uplifted */
};

/** Two draws that go together. */
struct outcome_tie {
    const char *first, *second; /**< keys, of the drawn parameters */
    double rank;                /**< Spearman's correlation asked for */
};

struct outcome_ties {
    const struct outcome_tie *tie;
    size_t count;
};

/** A column of the table of practices. */
struct outcome_practice_number {
    const char *name;
    const char *unit;
    const char *long_name;
    const double *value; /**< [site]; NaN where not known */
    const double
        *imputed; /**< [site], 1 where imputed; NULL for a column never imputed */
};

struct outcome_practice_words {
    const char *name;
    const char *long_name;
    const char *const *value; /**< [site] */
};

struct outcome_practices {
    const struct outcome_practice_number *number;
    size_t numbers;
    const struct outcome_practice_words *words;
    size_t word_columns;
};

/** Every key of the scenario, as parallel columns. */
struct outcome_assumptions {
    size_t count;
    const char *const *key;
    const char *const
        *value; /**< as written: `0.8`, `beta mean 0.06 sd 0.01`, `network` */
    const char *const *unit;
    const char *const *meaning;
    const char *const *evidence;
    const char *const *source;
    const char *const *owner;
    const char *const *date;
    const double *low,
        *high;               /**< the key's range; NaN for words, as in the next ones */
    const double *uplift;    /**< factor applied after truncation */
    const double *central;   /**< value at probability one half, uplifted */
    const double *neutral;   /**< value at which it makes no difference, or NaN */
    const double *defaulted; /**< 1 where the scenario did not say */
};

struct outcome_calibration {
    double flat_rate;        /**< GBP per patient per year */
    double factor;           /**< flat rate over the evidence's */
    const double *cost_rate; /**< [site], GBP per patient per year */
};

/** What readers are told of the question and the forms; outside the content hash. */
struct outcome_words {
    const char *question;                                    /**< or NULL */
    const char *commissioner, *analyst, *assurer, *approver; /**< or NULL */
    const char *const *label;                                /**< [form]; or NULL */
    const char *const *about, *const *like; /**< [form], "" where not said */
};

/** Texts as read. NULL where there is none. */
struct outcome_texts {
    const char *scenario;          /**< as the user wrote it */
    const char *changes;           /**< made to it, one a line; or NULL */
    const char *scenario_resolved; /**< every key explicit; enters the content hash */
    const char *practices_csv;     /**< after imputation; enters the content hash */
    const char *prices_history;    /**< CSV; enters the content hash */
};

/** The first trials again, with numbers that are only assumed made neutral. */
struct outcome_neutral {
    const char *name; /**< which: "forms", "all" */
    struct row_source table;
    size_t trials;    /**< 0 where nothing was run again */
    uint64_t changed; /**< numbers */
};

enum { OUTCOME_NEUTRALS = 2 };

/** How the run came to its end; outside the content hash. */
struct outcome_stop {
    const char
        *reason;      /**< ranking, targets, trials, seconds; NULL: it had no choice */
    const char *rule; /**< what was asked for, in words */
    uint64_t looks;
    double lead, wanted; /**< of the pair hardest to tell apart, in standard errors; NaN
                              where nothing was ranked */
};

/** Full blocks of trials as they were summed: what a longer run goes on from. */
struct outcome_sums {
    const struct sums *sums;           /**< NULL: none is kept */
    const struct histogram *histogram; /**< [paths] */
    size_t paths;                      /**< of series, of their differences, totals */
};

struct outcome {
    struct outcome_origin origin;
    struct crew crew; /**< who makes statistics of it; their bits do not depend on it */
    struct scratch_home home; /**< of columns that statistics are made in */
    const char *title;
    const char *price_base; /**< such as "April-June 2026" */
    const char *objective;  /**< of the scenario's decision: see objective.h; or NULL */
    uint64_t seed;
    size_t trials, forms, quarters, sites, bearers;
    size_t reference;          /**< among the forms */
    const char *const *form;   /**< names */
    const char *const *site;   /**< practice codes */
    const char *const *bearer; /**< names */
    struct outcome_trials metrics;
    struct outcome_neutral neutral[OUTCOME_NEUTRALS];
    struct outcome_series series;
    struct outcome_flows flows;
    struct outcome_sites site_metrics;
    struct outcome_site_quarters site_quarters;
    struct outcome_sums sums;
    struct outcome_stop stop;
    const struct outcome_parameter *parameter;
    size_t parameters;
    struct outcome_ties ties;
    struct outcome_practices practices;
    struct outcome_assumptions assumptions;
    struct outcome_calibration calibration;
    struct outcome_texts texts;
    struct outcome_words words;
    uint64_t start_year;              /**< from April */
    const char *const *claims_method; /**< [site], how claims were drawn; or NULL */
    struct row_source table;          /**< rows of numbers by trial */
    size_t near_ties;                 /**< row: comparisons too close to call */
};

#endif
