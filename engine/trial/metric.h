/** @file
 * What is recorded of a trial, a quarter and a site: the columns of the result set.
 *
 * One row of a table (*_rows.def) says all there is to say about a column. Money is
 * real (divided by the price index) and in pounds of the price base; "discounted" says
 * whether it is also a present value.
 */
#ifndef HEADROOM_METRIC_H
#define HEADROOM_METRIC_H

#include "headroom/metrics.h"

#include <stdbool.h>

enum metric {
#define ROW(place, ...) METRIC_##place,
#include "metric_rows.def"
#undef ROW
    METRICS
};

/** By quarter, the whole patch. */
enum series {
#define ROW(place, ...) SERIES_##place,
#include "series_rows.def"
#undef ROW
    SERIES_COUNT
};

/** By site, over the horizon. */
enum site_metric {
#define ROW(place, ...) SITE_##place,
#include "site_rows.def"
#undef ROW
    SITE_METRICS
};

/** How a metric is shown. */
struct presentation {
    enum hr_better better;
    const char *group, *label;
    double scale;       /**< divide by this */
    const char *suffix; /**< then its unit: "m", "k", "%" or "" */
    int decimals;       /**< where no error says */
    bool count;         /**< a whole number in every trial */
};

struct column {
    const char *name;
    const char *unit;
    const char *long_name;
    bool money;
    bool discounted;
    struct presentation shown; /**< of a metric */
};

extern const struct column metric_columns[METRICS];
extern const struct column series_columns[SERIES_COUNT];
extern const struct column site_columns[SITE_METRICS];

/** Names of the bearers, in the order of enum bearer. */
extern const char *const bearer_names[];

#endif
