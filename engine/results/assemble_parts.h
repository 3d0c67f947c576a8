/** @file
 * The parts of a result file, each put together on its own.
 */
#ifndef HEADROOM_ASSEMBLE_PARTS_H
#define HEADROOM_ASSEMBLE_PARTS_H

#include "outcome.h"
#include "result_set.h"

struct assembly {
    struct result_set *set;
    const struct outcome *outcome;
    enum hr_status status; /**< whether the trial table could be read so far */
    struct hr_error *error;
};

/** Read a row of the trial table; false where it could not be, now or before. */
bool assemble_row_of(struct assembly *assembly, const struct row_source *table,
                     const struct row_stretch *stretch, double *value);
bool assemble_row(struct assembly *assembly, size_t row, double *value);

/** /trials, /summary, /comparison, /comparison_of, /bearers */
void assemble_trials(struct assembly *assembly);

/** /bearers/worst_5pct */
void assemble_worst(struct assembly *assembly);

/** /paths */
void assemble_paths(struct assembly *assembly);

/** /flows, /flows_by_year */
void assemble_flows(struct assembly *assembly);

/** /sites */
void assemble_sites(struct assembly *assembly);

/** /site_quarters */
void assemble_site_quarters(struct assembly *assembly);

/** /parameters */
void assemble_parameters(struct assembly *assembly);

/** /inputs */
void assemble_inputs(struct assembly *assembly);

/** /sums */
void assemble_sums(struct assembly *assembly);

/** /quality; after the trials, which it reads */
void assemble_quality(struct assembly *assembly);

#endif
