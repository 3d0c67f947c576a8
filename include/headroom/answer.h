/** @file
 * The answer that a result holds, as a person reads it: every difference judged, and
 * three sentences.
 *
 * What is resolved and how it is said stands here once; terminal, page and workbook
 * print what this gives.
 */
#ifndef HEADROOM_ANSWER_H
#define HEADROOM_ANSWER_H

#include "headroom/error.h"
#include "headroom/metrics.h"
#include "headroom/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HR_SENTENCES = 3 /**< who is best by whose eyes; the risk; how sure */ };

enum { HR_ANSWER_FLAGS = 7 };

/** A 95 % interval; ends that cannot be said are NaN. */
struct hr_answer_interval {
    double low, high;
    int flags; /**< sum of 1 << i of hr_answer_flag(); 0 also where the file, of 1.0,
                  has no intervals */
};

/** A metric under a form. Numbers are in the metric's own unit; NaN: does not exist. */
struct hr_answer_cell {
    double mean, se;
    double difference, difference_se; /**< from the reference, same trials */
    double q05, q50, q95;             /**< of the difference */
    double better, equal; /**< shares of the trials; of a metric that is better neither
                               way: in which there is more */
    double neutral,
        neutral_se;      /**< the difference with the forms' assumed terms neutral */
    double neutral_all;  /**< and with contracts and hospital effects neutral too */
    const char *verdict; /**< "better", "not resolved", ... */
    const char *mark, *page_mark; /**< that stand before it, ASCII and typeset */
    bool turns; /**< its sign is another where assumed numbers are neutral */
    struct hr_answer_interval of_mean, of_difference;
    struct hr_answer_interval of_q05, of_q50, of_q95; /**< of the difference's */
};

/** What a result answers: each form by each metric, who is best, and how sure that is.
 */
struct hr_answer {
    uint64_t trials;
    size_t sites, forms, reference, metrics;
    const char *const *form; /**< names; the result's */
    char (*label)[64];       /**< names as they are spoken of */
    double people;
    double materiality; /**< GBP a patient and year: less does not matter */
    int years;
    size_t assumed, numbers;      /**< put in without evidence, and in all */
    struct hr_metric *metric;     /**< [metrics]: those the result has */
    struct hr_answer_cell *cell;  /**< [metric][form] */
    char *sentence[HR_SENTENCES]; /**< for a terminal, ASCII; NULL without trials */
    char *page[HR_SENTENCES];     /**< for a page */
};

/** Read the answer. @p neutral and @p neutral_all are results of the same forms with
 * assumed numbers neutral, or NULL: then what the file itself holds of that, if it
 * does. Borrows from @p result, which must stay open. */
HR_MUST_CHECK
enum hr_status hr_answer_read(struct hr_result *result, struct hr_result *neutral,
                              struct hr_result *neutral_all, struct hr_answer **answer,
                              struct hr_error *error);
void hr_answer_free(struct hr_answer *answer); /**< NULL is harmless */

/** Why an interval is not to be leaned on, in a word: few, thin, heavy, open, discrete,
 * selected, one-sided; results/README.md explains them. NULL beyond the last. */
const char *hr_answer_flag(int i);

/** Whether a mean is not to be leaned on, since its variance may not exist. */
bool hr_answer_is_heavy(const struct hr_answer_interval *of_mean);

/** Whether the file has intervals, and this one is without an end. */
bool hr_answer_is_unbounded(const struct hr_answer_interval *interval);

/** The cell of a metric and a form. */
static inline const struct hr_answer_cell *hr_answer_at(const struct hr_answer *answer,
                                                        size_t metric, size_t form)
{
    return &answer->cell[metric * answer->forms + form];
}

/** Place of a metric by its name; false where the result does not have it. */
bool hr_answer_find(const struct hr_answer *answer, const char *name, size_t *metric);

#ifdef __cplusplus
}
#endif

#endif
