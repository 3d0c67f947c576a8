/** @file
 * A run towards a result file, and how what it has finished gets to disk.
 */
#ifndef HEADROOM_STORED_KEEP_H
#define HEADROOM_STORED_KEEP_H

#include "parts_folder.h"
#include "runner.h"
#include "scenario_plan.h"

/** A run and its folder. */
struct stored_run {
    struct hr_runner *runner;
    const char *path; /**< of the result */
    uint64_t trials;  /**< of the run */
    uint64_t point;   /**< of a sweep; 0 without one */
    struct range own; /**< blocks to run: all, or a shard's */
    struct parts_folder folder;
    char identity[SCENARIO_IDENTITY];
    double began;     /**< clock_seconds() when it was opened */
    double kept;      /**< clock_seconds() when work was last kept */
    uint64_t reached; /**< trials of its own blocks that were finished, kept or not */
    bool stopped;
    bool guest; /**< another rank has the lock */
    bool lost;  /**< work of a few seconds was not worth a part */
};

/** Take the folder's lock where the run has it not yet; the folder is made. */
HR_MUST_CHECK
enum hr_status stored_keep_lock(struct stored_run *run, struct hr_error *error);

/** Write a part's trials to disk and let go of them. */
HR_MUST_CHECK
enum hr_status stored_keep_part(struct stored_run *run, struct part *part,
                                struct hr_error *error);

/** The same of a part whose trials are not in memory but read row by row. */
HR_MUST_CHECK
enum hr_status stored_keep_rows(struct stored_run *run, struct part *part,
                                const struct row_source *source,
                                struct hr_error *error);

#endif
