/** @file
 * The lines of the tables that show prints: one row a metric.
 */
#ifndef HEADROOM_SHOW_LINES_H
#define HEADROOM_SHOW_LINES_H

#include <stddef.h>

/** A metric, what it is divided by to be read, and how it is written. */
struct show_line {
    const char *metric;
    const char *words;
    const char *unit;
    double divisor;
    int decimals;
};

extern const struct show_line show_lines[];
extern const size_t show_line_count;

#endif
