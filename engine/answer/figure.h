/** @file
 * A number as a person reads it: in its unit, no finer than its error.
 */
#ifndef HEADROOM_FIGURE_H
#define HEADROOM_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

enum { FIGURE_SIZE = 64 /**< bytes that any figure needs */ };

/** Pounds and signs as plain letters for a terminal, or typeset for a page; or-ed. */
enum figure_style {
    FIGURE_PLAIN = 0,  /**< -36 m GBP */
    FIGURE_PAGE = 1,   /**< −£36m */
    FIGURE_SIGNED = 2, /**< with its sign where it is plus, too */
};

/** How finely a number is written: as its error allows, and no finer than that. */
struct figure_precision {
    double error; /**< standard error; NaN: the unit's decimals hold */
    int digits;   /**< significant ones at the most; 0: no limit */
};

struct figure_precision figure_to_error(double error);
struct figure_precision figure_to_digits(int digits);

/** What a number is divided by to be read, and what stands around it. */
struct figure_unit {
    double scale; /**< such as 1e6 for millions; above zero */
    bool pounds;
    const char *suffix; /**< such as "m" or "k" for what scale takes away, "%", or "" */
    int decimals;       /**< where no error says */
};

/** Decimals that an error leaves a number: the error keeps one significant digit, two
 * if it begins with 1. Below zero: tens, hundreds. @p otherwise where it is NaN or
 * zero. */
int figure_decimals(double error, int otherwise);

/** @p number rounded to so many decimals, which may be below zero. */
double figure_rounded(double number, int decimals);

/** Write @p number in its unit. NaN is "does not exist". Returns @p text, of
 * FIGURE_SIZE bytes. */
const char *figure_write(double number, struct figure_precision precision,
                         const struct figure_unit *unit, unsigned style, char *text);

/** A share as a count: "74 of 100", "none of 100", "fewer than 1 of 100", "more than 99
 * of 100", "every one of 100". */
const char *figure_odds(double share, char *text);

/** A whole number with its thousands apart: "10,000". */
const char *figure_whole(double number, char *text);

#endif
