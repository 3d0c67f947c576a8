/** @file
 * A sentence while it is being written.
 */
#ifndef HEADROOM_WRITING_H
#define HEADROOM_WRITING_H

#include "figure.h"

#include <stdio.h>

/** A stream into memory, and its text when all is written. */
struct writing {
    FILE *out;
    char *text;
    size_t size;
};

/** NULL where memory ran out; writing_finish() is called all the same. */
FILE *writing_start(struct writing *writing);

/** The text, to be freed by the caller; NULL where memory ran out. */
char *writing_finish(struct writing *writing);

/** An estimate and its interval at the stated confidence; NaN: no end. */
struct ranged {
    double value, low, high;
};

/** Write "19.7 GBP (19.4 to 19.9)", of an amount without its sign: where the value is
 * below zero all three are turned round. Without an interval three digits. */
void writing_amount(FILE *out, struct ranged amount, const struct figure_unit *unit);

/** And what each of it is of, such as " a patient"; NULL: nothing. */
void writing_amount_of(FILE *out, struct ranged amount, const struct figure_unit *unit,
                       const char *each);

/** Write " (19.4 to 19.9)", "(above 19.4)", or nothing where there is no interval; as
 * finely as the interval is wide. */
void writing_interval(FILE *out, struct ranged amount, const struct figure_unit *unit);

#endif
