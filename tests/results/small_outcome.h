/** @file
 * A made-up outcome of two forms, three practices, four quarters and some trials.
 */
#ifndef HEADROOM_SMALL_OUTCOME_H
#define HEADROOM_SMALL_OUTCOME_H

#include "outcome.h"

enum {
    SMALL_TRIALS = 1000,
    SMALL_FORMS = 2,
    SMALL_SITES = 3,
    SMALL_QUARTERS = 4,
    SMALL_BEARERS = 2,
    SMALL_METRICS = 4, /**< two bearers, income (may not exist), imbalance */
    SMALL_SERIES = 1,
    SMALL_SITE_METRICS = 1,
};

/** Holds what the outcome points to. */
struct small_outcome {
    struct outcome outcome;
    double metric[SMALL_METRICS][SMALL_FORMS][SMALL_TRIALS];
    struct moments series[SMALL_FORMS][SMALL_SERIES][SMALL_QUARTERS];
    struct histogram histogram[SMALL_FORMS][SMALL_SERIES][SMALL_QUARTERS];
    uint32_t bin[SMALL_FORMS][SMALL_SERIES][SMALL_QUARTERS][HISTOGRAM_BINS];
    struct moments site[SMALL_FORMS][SMALL_SITES][SMALL_SITE_METRICS];
    struct moments difference[SMALL_FORMS][SMALL_SITES][SMALL_SITE_METRICS];
    double parameter[SMALL_TRIALS];
    double near_ties[SMALL_TRIALS];
    double list[SMALL_SITES];
    double list_imputed[SMALL_SITES];
    double cost_rate[SMALL_SITES];
    const char *code[SMALL_SITES];
    const char *name[SMALL_SITES];
    struct outcome_parameter parameters[1];
    struct outcome_practice_number numbers[1];
    struct outcome_practice_words words[1];
};

/** Allocated, since it is large; give it to free(). */
struct small_outcome *small_outcome(void);

/** The same practices in another order: B, C, A instead of A, B, C. */
struct small_outcome *shuffled_outcome(void);

#endif
