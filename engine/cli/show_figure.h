/** @file
 * Numbers and units as the tables of `show` have them.
 */
#ifndef HEADROOM_SHOW_FIGURE_H
#define HEADROOM_SHOW_FIGURE_H

#include "figure.h"
#include "headroom/metrics.h"

#include <stdbool.h>
#include <stddef.h>

/** A number in the metric's scale and without its unit, which heads the row; what is of
 * rounding alone as a power of ten, so that no column is too narrow. Returns @p text,
 * of FIGURE_SIZE bytes. */
const char *show_figure(double number, double error, const struct hr_metric *metric,
                        bool sign, char *text);

/** "GBP m a patient", "thousand", "%". */
void show_unit(const struct hr_metric *metric, char *text, size_t size);

#endif
