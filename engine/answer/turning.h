/** @file
 * The sentences of what turns a difference round, what it hangs on, and what it is
 * worth to know.
 */
#ifndef HEADROOM_TURNING_H
#define HEADROOM_TURNING_H

#include "writing.h"

#include <stdbool.h>

/** A draw and where it turns a difference round. */
struct turning_case {
    const char *first, *second;
    struct ranged ahead; /**< first less second, more being better; the sentence says
                              who leads, whichever of the two */
    struct figure_unit unit;
    const char *each;     /**< said after the amount: " a patient"; NULL: nothing */
    const char *key;      /**< the draw whose switching value is nearest; NULL: none */
    double central, root; /**< root NaN: the key was tried from @p from to @p to, and
                               turns nothing */
    double from, to;
    const char *key_unit;
    double
        beyond;   /**< share of the trials in which the draw is there; NaN: not known */
    size_t draws; /**< looked at */
};

/** "A leads B by ..., and stops leading where KEY passes ..."; to be freed; NULL where
 * memory ran out, as all below. */
char *turning_sentence(const struct turning_case *turning);

/** The mildest combination of assumptions that turns a lead. */
struct reverse_case {
    const char *first, *second;
    struct ranged ahead; /**< first less second, before */
    size_t draws;        /**< looked at together */
    int found;
    double distance, furthest; /**< standard deviations; looked for */
    const char *key;           /**< the draw that takes most of the way */
    double path;               /**< and which share */
    struct ranged run;         /**< the difference there; NaN: it was not run */
    struct figure_unit unit;
    const char *each; /**< as above, here and below */
};

char *reverse_sentence(const struct reverse_case *reverse);

/** Which forms are best on a grid of two assumptions. */
struct map_case {
    const char *first, *second; /**< of most cells, and of next most; NULL: none */
    const char *down, *across;
    size_t first_cells, second_cells, cells;
    size_t unsure; /**< cells in which the best is not told from the next */
};

char *map_sentence(const struct map_case *map);

/** What a difference hangs on. */
struct hanging_case {
    const char *first, *second;
    bool behind;      /**< the first does not lead the second on average */
    const char *key;  /**< of the largest effect; NULL: none seen */
    double low, high; /**< first less second at its 10 % and 90 % */
    double share;     /**< of the variance */
    double explained; /**< by all assumptions, at least; NaN: not known */
    struct figure_unit unit;
    const char *each;
    size_t draws;
};

char *hanging_sentence(const struct hanging_case *hanging);

/** What it is worth to know. */
struct worth_case {
    const char *leader;
    struct ranged everything; /**< every assumption; NaN: could not be said */
    double upper;             /**< of the surface fitted to all trials */
    double foresight;         /**< chance too */
    const char *key;          /**< the draw worth most; NULL: none above its error */
    double key_worth;
    struct figure_unit unit;
    const char *each;
    int years;
};

char *worth_sentence(const struct worth_case *worth);

/** Who is best for the public purse as the price of an appointment not given rises. */
struct price_case {
    const char *first;   /**< best on average at the lowest price; NULL: not known */
    const char *next;    /**< best from @p price on; NULL: the first stays so */
    struct ranged price; /**< GBP an appointment */
    size_t changes;      /**< in all */
    double from, to;
};

char *price_sentence(const struct price_case *price);

#endif
