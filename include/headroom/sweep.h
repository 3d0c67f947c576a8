/** @file
 * Sweeps: a scenario run at many points, on the same draws, into one result file.
 *
 * A scenario says what is varied under its key `sweep`; results/README.md says how the
 * file is laid out.
 */
#ifndef HEADROOM_SWEEP_H
#define HEADROOM_SWEEP_H

#include "headroom/error.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a sweep took, for whoever started it. */
struct hr_sweep_facts {
    size_t points, refused;
    uint64_t trials;     /**< of each point */
    size_t forms_run;    /**< forms of points that were run, references included */
    size_t forms_taken;  /**< that an earlier point had: not run */
    size_t forms_reused; /**< that another file had, or the parts of this sweep */
    double seconds;
};

/** Points of the sweep that @p scenario says; 0 where it says none. */
size_t hr_sweep_points(const struct hr_scenario *scenario);

/** Run all points of @p scenario, which says a sweep, and publish them as @p path,
 * complete or not at all. Every point is compiled before any trial runs: one that is
 * refused ends the sweep, HR_BAD_INPUT, or, where the scenario says so, is kept as
 * numbers that do not exist. A form that nothing a point changes concerns is taken from
 * an earlier point, to the bit; one that reads what a form of the results under
 * options->reuse read, of as many trials, from there. HR_STOPPED where progress said
 * so: points that are done, and what is of those under way, stay in the folder
 * PATH.parts as the options say, and HR_PARTS_RESUME goes on from them. A shard runs
 * its share of the points and publishes nothing: HR_PARTS_RESUME joins the shards that
 * are there. The ranks of an MPI job (options->ranks) each call it alike: they share
 * the blocks of the points, and the first publishes. */
HR_MUST_CHECK
enum hr_status hr_sweep(const struct hr_scenario *scenario,
                        const struct hr_run_options *options, const char *path,
                        struct hr_sweep_facts *facts, struct hr_error *error);

/** What a sweep would take: reckoned from some trials of its scenario, run just now. */
struct hr_sweep_plan {
    size_t points, refused;
    size_t forms_run, forms_taken; /**< forms of points that would be run, and not */
    struct hr_run_plan point;      /**< of one point, all of whose forms are run */
    double seconds;
    double memory_bytes, file_bytes;
};

/** Reckon what hr_sweep() would take; points are compiled, and some trials are run. */
HR_MUST_CHECK
enum hr_status hr_sweep_plan(const struct hr_scenario *scenario,
                             const struct hr_run_options *options,
                             struct hr_sweep_plan *plan, struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
