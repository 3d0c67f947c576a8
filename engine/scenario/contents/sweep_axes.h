/** @file
 * What a scenario says of a sweep: the axes that are varied together, and at which
 * values.
 */
#ifndef HEADROOM_SWEEP_AXES_H
#define HEADROOM_SWEEP_AXES_H

#include "messages.h"
#include "yaml.h"

#include <stdio.h>

struct input;
struct hr_scenario;

enum { MOST_SWEEP_AXES = 40, MOST_SWEEP_POINTS = 100000 };

enum sweep_design { SWEEP_GRID, SWEEP_ZIP, SWEEP_LIST, SWEEP_LHS, SWEEP_SOBOL };

/** A value as a change gives it, and where it is written. */
struct sweep_value {
    const char *text;  /**< what follows key=; for a choice of files or shocks, the
                            changes themselves, one a line */
    const char *label; /**< as /points shows it */
    struct place at;
};

struct sweep_axis {
    const char *name;
    const char *key; /**< a star stands for every form that has the rest; NULL: a choice
                          of files or shocks */
    struct place at;
    struct sweep_value *value;
    size_t values;
    double from, to;  /**< of a range; NaN without one */
    bool log;         /**< the range is even in its logarithm */
    bool own;         /**< drawn from the key's own distribution */
    double *quantile; /**< of that distribution, values long; or NULL */
};

/** Start with {0}: no sweep. Its memory is the scenario's store. */
struct sweep {
    struct place at;
    enum sweep_design design;
    size_t size; /**< points of a design that is drawn */
    struct sweep_axis *axis;
    size_t axes;
    size_t points;
    const struct sweep_value **point; /**< [point][axis] */
    const char **store; /**< metrics whose trials are kept, or "all", "objectives" */
    size_t stores;
    bool skips; /**< a refused point is left out, not a fault of the sweep */
};

/** Read the value of the key `sweep`. */
void sweep_read(const struct input *input, struct fy_node *node,
                const struct place *at);

/** Print what sets an axis to a value, one change a line. */
void sweep_print_change(FILE *out, const struct hr_scenario *scenario,
                        const struct sweep_axis *axis, const struct sweep_value *value);

/** The changes that make point @p point of its base, one a line, into @p text; false
 * where memory ran out. The caller frees it. */
HR_MUST_CHECK
bool sweep_changes(const struct hr_scenario *scenario, size_t point, char **text);

const struct sweep *scenario_sweep(const struct hr_scenario *scenario);

/** The number at a share of the way from one end of a range to the other. */
double sweep_on_scale(const struct sweep_axis *axis, double share);

/** The last part of a key. */
const char *sweep_leaf(const char *key);

#endif
