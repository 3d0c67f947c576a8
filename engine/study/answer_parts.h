/** @file
 * What the parts of hr_answer_read() share.
 */
#ifndef HEADROOM_ANSWER_PARTS_H
#define HEADROOM_ANSWER_PARTS_H

#include "headroom/answer.h"

#include "sentence.h"

/** The results an answer is read from. */
struct answer_sources {
    struct hr_result *result, *neutral, *neutral_all;
};

/** Fill every cell. */
HR_MUST_CHECK
enum hr_status answer_cells(const struct answer_sources *sources,
                            struct hr_answer *answer, struct hr_error *error);

/** Write the sentences; without stored trials there are none. */
HR_MUST_CHECK
enum hr_status answer_sentences(struct hr_result *result, struct hr_answer *answer,
                                struct hr_error *error);

/** All of a data set of the metric, "/trials" or "/comparison"; NULL where there is
 * none in the file. */
HR_MUST_CHECK
enum hr_status answer_values(struct hr_result *result, const char *group,
                             const char *metric, struct hr_result_values *values,
                             struct hr_error *error);

/** Give back the memory of a metric's trials, of which a result may have a million. */
void answer_release_trials(struct hr_result *result, const char *metric);

/** What a form's numbers of a data set [point, form, x] are. */
const double *answer_row(const struct hr_result_values *values, size_t form, size_t *n);

/** The interval of a statistic, by its label; rows lie along @p values' last axis. */
struct hr_answer_interval answer_interval(const struct hr_result *result,
                                          const struct hr_result_values *values,
                                          size_t form, const char *label);

/** A statistic by its label; NaN where the file has none. */
double answer_statistic(const struct hr_result *result,
                        const struct hr_result_values *values, size_t form,
                        const char *label);

/** Pounds that matter: one a patient and year over the horizon, as a present value a
 * patient. */
double answer_material(struct hr_result *result, int years);

#endif
