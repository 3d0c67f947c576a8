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

#include <omp.h>

/** What is said of the points, in memory that one call frees. */
struct sweep_names {
    struct stack_labels labels;
    struct stack_axis *axis;
    double *number, *status;
    const char **word;
    char axes[1024];
};

/** What the reference came to in the trials of points that simulated it. */
struct sweep_reference {
    char key[DIGEST_TEXT]; /**< of what it read */
    struct lanes *value;   /**< NULL: nothing is kept here yet */
    bool *known;           /**< [block] */
    size_t users;          /**< open points that keep theirs here, or are given it */
};

enum { MOST_REFERENCES = 64 };

/** A point that is open: some of its forms are run, or about to be. */
struct point_run;

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
    /* How far it has come; under the lock while points run. */
    omp_lock_t lock;
    struct point_run *open;      /**< in their order */
    size_t opened, open_at_once; /**< how many are open, and may be */
    size_t next;                 /**< the next point to open */
    size_t now;         /**< the first that is not there; one under way, or next */
    size_t to_run, ran; /**< points of which something is to be run here, and was */
    uint64_t before;    /**< trials that were done when the threads set out */
    size_t unsaved;     /**< the first point that was put after the last save */
    bool has_unsaved;
    bool is_to_stop; /* the caller has asked */
    bool is_shared;  /* ranks run the trials into parts, which the first takes up */
    bool all_run;    /* they have: what points come to is left to be reckoned */
    double kept;     /**< clock_seconds() when points were last written */
    struct parts_folder folder;
};

/** Name the points; of those that are not refused none is done yet. */
HR_MUST_CHECK
enum hr_status sweep_names_init(struct sweep_names *names,
                                const struct sweep_points *points,
                                struct hr_error *error);
void sweep_names_free(struct sweep_names *names);

/** Let go of its points, their names, their layout and what it was compiled to, but of
 * neither folder, lock nor queue. */
void sweeping_free(struct sweeping *sweeping);

/** Lay the stack out, whose keeps and context are set, as the first point has it, the
 * points and the base's plan being there. The stack says of its inputs what the
 * scenario without the sweep reads. */
HR_MUST_CHECK
enum hr_status sweep_lay_out(struct sweeping *sweeping, struct hr_error *error);

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

/** Whether something stands under the path that would be lost. */
bool sweep_is_in_the_way(const char *path);

/** Whether a sweep, which is the context, keeps a metric's trials. */
bool sweep_keeps(const void *sweep, const char *metric);

/** Run what is not there yet of the sweep's own points. HR_STOPPED where the caller's
 * progress said so: what was done of points under way is on disk where it was worth it.
 */
HR_MUST_CHECK
enum hr_status sweep_queue_run(struct sweeping *sweeping, struct hr_error *error);

/** Of its own points, say what is to be run, and of how many. */
HR_MUST_CHECK
enum hr_status sweep_queue_want(struct sweeping *sweeping, struct hr_error *error);

/** Whether a point is not there yet. */
bool sweep_is_to_run(const struct sweeping *sweeping, size_t point);

/** Let go of the points that are open. */
void sweep_queue_close(struct sweeping *sweeping);

/** hr_merge() of a folder, whose lock is held, in which points of a sweep lie: these
 * are joined, and nothing is run. */
HR_MUST_CHECK
enum hr_status sweep_merge(const struct parts_folder *folder, const char *path,
                           const struct hr_merge_options *options,
                           struct hr_run_facts *facts, struct hr_error *error);

/** Blocks of a point, a last one that is not full among them. */
size_t sweep_blocks(const struct sweeping *sweeping);

/** Of several ranks, each of which calls it once the first has taken up what is there:
 * run what is missing of its own points into parts. HR_STOPPED, with the sentence at
 * the first, where a rank was asked to stop. */
HR_MUST_CHECK
enum hr_status sweep_ranks_run(struct sweeping *sweeping, struct hr_error *error);

/** Points that are open at once: as many as keep the threads busy and memory holds. */
size_t sweep_open_at_once(const struct shape *shape, uint64_t trials, int threads,
                          double memory);

/** Whether as much work is not yet on disk as is worth it when a sweep is stopped. */
bool sweep_is_worth_keeping(const struct sweeping *sweeping);

#endif
