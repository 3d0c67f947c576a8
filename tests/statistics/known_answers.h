/** @file
 * The sample of 500 trials and what is known of it: tests/data/decisions.
 */
#ifndef HEADROOM_KNOWN_ANSWERS_H
#define HEADROOM_KNOWN_ANSWERS_H

#include <stddef.h>

enum { KNOWN_TRIALS = 500 };

/** A column of sample.csv by its name; a blank cell is NaN. */
void known_column(const char *name, double column[KNOWN_TRIALS]);

struct known_answer {
    double value, se, low, high; /**< NaN where there is none */
};

/** A row of statistics.csv; @p argument is what stands between its commas. */
struct known_answer known_answer(const char *quantity, const char *argument);

/** Fail unless @p got is @p known to a relative 1e-9, or the given tolerance. */
void assert_known(double got, double known);
void assert_near(double got, double known, double relative);

#endif
