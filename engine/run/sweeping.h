/** @file
 * A sweep under way, and what its parts share.
 */
#ifndef HEADROOM_SWEEPING_H
#define HEADROOM_SWEEPING_H

#include "headroom/sweep.h"

#include "harvest.h"
#include "parts_folder.h"
#include "queue.h"
#include "stack.h"
#include "sweep_points.h"

/** What is said of the points, in memory that one call frees. */
struct sweep_names {
    struct stack_labels labels;
    struct stack_axis *axis;
    double *number, *status;
    const char **word;
    char axes[1024];
};

/** What the reference came to in the trials of a point that simulated it. */
struct sweep_reference {
    char key[DIGEST_TEXT]; /**< of what it read */
    struct lanes *value;   /**< NULL: nothing is kept here yet */
    bool complete;
};

enum { MOST_REFERENCES = 64 };

struct sweeping {
    const struct hr_run_options *options; /**< of the caller */
    const char *path;                     /**< of the result */
    struct sweep_points points;
    struct stack stack;
    struct sweep_names names;
    struct hr_sweep_facts *facts;
    int reference;
    struct range own; /**< points to run: all, or a shard's */
    /* A few trials of the first point, whose layout the stack has and borrows from. */
    struct hr_scenario *variant;
    struct hr_runner *model;
    struct harvest harvest;
    struct plan base_plan;
    struct sweep_reference reference_kept[MOST_REFERENCES];
    size_t references, next_reference; /**< for which there is room; the next to go */
    size_t reference_bytes;            /**< of one */
    /* How far it has come. */
    size_t now, to_run, ran; /**< the point that runs; points to run here, and run */
    size_t unsaved;          /**< the first point that ran after the last save */
    bool has_unsaved;
    bool is_to_stop; /* the caller has asked */
    double kept;     /**< clock_seconds() when points were last written */
    struct parts_folder folder;
};

/** Name the points; of those that are not refused none is done yet. */
HR_MUST_CHECK
enum hr_status sweep_names_init(struct sweep_names *names,
                                const struct sweep_points *points,
                                struct hr_error *error);
void sweep_names_free(struct sweep_names *names);

/** Say what is there of form @p form of point @p point; the point is done once all is.
 * False where memory ran out. */
bool sweeping_found(struct sweeping *sweeping, size_t point, size_t form);

/** Take the folder up: refuse what is there, go on from it, or remove it. */
HR_MUST_CHECK
enum hr_status sweep_store_open(struct sweeping *sweeping, struct hr_error *error);

/** Whether nothing lies in the folder. */
bool sweep_store_is_empty(const struct sweeping *sweeping);

/** Adopt the points that lie in the folder. */
HR_MUST_CHECK
enum hr_status sweep_store_adopt(struct sweeping *sweeping, struct hr_error *error);

/** Write what is done so far, and remove the parts of points that are. */
HR_MUST_CHECK
enum hr_status sweep_store_save(struct sweeping *sweeping, struct hr_error *error);

/** Adopt what a sweep or a run of the same trials has of forms that are not there yet;
 * what cannot be taken is told, and why. */
HR_MUST_CHECK
enum hr_status sweep_reuse(struct sweeping *sweeping, const char *path,
                           struct hr_error *error);

/** The same of a result that is open, which holds all that the stack wants. */
HR_MUST_CHECK
enum hr_status sweep_adopt(struct sweeping *sweeping, struct hr_result *from,
                           struct hr_error *error);

/** Whether a sweep, which is the context, keeps a metric's trials. */
bool sweep_keeps(const void *sweep, const char *metric);

/** False where the caller's progress says that the sweep is to stop. */
bool sweep_may_go_on(struct sweeping *sweeping);

/** Run what is not there yet of point sweeping->now, and put it. */
HR_MUST_CHECK
enum hr_status sweep_point_run(struct sweeping *sweeping, struct hr_error *error);

#endif
