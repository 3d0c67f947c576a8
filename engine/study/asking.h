/** @file
 * What the questions to a result share: which forms, which metric, which trials, and
 * the analysis that is being made.
 */
#ifndef HEADROOM_ASKING_H
#define HEADROOM_ASKING_H

#include "headroom/decision.h"
#include "headroom/metrics.h"

#include "alternatives.h"
#include "analysis.h"
#include "estimate_pair.h"
#include "objective.h"

struct decision {
    struct hr_result *result;
    struct hr_question question; /**< with what was left open filled in */
    size_t forms;                /**< those compared */
    size_t *form;                /**< their places in the result */
    const char **name;
    const char **label; /**< as people call them; their names in older files */
    size_t reference;   /**< among those compared */
    double people;      /**< patients */
    int years;
    struct result_set set; /**< the analysis that is being made */
    int form_axis;
};

/** Check the question and begin an analysis of that schema, such as
 * "headroom.compare/1". Refused: forms, a reference, a confidence that cannot be. */
HR_MUST_CHECK
enum hr_status decision_open(struct decision *decision, struct hr_result *result,
                             const struct hr_question *question, const char *schema,
                             struct hr_error *error);

/** Add the sentence, which is freed, and hand the analysis over. */
HR_MUST_CHECK
enum hr_status decision_finish(struct decision *decision, char *sentence,
                               struct hr_result **analysis, struct hr_error *error);
void decision_close(struct decision *decision);

/** The metric of the question's objective, or the one it names; the public purse's
 * where it names neither. */
HR_MUST_CHECK
enum hr_status decision_metric(const struct decision *decision,
                               struct hr_metric *metric, struct hr_error *error);

/** The trials of a metric. */
struct decision_trials {
    struct hr_metric metric;
    size_t forms, trials; /**< trials: of the file, or the first so many */
    double *value;        /**< [form][trial], in the metric's own sign */
    double *turned;       /**< the same, larger being better, complete trials only */
    struct alternatives ranked; /**< of turned: forms that exist often enough */
    size_t *which;              /**< [ranked.count]: forms */
    size_t *exists;             /**< [form]: trials */
};

/** Read no more than @p most trials; 0: all. Refused: a metric the result does not
 * have, or without its trials. */
HR_MUST_CHECK
enum hr_status decision_read(const struct decision *decision, const char *metric,
                             size_t most, struct decision_trials *trials,
                             struct hr_error *error);
void decision_trials_free(struct decision_trials *trials);

/** The turned difference of two forms of those ranked, in each complete trial. */
void decision_difference(const struct alternatives *ranked, size_t a, size_t b,
                         double *difference);

/** What people call the form of that name. */
const char *decision_spoken(const struct decision *decision, const char *name);

/** Whether the result has a data set of that path. */
bool decision_has(const struct hr_result *result, const char *path);

/** How a metric's numbers are written. */
struct figure_unit decision_unit(const struct hr_metric *metric);

/** What a sentence says after such a number: " a patient", " appointments", "". */
const char *decision_each(struct decision *decision, const struct hr_metric *metric);

/** Whose objective a metric is; VIEWS where it is none's. */
enum view decision_view(const struct hr_metric *metric);

/* Adding to the analysis. */
void decision_text(struct decision *decision, const char *name, const char *text);
void decision_number(struct decision *decision, const char *name, double number);
void decision_count(struct decision *decision, const char *name, size_t count);

/** An axis of words, which are copied; -1 where there are none, and then data sets and
 * words along it are left out. */
int decision_axis(struct decision *decision, const char *name, size_t size,
                  const char *const *word);
void decision_words(struct decision *decision, const char *name, int axis,
                    const char *const *word);

/** What a data set is. */
struct decision_column {
    const char *name, *unit, *meaning;
};

/** Numbers, all NaN, along axes of which those below zero are left out at the end;
 * NULL where memory ran out, or a first axis is -1. */
double *decision_numbers(struct decision *decision,
                         const struct decision_column *column,
                         const int axis[RESULT_RANK]);

#endif
