/** @file
 * One point of a sweep: opened, run as a job beside others, finished, and put.
 */
#ifndef HEADROOM_POINT_RUN_H
#define HEADROOM_POINT_RUN_H

#include "stored_run.h"
#include "sweeping.h"

struct point_run {
    size_t point;
    bool *keep;   /**< [form] that is run, or given */
    size_t count; /**< of them; 0: all are taken from earlier points */
    struct hr_scenario *variant;
    struct hr_runner *runner;
    struct stored_run stored;
    struct sweep_reference *reference; /**< that it keeps, or is given; or NULL */
    bool gives, keeps;                 /**< its reference is given; is kept */
    struct range blocks;               /**< that are run here: all, or a rank's unit */
    struct range wanted;               /**< the blocks that its job is of, or begins */
    struct part part;                  /**< of the job at hand */
    struct job job;
    bool at_work; /**< there is a job */
    struct harvest harvest;
    struct result_set set; /**< what is put */
    bool ready;            /**< to be put */
    struct point_run *next;
};

/** Which forms are run at a point, and with them the reference; how many. */
size_t point_run_forms(const struct sweeping *sweeping, size_t point, bool *keep);

/** Whether a point's reference is being run by another that is open. */
bool point_run_must_wait(const struct sweeping *sweeping, size_t point);

/** Open a point that is not refused, with what its parts hold, for @p blocks of it.
 * Where there is nothing to run it is ready. */
HR_MUST_CHECK
enum hr_status point_run_open(struct sweeping *sweeping, const struct range *blocks,
                              struct point_run **run, struct hr_error *error);

/** Its blocks are run: what the reference came to is known to later points. */
void point_run_know(struct point_run *run);

/** All its blocks are there: reckon what is to be put. Any thread. */
HR_MUST_CHECK
enum hr_status point_run_finish(struct sweeping *sweeping, struct point_run *run,
                                struct hr_error *error);

/** Nothing is known of what references came to; no point is open. */
void point_run_forget(struct sweeping *sweeping);

/** Put it, and take from earlier points what they have. */
HR_MUST_CHECK
enum hr_status point_run_put(struct sweeping *sweeping, struct point_run *run,
                             struct hr_error *error);

/** NULL is harmless. */
void point_run_close(struct point_run *run);

#endif
