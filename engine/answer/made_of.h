/** @file
 * The sentences of what a difference is made of: the terms of a form, and assumptions
 * against chance.
 */
#ifndef HEADROOM_MADE_OF_H
#define HEADROOM_MADE_OF_H

#include "writing.h"

/** A part of a difference. */
struct made_part {
    const char *name;
    double amount, error;
};

enum { MADE_PARTS = 3 /**< that are named */ };

/** A difference as the terms make it. */
struct made_case {
    const char *first, *second; /**< forms */
    struct ranged ahead;        /**< first less second, more being better */
    struct figure_unit unit;
    const char *each; /**< said after the first amount: " a patient"; NULL: nothing */
    struct made_part part[MADE_PARTS]; /**< the largest */
    size_t parts;
    size_t others; /**< terms that are not named */
    double other;  /**< what these make together */
};

/** "Federation is 8.0 m GBP (6.7 to 9.3) ahead of Partnership: levy makes +3.1 m GBP of
 * it, ..."; to be freed; NULL where memory ran out, as below. */
char *made_of_sentence(const struct made_case *made);

/** What of a difference's spread is assumptions, and what chance. */
struct split_case {
    const char *first, *second;
    double share, low, high; /**< of the variance, that assumptions make */
    size_t trials;
};

char *split_sentence(const struct split_case *split);

/** What inputs make of the spread, alone and with others. */
struct inputs_case {
    const char *first, *second;
    const char *name;    /**< of the largest */
    double alone, total; /**< its shares */
    size_t inputs;       /**< assumptions looked at */
    double chance;       /**< total share of chance */
};

char *inputs_sentence(const struct inputs_case *inputs);

#endif
