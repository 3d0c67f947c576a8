/** @file
 * What the commands share that ask a result for a decision.
 */
#ifndef HEADROOM_DECISION_OPTIONS_H
#define HEADROOM_DECISION_OPTIONS_H

#include "command.h"

#include "headroom/decision.h"
#include "headroom/metrics.h"

#include "point_options.h"
#include "writing.h"

enum { DECISION_WIDTH = 80, DECISION_FILES = 2 };

struct decision_options {
    const char *path[DECISION_FILES];
    size_t files, most_files;
    bool json, verbose, sites;
    size_t top;         /**< draws listed; 0: as many as say something */
    const char *output; /**< file for the analysis, or NULL */
    bool force;         /**< whatever stands there */
    struct hr_result_options open;
    struct point_choice point;
    const char *over; /**< axes of a sweep, with commas: one line a point; or NULL */
    struct hr_question question;
    struct hr_prices prices; /**< step above zero where they are asked for */
};

/** RESULT and what is asked of it. Its input is a struct decision_options that starts
 * as {.most_files = 1} or 2. */
extern const struct argp decision_argp;

/** --pair, --key and --top of the commands that look at draws; the same input. */
extern const struct argp draws_argp;

/** A number within an option's bounds; anything else is a usage error. */
double option_number(const struct argp_state *state, const char *option,
                     const char *text, double low, double high);

/** Results open, the analysis of them, and how it is printed. */
struct decision_run {
    const char *command; /**< "headroom compare" */
    const struct decision_options *options;
    struct hr_result *result[DECISION_FILES];
    struct hr_result *analysis;
    bool *lost; /**< to be set where a table finds no memory for what it has to say */
};

/** Open the results. */
HR_MUST_CHECK
enum hr_status decision_results(struct decision_run *run, struct hr_error *error);

/** The scenario that the result is of, for what is run. HR_BAD_INPUT of a point of a
 * sweep, whose changes the scenario does not have. */
HR_MUST_CHECK
enum hr_status decision_scenario(const struct decision_run *run,
                                 struct hr_scenario **scenario, struct hr_error *error);

/** A question that may run trials again: as @p again says, which without a scenario is
 * not at all. */
typedef enum hr_status decision_question(struct decision_run *run,
                                         const struct hr_again *again, void *context,
                                         struct hr_error *error);

/** Ask what runs the result's scenario again, showing how far it has come: @p trials
 * of each run, 0 being the usual number. Fails as decision_scenario() does, or as the
 * question. */
HR_MUST_CHECK
enum hr_status decision_ask_again(struct decision_run *run, uint64_t trials,
                                  decision_question *ask, void *context,
                                  struct hr_error *error);

/** Print the analysis with @p table after its sentence, or as JSON, and write it to
 * the file asked for. */
HR_MUST_CHECK
enum hr_status decision_print(struct decision_run *run,
                              void (*table)(const struct decision_run *run),
                              struct hr_error *error);

/** Close all, say what failed, and give the exit status. */
int decision_end(struct decision_run *run, enum hr_status status,
                 const struct hr_error *error);

/** Numbers of the analysis by their name; NULL where it has none. */
const double *decision_values(const struct decision_run *run, const char *name);

/** Words along an axis, or an axis's own; NULL and 0 where there are none. */
const char *const *decision_labels(const struct decision_run *run, const char *name,
                                   size_t *count);

/** A number among the analysis's attributes; NaN where there is none. */
double decision_attribute(const struct decision_run *run, const char *name);

/** A name cut to what a column has room for; @p room bytes at @p text. */
const char *cut_name(const char *name, size_t room, char *text);

/** Write "+19.7 (19.4 to 19.9)" into @p text, as finely as the interval is wide. */
const char *range_text(struct ranged range, const struct figure_unit *unit, bool sign,
                       char text[3 * FIGURE_SIZE]);

/** "74 %", "<1 %", "-" for NaN. */
const char *percent(double share, char text[FIGURE_SIZE]);

/** How a metric's numbers are written, without pounds: its unit heads the table. */
struct figure_unit column_unit(const struct hr_metric *metric);

/** What heads such a table: "GBP m", "appointments k". */
const char *unit_words(const struct hr_metric *metric, char text[FIGURE_SIZE]);

/** A number of any size to three or four digits: "107,900", "0.0674". */
const char *plain_number(double number, char text[FIGURE_SIZE]);

/** The metric that an analysis is of, and how its numbers are written. */
struct figure_unit analysis_unit(const struct decision_run *run,
                                 struct hr_metric *metric);

/** Say which of the draws listed hang together by correlations, and what follows. */
void print_tied(const struct decision_run *run, const char *follows);

/** Say where only the first trials were looked at. */
void print_trials_used(const struct decision_run *run);

#endif
